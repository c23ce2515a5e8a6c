/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comparison.h"

#include "bal-line.h"
#include "bal-review-html.h"
#include "bal-tables.h"

typedef struct
{
  gint64     review_id;
  gint64     old_id;
  gint64     new_id;
  BalReview *old_review;
  BalReview *new_review;
  BalBlog   *blog;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->old_review);
  g_clear_object (&job->new_review);
  g_clear_object (&job->blog);
  g_free (job);
}

void
bal_comparison_free (BalComparison *self)
{
  g_clear_pointer (&self->old_form, bal_editor_form_unref);
  g_clear_pointer (&self->new_form, bal_editor_form_unref);
  g_clear_pointer (&self->old_body, bal_document_unref);
  g_clear_pointer (&self->new_body, bal_document_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_free (self);
}

/* ---- reading ---- */

static BalReview *
read_version (BalTransaction  *transaction,
              BalReview       *present,
              gint64           id,
              GError         **error)
{
  g_autoptr(BalReview) review = id < 0 ? bal_review_new (0) : bal_review_dup (present);
  g_autoptr(BalRevision) revision = NULL;

  if (id <= 0)
    return g_steal_pointer (&review);
  revision = bal_revision_table_get (transaction, id, error);
  if (revision == NULL)
    return NULL;
  bal_revision_apply (revision, review);
  return g_steal_pointer (&review);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Job *job = data;
  g_autoptr(BalReview) present = bal_review_table_get (transaction, job->review_id, error);

  return present != NULL &&
         (job->blog = bal_blog_table_get (transaction, bal_review_get_blog_id (present), error)) != NULL &&
         (job->old_review = read_version (transaction, present, job->old_id, error)) != NULL &&
         (job->new_review = read_version (transaction, present, job->new_id, error)) != NULL;
}

/* ---- comparing ---- */

static void
parse (BalReview      *review,
       BalBlog        *blog,
       BalEditorForm **form,
       BalDocument   **body)
{
  BalReviewFormat *format = bal_blog_get_format (blog);
  const char *html = bal_review_get_html (review);
  BalReviewFields *fields = bal_review_fields_new ();
  g_autoptr(BalDocument) document = NULL;

  document = bal_document_new_from_html (html != NULL ? html : "", -1, BAL_DIALECT_HTML);
  bal_review_format_split_title (format, bal_review_get_title (review), fields);
  *body = bal_document_split_fields (document, format, fields);
  *form = bal_editor_form_new (review, format, fields);
  bal_review_fields_free (fields);
}

static void
count_block (BalComparison  *self,
             BalBlockChange *change)
{
  g_autofree char *text = NULL;

  if (change->change == BAL_DIFFERENCE_SAME)
    return;
  if (change->pieces == NULL)
    {
      gboolean added = change->change == BAL_DIFFERENCE_ADDED;

      text = bal_block_to_text (added ? change->new_block : change->old_block);
      *(added ? &self->n_added : &self->n_removed) += bal_text_count_words (text);
      return;
    }
  for (guint i = 0; i < change->pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (change->pieces, i);

      if (piece->change == BAL_DIFFERENCE_ADDED)
        self->n_added += bal_text_count_words (piece->text);
      else if (piece->change == BAL_DIFFERENCE_REMOVED)
        self->n_removed += bal_text_count_words (piece->text);
    }
}

BalComparison *
bal_comparison_new (BalReview *old,
                    BalReview *new_,
                    BalBlog   *blog)
{
  BalComparison *self = g_new0 (BalComparison, 1);

  parse (old, blog, &self->old_form, &self->old_body);
  parse (new_, blog, &self->new_form, &self->new_body);
  self->blocks = bal_document_diff (self->old_body, self->new_body);
  for (guint i = 0; i < self->blocks->len; i++)
    count_block (self, g_ptr_array_index (self->blocks, i));
  return self;
}

static void
compare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (!bal_store_read (BAL_STORE (source), read_work, job, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, bal_comparison_new (job->old_review, job->new_review, job->blog),
                         (GDestroyNotify) bal_comparison_free);
}

void
bal_comparison_read_async (BalStore            *store,
                           gint64               review_id,
                           gint64               old_id,
                           gint64               new_id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->review_id = review_id;
  job->old_id = old_id;
  job->new_id = new_id;
  g_task_set_source_tag (task, bal_comparison_read_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, compare_thread);
}

BalComparison *
bal_comparison_read_finish (BalStore      *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
