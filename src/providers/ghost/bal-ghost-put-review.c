/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define POSTS       "posts/"
#define ANSWER      "formats=html,lexical&include=tags"
/* Ghost refuses more. */
#define MAX_TITLE   255
#define MAX_EXCERPT 300
/* Quarters of a second, and a few to spare; where a clock stands still, no more. */
#define MAX_WAITS   8

/* ---- what can be sent ----------------------------------------------------------------------------- */

/* Ghost's own refusal does not say what is wrong with them. */
static gboolean
check_length (const char  *text,
              glong        max,
              const char  *words,
              GError     **error)
{
  if (text == NULL || g_utf8_strlen (text, -1) <= max)
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
check_review (BalReview  *review,
              GError    **error)
{
  const char *const texts[] = {
    bal_review_get_title (review), bal_review_get_html (review),
    bal_review_get_excerpt (review), bal_review_get_slug (review),
  };
  const char *const *labels = bal_review_get_labels (review);

  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_SCHEDULED && bal_review_get_published (review) == 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("A scheduled review needs the time at which it is to appear."));
      return FALSE;
    }
  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                           _("This blog has no trash; delete for good instead."));
      return FALSE;
    }
  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_PRIVATE)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                           _("This blog has no private reviews. The review is kept here."));
      return FALSE;
    }
  return bal_provider_check_texts (error, texts, G_N_ELEMENTS (texts)) &&
         bal_provider_check_texts (error, labels, g_strv_length ((char **) labels)) &&
         check_length (texts[0], MAX_TITLE, _("Ghost takes a title of 255 letters at most; shorten it. The review is kept here."),
                       error) &&
         check_length (texts[2], MAX_EXCERPT,
                       _("Ghost takes an excerpt of 300 letters at most; shorten it. The review is kept here."), error);
}

/* Tags that the post has stay the ones that they are, in their order: the first one stands above the post. */
static json_t *
make_tags (BalReview    *review,
           const json_t *present)
{
  const char *const *labels = bal_review_get_labels (review);
  json_t *tags = json_array ();
  g_autoptr(GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  json_t *tag;
  size_t i;

  json_array_foreach (bal_json_get_array (present, "tags"), i, tag)
    {
      const char *name = bal_json_get_string (tag, "name");

      if (name == NULL || bal_json_get_string (tag, "id") == NULL || !g_strv_contains (labels, name))
        continue;
      json_array_append_new (tags, json_pack ("{s:s}", "id", bal_json_get_string (tag, "id")));
      g_hash_table_add (done, (gpointer) name);
    }
  for (i = 0; labels[i] != NULL; i++)
    if (g_hash_table_add (done, (gpointer) labels[i]))
      json_array_append_new (tags, json_pack ("{s:s}", "name", labels[i]));
  return tags;
}

static void
set_text_or_null (json_t     *body,
                  const char *name,
                  const char *text)
{
  json_object_set_new (body, name, text != NULL && *text != '\0' ? json_string (text) : json_null ());
}

/* @now: (nullable): the review as @present is */
static void
add_content (json_t       *body,
             BalReview    *review,
             BalReview    *now,
             const json_t *present)
{
  const char *slug = bal_review_get_slug (review);

  if (now == NULL || bal_provider_texts_differ (bal_review_get_title (review), bal_review_get_title (now)))
    bal_provider_set_text (body, "title", bal_review_get_title (review));
  if (now == NULL || bal_provider_texts_differ (bal_review_get_html (review), bal_review_get_html (now)))
    {
      g_autofree char *lexical = bal_ghost_make_lexical (bal_review_get_html (review), present);

      bal_provider_set_text (body, "lexical", lexical);
    }
  if (now == NULL || bal_provider_texts_differ (bal_review_get_excerpt (review), bal_review_get_excerpt (now)))
    set_text_or_null (body, "custom_excerpt", bal_review_get_excerpt (review));
  if (now == NULL ||
      bal_provider_texts_differ (bal_review_get_featured_image (review), bal_review_get_featured_image (now)))
    set_text_or_null (body, "feature_image", bal_review_get_featured_image (review));
  if (now == NULL || bal_provider_names_differ (bal_review_get_labels (review), bal_review_get_labels (now)))
    json_object_set_new (body, "tags", make_tags (review, present));
  if (slug != NULL && *slug != '\0' && (now == NULL || bal_provider_texts_differ (slug, bal_review_get_slug (now))))
    bal_provider_set_text (body, "slug", slug);
}

/* Published with a date to come would be published and dated so (6.65): it means now then. */
static void
add_status_and_time (json_t    *body,
                     BalReview *review,
                     BalReview *now)
{
  BalReviewStatus status = bal_review_get_status (review);
  gint64 published = bal_review_get_published (review);
  gboolean new_status = status != bal_review_get_status (now);
  gboolean is_future = status == BAL_REVIEW_STATUS_PUBLISHED && published > bal_time_now ();
  g_autofree char *text = bal_time_to_rfc3339 (published);

  if (new_status)
    bal_provider_set_text (body, "status", bal_ghost_review_status (status));
  if (published != bal_review_get_published (now) && !(status == BAL_REVIEW_STATUS_PUBLISHED && !new_status && text == NULL))
    set_text_or_null (body, "published_at", is_future ? NULL : text);
  else if (new_status && is_future)
    json_object_set_new (body, "published_at", json_null ());
}

static json_t *
write_post (BalGhost      *self,
            const char    *method,
            const char    *path,
            json_t        *body,              /* (transfer full) */
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(json_t) whole = json_pack ("{s:[o]}", "posts", body);
  g_autoptr(json_t) answer = bal_ghost_write (self, method, path, ANSWER, whole, cancellable, error);
  json_t *post = bal_ghost_first (answer, "posts");

  if (answer != NULL && bal_json_get_string (post, "id") == NULL)
    g_propagate_error (error, bal_provider_lost_answer (NULL));
  return bal_json_get_string (post, "id") != NULL ? json_incref (post) : NULL;
}

/* ---- creating ------------------------------------------------------------------------------------ */

/* What is between may have delivered the request twice: the first of the two is the one, and the other, if it is nothing but
 * its twin, goes. When that fails, it stays as the draft that it is. (transfer full): the one to go on with. @draft: taken */
static json_t *
leave_to_twin (BalGhost     *self,
               json_t       *draft,
               const char   *foot,
               GCancellable *cancellable)
{
  g_autofree char *quoted = bal_ghost_quote (foot);
  g_autofree char *query = bal_ghost_filter ("order=id%20asc&limit=5&" ANSWER, "codeinjection_foot:%s", quoted);
  g_autoptr(json_t) answer = bal_ghost_read (self, POSTS, query, NULL, cancellable, NULL);
  json_t *posts = bal_json_get_array (answer, "posts");
  json_t *first = json_array_get (posts, 0);
  json_t *post;
  size_t i;

  if (json_array_size (posts) < 2)
    return draft;

  json_array_foreach (posts, i, post)
    if (i > 0 && g_strcmp0 (bal_json_get_string (post, "status"), "draft") == 0 &&
        json_equal (json_object_get (post, "title"), json_object_get (first, "title")) &&
        json_equal (json_object_get (post, "html"), json_object_get (first, "html")))
      bal_ghost_delete_review (BAL_PROVIDER (self), bal_json_get_string (post, "id"), cancellable, NULL);

  json_decref (draft);
  return json_incref (first);
}

/* A draft with the key at its foot: found by it if the answer is lost, and seen by nobody. */
static json_t *
create_draft (BalGhost      *self,
              BalReview     *review,
              GCancellable  *cancellable,
              GError       **error)
{
  json_t *body = json_object ();
  g_autofree char *foot = bal_review_get_key (review) != NULL ? bal_ghost_foot_of_key (bal_review_get_key (review)) : NULL;
  json_t *draft;

  add_content (body, review, NULL, NULL);
  bal_provider_set_text (body, "status", "draft");
  if (foot != NULL)
    bal_provider_set_text (body, "codeinjection_foot", foot);

  draft = write_post (self, "POST", POSTS, body, cancellable, error);
  return draft != NULL && foot != NULL ? leave_to_twin (self, draft, foot, cancellable) : draft;
}

BalReview *
bal_ghost_create_review (BalProvider   *provider,
                         BalReview     *review,
                         GCancellable  *cancellable,
                         GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  g_autoptr(json_t) draft = NULL;

  if (bal_review_get_key (review) == NULL || !check_review (review, error))
    return NULL;

  draft = create_draft (self, review, cancellable, error);
  return draft != NULL ? bal_ghost_parse_review (self, draft, error) : NULL;
}

/* ---- changing ------------------------------------------------------------------------------------ */

static gboolean
content_differs (BalReview *a,
                 BalReview *b)
{
  return bal_provider_texts_differ (bal_review_get_title (a), bal_review_get_title (b)) ||
         bal_provider_texts_differ (bal_review_get_html (a), bal_review_get_html (b)) ||
         bal_provider_texts_differ (bal_review_get_excerpt (a), bal_review_get_excerpt (b)) ||
         bal_provider_texts_differ (bal_review_get_slug (a), bal_review_get_slug (b)) ||
         bal_provider_texts_differ (bal_review_get_featured_image (a), bal_review_get_featured_image (b)) ||
         bal_provider_names_differ (bal_review_get_labels (a), bal_review_get_labels (b)) ||
         bal_review_get_status (a) != bal_review_get_status (b) ||
         bal_review_get_published (a) != bal_review_get_published (b);
}

/* Ghost tells a change by a time in whole seconds (6.65): one in the second of the last save would not be told, so that second
 * must be over. A draft that still has the key of its create is known to nobody else. */
static gboolean
may_hide_a_change (BalReview       *now,
                   BalHttpResponse *response)
{
  g_autofree char *text = bal_provider_server_time (response);
  gint64 time;

  return bal_review_get_key (now) == NULL && text != NULL && bal_time_from_rfc3339 (text, &time) && bal_review_get_updated (now) >= time;
}

static gboolean
wait_a_moment (GCancellable  *cancellable,
               GError       **error)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 4;

  while (g_get_monotonic_time () < end && !g_cancellable_is_cancelled (cancellable))
    g_usleep (G_USEC_PER_SEC / 50);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static json_t *
get_present (BalGhost      *self,
             BalReview     *review,
             BalReview    **now,
             GCancellable  *cancellable,
             GError       **error)
{
  for (guint i = 0;; i++)
    {
      g_autoptr(BalHttpResponse) response = NULL;
      g_autoptr(json_t) post = bal_ghost_get_post (self, bal_review_get_remote_id (review), &response, cancellable, error);

      g_clear_object (now);
      *now = post != NULL ? bal_ghost_parse_review (self, post, error) : NULL;
      if (*now == NULL)
        return NULL;

      if (i >= MAX_WAITS || !may_hide_a_change (*now, response))
        return g_steal_pointer (&post);
      if (!wait_a_moment (cancellable, error))
        return NULL;
    }
}

/* What is out is not scheduled (6.65): it becomes a draft first. */
static gboolean
take_back (BalGhost      *self,
           const char    *path,
           json_t       **present,
           BalReview    **now,
           GCancellable  *cancellable,
           GError       **error)
{
  json_t *body = json_pack ("{s:s, s:O}", "status", "draft", "updated_at", json_object_get (*present, "updated_at"));
  json_t *post = write_post (self, "PUT", path, body, cancellable, error);

  if (post == NULL)
    return FALSE;

  json_decref (*present);
  *present = post;
  g_clear_object (now);
  *now = bal_ghost_parse_review (self, post, error);
  return *now != NULL;
}

static BalReview *
update (BalGhost      *self,
        BalReview     *review,
        BalReview     *base,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(BalReview) now = NULL;
  g_autoptr(json_t) present = get_present (self, review, &now, cancellable, error);
  g_autofree char *path = g_strconcat (POSTS, bal_review_get_remote_id (review), "/", NULL);
  g_autofree char *foot = NULL;
  g_autoptr(json_t) body = json_object ();
  g_autoptr(json_t) stored = NULL;

  if (present == NULL)
    return NULL;
  if (base != NULL && content_differs (base, now))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                           _("The post was changed on the blog at this moment; Balcony looks at it again first."));
      return NULL;
    }

  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_SCHEDULED &&
      bal_review_get_status (now) == BAL_REVIEW_STATUS_PUBLISHED &&
      !take_back (self, path, &present, &now, cancellable, error))
    return NULL;

  add_content (body, review, now, present);
  add_status_and_time (body, review, now);
  foot = bal_ghost_strip_foot (present, NULL);
  if (bal_review_get_key (now) != NULL)
    set_text_or_null (body, "codeinjection_foot", foot);
  if (json_object_size (body) == 0)
    return g_steal_pointer (&now);

  json_object_set (body, "updated_at", json_object_get (present, "updated_at"));
  stored = write_post (self, "PUT", path, g_steal_pointer (&body), cancellable, error);
  return stored != NULL ? bal_ghost_parse_review (self, stored, error) : NULL;
}

/* One without a key, which nobody could find again. */
static BalReview *
create (BalGhost      *self,
        BalReview     *review,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(json_t) draft = create_draft (self, review, cancellable, error);
  g_autoptr(BalReview) whole = NULL;
  g_autoptr(GError) failed = NULL;
  BalReview *stored;

  if (draft == NULL)
    return NULL;

  whole = bal_review_dup (review);
  bal_review_set_remote_id (whole, bal_json_get_string (draft, "id"));
  stored = update (self, whole, NULL, cancellable, &failed);
  if (stored == NULL && g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (stored == NULL)
    g_propagate_error (error, bal_provider_lost_answer (failed));
  return stored;
}

BalReview *
bal_ghost_put_review (BalProvider   *provider,
                      BalReview     *review,
                      BalReview     *base,
                      GCancellable  *cancellable,
                      GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);

  if (!check_review (review, error))
    return NULL;

  return bal_review_get_remote_id (review) == NULL ? create (self, review, cancellable, error)
                                                   : update (self, review, base, cancellable, error);
}
