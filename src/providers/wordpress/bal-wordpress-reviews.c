/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>

/* `modified_after` compares local times, and when clocks go back an hour happens twice (WordPress 6.1). */
#define OVERLAP_S (2 * 60 * 60)
/* Among so many of the account's newest posts a lost create is looked for. */
#define N_RECENT  25

/* ---- listing ------------------------------------------------------------------------------------- */

/* A listing of changes has two phases: what was saved since, and what was published since, because the publication of
 * a scheduled post is not a save (6.1). Neither finds a post that was created elsewhere with a date in the past:
 * only a sweep does. */
enum { PHASE_SAVED, PHASE_PUBLISHED, N_PHASES };

static char *
make_listing_url (BalWordpress            *self,
                  const char              *since,
                  const BalWordpressPlace *place,
                  const char              *fields)
{
  g_autoptr(GString) query = g_string_new (NULL);
  gint64 time;

  g_string_printf (query, "orderby=id&order=asc&per_page=%u&page=%u&context=edit&_fields=%s",
                   place->size, place->page, fields);
  if (place->phase == PHASE_PUBLISHED)
    g_string_append (query, "&status=publish,private");
  else
    g_string_append (query, "&status=any,trash");     /* "any" leaves the trash out */

  if (since != NULL && bal_time_from_rfc3339 (since, &time))
    {
      g_autofree char *from = bal_time_to_rfc3339 (time - OVERLAP_S);

      g_string_append_printf (query, "&%s=%s",
                              place->phase == PHASE_PUBLISHED ? "after" : "modified_after", from);
    }

  return bal_wordpress_url (bal_blog_get_endpoint (self->blog), "wp/v2/posts", query->str);
}

static char *
listing_url (BalWordpress            *self,
             const char              *since,
             const BalWordpressPlace *place)
{
  return make_listing_url (self, since, place, bal_wordpress_review_fields);
}

static char *
ids_url (BalWordpress            *self,
         const char              *since,
         const BalWordpressPlace *place)
{
  return make_listing_url (self, since, place, "id");
}

/* A post that is larger than any answer may be holds up nothing but itself: all that comes in of it is its id. */
static json_t *
read_reviews (BalWordpress       *self,
              const char         *since,
              BalWordpressPlace  *place,
              BalPage            *page,
              BalHttpResponse   **response,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr(GError) failed = NULL;
  json_t *posts = bal_wordpress_read_page (self, listing_url, since, place, response, cancellable, &failed);
  g_autoptr(json_t) ids = NULL;
  json_t *item;
  size_t i;

  if (posts != NULL)
    return posts;
  if (bal_error_is_too_large (failed))    /* of one row, as fewer there are not */
    ids = bal_wordpress_read_page (self, ids_url, since, place, response, cancellable, NULL);
  page->too_large = g_ptr_array_new_with_free_func (g_free);
  json_array_foreach (ids, i, item)
    {
      char *id = bal_wordpress_dup_id (item, "id");

      if (id != NULL)
        g_ptr_array_add (page->too_large, id);
    }
  if (page->too_large->len > 0)
    return json_array ();

  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static gboolean
fill_reviews (BalWordpress  *self,
              BalPage       *page,
              json_t        *posts,
              GCancellable  *cancellable,
              GError       **error)
{
  json_t *post;
  size_t i;

  if (!bal_wordpress_terms_load (self, posts, cancellable, error))
    return FALSE;

  json_array_foreach (posts, i, post)
    {
      BalReview *review = bal_wordpress_parse_review (self, post, error);

      if (review == NULL)
        return FALSE;
      g_ptr_array_add (page->items, review);
    }

  return TRUE;
}

/* Goes on to the next page or phase and asks for it at once. */
static void
go_on (BalWordpress      *self,
       BalPage           *page,
       const char        *since,
       BalWordpressPlace *place,
       BalHttpResponse   *response,
       gsize              n_items,
       GCancellable      *cancellable)
{
  page->n_total = bal_wordpress_header_number (response, "X-WP-Total", 0);
  if (!bal_wordpress_place_advance (place, response, n_items, bal_http_client_get_max_bytes (self->http)))
    {
      if (since == NULL || place->phase + 1 == N_PHASES)
        {
          page->watermark = g_strdup (place->mark);
          return;
        }
      place->phase++;
      place->page = 1;
      place->size = BAL_WORDPRESS_PAGE_SIZE;
      place->total = 0;
    }

  page->next = bal_wordpress_place_write (place);
  bal_wordpress_read_ahead (self, listing_url, since, place, cancellable);
}

BalPage *
bal_wordpress_list_reviews (BalProvider   *provider,
                            const char    *since,
                            const char    *cursor,
                            GCancellable  *cancellable,
                            GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_auto(BalWordpressPlace) place = { 0 };
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(json_t) posts = NULL;
  gsize n_rows;

  bal_wordpress_place_read (&place, cursor);
  if (cursor == NULL)
    bal_wordpress_terms_forget (self);

  posts = read_reviews (self, since, &place, page, &response, cancellable, error);
  if (posts == NULL)
    return NULL;

  if (place.mark == NULL)
    place.mark = bal_provider_server_time (response);
  n_rows = json_array_size (posts) + (page->too_large != NULL ? page->too_large->len : 0);
  go_on (self, page, since, &place, response, n_rows, cancellable);
  if (!fill_reviews (self, page, posts, cancellable, error))
    return NULL;

  return g_steal_pointer (&page);
}

static char *
sweep_url (BalWordpress            *self,
           const char              *since,
           const BalWordpressPlace *place)
{
  g_autofree char *query = g_strdup_printf ("orderby=id&order=asc&per_page=%u&context=edit&status=any,trash"
                                            "&_fields=id,modified_gmt,status&page=%u", place->size, place->page);

  return bal_wordpress_url (bal_blog_get_endpoint (self->blog), "wp/v2/posts", query);
}

BalPage *
bal_wordpress_sweep_reviews (BalProvider   *provider,
                             const char    *cursor,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(json_t) posts =
    bal_wordpress_read_sweep (BAL_WORDPRESS (provider), sweep_url, cursor, page, cancellable, error);
  json_t *post;
  size_t i;

  if (posts == NULL)
    return NULL;

  json_array_foreach (posts, i, post)
    {
      BalReview *review = bal_wordpress_parse_light_review (post);

      if (review != NULL)
        g_ptr_array_add (page->items, review);
    }

  return g_steal_pointer (&page);
}

/* ---- single ones --------------------------------------------------------------------------------- */

BalReview *
bal_wordpress_parse_post (BalWordpress  *self,
                          json_t        *post,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr(json_t) posts = json_pack ("[O]", post);

  if (!bal_wordpress_terms_load (self, posts, cancellable, error))
    return NULL;

  return bal_wordpress_parse_review (self, post, error);
}

BalReview *
bal_wordpress_get_review (BalProvider   *provider,
                          const char    *remote_id,
                          GCancellable  *cancellable,
                          GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autofree char *path = g_strconcat ("wp/v2/posts/", remote_id, NULL);
  g_autofree char *query = g_strconcat ("context=edit&_fields=", bal_wordpress_review_fields, NULL);
  g_autoptr(json_t) post = bal_wordpress_read (self, path, query, NULL, cancellable, error);

  return post != NULL ? bal_wordpress_parse_post (self, post, cancellable, error) : NULL;
}

static gboolean
is_twin (const json_t *post,
         BalReview    *review)
{
  g_autofree char *title = bal_provider_dup_text (bal_json_get_object (post, "title"), "raw");
  g_autofree char *html = bal_provider_dup_text (bal_json_get_object (post, "content"), "raw");

  return bal_provider_is_twin (review, title, html);
}

/* The account's newest posts, as bal_wordpress_read_page() asks for them. */
static char *
recent_url (BalWordpress            *self,
            const char              *since,
            const BalWordpressPlace *place)
{
  g_autofree char *query =
    g_strdup_printf ("orderby=id&order=desc&per_page=%u&page=%u&author=%s&context=edit&status=any,trash&_fields=%s",
                     place->size, place->page, bal_blog_get_user_id (self->blog), bal_wordpress_review_fields);

  return bal_wordpress_url (bal_blog_get_endpoint (self->blog), "wp/v2/posts", query);
}

/* A create takes its key out of the slug at its end. When that was done and its answer lost, the text itself is what
 * it is known by; markup that the server rewrote does not count. */
static BalReview *
find_by_text (BalWordpress  *self,
              BalReview     *review,
              GCancellable  *cancellable,
              GError       **error)
{
  BalWordpressPlace place = { .page = 1, .size = N_RECENT };

  if (!bal_provider_has_fingerprint (review))
    return NULL;

  while ((place.page - 1) * place.size < N_RECENT)
    {
      g_autoptr(BalHttpResponse) response = NULL;
      g_autoptr(json_t) posts = bal_wordpress_read_page (self, recent_url, NULL, &place, &response, cancellable, error);
      json_t *post;
      size_t i;

      json_array_foreach (posts, i, post)
        if (is_twin (post, review))
          return bal_wordpress_parse_post (self, post, cancellable, error);
      if (json_array_size (posts) == 0)
        return NULL;
      place.page++;
    }

  return NULL;
}

BalReview *
bal_wordpress_find_review (BalProvider   *provider,
                           BalReview     *review,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autofree char *slug = NULL;
  g_autofree char *query = NULL;
  g_autoptr(json_t) posts = NULL;

  if (bal_review_get_key (review) == NULL)
    return NULL;

  slug = bal_wordpress_key_slug (bal_review_get_key (review));
  query = g_strdup_printf ("slug=%s,%s__trashed&orderby=id&order=asc&context=edit&status=any,trash&_fields=%s",
                           slug, slug, bal_wordpress_review_fields);
  posts = bal_wordpress_read (self, "wp/v2/posts", query, NULL, cancellable, error);
  if (posts == NULL)
    return NULL;
  if (json_array_size (posts) > 0)
    return bal_wordpress_parse_post (self, json_array_get (posts, 0), cancellable, error);

  return find_by_text (self, review, cancellable, error);
}

gboolean
bal_wordpress_delete_review (BalProvider   *provider,
                             const char    *remote_id,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autofree char *path = g_strconcat ("wp/v2/posts/", remote_id, NULL);

  return bal_wordpress_delete (BAL_WORDPRESS (provider), path, cancellable, error);
}
