/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-view-private.h"

#include <math.h>

/* That a row must have kept its place. */
#define SETTLED_FRAMES 12

BalCommentRow *
bal_thread_view_find_row (BalThreadView *self,
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

/* ---- what readers don't see ---- */

static gboolean
is_hidden (BalComment *comment)
{
  BalCommentStatus status = bal_comment_get_status (comment);

  return status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
}

/* What goes to spam or trash while the thread is shown stays in sight, so that it can be taken back. */
void
bal_thread_view_look_what_is_new (BalThreadView *self)
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
void
bal_thread_view_update_folds (BalThreadView *self)
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

/* ---- scrolling to the highlighted comment ---- */

static gboolean
end_scrolling (BalThreadView *self)
{
  self->scroll_tick = 0;

  return G_SOURCE_REMOVE;
}

/* The text above the thread may still be on its way from the store and push the row down: only when the row has kept its place
 * for some frames is it there for good. */
static gboolean
scroll_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  BalThreadView *self = BAL_THREAD_VIEW (widget);
  BalCommentRow *row = bal_thread_view_find_row (self, self->highlighted_id);
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  GtkWidget *child;
  double y, goal;

  if (scrolled == NULL || self->highlighted_id == 0)
    return end_scrolling (self);
  if (row == NULL || gtk_widget_get_height (GTK_WIDGET (row)) == 0 ||
      !bal_comment_get_loaded (bal_comment_row_get_comment (row)))
    return G_SOURCE_CONTINUE;

  child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled));
  if (GTK_IS_VIEWPORT (child))
    child = gtk_viewport_get_child (GTK_VIEWPORT (child));
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (row), child, 0, 0, NULL, &y))
    return end_scrolling (self);

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  /* What scrolls itself has its place on the screen, not on the whole page. */
  if (GTK_IS_SCROLLABLE (child))
    y += gtk_adjustment_get_value (adjustment);
  goal = y - gtk_adjustment_get_page_size (adjustment) / 4;
  goal = CLAMP (goal, 0, MAX (0, gtk_adjustment_get_upper (adjustment) -
                                 gtk_adjustment_get_page_size (adjustment)));
  if (fabs (goal - self->scroll_goal) >= 1 || fabs (goal - gtk_adjustment_get_value (adjustment)) >= 1)
    self->n_settled_frames = 0;
  else
    self->n_settled_frames++;
  self->scroll_goal = goal;
  gtk_adjustment_set_value (adjustment, goal);

  return self->n_settled_frames < SETTLED_FRAMES ? G_SOURCE_CONTINUE : end_scrolling (self);
}

/* What is looked for may be among the hidden ones. */
static void
unfold_all (BalThreadView *self)
{
  g_hash_table_remove_all (self->folded);
  g_hash_table_remove (self->left_out, &self->highlighted_id);
  bal_thread_view_update_folds (self);
  bal_thread_view_update_frame (self);
}

void
bal_thread_view_reveal_highlighted (BalThreadView *self)
{
  guint position = bal_comment_list_find (self->comments, self->highlighted_id);
  guint first = gtk_slice_list_model_get_offset (self->slice);
  BalCommentRow *row;

  if (self->highlighted_id == 0 || position == G_MAXUINT)
    return;

  if (position < first || position >= first + gtk_slice_list_model_get_size (self->slice))
    {
      first = position > BAL_THREAD_VIEW_FIRST_ROWS / 2 ? position - BAL_THREAD_VIEW_FIRST_ROWS / 2 : 0;
      gtk_slice_list_model_set_size (self->slice, BAL_THREAD_VIEW_FIRST_ROWS);
      gtk_slice_list_model_set_offset (self->slice, first);
    }

  row = bal_thread_view_find_row (self, self->highlighted_id);
  if (row != NULL && !gtk_widget_get_visible (GTK_WIDGET (row)))
    unfold_all (self);
  if (row != NULL)
    bal_comment_row_set_highlighted (row, TRUE);
  self->n_settled_frames = 0;
  if (self->scroll_tick == 0)
    self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_tick_cb, NULL, NULL);
}
