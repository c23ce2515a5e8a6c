/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tables.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "bal-files.h"
#include "bal-transaction.h"

/* Larger than any picture a blog takes, small enough to be read at once. */
#define MAX_BYTES (64 * 1024 * 1024)

void
bal_media_free (BalMedia *media)
{
  g_free (media->file_name);
  g_free (media->mime_type);
  g_free (media->path);
  g_free (media->alt_text);
  g_free (media->key);
  g_free (media->remote_id);
  g_free (media->url);
  g_free (media);
}

static GBytes *
read_source (const char  *path,
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr(GError) local_error = NULL;
  char *contents;
  gsize length;
  GStatBuf info;

  if (g_stat (path, &info) == 0 && info.st_size > MAX_BYTES)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("“%s” is larger than 64 MB. Choose a smaller picture."), name);
      return NULL;
    }

  if (!g_file_get_contents (path, &contents, &length, &local_error))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID, _("The picture could not be read: %s"),
                   local_error->message);
      return NULL;
    }

  return g_bytes_new_take (contents, length);
}

/* A label for people only: nothing that could lead out of a folder or break a header. */
static char *
make_file_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *name = g_filename_display_name (base);

  for (char *p = name; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p) || strchr ("/\\\"", *p) != NULL)
        *p = '_';
    }
  return name;
}

/* Our copy is named by its content, so that nothing is kept twice and no foreign name reaches the disk. */
static char *
store_bytes (BalTransaction  *transaction,
             GBytes          *bytes,
             const char      *mime_type,
             GError         **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *folder = g_build_filename (transaction->data_dir, "media", NULL);
  g_autofree char *stored_name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *there = NULL;
  const char *subtype = strchr (mime_type, '/');
  gboolean is_plain = subtype != NULL && subtype[1] != '\0' &&
                      strspn (subtype + 1, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen (subtype + 1);

  stored_name = g_strconcat (hash, ".", is_plain ? subtype + 1 : "bin", NULL);
  path = g_build_filename (folder, stored_name, NULL);
  if (!bal_files_make_folder (folder, error))
    return NULL;

  /* Choosing a picture again mends a copy that was harmed. */
  there = bal_files_hash (path, NULL);
  if (g_strcmp0 (there, hash) != 0 && !bal_files_write (path, bytes, error))
    return NULL;

  return g_steal_pointer (&stored_name);
}

static char *
guess_mime_type (const char *path,
                 GBytes     *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree char *content_type = g_content_type_guess (path, data, MIN (length, 4096), NULL);
  char *mime_type = g_content_type_get_mime_type (content_type);

  return mime_type != NULL ? mime_type : g_strdup ("application/octet-stream");
}

static gint64
insert_row (BalTransaction  *transaction,
            gint64           blog_id,
            const char      *file_name,
            const char      *mime_type,
            const char      *stored_name,
            const char      *alt_text,
            GError         **error)
{
  g_autofree char *key = g_uuid_string_random ();
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO media (blog_id, file_name, mime_type, stored_name, alt_text, key) VALUES (?, ?, ?, ?, ?, ?)",
    error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, file_name);
  bal_statement_bind_text (statement, mime_type);
  bal_statement_bind_text (statement, stored_name);
  bal_statement_bind_text (statement, alt_text);
  bal_statement_bind_text (statement, key);
  return bal_statement_run (statement, error) ? bal_connection_get_insert_id (transaction->connection) : 0;
}

/* The same picture, chosen twice before a sync, is one. 0 without error: there is none. */
static gboolean
find_waiting (BalTransaction  *transaction,
              gint64           blog_id,
              const char      *file_name,
              const char      *stored_name,
              const char      *alt_text,
              gint64          *id,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM media WHERE blog_id = ? AND file_name = ? AND stored_name = ? AND alt_text IS ?"
    "  AND remote_id IS NULL ORDER BY id LIMIT 1",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, file_name);
  bal_statement_bind_text (statement, stored_name);
  bal_statement_bind_text (statement, alt_text);
  step = bal_statement_step (statement, error);
  *id = step == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
  return step != BAL_STEP_ERROR;
}

gint64
bal_media_table_add_bytes (BalTransaction  *transaction,
                           gint64           blog_id,
                           const char      *name,
                           GBytes          *bytes,
                           const char      *alt_text,
                           GError         **error)
{
  g_autofree char *file_name = make_file_name (name);
  g_autofree char *mime_type = guess_mime_type (name, bytes);
  g_autofree char *stored_name = NULL;
  gint64 id;

  stored_name = store_bytes (transaction, bytes, mime_type, error);
  if (stored_name == NULL ||
      !find_waiting (transaction, blog_id, file_name, stored_name, alt_text, &id, error))
    return 0;

  return id != 0 ? id
                 : insert_row (transaction, blog_id, file_name, mime_type, stored_name, alt_text, error);
}

gboolean
bal_media_table_take_in (BalTransaction  *transaction,
                         const BalMedia  *picture,
                         GBytes          *bytes,
                         GError         **error)
{
  g_autofree char *file_name = make_file_name (picture->file_name);
  g_autofree char *hash = NULL;
  g_autofree char *stored_name = NULL;
  g_autofree char *key = picture->key != NULL ? g_strdup (picture->key) : g_uuid_string_random ();
  g_autoptr(BalStatement) statement = NULL;

  if (bytes == NULL && picture->url == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("The picture is not in the file."));
      return FALSE;
    }
  /* Else a name that no file has. */
  if (bytes == NULL)
    hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, picture->url, -1);
  stored_name = bytes != NULL ? store_bytes (transaction, bytes, picture->mime_type, error) : g_strconcat (hash, ".bin", NULL);
  if (stored_name == NULL)
    return FALSE;

  statement = bal_transaction_prepare (transaction,
    "INSERT OR IGNORE INTO media (id, blog_id, file_name, mime_type, stored_name, alt_text, key, remote_id, url)"
    "  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, picture->id);
  bal_statement_bind_int (statement, picture->blog_id);
  bal_statement_bind_text (statement, file_name);
  bal_statement_bind_text (statement, picture->mime_type);
  bal_statement_bind_text (statement, stored_name);
  bal_statement_bind_text (statement, picture->alt_text);
  bal_statement_bind_text (statement, key);
  bal_statement_bind_text (statement, picture->remote_id);
  bal_statement_bind_text (statement, picture->url);
  return bal_statement_run (statement, error);
}

gint64
bal_media_table_add (BalTransaction  *transaction,
                     gint64           blog_id,
                     const char      *source_path,
                     const char      *alt_text,
                     GError         **error)
{
  g_autoptr(GBytes) bytes = read_source (source_path, error);

  return bytes != NULL ? bal_media_table_add_bytes (transaction, blog_id, source_path, bytes, alt_text, error) : 0;
}

#define MEDIA_COLUMNS \
  "SELECT id, blog_id, file_name, mime_type, stored_name, alt_text, key, remote_id, url FROM media"

/* (nullable): NULL without error: there is no row. */
static BalMedia *
read_media (BalTransaction  *transaction,
            BalStatement    *statement,
            GError         **error)
{
  BalMedia *media;

  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return NULL;

  media = g_new0 (BalMedia, 1);
  media->id = bal_statement_read_int (statement);
  media->blog_id = bal_statement_read_int (statement);
  media->file_name = g_strdup (bal_statement_read_text (statement));
  media->mime_type = g_strdup (bal_statement_read_text (statement));
  media->path = g_build_filename (transaction->data_dir, "media", bal_statement_read_text (statement), NULL);
  media->alt_text = g_strdup (bal_statement_read_text (statement));
  media->key = g_strdup (bal_statement_read_text (statement));
  media->remote_id = g_strdup (bal_statement_read_text (statement));
  media->url = g_strdup (bal_statement_read_text (statement));
  return media;
}

BalMedia *
bal_media_table_get (BalTransaction  *transaction,
                     gint64           id,
                     GError         **error)
{
  g_autoptr(BalMedia) media = NULL;
  g_autoptr(BalStatement) statement = NULL;
  g_autoptr(GError) failed = NULL;

  statement = bal_transaction_prepare (transaction, MEDIA_COLUMNS " WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  media = read_media (transaction, statement, &failed);
  if (media == NULL && failed == NULL)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such picture."));
  else if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return g_steal_pointer (&media);
}

BalMedia *
bal_media_table_find_url (BalTransaction  *transaction,
                          gint64           blog_id,
                          const char      *url,
                          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    MEDIA_COLUMNS " WHERE blog_id = ? AND url = ? ORDER BY id DESC LIMIT 1", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, url);
  return read_media (transaction, statement, error);
}

GHashTable *
bal_media_table_list_uploaded (BalTransaction  *transaction,
                               gint64           blog_id,
                               GError         **error)
{
  g_autoptr(GHashTable) uploaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, url, remote_id FROM media WHERE blog_id = ? AND url IS NOT NULL AND remote_id IS NOT NULL ORDER BY id",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);

      g_hash_table_insert (uploaded, g_strdup (bal_statement_read_text (statement)), g_memdup2 (&id, sizeof id));
      g_hash_table_insert (uploaded, g_strconcat ("id:", bal_statement_read_text (statement), NULL),
                           g_memdup2 (&id, sizeof id));
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&uploaded) : NULL;
}

BalMedia *
bal_media_table_get_for (BalTransaction  *transaction,
                         gint64           id,
                         gint64           blog_id,
                         GError         **error)
{
  g_autoptr(BalMedia) media = bal_media_table_get (transaction, id, error);
  g_autoptr(BalStatement) statement = NULL;
  g_autofree char *stored_name = NULL;
  BalStep step;
  gint64 own;

  if (media == NULL || media->blog_id == blog_id)
    return g_steal_pointer (&media);

  stored_name = g_path_get_basename (media->path);
  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM media WHERE blog_id = ? AND file_name = ? AND stored_name = ? AND alt_text IS ?"
    "  ORDER BY id DESC LIMIT 1",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, media->file_name);
  bal_statement_bind_text (statement, stored_name);
  bal_statement_bind_text (statement, media->alt_text);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ERROR)
    return NULL;

  own = step == BAL_STEP_ROW ? bal_statement_read_int (statement)
                             : insert_row (transaction, blog_id, media->file_name, media->mime_type,
                                           stored_name, media->alt_text, error);
  return own != 0 ? bal_media_table_get (transaction, own, error) : NULL;
}

gboolean
bal_media_table_set_uploaded (BalTransaction  *transaction,
                              gint64           id,
                              const char      *remote_id,
                              const char      *url,
                              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE media SET remote_id = ?, url = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, remote_id);
  bal_statement_bind_text (statement, url);
  bal_statement_bind_int (statement, id);
  if (!bal_statement_run (statement, error))
    return FALSE;

  if (bal_connection_get_n_changed (transaction->connection) == 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such picture."));
      return FALSE;
    }
  return TRUE;
}
