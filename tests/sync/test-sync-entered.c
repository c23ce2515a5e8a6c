/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-error.h"

/* Replies to a blog that takes none from programs: the person enters them on its page. */
typedef struct
{
  FakeServer *server;
  SyncClient *client;
  char       *review;
  char       *reader;       /* the comment that is answered */
  gint64      review_id;
  gint64      reader_id;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("entered", "secret");
  fake_server_set_capabilities (fixture->server, BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_MODERATE);
  fixture->client = sync_client_new (fixture->server, "secret");
  fixture->review = fake_server_add_review (fixture->server, "Film", "<p>1</p>", BAL_REVIEW_STATUS_PUBLISHED);
  fixture->reader = fake_server_add_comment (fixture->server, fixture->review, NULL, "Ann", "Yes", 1);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  fixture->review_id = sync_client_find_review (fixture->client, fixture->review);
  fixture->reader_id = sync_client_find_comment (fixture->client, fixture->reader);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
  g_free (fixture->review);
  g_free (fixture->reader);
}

static gboolean
reply_html (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  return bal_desk_reply_html (transaction, *(gint64 *) data,
                              "<blockquote>Yes</blockquote>\n\nIt's “<strong>so</strong>” &amp; more: "
                              "<a href=\"https://a.example/\">here</a>", error) != 0;
}

static guint
count_thread (Fixture *fixture)
{
  g_autoptr(GPtrArray) thread = sync_client_list_thread (fixture->client, fixture->review_id);

  return thread->len;
}

static void
assert_waiting (Fixture *fixture,
                guint    n)
{
  g_autoptr(GPtrArray) items = sync_client_list_outbox (fixture->client);

  g_assert_cmpuint (items->len, ==, n);
}

static void
test_reply_is_kept_and_not_sent (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;

  sync_client_reply (fixture->client, fixture->reader_id, "Thank you");
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_no_error (result->error);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 1);
  g_assert_cmpuint (count_thread (fixture), ==, 2);
  assert_waiting (fixture, 1);
}

static void
test_what_comes_back_is_the_kept_one (Fixture       *fixture,
                                      gconstpointer  data)
{
  gint64 kept = sync_client_reply (fixture->client, fixture->reader_id, "It's “so” -- really…");
  g_autofree char *entered = fake_server_add_own_comment (fixture->server, fixture->review, fixture->reader,
                                                          "it’s &quot;so&quot; –<br/>really&hellip;");
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(GPtrArray) revisions = NULL;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpint (sync_client_find_comment (fixture->client, entered), ==, kept);
  g_assert_cmpuint (count_thread (fixture), ==, 2);
  assert_waiting (fixture, 0);

  /* It says what the blog says; what was written here is in the history. */
  comment = sync_client_get_comment (fixture->client, kept);
  g_assert_cmpstr (bal_comment_get_html (comment), ==, "it’s &quot;so&quot; –<br/>really&hellip;");
  g_assert_cmpint (bal_comment_get_sync_state (comment), ==, BAL_SYNC_STATE_CLEAN);
  g_assert_cmpint (bal_comment_get_parent_id (comment), ==, fixture->reader_id);
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_COMMENT, kept);
  g_assert_cmpuint (revisions->len, >=, 1);

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 2);
  g_assert_cmpuint (count_thread (fixture), ==, 2);
}

static void
test_copied_text_is_recognised (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *entered = NULL;

  sync_client_write (fixture->client, reply_html, &fixture->reader_id);
  entered = fake_server_add_own_comment (fixture->server, fixture->review, fixture->reader,
                                         "&gt; Yes<br/><br/>It&#39;s “so” &amp; more: here (https://a.example/)");
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (count_thread (fixture), ==, 2);
  assert_waiting (fixture, 0);
}

static void
test_other_comments_are_not_taken_for_it (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autofree char *other = fake_server_add_comment (fixture->server, fixture->review, NULL, "Bob", "Hm", 1);
  g_autofree char *elsewhere = NULL, *readers = NULL, *others = NULL;

  sync_client_reply (fixture->client, fixture->reader_id, "Thank you");
  elsewhere = fake_server_add_own_comment (fixture->server, fixture->review, other, "Thank you");
  readers = fake_server_add_comment (fixture->server, fixture->review, fixture->reader, "Cy", "Thank you", 1);
  others = fake_server_add_own_comment (fixture->server, fixture->review, fixture->reader, "Thank you all");
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (count_thread (fixture), ==, 6);
  assert_waiting (fixture, 1);
}

static void
test_each_kept_reply_becomes_one_comment (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  sync_client_reply (fixture->client, fixture->reader_id, "Thanks");
  sync_client_reply (fixture->client, fixture->reader_id, "Thanks");
  first = fake_server_add_own_comment (fixture->server, fixture->review, fixture->reader, "Thanks");
  second = fake_server_add_own_comment (fixture->server, fixture->review, NULL, "Thanks");
  third = fake_server_add_own_comment (fixture->server, fixture->review, NULL, "Thanks");
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (count_thread (fixture), ==, 4);
  assert_waiting (fixture, 0);
}

#define ADD(name, func) g_test_add ("/sync/entered/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("reply-is-kept-and-not-sent", test_reply_is_kept_and_not_sent);
  ADD ("what-comes-back-is-the-kept-one", test_what_comes_back_is_the_kept_one);
  ADD ("copied-text-is-recognised", test_copied_text_is_recognised);
  ADD ("other-comments-are-not-taken-for-it", test_other_comments_are_not_taken_for_it);
  ADD ("each-kept-reply-becomes-one-comment", test_each_kept_reply_becomes_one_comment);

  return g_test_run ();
}
