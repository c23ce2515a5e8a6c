/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What every export promises, whatever the format. */

typedef struct
{
  Fixture      *fixture;
  BalBlog      *blog;
  GCancellable *cancellable;
} Meanwhile;

static BalExportReport *
try_export (Fixture          *fixture,
            BalBlog          *blog,
            BalExportFormat   format,
            const char       *path,
            GError          **error)
{
  return bal_export_run (fixture->store, blog, path, format, NULL, NULL, NULL, error);
}

/* How many files and folders the fixture's folder has. */
static guint
count_files (Fixture *fixture)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static BalExportFormat
next_format (BalExportFormat format)
{
  do
    format++;
  while (format < BAL_EXPORT_N_FORMATS && bal_export_format_to_nick (format) == NULL);
  return format;
}

static void
test_nothing_is_overwritten (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 1, 3);
  g_autofree char *taken = g_build_filename (fixture->dir, "taken", NULL);
  g_autofree char *file = g_build_filename (taken, "note.txt", NULL);
  g_autofree char *link = g_build_filename (fixture->dir, "link", NULL);
  g_autofree char *missing = g_build_filename (fixture->dir, "missing", "out", NULL);
  guint n_files;

  g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  g_assert_cmpint (symlink ("nowhere", link), ==, 0);
  n_files = count_files (fixture);
  for (BalExportFormat format = 0; format < BAL_EXPORT_N_FORMATS; format = next_format (format))
    {
      const char *paths[] = { taken, file, link, missing };

      for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
        {
          g_autoptr(GError) error = NULL;

          g_assert_null (try_export (fixture, blog, format, paths[i], &error));
          g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
        }
    }

  g_assert_cmpuint (count_files (fixture), ==, n_files);
}

static void
test_an_empty_folder_is_filled (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 1, 3);
  guint n_files = count_files (fixture);

  for (BalExportFormat format = 0; format < BAL_EXPORT_N_FORMATS; format = next_format (format))
    {
      const char *nick = bal_export_format_to_nick (format);
      g_autofree char *path = g_build_filename (fixture->dir, nick, NULL);
      g_autofree char *written = NULL;

      if (bal_export_format_is_folder (format))
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      written = export_write (fixture, blog, format, nick, NULL);
      g_assert_cmpint (g_file_test (written, G_FILE_TEST_IS_DIR), ==, bal_export_format_is_folder (format));
      g_assert_cmpuint (count_files (fixture), ==, ++n_files);
    }
}

static void
stop_cb (double    fraction,
         guint     n_reviews,
         guint     n_comments,
         gpointer  data)
{
  if (n_reviews >= 3)
    g_cancellable_cancel (((Meanwhile *) data)->cancellable);
}

static void
test_stopped_leaves_nothing (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 2, 30);
  g_autofree char *path = g_build_filename (fixture->dir, "out", NULL);
  guint n_files = count_files (fixture);

  for (BalExportFormat format = 0; format < BAL_EXPORT_N_FORMATS; format = next_format (format))
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GError) error = NULL;
      Meanwhile meanwhile = { fixture, blog, cancellable };

      g_assert_null (bal_export_run (fixture->store, blog, path, format, stop_cb, &meanwhile, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (count_files (fixture), ==, n_files);
    }
}

/* A limit of the size of files is met where a disk would be full. */
static void
test_no_room_leaves_nothing (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 3, 60);
  g_autofree char *path = g_build_filename (fixture->dir, "out", NULL);
  g_autoptr(GError) error = NULL;
  struct rlimit before, small;
  guint n_files = count_files (fixture);

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 4096;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_null (try_export (fixture, blog, BAL_EXPORT_FORMAT_JSON, path, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "nothing of the export was kept"));
  g_assert_cmpuint (count_files (fixture), ==, n_files);
}

static gboolean
rename_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Meanwhile *meanwhile = data;
  g_autoptr(GArray) ids = bal_review_table_list_ids (transaction, bal_blog_get_id (meanwhile->blog), error);
  g_autoptr(BalReview) review = bal_review_table_get (transaction, g_array_index (ids, gint64, ids->len - 1), error);

  bal_review_set_title (review, "Written meanwhile");
  return bal_review_table_update (transaction, review, error);
}

static void
write_cb (double    fraction,
          guint     n_reviews,
          guint     n_comments,
          gpointer  data)
{
  Meanwhile *meanwhile = data;

  if (n_reviews == 1)
    fixture_write (meanwhile->fixture, rename_work, meanwhile);
}

static void
test_is_of_one_moment (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 4, 10);
  g_autofree char *path = g_build_filename (fixture->dir, "out", NULL);
  g_autofree char *later = g_build_filename (fixture->dir, "later", NULL);
  g_autofree char *text = NULL;
  g_autofree char *text_later = NULL;
  g_autoptr(GError) error = NULL;
  Meanwhile meanwhile = { fixture, blog, NULL };
  g_autoptr(BalExportReport) report = bal_export_run (fixture->store, blog, path, BAL_EXPORT_FORMAT_JSON, write_cb,
                                                      &meanwhile, NULL, &error);
  g_autoptr(BalExportReport) second = NULL;

  g_assert_no_error (error);
  second = try_export (fixture, blog, BAL_EXPORT_FORMAT_JSON, later, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (later, &text_later, NULL, NULL));
  g_assert_null (strstr (text, "Written meanwhile"));
  g_assert_nonnull (strstr (text_later, "Written meanwhile"));
}

static void
test_a_file_is_the_persons_alone (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 5, 2);
  g_autofree char *path = export_write (fixture, blog, BAL_EXPORT_FORMAT_WXR, "out", NULL);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static gboolean
pull_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  gint64 blog_id = bal_blog_get_id (data);
  gint64 id = put_pulled_review (transaction, blog_id, "900", "Night Ferry", "<p>Here.</p>");
  gint64 first = put_pulled_comment (transaction, blog_id, id, 0, "70", "Somebody", BAL_COMMENT_STATUS_APPROVED);

  return put_pulled_comment (transaction, blog_id, id, first, "71", "Else", BAL_COMMENT_STATUS_PENDING) != 0;
}

/* So that an export of WordPress, or a later one of Balcony, is known again. */
static void
test_what_wordpress_numbered_keeps_its_number (Fixture       *fixture,
                                               gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Hosted", FALSE);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  fixture_write (fixture, pull_work, blog);
  path = export_write (fixture, blog, BAL_EXPORT_FORMAT_WXR, "out", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "<wp:post_id>900</wp:post_id>"));
  g_assert_nonnull (strstr (text, "<wp:comment_id>71</wp:comment_id>"));
  g_assert_nonnull (strstr (text, "<wp:comment_parent>70</wp:comment_parent>"));
}

static void
find_cb (guint       kind,
         const char *name,
         const char *reason,
         gpointer    data)
{
  guint *found = data;

  *found |= (strstr (reason, "characters") != NULL) | (strstr (reason, "trash") != NULL) << 1 |
            (strstr (reason, "on this computer only") != NULL) << 2 | (strstr (reason, "browser") != NULL) << 3;
}

static void
test_what_is_left_out_is_told (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 6, 40);
  g_autoptr(BalExportReport) report = NULL;
  g_autoptr(BalExportReport) whole = NULL;
  g_autofree char *atom = export_write (fixture, blog, BAL_EXPORT_FORMAT_ATOM, "atom", &report);
  g_autofree char *json = export_write (fixture, blog, BAL_EXPORT_FORMAT_JSON, "json", &whole);
  guint found = 0;

  g_assert_true (bal_notes_foreach (report->notes, 0, find_cb, &found, NULL));
  g_assert_cmpuint (found, ==, 15);
  g_assert_cmpuint (whole->n_left_out, ==, 0);
  g_assert_cmpuint (whole->n_changed, ==, 0);
  g_assert_cmpuint (whole->n_reviews, ==, 40);
  g_assert_cmpuint (report->n_reviews, <, 40);
}

static gboolean
find_picture_work (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  g_autoptr(BalMedia) picture = bal_media_table_get (transaction, 1, error);

  must (picture != NULL);
  *(char **) data = g_strdup (picture->path);
  return TRUE;
}

static void
test_a_picture_that_is_gone_is_told (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 7, 20);
  g_autoptr(BalExportReport) before = NULL;
  g_autoptr(BalExportReport) after = NULL;
  g_autofree char *first = export_write (fixture, blog, BAL_EXPORT_FORMAT_JSON, "first", &before);
  g_autofree char *second = NULL;
  g_autofree char *stored = NULL;
  g_autofree char *aside = NULL;

  fixture_read (fixture, find_picture_work, &stored);
  aside = g_strconcat (stored, ".aside", NULL);
  g_assert_cmpint (g_rename (stored, aside), ==, 0);
  second = export_write (fixture, blog, BAL_EXPORT_FORMAT_JSON, "second", &after);
  g_assert_cmpint (g_rename (aside, stored), ==, 0);
  g_assert_cmpuint (before->n_pictures, ==, 3);
  g_assert_cmpuint (after->n_pictures, ==, 2);
  g_assert_cmpuint (after->n_left_out, >, 0);
}

/* The folder stands where the picture was: it is there, and can't be read. */
static void
test_a_picture_that_is_not_read_stops_all (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 7, 20);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "out", NULL);
  g_autofree char *stored = NULL;
  g_autofree char *aside = NULL;
  guint n_files = count_files (fixture);

  fixture_read (fixture, find_picture_work, &stored);
  aside = g_strconcat (stored, ".aside", NULL);
  g_assert_cmpint (g_rename (stored, aside), ==, 0);
  g_assert_cmpint (g_mkdir (stored, 0700), ==, 0);
  g_assert_null (try_export (fixture, blog, BAL_EXPORT_FORMAT_JSON, path, &error));
  g_assert_cmpint (g_rmdir (stored), ==, 0);
  g_assert_cmpint (g_rename (aside, stored), ==, 0);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, g_strerror (EISDIR)));
  g_assert_cmpuint (count_files (fixture), ==, n_files);
}

static gboolean
older_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, *(gint64 *) data, error);

  must (review != NULL);
  bal_review_set_html (review, "<p><img src=\"media:4711\"/></p>");
  must (bal_revision_table_add_review (transaction, BAL_REVISION_RESTORED, review, error));
  return bal_revision_table_add_review (transaction, BAL_REVISION_RESTORED, review, error);
}

static void
older_cb (guint       kind,
          const char *name,
          const char *reason,
          gpointer    data)
{
  *(guint *) data += strstr (reason, "“media:4711” of an older version") != NULL;
}

static void
test_an_older_versions_picture_that_is_gone_is_told (Fixture       *fixture,
                                                     gconstpointer  data)
{
  g_autoptr(BalBlog) blog = export_make_blog (fixture, 8, 2);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autoptr(BalExportReport) report = NULL;
  g_autofree char *path = NULL;
  gint64 id = bal_review_get_id (g_ptr_array_index (reviews, 0));
  guint n_told = 0;

  fixture_write (fixture, older_work, &id);
  path = export_write (fixture, blog, BAL_EXPORT_FORMAT_JSON, "out", &report);
  g_assert_true (bal_notes_foreach (report->notes, 0, older_cb, &n_told, NULL));
  g_assert_cmpuint (n_told, ==, 1);
}

/* What WordPress counts meets what is counted here, and a comment of it the post. */
static gboolean
meet_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  gint64 blog_id = bal_blog_get_id (data);
  g_autoptr(BalReview) unsent = bal_review_new (0);
  g_autofree char *number = NULL;
  gint64 pulled;

  bal_review_set_blog_id (unsent, blog_id);
  bal_review_set_title (unsent, "Unsent");
  bal_review_set_html (unsent, "<p>Not yet.</p>");
  must (take_in_review (transaction, unsent, error));
  number = g_strdup_printf ("%" G_GINT64_FORMAT, bal_review_get_id (unsent));
  pulled = put_pulled_review (transaction, blog_id, number, "Night Ferry", "<p>Here.</p>");
  return put_pulled_comment (transaction, blog_id, pulled, 0, number, "Somebody", BAL_COMMENT_STATUS_APPROVED) != 0;
}

static void
test_a_blogger_backup_gives_each_its_number (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Hosted", FALSE);
  g_autoptr(BalBlog) other = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = NULL;
  g_autofree char *path = NULL;

  fixture_write (fixture, meet_work, blog);
  path = export_write (fixture, blog, BAL_EXPORT_FORMAT_ATOM, "out", NULL);
  report = import_run (fixture, other, path, BAL_IMPORT_NONE);
  assert_counts (report, 2, 0, 1, 0);
}

/* ---- what comes in ---- */

static void
test_json_comes_in_whole (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_sample ("everything.json");
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) again = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  const ExportCase all = { "json", BAL_EXPORT_FORMAT_JSON, EXPORT_HOLDS_EVERYTHING, NULL, NULL };
  g_autofree char *text = export_describe (fixture, blog, &all);
  static const char *const told[] = {
    "title: Late Shows: Night Ferry\n", "picture:", ":Still.png:A ferry", "grade: A-\n", "version: ", "html: Does it?\n",
    "answer: ", "html: It never does.\n", "dismissed: 1\n", "person, 1, 1, 0\n", "note: Writes", "Thanks: Thank you",
    "Spam: status:spam\n", "comment at 1, pending",
  };

  assert_counts (report, 1, 0, 2, 0);
  assert_counts (again, 0, 1, 0, 2);
  g_assert_cmpuint (again->n_kept, ==, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "no text"));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (strstr (text, told[i]) == NULL)
      g_error ("“%s” is not in\n%s", told[i], text);
}

static void
test_json_that_is_cut_comes_in_so_far (Fixture       *fixture,
                                       gconstpointer  data)
{
  static const char text[] =
    "{\"format\":\"balcony\",\"items\":[{\"type\":\"review\",\"key\":\"a\",\"title\":\"One\"},"
    "{\"type\":\"review\" \"key\"},{\"type\":\"review\",\"key\":\"b\",\"title\":\"Two\"},{\"type\":\"review\",\"key\":\"c\",\"ti";
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_write (fixture, "cut.json", text, strlen (text));
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);

  assert_counts (report, 2, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "damaged"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "in the middle"));
}

static void
test_json_without_texts_comes_in (Fixture       *fixture,
                                  gconstpointer  data)
{
  static const char text[] = "{\"format\":\"balcony\",\"items\":[{\"type\":\"review\",\"key\":\"a\"},"
                             "{\"type\":\"comment\",\"key\":\"b\",\"review\":\"a\"},{\"type\":\"comment\",\"key\":\"c\",\"review\":\"z\"}]}";
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_write (fixture, "bare.json", text, strlen (text));
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);

  assert_counts (report, 1, 0, 1, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "not in the file"));
}

static void
test_what_a_later_version_wrote_is_refused (Fixture       *fixture,
                                            gconstpointer  data)
{
  static const char text[] = "{\"format\":\"balcony\",\"version\":9,\"items\":[{\"type\":\"review\",\"key\":\"a\"}]}";
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_write (fixture, "later.json", text, strlen (text));
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);

  assert_counts (report, 0, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "later version"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/export/nothing-is-overwritten", test_nothing_is_overwritten);
  fixture_add ("/export/an-empty-folder-is-filled", test_an_empty_folder_is_filled);
  fixture_add ("/export/stopped-leaves-nothing", test_stopped_leaves_nothing);
  fixture_add ("/export/no-room-leaves-nothing", test_no_room_leaves_nothing);
  fixture_add ("/export/is-of-one-moment", test_is_of_one_moment);
  fixture_add ("/export/a-file-is-the-persons-alone", test_a_file_is_the_persons_alone);
  fixture_add ("/export/what-wordpress-numbered-keeps-its-number", test_what_wordpress_numbered_keeps_its_number);
  fixture_add ("/export/what-is-left-out-is-told", test_what_is_left_out_is_told);
  fixture_add ("/export/a-picture-that-is-gone-is-told", test_a_picture_that_is_gone_is_told);
  fixture_add ("/export/a-picture-that-is-not-read-stops-all", test_a_picture_that_is_not_read_stops_all);
  fixture_add ("/export/an-older-versions-picture-that-is-gone-is-told", test_an_older_versions_picture_that_is_gone_is_told);
  fixture_add ("/export/a-blogger-backup-gives-each-its-number", test_a_blogger_backup_gives_each_its_number);
  fixture_add ("/import/json-comes-in-whole", test_json_comes_in_whole);
  fixture_add ("/import/json-that-is-cut-comes-in-so-far", test_json_that_is_cut_comes_in_so_far);
  fixture_add ("/import/json-without-texts-comes-in", test_json_without_texts_comes_in);
  fixture_add ("/import/what-a-later-version-wrote-is-refused", test_what_a_later_version_wrote_is_refused);

  return g_test_run ();
}
