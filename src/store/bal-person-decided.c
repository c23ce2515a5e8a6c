/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-rows.h"

/* What a person decided about commenters, as it goes out of a store and into another one. */

GPtrArray *
bal_person_table_list_decided (BalTransaction  *transaction,
                               GError         **error)
{
  g_autoptr(GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_person_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT " BAL_PERSON_COLUMNS " FROM person p"
    "  WHERE trust <> 0 OR note IS NOT NULL OR leader <> id"
    "    OR EXISTS (SELECT 1 FROM person o WHERE o.leader = p.id AND o.id <> p.id)"
    "  ORDER BY leader <> id, key",
    error);
  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (persons, bal_person_read_row (statement));
  return step == BAL_STEP_DONE ? g_steal_pointer (&persons) : NULL;
}
