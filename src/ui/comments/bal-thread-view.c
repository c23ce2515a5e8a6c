/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-view-private.h"

#include "bal-moderation.h"
#include "bal-reply-by-hand.h"
#include "bal-reply-pane.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

#define MORE_ROWS 200

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalThreadView, bal_thread_view, GTK_TYPE_WIDGET)

/* ---- rows ---- */

void
bal_thread_view_update_frame (BalThreadView *self)
{
  guint n_comments = g_list_model_get_n_items (G_LIST_MODEL (self->comments));
  guint first = gtk_slice_list_model_get_offset (self->slice);
  guint n_left_out = self->around_id == 0 ? g_hash_table_size (self->left_out) : 0;
  guint n_shown = n_comments - MIN (n_left_out, n_comments);
  g_autofree char *title = g_strdup_printf (ngettext ("%u Comment", "%u Comments", n_shown), n_shown);
  g_autofree char *left_out = g_strdup_printf (ngettext ("Show %u in Spam and Trash", "Show %u in Spam and Trash",
                                                         n_left_out), n_left_out);

  gtk_button_set_label (self->left_out_button, left_out);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_button), n_left_out > 0);
  gtk_label_set_text (self->title_label, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title_label), self->around_id == 0);
  gtk_widget_set_visible (self->earlier_button, first > 0);
  gtk_widget_set_visible (self->later_button, first + gtk_slice_list_model_get_size (self->slice) < n_comments);
  gtk_widget_set_visible (GTK_WIDGET (self), n_comments > 0);
}

static void
write_wanted (BalThreadView *self)
{
  BalCommentRow *row = self->write_id != 0 ? bal_thread_view_find_row (self, self->write_id) : NULL;

  if (row == NULL)
    return;

  self->write_id = 0;
  if (!gtk_widget_activate_action (GTK_WIDGET (row), self->write_edit ? "comment.edit" : "comment.reply", NULL))
    bal_toast (GTK_WIDGET (self), self->write_edit ? _("This comment can’t be edited")
                                                   : _("This comment can’t be answered"));
}

static void
fold_cb (BalThreadView *self,
         gboolean       folded,
         BalCommentRow *row)
{
  gint64 id = bal_comment_get_id (bal_comment_row_get_comment (row));

  if (folded == g_hash_table_contains (self->folded, &id))
    return;

  if (folded)
    g_hash_table_add (self->folded, g_memdup2 (&id, sizeof id));
  else
    g_hash_table_remove (self->folded, &id);
  bal_thread_view_update_folds (self);
}

static void
comments_changed_cb (BalThreadView *self)
{
  bal_thread_view_look_what_is_new (self);
  bal_thread_view_update_folds (self);
  bal_thread_view_update_frame (self);
  bal_thread_view_reveal_highlighted (self);
  write_wanted (self);
}

static void
left_out_clicked_cb (BalThreadView *self)
{
  g_hash_table_remove_all (self->left_out);
  bal_thread_view_update_folds (self);
  bal_thread_view_update_frame (self);
}

static void
earlier_clicked_cb (BalThreadView *self)
{
  guint first = gtk_slice_list_model_get_offset (self->slice);
  guint more = MIN (first, MORE_ROWS);

  gtk_slice_list_model_set_offset (self->slice, first - more);
  gtk_slice_list_model_set_size (self->slice, gtk_slice_list_model_get_size (self->slice) + more);
  bal_thread_view_update_folds (self);
  bal_thread_view_update_frame (self);
}

static void
later_clicked_cb (BalThreadView *self)
{
  gtk_slice_list_model_set_size (self->slice, gtk_slice_list_model_get_size (self->slice) + MORE_ROWS);
  bal_thread_view_update_folds (self);
  bal_thread_view_update_frame (self);
}

static void
moderate_cb (BalThreadView *self,
             int            triage,
             BalCommentRow *row)
{
  gint64 id = bal_comment_get_id (bal_comment_row_get_comment (row));

  bal_moderation_act (GTK_WIDGET (self), self->store, triage, &id, 1);
}

static void
closed_cb (BalThreadView *self,
           gboolean       sent,
           BalCommentRow *row)
{
  g_signal_emit (self, signals[CLOSED], 0, bal_comment_get_id (bal_comment_row_get_comment (row)), sent);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BalCommentRow) row = user_data;
  g_autoptr(GError) error = NULL;
  gint64 reply_id = 0;
  gboolean kept = bal_moderation_write_finish (BAL_STORE (source), result, &reply_id, &error);
  GtkWidget *thread = gtk_widget_get_ancestor (GTK_WIDGET (row), BAL_TYPE_THREAD_VIEW);

  if (!kept)
    bal_toast_error (GTK_WIDGET (row), error);
  else if (reply_id != 0 && thread != NULL && bal_blog_wants_replies_by_hand (BAL_THREAD_VIEW (thread)->blog))
    bal_reply_enter_by_hand (thread, BAL_STORE (source), reply_id);
  bal_comment_row_sent (row, kept);
}

static void
send_cb (BalThreadView *self,
         gboolean       edit,
         const char    *html,
         const char    *base,
         BalCommentRow *row)
{
  bal_moderation_write_async (self->store, bal_comment_get_id (bal_comment_row_get_comment (row)), edit, html, base,
                              written_cb, g_object_ref (row));
}

/* Restored elsewhere: readers see it again. */
static void
status_changed_cb (GtkWidget *row)
{
  BalThreadView *self = BAL_THREAD_VIEW (gtk_widget_get_ancestor (row, BAL_TYPE_THREAD_VIEW));

  if (self == NULL || g_hash_table_size (self->left_out) == 0)
    return;

  bal_thread_view_update_folds (self);
  bal_thread_view_update_frame (self);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  BalThreadView *self = user_data;
  GtkWidget *row = bal_comment_row_new (item, self->drafts);

  bal_comment_row_set_blog (BAL_COMMENT_ROW (row), self->blog);
  bal_comment_row_set_store (BAL_COMMENT_ROW (row), self->store);
  bal_comment_row_set_highlighted (BAL_COMMENT_ROW (row), bal_comment_get_id (item) == self->highlighted_id);
  g_signal_connect_object (row, "moderate", G_CALLBACK (moderate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "send", G_CALLBACK (send_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "fold", G_CALLBACK (fold_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::status", G_CALLBACK (status_changed_cb), row, G_CONNECT_SWAPPED);

  return row;
}

static void
drafts_failed_cb (BalThreadView *self,
                  GError        *error)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    bal_toast_error (GTK_WIDGET (self), error);
}

/* ---- the object ---- */

static void
bal_thread_view_dispose (GObject *object)
{
  BalThreadView *self = BAL_THREAD_VIEW (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  if (self->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_tick);
  self->scroll_tick = 0;
  g_clear_object (&self->slice);
  g_clear_object (&self->comments);
  g_clear_object (&self->drafts);
  g_clear_object (&self->blog);
  g_clear_object (&self->store);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_thread_view_parent_class)->dispose (object);
}

static void
bal_thread_view_finalize (GObject *object)
{
  g_hash_table_unref (BAL_THREAD_VIEW (object)->folded);
  g_hash_table_unref (BAL_THREAD_VIEW (object)->seen);
  g_hash_table_unref (BAL_THREAD_VIEW (object)->left_out);

  G_OBJECT_CLASS (bal_thread_view_parent_class)->finalize (object);
}

static void
bal_thread_view_class_init (BalThreadViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_thread_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_thread_view_finalize;

  signals[CLOSED] = g_signal_new ("closed", BAL_TYPE_THREAD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-thread-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BalThreadView, content);
  gtk_widget_class_bind_template_child (widget_class, BalThreadView, title_label);
  gtk_widget_class_bind_template_child (widget_class, BalThreadView, left_out_button);
  gtk_widget_class_bind_template_child (widget_class, BalThreadView, earlier_button);
  gtk_widget_class_bind_template_child (widget_class, BalThreadView, list);
  gtk_widget_class_bind_template_child (widget_class, BalThreadView, later_button);
  gtk_widget_class_bind_template_callback (widget_class, left_out_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, earlier_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_clicked_cb);
}

static void
bal_thread_view_init (BalThreadView *self)
{
  self->folded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->left_out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bal_thread_view_new (BalStore *store)
{
  BalThreadView *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_THREAD_VIEW, NULL);
  self->store = g_object_ref (store);
  self->drafts = bal_reply_drafts_ref_for (store);
  g_signal_connect_object (self->drafts, "failed", G_CALLBACK (drafts_failed_cb), self, G_CONNECT_SWAPPED);
  self->comments = bal_comment_list_new (store);
  self->slice = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->comments)), 0, BAL_THREAD_VIEW_FIRST_ROWS);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->slice), create_row_cb, self, NULL);
  g_signal_connect_object (self->comments, "items-changed", G_CALLBACK (comments_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  bal_thread_view_update_frame (self);

  return GTK_WIDGET (self);
}

static gboolean
same_for_comments (BalBlog *a,
                   BalBlog *b)
{
  return a != NULL && b != NULL && bal_blog_get_capabilities (a) == bal_blog_get_capabilities (b) &&
         g_strcmp0 (bal_blog_get_language (a), bal_blog_get_language (b)) == 0 &&
         g_strcmp0 (bal_blog_get_dialect (a), bal_blog_get_dialect (b)) == 0;
}

static void
set_blog (BalThreadView *self,
          BalBlog       *blog)
{
  gboolean same = same_for_comments (self->blog, blog);

  g_set_object (&self->blog, blog);
  if (same)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (BAL_IS_COMMENT_ROW (child))
      bal_comment_row_set_blog (BAL_COMMENT_ROW (child), blog);
}

static void
begin_thread (BalThreadView *self,
              gint64         review_id,
              gint64         comment_id)
{
  self->review_id = review_id;
  self->around_id = comment_id;
  self->highlighted_id = 0;
  self->write_id = 0;
  g_hash_table_remove_all (self->folded);
  g_hash_table_remove_all (self->seen);
  g_hash_table_remove_all (self->left_out);
  gtk_slice_list_model_set_offset (self->slice, 0);
  gtk_slice_list_model_set_size (self->slice, BAL_THREAD_VIEW_FIRST_ROWS);
}

void
bal_thread_view_show_review (BalThreadView *self,
                             gint64         review_id,
                             BalBlog       *blog)
{
  g_return_if_fail (BAL_IS_THREAD_VIEW (self));

  set_blog (self, blog);
  if (self->review_id == review_id && self->around_id == 0)
    return;

  begin_thread (self, review_id, 0);
  bal_comment_list_set_thread (self->comments, review_id);
  bal_thread_view_update_frame (self);
}

void
bal_thread_view_show_around (BalThreadView *self,
                             gint64         comment_id,
                             BalBlog       *blog)
{
  g_return_if_fail (BAL_IS_THREAD_VIEW (self));

  set_blog (self, blog);
  if (self->around_id == comment_id)
    return;

  begin_thread (self, 0, comment_id);
  bal_comment_list_set_around (self->comments, comment_id);
  bal_thread_view_highlight (self, comment_id);
  bal_thread_view_update_frame (self);
}

void
bal_thread_view_write (BalThreadView *self,
                       gint64         comment_id,
                       gboolean       edit)
{
  g_return_if_fail (BAL_IS_THREAD_VIEW (self));

  self->write_id = comment_id;
  self->write_edit = edit;
  write_wanted (self);
}

void
bal_thread_view_highlight (BalThreadView *self,
                           gint64         comment_id)
{
  BalCommentRow *before;

  g_return_if_fail (BAL_IS_THREAD_VIEW (self));

  before = bal_thread_view_find_row (self, self->highlighted_id);
  if (before != NULL)
    bal_comment_row_set_highlighted (before, FALSE);
  self->highlighted_id = comment_id;
  bal_thread_view_reveal_highlighted (self);
}

void
bal_thread_view_keep_reply (BalThreadView *self,
                            gint64         comment_id,
                            const char    *html)
{
  g_autofree char *both = NULL;
  const char *begun;
  BalCommentRow *row;

  g_return_if_fail (BAL_IS_THREAD_VIEW (self));
  g_return_if_fail (html != NULL);

  begun = bal_reply_drafts_get (self->drafts, comment_id, FALSE);
  both = begun != NULL ? g_strconcat (html, "\n\n", begun, NULL) : g_strdup (html);
  bal_reply_drafts_set (self->drafts, comment_id, FALSE, both, NULL);
  row = bal_thread_view_find_row (self, comment_id);
  if (row != NULL)
    bal_comment_row_show_draft (row);
}
