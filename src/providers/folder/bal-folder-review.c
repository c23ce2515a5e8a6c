/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-error.h"
#include "bal-text.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a post's file says as a review, and a review as lines of the file. */

/**
 * bal_folder_review_body:
 * @body: any bytes
 * @whole: (out): %FALSE when something had to be replaced
 *
 * A review's HTML is text. A file by somebody else's hand may be in another encoding or hold NUL bytes: these are
 * shown as U+FFFD, and the file's bytes stay as they are.
 *
 * Returns: (transfer full):
 */
char *
bal_folder_review_body (GBytes   *body,
                        gboolean *whole)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  char *text = g_utf8_make_valid (length > 0 ? data : "", length);

  /* It turns NUL into U+FFFD too. */
  *whole = strlen (text) == length && (length == 0 || memcmp (text, data, length) == 0);
  return text;
}

static gint64
read_time (BalFolderPost *post,
           const char    *name)
{
  const char *text = bal_folder_post_get (post, name);
  g_autofree char *midnight = NULL;
  gint64 time = 0;

  if (text != NULL && !bal_time_from_rfc3339 (text, &time))
    {
      /* A person may have typed the day alone. */
      midnight = g_strconcat (text, "T00:00:00Z", NULL);
      bal_time_from_rfc3339 (midnight, &time);
    }
  return time;
}

static BalReviewStatus
read_status (BalFolderPost *post)
{
  BalReviewStatus status = BAL_REVIEW_STATUS_DRAFT;
  const char *nick = bal_folder_post_get (post, "status");
  g_autofree char *lower = nick != NULL ? g_ascii_strdown (nick, -1) : NULL;
  gint64 date;

  /* What nobody can make sense of is not shown to readers. */
  if (lower == NULL || !bal_review_status_from_nick (lower, &status))
    return BAL_REVIEW_STATUS_DRAFT;

  /* A folder has no clock that would turn a page: a scheduled review is published once its date has come. */
  date = read_time (post, "date");
  if (status == BAL_REVIEW_STATUS_SCHEDULED && date != 0 && date <= bal_time_now ())
    return BAL_REVIEW_STATUS_PUBLISHED;
  return status;
}

/* "2019-05-30-tin-moon.html" -> "tin moon" */
static char *
title_of_name (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (name, dot - name) : g_strdup (name);

  return g_strstrip (g_strdelimit (g_strdup (bal_folder_skip_date (stem)), "-_", ' '));
}

static const char *
none_if_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * bal_folder_review_read:
 * @post: a post's file
 * @name: the file's name
 *
 * A file that says nothing about itself is a draft with its name as the title.
 *
 * Returns: (transfer full): all but the revision, the address and an id that is unique in the folder
 */
BalReview *
bal_folder_review_read (BalFolderPost *post,
                        const char    *name)
{
  BalReview *review = bal_review_new (0);
  const char *title = bal_folder_post_get (post, "title");
  const char *slug = none_if_empty (bal_folder_post_get (post, "slug"));
  g_autofree char *fallback = title_of_name (name);
  g_autofree char *clean_slug = slug != NULL ? bal_folder_slug (slug) : NULL;
  g_auto(GStrv) labels = bal_folder_post_get_list (post, "labels");
  g_auto(GStrv) categories = bal_folder_post_get_list (post, "categories");
  gboolean whole;
  g_autofree char *html = bal_folder_review_body (bal_folder_post_get_body (post), &whole);

  bal_review_set_remote_id (review, none_if_empty (bal_folder_post_get (post, "id")));
  bal_review_set_key (review, none_if_empty (bal_folder_post_get (post, "key")));
  bal_review_set_title (review, title != NULL ? title : fallback);
  bal_review_set_html (review, html);
  bal_review_set_status (review, read_status (post));
  bal_review_set_published (review, read_time (post, "date"));
  bal_review_set_updated (review, read_time (post, "updated"));
  bal_review_set_slug (review, clean_slug);
  bal_review_set_excerpt (review, none_if_empty (bal_folder_post_get (post, "excerpt")));
  bal_review_set_featured_image (review, none_if_empty (bal_folder_post_get (post, "featured-image")));
  bal_review_set_labels (review, (const char *const *) labels);
  bal_review_set_categories (review, (const char *const *) categories);
  return review;
}

static void
write_time (BalFolderPost *post,
            const char    *name,
            gint64         time)
{
  g_autofree char *text = bal_time_to_rfc3339 (time);

  if (read_time (post, name) != time)
    bal_folder_post_set (post, name, text);
}

static gboolean
write_body (BalFolderPost  *post,
            const char     *name,
            const char     *html,
            GError        **error)
{
  gboolean whole;
  g_autofree char *shown = bal_folder_review_body (bal_folder_post_get_body (post), &whole);

  if (strcmp (shown, html) == 0)
    return TRUE;
  if (!whole)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("“%s” in the blog’s folder is not UTF-8 text, so it was not overwritten. Save it as UTF-8 in a "
                     "text editor, then send your changes again; they are kept in Balcony."), name);
      return FALSE;
    }
  if (!g_utf8_validate (html, -1, NULL))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The text of “%s” is not valid UTF-8. Nothing was written."), name);
      return FALSE;
    }
  bal_folder_post_set_body (post, html);
  return TRUE;
}

/**
 * bal_folder_review_write:
 * @post: a post's file, changed only on success
 * @name: the file's name
 * @review: what it shall say
 * @error: REFUSED when the file's bytes are no text and the body changed; INVALID when the review's are not
 *
 * Lines and a body that say so already keep their bytes.
 */
gboolean
bal_folder_review_write (BalFolderPost  *post,
                         const char     *name,
                         BalReview      *review,
                         GError        **error)
{
  static const char *const none[] = { NULL };
  const char *html = bal_review_get_html (review);
  const char *slug = none_if_empty (bal_review_get_slug (review));
  g_autofree char *clean_slug = slug != NULL ? bal_folder_slug (slug) : NULL;
  const char *title = bal_review_get_title (review);
  const char *const *labels = bal_review_get_labels (review);
  const char *const *categories = bal_review_get_categories (review);

  if (!write_body (post, name, html != NULL ? html : "", error))
    return FALSE;

  bal_folder_post_set (post, "id", bal_review_get_remote_id (review));
  bal_folder_post_set (post, "title", title != NULL ? title : "");
  /* The date first: it decides what "scheduled" means. */
  write_time (post, "date", bal_review_get_published (review));
  if (bal_folder_post_get (post, "status") == NULL || read_status (post) != bal_review_get_status (review))
    bal_folder_post_set (post, "status", bal_review_status_to_nick (bal_review_get_status (review)));
  write_time (post, "updated", bal_review_get_updated (review));
  bal_folder_post_set (post, "slug", clean_slug);
  bal_folder_post_set_list (post, "labels", labels != NULL ? labels : none);
  bal_folder_post_set_list (post, "categories", categories != NULL ? categories : none);
  bal_folder_post_set (post, "excerpt", none_if_empty (bal_review_get_excerpt (review)));
  bal_folder_post_set (post, "featured-image", none_if_empty (bal_review_get_featured_image (review)));
  bal_folder_post_set (post, "key", bal_review_get_key (review));
  return TRUE;
}
