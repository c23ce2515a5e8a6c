/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-media-refs.h"

#include "bal-source-edit.h"

#include <string.h>

gint64
bal_media_ref_parse (const char *value)
{
  const char *digits;
  char *end;
  gint64 id;

  if (value == NULL || !g_str_has_prefix (value, BAL_MEDIA_REF_PREFIX))
    return -1;
  digits = value + strlen (BAL_MEDIA_REF_PREFIX);
  if (!g_ascii_isdigit (*digits))
    return 0;
  id = g_ascii_strtoll (digits, &end, 10);
  return *end == '\0' ? id : 0;
}

char *
bal_media_ref_new (gint64 id)
{
  return g_strdup_printf (BAL_MEDIA_REF_PREFIX "%" G_GINT64_FORMAT, id);
}

static gint64
find_ref (const BalTokens *tokens,
          const BalToken  *token,
          const char      *attribute)
{
  g_autofree char *value = NULL;

  if (token->type != BAL_TOKEN_START)
    return -1;
  value = bal_tokens_dup_attribute (tokens, token, attribute);
  return bal_media_ref_parse (value);
}

static void
add_id (GArray *ids,
        gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return;
  g_array_append_val (ids, id);
}

/* (nullable): NULL without any html. */
static BalTokens *
read_tokens (const char *html)
{
  return html != NULL ? bal_tokens_new (html, strlen (html), FALSE) : NULL;
}

GArray *
bal_media_refs_list (const char *html)
{
  g_autoptr(BalTokens) tokens = read_tokens (html);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; tokens != NULL && i < tokens->n_tokens; i++)
    {
      gint64 shown = find_ref (tokens, &tokens->tokens[i], "src");
      gint64 linked = find_ref (tokens, &tokens->tokens[i], "href");

      /* A link may lead to an address that only looks like one. */
      if (shown >= 0)
        add_id (ids, shown);
      if (linked > 0)
        add_id (ids, linked);
    }
  return ids;
}

char *
bal_media_refs_dup_alt (const char *html,
                        gint64      id)
{
  g_autoptr(BalTokens) tokens = read_tokens (html);

  for (guint i = 0; tokens != NULL && i < tokens->n_tokens; i++)
    if (find_ref (tokens, &tokens->tokens[i], "src") == id)
      {
        g_autofree char *alt = bal_tokens_dup_attribute (tokens, &tokens->tokens[i], "alt");

        if (alt != NULL && *alt != '\0')
          return g_steal_pointer (&alt);
      }
  return NULL;
}

static const BalMediaPlace *
find_place (const BalMediaPlace *places,
            guint                n_places,
            gint64               id)
{
  for (guint i = 0; id > 0 && i < n_places; i++)
    if (places[i].id == id)
      return &places[i];
  return NULL;
}

/* Classic posts name the id in the class where they name the size. */
static gboolean
names_size (const BalTokens *tokens,
            const BalToken  *image)
{
  g_autofree char *classes = bal_tokens_dup_attribute (tokens, image, "class");
  g_auto(GStrv) words = g_strsplit_set (classes != NULL ? classes : "", " \t\n\f\r", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "size-"))
      return TRUE;
  return FALSE;
}

/* WordPress makes of it the sizes that a browser may choose from. */
static void
set_identity (BalSourceEdit   *edit,
              const BalTokens *tokens,
              const BalToken  *image,
              const BalToken  *delimiter,
              const char      *remote_id)
{
  g_autofree char *word = NULL;

  if (remote_id == NULL || *remote_id == '\0' ||
      remote_id[strspn (remote_id, "0123456789")] != '\0' ||
      (delimiter == NULL && !names_size (tokens, image)))
    return;
  word = g_strconcat ("wp-image-", remote_id, NULL);
  bal_source_edit_set_class (edit, image, word, TRUE);
  if (delimiter != NULL)
    bal_source_edit_set_member (edit, delimiter, "id", remote_id);
}

char *
bal_media_refs_resolve (const char          *html,
                        const BalMediaPlace *places,
                        guint                n_places)
{
  g_autoptr(BalTokens) tokens = read_tokens (html);
  g_autoptr(BalSourceEdit) edit = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const BalToken *delimiter = NULL;

  if (tokens == NULL)
    return g_strdup (html);
  edit = bal_source_edit_new (tokens);
  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      const BalMediaPlace *shown = find_place (places, n_places, find_ref (tokens, token, "src"));
      const BalMediaPlace *linked = find_place (places, n_places, find_ref (tokens, token, "href"));

      if (token->type == BAL_TOKEN_WP_START && token->match != BAL_TOKEN_NO_MATCH &&
          bal_tokens_name_is (tokens, token, "image"))
        delimiter = token;
      if (delimiter != NULL && i > delimiter->match)
        delimiter = NULL;
      if (shown != NULL)
        {
          bal_source_edit_set_attribute (edit, token, "src", shown->url);
          if (bal_token_is (token, "img"))
            set_identity (edit, tokens, token, delimiter, shown->remote_id);
        }
      if (linked != NULL)
        bal_source_edit_set_attribute (edit, token, "href", linked->url);
    }
  bytes = bal_source_edit_apply (edit);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
