/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-provider-search.h"

#include "bal-error.h"

#include <libsoup/soup.h>
#include <string.h>

/* Blogs move between "example.org", "www.example.org" and https; each of it is a redirect. */
#define MAX_REDIRECTS 5

/* A word without a dot is none of the internet's names. */
static gboolean
is_plausible (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return host != NULL && *host != '\0' &&
         (strchr (host, '.') != NULL || strchr (host, ':') != NULL ||
          g_ascii_strcasecmp (host, "localhost") == 0);
}

/* (transfer full) (nullable): the address, on https unless it leads to this computer */
char *
bal_search_secure (const char *url)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalHttpRequest) request = bal_http_request_new ("GET", url, &error);

  if (request != NULL)
    return g_strdup (url);
  if (g_error_matches (error, BAL_ERROR, BAL_ERROR_INSECURE))
    return g_strconcat ("https", url + strlen ("http"), NULL);

  return NULL;
}

/* The addresses to try, best first; none where it is no address. */
static GPtrArray *
starting_points (const char *typed)
{
  GPtrArray *points = g_ptr_array_new_with_free_func (g_free);
  static const char *const schemes[] = { "https", "http" };
  gboolean has_scheme = strstr (typed, "://") != NULL;

  for (guint i = 0; i < (has_scheme ? 1 : G_N_ELEMENTS (schemes)); i++)
    {
      g_autofree char *url = has_scheme ? g_strdup (typed) : g_strconcat (schemes[i], "://", typed, NULL);
      g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
      g_autofree char *point = NULL;

      if (uri == NULL || !is_plausible (uri))
        continue;
      point = bal_search_secure (url);
      if (point != NULL && (points->len == 0 || strcmp (points->pdata[0], point) != 0))
        g_ptr_array_add (points, g_steal_pointer (&point));
    }

  return points;
}

/* ---- fetching ------------------------------------------------------------------------------------ */

/* (transfer full) (nullable): where an answer points to */
static char *
redirect_target (BalHttpResponse *response)
{
  const char *location = bal_http_response_get_header (response, "Location");
  guint status = bal_http_response_get_status (response);

  if (location == NULL || status < 300 || status >= 400)
    return NULL;

  return g_uri_resolve_relative (bal_http_response_get_url (response), location, SOUP_HTTP_URI_FLAGS, NULL);
}

/* Nothing secret is sent here, so redirects to other servers are followed, but never away from https. */
BalHttpResponse *
bal_search_fetch (BalSearch  *self,
                  const char *url)
{
  g_autofree char *here = bal_search_secure (url);

  for (guint i = 0; i <= MAX_REDIRECTS && here != NULL && !self->gave_up; i++)
    {
      g_autoptr(BalHttpRequest) request = bal_http_request_new ("GET", here, NULL);
      g_autoptr(BalHttpResponse) response = NULL;
      g_autofree char *target = NULL;

      if (request == NULL)
        return NULL;

      g_clear_error (&self->unreachable);
      response = bal_http_client_send (self->http, request, self->cancellable, &self->unreachable);
      self->gave_up = bal_http_error_get_retry_after (self->unreachable) > 0;
      if (response == NULL)
        return NULL;

      target = redirect_target (response);
      if (target == NULL)
        return g_steal_pointer (&response);
      g_free (here);
      here = bal_search_secure (target);
    }

  return NULL;
}

BalBlog *
bal_search_pages (const char     *typed,
                  BalHttpClient  *http,
                  BalSearchPage   look,
                  GCancellable   *cancellable,
                  GError        **error)
{
  g_autoptr(GPtrArray) points = starting_points (typed);
  BalSearch search = { http, cancellable };

  for (guint i = 0; i < points->len; i++)
    {
      BalBlog *blog = look (&search, points->pdata[i]);

      if (blog == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
        continue;
      g_clear_error (&search.unreachable);
      return blog;
    }

  if (search.unreachable != NULL)
    g_propagate_error (error, search.unreachable);
  return NULL;
}
