/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE            /* syncfs() */
#include "bal-folder-private.h"

#include "bal-error.h"
#include "bal-thread.h"

#include <string.h>
#include <unistd.h>

/*
 * The rendered site: what is published, for readers. It follows from the posts and can be made anew at any time. A
 * list beside the pages says of which files' hashes each was made: a page whose sources are the same is not made
 * again, and only pages and pictures that are on the list are ever removed.
 */

#define SITE "site"
#define MANIFEST ".balcony-pages.json"
#define FEED_LENGTH 20
/* From this many pages on, one sync of the whole disk costs less than one a page. */
#define MANY_PAGES 16
/* Grows when pages look different. */
#define RENDERING "1"

typedef struct
{
  const char              *root;
  const BalFolderSettings *settings;
  int                      posts;
  int                      site;
  BalFolderWriteFlags      flags;
  json_t                  *old_pages;   /* name -> {source, media} */
  json_t                  *new_pages;
  GPtrArray               *entries;     /* published, newest first */
} Site;

char *
bal_folder_site_address (const BalFolderSettings *settings,
                         const BalFolderEntry    *entry)
{
  return g_strconcat (settings->url, entry->slug, ".html", NULL);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const BalFolderEntry *one = *(BalFolderEntry *const *) a, *other = *(BalFolderEntry *const *) b;
  gint64 one_time = bal_review_get_published (one->review), other_time = bal_review_get_published (other->review);

  if (one_time != other_time)
    return one_time > other_time ? -1 : 1;
  return strcmp (one->name, other->name);
}

static void
list_published (Site           *self,
                BalFolderIndex *index)
{
  GPtrArray *all = bal_folder_index_list (index);

  for (guint i = 0; i < all->len; i++)
    if (((BalFolderEntry *) all->pdata[i])->status == BAL_REVIEW_STATUS_PUBLISHED)
      g_ptr_array_add (self->entries, all->pdata[i]);
  g_ptr_array_sort (self->entries, compare_newest_first);
}

/* (transfer full): of all that a page is made of */
static char *
source_of (Site           *self,
           BalFolderEntry *entry)
{
  g_autofree char *all =
    g_strjoin ("\n", RENDERING, self->settings->title, self->settings->author != NULL ? self->settings->author : "",
               self->settings->url, entry->name, entry->slug, entry->revision,
               entry->comments_hash != NULL ? entry->comments_hash : "", NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
}

/* (transfer full): of the first @n_entries pages together */
static char *
source_of_all (Site  *self,
               guint  n_entries)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  char *source;

  for (guint i = 0; i < n_entries; i++)
    {
      g_autofree char *one = source_of (self, self->entries->pdata[i]);

      g_checksum_update (checksum, (const guchar *) one, -1);
    }
  g_checksum_update (checksum, (const guchar *) self->settings->url, -1);
  g_checksum_update (checksum, (const guchar *) self->settings->title, -1);
  source = g_strdup (g_checksum_get_string (checksum));
  g_checksum_free (checksum);
  return source;
}

static gboolean
is_current (Site       *self,
            const char *page,
            const char *source)
{
  BalFolderStamp stamp;

  return g_strcmp0 (bal_json_get_string (json_object_get (self->old_pages, page), "source"), source) == 0 &&
         bal_folder_files_stamp (self->site, page, &stamp);
}

/* Takes @media. */
static void
note_page (Site       *self,
           const char *page,
           const char *source,
           json_t     *media)
{
  json_t *note = json_object ();

  json_object_set_new (note, "source", json_string (source));
  json_object_set_new (note, "media", media);
  json_object_set_new (self->new_pages, page, note);
}

static gboolean
write_page (Site        *self,
            const char  *page,
            char        *text,       /* taken */
            GError     **error)
{
  g_autofree char *label = g_strconcat (SITE "/", page, NULL);
  g_autoptr(GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return bal_folder_files_write (self->site, page, label, bytes, BAL_FOLDER_WRITE_PUBLIC | self->flags, error);
}

/* The names after "media/" in a page's HTML; only what a published page shows is copied to the site. */
static json_t *
list_media (BalReview *review)
{
  json_t *media = json_array ();
  const char *html = bal_review_get_html (review);
  const char *image = bal_review_get_featured_image (review);

  if (image != NULL && strchr (image, '/') == NULL)
    json_array_append_new (media, json_string (image));
  for (const char *p = html; p != NULL && (p = strstr (p, "media/")) != NULL;)
    {
      gsize length;

      p += strlen ("media/");
      length = strspn (p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
      if (length > 0 && *p != '.')
        json_array_append_new (media, json_stringn (p, length));
    }
  return media;
}

static BalReview *
read_review (Site            *self,
             BalFolderEntry  *entry,
             GError         **error)
{
  g_autoptr(GBytes) bytes = bal_folder_files_read (self->posts, entry->name, entry->name, error);
  g_autoptr(BalFolderPost) post = bytes != NULL ? bal_folder_post_parse (bytes) : NULL;

  return post != NULL ? bal_folder_review_read (post, entry->name) : NULL;
}

/* (transfer full) (element-type BalComment): numbered as readers see it */
static GPtrArray *
read_thread (Site            *self,
             BalFolderEntry  *entry,
             GError         **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(json_t) json = NULL;
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *thread;

  if (entry->comments_hash != NULL &&
      (bytes = bal_folder_files_read (self->posts, entry->comments_name, entry->comments_name, error)) == NULL)
    return NULL;
  json = bal_folder_comments_parse (bytes, entry->comments_name, error);
  if (json == NULL)
    return NULL;

  thread = bal_folder_comments_read (json, entry->id, self->settings->author);
  for (guint i = 0; i < thread->len; i++)
    {
      bal_comment_set_id (thread->pdata[i], i + 1);
      g_hash_table_insert (numbers, (char *) bal_comment_get_remote_id (thread->pdata[i]), GUINT_TO_POINTER (i + 1));
    }
  for (guint i = 0; i < thread->len; i++)
    {
      BalComment *comment = thread->pdata[i];
      const char *parent = bal_comment_get_remote_parent_id (comment);

      if (parent != NULL)
        bal_comment_set_parent_id (comment, GPOINTER_TO_UINT (g_hash_table_lookup (numbers, parent)));
      /* Readers don't see what waits; it must not take a number either. */
      if (bal_comment_get_status (comment) == BAL_COMMENT_STATUS_PENDING)
        bal_comment_set_status (comment, BAL_COMMENT_STATUS_TRASH);
    }
  bal_thread_arrange (thread);
  return thread;
}

static gboolean
render_post (Site            *self,
             BalFolderEntry  *entry,
             GError         **error)
{
  g_autofree char *page = g_strconcat (entry->slug, ".html", NULL);
  g_autofree char *source = source_of (self, entry);
  json_t *old = json_object_get (self->old_pages, page);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(GPtrArray) thread = NULL;

  /* While its thread can't be read, the page stays as it was. */
  if (is_current (self, page, source) || (entry->comments_error != NULL && old != NULL))
    {
      json_object_set (self->new_pages, page, old);
      return TRUE;
    }
  if (entry->comments_error != NULL)
    return TRUE;

  review = read_review (self, entry, error);
  thread = review != NULL ? read_thread (self, entry, error) : NULL;
  if (thread == NULL ||
      !write_page (self, page, bal_folder_page_post (self->settings, review, thread), error))
    return FALSE;
  note_page (self, page, source, list_media (review));
  return TRUE;
}

static gboolean
render_index (Site    *self,
              GError **error)
{
  g_autofree char *source = source_of_all (self, self->entries->len);

  if (!is_current (self, "index.html", source) &&
      !write_page (self, "index.html", bal_folder_page_index (self->settings, self->entries), error))
    return FALSE;
  note_page (self, "index.html", source, json_array ());
  return TRUE;
}

static gboolean
render_feed (Site    *self,
             GError **error)
{
  guint n = MIN (self->entries->len, FEED_LENGTH);
  g_autofree char *source = source_of_all (self, n);
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();
  g_autoptr(GPtrArray) reviews = g_ptr_array_new_with_free_func (g_object_unref);

  note_page (self, "feed.atom", source, json_array ());
  if (is_current (self, "feed.atom", source))
    return TRUE;

  for (guint i = 0; i < n; i++)
    {
      BalReview *review = read_review (self, self->entries->pdata[i], error);

      if (review == NULL)
        return FALSE;
      g_ptr_array_add (entries, self->entries->pdata[i]);
      g_ptr_array_add (reviews, review);
    }
  return write_page (self, "feed.atom", bal_folder_page_feed (self->settings, entries, reviews), error);
}

static gboolean
render_style (Site    *self,
              GError **error)
{
  BalFolderStamp stamp;

  return bal_folder_files_stamp (self->site, "style.css", &stamp) ||
         write_page (self, "style.css", g_strdup (bal_folder_page_style), error);
}

/* (element-type utf8): all names in the "media" lists of @pages */
static GHashTable *
collect_media (json_t *pages)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  const char *page;
  json_t *note, *name;
  size_t i;

  json_object_foreach (pages, page, note)
    json_array_foreach (json_object_get (note, "media"), i, name)
      if (json_is_string (name) && strchr (json_string_value (name), '/') == NULL)
        g_hash_table_add (names, (char *) json_string_value (name));
  return names;
}

static void
copy_picture (int         from,
              int         to,
              const char *name)
{
  BalFolderStamp source, copy;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  /* A name that a page only mentions need not be there. */
  if (!bal_folder_files_stamp (from, name, &source) ||
      (bal_folder_files_stamp (to, name, &copy) && copy.size == source.size && copy.modified >= source.modified))
    return;
  bytes = bal_folder_files_read (from, name, name, &error);
  if (bytes == NULL || !bal_folder_files_write (to, name, name, bytes, BAL_FOLDER_WRITE_PUBLIC, &error))
    g_message ("%s", error->message);
}

/* Pictures of published pages come to the site; those that no page shows any more leave it. */
static void
update_media (Site *self)
{
  g_autofree char *site = g_build_filename (self->root, SITE, NULL);
  g_autoptr(GHashTable) old = collect_media (self->old_pages);
  g_autoptr(GHashTable) wanted = collect_media (self->new_pages);
  g_auto(BalFolderFd) from = bal_folder_files_open_dir (self->root, "media", FALSE, NULL);
  g_auto(BalFolderFd) to = -1;
  GHashTableIter iter;
  gpointer name;

  if (from < 0 || (g_hash_table_size (old) == 0 && g_hash_table_size (wanted) == 0))
    return;
  to = bal_folder_files_open_dir (site, "media", TRUE, NULL);
  if (to < 0)
    return;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    copy_picture (from, to, name);
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (wanted, name))
      bal_folder_files_remove (to, name, name, NULL);
}

static void
remove_old_pages (Site *self)
{
  const char *page;
  json_t *note;

  json_object_foreach (self->old_pages, page, note)
    if (json_object_get (self->new_pages, page) == NULL && strchr (page, '/') == NULL)
      bal_folder_files_remove (self->site, page, page, NULL);
}

static void
read_manifest (Site *self)
{
  g_autoptr(GBytes) bytes = bal_folder_files_read (self->site, MANIFEST, MANIFEST, NULL);
  json_t *pages = bytes != NULL ? bal_json_parse (bytes, NULL) : NULL;

  if (json_is_object (pages))
    self->old_pages = pages;
  else
    {
      json_decref (pages);
      self->old_pages = json_object ();
    }
}

static gboolean
write_manifest (Site    *self,
                GError **error)
{
  g_autoptr(GBytes) bytes = NULL;

  if (json_equal (self->old_pages, self->new_pages))
    return TRUE;
  if (self->flags & BAL_FOLDER_WRITE_NO_SYNC)
    syncfs (self->site);       /* before the list says that the pages are good */
  bytes = bal_json_to_bytes (self->new_pages);
  return bal_folder_files_write (self->site, MANIFEST, SITE "/" MANIFEST, bytes, BAL_FOLDER_WRITE_PUBLIC, error);
}

static gboolean
render_all (Site    *self,
            GError **error)
{
  guint n_stale = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      BalFolderEntry *entry = self->entries->pdata[i];
      g_autofree char *page = g_strconcat (entry->slug, ".html", NULL);
      g_autofree char *source = source_of (self, entry);

      n_stale += !is_current (self, page, source);
    }
  if (n_stale >= MANY_PAGES)
    self->flags = BAL_FOLDER_WRITE_NO_SYNC;

  for (guint i = 0; i < self->entries->len; i++)
    if (!render_post (self, self->entries->pdata[i], error))
      return FALSE;
  if (!render_index (self, error) || !render_feed (self, error) || !render_style (self, error))
    return FALSE;
  remove_old_pages (self);
  update_media (self);
  return write_manifest (self, error);
}

/**
 * bal_folder_site_render:
 * @root: the blog's folder
 * @index: what is in it, scanned just now
 * @settings: its blog.ini
 * @error: what the disk says; the pages are then partly old and made next time
 *
 * Brings the site in step with what is published; costs next to nothing when it is.
 */
gboolean
bal_folder_site_render (const char               *root,
                        BalFolderIndex           *index,
                        const BalFolderSettings  *settings,
                        GError                  **error)
{
  g_auto(BalFolderFd) posts = bal_folder_files_open_dir (root, "posts", FALSE, error);
  g_auto(BalFolderFd) site = posts >= 0 ? bal_folder_files_open_dir (root, SITE, TRUE, error) : -1;
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();
  Site self = { root, settings, posts, site, BAL_FOLDER_WRITE_REPLACE, NULL, NULL, entries };
  gboolean ok;

  if (site < 0 || !bal_folder_files_lock (site, SITE, error))
    return FALSE;

  read_manifest (&self);
  self.new_pages = json_object ();
  list_published (&self, index);
  ok = render_all (&self, error);
  json_decref (self.old_pages);
  json_decref (self.new_pages);
  return ok;
}
