/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "bal-backup.h"

/* To make a database costs more than half of all else that a seed does; so it is made once, by the program itself, which
 * leaves the day's backup beside it. */
static char *prepared;

void
sim_prepare (void)
{
  FakeServer *server = fake_server_new (SIM_SERVER, SIM_PASSWORD);

  /* As the program does, which comes too late now. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  /* No other program looks at these databases: nothing need be locked, nor shared memory be a file. */
  g_assert_cmpint (sqlite3_vfs_register (sqlite3_vfs_find ("unix-excl"), TRUE), ==, SQLITE_OK);
  prepared = sync_client_free_keeping (sync_client_new (server, SIM_PASSWORD));
  fake_server_free (server);
}

void
sim_clean_up (void)
{
  sync_client_remove_folder (prepared);
  g_clear_pointer (&prepared, g_free);
}

static void
copy_database (const char *folder)
{
  g_autofree char *source = g_build_filename (prepared, BAL_DATABASE_NAME, NULL);
  g_autofree char *target = g_build_filename (folder, BAL_DATABASE_NAME, NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (source, &contents, &length, NULL));
  g_assert_true (g_file_set_contents_full (target, contents, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
link_backup (const char *folder)
{
  g_autofree char *source = bal_backup_find_newest (prepared);
  g_autofree char *name = source != NULL ? g_path_get_basename (source) : NULL;
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *target = g_build_filename (backups, name, NULL);

  g_assert_nonnull (source);
  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  g_assert_cmpint (link (source, target), ==, 0);
}

char *
sim_make_folder (gboolean has_backup)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("balcony-sync-XXXXXX", &error);

  g_assert_no_error (error);
  copy_database (folder);
  if (has_backup)
    link_backup (folder);
  return folder;
}
