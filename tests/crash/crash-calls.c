/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls themselves, in front of those of the C library: GLib, SQLite and Balcony all come through here. */

#undef _FILE_OFFSET_BITS         /* both names of a call stay what they are */
#define _GNU_SOURCE

#include "crash-disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) \
  static __typeof__ (name) *real; \
  if (real == NULL) \
    *(void **) &real = dlsym (RTLD_NEXT, #name)

/* The number of the file behind a descriptor; 0: none of ours. */
static guint
find_file (int fd)
{
  struct stat64 info;

  return fstat64 (fd, &info) == 0 && S_ISREG (info.st_mode) ? disk_find_file (info.st_ino) : 0;
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  const char *name;
  struct stat64 info;
  gboolean existed;
  mode_t mode = 0;
  va_list args;
  int fd;
  REAL (open64);

  if ((flags & O_CREAT) != 0)
    {
      va_start (args, flags);
      mode = va_arg (args, mode_t);
      va_end (args);
    }
  if (!disk_is_on ())
    return real (path, flags, mode);

  name = disk_get_name (path);
  if (name == NULL)
    {
      fd = real (path, flags, mode);
      /* A file elsewhere may have the number of one that was here: nothing that is done to it is done here. */
      if (fd >= 0 && fstat64 (fd, &info) == 0)
        disk_forget_file (info.st_ino);
      return fd;
    }
  if ((flags & (O_CREAT | O_TRUNC)) == 0)
    return real (path, flags, mode);

  disk_lock ();
  existed = stat64 (path, &info) == 0;
  if (!existed && disk_strikes (TRUE))
    fd = -1;
  else
    fd = real (path, flags, mode);
  if (fd >= 0 && !existed && fstat64 (fd, &info) == 0)
    disk_note (&(DiskCall) { .op = DISK_CREATE, .file = disk_add_file (info.st_ino), .name = g_strdup (name) });
  else if (fd >= 0 && (flags & O_TRUNC) != 0)
    disk_note (&(DiskCall) { .op = DISK_TRUNCATE, .file = find_file (fd) });
  disk_unlock ();
  return fd;
}

/* @offset -1: where the descriptor is. */
static void
note_write (guint       file,
            int         fd,
            const void *data,
            ssize_t     n,
            off64_t     offset)
{
  if (n > 0)
    disk_note (&(DiskCall) { .op = DISK_WRITE, .file = file, .bytes = g_bytes_new (data, (gsize) n),
                             .offset = offset >= 0 ? offset : lseek64 (fd, 0, SEEK_CUR) - n });
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      n_bytes,
          off64_t     offset)
{
  ssize_t n = -1;
  guint file;
  REAL (pwrite64);

  if (!disk_is_on () || (file = find_file (fd)) == 0)
    return real (fd, data, n_bytes, offset);

  disk_lock ();
  if (!disk_strikes (TRUE))
    note_write (file, fd, data, n = real (fd, data, n_bytes, offset), offset);
  disk_unlock ();
  return n;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      n_bytes)
{
  ssize_t n = -1;
  guint file;
  REAL (write);

  if (!disk_is_on () || (file = find_file (fd)) == 0)
    return real (fd, data, n_bytes);

  disk_lock ();
  if (!disk_strikes (TRUE))
    note_write (file, fd, data, n = real (fd, data, n_bytes), -1);
  disk_unlock ();
  return n;
}

int
ftruncate64 (int     fd,
             off64_t length)
{
  int code = -1;
  guint file;
  REAL (ftruncate64);

  if (!disk_is_on () || (file = find_file (fd)) == 0)
    return real (fd, length);

  disk_lock ();
  if (!disk_strikes (TRUE) && (code = real (fd, length)) == 0)
    disk_note (&(DiskCall) { .op = DISK_TRUNCATE, .file = file, .offset = length });
  disk_unlock ();
  return code;
}

/* What is recorded is as good as on disk; the real one would only take time. */
static int
sync_file (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  char path[4096];
  const char *name;
  struct stat64 info;
  ssize_t length;
  guint file;
  int code = 0;

  if (!disk_is_on () || fstat64 (fd, &info) != 0)
    return 0;

  disk_lock ();
  if ((file = find_file (fd)) != 0)
    {
      code = disk_strikes (FALSE) ? -1 : 0;
      if (code == 0)
        disk_note (&(DiskCall) { .op = DISK_SYNC, .file = file });
    }
  else if (S_ISDIR (info.st_mode) && (length = readlink (link, path, sizeof path - 1)) > 0)
    {
      path[length] = '\0';
      name = disk_get_name (path);
      code = name != NULL && disk_strikes (FALSE) ? -1 : 0;
      if (name != NULL && code == 0)
        disk_note (&(DiskCall) { .op = DISK_SYNC_FOLDER, .name = g_strdup (name) });
    }
  disk_unlock ();
  return code;
}

int
fsync (int fd)
{
  return sync_file (fd);
}

int
fdatasync (int fd)
{
  return sync_file (fd);
}

int
unlink (const char *path)
{
  const char *name;
  int code = -1;
  REAL (unlink);

  if (!disk_is_on () || (name = disk_get_name (path)) == NULL)
    return real (path);

  disk_lock ();
  if (!disk_strikes (FALSE) && (code = real (path)) == 0)
    disk_note (&(DiskCall) { .op = DISK_UNLINK, .name = g_strdup (name) });
  disk_unlock ();
  return code;
}

static int
change_name (int       (*real) (const char *, const char *),
             DiskOp      op,
             const char *path,
             const char *new_path)
{
  const char *name = disk_is_on () ? disk_get_name (path) : NULL;
  int code = -1;

  if (name == NULL)
    return real (path, new_path);

  disk_lock ();
  if (!disk_strikes (FALSE) && (code = real (path, new_path)) == 0)
    disk_note (&(DiskCall) { .op = op, .name = g_strdup (name), .new_name = g_strdup (disk_get_name (new_path)) });
  disk_unlock ();
  return code;
}

int
rename (const char *path,
        const char *new_path)
{
  REAL (rename);

  return change_name (real, DISK_RENAME, path, new_path);
}

int
link (const char *path,
      const char *new_path)
{
  REAL (link);

  return change_name (real, DISK_LINK, path, new_path);
}

int
mkdir (const char *path,
       mode_t      mode)
{
  const char *name;
  int code = -1;
  REAL (mkdir);

  if (!disk_is_on () || (name = disk_get_name (path)) == NULL)
    return real (path, mode);

  disk_lock ();
  if (access (path, F_OK) == 0)
    code = real (path, mode);
  else if (!disk_strikes (TRUE) && (code = real (path, mode)) == 0)
    disk_note (&(DiskCall) { .op = DISK_MKDIR, .name = g_strdup (name) });
  disk_unlock ();
  return code;
}
