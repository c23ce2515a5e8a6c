/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-text.h"

#include "bal-desk.h"
#include "bal-text-import.h"

static void
text_review_release (gpointer data)
{
  bal_text_review_free (data);
}

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  BalTextReview *text = data;

  return bal_desk_add_review (transaction, text->review, text->comments, error) != 0;
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BalTextReview *text;
  GError *error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  text = bal_store_get_work_data (result);
  g_task_return_int (task, bal_review_get_id (text->review));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  BalStore *store = g_task_get_source_object (task);
  BalBlog *blog = g_task_get_task_data (task);
  g_autofree char *contents = NULL;
  BalDialect dialect = BAL_DIALECT_HTML;
  BalTextReview *text;
  gsize length;
  GError *error = NULL;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (bal_blog_get_dialect (blog) != NULL)
    bal_dialect_from_nick (bal_blog_get_dialect (blog), &dialect);
  text = bal_text_import (contents, length, bal_blog_get_format (blog), dialect, bal_blog_get_author (blog), &error);
  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  bal_review_set_blog_id (text->review, bal_blog_get_id (blog));
  bal_store_write_async (store, add_work, text, text_review_release, g_task_get_cancellable (task),
                         added_cb, g_object_ref (task));
}

void
bal_import_async (BalStore            *store,
                  BalBlog             *blog,
                  GFile               *file,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (BAL_IS_BLOG (blog));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, bal_import_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (blog), g_object_unref);
  g_file_load_contents_async (file, cancellable, loaded_cb, task);
}

gint64
bal_import_finish (BalStore      *store,
                   GAsyncResult  *result,
                   GError       **error)
{
  gint64 id;

  g_return_val_if_fail (g_task_is_valid (result, store), 0);

  id = g_task_propagate_int (G_TASK (result), error);

  return MAX (id, 0);
}
