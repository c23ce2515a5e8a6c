/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-transaction.h"

#include <glib/gi18n.h>

#include "bal-review-format.h"
#include "bal-spam-lessons.h"
#include "bal-thread-marks.h"

BalTransaction *
bal_transaction_begin (BalConnection  *connection,
                       const char     *data_dir,
                       gboolean        writes,
                       GError        **error)
{
  g_autoptr(BalStatement) begin = NULL;
  BalTransaction *self;

  begin = writes ? bal_connection_prepare (connection, "BEGIN IMMEDIATE", error)
                 : bal_connection_prepare (connection, "BEGIN", error);
  if (begin == NULL || !bal_statement_run (begin, error))
    return NULL;

  self = g_new0 (BalTransaction, 1);
  self->connection = connection;
  self->data_dir = data_dir;
  self->changes = bal_change_set_new ();
  self->stale_threads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
bal_transaction_free (BalTransaction *self)
{
  bal_change_set_unref (self->changes);
  g_hash_table_unref (self->stale_threads);
  g_clear_pointer (&self->spam_lessons, bal_spam_lessons_free);
  g_free (self);
}

gboolean
bal_transaction_settle (BalTransaction  *self,
                        GError         **error)
{
  GHashTableIter iter;
  gpointer review_id;

  g_hash_table_iter_init (&iter, self->stale_threads);
  while (g_hash_table_iter_next (&iter, &review_id, NULL))
    {
      if (!bal_thread_marks_update (self, *(gint64 *) review_id, error))
        return FALSE;
      g_hash_table_iter_remove (&iter);
    }

  return TRUE;
}

gboolean
bal_transaction_commit (BalTransaction  *self,
                        GError         **error)
{
  g_autoptr(BalStatement) commit = NULL;

  if (bal_transaction_settle (self, error) && bal_spam_flush (self, error))
    {
      commit = bal_connection_prepare (self->connection, "COMMIT", error);
      if (commit != NULL && bal_statement_run (commit, error))
        return TRUE;
    }

  g_clear_pointer (&commit, bal_statement_release);
  bal_transaction_rollback (self);
  return FALSE;
}

void
bal_transaction_rollback (BalTransaction *self)
{
  /* Formats that were read may have been those of the change that is taken back. */
  g_hash_table_remove_all (bal_connection_get_formats (self->connection));

  /* SQLite itself rolls back on some failures, a full disk among them. */
  if (bal_connection_in_transaction (self->connection))
    bal_connection_execute (self->connection, "ROLLBACK", NULL);
}

void
bal_transaction_note (BalTransaction *self,
                      BalEntity       entity,
                      BalChange       change,
                      gint64          id)
{
  bal_change_set_add (self->changes, entity, change, id);
}

void
bal_transaction_touch_thread (BalTransaction *self,
                              gint64          review_id)
{
  g_hash_table_add (self->stale_threads, g_memdup2 (&review_id, sizeof review_id));
}

gboolean
bal_transaction_queue_text (BalTransaction  *self,
                            BalEntity        entity,
                            gint64           id,
                            GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (self, "INSERT OR IGNORE INTO text_todo (entity, id) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, id);
  self->text_waits = TRUE;
  return bal_statement_run (statement, error);
}

gboolean
(bal_transaction_run_for_id) (BalTransaction  *self,
                              const char      *sql,
                              gint64           id,
                              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = (bal_connection_prepare_cached) (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  return bal_statement_run (statement, error);
}

BalReviewFormat *
bal_transaction_get_format (BalTransaction  *self,
                            gint64           blog_id,
                            GError         **error)
{
  GHashTable *formats = bal_connection_get_formats (self->connection);
  BalReviewFormat *format = g_hash_table_lookup (formats, &blog_id);
  g_autoptr(BalStatement) statement = NULL;

  if (format != NULL)
    return format;

  statement = bal_transaction_prepare (self, "SELECT format FROM blog WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      format = bal_review_format_from_string (bal_statement_read_text (statement), error);
      if (format != NULL)
        g_hash_table_insert (formats, g_memdup2 (&blog_id, sizeof blog_id), format);
      return format;

    case BAL_STEP_DONE:
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such blog."));
      return NULL;

    case BAL_STEP_ERROR:
    default:
      return NULL;
    }
}
