/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- values -------------------------------------------------------------------------------------- */

gint64
bal_blogger_get_number (const json_t *object,
                        const char   *name)
{
  const char *text = bal_json_get_string (object, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : bal_json_get_int (object, name, 0);
}

const char *
bal_blogger_get_id (const json_t *object)
{
  const char *id = bal_json_get_string (object, "id");

  return id != NULL && *id != '\0' && strlen (id) <= 40 && strspn (id, "0123456789") == strlen (id) ? id : NULL;
}

gint64
bal_blogger_get_time (const json_t *object,
                      const char   *name)
{
  gint64 time = 0;

  bal_time_from_rfc3339 (bal_json_get_string (object, name), &time);
  return time;
}

/* ---- states: upper case here, lower case in older descriptions ----------------------------------- */

static BalReviewStatus
read_review_status (const json_t *post)
{
  const char *name = bal_json_get_string (post, "status");

  if (name == NULL || g_ascii_strcasecmp (name, "LIVE") == 0)
    return BAL_REVIEW_STATUS_PUBLISHED;
  if (g_ascii_strcasecmp (name, "SCHEDULED") == 0)
    return BAL_REVIEW_STATUS_SCHEDULED;
  if (g_ascii_strcasecmp (name, "SOFT_TRASHED") == 0)
    return BAL_REVIEW_STATUS_TRASH;
  return BAL_REVIEW_STATUS_DRAFT;
}

/* What its author or the blogger emptied is only a place in the thread. */
static BalCommentStatus
read_comment_status (const json_t *comment)
{
  const char *name = bal_json_get_string (comment, "status");

  if (name == NULL || g_ascii_strcasecmp (name, "LIVE") == 0)
    return BAL_COMMENT_STATUS_APPROVED;
  if (g_ascii_strcasecmp (name, "SPAM") == 0)
    return BAL_COMMENT_STATUS_SPAM;
  if (g_ascii_strcasecmp (name, "EMPTIED") == 0)
    return BAL_COMMENT_STATUS_TRASH;
  return BAL_COMMENT_STATUS_PENDING;
}

/* ---- reviews ------------------------------------------------------------------------------------- */

/* The status is part of it, as what is scheduled appears by itself. The instant and not the text of the time counts: it is
 * written in two ways. */
static char *
read_revision (const json_t *post)
{
  const char *text = bal_json_get_string (post, "updated");
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) updated = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  gint64 seconds = updated != NULL ? g_date_time_to_unix (updated) : 0;

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%06d/%d", seconds,
                          updated != NULL ? g_date_time_get_microsecond (updated) : 0, read_review_status (post));
}

static char **
read_labels (const json_t *post)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  json_t *labels = bal_json_get_array (post, "labels");
  json_t *label;
  size_t i;

  json_array_foreach (labels, i, label)
    if (json_is_string (label))
      g_strv_builder_add (builder, json_string_value (label));
  return g_strv_builder_end (builder);
}

BalReview *
bal_blogger_parse_light_review (const json_t *post)
{
  g_autofree char *revision = read_revision (post);
  BalReview *review;

  if (bal_blogger_get_id (post) == NULL)
    return NULL;

  review = bal_review_new (0);
  bal_review_set_remote_id (review, bal_blogger_get_id (post));
  bal_review_set_revision (review, revision);
  bal_review_set_status (review, read_review_status (post));
  bal_review_set_updated (review, bal_blogger_get_time (post, "updated"));
  return review;
}

/**
 * bal_blogger_parse_review:
 * @self: the provider
 * @post: a post with its content
 * @error: %BAL_ERROR_PROTOCOL: the text is missing, which is never taken for an empty one; or what is short is not
 *
 * Returns: (transfer full) (nullable): a review without local id
 */
BalReview *
bal_blogger_parse_review (BalBlogger    *self,
                          const json_t  *post,
                          GError       **error)
{
  g_autoptr(BalReview) review = bal_blogger_parse_light_review (post);
  g_autofree char *title = bal_provider_dup_text (post, "title");
  g_autofree char *content = bal_provider_dup_text (post, "content");
  g_autofree char *url = bal_provider_dup_text (post, "url");
  g_autofree char *key = NULL;
  g_autofree char *html = content != NULL ? bal_blogger_strip_key (content, &key) : NULL;
  g_auto(GStrv) labels = read_labels (post);
  gboolean is_draft;

  if (review == NULL || html == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog sent a post without its text, so it was left as it is here."));
      return NULL;
    }
  if (!bal_provider_check_short (error, (const char *[]) { title, url }, 2))
    return NULL;

  is_draft = bal_review_get_status (review) == BAL_REVIEW_STATUS_DRAFT;
  bal_review_set_blog_id (review, bal_blog_get_id (self->blog));
  bal_review_set_title (review, title != NULL ? title : "");
  bal_review_set_html (review, html);
  bal_review_set_key (review, key);
  bal_review_set_url (review, url);
  bal_review_set_labels (review, (const char *const *) labels);
  /* A draft is dated by the day on which it was begun, which nobody chose. */
  bal_review_set_published (review, is_draft ? 0 : bal_blogger_get_time (post, "published"));
  return g_steal_pointer (&review);
}

/* ---- comments ------------------------------------------------------------------------------------ */

static char *
make_comment_id (const char *post_id,
                 const char *comment_id)
{
  return post_id != NULL && comment_id != NULL ? g_strconcat (post_id, "/", comment_id, NULL) : NULL;
}

BalComment *
bal_blogger_parse_light_comment (const json_t *comment)
{
  g_autofree char *id = make_comment_id (bal_blogger_get_id (bal_json_get_object (comment, "post")),
                                         bal_blogger_get_id (comment));
  BalComment *result;

  if (id == NULL)
    return NULL;

  result = bal_comment_new (0);
  bal_comment_set_remote_id (result, id);
  bal_comment_set_status (result, read_comment_status (comment));
  return result;
}

/**
 * bal_blogger_parse_comment:
 * @self: the provider
 * @comment: a comment with its content; in one that was emptied only a few words stand in its place
 * @error: %BAL_ERROR_PROTOCOL: it has no text or no post
 *
 * Returns: (transfer full) (nullable): a comment without local id
 */
BalComment *
bal_blogger_parse_comment (BalBlogger    *self,
                           const json_t  *comment,
                           GError       **error)
{
  g_autoptr(BalComment) result = bal_blogger_parse_light_comment (comment);
  json_t *author = bal_json_get_object (comment, "author");
  const char *post_id = bal_blogger_get_id (bal_json_get_object (comment, "post"));
  g_autofree char *parent = make_comment_id (post_id, bal_blogger_get_id (bal_json_get_object (comment, "inReplyTo")));
  gboolean is_emptied = read_comment_status (comment) == BAL_COMMENT_STATUS_TRASH;
  g_autofree char *html = is_emptied ? NULL : bal_provider_dup_text (comment, "content");
  g_autofree char *name = bal_provider_dup_text (author, "displayName");
  const char *site = bal_json_get_string (author, "url");
  const char *user_id = bal_json_get_string (author, "id");

  if (result == NULL || (html == NULL && !is_emptied))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog sent a comment without its text, so it was left as it is "
                             "here."));
      return NULL;
    }
  if (!bal_provider_check_short (error, (const char *[]) { name, site }, 2))
    return NULL;

  bal_comment_set_blog_id (result, bal_blog_get_id (self->blog));
  bal_comment_set_html (result, html);
  bal_comment_set_remote_review_id (result, post_id);
  bal_comment_set_remote_parent_id (result, parent);
  bal_comment_set_author (result, name);
  bal_comment_set_author_url (result, site);
  bal_comment_set_created (result, bal_blogger_get_time (comment, "published"));
  bal_comment_set_mine (result, user_id != NULL && g_strcmp0 (user_id, bal_blog_get_user_id (self->blog)) == 0);
  return g_steal_pointer (&result);
}
