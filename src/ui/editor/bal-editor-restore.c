/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include "bal-desk.h"

typedef struct
{
  gint64           review_id;
  gint64           revision_id;
  BalReview       *review;      /* with the content of that version */
  BalBlog         *blog;
  BalDocument     *document;
  BalDocument     *body;
  BalReviewFields *fields;
  gboolean         is_step;     /* it was put into the editor */
} Restore;

static void
restore_free (gpointer data)
{
  Restore *restore = data;

  g_clear_object (&restore->review);
  g_clear_object (&restore->blog);
  g_clear_pointer (&restore->document, bal_document_unref);
  g_clear_pointer (&restore->body, bal_document_unref);
  g_clear_pointer (&restore->fields, bal_review_fields_free);
  g_free (restore);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Restore *restore = data;
  g_autoptr(BalRevision) revision = bal_revision_table_get (transaction, restore->revision_id, error);
  BalReviewFormat *format;

  if (revision == NULL)
    return FALSE;
  g_return_val_if_fail (revision->entity == BAL_ENTITY_REVIEW && revision->entity_id == restore->review_id, FALSE);
  restore->review = bal_review_table_get (transaction, restore->review_id, error);
  if (restore->review == NULL)
    return FALSE;
  restore->blog = bal_blog_table_get (transaction, bal_review_get_blog_id (restore->review), error);
  if (restore->blog == NULL)
    return FALSE;

  bal_revision_apply (revision, restore->review);
  format = bal_blog_get_format (restore->blog);
  restore->document = bal_document_new_from_html (bal_review_get_html (restore->review), -1,
                                                  bal_editor_get_dialect (restore->blog));
  restore->fields = bal_review_fields_new ();
  bal_review_format_split_title (format, bal_review_get_title (restore->review), restore->fields);
  restore->body = bal_document_split_fields (restore->document, format, restore->fields);
  return TRUE;
}

static gboolean
desk_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Restore *restore = data;

  return bal_desk_restore_version (transaction, restore->review_id, restore->revision_id, error);
}

static void
restored_by_desk_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (bal_store_write_finish (BAL_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (bal_editor_save_finish (BAL_EDITOR (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
put_version (BalEditor *self,
             GTask     *task,
             Restore   *restore)
{
  g_autoptr(BalEditorForm) form = NULL;
  g_autoptr(BalEditorBase) base = NULL;
  g_autoptr(GPtrArray) blocks = NULL;

  if (bal_editor_same_content (self->review, restore->review))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  form = bal_editor_form_new (restore->review, bal_blog_get_format (restore->blog), restore->fields);
  base = bal_editor_base_new (restore->document, restore->body, restore->review, form);
  blocks = bal_editor_get_blocks (restore->body);
  if (!bal_editor_history_put (self->history, blocks, form, base))
    bal_editor_set_read_only (self, TRUE);
  restore->is_step = TRUE;
  self->keep_version = TRUE;
  bal_editor_save_async (self, FALSE, NULL, saved_cb, task);
}

static gboolean
is_current (BalEditor *self,
            Restore   *restore)
{
  return self->history != NULL && self->review != NULL && !self->loading &&
         self->review_id == restore->review_id && self->next_id < 0;
}

static void kept_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data);

/* @task: taken. First of all, what is typed goes where the version that is replaced will be kept. */
static void
keep_then_put (BalEditor *self,
               GTask     *task)
{
  Restore *restore = g_task_get_task_data (task);

  /* What was written in the source is a step of its own. */
  if (self->history != NULL && self->source != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.source", NULL);
  if (!is_current (self, restore))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another review is shown");
      g_object_unref (task);
    }
  else if (self->read_only)
    {
      bal_store_write_async (self->store, desk_work, restore, NULL, NULL, restored_by_desk_cb, task);
    }
  else if (self->modified || self->saving)
    {
      bal_editor_save_async (self, FALSE, NULL, kept_cb, task);
    }
  else
    {
      put_version (self, task, restore);
    }
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GTask *task = data;
  GError *error = NULL;

  if (bal_editor_save_finish (BAL_EDITOR (source), result, &error))
    {
      keep_then_put (BAL_EDITOR (source), task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  GTask *task = data;
  GError *error = NULL;

  if (bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      keep_then_put (g_task_get_source_object (task), task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
bal_editor_restore_version_async (BalEditor           *self,
                                  gint64               revision_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  Restore *restore = g_new0 (Restore, 1);
  GTask *task;

  g_return_if_fail (BAL_IS_EDITOR (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_editor_restore_version_async);
  g_task_set_check_cancellable (task, FALSE);   /* once it is done, report the truth */
  g_task_set_task_data (task, restore, restore_free);
  restore->review_id = self->review_id;
  restore->revision_id = revision_id;
  bal_store_read_async (self->store, read_work, restore, NULL, cancellable, read_cb, task);
}

gboolean
bal_editor_restore_version_finish (BalEditor     *self,
                                   GAsyncResult  *result,
                                   gboolean      *is_step,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (is_step != NULL)
    *is_step = ((Restore *) g_task_get_task_data (G_TASK (result)))->is_step;
  return g_task_propagate_boolean (G_TASK (result), error);
}
