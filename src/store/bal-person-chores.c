/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-chores.h"

#include "bal-person-rows.h"

/* About 50 ms of work: a person's save waits no longer than that behind it. */
#define BATCH 1000

gboolean
bal_person_chores_has_work (BalConnection  *connection,
                            gboolean       *has_work,
                            GError        **error)
{
  gint64 value;

  if (!bal_connection_read_int (connection,
        "SELECT coalesce ((SELECT max (id) FROM comment), 0) > known_id OR EXISTS (SELECT 1 FROM person_todo)"
        "  FROM person_help",
        &value, error))
    return FALSE;

  *has_work = value != 0;
  return TRUE;
}

/* (transfer full) (element-type BalComment): without what does not tell who wrote them */
static GPtrArray *
read_comments (BalTransaction  *transaction,
               GError         **error)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, mine, status, created, author, author_email, author_url FROM comment WHERE id IN"
    "  (SELECT * FROM (SELECT id FROM comment WHERE id > (SELECT known_id FROM person_help) ORDER BY id LIMIT ?1)"
    "   UNION ALL SELECT * FROM (SELECT comment_id FROM person_todo LIMIT ?1)) ORDER BY id",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, BATCH);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalComment *comment = bal_comment_new (bal_statement_read_int (statement));

      bal_comment_set_mine (comment, bal_statement_read_int (statement) != 0);
      bal_comment_set_status (comment, bal_statement_read_int (statement));
      bal_comment_set_created (comment, bal_statement_read_int (statement));
      bal_comment_set_author (comment, bal_statement_read_text (statement));
      bal_comment_set_author_email (comment, bal_statement_read_text (statement));
      bal_comment_set_author_url (comment, bal_statement_read_text (statement));
      g_ptr_array_add (comments, comment);
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&comments) : NULL;
}

/* What is done: those of person_todo (also where the comment is gone), and new ones up to the last that was read. */
static gboolean
set_done (BalTransaction  *transaction,
          GPtrArray       *comments,
          GError         **error)
{
  BalComment *last = comments->len > 0 ? g_ptr_array_index (comments, comments->len - 1) : NULL;
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "DELETE FROM person_todo WHERE comment_id IN (SELECT comment_id FROM person_todo LIMIT ?)", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, BATCH);
  return bal_statement_run (statement, error) &&
         (last == NULL ||
          bal_transaction_run_for_id (transaction, "UPDATE person_help SET known_id = max (known_id, ?)",
                                      bal_comment_get_id (last), error));
}

gboolean
bal_person_chores_run (BalTransaction  *transaction,
                       GError         **error)
{
  g_autoptr(GPtrArray) comments = read_comments (transaction, error);

  for (guint i = 0; comments != NULL && i < comments->len; i++)
    {
      gint64 person_id;

      if (!bal_person_note_author (transaction, g_ptr_array_index (comments, i), &person_id, error))
        return FALSE;
    }
  return comments != NULL && set_done (transaction, comments, error);
}

static gboolean
complete_work (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  gboolean *has_work = data;

  return bal_person_chores_has_work (transaction->connection, has_work, error) &&
         (!*has_work || bal_person_chores_run (transaction, error));
}

gboolean
bal_person_table_complete (BalStore  *store,
                           GError   **error)
{
  gboolean has_work = TRUE;

  g_return_val_if_fail (BAL_IS_STORE (store), FALSE);

  while (has_work)
    if (!bal_store_write (store, complete_work, &has_work, NULL, error))
      return FALSE;

  return TRUE;
}
