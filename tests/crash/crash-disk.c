/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-disk.h"

#include <errno.h>
#include <string.h>

static const char *const op_names[] = {
  "create", "write", "truncate", "sync", "sync folder", "unlink", "rename", "link", "mkdir",
};

typedef struct
{
  char       *root;              /* NULL: off */
  GArray     *calls;             /* DiskCall */
  GHashTable *files;             /* inode -> number */
  guint       n_files;
  gboolean    forgets;           /* the calls */
  GPtrArray  *names;             /* of the files when they were made, for messages */
  guint       n_left;            /* calls until the fault; G_MAXUINT: there is none */
  gboolean    persists;
  gboolean    struck;
  int         error_number;
} Disk;

static Disk disk = { .n_left = G_MAXUINT };
static GRecMutex mutex;

void
disk_lock (void)
{
  g_rec_mutex_lock (&mutex);
}

void
disk_unlock (void)
{
  g_rec_mutex_unlock (&mutex);
}

static void
call_clear (gpointer data)
{
  DiskCall *call = data;

  g_free (call->name);
  g_free (call->new_name);
  g_clear_pointer (&call->bytes, g_bytes_unref);
}

gboolean
disk_is_on (void)
{
  return g_atomic_pointer_get (&disk.root) != NULL;
}

/* SQLite makes the index of its log anew from the log. */
const char *
disk_get_name (const char *path)
{
  gsize length = disk.root != NULL ? strlen (disk.root) : 0;

  if (length == 0 || strncmp (path, disk.root, length) != 0 || g_str_has_suffix (path, "-shm"))
    return NULL;
  return path[length] == '/' ? path + length + 1 : path[length] == '\0' ? "" : NULL;
}

guint
disk_find_file (guint64 inode)
{
  guint file;

  disk_lock ();
  file = disk.files != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (disk.files, (gpointer) inode)) : 0;
  disk_unlock ();
  return file;
}

void
disk_forget_file (guint64 inode)
{
  disk_lock ();
  if (disk.files != NULL)
    g_hash_table_remove (disk.files, (gpointer) inode);
  disk_unlock ();
}

guint
disk_add_file (guint64 inode)
{
  g_hash_table_insert (disk.files, (gpointer) inode, GUINT_TO_POINTER (++disk.n_files));
  return disk.n_files;
}

void
disk_note (DiskCall *call)
{
  if (disk.forgets)
    {
      call_clear (call);
      return;
    }
  if (call->op == DISK_CREATE)
    g_ptr_array_add (disk.names, g_strdup (call->name));
  g_array_append_val (disk.calls, *call);
}

gboolean
disk_strikes (gboolean takes_room)
{
  if (disk.n_left == G_MAXUINT || (disk.n_left > 0 && disk.n_left-- > 0))
    return FALSE;
  /* A full disk takes what needs no room. */
  if (disk.error_number == ENOSPC && !takes_room)
    return FALSE;

  disk.struck = TRUE;
  if (!disk.persists)
    disk.n_left = G_MAXUINT;
  errno = disk.error_number;
  return TRUE;
}

void
disk_record (const char *root)
{
  g_assert (disk.root == NULL);
  disk_forget ();
  disk.calls = g_array_new (FALSE, FALSE, sizeof (DiskCall));
  g_array_set_clear_func (disk.calls, call_clear);
  disk.files = g_hash_table_new (NULL, NULL);
  disk.names = g_ptr_array_new_with_free_func (g_free);
  disk.forgets = FALSE;
  g_atomic_pointer_set (&disk.root, g_strdup (root));
}

void
disk_watch (const char *root)
{
  disk_record (root);
  disk.forgets = TRUE;
}

void
disk_stop (void)
{
  disk_lock ();
  g_clear_pointer (&disk.root, g_free);
  disk_unlock ();
}

void
disk_forget (void)
{
  g_clear_pointer (&disk.calls, g_array_unref);
  g_clear_pointer (&disk.files, g_hash_table_unref);
  g_clear_pointer (&disk.names, g_ptr_array_unref);
  disk.n_files = 0;
}

guint
disk_get_n_calls (void)
{
  guint n;

  disk_lock ();
  n = disk.calls->len;
  disk_unlock ();
  return n;
}

char *
disk_describe (guint n)
{
  DiskCall *call = &g_array_index (disk.calls, DiskCall, n);
  const char *name = call->file != 0 ? g_ptr_array_index (disk.names, call->file - 1) : call->name;

  return g_strdup_printf ("%s %s", op_names[call->op], name);
}

/* ---- failing ---- */

void
disk_fail (guint    n,
           int      error_number,
           gboolean persists)
{
  disk_lock ();
  disk.n_left = n;
  disk.error_number = error_number;
  disk.persists = persists;
  disk.struck = FALSE;
  disk_unlock ();
}

gboolean
disk_mend (void)
{
  gboolean struck;

  disk_lock ();
  struck = disk.struck;
  disk.n_left = G_MAXUINT;
  disk_unlock ();
  return struck;
}

/* ---- laying out ---- */

/* For the layout in another file. */
const DiskCall *
disk_get_call (guint n)
{
  return &g_array_index (disk.calls, DiskCall, n);
}

guint
disk_get_n_files (void)
{
  return disk.n_files;
}
