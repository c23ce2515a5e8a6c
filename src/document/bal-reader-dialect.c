/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reader.h"

#include <string.h>

static const char *const nicks[] = {
  [BAL_DIALECT_HTML] = "html",
  [BAL_DIALECT_WP_BLOCKS] = "wp-blocks",
  [BAL_DIALECT_WP_CLASSIC] = "wp-classic",
  [BAL_DIALECT_BLOGGER] = "blogger",
};

const char *
bal_dialect_to_nick (BalDialect dialect)
{
  g_return_val_if_fail (dialect < G_N_ELEMENTS (nicks), nicks[0]);

  return nicks[dialect];
}

/**
 * bal_dialect_from_nick:
 * @nick: (nullable): one of those of [func@Dialect.to_nick]
 * @dialect: (out) (optional): stays as it is when there is no such nick
 *
 * Returns: whether there is such a dialect
 */
gboolean
bal_dialect_from_nick (const char *nick,
                       BalDialect *dialect)
{
  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      {
        if (dialect != NULL)
          *dialect = i;
        return TRUE;
      }
  return FALSE;
}

/* What a post shows outside of its block elements. */
typedef struct
{
  gboolean any;
  gboolean delimiter;
  gboolean bare_text;
  gboolean blank_line;
  gboolean double_break;
  gboolean paragraph;
  gboolean division;
  gboolean blogger;     /* marks that only Blogger's editors leave */
} Signs;

static gboolean
is_blogger_mark (const BalTokens *tokens,
                 const BalToken  *token)
{
  g_autofree char *trbidi = NULL;

  if (token->type != BAL_TOKEN_START ||
      (!bal_token_is (token, "div") && !bal_token_is (token, "table")))
    return FALSE;
  trbidi = bal_tokens_dup_attribute (tokens, token, "trbidi");
  return trbidi != NULL || bal_tokens_has_class (tokens, token, "separator") ||
         bal_tokens_has_class (tokens, token, "tr-caption-container");
}

static gboolean
is_text (const BalTokens *tokens,
         const BalToken  *token)
{
  return token->type == BAL_TOKEN_TEXT &&
         !bal_is_blank (tokens->source + token->start, token->end - token->start);
}

static void
look_at_tag (const BalTokens *tokens,
             guint           *index,
             Signs           *signs)
{
  const BalToken *token = &tokens->tokens[*index];
  BalTagFlags flags = token->tag != NULL ? token->tag->flags : BAL_TAG_INLINE;

  signs->blogger = signs->blogger || is_blogger_mark (tokens, token);
  signs->paragraph = signs->paragraph || bal_token_is (token, "p");
  signs->division = signs->division || bal_token_is (token, "div");
  if ((flags & (BAL_TAG_BLOCK | BAL_TAG_OBJECT)) && !(flags & BAL_TAG_WRAPPER) &&
      token->match != BAL_TOKEN_NO_MATCH)
    *index = token->match;
}

static Signs
look_at (const BalTokens *tokens)
{
  Signs signs = { 0 };
  gboolean after_break = FALSE;
  guint in_wrapper = 0;   /* text of a <div> is that div's, not bare */

  for (guint i = 0; i < tokens->n_tokens && !signs.delimiter; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      gboolean is_break = token->type == BAL_TOKEN_START && bal_token_is (token, "br");

      signs.any = TRUE;
      if (token->type == BAL_TOKEN_WP_START || token->type == BAL_TOKEN_WP_VOID)
        signs.delimiter = TRUE;
      else if (token->type == BAL_TOKEN_BREAK)
        signs.blank_line = TRUE;
      else if (is_text (tokens, token) && i >= in_wrapper)
        signs.bare_text = TRUE;
      else if (token->type == BAL_TOKEN_START)
        look_at_tag (tokens, &i, &signs);

      if (token->type == BAL_TOKEN_START && token->match != BAL_TOKEN_NO_MATCH &&
          token->tag != NULL && (token->tag->flags & BAL_TAG_WRAPPER))
        in_wrapper = MAX (in_wrapper, token->match);
      if (is_break)
        {
          signs.double_break = signs.double_break || after_break;
          after_break = TRUE;
        }
      else if (token->type != BAL_TOKEN_TEXT || is_text (tokens, token))
        {
          after_break = FALSE;
        }
    }
  return signs;
}

BalDialect
bal_reader_recognise (const BalTokens *tokens,
                      BalDialect       fallback)
{
  Signs signs = look_at (tokens);

  if (signs.delimiter)
    return BAL_DIALECT_WP_BLOCKS;
  if (bal_is_blank (tokens->source, tokens->length))
    return fallback;
  if (signs.blogger)
    return BAL_DIALECT_BLOGGER;
  if (signs.bare_text && signs.blank_line)
    return BAL_DIALECT_WP_CLASSIC;
  if (signs.double_break && fallback != BAL_DIALECT_WP_BLOCKS &&
      fallback != BAL_DIALECT_WP_CLASSIC && !signs.paragraph)
    return BAL_DIALECT_BLOGGER;
  if (signs.division && !signs.paragraph && fallback == BAL_DIALECT_HTML)
    return BAL_DIALECT_BLOGGER;
  if (signs.paragraph && !signs.bare_text)
    return BAL_DIALECT_HTML;

  /* Without delimiters WordPress takes a post for a classic one; a delimiter would end that. */
  return fallback == BAL_DIALECT_WP_BLOCKS ? BAL_DIALECT_WP_CLASSIC : fallback;
}
