/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-marks.h"

typedef struct
{
  gint64   id;
  gint64   parent_id;
  gboolean mine;
  gboolean open;          /* pending or approved */
  gboolean unanswered;    /* as stored */
  gboolean answered;      /* as computed */
} Node;

static gboolean
read_thread (BalTransaction  *transaction,
             gint64           review_id,
             GArray          *nodes,
             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
                                       "SELECT id, parent_id, mine, status, unanswered"
                                       "  FROM comment WHERE review_id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, review_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      Node node = { 0 };
      BalCommentStatus status;

      node.id = bal_statement_read_int (statement);
      node.parent_id = bal_statement_read_int (statement);
      node.mine = bal_statement_read_int (statement) != 0;
      status = bal_statement_read_int (statement);
      node.open = status == BAL_COMMENT_STATUS_PENDING || status == BAL_COMMENT_STATUS_APPROVED;
      node.unanswered = bal_statement_read_int (statement) != 0;
      g_array_append_val (nodes, node);
    }

  return step == BAL_STEP_DONE;
}

static gboolean
set_mark (BalTransaction  *transaction,
          gint64           id,
          gboolean         unanswered,
          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE comment SET unanswered = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, unanswered);
  bal_statement_bind_int (statement, id);
  bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, id);
  return bal_statement_run (statement, error);
}

gboolean
bal_thread_marks_update (BalTransaction  *transaction,
                         gint64           review_id,
                         GError         **error)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!read_thread (transaction, review_id, nodes, error))
    return FALSE;

  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = &g_array_index (nodes, Node, i);

      g_hash_table_insert (by_id, &node->id, node);
    }

  /* Each walk stops at what an earlier one has marked, so that circles and depth cost nothing. */
  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = &g_array_index (nodes, Node, i);

      if (!node->mine || !node->open)
        continue;

      node = g_hash_table_lookup (by_id, &node->parent_id);
      for (; node != NULL && !node->answered; node = g_hash_table_lookup (by_id, &node->parent_id))
        node->answered = TRUE;
    }

  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = &g_array_index (nodes, Node, i);
      gboolean unanswered = node->open && !node->mine && !node->answered;

      if (unanswered != node->unanswered &&
          !set_mark (transaction, node->id, unanswered, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_parent (BalTransaction  *transaction,
             gint64           id,
             gint64          *parent_id,
             gboolean        *unanswered,
             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction, "SELECT parent_id, unanswered FROM comment WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  step = bal_statement_step (statement, error);
  *parent_id = step == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
  *unanswered = step == BAL_STEP_ROW && bal_statement_read_int (statement) != 0;

  return step != BAL_STEP_ERROR;
}

gboolean
bal_thread_marks_answer (BalTransaction  *transaction,
                         gint64           parent_id,
                         GError         **error)
{
  /* A circle in the data must not hold us; no thread is as deep as this. */
  for (guint i = 0; parent_id != 0 && i < 10000; i++)
    {
      gint64 id = parent_id;
      gboolean unanswered;

      if (!read_parent (transaction, id, &parent_id, &unanswered, error))
        return FALSE;
      if (unanswered && !set_mark (transaction, id, FALSE, error))
        return FALSE;
    }

  return TRUE;
}
