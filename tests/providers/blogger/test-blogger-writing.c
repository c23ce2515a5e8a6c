/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blogger-fixture.h"

#include "bal-time.h"

#include <string.h>

#define HTML "<p>A text that is long enough to be told from all the others there may be on a blog.</p>"

static void
assert_member (Fixture    *self,
               const char *id,
               const char *name,
               const char *expected)
{
  g_autofree char *text = fixture_dup_member (self, id, name);

  g_assert_cmpstr (text, ==, expected);
}

static BalReview *
create (Fixture         *self,
        BalReview       *review)
{
  g_autoptr(GError) error = NULL;
  BalReview *stored = bal_provider_create_review (self->provider, review, NULL, &error);

  g_assert_no_error (error);
  bal_review_set_remote_id (review, bal_review_get_remote_id (stored));
  return stored;
}

static BalReview *
put (Fixture   *self,
     BalReview *review,
     BalReview *base)
{
  g_autoptr(GError) error = NULL;
  BalReview *stored = bal_provider_put_review (self->provider, review, base, NULL, &error);

  g_assert_no_error (error);
  return stored;
}

static void
put_fails (Fixture    *self,
           BalReview  *review,
           BalReview  *base,
           BalError    code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) stored = bal_provider_put_review (self->provider, review, base, NULL, &error);

  g_assert_null (stored);
  g_assert_error (error, BAL_ERROR, (int) code);
}

static void
test_create_is_unseen_until_its_id_is_kept (Fixture       *self,
                                            gconstpointer  unused)
{
  g_autoptr(BalReview) review = provider_new_review ("Title", "<p>One\ntwo.</p>\n", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) draft = create (self, review);
  g_autoptr(BalReview) stored = NULL;
  const char *id = bal_review_get_remote_id (draft);
  g_autofree char *content = fixture_dup_member (self, id, "content");

  assert_member (self, id, "status", "DRAFT");
  assert_member (self, id, "readerComments", "ALLOW");
  g_assert_nonnull (strstr (content, bal_review_get_key (review)));
  g_assert_cmpstr (bal_review_get_html (draft), ==, "<p>One two.</p>");

  stored = put (self, review, draft);
  g_assert_cmpint (bal_review_get_status (stored), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpint (bal_review_get_published (stored), !=, 0);
  assert_member (self, id, "status", "LIVE");
  assert_member (self, id, "content", "<p>One two.</p>");
  g_assert_cmpuint (fake_blogger_get_n_posts (self->server), ==, 1);
}

static void
test_lost_create_is_found_by_its_key (Fixture       *self,
                                      gconstpointer  unused)
{
  static const FakeBloggerFault faults[] = { FAKE_BLOGGER_LOST_AFTER, FAKE_BLOGGER_GATEWAY, FAKE_BLOGGER_GARBLED_AFTER };
  static const char *const statuses[] = { NULL, "LIVE", "SOFT_TRASHED" };

  for (guint i = 0; i < 80; i++)
    g_free (fake_blogger_add_post (self->server, "Another draft", HTML, "DRAFT", 0));

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr(BalReview) review = provider_new_review ("Title", "x", BAL_REVIEW_STATUS_PUBLISHED);
      g_autoptr(BalReview) none = NULL;
      g_autoptr(BalReview) found = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *id = NULL;
      guint n_found;

      fixture_break (self, "posts.insert", faults[i], 1);
      none = bal_provider_create_review (self->provider, review, NULL, &error);
      g_assert_null (none);
      g_assert_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER);
      g_clear_error (&error);

      id = fake_blogger_find_title (self->server, "Title", &n_found);
      g_assert_cmpuint (n_found, ==, 1);
      if (statuses[i] != NULL)
        fake_blogger_edit_post (self->server, id, NULL, NULL, statuses[i]);
      found = bal_provider_find_review (self->provider, review, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (found);
      g_assert_cmpstr (bal_review_get_remote_id (found), ==, id);
      g_assert_cmpstr (bal_review_get_html (found), ==, "x");
      fake_blogger_remove_post (self->server, id);
    }
}

static void
test_what_was_never_created_is_not_found (Fixture       *self,
                                          gconstpointer  unused)
{
  g_autoptr(BalReview) review = provider_new_review ("Title", "x", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) twin = NULL;
  g_autoptr(BalReview) found = NULL;
  g_autoptr(GError) error = NULL;

  g_free (fake_blogger_add_post (self->server, "Title", "x", "DRAFT", 0));
  fixture_break (self, "posts.insert", FAKE_BLOGGER_LOST, 1);
  twin = bal_provider_create_review (self->provider, review, NULL, &error);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER);
  g_clear_error (&error);
  found = bal_provider_find_review (self->provider, review, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (found);
}

static void
test_only_what_differs_is_sent (Fixture       *self,
                                gconstpointer  unused)
{
  g_autofree char *id = fake_blogger_add_post (self->server, "Old", "<p>a</p>\n<p>b</p>", "LIVE", 1262304000);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalReview) stored = NULL;

  /* What nobody touched keeps its newline, although Blogger would no longer store one. */
  fake_blogger_edit_post (self->server, id, NULL, "<p>a</p>\n<p>b</p>", NULL);
  base = bal_provider_get_review (self->provider, id, NULL, &error);
  review = bal_review_dup (base);
  bal_review_set_title (review, "New");
  bal_review_set_labels (review, (const char *const[]) { "drama", "1950s", NULL });
  stored = put (self, review, base);
  assert_member (self, id, "title", "New");
  assert_member (self, id, "content", "<p>a</p>\n<p>b</p>");
  g_assert_true (g_strv_contains (bal_review_get_labels (stored), "1950s"));
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "posts.patch"), ==, 1);
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "posts.update"), ==, 0);

  /* Nothing differs: nothing is sent. */
  g_clear_object (&base);
  base = put (self, stored, stored);
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "posts.patch"), ==, 1);
}

static void
test_post_that_changed_meanwhile_is_not_overwritten (Fixture       *self,
                                                     gconstpointer  unused)
{
  g_autofree char *id = fake_blogger_add_post (self->server, "Old", HTML, "LIVE", 1262304000);
  g_autoptr(BalReview) base = bal_provider_get_review (self->provider, id, NULL, NULL);
  g_autoptr(BalReview) review = bal_review_dup (base);
  g_autoptr(BalReview) stored = NULL;

  bal_review_set_title (review, "Mine");
  fake_blogger_edit_post (self->server, id, "Theirs", NULL, NULL);
  put_fails (self, review, base, BAL_ERROR_CONFLICT);
  assert_member (self, id, "title", "Theirs");

  /* A time that moved without the text, as a new comment may do, hinders nobody. */
  fake_blogger_edit_post (self->server, id, "Old", NULL, NULL);
  stored = put (self, review, base);
  assert_member (self, id, "title", "Mine");
}

static void
test_states_change_in_all_ways_there_are (Fixture       *self,
                                          gconstpointer  unused)
{
  g_autoptr(BalReview) review = provider_new_review ("Title", HTML, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) base = create (self, review);
  static const struct { BalReviewStatus status; gint64 published; const char *name; } steps[] = {
    { BAL_REVIEW_STATUS_SCHEDULED, 4102444800, "SCHEDULED" },
    { BAL_REVIEW_STATUS_SCHEDULED, 4102448400, "SCHEDULED" },
    { BAL_REVIEW_STATUS_DRAFT, 0, "DRAFT" },
    { BAL_REVIEW_STATUS_PUBLISHED, 1262304000, "LIVE" },
    { BAL_REVIEW_STATUS_PUBLISHED, 1262390400, "LIVE" },
    { BAL_REVIEW_STATUS_SCHEDULED, 4102444800, "SCHEDULED" },
    { BAL_REVIEW_STATUS_PUBLISHED, 4102444800, "LIVE" },
    { BAL_REVIEW_STATUS_DRAFT, 0, "DRAFT" },
    { BAL_REVIEW_STATUS_PUBLISHED, 0, "LIVE" },
    { BAL_REVIEW_STATUS_TRASH, 0, "SOFT_TRASHED" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      BalReview *stored;
      gint64 now = bal_time_now ();

      bal_review_set_status (review, steps[i].status);
      bal_review_set_published (review, steps[i].published);
      stored = put (self, review, base);
      assert_member (self, bal_review_get_remote_id (review), "status", steps[i].name);
      g_assert_cmpint (bal_review_get_status (stored), ==, steps[i].status);
      if (steps[i].published != 0 && (steps[i].published < now || steps[i].status == BAL_REVIEW_STATUS_SCHEDULED))
        g_assert_cmpint (bal_review_get_published (stored), ==, steps[i].published);
      if (steps[i].status == BAL_REVIEW_STATUS_PUBLISHED)
        g_assert_cmpint (bal_review_get_published (stored), <=, now + 5);
      g_set_object (&base, stored);
      g_object_unref (stored);
    }

  /* No program can take it out again. */
  bal_review_set_status (review, BAL_REVIEW_STATUS_DRAFT);
  put_fails (self, review, base, BAL_ERROR_UNSUPPORTED);
}

static void
test_limits_are_told_before_anything_is_sent (Fixture       *self,
                                              gconstpointer  unused)
{
  const char *comma[] = { "crime, French", NULL };
  const char *many[22] = { NULL };
  g_autofree char *longest = g_strnfill (201, 'x');
  const char *letters[] = { longest, NULL };
  const char *const *const bad[] = { comma, many, letters };

  for (guint i = 0; i < 21; i++)
    many[i] = "l";
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(BalReview) review = provider_new_review ("Title", HTML, BAL_REVIEW_STATUS_DRAFT);

      bal_review_set_labels (review, bad[i]);
      put_fails (self, review, NULL, BAL_ERROR_INVALID);
    }
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "posts."), ==, 0);
}

static void
test_lost_answers_of_changes_are_told_as_such (Fixture       *self,
                                               gconstpointer  unused)
{
  static const struct { const char *op; BalReviewStatus from, to; } cases[] = {
    { "posts.patch", BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_PUBLISHED },
    { "posts.publish", BAL_REVIEW_STATUS_DRAFT, BAL_REVIEW_STATUS_PUBLISHED },
    { "posts.revert", BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_DRAFT },
    { "posts.delete", BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_TRASH },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = fake_blogger_add_post (self->server, "Old", HTML,
                                                   cases[i].from == BAL_REVIEW_STATUS_DRAFT ? "DRAFT" : "LIVE", 0);
      g_autoptr(BalReview) base = bal_provider_get_review (self->provider, id, NULL, NULL);
      g_autoptr(BalReview) review = bal_review_dup (base);
      g_autoptr(BalReview) stored = NULL;

      bal_review_set_title (review, "New");
      bal_review_set_status (review, cases[i].to);
      fixture_break (self, cases[i].op, FAKE_BLOGGER_LOST_AFTER, 1);
      put_fails (self, review, base, BAL_ERROR_LOST_ANSWER);

      /* Once more, as the engine does when it has looked: to the same end, and nothing is done twice. */
      g_clear_object (&base);
      base = bal_provider_get_review (self->provider, id, NULL, NULL);
      stored = put (self, review, base);
      g_assert_cmpint (bal_review_get_status (stored), ==, cases[i].to);
      assert_member (self, id, "title", "New");
    }
  g_assert_cmpuint (fake_blogger_get_n_posts (self->server), ==, G_N_ELEMENTS (cases));
}

static void
test_delete_of_what_is_gone_has_succeeded (Fixture       *self,
                                           gconstpointer  unused)
{
  g_autofree char *id = fake_blogger_add_post (self->server, "Old", HTML, "LIVE", 0);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (bal_provider_delete_review (self->provider, id, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (fake_blogger_get_n_posts (self->server), ==, 0);
}

#define ADD(path, func) g_test_add ("/blogger/writing/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("create-is-unseen-until-its-id-is-kept", test_create_is_unseen_until_its_id_is_kept);
  ADD ("lost-create-is-found-by-its-key", test_lost_create_is_found_by_its_key);
  ADD ("what-was-never-created-is-not-found", test_what_was_never_created_is_not_found);
  ADD ("only-what-differs-is-sent", test_only_what_differs_is_sent);
  ADD ("post-that-changed-meanwhile-is-not-overwritten", test_post_that_changed_meanwhile_is_not_overwritten);
  ADD ("states-change-in-all-ways-there-are", test_states_change_in_all_ways_there_are);
  ADD ("limits-are-told-before-anything-is-sent", test_limits_are_told_before_anything_is_sent);
  ADD ("lost-answers-of-changes-are-told-as-such", test_lost_answers_of_changes_are_told_as_such);
  ADD ("delete-of-what-is-gone-has-succeeded", test_delete_of_what_is_gone_has_succeeded);

  return g_test_run ();
}
