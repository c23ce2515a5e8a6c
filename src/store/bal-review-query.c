/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tables.h"

#include "bal-query-text.h"
#include "bal-text-tokenizer.h"
#include "bal-transaction.h"

static const char *
get_order (BalReviewOrder order)
{
  switch (order)
    {
    case BAL_REVIEW_ORDER_TITLE:
      return "sort_title, id";

    case BAL_REVIEW_ORDER_GRADE:
      return "grade_value DESC, sort_time DESC, id DESC";

    case BAL_REVIEW_ORDER_NEWEST:
    default:
      return "sort_time DESC, id DESC";
    }
}

GArray *
bal_review_table_query (BalTransaction        *transaction,
                        const BalReviewQuery  *query,
                        GError               **error)
{
  g_auto(BalQueryText) text = { 0 };

  bal_query_text_init (&text, "SELECT id FROM review");
  if (query->blog_id != 0)
    bal_query_text_add_int (&text, "blog_id =", query->blog_id);
  if (query->status >= 0)
    bal_query_text_add_int (&text, "status =", query->status);
  else
    bal_query_text_add_int (&text, "status <>", BAL_REVIEW_STATUS_TRASH);
  if (query->series != NULL)
    bal_query_text_add_text (&text, "series = ?", query->series);
  if (query->label != NULL)
    bal_query_text_add_text (&text, "id IN (SELECT review_id FROM label WHERE kind = 0 AND name = ?)",
                             query->label);
  if (query->conflicts)
    bal_query_text_add (&text, "id IN (SELECT entity_id FROM conflict WHERE entity = 1)");
  if (query->outbox)
    bal_query_text_add (&text, "id IN (SELECT entity_id FROM outbox WHERE entity = 1)");

  if (query->search != NULL && *query->search != '\0')
    {
      g_autofree char *match = bal_text_tokenizer_make_query (query->search);

      if (match == NULL)
        return g_array_new (FALSE, FALSE, sizeof (gint64));
      bal_query_text_add_text (&text, "id IN (SELECT rowid FROM review_fts WHERE review_fts MATCH ?)", match);
    }

  return bal_query_text_run (&text, transaction->connection, get_order (query->order), query->limit, error);
}

GArray *
bal_review_table_list_ids (BalTransaction  *transaction,
                           gint64           blog_id,
                           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM review WHERE blog_id = ? ORDER BY sort_time, id", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  return bal_statement_list_ids (statement, error);
}

static void
named_count_free (gpointer data)
{
  BalNamedCount *named = data;

  g_free (named->name);
  g_free (named);
}

static GPtrArray *
list_named_counts (BalStatement  *statement,
                   gint64         blog_id,
                   GError       **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (named_count_free);
  BalStep step;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalNamedCount *named = g_new0 (BalNamedCount, 1);

      named->name = g_strdup (bal_statement_read_text (statement));
      named->count = bal_statement_read_int (statement);
      g_ptr_array_add (list, named);
    }

  return step == BAL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
bal_review_table_list_series (BalTransaction  *transaction,
                              gint64           blog_id,
                              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT series, count(*) AS n FROM review"
    "  WHERE series IS NOT NULL AND status <> 4 AND (?1 = 0 OR blog_id = ?1)"
    "  GROUP BY series ORDER BY n DESC, series",
    error);
  return statement != NULL ? list_named_counts (statement, blog_id, error) : NULL;
}

GPtrArray *
bal_review_table_list_labels (BalTransaction  *transaction,
                              gint64           blog_id,
                              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT l.name, count(*) AS n FROM label l JOIN review r ON r.id = l.review_id"
    "  WHERE l.kind = 0 AND r.status <> 4 AND (?1 = 0 OR r.blog_id = ?1)"
    "  GROUP BY l.name ORDER BY n DESC, l.name",
    error);
  return statement != NULL ? list_named_counts (statement, blog_id, error) : NULL;
}

gboolean
bal_counts_read (BalTransaction  *transaction,
                 gint64           blog_id,
                 BalCounts       *counts,
                 GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  *counts = (BalCounts) { 0 };
  if (!bal_transaction_settle (transaction, error))
    return FALSE;

  statement = bal_transaction_prepare (transaction,
    "SELECT kind, sum(value) FROM count WHERE ?1 = 0 OR blog_id = ?1 GROUP BY kind", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      int kind = bal_statement_read_int (statement);
      gint64 number = bal_statement_read_int (statement);
      guint value = MAX (0, number);

      if (kind < 5)
        counts->reviews[kind] = value;
      else if (kind >= 10 && kind < 14)
        counts->comments[kind - 10] = value;
      else if (kind == 20)
        counts->unanswered = value;
      else if (kind == 21)
        counts->mine = value;
      else if (kind == 30)
        counts->conflicts = value;
      else if (kind == 31)
        counts->outbox = value;
    }

  return step == BAL_STEP_DONE;
}
