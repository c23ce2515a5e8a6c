/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void
assert_says (GError     *error,
             int         code,
             const char *words)
{
  g_assert_error (error, BAL_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* ---- adding a blog ---- */

static void
test_discover_makes_nothing (void)
{
  g_autofree char *root = g_dir_make_tmp ("balcony-folder-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (root, "missing", NULL);
  g_autofree char *uri = g_filename_to_uri (root, NULL, NULL);
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalBlog) none = NULL;
  g_autoptr(GError) error = NULL;

  blog = bal_folder_type.discover (uri, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (bal_blog_get_endpoint (blog), ==, root);
  g_assert_cmpstr (bal_blog_get_provider (blog), ==, "folder");
  g_assert_true (g_str_has_suffix (bal_blog_get_url (blog), "/site/index.html"));

  none = bal_folder_type.discover (missing, NULL, NULL, &error);
  g_assert_null (none);
  assert_says (error, BAL_ERROR_NOT_A_BLOG, missing);
  g_clear_error (&error);
  none = bal_folder_type.discover ("https://example.org/", NULL, NULL, &error);
  assert_says (error, BAL_ERROR_NOT_A_BLOG, "https://example.org/");
  g_assert_cmpint (g_rmdir (root), ==, 0);       /* still empty */
}

static void
test_somebodys_folder_is_left_alone (void)
{
  g_autofree char *root = g_dir_make_tmp ("balcony-folder-XXXXXX", NULL);
  g_autofree char *letter = g_build_filename (root, "letter.odt", NULL);
  g_autoptr(BalBlog) blog = bal_blog_new (0);
  g_autoptr(BalBlog) none = NULL;
  g_autoptr(BalProvider) provider = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (letter, "x", -1, NULL));
  none = bal_folder_type.discover (root, NULL, NULL, &error);
  g_assert_null (none);
  assert_says (error, BAL_ERROR_NOT_A_BLOG, root);
  g_clear_error (&error);

  bal_blog_set_endpoint (blog, root);
  provider = bal_folder_type.open (blog, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (bal_provider_sign_in (provider, blog, NULL, &error));
  assert_says (error, BAL_ERROR_NOT_A_BLOG, root);
  g_unlink (letter);
  g_assert_cmpint (g_rmdir (root), ==, 0);
}

static void
test_empty_folder_becomes_a_blog (FolderFixture *fixture,
                                  gconstpointer  data)
{
  g_assert_true (folder_has (fixture, "blog.ini"));
  g_assert_true (folder_has (fixture, "posts"));
  g_assert_cmpuint (bal_blog_get_capabilities (fixture->blog), ==, (1 << 14) - 1);
  g_assert_cmpstr (bal_blog_get_dialect (fixture->blog), ==, "html");
}

/* ---- a folder that is not there ---- */

static void
assert_offline (FolderFixture *fixture)
{
  g_autoptr(BalReview) review = folder_new_review ("k9", "New", "<p>x</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalPage) page = NULL;
  g_autoptr(BalReview) got = NULL;
  g_autoptr(BalReview) put = NULL;
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(GError) error = NULL;
  guint counts[4];

  g_assert_false (bal_provider_sign_in (fixture->provider, fixture->blog, NULL, &error));
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  page = bal_provider_list_reviews (fixture->provider, NULL, NULL, NULL, &error);
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  page = bal_provider_sweep_reviews (fixture->provider, NULL, NULL, &error);
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  page = bal_provider_sweep_comments (fixture->provider, NULL, NULL, &error);
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  /* Never "not found": that would be believed. */
  got = bal_provider_get_review (fixture->provider, "a", NULL, &error);
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  comment = bal_provider_get_comment (fixture->provider, "a/1", NULL, &error);
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  g_assert_false (bal_provider_count_comments (fixture->provider, counts, NULL, &error));
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  put = bal_provider_put_review (fixture->provider, review, NULL, NULL, &error);
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
  g_clear_error (&error);
  g_assert_false (bal_provider_delete_review (fixture->provider, "a", NULL, &error));
  assert_says (error, BAL_ERROR_OFFLINE, "Nothing is lost");
}

static void
test_unmounted_drive_is_not_an_empty_blog (FolderFixture *fixture,
                                           gconstpointer  data)
{
  g_autofree char *away = g_strconcat (fixture->root, ".away", NULL);
  g_autofree char *posts = g_build_filename (fixture->root, "posts", NULL);
  g_autofree char *posts_away = g_build_filename (fixture->root, "posts.away", NULL);

  folder_write (fixture, "posts/a.html", "<p>x</p>");
  bal_blog_set_last_sync (fixture->blog, 1559239440);

  g_assert_cmpint (g_rename (fixture->root, away), ==, 0);
  assert_offline (fixture);
  g_assert_cmpint (g_mkdir (fixture->root, 0700), ==, 0);     /* an empty mount point */
  assert_offline (fixture);
  g_assert_cmpint (g_rmdir (fixture->root), ==, 0);           /* and still empty */
  g_assert_cmpint (g_rename (away, fixture->root), ==, 0);

  g_assert_cmpint (g_rename (posts, posts_away), ==, 0);
  assert_offline (fixture);
  g_assert_cmpint (g_rename (posts_away, posts), ==, 0);
  folder_fixture_reopen (fixture);
}

/* ---- files that can't be read or written ---- */

static void
test_broken_comments_are_named_and_kept (FolderFixture *fixture,
                                         gconstpointer  data)
{
  static const char *const broken[] = {
    "", "[", "{}", "[{\"id\": 1, \"id\": 2}]", "[1e999]", "[99999999999999999999]", "[{\"a\": \"\xff\"}]", "[] []", "null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr(GPtrArray) reviews = NULL;
      g_autoptr(BalComment) comment = bal_comment_new (0);
      g_autoptr(BalComment) stored = NULL;
      g_autoptr(BalPage) page = NULL;
      g_autofree char *after = NULL;
      g_autoptr(GError) error = NULL;
      guint counts[4];

      folder_write (fixture, "posts/moon.html", "---\nid: moon\nstatus: published\n---\n<p>x</p>");
      folder_write (fixture, "posts/moon.comments.json", broken[i]);
      reviews = folder_pull_reviews (fixture, NULL, NULL);     /* reviews go on */
      g_assert_cmpuint (reviews->len, ==, 1);

      page = bal_provider_list_comments (fixture->provider, NULL, NULL, NULL, &error);
      g_assert_null (page);
      assert_says (error, BAL_ERROR_INVALID, "moon.comments.json");
      g_clear_error (&error);
      page = bal_provider_sweep_comments (fixture->provider, NULL, NULL, &error);
      assert_says (error, BAL_ERROR_INVALID, "moon.comments.json");
      g_clear_error (&error);
      g_assert_false (bal_provider_count_comments (fixture->provider, counts, NULL, &error));
      assert_says (error, BAL_ERROR_INVALID, "moon.comments.json");
      g_clear_error (&error);

      bal_comment_set_remote_review_id (comment, "moon");
      bal_comment_set_html (comment, "new");
      stored = bal_provider_put_comment (fixture->provider, comment, NULL, NULL, &error);
      g_assert_null (stored);
      assert_says (error, BAL_ERROR_INVALID, "moon.comments.json");
      after = folder_read (fixture, "posts/moon.comments.json");
      g_assert_cmpstr (after, ==, broken[i]);
    }
}

static void
test_page_stays_while_its_thread_is_broken (FolderFixture *fixture,
                                            gconstpointer  data)
{
  g_autoptr(GPtrArray) first = NULL;
  g_autoptr(GPtrArray) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  folder_write (fixture, "posts/moon.html", "---\nid: moon\nstatus: published\n---\n<p>x</p>");
  folder_write (fixture, "posts/moon.comments.json", "[{\"id\": \"1\", \"status\": \"approved\", \"html\": \"hello\"}]");
  first = folder_pull_reviews (fixture, NULL, NULL);
  before = folder_read (fixture, "site/moon.html");
  g_assert_nonnull (strstr (before, "hello"));
  folder_write (fixture, "posts/moon.comments.json", "[{\"id\": \"1\", \"status\": \"appro");
  second = folder_pull_reviews (fixture, NULL, NULL);
  after = folder_read (fixture, "site/moon.html");
  g_assert_cmpstr (after, ==, before);
}

static void
test_too_large_file_is_named (FolderFixture *fixture,
                              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->root, "posts/big.html", NULL);
  g_autoptr(BalPage) page = NULL;
  g_autoptr(GError) error = NULL;

  folder_write (fixture, "posts/big.html", "x");
  g_assert_cmpint (truncate (path, BAL_FOLDER_MAX_BYTES), ==, 0);
  page = bal_provider_sweep_reviews (fixture->provider, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&page, bal_page_free);

  g_assert_cmpint (truncate (path, BAL_FOLDER_MAX_BYTES + 1), ==, 0);
  page = bal_provider_sweep_reviews (fixture->provider, NULL, NULL, &error);
  g_assert_null (page);
  assert_says (error, BAL_ERROR_INVALID, "big.html");
}

static void
test_pipe_does_not_hold_up (FolderFixture *fixture,
                            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->root, "posts/pipe.html", NULL);
  g_autoptr(BalPage) page = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  page = bal_provider_sweep_reviews (fixture->provider, NULL, NULL, &error);
  g_assert_null (page);
  assert_says (error, BAL_ERROR_INVALID, "pipe.html");
}

static void
test_broken_settings_are_named (FolderFixture *fixture,
                                gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  folder_write (fixture, "blog.ini", "no group here");
  g_assert_false (bal_provider_sign_in (fixture->provider, fixture->blog, NULL, &error));
  assert_says (error, BAL_ERROR_INVALID, "blog.ini");
  folder_write (fixture, "blog.ini", "");
  g_clear_error (&error);
  g_assert_true (bal_provider_sign_in (fixture->provider, fixture->blog, NULL, &error));
  g_assert_no_error (error);
}

static void
test_read_only_folder_is_read (FolderFixture *fixture,
                               gconstpointer  data)
{
  g_autofree char *posts = g_build_filename (fixture->root, "posts", NULL);
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(BalReview) changed = NULL;
  g_autoptr(BalReview) refused = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }
  folder_write (fixture, "posts/a.html", "---\nid: a\n---\n<p>x</p>");
  g_assert_cmpint (chmod (posts, 0500), ==, 0);
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpuint (reviews->len, ==, 1);
  changed = bal_review_dup (reviews->pdata[0]);
  bal_review_set_html (changed, "<p>y</p>");
  refused = bal_provider_put_review (fixture->provider, changed, reviews->pdata[0], NULL, &error);
  g_assert_cmpint (chmod (posts, 0700), ==, 0);
  g_assert_null (refused);
  assert_says (error, BAL_ERROR_REFUSED, "a.html");
  text = folder_read (fixture, "posts/a.html");
  g_assert_cmpstr (text, ==, "---\nid: a\n---\n<p>x</p>");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder/faults/discover-makes-nothing", test_discover_makes_nothing);
  g_test_add_func ("/folder/faults/somebodys-folder-is-left-alone", test_somebodys_folder_is_left_alone);
  folder_test_add ("/folder/faults/empty-folder-becomes-a-blog", test_empty_folder_becomes_a_blog);
  folder_test_add ("/folder/faults/unmounted-drive-is-not-an-empty-blog", test_unmounted_drive_is_not_an_empty_blog);
  folder_test_add ("/folder/faults/broken-comments-are-named-and-kept", test_broken_comments_are_named_and_kept);
  folder_test_add ("/folder/faults/page-stays-while-its-thread-is-broken", test_page_stays_while_its_thread_is_broken);
  folder_test_add ("/folder/faults/too-large-file-is-named", test_too_large_file_is_named);
  folder_test_add ("/folder/faults/pipe-does-not-hold-up", test_pipe_does_not_hold_up);
  folder_test_add ("/folder/faults/broken-settings-are-named", test_broken_settings_are_named);
  folder_test_add ("/folder/faults/read-only-folder-is-read", test_read_only_folder_is_read);
  return g_test_run ();
}
