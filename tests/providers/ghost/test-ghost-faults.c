/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ghost-fixture.h"

#define HTML "<p>The first paragraph of a review that is long enough.</p>"

static void
test_failures_have_their_codes (Fixture       *self,
                                gconstpointer  unused)
{
  static const struct { const char *op; FakeGhostFault fault; int code; } cases[] = {
    { "posts.add", FAKE_GHOST_LOST, BAL_ERROR_LOST_ANSWER }, { "posts.add", FAKE_GHOST_LOST_AFTER, BAL_ERROR_LOST_ANSWER },
    { "posts.add", FAKE_GHOST_GARBLED_AFTER, BAL_ERROR_LOST_ANSWER }, { "posts.add", FAKE_GHOST_GATEWAY, BAL_ERROR_LOST_ANSWER },
    { "posts.add", FAKE_GHOST_FAILS_AFTER, BAL_ERROR_LOST_ANSWER }, { "posts.add", FAKE_GHOST_MAINTENANCE, BAL_ERROR_TEMPORARY },
    { "posts.add", FAKE_GHOST_TOO_MANY, BAL_ERROR_TEMPORARY }, { "posts.edit", FAKE_GHOST_LOST_AFTER, BAL_ERROR_LOST_ANSWER },
    { "posts.edit", FAKE_GHOST_GARBLED_AFTER, BAL_ERROR_LOST_ANSWER },
    { "posts.read", FAKE_GHOST_GARBLED_AFTER, BAL_ERROR_PROTOCOL }, { "posts.read", FAKE_GHOST_GATEWAY, BAL_ERROR_TEMPORARY },
    { "posts.read", FAKE_GHOST_TOO_MANY, BAL_ERROR_TEMPORARY },
  };

  if (fixture_skip_real (self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = fixture_new_title ("Fault");
      g_autoptr(BalReview) review = provider_new_review (title, HTML, BAL_REVIEW_STATUS_DRAFT);
      g_autoptr(BalReview) stored = NULL;
      g_autoptr(GError) error = NULL;

      bal_review_set_key (review, NULL);
      if (g_strcmp0 (cases[i].op, "posts.add") != 0)
        {
          g_autofree char *id = fixture_add_post (self, title, "<p>x</p>", "draft");

          bal_review_set_remote_id (review, id);
        }
      fixture_break (self, cases[i].op, cases[i].fault, 9);
      stored = bal_provider_put_review (self->provider, review, NULL, NULL, &error);
      fixture_break (self, "posts.add", FAKE_GHOST_FINE, 0);
      g_test_message ("%s, fault %d: %s", cases[i].op, cases[i].fault, error != NULL ? error->message : "well");
      g_assert_null (stored);
      g_assert_error (error, BAL_ERROR, cases[i].code);
      if (cases[i].fault == FAKE_GHOST_TOO_MANY)
        g_assert_cmpuint (bal_error_get_retry_after (error), ==, 77);
    }
}

static void
test_create_delivered_twice_is_one_post (Fixture       *self,
                                         gconstpointer  unused)
{
  g_autofree char *title = fixture_new_title ("Twice");
  g_autoptr(BalReview) review = provider_new_review (title, HTML, BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) found = NULL;

  if (fixture_skip_unbreakable (self))
    return;
  fixture_break (self, "posts.add", FAKE_GHOST_TWICE, 1);
  stored = bal_provider_create_review (self->provider, review, NULL, NULL);
  found = bal_provider_find_review (self->provider, review, NULL, NULL);
  g_assert_cmpuint (fixture_count_title (self, title), ==, 1);
  g_assert_cmpstr (bal_review_get_remote_id (stored), ==, bal_review_get_remote_id (found));
}

/* Minutes or years: the server's clock counts. */
static void
test_other_clock_does_not_matter (Fixture       *self,
                                  gconstpointer  unused)
{
  static const gint64 clocks[] = { 20 * 60, -20 * 60, 10 * 365 * 86400, -10 * 365 * 86400 };

  if (fixture_skip_real (self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalProvider) provider = bal_ghost_type.open (self->blog, self->key, self->http, NULL);

      fake_ghost_set_clock (self->server, clocks[i]);
      bal_provider_sign_in (provider, self->blog, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
test_revoked_key_is_told (Fixture       *self,
                          gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalPage) page = NULL;

  if (fixture_skip_real (self))
    return;
  fake_ghost_revoke_key (self->server);
  page = bal_provider_list_reviews (self->provider, NULL, NULL, NULL, &error);
  g_assert_null (page);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
}

/* What does not fit into one answer comes in several. */
static void
test_long_texts_come_in_small_pages (Fixture       *self,
                                     gconstpointer  unused)
{
  g_autofree char *letters = g_strnfill (60 * 1024, 'x');
  g_autofree char *html = g_strconcat ("<p>", letters, "</p>", NULL);
  g_autoptr(GPtrArray) all = NULL;

  if (fixture_skip_real (self))
    return;
  for (guint i = 0; i < 20; i++)
    g_free (fixture_add_post (self, "Long", i % 2 == 0 ? html : "<p>short</p>", "draft"));
  bal_http_client_set_bounds (self->http, 45, 200 * 1024);
  all = provider_list_all (self->provider, bal_provider_list_reviews, NULL, NULL);
  g_assert_cmpuint (all->len, ==, 20);
}

#define ADD(name, function) g_test_add ("/ghost/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("failures-have-their-codes", test_failures_have_their_codes);
  ADD ("create-delivered-twice-is-one-post", test_create_delivered_twice_is_one_post);
  ADD ("other-clock-does-not-matter", test_other_clock_does_not_matter);
  ADD ("revoked-key-is-told", test_revoked_key_is_told);
  ADD ("long-texts-come-in-small-pages", test_long_texts_come_in_small_pages);
  return g_test_run ();
}
