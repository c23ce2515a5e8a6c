/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tables.h"

#include "bal-transaction.h"

char *
bal_cursor_table_get (BalTransaction  *transaction,
                      gint64           blog_id,
                      const char      *name,
                      GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT value FROM sync_cursor WHERE blog_id = ? AND name = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, name);
  return bal_statement_step (statement, error) == BAL_STEP_ROW
         ? g_strdup (bal_statement_read_text (statement)) : NULL;
}

gboolean
bal_cursor_table_put (BalTransaction  *transaction,
                      gint64           blog_id,
                      const char      *name,
                      const char      *value,
                      GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = value != NULL
    ? bal_transaction_prepare (transaction,
        "REPLACE INTO sync_cursor (blog_id, name, value) VALUES (?1, ?2, ?3)", error)
    : bal_transaction_prepare (transaction,
        "DELETE FROM sync_cursor WHERE blog_id = ?1 AND name = ?2", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, name);
  if (value != NULL)
    bal_statement_bind_text (statement, value);
  return bal_statement_run (statement, error);
}

GHashTable *
bal_cursor_table_list (BalTransaction  *transaction,
                       gint64           blog_id,
                       const char      *prefix,
                       GError         **error)
{
  g_autoptr(GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT substr (name, length (?2) + 1), value FROM sync_cursor"
    "  WHERE blog_id = ?1 AND name >= ?2 AND substr (name, 1, length (?2)) = ?2", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, prefix);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      char *name = g_strdup (bal_statement_read_text (statement));
      char *value = g_strdup (bal_statement_read_text (statement));

      g_hash_table_insert (places, name, value);
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&places) : NULL;
}
