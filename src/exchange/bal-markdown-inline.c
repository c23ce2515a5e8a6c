/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-markdown.h"

#include <string.h>

#include "bal-entities.h"
#include "bal-inline.h"
#include "bal-tokenizer.h"

/*
 * The text of a block is first written as HTML; its tags become marks where these say the same, and stay where they do
 * not. Text keeps its entities, which Markdown reads as HTML does.
 */

typedef struct
{
  GString        *out;
  BalTokens      *tokens;
  BalMarkdownWay  way;
  gsize           start;         /* of this block's text in the output */
} Writer;

static gboolean
is_bare (Writer         *writer,
         const BalToken *token,
         const char     *name)
{
  return bal_tokens_name_is (writer->tokens, token, name) &&
         token->end - token->start == strlen (name) + (token->type == BAL_TOKEN_END ? 3 : 2);
}

static const char *
find_mark (Writer         *writer,
           const BalToken *token)
{
  const BalToken *open = token->type == BAL_TOKEN_END ? &writer->tokens->tokens[token->match] : token;

  if (is_bare (writer, open, "strong"))
    return "**";
  if (is_bare (writer, open, "em"))
    return "*";
  return is_bare (writer, open, "s") ? "~~" : NULL;
}

static gboolean
is_line_start (Writer *writer)
{
  return writer->out->len == writer->start || writer->out->str[writer->out->len - 1] == '\n';
}

/* Marks that count at the beginning of a line only: "1." and "1)" are lists, "-" and "+" too, "=" underlines. */
static gsize
escape_line_start (Writer     *writer,
                   const char *text,
                   gsize       length)
{
  gsize n = 0;

  if (!is_line_start (writer) || length == 0)
    return 0;
  if (strchr ("-+=:", text[0]) != NULL)
    {
      g_string_append_c (writer->out, '\\');
      return 0;
    }

  while (n < length && g_ascii_isdigit (text[n]))
    n++;
  if (n == 0 || n == length || (text[n] != '.' && text[n] != ')'))
    return 0;
  g_string_append_len (writer->out, text, (gssize) n);
  g_string_append_c (writer->out, '\\');
  return n;
}

static void
write_text (Writer     *writer,
            const char *text,
            gsize       length)
{
  for (gsize i = escape_line_start (writer, text, length); i < length; i++)
    {
      char next = i + 1 < length ? text[i + 1] : '\0';

      if (text[i] == '{' && (next == '{' || next == '%'))
        {
          g_string_append (writer->out, "&#123;");
          continue;
        }
      if (text[i] != '\0' && strchr ("\\`*_[]~|#", text[i]) != NULL)
        g_string_append_c (writer->out, '\\');
      g_string_append_c (writer->out, text[i] == '\n' ? ' ' : text[i]);
    }
}

/* `code`, with as many marks as it takes. FALSE: it is more than text. */
static gboolean
write_code (Writer *writer,
            guint   index)
{
  const BalToken *open = &writer->tokens->tokens[index], *inside = open + 1;
  const char *source = writer->tokens->source;
  g_autofree char *text = NULL;
  g_autofree char *fence = NULL;
  gsize n = 1;

  if (!is_bare (writer, open, "code") || open->match != index + 2 || inside->type != BAL_TOKEN_TEXT)
    return FALSE;

  text = bal_entities_decode (source + inside->start, inside->end - inside->start, FALSE);
  if (*text == '\0' || g_ascii_isspace (*text) || g_ascii_isspace (text[strlen (text) - 1]) || strchr (text, '\n') != NULL ||
      strstr (text, "{{") != NULL || strstr (text, "{%") != NULL || *text == '`' || g_str_has_suffix (text, "`"))
    return FALSE;

  do
    {
      g_free (fence);
      fence = g_strnfill (n++, '`');
    }
  while (strstr (text, fence) != NULL);
  g_string_append_printf (writer->out, "%s%s%s", fence, text, fence);
  return TRUE;
}

/* The address of a link that says nothing else; written between angle brackets only where it must. */
static char *
dup_target (Writer         *writer,
            const BalToken *token)
{
  BalAttribute attribute;
  gsize cursor = 0;
  g_autofree char *href = bal_tokens_dup_attribute (writer->tokens, token, "href");
  guint n = 0;

  while (bal_tokens_next_attribute (writer->tokens, token, &cursor, &attribute))
    n++;
  if (n != 1 || href == NULL || strpbrk (href, "<>\\&{}\n\r\"'`*_|") != NULL)
    return NULL;
  if (*href == '\0' || strpbrk (href, " ()") != NULL)
    return g_strdup_printf ("<%s>", href);
  return g_steal_pointer (&href);
}

static void
write_tag (Writer *writer,
           guint   index)
{
  const BalToken *token = &writer->tokens->tokens[index];
  const BalToken *open = token->type == BAL_TOKEN_END && token->match != BAL_TOKEN_NO_MATCH
                         ? &writer->tokens->tokens[token->match] : token;
  const char *mark = NULL;
  g_autofree char *target = NULL;

  if (writer->way == BAL_MARKDOWN_MARKS && open->match != BAL_TOKEN_NO_MATCH)
    {
      mark = find_mark (writer, token);
      if (mark == NULL && bal_tokens_name_is (writer->tokens, open, "a"))
        target = dup_target (writer, open);
    }

  if (mark != NULL)
    g_string_append (writer->out, mark);
  else if (target != NULL && token == open)
    g_string_append_c (writer->out, '[');
  else if (target != NULL)
    g_string_append_printf (writer->out, "](%s)", target);
  else if (writer->way == BAL_MARKDOWN_MARKS && token->type == BAL_TOKEN_START &&
           (is_bare (writer, token, "br") || bal_token_is (token, "br")) && !is_line_start (writer))
    g_string_append (writer->out, "\\\n");
  else
    g_string_append_len (writer->out, writer->tokens->source + token->start, (gssize) (token->end - token->start));
}

void
bal_markdown_write_inline (GString        *out,
                           BalBlock       *block,
                           BalMarkdownWay  way)
{
  g_autoptr(GString) html = g_string_new (NULL);
  Writer writer = { .out = out, .way = way, .start = out->len };

  bal_inline_write (html, block, BAL_INLINE_ELEMENTS, NULL);
  writer.tokens = bal_tokens_new (html->str, html->len, FALSE);
  for (guint i = 0; i < writer.tokens->n_tokens; i++)
    {
      const BalToken *token = &writer.tokens->tokens[i];

      if (token->type == BAL_TOKEN_TEXT && !token->raw)
        write_text (&writer, html->str + token->start, token->end - token->start);
      else if (token->type == BAL_TOKEN_START && way == BAL_MARKDOWN_MARKS && write_code (&writer, i))
        i += 2;
      else
        write_tag (&writer, i);
    }
  bal_tokens_free (writer.tokens);
}
