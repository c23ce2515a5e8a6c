/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-rows.h"

#include <glib/gi18n.h>

#include "bal-time.h"

static gboolean
note_removed (BalTransaction  *transaction,
              BalEntity        entity,
              const char      *sql,
              gint64           review_id,
              GError         **error)
{
  g_autoptr(BalStatement) statement = (bal_connection_prepare_cached) (transaction->connection, sql, error);
  BalStep step;

  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, review_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    bal_transaction_note (transaction, entity, BAL_CHANGE_REMOVED, bal_statement_read_int (statement));
  return step == BAL_STEP_DONE;
}

/* The review's own text is its remover's to keep, who knows why it goes; the comments go with it unseen. */
static gboolean
keep_comment_texts (BalTransaction  *transaction,
                    gint64           review_id,
                    GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO revision (entity, entity_id, created, kind, html)"
    "  SELECT 2, id, ?, ?, html FROM comment WHERE review_id = ?",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_time_now ());
  bal_statement_bind_int (statement, BAL_REVISION_DELETED);
  bal_statement_bind_int (statement, review_id);
  return bal_statement_run (statement, error);
}

#define OF_REVIEW "(entity = 1 AND entity_id = ?1)" \
  " OR (entity = 2 AND entity_id IN (SELECT id FROM comment WHERE review_id = ?1))"

gboolean
bal_review_table_remove (BalTransaction  *transaction,
                         gint64           id,
                         GError         **error)
{
  if (!keep_comment_texts (transaction, id, error) ||
      !note_removed (transaction, BAL_ENTITY_COMMENT, "SELECT id FROM comment WHERE review_id = ?", id, error) ||
      !note_removed (transaction, BAL_ENTITY_OUTBOX, "SELECT id FROM outbox WHERE " OF_REVIEW, id, error) ||
      !note_removed (transaction, BAL_ENTITY_CONFLICT, "SELECT id FROM conflict WHERE " OF_REVIEW, id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM outbox WHERE " OF_REVIEW, id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM conflict WHERE " OF_REVIEW, id, error) ||
      !bal_transaction_run_for_id (transaction,
        "DELETE FROM text_todo WHERE (entity = 1 AND id = ?1)"
        "  OR (entity = 2 AND id IN (SELECT id FROM comment WHERE review_id = ?1))", id, error) ||
      !bal_transaction_run_for_id (transaction,
        "DELETE FROM comment_fts WHERE rowid IN (SELECT id FROM comment WHERE review_id = ?)", id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM comment_base WHERE review_id = ?", id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM comment WHERE review_id = ?", id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM review_fts WHERE rowid = ?", id, error) ||
      !bal_review_base_remove (transaction, id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM review WHERE id = ?", id, error))
    return FALSE;

  if (bal_connection_get_n_changed (transaction->connection) == 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such review."));
      return FALSE;
    }

  bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_REMOVED, id);
  return TRUE;
}
