/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-sweep-private.h"

#include "bal-sync-merge.h"

/* How far the blog's totals were from the comments known here after the last look: what it counts and does not show. */
#define SKEW_NAME "comments-skew"
#define SLICE     100
#define SMALL     20

/* ---- what is known here ---- */

static gboolean
read_known (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  BalSweep *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  g_autoptr(GError) failed = NULL;

  self->bases = bal_comment_base_list (transaction, blog_id, error);
  self->strangers = self->bases != NULL ? bal_sync_stranger_list (transaction, blog_id, error) : NULL;
  if (self->strangers == NULL)
    return FALSE;

  self->skew = bal_cursor_table_get (transaction, blog_id, SKEW_NAME, &failed);
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
add_up (GHashTable *statuses,
        guint       counts[4])
{
  GHashTableIter iter;
  gpointer status;

  g_hash_table_iter_init (&iter, statuses);
  while (g_hash_table_iter_next (&iter, NULL, &status))
    if (GPOINTER_TO_UINT (status) < 4)
      counts[GPOINTER_TO_UINT (status)]++;
}

static char *
make_skew (BalSweep    *known,
           const guint  there[4])
{
  guint here[4] = { 0 };

  add_up (known->bases, here);
  add_up (known->strangers, here);
  return g_strdup_printf ("%d %d %d %d", (int) (there[0] - here[0]), (int) (there[1] - here[1]),
                          (int) (there[2] - here[2]), (int) (there[3] - here[3]));
}

/* ---- the direct look ---- */

static gboolean
look_at_some (BalSweep   *self,
              GPtrArray  *ids,
              GError    **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) comments = bal_provider_get_comments (run->provider, ids, run->cancellable, error);

  if (comments == NULL)
    return FALSE;
  bal_sync_run_came (run, comments->len, BAL_SYNC_ASKED_ROW_MS);
  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);

      g_hash_table_add (there, (gpointer) bal_comment_get_remote_id (comment));
      g_ptr_array_add (self->found, g_object_ref (comment));
    }
  for (guint i = 0; i < ids->len; i++)
    if (!g_hash_table_contains (there, g_ptr_array_index (ids, i)))
      {
        g_ptr_array_add (self->gone, g_strdup (g_ptr_array_index (ids, i)));
        /* To know that one is gone is an answer too, of one that was known. */
        bal_sync_run_came (run, g_hash_table_contains (self->bases, g_ptr_array_index (ids, i)), BAL_SYNC_ASKED_ROW_MS);
      }
  return TRUE;
}

/* Absence from a list proves nothing. In slices, small ones where the blog must be asked for each by itself. */
gboolean
bal_sweep_look_at (BalSweep   *self,
                   GPtrArray  *ids,
                   GError    **error)
{
  gboolean one_by_one = BAL_PROVIDER_GET_IFACE (self->run->provider)->get_comments == NULL;
  guint n_slice = one_by_one ? SMALL : SLICE;

  if (self->found == NULL)
    {
      self->found = g_ptr_array_new_with_free_func (g_object_unref);
      self->gone = g_ptr_array_new_with_free_func (g_free);
    }

  for (guint begin = 0; begin < ids->len; begin += n_slice)
    {
      g_autoptr(GPtrArray) slice = g_ptr_array_new ();

      for (guint i = begin; i < MIN (begin + n_slice, ids->len); i++)
        g_ptr_array_add (slice, g_ptr_array_index (ids, i));
      if (!look_at_some (self, slice, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- taking it in ---- */

typedef struct
{
  BalSweep *sweep;
  guint     n;                   /* out: changed, or removed */
} Outcome;

/* A moderation elsewhere: the content is the base's, only the status moved. */
static gboolean
merge_moderation (BalSyncMerge    *merge,
                  BalTransaction  *transaction,
                  BalComment      *row,
                  gboolean        *changed,
                  GError         **error)
{
  g_autoptr(BalComment) local = NULL;
  g_autoptr(BalComment) remote = NULL;
  gint64 id = bal_comment_table_find_remote (transaction, merge->blog_id, bal_comment_get_remote_id (row), NULL);

  if (id == 0)
    return TRUE;    /* deleted here, on its way to be deleted there */

  local = bal_comment_table_get_row (transaction, id, error);
  remote = local != NULL ? bal_sync_comment_get_seen (transaction, id, error) : NULL;
  if (remote == NULL)
    return FALSE;

  bal_comment_set_remote_review_id (remote, bal_comment_get_remote_review_id (local));
  bal_comment_set_parent_id (remote, bal_comment_get_parent_id (local));
  bal_comment_set_status (remote, bal_comment_get_status (row));
  return bal_sync_merge_comment (merge, transaction, remote, changed, error);
}

static gboolean
store_moderations (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  Outcome *self = data;
  BalSweep *sweep = self->sweep;
  gint64 blog_id = bal_blog_get_id (sweep->run->blog);
  g_autoptr(BalSyncMerge) merge = bal_sync_merge_new (transaction, blog_id, error);

  if (merge == NULL)
    return FALSE;

  self->n = 0;
  for (guint i = 0; i < sweep->altered->len; i++)
    {
      BalComment *row = g_ptr_array_index (sweep->altered, i);
      const char *id = bal_comment_get_remote_id (row);
      gboolean changed = FALSE;

      if (g_hash_table_contains (sweep->bases, id)
          ? !merge_moderation (merge, transaction, row, &changed, error)
          : g_hash_table_contains (sweep->strangers, id) &&
            !bal_sync_stranger_put (transaction, blog_id, id, bal_comment_get_status (row), error))
        return FALSE;
      self->n += changed;
    }
  return TRUE;
}

static gboolean
store_losses (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Outcome *self = data;
  BalSweep *sweep = self->sweep;
  gint64 blog_id = bal_blog_get_id (sweep->run->blog);

  self->n = 0;
  for (guint i = 0; i < sweep->gone->len; i++)
    {
      const char *remote_id = g_ptr_array_index (sweep->gone, i);
      g_autoptr(GError) failed = NULL;
      gboolean removed = FALSE;
      gint64 id = bal_comment_table_find_remote (transaction, blog_id, remote_id, &failed);

      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (!bal_sync_stranger_put (transaction, blog_id, remote_id, -1, error))
        return FALSE;
      if (id == 0)
        continue;    /* deleted here too; its outbox row finds that out */
      if (!bal_sync_lose_comment (transaction, id, &removed, error))
        return FALSE;
      self->n += removed;
    }
  return TRUE;
}

/* Comments that no list of news has shown: an old one that was imported there, say. */
static gboolean
look_at_unknown (BalSweep  *self,
                 GError   **error)
{
  g_autoptr(GPtrArray) unknown = g_ptr_array_new ();

  for (guint i = 0; i < self->altered->len; i++)
    {
      const char *id = bal_comment_get_remote_id (g_ptr_array_index (self->altered, i));

      if (!g_hash_table_contains (self->bases, id) && !g_hash_table_contains (self->strangers, id))
        g_ptr_array_add (unknown, (gpointer) id);
    }
  return bal_sweep_look_at (self, unknown, error);
}

static gboolean
take_in (BalSweep  *self,
         GError   **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(BalSyncPage) page = bal_sync_page_new (run);
  Outcome moderated = { self };
  Outcome lost = { self };

  if (!look_at_unknown (self, error))
    return FALSE;

  if (!bal_store_write (run->store, store_moderations, &moderated, run->cancellable, error))
    return FALSE;
  run->result->n_comments_pulled += moderated.n;

  /* To a stranger everything that is not public is missing: are we still who we were? */
  if (self->gone->len > 0 &&
      (!bal_provider_sign_in (run->provider, run->blog, run->cancellable, error) ||
       !bal_store_write (run->store, store_losses, &lost, run->cancellable, error)))
    return FALSE;
  run->result->n_removed += lost.n;

  /* Stored, they need not be held while everything is compared after all. */
  page->comments = g_steal_pointer (&self->found);
  if (!bal_sync_run_fetch_reviews_of (run, page->comments, error) ||
      !bal_store_write (run->store, bal_sync_page_store, page, run->cancellable, error))
    return FALSE;
  run->result->n_comments_pulled += page->n_changed;
  run->result->n_spam_moved += page->n_spam_moved;
  run->result->n_trusted += page->n_trusted;
  run->result->n_blocked += page->n_blocked;
  return TRUE;
}

/* ---- the ways to find what moved ---- */

static gboolean
take_inventory (BalSyncRun  *run,
                GError     **error)
{
  g_auto(BalSweep) sweep = { .run = run, .is_comments = TRUE };

  return bal_store_read (run->store, read_known, &sweep, run->cancellable, error) &&
         bal_sweep_compare (&sweep, bal_provider_sweep_comments, error) &&
         bal_sweep_look_at (&sweep, sweep.missing, error) &&
         take_in (&sweep, error);
}

/* Moderation moves no date, so that no list of news shows it: only totals do. @looked (out): whether anything differed */
static gboolean
follow_totals (BalSyncRun  *run,
               guint        counts[4],
               gboolean    *looked,
               GError     **error)
{
  g_auto(BalSweep) sweep = { .run = run, .is_comments = TRUE };
  g_autofree char *skew = NULL;
  gboolean explained = FALSE;

  if (!bal_store_read (run->store, read_known, &sweep, run->cancellable, error))
    return FALSE;

  skew = make_skew (&sweep, counts);
  *looked = g_strcmp0 (skew, sweep.skew != NULL ? sweep.skew : "0 0 0 0") != 0;
  if (!*looked)
    return TRUE;

  return bal_sweep_trace_totals (&sweep, counts, &explained, error) &&
         take_in (&sweep, error) &&
         (explained || take_inventory (run, error));
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
  g_auto(BalSweep) known = { .run = self->run, .is_comments = TRUE };
  g_autofree char *skew = NULL;

  if (!read_known (transaction, &known, error))
    return FALSE;

  skew = make_skew (&known, self->counts);
  return bal_cursor_table_put (transaction, bal_blog_get_id (self->run->blog), SKEW_NAME, skew, error);
}

gboolean
bal_sweep_comments (BalSyncRun  *run,
                    GError     **error)
{
  g_autoptr(GError) failed = NULL;
  guint counts[4] = { 0 };
  Skew skew = { run, counts };
  gboolean is_full = (run->flags & BAL_SYNC_FULL) != 0;
  gboolean looked = is_full;
  gboolean can_count = bal_provider_count_comments (run->provider, counts, run->cancellable, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (is_full ? !take_inventory (run, error) : can_count && !follow_totals (run, counts, &looked, error))
    return FALSE;

  /* Totals that moved while we looked make the next sync look again. */
  return !can_count || !looked || bal_store_write (run->store, store_skew, &skew, run->cancellable, error);
}
