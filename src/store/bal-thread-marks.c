/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-marks.h"

#include "bal-thread-voice.h"

/* Fills @voices, and @marks with what is stored of each. */
static gboolean
read_thread (BalTransaction  *transaction,
             gint64           review_id,
             GArray          *voices,
             GByteArray      *marks,
             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, parent_id, created, mine, status < 2, dismissed, unanswered FROM comment WHERE review_id = ?",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, review_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalThreadVoice voice = { 0 };
      guint8 mark;

      voice.id = bal_statement_read_int (statement);
      voice.parent_id = bal_statement_read_int (statement);
      voice.created = bal_statement_read_int (statement);
      voice.mine = bal_statement_read_int (statement) != 0;
      voice.open = bal_statement_read_int (statement) != 0;
      voice.dismissed = bal_statement_read_int (statement) != 0;
      mark = bal_statement_read_int (statement) != 0;
      g_array_append_val (voices, voice);
      g_byte_array_append (marks, &mark, 1);
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
  g_autoptr(GArray) voices = g_array_new (FALSE, FALSE, sizeof (BalThreadVoice));
  g_autoptr(GByteArray) marks = g_byte_array_new ();

  if (!read_thread (transaction, review_id, voices, marks, error))
    return FALSE;

  bal_thread_voices_judge ((BalThreadVoice *) (gpointer) voices->data, voices->len);
  for (guint i = 0; i < voices->len; i++)
    {
      const BalThreadVoice *voice = &g_array_index (voices, BalThreadVoice, i);

      if (voice->unanswered != (marks->data[i] != 0) &&
          !set_mark (transaction, voice->id, voice->unanswered, error))
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

/* What stands above the blogger's comment is answered. */
static gboolean
answer_above (BalTransaction  *transaction,
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

/* So is what stood beside it before. */
static gboolean
answer_beside (BalTransaction  *transaction,
               BalComment      *comment,
               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "UPDATE comment SET unanswered = 0 WHERE parent_id = ? AND unanswered = 1 AND created < ? RETURNING id", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_parent_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_created (comment));
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, bal_statement_read_int (statement));

  return step == BAL_STEP_DONE;
}

/* A reader's comment that comes here later than the answer beside it. */
static gboolean
look_beside (BalTransaction  *transaction,
             BalComment      *comment,
             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT 1 FROM comment WHERE parent_id = ? AND mine = 1 AND status < 2 AND created > ? LIMIT 1", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_parent_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_created (comment));
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    return set_mark (transaction, bal_comment_get_id (comment), FALSE, error);

  return step != BAL_STEP_ERROR;
}

gboolean
bal_thread_marks_add (BalTransaction  *transaction,
                      BalComment      *comment,
                      GError         **error)
{
  gint64 parent_id = bal_comment_get_parent_id (comment);

  if (parent_id == 0)
    return TRUE;
  if (!bal_comment_get_mine (comment))
    return look_beside (transaction, comment, error);

  return answer_above (transaction, parent_id, error) && answer_beside (transaction, comment, error);
}
