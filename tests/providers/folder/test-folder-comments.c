/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-fixture.h"

#include <string.h>

#define POST "posts/2019-05-30-tin-moon.html"
#define THREAD "posts/2019-05-30-tin-moon.comments.json"
#define POST_ID "2019-05-30-tin-moon"

static void
add_post (FolderFixture   *fixture,
          BalReviewStatus  status)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", status);
  g_autoptr(BalReview) stored = folder_put_review (fixture, review, NULL);
}

static BalComment *
get (FolderFixture *fixture,
     const char    *id)
{
  g_autoptr(GError) error = NULL;
  BalComment *comment = bal_provider_get_comment (fixture->provider, id, NULL, &error);

  g_assert_no_error (error);
  return comment;
}

static BalComment *
new_reply (const char *key,
           const char *parent,
           const char *html)
{
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_remote_review_id (comment, POST_ID);
  bal_comment_set_remote_parent_id (comment, parent);
  bal_comment_set_key (comment, key);
  bal_comment_set_html (comment, html);
  bal_comment_set_mine (comment, TRUE);
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_created (comment, 1559240000);
  return comment;
}

#define THREAD_BY_HAND \
  "[ {\"id\": \"1\", \"author\": \"Mika\", \"status\": \"pending\", \"html\": \"one\", \"stars\": [4, null], \"created\": \"2019-05-31T00:00:00Z\"},\n" \
  "  \"a note\",\n" \
  "  {\"id\": 2, \"parent\": 1, \"author\": \"Ines\", \"status\": \"approved\", \"html\": \"two\"},\n" \
  "  {\"author\": \"Dot\", \"html\": \"no id, no status\"},\n" \
  "  {\"id\": \"1\", \"author\": \"Bea\", \"status\": \"odd\", \"html\": \"an id of another\"} ]"

static void
test_thread_by_hand_is_read (FolderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr(GPtrArray) comments = NULL;
  guint counts[4];
  g_autoptr(GError) error = NULL;

  add_post (fixture, BAL_REVIEW_STATUS_DRAFT);
  folder_write (fixture, THREAD, THREAD_BY_HAND);
  comments = folder_pull_comments (fixture, NULL, NULL);
  g_assert_cmpuint (comments->len, ==, 4);
  g_assert_cmpstr (bal_comment_get_remote_id (comments->pdata[0]), ==, POST_ID "/1");
  g_assert_cmpstr (bal_comment_get_remote_review_id (comments->pdata[0]), ==, POST_ID);
  g_assert_cmpint (bal_comment_get_created (comments->pdata[0]), ==, 1559260800);
  g_assert_false (bal_comment_get_mine (comments->pdata[0]));
  g_assert_cmpstr (bal_comment_get_remote_id (comments->pdata[1]), ==, POST_ID "/2");
  g_assert_cmpstr (bal_comment_get_remote_parent_id (comments->pdata[1]), ==, POST_ID "/1");
  g_assert_true (bal_comment_get_mine (comments->pdata[1]));       /* by the name in blog.ini */
  g_assert_cmpint (bal_comment_get_status (comments->pdata[2]), ==, BAL_COMMENT_STATUS_PENDING);
  g_assert_cmpint (bal_comment_get_status (comments->pdata[3]), ==, BAL_COMMENT_STATUS_PENDING);
  g_assert_cmpstr (bal_comment_get_remote_id (comments->pdata[3]), !=, POST_ID "/1");
  g_assert_cmpstr (bal_comment_get_text (comments->pdata[0]), ==, "one");

  g_assert_true (bal_provider_count_comments (fixture->provider, counts, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (counts[BAL_COMMENT_STATUS_PENDING], ==, 3);
  g_assert_cmpuint (counts[BAL_COMMENT_STATUS_APPROVED], ==, 1);
}

/* A hundred thousand times the same, and ids that were taken before: each comment is one, in seconds. */
static void
test_repeated_comments_are_told_apart (FolderFixture *fixture,
                                       gconstpointer  data)
{
  g_autoptr(GString) thread = g_string_new ("[{\"id\": \"a\", \"html\": \"first\"}");
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < 100000; i++)
    g_string_append (thread, i % 2 == 0 ? ", {\"id\": \"a\", \"html\": \"taken\"}" : ", {\"html\": \"none\"}");
  g_string_append (thread, "]");

  add_post (fixture, BAL_REVIEW_STATUS_DRAFT);
  folder_write (fixture, THREAD, thread->str);
  comments = folder_pull_comments (fixture, NULL, NULL);
  g_assert_cmpuint (comments->len, ==, 100001);
  for (guint i = 0; i < comments->len; i++)
    g_hash_table_add (ids, (gpointer) bal_comment_get_remote_id (comments->pdata[i]));
  g_assert_cmpuint (g_hash_table_size (ids), ==, comments->len);
  g_assert_cmpstr (bal_comment_get_remote_id (comments->pdata[0]), ==, POST_ID "/a");
}

static void
test_moderation_changes_one_member (FolderFixture *fixture,
                                    gconstpointer  data)
{
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(BalComment) stored = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(json_t) json = NULL;
  g_autoptr(json_t) expected = NULL;

  add_post (fixture, BAL_REVIEW_STATUS_DRAFT);
  folder_write (fixture, THREAD, THREAD_BY_HAND);
  before = folder_pull_comments (fixture, NULL, NULL);
  base = get (fixture, POST_ID "/1");
  comment = bal_comment_dup (base);
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
  stored = folder_put_comment (fixture, comment, base);
  g_assert_cmpint (bal_comment_get_status (stored), ==, BAL_COMMENT_STATUS_APPROVED);

  bytes = folder_read_bytes (fixture, THREAD);
  json = bal_json_parse (bytes, NULL);
  expected = json_loads ("{\"id\": \"1\", \"author\": \"Mika\", \"status\": \"approved\", \"html\": \"one\", "
                         "\"stars\": [4, null], \"created\": \"2019-05-31T00:00:00Z\"}", 0, NULL);
  g_assert_true (json_equal (json_array_get (json, 0), expected));
  g_assert_cmpstr (json_string_value (json_array_get (json, 1)), ==, "a note");

  /* Those that had no id of their own keep the one under which they were known. */
  after = folder_pull_comments (fixture, NULL, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  for (guint i = 0; i < after->len; i++)
    g_assert_cmpstr (bal_comment_get_remote_id (after->pdata[i]), ==, bal_comment_get_remote_id (before->pdata[i]));
}

static void
test_unchanged_put_writes_nothing (FolderFixture *fixture,
                                   gconstpointer  data)
{
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalComment) stored = NULL;
  g_autofree char *text = NULL;

  add_post (fixture, BAL_REVIEW_STATUS_DRAFT);
  folder_write (fixture, THREAD, "[{\"id\":\"1\",\"author\":\"Mika\",\"status\":\"approved\",\"html\":\"x\"}]");
  base = get (fixture, POST_ID "/1");
  stored = folder_put_comment (fixture, base, base);
  text = folder_read (fixture, THREAD);
  g_assert_cmpstr (text, ==, "[{\"id\":\"1\",\"author\":\"Mika\",\"status\":\"approved\",\"html\":\"x\"}]");
}

static void
test_reply_is_never_doubled (FolderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr(BalComment) reply = new_reply ("r1", POST_ID "/1", "<p>Thank you, \"Mika\" &amp; all.</p>");
  g_autoptr(BalComment) nothing = NULL;
  g_autoptr(BalComment) first = NULL;
  g_autoptr(BalComment) found = NULL;
  g_autoptr(BalComment) again = NULL;
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(GError) error = NULL;

  add_post (fixture, BAL_REVIEW_STATUS_DRAFT);
  folder_write (fixture, THREAD, "[{\"id\": \"1\", \"author\": \"Mika\", \"status\": \"approved\", \"html\": \"x\"}]");
  nothing = bal_provider_find_comment (fixture->provider, reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (nothing);

  first = folder_put_comment (fixture, reply, NULL);
  g_assert_cmpstr (bal_comment_get_remote_parent_id (first), ==, POST_ID "/1");
  g_assert_cmpstr (bal_comment_get_author (first), ==, "Ines");
  g_assert_true (bal_comment_get_mine (first));
  g_assert_cmpstr (bal_comment_get_html (first), ==, bal_comment_get_html (reply));

  folder_fixture_reopen (fixture);
  found = bal_provider_find_comment (fixture->provider, reply, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_comment_get_remote_id (found), ==, bal_comment_get_remote_id (first));
  again = folder_put_comment (fixture, reply, NULL);
  g_assert_cmpstr (bal_comment_get_remote_id (again), ==, bal_comment_get_remote_id (first));
  comments = folder_pull_comments (fixture, NULL, NULL);
  g_assert_cmpuint (comments->len, ==, 2);
}

static void
test_edits_merge_and_never_overwrite (FolderFixture *fixture,
                                      gconstpointer  data)
{
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalComment) mine = NULL;
  g_autoptr(BalComment) stored = NULL;
  g_autoptr(BalComment) refused = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  add_post (fixture, BAL_REVIEW_STATUS_DRAFT);
  folder_write (fixture, THREAD, "[{\"id\": \"1\", \"author\": \"Mika\", \"status\": \"pending\", \"html\": \"old\"}]");
  base = get (fixture, POST_ID "/1");
  folder_write (fixture, THREAD, "[{\"id\": \"1\", \"author\": \"Mika\", \"status\": \"pending\", \"html\": \"theirs\"}]");
  mine = bal_comment_dup (base);
  bal_comment_set_status (mine, BAL_COMMENT_STATUS_SPAM);
  stored = folder_put_comment (fixture, mine, base);
  g_assert_cmpstr (bal_comment_get_html (stored), ==, "theirs");
  g_assert_cmpint (bal_comment_get_status (stored), ==, BAL_COMMENT_STATUS_SPAM);

  bal_comment_set_html (mine, "mine");
  refused = bal_provider_put_comment (fixture->provider, mine, base, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_CONFLICT);
  text = folder_read (fixture, THREAD);
  g_assert_nonnull (strstr (text, "theirs"));
}

static void
test_delete_moves_replies_up (FolderFixture *fixture,
                              gconstpointer  data)
{
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(BalComment) gone = NULL;
  g_autoptr(GError) error = NULL;

  add_post (fixture, BAL_REVIEW_STATUS_DRAFT);
  folder_write (fixture, THREAD,
                "[{\"id\": \"1\", \"html\": \"a\"}, {\"id\": \"2\", \"parent\": \"1\", \"html\": \"b\"},"
                " {\"id\": \"3\", \"parent\": \"2\", \"html\": \"c\"}]");
  g_assert_true (bal_provider_delete_comment (fixture->provider, POST_ID "/2", NULL, &error));
  g_assert_no_error (error);
  comments = folder_pull_comments (fixture, NULL, NULL);
  g_assert_cmpuint (comments->len, ==, 2);
  g_assert_cmpstr (bal_comment_get_remote_id (comments->pdata[1]), ==, POST_ID "/3");
  g_assert_cmpstr (bal_comment_get_remote_parent_id (comments->pdata[1]), ==, POST_ID "/1");

  gone = bal_provider_get_comment (fixture->provider, POST_ID "/2", NULL, &error);
  g_assert_null (gone);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (bal_provider_delete_comment (fixture->provider, POST_ID "/2", NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

/* Ten comments, of which the last says @last. */
static void
write_thread (FolderFixture *fixture,
              guint          n,
              const char    *last)
{
  g_autofree char *path = g_strdup_printf ("posts/p%03u.comments.json", n);
  g_autofree char *text = NULL;
  GString *thread = g_string_new ("[");

  for (guint i = 0; i < 10; i++)
    g_string_append_printf (thread, "%s{\"id\": \"%u\", \"html\": \"%s\"}", i > 0 ? ", " : "", i, i < 9 ? "a" : last);
  g_string_append_c (thread, ']');
  text = g_string_free (thread, FALSE);
  folder_write (fixture, path, text);
}

/* More than a page of them. */
static void
test_only_changed_threads_are_listed (FolderFixture *fixture,
                                      gconstpointer  data)
{
  g_autofree char *watermark = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) nothing = NULL;
  g_autoptr(GPtrArray) changed = NULL;
  gboolean found = FALSE;

  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *post = g_strdup_printf ("posts/p%03u.html", i);

      folder_write (fixture, post, "<p>x</p>");
      write_thread (fixture, i, "b");
    }
  all = folder_pull_comments (fixture, NULL, &watermark);
  g_assert_cmpuint (all->len, ==, 1300);
  nothing = folder_pull_comments (fixture, watermark, &watermark);
  g_assert_cmpuint (nothing->len, ==, 0);

  write_thread (fixture, 77, "B");
  changed = folder_pull_comments (fixture, watermark, NULL);
  g_assert_cmpuint (changed->len, <, 300);
  for (guint i = 0; i < changed->len; i++)
    found |= g_strcmp0 (bal_comment_get_html (changed->pdata[i]), "B") == 0;
  g_assert_true (found);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder_test_add ("/folder/comments/repeated-comments-are-told-apart", test_repeated_comments_are_told_apart);
  folder_test_add ("/folder/comments/thread-by-hand-is-read", test_thread_by_hand_is_read);
  folder_test_add ("/folder/comments/moderation-changes-one-member", test_moderation_changes_one_member);
  folder_test_add ("/folder/comments/unchanged-put-writes-nothing", test_unchanged_put_writes_nothing);
  folder_test_add ("/folder/comments/reply-is-never-doubled", test_reply_is_never_doubled);
  folder_test_add ("/folder/comments/edits-merge-and-never-overwrite", test_edits_merge_and_never_overwrite);
  folder_test_add ("/folder/comments/delete-moves-replies-up", test_delete_moves_replies_up);
  folder_test_add ("/folder/comments/only-changed-threads-are-listed", test_only_changed_threads_are_listed);
  return g_test_run ();
}
