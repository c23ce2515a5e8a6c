/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-list-pane-private.h"

#include "bal-time.h"

/* More rows than a tall screen shows. GTK makes a widget for each of the first two hundred, which the first frame
 * would wait for. */
#define BRIEF_ROWS 24

/* Consumes @selection. After: the view must know of a change before anything is selected in it or scrolled to. */
static GtkSelectionModel *
watch (BalListPane *self,
       gpointer     model,
       gpointer     selection)
{
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (bal_list_pane_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (bal_list_pane_items_changed), self, G_CONNECT_SWAPPED);

  return selection;
}

static GtkSelectionModel *
select_one (BalListPane *self,
            gpointer     model,
            GCallback    selected_cb)
{
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (model));

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  g_signal_connect_object (selection, "notify::selected", selected_cb, self, G_CONNECT_SWAPPED);

  return watch (self, model, selection);
}

/* The status that all comments of the list have; -1: any. */
static int
get_status (BalListPane *self)
{
  g_autoptr(BalCommentFilter) filter = bal_filter_bar_make_filter (self->filter_bar);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  BalFilterLimits limits = { 0 };

  if (filter != NULL)
    bal_comment_filter_resolve (filter, bal_time_now (), zone, &limits);
  if (limits.statuses != 0)
    return g_bit_nth_msf (limits.statuses, -1) == g_bit_nth_lsf (limits.statuses, -1)
             ? g_bit_nth_lsf (limits.statuses, -1) : -1;

  return self->place->kind == BAL_PLACE_COMMENTS ? self->place->status : -1;
}

void
bal_list_pane_update_bulk (BalListPane *self,
                           guint        n_selected)
{
  bal_bulk_bar_update (self->bulk_bar,
                       bal_place_has_comments (self->place) ? n_selected : 0,
                       n_selected > 1 ? get_status (self) : -1, self->place->kind == BAL_PLACE_UNANSWERED);
}

gboolean
bal_list_pane_is_loading (BalListPane *self)
{
  if (bal_place_has_comments (self->place))
    return bal_comment_list_get_loading (self->comments);
  if (bal_place_has_reviews (self->place))
    return bal_review_list_get_loading (self->reviews);

  return bal_waiting_list_get_loading (self->waiting);
}

void
bal_list_pane_tell_count (BalListPane *self)
{
  /* Until the answer is there, the number before it stays: the list does too. */
  if (self->comments != NULL && bal_place_has_comments (self->place) && !bal_list_pane_is_loading (self))
    bal_filter_bar_set_count (self->filter_bar, g_list_model_get_n_items (G_LIST_MODEL (self->comments)));
}

/* Statuses that a place has by itself, as bits. */
static guint
get_statuses (const BalPlace *place)
{
  if (place->kind == BAL_PLACE_COMMENTS && place->status >= 0)
    return 1u << place->status;

  return (1u << BAL_COMMENT_STATUS_PENDING) | (1u << BAL_COMMENT_STATUS_APPROVED);
}

void
bal_list_pane_begin_search (BalListPane *self)
{
  gboolean is_filter = self->place->kind == BAL_PLACE_FILTER;

  bal_filter_bar_begin (self->filter_bar, is_filter ? self->place->line : "", is_filter ? self->place->name : NULL,
                        bal_place_has_comments (self->place), get_statuses (self->place));
  gtk_widget_set_sensitive (GTK_WIDGET (self->filter_bar),
                            bal_place_has_comments (self->place) || bal_place_has_reviews (self->place));
}

static void
query_reviews (BalListPane *self)
{
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;

  if (self->reviews == NULL)
    {
      self->reviews = bal_review_list_new (self->store);
      self->review_selection = select_one (self, self->reviews, G_CALLBACK (bal_list_pane_review_selected));
    }

  query.blog_id = self->blog_id;
  query.status = self->place->kind == BAL_PLACE_REVIEWS ? self->place->status : -1;
  query.series = self->place->series;
  query.search = bal_filter_bar_get_line (self->filter_bar);
  query.limit = self->brief ? BRIEF_ROWS : 0;
  bal_review_list_set_query (self->reviews, &query);
  gtk_list_view_set_model (self->list, self->review_selection);
}

/* The one place where it is worth asking what is likely spam. */
static gboolean
is_pending (BalPlace *place)
{
  return place->kind == BAL_PLACE_COMMENTS && place->status == BAL_COMMENT_STATUS_PENDING;
}

static void
query_comments (BalListPane *self)
{
  BalCommentQuery query = BAL_COMMENT_QUERY_INIT;
  g_autoptr(BalCommentFilter) filter = NULL;

  if (self->comments == NULL)
    {
      self->comments = bal_comment_list_new (self->store);
      self->comment_selection =
        watch (self, self->comments, gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->comments))));
      g_signal_connect_object (self->comment_selection, "selection-changed",
                               G_CALLBACK (bal_list_pane_comments_selected), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->comment_selection, "items-changed", G_CALLBACK (bal_list_pane_comments_selected), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      self->triage = bal_triage_list_new (self->list, GTK_WIDGET (self->stack), self->store, self->comments,
                                          self->comment_selection);
      g_signal_connect_object (self->triage, "write", G_CALLBACK (bal_list_pane_write_comment), self, G_CONNECT_SWAPPED);
    }

  query.blog_id = self->blog_id;
  query.status = self->place->kind == BAL_PLACE_COMMENTS ? self->place->status : -1;
  query.unanswered = self->place->kind == BAL_PLACE_UNANSWERED;
  query.mine = self->place->kind == BAL_PLACE_MINE;
  query.filter = filter = bal_filter_bar_make_filter (self->filter_bar);
  query.spam_first = is_pending (self->place) && gtk_toggle_button_get_active (self->spam_first_button);
  bal_comment_list_set_query (self->comments, &query);
  gtk_list_view_set_model (self->list, self->comment_selection);
}

static void
query_waiting (BalListPane *self)
{
  if (self->waiting == NULL)
    {
      self->waiting = bal_waiting_list_new (self->store);
      self->waiting_selection =
        watch (self, self->waiting, gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->waiting))));
      g_signal_connect_object (self->waiting_selection, "selection-changed", G_CALLBACK (bal_list_pane_waiting_selected), self,
                               G_CONNECT_SWAPPED);
    }

  bal_waiting_list_show (self->waiting, self->place->kind == BAL_PLACE_CONFLICTS, self->blog_id);
  gtk_list_view_set_model (self->list, self->waiting_selection);
}

void
bal_list_pane_run_query (BalListPane *self)
{
  if (self->place == NULL || self->store == NULL)
    return;

  if (bal_place_has_comments (self->place))
    query_comments (self);
  else if (bal_place_has_reviews (self->place))
    query_reviews (self);
  else
    query_waiting (self);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "triage",
                                  bal_place_has_comments (self->place) ? bal_triage_list_get_actions (self->triage)
                                                                       : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spam_first_button), is_pending (self->place));
  bal_list_pane_update_bulk (self, 0);
  bal_waiting_bar_show (self->waiting_bar, self->place->kind == BAL_PLACE_OUTBOX ? self->waiting_selection : NULL);
  bal_list_pane_update_stack (self);
}
