/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import.h"

typedef struct
{
  /* owned */
  BalBlog           *blog;
  char              *path;
  GSource           *source;     /* (nullable): tells the caller's context */

  BalImportFormat    format;
  BalImportFlags     flags;
  BalImportProgress  progress;
  gpointer           data;

  GMutex             lock;       /* of what follows */
  double             fraction;
  guint              n_reviews;
  guint              n_comments;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->source != NULL)
    {
      g_source_destroy (job->source);
      g_source_unref (job->source);
    }
  g_object_unref (job->blog);
  g_free (job->path);
  g_mutex_clear (&job->lock);
  g_free (job);
}

/* In the thread of the import. */
static void
note_progress (double    fraction,
               guint     n_reviews,
               guint     n_comments,
               gpointer  data)
{
  Job *job = data;

  g_mutex_lock (&job->lock);
  job->fraction = fraction;
  job->n_reviews = n_reviews;
  job->n_comments = n_comments;
  g_mutex_unlock (&job->lock);
}

static gboolean
tell_cb (gpointer user_data)
{
  Job *job = user_data;
  double fraction;
  guint n_reviews, n_comments;

  g_mutex_lock (&job->lock);
  fraction = job->fraction;
  n_reviews = job->n_reviews;
  n_comments = job->n_comments;
  g_mutex_unlock (&job->lock);
  job->progress (fraction, n_reviews, n_comments, job->data);
  return G_SOURCE_CONTINUE;
}

static void
run_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GError) error = NULL;
  BalImportReport *report = bal_import_run (source_object, job->blog, job->path, job->format, job->flags,
                                            note_progress, job, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) bal_import_report_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
bal_import_run_async (BalStore             *store,
                      BalBlog              *blog,
                      const char           *path,
                      BalImportFormat       format,
                      BalImportFlags        flags,
                      BalImportProgress     progress,
                      gpointer              data,
                      GCancellable         *cancellable,
                      GAsyncReadyCallback   callback,
                      gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->blog = g_object_ref (blog);
  job->path = g_strdup (path);
  job->format = format;
  job->flags = flags;
  job->progress = progress;
  job->data = data;
  g_mutex_init (&job->lock);
  if (progress != NULL)
    {
      job->source = g_timeout_source_new (100);
      g_source_set_callback (job->source, tell_cb, job, NULL);
      g_source_attach (job->source, g_main_context_get_thread_default ());
    }

  g_task_set_source_tag (task, bal_import_run_async);
  g_task_set_check_cancellable (task, FALSE);    /* what is in is in: the report tells it */
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_in_thread);
}

BalImportReport *
bal_import_run_finish (BalStore      *store,
                       GAsyncResult  *result,
                       GError       **error)
{
  Job *job;

  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  job = g_task_get_task_data (G_TASK (result));
  if (job->source != NULL)
    g_source_destroy (job->source);
  return g_task_propagate_pointer (G_TASK (result), error);
}
