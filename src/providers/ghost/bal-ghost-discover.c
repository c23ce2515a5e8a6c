/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-provider-search.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define SITE      "ghost/api/admin/site/"
/* So many folders of an address are tried, from the longest on. */
#define MAX_ROOTS 5
/* What a page says of its blog stands in its head. */
#define MAX_HEAD  (256 * 1024)

/* ---- the interface ------------------------------------------------------------------------------- */

static BalBlog *
make_blog (BalHttpResponse *response,
           const json_t    *site)
{
  const char *found = bal_http_response_get_url (response);
  /* The last one of its path: host and folders may be called "site", too. */
  const char *path = g_strrstr_len (found, (gssize) strcspn (found, "?#"), SITE);
  g_autofree char *endpoint = path != NULL ? g_strndup (found, path - found + strlen (SITE) - strlen ("site/")) : NULL;
  const char *home = bal_json_get_string (site, "url");
  g_autofree char *url = home != NULL ? bal_search_secure (home) : NULL;
  g_autofree char *title = bal_provider_dup_text (site, "title");
  BalBlog *blog;

  if (endpoint == NULL || url == NULL)
    return NULL;

  blog = bal_blog_new (0);
  bal_blog_set_provider (blog, "ghost");
  bal_blog_set_name (blog, title != NULL && *g_strstrip (title) != '\0' ? title : url);
  bal_blog_set_url (blog, url);
  bal_blog_set_endpoint (blog, endpoint);
  return blog;
}

/* @root ends in "/". (nullable): the blog, if a Ghost is there */
static BalBlog *
try_root (BalSearch  *search,
          const char *root)
{
  g_autofree char *url = g_strconcat (root, SITE, NULL);
  g_autoptr(BalHttpResponse) response = bal_search_fetch (search, url);
  g_autoptr(json_t) answer = NULL;
  json_t *site;

  if (response == NULL || bal_http_response_get_status (response) != 200)
    return NULL;

  answer = bal_json_parse (bal_http_response_get_body (response), NULL);
  site = bal_json_get_object (answer, "site");
  return bal_json_get_string (site, "version") != NULL && bal_json_get_string (site, "url") != NULL
           ? make_blog (response, site) : NULL;
}

/* ---- where it may be ----------------------------------------------------------------------------- */

static void
add_root (GPtrArray  *roots,
          const char *root)
{
  g_autofree char *whole = g_str_has_suffix (root, "/") ? g_strdup (root) : g_strconcat (root, "/", NULL);

  if (!g_ptr_array_find_with_equal_func (roots, whole, g_str_equal, NULL))
    g_ptr_array_add (roots, g_steal_pointer (&whole));
}

/* Each folder of the address, the longest first. */
static void
add_folders (GPtrArray  *roots,
             const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *path = uri != NULL ? g_strdup (g_uri_get_path (uri)) : NULL;

  for (guint i = 0; path != NULL && i < MAX_ROOTS; i++)
    {
      char *slash = strrchr (path, '/');
      g_autoptr(GUri) folder = NULL;
      g_autofree char *text = NULL;

      if (slash == NULL)
        return;
      slash[1] = '\0';
      folder = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                            path, NULL, NULL);
      text = g_uri_to_string (folder);
      add_root (roots, text);
      slash[0] = '\0';
    }
}

/* Themes of Ghost load its program for members, with the blog's address beside it (6.65). */
static void
add_told (GPtrArray       *roots,
          BalHttpResponse *page)
{
  gsize length;
  const char *body = g_bytes_get_data (bal_http_response_get_body (page), &length);
  const char *start = body != NULL ? g_strstr_len (body, (gssize) MIN (length, MAX_HEAD), "data-ghost=\"") : NULL;
  const char *end;
  g_autofree char *told = NULL;
  g_autofree char *safe = NULL;

  if (start == NULL)
    return;

  start += strlen ("data-ghost=\"");
  end = memchr (start, '"', MIN (length - (gsize) (start - body), 2048));
  told = end != NULL ? g_strndup (start, end - start) : NULL;
  safe = told != NULL && g_utf8_validate (told, -1, NULL) ? bal_search_secure (told) : NULL;
  if (safe != NULL && strchr (safe, '?') == NULL && strchr (safe, '#') == NULL)
    add_root (roots, safe);
}

static BalBlog *
try_page (BalSearch  *search,
          const char *url)
{
  g_autoptr(BalHttpResponse) page = bal_search_fetch (search, url);
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);

  if (page == NULL)
    return NULL;

  add_told (roots, page);
  add_folders (roots, bal_http_response_get_url (page));
  for (guint i = 0; i < roots->len && !g_cancellable_is_cancelled (search->cancellable); i++)
    {
      BalBlog *blog = try_root (search, roots->pdata[i]);

      if (blog != NULL)
        return blog;
    }
  return NULL;
}

/**
 * bal_ghost_discover:
 * @url: what a person typed: any page of the blog, with or without scheme
 * @http: the client
 * @cancellable: (nullable): gives it up
 * @error: %BAL_ERROR_NOT_A_BLOG, or why its server could not be asked
 *
 * Returns: (transfer full) (nullable): a blog with name, url and endpoint
 */
BalBlog *
bal_ghost_discover (const char     *url,
                    BalHttpClient  *http,
                    GCancellable   *cancellable,
                    GError        **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (url));
  g_autoptr(GError) failed = NULL;
  BalBlog *blog = bal_search_pages (typed, http, try_page, cancellable, &failed);

  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (blog == NULL)
    g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
                 _("There is no Ghost blog at “%s”; enter the address of any page of the blog, "
                   "such as example.org."), typed);
  return blog;
}
