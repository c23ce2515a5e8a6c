/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include "bal-error.h"
#include "bal-planner.h"
#include "bal-revision-table.h"
#include "bal-sync-merge-private.h"

/* What a create left: "created/KEY" is a line of the planner's. */
#define CREATED_PREFIX "created/"
/* What seems to be one that was delivered again: "doubled/ID" is its key. */
#define DOUBLED_PREFIX "doubled/"

/* ---- what is kept ---- */

static char *
get_created (BalTransaction  *transaction,
             gint64           blog_id,
             const char      *key,
             GError         **error)
{
  g_autofree char *name = g_strconcat (CREATED_PREFIX, key, NULL);

  return bal_cursor_table_get (transaction, blog_id, name, error);
}

static gboolean
put_created (BalTransaction  *transaction,
             gint64           blog_id,
             const char      *key,
             const char      *created,
             GError         **error)
{
  g_autofree char *name = g_strconcat (CREATED_PREFIX, key, NULL);

  return bal_cursor_table_put (transaction, blog_id, name, created, error);
}

static gboolean
put_doubled (BalTransaction  *transaction,
             gint64           blog_id,
             const char      *remote_id,
             const char      *key,
             GError         **error)
{
  g_autofree char *name = g_strconcat (DOUBLED_PREFIX, remote_id, NULL);

  return bal_cursor_table_put (transaction, blog_id, name, key, error);
}

gboolean
bal_sync_note_shared (BalTransaction  *transaction,
                      gint64           blog_id,
                      const char      *key,
                      GError         **error)
{
  return put_created (transaction, blog_id, key, bal_plan_note_shared (), error);
}

/* What was sent of @local last, if that is still kept, with what the blog adds by itself. */
static gboolean
read_sent (BalTransaction  *transaction,
           BalReview       *local,
           BalReview       *found,
           BalReview      **sent,
           GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalRevision) revision = bal_revision_table_find_sent (transaction, bal_review_get_id (local), &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (revision == NULL)
    return TRUE;

  *sent = bal_review_dup (found);
  bal_revision_apply (revision, *sent);
  if (revision->categories[0] == NULL)
    bal_review_set_categories (*sent, bal_review_get_categories (found));
  return TRUE;
}

gboolean
bal_sync_note_created (BalTransaction  *transaction,
                       BalReview       *local,
                       BalReview       *found,
                       GError         **error)
{
  gint64 blog_id = bal_review_get_blog_id (local);
  const char *key = bal_review_get_key (local);
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalReview) sent = NULL;
  g_autofree char *created = NULL;
  g_autofree char *line = NULL;

  if (key == NULL || g_strcmp0 (bal_review_get_key (found), key) != 0)
    return TRUE;

  created = get_created (transaction, blog_id, key, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!read_sent (transaction, local, found, &sent, error))
    return FALSE;
  line = bal_plan_note_created (created, found, sent);
  return put_created (transaction, blog_id, key, line, error);
}

gboolean
bal_sync_set_doubled_aside (BalTransaction  *transaction,
                            BalReview       *remote,
                            gboolean        *aside,
                            GError         **error)
{
  gint64 blog_id = bal_review_get_blog_id (remote);
  const char *key = bal_review_get_key (remote);
  g_autoptr(GError) failed = NULL;
  g_autofree char *created = NULL;

  *aside = FALSE;
  if (key == NULL)
    return TRUE;

  created = get_created (transaction, blog_id, key, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  *aside = bal_plan_is_doubled (created, remote);
  return !*aside || put_doubled (transaction, blog_id, bal_review_get_remote_id (remote), key, error);
}

/* ---- what is done about it ---- */

/* A second draft, from its first look to its end. */
typedef struct
{
  BalSyncRun *run;               /* borrowed, as are both of these */
  const char *remote_id;
  const char *key;

  /* owned */
  char       *created;
  BalReview  *first;             /* as the blog has it; NULL: it has not, or it is not here */
  BalReview  *second;            /* as the blog has it, or has kept it; NULL: it has not */
  gint64      first_id;          /* here; 0: it is not */
  gboolean    is_known;          /* the second one is a review here meanwhile */
  gboolean    changed;
} Doubled;

static void
doubled_clear (Doubled *self)
{
  g_clear_pointer (&self->created, g_free);
  g_clear_object (&self->first);
  g_clear_object (&self->second);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Doubled, doubled_clear)

static gboolean
read_known (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Doubled *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  g_autoptr(GError) failed = NULL;
  const char *first;

  self->created = get_created (transaction, blog_id, self->key, &failed);
  first = bal_plan_get_created (self->created);
  if (failed == NULL)
    self->is_known = bal_review_table_find_remote (transaction, blog_id, self->remote_id, &failed) != 0;
  if (failed == NULL && first != NULL)
    self->first_id = bal_review_table_find_remote (transaction, blog_id, first, &failed);
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* *@review stays NULL without error where it is gone. */
static gboolean
read_there (BalSyncRun  *run,
            const char  *remote_id,
            BalReview  **review,
            GError     **error)
{
  g_autoptr(GError) failed = NULL;

  *review = bal_provider_get_review (run->provider, remote_id, run->cancellable, &failed);
  if (*review != NULL)
    bal_sync_review_complete (*review, bal_blog_get_id (run->blog));
  if (*review != NULL || g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      bal_sync_run_came (run, 1, BAL_SYNC_ASKED_ROW_MS);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* It is no such draft any more, but whatever else it is, it comes in. */
static gboolean
take_in (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Doubled *self = data;
  gint64 blog_id = bal_blog_get_id (self->run->blog);
  g_autoptr(BalSyncMerge) merge = bal_sync_merge_new (transaction, blog_id, error);

  if (merge == NULL)
    return FALSE;

  merge->is_wanted = TRUE;
  return (self->second == NULL ||
          bal_sync_merge_review (merge, transaction, self->second, &self->changed, error)) &&
         put_doubled (transaction, blog_id, self->remote_id, NULL, error);
}

/* Not all blogs have a trash, and the first one may have been written on since. */
static gboolean
keep_text (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Doubled *self = data;
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, self->first_id, error);
  g_autoptr(BalReview) kept = bal_review_dup (self->second);

  if (revisions == NULL)
    return FALSE;

  for (guint i = 0; i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);

      if (revision->kind == BAL_REVISION_DELETED &&
          g_strcmp0 (revision->title, bal_review_get_title (kept)) == 0 &&
          g_strcmp0 (revision->html, bal_review_get_html (kept)) == 0)
        return TRUE;    /* an earlier sync came as far as this */
    }
  bal_review_set_id (kept, self->first_id);
  return bal_revision_table_add_review (transaction, BAL_REVISION_DELETED, kept, error);
}

/* Into the blog's trash where it has one. */
static gboolean
remove_there (Doubled  *self,
              GError  **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(BalReview) trashed = bal_review_dup (self->second);
  g_autoptr(BalReview) stored = NULL;

  if ((bal_blog_get_capabilities (run->blog) & BAL_CAPABILITY_TRASH) == 0)
    {
      if (!bal_provider_delete_review (run->provider, self->remote_id, run->cancellable, error))
        return FALSE;
      g_clear_object (&self->second);
      return TRUE;
    }

  bal_review_set_status (trashed, BAL_REVIEW_STATUS_TRASH);
  stored = bal_provider_put_review (run->provider, trashed, self->second, run->cancellable, error);
  if (stored == NULL)
    return FALSE;
  g_set_object (&self->second, stored);
  return TRUE;
}

static gboolean
remove_second (Doubled  *self,
               GError  **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GError) failed = NULL;

  if (!bal_store_write (run->store, keep_text, self, run->cancellable, error))
    return FALSE;
  if (!remove_there (self, &failed))
    {
      /* Where it may not be done, the person is to see it. */
      if (!g_error_matches (failed, BAL_ERROR, BAL_ERROR_REFUSED) &&
          !g_error_matches (failed, BAL_ERROR, BAL_ERROR_UNSUPPORTED))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (!bal_store_write (run->store, take_in, self, NULL, error))
        return FALSE;
      run->result->n_reviews_pulled += self->changed;
      return TRUE;
    }

  bal_sync_run_came (run, 1, BAL_SYNC_SENT_MS);
  if (!bal_store_write (run->store, take_in, self, NULL, error))
    return FALSE;
  run->result->n_doubled++;
  return TRUE;
}

static gboolean
end_doubled (BalSyncRun  *run,
             const char  *remote_id,
             const char  *key,
             GError     **error)
{
  g_auto(Doubled) self = { .run = run, .remote_id = remote_id, .key = key };

  if (!bal_store_read (run->store, read_known, &self, run->cancellable, error))
    return FALSE;
  if (!self.is_known &&
      (!read_there (run, remote_id, &self.second, error) ||
       (self.second != NULL && self.first_id != 0 &&
        !read_there (run, bal_plan_get_created (self.created), &self.first, error))))
    return FALSE;

  if (bal_plan_doubled (self.created, self.first, self.second) == BAL_PLAN_DOUBLED_REMOVE)
    return remove_second (&self, error);
  if (!bal_store_write (run->store, take_in, &self, run->cancellable, error))
    return FALSE;
  run->result->n_reviews_pulled += self.changed;
  return TRUE;
}

typedef struct
{
  gint64      blog_id;
  GHashTable *places;            /* out: id -> key */
} Places;

static gboolean
list_doubled (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Places *self = data;

  self->places = bal_cursor_table_list (transaction, self->blog_id, DOUBLED_PREFIX, error);
  return self->places != NULL;
}

/**
 * bal_sync_run_remove_doubled:
 * @self: a run that has pulled everything
 * @error: return location
 *
 * A create that was delivered once more, after its answer, has left a second draft. If it is still what was created, and
 * the first one is still there, it is taken away again; else it is a review like any other.
 *
 * Returns: %FALSE when it could not be done; the next sync tries again
 */
gboolean
bal_sync_run_remove_doubled (BalSyncRun  *self,
                             GError     **error)
{
  Places query = { .blog_id = bal_blog_get_id (self->blog) };
  g_autoptr(GHashTable) places = NULL;
  GHashTableIter iter;
  gpointer id, key;
  gboolean read = bal_store_read (self->store, list_doubled, &query, self->cancellable, error);

  places = query.places;
  if (!read)
    return FALSE;

  g_hash_table_iter_init (&iter, places);
  while (g_hash_table_iter_next (&iter, &id, &key))
    if (!end_doubled (self, id, key, error))
      return FALSE;
  return TRUE;
}
