/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "bal-connection.h"
#include "bal-migrations.h"
#include "bal-store.h"
#include "crash-disk.h"
#include "old-store.h"
#include "store-fixture.h"

/*
 * The program is killed, or the power cut, after each call with which it brings a database of an older schema up to
 * date. What is there has the older schema or the present one, nothing between; the next start finds every row again.
 */

static gint64
read_version (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalConnection) connection = bal_connection_open (path, BAL_CONNECTION_TOOL, &error);
  gint64 version;

  g_assert_no_error (error);
  bal_connection_read_int (connection, "PRAGMA user_version", &version, &error);
  g_assert_no_error (error);
  return version;
}

static void
start (const char *dir,
       gboolean    checks)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalStore) store = bal_store_open (dir, &error);

  g_assert_no_error (error);
  if (checks)
    bal_store_check (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (bal_store_close (store, &error));
}

static void
look_at (DiskReplay *replay,
         DiskEnd     end,
         guint32     seed,
         int         old,
         const char *rows,
         guint      *n_of)
{
  g_autofree char *dir = g_dir_make_tmp ("balcony-crash-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "balcony.db", NULL);
  g_autofree char *after = NULL;
  gint64 version;

  disk_replay_write (replay, end, seed, dir);
  version = read_version (path);
  g_assert_cmpint (version, >=, old);
  g_assert_cmpint (version, <=, bal_migrations_get_version ());
  n_of[version == old ? 0 : 1]++;

  start (dir, TRUE);
  g_assert_cmpint (read_version (path), ==, bal_migrations_get_version ());
  after = old_store_read_rows (path, old);
  g_assert_cmpstr (after, ==, rows);
  remove_folder (dir);
}

static void
test_steps (gconstpointer data)
{
  int old = GPOINTER_TO_INT (data);
  g_autofree char *dir = g_dir_make_tmp ("balcony-journey-XXXXXX", NULL);
  guint32 seed = (guint32) g_test_rand_int ();
  g_autofree char *path = NULL;
  g_autofree char *rows = NULL;
  g_autoptr(DiskReplay) replay = NULL;
  guint n_of[2] = { 0, 0 };
  guint first, last;

  disk_record (dir);
  path = old_store_make (dir, old);
  rows = old_store_read_rows (path, old);
  first = disk_get_n_calls ();
  start (dir, FALSE);
  last = disk_get_n_calls ();
  disk_stop ();

  replay = disk_replay_new ();
  for (guint n_calls = first; n_calls <= last; n_calls++)
    {
      g_autofree char *call = disk_describe (n_calls - 1);

      g_test_message ("after call %u of %u (%s), seed %u", n_calls - first, last - first, call, seed + n_calls);
      disk_replay_seek (replay, n_calls);
      for (DiskEnd end = DISK_KILLED; end <= DISK_TORN; end++)
        look_at (replay, end, seed + n_calls, old, rows, n_of);
    }
  g_printerr ("# schema %d: %u calls, left %u times as it was and %u times brought up to date\n", old, last - first,
              n_of[0], n_of[1]);
  g_assert_cmpuint (n_of[0], >, 0);
  g_assert_cmpuint (n_of[1], >, 0);

  disk_forget ();
  remove_folder (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/crash/migration/schema-1", GINT_TO_POINTER (1), test_steps);
  g_test_add_data_func ("/crash/migration/schema-2", GINT_TO_POINTER (2), test_steps);
  g_test_add_data_func ("/crash/migration/schema-3", GINT_TO_POINTER (3), test_steps);
  g_test_add_data_func ("/crash/migration/schema-4", GINT_TO_POINTER (4), test_steps);

  return g_test_run ();
}
