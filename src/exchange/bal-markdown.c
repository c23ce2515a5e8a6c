/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-markdown.h"

#include <md4c-html.h>
#include <string.h>

#include "bal-entities.h"
#include "bal-image.h"
#include "bal-tokenizer.h"
#include "bal-writer.h"

/* Deeper lists and quotes stay HTML. */
#define MOST_LEVELS 6

static void
append_html (const MD_CHAR *text,
             MD_SIZE        length,
             void          *data)
{
  g_string_append_len (data, text, (gssize) length);
}

char *
bal_markdown_to_html (const char *markdown)
{
  GString *html = g_string_new (NULL);

  md_html (markdown, (MD_SIZE) strlen (markdown), append_html, html, MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH, 0);
  return g_string_free (html, FALSE);
}

/* ---- HTML as it is ---- */

/* Line ends after the first, and tabs that begin a line, which Markdown would make spaces of. */
static void
append_lines (GString    *out,
              const char *text,
              gsize       length,
              gboolean    is_pre,
              gboolean    is_text)
{
  gboolean is_blank = out->len == 0 || out->str[out->len - 1] == '\n', was_end = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i], next = i + 1 < length ? text[i + 1] : '\0';

      if (c == '\r' && next == '\n')
        continue;
      if (c == '\n' || c == '\r')
        {
          g_string_append (out, !was_end ? "\n" : is_pre ? "&#10;" : "");
          is_blank = was_end = TRUE;
          continue;
        }

      if (c == '\t' && is_blank)
        g_string_append (out, is_pre ? "&#9;" : "  ");
      else if (is_text && c == '{' && (next == '{' || next == '%'))
        g_string_append (out, "&#123;");
      else
        g_string_append_c (out, c);
      is_blank &= c == ' ' || (c == '\t' && !is_pre);
      was_end &= is_blank;
    }
}

char *
bal_markdown_squeeze_html (const char *html,
                           gsize       length)
{
  GString *out = g_string_new (NULL);
  BalTokens *tokens = bal_tokens_new (html, length, FALSE);
  guint pre_end = 0;

  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      gboolean is_text = token->type == BAL_TOKEN_TEXT && !token->raw;

      if (token->type == BAL_TOKEN_START && bal_token_is (token, "pre") && token->match != BAL_TOKEN_NO_MATCH)
        pre_end = MAX (pre_end, token->match);
      append_lines (out, html + token->start, token->end - token->start, is_text && i < pre_end,
                    is_text || token->type == BAL_TOKEN_START);
    }

  bal_tokens_free (tokens);
  return g_strstrip (g_string_free (out, FALSE));
}

/* ---- what Markdown can say ---- */

/* Whether tags of blocks say nothing beyond their name. What editors write by themselves does not count. */
static gboolean
is_plain (const char *source,
          gsize       length)
{
  static const char *const own[] = { "wp-block-heading", "wp-block-list", "wp-block-quote", "wp-block-separator",
                                     "has-alpha-channel-opacity", NULL };
  BalTokens *tokens = bal_tokens_new (source, length, FALSE);
  gboolean plain = TRUE;

  for (guint i = 0; i < tokens->n_tokens && plain; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      BalAttribute attribute;
      gsize cursor = 0;

      if (token->type == BAL_TOKEN_COMMENT || token->type == BAL_TOKEN_OTHER)
        plain = FALSE;
      else if (token->type == BAL_TOKEN_WP_START || token->type == BAL_TOKEN_WP_VOID)
        {
          g_autofree char *text = g_strndup (source + token->start, token->end - token->start);

          plain = strchr (text, '{') == NULL || strstr (text, "{\"level\":") != NULL ||
                  strstr (text, "{\"ordered\":true}") != NULL;
          plain &= strchr (text, ',') == NULL;
        }
      else if (token->type == BAL_TOKEN_START && token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK))
        while (plain && bal_tokens_next_attribute (tokens, token, &cursor, &attribute))
          {
            g_autofree char *value = g_strndup (attribute.value != NULL ? attribute.value : "", attribute.value_length);
            g_auto(GStrv) words = g_strsplit (value, " ", -1);

            plain = attribute.name_length == 5 && g_ascii_strncasecmp (attribute.name, "class", 5) == 0;
            for (guint k = 0; words[k] != NULL && plain; k++)
              plain = g_strv_contains (own, words[k]);
          }
    }

  bal_tokens_free (tokens);
  return plain;
}

static void
append_indented (GString    *out,
                 const char *text,
                 const char *first,
                 const char *rest)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, i == 0 ? first : rest);
      g_string_append (out, lines[i]);
      while (*lines[i] == '\0' && out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
    }
}

static gboolean write_block (GString        *out,
                             BalBlock       *block,
                             BalMarkdownWay  way,
                             guint           level,
                             gboolean        other_marker);

/* Two lists in a row need different marks, or they are one. */
static gboolean
write_children (GString        *out,
                BalBlock       *block,
                BalMarkdownWay  way,
                guint           level,
                const char     *separator)
{
  gboolean other_marker = FALSE;

  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      BalBlock *child = bal_block_get_child (block, i);

      other_marker = i > 0 && bal_block_get_kind (child) == BAL_BLOCK_LIST &&
                     bal_block_get_kind (bal_block_get_child (block, i - 1)) == BAL_BLOCK_LIST && !other_marker;
      if (out->len > 0)
        g_string_append (out, separator);
      if (!write_block (out, child, way, level + 1, other_marker))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_list (GString        *out,
            BalBlock       *block,
            BalMarkdownWay  way,
            guint           level,
            gboolean        other_marker)
{
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      BalBlock *item = bal_block_get_child (block, i);
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *marker = bal_block_get_ordered (block) ? g_strdup_printf ("%u%c ", i + 1, other_marker ? ')' : '.')
                                                              : g_strdup (other_marker ? "* " : "- ");
      g_autofree char *space = g_strnfill (strlen (marker), ' ');

      if (bal_block_get_kind (item) != BAL_BLOCK_ITEM)
        return FALSE;
      bal_markdown_write_inline (text, item, way);
      if (!write_children (text, item, way, level, "\n"))
        return FALSE;
      if (i > 0)
        g_string_append_c (out, '\n');
      append_indented (out, text->str, marker, space);
    }

  return bal_block_get_n_children (block) > 0;
}

static gboolean
write_code_block (GString  *out,
                  BalBlock *block)
{
  const char *text = bal_block_get_text (block);
  guint n_runs;

  bal_block_get_runs (block, &n_runs);
  if (n_runs > 1 || strstr (text, "```") != NULL || strstr (text, "{{") != NULL || strstr (text, "{%") != NULL)
    return FALSE;

  g_string_append_printf (out, "```\n%s%s```", text, g_str_has_suffix (text, "\n") ? "" : "\n");
  return TRUE;
}

static gboolean
write_image (GString  *out,
             BalBlock *block)
{
  g_autoptr(BalImage) image = bal_image_from_block (block);

  if (image == NULL || image->caption != NULL || image->link != NULL || image->width != 0 || image->height != 0 ||
      image->alt == NULL || strpbrk (image->alt, "\\`*_[]<>&~|\n{!") != NULL ||
      strpbrk (image->src, "<>\\&\n{ ()\"'*_`|") != NULL)
    return FALSE;

  g_string_append_printf (out, "![%s](%s)", image->alt, image->src);
  return TRUE;
}

/* FALSE: it has no words for it. */
static gboolean
write_block (GString        *out,
             BalBlock       *block,
             BalMarkdownWay  way,
             guint           level,
             gboolean        other_marker)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (level > MOST_LEVELS)
    return FALSE;

  switch (bal_block_get_kind (block))
    {
    case BAL_BLOCK_PARAGRAPH:
      bal_markdown_write_inline (out, block, way);
      return TRUE;

    case BAL_BLOCK_HEADING:
      for (int i = 0; i < bal_block_get_level (block); i++)
        g_string_append_c (out, '#');
      g_string_append_c (out, ' ');
      bal_markdown_write_inline (out, block, strchr (bal_block_get_text (block), '\n') != NULL ? BAL_MARKDOWN_TAGS : way);
      return TRUE;

    case BAL_BLOCK_QUOTE:
      if (!write_children (text, block, way, level, "\n\n"))
        return FALSE;
      append_indented (out, text->str, "> ", "> ");
      return TRUE;

    case BAL_BLOCK_LIST:
      return write_list (out, block, way, level, other_marker);

    case BAL_BLOCK_SEPARATOR:
      g_string_append (out, "---");
      return TRUE;

    case BAL_BLOCK_PREFORMATTED:
      return write_code_block (out, block);

    case BAL_BLOCK_IMAGE:
      return write_image (out, block);

    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      return FALSE;
    }
}

/* ---- reading it again ---- */

/* A picture that says the same in fewer words is the same. */
static gboolean
is_same (BalBlock *a,
         BalBlock *b)
{
  gsize a_length, b_length;
  const char *a_source, *b_source;
  g_autofree char *a_squeezed = NULL;
  g_autofree char *b_squeezed = NULL;

  if (bal_block_equal (a, b))
    return TRUE;
  if (bal_block_get_kind (a) != bal_block_get_kind (b))
    return FALSE;

  if (bal_block_get_kind (a) == BAL_BLOCK_IMAGE)
    {
      g_autoptr(BalImage) a_image = bal_image_from_block (a);
      g_autoptr(BalImage) b_image = bal_image_from_block (b);

      if (a_image != NULL && b_image != NULL && bal_image_equal (a_image, b_image))
        return TRUE;
    }
  else if (bal_block_get_kind (a) != BAL_BLOCK_OPAQUE && bal_block_get_kind (a) != BAL_BLOCK_TABLE)
    return FALSE;

  a_source = bal_block_get_source (a, &a_length);
  b_source = bal_block_get_source (b, &b_length);
  if (a_source == NULL || b_source == NULL)
    return FALSE;
  a_squeezed = bal_markdown_squeeze_html (a_source, a_length);
  b_squeezed = bal_markdown_squeeze_html (b_source, b_length);
  return g_str_equal (a_squeezed, b_squeezed);
}

static BalDocument *
read_again (const char *markdown,
            BalDialect  dialect)
{
  g_autofree char *html = bal_markdown_to_html (markdown);

  return bal_document_new_from_html (html, -1, dialect);
}

static gboolean
gives_block (const char *markdown,
             BalBlock   *block,
             BalDialect  dialect)
{
  g_autoptr(BalDocument) document = read_again (markdown, dialect);

  return bal_document_get_n_blocks (document) == 1 && is_same (bal_document_get_block (document, 0), block);
}

static gboolean
gives_document (const char  *markdown,
                BalDocument *wanted)
{
  g_autoptr(BalDocument) document = read_again (markdown, bal_document_get_dialect (wanted));
  guint n = bal_document_get_n_blocks (wanted);

  if (bal_document_get_n_blocks (document) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!is_same (bal_document_get_block (document, i), bal_document_get_block (wanted, i)))
      return FALSE;
  return TRUE;
}

/* ---- the whole ---- */

/* A picture's tags are its content; those of the figure around it are not said by Markdown. */
static gboolean
may_be_marked (BalBlock   *block,
               const char *source,
               gsize       length)
{
  BalTokens *tokens;
  gboolean good = is_plain (source, length);
  BalAttribute attribute;
  gsize cursor = 0;

  if (!good || bal_block_get_kind (block) != BAL_BLOCK_IMAGE)
    return good;

  tokens = bal_tokens_new (source, length, FALSE);
  for (guint i = 0; i < tokens->n_tokens; i++)
    while (tokens->tokens[i].type == BAL_TOKEN_START &&
           bal_tokens_next_attribute (tokens, &tokens->tokens[i], &cursor, &attribute))
      good &= attribute.name_length == 3 &&
              (g_ascii_strncasecmp (attribute.name, "src", 3) == 0 || g_ascii_strncasecmp (attribute.name, "alt", 3) == 0);
  bal_tokens_free (tokens);
  return good;
}

/* Its own bytes where they are one piece of HTML by themselves, else anew with a tag for everything: a classic post of
 * WordPress has its paragraphs in blank lines. */
static char *
write_html (BalBlock   *block,
            const char *source,
            gsize       length,
            BalDialect  dialect)
{
  BalSpelling spelling = { BAL_DIALECT_HTML, BAL_FORM_TAGS, TRUE };
  g_autofree char *own = bal_markdown_squeeze_html (source, length);
  g_autofree char *new = NULL;
  g_autoptr(GString) out = g_string_new (NULL);

  if (gives_block (own, block, dialect))
    return g_steal_pointer (&own);

  bal_writer_write_block (out, block, spelling);
  new = bal_markdown_squeeze_html (out->str, out->len);
  if (gives_block (new, block, dialect))
    return g_steal_pointer (&new);
  return g_strdup_printf ("<div>\n%s\n</div>", own);
}

static char *
write_best (BalBlock   *block,
            BalDialect  dialect,
            gboolean    other_marker,
            gboolean   *is_html)
{
  gsize length;
  const char *source = bal_block_get_source (block, &length);

  *is_html = FALSE;
  if (may_be_marked (block, source, length))
    for (BalMarkdownWay way = BAL_MARKDOWN_MARKS; way <= BAL_MARKDOWN_TAGS; way++)
      {
        GString *out = g_string_new (NULL);

        if (write_block (out, block, way, 0, other_marker) && gives_block (out->str, block, dialect))
          return g_string_free (out, FALSE);
        g_string_free (out, TRUE);
      }

  *is_html = TRUE;
  return write_html (block, source, length, dialect);
}

/* What stands between blocks: breaks and white space part them, as Markdown's blank lines do; more than that is kept.
 * FALSE: tags around blocks, which can't be told from them. */
static gboolean
write_gap (GString    *out,
           const char *gap,
           gsize       length)
{
  BalTokens *tokens = bal_tokens_new (gap, length, FALSE);
  gboolean good = TRUE;

  for (guint i = 0; i < tokens->n_tokens && good; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      gboolean is_tag = token->type == BAL_TOKEN_START || token->type == BAL_TOKEN_END;
      gsize size = token->end - token->start;

      if (token->type == BAL_TOKEN_COMMENT)
        {
          g_autofree char *comment = bal_markdown_squeeze_html (gap + token->start, size);

          g_string_append_printf (out, "%s%s", out->len > 0 ? "\n\n" : "", comment);
        }
      else
        good = (token->type == BAL_TOKEN_TEXT && bal_is_blank (gap + token->start, size)) ||
               (is_tag && (bal_token_is (token, "br") || (bal_token_is (token, "div") && size <= strlen ("</div>"))));
    }

  bal_tokens_free (tokens);
  return good;
}

/* All of them. FALSE: but not all of what stands between them. */
static gboolean
write_blocks (GString     *out,
              BalDocument *document)
{
  gsize length;
  g_autofree char *html = bal_document_to_html (document, &length);
  const char *rest = html;
  gboolean good = TRUE, was_html = FALSE, other_marker = FALSE;

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);
      gsize source_length;
      const char *source = bal_block_get_source (block, &source_length);
      g_autofree char *needle = g_strndup (source, source_length);
      const char *at = source_length > 0 ? strstr (rest, needle) : NULL;
      g_autofree char *text = NULL;
      gboolean after_list = i > 0 && !was_html &&
                            bal_block_get_kind (bal_document_get_block (document, i - 1)) == BAL_BLOCK_LIST;

      good &= at != NULL && write_gap (out, rest, (gsize) (at - rest));
      rest = at != NULL ? at + source_length : rest;
      other_marker = after_list && bal_block_get_kind (block) == BAL_BLOCK_LIST && !other_marker;
      text = write_best (block, bal_document_get_dialect (document), other_marker, &was_html);
      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n\n" : "", text);
    }

  good &= write_gap (out, rest, length - (gsize) (rest - html));
  g_string_append_c (out, '\n');
  return good;
}

char *
bal_markdown_from_document (BalDocument *document,
                            gboolean    *is_exact)
{
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *html = NULL;
  g_autofree char *squeezed = NULL;

  *is_exact = TRUE;
  if (write_blocks (out, document) && gives_document (out->str, document))
    return g_strdup (out->str);

  /* In a classic post of WordPress blank lines are paragraphs: as one piece without them it would say less. */
  *is_exact = FALSE;
  if (bal_document_get_dialect (document) == BAL_DIALECT_WP_CLASSIC)
    return g_strdup (out->str);

  html = bal_document_to_html (document, NULL);
  squeezed = bal_markdown_squeeze_html (html, strlen (html));
  g_string_printf (out, "<div>\n%s\n</div>\n", squeezed);
  *is_exact = gives_document (out->str, document);
  return g_strdup (out->str);
}
