/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blogger-fixture.h"

#include "bal-time.h"

#include <string.h>

#define DAY 86400

static BalReview *
find (GPtrArray  *reviews,
      const char *id)
{
  for (guint i = 0; i < reviews->len; i++)
    if (g_strcmp0 (bal_review_get_remote_id (g_ptr_array_index (reviews, i)), id) == 0)
      return g_ptr_array_index (reviews, i);
  return NULL;
}

static void
test_sign_in_finds_the_blog_and_what_may_be_done (Fixture       *self,
                                                  gconstpointer  unused)
{
  g_assert_true (g_str_has_suffix (bal_blog_get_endpoint (self->blog), "/v3/blogs/8070105920543249955"));
  g_assert_cmpstr (bal_blog_get_author (self->blog), ==, "A Critic");
  g_assert_cmpstr (bal_blog_get_dialect (self->blog), ==, "blogger");
  g_assert_cmpuint (bal_blog_get_capabilities (self->blog), ==,
                    BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_SCHEDULE | BAL_CAPABILITY_TRASH | BAL_CAPABILITY_MODERATE);
}

static void
test_role_decides_what_may_be_done (Fixture       *self,
                                    gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;

  fake_blogger_set_role (self->server, "AUTHOR");
  g_assert_true (bal_provider_sign_in (self->provider, self->blog, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (bal_blog_get_capabilities (self->blog) & BAL_CAPABILITY_MODERATE);

  fake_blogger_set_role (self->server, "READER");
  g_assert_false (bal_provider_sign_in (self->provider, self->blog, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_REFUSED);
}

static void
test_other_address_names_the_blogs_there_are (Fixture       *self,
                                              gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *root = g_strconcat (fake_blogger_get_root (self->server), "/v3/", NULL);

  bal_blog_set_url (self->blog, "https://another.blogspot.com/");
  bal_blog_set_endpoint (self->blog, root);
  g_assert_false (bal_provider_sign_in (self->provider, self->blog, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG);
  g_assert_nonnull (strstr (error->message, "example.blogspot.com"));
}

static void
test_everything_is_listed_whatever_its_state (Fixture       *self,
                                              gconstpointer  unused)
{
  static const char *const statuses[] = { "LIVE", "DRAFT", "SCHEDULED", "SOFT_TRASHED" };
  static const BalReviewStatus expected[] = { BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_DRAFT,
                                              BAL_REVIEW_STATUS_SCHEDULED, BAL_REVIEW_STATUS_TRASH };
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) reviews = NULL;
  g_autofree char *mark = NULL;

  fake_blogger_set_page_cap (self->server, 7);
  for (guint i = 0; i < 60; i++)
    g_ptr_array_add (ids, fake_blogger_add_post (self->server, "T", "<p>x</p>", statuses[i % 4],
                                                 1262304000 + (gint64) i * DAY));
  reviews = provider_list_all (self->provider, bal_provider_list_reviews, NULL, &mark);
  g_assert_cmpuint (reviews->len, ==, 60);
  g_assert_true (bal_time_from_rfc3339 (mark, NULL));
  for (guint i = 0; i < ids->len; i++)
    {
      BalReview *review = find (reviews, g_ptr_array_index (ids, i));

      g_assert_nonnull (review);
      g_assert_cmpint (bal_review_get_status (review), ==, expected[i % 4]);
      g_assert_cmpint (bal_review_get_published (review), ==, i % 4 == 1 ? 0 : 1262304000 + (gint64) i * DAY);
    }
}

static void
test_sweep_has_the_revisions_of_whole_reviews (Fixture       *self,
                                               gconstpointer  unused)
{
  g_autoptr(GPtrArray) whole = NULL;
  g_autofree char *cursor = NULL;
  guint n = 0;

  for (guint i = 0; i < 12; i++)
    g_free (fake_blogger_add_post (self->server, "T", "<p>x</p>", i % 3 == 0 ? "DRAFT" : "LIVE", 0));
  whole = provider_list_all (self->provider, bal_provider_list_reviews, NULL, NULL);
  do
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalPage) page = bal_provider_sweep_reviews (self->provider, cursor, NULL, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->items->len; i++, n++)
        {
          BalReview *row = g_ptr_array_index (page->items, i);

          g_assert_cmpstr (bal_review_get_revision (row), ==,
                           bal_review_get_revision (find (whole, bal_review_get_remote_id (row))));
        }
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);
  g_assert_cmpuint (n, ==, 12);
}

static void
test_news_are_found_and_the_old_is_left_alone (Fixture       *self,
                                               gconstpointer  unused)
{
  g_autofree char *scheduled = NULL;
  g_autofree char *mark = bal_time_to_rfc3339 (bal_time_now () + 2 * DAY);
  g_autoptr(GPtrArray) reviews = NULL;

  fake_blogger_set_page_cap (self->server, 5);
  for (guint i = 0; i < 50; i++)
    g_free (fake_blogger_add_post (self->server, "T", "<p>x</p>", "LIVE", 1262304000));
  scheduled = fake_blogger_add_post (self->server, "T", "<p>x</p>", "SCHEDULED", 1262304000);
  fake_blogger_let_appear (self->server, scheduled);
  fake_blogger_forget_calls (self->server);

  /* Two days on, nothing is news: one page of each state is enough to know. */
  reviews = provider_list_all (self->provider, bal_provider_list_reviews, mark, NULL);
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "posts.list"), ==, 5);

  g_clear_pointer (&reviews, g_ptr_array_unref);
  g_free (mark);
  mark = bal_time_to_rfc3339 (bal_time_now ());
  reviews = provider_list_all (self->provider, bal_provider_list_reviews, mark, NULL);
  g_assert_nonnull (find (reviews, scheduled));
}

static void
test_gone_is_told_from_trashed (Fixture       *self,
                                gconstpointer  unused)
{
  g_autofree char *id = fake_blogger_add_post (self->server, "T", "<p>x</p>", "SOFT_TRASHED", 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) review = NULL;

  /* Should the server not give by its id what lies in the trash, the list of the trash has it. */
  fixture_break (self, "posts.get", FAKE_BLOGGER_NOT_FOUND, G_MAXUINT);
  review = bal_provider_get_review (self->provider, id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_TRASH);
  g_clear_object (&review);

  fake_blogger_remove_post (self->server, id);
  review = bal_provider_get_review (self->provider, id, NULL, &error);
  g_assert_null (review);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

static void
test_errors_say_what_to_do (Fixture       *self,
                            gconstpointer  unused)
{
  static const struct { FakeBloggerFault fault; BalError code; guint least_pause; guint most_pause; } cases[] = {
    { FAKE_BLOGGER_RATE_LIMIT, BAL_ERROR_TEMPORARY, 100, 100 },
    { FAKE_BLOGGER_DAILY_LIMIT, BAL_ERROR_TEMPORARY, 1, 86400 },
    { FAKE_BLOGGER_TOO_MANY, BAL_ERROR_TEMPORARY, 77, 77 },
    { FAKE_BLOGGER_FORBIDDEN, BAL_ERROR_REFUSED, 0, 0 },
    { FAKE_BLOGGER_SWITCHED_OFF, BAL_ERROR_REFUSED, 0, 0 },
    { FAKE_BLOGGER_BACKEND, BAL_ERROR_TEMPORARY, 0, 0 },
    { FAKE_BLOGGER_UNAUTHORIZED, BAL_ERROR_AUTH, 0, 0 },
    { FAKE_BLOGGER_GARBLED_AFTER, BAL_ERROR_PROTOCOL, 0, 0 },
    { FAKE_BLOGGER_LOST, BAL_ERROR_TEMPORARY, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalPage) page = NULL;

      fixture_break (self, "posts.list", cases[i].fault, G_MAXUINT);
      page = bal_provider_list_reviews (self->provider, NULL, NULL, NULL, &error);
      g_assert_null (page);
      g_assert_error (error, BAL_ERROR, (int) cases[i].code);
      g_assert_cmpuint (bal_error_get_retry_after (error), >=, cases[i].least_pause);
      g_assert_cmpuint (bal_error_get_retry_after (error), <=, cases[i].most_pause);
    }
}

static void
test_token_that_ran_out_is_renewed_unnoticed (Fixture       *self,
                                              gconstpointer  unused)
{
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(GError) error = NULL;

  g_free (fake_blogger_add_post (self->server, "T", "<p>x</p>", "LIVE", 0));
  fake_blogger_expire_token (self->server);
  reviews = provider_list_all (self->provider, bal_provider_list_reviews, NULL, NULL);
  g_assert_cmpuint (reviews->len, ==, 1);
  g_assert_null (bal_provider_take_new_password (self->provider));
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "oauth/token"), ==, 2);
}

static void
test_new_refresh_token_is_handed_on (Fixture       *self,
                                     gconstpointer  unused)
{
  g_autoptr(GPtrArray) reviews = NULL;
  char *kept;

  fake_blogger_set_consent (self->server, FAKE_BLOGGER_ROTATES);
  fake_blogger_expire_token (self->server);
  reviews = provider_list_all (self->provider, bal_provider_list_reviews, NULL, NULL);
  kept = bal_provider_take_new_password (self->provider);
  g_assert_nonnull (kept);
  g_assert_null (bal_provider_take_new_password (self->provider));

  fixture_open (self, kept);
  g_free (kept);
  g_clear_pointer (&reviews, g_ptr_array_unref);
  reviews = provider_list_all (self->provider, bal_provider_list_reviews, NULL, NULL);
}

static void
test_grant_that_was_taken_back_says_why (Fixture       *self,
                                         gconstpointer  unused)
{
  g_autoptr(BalPage) page = NULL;
  g_autoptr(GError) error = NULL;

  fake_blogger_revoke_grants (self->server);
  page = bal_provider_list_reviews (self->provider, NULL, NULL, NULL, &error);
  g_assert_null (page);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "Testing"));
}

#define ADD(path, func) g_test_add ("/blogger/reading/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sign-in-finds-the-blog-and-what-may-be-done", test_sign_in_finds_the_blog_and_what_may_be_done);
  ADD ("role-decides-what-may-be-done", test_role_decides_what_may_be_done);
  ADD ("other-address-names-the-blogs-there-are", test_other_address_names_the_blogs_there_are);
  ADD ("everything-is-listed-whatever-its-state", test_everything_is_listed_whatever_its_state);
  ADD ("sweep-has-the-revisions-of-whole-reviews", test_sweep_has_the_revisions_of_whole_reviews);
  ADD ("news-are-found-and-the-old-is-left-alone", test_news_are_found_and_the_old_is_left_alone);
  ADD ("gone-is-told-from-trashed", test_gone_is_told_from_trashed);
  ADD ("errors-say-what-to-do", test_errors_say_what_to_do);
  ADD ("token-that-ran-out-is-renewed-unnoticed", test_token_that_ran_out_is_renewed_unnoticed);
  ADD ("new-refresh-token-is-handed-on", test_new_refresh_token_is_handed_on);
  ADD ("grant-that-was-taken-back-says-why", test_grant_that_was_taken_back_says_why);

  return g_test_run ();
}
