/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-store-private.h"

#include <glib/gi18n.h>

#include "bal-backup.h"
#include "bal-change-set-private.h"
#include "bal-files.h"
#include "bal-migrations.h"

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalStore, bal_store, G_TYPE_OBJECT)

typedef struct
{
  GWeakRef store;
} Publication;

static void
publication_free (gpointer data)
{
  Publication *publication = data;

  g_weak_ref_clear (&publication->store);
  g_free (publication);
}

static gboolean
publish_cb (gpointer data)
{
  Publication *publication = data;
  g_autoptr(BalStore) self = g_weak_ref_get (&publication->store);
  g_autoptr(BalChangeSet) changes = NULL;

  if (self == NULL)
    return G_SOURCE_REMOVE;

  g_mutex_lock (&self->mutex);
  changes = g_steal_pointer (&self->unpublished);
  g_clear_pointer (&self->publisher, g_source_unref);
  g_mutex_unlock (&self->mutex);

  if (changes != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
  return G_SOURCE_REMOVE;
}

/* Commits that come faster than their listeners look at them are told as one. */
void
bal_store_publish (BalStore     *self,
                   BalChangeSet *changes)
{
  Publication *publication;

  if (bal_change_set_is_empty (changes))
    return;

  g_mutex_lock (&self->mutex);
  if (self->unpublished == NULL)
    self->unpublished = bal_change_set_new ();
  bal_change_set_merge (self->unpublished, changes);

  if (self->publisher == NULL && !self->closed)
    {
      publication = g_new0 (Publication, 1);
      g_weak_ref_init (&publication->store, self);
      self->publisher = g_idle_source_new ();
      g_source_set_priority (self->publisher, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->publisher, publish_cb, publication, publication_free);
      g_source_attach (self->publisher, self->context);
    }
  g_mutex_unlock (&self->mutex);
}

static void
lane_start (BalLane       *lane,
            const char    *name,
            GThreadFunc    body,
            BalStore      *store)
{
  lane->queue = g_async_queue_new ();
  lane->thread = g_thread_new (name, body, store);
}

static void
lane_stop (BalLane *lane)
{
  if (lane->thread != NULL)
    {
      g_async_queue_push (lane->queue, &bal_job_stop);
      g_thread_join (g_steal_pointer (&lane->thread));
    }
  g_clear_pointer (&lane->queue, g_async_queue_unref);
  g_clear_pointer (&lane->connection, bal_connection_close);
}

gboolean
bal_store_close (BalStore  *self,
                 GError   **error)
{
  gboolean was_closed;

  g_return_val_if_fail (BAL_IS_STORE (self), FALSE);

  g_mutex_lock (&self->mutex);
  was_closed = self->closed;
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);

  if (was_closed)
    return TRUE;

  lane_stop (&self->reader);
  g_cancellable_cancel (self->backup_cancellable);
  lane_stop (&self->writer);
  g_clear_pointer (&self->backup_thread, g_thread_join);

  if (self->publisher != NULL)
    g_source_destroy (self->publisher);
  g_clear_pointer (&self->publisher, g_source_unref);
  g_clear_pointer (&self->unpublished, bal_change_set_unref);

  if (self->close_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->close_error));
  return FALSE;
}

/* Not later: the threads may still take weak references. */
static void
bal_store_dispose (GObject *object)
{
  bal_store_close (BAL_STORE (object), NULL);

  G_OBJECT_CLASS (bal_store_parent_class)->dispose (object);
}

static void
bal_store_finalize (GObject *object)
{
  BalStore *self = BAL_STORE (object);

  g_clear_object (&self->backup_cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->close_error);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->data_dir);
  g_free (self->path);

  G_OBJECT_CLASS (bal_store_parent_class)->finalize (object);
}

static void
bal_store_class_init (BalStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bal_store_dispose;
  object_class->finalize = bal_store_finalize;

  /**
   * BalStore::changed:
   * @self: the store
   * @changes: what one or more commits changed
   *
   * Emitted after commits, in the main context that was the thread's default when the store was opened.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BAL_TYPE_CHANGE_SET);
}

static void
bal_store_init (BalStore *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->backup_cancellable = g_cancellable_new ();
}

static gboolean
open_reader (BalStore  *self,
             GError   **error)
{
  self->reader.connection = bal_connection_open (self->path, BAL_CONNECTION_READER, error);
  return self->reader.connection != NULL;
}

/* The reader looks before anything is written: a file that is foreign or newer is left byte for byte. */
static gboolean
open_connections (BalStore  *self,
                  GError   **error)
{
  if (!bal_files_make_folder (self->data_dir, error))
    return FALSE;
  if (g_file_test (self->path, G_FILE_TEST_EXISTS) &&
      (!open_reader (self, error) || !bal_migrations_check (self->reader.connection, error)))
    return FALSE;

  self->writer.connection = bal_connection_open (self->path, BAL_CONNECTION_WRITER, error);
  return self->writer.connection != NULL &&
         bal_migrations_run (self->writer.connection, error) &&
         (self->reader.connection != NULL || open_reader (self, error));
}

static void
name_newest_backup (BalStore  *self,
                    GError   **error)
{
  g_autofree char *newest = bal_backup_find_newest (self->data_dir);
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (error == NULL || newest == NULL || !g_error_matches (*error, BAL_ERROR, BAL_ERROR_CORRUPT))
    return;

  name = g_filename_display_name (newest);
  message = g_strdup_printf (_("%s The newest one is “%s”."), (*error)->message, name);
  g_clear_error (error);
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CORRUPT, message);
}

BalStore *
bal_store_open (const char  *data_dir,
                GError     **error)
{
  g_autoptr(BalStore) self = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);

  self = g_object_new (BAL_TYPE_STORE, NULL);
  self->data_dir = g_canonicalize_filename (data_dir, NULL);
  self->path = g_build_filename (self->data_dir, BAL_DATABASE_NAME, NULL);
  self->context = g_main_context_ref_thread_default ();

  if (!open_connections (self, error))
    {
      name_newest_backup (self, error);
      return NULL;
    }

  lane_start (&self->writer, "balcony-writer", bal_store_run_writer, self);
  lane_start (&self->reader, "balcony-reader", bal_store_run_reader, self);
  return g_steal_pointer (&self);
}

const char *
bal_store_get_data_dir (BalStore *self)
{
  g_return_val_if_fail (BAL_IS_STORE (self), NULL);

  return self->data_dir;
}

/* FALSE with an error when the store is closed; @job is not taken then. */
static gboolean
push_job (BalStore  *self,
          BalLane   *lane,
          BalJob    *job,
          GError   **error)
{
  gboolean pushed;

  g_mutex_lock (&self->mutex);
  pushed = !self->closed;
  if (pushed)
    g_async_queue_push (lane->queue, job);
  g_mutex_unlock (&self->mutex);

  if (!pushed && lane == &self->reader)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _("The database is closed."));
  else if (!pushed)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_STORAGE,
                         _("The database is closed: this change was not saved."));
  return pushed;
}

static gboolean
run_and_wait (BalStore      *self,
              BalLane       *lane,
              BalStoreWork   work,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  BalJob job = { .work = work, .data = data, .cancellable = cancellable };

  g_return_val_if_fail (g_thread_self () != self->writer.thread, FALSE);
  g_return_val_if_fail (g_thread_self () != self->reader.thread, FALSE);

  if (!push_job (self, lane, &job, error))
    return FALSE;

  g_mutex_lock (&self->mutex);
  while (!job.done)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.succeeded;
}

static void
run_async (BalStore             *self,
           BalLane              *lane,
           GTask                *task,
           BalStoreWork          work,
           gpointer              data,
           GDestroyNotify        destroy)
{
  GError *error = NULL;
  BalJob *job;

  g_task_set_task_data (task, data, destroy);

  job = g_new0 (BalJob, 1);
  job->work = work;
  job->data = data;
  g_set_object (&job->cancellable, g_task_get_cancellable (task));
  job->task = task;
  if (push_job (self, lane, job, &error))
    return;

  g_task_return_error (task, error);
  g_object_unref (task);
  g_clear_object (&job->cancellable);
  g_free (job);
}

gboolean
bal_store_write (BalStore      *self,
                 BalStoreWork   work,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_return_val_if_fail (BAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (work != NULL, FALSE);

  return run_and_wait (self, &self->writer, work, data, cancellable, error);
}

gboolean
bal_store_read (BalStore      *self,
                BalStoreWork   work,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_return_val_if_fail (BAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (work != NULL, FALSE);

  return run_and_wait (self, &self->reader, work, data, cancellable, error);
}

void
bal_store_write_async (BalStore             *self,
                       BalStoreWork          work,
                       gpointer              data,
                       GDestroyNotify        destroy,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (BAL_IS_STORE (self));
  g_return_if_fail (work != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_store_write_async);
  g_task_set_check_cancellable (task, FALSE);
  run_async (self, &self->writer, task, work, data, destroy);
}

gboolean
bal_store_write_finish (BalStore      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
bal_store_read_async (BalStore             *self,
                      BalStoreWork          work,
                      gpointer              data,
                      GDestroyNotify        destroy,
                      GCancellable         *cancellable,
                      GAsyncReadyCallback   callback,
                      gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (BAL_IS_STORE (self));
  g_return_if_fail (work != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_store_read_async);
  run_async (self, &self->reader, task, work, data, destroy);
}

gboolean
bal_store_read_finish (BalStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gpointer
bal_store_get_work_data (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_get_task_data (G_TASK (result));
}

gboolean
bal_store_check (BalStore      *self,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_return_val_if_fail (BAL_IS_STORE (self), FALSE);

  return bal_backup_check (self->path, cancellable, error) &&
         bal_backup_check_pictures (self->path, cancellable, error);
}

gboolean
bal_store_check_pictures (BalStore      *self,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (BAL_IS_STORE (self), FALSE);

  return bal_backup_check_pictures (self->path, cancellable, error);
}

gboolean
bal_store_backup (BalStore      *self,
                  const char    *path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (BAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  return bal_backup_may_replace (self->path, path, error) &&
         bal_backup_make (self->path, path, BAL_BACKUP_ALL_PICTURES, cancellable, error);
}

gboolean
bal_store_restore (const char  *data_dir,
                   const char  *backup_path,
                   char       **aside,
                   GError     **error)
{
  g_return_val_if_fail (data_dir != NULL, FALSE);
  g_return_val_if_fail (backup_path != NULL, FALSE);

  return bal_backup_restore (data_dir, backup_path, aside, error);
}
