/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-sweep-private.h"

#include <glib/gi18n.h>

#include "bal-error.h"
#include "bal-planner.h"
#include "bal-sync-merge.h"

void
bal_sweep_clear (BalSweep *self)
{
  g_clear_pointer (&self->altered, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->bases, g_hash_table_unref);
  g_clear_pointer (&self->strangers, g_hash_table_unref);
  g_clear_pointer (&self->skew, g_free);
}

/* Lists everything the blog has. */
static gboolean
list_rows (BalSweep      *self,
           BalSweepFunc   sweep,
           GError       **error)
{
  BalSyncRun *run = self->run;
  g_autofree char *cursor = NULL;
  BalSyncListing listing = { 0 };

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  bal_sync_run_say (run, -1, _("Comparing with “%s”…"), bal_blog_get_name (run->blog));
  for (guint n_pages = 0; n_pages < BAL_SWEEP_MAX_PAGES; n_pages++)
    {
      g_autoptr(BalPage) page = sweep (run->provider, cursor, run->cancellable, error);
      guint n_rows = g_hash_table_size (self->rows);

      if (page == NULL)
        return FALSE;

      for (guint i = 0; i < page->items->len; i++)
        {
          gpointer item = g_ptr_array_index (page->items, i);
          const char *id = self->is_comments ? bal_comment_get_remote_id (item)
                                             : bal_review_get_remote_id (item);

          if (id != NULL)
            g_hash_table_replace (self->rows, g_strdup (id), g_object_ref (item));
        }
      n_rows = g_hash_table_size (self->rows) - n_rows;
      bal_sync_run_came (run, n_rows, BAL_SYNC_LISTED_ROW_MS);
      bal_sync_run_came (run, page->n_asked, BAL_SYNC_ASKED_ROW_MS);
      if (!bal_sync_listing_take (&listing, page, cursor, n_rows, error))
        return FALSE;
      if (page->next == NULL)
        return TRUE;
      g_free (cursor);
      cursor = g_steal_pointer (&page->next);
    }

  bal_sync_listing_set_endless (error);
  return FALSE;
}

static gboolean
differs (BalSweep      *self,
         gpointer       row,
         const char    *id)
{
  gpointer base;

  if (!g_hash_table_lookup_extended (self->bases, id, NULL, &base) &&
      (self->strangers == NULL || !g_hash_table_lookup_extended (self->strangers, id, NULL, &base)))
    return TRUE;
  return self->is_comments ? bal_comment_get_status (row) != GPOINTER_TO_UINT (base)
                           : g_strcmp0 (bal_review_get_revision (row), base) != 0;
}

void
bal_sweep_find_altered (BalSweep *self)
{
  GHashTableIter iter;
  gpointer id, row;

  self->altered = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (differs (self, row, id))
      g_ptr_array_add (self->altered, row);
}

static void
add_missing (BalSweep   *self,
             GHashTable *known)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->rows, id))
      g_ptr_array_add (self->missing, id);
}

/* A full pull has listed everything just now, and taken in what was altered: what is missing is all that is left to see. */
static gboolean
take_listed (BalSweep *self)
{
  GHashTable **listed = self->is_comments ? &self->run->listed_comments : &self->run->listed_reviews;

  self->rows = g_steal_pointer (listed);
  if (self->rows == NULL)
    return FALSE;

  self->altered = g_ptr_array_new ();
  return TRUE;
}

gboolean
bal_sweep_compare (BalSweep      *self,
                   BalSweepFunc   sweep,
                   GError       **error)
{
  if (!take_listed (self))
    {
      if (!list_rows (self, sweep, error))
        return FALSE;
      bal_sweep_find_altered (self);
    }

  self->missing = g_ptr_array_new ();
  add_missing (self, self->bases);
  if (self->strangers != NULL)
    add_missing (self, self->strangers);
  return TRUE;
}

/* ---- reviews ---- */

typedef struct
{
  BalSyncRun *run;
  GPtrArray  *gone;              /* element-type utf8 */
  guint       n_removed;         /* out */
} Losses;

static gboolean
store_losses (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Losses *self = data;

  self->n_removed = 0;
  for (guint i = 0; i < self->gone->len; i++)
    {
      g_autoptr(GError) failed = NULL;
      gboolean removed = FALSE;
      gint64 id;

      id = bal_review_table_find_remote (transaction, bal_blog_get_id (self->run->blog),
                                         g_ptr_array_index (self->gone, i), &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (id == 0)
        continue;    /* deleted here too; its outbox row finds that out */
      if (!bal_sync_lose_review (transaction, id, &removed, error))
        return FALSE;
      self->n_removed += removed;
    }
  return TRUE;
}

/* Absence from a list proves nothing: each one is asked for by its id. What turns up is taken in like any other. Stops
 * asking when more are gone than will be believed. */
static gboolean
confirm_missing (BalSweep     *self,
                 GPtrArray    *gone,
                 BalSyncPage  *found,
                 GError      **error)
{
  BalSyncRun *run = self->run;
  guint n_known = g_hash_table_size (self->bases);
  gboolean is_bounded = (run->flags & BAL_SYNC_ACCEPT_REMOVALS) == 0;

  for (guint i = 0; i < self->missing->len; i++)
    {
      const char *id = g_ptr_array_index (self->missing, i);
      g_autoptr(GError) failed = NULL;
      BalReview *review = bal_provider_get_review (run->provider, id, run->cancellable, &failed);

      bal_sync_run_came (run, 1, BAL_SYNC_ASKED_ROW_MS);
      if (review != NULL)
        g_ptr_array_add (found->reviews, review);
      else if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        g_ptr_array_add (gone, g_strdup (id));
      else if (!bal_error_is_too_large (failed) || !bal_sync_run_leave_out (run, id, NULL))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }

      if (is_bounded && bal_plan_too_many_gone (gone->len, n_known))
        {
          g_set_error (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                       _("Many reviews are missing from “%s” (%u of %u). None was removed here. If you deleted "
                         "them yourself, confirm it and sync again."),
                       bal_blog_get_name (run->blog), self->missing->len, n_known);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
handle_missing (BalSweep     *self,
                BalSyncPage  *found,
                GError      **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  Losses losses = { run, gone };

  if (!confirm_missing (self, gone, found, error))
    return FALSE;
  if (gone->len == 0)
    return TRUE;

  /* To a stranger everything that is not public is missing: are we still who we were? */
  if (!bal_provider_sign_in (run->provider, run->blog, run->cancellable, error) ||
      !bal_store_write (run->store, store_losses, &losses, run->cancellable, error))
    return FALSE;

  run->result->n_removed += losses.n_removed;
  return TRUE;
}

static gboolean
read_bases (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  BalSweep *self = data;

  self->bases = bal_review_base_list (transaction, bal_blog_get_id (self->run->blog), error);
  return self->bases != NULL;
}

static gboolean
get_altered (BalSweep     *self,
             BalSyncPage  *page,
             GError      **error)
{
  BalSyncRun *run = self->run;

  for (guint i = 0; i < self->altered->len; i++)
    {
      const char *id = bal_review_get_remote_id (g_ptr_array_index (self->altered, i));
      g_autoptr(GError) failed = NULL;
      BalReview *review = bal_provider_get_review (run->provider, id, run->cancellable, &failed);

      bal_sync_run_came (run, review != NULL, BAL_SYNC_ASKED_ROW_MS);
      if (review != NULL)
        g_ptr_array_add (page->reviews, review);
      else if (!g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND) &&
               !(bal_error_is_too_large (failed) && bal_sync_run_leave_out (run, id, NULL)))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
sweep_reviews (BalSyncRun  *run,
               GError     **error)
{
  g_auto(BalSweep) sweep = { .run = run };
  g_autoptr(BalSyncPage) page = bal_sync_page_new (run);
  g_autoptr(GError) failed = NULL;
  gboolean got_all;

  if (!bal_store_read (run->store, read_bases, &sweep, run->cancellable, error) ||
      !bal_sweep_compare (&sweep, bal_provider_sweep_reviews, error))
    return FALSE;

  page->reviews = g_ptr_array_new_with_free_func (g_object_unref);
  if (!handle_missing (&sweep, page, error))
    return FALSE;

  got_all = get_altered (&sweep, page, &failed);
  /* What came is taken in also when the rest did not: the next time there is less to ask for. */
  if (!bal_store_write (run->store, bal_sync_page_store, page, NULL, error))
    return FALSE;
  run->result->n_reviews_pulled += page->n_changed;
  if (!got_all)
    g_propagate_error (error, g_steal_pointer (&failed));
  return got_all;
}

/**
 * bal_sync_run_sweep:
 * @self: a run that has pulled
 * @error: return location
 *
 * Finds what no listing of changes shows: moderation elsewhere always, deletions and everything else
 * when all is to be compared. A person who keeps here what is gone from the blog is not asked at each sync.
 *
 * Returns: %FALSE when it was cut, or a person must be asked first
 */
gboolean
bal_sync_run_sweep (BalSyncRun  *self,
                    GError     **error)
{
  g_autoptr(GError) failed = NULL;

  self->stage = BAL_SYNC_STAGE_SWEEP;
  if ((self->flags & BAL_SYNC_FULL) != 0)
    sweep_reviews (self, &failed);
  if (failed == NULL)
    bal_sweep_comments (self, &failed);

  self->compared = failed == NULL && (self->flags & BAL_SYNC_FULL) != 0;
  if (failed == NULL)
    return bal_sync_run_note_inventory (self, error);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_CONFLICT) && !bal_sync_run_note_inventory (self, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
