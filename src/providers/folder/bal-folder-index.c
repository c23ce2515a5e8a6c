/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * What is in the folder. People change files between syncs, so every call looks at all of them anew; only those whose
 * stamp says for certain that they are the ones we read are not read again. A revision is the hash of a file's
 * bytes: times can be set back by a copy or a checkout, a hash can't.
 */

#define POST_SUFFIX ".html"
#define COMMENTS_SUFFIX ".comments.json"
#define N_BUCKETS 64
#define BUCKET_DIGITS 16

struct _BalFolderIndex
{
  char       *root;
  GHashTable *by_name;     /* owns the entries */
  GPtrArray  *entries;
  GHashTable *by_id;
  GHashTable *by_key;
  GHashTable *by_slug;
};

static void
entry_free (BalFolderEntry *entry)
{
  g_free (entry->name);
  g_free (entry->comments_name);
  g_free (entry->id);
  g_free (entry->slug);
  g_free (entry->revision);
  g_clear_object (&entry->review);
  g_free (entry->hash);
  g_free (entry->comments_hash);
  g_clear_error (&entry->comments_error);
  g_free (entry);
}

BalFolderIndex *
bal_folder_index_new (const char *root)
{
  BalFolderIndex *self = g_new0 (BalFolderIndex, 1);

  self->root = g_strdup (root);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) entry_free);
  self->entries = g_ptr_array_new ();
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_slug = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
bal_folder_index_free (BalFolderIndex *self)
{
  g_free (self->root);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_slug);
  g_hash_table_unref (self->by_name);
  g_free (self);
}

static BalFolderEntry *
entry_new (const char *name)
{
  BalFolderEntry *entry = g_new0 (BalFolderEntry, 1);
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (POST_SUFFIX));

  entry->name = g_strdup (name);
  entry->comments_name = g_strconcat (stem, COMMENTS_SUFFIX, NULL);
  return entry;
}

static gboolean
read_post (BalFolderEntry  *entry,
           int              dir,
           GError         **error)
{
  BalFolderStamp now;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(BalFolderPost) post = NULL;

  if (!bal_folder_files_stamp (dir, entry->name, &now))
    memset (&now, 0, sizeof now);     /* a link, or gone since: reading will tell */
  else if (entry->hash != NULL && bal_folder_files_unchanged (&entry->stamp, &now))
    return TRUE;

  bytes = bal_folder_files_read (dir, entry->name, entry->name, error);
  if (bytes == NULL)
    return FALSE;
  post = bal_folder_post_parse (bytes);

  g_clear_object (&entry->review);
  entry->review = bal_folder_review_read (post, entry->name);
  bal_review_set_html (entry->review, NULL);
  if (bal_review_get_updated (entry->review) == 0)
    bal_review_set_updated (entry->review, now.modified / G_GINT64_CONSTANT (1000000000));
  g_free (entry->hash);
  entry->hash = bal_folder_files_hash (bytes);
  entry->stamp = now;
  return TRUE;
}

/* A thread that can't be read is no reason to stop the reviews: whoever asks for comments is told. */
static void
read_comments (BalFolderEntry *entry,
               int             dir)
{
  BalFolderStamp now;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(json_t) thread = NULL;
  gboolean there = bal_folder_files_stamp (dir, entry->comments_name, &now);

  if (there && entry->comments_hash != NULL && entry->comments_error == NULL &&
      bal_folder_files_unchanged (&entry->comments_stamp, &now))
    return;

  g_clear_pointer (&entry->comments_hash, g_free);
  g_clear_error (&entry->comments_error);
  memset (entry->counts, 0, sizeof entry->counts);
  if (!there && faccessat (dir, entry->comments_name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
    return;

  bytes = bal_folder_files_read (dir, entry->comments_name, entry->comments_name, &entry->comments_error);
  if (bytes != NULL)
    thread = bal_folder_comments_parse (bytes, entry->comments_name, &entry->comments_error);
  entry->comments_stamp = now;
  entry->comments_hash = bytes != NULL ? bal_folder_files_hash (bytes) : g_strdup ("unreadable");
  if (thread != NULL)
    bal_folder_comments_count (thread, entry->counts);
  return;
}

static gboolean
is_post_name (const char *name)
{
  if (!g_str_has_suffix (name, POST_SUFFIX) || strlen (name) == strlen (POST_SUFFIX))
    return FALSE;
  if (g_utf8_validate (name, -1, NULL))
    return TRUE;

  g_message ("The file “%s” is left alone because its name is not valid UTF-8", g_filename_display_name (name));
  return FALSE;
}

static char *
stem_of (BalFolderEntry *entry)
{
  return g_strndup (entry->name, strlen (entry->name) - strlen (POST_SUFFIX));
}

/* The id that the file says, where it can be one. */
static const char *
said_id (BalFolderEntry *entry)
{
  const char *id = bal_review_get_remote_id (entry->review);

  return id != NULL && strchr (id, '/') == NULL ? id : NULL;
}

/* Of two files with one id, one is a copy. Ours are named as their id; the names of copies are longer. */
static gboolean
is_rather_original (BalFolderEntry *entry,
                    BalFolderEntry *other)
{
  g_autofree char *stem = stem_of (entry);
  g_autofree char *other_stem = stem_of (other);
  const char *id = said_id (entry);
  gboolean named = strcmp (stem, id) == 0, other_named = strcmp (other_stem, id) == 0;

  if (named != other_named)
    return named;
  if (strlen (stem) != strlen (other_stem))
    return strlen (stem) < strlen (other_stem);
  return strcmp (stem, other_stem) < 0;
}

/* (transfer full): @wanted, or with the first number behind it that makes it new in @taken */
static char *
make_unique (GHashTable *taken,
             const char *wanted,
             char        separator)
{
  char *name = g_strdup (wanted);

  for (guint n = 2; g_hash_table_contains (taken, name); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s%c%u", wanted, separator, n);
    }
  return name;
}

/* A copy is a post of its own, known by its file's name until it is written. */
static void
assign_ids (BalFolderIndex *self)
{
  g_hash_table_remove_all (self->by_id);
  g_hash_table_remove_all (self->by_key);

  for (guint i = 0; i < self->entries->len; i++)
    {
      BalFolderEntry *entry = self->entries->pdata[i];
      const char *id = said_id (entry);
      BalFolderEntry *other = id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;

      if (id != NULL && (other == NULL || is_rather_original (entry, other)))
        g_hash_table_replace (self->by_id, (char *) id, entry);
    }

  for (guint i = 0; i < self->entries->len; i++)
    {
      BalFolderEntry *entry = self->entries->pdata[i];
      const char *id = said_id (entry);
      const char *key = bal_review_get_key (entry->review);
      g_autofree char *stem = stem_of (entry);

      entry->is_copy = id != NULL && g_hash_table_lookup (self->by_id, id) != entry;
      g_free (entry->id);
      entry->id = id != NULL && !entry->is_copy ? g_strdup (id) : make_unique (self->by_id, stem, '~');
      g_hash_table_replace (self->by_id, entry->id, entry);
      if (entry->is_copy)
        g_info ("“%s” has the id of another post, so it is taken for a new one", entry->name);
      else if (key != NULL && !g_hash_table_contains (self->by_key, key))
        g_hash_table_insert (self->by_key, (char *) key, entry);
    }
}

/* A page's address must not change because of a copy or of a file that does not even say its slug: those come last. */
static guint
slug_rank (BalFolderEntry *entry)
{
  return entry->is_copy ? 2 : bal_review_get_slug (entry->review) == NULL;
}

static void
assign_slugs (BalFolderIndex *self)
{
  g_hash_table_remove_all (self->by_slug);
  for (guint rank = 0; rank <= 2; rank++)
    for (guint i = 0; i < self->entries->len; i++)
      {
        BalFolderEntry *entry = self->entries->pdata[i];
        const char *said = bal_review_get_slug (entry->review);
        g_autofree char *stem = stem_of (entry);
        g_autofree char *own = said != NULL ? g_strdup (said) : bal_folder_slug (bal_folder_skip_date (stem));

        if (slug_rank (entry) != rank)
          continue;
        g_free (entry->slug);
        /* index.html is the page of all. */
        entry->slug = make_unique (self->by_slug, strcmp (own, "index") == 0 ? "index-page" : own, '-');
        g_hash_table_insert (self->by_slug, entry->slug, entry);
      }
}

static void
assign_status (BalFolderEntry *entry)
{
  entry->status = bal_review_get_status (entry->review);
  if (entry->status == BAL_REVIEW_STATUS_SCHEDULED && bal_review_get_published (entry->review) != 0 &&
      bal_review_get_published (entry->review) <= bal_time_now ())
    entry->status = BAL_REVIEW_STATUS_PUBLISHED;

  /* A scheduled post changes without a change of its file. */
  g_free (entry->revision);
  entry->revision = g_strconcat (entry->hash, ":", bal_review_status_to_nick (entry->status), NULL);
}

/* Reads one post and its thread; what disappeared since the folder was listed is no error. */
static gboolean
scan_post (BalFolderIndex  *self,
           int              dir,
           const char      *name,
           GHashTable      *old,
           GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  BalFolderEntry *entry;

  if (!g_hash_table_steal_extended (old, name, NULL, (gpointer *) &entry))
    entry = entry_new (name);
  if (!read_post (entry, dir, &local_error))
    {
      entry_free (entry);
      if (g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  read_comments (entry, dir);
  assign_status (entry);
  g_hash_table_insert (self->by_name, entry->name, entry);
  g_ptr_array_add (self->entries, entry);
  return TRUE;
}

/**
 * bal_folder_index_scan:
 * @self: an index
 * @cancellable: (nullable):
 * @error: OFFLINE when the folder or its posts are not there, and what can't be read
 */
gboolean
bal_folder_index_scan (BalFolderIndex  *self,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_auto(BalFolderFd) dir = bal_folder_files_open_dir (self->root, "posts", FALSE, error);
  g_autoptr(GPtrArray) names = dir >= 0 ? bal_folder_files_list (dir, "posts", error) : NULL;
  g_autoptr(GHashTable) old = NULL;
  gboolean ok = TRUE;

  if (names == NULL)
    return FALSE;

  old = g_steal_pointer (&self->by_name);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) entry_free);
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; ok && i < names->len; i++)
    ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         (!is_post_name (names->pdata[i]) || scan_post (self, dir, names->pdata[i], old, error));

  assign_ids (self);
  assign_slugs (self);
  return ok;
}

GPtrArray *
bal_folder_index_list (BalFolderIndex *self)
{
  return self->entries;
}

BalFolderEntry *
bal_folder_index_find (BalFolderIndex *self,
                       const char     *id)
{
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

BalFolderEntry *
bal_folder_index_find_key (BalFolderIndex *self,
                           const char     *key)
{
  return key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
}

gboolean
bal_folder_index_has_slug (BalFolderIndex *self,
                           const char     *slug,
                           BalFolderEntry *except)
{
  BalFolderEntry *entry = g_hash_table_lookup (self->by_slug, slug);

  return entry != NULL && entry != except;
}

/* Which bucket a file counts in. */
static guint
bucket_of (const char *name)
{
  return g_str_hash (name) % N_BUCKETS;
}

static void
add_text (GChecksum  *checksum,
          const char *text)
{
  /* With the NUL, so that two texts never run into one. */
  g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""), text != NULL ? strlen (text) + 1 : 1);
}

/**
 * bal_folder_index_digest:
 * @self: an index
 * @comments: whether of the comments, else of the posts
 * @salt: what else they depend on
 *
 * The state of the whole folder in a kilobyte, as a watermark: files are dealt into 64 buckets by name, and each bucket
 * has a hash of what is in it. Next time only the files of buckets that differ are listed, so that one
 * changed file among thousands costs few rows; and whatever changed does differ, however old its date.
 *
 * Returns: (transfer full):
 */
char *
bal_folder_index_digest (BalFolderIndex *self,
                         gboolean        comments,
                         const char     *salt)
{
  GChecksum *buckets[N_BUCKETS];
  GString *digest = g_string_sized_new (N_BUCKETS * BUCKET_DIGITS);

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      buckets[i] = g_checksum_new (G_CHECKSUM_SHA256);
      add_text (buckets[i], salt);
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      BalFolderEntry *entry = self->entries->pdata[i];
      GChecksum *bucket = buckets[bucket_of (entry->name)];

      add_text (bucket, entry->name);
      add_text (bucket, entry->id);
      add_text (bucket, comments ? entry->comments_hash : entry->revision);
      add_text (bucket, comments ? NULL : entry->slug);
    }
  for (guint i = 0; i < N_BUCKETS; i++)
    {
      g_string_append_len (digest, g_checksum_get_string (buckets[i]), BUCKET_DIGITS);
      g_checksum_free (buckets[i]);
    }
  return g_string_free (digest, FALSE);
}

/* Whether the file @name may have changed between two digests; @since NULL: yes. */
gboolean
bal_folder_digest_differs (const char *now,
                           const char *since,
                           const char *name)
{
  gsize start = bucket_of (name) * BUCKET_DIGITS;

  if (since == NULL || strlen (since) != N_BUCKETS * BUCKET_DIGITS || strlen (now) != strlen (since))
    return TRUE;
  return memcmp (now + start, since + start, BUCKET_DIGITS) != 0;
}
