/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bal-connection.h"
#include "spam-desk.h"

/* ---- learning ---- */

static void
test_acts_teach (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GArray) spam = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, 2, BAL_COMMENT_STATUS_PENDING, FALSE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;

  spam_run_chores (fixture);
  before = spam_dump (fixture);
  g_assert_cmpstr (before, ==, "0/0\n");

  spam_move (fixture, spam, BAL_COMMENT_STATUS_SPAM);
  spam_move (fixture, good, BAL_COMMENT_STATUS_APPROVED);
  after = spam_dump (fixture);
  g_assert_true (g_str_has_prefix (after, "3/2\n"));
  g_assert_cmpuint (strlen (after), >, 500);

  /* Once for each comment, whatever touches its row. */
  spam_move (fixture, spam, BAL_COMMENT_STATUS_SPAM);
  spam_run_chores (fixture);
  again = spam_dump (fixture);
  g_assert_cmpstr (again, ==, after);
}

static void
test_restoring_unlearns (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GArray) others = spam_add (fixture, 5, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autoptr(GArray) spam = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  spam_run_chores (fixture);
  before = spam_dump (fixture);
  spam_move (fixture, spam, BAL_COMMENT_STATUS_SPAM);
  spam_move (fixture, spam, BAL_COMMENT_STATUS_TRASH);
  after = spam_dump (fixture);
  g_assert_true (g_str_has_prefix (after, "3/5\n"));

  fixture_write (fixture, spam_restore_work, spam);
  g_clear_pointer (&after, g_free);
  after = spam_dump (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
test_change_of_mind (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GArray) some = spam_add (fixture, 2, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  spam_move (fixture, some, BAL_COMMENT_STATUS_APPROVED);
  first = spam_dump (fixture);
  spam_move (fixture, some, BAL_COMMENT_STATUS_SPAM);
  spam_move (fixture, some, BAL_COMMENT_STATUS_APPROVED);
  second = spam_dump (fixture);
  g_assert_cmpstr (first, ==, second);
  g_assert_true (g_str_has_prefix (first, "0/2\n"));
}

/* What was learnt is of the text that was there; it must go with it. */
static void
test_edits_are_followed (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GArray) some = spam_add (fixture, 1, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autofree char *learnt = NULL;
  g_autofree char *edited = NULL;
  g_autofree char *end = NULL;

  spam_run_chores (fixture);
  learnt = spam_dump (fixture);
  spam_edit (fixture, some, "Something else entirely");
  edited = spam_dump (fixture);
  g_assert_cmpstr (learnt, !=, edited);
  g_assert_true (g_str_has_prefix (edited, "0/1\n"));

  spam_move (fixture, some, BAL_COMMENT_STATUS_PENDING);
  end = spam_dump (fixture);
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
  g_autoptr(GArray) spam = spam_add (fixture, 4, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  spam_run_chores (fixture);
  before = spam_dump (fixture);
  g_assert_true (g_str_has_prefix (before, "4/0\n"));
  fixture_write (fixture, delete_work, spam);
  spam_run_chores (fixture);
  after = spam_dump (fixture);
  g_assert_cmpstr (before, ==, after);
}

static void
test_own_comments (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  SpamAdding adding = { fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE, TRUE, ids };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  spam_teach (fixture, 20);
  before = spam_dump (fixture);
  fixture_write (fixture, spam_add_work, &adding);
  adding.status = BAL_COMMENT_STATUS_APPROVED;
  fixture_write (fixture, spam_add_work, &adding);
  spam_run_chores (fixture);
  after = spam_dump (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpfloat (spam_get_score (fixture, ids, 0), ==, 0);
}

/* The order in which comments were decided on, and by what way, makes no difference. */
static void
test_ways_are_equal (Fixture       *fixture,
                     gconstpointer  data)
{
  Fixture other = { 0 };
  g_autoptr(GArray) spam = spam_add (fixture, 30, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, 20, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autoptr(GArray) later_good = NULL;
  g_autoptr(GArray) later_spam = NULL;
  g_autofree char *trained = NULL;
  g_autofree char *taught = NULL;

  spam_run_chores (fixture);
  trained = spam_dump (fixture);

  fixture_set_up (&other, NULL);
  later_good = spam_add (&other, 20, BAL_COMMENT_STATUS_PENDING, FALSE);
  later_spam = spam_add (&other, 30, BAL_COMMENT_STATUS_PENDING, TRUE);
  spam_move (&other, later_spam, BAL_COMMENT_STATUS_SPAM);
  spam_move (&other, later_good, BAL_COMMENT_STATUS_APPROVED);
  spam_run_chores (&other);
  taught = spam_dump (&other);
  fixture_tear_down (&other, NULL);

  g_assert_cmpstr (trained, ==, taught);
  g_assert_true (g_str_has_prefix (trained, "30/20\n"));
}

/* ---- in the background ---- */

static gboolean
is_scored (gpointer data)
{
  gpointer *both = data;

  return spam_get_score (both[0], both[1], 0) > 0.95;
}

static void
test_writer_learns_when_idle (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GArray) pending = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) spam = spam_add (fixture, 20, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, 20, BAL_COMMENT_STATUS_APPROVED, FALSE);
  gpointer both[] = { fixture, pending };

  wait_until (is_scored, both);
}

static void
test_closing_learns (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GArray) spam = spam_add (fixture, 20, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autofree char *learnt = NULL;

  fixture_reopen (fixture);
  learnt = spam_dump (fixture);
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
  g_autoptr(GArray) spam = spam_add (fixture, N_KILLED / 2, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, N_KILLED / 2, BAL_COMMENT_STATUS_APPROVED, FALSE);
  g_autofree char *whole = NULL;
  g_autofree char *resumed = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  gint64 n = 0;

  spam_run_chores (fixture);
  whole = spam_dump (fixture);
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
  spam_run_chores (fixture);
  resumed = spam_dump (fixture);
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
  fixture_add ("/store/spam/writer-learns-when-idle", test_writer_learns_when_idle);
  fixture_add ("/store/spam/closing-learns", test_closing_learns);
  fixture_add ("/store/spam/training-goes-on-after-a-kill", test_training_goes_on_after_a_kill);
  return g_test_run ();
}
