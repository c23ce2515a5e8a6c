/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-engine-private.h"

#include <glib/gi18n.h>

#include "bal-error.h"
#include "bal-reach.h"
#include "bal-sync-run.h"

static gpointer
copy_result (gpointer result)
{
  const BalSyncResult *original = result;
  BalSyncResult *copy = g_memdup2 (original, sizeof *original);

  copy->error = original->error != NULL ? g_error_copy (original->error) : NULL;
  copy->signed_out_name = g_strdup (original->signed_out_name);
  copy->rewriting = g_strdup (original->rewriting);
  return copy;
}

/* From here on nobody finds the job any more, neither to join it nor to cancel it. */
static void
end_job (BalSyncEngine  *self,
         BalSyncWorker  *worker,
         BalSyncJob     *job,
         gpointer      (*copy) (gpointer result),
         gpointer        result,
         GDestroyNotify  free_result,
         const GError   *error)
{
  g_mutex_lock (&self->mutex);
  worker->running = NULL;
  g_mutex_unlock (&self->mutex);
  bal_sync_job_complete (job, copy, result, free_result, error);
}

static const BalProviderType *
find_type (BalSyncEngine  *self,
           const char     *id,
           GError        **error)
{
  const BalProviderType *type = bal_provider_registry_find (self->registry, id);

  if (type == NULL)
    g_set_error (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                 _("This Balcony can’t talk to blogs of the kind “%s”."), id != NULL ? id : "");
  return type;
}

/* ---- a sync ---- */

/* Only a hash is kept, to tell the same password from another. */
static char *
hash_password (const char *password)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, password != NULL ? password : "", -1);
}

static gboolean
is_refused (BalSyncEngine *self,
            gint64         blog_id,
            const char    *password)
{
  g_autofree char *hash = hash_password (password);
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strcmp0 (g_hash_table_lookup (self->refused, &blog_id), hash) == 0;
}

/* @password NULL with @refused FALSE forgets. */
static void
note_refused (BalSyncEngine *self,
              gint64         blog_id,
              const char    *password,
              gboolean       refused)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (refused)
    g_hash_table_replace (self->refused, g_memdup2 (&blog_id, sizeof blog_id), hash_password (password));
  else
    g_hash_table_remove (self->refused, &blog_id);
}

static void
set_running (BalSyncEngine *self,
             gint64         blog_id,
             GCancellable  *cancellable)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->running_blog = blog_id;
  g_set_object (&self->running_cancellable, cancellable);
}

/* Not cancellable: the old one may be worth nothing any more. */
static void
keep_new_password (BalSyncEngine *self,
                   BalProvider   *provider,
                   BalBlog       *blog)
{
  g_autoptr(GError) error = NULL;
  char *password = provider != NULL ? bal_provider_take_new_password (provider) : NULL;

  if (password != NULL && !bal_secrets_store (self->secrets, blog, password, NULL, &error))
    g_info ("%s", error->message);
  bal_secret_free (password);
}

/* A refused password is not tried again until it is another one: servers lock accounts that guess. FALSE without error:
 * the person must sign in. */
static gboolean
find_password (BalSyncEngine  *self,
               BalBlog        *blog,
               BalSyncFlags    flags,
               GCancellable   *cancellable,
               char          **password,
               GError        **error)
{
  g_autoptr(GError) failed = NULL;

  if ((flags & BAL_SYNC_UNASKED) != 0 && bal_secrets_would_ask (self->secrets, blog, cancellable))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY,
                   _("The keyring with the password of “%s” is locked. Sync by hand to unlock it."),
                   bal_blog_get_name (blog));
      return FALSE;
    }
  *password = bal_secrets_lookup (self->secrets, blog, cancellable, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (*password != NULL && !is_refused (self, bal_blog_get_id (blog), *password))
    return TRUE;

  g_clear_pointer (password, bal_secret_free);
  return FALSE;
}

static void
sync_signed_in (BalSyncEngine         *self,
                BalSyncRun            *run,
                const BalProviderType *type,
                BalHttpClient         *http)
{
  g_autoptr(GError) error = NULL;
  gint64 blog_id = bal_blog_get_id (run->blog);
  char *password = NULL;

  if (type->needs_password && !find_password (self, run->blog, run->flags, run->cancellable, &password, &error))
    {
      if (error != NULL)
        bal_sync_result_fail (run->result, g_steal_pointer (&error));
      else
        bal_sync_run_sign_out (run);
      return;
    }

  note_refused (self, blog_id, password, !bal_sync_run_blog (run, type, password, http));
  keep_new_password (self, run->provider, run->blog);
  keep_new_password (self, run->host, run->host_blog);
  bal_secret_free (password);
}

/* Another blog that takes the pictures of the one that is synced: with its own password, under the same rules. */
typedef struct
{
  BalSyncEngine *engine;
  BalHttpClient *http;
} Opening;

static BalProvider *
open_other (gpointer       data,
            BalBlog       *blog,
            BalSyncFlags   flags,
            GCancellable  *cancellable,
            GError       **error)
{
  Opening *self = data;
  const BalProviderType *type = find_type (self->engine, bal_blog_get_provider (blog), error);
  g_autoptr(BalProvider) provider = NULL;
  g_autoptr(GError) failed = NULL;
  char *password = NULL;

  if (type == NULL)
    return NULL;
  if ((flags & BAL_SYNC_OFFLINE) != 0 && !bal_reach_is_near (blog))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_OFFLINE, _("There is no network."));
      return NULL;
    }
  if (type->needs_password && !find_password (self->engine, blog, flags, cancellable, &password, &failed))
    {
      if (failed == NULL)
        g_set_error_literal (&failed, BAL_ERROR, BAL_ERROR_AUTH, _("You are signed out there."));
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }

  provider = type->open (blog, password, self->http, &failed);
  if (provider != NULL && !bal_provider_sign_in (provider, blog, cancellable, &failed))
    {
      keep_new_password (self->engine, provider, blog);
      g_clear_object (&provider);
    }
  if (provider != NULL || g_error_matches (failed, BAL_ERROR, BAL_ERROR_AUTH))
    note_refused (self->engine, bal_blog_get_id (blog), password, provider == NULL);
  bal_secret_free (password);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return g_steal_pointer (&provider);
}

static void
cancel_cb (GCancellable *cancellable,
           gpointer      other)
{
  g_cancellable_cancel (other);
}

static void
sync_blog (BalSyncEngine *self,
           BalSyncJob    *job,
           BalBlog       *blog,
           BalSyncResult *result,
           gboolean      *compared,
           BalHttpClient *http)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  const BalProviderType *type = find_type (self, bal_blog_get_provider (blog), &error);
  gboolean was_well = result->error == NULL;
  gulong handler;
  Opening opening = { self, http };
  g_auto(BalSyncRun) run = {
    .blog = g_object_ref (blog), .store = self->store, .result = result, .cancellable = cancellable,
    .flags = job->flags, .grace_ms = self->grace_ms, .report = bal_sync_engine_report, .report_data = self,
    .open = open_other, .open_data = &opening,
  };

  if (type == NULL)
    {
      *compared = FALSE;
      bal_sync_result_fail (result, g_steal_pointer (&error));
      return;
    }

  /* Of its own, so that removing one blog does not end the sync of all. */
  handler = g_cancellable_connect (job->cancellable, G_CALLBACK (cancel_cb), cancellable, NULL);
  set_running (self, bal_blog_get_id (blog), cancellable);
  sync_signed_in (self, &run, type, http);
  *compared &= run.compared;
  set_running (self, 0, NULL);
  g_cancellable_disconnect (job->cancellable, handler);

  if (!g_cancellable_is_cancelled (job->cancellable) &&
      g_error_matches (result->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&result->error);
  if (was_well && result->error != NULL)
    result->failed_blog_id = bal_blog_get_id (blog);
}

typedef struct
{
  gint64     blog_id;
  GPtrArray *blogs;
} BlogList;

static gboolean
list_blogs (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  BlogList *self = data;
  BalBlog *blog;

  if (self->blog_id == 0)
    {
      self->blogs = bal_blog_table_list (transaction, error);
      return self->blogs != NULL;
    }

  blog = bal_blog_table_get (transaction, self->blog_id, error);
  if (blog == NULL)
    return FALSE;
  self->blogs = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->blogs, blog);
  return TRUE;
}

static void
sync_once (BalSyncEngine *self,
           BalSyncJob    *job,
           BalSyncResult *result,
           BalHttpClient *http)
{
  BlogList list = { job->blog_id, NULL };
  g_autoptr(GPtrArray) blogs = NULL;
  g_autoptr(GError) error = NULL;
  gboolean compared = TRUE;

  if (!bal_store_read (self->store, list_blogs, &list, job->cancellable, &error))
    {
      bal_sync_result_fail (result, g_steal_pointer (&error));
      return;
    }

  blogs = list.blogs;
  for (guint i = 0; i < blogs->len && !g_cancellable_is_cancelled (job->cancellable); i++)
    {
      BalBlog *blog = g_ptr_array_index (blogs, i);

      if ((job->flags & BAL_SYNC_OFFLINE) != 0 && !bal_reach_is_near (blog))
        {
          result->n_far++;
          compared = FALSE;
        }
      else
        sync_blog (self, job, blog, result, &compared, http);
    }
  result->compared |= compared && !g_cancellable_is_cancelled (job->cancellable);
}

/* Whoever joined while it ran may have written something that it did not see any more. */
static gboolean
must_go_on (BalSyncEngine *self,
            BalSyncWorker *worker,
            BalSyncJob    *job)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean again = job->again && !g_cancellable_is_cancelled (job->cancellable);

  job->again = FALSE;
  if (!again)
    {
      worker->running = NULL;    /* nobody joins any more */
      bal_sync_engine_count_syncs (self, -1);
    }
  return again;
}

static void
run_sync (BalSyncEngine *self,
          BalSyncWorker *worker,
          BalSyncJob    *job,
          BalHttpClient *http)
{
  g_autoptr(BalSyncResult) result = bal_sync_result_new ();
  g_autoptr(GError) error = NULL;

  do
    {
      /* These tell how things stand in the end. */
      result->n_conflicts = result->n_parked = result->n_waiting = result->n_signed_out = 0;
      result->n_far = 0;
      g_clear_error (&result->error);
      g_clear_pointer (&result->signed_out_name, g_free);
      sync_once (self, job, result, http);
    }
  while (must_go_on (self, worker, job));

  g_cancellable_set_error_if_cancelled (job->cancellable, &error);
  end_job (self, worker, job, copy_result, result, (GDestroyNotify) bal_sync_result_free, error);
}

/* ---- accounts ---- */

static gpointer
copy_object (gpointer object)
{
  return g_object_ref (object);
}

static void
run_discover (BalSyncEngine *self,
              BalSyncWorker *worker,
              BalSyncJob    *job,
              BalHttpClient *http)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = NULL;
  const BalProviderType *type = find_type (self, job->provider_id, &error);

  if (type != NULL)
    blog = type->discover (job->url, http, job->cancellable, &error);
  if (blog != NULL)
    bal_blog_set_provider (blog, type->id);
  end_job (self, worker, job, copy_object, blog, g_object_unref, error);
}

static gboolean
store_added (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  BalBlog *blog = data;

  return bal_blog_get_id (blog) == 0
         ? bal_blog_table_insert (transaction, blog, error) != 0
         : bal_blog_table_update (transaction, blog, error);
}

static gboolean
add_blog (BalSyncEngine  *self,
          BalSyncJob     *job,
          BalHttpClient  *http,
          BalSyncAdded   *added,
          GError        **error)
{
  const BalProviderType *type = find_type (self, bal_blog_get_provider (job->blog), error);
  g_autoptr(BalProvider) provider = NULL;
  g_autoptr(GError) not_kept = NULL;

  if (type != NULL)
    provider = type->open (job->blog, job->password, http, error);
  if (provider == NULL || !bal_provider_sign_in (provider, job->blog, job->cancellable, error))
    return FALSE;

  bal_blog_set_signed_in (job->blog, TRUE);
  if (!bal_store_write (self->store, store_added, job->blog, job->cancellable, error))
    return FALSE;

  added->id = bal_blog_get_id (job->blog);
  added->kept = !type->needs_password || job->password == NULL ||
                bal_secrets_store (self->secrets, job->blog, job->password, NULL, &not_kept);
  if (not_kept != NULL)
    g_info ("%s", not_kept->message);
  note_refused (self, added->id, NULL, FALSE);
  return TRUE;
}

static gpointer
copy_added (gpointer added)
{
  return g_memdup2 (added, sizeof (BalSyncAdded));
}

static void
run_add (BalSyncEngine *self,
         BalSyncWorker *worker,
         BalSyncJob    *job,
         BalHttpClient *http)
{
  g_autoptr(GError) error = NULL;
  BalSyncAdded added = { 0 };

  add_blog (self, job, http, &added, &error);
  end_job (self, worker, job, copy_added, &added, g_free, error);
}

typedef struct
{
  gint64   blog_id;
  BalBlog *blog;                 /* out: as it was */
  gboolean is_last;              /* out: no other blog is signed in to with the same account */
} Removal;

static gboolean
remove_row (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Removal *self = data;
  g_autoptr(GPtrArray) left = NULL;

  g_clear_object (&self->blog);
  self->blog = bal_blog_table_get (transaction, self->blog_id, error);
  if (self->blog == NULL || !bal_blog_table_remove (transaction, self->blog_id, error))
    return FALSE;

  left = bal_blog_table_list (transaction, error);
  self->is_last = TRUE;
  for (guint i = 0; left != NULL && i < left->len; i++)
    {
      BalBlog *other = g_ptr_array_index (left, i);

      if (g_strcmp0 (bal_blog_get_provider (other), bal_blog_get_provider (self->blog)) == 0 &&
          g_strcmp0 (bal_blog_get_user (other), bal_blog_get_user (self->blog)) == 0)
        self->is_last = FALSE;
    }
  return left != NULL;
}

/* As far as the network goes: the person can do the same in their account there. */
static void
sign_out (BalSyncEngine *self,
          BalSyncJob    *job,
          BalHttpClient *http,
          BalBlog       *blog)
{
  const BalProviderType *type = bal_provider_registry_find (self->registry, bal_blog_get_provider (blog));
  g_autoptr(GError) error = NULL;
  char *password;

  if (type == NULL || type->sign_out == NULL || bal_secrets_would_ask (self->secrets, blog, job->cancellable))
    return;

  password = bal_secrets_lookup (self->secrets, blog, job->cancellable, &error);
  if (password != NULL && !type->sign_out (password, http, job->cancellable, &error))
    g_info ("A grant was not taken back: %s", error->message);
  bal_secret_free (password);
}

static gpointer
copy_nothing (gpointer unused)
{
  return GINT_TO_POINTER (TRUE);
}

static void
run_remove (BalSyncEngine *self,
            BalSyncWorker *worker,
            BalSyncJob    *job,
            BalHttpClient *http)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) not_cleared = NULL;
  Removal removal = { job->blog_id, NULL, FALSE };
  g_autoptr(BalBlog) blog = NULL;

  if (bal_store_write (self->store, remove_row, &removal, job->cancellable, &error))
    {
      if (removal.is_last)
        sign_out (self, job, http, removal.blog);
      bal_secrets_clear (self->secrets, removal.blog, NULL, &not_cleared);
    }
  if (not_cleared != NULL)
    g_warning ("The password of a removed blog is still in the keyring: %s", not_cleared->message);
  blog = removal.blog;
  end_job (self, worker, job, copy_nothing, NULL, NULL, error);
}

void
bal_sync_engine_run_job (BalSyncEngine *self,
                         BalSyncWorker *worker,
                         BalSyncJob    *job,
                         BalHttpClient *http)
{
  bal_http_client_set_patience (http, BAL_SYNC_PATIENCE_S);
  switch (job->kind)
    {
    case BAL_SYNC_JOB_SYNC:
      run_sync (self, worker, job, http);
      break;
    case BAL_SYNC_JOB_DISCOVER:
      run_discover (self, worker, job, http);
      break;
    case BAL_SYNC_JOB_ADD:
      run_add (self, worker, job, http);
      break;
    case BAL_SYNC_JOB_REMOVE:
      run_remove (self, worker, job, http);
      break;
    default:
      g_assert_not_reached ();
    }
}
