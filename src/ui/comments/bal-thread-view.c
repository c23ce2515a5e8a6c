/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-view.h"

#include "bal-comment-list.h"
#include "bal-comment-row.h"
#include "bal-list-slice.h"
#include "bal-moderation.h"
#include "bal-reply-by-hand.h"
#include "bal-reply-pane.h"
#include "bal-row-scroll.h"
#include "bal-thread-more.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

#define FIRST_ROWS 60

struct _BalThreadView
{
  GtkWidget          parent_instance;

  BalStore          *store;
  BalReplyDrafts    *drafts;
  BalCommentList    *comments;
  BalListSlice      *slice;       /* the part that has widgets */
  BalThreadMore     *more;
  BalBlog           *blog;        /* (nullable) */
  gint64             review_id;
  gint64             around_id;   /* only what stands around this comment; 0: all */
  gint64             write_id;    /* a comment to be answered or edited as soon as it is there */
  gboolean           write_edit;
  GHashTable        *folded;      /* gint64: comments whose replies are hidden */
  GHashTable        *seen;        /* gint64: what was in the thread so far */
  GHashTable        *left_out;    /* gint64: those that were in spam or trash when they came: readers don't see them */
  gint64             highlighted_id;
  BalRowScroll       scroll;      /* to the highlighted comment */

  /* template children */
  GtkWidget         *content;
  GtkLabel          *title_label;
  GtkButton         *left_out_button;
  GtkWidget         *earlier_button;
  GtkListBox        *list;
  GtkWidget         *later_button;
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalThreadView, bal_thread_view, GTK_TYPE_WIDGET)

static BalCommentRow *
find_row (BalThreadView *self,
          gint64         comment_id)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (BAL_IS_COMMENT_ROW (child) &&
        bal_comment_get_id (bal_comment_row_get_comment (BAL_COMMENT_ROW (child))) == comment_id)
      return BAL_COMMENT_ROW (child);

  return NULL;
}

static void update_frame (BalThreadView *self);

static GtkWidget *
find_highlighted (GtkWidget *widget)
{
  BalThreadView *self = BAL_THREAD_VIEW (widget);
  BalCommentRow *row = find_row (self, self->highlighted_id);

  return row != NULL && bal_comment_get_loaded (bal_comment_row_get_comment (row)) ? GTK_WIDGET (row) : NULL;
}

/* ---- what readers don't see ---- */

static gboolean
is_hidden (BalComment *comment)
{
  BalCommentStatus status = bal_comment_get_status (comment);

  return status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
}

/* What goes to spam or trash while the thread is shown stays in sight, so that it can be taken back. */
static void
look_what_is_new (BalThreadView *self)
{
  guint n_comments = self->around_id == 0 ? g_list_model_get_n_items (G_LIST_MODEL (self->comments)) : 0;

  for (guint i = 0; i < n_comments; i++)
    {
      gint64 id = bal_comment_list_get_id (self->comments, i);
      g_autoptr(BalComment) comment = NULL;

      if (!g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id)))
        continue;
      comment = g_list_model_get_item (G_LIST_MODEL (self->comments), i);
      if (bal_comment_get_loaded (comment) && is_hidden (comment) && id != self->highlighted_id)
        g_hash_table_add (self->left_out, g_memdup2 (&id, sizeof id));
    }
}

static gboolean
is_left_out (BalThreadView *self,
             BalComment    *comment)
{
  gint64 id = bal_comment_get_id (comment);

  if (!is_hidden (comment))
    g_hash_table_remove (self->left_out, &id);
  return g_hash_table_contains (self->left_out, &id);
}

/* ---- folding ---- */

/* Replies follow what they answer, one level deeper. Only rows that have widgets are counted. */
static void
update_folds (BalThreadView *self)
{
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (BalCommentRow *));
  g_autoptr(GHashTable) n_replies = g_hash_table_new (NULL, NULL);
  guint hidden_below = G_MAXUINT;

  if (self->around_id != 0)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      BalComment *comment = bal_comment_row_get_comment (BAL_COMMENT_ROW (child));
      guint depth = bal_comment_get_depth (comment);
      gint64 id = bal_comment_get_id (comment);
      gboolean left_out = is_left_out (self, comment);

      while (path->len > 0 &&
             bal_comment_get_depth (bal_comment_row_get_comment (g_array_index (path, BalCommentRow *, path->len - 1)))
               >= depth)
        g_array_set_size (path, path->len - 1);
      for (guint i = 0; i < path->len && !left_out; i++)
        {
          gpointer above = g_array_index (path, BalCommentRow *, i);

          g_hash_table_insert (n_replies, above,
                               GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (n_replies, above)) + 1));
        }
      if (!left_out)
        g_array_append_val (path, child);

      if (depth <= hidden_below)
        hidden_below = g_hash_table_contains (self->folded, &id) ? depth : G_MAXUINT;
      gtk_widget_set_visible (child, !left_out && (hidden_below == G_MAXUINT || depth <= hidden_below));
    }

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gint64 id = bal_comment_get_id (bal_comment_row_get_comment (BAL_COMMENT_ROW (child)));

      bal_comment_row_set_replies (BAL_COMMENT_ROW (child), GPOINTER_TO_UINT (g_hash_table_lookup (n_replies, child)),
                                   g_hash_table_contains (self->folded, &id));
    }
}

/* What is looked for may be among the hidden ones. */
static void
unfold_all (BalThreadView *self)
{
  g_hash_table_remove_all (self->folded);
  g_hash_table_remove (self->left_out, &self->highlighted_id);
  update_folds (self);
  update_frame (self);
}

static void
reveal_highlighted (BalThreadView *self)
{
  guint position = bal_comment_list_find (self->comments, self->highlighted_id);
  BalCommentRow *row;

  if (self->highlighted_id == 0 || position == G_MAXUINT)
    return;

  if (position < bal_list_slice_get_first (self->slice) || position >= bal_list_slice_get_end (self->slice))
    {
      bal_thread_more_stop (self->more);
      bal_list_slice_set_range (self->slice, position > FIRST_ROWS / 2 ? position - FIRST_ROWS / 2 : 0, FIRST_ROWS);
    }

  row = find_row (self, self->highlighted_id);
  if (row != NULL && !gtk_widget_get_visible (GTK_WIDGET (row)))
    unfold_all (self);
  if (row != NULL)
    bal_comment_row_set_highlighted (row, TRUE);
  bal_row_scroll_start (&self->scroll, GTK_WIDGET (self), find_highlighted);
}

/* ---- rows ---- */

static void
update_frame (BalThreadView *self)
{
  guint n_comments = g_list_model_get_n_items (G_LIST_MODEL (self->comments));
  guint n_left_out = self->around_id == 0 ? g_hash_table_size (self->left_out) : 0;
  guint n_shown = n_comments - MIN (n_left_out, n_comments);
  g_autofree char *title = g_strdup_printf (ngettext ("%u Comment", "%u Comments", n_shown), n_shown);
  g_autofree char *left_out = g_strdup_printf (ngettext ("Show %u in Spam and Trash", "Show %u in Spam and Trash",
                                                         n_left_out), n_left_out);

  gtk_button_set_label (self->left_out_button, left_out);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_button), n_left_out > 0);
  gtk_label_set_text (self->title_label, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title_label), self->around_id == 0);
  gtk_widget_set_visible (self->earlier_button, bal_list_slice_get_first (self->slice) > 0);
  gtk_widget_set_visible (self->later_button, bal_list_slice_get_end (self->slice) < n_comments);
  gtk_widget_set_visible (GTK_WIDGET (self), n_comments > 0);
}

static void
write_wanted (BalThreadView *self)
{
  BalCommentRow *row = self->write_id != 0 ? find_row (self, self->write_id) : NULL;

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
  update_folds (self);
}

static void
comments_changed_cb (BalThreadView *self)
{
  look_what_is_new (self);
  update_folds (self);
  update_frame (self);
  reveal_highlighted (self);
  write_wanted (self);
}

static void
left_out_clicked_cb (BalThreadView *self)
{
  g_hash_table_remove_all (self->left_out);
  update_folds (self);
  update_frame (self);
}

static void
earlier_clicked_cb (BalThreadView *self)
{
  bal_thread_more_go (self->more, FALSE, self->earlier_button);
}

static void
later_clicked_cb (BalThreadView *self)
{
  bal_thread_more_go (self->more, TRUE, self->later_button);
}

static void
rows_changed_cb (BalThreadView *self)
{
  update_folds (self);
  update_frame (self);
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

  update_folds (self);
  update_frame (self);
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

  if (self->more != NULL)
    bal_thread_more_stop (self->more);
  g_clear_object (&self->more);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  bal_row_scroll_stop (&self->scroll);
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
  self->slice = bal_list_slice_new (G_LIST_MODEL (self->comments));
  bal_list_slice_set_range (self->slice, 0, FIRST_ROWS);
  self->more = bal_thread_more_new (self->list, self->slice);
  g_signal_connect_object (self->more, "changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->slice), create_row_cb, self, NULL);
  g_signal_connect_object (self->comments, "items-changed", G_CALLBACK (comments_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  update_frame (self);

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
  bal_row_scroll_stop (&self->scroll);
  self->highlighted_id = 0;
  self->write_id = 0;
  g_hash_table_remove_all (self->folded);
  g_hash_table_remove_all (self->seen);
  g_hash_table_remove_all (self->left_out);
  bal_thread_more_stop (self->more);
  bal_list_slice_set_range (self->slice, 0, FIRST_ROWS);
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
  update_frame (self);
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
  update_frame (self);
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

  before = find_row (self, self->highlighted_id);
  if (before != NULL)
    bal_comment_row_set_highlighted (before, FALSE);
  bal_row_scroll_stop (&self->scroll);
  self->highlighted_id = comment_id;
  reveal_highlighted (self);
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
  row = find_row (self, comment_id);
  if (row != NULL)
    bal_comment_row_show_draft (row);
}
