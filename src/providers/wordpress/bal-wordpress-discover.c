/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-entities.h"
#include "bal-error.h"
#include "bal-provider-search.h"
#include "bal-wordpress-links.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

/* Names this program on the blog's page for granting access, on every computer. */
#define APP_ID        "46fa98dc-2d57-48e2-bf70-fea97b137e3c"
/* The whole root has 160 kB (6.1). */
#define ROOT_FIELDS   "_fields=name,url,home,namespaces,authentication"

static gboolean
set_not_a_blog (const char  *typed,
                GError     **error)
{
  g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
               _("There is no WordPress blog at “%s”; enter the address of any page of the blog, "
                 "such as example.org."), typed);

  return FALSE;
}

/* ---- the root of the API ------------------------------------------------------------------------- */

static gboolean
speaks_wp_v2 (const json_t *root)
{
  json_t *namespaces = bal_json_get_array (root, "namespaces");
  json_t *name;
  size_t i;

  json_array_foreach (namespaces, i, name)
    if (g_strcmp0 (json_string_value (name), "wp/v2") == 0)
      return TRUE;

  return FALSE;
}

/* The page where the person grants access. Blogs without application passwords have an empty array for `authentication` (6.1). */
static char *
authorize_url (const json_t *root)
{
  json_t *authentication = bal_json_get_object (root, "authentication");
  json_t *passwords = bal_json_get_object (authentication, "application-passwords");
  const char *page = bal_json_get_string (bal_json_get_object (passwords, "endpoints"), "authorization");
  g_autofree char *safe = page != NULL ? bal_search_secure (page) : NULL;
  g_autofree char *query = NULL;

  if (safe == NULL)
    return NULL;

  query = soup_form_encode ("app_id", APP_ID, NULL);

  return bal_wordpress_url (safe, "", query);
}

static char *
blog_name (const json_t *root,
           const char   *url)
{
  g_autofree char *name = bal_provider_dup_text (root, "name");
  g_autofree char *plain = name != NULL ? bal_entities_decode (name, strlen (name), FALSE) : NULL;
  g_autoptr(GUri) uri = NULL;

  if (plain != NULL && *g_strstrip (plain) != '\0')
    return g_steal_pointer (&plain);

  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : url);
}

/* Where the root was found in the end, without what we asked of it. */
static char *
final_root (BalHttpResponse *response)
{
  char *url = g_strdup (bal_http_response_get_url (response));
  char *fields = strstr (url, "_fields=");

  if (fields != NULL)
    fields[-1] = '\0';

  return url;
}

static BalBlog *
make_blog (BalHttpResponse *response,
           const json_t    *root)
{
  g_autofree char *endpoint = final_root (response);
  g_autofree char *authorize = authorize_url (root);
  const char *home = bal_json_get_string (root, "home");
  g_autofree char *url = home != NULL && *home != '\0' ? bal_search_secure (home) : NULL;
  g_autofree char *name = NULL;
  BalBlog *blog;

  if (url == NULL)
    url = g_strdup (endpoint);
  name = blog_name (root, url);
  blog = bal_blog_new (0);
  bal_blog_set_provider (blog, "wordpress");
  bal_blog_set_name (blog, name);
  bal_blog_set_url (blog, url);
  bal_blog_set_endpoint (blog, endpoint);
  bal_blog_set_authorize_url (blog, authorize);

  return blog;
}

/* (nullable): the blog, if this is the root of a WordPress API */
static BalBlog *
try_root (BalSearch     *self,
          const char *url)
{
  g_autofree char *root_url = bal_wordpress_clean_root (url);
  g_autofree char *full = bal_wordpress_url (root_url, "", ROOT_FIELDS);
  g_autoptr(BalHttpResponse) response = bal_search_fetch (self, full);
  g_autoptr(json_t) root = NULL;

  if (response == NULL || bal_http_response_get_status (response) != 200)
    return NULL;

  root = bal_json_parse (bal_http_response_get_body (response), NULL);

  return speaks_wp_v2 (root) ? make_blog (response, root) : NULL;
}

/* ---- the search ---------------------------------------------------------------------------------- */

static BalBlog *
try_roots (BalSearch *self,
           GPtrArray *roots)
{
  for (guint i = 0; i < roots->len; i++)
    {
      BalBlog *blog = try_root (self, roots->pdata[i]);

      if (blog != NULL || g_cancellable_is_cancelled (self->cancellable))
        return blog;
    }

  return NULL;
}

static BalBlog *
try_rsd (BalSearch  *self,
         const char *url)
{
  g_autoptr(BalHttpResponse) response = bal_search_fetch (self, url);
  g_autoptr(GPtrArray) roots = NULL;

  if (response == NULL)
    return NULL;

  roots = bal_wordpress_links_in_rsd (response);

  return try_roots (self, roots);
}

static BalBlog *
try_usual_roots (BalSearch  *self,
                 const char *url)
{
  g_autoptr(GPtrArray) usual = bal_wordpress_usual_roots (url);

  return try_roots (self, usual);
}

/* Every page of a blog tells where its API is, even one that is not found (6.1): in a header, in its head, and in a file
 * for older programs. The usual places come last. */
static BalBlog *
try_page (BalSearch  *self,
          const char *url)
{
  g_autoptr(BalHttpResponse) page = bal_search_fetch (self, url);
  g_autoptr(GPtrArray) roots = NULL;
  g_autofree char *rsd = NULL;
  BalBlog *blog;

  /* The page with the newest posts may be larger than any answer should be, and its blog a good one. */
  if (page == NULL)
    return bal_error_is_too_large (self->unreachable) ? try_usual_roots (self, url) : NULL;

  roots = bal_wordpress_links_in_page (page, &rsd);
  blog = try_roots (self, roots);
  if (blog == NULL && rsd != NULL)
    blog = try_rsd (self, rsd);
  if (blog == NULL)
    blog = try_usual_roots (self, bal_http_response_get_url (page));

  return blog;
}

/**
 * bal_wordpress_discover:
 * @url: what a person typed: any page of the blog, with or without scheme
 * @http: the client
 * @cancellable: (nullable): gives it up
 * @error: %BAL_ERROR_NOT_A_BLOG, or why its server could not be asked
 *
 * Returns: (transfer full) (nullable): a blog with name, url, endpoint and, where the blog offers
 *   application passwords, authorize_url
 */
BalBlog *
bal_wordpress_discover (const char     *url,
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
    set_not_a_blog (typed, error);

  return blog;
}
