/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-runs.h"

#include <glib/gi18n.h>

#include "bal-error.h"
#include "bal-tables.h"
#include "bal-time.h"
#include "bal-transaction.h"

/* Whether the blog may have heard of it: a row that was tried once, or is on its way. */
#define IS_TRIED(entity, id) \
  "EXISTS (SELECT 1 FROM outbox WHERE entity = " entity " AND entity_id = " id " AND (attempts > 0 OR state IN (1, 2)))"
/* A draft that came in with the import is older than it. The run is ?1. */
#define COMMENT_IS_TOUCHED(c) \
  "(" c ".remote_id IS NOT NULL OR " c ".edit_seq <> 1 OR " c ".dismissed <> 0 OR " IS_TRIED ("2", c ".id") \
  "  OR EXISTS (SELECT 1 FROM reply_draft WHERE comment_id = " c ".id" \
  "    AND updated >= (SELECT created FROM import_run WHERE id = ?1)))"

void
bal_import_undone_free (BalImportUndone *self)
{
  g_free (self->name);
  g_free (self);
}

gint64
bal_import_runs_begin (BalTransaction  *transaction,
                       gint64           blog_id,
                       const char      *name,
                       GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO import_run (blog_id, created, name) VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_int (statement, bal_time_now ());
  bal_statement_bind_text (statement, name);
  return bal_statement_run (statement, error) ? bal_connection_get_insert_id (transaction->connection) : 0;
}

BalImportUndone *
bal_import_runs_find (BalTransaction  *transaction,
                      gint64           blog_id,
                      GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalImportUndone *found;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, name, created FROM import_run WHERE ?1 = 0 OR blog_id = ?1 ORDER BY id DESC LIMIT 1", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_DONE)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no import that could be taken back."));
  if (step != BAL_STEP_ROW)
    return NULL;

  found = g_new0 (BalImportUndone, 1);
  found->run_id = bal_statement_read_int (statement);
  found->name = g_strdup (bal_statement_read_text (statement));
  found->created = bal_statement_read_int (statement);
  return found;
}

/* ---- reviews ---- */

typedef struct
{
  gint64   id;
  gboolean is_touched;
  guint    n_comments;
} Candidate;

/* A comment that did not come with it, such as the person's answer, is reason to stay as well. */
static GArray *
list_reviews (BalTransaction  *transaction,
              BalImportUndone *undone,
              guint            most,
              GError         **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT r.id, r.remote_id IS NOT NULL OR r.edit_seq <> 1 OR " IS_TRIED ("1", "r.id")
    "    OR EXISTS (SELECT 1 FROM comment c WHERE c.review_id = r.id AND (" COMMENT_IS_TOUCHED ("c")
    "      OR NOT EXISTS (SELECT 1 FROM import_item WHERE entity = 2 AND entity_id = c.id AND run_id = ?1))),"
    "    (SELECT count(*) FROM comment c WHERE c.review_id = r.id)"
    "  FROM import_item i JOIN review r ON r.id = i.entity_id"
    "  WHERE i.run_id = ?1 AND i.entity = 1 AND i.entity_id > ?2 ORDER BY i.entity_id LIMIT ?3",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, undone->run_id);
  bal_statement_bind_int (statement, undone->last_id);
  bal_statement_bind_int (statement, most);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      Candidate candidate = { .id = bal_statement_read_int (statement) };

      candidate.is_touched = bal_statement_read_int (statement) != 0;
      candidate.n_comments = (guint) bal_statement_read_int (statement);
      g_array_append_val (found, candidate);
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&found) : NULL;
}

static gboolean
remove_review (BalTransaction  *transaction,
               gint64           id,
               GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);

  return review != NULL &&
         bal_revision_table_add_review (transaction, BAL_REVISION_DELETED, review, error) &&
         bal_transaction_run_for_id (transaction,
           "DELETE FROM reply_draft WHERE comment_id IN (SELECT id FROM comment WHERE review_id = ?)", id, error) &&
         bal_transaction_run_for_id (transaction,
           "DELETE FROM import_item WHERE entity = 2 AND entity_id IN (SELECT id FROM comment WHERE review_id = ?)", id,
           error) &&
         bal_transaction_run_for_id (transaction, "DELETE FROM import_item WHERE entity = 1 AND entity_id = ?", id,
                                     error) &&
         bal_review_table_remove (transaction, id, error);
}

/* ---- comments on reviews that did not come in with them ---- */

/* Answers first: none is left without what it answers. */
static GArray *
list_comments (BalTransaction  *transaction,
               BalImportUndone *undone,
               guint            most,
               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT c.id FROM import_item i JOIN comment c ON c.id = i.entity_id"
    "  WHERE i.run_id = ?1 AND i.entity = 2 AND NOT " COMMENT_IS_TOUCHED ("c")
    "    AND NOT EXISTS (SELECT 1 FROM import_item WHERE entity = 1 AND entity_id = c.review_id AND run_id = ?1)"
    "    AND NOT EXISTS (SELECT 1 FROM comment a WHERE a.parent_id = c.id) ORDER BY c.id LIMIT ?2",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, undone->run_id);
  bal_statement_bind_int (statement, most);
  return bal_statement_list_ids (statement, error);
}

static gboolean
remove_comment (BalTransaction  *transaction,
                gint64           id,
                GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, id, error);

  return comment != NULL &&
         bal_revision_table_add_comment (transaction, BAL_REVISION_DELETED, comment, error) &&
         bal_transaction_run_for_id (transaction, "DELETE FROM reply_draft WHERE comment_id = ?", id, error) &&
         bal_transaction_run_for_id (transaction, "DELETE FROM import_item WHERE entity = 2 AND entity_id = ?", id,
                                     error) &&
         bal_comment_table_remove (transaction, id, error);
}

/* ---- all of it ---- */

static gboolean
count_kept (BalTransaction   *transaction,
            BalImportUndone  *undone,
            GError          **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT count(*) FROM import_item i JOIN comment c ON c.id = i.entity_id WHERE i.run_id = ?1 AND i.entity = 2"
    "  AND NOT EXISTS (SELECT 1 FROM import_item WHERE entity = 1 AND entity_id = c.review_id AND run_id = ?1)",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, undone->run_id);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    undone->n_comments_kept = (guint) bal_statement_read_int (statement);
  return step != BAL_STEP_ERROR;
}

/* What stays is the person's own from here on. */
static gboolean
forget (BalTransaction   *transaction,
        BalImportUndone  *undone,
        GError          **error)
{
  return count_kept (transaction, undone, error) &&
         bal_transaction_run_for_id (transaction, "UPDATE import_item SET run_id = NULL WHERE run_id = ?",
                                     undone->run_id, error) &&
         bal_transaction_run_for_id (transaction, "DELETE FROM import_run WHERE id = ?", undone->run_id, error);
}

gboolean
bal_import_runs_take_back (BalTransaction   *transaction,
                           BalImportUndone  *undone,
                           guint             most,
                           gboolean         *done,
                           GError          **error)
{
  g_autoptr(GArray) reviews = list_reviews (transaction, undone, most, error);
  g_autoptr(GArray) comments = NULL;

  *done = FALSE;
  if (reviews == NULL)
    return FALSE;
  for (guint i = 0; i < reviews->len; i++)
    {
      Candidate *candidate = &g_array_index (reviews, Candidate, i);

      undone->last_id = candidate->id;
      undone->n_reviews += !candidate->is_touched;
      undone->n_reviews_kept += candidate->is_touched;
      undone->n_comments += candidate->is_touched ? 0 : candidate->n_comments;
      if (!candidate->is_touched && !remove_review (transaction, candidate->id, error))
        return FALSE;
    }
  if (reviews->len > 0)
    return TRUE;

  comments = list_comments (transaction, undone, most, error);
  if (comments == NULL)
    return FALSE;
  for (guint i = 0; i < comments->len; i++)
    if (!remove_comment (transaction, g_array_index (comments, gint64, i), error))
      return FALSE;
  undone->n_comments += comments->len;
  *done = comments->len == 0;
  return !*done || forget (transaction, undone, error);
}
