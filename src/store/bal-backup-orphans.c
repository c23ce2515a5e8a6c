/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-backup-orphans.h"

#include <glib/gstdio.h>

#include "bal-backup-pictures.h"
#include "bal-connection.h"

#define SECONDS_A_DAY (24 * 60 * 60)

static gboolean
is_old_picture (const char *folder,
                const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GStatBuf info;

  return bal_backup_pictures_is_name (name) && g_stat (path, &info) == 0 && S_ISREG (info.st_mode) &&
         now - info.st_mtime > SECONDS_A_DAY;
}

/* (transfer full): a set of names. */
static GHashTable *
list_old_pictures (const char *folder)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_old_picture (folder, name))
      g_hash_table_add (names, g_strdup (name));
  return names;
}

static gboolean
forget_named (BalConnection  *connection,
              GHashTable     *names,
              GError        **error)
{
  g_autoptr(BalStatement) statement = bal_connection_prepare_once (connection, "SELECT stored_name FROM media", error);
  BalStep step;

  if (statement == NULL)
    return FALSE;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_hash_table_remove (names, bal_statement_read_text (statement));
  return step == BAL_STEP_DONE;
}

static gboolean
forget_named_in_file (const char    *path,
                      GHashTable    *names,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(BalConnection) connection = bal_connection_open (path, BAL_CONNECTION_TOOL, error);

  if (connection == NULL)
    return FALSE;

  bal_connection_set_cancellable (connection, cancellable);
  return forget_named (connection, names, error);
}

static gboolean
forget_named_in_backups (const char    *backups,
                         GHashTable    *names,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr(GDir) dir = g_dir_open (backups, 0, error);
  const char *name;

  while (dir != NULL && g_hash_table_size (names) > 0 && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (backups, name, NULL);

      if (g_str_has_suffix (name, ".db") && !forget_named_in_file (path, names, cancellable, error))
        return FALSE;
    }
  return dir != NULL;
}

static void
remove_files (const char *folder,
              GHashTable *names)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_old_picture (folder, name))
        g_unlink (path);
    }
}

/* While nobody writes: a row that is not there yet may come to name a file that is. */
static void
remove_unnamed (const char  *database,
                const char  *folder,
                GHashTable  *names,
                GError     **error)
{
  g_autoptr(BalConnection) connection = bal_connection_open (database, BAL_CONNECTION_TOOL, error);

  if (connection == NULL || !bal_connection_execute (connection, "BEGIN IMMEDIATE", error))
    return;

  if (forget_named (connection, names, error))
    remove_files (folder, names);
  bal_connection_execute (connection, "ROLLBACK", NULL);
}

void
bal_backup_orphans_let_go (const char   *database,
                           const char   *backups,
                           GCancellable *cancellable)
{
  g_autofree char *folder = bal_backup_pictures_make_folder_name (database);
  g_autoptr(GHashTable) names = list_old_pictures (folder);
  g_autoptr(GError) error = NULL;

  if (g_hash_table_size (names) > 0 && forget_named_in_backups (backups, names, cancellable, &error) &&
      g_hash_table_size (names) > 0)
    remove_unnamed (database, folder, names, &error);
  if (error != NULL)
    g_debug ("Pictures without rows stay: %s", error->message);
}
