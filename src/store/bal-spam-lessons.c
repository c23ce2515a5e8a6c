/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-lessons.h"

#include "bal-safe-links.h"
#include "bal-safe-text.h"
#include "bal-spam-signs.h"

/* Comments share most of their words: one row a sign is written at the end, not one a word. */
struct _BalSpamLessons
{
  GHashTable   *signs;       /* gint64 -> BalSpamCount: the difference */
  BalSpamCount  comments;
  gint64        n_changes;
};

void
bal_spam_lessons_free (BalSpamLessons *self)
{
  g_hash_table_unref (self->signs);
  g_free (self);
}

static BalSpamLessons *
get_lessons (BalTransaction *transaction)
{
  if (transaction->spam_lessons == NULL)
    {
      transaction->spam_lessons = g_new0 (BalSpamLessons, 1);
      transaction->spam_lessons->signs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
    }
  return transaction->spam_lessons;
}

GPtrArray *
bal_spam_list_signs (BalComment *comment)
{
  const char *html = bal_comment_get_html (comment);
  g_autofree char *text = bal_safe_text_from_html (html);
  g_autoptr(GPtrArray) links = bal_safe_links_list (html);
  BalSpamSource source = {
    .text = text,
    .author = bal_comment_get_author (comment),
    .author_email = bal_comment_get_author_email (comment),
    .author_url = bal_comment_get_author_url (comment),
    .links = links,
  };

  return bal_spam_signs_list (&source);
}

/* ---- rows ---- */

BalComment *
bal_spam_read_comment (BalStatement *statement)
{
  BalComment *comment = bal_comment_new (bal_statement_read_int (statement));

  bal_comment_set_mine (comment, bal_statement_read_int (statement) != 0);
  bal_comment_set_status (comment, bal_statement_read_int (statement));
  bal_comment_set_author (comment, bal_statement_read_text (statement));
  bal_comment_set_author_email (comment, bal_statement_read_text (statement));
  bal_comment_set_author_url (comment, bal_statement_read_text (statement));
  bal_comment_set_html (comment, bal_statement_read_text (statement));
  bal_comment_set_spam_score (comment, bal_statement_read_double (statement));
  bal_comment_set_created (comment, bal_statement_read_int (statement));
  return comment;
}

gboolean
bal_spam_get_lesson (BalTransaction  *transaction,
                     gint64           comment_id,
                     BalSpamLesson   *lesson,
                     GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction, "SELECT kind FROM spam_lesson WHERE comment_id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, comment_id);
  step = bal_statement_step (statement, error);
  *lesson = step == BAL_STEP_ROW ? (BalSpamLesson) bal_statement_read_int (statement) : BAL_SPAM_LESSON_NONE;
  return step != BAL_STEP_ERROR;
}

gboolean
bal_spam_put_lesson (BalTransaction  *transaction,
                     gint64           comment_id,
                     BalSpamLesson    lesson,
                     GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (lesson == BAL_SPAM_LESSON_NONE)
    return bal_transaction_run_for_id (transaction, "DELETE FROM spam_lesson WHERE comment_id = ?", comment_id, error);

  statement = bal_transaction_prepare (transaction, "REPLACE INTO spam_lesson (comment_id, kind) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, comment_id);
  bal_statement_bind_int (statement, lesson);
  return bal_statement_run (statement, error);
}

gboolean
bal_spam_set_score (BalTransaction  *transaction,
                    gint64           comment_id,
                    double           score,
                    GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE comment SET spam_score = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  if (score > 0)
    bal_statement_bind_double (statement, score);
  else
    bal_statement_bind_null (statement);
  bal_statement_bind_int (statement, comment_id);
  bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, comment_id);
  return bal_statement_run (statement, error);
}

gboolean
bal_spam_count_lessons (BalTransaction  *transaction,
                        BalSpamCount    *lessons,
                        GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT n_spam, n_good FROM spam_help", error);
  if (statement == NULL || bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  lessons->n_spam = bal_statement_read_int (statement);
  lessons->n_good = bal_statement_read_int (statement);
  if (transaction->spam_lessons != NULL)
    {
      lessons->n_spam += transaction->spam_lessons->comments.n_spam;
      lessons->n_good += transaction->spam_lessons->comments.n_good;
    }
  return TRUE;
}

BalSpamCount *
bal_spam_count_signs (BalTransaction  *transaction,
                      GPtrArray       *signs,
                      GError         **error)
{
  g_autofree BalSpamCount *counts = g_new0 (BalSpamCount, signs->len + 1);
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT n_spam, n_good FROM spam_sign WHERE hash = ?", error);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < signs->len; i++)
    {
      gint64 hash = bal_spam_sign_hash (g_ptr_array_index (signs, i));
      const BalSpamCount *unwritten = NULL;
      BalStep step;

      bal_statement_bind_int (statement, hash);
      step = bal_statement_step (statement, error);
      if (step == BAL_STEP_ERROR)
        return NULL;
      if (step == BAL_STEP_ROW)
        {
          counts[i].n_spam = bal_statement_read_int (statement);
          counts[i].n_good = bal_statement_read_int (statement);
        }
      bal_statement_rewind (statement);

      if (transaction->spam_lessons != NULL)
        unwritten = g_hash_table_lookup (transaction->spam_lessons->signs, &hash);
      if (unwritten != NULL)
        {
          counts[i].n_spam = MAX (0, counts[i].n_spam + unwritten->n_spam);
          counts[i].n_good = MAX (0, counts[i].n_good + unwritten->n_good);
        }
    }
  return g_steal_pointer (&counts);
}

/* ---- learning ---- */

/* @by: 1 to learn, -1 to unlearn. */
static void
learn (BalTransaction *transaction,
       BalComment     *comment,
       BalSpamLesson   lesson,
       int             by)
{
  BalSpamLessons *self;
  g_autoptr(GPtrArray) signs = NULL;
  int spam = lesson == BAL_SPAM_LESSON_SPAM ? by : 0;
  int good = lesson == BAL_SPAM_LESSON_GOOD ? by : 0;

  if (spam == 0 && good == 0)
    return;

  self = get_lessons (transaction);
  self->comments.n_spam += spam;
  self->comments.n_good += good;
  self->n_changes++;
  signs = bal_spam_list_signs (comment);
  for (guint i = 0; i < signs->len; i++)
    {
      gint64 hash = bal_spam_sign_hash (g_ptr_array_index (signs, i));
      BalSpamCount *count = g_hash_table_lookup (self->signs, &hash);

      if (count == NULL)
        {
          count = g_new0 (BalSpamCount, 1);
          g_hash_table_insert (self->signs, g_memdup2 (&hash, sizeof hash), count);
        }
      count->n_spam += spam;
      count->n_good += good;
    }
}

/* What a comment teaches that is where it is now. The trash says nothing about spam: what was known stays. */
static BalSpamLesson
choose_lesson (gboolean          mine,
               BalCommentStatus  status,
               BalSpamLesson     known)
{
  if (mine)
    return BAL_SPAM_LESSON_NONE;

  switch (status)
    {
    case BAL_COMMENT_STATUS_APPROVED:
      return BAL_SPAM_LESSON_GOOD;

    case BAL_COMMENT_STATUS_SPAM:
      return known == BAL_SPAM_LESSON_HELPED ? known : BAL_SPAM_LESSON_SPAM;

    case BAL_COMMENT_STATUS_TRASH:
      return known;

    case BAL_COMMENT_STATUS_PENDING:
    default:
      return BAL_SPAM_LESSON_NONE;
    }
}

static gboolean
reads_alike (BalComment *a,
             BalComment *b)
{
  return g_strcmp0 (bal_comment_get_html (a), bal_comment_get_html (b)) == 0 &&
         g_strcmp0 (bal_comment_get_author (a), bal_comment_get_author (b)) == 0 &&
         g_strcmp0 (bal_comment_get_author_email (a), bal_comment_get_author_email (b)) == 0 &&
         g_strcmp0 (bal_comment_get_author_url (a), bal_comment_get_author_url (b)) == 0;
}

gboolean
bal_spam_follow (BalTransaction  *transaction,
                 BalComment      *before,
                 BalComment      *after,
                 GError         **error)
{
  gint64 id = bal_comment_get_id (after);
  gboolean alike = reads_alike (before, after);
  BalSpamLesson known, lesson;

  if (!bal_spam_get_lesson (transaction, id, &known, error))
    return FALSE;

  /* Asked anew when the writer is idle. */
  if (bal_comment_get_spam_score (before) > 0 && (!alike || bal_comment_get_mine (after)) &&
      !bal_spam_set_score (transaction, id, 0, error))
    return FALSE;

  lesson = choose_lesson (bal_comment_get_mine (after), bal_comment_get_status (after), known);
  if (lesson == known && alike)
    return TRUE;

  learn (transaction, before, known, -1);
  learn (transaction, after, lesson, 1);
  return lesson == known || bal_spam_put_lesson (transaction, id, lesson, error);
}

gboolean
bal_spam_follow_status (BalTransaction    *transaction,
                        gint64             comment_id,
                        gboolean           mine,
                        BalCommentStatus   status,
                        GError           **error)
{
  g_autoptr(BalStatement) statement = NULL;
  g_autoptr(BalComment) comment = NULL;
  BalSpamLesson known, lesson;

  if (!bal_spam_get_lesson (transaction, comment_id, &known, error))
    return FALSE;
  lesson = choose_lesson (mine, status, known);
  if (lesson == known)
    return TRUE;

  statement = bal_transaction_prepare (transaction, "SELECT " BAL_SPAM_COLUMNS " FROM comment WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  bal_statement_bind_int (statement, comment_id);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  comment = bal_spam_read_comment (statement);
  learn (transaction, comment, known, -1);
  learn (transaction, comment, lesson, 1);
  return bal_spam_put_lesson (transaction, comment_id, lesson, error);
}

/* ---- writing ---- */

static int
compare_hashes (gconstpointer a,
                gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* In the order of the table, in which many rows at once are written faster. */
static GArray *
list_hashes (BalSpamLessons *lessons)
{
  GArray *hashes = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer hash;

  g_hash_table_iter_init (&iter, lessons->signs);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    g_array_append_vals (hashes, hash, 1);
  g_array_sort (hashes, compare_hashes);
  return hashes;
}

static gboolean
write_signs (BalTransaction  *transaction,
             BalSpamLessons  *lessons,
             GError         **error)
{
  g_autoptr(GArray) hashes = list_hashes (lessons);
  g_autoptr(BalStatement) write = NULL;
  g_autoptr(BalStatement) forget = NULL;

  write = bal_transaction_prepare (transaction,
    "INSERT INTO spam_sign (hash, n_spam, n_good) VALUES (?1, max (0, ?2), max (0, ?3)) ON CONFLICT (hash) DO UPDATE"
    "  SET n_spam = max (0, n_spam + ?2), n_good = max (0, n_good + ?3)",
    error);
  forget = write == NULL ? NULL : bal_transaction_prepare (transaction,
    "DELETE FROM spam_sign WHERE hash = ? AND n_spam = 0 AND n_good = 0", error);
  if (forget == NULL)
    return FALSE;

  for (guint i = 0; i < hashes->len; i++)
    {
      const gint64 *hash = &g_array_index (hashes, gint64, i);
      const BalSpamCount *count = g_hash_table_lookup (lessons->signs, hash);

      if (count->n_spam == 0 && count->n_good == 0)
        continue;
      bal_statement_bind_int (write, *hash);
      bal_statement_bind_int (write, count->n_spam);
      bal_statement_bind_int (write, count->n_good);
      if (!bal_statement_run (write, error))
        return FALSE;
      if (count->n_spam >= 0 && count->n_good >= 0)
        continue;
      bal_statement_bind_int (forget, *hash);
      if (!bal_statement_run (forget, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bal_spam_flush (BalTransaction  *transaction,
                GError         **error)
{
  g_autoptr(BalSpamLessons) lessons = g_steal_pointer (&transaction->spam_lessons);
  g_autoptr(BalStatement) statement = NULL;

  if (lessons == NULL)
    return TRUE;

  statement = bal_transaction_prepare (transaction,
    "UPDATE spam_help SET n_spam = max (0, n_spam + ?), n_good = max (0, n_good + ?), n_changes = n_changes + ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, lessons->comments.n_spam);
  bal_statement_bind_int (statement, lessons->comments.n_good);
  bal_statement_bind_int (statement, lessons->n_changes);
  return bal_statement_run (statement, error) &&
         write_signs (transaction, lessons, error);
}
