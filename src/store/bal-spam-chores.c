/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-chores.h"

#include <math.h>
#include <string.h>

#include "bal-spam-lessons.h"

/* About 50 ms of work: a person's save waits no longer than that behind it. */
#define MAX_LEARNT     200
#define MAX_SCORED     200
#define MAX_LOOKED_AT  20000
#define MAX_BYTES      (256 * 1024)
/* Of an old store no more than its newest comments are learnt: what spam was like before says little. */
#define MAX_HISTORY    100000
/* Less than that is no news to anybody. */
#define SCORE_CHANGE   0.005

/* Scores are looked at again once there are more lessons by 2 %, and with a long queue not after each single one: then
 * they have hardly changed, and a person who decides on many comments keeps no processor busy. */
#define IS_STALE \
  "n_changes - scored_changes >= max (1, (n_spam + n_good) / 50," \
  "                                   (SELECT sum (value) FROM count WHERE kind = 10) / 5000)"
#define IS_READY "min (n_spam, n_good) >= 5"

G_STATIC_ASSERT (BAL_SPAM_LESSONS_TO_SCORE == 5);

gboolean
bal_spam_chores_has_work (BalConnection  *connection,
                          gboolean       *has_work,
                          GError        **error)
{
  gint64 value;

  if (!bal_connection_read_int (connection,
        "SELECT (SELECT max (id) FROM comment) > trained_id OR (" IS_READY " AND ("
        "  pass_id IS NOT NULL OR (n_changes > scored_changes AND " IS_STALE ") OR"
        "  EXISTS (SELECT 1 FROM comment WHERE status = 0 AND spam_score IS NULL AND mine = 0)))"
        "  FROM spam_help",
        &value, error))
    return FALSE;

  *has_work = value != 0;
  return TRUE;
}

static gsize
get_size (BalComment *comment)
{
  const char *html = bal_comment_get_html (comment);

  return html != NULL ? strlen (html) : 0;
}

/* ---- learning ---- */

/* Where the batch begins: behind what is learnt, and not before the newest ones. */
static gboolean
find_start (BalTransaction  *transaction,
            gint64          *start,
            gint64          *end,
            GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT max (trained_id, coalesce ((SELECT max (id) FROM comment), 0) - ?),"
    "  coalesce ((SELECT max (id) FROM comment), 0) FROM spam_help",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, MAX_HISTORY);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  *start = bal_statement_read_int (statement);
  *end = bal_statement_read_int (statement);
  return TRUE;
}

static gboolean
set_trained (BalTransaction  *transaction,
             gint64           id,
             GError         **error)
{
  return bal_transaction_run_for_id (transaction, "UPDATE spam_help SET trained_id = ?", id, error);
}

/* Those on which somebody has decided. What waits or was thrown away teaches nothing, and is passed over unread. */
static gboolean
learn_batch (BalTransaction  *transaction,
             gint64           start,
             gint64           end,
             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  gint64 last = MIN (start + MAX_LOOKED_AT, end);
  guint n_learnt = 0;
  gsize n_bytes = 0;
  BalStep step = BAL_STEP_DONE;

  statement = bal_transaction_prepare (transaction,
    "SELECT " BAL_SPAM_COLUMNS " FROM comment WHERE id > ? AND id <= ? AND status IN (1, 2) AND mine = 0"
    "  AND id NOT IN (SELECT comment_id FROM spam_lesson) ORDER BY id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, start);
  bal_statement_bind_int (statement, last);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      g_autoptr(BalComment) comment = bal_spam_read_comment (statement);

      if (!bal_spam_follow (transaction, comment, comment, error))
        return FALSE;
      n_bytes += get_size (comment);
      if (++n_learnt == MAX_LEARNT || n_bytes >= MAX_BYTES)
        {
          last = bal_comment_get_id (comment);
          break;
        }
    }
  return step != BAL_STEP_ERROR && set_trained (transaction, last, error);
}

/* ---- scores ---- */

static gboolean
score_rows (BalTransaction  *transaction,
            BalStatement    *statement,
            guint           *n_scored,
            BalComment     **last,
            GError         **error)
{
  BalSpamCount lessons;
  gsize n_bytes = 0;
  BalStep step = BAL_STEP_DONE;
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  /* Read first: what is written changes the index that is read. */
  while (n_bytes < MAX_BYTES && (step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalComment *comment = bal_spam_read_comment (statement);

      n_bytes += get_size (comment);
      g_ptr_array_add (comments, comment);
    }
  if (step == BAL_STEP_ERROR || !bal_spam_count_lessons (transaction, &lessons, error))
    return FALSE;

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      double before = bal_comment_get_spam_score (comment), score;
      g_autoptr(GPtrArray) signs = bal_spam_list_signs (comment);
      g_autofree BalSpamCount *counts = bal_spam_count_signs (transaction, signs, error);

      if (counts == NULL)
        return FALSE;
      score = bal_spam_score (counts, signs->len, &lessons);
      if ((before <= 0 || fabs (score - before) >= SCORE_CHANGE || (score >= BAL_SPAM_LIKELY) != (before >= BAL_SPAM_LIKELY)) &&
          !bal_spam_set_score (transaction, bal_comment_get_id (comment), score, error))
        return FALSE;
    }

  *n_scored = comments->len;
  if (last != NULL && comments->len > 0)
    *last = g_object_ref (g_ptr_array_index (comments, comments->len - 1));
  return TRUE;
}

/* Those that have none yet: a person may be looking at them. */
static gboolean
score_new (BalTransaction  *transaction,
           guint           *n_scored,
           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT " BAL_SPAM_COLUMNS " FROM comment WHERE status = 0 AND spam_score IS NULL AND mine = 0"
    "  ORDER BY created DESC, id DESC LIMIT ?",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, MAX_SCORED);
  return score_rows (transaction, statement, n_scored, NULL, error);
}

static gboolean
set_pass (BalTransaction  *transaction,
          BalComment      *last,
          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE spam_help SET pass_created = ?, pass_id = ?", error);
  if (statement == NULL)
    return FALSE;

  if (last != NULL)
    {
      bal_statement_bind_int (statement, bal_comment_get_created (last));
      bal_statement_bind_int (statement, bal_comment_get_id (last));
    }
  return bal_statement_run (statement, error);
}

/* From the newest pending comment to the oldest. */
static gboolean
score_again (BalTransaction  *transaction,
             GError         **error)
{
  g_autoptr(BalStatement) begin = NULL;
  g_autoptr(BalStatement) statement = NULL;
  g_autoptr(BalComment) last = NULL;
  guint n_scored = 0;

  begin = bal_transaction_prepare (transaction,
    "UPDATE spam_help SET pass_created = 9223372036854775807, pass_id = 9223372036854775807,"
    "  scored_changes = n_changes WHERE pass_id IS NULL",
    error);
  statement = begin == NULL ? NULL : bal_transaction_prepare (transaction,
    "SELECT " BAL_SPAM_COLUMNS " FROM comment WHERE status = 0 AND status <> 1 AND mine = 0"
    "  AND (created, id) < (SELECT pass_created, pass_id FROM spam_help)"
    "  ORDER BY created DESC, id DESC LIMIT ?",
    error);
  if (statement == NULL || !bal_statement_run (begin, error))
    return FALSE;

  bal_statement_bind_int (statement, MAX_SCORED);
  return score_rows (transaction, statement, &n_scored, &last, error) &&
         set_pass (transaction, last, error);
}

gboolean
bal_spam_chores_run (BalTransaction  *transaction,
                     GError         **error)
{
  g_autoptr(BalStatement) ready = NULL;
  gint64 start, end;
  guint n_scored = 0;

  if (!find_start (transaction, &start, &end, error))
    return FALSE;
  if (start < end)
    return learn_batch (transaction, start, end, error);

  ready = bal_transaction_prepare (transaction, "SELECT " IS_READY " FROM spam_help", error);
  if (ready == NULL || bal_statement_step (ready, error) != BAL_STEP_ROW)
    return FALSE;
  if (bal_statement_read_int (ready) == 0)
    return TRUE;

  return score_new (transaction, &n_scored, error) &&
         (n_scored > 0 || score_again (transaction, error));
}
