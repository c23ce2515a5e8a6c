/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-providers.h"
#include "bal-time.h"
#include "live.h"

#include <stdlib.h>
#include <string.h>

/* ---- finding a blog, signing in ------------------------------------------------------------------ */

static BalBlog *
discover (const char  *url,
          GError     **error)
{
  g_autoptr(BalHttpClient) http = bal_http_client_new ();

  return bal_wordpress_type.discover (url, http, NULL, error);
}

static void
assert_discovered (const char *url,
                   const char *endpoint_path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = discover (url, &error);
  g_autofree char *endpoint = live_url (endpoint_path);

  g_test_message ("%s", url);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_blog_get_endpoint (blog), ==, endpoint);
  g_assert_cmpstr (bal_blog_get_url (blog), ==, live_get ("WP_URL"));
  g_assert_cmpstr (bal_blog_get_name (blog), ==, "The Last Reel");
  g_assert_cmpstr (bal_blog_get_provider (blog), ==, "wordpress");
  g_assert_nonnull (strstr (bal_blog_get_authorize_url (blog), "/wp-admin/authorize-application.php?app_id="));
  g_assert_null (strstr (bal_blog_get_authorize_url (blog), "success_url"));
}

static void
test_discover (void)
{
  static const char *const paths[] = {
    "", "/", "/?p=5", "/no/such/page/", "/wp-json/", "/feed/", "/wp-login.php", "/2013/05/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *url = live_url (paths[i]);
      g_autofree char *blanks = g_strdup_printf ("  %s ", url + strlen ("http://"));

      assert_discovered (url, "/wp-json/");
      assert_discovered (blanks, "/wp-json/");
    }
}

static void
set_permalinks (const char *structure)
{
  g_autofree char *code = g_strdup_printf ("update_option('permalink_structure', '%s'); flush_rewrite_rules();",
                                           structure);

  g_free (live_php (code));
}

static void
test_discover_without_permalinks (void)
{
  g_autofree char *kept = live_php ("echo get_option('permalink_structure');");

  set_permalinks ("");
  assert_discovered (live_get ("WP_URL"), "/index.php?rest_route=/");
  {
    g_autoptr(Live) live = live_new ("");
    g_autoptr(GPtrArray) reviews = live_list_reviews (live, "2035-01-01T00:00:00Z", NULL);
    g_autoptr(BalReview) review = live_review_new ("Plain permalinks", "text");
    g_autoptr(BalReview) stored = live_put (live, review, NULL);

    g_assert_nonnull (bal_review_get_remote_id (stored));
    bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
  }
  set_permalinks (kept);
}

static void
test_no_blog (void)
{
  static const struct { const char *typed; int code; } cases[] = {
    { "nonsense", BAL_ERROR_NOT_A_BLOG },
    { "two words", BAL_ERROR_NOT_A_BLOG },
    { "", BAL_ERROR_NOT_A_BLOG },
    { "https://", BAL_ERROR_NOT_A_BLOG },
    { "mailto:a@example.org", BAL_ERROR_NOT_A_BLOG },
    { "ftp://example.org/", BAL_ERROR_NOT_A_BLOG },
    { "http://127.0.0.1:9/", BAL_ERROR_OFFLINE },
    { "nowhere.invalid", BAL_ERROR_OFFLINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalBlog) blog = discover (cases[i].typed, &error);

      g_test_message ("%s: %s", cases[i].typed, error != NULL ? error->message : "");
      g_assert_null (blog);
      g_assert_error (error, BAL_ERROR, cases[i].code);
    }
}

static void
test_sign_in (void)
{
  g_autoptr(Live) admin = live_new ("");
  g_autoptr(Live) author = live_new ("AUTHOR_");
  g_autoptr(Live) contributor = live_new ("CONTRIBUTOR_");
  g_autoptr(Live) spaced = live_new_with (live_get ("WP_USER"), live_get ("WP_APP_PASSWORD_SPACED"));
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (bal_blog_get_user_id (admin->blog), ==, live_get ("WP_USER_ID"));
  g_assert_cmpstr (bal_blog_get_author (admin->blog), ==, "Ada Quill");
  g_assert_true (bal_blog_get_signed_in (admin->blog));
  g_assert_cmpstr (bal_blog_get_dialect (admin->blog), !=, "html");
  g_assert_cmphex (bal_blog_get_capabilities (admin->blog), ==,
                   BAL_CAPABILITY_REPLY | BAL_CAPABILITY_MODERATE | BAL_CAPABILITY_EDIT_COMMENTS |
                   BAL_CAPABILITY_ADD_COMMENTS | BAL_CAPABILITY_UPLOAD_MEDIA | BAL_CAPABILITY_PUBLISH |
                   BAL_CAPABILITY_SCHEDULE | BAL_CAPABILITY_PRIVATE | BAL_CAPABILITY_TRASH | BAL_CAPABILITY_SLUG |
                   BAL_CAPABILITY_EXCERPT | BAL_CAPABILITY_CATEGORIES | BAL_CAPABILITY_FEATURED_IMAGE);
  g_assert_false (bal_blog_get_capabilities (author->blog) & BAL_CAPABILITY_MODERATE);
  g_assert_true (bal_blog_get_capabilities (author->blog) & BAL_CAPABILITY_PUBLISH);
  g_assert_false (bal_blog_get_capabilities (contributor->blog) & BAL_CAPABILITY_PUBLISH);

  bal_provider_sign_in (spaced->provider, spaced->blog, NULL, &error);
  g_assert_no_error (error);
}

/* A wrong password must never look like an empty blog. */
static void
test_wrong_password (void)
{
  g_autoptr(Live) wrong = live_new_with (live_get ("WP_USER"), "wrong");
  g_autoptr(GError) error = NULL;

  g_assert_false (bal_provider_sign_in (wrong->provider, wrong->blog, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_clear_error (&error);

  g_assert_null (bal_provider_list_reviews (wrong->provider, NULL, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_clear_error (&error);

  bal_blog_set_capabilities (wrong->blog, BAL_CAPABILITY_MODERATE);
  g_assert_null (bal_provider_list_comments (wrong->provider, NULL, NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_clear_error (&error);

  g_assert_null (bal_provider_get_review (wrong->provider, "5", NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
}

static void
test_reader_may_not_write (void)
{
  g_autoptr(Live) reader = live_new_with (live_get ("WP_SUBSCRIBER_USER"), live_get ("WP_SUBSCRIBER_APP_PASSWORD"));
  g_autoptr(GError) error = NULL;

  g_assert_false (bal_provider_sign_in (reader->provider, reader->blog, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_REFUSED);
}

/* ---- reading ------------------------------------------------------------------------------------- */

static void
test_pull_everything (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autofree char *total = live_php ("global $wpdb; echo $wpdb->get_var(\"SELECT COUNT(*) FROM $wpdb->posts WHERE "
                                     "post_type = 'post' AND post_status NOT IN ('auto-draft', 'inherit')\");");
  g_autofree char *watermark = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n[5] = { 0 }, n_labels = 0, n_images = 0;
  gint64 begun = g_get_monotonic_time ();

  reviews = live_list_reviews (live, NULL, &watermark);
  g_test_message ("%u reviews in %.0f ms", reviews->len, (g_get_monotonic_time () - begun) / 1000.0);
  for (guint i = 0; i < reviews->len; i++)
    {
      BalReview *review = reviews->pdata[i];

      g_assert_true (g_hash_table_add (ids, (gpointer) bal_review_get_remote_id (review)));
      g_assert_nonnull (bal_review_get_html (review));
      g_assert_nonnull (bal_review_get_url (review));
      g_assert_cmpuint (g_strv_length ((char **) bal_review_get_categories (review)), >=, 1);
      n[bal_review_get_status (review)]++;
      n_labels += g_strv_length ((char **) bal_review_get_labels (review));
      n_images += bal_review_get_featured_image (review) != NULL;
    }

  g_assert_cmpuint (reviews->len, ==, strtoul (total, NULL, 10));
  g_assert_cmpuint (reviews->len, >=, 300);
  for (guint i = 0; i < G_N_ELEMENTS (n); i++)
    g_assert_cmpuint (n[i], >, 0);
  g_assert_cmpuint (n_labels, >, 100);
  g_assert_cmpuint (n_images, >, 10);
  g_assert_true (bal_time_from_rfc3339 (watermark, NULL));
}

/* Every body, byte for byte: what was pulled against what the database holds. */
static void
test_bodies_are_exact (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(GPtrArray) reviews = live_list_reviews (live, NULL, NULL);
  g_autofree char *output = live_php ("global $wpdb; foreach ($wpdb->get_results(\"SELECT ID, post_content c, post_title t FROM "
                                      "$wpdb->posts WHERE post_type = 'post' AND post_status <> 'auto-draft'\") as $p) "
                                      "echo $p->ID, ' ', md5($p->t . '|' . $p->c), \"\\n\";");
  g_auto(GStrv) lines = g_strsplit (output, "\n", -1);
  g_autoptr(GHashTable) sums = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *blank = strchr (lines[i], ' ');

      if (blank == NULL)
        continue;
      *blank = '\0';
      g_hash_table_insert (sums, lines[i], blank + 1);
    }

  for (guint i = 0; i < reviews->len; i++)
    {
      BalReview *review = reviews->pdata[i];
      const char *title = bal_review_get_title (review);
      g_autofree char *both = g_strdup_printf ("%s|%s", title != NULL ? title : "", bal_review_get_html (review));
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, both, -1);

      g_assert_cmpstr (sum, ==, g_hash_table_lookup (sums, bal_review_get_remote_id (review)));
    }
  g_test_message ("%u bodies", reviews->len);
}

static void
test_sweep_agrees_with_pull (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(GPtrArray) reviews = live_list_reviews (live, NULL, NULL);
  g_autoptr(GHashTable) revisions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *cursor = NULL;
  guint n = 0;

  for (guint i = 0; i < reviews->len; i++)
    g_hash_table_insert (revisions, (gpointer) bal_review_get_remote_id (reviews->pdata[i]),
                         (gpointer) bal_review_get_revision (reviews->pdata[i]));

  do
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalPage) page = bal_provider_sweep_reviews (live->provider, cursor, NULL, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < page->items->len; i++, n++)
        g_assert_cmpstr (bal_review_get_revision (page->items->pdata[i]), ==,
                         g_hash_table_lookup (revisions, bal_review_get_remote_id (page->items->pdata[i])));
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor != NULL);

  g_assert_cmpuint (n, ==, reviews->len);
}

static gboolean
contains (GPtrArray  *reviews,
          const char *remote_id)
{
  for (guint i = 0; i < reviews->len; i++)
    if (g_strcmp0 (bal_review_get_remote_id (reviews->pdata[i]), remote_id) == 0)
      return TRUE;

  return FALSE;
}

/* Saved elsewhere, and published by the clock, which is no save. */
static void
test_pull_changes (void)
{
  g_autoptr(Live) live = live_new ("");
  g_autoptr(BalReview) scheduled = live_review_new ("Comes by the clock", "text of the scheduled one");
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GPtrArray) changed = NULL;
  g_autofree char *watermark = NULL;
  g_autofree char *code = NULL;
  g_autofree char *later = NULL;
  gint64 time;

  bal_review_set_status (scheduled, BAL_REVIEW_STATUS_SCHEDULED);
  bal_review_set_published (scheduled, bal_time_now () + 86400);
  stored = live_put (live, scheduled, NULL);
  g_assert_cmpint (bal_review_get_status (stored), ==, BAL_REVIEW_STATUS_SCHEDULED);
  all = live_list_reviews (live, NULL, &watermark);

  /* Saved three days ago, due a minute ago; and another one is saved now. */
  code = g_strdup_printf ("global $wpdb; $t = time(); $f = 'Y-m-d H:i:s'; $z = wp_timezone(); $wpdb->update($wpdb->posts, array("
                          "'post_modified_gmt' => gmdate($f, $t - 259200), 'post_modified' => wp_date($f, $t - 259200), "
                          "'post_date_gmt' => gmdate($f, $t - 60), 'post_date' => wp_date($f, $t - 60)), array('ID' => %s)); "
                          "clean_post_cache(%s); wp_publish_post(%s); wp_update_post(array('ID' => 5, 'post_excerpt' => 'moved'));",
                          bal_review_get_remote_id (stored), bal_review_get_remote_id (stored),
                          bal_review_get_remote_id (stored));
  g_free (live_php (code));

  changed = live_list_reviews (live, watermark, NULL);
  g_assert_true (contains (changed, bal_review_get_remote_id (stored)));
  g_assert_true (contains (changed, "5"));
  g_assert_cmpuint (changed->len, <, all->len / 2);

  g_assert_true (bal_time_from_rfc3339 (watermark, &time));
  later = bal_time_to_rfc3339 (time + 5 * 3600);
  {
    g_autoptr(GPtrArray) nothing = live_list_reviews (live, later, NULL);

    g_assert_false (contains (nothing, "5"));
  }
  bal_provider_delete_review (live->provider, bal_review_get_remote_id (stored), NULL, NULL);
}

int
main (int    argc,
      char **argv)
{
  if (live_skip ())
    return 0;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/live/reading/discover", test_discover);
  g_test_add_func ("/live/reading/discover-without-permalinks", test_discover_without_permalinks);
  g_test_add_func ("/live/reading/no-blog", test_no_blog);
  g_test_add_func ("/live/reading/sign-in", test_sign_in);
  g_test_add_func ("/live/reading/wrong-password", test_wrong_password);
  g_test_add_func ("/live/reading/reader-may-not-write", test_reader_may_not_write);
  g_test_add_func ("/live/reading/pull-everything", test_pull_everything);
  g_test_add_func ("/live/reading/bodies-are-exact", test_bodies_are_exact);
  g_test_add_func ("/live/reading/sweep-agrees-with-pull", test_sweep_agrees_with_pull);
  g_test_add_func ("/live/reading/pull-changes", test_pull_changes);

  return g_test_run ();
}
