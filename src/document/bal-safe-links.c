/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-safe-links.h"

#include <string.h>

#include "bal-tokenizer.h"

GPtrArray *
bal_safe_links_list (const char *html)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *valid = NULL;
  g_autoptr(BalTokens) tokens = NULL;

  if (html == NULL || strchr (html, '<') == NULL)
    return links;

  valid = g_utf8_make_valid (html, -1);
  tokens = bal_tokens_new (valid, strlen (valid), FALSE);
  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      char *href = NULL;

      if (token->type == BAL_TOKEN_START && bal_tokens_name_is (tokens, token, "a"))
        href = bal_tokens_dup_attribute (tokens, token, "href");
      if (href != NULL)
        g_ptr_array_add (links, href);
    }
  return links;
}

/* Whether @word, in any case, ends there; @text is all that there is before. */
static gboolean
ends_with (const char *text,
           const char *end,
           const char *word)
{
  gsize length = strlen (word);

  return (gsize) (end - text) >= length && g_ascii_strncasecmp (end - length, word, length) == 0;
}

/* Asked of each comment that comes in: what is rare is looked for first. */
static gboolean
has_address (const char *text)
{
  for (const char *at = strstr (text, "://"); at != NULL; at = strstr (at + 1, "://"))
    if (ends_with (text, at, "http") || ends_with (text, at, "https"))
      return TRUE;
  for (const char *at = strchr (text, '.'); at != NULL; at = strchr (at + 1, '.'))
    if (ends_with (text, at, "www"))
      return TRUE;
  return FALSE;
}

static gboolean
has_anchor (const char *html)
{
  for (const char *at = strchr (html, '<'); at != NULL; at = strchr (at + 1, '<'))
    if (at[1] == 'a' || at[1] == 'A')
      return TRUE;
  return FALSE;
}

gboolean
bal_safe_links_any (const char *html)
{
  g_autoptr(GPtrArray) links = NULL;

  if (html == NULL)
    return FALSE;
  if (has_address (html))
    return TRUE;
  if (!has_anchor (html))
    return FALSE;

  links = bal_safe_links_list (html);
  return links->len > 0;
}
