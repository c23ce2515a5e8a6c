/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "folder-fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The linker leads every call of renameat2() here, see meson.build. */
int __real_renameat2 (int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags);
int __wrap_renameat2 (int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags);

static gboolean kill_before_rename;

int
__wrap_renameat2 (int           old_dir,
                  const char   *old_name,
                  int           new_dir,
                  const char   *new_name,
                  unsigned int  flags)
{
  if (kill_before_rename)
    raise (SIGKILL);
  return __real_renameat2 (old_dir, old_name, new_dir, new_name, flags);
}

static guint
count_temporary (FolderFixture *fixture)
{
  g_autoptr(GPtrArray) names = folder_list (fixture, "posts");
  guint n = 0;

  for (guint i = 0; i < names->len; i++)
    n += g_str_has_prefix (names->pdata[i], ".balcony-");
  return n;
}

/* Runs a put that is killed when the new file is complete, before it takes the old one's place. */
static void
put_and_die (FolderFixture *fixture,
             BalReview     *review)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr(BalReview) stored = NULL;

      kill_before_rename = TRUE;
      stored = bal_provider_put_review (fixture->provider, review, NULL, NULL, NULL);
      _exit (1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
test_kill_leaves_old_file (FolderFixture *fixture,
                           gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>old</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) stored = folder_put_review (fixture, review, NULL);
  g_autoptr(BalReview) after = NULL;
  g_autofree char *before = folder_read (fixture, "posts/2019-05-30-tin-moon.html");
  g_autofree char *now = NULL;

  bal_review_set_html (stored, "<p>new</p>");
  put_and_die (fixture, stored);

  now = folder_read (fixture, "posts/2019-05-30-tin-moon.html");
  g_assert_cmpstr (now, ==, before);
  g_assert_cmpuint (count_temporary (fixture), ==, 1);

  /* What it left is no post, goes at the next sign-in, and the lock died with it. */
  folder_fixture_reopen (fixture);
  g_assert_cmpuint (count_temporary (fixture), ==, 0);
  after = folder_put_review (fixture, stored, NULL);
  g_assert_cmpstr (bal_review_get_html (after), ==, "<p>new</p>");
}

static void
test_killed_create_leaves_nothing (FolderFixture *fixture,
                                   gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>x</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) found = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(GError) error = NULL;

  put_and_die (fixture, review);
  found = bal_provider_find_review (fixture->provider, review, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (found);

  stored = folder_put_review (fixture, review, NULL);
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpuint (reviews->len, ==, 1);
}

static void
test_new_file_never_replaces (FolderFixture *fixture,
                              gconstpointer  data)
{
  g_auto(BalFolderFd) dir = bal_folder_files_open_dir (fixture->root, "posts", FALSE, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("mine", 4);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  folder_write (fixture, "posts/a.html", "yours");
  g_assert_false (bal_folder_files_write (dir, "a.html", "a.html", bytes, BAL_FOLDER_WRITE_NEW, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_CONFLICT);
  text = folder_read (fixture, "posts/a.html");
  g_assert_cmpstr (text, ==, "yours");
  g_assert_cmpuint (count_temporary (fixture), ==, 0);
}

static void
test_posts_are_private_and_keep_modes (FolderFixture *fixture,
                                       gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>x</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) stored = folder_put_review (fixture, review, NULL);
  g_autoptr(BalReview) again = NULL;
  g_autofree char *path = g_build_filename (fixture->root, "posts/2019-05-30-tin-moon.html", NULL);
  g_autofree char *page = g_build_filename (fixture->root, "site/tin-moon.html", NULL);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (page, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0644);

  g_assert_cmpint (chmod (path, 0640), ==, 0);
  bal_review_set_title (stored, "Tin Moon, again");
  again = folder_put_review (fixture, stored, NULL);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0640);
}

static void
test_links_lead_nowhere (FolderFixture *fixture,
                         gconstpointer  data)
{
  g_autofree char *outside = g_dir_make_tmp ("balcony-outside-XXXXXX", NULL);
  g_autofree char *secret = g_build_filename (outside, "secret.html", NULL);
  g_autofree char *link = g_build_filename (fixture->root, "posts/link.html", NULL);
  g_autofree char *site = g_build_filename (fixture->root, "site", NULL);
  g_autofree char *text = NULL;
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>x</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalPage) page = NULL;
  g_autoptr(GError) error = NULL;

  /* The site's folder is somewhere else: the post is stored, nothing is rendered there. */
  g_assert_cmpint (symlink (outside, site), ==, 0);
  g_test_expect_message ("balcony-providers", G_LOG_LEVEL_MESSAGE, "*is a link*");
  stored = folder_put_review (fixture, review, NULL);
  g_test_assert_expected_messages ();
  g_assert_cmpint (rmdir (outside), ==, 0);      /* empty */

  g_assert_cmpint (mkdir (outside, 0700), ==, 0);
  g_assert_true (g_file_set_contents (secret, "secret", -1, NULL));
  g_assert_cmpint (symlink (secret, link), ==, 0);
  page = bal_provider_list_reviews (fixture->provider, NULL, NULL, NULL, &error);
  g_assert_null (page);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "link.html"));
  g_assert_true (g_file_get_contents (secret, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "secret");
  unlink (secret);
  rmdir (outside);
}

static void
test_change_within_a_clock_tick_is_found (FolderFixture *fixture,
                                          gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->root, "posts/a.html", NULL);
  struct timespec times[2] = { { 1500000000, 0 }, { 1500000000, 0 } };

  /* Same size, same time, same inode: a hundred rewrites in place, each seen. */
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *text = g_strdup_printf ("<p>%03u</p>", i);
      g_autoptr(GPtrArray) reviews = NULL;
      FILE *file = fopen (path, "w");

      g_assert_nonnull (file);
      fputs (text, file);
      fclose (file);
      g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
      reviews = folder_pull_reviews (fixture, NULL, NULL);
      g_assert_cmpuint (reviews->len, ==, 1);
      g_assert_cmpstr (bal_review_get_html (reviews->pdata[0]), ==, text);
      if (i > 0)
        {
          g_autoptr(BalPage) page = bal_provider_sweep_reviews (fixture->provider, NULL, NULL, NULL);

          g_assert_cmpstr (bal_review_get_revision (page->items->pdata[0]), ==,
                           bal_review_get_revision (reviews->pdata[0]));
        }
    }
}

static void
test_slugs_are_safe (void)
{
  static const char *const cases[][2] = {
    { "Tin Moon", "tin-moon" }, { "../../etc/passwd", "etc-passwd" }, { "  --  ", "post" }, { "", "post" },
    { "Où est l'été?", "ou-est-lete" }, { "a/b\\c\nd", "a-b-c-d" }, { "Straße Nº 5", "strasse-n-5" }, { ".", "post" },
    { "日本", "post" }, { "\xff\xfe", "post" },
  };
  g_autofree char *long_text = g_strnfill (500, 'x');
  g_autofree char *long_slug = bal_folder_slug (long_text);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *slug = bal_folder_slug (cases[i][0]);

      g_assert_true (g_regex_match_simple ("^[a-z0-9]+(-[a-z0-9]+)*$", slug, 0, 0));
      if (i != 6)
        g_assert_cmpstr (slug, ==, cases[i][1]);
    }
  g_assert_cmpuint (strlen (long_slug), ==, 80);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder_test_add ("/folder/files/kill-leaves-old-file", test_kill_leaves_old_file);
  folder_test_add ("/folder/files/killed-create-leaves-nothing", test_killed_create_leaves_nothing);
  folder_test_add ("/folder/files/new-file-never-replaces", test_new_file_never_replaces);
  folder_test_add ("/folder/files/posts-are-private-and-keep-modes", test_posts_are_private_and_keep_modes);
  folder_test_add ("/folder/files/links-lead-nowhere", test_links_lead_nowhere);
  folder_test_add ("/folder/files/change-within-a-clock-tick-is-found", test_change_within_a_clock_tick_is_found);
  g_test_add_func ("/folder/files/slugs-are-safe", test_slugs_are_safe);
  return g_test_run ();
}
