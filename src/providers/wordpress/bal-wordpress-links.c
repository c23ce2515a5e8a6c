/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-links.h"

#include "bal-entities.h"

#include <libsoup/soup.h>
#include <string.h>

#define REL          "https://api.w.org/"
/* The head of a page is at its beginning. */
#define MAX_SCAN     (256 * 1024)
#define MAX_LINKS    5

char *
bal_wordpress_resolve (const char *base,
                       const char *reference)
{
  return g_uri_resolve_relative (base, reference, SOUP_HTTP_URI_FLAGS, NULL);
}

char *
bal_wordpress_clean_root (const char *url)
{
  g_autofree char *plain = g_strdup (url);
  char *fragment = strchr (plain, '#');
  char *query;

  if (fragment != NULL)
    *fragment = '\0';
  query = strchr (plain, '?');
  if (query != NULL && strstr (query, "rest_route=") == NULL)
    *query = '\0';

  return g_str_has_suffix (plain, "/") ? g_steal_pointer (&plain) : g_strconcat (plain, "/", NULL);
}

static void
add_link (GPtrArray  *links,
          const char *base,
          const char *reference)
{
  char *absolute = bal_wordpress_resolve (base, reference);

  if (absolute != NULL && links->len < MAX_LINKS)
    g_ptr_array_add (links, absolute);
  else
    g_free (absolute);
}

/* Link: <address>; rel="…", <address>; rel="…" */
static void
scan_header (GPtrArray  *links,
             const char *base,
             const char *header)
{
  const char *start = header;

  while (start != NULL && (start = strchr (start, '<')) != NULL)
    {
      const char *end = strchr (start, '>');
      const char *next;
      g_autofree char *address = NULL;
      g_autofree char *parameters = NULL;

      if (end == NULL)
        return;

      next = strchr (end, '<');
      address = g_strndup (start + 1, end - start - 1);
      parameters = next != NULL ? g_strndup (end, next - end) : g_strdup (end);
      if (strstr (parameters, REL) != NULL)
        add_link (links, base, address);
      start = next;
    }
}

/* The beginning of a body as text; what follows a NUL does not count. */
static char *
dup_beginning (BalHttpResponse *response)
{
  gsize size;
  const char *data = g_bytes_get_data (bal_http_response_get_body (response), &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", MIN (size, MAX_SCAN));

  return g_utf8_make_valid (text, -1);
}

/* (transfer full) (nullable): an attribute's value in a tag, decoded */
static char *
dup_attribute (const char *tag,
               const char *name)
{
  const char *p = tag;

  while ((p = strstr (p, name)) != NULL)
    {
      gboolean is_name = p > tag && g_ascii_isspace (p[-1]);
      const char *end;

      p += strlen (name);
      if (!is_name || p[0] != '=' || (p[1] != '"' && p[1] != '\''))
        continue;

      end = strchr (p + 2, p[1]);
      return end != NULL ? bal_entities_decode (p + 2, end - p - 2, TRUE) : NULL;
    }

  return NULL;
}

/* (transfer full) (nullable): the next tag with this name, and *@text behind it */
static char *
next_tag (const char **text,
          const char  *name)
{
  gsize length = strlen (name);

  for (const char *p = strchr (*text, '<'); p != NULL; p = strchr (p + 1, '<'))
    {
      const char *end;

      if (g_ascii_strncasecmp (p + 1, name, length) != 0 || !g_ascii_isspace (p[1 + length]))
        continue;

      end = strchr (p, '>');
      if (end == NULL)
        return NULL;
      *text = end;
      return g_strndup (p, end - p);
    }

  return NULL;
}

GPtrArray *
bal_wordpress_links_in_page (BalHttpResponse  *page,
                             char            **rsd)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (g_free);
  const char *base = bal_http_response_get_url (page);
  const char *header = bal_http_response_get_header (page, "Link");
  g_autofree char *body = dup_beginning (page);
  const char *text = body;
  char *tag;

  *rsd = NULL;
  scan_header (links, base, header);
  while ((tag = next_tag (&text, "link")) != NULL)
    {
      g_autofree char *rel = dup_attribute (tag, "rel");
      g_autofree char *href = dup_attribute (tag, "href");

      g_free (tag);
      if (rel == NULL || href == NULL)
        continue;
      if (strcmp (rel, REL) == 0)
        add_link (links, base, href);
      else if (g_ascii_strcasecmp (rel, "EditURI") == 0 && *rsd == NULL)
        *rsd = bal_wordpress_resolve (base, href);
    }

  return links;
}

GPtrArray *
bal_wordpress_links_in_rsd (BalHttpResponse *rsd)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *body = dup_beginning (rsd);
  const char *text = body;
  char *tag;

  while ((tag = next_tag (&text, "api")) != NULL)
    {
      g_autofree char *name = dup_attribute (tag, "name");
      g_autofree char *link = dup_attribute (tag, "apiLink");

      g_free (tag);
      if (g_strcmp0 (name, "WP-API") == 0 && link != NULL)
        add_link (links, bal_http_response_get_url (rsd), link);
    }

  return links;
}

static void
add_usual (GPtrArray  *roots,
           const char *base,
           const char *folder)
{
  static const char *const places[] = { "wp-json/", "?rest_route=/" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat (folder, places[i], NULL);
      char *url = bal_wordpress_resolve (base, path);

      if (url != NULL)
        g_ptr_array_add (roots, url);
    }
}

/* The page's own folder, the first folder, and the server's root. */
GPtrArray *
bal_wordpress_usual_roots (const char *url)
{
  GPtrArray *roots = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *path = uri != NULL ? g_uri_get_path (uri) : "/";
  const char *slash = *path != '\0' ? strchr (path + 1, '/') : NULL;

  add_usual (roots, url, "./");
  if (slash != NULL)
    {
      g_autofree char *first = g_strndup (path, slash + 1 - path);

      add_usual (roots, url, first);
    }
  add_usual (roots, url, "/");

  return roots;
}
