/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* A post without a title has this one (6.65). */
#define UNTITLED   "(Untitled)"
/* Around the key of a create. */
#define FOOT_START "<!-- balcony:"
#define FOOT_END   " -->"

static gint64
get_time (const json_t *object,
          const char   *name)
{
  const char *text = bal_json_get_string (object, name);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

/* ---- reviews ------------------------------------------------------------------------------------- */

/* What was sent by mail alone ("sent") is out, too. */
static BalReviewStatus
read_review_status (const json_t *post)
{
  const char *name = bal_json_get_string (post, "status");

  if (g_strcmp0 (name, "published") == 0 || g_strcmp0 (name, "sent") == 0)
    return BAL_REVIEW_STATUS_PUBLISHED;
  if (g_strcmp0 (name, "scheduled") == 0)
    return BAL_REVIEW_STATUS_SCHEDULED;
  return BAL_REVIEW_STATUS_DRAFT;
}

/* A word that is new is not "everyone". What went out by mail alone is for those who got it. */
static BalAudience
read_audience (const json_t *post)
{
  const char *visibility = bal_json_get_string (post, "visibility");

  if (visibility == NULL || g_str_equal (visibility, "public"))
    return g_strcmp0 (bal_json_get_string (post, "status"), "sent") == 0 ? BAL_AUDIENCE_MEMBERS : BAL_AUDIENCE_EVERYONE;
  if (g_str_equal (visibility, "members"))
    return BAL_AUDIENCE_MEMBERS;
  return g_str_equal (visibility, "paid") ? BAL_AUDIENCE_PAID : BAL_AUDIENCE_TIERS;
}

const char *
bal_ghost_review_status (BalReviewStatus status)
{
  if (status == BAL_REVIEW_STATUS_PUBLISHED)
    return "published";
  return status == BAL_REVIEW_STATUS_SCHEDULED ? "scheduled" : "draft";
}

/* Stands at the end of each page of the post, where nobody sees it; a draft has none. */
char *
bal_ghost_foot_of_key (const char *key)
{
  return g_strconcat (FOOT_START, key, FOOT_END, NULL);
}

char *
bal_ghost_strip_foot (const json_t  *post,
                      char         **key)
{
  g_autofree char *foot = bal_provider_dup_text (post, "codeinjection_foot");
  char *start = foot != NULL ? strstr (foot, FOOT_START) : NULL;
  char *end = start != NULL ? strstr (start, FOOT_END) : NULL;

  if (key != NULL)
    *key = end != NULL ? g_strndup (start + strlen (FOOT_START), end - start - strlen (FOOT_START)) : NULL;
  if (end != NULL)
    memmove (start, end + strlen (FOOT_END), strlen (end + strlen (FOOT_END)) + 1);
  return foot != NULL && *g_strstrip (foot) != '\0' ? g_steal_pointer (&foot) : NULL;
}

static char **
read_labels (const json_t *post)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  json_t *tag;
  size_t i;

  json_array_foreach (bal_json_get_array (post, "tags"), i, tag)
    if (bal_json_get_string (tag, "name") != NULL)
      g_strv_builder_add (builder, bal_json_get_string (tag, "name"));
  return g_strv_builder_end (builder);
}

BalReview *
bal_ghost_parse_light_review (const json_t *post)
{
  const char *id = bal_json_get_string (post, "id");
  const char *updated = bal_json_get_string (post, "updated_at");
  const char *status = bal_json_get_string (post, "status");
  g_autofree char *revision = NULL;
  BalReview *review;

  if (id == NULL || updated == NULL || status == NULL || !bal_ghost_check_id (id, NULL))
    return NULL;

  revision = g_strconcat (updated, "/", status, NULL);
  review = bal_review_new (0);
  bal_review_set_remote_id (review, id);
  bal_review_set_revision (review, revision);
  bal_review_set_status (review, read_review_status (post));
  bal_review_set_updated (review, get_time (post, "updated_at"));
  return review;
}

/**
 * bal_ghost_parse_review:
 * @self: the provider
 * @post: a post with its HTML, which is null where there is no text
 * @error: %BAL_ERROR_PROTOCOL: the text is missing, which is never taken for an empty one; or what is short is not
 *
 * Returns: (transfer full) (nullable): a review without local id
 */
BalReview *
bal_ghost_parse_review (BalGhost      *self,
                        const json_t  *post,
                        GError       **error)
{
  g_autoptr(BalReview) review = bal_ghost_parse_light_review (post);
  json_t *content = json_object_get (post, "html");
  g_autofree char *title = bal_provider_dup_text (post, "title");
  g_autofree char *raw = bal_provider_dup_text (post, "html");
  g_autofree char *html = bal_ghost_unwrap (raw != NULL ? raw : "");
  g_autofree char *url = bal_provider_dup_text (post, "url");
  g_autofree char *slug = bal_provider_dup_text (post, "slug");
  g_autofree char *excerpt = bal_provider_dup_text (post, "custom_excerpt");
  g_autofree char *image = bal_provider_dup_text (post, "feature_image");
  g_autofree char *key = NULL;
  g_autofree char *foot = bal_ghost_strip_foot (post, &key);
  g_auto(GStrv) labels = read_labels (post);

  if (review == NULL || title == NULL || (raw == NULL && !json_is_null (content)))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog sent a post without its text, so it was left as it is here."));
      return NULL;
    }
  if (!bal_provider_check_short (error, (const char *[]) { title, url, slug, excerpt, image, key }, 6))
    return NULL;

  bal_review_set_blog_id (review, bal_blog_get_id (self->blog));
  bal_review_set_title (review, strcmp (title, UNTITLED) != 0 ? title : "");
  bal_review_set_html (review, html);
  bal_review_set_key (review, key);
  bal_review_set_url (review, url);
  bal_review_set_slug (review, slug);
  bal_review_set_excerpt (review, excerpt);
  bal_review_set_featured_image (review, image != NULL && *image != '\0' ? image : NULL);
  bal_review_set_labels (review, (const char *const *) labels);
  bal_review_set_published (review, get_time (post, "published_at"));
  bal_review_set_audience (review, read_audience (post));
  return g_steal_pointer (&review);
}

/* ---- comments ------------------------------------------------------------------------------------ */

static BalCommentStatus
read_comment_status (const json_t *comment)
{
  const char *name = bal_json_get_string (comment, "status");

  if (g_strcmp0 (name, "hidden") == 0)
    return BAL_COMMENT_STATUS_SPAM;
  if (g_strcmp0 (name, "deleted") == 0)
    return BAL_COMMENT_STATUS_TRASH;
  return BAL_COMMENT_STATUS_APPROVED;
}

BalComment *
bal_ghost_parse_light_comment (const json_t *comment)
{
  const char *id = bal_json_get_string (comment, "id");
  BalComment *result;

  if (id == NULL || bal_json_get_string (comment, "status") == NULL || !bal_ghost_check_id (id, NULL))
    return NULL;

  result = bal_comment_new (0);
  bal_comment_set_remote_id (result, id);
  bal_comment_set_status (result, read_comment_status (comment));
  return result;
}

/**
 * bal_ghost_parse_comment:
 * @self: the provider
 * @comment: a comment with its post; what is deleted there has no text
 * @error: %BAL_ERROR_PROTOCOL: it has no text or no post
 *
 * Ghost puts answers to answers in one row below the first comment, and tells aside what they answer.
 *
 * Returns: (transfer full) (nullable): a comment without local id
 */
BalComment *
bal_ghost_parse_comment (BalGhost      *self,
                         const json_t  *comment,
                         GError       **error)
{
  g_autoptr(BalComment) result = bal_ghost_parse_light_comment (comment);
  json_t *member = bal_json_get_object (comment, "member");
  json_t *post = bal_json_get_object (comment, "post");
  const char *post_id = bal_json_get_string (post, "id");
  const char *parent = bal_json_get_string (comment, "in_reply_to_id");
  const char *email = bal_json_get_string (member, "email");
  g_autofree char *html = bal_provider_dup_text (comment, "html");
  g_autofree char *name = bal_provider_dup_text (member, "name");

  if (result == NULL || post_id == NULL ||
      (html == NULL && bal_comment_get_status (result) != BAL_COMMENT_STATUS_TRASH))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog sent a comment without its text, so it was left as it is "
                             "here."));
      return NULL;
    }
  if (!bal_provider_check_short (error, (const char *[]) { name, email }, 2))
    return NULL;

  bal_comment_set_blog_id (result, bal_blog_get_id (self->blog));
  bal_comment_set_html (result, html);
  bal_comment_set_remote_review_id (result, post_id);
  bal_comment_set_remote_parent_id (result, parent != NULL ? parent : bal_json_get_string (comment, "parent_id"));
  bal_comment_set_author (result, name);
  bal_comment_set_author_email (result, email);
  bal_comment_set_url (result, bal_json_get_string (post, "url"));
  bal_comment_set_created (result, get_time (comment, "created_at"));
  bal_comment_set_mine (result, email != NULL && bal_blog_get_user_id (self->blog) != NULL &&
                                g_ascii_strcasecmp (email, bal_blog_get_user_id (self->blog)) == 0);
  return g_steal_pointer (&result);
}
