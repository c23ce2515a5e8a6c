/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <glib/gi18n.h>

#include "bal-cursor-table.h"
#include "bal-error.h"
#include "bal-sync-merge.h"

/* A server that lists for ever is stopped here, after a hundred thousand rows in pages of 100; the next sync goes on. */
#define MAX_PAGES 1000

typedef BalPage *(*ListFunc) (BalProvider   *provider,
                              const char    *since,
                              const char    *cursor,
                              GCancellable  *cancellable,
                              GError       **error);

/* A kind of rows that is pulled: where its places are kept and how it is listed. */
typedef struct
{
  const char *cursor_name;
  const char *watermark_name;
  ListFunc    list;
  gboolean    is_comments;
} Listing;

/* By their stage. */
static const Listing listings[] = {
  { "reviews", BAL_CURSOR_REVIEWS_SINCE, bal_provider_list_reviews, FALSE },
  { "comments", "comments-since", bal_provider_list_comments, TRUE },
};

BalSyncPage *
bal_sync_page_new (BalSyncRun *run)
{
  BalSyncPage *self = g_new0 (BalSyncPage, 1);

  self->run = run;
  return self;
}

void
bal_sync_page_free (BalSyncPage *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->reviews, g_ptr_array_unref);
  g_clear_pointer (&self->comments, g_ptr_array_unref);
  g_free (self->cursor);
  g_free (self->watermark);
  g_free (self);
}

gboolean
bal_sync_page_store (BalTransaction  *transaction,
                     gpointer         data,
                     GError         **error)
{
  BalSyncPage *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  g_autoptr(BalSyncMerge) merge = bal_sync_merge_new (transaction, blog_id, error);

  if (merge == NULL)
    return FALSE;

  merge->is_wanted = self->is_wanted;
  self->n_changed = 0;
  for (guint i = 0; self->reviews != NULL && i < self->reviews->len; i++)
    {
      gboolean changed = FALSE;

      if (!bal_sync_merge_review (merge, transaction, g_ptr_array_index (self->reviews, i), &changed, error))
        return FALSE;
      self->n_changed += changed;
    }
  for (guint i = 0; self->comments != NULL && i < self->comments->len; i++)
    {
      gboolean changed = FALSE;

      if (!bal_sync_merge_comment (merge, transaction, g_ptr_array_index (self->comments, i), &changed, error))
        return FALSE;
      self->n_changed += changed;
    }
  self->n_spam_moved = merge->n_spam_moved;
  self->n_trusted = merge->n_trusted;
  self->n_blocked = merge->n_blocked;

  return (self->cursor_name == NULL ||
          bal_cursor_table_put (transaction, blog_id, self->cursor_name, self->cursor, error)) &&
         (self->watermark_name == NULL ||
          bal_cursor_table_put (transaction, blog_id, self->watermark_name, self->watermark, error));
}

/* ---- comments on reviews that are not here ---- */

typedef struct
{
  BalSyncRun *run;
  GPtrArray  *comments;
  GPtrArray  *unknown;           /* out: element-type utf8, remote ids of reviews */
} UnknownReviews;

/* What a comment was once found to be on is not asked for at each sync, only when everything is compared. */
static gboolean
list_unknown_reviews (BalTransaction  *transaction,
                      gpointer         data,
                      GError         **error)
{
  UnknownReviews *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  gboolean is_full = (self->run->flags & BAL_SYNC_FULL) != 0;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (self->comments, i);
      const char *id = bal_comment_get_remote_review_id (comment);
      g_autoptr(GError) failed = NULL;

      if (id == NULL || g_hash_table_contains (self->run->missing_reviews, id) ||
          !g_hash_table_add (seen, (gpointer) id))
        continue;
      if (bal_review_table_find_remote (transaction, blog_id, id, &failed) == 0 && failed == NULL &&
          (is_full || bal_sync_stranger_get (transaction, blog_id, bal_comment_get_remote_id (comment), &failed) < 0) &&
          failed == NULL)
        g_ptr_array_add (self->unknown, g_strdup (id));
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
bal_sync_run_fetch_reviews_of (BalSyncRun  *self,
                               GPtrArray   *comments,
                               GError     **error)
{
  g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BalSyncPage) page = bal_sync_page_new (self);
  UnknownReviews query = { self, comments, unknown };

  if (!bal_store_read (self->store, list_unknown_reviews, &query, self->cancellable, error))
    return FALSE;
  if (unknown->len == 0)
    return TRUE;

  page->is_wanted = TRUE;
  page->reviews = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < unknown->len; i++)
    {
      const char *id = g_ptr_array_index (unknown, i);
      g_autoptr(GError) failed = NULL;
      BalReview *review = bal_provider_get_review (self->provider, id, self->cancellable, &failed);

      bal_sync_run_came (self, review != NULL, BAL_SYNC_ASKED_ROW_MS);
      if (review != NULL)
        g_ptr_array_add (page->reviews, review);
      else if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND) ||
               (bal_error_is_too_large (failed) && bal_sync_run_leave_out (self, id, NULL)))
        g_hash_table_add (self->missing_reviews, g_strdup (id));
      else
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }

  if (!bal_store_write (self->store, bal_sync_page_store, page, self->cancellable, error))
    return FALSE;
  self->result->n_reviews_pulled += page->n_changed;
  return TRUE;
}

/* ---- pages: one is stored while the next is fetched ---- */

typedef struct
{
  BalSyncRun   *run;
  GMainContext *context;         /* the engine's; owned */
  gboolean      is_comments;
  gboolean      is_storing;
  guint         n_new;           /* of what is stored, in a list of news */
  GError       *error;
} Storing;

static void
storing_clear (Storing *self)
{
  /* The write refers to this frame: it is waited for, whatever happened. */
  while (self->is_storing)
    g_main_context_iteration (self->context, TRUE);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Storing, storing_clear)

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Storing *self = data;
  BalSyncPage *page = bal_store_get_work_data (result);

  self->is_storing = FALSE;
  if (!bal_store_write_finish (BAL_STORE (source), result, &self->error))
    return;

  if (self->is_comments)
    self->run->result->n_comments_pulled += page->n_changed;
  else
    self->run->result->n_reviews_pulled += page->n_changed;
  bal_sync_run_came (self->run, MIN (page->n_changed, self->n_new), BAL_SYNC_LISTED_ROW_MS);
  self->run->result->n_spam_moved += page->n_spam_moved;
  self->run->result->n_trusted += page->n_trusted;
  self->run->result->n_blocked += page->n_blocked;
}

static gboolean
wait_until_stored (Storing  *self,
                   GError  **error)
{
  while (self->is_storing)
    g_main_context_iteration (self->context, TRUE);

  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* Not cancellable: what was fetched is stored, so that it need not be fetched again. */
static void
begin_to_store (Storing     *self,
                BalSyncPage *page,
                guint        n_new)
{
  self->is_storing = TRUE;
  self->n_new = n_new;
  bal_store_write_async (self->run->store, bal_sync_page_store, page,
                         (GDestroyNotify) bal_sync_page_free, NULL, stored_cb, self);
}

/* ---- a listing ---- */

typedef struct
{
  const Listing *listing;
  gint64         blog_id;
  gboolean       anew;           /* forget the watermark and begin at the start */
  char          *since;
  char          *cursor;
} Place;

static void
place_clear (Place *self)
{
  g_clear_pointer (&self->since, g_free);
  g_clear_pointer (&self->cursor, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* A cursor belongs to the listing that its watermark began. A full listing that was cut goes on where it was; one that
 * only looked for news does not become a full one. */
static gboolean
read_place (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Place *self = data;
  g_autoptr(GError) failed = NULL;

  self->since = bal_cursor_table_get (transaction, self->blog_id, self->listing->watermark_name, &failed);
  if (failed == NULL)
    self->cursor = bal_cursor_table_get (transaction, self->blog_id, self->listing->cursor_name, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (!self->anew || self->since == NULL)
    return TRUE;

  place_clear (self);
  return bal_cursor_table_put (transaction, self->blog_id, self->listing->watermark_name, NULL, error) &&
         bal_cursor_table_put (transaction, self->blog_id, self->listing->cursor_name, NULL, error);
}

static const char *
get_remote_id (gpointer item)
{
  return BAL_IS_COMMENT (item) ? bal_comment_get_remote_id (item) : bal_review_get_remote_id (item);
}

/* FALSE when a listing is not to be believed. @n_new (out): of its rows, those that it had not shown yet */
static gboolean
check_page (BalSyncRun      *self,
            BalSyncListing  *listing,
            BalPage         *page,
            const char      *cursor,
            GHashTable      *seen,
            guint           *n_new,
            GError         **error)
{
  guint n_seen = g_hash_table_size (seen);

  for (guint i = 0; i < page->items->len; i++)
    {
      const char *id = get_remote_id (g_ptr_array_index (page->items, i));

      if (id != NULL)
        g_hash_table_add (seen, g_strdup (id));
    }
  for (guint i = 0; page->too_large != NULL && i < page->too_large->len; i++)
    {
      const char *id = g_ptr_array_index (page->too_large, i);

      g_hash_table_add (seen, g_strdup (id));
      if (!bal_sync_run_leave_out (self, id, error))
        return FALSE;
    }

  *n_new = g_hash_table_size (seen) - n_seen;
  bal_sync_run_came (self, *n_new, listing->is_news ? BAL_SYNC_COMPARED_ROW_MS : BAL_SYNC_LISTED_ROW_MS);
  bal_sync_run_came (self, page->n_asked, BAL_SYNC_ASKED_ROW_MS);
  return bal_sync_listing_take (listing, page, cursor, *n_new, error);
}

static gboolean
stop_for_now (BalSyncRun  *self,
              GError     **error)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
               _("“%s” lists more than Balcony takes in at once. What was received is kept; sync again to go on from there."),
               bal_blog_get_name (self->blog));
  return FALSE;
}

static void
say_progress (BalSyncRun    *self,
              const Listing *listing,
              guint          n_seen,
              guint          n_total)
{
  double fraction = n_total > 0 ? MIN (1.0, (double) n_seen / n_total) : -1;

  if (listing->is_comments)
    bal_sync_run_say (self, fraction, _("Receiving comments from “%s”…"), bal_blog_get_name (self->blog));
  else
    bal_sync_run_say (self, fraction, _("Receiving reviews from “%s”…"), bal_blog_get_name (self->blog));
}

static BalSyncPage *
make_page (BalSyncRun    *self,
           const Listing *listing,
           BalPage       *page)
{
  BalSyncPage *made = bal_sync_page_new (self);
  GPtrArray *items = g_ptr_array_ref (page->items);

  if (listing->is_comments)
    made->comments = items;
  else
    made->reviews = items;
  made->cursor_name = listing->cursor_name;
  made->cursor = g_strdup (page->next);
  if (page->next == NULL && page->watermark != NULL)
    {
      made->watermark_name = listing->watermark_name;
      made->watermark = g_strdup (page->watermark);
    }
  return made;
}

/* What an inventory would list once more: everything, as there was no watermark, and @seen from the first page on. */
static void
note_listed (BalSyncRun    *self,
             const Listing *listing,
             GHashTable    *seen)
{
  GHashTable **listed = listing->is_comments ? &self->listed_comments : &self->listed_reviews;

  g_clear_pointer (listed, g_hash_table_unref);
  *listed = g_hash_table_ref (seen);
}

static gboolean
pull_listing (BalSyncRun     *self,
              const Listing  *listing,
              gboolean        anew,
              GError        **error)
{
  g_auto(Place) place = { listing, bal_blog_get_id (self->blog), anew };
  g_auto(Storing) storing = { self, g_main_context_ref_thread_default (), listing->is_comments };
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  BalSyncListing shown = { 0 };
  gboolean is_whole;

  if (!bal_store_write (self->store, read_place, &place, self->cancellable, error))
    return FALSE;

  is_whole = place.since == NULL && place.cursor == NULL && (self->flags & BAL_SYNC_FULL) != 0;
  shown.is_news = place.since != NULL;
  say_progress (self, listing, 0, 0);
  for (guint n_pages = 1; ; n_pages++)
    {
      g_autoptr(BalPage) page = listing->list (self->provider, place.since, place.cursor,
                                               self->cancellable, error);
      guint n_new = 0;

      if (page == NULL ||
          !check_page (self, &shown, page, place.cursor, seen, &n_new, error) ||
          !wait_until_stored (&storing, error) ||
          (listing->is_comments && !bal_sync_run_fetch_reviews_of (self, page->items, error)))
        return FALSE;

      begin_to_store (&storing, make_page (self, listing, page), shown.is_news ? n_new : 0);
      say_progress (self, listing, g_hash_table_size (seen), page->n_total);
      if (page->next == NULL && is_whole)
        note_listed (self, listing, seen);
      if (page->next == NULL)
        return wait_until_stored (&storing, error);
      if (n_pages >= MAX_PAGES)
        return wait_until_stored (&storing, error) && stop_for_now (self, error);

      g_free (place.cursor);
      place.cursor = g_steal_pointer (&page->next);
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
    }
}

/**
 * bal_sync_run_pull:
 * @self: a signed-in run
 * @error: return location
 *
 * Takes in what the blog lists as changed, from the first stage on. Each page commits together with the place to go on
 * from, so that a pull that was cut goes on there.
 *
 * Returns: %FALSE when it was cut
 */
gboolean
bal_sync_run_pull (BalSyncRun  *self,
                   GError     **error)
{
  for (self->stage = self->first_stage; self->stage < BAL_SYNC_STAGE_SWEEP; self->stage++)
    if (!pull_listing (self, &listings[self->stage], (self->flags & BAL_SYNC_FULL) != 0, error))
      return FALSE;
  return TRUE;
}

/**
 * bal_sync_run_pull_rest:
 * @self: a run that has pulled
 * @error: return location
 *
 * What the last sync had pulled already waits for the next one if the server is as slow as it was then.
 *
 * Returns: %FALSE when it was cut
 */
gboolean
bal_sync_run_pull_rest (BalSyncRun  *self,
                        GError     **error)
{
  if (bal_http_client_is_slow (self->http))
    return TRUE;

  for (self->stage = BAL_SYNC_STAGE_REVIEWS; self->stage < self->first_stage; self->stage++)
    if (!pull_listing (self, &listings[self->stage], FALSE, error))
      return FALSE;
  return TRUE;
}
