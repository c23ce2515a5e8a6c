/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-entity-rows.h"

/* Statements are kept by their literals: one a table. */
#define NOTE_EDIT(table) \
  "UPDATE " table " SET edit_seq = edit_seq + 1, previous_status = coalesce (?, previous_status)" \
  "  WHERE id = ? RETURNING edit_seq"
#define GET_PREVIOUS(table) "SELECT coalesce (previous_status, -1) FROM " table " WHERE id = ?"

gboolean
bal_entity_note_edit (BalTransaction  *transaction,
                      BalEntity        entity,
                      gint64           id,
                      int              previous,
                      gint64          *edit_seq,
                      GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = entity == BAL_ENTITY_REVIEW
              ? bal_transaction_prepare (transaction, NOTE_EDIT ("review"), error)
              : bal_transaction_prepare (transaction, NOTE_EDIT ("comment"), error);
  if (statement == NULL)
    return FALSE;

  if (previous >= 0)
    bal_statement_bind_int (statement, previous);
  else
    bal_statement_bind_null (statement);
  bal_statement_bind_int (statement, id);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  *edit_seq = bal_statement_read_int (statement);
  bal_transaction_note (transaction, entity, BAL_CHANGE_ALTERED, id);
  return bal_statement_run (statement, error);
}

gboolean
bal_entity_get_previous (BalTransaction  *transaction,
                         BalEntity        entity,
                         gint64           id,
                         int             *previous,
                         GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = entity == BAL_ENTITY_REVIEW
              ? bal_transaction_prepare (transaction, GET_PREVIOUS ("review"), error)
              : bal_transaction_prepare (transaction, GET_PREVIOUS ("comment"), error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  step = bal_statement_step (statement, error);
  *previous = step == BAL_STEP_ROW ? (int) bal_statement_read_int (statement) : -1;
  return step != BAL_STEP_ERROR;
}
