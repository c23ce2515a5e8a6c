/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-whole-private.h"

#include "bal-transaction.h"

/* Put together once: statements are kept by the address of their text. */
static const char *
get_query (BalWholePart part)
{
  static const char *queries[BAL_WHOLE_N_PARTS];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (BalWholePart i = 0; i < BAL_WHOLE_N_PARTS; i++)
        {
          const BalWholeTable *table = bal_whole_get_table (i);
          GString *sql = g_string_new ("SELECT ");

          for (const BalWholeColumn *column = table->columns; column->name != NULL; column++)
            g_string_append_printf (sql, "%s%s", column == table->columns ? "" : ", ",
                                    column->read != NULL ? column->read : column->name);
          g_string_append_printf (sql, " FROM %s WHERE %s %s", table->table,
                                  table->owner == BAL_WHOLE_OF_ENTITY ? "entity = ?2 AND entity_id = ?1"
                                  : table->owner == BAL_WHOLE_OF_BLOG ? "blog_id = ?1" : table->owner_column,
                                  table->owner == BAL_WHOLE_OF_ID ? "= ?1 " : "");
          g_string_append (sql, table->rest != NULL ? table->rest : "");
          queries[i] = g_string_free (sql, FALSE);
        }
      g_once_init_leave (&ready, 1);
    }

  return queries[part];
}

static GVariant *
read_row (BalStatement         *statement,
          const BalWholeColumn *columns)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (; columns->name != NULL; columns++)
    {
      g_autoptr(GVariant) value = bal_statement_read_value (statement);

      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", columns->name, value);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GPtrArray *
bal_whole_list (BalTransaction  *transaction,
                BalWholePart     part,
                BalEntity        entity,
                gint64           id,
                GError         **error)
{
  const BalWholeTable *table = bal_whole_get_table (part);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autoptr(BalStatement) statement = bal_connection_prepare_cached (transaction->connection, get_query (part), error);
  BalStep step;

  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  if (table->owner == BAL_WHOLE_OF_ENTITY)
    bal_statement_bind_int (statement, entity);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (rows, read_row (statement, table->columns));
  return step == BAL_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

#define IS_GONE(entity, id) \
  "((" entity " = 1 AND NOT EXISTS (SELECT 1 FROM review WHERE review.id = " id ")) OR" \
  " (" entity " = 2 AND NOT EXISTS (SELECT 1 FROM comment WHERE comment.id = " id ")))"

GArray *
bal_whole_list_gone (BalTransaction  *transaction,
                     gint64           blog_id,
                     GError         **error)
{
  g_autoptr(GArray) things = g_array_new (FALSE, FALSE, sizeof (BalWholeThing));
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT 1, review_id FROM review_base b WHERE blog_id = ?1 AND " IS_GONE ("1", "b.review_id")
    " UNION SELECT 2, comment_id FROM comment_base b WHERE blog_id = ?1 AND " IS_GONE ("2", "b.comment_id")
    " UNION SELECT 2, comment_id FROM reply_draft d WHERE blog_id = ?1 AND " IS_GONE ("2", "d.comment_id")
    " UNION SELECT entity, entity_id FROM outbox o WHERE blog_id = ?1 AND " IS_GONE ("o.entity", "o.entity_id")
    " UNION SELECT entity, entity_id FROM conflict c WHERE blog_id = ?1 AND " IS_GONE ("c.entity", "c.entity_id")
    " UNION SELECT entity, entity_id FROM revision v WHERE " IS_GONE ("v.entity", "v.entity_id")
    "   AND (v.entity = 2 OR NOT EXISTS (SELECT 1 FROM review_base b WHERE b.review_id = v.entity_id AND b.blog_id <> ?1))"
    "   AND (v.entity = 1 OR NOT EXISTS (SELECT 1 FROM comment_base b WHERE b.comment_id = v.entity_id AND b.blog_id <> ?1))"
    " ORDER BY 1, 2",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalEntity entity = (BalEntity) bal_statement_read_int (statement);
      BalWholeThing thing = { entity, bal_statement_read_int (statement) };

      g_array_append_val (things, thing);
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&things) : NULL;
}

GArray *
bal_whole_list_pictures (BalTransaction  *transaction,
                         gint64           blog_id,
                         GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT id FROM media WHERE blog_id = ? ORDER BY id", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  return bal_statement_list_ids (statement, error);
}

GVariant *
bal_whole_get_numbers (BalTransaction  *transaction,
                       GError         **error)
{
  GVariantDict numbers;
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT coalesce ((SELECT seq FROM sqlite_sequence WHERE name = ?), 0)", error);
  if (statement == NULL)
    return NULL;

  g_variant_dict_init (&numbers, NULL);
  for (BalWholeKind kind = 0; kind < BAL_WHOLE_N_KINDS; kind++)
    {
      bal_statement_bind_text (statement, bal_whole_kind_to_name (kind));
      if (bal_statement_step (statement, error) != BAL_STEP_ROW)
        {
          g_variant_dict_clear (&numbers);
          return NULL;
        }
      g_variant_dict_insert (&numbers, bal_whole_kind_to_name (kind), "x", bal_statement_read_int (statement));
      bal_statement_rewind (statement);
    }
  return g_variant_ref_sink (g_variant_dict_end (&numbers));
}
