/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* ---- places: "PHASE PAGE TOTAL SIZE MARK" -------------------------------------------------------- */

/* Each divides the one before, so that a page of one size begins where one of the others does. */
static const guint sizes[] = { BAL_WORDPRESS_PAGE_SIZE, 50, 25, 5, 1 };

static gboolean
find_size (guint  size,
           guint *index)
{
  for (*index = 0; *index < G_N_ELEMENTS (sizes); (*index)++)
    if (sizes[*index] == size)
      return TRUE;

  return FALSE;
}

/* Balcony 0.1 wrote no size, as there was only one. */
void
bal_wordpress_place_read (BalWordpressPlace *self,
                          const char        *cursor)
{
  g_auto(GStrv) parts = g_strsplit (cursor != NULL ? cursor : "", " ", 5);
  guint n_parts = g_strv_length (parts);
  guint size = n_parts == 5 ? strtoul (parts[3], NULL, 10) : BAL_WORDPRESS_PAGE_SIZE;
  guint index;

  *self = (BalWordpressPlace) { .page = 1, .size = BAL_WORDPRESS_PAGE_SIZE };
  if (n_parts < 4 || !find_size (size, &index))
    return;

  self->phase = strtoul (parts[0], NULL, 10);
  self->page = MAX (1, strtoul (parts[1], NULL, 10));
  self->size = size;
  self->total = strtoul (parts[2], NULL, 10);
  self->mark = *parts[n_parts - 1] != '\0' ? g_strdup (parts[n_parts - 1]) : NULL;
}

char *
bal_wordpress_place_write (const BalWordpressPlace *self)
{
  return g_strdup_printf ("%u %u %u %u %s", self->phase, self->page, self->total, self->size,
                          self->mark != NULL ? self->mark : "");
}

static void
set_size (BalWordpressPlace *self,
          guint              size)
{
  self->page = (self->page - 1) * self->size / size + 1;
  self->size = size;
}

/* FALSE: there is nothing smaller. */
static gboolean
shrink (BalWordpressPlace *self)
{
  guint index;

  if (!find_size (self->size, &index) || index + 1 == G_N_ELEMENTS (sizes))
    return FALSE;

  set_size (self, sizes[index + 1]);
  return TRUE;
}

/* Back to larger pages behind the long texts, where one begins at the same row and would be half of what is taken. */
static void
grow (BalWordpressPlace *self,
      gsize              n_bytes,
      gsize              max_bytes)
{
  guint index;

  while (find_size (self->size, &index) && index > 0 &&
         (self->page - 1) * self->size % sizes[index - 1] == 0 &&
         n_bytes < max_bytes / 2 / (sizes[index - 1] / self->size))
    {
      n_bytes *= sizes[index - 1] / self->size;
      set_size (self, sizes[index - 1]);
    }
}

void
bal_wordpress_place_clear (BalWordpressPlace *self)
{
  g_clear_pointer (&self->mark, g_free);
}

/* A page may be short, or empty, when the account may not see all of it, while the totals count everything (WordPress
 * 6.1): only they tell the end. When rows went for good since the page before, those behind them moved up, some of them
 * into pages that were read already, so one page is read once more. */
gboolean
bal_wordpress_place_advance (BalWordpressPlace *self,
                             BalHttpResponse   *response,
                             gsize              n_items,
                             gsize              max_bytes)
{
  guint fallback = n_items > 0 ? self->page + 1 : self->page;
  guint n_pages = bal_wordpress_header_number (response, "X-WP-TotalPages", fallback);
  guint total = bal_wordpress_header_number (response, "X-WP-Total", 0);
  gboolean moved = self->page > 1 && total < self->total;

  self->total = total;
  if (moved)
    {
      self->page--;
      return TRUE;
    }
  if (self->page >= n_pages)
    return FALSE;

  self->page++;
  grow (self, bal_http_response_get_size (response), max_bytes);
  return TRUE;
}

/* ---- reading ahead ------------------------------------------------------------------------------- */

void
bal_wordpress_read_ahead (BalWordpress            *self,
                          BalWordpressAddress      address,
                          const char              *since,
                          const BalWordpressPlace *place,
                          GCancellable            *cancellable)
{
  g_autofree char *url = address (self, since, place);
  g_autoptr(BalHttpRequest) request = NULL;

  g_clear_pointer (&self->ahead, bal_http_call_abandon);
  g_clear_pointer (&self->ahead_url, g_free);

  request = bal_wordpress_request (self, "GET", url, NULL);
  if (request == NULL)
    return;

  self->ahead = bal_http_client_begin (self->http, request, cancellable);
  self->ahead_url = g_steal_pointer (&url);
}

/* What was read ahead is only taken when it came through; else it is asked for as if it had never been, unless that
 * took all the time that there is, or would be too large again. */
static BalHttpResponse *
fetch (BalWordpress  *self,
       const char    *url,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(BalHttpRequest) request = NULL;

  if (self->ahead != NULL && strcmp (self->ahead_url, url) == 0)
    {
      g_autoptr(GError) failed = NULL;
      BalHttpResponse *response = bal_http_call_finish (g_steal_pointer (&self->ahead), &failed);

      if (response != NULL)
        return response;
      if (bal_http_error_get_retry_after (failed) > 0 || bal_error_is_too_large (failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }

  request = bal_wordpress_request (self, "GET", url, error);
  if (request == NULL)
    return NULL;

  return bal_http_client_send (self->http, request, cancellable, error);
}

/* A page beyond the end is an error for posts and empty for comments (WordPress 6.1). */
static gboolean
is_beyond_end (BalHttpResponse *response,
               json_t          *value)
{
  return bal_http_response_get_status (response) == 400 &&
         g_strcmp0 (bal_json_get_string (value, "code"), "rest_post_invalid_page_number") == 0;
}

static json_t *
read_at (BalWordpress     *self,
         const char       *url,
         BalHttpResponse **response,
         GCancellable     *cancellable,
         GError          **error)
{
  g_autoptr(BalHttpResponse) answer = fetch (self, url, cancellable, error);
  g_autoptr(json_t) value = NULL;

  if (answer == NULL)
    return NULL;

  value = bal_json_take (answer);
  if (is_beyond_end (answer, value))
    {
      *response = g_steal_pointer (&answer);
      return json_array ();
    }
  if (bal_http_response_get_status (answer) != 200)
    {
      bal_wordpress_set_error (answer, value, FALSE, error);
      return NULL;
    }
  if (!json_is_array (value))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                           _("The blog’s list is incomplete or not in the expected form; "
                             "Balcony tries again later."));
      return NULL;
    }

  *response = g_steal_pointer (&answer);

  return g_steal_pointer (&value);
}

json_t *
bal_wordpress_read_page (BalWordpress         *self,
                         BalWordpressAddress   address,
                         const char           *since,
                         BalWordpressPlace    *place,
                         BalHttpResponse     **response,
                         GCancellable         *cancellable,
                         GError              **error)
{
  for (;;)
    {
      g_autofree char *url = address (self, since, place);
      g_autoptr(GError) failed = NULL;
      json_t *rows = read_at (self, url, response, cancellable, &failed);

      if (rows != NULL)
        return rows;
      if (!bal_error_is_too_large (failed) || !shrink (place))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
      g_debug ("A page was too large; %u rows from now on", place->size);
    }
}

json_t *
bal_wordpress_read_sweep (BalWordpress         *self,
                          BalWordpressAddress   address,
                          const char           *cursor,
                          BalPage              *page,
                          GCancellable         *cancellable,
                          GError              **error)
{
  g_auto(BalWordpressPlace) place = { 0 };
  g_autoptr(BalHttpResponse) response = NULL;
  json_t *rows;

  bal_wordpress_place_read (&place, cursor);
  rows = bal_wordpress_read_page (self, address, NULL, &place, &response, cancellable, error);
  if (rows == NULL)
    return NULL;

  page->n_total = bal_wordpress_header_number (response, "X-WP-Total", 0);
  if (bal_wordpress_place_advance (&place, response, json_array_size (rows), bal_http_client_get_max_bytes (self->http)))
    {
      page->next = bal_wordpress_place_write (&place);
      bal_wordpress_read_ahead (self, address, NULL, &place, cancellable);
    }
  return rows;
}
