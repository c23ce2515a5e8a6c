/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-disk.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECTOR 512

/*
 * Two pictures of the folder: as programs see it, and as it is on the disk for certain. Names get there when their
 * folder is synced, contents when their file is. A new folder is there at once: file systems write the folders above
 * a file with it.
 */
typedef struct
{
  GByteArray *seen;
  GByteArray *kept;
  GPtrArray  *waiting;           /* const DiskCall, borrowed: not synced yet */
} File;

struct _DiskReplay
{
  guint       n_calls;
  GPtrArray  *files;             /* File, by number */
  GHashTable *seen;              /* name -> number of the file */
  GHashTable *kept;
  GPtrArray  *waiting;           /* const DiskCall, borrowed: names that are not synced yet */
  GPtrArray  *folders;
};

static void
file_free (gpointer data)
{
  File *file = data;

  g_byte_array_unref (file->seen);
  g_byte_array_unref (file->kept);
  g_ptr_array_unref (file->waiting);
  g_free (file);
}

DiskReplay *
disk_replay_new (void)
{
  DiskReplay *self = g_new0 (DiskReplay, 1);

  self->files = g_ptr_array_new_with_free_func (file_free);
  for (guint i = 0; i <= disk_get_n_files (); i++)
    {
      File *file = g_new0 (File, 1);

      file->seen = g_byte_array_new ();
      file->kept = g_byte_array_new ();
      file->waiting = g_ptr_array_new ();
      g_ptr_array_add (self->files, file);
    }
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_ptr_array_new ();
  self->folders = g_ptr_array_new ();
  return self;
}

void
disk_replay_free (DiskReplay *self)
{
  g_ptr_array_unref (self->files);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->kept);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->folders);
  g_free (self);
}

static void
set_length (GByteArray *bytes,
            gsize       length)
{
  guint old = bytes->len;

  g_byte_array_set_size (bytes, (guint) length);
  if (length > old)
    memset (bytes->data + old, 0, length - old);
}

/* The part of a write that is taken: whole sectors between @from and @to. */
static void
put_bytes (GByteArray     *bytes,
           const DiskCall *call,
           gsize           from,
           gsize           to)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (call->bytes, &length);
  gsize end = (gsize) call->offset + MIN (to, length);

  if (from >= MIN (to, length))
    return;
  if (bytes->len < end)
    set_length (bytes, end);
  memcpy (bytes->data + call->offset + from, data + from, MIN (to, length) - from);
}

static void
apply_to_bytes (GByteArray     *bytes,
                const DiskCall *call)
{
  if (call->op == DISK_TRUNCATE)
    set_length (bytes, (gsize) call->offset);
  else
    put_bytes (bytes, call, 0, G_MAXSIZE);
}

static void
apply_to_names (GHashTable     *names,
                const DiskCall *call)
{
  gpointer file;

  switch (call->op)
    {
    case DISK_CREATE:
      g_hash_table_insert (names, g_strdup (call->name), GUINT_TO_POINTER (call->file));
      break;

    case DISK_UNLINK:
      g_hash_table_remove (names, call->name);
      break;

    case DISK_RENAME:
    case DISK_LINK:
      file = g_hash_table_lookup (names, call->name);
      if (file == NULL)
        break;
      g_hash_table_insert (names, g_strdup (call->new_name), file);
      if (call->op == DISK_RENAME)
        g_hash_table_remove (names, call->name);
      break;

    case DISK_WRITE:
    case DISK_TRUNCATE:
    case DISK_SYNC:
    case DISK_SYNC_FOLDER:
    case DISK_MKDIR:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_in (const DiskCall *call,
       const char     *folder)
{
  g_autofree char *its = g_path_get_dirname (call->new_name != NULL ? call->new_name : call->name);

  return g_str_equal (its, folder[0] != '\0' ? folder : ".");
}

static void
sync_names (DiskReplay *self,
            const char *folder)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  for (guint i = 0; i < self->waiting->len; i++)
    {
      const DiskCall *call = g_ptr_array_index (self->waiting, i);

      if (is_in (call, folder))
        apply_to_names (self->kept, call);
      else
        g_ptr_array_add (others, (gpointer) call);
    }
  g_ptr_array_unref (self->waiting);
  self->waiting = g_steal_pointer (&others);
}

static void
take_call (DiskReplay     *self,
           const DiskCall *call)
{
  File *file = g_ptr_array_index (self->files, call->file);

  switch (call->op)
    {
    case DISK_WRITE:
    case DISK_TRUNCATE:
      apply_to_bytes (file->seen, call);
      g_ptr_array_add (file->waiting, (gpointer) call);
      break;

    case DISK_SYNC:
      for (guint i = 0; i < file->waiting->len; i++)
        apply_to_bytes (file->kept, g_ptr_array_index (file->waiting, i));
      g_ptr_array_set_size (file->waiting, 0);
      break;

    case DISK_SYNC_FOLDER:
      sync_names (self, call->name);
      break;

    case DISK_MKDIR:
      g_ptr_array_add (self->folders, call->name);
      break;

    case DISK_CREATE:
    case DISK_UNLINK:
    case DISK_RENAME:
    case DISK_LINK:
    default:
      apply_to_names (self->seen, call);
      g_ptr_array_add (self->waiting, (gpointer) call);
    }
}

void
disk_replay_seek (DiskReplay *self,
                  guint       n_calls)
{
  g_assert (n_calls >= self->n_calls);
  while (self->n_calls < n_calls)
    take_call (self, disk_get_call (self->n_calls++));
}

/* ---- a state ---- */

/* Some of the changes to names, in their order; a folder's later ones are never there without its earlier ones. */
static GHashTable *
tear_names (DiskReplay *self,
            GRand      *rand)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, file;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &name, &file))
    g_hash_table_insert (names, g_strdup (name), file);

  for (guint i = 0; i < self->waiting->len; i++)
    {
      const DiskCall *call = g_ptr_array_index (self->waiting, i);
      g_autofree char *folder = g_path_get_dirname (call->new_name != NULL ? call->new_name : call->name);

      if (g_hash_table_contains (ended, folder) || g_rand_int_range (rand, 0, 3) == 0)
        g_hash_table_add (ended, g_steal_pointer (&folder));
      else
        apply_to_names (names, call);
    }
  return names;
}

static GByteArray *
tear_bytes (File  *file,
            GRand *rand)
{
  GByteArray *bytes = g_byte_array_new ();

  if (file->kept->len > 0)
    g_byte_array_append (bytes, file->kept->data, file->kept->len);
  for (guint i = 0; i < file->waiting->len; i++)
    {
      const DiskCall *call = g_ptr_array_index (file->waiting, i);
      gsize length = call->bytes != NULL ? g_bytes_get_size (call->bytes) : 0;
      gsize cut = (gsize) g_rand_int_range (rand, 0, (gint32) (length / SECTOR) + 1) * SECTOR;

      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          break;
        case 1:
          if (call->op == DISK_WRITE)
            put_bytes (bytes, call, 0, cut);
          break;
        case 2:
          if (call->op == DISK_WRITE)
            put_bytes (bytes, call, cut, G_MAXSIZE);
          break;
        default:
          apply_to_bytes (bytes, call);
        }
    }
  return bytes;
}

typedef void (*FileFunc) (const char *name,
                          GByteArray *bytes,
                          gpointer    data);

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

static void
each_file (DiskReplay *self,
           DiskEnd     end,
           guint32     seed,
           FileFunc    func,
           gpointer    data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr(GHashTable) torn = end == DISK_TORN ? tear_names (self, rand) : NULL;
  GHashTable *names = torn != NULL ? torn : end == DISK_CUT ? self->kept : self->seen;
  g_autoptr(GList) sorted = g_list_sort (g_hash_table_get_keys (names), compare_names);

  for (GList *l = sorted; l != NULL; l = l->next)
    {
      File *file = g_ptr_array_index (self->files, GPOINTER_TO_UINT (g_hash_table_lookup (names, l->data)));
      g_autoptr(GByteArray) bytes = NULL;

      if (end == DISK_TORN)
        bytes = tear_bytes (file, rand);
      else
        bytes = g_byte_array_ref (end == DISK_CUT ? file->kept : file->seen);
      func (l->data, bytes, data);
    }
}

static void
hash_file (const char *name,
           GByteArray *bytes,
           gpointer    data)
{
  g_checksum_update (data, (const guchar *) name, (gssize) strlen (name) + 1);
  g_checksum_update (data, (const guchar *) &bytes->len, sizeof bytes->len);
  g_checksum_update (data, bytes->data, (gssize) bytes->len);
}

void
disk_replay_hash (DiskReplay *self,
                  DiskEnd     end,
                  guint32     seed,
                  GChecksum  *checksum)
{
  each_file (self, end, seed, hash_file, checksum);
}

static void
write_file (const char *name,
            GByteArray *bytes,
            gpointer    data)
{
  g_autofree char *path = g_build_filename (data, name, NULL);
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  if (bytes->len > 0)
    g_assert_cmpuint (fwrite (bytes->data, 1, bytes->len, file), ==, bytes->len);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
disk_replay_write (DiskReplay *self,
                   DiskEnd     end,
                   guint32     seed,
                   const char *path)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      g_autofree char *folder = g_build_filename (path, g_ptr_array_index (self->folders, i), NULL);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    }
  each_file (self, end, seed, write_file, (gpointer) path);
}
