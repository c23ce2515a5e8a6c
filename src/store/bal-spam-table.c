/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-table.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-desk.h"
#include "bal-spam-lessons.h"

gboolean
bal_spam_help_get (BalTransaction  *transaction,
                   BalSpamHelp     *help,
                   GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT threshold FROM spam_help", error);
  if (statement == NULL || bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  help->threshold = bal_statement_read_double (statement);
  return bal_spam_count_lessons (transaction, &help->lessons, error);
}

gboolean
bal_spam_help_set_threshold (BalTransaction  *transaction,
                             double           threshold,
                             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (threshold != 0 && !(threshold >= BAL_SPAM_LIKELY && threshold < 1))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The threshold must be at least %.2f and below 1. Nothing was changed."), BAL_SPAM_LIKELY);
      return FALSE;
    }

  statement = bal_transaction_prepare (transaction, "UPDATE spam_help SET threshold = ?", error);
  if (statement == NULL)
    return FALSE;

  if (threshold != 0)
    bal_statement_bind_double (statement, threshold);
  else
    bal_statement_bind_null (statement);
  return bal_statement_run (statement, error);
}

GArray *
bal_spam_help_list_moved (BalTransaction  *transaction,
                          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT c.id FROM spam_lesson l JOIN comment c ON c.id = l.comment_id WHERE l.kind = ? AND c.status = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, BAL_SPAM_LESSON_HELPED);
  bal_statement_bind_int (statement, BAL_COMMENT_STATUS_SPAM);
  return bal_statement_list_ids (statement, error);
}

/* @without: a lesson of its own to leave out. */
static BalSpamExplanation *
explain (BalTransaction  *transaction,
         BalComment      *comment,
         BalSpamLesson    without,
         GError         **error)
{
  g_autoptr(BalSpamExplanation) self = g_new0 (BalSpamExplanation, 1);
  g_autoptr(GPtrArray) signs = bal_spam_list_signs (comment);
  g_autofree BalSpamCount *counts = NULL;
  int spam = without == BAL_SPAM_LESSON_SPAM, good = without == BAL_SPAM_LESSON_GOOD;

  self->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_spam_reason_free);
  self->mine = bal_comment_get_mine (comment);
  self->helped = without == BAL_SPAM_LESSON_HELPED;
  if (!bal_spam_count_lessons (transaction, &self->lessons, error) ||
      (counts = bal_spam_count_signs (transaction, signs, error)) == NULL)
    return NULL;
  if (self->mine)
    return g_steal_pointer (&self);

  self->lessons.n_spam -= spam;
  self->lessons.n_good -= good;
  for (guint i = 0; i < signs->len; i++)
    {
      counts[i].n_spam = MAX (0, counts[i].n_spam - spam);
      counts[i].n_good = MAX (0, counts[i].n_good - good);
    }
  self->score = MAX (0, bal_spam_score (counts, signs->len, &self->lessons));
  g_ptr_array_unref (self->reasons);
  self->reasons = bal_spam_list_reasons (signs, counts, &self->lessons);
  return g_steal_pointer (&self);
}

gboolean
bal_spam_help_receive (BalTransaction  *transaction,
                       gint64           comment_id,
                       gboolean        *moved,
                       GError         **error)
{
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalSpamExplanation) explanation = NULL;
  BalSpamHelp help;

  *moved = FALSE;
  if (!bal_spam_help_get (transaction, &help, error))
    return FALSE;
  if (help.threshold <= 0 ||
      help.lessons.n_spam < BAL_SPAM_LESSONS_TO_ACT || help.lessons.n_good < BAL_SPAM_LESSONS_TO_ACT)
    return TRUE;

  comment = bal_comment_table_get_row (transaction, comment_id, error);
  if (comment == NULL)
    return FALSE;
  if (bal_comment_get_status (comment) != BAL_COMMENT_STATUS_PENDING || bal_comment_get_mine (comment))
    return TRUE;

  blog = bal_blog_table_get (transaction, bal_comment_get_blog_id (comment), error);
  if (blog == NULL)
    return FALSE;
  if ((bal_blog_get_capabilities (blog) & BAL_CAPABILITY_MODERATE) == 0)
    return TRUE;

  explanation = explain (transaction, comment, BAL_SPAM_LESSON_NONE, error);
  if (explanation == NULL || !bal_spam_set_score (transaction, comment_id, explanation->score, error))
    return FALSE;
  if (explanation->score < help.threshold)
    return TRUE;

  *moved = bal_spam_put_lesson (transaction, comment_id, BAL_SPAM_LESSON_HELPED, error) &&
           bal_desk_set_comment_status (transaction, &comment_id, 1, BAL_COMMENT_STATUS_SPAM, error);
  return *moved;
}

BalSpamExplanation *
bal_spam_help_explain (BalTransaction  *transaction,
                       gint64           comment_id,
                       GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, comment_id, error);
  BalSpamLesson lesson;

  if (comment == NULL || !bal_spam_get_lesson (transaction, comment_id, &lesson, error))
    return NULL;
  return explain (transaction, comment, lesson, error);
}

void
bal_spam_explanation_free (BalSpamExplanation *self)
{
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

char *
bal_spam_explanation_describe (BalSpamExplanation *self)
{
  g_autofree char *percent = NULL;

  if (self->mine)
    return g_strdup (_("You wrote this comment yourself."));
  if (self->score <= 0)
    return g_strdup_printf (ngettext ("The spam help is still learning: it needs %d approved comment and as much spam "
                                      "before it says anything.",
                                      "The spam help is still learning: it needs %d approved comments and as much spam "
                                      "before it says anything.", BAL_SPAM_LESSONS_TO_SCORE),
                            BAL_SPAM_LESSONS_TO_SCORE);

  /* Neither 0 nor 100: it is never certain. */
  percent = g_strdup_printf ("%.0f", CLAMP (100 * self->score, 1, 99));
  if (self->helped)
    /* TRANSLATORS: %s is a number from 1 to 99 */
    return g_strdup_printf (_("The spam help moved this to spam: it takes it for spam at %s %%."), percent);
  /* TRANSLATORS: %s is a number from 1 to 99 */
  return g_strdup_printf (_("The spam help takes this for spam at %s %%."), percent);
}
