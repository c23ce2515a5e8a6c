/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reader.h"

#include "bal-image-parts.h"
#include "bal-safe-text.h"

#include <string.h>

#define LONGEST_NAME    40
#define LONGEST_CAPTION 2000

static char *
dup_name (const BalTokens *tokens,
          const BalToken  *token,
          const char      *prefix)
{
  gsize length = MIN (token->name_length, LONGEST_NAME);
  g_autofree char *name = g_ascii_strdown (tokens->source + token->name_start, length);
  g_autofree char *valid = g_utf8_make_valid (name, length);

  return g_strconcat (prefix, valid, NULL);
}

char *
bal_reader_island_name (const char *source,
                        gsize       length)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (source != NULL ? source : "", length, FALSE);
  const BalToken *best = NULL;

  /* The outermost delimiter says most; otherwise the first thing that is not text, and inside of
   * mere wrappers what they hold. */
  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      BalTagFlags flags = token->tag != NULL ? token->tag->flags : BAL_TAG_INLINE;

      if (token->type == BAL_TOKEN_WP_START || token->type == BAL_TOKEN_WP_VOID ||
          token->type == BAL_TOKEN_WP_END)
        return dup_name (tokens, token, "wp:");
      if (token->type == BAL_TOKEN_START && best == NULL)
        best = token;
      if (token->type == BAL_TOKEN_START &&
          ((flags & BAL_TAG_OBJECT) || bal_token_is (token, "table")))
        return dup_name (tokens, token, "");
    }
  if (best == NULL)
    return g_strdup (tokens->n_tokens > 0 && tokens->tokens[0].type == BAL_TOKEN_TEXT ? "text" :
                                                                                        "markup");
  return dup_name (tokens, best, "");
}

static gboolean
is_caption (const BalTokens *tokens,
            const BalToken  *token)
{
  if (token->type != BAL_TOKEN_START || token->match == BAL_TOKEN_NO_MATCH)
    return FALSE;
  return bal_token_is (token, "figcaption") || bal_tokens_has_class (tokens, token, "tr-caption");
}

/* (nullable): the caption in WordPress's [caption …]. */
static char *
shortcode_label (const char *source,
                 gsize       length)
{
  g_auto(BalImageParts) parts = { NULL };
  g_autofree char *inside = NULL;

  if (*source != '[' || !bal_image_parts_find (&parts, source, length) ||
      !bal_image_parts_has_shortcode (&parts))
    return NULL;
  inside = g_strndup (source + parts.caption_start, parts.caption_end - parts.caption_start);
  return bal_safe_text_line (inside, LONGEST_CAPTION);
}

char *
bal_reader_image_label (const char *source,
                        gsize       length)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (source != NULL ? source : "", length, FALSE);
  g_autofree char *shortcode = length > 0 ? shortcode_label (source, length) : NULL;
  g_autofree char *alt = NULL;

  if (shortcode != NULL && *shortcode != '\0')
    return g_steal_pointer (&shortcode);

  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];

      if (is_caption (tokens, token))
        {
          g_autofree char *inside =
            g_strndup (source + token->end, tokens->tokens[token->match].start - token->end);
          g_autofree char *caption = bal_safe_text_line (inside, LONGEST_CAPTION);

          if (*caption != '\0')
            return g_steal_pointer (&caption);
        }
      else if (alt == NULL && token->type == BAL_TOKEN_START && bal_token_is (token, "img"))
        {
          alt = bal_tokens_dup_attribute (tokens, token, "alt");
        }
    }
  return alt != NULL ? bal_safe_text_name (alt, LONGEST_CAPTION) : g_strdup ("");
}

gboolean
bal_reader_is_unclosed (const char *source,
                        gsize       length)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (source != NULL ? source : "", length, FALSE);
  const BalToken *last = tokens->n_tokens > 0 ? &tokens->tokens[tokens->n_tokens - 1] : NULL;

  if (last == NULL)
    return FALSE;
  return last->unclosed || (last->type == BAL_TOKEN_START && last->match == BAL_TOKEN_NO_MATCH &&
                            last->tag != NULL && (last->tag->flags & BAL_TAG_RAW));
}
