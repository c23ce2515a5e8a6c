/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-pictures.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "bal-entities.h"
#include "bal-error.h"
#include "bal-media-refs.h"
#include "bal-tokenizer.h"

struct _BalExportPictures
{
  /* owned */
  GHashTable     *uploaded;      /* see bal_media_table_list_uploaded() */

  /* borrowed */
  BalTransaction *transaction;
};

BalExportPictures *
bal_export_pictures_new (BalTransaction  *transaction,
                         gint64           blog_id,
                         GError         **error)
{
  g_autoptr(GHashTable) uploaded = bal_media_table_list_uploaded (transaction, blog_id, error);
  BalExportPictures *self;

  if (uploaded == NULL)
    return NULL;

  self = g_new0 (BalExportPictures, 1);
  self->uploaded = g_steal_pointer (&uploaded);
  self->transaction = transaction;
  return self;
}

void
bal_export_pictures_free (BalExportPictures *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->uploaded);
  g_free (self);
}

/* The next address of a picture or a link, from @cursor on; where it stands is in @attribute. (transfer full) */
static char *
next_address (BalTokens    *tokens,
              guint        *index,
              gsize        *cursor,
              BalAttribute *attribute)
{
  for (; *index < tokens->n_tokens; (*index)++, *cursor = 0)
    {
      const BalToken *token = &tokens->tokens[*index];
      gboolean shows = token->type == BAL_TOKEN_START && bal_tokens_name_is (tokens, token, "img");

      if (!shows && (token->type != BAL_TOKEN_START || !bal_tokens_name_is (tokens, token, "a")))
        continue;
      while (bal_tokens_next_attribute (tokens, token, cursor, attribute))
        if (attribute->value != NULL && attribute->name_length == (shows ? 3u : 4u) &&
            g_ascii_strncasecmp (attribute->name, shows ? "src" : "href", attribute->name_length) == 0)
          return bal_entities_decode (attribute->value, attribute->value_length, TRUE);
    }

  return NULL;
}

static gboolean
has_id (GPtrArray *media,
        gint64     id)
{
  for (guint i = 0; i < media->len; i++)
    if (((BalMedia *) g_ptr_array_index (media, i))->id == id)
      return TRUE;
  return FALSE;
}

static gboolean
add_picture (BalExportPictures  *self,
             const char         *address,
             GPtrArray          *media,
             GPtrArray          *missing,
             GError            **error)
{
  gint64 *known = g_hash_table_lookup (self->uploaded, address);
  gint64 id = known != NULL ? *known : bal_media_ref_parse (address);
  g_autoptr(BalMedia) picture = NULL;
  g_autoptr(GError) local_error = NULL;

  if (id < 0 || has_id (media, id))
    return TRUE;

  picture = bal_media_table_get (self->transaction, id, &local_error);
  if (picture != NULL && g_access (picture->path, R_OK) == 0)
    g_ptr_array_add (media, g_steal_pointer (&picture));
  else if (picture != NULL || g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    g_ptr_array_add (missing, g_strdup (picture != NULL ? picture->file_name : address));
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

gboolean
bal_export_pictures_list (BalExportPictures  *self,
                          const char         *html,
                          const char         *featured,
                          GPtrArray          *media,
                          GPtrArray          *missing,
                          GError            **error)
{
  BalTokens *tokens;
  BalAttribute attribute;
  g_autofree char *as_id = featured != NULL && bal_media_ref_parse (featured) < 0 ? g_strconcat ("id:", featured, NULL) : NULL;
  gboolean done = featured == NULL || add_picture (self, as_id != NULL ? as_id : featured, media, missing, error);
  guint index = 0;
  gsize cursor = 0;
  char *address;

  if (!done || html == NULL)
    return done;

  tokens = bal_tokens_new (html, strlen (html), FALSE);
  while (done && (address = next_address (tokens, &index, &cursor, &attribute)) != NULL)
    {
      done = add_picture (self, address, media, missing, error);
      g_free (address);
    }
  bal_tokens_free (tokens);
  return done;
}

BalMedia *
bal_export_pictures_find (GPtrArray  *media,
                          const char *address)
{
  gint64 id = bal_media_ref_parse (address);

  for (guint i = 0; i < media->len; i++)
    {
      BalMedia *picture = g_ptr_array_index (media, i);

      if (picture->id == id || (picture->url != NULL && g_str_equal (picture->url, address)))
        return picture;
    }
  return NULL;
}

BalMedia *
bal_export_pictures_find_featured (GPtrArray  *media,
                                   const char *featured)
{
  BalMedia *found = featured != NULL ? bal_export_pictures_find (media, featured) : NULL;

  for (guint i = 0; featured != NULL && found == NULL && i < media->len; i++)
    {
      BalMedia *picture = g_ptr_array_index (media, i);

      if (g_strcmp0 (picture->remote_id, featured) == 0)
        found = picture;
    }
  return found;
}

char *
bal_export_pictures_move (const char       *html,
                          GPtrArray        *media,
                          BalExportAddress  address,
                          gpointer          data)
{
  GString *out = g_string_new (NULL);
  BalTokens *tokens = bal_tokens_new (html, strlen (html), FALSE);
  BalAttribute attribute;
  const char *rest = html;
  guint index = 0;
  gsize cursor = 0;
  char *before;

  while (media->len > 0 && (before = next_address (tokens, &index, &cursor, &attribute)) != NULL)
    {
      BalMedia *picture = bal_export_pictures_find (media, before);
      g_autofree char *after = picture != NULL ? address (picture, data) : NULL;
      g_autofree char *escaped = after != NULL ? g_markup_escape_text (after, -1) : NULL;

      if (escaped != NULL)
        {
          g_string_append_len (out, rest, attribute.value - rest);
          g_string_append (out, escaped);
          rest = attribute.value + attribute.value_length;
        }
      g_free (before);
    }

  bal_tokens_free (tokens);
  g_string_append (out, rest);
  return g_string_free (out, FALSE);
}
