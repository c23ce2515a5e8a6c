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

gboolean
bal_files_write (const char  *path,
                 GBytes      *bytes,
                 GError     **error)
{
  g_autofree char *temporary = bal_files_make_temporary (path, error);
  const char *data;
  gsize length, done = 0;
  int fd, saved_errno = 0;

  if (temporary == NULL)
    return FALSE;

  data = g_bytes_get_data (bytes, &length);
  fd = g_open (temporary, O_WRONLY | O_CLOEXEC, 0);
  while (fd >= 0 && done < length)
    {
      gssize n = write (fd, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        break;
      done += n;
    }
  saved_errno = errno;
  if (fd >= 0)
    close (fd);

  if (fd < 0 || done < length)
    set_failed (path, saved_errno, error);
  else if (bal_files_commit (temporary, path, error))
    return TRUE;

  g_unlink (temporary);
  return FALSE;
}
