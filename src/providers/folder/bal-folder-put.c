/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* What the provider writes: under the folder's lock, after reading what is there now. */

typedef struct
{
  BalFolder         *folder;
  BalFolderSettings *settings;
  int                posts;       /* locked while open */
} Session;

static void
session_clear (Session *self)
{
  g_clear_pointer (&self->settings, bal_folder_settings_free);
  bal_folder_fd_clear (self->posts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

static gboolean
session_begin (Session       *self,
               GCancellable  *cancellable,
               GError       **error)
{
  BalFolder *folder = self->folder;

  self->settings = bal_folder_settings_load (folder->root, error);
  if (self->settings == NULL)
    return FALSE;
  self->posts = bal_folder_files_open_dir (folder->root, "posts", FALSE, error);
  return self->posts >= 0 && bal_folder_files_lock (self->posts, "posts", error) &&
         bal_folder_index_scan (folder->index, cancellable, error);
}

static void
set_conflict (GError     **error,
              const char  *name)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_CONFLICT,
               _("“%s” has just been changed in the blog’s folder. Nothing was overwritten; sync again."), name);
}

static gboolean
texts_equal (const char *a,
             const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static gboolean
lists_equal (const char *const *a,
             const char *const *b)
{
  static const char *const none[] = { NULL };

  return g_strv_equal (a != NULL ? a : none, b != NULL ? b : none);
}

/* Moves one property of @review into @target, which holds the file's, unless @base says that we did not change it; when
 * the file's changed too, nobody's is lost. */
#define TAKE(name, equal) \
  G_STMT_START \
    { \
      if (base == NULL || !equal (bal_review_get_##name (base), bal_review_get_##name (review))) \
        { \
          if (base != NULL && !equal (bal_review_get_##name (target), bal_review_get_##name (base)) && \
              !equal (bal_review_get_##name (target), bal_review_get_##name (review))) \
            return FALSE; \
          bal_review_set_##name (target, bal_review_get_##name (review)); \
        } \
    } \
  G_STMT_END

#define NUMBERS_EQUAL(a, b) ((a) == (b))

static gboolean
take_changes (BalReview *target,
              BalReview *review,
              BalReview *base)
{
  TAKE (title, texts_equal);
  TAKE (html, texts_equal);
  TAKE (excerpt, texts_equal);
  TAKE (slug, texts_equal);
  TAKE (featured_image, texts_equal);
  TAKE (labels, lists_equal);
  TAKE (categories, lists_equal);
  TAKE (status, NUMBERS_EQUAL);
  TAKE (published, NUMBERS_EQUAL);
  return TRUE;
}

/* A slug that no other post has; what readers can see gets one from its title. */
static void
settle_slug (BalFolderIndex *index,
             BalFolderEntry *entry,
             BalReview      *target)
{
  const char *wanted = bal_review_get_slug (target);
  BalReviewStatus status = bal_review_get_status (target);
  g_autofree char *clean = NULL;
  g_autofree char *slug = NULL;

  if (texts_equal (wanted, NULL) && (status == BAL_REVIEW_STATUS_DRAFT || status == BAL_REVIEW_STATUS_TRASH))
    return;

  clean = bal_folder_slug (!texts_equal (wanted, NULL) ? wanted : bal_review_get_title (target));
  slug = g_strdup (clean);
  for (guint n = 2; bal_folder_index_has_slug (index, slug, entry); n++)
    {
      g_free (slug);
      slug = g_strdup_printf ("%s-%u", clean, n);
    }
  bal_review_set_slug (target, slug);
}

static void
settle (Session        *session,
        BalFolderEntry *entry,
        BalReview      *target)
{
  BalReviewStatus status = bal_review_get_status (target);

  if (bal_review_get_published (target) == 0 &&
      (status == BAL_REVIEW_STATUS_PUBLISHED || status == BAL_REVIEW_STATUS_PRIVATE))
    bal_review_set_published (target, bal_time_now ());
  settle_slug (session->folder->index, entry, target);
}

/* (transfer full): what the folder holds under @name now; the pages are brought in step where readers see the change */
static BalReview *
finish_review (Session       *session,
               const char    *name,
               gboolean       was_published,
               GError       **error)
{
  BalFolder *folder = session->folder;
  g_autoptr(GBytes) bytes = NULL;
  BalFolderEntry *entry = NULL;
  GPtrArray *entries;

  /* Not cancellable: it is written, and the truth is told. */
  if (!bal_folder_index_scan (folder->index, NULL, error))
    return NULL;
  entries = bal_folder_index_list (folder->index);
  for (guint i = 0; i < entries->len && entry == NULL; i++)
    if (strcmp (((BalFolderEntry *) entries->pdata[i])->name, name) == 0)
      entry = entries->pdata[i];

  bytes = bal_folder_files_read (session->posts, name, name, error);
  if (bytes == NULL || entry == NULL)
    return NULL;
  if (was_published || entry->status == BAL_REVIEW_STATUS_PUBLISHED)
    bal_folder_render (folder, session->settings);
  return bal_folder_make_review (session->settings, entry, bytes);
}

static BalReview *
update_review (Session         *session,
               BalFolderEntry  *entry,
               BalReview       *review,
               BalReview       *base,
               GError         **error)
{
  g_autoptr(GBytes) old = bal_folder_files_read (session->posts, entry->name, entry->name, error);
  g_autoptr(GBytes) new = NULL;
  g_autoptr(BalReview) present = NULL;
  g_autoptr(BalReview) target = NULL;
  g_autoptr(BalFolderPost) post = NULL;
  g_autofree char *name = g_strdup (entry->name);
  gboolean was_published = entry->status == BAL_REVIEW_STATUS_PUBLISHED;

  if (old == NULL)
    return NULL;
  present = bal_folder_make_review (session->settings, entry, old);
  target = bal_review_dup (present);
  if (!take_changes (target, review, base))
    {
      set_conflict (error, entry->name);
      return NULL;
    }
  if (bal_review_content_equal (target, present))
    return g_steal_pointer (&present);

  settle (session, entry, target);
  if (bal_review_get_key (target) == NULL)
    bal_review_set_key (target, bal_review_get_key (review));
  bal_review_set_updated (target, bal_time_now ());
  post = bal_folder_post_parse (old);
  if (!bal_folder_review_write (post, name, target, error))
    return NULL;
  new = bal_folder_post_to_bytes (post);
  if (!bal_folder_files_write (session->posts, name, name, new, BAL_FOLDER_WRITE_REPLACE, error))
    return NULL;
  return finish_review (session, name, was_published, error);
}

/* (transfer full): a name for a new post that neither a post nor an id nor an orphaned thread has */
static char *
new_stem (Session   *session,
          BalReview *target)
{
  gint64 published = bal_review_get_published (target);
  g_autofree char *day = bal_time_to_rfc3339 (published != 0 ? published : bal_time_now ());
  g_autofree char *slug = bal_folder_slug (!texts_equal (bal_review_get_slug (target), NULL)
                                           ? bal_review_get_slug (target) : bal_review_get_title (target));
  g_autofree char *first = g_strdup_printf ("%.10s-%s", day != NULL ? day : "0000-00-00", slug);
  g_autofree char *stem = g_strdup (first);

  for (guint n = 2; ; n++)
    {
      g_autofree char *name = g_strconcat (stem, ".html", NULL);
      g_autofree char *comments = g_strconcat (stem, ".comments.json", NULL);

      if (bal_folder_index_find (session->folder->index, stem) == NULL &&
          faccessat (session->posts, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 &&
          faccessat (session->posts, comments, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        return g_steal_pointer (&stem);
      g_free (stem);
      stem = g_strdup_printf ("%s-%u", first, n);
    }
}

static BalReview *
create_review (Session    *session,
               BalReview  *review,
               GError    **error)
{
  g_autoptr(BalReview) target = bal_review_dup (review);
  g_autoptr(BalFolderPost) post = bal_folder_post_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *name = NULL;

  settle (session, NULL, target);
  stem = new_stem (session, target);
  name = g_strconcat (stem, ".html", NULL);
  bal_review_set_remote_id (target, stem);
  bal_review_set_updated (target, bal_time_now ());
  if (!bal_folder_review_write (post, name, target, error))
    return NULL;
  bytes = bal_folder_post_to_bytes (post);
  if (!bal_folder_files_write (session->posts, name, name, bytes, BAL_FOLDER_WRITE_NEW, error))
    return NULL;
  return finish_review (session, name, FALSE, error);
}

static void
set_review_gone (GError **error)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("The review is not in the blog’s folder any more."));
}

static void
set_comment_gone (GError **error)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("The comment is not in the blog’s folder any more."));
}

/* A create whose key is in the folder already was carried out before: it becomes an update of that post. */
BalReview *
bal_folder_put_review (BalProvider   *provider,
                       BalReview     *review,
                       BalReview     *base,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_auto(Session) session = { .folder = BAL_FOLDER (provider), .posts = -1 };
  const char *remote_id = bal_review_get_remote_id (review);
  BalFolderEntry *entry;

  if (!session_begin (&session, cancellable, error))
    return NULL;

  entry = remote_id != NULL ? bal_folder_index_find (session.folder->index, remote_id)
                            : bal_folder_index_find_key (session.folder->index, bal_review_get_key (review));
  if (entry != NULL)
    return update_review (&session, entry, review, base, error);
  if (remote_id != NULL)
    {
      set_review_gone (error);
      return NULL;
    }
  return create_review (&session, review, error);
}

gboolean
bal_folder_delete_review (BalProvider   *provider,
                          const char    *remote_id,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_auto(Session) session = { .folder = BAL_FOLDER (provider), .posts = -1 };
  BalFolderEntry *entry;
  gboolean was_published;

  if (!session_begin (&session, cancellable, error))
    return FALSE;
  entry = bal_folder_index_find (session.folder->index, remote_id);
  if (entry == NULL)
    {
      set_review_gone (error);
      return FALSE;
    }

  /* The thread first: should we be stopped in between, the next try finds the post and ends the work. */
  was_published = entry->status == BAL_REVIEW_STATUS_PUBLISHED;
  if (!bal_folder_files_remove (session.posts, entry->comments_name, entry->comments_name, error) ||
      !bal_folder_files_remove (session.posts, entry->name, entry->name, error))
    return FALSE;
  if (was_published && bal_folder_index_scan (session.folder->index, NULL, NULL))
    bal_folder_render (session.folder, session.settings);
  return TRUE;
}

/* ---- comments ---- */

typedef struct
{
  BalFolderEntry *entry;
  json_t         *thread;
  json_t         *before;      /* a copy */
} Thread;

static void
thread_clear (Thread *self)
{
  json_decref (self->thread);
  json_decref (self->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Thread, thread_clear)

static gboolean
open_thread (Session     *session,
             const char  *post_id,
             Thread      *thread,
             GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;

  thread->entry = bal_folder_index_find (session->folder->index, post_id);
  if (thread->entry == NULL)
    {
      set_review_gone (error);
      return FALSE;
    }
  if (thread->entry->comments_hash != NULL)
    {
      bytes = bal_folder_files_read (session->posts, thread->entry->comments_name, thread->entry->comments_name, error);
      if (bytes == NULL)
        return FALSE;
    }
  thread->thread = bal_folder_comments_parse (bytes, thread->entry->comments_name, error);
  thread->before = json_deep_copy (thread->thread);
  return thread->thread != NULL;
}

static gboolean
save_thread (Session  *session,
             Thread   *thread,
             GError  **error)
{
  BalFolder *folder = session->folder;
  g_autoptr(GBytes) bytes = NULL;
  gboolean published = thread->entry->status == BAL_REVIEW_STATUS_PUBLISHED;
  const char *name = thread->entry->comments_name;

  if (json_equal (thread->before, thread->thread))
    return TRUE;
  bytes = bal_folder_comments_to_bytes (thread->thread);
  if (!bal_folder_files_write (session->posts, name, name, bytes, BAL_FOLDER_WRITE_REPLACE, error))
    return FALSE;
  if (published && bal_folder_index_scan (folder->index, NULL, NULL))
    bal_folder_render (folder, session->settings);
  return TRUE;
}

static gboolean
check_comment (BalComment  *comment,
               GError     **error)
{
  const char *texts[] = {
    bal_comment_get_html (comment), bal_comment_get_author (comment),
    bal_comment_get_author_email (comment), bal_comment_get_author_url (comment),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && !g_utf8_validate (texts[i], -1, NULL))
      {
        g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                     _("The comment’s text is not valid UTF-8. Nothing was written."));
        return FALSE;
      }
  return TRUE;
}

static gboolean
is_overtaken (BalComment *present,
              BalComment *comment,
              BalComment *base)
{
  const char *html = bal_comment_get_html (present);

  return base != NULL && !texts_equal (html, bal_comment_get_html (base)) &&
         !texts_equal (html, bal_comment_get_html (comment)) &&
         !texts_equal (bal_comment_get_html (comment), bal_comment_get_html (base));
}

/* Changes @thread; @place says which element it is then. */
static gboolean
change_thread (Session     *session,
               Thread      *thread,
               BalComment  *comment,
               BalComment  *base,
               int         *place,
               GError     **error)
{
  g_autofree char *post_id = NULL;
  g_autofree char *parent_post_id = NULL;
  g_autofree char *comment_id = NULL;
  g_autofree char *parent = NULL;

  bal_folder_comments_split_id (bal_comment_get_remote_id (comment), &post_id, &comment_id);
  bal_folder_comments_split_id (bal_comment_get_remote_parent_id (comment), &parent_post_id, &parent);
  *place = bal_folder_comments_find (thread->thread, comment_id, bal_comment_get_key (comment));
  if (*place < 0 && comment_id != NULL)
    {
      set_comment_gone (error);
      return FALSE;
    }
  if (*place >= 0)
    {
      g_autoptr(GPtrArray) present = bal_folder_comments_read (thread->thread, thread->entry->id, NULL);

      for (guint i = 0; i < present->len; i++)
        if (comment_id != NULL && is_overtaken (present->pdata[i], comment, base) &&
            g_strcmp0 (bal_comment_get_remote_id (present->pdata[i]), bal_comment_get_remote_id (comment)) == 0)
          {
            set_conflict (error, thread->entry->comments_name);
            return FALSE;
          }
    }

  bal_folder_comments_put (thread->thread, *place, comment, base, parent);
  if (*place < 0)
    *place = json_array_size (thread->thread) - 1;
  return TRUE;
}

BalComment *
bal_folder_put_comment (BalProvider   *provider,
                        BalComment    *comment,
                        BalComment    *base,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_auto(Session) session = { .folder = BAL_FOLDER (provider), .posts = -1 };
  g_auto(Thread) thread = { 0 };
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(BalComment) sent = bal_comment_dup (comment);
  g_autofree char *remote_id = NULL;
  int place;

  if (!check_comment (comment, error) || !session_begin (&session, cancellable, error) ||
      !open_thread (&session, bal_comment_get_remote_review_id (comment), &thread, error))
    return NULL;

  if (bal_comment_get_mine (sent) && texts_equal (bal_comment_get_author (sent), NULL))
    bal_comment_set_author (sent, session.settings->author);
  if (!change_thread (&session, &thread, sent, base, &place, error))
    return NULL;

  remote_id = bal_folder_comments_join_id (thread.entry->id,
                                           bal_json_get_string (json_array_get (thread.thread, place), "id"));
  comments = bal_folder_comments_read (thread.thread, thread.entry->id, session.settings->author);
  if (!save_thread (&session, &thread, error))
    return NULL;
  for (guint i = 0; i < comments->len; i++)
    if (strcmp (bal_comment_get_remote_id (comments->pdata[i]), remote_id) == 0)
      return g_object_ref (comments->pdata[i]);
  g_return_val_if_reached (NULL);
}

gboolean
bal_folder_delete_comment (BalProvider   *provider,
                           const char    *remote_id,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_auto(Session) session = { .folder = BAL_FOLDER (provider), .posts = -1 };
  g_auto(Thread) thread = { 0 };
  g_autofree char *post_id = NULL;
  g_autofree char *comment_id = NULL;
  int place;

  if (!bal_folder_comments_split_id (remote_id, &post_id, &comment_id))
    {
      set_comment_gone (error);
      return FALSE;
    }
  if (!session_begin (&session, cancellable, error) || !open_thread (&session, post_id, &thread, error))
    return FALSE;
  place = bal_folder_comments_find (thread.thread, comment_id, NULL);
  if (place < 0)
    {
      set_comment_gone (error);
      return FALSE;
    }
  bal_folder_comments_remove (thread.thread, place);
  return save_thread (&session, &thread, error);
}

/* ---- pictures ---- */

/* The name holds the hash of the bytes: a picture that was sent before is found by it, and needs no key. */
gboolean
bal_folder_upload_media (BalProvider   *provider,
                         BalMedia      *media,
                         GCancellable  *cancellable,
                         GError       **error)
{
  BalFolder *self = BAL_FOLDER (provider);
  g_autofree char *source_dir = g_path_get_dirname (media->path);
  g_autofree char *source_name = g_path_get_basename (media->path);
  g_autoptr(BalFolderSettings) settings = bal_folder_settings_load (self->root, error);
  g_auto(BalFolderFd) source = settings != NULL ? bal_folder_files_open_dir (source_dir, NULL, FALSE, error) : -1;
  g_autoptr(GBytes) bytes = source >= 0 ? bal_folder_files_read (source, source_name, media->file_name, error) : NULL;
  g_auto(BalFolderFd) target = bytes != NULL ? bal_folder_files_open_dir (self->root, "media", TRUE, error) : -1;
  g_autoptr(GBytes) present = NULL;
  g_autofree char *name = NULL;

  if (target < 0)
    return FALSE;
  name = bal_folder_media_name (media->file_name, media->mime_type, bytes);
  present = bal_folder_files_read (target, name, name, NULL);
  if ((present == NULL || !g_bytes_equal (present, bytes)) &&
      !bal_folder_files_write (target, name, name, bytes, BAL_FOLDER_WRITE_REPLACE, error))
    return FALSE;

  g_free (media->remote_id);
  g_free (media->url);
  media->url = g_strconcat ("media/", name, NULL);
  media->remote_id = g_steal_pointer (&name);
  return TRUE;
}
