/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-row.h"

#include "bal-avatars.h"
#include "bal-comment-links.h"
#include "bal-comment-menu.h"
#include "bal-comment-text.h"
#include "bal-comment-versions.h"
#include "bal-desk.h"
#include "bal-label-layout.h"
#include "bal-person-mark.h"
#include "bal-reply-by-hand.h"
#include "bal-reply-pane.h"
#include "bal-safe-text.h"
#include "bal-spam-note.h"
#include "bal-toast.h"
#include "bal-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define FOLDED_CHARS 600
#define STEP_CHARS 2000          /* more in one label takes long to lay out */
#define MAX_INDENT 6
#define INDENT 28
#define ROW_HEAD 40               /* a menu opens below the name, not below all that is said */

struct _BalCommentRow
{
  GtkListBoxRow    parent_instance;

  BalComment      *comment;
  BalStore        *store;         /* (nullable) */
  BalCapabilities  capabilities;
  gboolean         by_hand;       /* replies are entered on the blog by hand */
  guint            shown_chars;
  BalReplyPane    *pane;          /* borrowed, in the column */

  /* template children */
  GtkWidget       *box;
  AdwAvatar       *avatar;
  GtkBox          *column;
  GtkToggleButton *fold_button;
  GtkLabel        *number_label;
  GtkWidget       *author_button;
  GtkLabel        *author_label;
  BalPersonMark   *person_mark;
  GtkLabel        *acted_label;
  GtkWidget       *mine_label;
  GtkLabel        *status_label;
  BalSpamNote     *spam_note;
  GtkImage        *sync_icon;
  GtkLabel        *time_label;
  GtkLabel        *text_label;
  GtkWidget       *more_button;
  BalCommentLinks *links;
  GtkWidget       *buttons;
  GtkWidget       *reply_button;
  GtkWidget       *approve_button;
  GtkWidget       *restore_button;
  GtkWidget       *dismiss_button;
  GtkWidget       *heed_button;
  GtkWidget       *edit_button;
  GtkWidget       *enter_button;
  BalCommentVersions *versions;
  GtkWidget       *spam_button;
  GtkWidget       *trash_button;
};

enum { MODERATE, SEND, CLOSED, FOLD, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalCommentRow, bal_comment_row, GTK_TYPE_LIST_BOX_ROW)

/* ---- what the comment says ---- */

static void
show_text (BalCommentRow *self)
{
  g_autoptr(BalCommentText) text = bal_comment_text_new (bal_comment_get_html (self->comment),
                                                         self->shown_chars);
  g_autofree char *folded = text->cut ? g_strconcat (text->text, "…", NULL) : NULL;

  gtk_label_set_text (self->text_label, folded ? folded : text->text);
  gtk_label_set_attributes (self->text_label, text->attributes);
  gtk_widget_set_visible (self->more_button, text->cut);
  bal_comment_links_set (self->links, text->links, text->pretences);
}

static void
more_clicked_cb (BalCommentRow *self)
{
  self->shown_chars = self->shown_chars < STEP_CHARS ? STEP_CHARS : self->shown_chars + STEP_CHARS;
  show_text (self);
}

static void
fold_toggled_cb (BalCommentRow *self)
{
  gboolean open = gtk_toggle_button_get_active (self->fold_button);

  gtk_button_set_icon_name (GTK_BUTTON (self->fold_button), open ? "pan-down-symbolic" : "pan-end-symbolic");
  g_signal_emit (self, signals[FOLD], 0, !open);
}

static void
show_person (BalCommentRow *self)
{
  BalPersonMarks marks = bal_comment_get_person_marks (self->comment);
  g_autofree char *acted = bal_person_marks_describe (marks & ~BAL_PERSON_MARK_NOTED);
  gboolean mine = bal_comment_get_mine (self->comment);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->author_button), "x", bal_comment_get_id (self->comment));
  gtk_widget_set_can_target (self->author_button, !mine);
  gtk_widget_set_focusable (self->author_button, !mine);
  bal_person_mark_set_marks (self->person_mark, marks);
  gtk_label_set_text (self->acted_label, acted != NULL ? acted : "");
  gtk_widget_set_visible (GTK_WIDGET (self->acted_label), acted != NULL && (marks & BAL_PERSON_MARK_ACTED) != 0);
}

static void
show_header (BalCommentRow *self)
{
  BalCommentStatus status = bal_comment_get_status (self->comment);
  const char *sync = bal_words_sync_state (bal_comment_get_sync_state (self->comment));
  g_autofree char *author = bal_safe_text_name (bal_comment_get_author (self->comment), 80);
  g_autofree char *ago = bal_words_ago (bal_comment_get_created (self->comment));
  g_autofree char *full = bal_words_full_time (bal_comment_get_created (self->comment));
  const char *name = *author != '\0' ? author : _("Anonymous");
  const char *number = bal_comment_get_number (self->comment);
  g_autofree char *label = NULL;

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->author_label, name);
  gtk_label_set_text (self->number_label, number ? number : "");
  gtk_widget_set_visible (GTK_WIDGET (self->number_label), number != NULL && *number != '\0');
  gtk_widget_set_visible (self->mine_label, bal_comment_get_mine (self->comment));
  gtk_label_set_text (self->status_label, bal_comment_status_get_label (status));
  gtk_widget_set_visible (GTK_WIDGET (self->status_label), status != BAL_COMMENT_STATUS_APPROVED);
  if (status == BAL_COMMENT_STATUS_PENDING)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), "warning");
  gtk_label_set_text (self->time_label, ago);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time_label), full);

  gtk_widget_set_visible (GTK_WIDGET (self->sync_icon), sync != NULL);
  gtk_image_set_from_icon_name (self->sync_icon, bal_words_sync_icon (bal_comment_get_sync_state (self->comment)));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sync_icon), sync);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sync_icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sync ? sync : "", -1);

  /* Translators: a comment's number in its thread, then who wrote it: "Comment 4.1 by Anna" */
  label = number != NULL ? g_strdup_printf (_("Comment %s by %s"), number, name)
                         : g_strdup_printf (_("Comment by %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- what can be done with it ---- */

static void
allow (BalCommentRow *self,
       const char    *action,
       GtkWidget     *button,
       gboolean       shown,
       gboolean       possible,
       const char    *tip,
       const char    *why_not)
{
  gtk_widget_set_visible (button, shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, shown && possible);
  gtk_widget_set_tooltip_text (button, possible ? tip : why_not);
}

static void
update_buttons (BalCommentRow *self)
{
  BalCommentStatus status = bal_comment_get_status (self->comment);
  gboolean spam = status == BAL_COMMENT_STATUS_SPAM;
  gboolean trash = status == BAL_COMMENT_STATUS_TRASH;
  gboolean mine = bal_comment_get_mine (self->comment);
  gboolean moderate = (self->capabilities & BAL_CAPABILITY_MODERATE) != 0;
  gboolean edit = (self->capabilities & BAL_CAPABILITY_EDIT_COMMENTS) != 0;
  gboolean unsent = bal_comment_get_remote_id (self->comment) == NULL;
  const char *no_moderation = _("You can’t moderate comments on this blog");

  allow (self, "comment.reply", self->reply_button, !spam && !trash,
         (self->capabilities & BAL_CAPABILITY_REPLY) != 0 || self->by_hand, NULL,
         _("You can’t reply to comments on this blog"));
  allow (self, "comment.approve", self->approve_button, status == BAL_COMMENT_STATUS_PENDING, moderate, NULL,
         no_moderation);
  allow (self, "comment.restore", self->restore_button, spam || trash, moderate, NULL, no_moderation);
  allow (self, "comment.dismiss", self->dismiss_button, bal_comment_get_unanswered (self->comment), TRUE,
         _("No Reply Needed"), NULL);
  allow (self, "comment.heed", self->heed_button, bal_comment_get_dismissed (self->comment) && !spam && !trash, TRUE,
         NULL, NULL);
  allow (self, "comment.edit", self->edit_button, !spam && !trash, unsent || edit, NULL,
         _("You can’t edit comments on this blog"));
  allow (self, "comment.enter", self->enter_button, self->by_hand && mine && unsent && !spam && !trash,
         self->store != NULL, _("Copy the text and open the page where it is to be pasted"), NULL);
  bal_comment_versions_set_can_restore (self->versions, unsent || edit);
  allow (self, "comment.spam", self->spam_button, !mine && !spam && !trash, moderate, _("Spam"), no_moderation);
  allow (self, "comment.trash", self->trash_button, !trash, moderate, _("Trash"), no_moderation);

  /* What was begun stays, out of sight, while there is nothing to reply to. */
  gtk_widget_set_visible (GTK_WIDGET (self->pane), !spam && !trash);
}

static void
update (BalCommentRow *self)
{
  guint depth = MIN (bal_comment_get_depth (self->comment), MAX_INDENT);

  gtk_widget_set_visible (self->box, bal_comment_get_loaded (self->comment));
  if (!bal_comment_get_loaded (self->comment))
    return;

  gtk_widget_set_margin_start (self->box, depth * INDENT);
  show_header (self);
  show_person (self);
  show_text (self);
  update_buttons (self);
}

static gboolean
update_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  g_object_set_data (G_OBJECT (widget), "bal-update", NULL);
  update (BAL_COMMENT_ROW (widget));

  return G_SOURCE_REMOVE;
}

/* A comment that is read notifies a dozen properties: they are shown together with the next frame. */
static void
comment_notify_cb (BalCommentRow *self)
{
  if (g_object_get_data (G_OBJECT (self), "bal-update") != NULL)
    return;

  g_object_set_data (G_OBJECT (self), "bal-update", self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), update_tick_cb, NULL, NULL);
}

/* ---- writing ---- */

static void
pane_send_cb (BalCommentRow *self,
              gboolean       edit,
              const char    *html,
              const char    *base)
{
  g_signal_emit (self, signals[SEND], 0, edit, html, base);
}

static void
pane_closed_cb (BalCommentRow *self,
                gboolean       edit,
                gboolean       sent)
{
  gtk_widget_grab_focus (edit ? self->edit_button : self->reply_button);
  /* Who mended a word is not done with the comment. */
  g_signal_emit (self, signals[CLOSED], 0, sent && !edit);
}

static void
write_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  bal_reply_pane_write (BAL_COMMENT_ROW (widget)->pane, g_str_equal (action_name, "comment.edit"));
}

static void
enter_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BalCommentRow *self = BAL_COMMENT_ROW (widget);

  bal_reply_enter_by_hand (widget, self->store, bal_comment_get_id (self->comment));
}

static const struct
{
  const char *action;
  BalTriage   triage;
} decisions[] = {
  { "comment.approve", BAL_TRIAGE_APPROVE },
  { "comment.spam", BAL_TRIAGE_SPAM },
  { "comment.trash", BAL_TRIAGE_TRASH },
  { "comment.restore", BAL_TRIAGE_RESTORE },
  { "comment.dismiss", BAL_TRIAGE_DISMISS },
  { "comment.heed", BAL_TRIAGE_HEED },
};

static void
moderate_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (g_str_equal (action_name, decisions[i].action))
      g_signal_emit (widget, signals[MODERATE], 0, (int) decisions[i].triage);
}

static void
person_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BalCommentRow *self = BAL_COMMENT_ROW (widget);

  gtk_widget_activate_action (widget, "win.person", "x", bal_comment_get_id (self->comment));
}

/* ---- the menu ---- */

static void
open_menu (BalCommentRow *self,
           GdkRectangle   at)
{
  g_autoptr(GMenuModel) model = bal_comment_menu_new_for_row ();

  bal_comment_menu_open (GTK_WIDGET (self), GTK_WIDGET (self), model, at);
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  open_menu (BAL_COMMENT_ROW (widget), (GdkRectangle) { 0, 0, gtk_widget_get_width (widget),
                                                        MIN (gtk_widget_get_height (widget), ROW_HEAD) });
}

static void
pressed_cb (BalCommentRow *self,
            int            n_press,
            double         x,
            double         y,
            GtkGesture    *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, (GdkRectangle) { (int) x, (int) y, 1, 1 });
}

/* ---- the object ---- */

static void
bal_comment_row_finalize (GObject *object)
{
  BalCommentRow *self = BAL_COMMENT_ROW (object);

  g_clear_object (&self->comment);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (bal_comment_row_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, box);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, column);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, fold_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, number_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, author_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, author_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, person_mark);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, acted_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, mine_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, spam_note);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, sync_icon);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, text_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, more_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, links);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, reply_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, approve_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, heed_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, edit_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, enter_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, versions);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, spam_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentRow, trash_button);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
}

static void
bal_comment_row_class_init (BalCommentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_comment_row_finalize;

  signals[MODERATE] = g_signal_new ("moderate", BAL_TYPE_COMMENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SEND] = g_signal_new ("send", BAL_TYPE_COMMENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 3, G_TYPE_BOOLEAN, G_TYPE_STRING, G_TYPE_STRING);
  signals[FOLD] = g_signal_new ("fold", BAL_TYPE_COMMENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[CLOSED] = g_signal_new ("closed", BAL_TYPE_COMMENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (BAL_TYPE_LABEL_LAYOUT);
  g_type_ensure (BAL_TYPE_COMMENT_LINKS);
  g_type_ensure (BAL_TYPE_PERSON_MARK);
  g_type_ensure (BAL_TYPE_SPAM_NOTE);
  g_type_ensure (BAL_TYPE_COMMENT_VERSIONS);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-comment-row.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "comment.person", NULL, person_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "comment.person", NULL);
  gtk_widget_class_install_action (widget_class, "comment.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "comment.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "comment.menu", NULL);
  gtk_widget_class_install_action (widget_class, "comment.reply", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "comment.edit", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "comment.enter", NULL, enter_action);
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    gtk_widget_class_install_action (widget_class, decisions[i].action, NULL, moderate_action);
}

static void
bal_comment_row_init (BalCommentRow *self)
{
  g_autoptr(GMenuModel) menu = bal_comment_menu_new_for_row ();

  self->shown_chars = FOLDED_CHARS;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A text that can be selected has a menu of its own: there it is the end of that. */
  gtk_label_set_extra_menu (self->text_label, menu);
}

GtkWidget *
bal_comment_row_new (BalComment     *comment,
                     BalReplyDrafts *drafts)
{
  BalCommentRow *self;

  g_return_val_if_fail (BAL_IS_COMMENT (comment), NULL);
  g_return_val_if_fail (BAL_IS_REPLY_DRAFTS (drafts), NULL);

  self = g_object_new (BAL_TYPE_COMMENT_ROW, NULL);
  self->comment = g_object_ref (comment);
  self->pane = BAL_REPLY_PANE (bal_reply_pane_new (comment, drafts, self->text_label));
  gtk_box_append (self->column, GTK_WIDGET (self->pane));
  g_signal_connect_object (self->pane, "send", G_CALLBACK (pane_send_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pane, "closed", G_CALLBACK (pane_closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (comment, "notify", G_CALLBACK (comment_notify_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

BalComment *
bal_comment_row_get_comment (BalCommentRow *self)
{
  g_return_val_if_fail (BAL_IS_COMMENT_ROW (self), NULL);

  return self->comment;
}

void
bal_comment_row_set_blog (BalCommentRow *self,
                          BalBlog       *blog)
{
  g_return_if_fail (BAL_IS_COMMENT_ROW (self));

  self->capabilities = blog != NULL ? bal_blog_get_capabilities (blog) : BAL_CAPABILITY_NONE;
  self->by_hand = bal_blog_wants_replies_by_hand (blog);
  bal_reply_pane_set_blog (self->pane, blog);
  update_buttons (self);
}

void
bal_comment_row_set_store (BalCommentRow *self,
                           BalStore      *store)
{
  g_return_if_fail (BAL_IS_COMMENT_ROW (self));

  g_set_object (&self->store, store);
  bal_spam_note_set_comment (self->spam_note, store, self->comment);
  bal_comment_versions_set_comment (self->versions, store, self->comment);
  bal_avatars_follow (store, self->avatar, self->comment);
  update_buttons (self);
}

void
bal_comment_row_set_highlighted (BalCommentRow *self,
                                 gboolean       highlighted)
{
  g_return_if_fail (BAL_IS_COMMENT_ROW (self));

  if (highlighted)
    gtk_widget_add_css_class (GTK_WIDGET (self), "highlighted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "highlighted");
}

void
bal_comment_row_sent (BalCommentRow *self,
                      gboolean       kept)
{
  g_return_if_fail (BAL_IS_COMMENT_ROW (self));

  bal_reply_pane_sent (self->pane, kept);
}

void
bal_comment_row_show_draft (BalCommentRow *self)
{
  g_return_if_fail (BAL_IS_COMMENT_ROW (self));

  bal_reply_pane_show_draft (self->pane);
}

void
bal_comment_row_set_replies (BalCommentRow *self,
                             guint          n_replies,
                             gboolean       folded)
{
  g_autofree char *hidden = NULL;

  g_return_if_fail (BAL_IS_COMMENT_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->fold_button), n_replies > 0);
  gtk_toggle_button_set_active (self->fold_button, !folded);
  hidden = g_strdup_printf (ngettext ("%u reply", "%u replies", n_replies), n_replies);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fold_button), GTK_ACCESSIBLE_PROPERTY_LABEL, hidden, -1);
}
