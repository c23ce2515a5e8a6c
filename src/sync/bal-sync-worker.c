/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-engine-private.h"

#include <glib/gi18n.h>

#include "bal-error.h"

typedef struct
{
  BalSyncJob *job;               /* borrowed: it owns the waiter */
  GTask      *task;
  gulong      handler;
} Waiter;

static void
waiter_free (Waiter *self)
{
  if (self->task != NULL)
    g_cancellable_disconnect (g_task_get_cancellable (self->task), self->handler);
  g_clear_object (&self->task);
  g_free (self);
}

BalSyncJob *
bal_sync_job_new (BalSyncJobKind kind)
{
  BalSyncJob *job = g_new0 (BalSyncJob, 1);

  job->kind = kind;
  job->cancellable = g_cancellable_new ();
  job->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  return job;
}

void
bal_sync_job_free (BalSyncJob *job)
{
  g_ptr_array_unref (job->waiters);
  g_object_unref (job->cancellable);
  g_clear_object (&job->blog);
  g_free (job->provider_id);
  g_free (job->url);
  bal_secret_free (job->password);
  g_free (job);
}

static void
caller_cancelled_cb (GCancellable *cancellable,
                     BalSyncJob   *job)
{
  if (g_atomic_int_dec_and_test (&job->n_interested))
    g_cancellable_cancel (job->cancellable);
}

void
bal_sync_job_add_waiter (BalSyncJob *job,
                         GTask      *task)
{
  Waiter *waiter = g_new0 (Waiter, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  waiter->job = job;
  waiter->task = task;
  g_ptr_array_add (job->waiters, waiter);
  g_atomic_int_inc (&job->n_interested);
  if (cancellable != NULL)
    waiter->handler = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb), job, NULL);
}

/* ---- results, in the context of the caller ---- */

typedef struct
{
  GTask          *task;
  gpointer        result;
  GDestroyNotify  free_result;
  GError         *error;
} Completion;

static void
completion_free (Completion *self)
{
  if (self->result != NULL && self->free_result != NULL)
    self->free_result (self->result);
  g_clear_error (&self->error);
  g_object_unref (self->task);
  g_free (self);
}

static gboolean
completion_cb (gpointer data)
{
  Completion *self = data;

  if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (self->task, g_steal_pointer (&self->result), self->free_result);
  return G_SOURCE_REMOVE;
}

/* Not g_task_return_…() from here: the last reference to the task, and with it perhaps to the engine, must be
 * dropped on the caller's thread and never on the one that the engine joins. */
static void
hand_over (GTask          *task,
           gpointer        result,
           GDestroyNotify  free_result,
           const GError   *error)
{
  Completion *completion = g_new0 (Completion, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  completion->task = task;
  completion->result = result;
  completion->free_result = free_result;
  completion->error = error != NULL ? g_error_copy (error) : NULL;
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, completion_cb, completion, (GDestroyNotify) completion_free);
  g_source_attach (source, g_task_get_context (task));
}

void
bal_sync_job_complete (BalSyncJob     *job,
                       gpointer      (*copy) (gpointer result),
                       gpointer        result,
                       GDestroyNotify  free_result,
                       const GError   *error)
{
  for (guint i = 0; i < job->waiters->len; i++)
    {
      Waiter *waiter = g_ptr_array_index (job->waiters, i);

      g_cancellable_disconnect (g_task_get_cancellable (waiter->task), waiter->handler);
      hand_over (g_steal_pointer (&waiter->task), error == NULL ? copy (result) : NULL, free_result, error);
    }
  bal_sync_job_free (job);
}

/* ---- the thread ---- */

static BalSyncJob *
take_job (BalSyncWorker *self,
          gboolean      *quit)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->engine->mutex);

  *quit = self->quit;
  self->running = *quit ? NULL : g_queue_pop_head (&self->jobs);
  return self->running;
}

static gpointer
run_worker (gpointer data)
{
  BalSyncWorker *self = data;
  BalHttpClient *http;
  gboolean quit = FALSE;

  g_main_context_push_thread_default (self->context);
  http = bal_http_client_new ();
  while (!quit)
    {
      BalSyncJob *job = take_job (self, &quit);

      if (job != NULL)
        bal_sync_engine_run_job (self->engine, self, job, http);
      else if (!quit)
        g_main_context_iteration (self->context, TRUE);    /* idle connections close meanwhile */
    }

  g_object_unref (http);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

void
bal_sync_worker_init (BalSyncWorker *self,
                      BalSyncEngine *engine,
                      const char    *name)
{
  self->engine = engine;
  self->name = name;
  self->context = g_main_context_new ();
  g_queue_init (&self->jobs);
}

void
bal_sync_worker_push (BalSyncWorker *self,
                      BalSyncJob    *job)
{
  g_queue_push_tail (&self->jobs, job);
  if (self->thread == NULL)
    self->thread = g_thread_new (self->name, run_worker, self);
  g_main_context_wakeup (self->context);
}

void
bal_sync_worker_close (BalSyncWorker *self)
{
  g_autoptr(GError) closed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Balcony is closing."));
  GThread *thread;
  BalSyncJob *job;

  g_mutex_lock (&self->engine->mutex);
  self->quit = TRUE;
  if (self->running != NULL)
    g_cancellable_cancel (self->running->cancellable);
  thread = g_steal_pointer (&self->thread);
  g_mutex_unlock (&self->engine->mutex);

  g_main_context_wakeup (self->context);
  if (thread != NULL)
    g_thread_join (thread);
  while ((job = g_queue_pop_head (&self->jobs)) != NULL)
    bal_sync_job_complete (job, NULL, NULL, NULL, closed);
}
