/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-tokenizer.h"

#include <string.h>

/* ---- the key of a create -------------------------------------------------------------------------- */

/* Blogger has no place for a key: it stands as a comment before a draft's text until the draft's id is kept. Behind the
 * text it could be swallowed by a tag that is not closed. */
#define KEY_START "<!--balcony:"
#define KEY_END   "-->"
#define MAX_KEY   64

char *
bal_blogger_add_key (const char *html,
                     const char *key)
{
  return g_strconcat (KEY_START, key, KEY_END, html, NULL);
}

char *
bal_blogger_strip_key (const char  *html,
                       char       **key)
{
  const char *start = html + strlen (KEY_START);
  gsize length;

  if (key != NULL)
    *key = NULL;
  if (!g_str_has_prefix (html, KEY_START))
    return g_strdup (html);

  length = strspn (start, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-");
  while (length > 0 && start[length - 1] == '-')    /* those of the comment's end */
    length--;
  if (length == 0 || length > MAX_KEY || !g_str_has_prefix (start + length, KEY_END))
    return g_strdup (html);

  if (key != NULL)
    *key = g_strndup (start, length);
  return g_strdup (start + length + strlen (KEY_END));
}

/* ---- newlines ------------------------------------------------------------------------------------- */

typedef struct
{
  const BalTokens *tokens;
  GString         *out;
  guint            pre_end;      /* index of the end tag of what keeps its line breaks; 0: not within */
} Flattener;

static gboolean
is_newline (char c)
{
  return c == '\n' || c == '\r';
}

/* One line break, whichever way it is spelled. */
static const char *
skip_newline (const char *p,
              const char *end)
{
  return *p == '\r' && p + 1 < end && p[1] == '\n' ? p + 2 : p + 1;
}

/* Blanks with a newline among them read as one blank. */
static void
add_text (GString    *out,
          const char *p,
          const char *end)
{
  while (p < end)
    {
      const char *q = p;
      gboolean has_newline = FALSE;

      while (q < end && bal_is_space (*q))
        has_newline |= is_newline (*q++);
      if (has_newline && out->len > 0)
        g_string_append_c (out, ' ');
      else if (!has_newline)
        g_string_append_len (out, p, q - p);
      for (p = q; q < end && !bal_is_space (*q); q++)
        ;
      g_string_append_len (out, p, q - p);
      p = q;
    }
}

/* Where a line break counts, it is written as a character reference, which no server turns into a tag. */
static void
add_referring (GString    *out,
               const char *p,
               const char *end)
{
  while (p < end)
    {
      if (is_newline (*p))
        {
          g_string_append (out, "&#10;");
          p = skip_newline (p, end);
        }
      else
        g_string_append_c (out, *p++);
    }
}

static void
add_spaced (GString    *out,
            const char *p,
            const char *end)
{
  for (; p < end; p++)
    g_string_append_c (out, is_newline (*p) ? ' ' : *p);
}

/* Between attributes a newline is a blank; within a quoted value it counts. */
static void
add_tag (GString    *out,
         const char *p,
         const char *end)
{
  char quote = '\0';

  while (p < end)
    {
      if (quote == '\0' && (*p == '"' || *p == '\''))
        quote = *p;
      else if (quote != '\0' && *p == quote)
        quote = '\0';

      if (!is_newline (*p))
        g_string_append_c (out, *p++);
      else
        {
          g_string_append (out, quote != '\0' ? "&#10;" : " ");
          p = skip_newline (p, end);
        }
    }
}

static gboolean
is_within (Flattener  *self,
           guint       index,
           const char *name)
{
  return index > 0 && bal_tokens_name_is (self->tokens, &self->tokens->tokens[index - 1], name);
}

static void
add_token (Flattener *self,
           guint      index)
{
  const BalToken *token = &self->tokens->tokens[index];
  const char *start = self->tokens->source + token->start;
  const char *end = self->tokens->source + token->end;

  switch (token->type)
    {
    case BAL_TOKEN_TEXT:
    case BAL_TOKEN_BREAK:
      if (token->raw && is_within (self, index, "script"))
        g_string_append_len (self->out, start, end - start);    /* a line may end a comment there */
      else if (token->raw && is_within (self, index, "style"))
        add_spaced (self->out, start, end);
      else if (token->raw || self->pre_end > index)
        {
          /* The first one behind the start tag is not shown. */
          if (is_newline (*start) && (is_within (self, index, "pre") || is_within (self, index, "textarea")))
            start = skip_newline (start, end);
          add_referring (self->out, start, end);
        }
      else
        add_text (self->out, start, end);
      break;

    case BAL_TOKEN_START:
      if (self->pre_end <= index && token->match != BAL_TOKEN_NO_MATCH && bal_tokens_name_is (self->tokens, token, "pre"))
        self->pre_end = token->match;
      add_tag (self->out, start, end);
      break;

    case BAL_TOKEN_END:
    case BAL_TOKEN_COMMENT:
    case BAL_TOKEN_OTHER:
    case BAL_TOKEN_WP_START:
    case BAL_TOKEN_WP_END:
    case BAL_TOKEN_WP_VOID:
    default:
      add_spaced (self->out, start, end);
      break;
    }
}

char *
bal_blogger_flatten (const char *html)
{
  Flattener self = { 0 };
  BalTokens *tokens;

  if (html == NULL || strpbrk (html, "\r\n") == NULL)
    return g_strdup (html != NULL ? html : "");

  tokens = bal_tokens_new (html, strlen (html), FALSE);
  self.tokens = tokens;
  self.out = g_string_new (NULL);
  for (guint i = 0; i < tokens->n_tokens; i++)
    add_token (&self, i);
  bal_tokens_free (tokens);
  while (self.out->len > 0 && self.out->str[self.out->len - 1] == ' ' && is_newline (html[strlen (html) - 1]))
    g_string_truncate (self.out, self.out->len - 1);
  return g_string_free (self.out, FALSE);
}
