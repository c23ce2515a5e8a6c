/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "bal-spam-lessons.h"
#include "spam-desk.h"

/* ---- scores ---- */

static void
test_pending_are_scored (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GArray) spam = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, FALSE);

  spam_teach (fixture, 4);
  g_assert_cmpfloat (spam_get_score (fixture, spam, 0), ==, 0);

  spam_teach (fixture, 20);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (spam_get_score (fixture, spam, i), >, 0.95);
      g_assert_cmpfloat (spam_get_score (fixture, good, i), >, 0);
      g_assert_cmpfloat (spam_get_score (fixture, good, i), <, 0.05);
    }
}

static void
test_scores_follow_lessons (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GArray) pending = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) approved = NULL;
  double before;

  spam_teach (fixture, 6);
  before = spam_get_score (fixture, pending, 0);
  approved = spam_add (fixture, 12, BAL_COMMENT_STATUS_PENDING, TRUE);
  spam_move (fixture, approved, BAL_COMMENT_STATUS_APPROVED);
  spam_run_chores (fixture);
  g_assert_cmpfloat (spam_get_score (fixture, pending, 0), <, before - 0.05);
}

static void
test_edited_is_scored_anew (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GArray) pending = spam_add (fixture, 1, BAL_COMMENT_STATUS_PENDING, TRUE);

  spam_teach (fixture, 20);
  g_assert_cmpfloat (spam_get_score (fixture, pending, 0), >, 0.95);
  spam_edit (fixture, pending, "I liked the music and the ending of the film.");
  g_assert_cmpfloat (spam_get_score (fixture, pending, 0), ==, 0);
  spam_run_chores (fixture);
  g_assert_cmpfloat (spam_get_score (fixture, pending, 0), >, 0);
  g_assert_cmpfloat (spam_get_score (fixture, pending, 0), <, 0.7);
}

/* A long queue is looked through in many batches, each of them short. */
static void
test_long_queue_in_batches (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GArray) pending = NULL;
  guint n_batches;

  spam_teach (fixture, 20);
  pending = spam_add (fixture, 3000, BAL_COMMENT_STATUS_PENDING, TRUE);
  n_batches = spam_run_chores (fixture);
  g_assert_cmpuint (n_batches, >, 6);
  g_assert_cmpfloat (spam_get_score (fixture, pending, 0), >, 0.95);
  g_assert_cmpfloat (spam_get_score (fixture, pending, 2999), >, 0.95);
  g_assert_cmpuint (spam_run_chores (fixture), ==, 0);
}

typedef struct
{
  BalCommentQuery  query;
  GArray          *ids;
} Query;

static gboolean
query_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Query *query = data;

  must ((query->ids = bal_comment_table_query (transaction, &query->query, error)) != NULL);
  return TRUE;
}

static void
test_queue_is_sorted (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(GArray) spam = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, 4, BAL_COMMENT_STATUS_PENDING, FALSE);
  Query sorted = { { .status = BAL_COMMENT_STATUS_PENDING, .spam_first = TRUE } };
  Query likely = { { .status = BAL_COMMENT_STATUS_PENDING, .min_spam = BAL_SPAM_LIKELY } };
  double last = 1;

  spam_teach (fixture, 20);
  fixture_read (fixture, query_work, &sorted);
  g_assert_cmpuint (sorted.ids->len, ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      double score = spam_get_score (fixture, sorted.ids, i);

      g_assert_cmpfloat (score, <=, last);
      last = score;
    }
  fixture_read (fixture, query_work, &likely);
  g_assert_cmpuint (likely.ids->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (g_array_index (likely.ids, gint64, i), <=, g_array_index (spam, gint64, 2));

  g_array_unref (sorted.ids);
  g_array_unref (likely.ids);
}

/* ---- why ---- */

typedef struct
{
  gint64              id;
  BalSpamExplanation *explanation;
} Why;

static gboolean
why_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Why *why = data;

  must ((why->explanation = bal_spam_help_explain (transaction, why->id, error)) != NULL);
  return TRUE;
}

static void
test_explanation_adds_up (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(GArray) pending = spam_add (fixture, 1, BAL_COMMENT_STATUS_PENDING, TRUE);
  Why why = { g_array_index (pending, gint64, 0) };
  g_autoptr(BalSpamExplanation) explanation = NULL;
  gboolean hidden_link = FALSE;
  double sum = 0;

  spam_teach (fixture, 20);
  fixture_read (fixture, why_work, &why);
  explanation = why.explanation;
  g_assert_cmpfloat_with_epsilon (explanation->score, spam_get_score (fixture, pending, 0), 1e-9);
  for (guint i = 0; i < explanation->reasons->len; i++)
    {
      const BalSpamReason *reason = g_ptr_array_index (explanation->reasons, i);

      sum += reason->weight;
      hidden_link |= g_str_equal (reason->sign, "h:watches.example");
    }
  g_assert_cmpfloat_with_epsilon (1 / (1 + exp (-sum)), explanation->score, 1e-12);
  g_assert_true (hidden_link);
}

/* Else every comment would be just what it was said to be. */
static void
test_own_lesson_is_left_out (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(GArray) odd = spam_add (fixture, 1, BAL_COMMENT_STATUS_PENDING, FALSE);
  Why why = { g_array_index (odd, gint64, 0) };
  double before;

  spam_teach (fixture, 20);
  fixture_read (fixture, why_work, &why);
  before = why.explanation->score;
  bal_spam_explanation_free (why.explanation);

  spam_move (fixture, odd, BAL_COMMENT_STATUS_SPAM);
  fixture_read (fixture, why_work, &why);
  g_assert_cmpfloat_with_epsilon (why.explanation->score, before, 1e-9);
  bal_spam_explanation_free (why.explanation);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/spam/pending-are-scored", test_pending_are_scored);
  fixture_add ("/store/spam/scores-follow-lessons", test_scores_follow_lessons);
  fixture_add ("/store/spam/edited-is-scored-anew", test_edited_is_scored_anew);
  fixture_add ("/store/spam/long-queue-in-batches", test_long_queue_in_batches);
  fixture_add ("/store/spam/queue-is-sorted", test_queue_is_sorted);
  fixture_add ("/store/spam/explanation-adds-up", test_explanation_adds_up);
  fixture_add ("/store/spam/own-lesson-is-left-out", test_own_lesson_is_left_out);
  return g_test_run ();
}
