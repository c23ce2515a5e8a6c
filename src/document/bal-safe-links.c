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

/* Of the letters of ASCII, in any case; @needle in lower case. */
static const char *
find_any_case (const char *text,
               const char *needle)
{
  gsize length = strlen (needle);
  const char both[] = { needle[0], (char) g_ascii_toupper (needle[0]), '\0' };

  for (text = strpbrk (text, both); text != NULL; text = strpbrk (text + 1, both))
    if (g_ascii_strncasecmp (text, needle, length) == 0)
      return text;

  return NULL;
}

gboolean
bal_safe_links_any (const char *html)
{
  g_autoptr(GPtrArray) links = NULL;

  if (html == NULL)
    return FALSE;
  if (find_any_case (html, "http://") != NULL || find_any_case (html, "https://") != NULL ||
      find_any_case (html, "www.") != NULL)
    return TRUE;
  if (find_any_case (html, "href") == NULL)
    return FALSE;

  links = bal_safe_links_list (html);
  return links->len > 0;
}
