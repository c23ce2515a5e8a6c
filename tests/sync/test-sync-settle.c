/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-rewriting.h"
#include "bal-sync-merge.h"
#include "sync-client.h"

/*
 * What a blog makes of what it was sent, while the person writes on. The blog here drops the tags of scripts
 * wherever they stand.
 */

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  gint64      id;
  const char *later;     /* what the person has written when the first request has left */
  guint       n_puts;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = fake_server_new ("blog", "secret");
  fake_server_set_rewrites (fixture->server, TRUE);
  fixture->client = sync_client_new (fixture->server, "secret");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  sync_client_free (fixture->client);
  fake_server_free (fixture->server);
}

/* Only the first request gets through. */
static FakeFault
write_on (FakeServer *server,
          const char *op,
          gpointer    data)
{
  Fixture *fixture = data;

  if (!g_str_equal (op, "put_review"))
    return FAKE_FINE;
  if (fixture->n_puts++ > 0)
    return FAKE_OFFLINE;

  sync_client_edit_review (fixture->client, fixture->id, NULL, fixture->later);
  return FAKE_FINE;
}

static void
send_and_write_on (Fixture    *fixture,
                   const char *first,
                   const char *later)
{
  g_autoptr(BalSyncResult) result = NULL;

  fixture->later = later;
  fixture->id = sync_client_add_review (fixture->client, "A", first, BAL_REVIEW_STATUS_PUBLISHED);
  fake_server_set_fault (fixture->server, write_on, fixture);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fixture->n_puts, >=, 1);
  fake_server_set_fault (fixture->server, NULL, NULL);
}

static void
assert_here (Fixture    *fixture,
             const char *html)
{
  g_autoptr(BalReview) here = sync_client_get_review (fixture->client, fixture->id);

  g_assert_cmpstr (bal_review_get_html (here), ==, html);
}

/* Neither is the rewriting undone here nor the edit lost. */
static void
test_rewrite_and_edit_are_both_kept (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr(GPtrArray) there = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;

  send_and_write_on (fixture, "<p>The <script>sea</script>.</p>\n<p>The ship.</p>",
                     "<p>The <script>sea</script>.</p>\n<p>The ship, and rain.</p>");
  assert_here (fixture, "<p>The sea.</p>\n<p>The ship, and rain.</p>");

  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_list_reviews (fixture->server);
  g_assert_cmpstr (bal_review_get_html (g_ptr_array_index (there, 0)), ==,
                   "<p>The sea.</p>\n<p>The ship, and rain.</p>");
  conflicts = sync_client_list_conflicts (fixture->client);
  g_assert_cmpuint (conflicts->len, ==, 0);

  /* Sent once with what the blog drops. */
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_REVIEW, fixture->id);
  for (guint i = 0, n_sent = 0; i < revisions->len; i++)
    {
      n_sent += ((BalRevision *) g_ptr_array_index (revisions, i))->kind == BAL_REVISION_SENT;
      g_assert_cmpuint (n_sent, <=, 1);
    }
}

/* Where the person has changed the very words that the blog rewrote, theirs stand. */
static void
test_an_edit_of_the_same_words_stands (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(GPtrArray) there = NULL;

  send_and_write_on (fixture, "<p>The <script>sea</script>.</p>\n<p>Bye <script>now</script>.</p>",
                     "<p>Lakes.</p>\n<p>Bye <script>now</script>.</p>");
  assert_here (fixture, "<p>Lakes.</p>\n<p>Bye now.</p>");
  sync_client_retry (fixture->client);
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  there = fake_server_list_reviews (fixture->server);
  g_assert_cmpstr (bal_review_get_html (g_ptr_array_index (there, 0)), ==, "<p>Lakes.</p>\n<p>Bye now.</p>");
}

/* The person hears of what the blog does by itself, once, and of nothing else. */
static void
test_a_rewriting_is_told (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(BalSyncResult) again = NULL;
  g_autofree char *words = NULL;

  fixture->id = sync_client_add_review (fixture->client, "A &amp; B",
                                        "<p>One.</p>\n<p>The <script>sea</script>.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  result = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (result->n_rewritten, ==, 1);
  g_assert_cmpint (result->rewritten_review_id, ==, fixture->id);
  words = bal_sync_result_describe (result);
  g_assert_cmpstr (words, ==, "1 review sent; the blog changed “A & B”: 1 paragraph was changed");

  sync_client_edit_review (fixture->client, fixture->id, NULL, "<p>One.</p>\n<p>The lake.</p>");
  again = sync_client_sync (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (again->n_reviews_sent, ==, 1);
  g_assert_cmpuint (again->n_rewritten, ==, 0);
  g_assert_null (again->rewriting);
}

static BalReview *
make_review (const char *slug,
             const char *html)
{
  BalReview *review = bal_review_new (0);

  bal_review_set_title (review, "A");
  bal_review_set_slug (review, slug);
  bal_review_set_html (review, html);
  return review;
}

static void
assert_described (const char *slug,
                  const char *html,
                  const char *stored_slug,
                  const char *stored_html,
                  const char *expected)
{
  g_autoptr(BalReview) sent = make_review (slug, html);
  g_autoptr(BalReview) stored = make_review (stored_slug, stored_html);
  g_autofree char *words = bal_rewriting_describe (sent, stored);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_a_rewriting_in_words (Fixture       *fixture,
                           gconstpointer  data)
{
  assert_described ("a", "<p>One.</p>", "a", "<p>One.</p>", NULL);
  assert_described (NULL, "<p>One.</p>", "a", "<p>One.</p>", NULL);
  assert_described ("a", "<p>One.</p>\n\n", "a", "<p>One.</p>", NULL);
  assert_described ("a", "<p>One.</p>", "a-2", "<p>One.</p>", "the address became “a-2”");
  assert_described ("a", "<p>One.</p>\n<iframe src=\"https://video.example/1\"></iframe>\n<p>Two.</p>", "a",
                    "<p>One.</p>\n\n<p>Two.</p>", "1 embed was removed");
  assert_described ("a", "<!-- wp:html -->\n<iframe src=\"https://video.example/1\"></iframe>\n<!-- /wp:html -->", "a",
                    "<!-- wp:html -->\n\n<!-- /wp:html -->", "1 embed was removed");
  assert_described ("a", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>", "b", "<p>One.</p>",
                    "2 paragraphs were removed, the address became “b”");
}

/* What becomes private loses it on WordPress: whoever publishes it again should know. */
static void
test_a_lost_password_in_words (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalReview) sent = make_review ("a", "<p>One.</p>");
  g_autoptr(BalReview) stored = make_review ("a", "<p>One.</p>");
  g_autofree char *kept = NULL;
  g_autofree char *lost = NULL;

  bal_review_set_audience (sent, BAL_AUDIENCE_PASSWORD);
  bal_review_set_audience (stored, BAL_AUDIENCE_PASSWORD);
  kept = bal_rewriting_describe (sent, stored);
  g_assert_null (kept);
  bal_review_set_audience (stored, BAL_AUDIENCE_EVERYONE);
  lost = bal_rewriting_describe (sent, stored);
  g_assert_cmpstr (lost, ==, "its password was taken off");
}

/* A tag that is not closed swallows all behind it: what the blog makes of that is no part of what the person has. */
static void
test_nothing_stands_there_twice (Fixture       *fixture,
                                 gconstpointer  data)
{
  send_and_write_on (fixture, "<p><script>First.</p>", "<p><script>Second.</p>");
  assert_here (fixture, "<p><script>Second.</p>");
}

typedef struct
{
  gint64  first;
  gint64  second;
} Replies;

/* What a blog does that takes no text twice: it answers with the one that it has. */
static gboolean
settle_with_the_first (BalTransaction  *transaction,
                       gpointer         data,
                       GError         **error)
{
  Replies *replies = data;
  g_autoptr(BalComment) first = bal_comment_base_get (transaction, replies->first, error);
  g_autoptr(BalComment) sent = bal_comment_table_get (transaction, replies->second, error);
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, replies->second, error);

  return bal_sync_settle_comment (transaction, item, sent, first, error);
}

static void
test_a_reply_that_the_blog_had_becomes_it (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autofree char *review = fake_server_add_review (fixture->server, "A", "<p>A</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autofree char *comment = fake_server_add_comment (fixture->server, review, NULL, "Ann", "Good.",
                                                      BAL_COMMENT_STATUS_APPROVED);
  g_autoptr(BalComment) first = NULL;
  g_autoptr(BalComment) gone = NULL;
  g_autoptr(BalComment) second = NULL;
  g_autoptr(GPtrArray) revisions = NULL;
  Replies replies;

  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  replies.first = sync_client_reply (fixture->client, sync_client_find_comment (fixture->client, comment), "Thanks.");
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  first = sync_client_get_comment (fixture->client, replies.first);
  sync_client_edit_comment (fixture->client, replies.first, "Thanks a lot.");
  replies.second = sync_client_reply (fixture->client, sync_client_find_comment (fixture->client, comment), "Thanks.");
  sync_client_write (fixture->client, settle_with_the_first, &replies);

  gone = sync_client_get_comment (fixture->client, replies.first);
  g_assert_null (gone);
  second = sync_client_get_comment (fixture->client, replies.second);
  g_assert_nonnull (bal_comment_get_remote_id (first));
  g_assert_cmpstr (bal_comment_get_remote_id (second), ==, bal_comment_get_remote_id (first));
  revisions = sync_client_list_revisions (fixture->client, BAL_ENTITY_COMMENT, replies.second);
  g_assert_cmpuint (revisions->len, ==, 1);
  g_assert_nonnull (strstr (((BalRevision *) g_ptr_array_index (revisions, 0))->html, "Thanks a lot."));
  sync_client_sync_well (fixture->client, BAL_SYNC_DEFAULT);
  g_assert_cmpuint (fake_server_get_n_comments (fixture->server), ==, 2);
}

#define ADD(name, func) \
  g_test_add ("/sync/settle/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rewrite-and-edit-are-both-kept", test_rewrite_and_edit_are_both_kept);
  ADD ("an-edit-of-the-same-words-stands", test_an_edit_of_the_same_words_stands);
  ADD ("nothing-stands-there-twice", test_nothing_stands_there_twice);
  ADD ("a-reply-that-the-blog-had-becomes-it", test_a_reply_that_the_blog_had_becomes_it);
  ADD ("a-rewriting-is-told", test_a_rewriting_is_told);
  ADD ("a-rewriting-in-words", test_a_rewriting_in_words);
  ADD ("a-lost-password-in-words", test_a_lost_password_in_words);
  return g_test_run ();
}
