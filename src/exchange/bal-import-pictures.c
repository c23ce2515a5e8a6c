/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-pictures.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal-entities.h"
#include "bal-error.h"
#include "bal-import-archive.h"
#include "bal-import-walk.h"
#include "bal-media-refs.h"
#include "bal-media-table.h"
#include "bal-tokenizer.h"

struct _BalImportPictures
{
  char             *root;
  BalImportArchive *archive;     /* NULL: a folder */
};

BalImportPictures *
bal_import_pictures_new (const char *root)
{
  BalImportPictures *self = g_new0 (BalImportPictures, 1);

  self->root = g_strdup (root);
  if (!g_file_test (root, G_FILE_TEST_IS_DIR))
    self->archive = bal_import_archive_open (root);
  return self;
}

void
bal_import_pictures_free (BalImportPictures *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->archive, bal_import_archive_close);
  g_free (self->root);
  g_free (self);
}

/* Whether a name leads to a file there, and over no link. */
static gboolean
has_file (BalImportPictures *self,
          const char        *name)
{
  struct stat status;
  gboolean good;
  int fd;

  if (!bal_import_walk_name_is_safe (name))
    return FALSE;
  if (self->archive != NULL)
    return bal_import_archive_has (self->archive, name);

  fd = bal_import_walk_open (self->root, name);
  good = fd >= 0 && fstat (fd, &status) == 0 && S_ISREG (status.st_mode);
  if (fd >= 0)
    close (fd);
  return good;
}

static gboolean
is_local (const char *address)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);

  return *address != '\0' && *address != '#' && scheme == NULL && !g_str_has_prefix (address, "//");
}

/* (transfer full) (nullable): @absolute below a folder in which the page is, the outermost first: an archive of a site has it all
 * in a folder of its own. */
static char *
find_below_site (BalImportPictures *self,
                 const char        *page,
                 const char        *absolute)
{
  const char *slash = NULL;
  gsize length = 0;

  do
    {
      g_autofree char *site = g_strndup (page, length);
      g_autofree char *plain = g_strconcat (site, absolute + 1, NULL);
      g_autofree char *in_static = g_strconcat (site, "static", absolute, NULL);

      if (has_file (self, plain))
        return g_steal_pointer (&plain);
      if (has_file (self, in_static))
        return g_steal_pointer (&in_static);
      slash = strchr (page + length, '/');
      length = slash != NULL ? (gsize) (slash - page) + 1 : 0;
    }
  while (slash != NULL);

  return NULL;
}

char *
bal_import_pictures_find (BalImportPictures *self,
                          const char        *page,
                          const char        *address)
{
  g_autofree char *path = g_strndup (address, strcspn (address, "?#"));
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  g_autofree char *folder = g_path_get_dirname (page);
  g_autofree char *base = g_build_filename ("/", g_str_equal (folder, ".") ? "" : folder, NULL);
  g_autofree char *absolute = NULL;

  if (!is_local (address) || plain == NULL || !g_utf8_validate (plain, -1, NULL))
    return NULL;

  absolute = g_canonicalize_filename (plain, base);
  if (*plain == '/')
    return find_below_site (self, page, absolute);
  return has_file (self, absolute + 1) ? g_strdup (absolute + 1) : NULL;
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
add_picture (BalImportPictures  *self,
             BalTransaction     *transaction,
             gint64              blog_id,
             const char         *name,
             GError            **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autofree char *path = self->archive != NULL ? bal_import_archive_extract (self->archive, name)
                                                : g_build_filename (self->root, name, NULL);
  gint64 id = path != NULL ? bal_media_table_add (transaction, blog_id, path, NULL, &local_error) : 0;

  if (self->archive != NULL && path != NULL)
    g_unlink (path);
  if (local_error != NULL && !g_error_matches (local_error, BAL_ERROR, BAL_ERROR_INVALID))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return id;
}

char *
bal_import_pictures_take (BalImportPictures  *self,
                          BalTransaction     *transaction,
                          gint64              blog_id,
                          const char         *page,
                          const char         *html,
                          GError            **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) local_error = NULL;
  BalTokens *tokens = bal_tokens_new (html, strlen (html), FALSE);
  const char *rest = html;

  for (guint i = 0; i < tokens->n_tokens && local_error == NULL; i++)
    {
      BalAttribute attribute;
      g_autofree char *address = NULL;
      g_autofree char *name = NULL;
      g_autofree char *reference = NULL;
      gint64 id;

      if (!find_address (tokens, &tokens->tokens[i], &attribute))
        continue;
      address = bal_entities_decode (attribute.value, attribute.value_length, TRUE);
      name = bal_import_pictures_find (self, page, address);
      id = name != NULL ? add_picture (self, transaction, blog_id, name, &local_error) : 0;
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
