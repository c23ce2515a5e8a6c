/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define COMMENTS "wp/v2/comments"
/* Requests that are on their way together. */
#define N_AT_ONCE 8

/* `content.raw` alone gives nothing for comments, unlike for posts (WordPress 6.1). */
#define COMMON_FIELDS "id,post,parent,author,author_name,author_url,date_gmt,content,status,link"
#define ALL_FIELDS    COMMON_FIELDS ",author_email,author_ip,author_user_agent"

/* What is still in the trash after so many pages is not believed. */
#define MAX_RESTORED_PAGES 50

/* Who may not moderate sees what readers see: approved comments, rendered. */
static const char *
view (BalWordpress *self)
{
  return bal_wordpress_can (self, BAL_CAPABILITY_MODERATE) ? "context=edit&status=any"
                                                           : "context=view";
}

static const char *
single_view (BalWordpress *self)
{
  return bal_wordpress_can (self, BAL_CAPABILITY_MODERATE) ? "context=edit&_fields=" ALL_FIELDS
                                                           : "context=view&_fields=" COMMON_FIELDS;
}

static const char *
fields (BalWordpress *self)
{
  return bal_wordpress_can (self, BAL_CAPABILITY_MODERATE) ? ALL_FIELDS : COMMON_FIELDS;
}

/* ---- listing ------------------------------------------------------------------------------------- */

/* Comments have no time of modification, and may be created with any date: the one thing that only grows is the id.
 * Everything is listed from the oldest on, what is new from the newest back to ids that are known. */
static char *
listing_url (BalWordpress            *self,
             const char              *since,
             const BalWordpressPlace *place)
{
  g_autofree char *query = g_strdup_printf ("orderby=id&order=%s&per_page=%u&page=%u&%s&_fields=%s",
                                            since != NULL ? "desc" : "asc", place->size,
                                            place->page, view (self), fields (self));

  return bal_wordpress_url (bal_blog_get_endpoint (self->blog), COMMENTS, query);
}

static gint64
id_of (const char *text)
{
  return text != NULL ? strtoll (text, NULL, 10) : 0;
}

/* Fills @page, notes the highest id in the place's mark, and says whether an id that was known was met. */
static gboolean
fill_comments (BalWordpress       *self,
               BalPage            *page,
               json_t             *comments,
               gint64              since,
               BalWordpressPlace  *place,
               gboolean           *met_known,
               GError            **error)
{
  gint64 highest = MAX (since, id_of (place->mark));
  json_t *item;
  size_t i;

  *met_known = FALSE;
  json_array_foreach (comments, i, item)
    {
      BalComment *comment = bal_wordpress_parse_comment (self, item, error);
      gint64 id;

      if (comment == NULL)
        return FALSE;
      g_ptr_array_add (page->items, comment);
      id = id_of (bal_comment_get_remote_id (comment));
      highest = MAX (highest, id);
      *met_known |= since > 0 && id <= since;
    }

  g_free (place->mark);
  place->mark = highest > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, highest) : NULL;

  return TRUE;
}

BalPage *
bal_wordpress_list_comments (BalProvider   *provider,
                             const char    *since,
                             const char    *cursor,
                             GCancellable  *cancellable,
                             GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_auto(BalWordpressPlace) place = { 0 };
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(json_t) comments = NULL;
  gboolean met_known;

  bal_wordpress_place_read (&place, cursor);
  comments = bal_wordpress_read_page (self, listing_url, since, &place, &response, cancellable, error);
  if (comments == NULL ||
      !fill_comments (self, page, comments, id_of (since), &place, &met_known, error))
    return NULL;

  page->n_total = bal_wordpress_header_number (response, "X-WP-Total", 0);
  if (!met_known && bal_wordpress_place_advance (&place, response, json_array_size (comments),
                                                 bal_http_client_get_max_bytes (self->http)))
    {
      page->next = bal_wordpress_place_write (&place);
      bal_wordpress_read_ahead (self, listing_url, since, &place, cancellable);
    }
  else
    page->watermark = g_strdup (place.mark);

  return g_steal_pointer (&page);
}

static char *
sweep_url (BalWordpress            *self,
           const char              *since,
           const BalWordpressPlace *place)
{
  g_autofree char *query = g_strdup_printf ("orderby=id&order=asc&per_page=%u&%s&_fields=id,status&page=%u",
                                            place->size, view (self), place->page);

  return bal_wordpress_url (bal_blog_get_endpoint (self->blog), COMMENTS, query);
}

BalPage *
bal_wordpress_sweep_comments (BalProvider   *provider,
                              const char    *cursor,
                              GCancellable  *cancellable,
                              GError       **error)
{
  g_autoptr(BalPage) page = bal_page_new (g_object_unref);
  g_autoptr(json_t) comments =
    bal_wordpress_read_sweep (BAL_WORDPRESS (provider), sweep_url, cursor, page, cancellable, error);
  json_t *item;
  size_t i;

  if (comments == NULL)
    return NULL;

  json_array_foreach (comments, i, item)
    {
      BalComment *comment = bal_wordpress_parse_light_comment (item);

      if (comment != NULL)
        g_ptr_array_add (page->items, comment);
    }

  return g_steal_pointer (&page);
}

/* ---- single ones --------------------------------------------------------------------------------- */

BalComment *
bal_wordpress_get_comment (BalProvider   *provider,
                           const char    *remote_id,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autofree char *path = g_strconcat (COMMENTS "/", remote_id, NULL);
  g_autoptr(json_t) comment = bal_wordpress_read (self, path, single_view (self), NULL, cancellable,
                                                  error);

  return comment != NULL ? bal_wordpress_parse_comment (self, comment, error) : NULL;
}

/* ---- several ------------------------------------------------------------------------------------- */

static json_t *
read_by_id (BalWordpress  *self,
            GPtrArray     *remote_ids,
            guint          first,
            guint          n_ids,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GString) query = g_string_new (NULL);

  g_string_printf (query, "orderby=id&order=asc&per_page=%d&%s&_fields=%s&include=", BAL_WORDPRESS_PAGE_SIZE,
                   view (self), fields (self));
  for (guint i = 0; i < n_ids; i++)
    g_string_append_printf (query, "%s%s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (remote_ids, first + i));

  return bal_wordpress_read (self, COMMENTS, query->str, NULL, cancellable, error);
}

/* As many as one answer may hold. @seen (out): the ids of those that the list shows */
static gboolean
list_by_id (BalWordpress  *self,
            GPtrArray     *remote_ids,
            guint          first,
            guint          n_ids,
            GPtrArray     *comments,
            GHashTable    *seen,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) listed = read_by_id (self, remote_ids, first, n_ids, cancellable, &failed);
  json_t *item;
  size_t i;

  if (bal_error_is_too_large (failed) && n_ids > 1)
    return list_by_id (self, remote_ids, first, n_ids / 2, comments, seen, cancellable, error) &&
           list_by_id (self, remote_ids, first + n_ids / 2, n_ids - n_ids / 2, comments, seen, cancellable, error);
  if (listed == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  json_array_foreach (listed, i, item)
    {
      BalComment *comment = bal_wordpress_parse_comment (self, item, error);

      if (comment == NULL)
        return FALSE;
      g_ptr_array_add (comments, comment);
      g_hash_table_add (seen, (gpointer) bal_comment_get_remote_id (comment));
    }

  return TRUE;
}

static BalHttpCall *
begin_to_get (BalWordpress  *self,
              const char    *remote_id,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *path = g_strconcat (COMMENTS "/", remote_id, NULL);
  g_autofree char *url = bal_wordpress_url (bal_blog_get_endpoint (self->blog), path, single_view (self));
  g_autoptr(BalHttpRequest) request = bal_wordpress_request (self, "GET", url, error);

  return request != NULL ? bal_http_client_begin (self->http, request, cancellable) : NULL;
}

/* Being gone is no error. */
static gboolean
finish_to_get (BalWordpress  *self,
               BalHttpCall   *call,          /* (transfer full) */
               GPtrArray     *comments,
               GError       **error)
{
  g_autoptr(BalHttpResponse) response = bal_http_call_finish (call, error);
  g_autoptr(json_t) value = NULL;
  g_autoptr(GError) failed = NULL;
  BalComment *comment;

  if (response == NULL)
    return FALSE;

  value = bal_json_take (response);
  if (bal_http_response_get_status (response) == 200)
    {
      comment = bal_wordpress_parse_comment (self, value, error);
      if (comment != NULL)
        g_ptr_array_add (comments, comment);
      return comment != NULL;
    }

  bal_wordpress_set_error (response, value, FALSE, &failed);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));

  return FALSE;
}

/* By their ids, several on their way at once. */
static gboolean
get_each (BalWordpress  *self,
          GPtrArray     *remote_ids,
          GPtrArray     *comments,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(GQueue) calls = g_queue_new ();
  guint next = 0;

  while (failed == NULL && (next < remote_ids->len || !g_queue_is_empty (calls)))
    {
      while (failed == NULL && next < remote_ids->len && g_queue_get_length (calls) < N_AT_ONCE)
        {
          BalHttpCall *call = begin_to_get (self, g_ptr_array_index (remote_ids, next++), cancellable, &failed);

          if (call != NULL)
            g_queue_push_tail (calls, call);
        }
      if (failed == NULL)
        finish_to_get (self, g_queue_pop_head (calls), comments, &failed);
    }

  while (!g_queue_is_empty (calls))
    bal_http_call_abandon (g_queue_pop_head (calls));
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));

  return FALSE;
}

/* A list brings a hundred that are there with one request; but what plugins leave out of lists may exist, so that each one
 * that it does not show is asked for by itself. */
GPtrArray *
bal_wordpress_get_comments (BalProvider   *provider,
                            GPtrArray     *remote_ids,
                            GCancellable  *cancellable,
                            GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) absent = g_ptr_array_new ();

  for (guint i = 0; i < remote_ids->len; i += BAL_WORDPRESS_PAGE_SIZE)
    if (!list_by_id (self, remote_ids, i, MIN (BAL_WORDPRESS_PAGE_SIZE, remote_ids->len - i), comments, seen, cancellable,
                     error))
      return NULL;

  for (guint i = 0; i < remote_ids->len; i++)
    if (!g_hash_table_contains (seen, g_ptr_array_index (remote_ids, i)))
      g_ptr_array_add (absent, g_ptr_array_index (remote_ids, i));

  return get_each (self, absent, comments, cancellable, error) ? g_steal_pointer (&comments) : NULL;
}

gboolean
bal_wordpress_delete_comment (BalProvider   *provider,
                              const char    *remote_id,
                              GCancellable  *cancellable,
                              GError       **error)
{
  g_autofree char *path = g_strconcat (COMMENTS "/", remote_id, NULL);

  return bal_wordpress_delete (BAL_WORDPRESS (provider), path, cancellable, error);
}

/* Through the REST API a post comes back from the trash alone, and nothing there tells which state its comments had
 * (6.1); pending is the one that neither loses nor publishes anything. */
void
bal_wordpress_restore_comments (BalWordpress *self,
                                const char   *post_id,
                                GCancellable *cancellable)
{
  g_autofree char *query = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(json_t) comments = NULL;
  guint n_restored, n_pages = 0;
  json_t *item;
  size_t i;

  if (!bal_wordpress_can (self, BAL_CAPABILITY_MODERATE))
    return;

  query = g_strdup_printf ("post=%s&context=edit&status=post-trashed&type=all&per_page=%d&_fields=%s",
                           post_id, BAL_WORDPRESS_PAGE_SIZE, ALL_FIELDS);
  do
    {
      n_restored = 0;
      g_clear_pointer (&comments, json_decref);
      comments = bal_wordpress_read (self, COMMENTS, query, NULL, cancellable, &error);
      json_array_foreach (comments, i, item)
        {
          g_autoptr(BalComment) trashed = bal_wordpress_parse_comment (self, item, NULL);
          g_autoptr(BalComment) restored = trashed != NULL ? bal_comment_dup (trashed) : NULL;
          g_autoptr(BalComment) stored = NULL;

          if (restored == NULL)
            continue;
          bal_comment_set_status (restored, bal_comment_get_mine (restored)
                                              ? BAL_COMMENT_STATUS_APPROVED
                                              : BAL_COMMENT_STATUS_PENDING);
          stored = bal_wordpress_put_comment (BAL_PROVIDER (self), restored, trashed, cancellable, &error);
          if (stored == NULL)
            break;
          n_restored++;
        }
    }
  while (error == NULL && n_restored > 0 && ++n_pages < MAX_RESTORED_PAGES);

  if (error != NULL)
    g_debug ("Some comments stay in the trash: %s", error->message);
}
