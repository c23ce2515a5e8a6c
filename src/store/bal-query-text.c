/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-query-text.h"

void
bal_query_text_init (BalQueryText *self,
                     const char   *select)
{
  self->sql = g_string_new (select);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  g_string_append (self->sql, " WHERE TRUE");
}

void
bal_query_text_clear (BalQueryText *self)
{
  if (self->sql != NULL)
    g_string_free (self->sql, TRUE);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
}

void
bal_query_text_add (BalQueryText *self,
                    const char   *condition)
{
  g_string_append_printf (self->sql, " AND %s", condition);
}

/* A number can't carry SQL with it, and as a literal it lets SQLite choose partial indexes. */
void
bal_query_text_add_int (BalQueryText *self,
                        const char   *condition,
                        gint64        value)
{
  g_string_append_printf (self->sql, " AND %s %" G_GINT64_FORMAT, condition, value);
}

void
bal_query_text_add_text (BalQueryText *self,
                         const char   *condition,
                         const char   *value)
{
  bal_query_text_add (self, condition);
  g_ptr_array_add (self->texts, g_strdup (value));
}

static BalStatement *
prepare (BalQueryText   *self,
         BalConnection  *connection,
         GError        **error)
{
  BalStatement *statement = bal_connection_prepare_once (connection, self->sql->str, error);

  for (guint i = 0; statement != NULL && i < self->texts->len; i++)
    bal_statement_bind_text (statement, g_ptr_array_index (self->texts, i));

  return statement;
}

GArray *
bal_query_text_run (BalQueryText   *self,
                    BalConnection  *connection,
                    const char     *order,
                    guint           limit,
                    GError        **error)
{
  g_autoptr(BalStatement) statement = NULL;

  g_string_append_printf (self->sql, " ORDER BY %s", order);
  if (limit > 0)
    g_string_append_printf (self->sql, " LIMIT %u", limit);

  statement = prepare (self, connection, error);
  if (statement == NULL)
    return NULL;

  return bal_statement_list_ids (statement, error);
}

typedef struct
{
  gint64 id;
  gint64 number;
} Row;

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *one = a, *other = b;

  if (one->number != other->number)
    return one->number < other->number ? 1 : -1;

  return (one->id < other->id) - (one->id > other->id);
}

GArray *
bal_query_text_run_sorted (BalQueryText   *self,
                           BalConnection  *connection,
                           guint           limit,
                           GError        **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr(BalStatement) statement = prepare (self, connection, error);
  GArray *ids;
  BalStep step;

  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      Row row;

      row.id = bal_statement_read_int (statement);
      row.number = bal_statement_read_int (statement);
      g_array_append_val (rows, row);
    }
  if (step == BAL_STEP_ERROR)
    return NULL;

  g_array_sort (rows, compare_rows);
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < rows->len && (limit == 0 || i < limit); i++)
    g_array_append_val (ids, g_array_index (rows, Row, i).id);
  return ids;
}

gboolean
bal_query_text_count (BalQueryText   *self,
                      BalConnection  *connection,
                      guint           most,
                      guint          *count,
                      GError        **error)
{
  g_autoptr(BalStatement) statement = NULL;

  g_string_prepend (self->sql, "SELECT count(*) FROM (");
  g_string_append_printf (self->sql, " LIMIT %u)", most);
  statement = prepare (self, connection, error);
  if (statement == NULL || bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  *count = (guint) bal_statement_read_int (statement);
  return TRUE;
}
