/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <glib/gi18n.h>

#include "bal-error.h"
#include "bal-planner.h"
#include "bal-sync-merge.h"

#define MAX_PAGES 5000
/* Unknown comments beyond this many are listed anew instead of being asked for one by one. */
#define MAX_SINGLE_COMMENTS 100
/* How far the blog's totals are from the comments known here after a sweep: comments on pages and the like,
 * which are never pulled. */
#define SKEW_NAME "comments-skew"

typedef BalPage *(*SweepFunc) (BalProvider   *provider,
                               const char    *cursor,
                               GCancellable  *cancellable,
                               GError       **error);

/* What is known here of one kind, and what the blog says about it. */
typedef struct
{
  BalSyncRun *run;
  gboolean    is_comments;

  GHashTable *bases;             /* remote id -> revision, or status */
  char       *skew;              /* nullable */
  GHashTable *rows;              /* remote id -> owned light row */
  GPtrArray  *altered;           /* borrowed light rows that differ from the base, or have none */
  GPtrArray  *missing;           /* borrowed remote ids */
} Sweep;

static void
sweep_clear (Sweep *self)
{
  g_clear_pointer (&self->altered, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->bases, g_hash_table_unref);
  g_clear_pointer (&self->skew, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sweep, sweep_clear)

static gboolean
read_bases (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Sweep *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  g_autoptr(GError) failed = NULL;

  self->bases = self->is_comments ? bal_comment_base_list (transaction, blog_id, error)
                                  : bal_review_base_list (transaction, blog_id, error);
  if (self->bases == NULL)
    return FALSE;

  self->skew = bal_cursor_table_get (transaction, blog_id, SKEW_NAME, &failed);
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* Lists everything the blog has. */
static gboolean
sweep_rows (Sweep      *self,
            SweepFunc   sweep,
            GError    **error)
{
  BalSyncRun *run = self->run;
  g_autofree char *cursor = NULL;

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  bal_sync_run_say (run, -1, _("Comparing with “%s”…"), bal_blog_get_name (run->blog));
  for (guint n_pages = 0; n_pages < MAX_PAGES; n_pages++)
    {
      g_autoptr(BalPage) page = sweep (run->provider, cursor, run->cancellable, error);

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
      if (page->next == NULL)
        return TRUE;
      if (g_strcmp0 (cursor, page->next) == 0)
        break;
      g_free (cursor);
      cursor = g_steal_pointer (&page->next);
    }

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                       _("The blog’s server lists the same again and again. Nothing was changed; try again later."));
  return FALSE;
}

static gboolean
differs (Sweep         *self,
         gpointer       row,
         const char    *id)
{
  gpointer base;

  if (!g_hash_table_lookup_extended (self->bases, id, NULL, &base))
    return TRUE;
  return self->is_comments ? bal_comment_get_status (row) != GPOINTER_TO_UINT (base)
                           : g_strcmp0 (bal_review_get_revision (row), base) != 0;
}

static void
compare (Sweep *self)
{
  GHashTableIter iter;
  gpointer id, row;

  self->altered = g_ptr_array_new ();
  self->missing = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    if (differs (self, row, id))
      g_ptr_array_add (self->altered, row);

  g_hash_table_iter_init (&iter, self->bases);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (self->rows, id))
      g_ptr_array_add (self->missing, id);
}

/* ---- what is gone ---- */

typedef struct
{
  BalSyncRun *run;
  gboolean    is_comments;
  GPtrArray  *gone;              /* element-type utf8 */
  guint       n_removed;         /* out */
} Losses;

static gboolean
store_losses (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Losses *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);

  self->n_removed = 0;
  for (guint i = 0; i < self->gone->len; i++)
    {
      const char *remote_id = g_ptr_array_index (self->gone, i);
      g_autoptr(GError) failed = NULL;
      gboolean removed = FALSE;
      gint64 id;

      id = self->is_comments ? bal_comment_table_find_remote (transaction, blog_id, remote_id, &failed)
                             : bal_review_table_find_remote (transaction, blog_id, remote_id, &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (id == 0)
        continue;    /* deleted here too; its outbox row finds that out */
      if (!(self->is_comments ? bal_sync_lose_comment (transaction, id, &removed, error)
                              : bal_sync_lose_review (transaction, id, &removed, error)))
        return FALSE;
      self->n_removed += removed;
    }
  return TRUE;
}

/* Absence from a list proves nothing: each one is asked for by its id. What turns up is taken in like any other. Stops
 * asking when more are gone than will be believed. */
static gboolean
confirm_missing (Sweep        *self,
                 GPtrArray    *gone,
                 BalSyncPage  *found,
                 GError      **error)
{
  BalSyncRun *run = self->run;
  guint n_known = g_hash_table_size (self->bases);
  gboolean is_bounded = !self->is_comments && (run->flags & BAL_SYNC_ACCEPT_REMOVALS) == 0;

  for (guint i = 0; i < self->missing->len; i++)
    {
      const char *id = g_ptr_array_index (self->missing, i);
      g_autoptr(GError) failed = NULL;
      gpointer item;

      item = self->is_comments
             ? (gpointer) bal_provider_get_comment (run->provider, id, run->cancellable, &failed)
             : (gpointer) bal_provider_get_review (run->provider, id, run->cancellable, &failed);
      if (item != NULL)
        g_ptr_array_add (self->is_comments ? found->comments : found->reviews, item);
      else if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        g_ptr_array_add (gone, g_strdup (id));
      else
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
handle_missing (Sweep        *self,
                BalSyncPage  *found,
                GError      **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  Losses losses = { run, self->is_comments, gone };

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

/* ---- reviews ---- */

static gboolean
sweep_reviews (BalSyncRun  *run,
               GError     **error)
{
  g_auto(Sweep) sweep = { run, FALSE };
  g_autoptr(BalSyncPage) page = bal_sync_page_new (run);

  if (!bal_store_read (run->store, read_bases, &sweep, run->cancellable, error) ||
      !sweep_rows (&sweep, bal_provider_sweep_reviews, error))
    return FALSE;

  compare (&sweep);
  page->reviews = g_ptr_array_new_with_free_func (g_object_unref);
  if (!handle_missing (&sweep, page, error))
    return FALSE;

  for (guint i = 0; i < sweep.altered->len; i++)
    {
      const char *id = bal_review_get_remote_id (g_ptr_array_index (sweep.altered, i));
      g_autoptr(GError) failed = NULL;
      BalReview *review = bal_provider_get_review (run->provider, id, run->cancellable, &failed);

      if (review != NULL)
        g_ptr_array_add (page->reviews, review);
      else if (!g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }

  if (!bal_store_write (run->store, bal_sync_page_store, page, run->cancellable, error))
    return FALSE;
  run->result->n_reviews_pulled += page->n_changed;
  return TRUE;
}

/* ---- comments ---- */

static void
count_bases (GHashTable *bases,
             guint       counts[4])
{
  GHashTableIter iter;
  gpointer status;

  for (guint i = 0; i < 4; i++)
    counts[i] = 0;
  g_hash_table_iter_init (&iter, bases);
  while (g_hash_table_iter_next (&iter, NULL, &status))
    if (GPOINTER_TO_UINT (status) < 4)
      counts[GPOINTER_TO_UINT (status)]++;
}

static char *
make_skew (GHashTable  *bases,
           const guint  there[4])
{
  guint here[4];

  count_bases (bases, here);
  return g_strdup_printf ("%d %d %d %d", (int) (there[0] - here[0]), (int) (there[1] - here[1]),
                          (int) (there[2] - here[2]), (int) (there[3] - here[3]));
}

/* A moderation elsewhere: the content is the base's, only the status moved. */
typedef struct
{
  BalSyncRun *run;
  GPtrArray  *rows;              /* light rows of comments that have a base */
  guint       n_changed;         /* out */
} Moderations;

static gboolean
store_moderations (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  Moderations *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  g_autoptr(BalSyncMerge) merge = bal_sync_merge_new (transaction, blog_id, error);

  if (merge == NULL)
    return FALSE;

  self->n_changed = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      BalComment *row = g_ptr_array_index (self->rows, i);
      g_autoptr(BalComment) local = NULL;
      g_autoptr(BalComment) remote = NULL;
      gboolean changed = FALSE;
      gint64 id;

      id = bal_comment_table_find_remote (transaction, blog_id, bal_comment_get_remote_id (row), NULL);
      if (id == 0)
        continue;    /* deleted here, on its way to be deleted there */

      local = bal_comment_table_get (transaction, id, error);
      remote = local != NULL ? bal_sync_comment_get_seen (transaction, id, error) : NULL;
      if (remote == NULL)
        return FALSE;

      bal_comment_set_remote_review_id (remote, bal_comment_get_remote_review_id (local));
      bal_comment_set_parent_id (remote, bal_comment_get_parent_id (local));
      bal_comment_set_status (remote, bal_comment_get_status (row));
      if (!bal_sync_merge_comment (merge, transaction, remote, &changed, error))
        return FALSE;
      self->n_changed += changed;
    }
  return TRUE;
}

static gpointer
ref_item (gconstpointer item,
          gpointer      unused)
{
  return g_object_ref ((gpointer) item);
}

/* Comments that no list of news has shown (an old one that was imported there). */
static gboolean
fetch_unknown_comments (BalSyncRun   *run,
                        GPtrArray    *unknown,
                        BalSyncPage  *page,
                        GError      **error)
{
  if (unknown->len > MAX_SINGLE_COMMENTS)
    {
      g_autofree char *cursor = NULL;

      for (guint n_pages = 0; n_pages < MAX_PAGES; n_pages++)
        {
          g_autoptr(BalPage) listed = bal_provider_list_comments (run->provider, NULL, cursor,
                                                                  run->cancellable, error);

          if (listed == NULL)
            return FALSE;
          g_ptr_array_extend (page->comments, listed->items, ref_item, NULL);
          if (listed->next == NULL || g_strcmp0 (listed->next, cursor) == 0)
            return TRUE;
          g_free (cursor);
          cursor = g_steal_pointer (&listed->next);
        }
      return TRUE;
    }

  for (guint i = 0; i < unknown->len; i++)
    {
      const char *id = bal_comment_get_remote_id (g_ptr_array_index (unknown, i));
      g_autoptr(GError) failed = NULL;
      BalComment *comment = bal_provider_get_comment (run->provider, id, run->cancellable, &failed);

      if (comment != NULL)
        g_ptr_array_add (page->comments, comment);
      else if (!g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
store_comments (Sweep   *sweep,
                GError **error)
{
  BalSyncRun *run = sweep->run;
  g_autoptr(GPtrArray) moderated = g_ptr_array_new ();
  g_autoptr(GPtrArray) unknown = g_ptr_array_new ();
  g_autoptr(BalSyncPage) page = bal_sync_page_new (run);
  Moderations moderations = { run, moderated };

  for (guint i = 0; i < sweep->altered->len; i++)
    {
      BalComment *row = g_ptr_array_index (sweep->altered, i);

      g_ptr_array_add (g_hash_table_contains (sweep->bases, bal_comment_get_remote_id (row)) ? moderated
                                                                                             : unknown,
                       row);
    }

  page->comments = g_ptr_array_new_with_free_func (g_object_unref);
  if (!bal_store_write (run->store, store_moderations, &moderations, run->cancellable, error))
    return FALSE;
  run->result->n_comments_pulled += moderations.n_changed;

  if (!handle_missing (sweep, page, error) ||
      !fetch_unknown_comments (run, unknown, page, error) ||
      !bal_sync_run_fetch_reviews_of (run, page->comments, error) ||
      !bal_store_write (run->store, bal_sync_page_store, page, run->cancellable, error))
    return FALSE;

  run->result->n_comments_pulled += page->n_changed;
  run->result->n_spam_moved += page->n_spam_moved;
  return TRUE;
}

typedef struct
{
  BalSyncRun  *run;
  const guint *counts;
} Skew;

static gboolean
store_skew (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Skew *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  g_autoptr(GHashTable) bases = bal_comment_base_list (transaction, blog_id, error);
  g_autofree char *skew = bases != NULL ? make_skew (bases, self->counts) : NULL;

  return skew != NULL && bal_cursor_table_put (transaction, blog_id, SKEW_NAME, skew, error);
}

/* Moderation moves no date, so that no list of news shows it: only totals do, and then an inventory. */
static gboolean
sweep_comments (BalSyncRun  *run,
                GError     **error)
{
  g_auto(Sweep) sweep = { run, TRUE };
  g_autofree char *present = NULL;
  g_autoptr(GError) failed = NULL;
  guint counts[4] = { 0 };
  Skew skew = { run, counts };
  gboolean can_count;

  can_count = bal_provider_count_comments (run->provider, counts, run->cancellable, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!bal_store_read (run->store, read_bases, &sweep, run->cancellable, error))
    return FALSE;

  present = make_skew (sweep.bases, counts);
  if ((run->flags & BAL_SYNC_FULL) == 0 &&
      (!can_count || g_strcmp0 (present, sweep.skew != NULL ? sweep.skew : "0 0 0 0") == 0))
    return TRUE;

  if (!sweep_rows (&sweep, bal_provider_sweep_comments, error))
    return FALSE;
  compare (&sweep);
  if (!store_comments (&sweep, error))
    return FALSE;

  /* Totals that moved while we looked make the next sync look again. */
  return !can_count || bal_store_write (run->store, store_skew, &skew, run->cancellable, error);
}

/**
 * bal_sync_run_sweep:
 * @self: a run that has pulled
 * @error: return location
 *
 * Finds what no listing of changes shows: moderation elsewhere always, deletions and everything else
 * when all is to be compared.
 *
 * Returns: %FALSE when it was cut, or a person must be asked first
 */
gboolean
bal_sync_run_sweep (BalSyncRun  *self,
                    GError     **error)
{
  if ((self->flags & BAL_SYNC_FULL) != 0 && !sweep_reviews (self, error))
    return FALSE;
  return sweep_comments (self, error);
}
