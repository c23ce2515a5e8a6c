/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-time.h"
#include "live.h"

#include <stdlib.h>
#include <string.h>

/* What a server may be tempted to repair, with enough letters to be told from other texts. */
#define ODD_BODY \
  "<!-- wp:paragraph -->\n<p>Ünïcode “quotes” — 𝄞 &amp; &nbsp; & bare < less</p>\n<!-- /wp:paragraph -->\r\n\r\n" \
  "\t<p class='x' data-odd=1>CR LF above,  two  blanks</P><br><iframe src=\"https://example.org/\"></iframe>" \
  "<script>if (a < b && c) { alert('x\\\\n'); }</script>\n\n[gallery ids=\"1,2\"]\n\n" \
  "<p>Grade: B</p>\n<p>Watched on: Netflix Instant</p>\n   "

static void
assert_round_trip (Live            *live,
                   BalReviewStatus  status,
                   gint64           published)
{
  static const char *const labels[] = { "Tom & Jerry <3", "new, with comma? no", "Wei Öztürk", NULL };
  static const char *const categories[] = { "Animation", "1970s", NULL };
  g_autoptr(BalReview) review = live_review_new ("Indie Gems: “Öde” & more", ODD_BODY);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) again = NULL;
  g_autoptr(GError) error = NULL;

  bal_review_set_excerpt (review, "An excerpt & so on");
  bal_review_set_labels (review, labels);
  bal_review_set_categories (review, categories);
  bal_review_set_status (review, status);
  bal_review_set_published (review, published);
  stored = live_put (live, review, NULL);
  again = bal_provider_get_review (live->provider, bal_review_get_remote_id (stored), NULL, &error);
  g_assert_no_error (error);

  g_assert_true (bal_review_content_equal (stored, again));
  g_assert_cmpstr (bal_review_get_revision (stored), ==, bal_review_get_revision (again));
  g_assert_cmpstr (bal_review_get_html (again), ==, ODD_BODY);
  g_assert_cmpstr (bal_review_get_title (again), ==, bal_review_get_title (review));
  g_assert_cmpstr (bal_review_get_excerpt (again), ==, bal_review_get_excerpt (review));
  g_assert_cmpint (bal_review_get_status (again), ==, status);
  if (published != 0 || status == BAL_REVIEW_STATUS_DRAFT)
    g_assert_cmpint (bal_review_get_published (again), ==, published);
  else
    g_assert_cmpint (bal_review_get_published (again), >, 0);
  g_assert_cmpuint (g_strv_length ((char **) bal_review_get_categories (again)), ==, 2);
  g_assert_true (g_strv_contains (bal_review_get_categories (again), "Animation"));
  g_assert_true (g_strv_contains (bal_review_get_labels (again), "Tom & Jerry <3"));
  g_assert_true (g_strv_contains (bal_review_get_labels (again), "Wei Öztürk"));
  if (status == BAL_REVIEW_STATUS_DRAFT)
    g_assert_null (bal_review_get_slug (again));
  else
    g_assert_true (g_str_has_prefix (bal_review_get_slug (again), "indie-gems-ode-more"));
  g_assert_null (strstr (bal_review_get_url (again), "bal-"));

  g_assert_true (bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, &error));
  g_assert_null (bal_provider_get_review (live->provider, bal_review_get_remote_id (stored), NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, &error));
  g_assert_no_error (error);
}

static void
test_create (void)
{
  g_autoptr(Live) live = live_new ("");

  assert_round_trip (live, BAL_REVIEW_STATUS_DRAFT, 0);
  assert_round_trip (live, BAL_REVIEW_STATUS_DRAFT, 1559239440);
  assert_round_trip (live, BAL_REVIEW_STATUS_PUBLISHED, 0);
  assert_round_trip (live, BAL_REVIEW_STATUS_PUBLISHED, 1559239440);
  assert_round_trip (live, BAL_REVIEW_STATUS_SCHEDULED, bal_time_now () + 86400);
  assert_round_trip (live, BAL_REVIEW_STATUS_PRIVATE, 0);
}

static void
test_create_with_own_slug (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = live_review_new ("A title", "text");
  g_autoptr(BalReview) stored = NULL;

  bal_review_set_slug (review, "my-own-address");
  stored = live_put (live, review, NULL);
  g_assert_cmpstr (bal_review_get_slug (stored), ==, "my-own-address");
  bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
}

/* The first answer is lost: the draft is found by its key, and completed by an update. */
static void
test_lost_create (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = live_review_new ("Lost and found", "Lost and found, a text");
  g_autoptr(BalReview) found = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (bal_provider_find_review (live->provider, review, NULL, &error));
  g_assert_no_error (error);

  bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
  live_flag ("lose-response", "1");
  g_assert_null (bal_provider_put_review (live->provider, review, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER);
  g_clear_error (&error);

  found = bal_provider_find_review (live->provider, review, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_cmpint (bal_review_get_status (found), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_null (bal_review_get_slug (found));

  bal_review_set_remote_id (review, bal_review_get_remote_id (found));
  stored = live_put (live, review, found);
  g_assert_cmpint (bal_review_get_status (stored), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpstr (bal_review_get_slug (stored), ==, "lost-and-found");
  g_assert_cmpuint (live_count_posts ("Lost and found"), ==, 1);
  bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
}

/* Both answers are lost, or only the last one: the key is gone then, the text is not. */
static void
test_lost_completion (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = live_review_new ("Lost at the end", ODD_BODY);
  g_autoptr(BalReview) other = live_review_new ("Lost at the end", "Another text under the same title, quite different");
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) found = NULL;
  g_autoptr(BalReview) nothing = NULL;
  g_autoptr(GError) error = NULL;

  bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
  stored = live_put (live, review, NULL);
  found = bal_provider_find_review (live->provider, review, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);
  g_assert_cmpstr (bal_review_get_remote_id (found), ==, bal_review_get_remote_id (stored));
  nothing = bal_provider_find_review (live->provider, other, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (nothing);
  bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
}

static void
test_update_sends_only_differences (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = live_review_new ("First title", "first text");
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) local = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *code = NULL;

  bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
  base = live_put (live, review, NULL);

  /* Somebody else changes the text; we only change the title. */
  code = g_strdup_printf ("wp_update_post(array('ID' => %s, 'post_content' => 'changed elsewhere'));",
                          bal_review_get_remote_id (base));
  g_free (live_php (code));
  local = bal_review_dup (base);
  bal_review_set_title (local, "Second title");
  stored = live_put (live, local, base);
  g_assert_cmpstr (bal_review_get_title (stored), ==, "Second title");
  g_assert_cmpstr (bal_review_get_html (stored), ==, "changed elsewhere");
  g_assert_cmpstr (bal_review_get_slug (stored), ==, "first-title");
  g_assert_cmpint (bal_review_get_published (stored), ==, bal_review_get_published (base));
  bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
}

static BalReview *
change_status (Live            *live,
               BalReview       *base,
               BalReviewStatus  status)
{
  g_autoptr(BalReview) local = bal_review_dup (base);
  BalReview *stored;

  bal_review_set_status (local, status);
  stored = live_put (live, local, base);
  g_assert_cmpint (bal_review_get_status (stored), ==, status);
  g_assert_cmpstr (bal_review_get_html (stored), ==, bal_review_get_html (base));

  return stored;
}

static void
test_states (void)
{
  static const BalReviewStatus way[] = {
    BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_DRAFT, BAL_REVIEW_STATUS_PRIVATE, BAL_REVIEW_STATUS_TRASH,
    BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_TRASH, BAL_REVIEW_STATUS_DRAFT,
  };
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = live_review_new ("Through all states", "states");
  g_autoptr(BalReview) now = live_put (live, review, NULL);
  g_autoptr(BalReview) scheduled = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      BalReview *next = change_status (live, now, way[i]);

      g_object_unref (now);
      now = next;
      if (i > 0)
        g_assert_cmpstr (bal_review_get_slug (now), ==, "through-all-states");
    }

  scheduled = bal_review_dup (now);
  bal_review_set_status (scheduled, BAL_REVIEW_STATUS_SCHEDULED);
  bal_review_set_published (scheduled, bal_time_now () + 7 * 86400);
  {
    g_autoptr(BalReview) later = live_put (live, scheduled, now);
    g_autoptr(BalReview) published = NULL;

    g_assert_cmpint (bal_review_get_published (later), ==, bal_review_get_published (scheduled));
    published = change_status (live, later, BAL_REVIEW_STATUS_PUBLISHED);
    g_assert_cmpint (bal_review_get_published (published), <=, bal_time_now () + 5);
  }
  bal_provider_delete_review (live->provider, bal_review_get_remote_id (now), NULL, NULL);
}

static void
test_labels_of_an_author (void)
{
  static const char *const made_up[] = { "A category nobody made", NULL };
  static const char *const there[] = { "animation", NULL };
  g_autoptr(Live) author = live_new ("AUTHOR_");
  g_autoptr(BalReview) review = live_review_new ("By an author", "text");
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GError) error = NULL;

  bal_review_set_categories (review, made_up);
  g_assert_null (bal_provider_put_review (author->provider, review, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "A category nobody made"));
  g_assert_cmpuint (live_count_posts ("By an author"), ==, 0);

  bal_review_set_categories (review, there);
  bal_review_set_labels (review, made_up);
  stored = live_put (author, review, NULL);
  g_assert_true (g_strv_contains (bal_review_get_categories (stored), "Animation"));
  g_assert_true (g_strv_contains (bal_review_get_labels (stored), made_up[0]));
  bal_provider_delete_review (author->provider, bal_review_get_remote_id (stored), NULL, NULL);
}

/* Two categories of one name: a change of the others leaves it where it is. */
static void
test_categories_of_one_name (void)
{
  static const char *const more[] = { "Doubles", "Animation", NULL };
  g_autoptr(Live) live = live_new ("");
  g_autofree char *second = live_php ("$a = wp_insert_term('Doubles A', 'category'); $b = wp_insert_term('Doubles B', 'category'); "
                                      "wp_insert_term('Doubles', 'category', array('parent' => $a['term_id'])); "
                                      "$d = wp_insert_term('Doubles', 'category', array('parent' => $b['term_id'])); "
                                      "echo $d['term_id'];");
  g_autoptr(BalReview) review = live_review_new ("Doubles", "text");
  g_autoptr(BalReview) stored = live_put (live, review, NULL);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) local = NULL;
  g_autoptr(BalReview) after = NULL;
  g_autofree char *code = NULL;
  g_autofree char *ids = NULL;

  code = g_strdup_printf ("wp_set_post_categories(%s, array(%s));", bal_review_get_remote_id (stored), second);
  g_free (live_php (code));
  base = bal_provider_get_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
  local = bal_review_dup (base);
  bal_review_set_categories (local, more);
  after = live_put (live, local, base);

  g_free (code);
  code = g_strdup_printf ("echo in_array(%s, wp_get_post_categories(%s)) ? 'kept' : 'moved';", second,
                          bal_review_get_remote_id (stored));
  ids = live_php (code);
  g_assert_cmpstr (ids, ==, "kept");
  bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
}

static void
test_server_in_trouble (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) review = live_review_new ("In trouble", "text");
  g_autoptr(GError) error = NULL;

  live_flag ("fail-status", "503");
  g_assert_null (bal_provider_list_reviews (live->provider, NULL, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (bal_http_error_get_retry_after (error), ==, 2);
  g_clear_error (&error);
  g_assert_null (bal_provider_put_review (live->provider, review, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER);
  g_clear_error (&error);
  /* An API that is gone says nothing about a post. */
  live_flag ("fail-status", "404");
  g_assert_null (bal_provider_get_review (live->provider, "5", NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
  g_clear_error (&error);
  live_flag ("fail-status", NULL);

  live_flag ("no-app-passwords", "1");
  g_assert_null (bal_provider_get_review (live->provider, "5", NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  live_flag ("no-app-passwords", NULL);
}

static char *
dup_password (const char *id)
{
  g_autofree char *code = g_strdup_printf ("echo get_post(%s)->post_password;", id);

  return live_php (code);
}

static void
test_passwords_stay (void)
{
  static const BalReviewStatus path[] = {
    BAL_REVIEW_STATUS_DRAFT, BAL_REVIEW_STATUS_SCHEDULED, BAL_REVIEW_STATUS_PUBLISHED, BAL_REVIEW_STATUS_TRASH,
    BAL_REVIEW_STATUS_PUBLISHED,
  };
  static const char *const labels[] = { "Locked", NULL };
  g_autoptr(Live) live = live_new ("");
  g_autofree char *id = live_php ("echo wp_insert_post(array('post_title' => 'Locked', 'post_content' => '<p>Two lamps.</p>',"
                                  " 'post_status' => 'publish', 'post_password' => 'wintergreen', 'post_author' => 1));");
  g_autofree char *ids = live_php ("echo implode(',', $GLOBALS['wpdb']->get_col('SELECT ID FROM ' . $GLOBALS['wpdb']->posts ."
                                   " ' WHERE post_password <> \"\"'));");
  g_auto(GStrv) locked = g_strsplit (ids, ",", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) base = bal_provider_get_review (live->provider, id, NULL, &error);
  g_autoptr(GPtrArray) all = live_list_reviews (live, NULL, NULL);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) private = NULL;
  g_autofree char *gone = NULL;
  guint n_found = 0;

  g_assert_no_error (error);
  g_assert_cmpint (bal_review_get_audience (base), ==, BAL_AUDIENCE_PASSWORD);
  g_assert_cmpstr (bal_review_get_html (base), ==, "<p>Two lamps.</p>");
  for (guint i = 0; i < all->len; i++)
    {
      const char *other = bal_review_get_remote_id (all->pdata[i]);

      g_assert_cmpint (bal_review_get_audience (all->pdata[i]), ==,
                       g_strv_contains ((const char *const *) locked, other) ? BAL_AUDIENCE_PASSWORD : BAL_AUDIENCE_EVERYONE);
      n_found += g_str_equal (other, id);
    }
  g_assert_cmpuint (n_found, ==, 1);

  for (guint i = 0; i < G_N_ELEMENTS (path); i++)
    {
      g_autoptr(BalReview) review = bal_review_dup (base);
      g_autofree char *title = g_strdup_printf ("Locked %u", i);
      g_autofree char *password = NULL;

      bal_review_set_title (review, title);
      bal_review_set_html (review, title);
      bal_review_set_excerpt (review, title);
      bal_review_set_labels (review, i % 2 == 0 ? labels : NULL);
      bal_review_set_status (review, path[i]);
      bal_review_set_published (review, path[i] == BAL_REVIEW_STATUS_SCHEDULED ? bal_time_now () + 86400 : 1559239440);
      g_clear_object (&stored);
      stored = live_put (live, review, base);
      g_assert_cmpint (bal_review_get_status (stored), ==, path[i]);
      g_assert_cmpint (bal_review_get_audience (stored), ==, BAL_AUDIENCE_PASSWORD);
      password = dup_password (id);
      g_assert_cmpstr (password, ==, "wintergreen");
      g_set_object (&base, stored);
    }

  /* WordPress takes it off what becomes private, and what is told then is so. */
  g_clear_object (&stored);
  stored = bal_review_dup (base);
  bal_review_set_status (stored, BAL_REVIEW_STATUS_PRIVATE);
  private = live_put (live, stored, base);
  gone = dup_password (id);
  g_assert_cmpstr (gone, ==, "");
  g_assert_cmpint (bal_review_get_status (private), ==, BAL_REVIEW_STATUS_PRIVATE);
  g_assert_cmpint (bal_review_get_audience (private), ==, BAL_AUDIENCE_EVERYONE);
}

int
main (int    argc,
      char **argv)
{
  if (live_skip ())
    return 0;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/live/writing/create", test_create);
  g_test_add_func ("/live/writing/create-with-own-slug", test_create_with_own_slug);
  g_test_add_func ("/live/writing/lost-create", test_lost_create);
  g_test_add_func ("/live/writing/lost-completion", test_lost_completion);
  g_test_add_func ("/live/writing/update-sends-only-differences", test_update_sends_only_differences);
  g_test_add_func ("/live/writing/states", test_states);
  g_test_add_func ("/live/writing/passwords-stay", test_passwords_stay);
  g_test_add_func ("/live/writing/labels-of-an-author", test_labels_of_an_author);
  g_test_add_func ("/live/writing/categories-of-one-name", test_categories_of_one_name);
  g_test_add_func ("/live/writing/server-in-trouble", test_server_in_trouble);

  return g_test_run ();
}
