/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

/* A blog's page tells nothing for sure, and one for invited readers not even that: which blog it is, the account's own list
 * of blogs says after signing in. */

static const char *
bare_host (const char *host)
{
  return g_str_has_prefix (host, "www.") ? host + strlen ("www.") : host;
}

/* (transfer full) (nullable) */
static char *
host_of (const char *url)
{
  g_autofree char *full = strstr (url, "://") != NULL ? g_strdup (url) : g_strconcat ("https://", url, NULL);
  g_autoptr(GUri) uri = g_uri_parse (full, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL && strchr (host, '.') != NULL ? g_ascii_strdown (host, -1) : NULL;
}

/**
 * bal_blogger_discover:
 * @url: what a person typed: any page of the blog, with or without scheme
 * @http: the client
 * @cancellable: (nullable): gives it up
 * @error: %BAL_ERROR_NOT_A_BLOG when it is no address
 *
 * Returns: (transfer full) (nullable): a blog with name, url, endpoint and authorize_url
 */
BalBlog *
bal_blogger_discover (const char     *url,
                      BalHttpClient  *http,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_autofree char *typed = g_strstrip (g_strdup (url));
  g_autofree char *host = host_of (typed);
  g_autoptr(BalOAuthService) service = bal_blogger_get_service ();
  g_autofree char *endpoint = bal_blogger_dup_root ();
  g_autofree char *home = NULL;
  BalBlog *blog;

  if (host == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
                   _("“%s” is no address of a blog; enter one such as example.blogspot.com."), typed);
      return NULL;
    }

  home = g_strconcat ("https://", host, "/", NULL);
  blog = bal_blog_new (0);
  bal_blog_set_provider (blog, "blogger");
  bal_blog_set_name (blog, host);
  bal_blog_set_url (blog, home);
  bal_blog_set_endpoint (blog, endpoint);
  bal_blog_set_authorize_url (blog, service->authorize_url);
  return blog;
}

/* ---- which of the account's blogs ----------------------------------------------------------------- */

static gboolean
is_at (const json_t *item,
       const char   *host)
{
  const char *url = bal_json_get_string (item, "url");
  g_autofree char *theirs = url != NULL ? host_of (url) : NULL;

  return theirs != NULL && g_strcmp0 (bare_host (theirs), bare_host (host)) == 0;
}

/* @host NULL: the one whose id the endpoint has */
static json_t *
find_blog (json_t     *list,
           BalBlog    *blog,
           const char *host)
{
  json_t *items = bal_json_get_array (list, "items");
  json_t *item;
  size_t i;

  json_array_foreach (items, i, item)
    {
      const char *id = bal_blogger_get_id (item);
      g_autofree char *end = id != NULL ? g_strconcat ("/blogs/", id, NULL) : NULL;

      if (end != NULL && (host != NULL ? is_at (item, host) : g_str_has_suffix (bal_blog_get_endpoint (blog), end)))
        return item;
    }
  return NULL;
}

static char *
find_role (json_t     *list,
           const char *id)
{
  json_t *infos = bal_json_get_array (list, "blogUserInfos");
  json_t *info;
  size_t i;

  json_array_foreach (infos, i, info)
    {
      json_t *mine = bal_json_get_object (info, "blog_user_info");
      const char *role = bal_json_get_string (mine, "role");

      if (g_strcmp0 (bal_json_get_string (mine, "blogId"), id) == 0 && role != NULL)
        return g_ascii_strup (role, -1);
    }
  return g_strdup ("AUTHOR");    /* it is in the list of those that the account writes for */
}

static void
set_not_among (json_t      *list,
               BalBlog     *blog,
               GError     **error)
{
  json_t *items = bal_json_get_array (list, "items");
  g_autoptr(GString) names = g_string_new (NULL);
  json_t *item;
  size_t i;

  json_array_foreach (items, i, item)
    {
      g_autofree char *url = bal_json_get_string (item, "url") != NULL ? host_of (bal_json_get_string (item, "url")) : NULL;

      if (url != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", url);
    }
  if (names->len > 0)
    g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
                 _("“%s” is none of this account’s blogs on Blogger, which are: %s. Enter one of these, or choose "
                   "another account in the browser."), bal_blog_get_url (blog), names->str);
  else
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_A_BLOG,
                         _("This account has no blog on Blogger; choose another account in the browser."));
}

char *
bal_blogger_find_role (BalBlogger    *self,
                       BalBlog       *blog,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr(json_t) list = bal_blogger_read (self, "/users/self/blogs", "fetchUserInfo=true&status=LIVE", NULL,
                                             cancellable, error);
  gboolean is_known = strstr (bal_blog_get_endpoint (blog), "/blogs/") != NULL;
  g_autofree char *host = is_known || bal_blog_get_url (blog) == NULL ? NULL : host_of (bal_blog_get_url (blog));
  g_autofree char *root = bal_blogger_dup_root ();
  g_autofree char *endpoint = NULL;
  json_t *item;

  if (list == NULL)
    return NULL;

  item = find_blog (list, blog, host);
  if (item == NULL)
    {
      set_not_among (list, blog, error);
      return NULL;
    }
  if (is_known)
    return find_role (list, bal_blogger_get_id (item));

  endpoint = g_strconcat (root, "blogs/", bal_blogger_get_id (item), NULL);
  bal_blog_set_endpoint (blog, endpoint);
  return find_role (list, bal_blogger_get_id (item));
}
