/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-connection.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "bal-review-format.h"
#include "bal-text-tokenizer.h"

/* How long one program waits for another's commit. */
#define BUSY_TIMEOUT_MS 5000

/* Virtual machine steps between two looks at the cancellable: well under a millisecond. */
#define STEPS_PER_LOOK 4000

#define STRV_SEPARATOR "\x1f"

struct _BalStatement
{
  BalConnection *connection;   /* the one that owns or made it */
  sqlite3_stmt  *stmt;
  int            n_bound;
  int            n_read;
  int            bind_code;    /* first failure of a bind */
  gboolean       cached;
  gboolean       in_use;
};

struct _BalConnection
{
  char         *path;
  sqlite3      *db;
  GHashTable   *statements;    /* address of the literal -> BalStatement */
  GHashTable   *formats;
  GCancellable *cancellable;
};

static void
bal_statement_free (BalStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self);
}

static int
progress_cb (void *data)
{
  BalConnection *self = data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

void
bal_connection_set_error_for_path (const char  *path,
                                   int          code,
                                   const char  *detail,
                                   GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The operation was cancelled."));
      return;

    case SQLITE_FULL:
      g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
                   _("There is no space left for “%s”: this change was not saved, all earlier ones were. "
                     "Free some space and try again."), name);
      return;

    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
                   _("“%s” can’t be opened for writing: nothing was changed. Make its folder writable, "
                     "or choose another data folder."), name);
      return;

    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, BAL_ERROR, BAL_ERROR_CORRUPT,
                   _("“%s” is damaged and was left as it is. Restore a backup."), name);
      return;

    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, BAL_ERROR, BAL_ERROR_BUSY,
                   _("Another program is keeping “%s” busy: this change was not saved. Close that program, "
                     "or wait for it, and try again."), name);
      return;

    default:
      g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
                   _("“%s” could not be read or written (%s): this change was not saved. Check the disk "
                     "and try again."), name, detail != NULL ? detail : sqlite3_errstr (code));
    }
}

void
bal_connection_set_error (BalConnection  *self,
                          int             code,
                          GError        **error)
{
  bal_connection_set_error_for_path (self->path, code, sqlite3_errmsg (self->db), error);
}

/* SQLite gives -wal and -shm the mode of the database, so making the file with 0600 keeps all three private.
 * An existing file isn't opened here: to close it again would drop the locks of other connections to it. */
static gboolean
make_private_file (const char  *path,
                   GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int saved_errno = errno;

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (saved_errno == EEXIST)
    return TRUE;

  bal_connection_set_error_for_path (path, saved_errno == ENOSPC || saved_errno == EDQUOT
                                           ? SQLITE_FULL : SQLITE_CANTOPEN, NULL, error);
  return FALSE;
}

static gboolean
use_wal (BalConnection  *self,
         GError        **error)
{
  g_autoptr(BalStatement) statement = NULL;
  const char *mode;

  statement = bal_connection_prepare (self, "PRAGMA journal_mode = WAL", error);
  if (statement == NULL)
    return FALSE;

  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ERROR:
      return FALSE;

    case BAL_STEP_ROW:
      mode = bal_statement_read_text (statement);
      if (g_strcmp0 (mode, "wal") == 0)
        return TRUE;
      break;

    case BAL_STEP_DONE:
    default:
      break;
    }

  g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
               _("“%s” is on a file system that can’t keep a database safe (a network folder?): nothing was "
                 "changed. Choose a data folder on this computer."), self->path);
  return FALSE;
}

static gboolean
set_up (BalConnection      *self,
        BalConnectionMode   mode,
        GError            **error)
{
  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  sqlite3_progress_handler (self->db, STEPS_PER_LOOK, progress_cb, self);
  sqlite3_extended_result_codes (self->db, 1);

  if (!bal_text_tokenizer_register (self->db))
    {
      bal_connection_set_error (self, SQLITE_ERROR, error);
      return FALSE;
    }

  /* Looking at a file leaves it and its log alone. */
  if (mode != BAL_CONNECTION_WRITER)
    sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (mode == BAL_CONNECTION_TOOL)
    return TRUE;

  if (mode == BAL_CONNECTION_WRITER)
    {
      if (sqlite3_db_readonly (self->db, "main") == 1)
        {
          bal_connection_set_error (self, SQLITE_READONLY, error);
          return FALSE;
        }
      if (!use_wal (self, error))
        return FALSE;
    }

  /* With synchronous = NORMAL a power cut may undo the last commits. */
  return bal_connection_execute (self,
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA cache_size = -32768;"
                                 "PRAGMA mmap_size = 0;"
                                 "PRAGMA journal_size_limit = 33554432;"
                                 "PRAGMA wal_autocheckpoint = 4000;"
                                 "PRAGMA temp_store = MEMORY;",
                                 error) &&
         (mode != BAL_CONNECTION_READER ||
          bal_connection_execute (self, "PRAGMA query_only = ON", error));
}

BalConnection *
bal_connection_open (const char         *path,
                     BalConnectionMode   mode,
                     GError            **error)
{
  static gsize configured;
  g_autoptr(BalConnection) self = NULL;
  int code;

  /* Nobody asks how much memory SQLite uses, and counting it takes a lock at each allocation. */
  if (g_once_init_enter (&configured))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&configured, 1);
    }

  if (mode == BAL_CONNECTION_WRITER && !make_private_file (path, error))
    return NULL;

  self = g_new0 (BalConnection, 1);
  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) bal_statement_free);
  self->formats = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                         (GDestroyNotify) bal_review_format_unref);

  code = sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      bal_connection_set_error_for_path (path, code, sqlite3_errstr (code), error);
      return NULL;
    }

  if (!set_up (self, mode, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
bal_connection_close (BalConnection *self)
{
  g_hash_table_unref (self->statements);
  g_hash_table_unref (self->formats);
  if (sqlite3_close (self->db) != SQLITE_OK)
    g_critical ("A statement of “%s” was still in use when it was closed", self->path);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

const char *
bal_connection_get_path (BalConnection *self)
{
  return self->path;
}

sqlite3 *
bal_connection_get_handle (BalConnection *self)
{
  return self->db;
}

gboolean
bal_connection_execute (BalConnection  *self,
                        const char     *sql,
                        GError        **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;

  bal_connection_set_error (self, code, error);
  return FALSE;
}

gboolean
bal_connection_read_int (BalConnection  *self,
                         const char     *sql,
                         gint64         *value,
                         GError        **error)
{
  g_autoptr(BalStatement) statement = bal_connection_prepare_once (self, sql, error);
  BalStep step;

  if (statement == NULL)
    return FALSE;

  step = bal_statement_step (statement, error);
  *value = step == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;

  return step != BAL_STEP_ERROR;
}

gint64
bal_connection_get_insert_id (BalConnection *self)
{
  return sqlite3_last_insert_rowid (self->db);
}

int
bal_connection_get_n_changed (BalConnection *self)
{
  return sqlite3_changes (self->db);
}

gboolean
bal_connection_in_transaction (BalConnection *self)
{
  return !sqlite3_get_autocommit (self->db);
}

void
bal_connection_set_cancellable (BalConnection *self,
                                GCancellable  *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

GHashTable *
bal_connection_get_formats (BalConnection *self)
{
  return self->formats;
}

static BalStatement *
prepare (BalConnection  *self,
         const char     *sql,
         gboolean        cached,
         GError        **error)
{
  sqlite3_stmt *stmt = NULL;
  BalStatement *statement;
  int code;

  code = sqlite3_prepare_v3 (self->db, sql, -1, cached ? SQLITE_PREPARE_PERSISTENT : 0, &stmt, NULL);
  if (code != SQLITE_OK)
    {
      bal_connection_set_error (self, code, error);
      return NULL;
    }

  statement = g_new0 (BalStatement, 1);
  statement->connection = self;
  statement->stmt = stmt;
  statement->cached = cached;
  statement->in_use = TRUE;
  return statement;
}

BalStatement *
(bal_connection_prepare_cached) (BalConnection  *self,
                                 const char     *sql,
                                 GError        **error)
{
  BalStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      statement = prepare (self, sql, TRUE, error);
      if (statement != NULL)
        g_hash_table_insert (self->statements, (gpointer) sql, statement);
      return statement;
    }

  g_assert (!statement->in_use);
  statement->in_use = TRUE;
  return statement;
}

BalStatement *
bal_connection_prepare_once (BalConnection  *self,
                             const char     *sql,
                             GError        **error)
{
  return prepare (self, sql, FALSE, error);
}

void
bal_statement_release (BalStatement *self)
{
  if (!self->cached)
    {
      bal_statement_free (self);
      return;
    }

  bal_statement_rewind (self);
  sqlite3_clear_bindings (self->stmt);
  self->in_use = FALSE;
}

void
bal_statement_rewind (BalStatement *self)
{
  sqlite3_reset (self->stmt);
  self->n_bound = 0;
  self->n_read = 0;
  self->bind_code = SQLITE_OK;
}

static void
note_bound (BalStatement *self,
            int           code)
{
  if (self->bind_code == SQLITE_OK)
    self->bind_code = code;
}

void
bal_statement_bind_int (BalStatement *self,
                        gint64        value)
{
  note_bound (self, sqlite3_bind_int64 (self->stmt, ++self->n_bound, value));
}

void
bal_statement_bind_double (BalStatement *self,
                           double        value)
{
  note_bound (self, sqlite3_bind_double (self->stmt, ++self->n_bound, value));
}

void
bal_statement_bind_text (BalStatement *self,
                         const char   *value)
{
  if (value == NULL)
    bal_statement_bind_null (self);
  else
    note_bound (self, sqlite3_bind_text64 (self->stmt, ++self->n_bound, value, strlen (value),
                                           SQLITE_STATIC, SQLITE_UTF8));
}

void
bal_statement_bind_null (BalStatement *self)
{
  note_bound (self, sqlite3_bind_null (self->stmt, ++self->n_bound));
}

void
bal_statement_bind_value (BalStatement *self,
                          GVariant     *value)
{
  if (value == NULL)
    bal_statement_bind_null (self);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    bal_statement_bind_int (self, g_variant_get_int64 (value));
  else
    bal_statement_bind_text (self, g_variant_get_bytestring (value));
}

void
bal_statement_bind_id (BalStatement *self,
                       gint64        id)
{
  if (id == 0)
    bal_statement_bind_null (self);
  else
    bal_statement_bind_int (self, id);
}

void
bal_statement_bind_strv (BalStatement      *self,
                         const char *const *value)
{
  g_autofree char *joined = NULL;

  if (value == NULL || value[0] == NULL)
    {
      bal_statement_bind_null (self);
      return;
    }

  joined = g_strjoinv (STRV_SEPARATOR, (char **) value);
  note_bound (self, sqlite3_bind_text64 (self->stmt, ++self->n_bound, joined, strlen (joined),
                                         SQLITE_TRANSIENT, SQLITE_UTF8));
}

BalStep
bal_statement_step (BalStatement  *self,
                    GError       **error)
{
  int code;

  if (self->bind_code != SQLITE_OK)
    {
      bal_connection_set_error (self->connection, self->bind_code, error);
      return BAL_STEP_ERROR;
    }

  code = sqlite3_step (self->stmt);
  self->n_read = 0;
  if (code == SQLITE_ROW)
    return BAL_STEP_ROW;
  if (code == SQLITE_DONE)
    return BAL_STEP_DONE;

  bal_connection_set_error (self->connection, code, error);
  return BAL_STEP_ERROR;
}

gboolean
bal_statement_run (BalStatement  *self,
                   GError       **error)
{
  BalStep step;

  do
    step = bal_statement_step (self, error);
  while (step == BAL_STEP_ROW);

  bal_statement_rewind (self);
  return step == BAL_STEP_DONE;
}

GArray *
bal_statement_list_ids (BalStatement  *self,
                        GError       **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  BalStep step;

  while ((step = bal_statement_step (self, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (self);

      g_array_append_val (ids, id);
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

gint64
bal_statement_read_int (BalStatement *self)
{
  return sqlite3_column_int64 (self->stmt, self->n_read++);
}

double
bal_statement_read_double (BalStatement *self)
{
  return sqlite3_column_double (self->stmt, self->n_read++);
}

const char *
bal_statement_read_text (BalStatement *self)
{
  return (const char *) sqlite3_column_text (self->stmt, self->n_read++);
}

char **
bal_statement_read_strv (BalStatement *self)
{
  const char *joined = bal_statement_read_text (self);

  return joined != NULL ? g_strsplit (joined, STRV_SEPARATOR, -1) : g_new0 (char *, 1);
}

GVariant *
bal_statement_read_value (BalStatement *self)
{
  switch (sqlite3_column_type (self->stmt, self->n_read))
    {
    case SQLITE_INTEGER:
      return g_variant_ref_sink (g_variant_new_int64 (bal_statement_read_int (self)));

    case SQLITE_TEXT:
      return g_variant_ref_sink (g_variant_new_bytestring (bal_statement_read_text (self)));

    default:
      self->n_read++;
      return NULL;
    }
}
