/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal-error.h"

#define MOST_LEVELS 32

static void
file_free (gpointer data)
{
  BalImportFile *file = data;

  g_free (file->name);
  g_free (file->refused);
  g_free (file);
}

static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  return strcmp ((*(BalImportFile *const *) a)->name, (*(BalImportFile *const *) b)->name);
}

static void
add_file (GPtrArray  *files,
          char       *name,
          const char *refused,
          guint64     size)
{
  BalImportFile *file = g_new0 (BalImportFile, 1);

  file->name = name;
  file->refused = g_strdup (refused);
  file->size = size;
  g_ptr_array_add (files, file);
}

/* Takes @fd. */
static void
walk (int         fd,
      const char *prefix,
      guint       level,
      guint       most,
      GPtrArray  *files)
{
  DIR *directory = fdopendir (fd);
  struct dirent *entry;

  if (directory == NULL)
    {
      close (fd);
      return;
    }

  while (files->len < most && (entry = readdir (directory)) != NULL)
    {
      g_autofree char *name = NULL;
      struct stat status;

      if (entry->d_name[0] == '.' || fstatat (fd, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        continue;

      name = g_strconcat (prefix, entry->d_name, NULL);
      if (S_ISDIR (status.st_mode))
        {
          g_autofree char *below = g_strconcat (name, "/", NULL);
          int child = level < MOST_LEVELS
                      ? openat (fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;

          if (child >= 0)
            walk (child, below, level + 1, most, files);
          else
            add_file (files, g_steal_pointer (&below), _("The folder can’t be read, or is too deep in others."), 0);
        }
      else if (S_ISREG (status.st_mode))
        add_file (files, g_steal_pointer (&name), NULL, (guint64) status.st_size);
      else
        add_file (files, g_steal_pointer (&name), _("It is a link or a device, which is not followed."), 0);
    }
  closedir (directory);
}

GPtrArray *
bal_import_walk (const char  *path,
                 guint        most,
                 GError     **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (file_free);
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE, _("The folder can’t be read: %s."), g_strerror (errno));
      return NULL;
    }

  walk (fd, "", 0, most, files);
  if (files->len >= most)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("There are more than %u files in this folder; choose the one that holds the posts."), most - 1);
      return NULL;
    }

  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

int
bal_import_walk_open (const char *path,
                      const char *name)
{
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  for (guint i = 0; fd >= 0 && parts[i] != NULL; i++)
    {
      int flags = parts[i + 1] != NULL ? O_DIRECTORY : O_NONBLOCK | O_NOCTTY;
      int child = openat (fd, parts[i], O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
      int code = errno;

      close (fd);
      errno = code;
      fd = child;
    }

  return fd;
}

gboolean
bal_import_walk_name_is_safe (const char *name)
{
  g_auto(GStrv) parts = g_strsplit_set (name, "/\\", -1);

  if (*name == '\0' || *name == '/' || *name == '\\' || strlen (name) > 4096 || strchr (name, ':') == name + 1)
    return FALSE;

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_equal (parts[i], ".."))
      return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;

  return TRUE;
}
