/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE   /* unshare() */

#include "store-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal-transaction.h"

#define NOBODY 65534

static char *program;

static gboolean
add_some (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Fixture *fixture = data;

  return put_pulled_review (transaction, fixture->blog_id, "1", "T", "<p>kept</p>") != 0;
}

static gboolean
add_too_much (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Fixture *fixture = data;
  g_autofree char *html = g_strnfill (100000, 'x');

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr(BalReview) review = make_review (fixture->blog_id, NULL, "Large", html);

      if (bal_review_table_insert (transaction, review, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_small (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Fixture *fixture = data;
  g_autoptr(BalReview) review = make_review (fixture->blog_id, "2", "Small", "<p>y</p>");

  return bal_review_table_insert (transaction, review, error) != 0;
}

static gboolean
only_the_small_ones (BalTransaction  *transaction,
                     gpointer         data,
                     GError         **error)
{
  Fixture *fixture = data;
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  g_autoptr(GArray) ids = bal_review_table_query (transaction, &query, error);

  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpint (bal_review_table_find_remote (transaction, fixture->blog_id, "1", error), !=, 0);
  g_assert_cmpint (bal_review_table_find_remote (transaction, fixture->blog_id, "2", error), !=, 0);
  return TRUE;
}

static void
overfill (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (bal_store_write (fixture->store, add_too_much, fixture, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "balcony.db"));
  g_assert_nonnull (strstr (error->message, "space"));

  /* The store stays in use. */
  fixture_write (fixture, add_small, fixture);
  fixture_read (fixture, only_the_small_ones, fixture);
}

static gboolean
limit_pages (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  return bal_connection_execute (transaction->connection, "PRAGMA max_page_count = 400", error);
}

static void
test_full_database_keeps_what_was_saved (Fixture       *fixture,
                                         gconstpointer  data)
{
  fixture_write (fixture, add_some, fixture);
  fixture_write (fixture, limit_pages, fixture);
  overfill (fixture);
}

static void
test_full_disk_keeps_what_was_saved (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autofree char *disk = g_build_filename (fixture->dir, "disk", NULL);
  Fixture small = { 0 };

  g_assert_cmpint (g_mkdir (disk, 0700), ==, 0);
  /* In a name space of our own, so that the mount goes with the process whatever happens. */
  if (unshare (CLONE_NEWNS) != 0 ||
      mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
      mount ("tmpfs", disk, "tmpfs", 0, "size=4m") != 0)
    {
      g_test_skip ("A small file system can't be mounted here");
      return;
    }

  fixture_set_up_in (&small, disk);
  fixture_write (&small, add_some, &small);
  overfill (&small);
  fixture_tear_down (&small, NULL);
  g_assert_cmpint (umount (disk), ==, 0);
}

static void
wait_child (GSubprocess *child)
{
  g_autoptr(GError) error = NULL;

  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
}

/* In a process that may not write to the folder, though the tests run as root. */
static void
test_read_only_folder_is_told (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "balcony.db", NULL);
  static const struct { gboolean with_file; int mode; } cases[] = { { TRUE, 0444 }, { TRUE, 0400 }, { FALSE, 0 } };

  bal_store_close (fixture->store, NULL);
  g_clear_object (&fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gsize length = 0, after_length = 0;

      if (cases[i].with_file)
        {
          g_assert_cmpint (g_chmod (path, cases[i].mode), ==, 0);
          g_file_get_contents (path, &before, &length, NULL);
        }
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
      g_assert_cmpint (g_chmod (fixture->dir, 0555), ==, 0);
      {
        g_autoptr(GSubprocess) child =
          g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--open-must-fail", fixture->dir, NULL);

        g_assert_no_error (error);
        wait_child (child);
        g_assert_cmpint (g_subprocess_get_exit_status (child), ==, 0);
      }
      g_assert_cmpint (g_chmod (fixture->dir, 0700), ==, 0);
      if (cases[i].with_file)
        {
          g_file_get_contents (path, &after, &after_length, NULL);
          g_assert_cmpmem (before, length, after, after_length);
        }
    }
}

static int
open_must_fail (const char *dir)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalStore) store = NULL;
  gboolean is_root = geteuid () == 0;

  if (is_root && seteuid (NOBODY) != 0)
    return 2;
  store = bal_store_open (dir, &error);
  if (is_root && seteuid (0) != 0)
    return 2;

  if (store != NULL)
    return 3;
  if (!g_error_matches (error, BAL_ERROR, BAL_ERROR_STORAGE) || strstr (error->message, dir) == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 4;
    }
  return 0;
}

/* ---- damage ---- */

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

/* Opening must fail, and leave every byte alone. */
static void
assert_refused (Fixture    *fixture,
                int         code,
                const char *words)
{
  g_autofree char *path = g_build_filename (fixture->dir, "balcony.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(GError) error = NULL;
  gsize length, after_length;

  g_assert_true (g_file_get_contents (path, &before, &length, NULL));
  g_assert_null (bal_store_open (fixture->dir, &error));
  g_assert_error (error, BAL_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_true (g_file_get_contents (path, &after, &after_length, NULL));
  g_assert_cmpmem (before, length, after, after_length);
}

static void
scribble (Fixture *fixture,
          gsize    from,
          gsize    length)
{
  g_autofree char *path = g_build_filename (fixture->dir, "balcony.db", NULL);
  g_autofree char *junk = g_strnfill (length, 'J');
  FILE *file = g_fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, from, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (junk, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
test_damaged_file_names_the_backup (Fixture       *fixture,
                                    gconstpointer  data)
{
  fixture_write (fixture, add_some, fixture);
  close_store (fixture);
  scribble (fixture, 0, 200);
  /* Closing had made the day's backup. */
  assert_refused (fixture, BAL_ERROR_CORRUPT, "backups/balcony-");
}

static void
test_damage_inside_is_told (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture_write (fixture, add_some, fixture);
  close_store (fixture);
  scribble (fixture, 4096 * 3, 4096 * 8);
  fixture->store = bal_store_open (fixture->dir, &error);
  if (fixture->store != NULL)
    {
      g_assert_false (bal_store_check (fixture->store, NULL, &error));
      bal_store_close (fixture->store, NULL);
      while (g_main_context_iteration (NULL, FALSE));
      g_clear_object (&fixture->store);
    }
  g_assert_error (error, BAL_ERROR, BAL_ERROR_CORRUPT);
}

static void
run_sql (Fixture    *fixture,
         const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->dir, "balcony.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_later_schema_is_left_alone (Fixture       *fixture,
                                 gconstpointer  data)
{
  close_store (fixture);
  run_sql (fixture, "PRAGMA user_version = 99");
  assert_refused (fixture, BAL_ERROR_SCHEMA_TOO_NEW, "later version");
}

static void
test_foreign_database_is_left_alone (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "balcony.db", NULL);

  close_store (fixture);
  g_unlink (path);
  run_sql (fixture, "CREATE TABLE recipe (name TEXT)");
  assert_refused (fixture, BAL_ERROR_CORRUPT, "not a database of Balcony");
}

/* ---- sudden death ---- */

typedef struct
{
  gint64 blog_id;
  guint  number;
} Letter;

static gboolean
write_letter (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Letter *letter = data;
  g_autofree char *remote_id = g_strdup_printf ("n%u", letter->number);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *part = g_strdup_printf ("%s-%u", remote_id, i);

      put_pulled_review (transaction, letter->blog_id, part, "T", "<p>letter</p>");
    }
  return TRUE;
}

static gboolean
write_and_hang (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  write_letter (transaction, data, error);
  g_print ("in the middle\n");
  fflush (stdout);
  pause ();
  return TRUE;
}

/* Writes letters, naming each on standard output when it is committed, until it is killed. */
static int
write_until_killed (const char *dir,
                    guint       first,
                    guint       n_letters)
{
  g_autoptr(GError) error = NULL;
  BalStore *store = bal_store_open (dir, &error);
  Letter letter = { 1, first };

  g_assert_no_error (error);
  for (; letter.number < first + n_letters; letter.number++)
    {
      bal_store_write (store, write_letter, &letter, NULL, &error);
      g_assert_no_error (error);
      g_print ("%u\n", letter.number);
      fflush (stdout);
    }
  bal_store_write (store, write_and_hang, &letter, NULL, &error);
  return 0;
}

typedef struct
{
  Fixture *fixture;
  guint    from;
  guint    n_named;      /* committed for certain */
  guint    n_found;
} Toll;

static gboolean
count_letters (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Toll *toll = data;

  for (toll->n_found = 0; ; toll->n_found++)
    {
      guint parts = 0;

      for (guint i = 0; i < 5; i++)
        {
          g_autofree char *part = g_strdup_printf ("n%u-%u", toll->from + toll->n_found, i);

          parts += bal_review_table_find_remote (transaction, toll->fixture->blog_id, part, error) != 0;
        }
      /* Whole or not at all. */
      g_assert_true (parts == 0 || parts == 5);
      if (parts == 0)
        return TRUE;
    }
}

static guint
kill_while_writing (Fixture *fixture,
                    guint    first,
                    guint    n_letters,
                    guint    n_lines)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *from = g_strdup_printf ("%u", first);
  g_autofree char *count = g_strdup_printf ("%u", n_letters);
  g_autoptr(GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--write", fixture->dir, from, count, NULL);
  g_autoptr(GDataInputStream) output = NULL;
  guint n_named = 0;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      n_named += g_ascii_isdigit (*line);
    }
  g_subprocess_send_signal (child, SIGKILL);
  wait_child (child);

  /* What it named before it died counts too. */
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

      if (line == NULL)
        return n_named;
      n_named += g_ascii_isdigit (*line);
    }
}

static void
test_killed_in_mid_transaction_keeps_the_commits (Fixture       *fixture,
                                                  gconstpointer  data)
{
  Toll toll = { fixture };
  g_autoptr(GError) error = NULL;

  close_store (fixture);
  toll.n_named = kill_while_writing (fixture, 0, 3, 4);
  fixture->store = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
  fixture_read (fixture, count_letters, &toll);
  g_assert_cmpuint (toll.n_named, ==, 3);
  g_assert_cmpuint (toll.n_found, ==, 3);
}

static void
test_killed_at_any_time_keeps_what_was_named (Fixture       *fixture,
                                              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  Toll toll = { fixture };

  for (guint round = 0; round < 8; round++)
    {
      close_store (fixture);
      toll.n_named = kill_while_writing (fixture, toll.from, 100000, g_test_rand_int_range (1, 12));
      fixture->store = bal_store_open (fixture->dir, &error);
      g_assert_no_error (error);
      fixture_read (fixture, count_letters, &toll);
      g_assert_cmpuint (toll.n_found, >=, toll.n_named);
      g_assert_cmpuint (toll.n_found, <=, toll.n_named + 1);
      g_assert_true (bal_store_check (fixture->store, NULL, &error));
      toll.from += toll.n_found;
    }
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--open-must-fail"))
    return open_must_fail (argv[2]);
  if (argc == 5 && g_str_equal (argv[1], "--write"))
    return write_until_killed (argv[2], atoi (argv[3]), atoi (argv[4]));

  g_test_init (&argc, &argv, NULL);
  program = g_file_read_link ("/proc/self/exe", NULL);

  fixture_add ("/store/faults/full-database-keeps-what-was-saved", test_full_database_keeps_what_was_saved);
  fixture_add ("/store/faults/full-disk-keeps-what-was-saved", test_full_disk_keeps_what_was_saved);
  fixture_add ("/store/faults/read-only-folder-is-told", test_read_only_folder_is_told);
  fixture_add ("/store/faults/damaged-file-names-the-backup", test_damaged_file_names_the_backup);
  fixture_add ("/store/faults/damage-inside-is-told", test_damage_inside_is_told);
  fixture_add ("/store/faults/later-schema-is-left-alone", test_later_schema_is_left_alone);
  fixture_add ("/store/faults/foreign-database-is-left-alone", test_foreign_database_is_left_alone);
  fixture_add ("/store/faults/killed-in-mid-transaction-keeps-the-commits",
               test_killed_in_mid_transaction_keeps_the_commits);
  fixture_add ("/store/faults/killed-at-any-time-keeps-what-was-named",
               test_killed_at_any_time_keeps_what_was_named);

  return g_test_run ();
}
