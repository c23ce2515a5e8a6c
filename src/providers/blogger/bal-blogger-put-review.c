/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define POSTS       "posts"
/* Blogger refuses more with "The value for field labels was not valid" (what users report). */
#define MAX_LABELS  20
#define MAX_LETTERS 200

/* ---- what can be sent ----------------------------------------------------------------------------- */

/* Blogger's own refusal does not say what is wrong with them. */
static gboolean
check_labels (const char *const  *labels,
              GError            **error)
{
  guint n = g_strv_length ((char **) labels);
  glong n_letters = 0;

  for (guint i = 0; i < n; i++)
    {
      n_letters += g_utf8_strlen (labels[i], -1) + (i > 0 ? 1 : 0);
      if (strchr (labels[i], ',') != NULL)
        {
          g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                       _("Blogger takes no comma within a label; change “%s”. The review is kept here."), labels[i]);
          return FALSE;
        }
    }
  if (n <= MAX_LABELS && n_letters <= MAX_LETTERS)
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
               _("Blogger takes at most %d labels with %d letters in all, and this review has %u with %ld; take some "
                 "away. The review is kept here."), MAX_LABELS, MAX_LETTERS, n, n_letters);
  return FALSE;
}

static gboolean
check_review (BalReview  *review,
              GError    **error)
{
  const char *const texts[] = { bal_review_get_title (review), bal_review_get_html (review) };

  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_SCHEDULED && bal_review_get_published (review) == 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("A scheduled review needs the time at which it is to appear."));
      return FALSE;
    }
  return bal_provider_check_texts (error, texts, G_N_ELEMENTS (texts)) &&
         bal_provider_check_texts (error, bal_review_get_labels (review),
                                   g_strv_length ((char **) bal_review_get_labels (review)));
}

static json_t *
make_labels (BalReview *review)
{
  const char *const *labels = bal_review_get_labels (review);
  json_t *array = json_array ();

  for (guint i = 0; labels[i] != NULL; i++)
    json_array_append_new (array, json_string (labels[i]));
  return array;
}

/* ---- creating ------------------------------------------------------------------------------------ */

/* A draft with the key before its text: found by it if the answer is lost, and seen by nobody. Comments are only allowed
 * where that is said. */
static json_t *
create_draft (BalBlogger    *self,
              BalReview     *review,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(json_t) body = json_object ();
  g_autofree char *flat = bal_blogger_flatten (bal_review_get_html (review));
  g_autofree char *content = bal_review_get_key (review) != NULL
                             ? bal_blogger_add_key (flat, bal_review_get_key (review)) : g_strdup (flat);

  if (!check_review (review, error) || !check_labels (bal_review_get_labels (review), error))
    return NULL;

  bal_provider_set_text (body, "title", bal_review_get_title (review));
  bal_provider_set_text (body, "content", content);
  bal_provider_set_text (body, "readerComments", "ALLOW");
  json_object_set_new (body, "labels", make_labels (review));
  return bal_blogger_write (self, "POST", POSTS, "isDraft=true&fetchBody=true&fetchImages=false", body, cancellable, error);
}

BalReview *
bal_blogger_create_review (BalProvider   *provider,
                           BalReview     *review,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalBlogger *self = BAL_BLOGGER (provider);
  g_autoptr(json_t) post = NULL;

  if (bal_review_get_key (review) == NULL)
    return NULL;

  post = create_draft (self, review, cancellable, error);
  return post != NULL ? bal_blogger_parse_review (self, post, error) : NULL;
}

/* ---- changing ------------------------------------------------------------------------------------ */

typedef struct
{
  BalBlogger   *self;
  BalReview    *review;
  BalReview    *now;             /* as it is there */
  const char   *path;
  gboolean      has_key;         /* its text still begins with the key of its create */
  json_t       *post;            /* (nullable): what the last method answered */
  GCancellable *cancellable;
} Change;

static gboolean
content_differs (BalReview *a,
                 BalReview *b)
{
  return bal_provider_texts_differ (bal_review_get_title (a), bal_review_get_title (b)) ||
         bal_provider_texts_differ (bal_review_get_html (a), bal_review_get_html (b)) ||
         bal_provider_names_differ (bal_review_get_labels (a), bal_review_get_labels (b)) ||
         bal_review_get_status (a) != bal_review_get_status (b) ||
         bal_review_get_published (a) != bal_review_get_published (b);
}

static gboolean
send (Change      *change,
      const char  *method,
      const char  *verb,
      const char  *query,
      json_t      *body,
      GError     **error)
{
  g_autofree char *path = g_strconcat (change->path, verb, NULL);

  json_decref (change->post);
  change->post = bal_blogger_write (change->self, method, path, query, body, change->cancellable, error);
  return change->post != NULL;
}

/* Only what differs: PATCH leaves the rest as it is, and PUT of a draft often fails (reports of 2018 to 2021). */
static gboolean
send_content (Change  *change,
              GError **error)
{
  BalReview *review = change->review, *now = change->now;
  g_autoptr(json_t) body = json_object ();
  gboolean is_published = bal_review_get_status (review) == BAL_REVIEW_STATUS_PUBLISHED &&
                          bal_review_get_status (now) == BAL_REVIEW_STATUS_PUBLISHED;
  gint64 published = bal_review_get_published (review);

  if (bal_provider_texts_differ (bal_review_get_title (review), bal_review_get_title (now)))
    bal_provider_set_text (body, "title", bal_review_get_title (review));
  if (change->has_key || bal_provider_texts_differ (bal_review_get_html (review), bal_review_get_html (now)))
    {
      g_autofree char *flat = bal_blogger_flatten (bal_review_get_html (review));

      bal_provider_set_text (body, "content", flat);
    }
  if (bal_provider_names_differ (bal_review_get_labels (review), bal_review_get_labels (now)))
    {
      if (!check_labels (bal_review_get_labels (review), error))
        return FALSE;
      json_object_set_new (body, "labels", make_labels (review));
    }
  if (is_published && published != 0 && published != bal_review_get_published (now) && published <= bal_time_now ())
    {
      g_autofree char *text = bal_time_to_rfc3339 (published);

      bal_provider_set_text (body, "published", text);
    }
  return json_object_size (body) == 0 || send (change, "PATCH", "", "fetchBody=true&fetchImages=false", body, error);
}

/* A date to come would schedule it: published means now then. */
static gboolean
publish (Change  *change,
         GError **error)
{
  gint64 published = bal_review_get_published (change->review);
  gboolean is_scheduled = bal_review_get_status (change->review) == BAL_REVIEW_STATUS_SCHEDULED;
  g_autofree char *date = published != 0 && (is_scheduled || published <= bal_time_now ())
                          ? bal_time_to_rfc3339 (published) : NULL;
  g_autofree char *query = date != NULL ? g_strconcat ("publishDate=", date, NULL) : NULL;

  return send (change, "POST", "/publish", query, NULL, error);
}

static gboolean
set_impossible (const char  *words,
                GError     **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED, words);
  return FALSE;
}

/* What readers no longer see is taken from them before it changes. */
static gboolean
send_revert (Change  *change,
             GError **error)
{
  BalReviewStatus wanted = bal_review_get_status (change->review);
  BalReviewStatus now = bal_review_get_status (change->now);
  gboolean is_out = now == BAL_REVIEW_STATUS_PUBLISHED || now == BAL_REVIEW_STATUS_SCHEDULED;

  if (now == BAL_REVIEW_STATUS_TRASH && wanted != BAL_REVIEW_STATUS_TRASH)
    return set_impossible (_("Only blogger.com itself can take a post out of its trash: do it there and sync again. "
                             "The review is kept here."), error);
  if (wanted == BAL_REVIEW_STATUS_PRIVATE)
    return set_impossible (_("This blog has no private reviews. The review is kept here."), error);
  if ((wanted == BAL_REVIEW_STATUS_DRAFT && is_out) ||
      (wanted == BAL_REVIEW_STATUS_SCHEDULED && now == BAL_REVIEW_STATUS_PUBLISHED))
    return send (change, "POST", "/revert", NULL, NULL, error);
  return TRUE;
}

static gboolean
send_status (Change  *change,
             GError **error)
{
  BalReviewStatus wanted = bal_review_get_status (change->review);
  BalReviewStatus now = bal_review_get_status (change->now);
  gboolean is_other_time = bal_review_get_published (change->review) != bal_review_get_published (change->now);

  switch (wanted)
    {
    case BAL_REVIEW_STATUS_PUBLISHED:
      return now == BAL_REVIEW_STATUS_PUBLISHED || publish (change, error);
    case BAL_REVIEW_STATUS_SCHEDULED:
      return (now == BAL_REVIEW_STATUS_SCHEDULED && !is_other_time) || publish (change, error);
    case BAL_REVIEW_STATUS_TRASH:
      if (now == BAL_REVIEW_STATUS_TRASH)
        return TRUE;
      return send (change, "DELETE", "", "useTrash=true", NULL, error);
    case BAL_REVIEW_STATUS_DRAFT:
    case BAL_REVIEW_STATUS_PRIVATE:
    default:
      return TRUE;
    }
}

/* The API has no way to say "only if it is still as I know it": it is looked at just before. The time of change says too
 * much, as a new comment may move it, and too little, as it is told in whole seconds at times: the content counts. */
static gboolean
check_unchanged (Change     *change,
                 BalReview  *base,
                 GError    **error)
{
  if (base == NULL || !content_differs (base, change->now))
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                       _("The post was changed on the blog at this moment; Balcony looks at it again first."));
  return FALSE;
}

/* @change->now is set. */
static gboolean
make_changes (Change     *change,
              BalReview  *base,
              GError    **error)
{
  return check_unchanged (change, base, error) && send_revert (change, error) &&
         (bal_review_get_status (change->now) == BAL_REVIEW_STATUS_TRASH || send_content (change, error)) &&
         send_status (change, error);
}

static BalReview *
update (BalBlogger    *self,
        BalReview     *review,
        BalReview     *base,
        json_t        *present,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autofree char *path = g_strconcat (POSTS "/", bal_blogger_get_id (present), NULL);
  g_autoptr(BalReview) now = bal_blogger_parse_review (self, present, error);
  g_autofree char *key = NULL;
  g_autofree char *html = NULL;
  Change change = { self, review, now, path, FALSE, NULL, cancellable };
  g_autoptr(json_t) post = NULL;
  gboolean done;

  if (now == NULL)
    return NULL;

  html = bal_blogger_strip_key (bal_json_get_string (present, "content"), &key);
  change.has_key = key != NULL;
  done = make_changes (&change, base, error);
  post = change.post;
  if (!done)
    return NULL;

  /* Not every method answers with all of the post. */
  if (post != NULL && bal_json_get_string (post, "content") != NULL && bal_json_get_string (post, "status") != NULL)
    return bal_blogger_parse_review (self, post, error);
  return bal_blogger_get_review (BAL_PROVIDER (self), bal_blogger_get_id (present), cancellable, error);
}

/* One without a key, which nobody could find again. */
static BalReview *
create (BalBlogger    *self,
        BalReview     *review,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(json_t) draft = create_draft (self, review, cancellable, error);
  g_autoptr(GError) failed = NULL;
  BalReview *stored;

  if (draft == NULL)
    return NULL;

  stored = update (self, review, NULL, draft, cancellable, &failed);
  if (stored == NULL && g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (stored == NULL)
    g_propagate_error (error, bal_provider_lost_answer (failed));
  return stored;
}

BalReview *
bal_blogger_put_review (BalProvider   *provider,
                        BalReview     *review,
                        BalReview     *base,
                        GCancellable  *cancellable,
                        GError       **error)
{
  BalBlogger *self = BAL_BLOGGER (provider);
  g_autoptr(json_t) present = NULL;

  if (!check_review (review, error))
    return NULL;
  if (bal_review_get_remote_id (review) == NULL)
    return create (self, review, cancellable, error);

  present = bal_blogger_get_post (self, bal_review_get_remote_id (review), cancellable, error);
  return present != NULL ? update (self, review, base, present, cancellable, error) : NULL;
}
