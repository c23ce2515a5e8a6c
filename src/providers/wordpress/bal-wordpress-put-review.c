/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define POSTS "wp/v2/posts"

static gboolean
check_review (BalReview  *review,
              GError    **error)
{
  const char *const texts[] = {
    bal_review_get_title (review), bal_review_get_html (review),
    bal_review_get_excerpt (review), bal_review_get_slug (review),
  };

  return bal_provider_check_texts (error, texts, G_N_ELEMENTS (texts));
}

/* ---- what is sent -------------------------------------------------------------------------------- */

static void
add_text (json_t     *body,
          const char *name,
          const char *text,
          BalReview  *base,
          const char *base_text)
{
  if (base == NULL || bal_provider_texts_differ (text, base_text))
    bal_provider_set_text (body, name, text);
}

static gboolean
add_terms (BalWordpress          *self,
           json_t                *body,
           BalWordpressTaxonomy   taxonomy,
           const char *const     *names,
           const json_t          *present,
           GCancellable          *cancellable,
           GError               **error)
{
  static const char *const members[] = { "categories", "tags" };
  json_t *ids = bal_wordpress_terms_ids (self, taxonomy, names,
                                         json_object_get (present, members[taxonomy]),
                                         cancellable, error);

  if (ids == NULL)
    return FALSE;

  json_object_set_new (body, members[taxonomy], ids);

  return TRUE;
}

/* Two terms may share a name: the ids that the post has are asked for, so that those it keeps stay the same. */
static gboolean
add_changed_terms (BalWordpress  *self,
                   json_t        *body,
                   const char    *path,
                   BalReview     *review,
                   BalReview     *base,
                   GCancellable  *cancellable,
                   GError       **error)
{
  gboolean categories = base == NULL || bal_provider_names_differ (bal_review_get_categories (review),
                                                      bal_review_get_categories (base));
  gboolean labels = base == NULL || bal_provider_names_differ (bal_review_get_labels (review),
                                                  bal_review_get_labels (base));
  g_autoptr(json_t) present = NULL;
  g_autoptr(json_t) posts = NULL;

  if (!categories && !labels)
    return TRUE;

  if (path != NULL)
    {
      present = bal_wordpress_read (self, path, "context=edit&_fields=categories,tags", NULL,
                                    cancellable, error);
      if (present == NULL)
        return FALSE;
      posts = json_pack ("[O]", present);
      if (!bal_wordpress_terms_load (self, posts, cancellable, error))
        return FALSE;
    }

  return (!categories ||
          add_terms (self, body, BAL_WORDPRESS_CATEGORIES, bal_review_get_categories (review), present,
                     cancellable, error)) &&
         (!labels ||
          add_terms (self, body, BAL_WORDPRESS_TAGS, bal_review_get_labels (review), present,
                     cancellable, error));
}

/* Published with a date to come would be scheduled (6.1): published means now then. No date means that WordPress dates
 * it: a draft with each save, others when they are published. */
static gboolean
add_status_and_time (json_t     *body,
                     BalReview  *review,
                     BalReview  *base,
                     GError    **error)
{
  BalReviewStatus status = bal_review_get_status (review);
  gint64 published = bal_review_get_published (review);
  gboolean new_status = base == NULL || status != bal_review_get_status (base);
  gboolean new_time = base == NULL ? published != 0 : published != bal_review_get_published (base);
  g_autofree char *text = bal_time_to_rfc3339 (published);

  if (new_status)
    bal_provider_set_text (body, "status", bal_wordpress_review_status (status));
  if (!new_status && !new_time)
    return TRUE;

  if (status == BAL_REVIEW_STATUS_SCHEDULED)
    {
      if (text == NULL)
        {
          g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                               _("A scheduled review needs the time at which it is to appear."));
          return FALSE;
        }
      bal_provider_set_text (body, "date_gmt", text);
    }
  else if (status != BAL_REVIEW_STATUS_DRAFT && published > bal_time_now ())
    json_object_set_new (body, "date_gmt", json_null ());
  else if (new_time)
    json_object_set_new (body, "date_gmt", text != NULL ? json_string (text) : json_null ());

  return TRUE;
}

/* A number of the blog's library, 0 to take it off. Something else (the address that another kind of blog has for it) is no
 * reason to take off what is there. */
static void
add_featured (json_t    *body,
              BalReview *review,
              BalReview *base)
{
  const char *image = bal_review_get_featured_image (review);
  gint64 id = 0;

  if (base != NULL && !bal_provider_texts_differ (image, bal_review_get_featured_image (base)))
    return;
  if (image == NULL || *image == '\0' || g_ascii_string_to_signed (image, 10, 1, G_MAXINT64, &id, NULL))
    json_object_set_new (body, "featured_media", json_integer (id));
}

static void
add_content (json_t    *body,
             BalReview *review,
             BalReview *base)
{
  add_text (body, "title", bal_review_get_title (review), base,
            base != NULL ? bal_review_get_title (base) : NULL);
  add_text (body, "content", bal_review_get_html (review), base,
            base != NULL ? bal_review_get_html (base) : NULL);
  add_text (body, "excerpt", bal_review_get_excerpt (review), base,
            base != NULL ? bal_review_get_excerpt (base) : NULL);
  add_featured (body, review, base);
}

/* ---- creating ------------------------------------------------------------------------------------ */

static json_t *
write_post (BalWordpress  *self,
            const char    *method,
            const char    *path,
            json_t        *body,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *query = g_strconcat ("_fields=", bal_wordpress_review_fields, NULL);
  g_autoptr(json_t) post = bal_wordpress_write (self, method, path, query, body, cancellable, error);

  if (post != NULL && bal_json_get_int (post, "id", 0) <= 0)
    {
      g_propagate_error (error, bal_provider_lost_answer (NULL));
      return NULL;
    }

  return g_steal_pointer (&post);
}

/* What is between may have delivered the request twice. The address that it asked for is then with the first of the two
 * (WordPress 6.1 makes drafts' addresses unique when they come by REST), and this one goes to the blog's trash. When that
 * fails it stays as the draft that it is. (transfer full): the one to go on with. @draft: taken. */
static json_t *
leave_to_twin (BalWordpress *self,
               json_t       *draft,
               const char   *slug,
               GCancellable *cancellable)
{
  g_autofree char *query = g_strdup_printf ("slug=%s&status=draft&context=edit&_fields=%s", slug,
                                            bal_wordpress_review_fields);
  g_autofree char *path = g_strdup_printf (POSTS "/%" G_GINT64_FORMAT, bal_json_get_int (draft, "id", 0));
  g_autoptr(json_t) posts = bal_wordpress_read (self, POSTS, query, NULL, cancellable, NULL);
  g_autoptr(json_t) gone = NULL;
  json_t *twin = json_array_get (posts, 0);

  if (twin == NULL || bal_json_get_int (twin, "id", 0) <= 0 ||
      !json_equal (json_object_get (twin, "title"), json_object_get (draft, "title")) ||
      !json_equal (json_object_get (twin, "content"), json_object_get (draft, "content")))
    return draft;

  gone = write_post (self, "DELETE", path, NULL, cancellable, NULL);
  json_decref (draft);
  return json_incref (twin);
}

/* A draft whose address is the key: found by it if the answer is lost, and seen by nobody. */
static json_t *
create_draft (BalWordpress  *self,
              BalReview     *review,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(json_t) body = json_object ();
  g_autoptr(json_t) draft = NULL;
  g_autofree char *slug = NULL;

  add_content (body, review, NULL);
  if (!add_changed_terms (self, body, NULL, review, NULL, cancellable, error))
    return NULL;

  bal_provider_set_text (body, "status", "draft");
  if (json_array_size (json_object_get (body, "categories")) == 0)
    json_object_del (body, "categories");            /* else not even the blog's default one */
  if (bal_review_get_key (review) != NULL)
    {
      slug = bal_wordpress_key_slug (bal_review_get_key (review));
      bal_provider_set_text (body, "slug", slug);
    }

  draft = write_post (self, "POST", POSTS, body, cancellable, error);
  if (draft != NULL && slug != NULL && g_strcmp0 (json_string_value (json_object_get (draft, "slug")), slug) != 0)
    return leave_to_twin (self, g_steal_pointer (&draft), slug, cancellable);
  return g_steal_pointer (&draft);
}

/* The rest by id: the address that was wanted (an empty one is made from the title), state and date. */
static json_t *
complete_draft (BalWordpress  *self,
                const char    *path,
                BalReview     *review,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(json_t) body = json_object ();
  g_autoptr(json_t) post = NULL;
  g_autoptr(BalReview) draft = bal_review_dup (review);
  gboolean is_trash = bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH;

  if (is_trash)
    bal_review_set_status (draft, BAL_REVIEW_STATUS_DRAFT);
  bal_provider_set_text (body, "slug", bal_review_get_slug (review));
  if (!add_status_and_time (body, draft, NULL, error))
    return NULL;

  post = write_post (self, "POST", path, body, cancellable, error);
  if (post == NULL || !is_trash)
    return g_steal_pointer (&post);

  return write_post (self, "DELETE", path, NULL, cancellable, error);
}

static BalReview *
create (BalWordpress  *self,
        BalReview     *review,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(json_t) draft = create_draft (self, review, cancellable, error);
  g_autoptr(json_t) post = NULL;
  g_autoptr(GError) failed = NULL;
  g_autofree char *path = NULL;
  BalReview *stored;

  if (draft == NULL)
    return NULL;

  path = g_strdup_printf (POSTS "/%" G_GINT64_FORMAT, bal_json_get_int (draft, "id", 0));
  post = complete_draft (self, path, review, cancellable, &failed);
  stored = post != NULL ? bal_wordpress_parse_post (self, post, cancellable, &failed) : NULL;
  if (stored != NULL)
    return stored;

  /* The draft is there, whatever went wrong: it has to be looked up, and goes on from where it is. */
  g_debug ("A new post was left half done: %s", failed->message);
  if (g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    g_propagate_error (error, bal_provider_lost_answer (failed));

  return NULL;
}

/* ---- changing ------------------------------------------------------------------------------------ */

static json_t *
make_changes (BalWordpress  *self,
              const char    *path,
              BalReview     *review,
              BalReview     *base,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(json_t) body = json_object ();
  const char *slug = bal_review_get_slug (review);
  gboolean was_draft = base == NULL || bal_review_get_status (base) == BAL_REVIEW_STATUS_DRAFT;

  add_content (body, review, base);
  add_text (body, "slug", slug, base, base != NULL ? bal_review_get_slug (base) : NULL);
  if (!add_changed_terms (self, body, path, review, base, cancellable, error))
    return NULL;

  /* "trash" is no state that can be set (6.1); deleting leads there. */
  if (bal_review_get_status (review) != BAL_REVIEW_STATUS_TRASH &&
      !add_status_and_time (body, review, base, error))
    return NULL;

  /* A draft that was found again may still have its key for an address. */
  if (was_draft && slug == NULL && json_object_size (body) > 0)
    bal_provider_set_text (body, "slug", "");

  return g_steal_pointer (&body);
}

static BalReview *
update (BalWordpress  *self,
        BalReview     *review,
        BalReview     *base,
        GCancellable  *cancellable,
        GError       **error)
{
  const char *id = bal_review_get_remote_id (review);
  g_autofree char *path = g_strconcat (POSTS "/", id, NULL);
  g_autoptr(json_t) body = make_changes (self, path, review, base, cancellable, error);
  g_autoptr(json_t) post = NULL;
  gboolean is_trash = bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH;
  gboolean was_trash = base != NULL && bal_review_get_status (base) == BAL_REVIEW_STATUS_TRASH;

  if (body == NULL)
    return NULL;

  if (json_object_size (body) > 0)
    {
      post = write_post (self, "POST", path, body, cancellable, error);
      if (post == NULL)
        return NULL;
    }
  if (is_trash && !was_trash)
    {
      g_clear_pointer (&post, json_decref);
      post = write_post (self, "DELETE", path, NULL, cancellable, error);
      if (post == NULL)
        return NULL;
    }
  if (was_trash && !is_trash)
    bal_wordpress_restore_comments (self, id, cancellable);

  return post != NULL ? bal_wordpress_parse_post (self, post, cancellable, error)
                      : bal_wordpress_get_review (BAL_PROVIDER (self), id, cancellable, error);
}

BalReview *
bal_wordpress_create_review (BalProvider   *provider,
                             BalReview     *review,
                             GCancellable  *cancellable,
                             GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autoptr(json_t) draft = NULL;

  if (bal_review_get_key (review) == NULL || !check_review (review, error))
    return NULL;

  draft = create_draft (self, review, cancellable, error);
  return draft != NULL ? bal_wordpress_parse_post (self, draft, cancellable, error) : NULL;
}

BalReview *
bal_wordpress_put_review (BalProvider   *provider,
                          BalReview     *review,
                          BalReview     *base,
                          GCancellable  *cancellable,
                          GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);

  if (!check_review (review, error))
    return NULL;

  return bal_review_get_remote_id (review) == NULL
           ? create (self, review, cancellable, error)
           : update (self, review, base, cancellable, error);
}
