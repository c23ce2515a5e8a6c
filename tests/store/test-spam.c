/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "bal-comment-list.h"
#include "bal-spam-chores.h"
#include "bal-spam-lessons.h"
#include "store-fixture.h"

/* ---- what was learnt, written out ---- */

static gboolean
dump_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  GString *text = data;
  g_autoptr(BalStatement) signs = NULL;
  g_autoptr(BalStatement) help = NULL;

  help = bal_transaction_prepare (transaction, "SELECT n_spam, n_good FROM spam_help", error);
  must (help != NULL && bal_statement_step (help, error) == BAL_STEP_ROW);
  g_string_assign (text, "");
  g_string_append_printf (text, "%" G_GINT64_FORMAT "/", bal_statement_read_int (help));
  g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", bal_statement_read_int (help));

  signs = bal_transaction_prepare (transaction, "SELECT hash, n_spam, n_good FROM spam_sign ORDER BY hash", error);
  must (signs != NULL);
  while (bal_statement_step (signs, error) == BAL_STEP_ROW)
    for (guint i = 0; i < 3; i++)
      g_string_append_printf (text, "%" G_GINT64_FORMAT "%c", bal_statement_read_int (signs), i < 2 ? ' ' : '\n');
  return TRUE;
}

static char *
dump (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  fixture_write (fixture, dump_work, text);
  return g_string_free (text, FALSE);
}

/* ---- comments ---- */

static const char *const spam_texts[] = {
  "<p>Cheap watches, free shipping <a href=\"http://watches.example/a\">here</a></p>",
  "<p>Free casino bonus, click http://casino.example now</p>",
  "<p>Cheap pills, free shipping, click http://pills.example now</p>",
};
static const char *const good_texts[] = {
  "<p>The ending of this film surprised me a lot.</p>",
  "<p>I liked the first scene, and the music in it.</p>",
  "<p>The book is better than the film, I think.</p>",
};

typedef struct
{
  Fixture          *fixture;
  guint             n;
  BalCommentStatus  status;
  gboolean          spam;          /* which texts */
  gboolean          mine;
  GArray           *ids;           /* gint64 */
} Adding;

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Adding *adding = data;
  gint64 blog_id = adding->fixture->blog_id;
  gint64 review_id = bal_review_table_find_remote (transaction, blog_id, "r", error);

  if (review_id == 0)
    review_id = put_pulled_review (transaction, blog_id, "r", "Film", "<p>x</p>");

  for (guint i = 0; i < adding->n; i++)
    {
      const char *text = (adding->spam ? spam_texts : good_texts)[i % 3];
      g_autoptr(BalComment) comment = make_comment (blog_id, review_id, 0, adding->spam ? "Best Deals" : "Ann", text);
      g_autofree char *remote_id = g_uuid_string_random ();
      gint64 id;

      bal_comment_set_status (comment, adding->status);
      bal_comment_set_mine (comment, adding->mine);
      bal_comment_set_remote_id (comment, remote_id);
      bal_comment_set_created (comment, 3000 + i);
      must ((id = bal_comment_table_insert (transaction, comment, error)) != 0);
      must (bal_comment_base_put (transaction, id, comment, error));
      if (adding->ids != NULL)
        g_array_append_val (adding->ids, id);
    }
  return TRUE;
}

/* (transfer full): their ids */
static GArray *
add (Fixture          *fixture,
     guint             n,
     BalCommentStatus  status,
     gboolean          spam)
{
  Adding adding = { fixture, n, status, spam, FALSE, g_array_new (FALSE, FALSE, sizeof (gint64)) };

  fixture_write (fixture, add_work, &adding);
  return adding.ids;
}

static gboolean
has_work_work (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  return bal_spam_chores_has_work (transaction->connection, data, error);
}

static gboolean
run_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  return bal_spam_chores_run (transaction, error);
}

/* What the writer does when it is idle, without waiting for that. */
static guint
run_chores (Fixture *fixture)
{
  gboolean has_work = TRUE;

  for (guint n = 0; n < 10000; n++)
    {
      fixture_write (fixture, has_work_work, &has_work);
      if (!has_work)
        return n;
      fixture_write (fixture, run_work, NULL);
    }
  g_error ("The spam help never comes to an end");
}

typedef struct
{
  GArray           *ids;
  BalCommentStatus  status;
} Act;

static gboolean
act_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Act *act = data;

  return bal_desk_set_comment_status (transaction, (const gint64 *) (gpointer) act->ids->data, act->ids->len,
                                      act->status, error);
}

static void
move (Fixture          *fixture,
      GArray           *ids,
      BalCommentStatus  status)
{
  Act act = { ids, status };

  fixture_write (fixture, act_work, &act);
}

static gboolean
restore_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  GArray *ids = data;

  return bal_desk_restore_comments (transaction, (const gint64 *) (gpointer) ids->data, ids->len, error);
}

typedef struct
{
  gint64      id;
  BalComment *comment;
} Look;

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;

  must ((look->comment = bal_comment_table_get (transaction, look->id, error)) != NULL);
  return TRUE;
}

static BalComment *
get (Fixture *fixture,
     GArray  *ids,
     guint    i)
{
  Look look = { g_array_index (ids, gint64, i) };

  fixture_read (fixture, look_work, &look);
  return look.comment;
}

static double
get_score (Fixture *fixture,
           GArray  *ids,
           guint    i)
{
  g_autoptr(BalComment) comment = get (fixture, ids, i);

  return bal_comment_get_spam_score (comment);
}

static void
teach (Fixture *fixture,
       guint    n)
{
  g_autoptr(GArray) spam = add (fixture, n, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = add (fixture, n, BAL_COMMENT_STATUS_APPROVED, FALSE);

  run_chores (fixture);
}

/* ---- learning ---- */

static void
test_acts_teach (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GArray) spam = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = add (fixture, 2, BAL_COMMENT_STATUS_PENDING, FALSE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  run_chores (fixture);
  before = dump (fixture);
  g_assert_cmpstr (before, ==, "0/0\n");

  move (fixture, spam, BAL_COMMENT_STATUS_SPAM);
  move (fixture, good, BAL_COMMENT_STATUS_APPROVED);
  after = dump (fixture);
  g_assert_true (g_str_has_prefix (after, "3/2\n"));
  g_assert_cmpuint (strlen (after), >, 500);

  /* Once for each comment, whatever touches its row. */
  move (fixture, spam, BAL_COMMENT_STATUS_SPAM);
  run_chores (fixture);
  again = dump (fixture);
  g_assert_cmpstr (again, ==, after);
}

static void
test_restoring_unlearns (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GArray) others = add (fixture, 5, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autoptr(GArray) spam = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  run_chores (fixture);
  before = dump (fixture);
  move (fixture, spam, BAL_COMMENT_STATUS_SPAM);
  move (fixture, spam, BAL_COMMENT_STATUS_TRASH);
  after = dump (fixture);
  g_assert_true (g_str_has_prefix (after, "3/5\n"));

  fixture_write (fixture, restore_work, spam);
  g_clear_pointer (&after, g_free);
  after = dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
test_change_of_mind (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GArray) some = add (fixture, 2, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  move (fixture, some, BAL_COMMENT_STATUS_APPROVED);
  first = dump (fixture);
  move (fixture, some, BAL_COMMENT_STATUS_SPAM);
  move (fixture, some, BAL_COMMENT_STATUS_APPROVED);
  second = dump (fixture);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_str_has_prefix (first, "0/2\n"));
}

typedef struct
{
  gint64      id;
  const char *text;
} Edit;

static gboolean
edit_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Edit *edit = data;

  return bal_desk_edit_comment (transaction, edit->id, edit->text, error);
}

/* What was learnt is of the text that was there; it must go with it. */
static void
test_edits_are_followed (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GArray) some = add (fixture, 1, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autofree char *learnt = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *end = NULL;
  Edit edit = { g_array_index (some, gint64, 0), "Something else entirely" };

  run_chores (fixture);
  learnt = dump (fixture);
  fixture_write (fixture, edit_work, &edit);
  edited = dump (fixture);
  g_assert_cmpstr (learnt, !=, edited);
  g_assert_true (g_str_has_prefix (edited, "0/1\n"));

  move (fixture, some, BAL_COMMENT_STATUS_PENDING);
  end = dump (fixture);
  g_assert_cmpstr (end, ==, "0/0\n");
}

static gboolean
delete_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  GArray *ids = data;

  return bal_desk_delete_comments (transaction, (const gint64 *) (gpointer) ids->data, ids->len, error);
}

/* Blogs empty their spam; what it was like is known still. */
static void
test_deleting_forgets_nothing (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GArray) spam = add (fixture, 4, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  run_chores (fixture);
  before = dump (fixture);
  g_assert_true (g_str_has_prefix (before, "4/0\n"));
  fixture_write (fixture, delete_work, spam);
  run_chores (fixture);
  after = dump (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_own_comments (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Adding adding = { fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE, TRUE, ids };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  teach (fixture, 20);
  before = dump (fixture);
  fixture_write (fixture, add_work, &adding);
  adding.status = BAL_COMMENT_STATUS_APPROVED;
  fixture_write (fixture, add_work, &adding);
  run_chores (fixture);
  after = dump (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpfloat (get_score (fixture, ids, 0), ==, 0);
}

/* The order in which comments were decided on, and by what way, makes no difference. */
static void
test_ways_are_equal (Fixture       *fixture,
                     gconstpointer  data)
{
  Fixture other = { 0 };
  g_autoptr(GArray) spam = add (fixture, 30, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = add (fixture, 20, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autoptr(GArray) later_good = NULL;
  g_autoptr(GArray) later_spam = NULL;
  g_autofree char *trained = NULL;
  g_autofree char *taught = NULL;

  run_chores (fixture);
  trained = dump (fixture);

  fixture_set_up (&other, NULL);
  later_good = add (&other, 20, BAL_COMMENT_STATUS_PENDING, FALSE);
  later_spam = add (&other, 30, BAL_COMMENT_STATUS_PENDING, TRUE);
  move (&other, later_spam, BAL_COMMENT_STATUS_SPAM);
  move (&other, later_good, BAL_COMMENT_STATUS_APPROVED);
  run_chores (&other);
  taught = dump (&other);
  fixture_tear_down (&other, NULL);

  g_assert_cmpstr (trained, ==, taught);
  g_assert_true (g_str_has_prefix (trained, "30/20\n"));
}

/* ---- scores ---- */

static void
test_pending_are_scored (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GArray) spam = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, FALSE);

  teach (fixture, 4);
  g_assert_cmpfloat (get_score (fixture, spam, 0), ==, 0);

  teach (fixture, 20);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (get_score (fixture, spam, i), >, 0.95);
      g_assert_cmpfloat (get_score (fixture, good, i), >, 0);
      g_assert_cmpfloat (get_score (fixture, good, i), <, 0.05);
    }
}

static void
test_scores_follow_lessons (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GArray) pending = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) approved = NULL;
  double before;

  teach (fixture, 6);
  before = get_score (fixture, pending, 0);
  approved = add (fixture, 12, BAL_COMMENT_STATUS_PENDING, TRUE);
  move (fixture, approved, BAL_COMMENT_STATUS_APPROVED);
  run_chores (fixture);
  g_assert_cmpfloat (get_score (fixture, pending, 0), <, before - 0.05);
}

static void
test_edited_is_scored_anew (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GArray) pending = add (fixture, 1, BAL_COMMENT_STATUS_PENDING, TRUE);
  Edit edit = { g_array_index (pending, gint64, 0), "I liked the music and the ending of the film." };

  teach (fixture, 20);
  g_assert_cmpfloat (get_score (fixture, pending, 0), >, 0.95);
  fixture_write (fixture, edit_work, &edit);
  g_assert_cmpfloat (get_score (fixture, pending, 0), ==, 0);
  run_chores (fixture);
  g_assert_cmpfloat (get_score (fixture, pending, 0), >, 0);
  g_assert_cmpfloat (get_score (fixture, pending, 0), <, 0.7);
}

/* A long queue is looked through in many batches, each of them short. */
static void
test_long_queue_in_batches (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GArray) pending = NULL;
  guint n_batches;

  teach (fixture, 20);
  pending = add (fixture, 3000, BAL_COMMENT_STATUS_PENDING, TRUE);
  n_batches = run_chores (fixture);
  g_assert_cmpuint (n_batches, >, 6);
  g_assert_cmpfloat (get_score (fixture, pending, 0), >, 0.95);
  g_assert_cmpfloat (get_score (fixture, pending, 2999), >, 0.95);
  g_assert_cmpuint (run_chores (fixture), ==, 0);
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
  g_autoptr(GArray) spam = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = add (fixture, 4, BAL_COMMENT_STATUS_PENDING, FALSE);
  Query sorted = { { .status = BAL_COMMENT_STATUS_PENDING, .spam_first = TRUE } };
  Query likely = { { .status = BAL_COMMENT_STATUS_PENDING, .min_spam = BAL_SPAM_LIKELY } };
  double last = 1;

  teach (fixture, 20);
  fixture_read (fixture, query_work, &sorted);
  g_assert_cmpuint (sorted.ids->len, ==, 7);
  for (guint i = 0; i < 7; i++)
    {
      double score = get_score (fixture, sorted.ids, i);

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
  g_autoptr(GArray) pending = add (fixture, 1, BAL_COMMENT_STATUS_PENDING, TRUE);
  Why why = { g_array_index (pending, gint64, 0) };
  g_autoptr(BalSpamExplanation) explanation = NULL;
  gboolean hidden_link = FALSE;
  double sum = 0;

  teach (fixture, 20);
  fixture_read (fixture, why_work, &why);
  explanation = why.explanation;
  g_assert_cmpfloat_with_epsilon (explanation->score, get_score (fixture, pending, 0), 1e-9);
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
  g_autoptr(GArray) odd = add (fixture, 1, BAL_COMMENT_STATUS_PENDING, FALSE);
  Why why = { g_array_index (odd, gint64, 0) };
  double before;

  teach (fixture, 20);
  fixture_read (fixture, why_work, &why);
  before = why.explanation->score;
  bal_spam_explanation_free (why.explanation);

  move (fixture, odd, BAL_COMMENT_STATUS_SPAM);
  fixture_read (fixture, why_work, &why);
  g_assert_cmpfloat_with_epsilon (why.explanation->score, before, 1e-9);
  bal_spam_explanation_free (why.explanation);
}

/* ---- acting alone ---- */

typedef struct
{
  Fixture         *fixture;
  double           threshold;
  BalCapabilities  capabilities;
} Setting;

static gboolean
set_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Setting *setting = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, setting->fixture->blog_id, error);

  bal_blog_set_capabilities (blog, setting->capabilities);
  must (bal_blog_table_update (transaction, blog, error));
  must (bal_spam_help_set_threshold (transaction, setting->threshold, error));
  must_fail (bal_spam_help_set_threshold (transaction, 0.5, error), BAL_ERROR_INVALID);
  must_fail (bal_spam_help_set_threshold (transaction, 1, error), BAL_ERROR_INVALID);
  must_fail (bal_spam_help_set_threshold (transaction, NAN, error), BAL_ERROR_INVALID);
  return TRUE;
}

typedef struct
{
  GArray *ids;
  guint   n_moved;
} Receiving;

static gboolean
receive_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Receiving *receiving = data;

  receiving->n_moved = 0;
  for (guint i = 0; i < receiving->ids->len; i++)
    {
      gboolean moved = TRUE;

      must (bal_spam_help_receive (transaction, g_array_index (receiving->ids, gint64, i), &moved, error));
      receiving->n_moved += moved;
    }
  return TRUE;
}

static guint
receive (Fixture *fixture,
         GArray  *ids)
{
  Receiving receiving = { ids };

  fixture_write (fixture, receive_work, &receiving);
  return receiving.n_moved;
}

static gboolean
outbox_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Look *look = data;
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, look->id, error);

  must (item != NULL);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_UPDATE);
  return TRUE;
}

static void
test_never_alone_unless_told (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GArray) spam = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, FALSE);
  g_autoptr(BalComment) moved = NULL;
  g_autoptr(BalComment) restored = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Setting setting = { fixture, 0.95, BAL_CAPABILITY_MODERATE };
  Look look = { g_array_index (spam, gint64, 0) };

  teach (fixture, 20);
  g_assert_cmpuint (receive (fixture, spam), ==, 0);

  fixture_write (fixture, set_work, &setting);
  before = dump (fixture);
  g_assert_cmpuint (receive (fixture, good), ==, 0);
  g_assert_cmpuint (receive (fixture, spam), ==, 3);
  moved = get (fixture, spam, 0);
  g_assert_cmpint (bal_comment_get_status (moved), ==, BAL_COMMENT_STATUS_SPAM);
  fixture_read (fixture, outbox_work, &look);

  /* It does not believe itself. */
  run_chores (fixture);
  after = dump (fixture);
  g_assert_cmpstr (before, ==, after);

  /* A person who restores one has it where it was; it may teach the contrary. */
  fixture_write (fixture, restore_work, spam);
  restored = get (fixture, spam, 0);
  g_assert_cmpint (bal_comment_get_status (restored), ==, BAL_COMMENT_STATUS_PENDING);
  move (fixture, spam, BAL_COMMENT_STATUS_APPROVED);
  g_clear_pointer (&after, g_free);
  after = dump (fixture);
  g_assert_true (g_str_has_prefix (after, "20/23\n"));
}

static void
test_does_not_act (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) spam = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  Adding mine = { fixture, 1, BAL_COMMENT_STATUS_PENDING, TRUE, TRUE, ids };
  Setting setting = { fixture, 0.9, BAL_CAPABILITY_MODERATE };

  /* …having learnt little… */
  fixture_write (fixture, set_work, &setting);
  teach (fixture, 19);
  g_assert_cmpuint (receive (fixture, spam), ==, 0);

  /* …on own comments… */
  teach (fixture, 20);
  fixture_write (fixture, add_work, &mine);
  g_assert_cmpuint (receive (fixture, ids), ==, 0);

  /* …where the blog does not let us moderate. */
  setting.capabilities = BAL_CAPABILITY_REPLY;
  fixture_write (fixture, set_work, &setting);
  g_assert_cmpuint (receive (fixture, spam), ==, 0);
  setting.capabilities = BAL_CAPABILITY_MODERATE;
  fixture_write (fixture, set_work, &setting);
  g_assert_cmpuint (receive (fixture, spam), ==, 3);
}

/* ---- in the background ---- */

static gboolean
is_scored (gpointer data)
{
  gpointer *both = data;

  return get_score (both[0], both[1], 0) > 0.95;
}

static void
test_writer_learns_when_idle (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GArray) pending = add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) spam = add (fixture, 20, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = add (fixture, 20, BAL_COMMENT_STATUS_APPROVED, FALSE);
  gpointer both[] = { fixture, pending };

  wait_until (is_scored, both);
}

static void
test_closing_learns (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GArray) spam = add (fixture, 20, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autofree char *learnt = NULL;

  fixture_reopen (fixture);
  learnt = dump (fixture);
  g_assert_true (g_str_has_prefix (learnt, "20/0\n"));
}

#define N_KILLED 4000

/* Another program, which is killed while it learns. */
static int
learn_in (const char *dir)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalStore) store = bal_store_open (dir, &error);

  g_assert_no_error (error);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}

static gint64
count_learnt (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "balcony.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalConnection) connection = bal_connection_open (path, BAL_CONNECTION_READER, &error);
  gint64 n = 0;

  g_assert_no_error (error);
  g_assert_true (bal_connection_read_int (connection, "SELECT n_spam + n_good FROM spam_help", &n, &error));
  return n;
}

/* Closing learns, too, for as long as it may: this is done to a closed store. */
static void
forget (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "balcony.db", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalConnection) connection = bal_connection_open (path, BAL_CONNECTION_WRITER, &error);

  g_assert_no_error (error);
  g_assert_true (bal_connection_execute (connection,
                                         "DELETE FROM spam_sign; DELETE FROM spam_lesson;"
                                         "UPDATE spam_help SET n_spam = 0, n_good = 0, trained_id = 0", &error));
}

static void
test_training_goes_on_after_a_kill (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr(GArray) spam = add (fixture, N_KILLED / 2, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = add (fixture, N_KILLED / 2, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autofree char *whole = NULL;
  g_autofree char *resumed = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  gint64 n = 0;

  run_chores (fixture);
  whole = dump (fixture);
  bal_store_close (fixture->store, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE));
  g_clear_object (&fixture->store);
  forget (fixture->dir);

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "--learn-in", fixture->dir, NULL);
  g_assert_no_error (error);
  while ((n = count_learnt (fixture->dir)) == 0)
    g_usleep (1000);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  n = count_learnt (fixture->dir);
  g_test_message ("killed after %" G_GINT64_FORMAT " of %d", n, N_KILLED);

  fixture->store = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
  run_chores (fixture);
  resumed = dump (fixture);
  g_assert_cmpstr (whole, ==, resumed);
  g_assert_cmpint (n, <, N_KILLED);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--learn-in"))
    return learn_in (argv[2]);

  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/spam/acts-teach", test_acts_teach);
  fixture_add ("/store/spam/restoring-unlearns", test_restoring_unlearns);
  fixture_add ("/store/spam/change-of-mind", test_change_of_mind);
  fixture_add ("/store/spam/edits-are-followed", test_edits_are_followed);
  fixture_add ("/store/spam/deleting-forgets-nothing", test_deleting_forgets_nothing);
  fixture_add ("/store/spam/own-comments-are-never-spam", test_own_comments);
  fixture_add ("/store/spam/ways-to-learn-are-equal", test_ways_are_equal);
  fixture_add ("/store/spam/pending-are-scored", test_pending_are_scored);
  fixture_add ("/store/spam/scores-follow-lessons", test_scores_follow_lessons);
  fixture_add ("/store/spam/edited-is-scored-anew", test_edited_is_scored_anew);
  fixture_add ("/store/spam/long-queue-in-batches", test_long_queue_in_batches);
  fixture_add ("/store/spam/queue-is-sorted", test_queue_is_sorted);
  fixture_add ("/store/spam/explanation-adds-up", test_explanation_adds_up);
  fixture_add ("/store/spam/own-lesson-is-left-out", test_own_lesson_is_left_out);
  fixture_add ("/store/spam/never-alone-unless-told", test_never_alone_unless_told);
  fixture_add ("/store/spam/does-not-act-where-it-must-not", test_does_not_act);
  fixture_add ("/store/spam/writer-learns-when-idle", test_writer_learns_when_idle);
  fixture_add ("/store/spam/closing-learns", test_closing_learns);
  fixture_add ("/store/spam/training-goes-on-after-a-kill", test_training_goes_on_after_a_kill);
  return g_test_run ();
}
