/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-entities.h"
#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define KEY_PREFIX    "bal-"
#define TRASH_SUFFIX  "__trashed"

/* Naming `content` alone would have the server render it too, at twice the cost (WordPress 6.1). */
const char bal_wordpress_review_fields[] =
  "id,date_gmt,modified_gmt,slug,status,password,link,title.raw,content.raw,excerpt.raw,featured_media,"
  "categories,tags";

/* ---- values -------------------------------------------------------------------------------------- */

char *
bal_wordpress_dup_id (const json_t *object,
                      const char   *name)
{
  gint64 id = bal_json_get_int (object, name, 0);

  return id > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
}

/* The `_gmt` members have no offset and are UTC. */
static gint64
read_time (const json_t *object,
           const char   *name)
{
  gint64 time = 0;

  bal_time_from_rfc3339 (bal_json_get_string (object, name), &time);

  return time;
}

char *
bal_wordpress_key_slug (const char *key)
{
  g_autofree char *lower = g_ascii_strdown (key, -1);

  return g_strconcat (KEY_PREFIX, lower, NULL);
}

/* The key of a create, where the slug is one; WordPress puts a number behind that of a second draft, and its mark behind
 * that of one in the trash. */
static char *
read_key (const char *slug)
{
  g_autofree char *uuid = NULL;

  if (slug == NULL || !g_str_has_prefix (slug, KEY_PREFIX) || strlen (slug) < strlen (KEY_PREFIX) + 36)
    return NULL;

  uuid = g_strndup (slug + strlen (KEY_PREFIX), 36);
  return g_uuid_string_is_valid (uuid) ? g_steal_pointer (&uuid) : NULL;
}

/* NULL where the post has no slug of anybody's choice: none yet, or the key of a create. */
static char *
read_slug (const json_t    *post,
           BalReviewStatus  status)
{
  g_autofree char *slug = bal_provider_dup_text (post, "slug");
  g_autofree char *key = read_key (slug);

  if (slug == NULL || *slug == '\0' || key != NULL)
    return NULL;

  if (status == BAL_REVIEW_STATUS_TRASH && g_str_has_suffix (slug, TRASH_SUFFIX))
    slug[strlen (slug) - strlen (TRASH_SUFFIX)] = '\0';
  return g_steal_pointer (&slug);
}

/* ---- states -------------------------------------------------------------------------------------- */

static const struct { const char *name; BalReviewStatus status; } review_statuses[] = {
  { "draft", BAL_REVIEW_STATUS_DRAFT },
  { "future", BAL_REVIEW_STATUS_SCHEDULED },
  { "publish", BAL_REVIEW_STATUS_PUBLISHED },
  { "private", BAL_REVIEW_STATUS_PRIVATE },
  { "trash", BAL_REVIEW_STATUS_TRASH },
};

/* "pending" (for review by an editor) and whatever plug-ins invent are drafts: readers don't see them. */
static BalReviewStatus
read_review_status (const json_t *post)
{
  const char *name = bal_json_get_string (post, "status");

  for (guint i = 0; i < G_N_ELEMENTS (review_statuses); i++)
    if (g_strcmp0 (name, review_statuses[i].name) == 0)
      return review_statuses[i].status;

  return BAL_REVIEW_STATUS_DRAFT;
}

/* It is told to whoever may edit the post (6.1), and is not kept here. */
static BalAudience
read_audience (const json_t *post)
{
  const char *password = bal_json_get_string (post, "password");

  return password != NULL && *password != '\0' ? BAL_AUDIENCE_PASSWORD : BAL_AUDIENCE_EVERYONE;
}

const char *
bal_wordpress_review_status (BalReviewStatus status)
{
  for (guint i = 0; i < G_N_ELEMENTS (review_statuses); i++)
    if (review_statuses[i].status == status)
      return review_statuses[i].name;

  g_return_val_if_reached ("draft");
}

static const struct { const char *name; BalCommentStatus status; } comment_statuses[] = {
  { "hold", BAL_COMMENT_STATUS_PENDING },
  { "approved", BAL_COMMENT_STATUS_APPROVED },
  { "spam", BAL_COMMENT_STATUS_SPAM },
  { "trash", BAL_COMMENT_STATUS_TRASH },
  { "post-trashed", BAL_COMMENT_STATUS_TRASH },   /* lies in the trash with its post */
};

static BalCommentStatus
read_comment_status (const json_t *comment)
{
  const char *name = bal_json_get_string (comment, "status");

  for (guint i = 0; i < G_N_ELEMENTS (comment_statuses); i++)
    if (g_strcmp0 (name, comment_statuses[i].name) == 0)
      return comment_statuses[i].status;

  return BAL_COMMENT_STATUS_PENDING;
}

const char *
bal_wordpress_comment_status (BalCommentStatus status)
{
  for (guint i = 0; i < G_N_ELEMENTS (comment_statuses); i++)
    if (comment_statuses[i].status == status)
      return comment_statuses[i].name;

  g_return_val_if_reached ("hold");
}

/* ---- reviews ------------------------------------------------------------------------------------- */

/* The status is part of it because the publication of a scheduled post does not touch its time of modification (6.1). */
static char *
read_revision (const json_t *post)
{
  const char *modified = bal_json_get_string (post, "modified_gmt");
  const char *status = bal_json_get_string (post, "status");

  return g_strdup_printf ("%s/%s", modified != NULL ? modified : "", status != NULL ? status : "");
}

/* A draft without a date of its own is dated by each save, so the two times are the same. */
static gint64
read_published (const json_t    *post,
                BalReviewStatus  status,
                gint64           modified)
{
  gint64 published = read_time (post, "date_gmt");

  return status == BAL_REVIEW_STATUS_DRAFT && published == modified ? 0 : published;
}

static BalReview *
malformed (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                       _("The blog sent a post without its text, so it was left as it is here."));

  return NULL;
}

/**
 * bal_wordpress_parse_review:
 * @self: the provider, whose terms were loaded for @post
 * @post: an item of `wp/v2/posts`, with bal_wordpress_review_fields
 * @error: %BAL_ERROR_PROTOCOL: title or text are missing, which are never taken for empty ones; or what is short is not
 *
 * Returns: (transfer full) (nullable): a review without local id
 */
BalReview *
bal_wordpress_parse_review (BalWordpress  *self,
                            const json_t  *post,
                            GError       **error)
{
  g_autoptr(BalReview) review = bal_wordpress_parse_light_review (post);
  g_autofree char *title = bal_provider_dup_text (bal_json_get_object (post, "title"), "raw");
  g_autofree char *html = bal_provider_dup_text (bal_json_get_object (post, "content"), "raw");
  g_autofree char *excerpt = bal_provider_dup_text (bal_json_get_object (post, "excerpt"), "raw");
  g_autofree char *slug = NULL;
  g_autofree char *slug_there = bal_provider_dup_text (post, "slug");
  g_autofree char *key = read_key (slug_there);
  g_autofree char *url = bal_provider_dup_text (post, "link");
  g_autofree char *image = bal_wordpress_dup_id (post, "featured_media");
  g_auto(GStrv) labels = NULL;
  g_auto(GStrv) categories = NULL;
  BalReviewStatus status;

  if (review == NULL || title == NULL || html == NULL)
    return malformed (error);
  if (!bal_provider_check_short (error, (const char *[]) { title, excerpt, slug_there, url }, 4))
    return NULL;

  status = bal_review_get_status (review);
  slug = read_slug (post, status);
  labels = bal_wordpress_terms_names (self, BAL_WORDPRESS_TAGS, json_object_get (post, "tags"));
  categories = bal_wordpress_terms_names (self, BAL_WORDPRESS_CATEGORIES,
                                          json_object_get (post, "categories"));
  bal_review_set_blog_id (review, bal_blog_get_id (self->blog));
  bal_review_set_title (review, title);
  bal_review_set_html (review, html);
  bal_review_set_excerpt (review, excerpt);
  bal_review_set_slug (review, slug);
  bal_review_set_key (review, key);
  bal_review_set_url (review, url);
  bal_review_set_featured_image (review, image);
  bal_review_set_labels (review, (const char *const *) labels);
  bal_review_set_categories (review, (const char *const *) categories);
  bal_review_set_published (review, read_published (post, status, bal_review_get_updated (review)));
  bal_review_set_audience (review, read_audience (post));

  return g_steal_pointer (&review);
}

/* Id, revision, status and time of modification. NULL when it has no id. */
BalReview *
bal_wordpress_parse_light_review (const json_t *post)
{
  g_autofree char *id = bal_wordpress_dup_id (post, "id");
  g_autofree char *revision = read_revision (post);
  BalReview *review;

  if (id == NULL)
    return NULL;

  review = bal_review_new (0);
  bal_review_set_remote_id (review, id);
  bal_review_set_revision (review, revision);
  bal_review_set_status (review, read_review_status (post));
  bal_review_set_updated (review, read_time (post, "modified_gmt"));

  return review;
}

/* ---- comments ------------------------------------------------------------------------------------ */

/* Names are stored with entities (6.1), and are plain text for us. */
static char *
dup_plain (const json_t *object,
           const char   *name)
{
  g_autofree char *text = bal_provider_dup_text (object, name);

  return text != NULL ? bal_entities_decode (text, strlen (text), FALSE) : NULL;
}

/* Who may not moderate gets the text as readers see it, and no more. */
static char *
dup_comment_html (const json_t *comment)
{
  json_t *content = bal_json_get_object (comment, "content");
  char *html = bal_provider_dup_text (content, "raw");

  return html != NULL ? html : bal_provider_dup_text (content, "rendered");
}

/**
 * bal_wordpress_parse_comment:
 * @self: the provider
 * @comment: an item of `wp/v2/comments`
 * @error: %BAL_ERROR_PROTOCOL: it has no text or no post
 *
 * Returns: (transfer full) (nullable): a comment without local id
 */
BalComment *
bal_wordpress_parse_comment (BalWordpress  *self,
                             const json_t  *comment,
                             GError       **error)
{
  g_autoptr(BalComment) result = bal_wordpress_parse_light_comment (comment);
  g_autofree char *html = dup_comment_html (comment);
  g_autofree char *post = bal_wordpress_dup_id (comment, "post");
  g_autofree char *parent = bal_wordpress_dup_id (comment, "parent");
  g_autofree char *user = bal_wordpress_dup_id (comment, "author");
  g_autofree char *author = dup_plain (comment, "author_name");
  const char *email = bal_json_get_string (comment, "author_email");
  const char *site = bal_json_get_string (comment, "author_url");
  const char *ip = bal_json_get_string (comment, "author_ip");
  const char *program = bal_json_get_string (comment, "author_user_agent");
  const char *url = bal_json_get_string (comment, "link");

  if (result == NULL || html == NULL || post == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog sent a comment without its text, so it was left as it is "
                             "here."));
      return NULL;
    }
  if (!bal_provider_check_short (error, (const char *[]) { author, email, site, ip, program, url }, 6))
    return NULL;

  bal_comment_set_blog_id (result, bal_blog_get_id (self->blog));
  bal_comment_set_html (result, html);
  bal_comment_set_remote_review_id (result, post);
  bal_comment_set_remote_parent_id (result, parent);
  bal_comment_set_author (result, author);
  bal_comment_set_author_email (result, email);
  bal_comment_set_author_url (result, site);
  bal_comment_set_author_ip (result, ip);
  bal_comment_set_user_agent (result, program);
  bal_comment_set_url (result, url);
  bal_comment_set_created (result, read_time (comment, "date_gmt"));
  bal_comment_set_mine (result, user != NULL &&
                                g_strcmp0 (user, bal_blog_get_user_id (self->blog)) == 0);

  return g_steal_pointer (&result);
}

/* Id and status. NULL when it has no id. */
BalComment *
bal_wordpress_parse_light_comment (const json_t *comment)
{
  g_autofree char *id = bal_wordpress_dup_id (comment, "id");
  BalComment *result;

  if (id == NULL)
    return NULL;

  result = bal_comment_new (0);
  bal_comment_set_remote_id (result, id);
  bal_comment_set_status (result, read_comment_status (comment));

  return result;
}
