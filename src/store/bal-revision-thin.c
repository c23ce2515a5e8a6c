/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-revision-rows.h"

#define HOUR  (60 * 60)
#define DAY   (24 * HOUR)
#define MONTH (30 * DAY)

/* Kinds: 0 an edit, 5 before an older version was put back. The others are not counted, for they stay. The newest of
 * its hour or day stands for it; what was sent and altered by the blog (2) has no such heir: all that came after it
 * has what the blog made of it. */
#define THINNABLE "kind IN (0, 5)"

GArray *
bal_revision_table_find_thin (BalTransaction  *transaction,
                              gint64           now,
                              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM ("
    "  SELECT id, row_number () OVER (PARTITION BY entity, entity_id,"
    "    CASE WHEN created >= ?1 THEN created / 3600 ELSE -1 - created / 86400 END ORDER BY id DESC) AS place"
    "  FROM revision AS r"
    "  WHERE " THINNABLE " AND created < ?2 AND id > ("
    "    SELECT min (id) FROM revision AS f WHERE f.entity = r.entity AND f.entity_id = r.entity_id))"
    "  WHERE place > 1 ORDER BY id",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, now - MONTH);
  bal_statement_bind_int (statement, now - DAY);
  return bal_statement_list_ids (statement, error);
}

gboolean
bal_revision_table_remove (BalTransaction  *transaction,
                           const gint64    *ids,
                           guint            n_ids,
                           GError         **error)
{
  for (guint i = 0; i < n_ids; i++)
    if (!bal_transaction_run_for_id (transaction, "DELETE FROM revision WHERE id = ?", ids[i], error))
      return FALSE;
  return TRUE;
}
