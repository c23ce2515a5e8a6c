/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reach.h"

#include <gio/gio.h>

static gboolean
is_near_host (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *name = g_ascii_strdown (host, -1);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_link_local (address) ||
           g_inet_address_get_is_site_local (address);

  return g_str_equal (name, "localhost") || g_str_has_suffix (name, ".localhost") ||
         g_str_has_suffix (name, ".local");
}

/**
 * bal_reach_is_near:
 * @blog: a blog
 *
 * Judged by its address alone, without asking anybody: no network that is away keeps us from it.
 *
 * Returns: %TRUE for a folder, this computer, and the addresses and names of a network at home
 */
gboolean
bal_reach_is_near (BalBlog *blog)
{
  const char *address;
  g_autoptr(GUri) uri = NULL;

  g_return_val_if_fail (BAL_IS_BLOG (blog), FALSE);

  address = bal_blog_get_endpoint (blog) != NULL ? bal_blog_get_endpoint (blog) : bal_blog_get_url (blog);
  if (address == NULL)
    return FALSE;
  if (g_path_is_absolute (address))
    return TRUE;

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "file"))
    return TRUE;
  return g_uri_get_host (uri) != NULL && is_near_host (g_uri_get_host (uri));
}
