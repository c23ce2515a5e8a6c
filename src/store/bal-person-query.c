/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-rows.h"

#include <glib/gi18n.h>

#include "bal-person-chores.h"
#include "bal-text.h"

/* The rows of all who were merged into whoever ?1 stands for, that one among them. */
#define GROUP "(SELECT id FROM person WHERE leader = (SELECT leader FROM person WHERE id = ?1))"

gboolean
bal_person_table_is_complete (BalTransaction  *transaction,
                              gboolean        *complete,
                              GError         **error)
{
  gboolean has_work;

  if (!bal_person_chores_has_work (transaction->connection, &has_work, error))
    return FALSE;

  *complete = !has_work;
  return TRUE;
}

static GPtrArray *
read_persons (BalStatement  *statement,
              GError       **error)
{
  g_autoptr(GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_person_free);
  BalStep step;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (persons, bal_person_read_row (statement));
  return step == BAL_STEP_DONE ? g_steal_pointer (&persons) : NULL;
}

BalPerson *
bal_person_table_get (BalTransaction  *transaction,
                      gint64           id,
                      GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT " BAL_PERSON_COLUMNS " FROM person WHERE id = (SELECT leader FROM person WHERE id = ?)", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_DONE)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such commenter."));
  return step == BAL_STEP_ROW ? bal_person_read_row (statement) : NULL;
}

GPtrArray *
bal_person_table_list_aliases (BalTransaction  *transaction,
                               gint64           id,
                               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT " BAL_PERSON_COLUMNS " FROM person WHERE id IN " GROUP " ORDER BY id <> leader, seen DESC, id", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  return read_persons (statement, error);
}

gboolean
bal_person_table_count (BalTransaction    *transaction,
                        gint64             id,
                        BalPersonFigures  *figures,
                        GError           **error)
{
  guint *counts[] = {
    [BAL_COMMENT_STATUS_PENDING] = &figures->pending,
    [BAL_COMMENT_STATUS_APPROVED] = &figures->approved,
    [BAL_COMMENT_STATUS_SPAM] = &figures->spam,
    [BAL_COMMENT_STATUS_TRASH] = &figures->trash,
  };
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  *figures = (BalPersonFigures) { 0 };
  statement = bal_transaction_prepare (transaction,
    "SELECT status, count(*), min (created), max (created) FROM comment_author WHERE person_id IN " GROUP
    "  GROUP BY status",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      guint status = (guint) bal_statement_read_int (statement), n = (guint) bal_statement_read_int (statement);
      gint64 first = bal_statement_read_int (statement), last = bal_statement_read_int (statement);

      if (status < G_N_ELEMENTS (counts))
        *counts[status] = n;
      figures->first = figures->first == 0 ? first : MIN (figures->first, first);
      figures->last = MAX (figures->last, last);
    }
  return step == BAL_STEP_DONE;
}

GArray *
bal_person_table_list_comments (BalTransaction  *transaction,
                                gint64           id,
                                int              status,
                                GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT comment_id FROM comment_author WHERE person_id IN " GROUP " AND (?2 < 0 OR status = ?2)"
    "  ORDER BY created DESC, comment_id DESC",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  bal_statement_bind_int (statement, status);
  return bal_statement_list_ids (statement, error);
}

GPtrArray *
bal_person_table_query (BalTransaction        *transaction,
                        const BalPersonQuery  *query,
                        GError               **error)
{
  g_autofree char *valid = g_utf8_make_valid (query->search != NULL ? query->search : "", -1);
  g_autofree char *sought = bal_text_fold (valid, -1);
  g_autoptr(BalStatement) statement = NULL;

  /* Those who wrote last, first; a leader is found by each of its names. */
  statement = bal_transaction_prepare (transaction,
    "WITH found (leader, seen) AS (SELECT leader, max (seen) FROM person WHERE ?1 = '' OR instr (sought, ?1) > 0"
    "  GROUP BY leader)"
    "SELECT " BAL_PERSON_COLUMNS " FROM (SELECT p.*, f.seen AS last FROM found f JOIN person p ON p.id = f.leader"
    "  WHERE (?2 < 0 OR p.trust = ?2) AND (?3 = 0 OR p.note IS NOT NULL)) ORDER BY last DESC, id LIMIT ?4",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_text (statement, sought);
  bal_statement_bind_int (statement, query->trust);
  bal_statement_bind_int (statement, query->noted);
  bal_statement_bind_int (statement, query->limit > 0 ? (gint64) query->limit : -1);
  return read_persons (statement, error);
}

gboolean
bal_person_touch (BalTransaction  *transaction,
                  gint64           person_id,
                  GError         **error)
{
  g_autoptr(GArray) ids = bal_person_table_list_comments (transaction, person_id, -1, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, g_array_index (ids, gint64, i));
  bal_transaction_note (transaction, BAL_ENTITY_PERSON, BAL_CHANGE_ALTERED, person_id);
  return TRUE;
}
