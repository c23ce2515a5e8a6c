/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "bal-backup-pictures.h"
#include "bal-connection.h"
#include "bal-files.h"
#include "bal-migrations.h"

/* SQLite's file format: a magic string first, the application's mark at byte 68, most significant byte first. */
#define HEADER_SIZE      100
#define MAGIC            "SQLite format 3"
#define APPLICATION_BYTE 68

static gboolean
is_ours (const char *path)
{
  guint8 header[HEADER_SIZE];
  guint32 mark;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n = fd >= 0 ? read (fd, header, sizeof header) : -1;

  if (fd >= 0)
    close (fd);
  if (n != HEADER_SIZE || memcmp (header, MAGIC, sizeof MAGIC) != 0)
    return FALSE;

  memcpy (&mark, header + APPLICATION_BYTE, sizeof mark);
  return GUINT32_FROM_BE (mark) == BAL_APPLICATION_ID;
}

gboolean
bal_backup_may_replace (const char  *database,
                        const char  *path,
                        GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  GStatBuf ours, theirs;

  if (g_stat (path, &theirs) != 0)
    return TRUE;

  /* By its number, and first: to open and close the database itself would drop the locks of its connections. */
  if (g_stat (database, &ours) == 0 && ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("“%s” is the database itself. Nothing was changed; choose another file."), name);
      return FALSE;
    }
  if (S_ISREG (theirs.st_mode) && (theirs.st_size == 0 || is_ours (path)))
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("“%s” is there already and is not a backup of Balcony. Nothing was changed; choose another file."),
               name);
  return FALSE;
}

static gboolean
check_backup (const char  *path,
              GError     **error)
{
  if (!is_ours (path))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("“%s” is not a backup of Balcony. Nothing was changed; choose another file."), name);
      return FALSE;
    }

  return bal_backup_check (path, NULL, error);
}

/* Brings the log home into the file, which works only while nobody else has it open. A file too damaged
 * for that goes aside as it is. */
static gboolean
settle (const char  *database,
        GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalConnection) connection = NULL;

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    return TRUE;

  connection = bal_connection_open (database, BAL_CONNECTION_TOOL, &local_error);
  if (connection != NULL)
    bal_connection_execute (connection, "PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE", &local_error);

  if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_BUSY))
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_BUSY,
               _("Balcony is using “%s”. Close it, and try again; nothing was changed."), database);
  return FALSE;
}

static gboolean
set_failed (const char  *path,
            int          saved_errno,
            GError     **error)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
               _("“%s” could not be put aside (%s). Nothing was changed."), path, g_strerror (saved_errno));
  return FALSE;
}

/* A log that is left goes with its file: it would be played into the new one. */
static gboolean
put_aside (const char  *database,
           const char  *aside,
           GError     **error)
{
  g_autofree char *log = g_strconcat (database, "-wal", NULL);
  g_autofree char *index = g_strconcat (database, "-shm", NULL);
  g_autofree char *log_aside = g_strconcat (aside, "-wal", NULL);

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    return TRUE;

  /* A second name, so that there is a database at every moment; where there are no links, a rename. */
  if (link (database, aside) != 0 && g_rename (database, aside) != 0)
    return set_failed (database, errno, error);
  if (g_file_test (log, G_FILE_TEST_EXISTS) && g_rename (log, log_aside) != 0)
    return set_failed (log, errno, error);

  g_unlink (index);
  /* Before anything takes the place of its first name: a power cut must not lose both. */
  return bal_files_sync_folder (aside, error);
}

static char *
make_aside (const char *data_dir)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *name = g_date_time_format (now, "replaced-%Y%m%d-%H%M%S-%f.db");

  return g_build_filename (data_dir, "backups", name, NULL);
}

/* Before the rows that name them, and to stay: a file more under the name of its bytes changes nothing. */
static gboolean
bring_pictures (const char  *path,
                const char  *database,
                GError     **error)
{
  g_autoptr(BalConnection) backup = bal_connection_open (path, BAL_CONNECTION_TOOL, error);
  g_autofree char *folder = bal_backup_pictures_make_folder_name (database);

  return backup != NULL && bal_backup_pictures_unpack (backup, folder, NULL, error);
}

static void
tell_failed (const char  *path,
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (error == NULL || !g_error_matches (*error, BAL_ERROR, BAL_ERROR_STORAGE))
    return;

  g_clear_error (error);
  g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
               _("“%s” could not be restored, and nothing was replaced. Check the disk and its free space, and try "
                 "again."), name);
}

gboolean
bal_backup_restore (const char    *data_dir,
                    const char    *path,
                    char         **aside,
                    GError       **error)
{
  g_autofree char *database = g_build_filename (data_dir, BAL_DATABASE_NAME, NULL);
  g_autofree char *folder = g_build_filename (data_dir, "backups", NULL);
  g_autofree char *fresh = g_strconcat (database, ".new", NULL);
  g_autofree char *kept = make_aside (data_dir);
  gboolean existed = g_file_test (database, G_FILE_TEST_EXISTS);

  if (!check_backup (path, error))
    return FALSE;
  if (!bal_files_make_folder (folder, error) ||
      !bring_pictures (path, database, error) ||
      !bal_backup_make (path, fresh, BAL_BACKUP_NO_PICTURES, NULL, error))
    {
      tell_failed (path, error);
      return FALSE;
    }

  if (!settle (database, error) ||
      !put_aside (database, kept, error) ||
      !bal_files_commit (fresh, database, error))
    {
      g_unlink (fresh);
      return FALSE;
    }

  if (aside != NULL)
    *aside = existed ? g_steal_pointer (&kept) : NULL;
  return TRUE;
}
