/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-html.h"

#include "bal-safe-text.h"

#include <string.h>

#define KEPT_STYLES (BAL_STYLE_BOLD | BAL_STYLE_ITALIC | BAL_STYLE_CODE | BAL_STYLE_STRIKE)

BalDialect
bal_comment_html_get_dialect (const char *nick)
{
  return nick != NULL && g_str_has_prefix (nick, "wp-") ? BAL_DIALECT_WP_CLASSIC : BAL_DIALECT_HTML;
}

BalDocument *
bal_comment_html_read (const char *html,
                       BalDialect  dialect)
{
  return bal_document_new_from_html (html != NULL ? html : "", -1, dialect);
}

/* ---- writing ---- */

static void add_simple (GPtrArray *simple,
                        BalBlock  *block);

static void
add_piece (GString    *out,
           GArray     *runs,
           const char *text,
           gsize       length,
           BalStyle    style,
           const char *link)
{
  BalRun run = { .start = out->len, .length = length, .style = style, .link = link };

  if (length == 0)
    return;
  g_string_append_len (out, text, length);
  g_array_append_val (runs, run);
}

/* Runs without what only posts may have. What was an object in the line has no words here: it stays out. */
static BalBlock *
make_paragraph (BalBlock     *block,
                const char   *before,
                BalStyle      style)
{
  const char *text = bal_block_get_text (block);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  gsize done = 0;
  guint n_runs;
  const BalRun *old = bal_block_get_runs (block, &n_runs);

  add_piece (out, runs, before, strlen (before), BAL_STYLE_NONE, NULL);
  for (guint i = 0; i < n_runs; i++)
    {
      add_piece (out, runs, text + done, old[i].start - done, style, NULL);
      if (old[i].object == NULL)
        add_piece (out, runs, text + old[i].start, old[i].length, (old[i].style & KEPT_STYLES) | style, old[i].link);
      done = old[i].start + old[i].length;
    }
  add_piece (out, runs, text + done, strlen (text + done), style, NULL);
  return bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, out->str, (const BalRun *) (gpointer) runs->data, runs->len);
}

static void
add_children (GPtrArray *simple,
              BalBlock  *block)
{
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    add_simple (simple, bal_block_get_child (block, i));
}

static void
add_quote (GPtrArray *simple,
           BalBlock  *block)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);

  add_children (children, block);
  if (children->len > 0)
    g_ptr_array_add (simple, bal_block_new_container (BAL_BLOCK_QUOTE, FALSE, NULL, NULL, 0, children));
}

static void
add_list (GPtrArray *simple,
          BalBlock  *block)
{
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      BalBlock *item = bal_block_get_child (block, i);
      g_autofree char *mark = bal_block_get_ordered (block) ? g_strdup_printf ("%u. ", i + 1) : g_strdup ("– ");

      g_ptr_array_add (simple, make_paragraph (item, mark, BAL_STYLE_NONE));
      add_children (simple, item);
    }
}

static void
add_simple (GPtrArray *simple,
            BalBlock  *block)
{
  switch (bal_block_get_kind (block))
    {
    case BAL_BLOCK_QUOTE:
      add_quote (simple, block);
      break;
    case BAL_BLOCK_LIST:
      add_list (simple, block);
      break;
    case BAL_BLOCK_PREFORMATTED:
      g_ptr_array_add (simple, make_paragraph (block, "", BAL_STYLE_CODE));
      break;
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
      break;
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
      {
        gsize length;
        const char *source = bal_block_get_source (block, &length);
        g_autofree char *html = source != NULL ? g_strndup (source, length) : NULL;
        g_autofree char *words = bal_safe_text_from_html (html);
        const char *text = *bal_block_get_text (block) != '\0' ? bal_block_get_text (block) : words;

        if (*text != '\0')
          g_ptr_array_add (simple, bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, NULL, 0));
        break;
      }
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_ITEM:
    default:
      g_ptr_array_add (simple, make_paragraph (block, "", BAL_STYLE_NONE));
    }
}

static gboolean
is_blank (BalBlock *block)
{
  g_autofree char *text = g_strdup (bal_block_get_text (block));

  return bal_block_get_n_children (block) == 0 && *g_strstrip (text) == '\0';
}

char *
bal_comment_html_write (GPtrArray  *blocks,
                        BalDialect  dialect)
{
  g_autoptr(GPtrArray) simple = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autoptr(BalDocument) nothing = NULL;
  g_autoptr(BalDocument) comment = NULL;

  g_return_val_if_fail (blocks != NULL, NULL);

  for (guint i = 0; i < blocks->len; i++)
    add_simple (simple, g_ptr_array_index (blocks, i));
  /* Empty lines at the ends say nothing. */
  while (simple->len > 0 && is_blank (g_ptr_array_index (simple, simple->len - 1)))
    g_ptr_array_remove_index (simple, simple->len - 1);
  while (simple->len > 0 && is_blank (g_ptr_array_index (simple, 0)))
    g_ptr_array_remove_index (simple, 0);

  nothing = bal_document_new_from_html ("", 0, dialect);
  comment = bal_document_with_blocks (nothing, simple);
  return bal_document_to_html (comment, NULL);
}

static GPtrArray *
split_paragraphs (const char *text)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_auto(GStrv) lines = NULL;
  g_autoptr(GString) paragraph = g_string_new (NULL);
  g_auto(GStrv) halves = g_strsplit (valid, "\r\n", -1);
  g_autofree char *unified = g_strjoinv ("\n", halves);

  lines = g_strsplit (g_strdelimit (unified, "\r", '\n'), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_strstrip (g_strdup (lines[i]));

      if (*line != '\0')
        g_string_append_printf (paragraph, "%s%s", paragraph->len > 0 ? "\n" : "", line);
      if ((*line == '\0' || lines[i + 1] == NULL) && paragraph->len > 0)
        {
          g_ptr_array_add (blocks, bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, paragraph->str, NULL, 0));
          g_string_truncate (paragraph, 0);
        }
    }
  return blocks;
}

char *
bal_comment_html_from_text (const char *text,
                            BalDialect  dialect)
{
  g_autoptr(GPtrArray) blocks = split_paragraphs (text);

  return bal_comment_html_write (blocks, dialect);
}

/* ---- plain text ---- */

char *
bal_comment_html_to_plain (const char *html)
{
  g_autoptr(BalBlock) block = bal_safe_block_from_html (html, 0);
  const char *text = bal_block_get_text (block);
  GString *out = g_string_new (NULL);
  gsize done = 0;
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  for (guint i = 0; i < n_runs; i++)
    {
      gsize end = runs[i].start + runs[i].length;
      gboolean goes_on = i + 1 < n_runs && runs[i + 1].start == end && g_strcmp0 (runs[i + 1].link, runs[i].link) == 0;

      g_string_append_len (out, text + done, end - done);
      done = end;
      if (runs[i].link != NULL && !goes_on &&
          !(strlen (runs[i].link) <= runs[i].length && strncmp (text + runs[i].start, runs[i].link, runs[i].length) == 0))
        g_string_append_printf (out, " (%s)", runs[i].link);
    }
  g_string_append (out, text + done);
  return g_string_free (out, FALSE);
}
