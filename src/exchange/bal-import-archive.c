/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal-import-source.h"
#include "bal-import-walk.h"

#define MOST_BYTES (64 * 1024 * 1024)

struct _BalImportArchive
{
  /* owned */
  GHashTable     *names;         /* set: of the files in it */
  struct archive *archive;       /* NULL: at its end, or not readable */
  char           *folder;        /* (nullable): for what is unpacked */
  int             fd;

  guint64         size;          /* packed */
  guint64         n_read;        /* unpacked */
};

static gboolean
start (BalImportArchive *self)
{
  g_clear_pointer (&self->archive, archive_read_free);
  if (lseek (self->fd, 0, SEEK_SET) < 0)
    return FALSE;

  self->archive = archive_read_new ();
  archive_read_support_format_zip (self->archive);
  if (archive_read_open_fd (self->archive, self->fd, 64 * 1024) == ARCHIVE_OK)
    return TRUE;
  g_clear_pointer (&self->archive, archive_read_free);
  return FALSE;
}

/* (transfer full) (nullable): the name of the next file that may be read; NULL: there is none */
static char *
next_name (BalImportArchive *self)
{
  struct archive_entry *entry;

  for (;;)
    {
      int code = self->archive != NULL ? archive_read_next_header (self->archive, &entry) : ARCHIVE_EOF;
      const char *name;
      g_autofree char *valid = NULL;

      if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
        {
          g_clear_pointer (&self->archive, archive_read_free);
          return NULL;
        }
      if (archive_entry_filetype (entry) != AE_IFREG || archive_entry_is_encrypted (entry))
        continue;

      name = archive_entry_pathname_utf8 (entry);
      if (name == NULL)
        name = archive_entry_pathname (entry);
      valid = g_utf8_make_valid (name != NULL ? name : "", -1);
      if (bal_import_walk_name_is_safe (valid))
        return g_steal_pointer (&valid);
    }
}

BalImportArchive *
bal_import_archive_open (const char *path)
{
  g_autoptr(BalImportArchive) self = g_new0 (BalImportArchive, 1);
  struct stat status;
  char *name;

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &status) != 0 || !S_ISREG (status.st_mode) || !start (self))
    return NULL;

  self->size = (guint64) status.st_size;
  while (g_hash_table_size (self->names) < BAL_IMPORT_MOST_FILES && (name = next_name (self)) != NULL)
    g_hash_table_add (self->names, name);
  return g_steal_pointer (&self);
}

void
bal_import_archive_close (BalImportArchive *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->archive, archive_read_free);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  if (self->fd >= 0)
    close (self->fd);
  g_hash_table_unref (self->names);
  g_free (self->folder);
  g_free (self);
}

gboolean
bal_import_archive_has (BalImportArchive *self,
                        const char       *name)
{
  return g_hash_table_contains (self->names, name);
}

/* Pictures stand in an archive about as the pages ask for them: from here on first, and then once from the start. */
static gboolean
go_to (BalImportArchive *self,
       const char       *name)
{
  for (guint turn = 0; turn < 2; turn++)
    {
      char *found;

      while ((found = next_name (self)) != NULL)
        {
          gboolean is_it = g_str_equal (found, name);

          g_free (found);
          if (is_it)
            return TRUE;
        }
      if (!start (self))
        return FALSE;
    }
  return FALSE;
}

/* (transfer full) (nullable) */
static GByteArray *
read_bytes (BalImportArchive *self)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  char buffer[64 * 1024];
  la_ssize_t n;

  while ((n = archive_read_data (self->archive, buffer, sizeof buffer)) > 0)
    {
      self->n_read += (guint64) n;
      if (bytes->len + (gsize) n > MOST_BYTES ||
          (self->n_read > BAL_IMPORT_FREE_BYTES && self->n_read / BAL_IMPORT_MOST_RATIO > self->size))
        return NULL;
      g_byte_array_append (bytes, (const guint8 *) buffer, (guint) n);
    }
  return n == 0 ? g_steal_pointer (&bytes) : NULL;
}

char *
bal_import_archive_extract (BalImportArchive *self,
                            const char       *name)
{
  g_autofree char *label = g_path_get_basename (name);
  g_autofree char *path = NULL;
  g_autoptr(GByteArray) bytes = NULL;

  if (!bal_import_archive_has (self, name) || !go_to (self, name) || (bytes = read_bytes (self)) == NULL)
    return NULL;
  if (self->folder == NULL && (self->folder = g_dir_make_tmp ("balcony-import-XXXXXX", NULL)) == NULL)
    return NULL;

  path = g_build_filename (self->folder, label, NULL);
  if (g_file_set_contents_full (path, (const char *) bytes->data, (gssize) bytes->len, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    return g_steal_pointer (&path);
  g_unlink (path);
  return NULL;
}
