/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-error.h"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  char       *review;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("spam", "secret");
  fixture->review = fake_server_add_review (fixture->server, "Film", "<p>Text.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  fixture->client = sync_client_new (fixture->server, "secret");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
  g_free (fixture->review);
}

/* (transfer full): the id of the last one on the blog */
static char *
add (Fixture          *fixture,
     guint             n,
     gboolean          spam,
     BalCommentStatus  status)
{
  char *id = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = spam
        ? g_strdup_printf ("Cheap watches %u, free shipping <a href=\"http://watches.example/%u\">here</a>", i, i)
        : g_strdup_printf ("The ending surprised me, I saw it %u times", i);

      g_free (id);
      id = fake_server_add_comment (fixture->server, fixture->review, NULL, spam ? "Best Deals" : "Ann", text, status);
    }
  return id;
}

static gboolean
allow_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  return bal_spam_help_set_threshold (transaction, 0.95, error);
}

/* What the blog has decided before is learnt; closing the program leaves nothing of it undone. */
static void
learn (Fixture *fixture)
{
  g_autofree char *spam = add (fixture, 25, TRUE, BAL_COMMENT_STATUS_SPAM);
  g_autofree char *good = add (fixture, 25, FALSE, BAL_COMMENT_STATUS_APPROVED);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  sync_client_restart (fixture->client);
}

static BalCommentStatus
get_status (Fixture    *fixture,
            const char *remote_id)
{
  g_autoptr(BalComment) comment =
    sync_client_get_comment (fixture->client, sync_client_find_comment (fixture->client, remote_id));

  return bal_comment_get_status (comment);
}

static void
test_nothing_alone_unless_told (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *spam = NULL;
  g_autoptr(BalSyncResult) result = NULL;

  learn (fixture);
  spam = add (fixture, 2, TRUE, BAL_COMMENT_STATUS_PENDING);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_spam_moved, ==, 0);
  g_assert_cmpint (get_status (fixture, spam), ==, BAL_COMMENT_STATUS_PENDING);
}

static void
test_moved_here_and_there_and_told (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *spam = NULL;
  g_autofree char *good = NULL;
  g_autofree char *words = NULL;
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalComment) there = NULL;

  learn (fixture);
  sync_client_write (fixture->client, allow_work, NULL);
  spam = add (fixture, 3, TRUE, BAL_COMMENT_STATUS_PENDING);
  good = add (fixture, 2, FALSE, BAL_COMMENT_STATUS_PENDING);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);

  g_assert_cmpuint (result->n_spam_moved, ==, 3);
  words = bal_sync_result_describe (result);
  g_assert_nonnull (strstr (words, "3 comments were moved to spam by the spam help"));
  g_assert_cmpint (get_status (fixture, spam), ==, BAL_COMMENT_STATUS_SPAM);
  g_assert_cmpint (get_status (fixture, good), ==, BAL_COMMENT_STATUS_PENDING);
  there = fake_server_dup_comment (fixture->server, spam);
  g_assert_cmpint (bal_comment_get_status (there), ==, BAL_COMMENT_STATUS_SPAM);
}

/* It is asked about a comment once, when it comes. */
static void
test_a_person_has_the_last_word (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *old = NULL;
  g_autofree char *spam = NULL;
  g_autoptr(BalSyncResult) result = NULL;

  learn (fixture);
  old = add (fixture, 1, TRUE, BAL_COMMENT_STATUS_PENDING);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  sync_client_write (fixture->client, allow_work, NULL);
  spam = add (fixture, 1, TRUE, BAL_COMMENT_STATUS_PENDING);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpint (get_status (fixture, spam), ==, BAL_COMMENT_STATUS_SPAM);
  g_assert_cmpint (get_status (fixture, old), ==, BAL_COMMENT_STATUS_PENDING);

  sync_client_moderate (fixture->client, sync_client_find_comment (fixture->client, spam), BAL_COMMENT_STATUS_PENDING);
  result = sync_client_sync (fixture->client, BAL_SYNC_FULL);
  g_assert_no_error (result->error);
  g_assert_cmpuint (result->n_spam_moved, ==, 0);
  g_assert_cmpint (get_status (fixture, spam), ==, BAL_COMMENT_STATUS_PENDING);
  g_assert_cmpint (get_status (fixture, old), ==, BAL_COMMENT_STATUS_PENDING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sync/spam/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("nothing-alone-unless-told", test_nothing_alone_unless_told);
  ADD ("moved-here-and-there-and-told", test_moved_here_and_there_and_told);
  ADD ("a-person-has-the-last-word", test_a_person_has_the_last_word);
  return g_test_run ();
}
