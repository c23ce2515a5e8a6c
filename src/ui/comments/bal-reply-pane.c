/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-pane.h"

#include "bal-comment-html.h"
#include "bal-reply-box.h"
#include "bal-reply-text.h"
#include "bal-safe-text.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

#define SAVE_MS 400
#define MAX_QUOTE 300

struct _BalReplyPane
{
  GtkWidget       parent_instance;

  BalComment     *comment;
  BalReplyDrafts *drafts;
  GtkLabel       *words;         /* borrowed: stands beside the pane */
  BalDialect      dialect;
  gboolean        by_hand;
  gboolean        sending;
  char           *language;      /* (nullable): in which it is spelled */
  GtkWidget      *draft_button;
  BalReplyBox    *box;           /* (nullable), a child, like the button */
  char           *saved;         /* (nullable): what the drafts have of the box */
  char           *base;          /* (nullable): what the edit in the box is made from */
  guint           save_id;
};

enum { SEND, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalReplyPane, bal_reply_pane, GTK_TYPE_WIDGET)

static gboolean
is_editing (BalReplyPane *self)
{
  return self->box != NULL && bal_reply_box_get_kind (self->box) == BAL_REPLY_BOX_EDIT;
}

static gint64
get_id (BalReplyPane *self)
{
  return bal_comment_get_id (self->comment);
}

/* ---- the draft ---- */

/* (transfer full) (nullable): NULL: what is in the box is not worth keeping. */
static char *
dup_draft (BalReplyPane *self)
{
  BalReplyField *field = bal_reply_box_get_field (self->box);
  g_autofree char *html = NULL;

  if (!bal_reply_field_has_text (field))
    return NULL;

  html = bal_reply_field_dup_html (field);
  if (is_editing (self) && g_strcmp0 (html, bal_comment_get_html (self->comment)) == 0)
    return NULL;
  return g_steal_pointer (&html);
}

static void
save (BalReplyPane *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->box == NULL)
    return;

  g_free (self->saved);
  self->saved = dup_draft (self);
  bal_reply_drafts_set (self->drafts, get_id (self), is_editing (self), self->saved, self->base);
}

static gboolean
save_cb (gpointer data)
{
  BalReplyPane *self = data;

  self->save_id = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

/* Not put off by what is typed next: somebody who types on and on has a draft, too. */
static void
box_changed_cb (BalReplyPane *self)
{
  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_MS, save_cb, self);
}

static void
update_button (BalReplyPane *self)
{
  gboolean reply = bal_reply_drafts_get (self->drafts, get_id (self), FALSE) != NULL;
  gboolean edit = bal_reply_drafts_get (self->drafts, get_id (self), TRUE) != NULL;

  gtk_widget_set_visible (self->draft_button, self->box == NULL && (reply || edit));
  gtk_button_set_label (GTK_BUTTON (self->draft_button), reply ? _("Draft of a Reply") : _("Draft of an Edit"));
}

/* ---- the box ---- */

static void
drop_box (BalReplyPane *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->base, g_free);
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  update_button (self);
}

static void
end_writing (BalReplyPane *self,
             gboolean      sent)
{
  gboolean edit = is_editing (self);

  drop_box (self);
  g_signal_emit (self, signals[CLOSED], 0, edit, sent);
}

static void
box_close_cb (BalReplyPane *self)
{
  save (self);
  end_writing (self, FALSE);
}

static void
box_send_cb (BalReplyPane *self)
{
  g_autofree char *html = bal_reply_field_dup_html (bal_reply_box_get_field (self->box));

  save (self);
  self->sending = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), FALSE);
  g_signal_emit (self, signals[SEND], 0, is_editing (self), html, self->base);
}

typedef struct
{
  BalReplyPane *pane;
  gboolean      edit;
  char         *html;
  char         *base;
} Discarded;

static void
discarded_free (gpointer  data,
                GClosure *closure)
{
  Discarded *discarded = data;

  g_object_unref (discarded->pane);
  g_free (discarded->html);
  g_free (discarded->base);
  g_free (discarded);
}

static void
undo_discard_cb (AdwToast  *toast,
                 Discarded *discarded)
{
  BalReplyPane *self = discarded->pane;

  bal_reply_drafts_set (self->drafts, get_id (self), discarded->edit, discarded->html, discarded->base);
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    bal_reply_pane_write (self, discarded->edit);
}

static void
box_discard_cb (BalReplyPane *self)
{
  gboolean edit = is_editing (self);
  g_autofree char *html = dup_draft (self);
  g_autofree char *base = g_strdup (self->base);
  AdwToast *toast;

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_pointer (&self->saved, g_free);
  bal_reply_drafts_set (self->drafts, get_id (self), edit, NULL, NULL);
  end_writing (self, FALSE);
  if (html == NULL)
    return;

  toast = bal_toast_button (GTK_WIDGET (self), _("Text discarded"), _("Undo"));
  if (toast != NULL)
    {
      Discarded *discarded = g_new0 (Discarded, 1);

      discarded->pane = g_object_ref (self);
      discarded->edit = edit;
      discarded->html = g_steal_pointer (&html);
      discarded->base = g_steal_pointer (&base);
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_discard_cb), discarded, discarded_free, 0);
    }
}

static void
box_quote_cb (BalReplyPane *self)
{
  const char *text = gtk_label_get_text (self->words);
  g_autofree char *quote = NULL;
  int start, end;

  if (gtk_label_get_selection_bounds (self->words, &start, &end) && start < end)
    {
      quote = g_utf8_substring (text, start, end);
    }
  else
    {
      g_autofree char *all = bal_comment_html_to_plain (bal_comment_get_html (self->comment));

      quote = bal_reply_text_quote (all, MAX_QUOTE);
    }
  bal_reply_field_insert_quote (bal_reply_box_get_field (self->box), quote);
}

static void
open_box (BalReplyPane *self,
          gboolean      edit)
{
  static const struct { const char *signal; GCallback callback; } handlers[] = {
    { "changed", G_CALLBACK (box_changed_cb) }, { "send", G_CALLBACK (box_send_cb) },
    { "close", G_CALLBACK (box_close_cb) }, { "discard", G_CALLBACK (box_discard_cb) },
    { "quote", G_CALLBACK (box_quote_cb) },
  };
  const char *draft;

  save (self);
  drop_box (self);
  draft = bal_reply_drafts_get (self->drafts, get_id (self), edit);
  self->saved = g_strdup (draft);
  if (edit)
    self->base = g_strdup (draft != NULL ? bal_reply_drafts_get_base (self->drafts, get_id (self))
                                         : bal_comment_get_html (self->comment));
  self->box = BAL_REPLY_BOX (bal_reply_box_new (bal_reply_drafts_get_store (self->drafts), get_id (self),
                                                edit ? BAL_REPLY_BOX_EDIT
                                                     : self->by_hand ? BAL_REPLY_BOX_BY_HAND : BAL_REPLY_BOX_REPLY));
  bal_reply_field_set_html (bal_reply_box_get_field (self->box),
                            draft == NULL && edit ? bal_comment_get_html (self->comment) : draft, self->dialect, edit);
  bal_reply_field_set_language (bal_reply_box_get_field (self->box), self->language);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->box, handlers[i].signal, handlers[i].callback, self, G_CONNECT_SWAPPED);
  update_button (self);
}

static void
open_drafts (BalReplyPane *self)
{
  for (guint edit = 0; edit <= 1; edit++)
    if (self->box == NULL && bal_reply_drafts_get (self->drafts, get_id (self), edit) != NULL)
      open_box (self, edit);
}

/* Another window may be writing the same, or have sent it. */
static void
drafts_changed_cb (BalReplyPane *self,
                   gint64        comment_id)
{
  const char *draft;

  if (comment_id == 0)
    open_drafts (self);
  if (comment_id != get_id (self))
    return;

  update_button (self);
  if (self->box == NULL || self->save_id != 0 || self->sending)
    return;

  draft = bal_reply_drafts_get (self->drafts, comment_id, is_editing (self));
  if (g_strcmp0 (draft, self->saved) == 0)
    return;
  if (draft == NULL)
    {
      drop_box (self);
      return;
    }
  g_free (self->saved);
  self->saved = g_strdup (draft);
  bal_reply_field_set_html (bal_reply_box_get_field (self->box), draft, self->dialect, is_editing (self));
}

static void
draft_clicked_cb (BalReplyPane *self)
{
  bal_reply_pane_write (self, bal_reply_drafts_get (self->drafts, get_id (self), FALSE) == NULL);
}

/* ---- the object ---- */

static void
bal_reply_pane_dispose (GObject *object)
{
  BalReplyPane *self = BAL_REPLY_PANE (object);

  if (self->save_id != 0)
    save (self);
  g_clear_pointer (&self->saved, g_free);
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->language, g_free);
  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  g_clear_pointer (&self->draft_button, gtk_widget_unparent);
  g_clear_object (&self->drafts);
  g_clear_object (&self->comment);

  G_OBJECT_CLASS (bal_reply_pane_parent_class)->dispose (object);
}

static void
bal_reply_pane_class_init (BalReplyPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_reply_pane_dispose;

  signals[SEND] = g_signal_new ("send", BAL_TYPE_REPLY_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_BOOLEAN, G_TYPE_STRING, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", BAL_TYPE_REPLY_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
bal_reply_pane_init (BalReplyPane *self)
{
  self->dialect = BAL_DIALECT_HTML;
  self->draft_button = gtk_button_new ();
  gtk_button_set_has_frame (GTK_BUTTON (self->draft_button), FALSE);
  gtk_widget_set_halign (self->draft_button, GTK_ALIGN_START);
  gtk_widget_set_visible (self->draft_button, FALSE);
  gtk_widget_add_css_class (self->draft_button, "note");
  gtk_widget_set_parent (self->draft_button, GTK_WIDGET (self));
  g_signal_connect_object (self->draft_button, "clicked", G_CALLBACK (draft_clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
bal_reply_pane_new (BalComment     *comment,
                    BalReplyDrafts *drafts,
                    GtkLabel       *words)
{
  BalReplyPane *self;

  g_return_val_if_fail (BAL_IS_COMMENT (comment), NULL);
  g_return_val_if_fail (BAL_IS_REPLY_DRAFTS (drafts), NULL);
  g_return_val_if_fail (GTK_IS_LABEL (words), NULL);

  self = g_object_new (BAL_TYPE_REPLY_PANE, NULL);
  self->comment = g_object_ref (comment);
  self->drafts = g_object_ref (drafts);
  self->words = words;
  g_signal_connect_object (drafts, "changed", G_CALLBACK (drafts_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

gboolean
bal_blog_wants_replies_by_hand (BalBlog *blog)
{
  BalCapabilities capabilities = blog != NULL ? bal_blog_get_capabilities (blog) : BAL_CAPABILITY_NONE;

  return capabilities != BAL_CAPABILITY_NONE && !(capabilities & BAL_CAPABILITY_REPLY);
}

void
bal_reply_pane_set_blog (BalReplyPane *self,
                         BalBlog      *blog)
{
  gboolean by_hand;

  g_return_if_fail (BAL_IS_REPLY_PANE (self));

  g_free (self->language);
  self->language = g_strdup (blog != NULL ? bal_blog_get_language (blog) : NULL);
  self->dialect = bal_comment_html_get_dialect (blog != NULL ? bal_blog_get_dialect (blog) : NULL);
  by_hand = bal_blog_wants_replies_by_hand (blog);
  if (by_hand != self->by_hand && self->box != NULL && !is_editing (self))
    {
      self->by_hand = by_hand;
      open_box (self, FALSE);
    }
  self->by_hand = by_hand;
  open_drafts (self);
}

void
bal_reply_pane_write (BalReplyPane *self,
                      gboolean      edit)
{
  g_return_if_fail (BAL_IS_REPLY_PANE (self));

  if (self->box == NULL || is_editing (self) != edit)
    open_box (self, edit);
  bal_reply_box_focus (self->box);
}

void
bal_reply_pane_sent (BalReplyPane *self,
                     gboolean      kept)
{
  g_return_if_fail (BAL_IS_REPLY_PANE (self));

  self->sending = FALSE;
  if (self->box == NULL)
    return;
  if (!kept)
    {
      /* What it says now was shown above the box by then. */
      g_free (self->base);
      self->base = is_editing (self) ? g_strdup (bal_comment_get_html (self->comment)) : NULL;
      gtk_widget_set_sensitive (GTK_WIDGET (self->box), TRUE);
      return;
    }

  g_clear_pointer (&self->saved, g_free);
  bal_reply_drafts_set (self->drafts, get_id (self), is_editing (self), NULL, NULL);
  end_writing (self, TRUE);
}

void
bal_reply_pane_show_draft (BalReplyPane *self)
{
  g_return_if_fail (BAL_IS_REPLY_PANE (self));

  if (self->box == NULL || !is_editing (self))
    open_box (self, FALSE);
}
