/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the provider reads: every call looks at the folder anew. */

#define POSTS_A_PAGE 100
/* More, since each page costs a look at every file and a comment is small. */
#define COMMENTS_A_PAGE 1000

/* A cursor is the watermark that its listing began with, a space, and the name of the last file listed. */
static char *
start_of_listing (BalFolder               *self,
                  const BalFolderSettings *settings,
                  const char              *cursor,
                  gboolean                 comments,
                  const char             **after)
{
  const char *space = cursor != NULL ? strchr (cursor, ' ') : NULL;

  *after = space != NULL ? space + 1 : NULL;
  if (space != NULL)
    return g_strndup (cursor, space - cursor);
  return bal_folder_index_digest (self->index, comments, comments ? settings->author : settings->url);
}

BalPage *
bal_folder_list_reviews (BalProvider   *provider,
                         const char    *since,
                         const char    *cursor,
                         GCancellable  *cancellable,
                         GError       **error)
{
  BalFolder *self = BAL_FOLDER (provider);
  g_autoptr(BalFolderSettings) settings = bal_folder_settings_load (self->root, error);
  g_auto(BalFolderFd) posts = -1;
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autofree char *digest = NULL;
  const char *after;
  GPtrArray *entries;

  if (settings == NULL || !bal_folder_index_scan (self->index, cancellable, error) ||
      (posts = bal_folder_files_open_dir (self->root, "posts", FALSE, error)) < 0)
    return NULL;
  if (cursor == NULL)
    bal_folder_render (self, settings);

  digest = start_of_listing (self, settings, cursor, FALSE, &after);
  entries = bal_folder_index_list (self->index);
  for (guint i = 0; i < entries->len; i++)
    {
      BalFolderEntry *entry = entries->pdata[i];
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GError) local_error = NULL;

      if (!bal_folder_digest_differs (digest, since, entry->name))
        continue;
      page->n_total++;
      if (page->next != NULL || (after != NULL && strcmp (entry->name, after) <= 0))
        continue;
      if (page->items->len == POSTS_A_PAGE)
        {
          page->next = g_strconcat (digest, " ", ((BalFolderEntry *) entries->pdata[i - 1])->name, NULL);
          continue;
        }
      bytes = bal_folder_files_read (posts, entry->name, entry->name, &local_error);
      if (bytes != NULL)
        g_ptr_array_add (page->items, bal_folder_make_review (settings, entry, bytes));
      else if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  if (page->next == NULL)
    page->watermark = g_steal_pointer (&digest);
  return g_steal_pointer (&page);
}

/* (transfer full) (element-type BalComment): empty where there is no file */
static GPtrArray *
read_thread (int                       posts,
             const BalFolderSettings  *settings,
             BalFolderEntry           *entry,
             GError                  **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GBytes) bytes = bal_folder_files_read (posts, entry->comments_name, entry->comments_name, &local_error);
  g_autoptr(json_t) thread = NULL;

  if (bytes == NULL && !g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  thread = bal_folder_comments_parse (bytes, entry->comments_name, error);
  return thread != NULL ? bal_folder_comments_read (thread, entry->id, settings->author) : NULL;
}

/* The comments of the posts that may have changed since @since, from behind the cursor on, in whole threads. */
static BalPage *
list_comments (BalFolder     *self,
               const char    *since,
               const char    *cursor,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(BalFolderSettings) settings = bal_folder_settings_load (self->root, error);
  g_auto(BalFolderFd) posts = -1;
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autofree char *digest = NULL;
  const char *after;
  GPtrArray *entries;

  if (settings == NULL || !bal_folder_index_scan (self->index, cancellable, error) ||
      (posts = bal_folder_files_open_dir (self->root, "posts", FALSE, error)) < 0)
    return NULL;

  digest = start_of_listing (self, settings, cursor, TRUE, &after);
  entries = bal_folder_index_list (self->index);
  for (guint i = 0; i < entries->len; i++)
    {
      BalFolderEntry *entry = entries->pdata[i];
      g_autoptr(GPtrArray) thread = NULL;

      if (entry->comments_hash == NULL || !bal_folder_digest_differs (digest, since, entry->name))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (entry->counts); j++)
        page->n_total += entry->counts[j];
      if (page->next != NULL || (after != NULL && strcmp (entry->name, after) <= 0))
        continue;
      if (page->items->len >= COMMENTS_A_PAGE)
        {
          page->next = g_strconcat (digest, " ", ((BalFolderEntry *) entries->pdata[i - 1])->name, NULL);
          continue;
        }
      thread = read_thread (posts, settings, entry, error);
      if (thread == NULL)
        return NULL;
      for (guint j = 0; j < thread->len; j++)
        g_ptr_array_add (page->items, g_object_ref (thread->pdata[j]));
    }
  if (page->next == NULL)
    page->watermark = g_steal_pointer (&digest);
  return g_steal_pointer (&page);
}

BalPage *
bal_folder_list_comments (BalProvider   *provider,
                          const char    *since,
                          const char    *cursor,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return list_comments (BAL_FOLDER (provider), since, cursor, cancellable, error);
}

BalPage *
bal_folder_sweep_comments (BalProvider   *provider,
                           const char    *cursor,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return list_comments (BAL_FOLDER (provider), NULL, cursor, cancellable, error);
}

/* All in one page: the state of one moment, in which nothing can hide by moving from page to page. */
BalPage *
bal_folder_sweep_reviews (BalProvider   *provider,
                          const char    *cursor,
                          GCancellable  *cancellable,
                          GError       **error)
{
  BalFolder *self = BAL_FOLDER (provider);
  g_autoptr(BalFolderSettings) settings = bal_folder_settings_load (self->root, error);
  BalPage *page;
  GPtrArray *entries;

  if (settings == NULL || !bal_folder_index_scan (self->index, cancellable, error))
    return NULL;

  page = bal_page_new (g_object_unref);
  entries = bal_folder_index_list (self->index);
  for (guint i = 0; i < entries->len; i++)
    {
      BalFolderEntry *entry = entries->pdata[i];
      BalReview *row = bal_review_new (0);

      bal_review_set_remote_id (row, entry->id);
      bal_review_set_revision (row, entry->revision);
      bal_review_set_status (row, entry->status);
      g_ptr_array_add (page->items, row);
    }
  page->n_total = entries->len;
  return page;
}

gboolean
bal_folder_count_comments (BalProvider   *provider,
                           guint          counts[4],
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalFolder *self = BAL_FOLDER (provider);
  g_autoptr(BalFolderSettings) settings = bal_folder_settings_load (self->root, error);
  GPtrArray *entries;

  if (settings == NULL || !bal_folder_index_scan (self->index, cancellable, error))
    return FALSE;

  memset (counts, 0, 4 * sizeof *counts);
  entries = bal_folder_index_list (self->index);
  for (guint i = 0; i < entries->len; i++)
    {
      BalFolderEntry *entry = entries->pdata[i];

      if (entry->comments_error != NULL)
        {
          g_propagate_error (error, g_error_copy (entry->comments_error));
          return FALSE;
        }
      for (guint j = 0; j < 4; j++)
        counts[j] += entry->counts[j];
    }
  return TRUE;
}

/* NULL without error for a NULL @entry. */
static BalReview *
read_review (BalFolder       *self,
             BalFolderEntry  *entry,
             GError         **error)
{
  g_autoptr(BalFolderSettings) settings = NULL;
  g_auto(BalFolderFd) posts = -1;
  g_autoptr(GBytes) bytes = NULL;

  if (entry == NULL ||
      (settings = bal_folder_settings_load (self->root, error)) == NULL ||
      (posts = bal_folder_files_open_dir (self->root, "posts", FALSE, error)) < 0 ||
      (bytes = bal_folder_files_read (posts, entry->name, entry->name, error)) == NULL)
    return NULL;
  return bal_folder_make_review (settings, entry, bytes);
}

BalReview *
bal_folder_get_review (BalProvider   *provider,
                       const char    *remote_id,
                       GCancellable  *cancellable,
                       GError       **error)
{
  BalFolder *self = BAL_FOLDER (provider);
  BalFolderEntry *entry;

  if (!bal_folder_index_scan (self->index, cancellable, error))
    return NULL;
  entry = bal_folder_index_find (self->index, remote_id);
  if (entry == NULL)
    g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                 _("The review is not in the blog’s folder any more."));
  return read_review (self, entry, error);
}

BalReview *
bal_folder_find_review (BalProvider   *provider,
                        BalReview     *review,
                        GCancellable  *cancellable,
                        GError       **error)
{
  BalFolder *self = BAL_FOLDER (provider);

  if (!bal_folder_index_scan (self->index, cancellable, error))
    return NULL;
  return read_review (self, bal_folder_index_find_key (self->index, bal_review_get_key (review)), error);
}

/* The comment with the whole @remote_id or, where that is NULL, the @key; NULL without error: none. */
static BalComment *
look_for_comment (BalFolder      *self,
                  const char     *post_id,
                  const char     *remote_id,
                  const char     *key,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_autoptr(BalFolderSettings) settings = bal_folder_settings_load (self->root, error);
  g_auto(BalFolderFd) posts = -1;
  g_autoptr(GPtrArray) thread = NULL;
  BalFolderEntry *entry;

  if (settings == NULL || !bal_folder_index_scan (self->index, cancellable, error) ||
      (entry = bal_folder_index_find (self->index, post_id)) == NULL ||
      (posts = bal_folder_files_open_dir (self->root, "posts", FALSE, error)) < 0 ||
      (thread = read_thread (posts, settings, entry, error)) == NULL)
    return NULL;

  for (guint i = 0; i < thread->len; i++)
    {
      BalComment *comment = thread->pdata[i];

      if (remote_id != NULL ? strcmp (bal_comment_get_remote_id (comment), remote_id) == 0
                            : key != NULL && g_strcmp0 (bal_comment_get_key (comment), key) == 0)
        return g_object_ref (comment);
    }
  return NULL;
}

BalComment *
bal_folder_get_comment (BalProvider   *provider,
                        const char    *remote_id,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autofree char *post_id = NULL;
  g_autofree char *comment_id = NULL;
  g_autoptr(GError) local_error = NULL;
  BalComment *comment = NULL;

  if (bal_folder_comments_split_id (remote_id, &post_id, &comment_id))
    comment = look_for_comment (BAL_FOLDER (provider), post_id, remote_id, NULL, cancellable, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (comment == NULL)
    g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                 _("The comment is not in the blog’s folder any more."));
  return comment;
}

BalComment *
bal_folder_find_comment (BalProvider   *provider,
                         BalComment    *comment,
                         GCancellable  *cancellable,
                         GError       **error)
{
  return look_for_comment (BAL_FOLDER (provider), bal_comment_get_remote_review_id (comment), NULL,
                           bal_comment_get_key (comment), cancellable, error);
}
