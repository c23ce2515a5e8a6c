/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-source.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal-error.h"
#include "bal-import-walk.h"

struct _BalImportSource
{
  /* owned */
  char           *path;
  char           *name;          /* of the present stream */
  GPtrArray      *files;         /* (nullable) (element-type BalImportFile): of a folder */
  struct archive *archive;       /* (nullable) */
  int             fd;            /* of the file, the archive or the folder's present file */

  guint           index;         /* of the next stream */
  guint64         size;          /* of all; of an archive as it is packed */
  guint64         n_read;        /* of all; of an archive as it is unpacked */
  gboolean        is_over;       /* an archive that grows beyond any bound */
};

static gboolean
set_errno (GError     **error,
           const char  *path)
{
  int code = errno;
  g_autofree char *shown = g_filename_display_basename (path);

  g_set_error (error, BAL_ERROR, code == ENOENT ? BAL_ERROR_NOT_FOUND : BAL_ERROR_STORAGE,
               _("“%s” can’t be read: %s. Nothing was changed."), shown, g_strerror (code));
  return FALSE;
}

static gboolean
set_archive_error (BalImportSource  *self,
                   GError          **error)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("The archive is damaged or incomplete after “%s”; what comes before is read."),
               self->name != NULL ? self->name : "…");
  return FALSE;
}

static gboolean
is_zip (int fd)
{
  char magic[4];

  return pread (fd, magic, sizeof magic, 0) == (gssize) sizeof magic &&
         (memcmp (magic, "PK\3\4", 4) == 0 || memcmp (magic, "PK\5\6", 4) == 0);
}

static gboolean
open_archive (BalImportSource  *self,
              GError          **error)
{
  self->archive = archive_read_new ();
  archive_read_support_format_zip (self->archive);
  if (archive_read_open_fd (self->archive, self->fd, 64 * 1024) == ARCHIVE_OK)
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID, _("This ZIP archive can’t be read; make or download it anew."));
  return FALSE;
}

BalImportSource *
bal_import_source_open (const char  *path,
                        GError     **error)
{
  g_autoptr(BalImportSource) self = g_new0 (BalImportSource, 1);
  struct stat status;

  self->path = g_strdup (path);
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      set_errno (error, path);
      return NULL;
    }

  if (S_ISDIR (status.st_mode))
    {
      close (self->fd);
      self->fd = -1;
      self->files = bal_import_walk (path, BAL_IMPORT_MOST_FILES, error);
      if (self->files == NULL)
        return NULL;
      for (guint i = 0; i < self->files->len; i++)
        self->size += ((BalImportFile *) g_ptr_array_index (self->files, i))->size;
      return g_steal_pointer (&self);
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("Only files, folders and ZIP archives can be imported."));
      return NULL;
    }

  self->size = (guint64) status.st_size;
  if (is_zip (self->fd) && !open_archive (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
bal_import_source_close (BalImportSource *self)
{
  if (self == NULL)
    return;

  if (self->archive != NULL)
    archive_read_free (self->archive);
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

gboolean
bal_import_source_rewind (BalImportSource  *self,
                          GError          **error)
{
  self->index = 0;
  self->n_read = 0;
  self->is_over = FALSE;
  if (self->fd >= 0 && self->files == NULL && lseek (self->fd, 0, SEEK_SET) < 0)
    return set_errno (error, self->path);
  if (self->archive == NULL)
    return TRUE;

  archive_read_free (self->archive);
  self->archive = NULL;
  return open_archive (self, error);
}

gboolean
bal_import_source_is_many (BalImportSource *self)
{
  return self->files != NULL || self->archive != NULL;
}

const char *
bal_import_source_get_path (BalImportSource *self)
{
  return self->path;
}

static void
take_name (BalImportSource *self,
           char            *name)
{
  g_free (self->name);
  self->name = name;
}

static gboolean
next_file (BalImportSource  *self,
           char            **refused,
           GError          **error)
{
  BalImportFile *file = g_ptr_array_index (self->files, self->index++);

  take_name (self, g_filename_display_name (file->name));
  *refused = g_strdup (file->refused);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  if (*refused != NULL)
    return TRUE;

  self->fd = bal_import_walk_open (self->path, file->name);
  if (self->fd < 0)
    *refused = g_strdup_printf (_("It can’t be read: %s."), g_strerror (errno));
  return TRUE;
}

/* A name that leads out of the archive, or that no person has given, is not read. */
static char *
judge_entry (struct archive_entry *entry,
             const char           *name)
{
  if (!bal_import_walk_name_is_safe (name))
    return g_strdup (_("Its name leads out of the archive; it was not read."));
  if (archive_entry_is_encrypted (entry))
    return g_strdup (_("It is encrypted; make an archive without a password."));
  if (archive_entry_filetype (entry) != AE_IFREG)
    return g_strdup (_("It is not a file."));
  return NULL;
}

static gboolean
next_entry (BalImportSource  *self,
            char            **refused,
            GError          **error)
{
  struct archive_entry *entry;
  const char *name;
  int code;

  do
    {
      code = archive_read_next_header (self->archive, &entry);
      if (code == ARCHIVE_EOF)
        return FALSE;
      if ((code != ARCHIVE_OK && code != ARCHIVE_WARN) || ++self->index > BAL_IMPORT_MOST_FILES)
        return set_archive_error (self, error);
    }
  while (archive_entry_filetype (entry) == AE_IFDIR);

  name = archive_entry_pathname_utf8 (entry);
  if (name == NULL)
    name = archive_entry_pathname (entry);
  take_name (self, g_utf8_make_valid (name != NULL ? name : "", -1));
  *refused = judge_entry (entry, self->name);
  return TRUE;
}

gboolean
bal_import_source_next (BalImportSource  *self,
                        const char      **name,
                        char            **refused,
                        GError          **error)
{
  gboolean found;

  *refused = NULL;
  if (self->archive != NULL)
    {
      found = !self->is_over && next_entry (self, refused, error);
    }
  else if (self->files != NULL)
    {
      found = self->index < self->files->len && next_file (self, refused, error);
    }
  else
    {
      found = self->index++ == 0;
      take_name (self, g_filename_display_basename (self->path));
    }

  *name = self->name;
  return found;
}

static gssize
read_archive (BalImportSource  *self,
              char             *buffer,
              gsize             size,
              GError          **error)
{
  gssize n = archive_read_data (self->archive, buffer, size);

  if (n < 0)
    {
      set_archive_error (self, error);
      return -1;
    }

  self->n_read += (guint64) n;
  if (self->n_read > BAL_IMPORT_FREE_BYTES && self->n_read / BAL_IMPORT_MOST_RATIO > self->size)
    {
      self->is_over = TRUE;
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The archive unpacks to far more than any export holds; reading stopped in “%s”."), self->name);
      return -1;
    }
  return n;
}

gssize
bal_import_source_read (BalImportSource  *self,
                        char             *buffer,
                        gsize             size,
                        GError          **error)
{
  gssize n;

  if (self->archive != NULL)
    return read_archive (self, buffer, size, error);
  if (self->fd < 0)
    return 0;

  do
    n = read (self->fd, buffer, size);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      set_errno (error, self->name);
      return -1;
    }

  self->n_read += (guint64) n;
  return n;
}

GBytes *
bal_import_source_read_all (BalImportSource  *self,
                            gsize             most,
                            GError          **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  char buffer[64 * 1024];
  gssize n;

  while ((n = bal_import_source_read (self, buffer, sizeof buffer, error)) > 0)
    {
      g_byte_array_append (bytes, (const guint8 *) buffer, (guint) n);
      if (bytes->len > most)
        {
          g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID, _("It is larger than %u MB; nobody writes such a post."),
                       (guint) (most >> 20));
          return NULL;
        }
    }
  if (n < 0)
    return NULL;

  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_set_size (bytes, bytes->len - 1);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

double
bal_import_source_get_fraction (BalImportSource *self)
{
  double fraction;

  if (self->size == 0)
    return 1;

  fraction = self->archive != NULL
             ? (double) archive_filter_bytes (self->archive, -1) / (double) self->size
             : (double) self->n_read / (double) self->size;
  return CLAMP (fraction, 0, 1);
}
