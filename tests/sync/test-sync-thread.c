/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include <string.h>

/*
 * The person and somebody at the blog decide about the same comments, unseen by each other. Whatever comes of it: no text
 * is lost, and what can't be carried out waits with a sentence that says so.
 */

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  char       *review;
  char       *there;             /* a comment, by the blog's id */
  gint64      here;              /* the same, by ours */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  BalCommentStatus status = GPOINTER_TO_INT (data);

  fixture->server = fake_server_new ("blog", "secret");
  fixture->client = sync_client_new (fixture->server, "secret");
  fixture->review = fake_server_add_review (fixture->server, "A film", "<p>Text.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  fixture->there = fake_server_add_comment (fixture->server, fixture->review, NULL, "Ann", "What she wrote", status);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  fixture->here = sync_client_find_comment (fixture->client, fixture->there);
  g_assert_cmpint (fixture->here, >, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
  g_free (fixture->review);
  g_free (fixture->there);
}

static void
sync_twice (Fixture *fixture)
{
  for (guint i = 0; i < 2; i++)
    bal_sync_result_free (sync_client_sync (fixture->client, BAL_SYNC_FULL));
}

/* Wherever the words went: into a comment, here or there, or the history. */
static void
assert_kept (Fixture    *fixture,
             gint64      id,
             const char *text)
{
  g_autoptr(BalComment) here = sync_client_get_comment (fixture->client, id);
  g_autoptr(GPtrArray) revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_COMMENT, id);
  g_autoptr(GPtrArray) there = fake_server_list_comments (fixture->server);

  if (here != NULL && strstr (bal_comment_get_html (here), text) != NULL)
    return;
  for (guint i = 0; i < there->len; i++)
    if (strstr (bal_comment_get_html (g_ptr_array_index (there, i)), text) != NULL)
      return;
  for (guint i = 0; i < revisions->len; i++)
    if (strstr (((BalRevision *) g_ptr_array_index (revisions, i))->html, text) != NULL)
      return;
  g_error ("“%s” is nowhere", text);
}

static guint
count_waiting (Fixture *fixture)
{
  g_autoptr(GPtrArray) outbox = sync_client_list_outbox (fixture->client);

  for (guint i = 0; i < outbox->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (outbox, i);

      g_assert_cmpint (item->state, ==, BAL_OUTBOX_PARKED);
      g_assert_nonnull (item->error);
      g_assert_cmpuint (strlen (item->error), >, 20);
    }
  return outbox->len;
}

/* The comment's state is one and the same, here and there. */
static void
assert_status (Fixture          *fixture,
               BalCommentStatus  status)
{
  g_autoptr(BalComment) here = sync_client_get_comment (fixture->client, fixture->here);
  g_autoptr(BalComment) there = fake_server_dup_comment (fixture->server, fixture->there);

  g_assert_cmpint (bal_comment_get_status (here), ==, status);
  g_assert_cmpint (bal_comment_get_status (there), ==, status);
}

/* The one conflict that there is; settled, nothing is left of it. */
static void
settle (Fixture    *fixture,
        const char *what,
        gboolean    mine)
{
  g_autoptr(GPtrArray) conflicts = sync_client_list_conflicts (fixture->client);
  g_autoptr(GPtrArray) left = NULL;
  BalConflict *conflict;

  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpint (conflict->entity_id, ==, fixture->here);
  g_assert_cmpstr (conflict->what, ==, what);
  sync_client_resolve (fixture->client, conflict->id, mine);
  sync_client_retry (fixture->client);
  sync_twice (fixture);
  left = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (count_waiting (fixture), ==, 0);
}

/* There is nothing to approve any more; its words are in the history. */
static void
test_approved_here_deleted_there (Fixture       *fixture,
                                  gconstpointer  data)
{
  sync_client_moderate (fixture->client, fixture->here, BAL_COMMENT_STATUS_APPROVED);
  fake_server_delete_comment (fixture->server, fixture->there);
  sync_twice (fixture);
  g_assert_null (sync_client_get_comment (fixture->client, fixture->here));
  g_assert_cmpuint (count_waiting (fixture), ==, 0);
  assert_kept (fixture, fixture->here, "What she wrote");
}

static void
test_edited_on_both_sides (Fixture       *fixture,
                           gconstpointer  data)
{
  gboolean mine = g_test_rand_bit ();
  g_autoptr(BalComment) there = NULL;
  g_autoptr(BalComment) here = NULL;

  sync_client_edit_comment (fixture->client, fixture->here, "What I made of it");
  fake_server_edit_comment (fixture->server, fixture->there, "What they made of it", BAL_COMMENT_STATUS_APPROVED);
  sync_twice (fixture);
  settle (fixture, "html", mine);
  there = fake_server_dup_comment (fixture->server, fixture->there);
  here = sync_client_get_comment (fixture->client, fixture->here);
  g_assert_cmpstr (bal_comment_get_html (here), ==, bal_comment_get_html (there));
  g_assert_nonnull (strstr (bal_comment_get_html (there), mine ? "What I made" : "What they made"));
  assert_kept (fixture, fixture->here, "What I made of it");
  assert_kept (fixture, fixture->here, "What they made of it");
}

/* A reply is sent, or waits with a reason; it is never without its words. */
static void
assert_reply (Fixture *fixture,
              gint64   reply)
{
  assert_kept (fixture, reply, "My answer");
  if (count_waiting (fixture) > 0)
    {
      g_autoptr(BalComment) kept = sync_client_get_comment (fixture->client, reply);

      g_assert_nonnull (kept);
    }
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), <=, 2);
}

/* To reply to a pending comment is to approve it: that, and what they decided there, is for the person to choose from.
 * Was it approved before, their decision stands alone. The reply is sent in any case. */
static void
reply_to_what_they_took_away (Fixture          *fixture,
                              BalCommentStatus  before,
                              BalCommentStatus  theirs)
{
  gboolean mine = g_test_rand_bit ();
  gint64 reply = sync_client_reply (fixture->client, fixture->here, "My answer");

  fake_server_edit_comment (fixture->server, fixture->there, NULL, theirs);
  sync_twice (fixture);
  assert_reply (fixture, reply);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 2);
  if (before == BAL_COMMENT_STATUS_PENDING)
    settle (fixture, "status", mine);
  assert_status (fixture, before == BAL_COMMENT_STATUS_PENDING && mine ? BAL_COMMENT_STATUS_APPROVED : theirs);
  assert_reply (fixture, reply);
}

static void
test_reply_waits_and_parent_is_trashed_there (Fixture       *fixture,
                                              gconstpointer  data)
{
  reply_to_what_they_took_away (fixture, GPOINTER_TO_INT (data), BAL_COMMENT_STATUS_TRASH);
}

static void
test_reply_waits_and_parent_is_spam_there (Fixture       *fixture,
                                           gconstpointer  data)
{
  reply_to_what_they_took_away (fixture, GPOINTER_TO_INT (data), BAL_COMMENT_STATUS_SPAM);
}

static void
test_reply_waits_and_parent_is_trashed_here (Fixture       *fixture,
                                             gconstpointer  data)
{
  gint64 reply = sync_client_reply (fixture->client, fixture->here, "My answer");

  sync_client_moderate (fixture->client, fixture->here, BAL_COMMENT_STATUS_TRASH);
  sync_twice (fixture);
  assert_reply (fixture, reply);
  assert_status (fixture, BAL_COMMENT_STATUS_TRASH);
}

static void
test_reply_waits_and_parent_is_gone_there (Fixture       *fixture,
                                           gconstpointer  data)
{
  gint64 reply = sync_client_reply (fixture->client, fixture->here, "My answer");

  fake_server_delete_comment (fixture->server, fixture->there);
  sync_twice (fixture);
  assert_reply (fixture, reply);
  assert_kept (fixture, fixture->here, "What she wrote");
}

#define ADD(name, status, func) \
  g_test_add ("/sync/thread/" name, Fixture, GINT_TO_POINTER (BAL_COMMENT_STATUS_##status), set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("approved-here-deleted-there", PENDING, test_approved_here_deleted_there);
  ADD ("edited-on-both-sides", APPROVED, test_edited_on_both_sides);
  ADD ("reply-waits-and-parent-is-trashed-there", APPROVED, test_reply_waits_and_parent_is_trashed_there);
  ADD ("reply-waits-and-pending-parent-is-trashed-there", PENDING, test_reply_waits_and_parent_is_trashed_there);
  ADD ("reply-waits-and-parent-is-spam-there", APPROVED, test_reply_waits_and_parent_is_spam_there);
  ADD ("reply-waits-and-pending-parent-is-spam-there", PENDING, test_reply_waits_and_parent_is_spam_there);
  ADD ("reply-waits-and-parent-is-trashed-here", APPROVED, test_reply_waits_and_parent_is_trashed_here);
  ADD ("reply-waits-and-parent-is-gone-there", APPROVED, test_reply_waits_and_parent_is_gone_there);

  return g_test_run ();
}
