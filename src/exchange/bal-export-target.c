/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE            /* renameat2(), syncfs() */
#include "bal-export-target.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal-error.h"
#include "bal-export-file.h"

/* An export is written in a folder beside its place, which is locked meanwhile: others are what was left by a program that
 * died, and go with the next export. Their names say which computer made them, as locks may hold on that one alone. */
#define WORK_PREFIX ".balcony-export-"
#define LEFT_SUFFIX "-left"
#define N_TRIES     16

struct _BalExportTarget
{
  char     *path;
  char     *work;                /* (nullable) */
  char     *temporary;           /* in there */
  int       work_fd;             /* holds the lock; -1: none */
  gboolean  is_folder;
};

static void
set_there (const char  *path,
           GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("“%s” is there already and stays as it is. Choose another name for the export."), name);
}

static gboolean
is_empty_folder (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  struct stat info;

  if (g_lstat (path, &info) < 0 || !S_ISDIR (info.st_mode))
    return FALSE;

  dir = g_dir_open (path, 0, NULL);
  return dir != NULL && g_dir_read_name (dir) == NULL;
}

static void remove_all (int         parent,
                        const char *name);

/* Closes @fd. */
static void
empty_folder (int fd)
{
  DIR *dir = fdopendir (fd);
  struct dirent *entry;

  while (dir != NULL && (entry = readdir (dir)) != NULL)
    if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, ".."))
      remove_all (fd, entry->d_name);
  if (dir != NULL)
    closedir (dir);
  else
    close (fd);
}

/* Follows no link: what is below is what was written here. */
static void
remove_all (int         parent,
            const char *name)
{
  int fd;

  if (unlinkat (parent, name, 0) == 0 || errno == ENOENT)
    return;

  fd = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0)
    empty_folder (fd);
  unlinkat (parent, name, AT_REMOVEDIR);
}

static char *
own_prefix (void)
{
  g_autofree char *machine = NULL;
  g_autofree char *both = NULL;
  g_autofree char *sum = NULL;

  g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL);
  both = g_strconcat (g_get_host_name (), "\n", machine, NULL);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  return g_strdup_printf (WORK_PREFIX "%.12s-", sum);
}

/* Opens and locks it. -1: errno says why: EWOULDBLOCK or ENOENT when another export took it. */
static int
lock_work (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat held, there;
  int code;

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) < 0)
    code = errno;
  else if (fstat (fd, &held) == 0 && g_lstat (path, &there) == 0 &&
           held.st_dev == there.st_dev && held.st_ino == there.st_ino)
    return fd;
  else
    code = ENOENT;
  close (fd);
  errno = code;
  return -1;
}

/* By another name first: whatever is still at work in there finds that it is gone, and can't take a part of it for the
 * whole. */
static void
remove_left (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *prefix = own_prefix ();
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL;
      g_autofree char *left = NULL;
      int fd;

      if (!g_str_has_prefix (name, prefix))
        continue;
      path = g_build_filename (folder, name, NULL);
      left = g_strconcat (path, g_str_has_suffix (name, LEFT_SUFFIX) ? NULL : LEFT_SUFFIX, NULL);
      fd = lock_work (path);
      if (fd < 0)
        continue;
      if (g_rename (path, left) == 0)
        {
          empty_folder (fd);
          g_rmdir (left);
        }
      else
        close (fd);
    }
}

/* FALSE: errno says why. */
static gboolean
make_work (BalExportTarget *self,
           const char      *folder)
{
  g_autofree char *prefix = own_prefix ();

  for (guint i = 0; i < N_TRIES; i++)
    {
      g_autofree char *unique = g_uuid_string_random ();
      g_autofree char *name = g_strconcat (prefix, unique, NULL);
      g_autofree char *work = g_build_filename (folder, name, NULL);
      int code;

      if (g_mkdir (work, 0700) < 0)
        return FALSE;
      self->work_fd = lock_work (work);
      code = self->work_fd >= 0 ? 0 : errno;
      /* Where nothing can be locked, nothing is taken for what was left. */
      if (code == 0 || code == ENOLCK || code == EOPNOTSUPP || code == EBADF)
        {
          self->temporary = g_build_filename (work, "export", NULL);
          self->work = g_steal_pointer (&work);
          return TRUE;
        }

      /* Before it was locked, another export may have taken it for one that was left. */
      g_rmdir (work);
      errno = code;
      if (code != EWOULDBLOCK && code != ENOENT)
        return FALSE;
    }
  return FALSE;
}

BalExportTarget *
bal_export_target_new (const char  *path,
                       gboolean     is_folder,
                       GError     **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autoptr(BalExportTarget) self = g_new0 (BalExportTarget, 1);
  struct stat info;

  self->work_fd = -1;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *display = g_filename_display_name (folder);

      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("There is no folder “%s”. Make it, or choose another one for the export."), display);
      return NULL;
    }
  if (g_lstat (absolute, &info) == 0 && !(is_folder && is_empty_folder (absolute)))
    {
      set_there (absolute, error);
      return NULL;
    }

  self->path = g_steal_pointer (&absolute);
  self->is_folder = is_folder;
  remove_left (folder);
  if (!make_work (self, folder) || (is_folder && g_mkdir (self->temporary, 0777) < 0))
    {
      bal_export_set_error (errno, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
bal_export_target_free (BalExportTarget *self)
{
  if (self == NULL)
    return;

  if (self->work != NULL)
    remove_all (AT_FDCWD, self->work);
  if (self->work_fd >= 0)
    close (self->work_fd);
  g_free (self->work);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

const char *
bal_export_target_get_path (BalExportTarget *self)
{
  return self->temporary;
}

/* 0, or the error's number. A folder may hold thousands of files: one call for all is as safe as one for each. */
static int
bring_to_disk (const char *path,
               gboolean    is_folder)
{
  int fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | (is_folder ? O_DIRECTORY : 0));
  int code = fd < 0 ? errno : 0;

  if (fd < 0)
    return code;
  if ((is_folder ? syncfs (fd) : fsync (fd)) < 0)
    code = errno;
  close (fd);
  return code;
}

/* 0, or the error's number. A folder takes the place of nothing or of an empty folder, by what rename() is. */
static int
move_into_place (BalExportTarget *self)
{
  struct stat info;

  if (self->is_folder)
    return g_rename (self->temporary, self->path) == 0 ? 0 : errno;

  if (renameat2 (AT_FDCWD, self->temporary, AT_FDCWD, self->path, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return errno;

  /* Old and network file systems know no flags. */
  if (g_lstat (self->path, &info) == 0)
    return EEXIST;
  return g_rename (self->temporary, self->path) == 0 ? 0 : errno;
}

gboolean
bal_export_target_commit (BalExportTarget  *self,
                          GError          **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int code = bring_to_disk (self->temporary, self->is_folder);

  if (code == 0)
    code = move_into_place (self);
  if (code == EEXIST || code == ENOTEMPTY || code == ENOTDIR)
    {
      set_there (self->path, error);
      return FALSE;
    }
  if (code != 0)
    {
      bal_export_set_error (code, error);
      return FALSE;
    }

  /* It is in its place; where folders can't be synced, the system writes them soon. */
  bring_to_disk (folder, FALSE);
  return TRUE;
}
