/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document.h"
#include "bal-editor-buffer.h"

#include <string.h>

#define OBJECT "\xef\xbf\xbc"

/* Lines for other programs: text, its styles and links. What Balcony keeps without knowing it means
 * nothing elsewhere, and could do anything there. */

static BalBlock *
strip_block (BalBlock *block)
{
  const char *text = bal_block_get_text (block);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  guint n_runs, next = 0;
  const BalRun *old = bal_block_get_runs (block, &n_runs);
  gsize at = 0, length = strlen (text);

  while (at < length)
    {
      gboolean inside = next < n_runs && old[next].start == at;
      gsize end = inside ? at + old[next].length : next < n_runs ? old[next].start : length;
      BalRun run = { .start = out->len };

      for (const char *p = text + at; p < text + end; p = g_utf8_next_char (p))
        if (!g_str_has_prefix (p, OBJECT))
          g_string_append_len (out, p, g_utf8_next_char (p) - p);
      if (inside)
        {
          run.length = out->len - run.start;
          run.style = old[next].style;
          run.link = old[next].link;
          g_array_append_val (runs, run);
          next++;
        }
      at = end;
    }
  return bal_block_new_text (bal_block_get_kind (block), bal_block_get_level (block), out->str,
                             (const BalRun *) (gconstpointer) runs->data, runs->len);
}

/* Text that takes too long to be shown is text elsewhere. */
static GPtrArray *
open_islands (GPtrArray *lines)
{
  GPtrArray *opened = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (lines, i);

      if (line->island)
        g_ptr_array_extend_and_steal (opened, bal_lines_from_long_block (line->block, line->nest));
      else
        g_ptr_array_add (opened, bal_line_ref (line));
    }
  return opened;
}

static GPtrArray *
strip_lines (GPtrArray *lines)
{
  GPtrArray *stripped = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);

  for (guint i = 0; i < lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (lines, i);
      g_autoptr(BalBlock) block = NULL;

      if (line->island)
        {
          if (line->kind == BAL_BLOCK_SEPARATOR)
            g_ptr_array_add (stripped, bal_line_ref (line));
          continue;
        }
      block = strip_block (line->block);
      g_ptr_array_add (stripped, bal_line_new (line->kind, line->level, line->nest, block));
    }
  return stripped;
}

char *
bal_lines_to_html (GPtrArray *lines)
{
  g_autoptr(GPtrArray) opened = open_islands (lines);
  g_autoptr(GPtrArray) stripped = strip_lines (opened);
  g_autoptr(GPtrArray) blocks = bal_lines_to_blocks (stripped);
  g_autoptr(BalDocument) empty = bal_document_new_from_html ("", 0, BAL_DIALECT_HTML);
  g_autoptr(BalDocument) written = bal_document_with_blocks (empty, blocks);
  g_autofree char *html = bal_document_to_html (written, NULL);
  gsize length = strlen (html);

  /* Words out of a line are no paragraph. */
  if (blocks->len == 1 && g_str_has_prefix (html, "<p>") && g_str_has_suffix (html, "</p>"))
    return g_strndup (html + strlen ("<p>"), length - strlen ("<p></p>"));
  return g_steal_pointer (&html);
}

char *
bal_lines_to_text (GPtrArray *lines)
{
  g_autoptr(GPtrArray) opened = open_islands (lines);
  GString *text = g_string_new (NULL);
  BalLine *above = NULL;

  for (guint i = 0; i < opened->len; i++)
    {
      BalLine *line = g_ptr_array_index (opened, i);
      const char *p;

      if (above != NULL)
        g_string_append (text, above->kind == BAL_BLOCK_ITEM && line->kind == BAL_BLOCK_ITEM ? "\n" : "\n\n");
      above = line;
      for (p = line->island ? "" : bal_block_get_text (line->block); *p != '\0'; p = g_utf8_next_char (p))
        if (!g_str_has_prefix (p, OBJECT))
          g_string_append_len (text, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (text, FALSE);
}
