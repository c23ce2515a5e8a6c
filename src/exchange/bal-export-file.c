/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "bal-error.h"

/* What is written at once. */
#define CHUNK (256 * 1024)

struct _BalExportFile
{
  int      fd;
  int      code;       /* errno of what went wrong first; 0: nothing */
  GString *waiting;
  guint64  size;
};

void
bal_export_set_error (int      code,
                      GError **error)
{
  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_STORAGE,
                         _("There is no room on the disk for the export. Make room or choose another disk; nothing of the "
                           "export was kept, and nothing else was changed."));
  else
    g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
                 _("The export could not be written: %s. Choose another folder; nothing of the export was kept, and "
                   "nothing else was changed."), g_strerror (code));
}

BalExportFile *
bal_export_file_new (const char  *path,
                     gboolean     private,
                     GError     **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, private ? 0600 : 0666);
  BalExportFile *self;

  if (fd < 0)
    {
      bal_export_set_error (errno, error);
      return NULL;
    }

  self = g_new0 (BalExportFile, 1);
  self->fd = fd;
  self->waiting = g_string_sized_new (CHUNK);
  return self;
}

void
bal_export_file_free (BalExportFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  g_string_free (self->waiting, TRUE);
  g_free (self);
}

static void
write_all (BalExportFile *self,
           const char    *bytes,
           gsize          length)
{
  while (length > 0 && self->code == 0)
    {
      gssize n = write (self->fd, bytes, length);

      if (n < 0 && errno != EINTR)
        self->code = errno;
      else if (n > 0)
        {
          bytes += n;
          length -= (gsize) n;
        }
    }
}

static void
flush (BalExportFile *self)
{
  write_all (self, self->waiting->str, self->waiting->len);
  g_string_truncate (self->waiting, 0);
}

void
bal_export_file_put_bytes (BalExportFile *self,
                           const void    *bytes,
                           gsize          length)
{
  if (self->code != 0)
    return;

  self->size += length;
  if (self->waiting->len + length > CHUNK)
    flush (self);
  if (length >= CHUNK)
    write_all (self, bytes, length);
  else
    g_string_append_len (self->waiting, bytes, (gssize) length);
}

void
bal_export_file_put (BalExportFile *self,
                     const char    *text)
{
  bal_export_file_put_bytes (self, text, strlen (text));
}

void
bal_export_file_printf (BalExportFile *self,
                        const char    *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  bal_export_file_put (self, text);
}

void
bal_export_file_fail (BalExportFile *self,
                      int            code)
{
  if (self->code == 0)
    self->code = code;
}

void
bal_export_file_put_file (BalExportFile *self,
                          const char    *path)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC);
  gssize n = 1;

  if (fd < 0)
    {
      bal_export_file_fail (self, errno);
      return;
    }

  while (self->code == 0 && n != 0)
    {
      n = read (fd, buffer, CHUNK);
      if (n > 0)
        bal_export_file_put_bytes (self, buffer, (gsize) n);
      else if (n < 0 && errno != EINTR)
        self->code = errno;
    }
  close (fd);
}

guint64
bal_export_file_get_size (BalExportFile *self)
{
  return self->size;
}

gboolean
bal_export_file_check (BalExportFile  *self,
                       GError        **error)
{
  if (self->code == 0)
    return TRUE;

  bal_export_set_error (self->code, error);
  return FALSE;
}

gboolean
bal_export_file_close (BalExportFile  *self,
                       GError        **error)
{
  g_autoptr(BalExportFile) owned = self;

  flush (self);
  if (close (g_steal_fd (&self->fd)) < 0 && self->code == 0)
    self->code = errno;
  return bal_export_file_check (self, error);
}
