/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "bal-error.h"

static gboolean
set_failed (const char  *path,
            int          saved_errno,
            GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
               _("“%s” could not be written (%s). Check the disk and the folder’s permissions, and try again."),
               name, g_strerror (saved_errno));
  return FALSE;
}

gboolean
bal_files_make_folder (const char  *path,
                       GError     **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  return set_failed (path, errno, error);
}

char *
bal_files_make_temporary (const char  *path,
                          GError     **error)
{
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_failed (path, errno, error);
      return NULL;
    }

  close (fd);
  return g_steal_pointer (&temporary);
}

static gboolean
sync_path (const char  *path,
           int          flags,
           GError     **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  int saved_errno;

  if (fd < 0)
    return set_failed (path, errno, error);

  if (fsync (fd) != 0)
    {
      saved_errno = errno;
      close (fd);
      return set_failed (path, saved_errno, error);
    }

  close (fd);
  return TRUE;
}

gboolean
bal_files_sync_folder (const char  *path,
                       GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

gboolean
bal_files_commit (const char  *temporary,
                  const char  *path,
                  GError     **error)
{
  if (!sync_path (temporary, O_RDONLY, error))
    return FALSE;
  if (g_rename (temporary, path) != 0)
    return set_failed (path, errno, error);
  return bal_files_sync_folder (path, error);
}

int
bal_files_open_temporary (const char  *temporary,
                          GError     **error)
{
  int fd = g_open (temporary, O_WRONLY | O_CLOEXEC, 0);

  if (fd < 0)
    set_failed (temporary, errno, error);
  return fd;
}

gboolean
bal_files_append (int          fd,
                  const char  *path,
                  const void  *data,
                  gsize        length,
                  GError     **error)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (fd, (const char *) data + done, length - done);

      if (n < 0 && errno != EINTR)
        return set_failed (path, errno, error);
      if (n > 0)
        done += n;
    }
  return TRUE;
}

gboolean
bal_files_write (const char  *path,
                 GBytes      *bytes,
                 GError     **error)
{
  g_autofree char *temporary = bal_files_make_temporary (path, error);
  const void *data;
  gsize length;
  gboolean written;
  int fd;

  if (temporary == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &length);
  fd = bal_files_open_temporary (temporary, error);
  written = fd >= 0 && bal_files_append (fd, path, data, length, error);
  if (fd >= 0)
    close (fd);

  if (written && bal_files_commit (temporary, path, error))
    return TRUE;

  g_unlink (temporary);
  return FALSE;
}

char *
bal_files_hash (const char   *path,
                GCancellable *cancellable)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (BAL_FILES_CHUNK);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n = -1;

  if (fd < 0)
    return NULL;

  while (!g_cancellable_is_cancelled (cancellable) &&
         ((n = read (fd, buffer, BAL_FILES_CHUNK)) > 0 || (n < 0 && errno == EINTR)))
    {
      if (n > 0)
        g_checksum_update (checksum, buffer, n);
      n = -1;
    }
  close (fd);

  return n == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}
