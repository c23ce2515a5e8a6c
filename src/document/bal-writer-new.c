/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-writer.h"

#include "bal-entities.h"
#include "bal-reader.h"

#include <string.h>

void
bal_writer_write_last_break (GString        *out,
                             BalBlock       *block,
                             BalForm         form,
                             BalInlineFlags  flags)
{
  if (form == BAL_FORM_BARE || (flags & BAL_INLINE_PREFORMATTED))
    return;
  if (g_str_has_suffix (block->text, "\n") || (form == BAL_FORM_DIV && *block->text == '\0'))
    g_string_append (out, bal_inline_line_break (flags));
}

static void
write_inline (GString     *out,
              BalBlock    *block,
              BalSpelling  spelling,
              BalForm      form)
{
  BalInlineFlags flags = bal_reader_inline_flags (spelling.dialect, block->kind, form);

  if (spelling.elements)
    flags |= BAL_INLINE_ELEMENTS;
  bal_inline_write (out, block, flags, NULL);
  bal_writer_write_last_break (out, block, form, flags);
}

const char *
bal_writer_separator (BalDialect   dialect,
                      BalBlockKind container,
                      gboolean     both_bare)
{
  gboolean in_list = container == BAL_BLOCK_LIST;

  switch (dialect)
    {
    case BAL_DIALECT_WP_BLOCKS:
      return "\n\n";
    case BAL_DIALECT_WP_CLASSIC:
      return in_list ? "\n" : "\n\n";
    case BAL_DIALECT_BLOGGER:
      return both_bare ? "<br /><br />" : "";
    case BAL_DIALECT_HTML:
    default:
      return "\n";
    }
}

static gboolean
is_bare (BalBlock    *block,
         BalSpelling  spelling)
{
  return block->kind == BAL_BLOCK_PARAGRAPH && spelling.form == BAL_FORM_BARE;
}

static void
write_children (GString     *out,
                BalBlock    *block,
                BalSpelling  spelling)
{
  BalBlock *previous = NULL;

  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      BalBlock *child = bal_block_get_child (block, i);

      if (previous != NULL)
        g_string_append (out, bal_writer_separator (spelling.dialect, block->kind,
                                                    is_bare (previous, spelling) &&
                                                      is_bare (child, spelling)));
      bal_writer_write_block (out, child, spelling);
      previous = child;
    }
}

static void
write_paragraph (GString     *out,
                 BalBlock    *block,
                 BalSpelling  spelling)
{
  const char *name = spelling.form == BAL_FORM_DIV ? "div" : "p";

  if (spelling.form == BAL_FORM_BARE)
    {
      write_inline (out, block, spelling, BAL_FORM_BARE);
      return;
    }
  g_string_append_printf (out, "<%s>", name);
  write_inline (out, block, spelling, spelling.form);
  g_string_append_printf (out, "</%s>", name);
}

static void
write_heading (GString     *out,
               BalBlock    *block,
               BalSpelling  spelling)
{
  gboolean delimited = spelling.dialect == BAL_DIALECT_WP_BLOCKS;

  g_string_append_printf (out, delimited ? "<h%d class=\"wp-block-heading\">" : "<h%d>",
                          block->level);
  write_inline (out, block, spelling, BAL_FORM_TAGS);
  g_string_append_printf (out, "</h%d>", block->level);
}

static gboolean
is_all_code (BalBlock *block)
{
  return block->n_runs == 1 && block->runs[0].style == BAL_STYLE_CODE &&
         block->runs[0].start == 0 && block->runs[0].length == strlen (block->text);
}

static void
write_preformatted (GString     *out,
                    BalBlock    *block,
                    BalSpelling  spelling)
{
  if (spelling.dialect != BAL_DIALECT_WP_BLOCKS)
    g_string_append (out, "<pre>");
  else if (is_all_code (block))
    g_string_append (out, "<pre class=\"wp-block-code\">");
  else
    g_string_append (out, "<pre class=\"wp-block-preformatted\">");
  /* HTML standard: a newline right behind <pre> is dropped. */
  if (block->text[0] == '\n')
    g_string_append_c (out, '\n');
  write_inline (out, block, spelling, BAL_FORM_TAGS);
  g_string_append (out, "</pre>");
}

static void
write_quote (GString     *out,
             BalBlock    *block,
             BalSpelling  spelling)
{
  const char *line = spelling.dialect == BAL_DIALECT_HTML ? "\n" : "";

  g_string_append (out, spelling.dialect == BAL_DIALECT_WP_BLOCKS ?
                          "<blockquote class=\"wp-block-quote\">" :
                          "<blockquote>");
  g_string_append (out, line);
  write_children (out, block, spelling);
  g_string_append_printf (out, "%s</blockquote>", line);
}

static void
write_list (GString     *out,
            BalBlock    *block,
            BalSpelling  spelling)
{
  const char *name = block->ordered ? "ol" : "ul";
  gboolean lines =
    spelling.dialect == BAL_DIALECT_HTML || spelling.dialect == BAL_DIALECT_WP_CLASSIC;

  g_string_append_printf (out,
                          spelling.dialect == BAL_DIALECT_WP_BLOCKS ?
                            "<%s class=\"wp-block-list\">" :
                            "<%s>",
                          name);
  g_string_append (out, lines ? "\n" : "");
  write_children (out, block, spelling);
  g_string_append_printf (out, "%s</%s>", lines ? "\n" : "", name);
}

static void
write_item (GString     *out,
            BalBlock    *block,
            BalSpelling  spelling)
{
  BalSpelling inside = spelling;

  /* A bare paragraph would run into the item's own text. */
  inside.form = BAL_FORM_TAGS;
  g_string_append (out, "<li>");
  write_inline (out, block, spelling, BAL_FORM_TAGS);
  write_children (out, block, inside);
  g_string_append (out, "</li>");
}

static void
write_jump_break (GString  *out,
                  BalBlock *block)
{
  g_string_append (out, "<!--more");
  if (*block->text != '\0')
    g_string_append_printf (out, " %s", block->text);
  g_string_append (out, "-->");
}

static void
write_element (GString     *out,
               BalBlock    *block,
               BalSpelling  spelling)
{
  switch (block->kind)
    {
    case BAL_BLOCK_HEADING:
      write_heading (out, block, spelling);
      break;
    case BAL_BLOCK_QUOTE:
      write_quote (out, block, spelling);
      break;
    case BAL_BLOCK_LIST:
      write_list (out, block, spelling);
      break;
    case BAL_BLOCK_ITEM:
      write_item (out, block, spelling);
      break;
    case BAL_BLOCK_SEPARATOR:
      if (spelling.dialect == BAL_DIALECT_WP_BLOCKS)
        g_string_append (out, "<hr class=\"wp-block-separator has-alpha-channel-opacity\"/>");
      else
        g_string_append (out, spelling.dialect == BAL_DIALECT_HTML ? "<hr>" : "<hr />");
      break;
    case BAL_BLOCK_JUMP_BREAK:
      write_jump_break (out, block);
      break;
    case BAL_BLOCK_PREFORMATTED:
      write_preformatted (out, block, spelling);
      break;
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      write_paragraph (out, block, spelling);
      break;
    }
}

/* The name and attributes in the opening delimiter (block library, WordPress 6.6). */
static char *
describe_delimiter (BalBlock *block)
{
  switch (block->kind)
    {
    case BAL_BLOCK_HEADING:
      return block->level == 2 ? g_strdup ("heading")
                               : g_strdup_printf ("heading {\"level\":%d}", block->level);
    case BAL_BLOCK_QUOTE:
      return g_strdup ("quote");
    case BAL_BLOCK_LIST:
      return g_strdup (block->ordered ? "list {\"ordered\":true}" : "list");
    case BAL_BLOCK_ITEM:
      return g_strdup ("list-item");
    case BAL_BLOCK_SEPARATOR:
      return g_strdup ("separator");
    case BAL_BLOCK_JUMP_BREAK:
      {
        g_autoptr(GString) text = NULL;

        if (*block->text == '\0')
          return g_strdup ("more");
        text = g_string_new (block->text);
        g_string_replace (text, "\\", "\\\\", 0);
        g_string_replace (text, "\"", "\\u0022", 0);
        g_string_replace (text, "--", "\\u002d\\u002d", 0);
        g_string_replace (text, "<", "\\u003c", 0);
        g_string_replace (text, ">", "\\u003e", 0);
        g_string_replace (text, "&", "\\u0026", 0);
        return g_strdup_printf ("more {\"customText\":\"%s\"}", text->str);
      }
    case BAL_BLOCK_PREFORMATTED:
      return g_strdup (is_all_code (block) ? "code" : "preformatted");
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      return g_strdup ("paragraph");
    }
}

void
bal_writer_write_block (GString     *out,
                        BalBlock    *block,
                        BalSpelling  spelling)
{
  g_autofree char *delimiter = NULL;

  if ((block->kind == BAL_BLOCK_OPAQUE || block->kind == BAL_BLOCK_IMAGE ||
       block->kind == BAL_BLOCK_TABLE) &&
      block->source != NULL)
    {
      g_string_append_len (out, bal_block_source_at (block, 0), bal_block_source_length (block));
      return;
    }
  if (spelling.dialect != BAL_DIALECT_WP_BLOCKS)
    {
      write_element (out, block, spelling);
      return;
    }

  delimiter = describe_delimiter (block);
  g_string_append_printf (out, "<!-- wp:%s -->\n", delimiter);
  write_element (out, block, spelling);
  g_string_append_printf (out, "\n<!-- /wp:%.*s -->", (int) strcspn (delimiter, " "), delimiter);
}
