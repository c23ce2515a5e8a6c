/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blogger-fixture.h"

#include "bal-time.h"

#include <string.h>

static char *
remote_id (const char *post_id,
           const char *comment_id)
{
  return g_strconcat (post_id, "/", comment_id, NULL);
}

static void
fill (Fixture   *self,
      GPtrArray *posts,
      guint      n_comments)
{
  static const char *const statuses[] = { "LIVE", "PENDING", "LIVE", "SPAM", "EMPTIED" };

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (posts, fake_blogger_add_post (self->server, "T", "<p>x</p>", "LIVE", 0));
  for (guint i = 0; i < n_comments; i++)
    g_free (fake_blogger_add_comment (self->server, g_ptr_array_index (posts, i % 5), NULL, "R", "C", statuses[i / 5 % 5],
                                      1262304000 + i));
}

static guint
count (GPtrArray        *comments,
       BalCommentStatus  status)
{
  guint n = 0;

  for (guint i = 0; i < comments->len; i++)
    n += bal_comment_get_status (g_ptr_array_index (comments, i)) == status;
  return n;
}

static void
check_all (Fixture *self)
{
  g_autoptr(GPtrArray) comments = provider_list_all (self->provider, bal_provider_list_comments, NULL, NULL);
  g_autofree char *cursor = NULL;
  guint n = 0;

  g_assert_cmpuint (comments->len, ==, 500);
  g_assert_cmpuint (count (comments, BAL_COMMENT_STATUS_APPROVED), ==, 200);
  g_assert_cmpuint (count (comments, BAL_COMMENT_STATUS_PENDING), ==, 100);
  g_assert_cmpuint (count (comments, BAL_COMMENT_STATUS_SPAM), ==, 100);
  g_assert_cmpuint (count (comments, BAL_COMMENT_STATUS_TRASH), ==, 100);
  do
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalPage) page = bal_provider_sweep_comments (self->provider, cursor, NULL, &error);

      g_assert_no_error (error);
      n += page->items->len;
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);
  g_assert_cmpuint (n, ==, 500);
}

static void
test_all_are_listed_in_every_state (Fixture       *self,
                                    gconstpointer  unused)
{
  g_autoptr(GPtrArray) posts = g_ptr_array_new_with_free_func (g_free);

  fill (self, posts, 500);
  check_all (self);
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "comments.list"), ==, 6);
}

static void
test_all_are_listed_post_by_post_where_the_blog_has_no_list (Fixture       *self,
                                                             gconstpointer  unused)
{
  g_autoptr(GPtrArray) posts = g_ptr_array_new_with_free_func (g_free);

  fill (self, posts, 500);
  fake_blogger_set_page_cap (self->server, 30);
  fake_blogger_set_quirks (self->server, FAKE_BLOGGER_NO_LIST_BY_BLOG);
  check_all (self);
}

static void
test_only_posts_with_other_numbers_are_asked_for_news (Fixture       *self,
                                                       gconstpointer  unused)
{
  g_autoptr(GPtrArray) posts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(GPtrArray) news = NULL;
  g_autofree char *mark = NULL;

  fill (self, posts, 20);
  fake_blogger_set_quirks (self->server, FAKE_BLOGGER_NO_LIST_BY_BLOG);
  comments = provider_list_all (self->provider, bal_provider_list_comments, NULL, &mark);
  g_free (fake_blogger_add_comment (self->server, g_ptr_array_index (posts, 5), NULL, "R", "New", "LIVE", 0));
  fake_blogger_forget_calls (self->server);
  news = provider_list_all (self->provider, bal_provider_list_comments, mark, NULL);
  g_assert_cmpuint (news->len, ==, 1);
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "comments.list"), ==, 2);
}

static void
test_news_and_what_waits_are_listed (Fixture       *self,
                                     gconstpointer  unused)
{
  g_autoptr(GPtrArray) posts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *since = bal_time_to_rfc3339 (bal_time_now ());
  g_autofree char *fresh = NULL;
  g_autoptr(GPtrArray) news = NULL;
  guint n_fresh = 0;

  fill (self, posts, 50);
  fresh = fake_blogger_add_comment (self->server, g_ptr_array_index (posts, 0), NULL, "R", "New", "LIVE", 0);
  news = provider_list_all (self->provider, bal_provider_list_comments, since, NULL);
  g_assert_cmpuint (count (news, BAL_COMMENT_STATUS_PENDING), ==, 10);
  for (guint i = 0; i < news->len; i++)
    n_fresh += g_str_has_suffix (bal_comment_get_remote_id (g_ptr_array_index (news, i)), fresh);
  g_assert_cmpuint (n_fresh, ==, 1);
  g_assert_cmpuint (news->len, ==, 11);
}

static void
test_answers_know_their_parent_and_ours_are_ours (Fixture       *self,
                                                  gconstpointer  unused)
{
  g_autofree char *post = fake_blogger_add_post (self->server, "T", "<p>x</p>", "LIVE", 0);
  g_autofree char *parent = fake_blogger_add_comment (self->server, post, NULL, "A reader", "One", "LIVE", 1262304000);
  g_autofree char *answer = fake_blogger_add_comment (self->server, post, parent, NULL, "Two<br />three", "LIVE", 0);
  g_autofree char *id = remote_id (post, answer);
  g_autofree char *parent_id = remote_id (post, parent);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComment) comment = bal_provider_get_comment (self->provider, id, NULL, &error);
  g_autoptr(BalComment) other = bal_provider_get_comment (self->provider, parent_id, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (bal_comment_get_remote_parent_id (comment), ==, parent_id);
  g_assert_cmpstr (bal_comment_get_remote_review_id (comment), ==, post);
  g_assert_cmpstr (bal_comment_get_html (comment), ==, "Two<br />three");
  g_assert_true (bal_comment_get_mine (comment));
  g_assert_false (bal_comment_get_mine (other));
  g_assert_cmpstr (bal_comment_get_author (other), ==, "A reader");
  g_assert_cmpint (bal_comment_get_created (other), ==, 1262304000);
}

static void
test_moderation_goes_all_ways_there_are (Fixture       *self,
                                         gconstpointer  unused)
{
  static const struct { const char *from; BalCommentStatus to; const char *becomes; } cases[] = {
    { "PENDING", BAL_COMMENT_STATUS_APPROVED, "LIVE" },
    { "PENDING", BAL_COMMENT_STATUS_SPAM, "SPAM" },
    { "PENDING", BAL_COMMENT_STATUS_TRASH, "EMPTIED" },
    { "LIVE", BAL_COMMENT_STATUS_SPAM, "SPAM" },
    { "SPAM", BAL_COMMENT_STATUS_APPROVED, "LIVE" },
    { "LIVE", BAL_COMMENT_STATUS_TRASH, "EMPTIED" },
    { "LIVE", BAL_COMMENT_STATUS_PENDING, NULL },
    { "EMPTIED", BAL_COMMENT_STATUS_APPROVED, NULL },
  };
  g_autofree char *post = fake_blogger_add_post (self->server, "T", "<p>x</p>", "LIVE", 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = fake_blogger_add_comment (self->server, post, NULL, "R", "C", cases[i].from, 0);
      g_autofree char *remote = remote_id (post, id);
      g_autoptr(GError) error = NULL;
      g_autoptr(BalComment) base = bal_provider_get_comment (self->provider, remote, NULL, &error);
      g_autoptr(BalComment) comment = bal_comment_dup (base);
      g_autoptr(BalComment) stored = NULL;
      json_t *there;

      bal_comment_set_status (comment, cases[i].to);
      stored = bal_provider_put_comment (self->provider, comment, base, NULL, &error);
      there = fake_blogger_dup_comment (self->server, id);
      g_assert_cmpstr (json_string_value (json_object_get (there, "status")), ==,
                       cases[i].becomes != NULL ? cases[i].becomes : cases[i].from);
      json_decref (there);
      if (cases[i].becomes != NULL)
        g_assert_cmpint (bal_comment_get_status (stored), ==, cases[i].to);
      else
        g_assert_error (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED);
    }
}

static void
test_delete_of_what_is_gone_has_succeeded (Fixture       *self,
                                           gconstpointer  unused)
{
  g_autofree char *post = fake_blogger_add_post (self->server, "T", "<p>x</p>", "LIVE", 0);
  g_autofree char *id = fake_blogger_add_comment (self->server, post, NULL, "R", "C", "LIVE", 0);
  g_autofree char *remote = remote_id (post, id);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComment) comment = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (bal_provider_delete_comment (self->provider, remote, NULL, &error));
      g_assert_no_error (error);
    }
  comment = bal_provider_get_comment (self->provider, remote, NULL, &error);
  g_assert_null (comment);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

static void
test_authors_see_what_readers_see (Fixture       *self,
                                   gconstpointer  unused)
{
  g_autoptr(GPtrArray) posts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(GError) error = NULL;

  fill (self, posts, 50);
  fake_blogger_set_role (self->server, "AUTHOR");
  g_assert_true (bal_provider_sign_in (self->provider, self->blog, NULL, &error));
  comments = provider_list_all (self->provider, bal_provider_list_comments, NULL, NULL);
  g_assert_cmpuint (comments->len, ==, 20);
}

#define ADD(path, func) g_test_add ("/blogger/comments/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("all-are-listed-in-every-state", test_all_are_listed_in_every_state);
  ADD ("all-are-listed-post-by-post-where-the-blog-has-no-list", test_all_are_listed_post_by_post_where_the_blog_has_no_list);
  ADD ("only-posts-with-other-numbers-are-asked-for-news", test_only_posts_with_other_numbers_are_asked_for_news);
  ADD ("news-and-what-waits-are-listed", test_news_and_what_waits_are_listed);
  ADD ("answers-know-their-parent-and-ours-are-ours", test_answers_know_their_parent_and_ours_are_ours);
  ADD ("moderation-goes-all-ways-there-are", test_moderation_goes_all_ways_there_are);
  ADD ("delete-of-what-is-gone-has-succeeded", test_delete_of_what_is_gone_has_succeeded);
  ADD ("authors-see-what-readers-see", test_authors_see_what_readers_see);

  return g_test_run ();
}
