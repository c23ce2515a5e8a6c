/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-whole.h"

#include "bal-progress.h"

typedef struct
{
  /* owned */
  BalBlog         *blog;         /* (nullable): it is made anew */
  char            *path;
  BalProgress     *progress;

  BalImportFormat  format;
  BalImportFlags   flags;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  bal_progress_free (job->progress);
  g_clear_object (&job->blog);
  g_free (job->path);
  g_free (job);
}

static void
run_in_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GError) error = NULL;
  BalImportReport *report;

  report = job->blog != NULL
           ? bal_import_run (source_object, job->blog, job->path, job->format, job->flags, bal_progress_note, job->progress,
                             cancellable, &error)
           : bal_import_whole_run (source_object, job->path, job->flags, bal_progress_note, job->progress, cancellable, &error);

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
                      BalProgressFunc       progress,
                      gpointer              data,
                      GCancellable         *cancellable,
                      GAsyncReadyCallback   callback,
                      gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_set_object (&job->blog, blog);
  job->path = g_strdup (path);
  job->format = format;
  job->flags = flags;
  job->progress = bal_progress_new (progress, data);

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
  bal_progress_stop (job->progress);
  return g_task_propagate_pointer (G_TASK (result), error);
}
