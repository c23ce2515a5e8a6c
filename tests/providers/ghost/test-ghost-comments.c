/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ghost-fixture.h"

#include "bal-time.h"

static BalComment *
get (Fixture    *self,
     const char *id)
{
  g_autoptr(GError) error = NULL;
  BalComment *comment = bal_provider_get_comment (self->provider, id, NULL, &error);

  g_assert_no_error (error);
  return comment;
}

static char *
add_published (Fixture    *self,
               const char *base)
{
  g_autofree char *title = fixture_new_title (base);

  return fixture_add_post (self, title, "<p>Text.</p>", "published");
}

static BalComment *
new_reply (const char *post,
           const char *parent,
           const char *html)
{
  BalComment *reply = bal_comment_new (0);
  g_autofree char *key = g_uuid_string_random ();

  bal_comment_set_key (reply, key);
  bal_comment_set_mine (reply, TRUE);
  bal_comment_set_remote_review_id (reply, post);
  bal_comment_set_remote_parent_id (reply, parent);
  bal_comment_set_html (reply, html);
  bal_comment_set_status (reply, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_created (reply, bal_time_now () - 100);
  return reply;
}

static void
test_comments_are_listed_with_their_place (Fixture       *self,
                                           gconstpointer  unused)
{
  g_autofree char *post = add_published (self, "Thread");
  g_autofree char *top = fixture_add_comment (self, post, NULL, "<p>Nice &amp; <strong>short</strong></p>");
  g_autofree char *answer = fixture_add_comment (self, post, top, "<p>Indeed</p>");
  g_autofree char *mark = NULL;
  g_autofree char *later = bal_time_to_rfc3339 (bal_time_now () + 5 * 24 * 60 * 60);
  g_autoptr(GPtrArray) all = provider_list_all (self->provider, bal_provider_list_comments, NULL, &mark);
  g_autoptr(GPtrArray) news = NULL;
  g_autoptr(GPtrArray) none = NULL;
  BalComment *comment = fixture_pick (all, answer);

  g_assert_nonnull (mark);
  g_assert_nonnull (comment);
  g_assert_cmpstr (bal_comment_get_remote_parent_id (comment), ==, top);
  g_assert_cmpstr (bal_comment_get_remote_review_id (comment), ==, post);
  g_assert_cmpstr (bal_comment_get_author (comment), ==, "A reader");
  g_assert_cmpstr (bal_comment_get_html (comment), ==, "<p>Indeed</p>");
  g_assert_cmpint (bal_comment_get_status (comment), ==, BAL_COMMENT_STATUS_APPROVED);
  g_assert_false (bal_comment_get_mine (comment));
  g_assert_null (bal_comment_get_remote_parent_id (fixture_pick (all, top)));

  news = provider_list_all (self->provider, bal_provider_list_comments, mark, NULL);
  g_assert_nonnull (fixture_pick (news, answer));
  none = provider_list_all (self->provider, bal_provider_list_comments, later, NULL);
  g_assert_null (fixture_pick (none, answer));
}

static void
test_states_there_and_back (Fixture       *self,
                            gconstpointer  unused)
{
  static const struct { BalCommentStatus status; const char *there; } path[] = {
    { BAL_COMMENT_STATUS_SPAM, "hidden" }, { BAL_COMMENT_STATUS_APPROVED, "published" }, { BAL_COMMENT_STATUS_TRASH, "deleted" },
    { BAL_COMMENT_STATUS_APPROVED, "published" },
  };
  g_autofree char *post = add_published (self, "States");
  g_autofree char *id = fixture_add_comment (self, post, NULL, "<p>Words.</p>");
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComment) comment = get (self, id);
  g_autoptr(BalComment) waiting = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    {
      g_autoptr(BalComment) next = bal_comment_dup (comment);
      g_autoptr(BalComment) stored = NULL;
      g_autofree char *there = NULL;

      bal_comment_set_status (next, path[i].status);
      stored = bal_provider_put_comment (self->provider, next, comment, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (bal_comment_get_status (stored), ==, path[i].status);
      /* What the blog shows nobody any more is not told; the text that is here stays. */
      g_assert_cmpstr (bal_comment_get_html (stored), ==, path[i].status == BAL_COMMENT_STATUS_TRASH ? NULL : "<p>Words.</p>");
      there = fixture_dup_status (self, id);
      g_assert_cmpstr (there, ==, path[i].there);
    }

  bal_comment_set_status (comment, BAL_COMMENT_STATUS_PENDING);
  waiting = bal_provider_put_comment (self->provider, comment, NULL, NULL, &error);
  g_assert_null (waiting);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED);
}

static BalPage *
sweep_comments (BalProvider   *provider,
                const char    *since,
                const char    *cursor,
                GCancellable  *cancellable,
                GError       **error)
{
  return bal_provider_sweep_comments (provider, cursor, cancellable, error);
}

static void
test_totals_and_rows_tell_of_moderation (Fixture       *self,
                                         gconstpointer  unused)
{
  g_autofree char *post = add_published (self, "Totals");
  g_autofree char *hidden = fixture_add_comment (self, post, NULL, "<p>Hidden.</p>");
  g_autofree char *deleted = fixture_add_comment (self, post, NULL, "<p>Deleted.</p>");
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GError) error = NULL;
  guint before[4], after[4];

  g_assert_true (bal_provider_count_comments (self->provider, before, NULL, NULL));
  fixture_moderate (self, hidden, "hidden");
  g_assert_true (bal_provider_delete_comment (self->provider, deleted, NULL, &error));
  g_assert_true (bal_provider_delete_comment (self->provider, deleted, NULL, &error));
  g_assert_true (bal_provider_delete_comment (self->provider, "ffffffffffffffffffffffff", NULL, &error));
  g_assert_no_error (error);
  g_assert_true (bal_provider_count_comments (self->provider, after, NULL, NULL));
  g_assert_cmpuint (after[BAL_COMMENT_STATUS_APPROVED], ==, before[BAL_COMMENT_STATUS_APPROVED] - 2);
  g_assert_cmpuint (after[BAL_COMMENT_STATUS_SPAM], ==, before[BAL_COMMENT_STATUS_SPAM] + 1);

  rows = provider_list_all (self->provider, sweep_comments, NULL, NULL);
  g_assert_cmpint (bal_comment_get_status (fixture_pick (rows, hidden)), ==, BAL_COMMENT_STATUS_SPAM);
  g_assert_null (fixture_pick (rows, deleted));
}

static void
test_replies_stand_where_they_belong (Fixture       *self,
                                      gconstpointer  unused)
{
  g_autofree char *post = add_published (self, "Replies");
  g_autofree char *top = fixture_add_comment (self, post, NULL, "<p>Top.</p>");
  g_autofree char *answer = fixture_add_comment (self, post, top, "<p>Answer.</p>");
  const char *const parents[] = { NULL, top, answer };

  for (guint i = 0; i < G_N_ELEMENTS (parents); i++)
    {
      g_autoptr(BalComment) reply = new_reply (post, parents[i], "<p>Thanks, all of you.</p>");
      g_autoptr(GError) error = NULL;
      g_autoptr(BalComment) before = bal_provider_find_comment (self->provider, reply, NULL, &error);
      g_autoptr(BalComment) stored = NULL;
      g_autoptr(BalComment) found = NULL;

      g_assert_null (before);
      stored = bal_provider_put_comment (self->provider, reply, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (bal_comment_get_mine (stored));
      g_assert_cmpstr (bal_comment_get_author (stored), ==, "Owner");
      g_assert_cmpstr (bal_comment_get_html (stored), ==, "<p>Thanks, all of you.</p>");
      g_assert_cmpstr (bal_comment_get_remote_parent_id (stored), ==, parents[i]);
      g_assert_cmpint (bal_comment_get_created (stored), ==, bal_comment_get_created (reply));
      found = bal_provider_find_comment (self->provider, reply, NULL, &error);
      g_assert_cmpstr (bal_comment_get_remote_id (found), ==, bal_comment_get_remote_id (stored));
    }
}

static void
test_ghost_without_a_list_has_no_comments (Fixture       *self,
                                           gconstpointer  unused)
{
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GError) error = NULL;
  guint counts[4];

  if (fixture_skip_real (self))
    return;
  fake_ghost_set_old (self->server);
  g_assert_true (bal_provider_sign_in (self->provider, self->blog, NULL, &error));
  g_assert_cmpint (bal_blog_get_capabilities (self->blog) & (BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_REPLY), ==, 0);
  none = provider_list_all (self->provider, bal_provider_list_comments, NULL, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (bal_provider_count_comments (self->provider, counts, NULL, &error));
  g_assert_no_error (error);
}

#define ADD(name, function) g_test_add ("/ghost/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("comments-are-listed-with-their-place", test_comments_are_listed_with_their_place);
  ADD ("states-there-and-back", test_states_there_and_back);
  ADD ("totals-and-rows-tell-of-moderation", test_totals_and_rows_tell_of_moderation);
  ADD ("replies-stand-where-they-belong", test_replies_stand_where_they_belong);
  ADD ("ghost-without-a-list-has-no-comments", test_ghost_without_a_list_has_no_comments);
  return g_test_run ();
}
