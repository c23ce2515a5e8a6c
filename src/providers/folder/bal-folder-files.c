/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE            /* renameat2(), O_CLOEXEC */
#include "bal-folder-private.h"

#include "bal-error.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * All that this provider does to the disk. Files are named relative to a descriptor of their folder, and no link
 * is ever followed below the blog's own folder, so nothing outside it can be read or written by way of it.
 */

#define TEMPORARY_PREFIX ".balcony-"
#define LOCK_PATIENCE_MS 10000

/* Two looks at a file within this time may have missed a change between them: the clock of a file system ticks
 * every few milliseconds, on FAT every two seconds. */
#define RACY_NS (2 * G_GINT64_CONSTANT (1000000000) + G_GINT64_CONSTANT (500000000))

void
bal_folder_fd_clear (int fd)
{
  if (fd >= 0)
    close (fd);
}

static void
set_read_error (GError     **error,
                int          number,
                const char  *label)
{
  if (number == ENOENT)
    g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                 _("The file “%s” is not in the blog’s folder."), label);
  else if (number == ELOOP || number == ENXIO)
    g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                 _("“%s” is a link or a device. Balcony uses only the files and folders that are in the "
                   "blog’s folder itself: put the real one there."), label);
  else if (number == EACCES || number == EPERM)
    g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                 _("You are not permitted to read “%s” in the blog’s folder. Change its permissions and "
                   "sync again."), label);
  else
    g_set_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY,
                 _("“%s” in the blog’s folder could not be read: %s. Nothing was changed; try again later."),
                 label, g_strerror (number));
}

static void
set_write_error (GError     **error,
                 int          number,
                 const char  *label)
{
  if (number == EACCES || number == EPERM || number == EROFS)
    g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                 _("You are not permitted to write “%s” in the blog’s folder. What you wrote is kept in "
                   "Balcony: allow writing there and send it again."), label);
  else if (number == ENOSPC || number == EDQUOT)
    g_set_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY,
                 _("There is no room left for “%s” in the blog’s folder. The old file is unchanged and what you "
                   "wrote is kept in Balcony: make room and sync again."), label);
  else if (number == ELOOP || number == ENOTDIR)
    g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                 _("“%s” is a link. Balcony writes only into folders that are in the blog’s folder itself: put "
                   "a real one there."), label);
  else
    g_set_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY,
                 _("“%s” in the blog’s folder could not be written: %s. The old file is unchanged and what you "
                   "wrote is kept in Balcony."), label, g_strerror (number));
}

/**
 * bal_folder_files_open_dir:
 * @root: the blog's folder
 * @child: (nullable): a folder in it
 * @create: whether to make @child where it is missing
 * @error: OFFLINE when @root or @child is not there, and what the disk says
 *
 * A folder that is not there is never one that is empty: else an unmounted drive would look as if all was deleted.
 * Only @root itself may be reached through links: that is the person's choice.
 *
 * Returns: a descriptor for the caller to close, or -1
 */
int
bal_folder_files_open_dir (const char  *root,
                           const char  *child,
                           gboolean     create,
                           GError     **error)
{
  g_auto(BalFolderFd) top = open (root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int dir;

  if (top < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EIO || errno == ESTALE || errno == ENODEV))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_OFFLINE,
                   _("The blog’s folder “%s” is not there. Perhaps its drive is not connected: connect it and "
                     "sync again. Nothing is lost."), root);
      return -1;
    }
  if (top < 0)
    {
      set_read_error (error, errno, root);
      return -1;
    }
  if (child == NULL)
    {
      dir = top;
      top = -1;
      return dir;
    }

  if (create && mkdirat (top, child, 0777) < 0 && errno != EEXIST)
    {
      set_write_error (error, errno, child);
      return -1;
    }
  dir = openat (top, child, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (dir < 0 && errno == ENOENT)
    g_set_error (error, BAL_ERROR, BAL_ERROR_OFFLINE,
                 _("The blog’s folder “%s” has no “%s” in it. Perhaps its drive is not connected: connect it, or put "
                   "“%s” back, and sync again. Nothing is lost."), root, child, child);
  else if (dir < 0)
    set_read_error (error, errno == ENOTDIR ? ELOOP : errno, child);
  return dir;
}

/**
 * bal_folder_files_lock:
 * @dir: a folder
 * @label: its name for messages
 * @error: TEMPORARY when somebody else holds it for ten seconds
 *
 * Keeps other programs of ours (the window, a timer's balconyctl) from writing in @dir until the descriptor is
 * closed. Where the file system knows no locks, writes are atomic all the same.
 */
gboolean
bal_folder_files_lock (int          dir,
                       const char  *label,
                       GError     **error)
{
  for (guint waited = 0; flock (dir, LOCK_EX | LOCK_NB) < 0; waited += 20)
    {
      if (errno != EWOULDBLOCK && errno != EINTR)
        return TRUE;
      if (waited >= LOCK_PATIENCE_MS)
        {
          g_set_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY,
                       _("Another program is writing in the blog’s folder “%s”. Nothing was changed; sync "
                         "again when it is done."), label);
          return FALSE;
        }
      g_usleep (20000);
    }
  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * bal_folder_files_list:
 * @dir: a folder
 * @label: its name for messages
 * @error: what the disk says
 *
 * Returns: (transfer full) (element-type filename): the names in it that are not hidden, sorted by bytes
 */
GPtrArray *
bal_folder_files_list (int          dir,
                       const char  *label,
                       GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int copy = openat (dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = copy >= 0 ? fdopendir (copy) : NULL;
  struct dirent *entry;
  int number;

  if (stream == NULL)
    {
      set_read_error (error, errno, label);
      bal_folder_fd_clear (copy);
      return NULL;
    }

  while ((errno = 0, entry = readdir (stream)) != NULL)
    if (entry->d_name[0] != '.')
      g_ptr_array_add (names, g_strdup (entry->d_name));
  number = errno;
  closedir (stream);
  if (number != 0)
    {
      set_read_error (error, number, label);
      return NULL;
    }

  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gint64
nanoseconds (const struct timespec *time)
{
  return (gint64) time->tv_sec * 1000000000 + time->tv_nsec;
}

static void
fill_stamp (BalFolderStamp    *stamp,
            const struct stat *info)
{
  stamp->device = info->st_dev;
  stamp->inode = info->st_ino;
  stamp->size = info->st_size;
  stamp->modified = nanoseconds (&info->st_mtim);
  stamp->changed = nanoseconds (&info->st_ctim);
  stamp->read_at = g_get_real_time () * 1000;
}

/* FALSE where there is no such regular file. Take the stamp before reading, never after. */
gboolean
bal_folder_files_stamp (int             dir,
                        const char     *name,
                        BalFolderStamp *stamp)
{
  struct stat info;

  if (fstatat (dir, name, &info, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG (info.st_mode))
    return FALSE;

  fill_stamp (stamp, &info);
  return TRUE;
}

/**
 * bal_folder_files_unchanged:
 * @then: the stamp of when a file was read
 * @now: its stamp now
 *
 * Certain, not likely: a file that was changed so shortly before it was read that a second change could bear the
 * same time counts as changed.
 */
gboolean
bal_folder_files_unchanged (const BalFolderStamp *then,
                            const BalFolderStamp *now)
{
  return then->device == now->device && then->inode == now->inode && then->size == now->size &&
         then->modified == now->modified && then->changed == now->changed &&
         then->read_at - MAX (then->modified, then->changed) > RACY_NS;
}

/**
 * bal_folder_files_read:
 * @dir: a folder
 * @name: a file in it
 * @label: its name for messages
 * @error: NOT_FOUND, INVALID for what is no plain file or too large, and what the disk says
 *
 * Returns: (transfer full): every byte of it
 */
GBytes *
bal_folder_files_read (int          dir,
                       const char  *name,
                       const char  *label,
                       GError     **error)
{
  /* Not blocking: a pipe must not hold the sync up. */
  g_auto(BalFolderFd) fd = openat (dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  g_autoptr(GByteArray) data = g_byte_array_new ();
  struct stat info;
  guint8 buffer[65536];
  gssize n;

  if (fd < 0 || fstat (fd, &info) < 0 || !S_ISREG (info.st_mode))
    {
      set_read_error (error, fd < 0 ? errno : ELOOP, label);
      return NULL;
    }

  while ((n = read (fd, buffer, sizeof buffer)) != 0 && data->len <= BAL_FOLDER_MAX_BYTES)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_read_error (error, errno, label);
          return NULL;
        }
      g_byte_array_append (data, buffer, n);
    }
  if (data->len > BAL_FOLDER_MAX_BYTES)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The file “%s” is larger than 32 MiB, the most that Balcony reads. Make it smaller or move "
                     "it out of the blog’s folder."), label);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

/* A hidden file of a fresh name for reading and writing; @temporary gets the name. */
static int
open_temporary (int    dir,
                char **temporary)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf (TEMPORARY_PREFIX "%08x%08x.tmp", g_random_int (), g_random_int ());
      int fd = openat (dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

      if (fd >= 0)
        *temporary = g_steal_pointer (&name);
      if (fd >= 0 || errno != EEXIST)
        return fd;
    }
  return -1;
}

/* 0, or the error's number. */
static int
write_all (int                  fd,
           GBytes              *bytes,
           mode_t               mode,
           BalFolderWriteFlags  flags)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return errno;
      data += n;
      length -= n;
    }
  /* FAT has no modes; that is no reason to fail. */
  if (fchmod (fd, mode) < 0 && errno != EPERM && errno != ENOTSUP)
    return errno;
  if (!(flags & BAL_FOLDER_WRITE_NO_SYNC) && fsync (fd) < 0)
    return errno;
  return 0;
}

/* 0, or the error's number. */
static int
move_into_place (int         dir,
                 const char *temporary,
                 const char *name,
                 gboolean    must_be_new)
{
  struct stat info;

  if (renameat2 (dir, temporary, dir, name, must_be_new ? RENAME_NOREPLACE : 0) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return errno;

  /* Old and network file systems know no flags; the folder's lock keeps our own programs apart. */
  if (must_be_new && fstatat (dir, name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    return EEXIST;
  return renameat (dir, temporary, dir, name) == 0 ? 0 : errno;
}

/**
 * bal_folder_files_write:
 * @dir: a folder
 * @name: a file in it
 * @label: its name for messages
 * @bytes: all that the file shall hold
 * @flags: how
 * @error: CONFLICT when a new file's name is taken, REFUSED, TEMPORARY; LOST_ANSWER when the new content is in place
 *   but the disk did not confirm it
 *
 * Readers see the old file or the new one, whenever the power fails: a hidden file beside it is filled, synced and
 * moved over it, then the folder is synced. Posts keep their file mode; new ones are the person's alone.
 */
gboolean
bal_folder_files_write (int                   dir,
                        const char           *name,
                        const char           *label,
                        GBytes               *bytes,
                        BalFolderWriteFlags   flags,
                        GError              **error)
{
  g_autofree char *temporary = NULL;
  struct stat info;
  mode_t mode = flags & BAL_FOLDER_WRITE_PUBLIC ? 0644 : 0600;
  int fd, number;

  if (g_bytes_get_size (bytes) > BAL_FOLDER_MAX_BYTES)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("“%s” would be larger than 32 MiB, the most that a file of the blog’s folder may have. What "
                     "you wrote is kept in Balcony: make it shorter."), label);
      return FALSE;
    }

  fd = open_temporary (dir, &temporary);
  if (fd < 0)
    {
      set_write_error (error, errno, label);
      return FALSE;
    }
  if (fstatat (dir, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (info.st_mode))
    mode = info.st_mode & 0777;
  number = write_all (fd, bytes, mode, flags);
  if (close (fd) < 0 && number == 0)
    number = errno;
  if (number == 0)
    number = move_into_place (dir, temporary, name, (flags & BAL_FOLDER_WRITE_NEW) != 0);
  if (number != 0)
    {
      unlinkat (dir, temporary, 0);
      if (number == EEXIST)
        g_set_error (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                     _("A file “%s” has just appeared in the blog’s folder; it was left as it is."), label);
      else
        set_write_error (error, number, label);
      return FALSE;
    }

  /* Some file systems can't sync a folder (EINVAL); they have done what they can. */
  if (!(flags & BAL_FOLDER_WRITE_NO_SYNC) && fsync (dir) < 0 && errno != EINVAL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER,
                   _("“%s” was written, but the disk did not confirm it: %s."), label, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/* What is not there is removed already. */
gboolean
bal_folder_files_remove (int          dir,
                         const char  *name,
                         const char  *label,
                         GError     **error)
{
  if (unlinkat (dir, name, 0) < 0 && errno != ENOENT)
    {
      set_write_error (error, errno, label);
      return FALSE;
    }
  fsync (dir);
  return TRUE;
}

/* Takes away what a write that was killed left behind; only under the folder's lock, when nobody is writing. */
void
bal_folder_files_tidy (int dir)
{
  int copy = openat (dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = copy >= 0 ? fdopendir (copy) : NULL;
  struct dirent *entry;

  if (stream == NULL)
    {
      bal_folder_fd_clear (copy);
      return;
    }
  while ((entry = readdir (stream)) != NULL)
    if (g_str_has_prefix (entry->d_name, TEMPORARY_PREFIX) && g_str_has_suffix (entry->d_name, ".tmp"))
      unlinkat (dir, entry->d_name, 0);
  closedir (stream);
}

/* (transfer full): SHA-256 in hexadecimal digits */
char *
bal_folder_files_hash (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}
