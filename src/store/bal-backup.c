/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-backup.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "bal-backup-orphans.h"
#include "bal-backup-pictures.h"
#include "bal-connection.h"
#include "bal-files.h"
#include "bal-migrations.h"

#define KEPT_DAILY     7
#define KEPT_WEEKLY    4
#define SECONDS_A_DAY  (24 * 60 * 60)
#define PAGES_A_STEP   1024

static gboolean
copy_pages (BalConnection  *source,
            BalConnection  *target,
            GCancellable   *cancellable,
            GError        **error)
{
  gboolean cancelled = FALSE;
  sqlite3_backup *backup;
  int code;

  backup = sqlite3_backup_init (bal_connection_get_handle (target), "main",
                                bal_connection_get_handle (source), "main");
  if (backup == NULL)
    {
      bal_connection_set_error (target, sqlite3_errcode (bal_connection_get_handle (target)), error);
      return FALSE;
    }

  do
    {
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
      code = cancelled ? SQLITE_OK : sqlite3_backup_step (backup, PAGES_A_STEP);
    }
  while (!cancelled && code == SQLITE_OK);
  sqlite3_backup_finish (backup);

  if (cancelled)
    return FALSE;
  if (code != SQLITE_DONE)
    {
      bal_connection_set_error_for_path (bal_connection_get_path (source), code, sqlite3_errstr (code), error);
      return FALSE;
    }

  /* One file that stands alone, without -wal and -shm beside it. */
  return bal_connection_execute (target, "PRAGMA journal_mode = DELETE", error);
}

static gboolean
copy_database (const char    *database,
               BalConnection *target,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(BalConnection) source = bal_connection_open (database, BAL_CONNECTION_TOOL, error);
  gboolean copied;
  gint64 n_objects;

  if (source == NULL)
    return FALSE;

  /* An open read keeps one state in sight, whatever others write meanwhile. */
  copied = bal_connection_execute (source, "BEGIN", error) &&
           bal_connection_read_int (source, "SELECT count(*) FROM sqlite_schema", &n_objects, error) &&
           copy_pages (source, target, cancellable, error);
  bal_connection_execute (source, "ROLLBACK", NULL);
  return copied;
}

/* The files of pictures are there before a row names them, and stay as long as one does: one of the copy's rows is missing
 * now only where that row was removed meanwhile. */
static gboolean
fill_copy (const char         *database,
           const char         *temporary,
           BalBackupPictures   pictures,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr(BalConnection) target = bal_connection_open (temporary, BAL_CONNECTION_TOOL, error);
  g_autofree char *folder = bal_backup_pictures_make_folder_name (database);

  /* It is synced as a whole before it gets its name. */
  if (target == NULL ||
      !bal_connection_execute (target, "PRAGMA synchronous = OFF", error) ||
      !copy_database (database, target, cancellable, error))
    return FALSE;

  bal_connection_set_cancellable (target, cancellable);
  if (pictures == BAL_BACKUP_NO_PICTURES)
    return bal_backup_pictures_drop (target, error);
  return bal_backup_pictures_pack (target, folder, pictures == BAL_BACKUP_ALL_PICTURES, cancellable, error);
}

/* Runs a check whose single good answer is "ok". */
static gboolean
run_pragma_check (BalConnection  *connection,
                  const char     *sql,
                  GError        **error)
{
  g_autoptr(BalStatement) statement = bal_connection_prepare_once (connection, sql, error);
  const char *words;

  if (statement == NULL)
    return FALSE;

  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      words = bal_statement_read_text (statement);
      if (g_strcmp0 (words, "ok") == 0)
        return TRUE;
      g_set_error (error, BAL_ERROR, BAL_ERROR_CORRUPT,
                   _("“%s” is damaged (%s). It was left as it is: restore a backup."),
                   bal_connection_get_path (connection), words);
      return FALSE;

    case BAL_STEP_DONE:
      return TRUE;

    case BAL_STEP_ERROR:
    default:
      return FALSE;
    }
}

static gboolean
verify_copy (const char    *path,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(BalConnection) connection = bal_connection_open (path, BAL_CONNECTION_TOOL, error);

  if (connection == NULL)
    return FALSE;

  bal_connection_set_cancellable (connection, cancellable);
  return bal_migrations_check (connection, error) &&
         run_pragma_check (connection, "PRAGMA quick_check (1)", error) &&
         bal_backup_pictures_verify (connection, cancellable, error);
}

/* Whatever went wrong with the disk, and wherever: one sentence about the backup that was wanted. */
static void
tell_failed (const char  *path,
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (error == NULL || !g_error_matches (*error, BAL_ERROR, BAL_ERROR_STORAGE))
    return;

  g_debug ("%s", (*error)->message);
  g_clear_error (error);
  g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
               _("The backup “%s” could not be made, and an older one was left as it is. Check the disk, its free "
                 "space and the folder’s permissions, and try again."), name);
}

static void
let_go_of_copy (const char *temporary)
{
  g_autofree char *journal = g_strconcat (temporary, "-journal", NULL);

  g_unlink (temporary);
  g_unlink (journal);
}

gboolean
bal_backup_make (const char         *database,
                 const char         *path,
                 BalBackupPictures   pictures,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_autofree char *temporary = bal_files_make_temporary (path, error);

  if (temporary != NULL &&
      fill_copy (database, temporary, pictures, cancellable, error) &&
      verify_copy (temporary, cancellable, error) &&
      bal_files_commit (temporary, path, error))
    return TRUE;

  if (temporary != NULL)
    let_go_of_copy (temporary);
  tell_failed (path, error);
  return FALSE;
}

guint64
bal_backup_measure (const char *database)
{
  g_autoptr(BalConnection) connection = bal_connection_open (database, BAL_CONNECTION_TOOL, NULL);
  g_autofree char *folder = bal_backup_pictures_make_folder_name (database);
  GStatBuf info;

  if (connection == NULL || g_stat (database, &info) != 0)
    return 0;
  return info.st_size + bal_backup_pictures_measure (connection, folder);
}

/* Counts that a trigger missed would tell a person wrong numbers for ever. */
static const char *const wrong_counts =
  "SELECT count(*) FROM count c WHERE value <> CASE"
  "  WHEN kind < 5 THEN (SELECT count(*) FROM review WHERE blog_id = c.blog_id AND status = kind)"
  "  WHEN kind < 14 THEN (SELECT count(*) FROM comment WHERE blog_id = c.blog_id AND status = kind - 10)"
  "  WHEN kind = 20 THEN (SELECT count(*) FROM comment WHERE blog_id = c.blog_id AND unanswered = 1)"
  "  WHEN kind = 21 THEN (SELECT count(*) FROM comment WHERE blog_id = c.blog_id AND mine = 1 AND status < 2)"
  "  WHEN kind = 30 THEN (SELECT count(*) FROM conflict WHERE blog_id = c.blog_id)"
  "  WHEN kind = 31 THEN (SELECT count(*) FROM outbox WHERE blog_id = c.blog_id)"
  "  ELSE value END";

static gboolean
check_rows (BalConnection  *connection,
            GError        **error)
{
  gint64 n_wrong;

  if (!bal_connection_read_int (connection, "SELECT count(*) FROM pragma_foreign_key_check", &n_wrong, error))
    return FALSE;
  if (n_wrong == 0 && !bal_connection_read_int (connection, wrong_counts, &n_wrong, error))
    return FALSE;
  if (n_wrong == 0)
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_CORRUPT,
               ngettext ("%d row of “%s” does not fit the others. It was left as it is: restore a backup.",
                         "%d rows of “%s” do not fit the others. It was left as it is: restore a backup.",
                         n_wrong),
               (int) n_wrong, bal_connection_get_path (connection));
  return FALSE;
}

static gboolean
check_texts (BalConnection  *connection,
             GError        **error)
{
  gint64 version;

  if (!bal_connection_read_int (connection, "PRAGMA user_version", &version, error))
    return FALSE;

  return version < BAL_TEXT_VERSION ||
         bal_connection_execute (connection,
                                 "INSERT INTO review_fts (review_fts) VALUES ('integrity-check');"
                                 "INSERT INTO comment_fts (comment_fts) VALUES ('integrity-check');",
                                 error);
}

gboolean
bal_backup_check (const char    *database,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(BalConnection) connection = bal_connection_open (database, BAL_CONNECTION_TOOL, error);

  if (connection == NULL)
    return FALSE;

  bal_connection_set_cancellable (connection, cancellable);
  return bal_migrations_check (connection, error) &&
         run_pragma_check (connection, "PRAGMA integrity_check (1)", error) &&
         check_rows (connection, error) &&
         check_texts (connection, error);
}

gboolean
bal_backup_check_pictures (const char    *database,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr(BalConnection) connection = bal_connection_open (database, BAL_CONNECTION_TOOL, error);
  g_autofree char *folder = bal_backup_pictures_make_folder_name (database);
  g_autofree char *first = NULL;
  guint n_lost;

  if (connection == NULL ||
      !bal_backup_pictures_find_lost (connection, folder, &n_lost, &first, cancellable, error))
    return FALSE;
  if (n_lost == 0)
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_CORRUPT,
               ngettext ("%u picture is missing or damaged (“%s”). Put it into its text again, or restore a backup "
                         "that has it.",
                         "%u pictures are missing or damaged (the first is “%s”). Put them into their texts again, or "
                         "restore a backup that has them.",
                         n_lost),
               n_lost, first);
  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The week of an automatic backup, by its name; -1: not a name that is given to one. */
static int
get_week (const char *name)
{
  int year, month, day;

  if (sscanf (name, "balcony-%4d%2d%2d-", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return -1;
  else
    {
      g_autoptr(GDate) date = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);

      /* Day 1 was a Monday. */
      return (int) ((g_date_get_julian (date) - 1) / 7);
    }
}

/* (element-type filename): names of the automatic backups, oldest first: their names are their times. */
static GPtrArray *
list_backups (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (get_week (name) >= 0 && g_str_has_suffix (name, ".db"))
        g_ptr_array_add (names, g_strdup (name));
    }

  g_ptr_array_sort (names, compare_names);
  return names;
}

static char *
make_folder_name (const char *data_dir)
{
  return g_build_filename (data_dir, "backups", NULL);
}

char *
bal_backup_find_newest (const char *data_dir)
{
  g_autofree char *folder = make_folder_name (data_dir);
  g_autoptr(GPtrArray) names = list_backups (folder);

  if (names->len == 0)
    return NULL;
  return g_build_filename (folder, g_ptr_array_index (names, names->len - 1), NULL);
}

gboolean
bal_backup_is_due (const char *data_dir)
{
  g_autofree char *newest = bal_backup_find_newest (data_dir);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  GStatBuf info;

  if (newest == NULL || g_stat (newest, &info) != 0)
    return TRUE;

  /* A time in the future is a clock that was set back. */
  return info.st_mtime > now || now - info.st_mtime > SECONDS_A_DAY;
}

/* The newest ones stay, and of those before them the newest of each of some weeks: damage may be noticed late. */
static void
let_go_of_old (const char *folder)
{
  g_autoptr(GPtrArray) names = list_backups (folder);
  int last_week = -1;
  guint n_daily = 0, n_weekly = 0;

  for (guint i = names->len; i > 0; i--)
    {
      const char *name = g_ptr_array_index (names, i - 1);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      int week = get_week (name);

      if (n_daily < KEPT_DAILY)
        n_daily++;
      else if (week != last_week && n_weekly < KEPT_WEEKLY)
        n_weekly++;
      else
        {
          g_unlink (path);
          continue;
        }
      last_week = week;
    }
}

/* What a program left that was killed, under a name that is not yet one of a backup, a picture or the database. One
 * of today may be at work. */
static void
let_go_of_unfinished (const char *folder,
                      gboolean  (*is_unfinished) (const char *name))
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (is_unfinished (name) && g_stat (path, &info) == 0 && S_ISREG (info.st_mode) &&
          now - info.st_mtime > SECONDS_A_DAY)
        g_unlink (path);
    }
}

static gboolean
is_unfinished_backup (const char *name)
{
  return get_week (name) >= 0 && strstr (name, ".db.") != NULL;
}

/* Of a restore. */
static gboolean
is_unfinished_database (const char *name)
{
  return g_str_has_prefix (name, BAL_DATABASE_NAME ".new");
}

gboolean
bal_backup_make_daily (const char    *data_dir,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autofree char *database = g_build_filename (data_dir, BAL_DATABASE_NAME, NULL);
  g_autofree char *folder = make_folder_name (data_dir);
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *name = g_date_time_format (now, "balcony-%Y%m%d-%H%M%S.db");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *media = bal_backup_pictures_make_folder_name (database);

  if (!bal_files_make_folder (folder, error) ||
      !bal_backup_make (database, path, BAL_BACKUP_ONLY_HERE, cancellable, error))
    return FALSE;

  let_go_of_old (folder);
  let_go_of_unfinished (folder, is_unfinished_backup);
  let_go_of_unfinished (data_dir, is_unfinished_database);
  let_go_of_unfinished (media, bal_backup_pictures_is_unfinished);
  bal_backup_orphans_let_go (database, folder, cancellable);
  return TRUE;
}
