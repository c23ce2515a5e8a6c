/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blog.h"
#include "bal-review-format.h"

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *n_calls)
{
  ++*n_calls;
}

static void
test_new_blog_has_a_format (void)
{
  g_autoptr(BalBlog) blog = bal_blog_new (3);

  g_assert_cmpint (bal_blog_get_id (blog), ==, 3);
  g_assert_nonnull (bal_blog_get_format (blog));
  g_assert_cmpuint (bal_review_format_read_line (bal_blog_get_format (blog), "Grade: B", NULL), ==,
                    BAL_FIELD_LINE_GRADE);
  g_assert_true (bal_blog_get_signed_in (blog));
  g_assert_cmpuint (bal_blog_get_capabilities (blog), ==, BAL_CAPABILITY_NONE);
  g_assert_null (bal_blog_get_name (blog));
}

static void
test_properties_are_kept (void)
{
  g_autoptr(BalBlog) blog = bal_blog_new (0);
  BalCapabilities capabilities = BAL_CAPABILITY_REPLY | BAL_CAPABILITY_FEATURED_IMAGE;
  g_autofree char *author = NULL;
  gint64 last_sync = 0;
  guint read = 0;

  bal_blog_set_id (blog, 4);
  bal_blog_set_name (blog, "Films");
  bal_blog_set_provider (blog, "wordpress");
  bal_blog_set_url (blog, "https://blog.example");
  bal_blog_set_endpoint (blog, "https://blog.example/wp-json/");
  bal_blog_set_authorize_url (blog, "https://blog.example/authorize");
  bal_blog_set_user (blog, "lizzie");
  bal_blog_set_user_id (blog, "1");
  bal_blog_set_author (blog, "Lizzie");
  bal_blog_set_capabilities (blog, capabilities);
  bal_blog_set_signed_in (blog, FALSE);
  bal_blog_set_dialect (blog, "wp-blocks");
  bal_blog_set_language (blog, "de_AT");
  bal_blog_set_last_sync (blog, 1559239440);

  g_assert_cmpint (bal_blog_get_id (blog), ==, 4);
  g_assert_cmpstr (bal_blog_get_name (blog), ==, "Films");
  g_assert_cmpstr (bal_blog_get_provider (blog), ==, "wordpress");
  g_assert_cmpstr (bal_blog_get_url (blog), ==, "https://blog.example");
  g_assert_cmpstr (bal_blog_get_endpoint (blog), ==, "https://blog.example/wp-json/");
  g_assert_cmpstr (bal_blog_get_authorize_url (blog), ==, "https://blog.example/authorize");
  g_assert_cmpstr (bal_blog_get_user (blog), ==, "lizzie");
  g_assert_cmpstr (bal_blog_get_user_id (blog), ==, "1");
  g_assert_false (bal_blog_get_signed_in (blog));
  g_assert_cmpstr (bal_blog_get_dialect (blog), ==, "wp-blocks");
  g_assert_cmpstr (bal_blog_get_language (blog), ==, "de_AT");

  g_object_get (blog, "author", &author, "capabilities", &read, "last-sync", &last_sync, NULL);
  g_assert_cmpstr (author, ==, "Lizzie");
  g_assert_cmpuint (read, ==, capabilities);
  g_assert_cmpint (last_sync, ==, 1559239440);
}

static void
test_format_is_never_null (void)
{
  g_autoptr(BalBlog) blog = bal_blog_new (0);
  g_autoptr(BalReviewFormat) format = NULL;
  g_autoptr(GError) error = NULL;
  guint n_calls = 0;

  format = bal_review_format_from_string ("[Grade]\nlabel=Urteil\n", &error);
  g_assert_no_error (error);
  g_signal_connect (blog, "notify::format", G_CALLBACK (count_cb), &n_calls);
  bal_blog_set_format (blog, format);
  bal_blog_set_format (blog, format);
  g_assert_true (bal_blog_get_format (blog) == format);
  g_assert_cmpuint (n_calls, ==, 1);

  g_object_set (blog, "format", NULL, NULL);
  g_assert_nonnull (bal_blog_get_format (blog));
  g_assert_cmpuint (n_calls, ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/blog/new-blog-has-a-format", test_new_blog_has_a_format);
  g_test_add_func ("/model/blog/properties-are-kept", test_properties_are_kept);
  g_test_add_func ("/model/blog/format-is-never-null", test_format_is_never_null);

  return g_test_run ();
}
