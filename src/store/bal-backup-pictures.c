/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-backup-pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "bal-files.h"

#define TABLE       "backup_picture"
#define HASH_LENGTH 64

/* ---- names ---- */

/* What the store gives to a file: nothing that leads out of its folder is one. */
gboolean
bal_backup_pictures_is_name (const char *name)
{
  return strspn (name, "0123456789abcdef") == HASH_LENGTH && name[HASH_LENGTH] == '.' &&
         name[HASH_LENGTH + 1] != '\0' &&
         strspn (name + HASH_LENGTH + 1, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen (name + HASH_LENGTH + 1);
}

gboolean
bal_backup_pictures_is_unfinished (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *whole = dot != NULL ? g_strndup (name, dot - name) : NULL;

  return whole != NULL && strlen (dot + 1) == 6 && bal_backup_pictures_is_name (whole);
}

static gboolean
is_named (const char *name,
          const char *hash)
{
  return hash != NULL && bal_backup_pictures_is_name (name) && strncmp (name, hash, HASH_LENGTH) == 0;
}

static gboolean
is_whole_file (const char   *folder,
               const char   *name,
               GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *hash = bal_backup_pictures_is_name (name) ? bal_files_hash (path, cancellable) : NULL;

  return is_named (name, hash);
}

char *
bal_backup_pictures_make_folder_name (const char *database)
{
  g_autofree char *data_dir = g_path_get_dirname (database);

  return g_build_filename (data_dir, "media", NULL);
}

/* (element-type utf8): the first column of @sql. */
static GPtrArray *
read_names (BalConnection  *connection,
            const char     *sql,
            GError        **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BalStatement) statement = bal_connection_prepare_once (connection, sql, error);
  BalStep step;

  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (names, g_strdup (bal_statement_read_text (statement)));
  return step == BAL_STEP_DONE ? g_steal_pointer (&names) : NULL;
}

/* ---- bytes in a database ---- */

static gboolean
has_table (BalConnection  *connection,
           gboolean       *has,
           GError        **error)
{
  gint64 n;
  gboolean read = bal_connection_read_int (connection,
                                           "SELECT count(*) FROM sqlite_schema WHERE name = '" TABLE "'", &n, error);

  *has = read && n > 0;
  return read;
}

/* NULL with an error. */
static sqlite3_blob *
open_blob (BalConnection  *connection,
           const char     *name,
           gboolean        writes,
           GError        **error)
{
  g_autoptr(BalStatement) statement = NULL;
  sqlite3_blob *blob = NULL;
  BalStep step;
  gint64 id;

  statement = bal_connection_prepare (connection, "SELECT rowid FROM " TABLE " WHERE name = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_text (statement, name);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ERROR)
    return NULL;
  id = step == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;

  if (sqlite3_blob_open (bal_connection_get_handle (connection), "main", TABLE, "bytes", id, writes, &blob) == SQLITE_OK)
    return blob;

  bal_connection_set_error (connection, sqlite3_errcode (bal_connection_get_handle (connection)), error);
  sqlite3_blob_close (blob);
  return NULL;
}

/* To a descriptor (-1: nowhere); @whole: whether they were what @name says. */
static gboolean
read_blob (BalConnection  *connection,
           const char     *name,
           int             fd,
           const char     *path,
           gboolean       *whole,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (BAL_FILES_CHUNK);
  sqlite3_blob *blob = open_blob (connection, name, FALSE, error);
  int length = blob != NULL ? sqlite3_blob_bytes (blob) : 0;
  gboolean read = blob != NULL;

  for (int done = 0; read && done < length; done += BAL_FILES_CHUNK)
    {
      int n = MIN (length - done, BAL_FILES_CHUNK);
      int code = sqlite3_blob_read (blob, buffer, n, done);

      if (code != SQLITE_OK)
        bal_connection_set_error (connection, code, error);
      read = code == SQLITE_OK &&
             !g_cancellable_set_error_if_cancelled (cancellable, error) &&
             (fd < 0 || bal_files_append (fd, path, buffer, n, error));
      g_checksum_update (checksum, buffer, n);
    }
  sqlite3_blob_close (blob);

  *whole = read && is_named (name, g_checksum_get_string (checksum));
  return read;
}

/* From a descriptor, as many as there is room for; @whole as above. */
static gboolean
write_blob (BalConnection  *connection,
            const char     *name,
            int             fd,
            gboolean       *whole,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (BAL_FILES_CHUNK);
  sqlite3_blob *blob = open_blob (connection, name, TRUE, error);
  int length = blob != NULL ? sqlite3_blob_bytes (blob) : 0;
  gboolean written = blob != NULL;
  gssize n = 0;

  for (int done = 0; written && done < length; done += n)
    {
      int code;

      while ((n = read (fd, buffer, MIN (length - done, BAL_FILES_CHUNK))) < 0 && errno == EINTR);
      if (n <= 0)
        break;

      code = sqlite3_blob_write (blob, buffer, n, done);
      if (code != SQLITE_OK)
        bal_connection_set_error (connection, code, error);
      written = code == SQLITE_OK && !g_cancellable_set_error_if_cancelled (cancellable, error);
      g_checksum_update (checksum, buffer, n);
    }
  sqlite3_blob_close (blob);

  *whole = written && is_named (name, g_checksum_get_string (checksum));
  return written;
}

/* ---- into a backup ---- */

static gboolean
run_with_name (BalConnection  *connection,
               const char     *sql,
               const char     *name,
               gint64          length,
               GError        **error)
{
  g_autoptr(BalStatement) statement = bal_connection_prepare_once (connection, sql, error);

  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, name);
  if (length >= 0)
    bal_statement_bind_int (statement, length);
  return bal_statement_run (statement, error);
}

static gboolean
remove_one (BalConnection  *copy,
            const char     *name,
            GError        **error)
{
  return run_with_name (copy, "DELETE FROM " TABLE " WHERE name = ?", name, -1, error);
}

static gboolean
pack_one (BalConnection  *copy,
          const char     *folder,
          const char     *name,
          GCancellable   *cancellable,
          GError        **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = bal_backup_pictures_is_name (name) ? g_open (path, O_RDONLY | O_CLOEXEC, 0) : -1;
  gboolean whole = FALSE;
  gboolean packed;
  GStatBuf info;

  if (fd < 0 || fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > G_MAXINT)
    {
      if (fd >= 0)
        close (fd);
      return TRUE;
    }

  packed = run_with_name (copy, "INSERT INTO " TABLE " (name, bytes) VALUES (?, zeroblob (?))", name, info.st_size,
                          error) &&
           write_blob (copy, name, fd, &whole, cancellable, error);
  close (fd);
  return packed && (whole || remove_one (copy, name, error));
}

/* A backup that was put in the place of the database by hand has its pictures still. */
static gboolean
has_whole (BalConnection  *copy,
           const char     *name,
           gboolean       *whole,
           GCancellable   *cancellable,
           GError        **error)
{
  g_autoptr(GPtrArray) names = NULL;
  g_autofree char *sql = NULL;

  *whole = FALSE;
  if (!bal_backup_pictures_is_name (name))
    return TRUE;

  sql = g_strdup_printf ("SELECT name FROM " TABLE " WHERE name = '%s'", name);
  names = read_names (copy, sql, error);
  if (names == NULL)
    return FALSE;

  return names->len == 0 ||
         (read_blob (copy, name, -1, NULL, whole, cancellable, error) && (*whole || remove_one (copy, name, error)));
}

gboolean
bal_backup_pictures_pack (BalConnection  *copy,
                          const char     *folder,
                          gboolean        all,
                          GCancellable   *cancellable,
                          GError        **error)
{
  g_autoptr(GPtrArray) names = NULL;

  if (!bal_connection_execute (copy,
                               "BEGIN;"
                               "CREATE TABLE IF NOT EXISTS " TABLE " (name TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL)"
                               "  STRICT;"
                               "DELETE FROM " TABLE " WHERE name NOT IN (SELECT stored_name FROM media);",
                               error))
    return FALSE;

  names = read_names (copy, all ? "SELECT DISTINCT stored_name FROM media"
                                : "SELECT DISTINCT stored_name FROM media WHERE remote_id IS NULL", error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean whole;

      if (!has_whole (copy, name, &whole, cancellable, error) ||
          (!whole && !pack_one (copy, folder, name, cancellable, error)))
        return FALSE;
    }
  return names != NULL && bal_connection_execute (copy, "COMMIT", error);
}

gboolean
bal_backup_pictures_verify (BalConnection  *backup,
                            GCancellable   *cancellable,
                            GError        **error)
{
  g_autoptr(GPtrArray) names = NULL;
  gboolean has, whole = TRUE;

  if (!has_table (backup, &has, error))
    return FALSE;
  if (!has)
    return TRUE;

  names = read_names (backup, "SELECT name FROM " TABLE, error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (!read_blob (backup, name, -1, NULL, &whole, cancellable, error))
        return FALSE;
      if (!whole)
        {
          g_set_error (error, BAL_ERROR, BAL_ERROR_CORRUPT,
                       _("“%s” is damaged (%s). It was left as it is: restore a backup."),
                       bal_connection_get_path (backup), name);
          return FALSE;
        }
    }
  return names != NULL;
}

/* ---- out of a backup ---- */

static gboolean
unpack_one (BalConnection  *backup,
            const char     *folder,
            const char     *name,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *temporary = bal_files_make_temporary (path, error);
  gboolean whole = FALSE;
  gboolean done;
  int fd;

  if (temporary == NULL)
    return FALSE;

  fd = bal_files_open_temporary (temporary, error);
  done = fd >= 0 && read_blob (backup, name, fd, path, &whole, cancellable, error);
  if (fd >= 0)
    close (fd);

  if (done && whole)
    done = bal_files_commit (temporary, path, error);
  if (!done || !whole)
    g_unlink (temporary);
  return done;
}

/* As if it were of now, so that it stays until a row names it: none may, and another program may let go of old files that
 * nothing names. Before it is looked at, as it may be gone by then. */
static gboolean
has_file (const char   *folder,
          const char   *name,
          GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_utime (path, NULL) == 0 && is_whole_file (folder, name, cancellable);
}

gboolean
bal_backup_pictures_unpack (BalConnection  *backup,
                            const char     *folder,
                            GCancellable   *cancellable,
                            GError        **error)
{
  g_autoptr(GPtrArray) names = NULL;
  gboolean has;

  if (!has_table (backup, &has, error))
    return FALSE;
  if (!has)
    return TRUE;

  names = read_names (backup, "SELECT name FROM " TABLE, error);
  if (names == NULL || (names->len > 0 && !bal_files_make_folder (folder, error)))
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (bal_backup_pictures_is_name (name) && !has_file (folder, name, cancellable) &&
          !unpack_one (backup, folder, name, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bal_backup_pictures_drop (BalConnection  *copy,
                          GError        **error)
{
  gboolean has;

  if (!has_table (copy, &has, error))
    return FALSE;
  return !has || bal_connection_execute (copy, "PRAGMA secure_delete = OFF; DROP TABLE " TABLE "; VACUUM", error);
}

/* ---- the files ---- */

gboolean
bal_backup_pictures_find_lost (BalConnection  *database,
                               const char     *folder,
                               guint          *n_lost,
                               char          **first,
                               GCancellable   *cancellable,
                               GError        **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  *n_lost = 0;
  statement = bal_connection_prepare_once (database,
    "SELECT stored_name, min(file_name), max(remote_id IS NULL) FROM media GROUP BY stored_name ORDER BY min(id)",
    error);
  if (statement == NULL)
    return FALSE;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      const char *name = bal_statement_read_text (statement);
      const char *label = bal_statement_read_text (statement);
      gboolean only_here = bal_statement_read_int (statement) != 0;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean well = is_whole_file (folder, name, cancellable) ||
                      (!only_here && bal_backup_pictures_is_name (name) && !g_file_test (path, G_FILE_TEST_EXISTS));

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!well && (*n_lost)++ == 0)
        *first = g_strdup (label);
    }
  return step == BAL_STEP_DONE;
}

guint64
bal_backup_pictures_measure (BalConnection *database,
                             const char    *folder)
{
  g_autoptr(GPtrArray) names = read_names (database,
                                           "SELECT DISTINCT stored_name FROM media WHERE remote_id IS NULL", NULL);
  guint64 size = 0;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      GStatBuf info;

      if (g_stat (path, &info) == 0)
        size += info.st_size;
    }
  return size;
}
