/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-pictures.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal-entities.h"
#include "bal-error.h"
#include "bal-import-walk.h"
#include "bal-media-refs.h"
#include "bal-media-table.h"
#include "bal-tokenizer.h"

/* A name that leads to a file of the folder and over no link. */
static char *
find_file (const char *root,
           const char *name)
{
  struct stat status;
  gboolean good;
  int fd;

  if (!bal_import_walk_name_is_safe (name))
    return NULL;

  fd = bal_import_walk_open (root, name);
  good = fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
  if (fd >= 0)
    close (fd);
  return good ? g_build_filename (root, name, NULL) : NULL;
}

static gboolean
is_local (const char *address)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);

  return *address != '\0' && *address != '#' && scheme == NULL && !g_str_has_prefix (address, "//");
}

char *
bal_import_pictures_find (const char *root,
                          const char *page,
                          const char *address)
{
  g_autofree char *path = g_strndup (address, strcspn (address, "?#"));
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  g_autofree char *folder = g_path_get_dirname (page);
  g_autofree char *base = g_build_filename ("/", g_str_equal (folder, ".") ? "" : folder, NULL);
  g_autofree char *absolute = NULL;
  g_autofree char *in_static = NULL;
  char *found;

  if (!is_local (address) || plain == NULL || !g_utf8_validate (plain, -1, NULL))
    return NULL;

  absolute = g_canonicalize_filename (plain, base);
  found = find_file (root, absolute + 1);
  if (found == NULL && *plain == '/')
    {
      in_static = g_strconcat ("static", absolute, NULL);
      found = find_file (root, in_static);
    }
  return found;
}

/* The value of a picture's address, where it stands in the source. */
static gboolean
find_address (BalTokens      *tokens,
              const BalToken *token,
              BalAttribute   *attribute)
{
  gsize cursor = 0;

  if (token->type != BAL_TOKEN_START || !bal_tokens_name_is (tokens, token, "img"))
    return FALSE;

  while (bal_tokens_next_attribute (tokens, token, &cursor, attribute))
    if (attribute->value != NULL && attribute->name_length == 3 && g_ascii_strncasecmp (attribute->name, "src", 3) == 0)
      return TRUE;
  return FALSE;
}

GPtrArray *
bal_import_pictures_list (const char *html)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);
  BalTokens *tokens = bal_tokens_new (html, strlen (html), FALSE);

  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      BalAttribute attribute;
      char *address;

      if (!find_address (tokens, &tokens->tokens[i], &attribute))
        continue;
      address = bal_entities_decode (attribute.value, attribute.value_length, TRUE);
      if (is_local (address) && !g_ptr_array_find_with_equal_func (addresses, address, g_str_equal, NULL))
        g_ptr_array_add (addresses, address);
      else
        g_free (address);
    }

  bal_tokens_free (tokens);
  return addresses;
}

/* 0 without error: it is no picture that a blog takes, and stays where it is. */
static gint64
add_picture (BalTransaction  *transaction,
             gint64           blog_id,
             const char      *path,
             GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  gint64 id = bal_media_table_add (transaction, blog_id, path, NULL, &local_error);

  if (id == 0 && !g_error_matches (local_error, BAL_ERROR, BAL_ERROR_INVALID))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return id;
}

char *
bal_import_pictures_take (BalTransaction  *transaction,
                          gint64           blog_id,
                          const char      *root,
                          const char      *page,
                          const char      *html,
                          GError         **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) local_error = NULL;
  BalTokens *tokens = bal_tokens_new (html, strlen (html), FALSE);
  const char *rest = html;

  for (guint i = 0; i < tokens->n_tokens && local_error == NULL; i++)
    {
      BalAttribute attribute;
      g_autofree char *address = NULL;
      g_autofree char *path = NULL;
      g_autofree char *reference = NULL;
      gint64 id;

      if (!find_address (tokens, &tokens->tokens[i], &attribute))
        continue;
      address = bal_entities_decode (attribute.value, attribute.value_length, TRUE);
      path = bal_import_pictures_find (root, page, address);
      id = path != NULL ? add_picture (transaction, blog_id, path, &local_error) : 0;
      if (id == 0)
        continue;

      reference = bal_media_ref_new (id);
      g_string_append_len (out, rest, attribute.value - rest);
      g_string_append (out, reference);
      rest = attribute.value + attribute.value_length;
    }

  bal_tokens_free (tokens);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  g_string_append (out, rest);
  return g_strdup (out->str);
}
