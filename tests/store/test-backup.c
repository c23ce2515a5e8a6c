/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static gboolean
add_one (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Fixture *fixture = data;

  return put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>kept</p>") != 0;
}

static gboolean
add_two (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Fixture *fixture = data;

  return put_pulled_review (transaction, fixture->blog_id, "2", "T", "<p>later</p>") != 0;
}

typedef struct
{
  guint n_reviews;
} Seen;

static gboolean
look (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  Seen *seen = data;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  g_autoptr(GArray) ids = bal_review_table_query (transaction, &query, error);

  seen->n_reviews = ids->len;
  return TRUE;
}

static guint
count_reviews (Fixture *fixture)
{
  Seen seen = { 0 };

  fixture_read (fixture, look, &seen);
  return seen.n_reviews;
}

static void
close_store (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  bal_store_close (fixture->store, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_finalize_object (fixture->store);
  fixture->store = NULL;
}

static void
open_store (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->store = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static void
test_backup_brings_everything_back (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *aside = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  fixture_write (fixture, add_one, fixture);
  g_assert_true (bal_store_backup (fixture->store, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  fixture_write (fixture, add_two, fixture);
  g_assert_cmpuint (count_reviews (fixture), ==, 2);

  /* Not while it is in use. */
  g_assert_false (bal_store_restore (fixture->dir, path, &aside, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpuint (count_reviews (fixture), ==, 2);

  close_store (fixture);
  g_assert_true (bal_store_restore (fixture->dir, path, &aside, &error));
  g_assert_no_error (error);
  open_store (fixture);
  g_assert_cmpuint (count_reviews (fixture), ==, 1);

  /* What was replaced is a whole database still, and comes back the same way. */
  close_store (fixture);
  g_assert_true (bal_store_restore (fixture->dir, aside, NULL, &error));
  g_assert_no_error (error);
  open_store (fixture);
  g_assert_cmpuint (count_reviews (fixture), ==, 2);
}

static void
test_damaged_database_is_replaced_and_kept (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autofree char *database = g_build_filename (fixture->dir, "balcony.db", NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;

  fixture_write (fixture, add_one, fixture);
  g_assert_true (bal_store_backup (fixture->store, path, NULL, &error));
  close_store (fixture);
  g_assert_true (g_file_set_contents (database, "not a database at all, but somebody's bytes", -1, NULL));
  g_assert_true (bal_store_restore (fixture->dir, path, &aside, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (aside, &kept, NULL, NULL));
  g_assert_true (g_str_has_prefix (kept, "not a database"));
  open_store (fixture);
  g_assert_cmpuint (count_reviews (fixture), ==, 1);
}

static void
test_what_is_no_backup_changes_nothing (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autofree char *contents = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  fixture_write (fixture, add_one, fixture);
  g_assert_true (bal_store_backup (fixture->store, path, NULL, &error));
  close_store (fixture);

  g_assert_false (bal_store_restore (fixture->dir, "/nowhere.db", NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  g_clear_error (&error);

  /* Damaged inside. */
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  memset (contents + 4096 * 3, 'J', 4096 * 8);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
  g_assert_false (bal_store_restore (fixture->dir, path, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_CORRUPT);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (path, "words", -1, NULL));
  g_assert_false (bal_store_restore (fixture->dir, path, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);

  open_store (fixture);
  g_assert_cmpuint (count_reviews (fixture), ==, 1);
}

static void
test_failed_backup_leaves_no_file (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->dir, "no", "such", "copy.db", NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "copy.db", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_assert_false (bal_store_backup (fixture->store, missing, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_false (bal_store_backup (fixture->store, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  dir = g_dir_open (fixture->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "copy"));
}

static guint
count_daily (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* An empty file that is as old as its day. */
static void
add_old (Fixture    *fixture,
         GDateTime  *day,
         const char *suffix)
{
  g_autofree char *stamp = g_date_time_format (day, "balcony-%Y%m%d-120000.db");
  g_autofree char *name = g_strconcat (stamp, suffix, NULL);
  g_autofree char *path = g_build_filename (fixture->dir, "backups", name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                              (guint64) g_date_time_to_unix (day), G_FILE_QUERY_INFO_NONE,
                                              NULL, NULL));
}

static void
test_older_ones_are_kept_by_weeks (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);
  g_autofree char *foreign = g_build_filename (folder, "balcony-before-moving.db", NULL);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) earlier = g_date_time_add_days (now, -2);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (int i = 2; i <= 80; i++)
    {
      g_autoptr(GDateTime) day = g_date_time_add_days (now, -i);

      add_old (fixture, day, NULL);
    }
  /* What a killed one left goes; what is at work, or has another's name, stays. */
  add_old (fixture, earlier, ".A1B2C3");
  add_old (fixture, earlier, ".A1B2C3-journal");
  add_old (fixture, now, ".D4E5F6");
  g_assert_true (g_file_set_contents (foreign, "", 0, NULL));

  fixture_reopen (fixture);
  g_assert_cmpuint (count_daily (fixture), ==, 7 + 4 + 2);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

static void
test_a_day_has_one_backup_and_a_week_seven (Fixture       *fixture,
                                            gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "backups", NULL);

  fixture_reopen (fixture);
  g_assert_cmpuint (count_daily (fixture), ==, 1);
  fixture_reopen (fixture);
  g_assert_cmpuint (count_daily (fixture), ==, 1);

  remove_folder (folder);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("balcony-2019010%u-120000.db", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(GFile) file = g_file_new_for_path (path);

      g_assert_true (g_file_set_contents (path, "", 0, NULL));
      g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, 1546300800 + i,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL));
    }
  fixture_reopen (fixture);
  g_assert_cmpuint (count_daily (fixture), ==, 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/store/backup/backup-brings-everything-back", test_backup_brings_everything_back);
  fixture_add ("/store/backup/damaged-database-is-replaced-and-kept", test_damaged_database_is_replaced_and_kept);
  fixture_add ("/store/backup/what-is-no-backup-changes-nothing", test_what_is_no_backup_changes_nothing);
  fixture_add ("/store/backup/failed-backup-leaves-no-file", test_failed_backup_leaves_no_file);
  fixture_add ("/store/backup/a-day-has-one-backup-and-a-week-seven", test_a_day_has_one_backup_and_a_week_seven);
  fixture_add ("/store/backup/older-ones-are-kept-by-weeks", test_older_ones_are_kept_by_weeks);

  return g_test_run ();
}
