/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-undo.h"

#include <glib/gi18n.h>

#include "bal-error.h"

/* What commits together: whoever reads or writes meanwhile waits for it. */
#define BATCH_ITEMS 200

typedef struct
{
  gint64           blog_id;
  gint64           run_id;
  BalImportUndone *undone;
  gboolean         done;
} Undo;

static gboolean
find_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Undo *self = data;

  self->undone = bal_import_runs_find (transaction, self->blog_id, error);
  if (self->undone == NULL || self->run_id == 0 || self->run_id == self->undone->run_id)
    return self->undone != NULL;

  /* Another one came after it. */
  g_clear_pointer (&self->undone, bal_import_undone_free);
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                       _("This import was taken back already, or another one came after it."));
  return FALSE;
}

static gboolean
take_back_work (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Undo *self = data;

  return bal_import_runs_take_back (transaction, self->undone, BATCH_ITEMS, &self->done, error);
}

BalImportUndone *
bal_import_undo (BalStore      *store,
                 gint64         blog_id,
                 gint64         run_id,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(BalImportUndone) undone = NULL;
  Undo undo = { .blog_id = blog_id, .run_id = run_id };

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  if (!bal_store_read (store, find_work, &undo, cancellable, error))
    return NULL;

  undone = undo.undone;
  while (!undo.done)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !bal_store_write (store, take_back_work, &undo, NULL, error))
      return NULL;
  return g_steal_pointer (&undone);
}

static void
undo_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  gint64 *ids = task_data;
  g_autoptr(GError) error = NULL;
  BalImportUndone *undone = bal_import_undo (source_object, ids[0], ids[1], cancellable, &error);

  if (undone != NULL)
    g_task_return_pointer (task, undone, (GDestroyNotify) bal_import_undone_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
bal_import_undo_async (BalStore             *store,
                       gint64                blog_id,
                       gint64                run_id,
                       GCancellable         *cancellable,
                       GAsyncReadyCallback   callback,
                       gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);
  gint64 ids[2] = { blog_id, run_id };

  g_task_set_source_tag (task, bal_import_undo_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_memdup2 (ids, sizeof ids), g_free);
  g_task_run_in_thread (task, undo_in_thread);
}

BalImportUndone *
bal_import_undo_finish (BalStore      *store,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
bal_import_undone_summarize (const BalImportUndone *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u review is taken back\n", "%u reviews are taken back\n", self->n_reviews),
                          self->n_reviews);
  if (self->n_comments > 0)
    g_string_append_printf (text, ngettext ("%u comment is taken back\n", "%u comments are taken back\n", self->n_comments),
                            self->n_comments);
  if (self->n_reviews_kept > 0)
    g_string_append_printf (text, ngettext ("%u review stays: there is something of yours on it, or it was sent\n",
                                            "%u reviews stay: there is something of yours on them, or they were sent\n",
                                            self->n_reviews_kept), self->n_reviews_kept);
  if (self->n_comments_kept > 0)
    g_string_append_printf (text, ngettext ("%u comment stays: there is something of yours on it, or it was sent\n",
                                            "%u comments stay: there is something of yours on them, or they were sent\n",
                                            self->n_comments_kept), self->n_comments_kept);
  g_string_append_printf (text, "%s\n", _("Pictures, saved replies, searches and decisions about commenters stay."));
  return g_string_free (text, FALSE);
}
