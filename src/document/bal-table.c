/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-table.h"

#include "bal-block-private.h"
#include "bal-inline.h"
#include "bal-safe-text.h"

#include <string.h>

#define MOST_SPANNED 1000   /* HTML standard, attribute "colspan" */

typedef struct
{
  const BalToken *tag;
  gsize           content_start;   /* of its line of text */
  gsize           content_end;
  BalBlock       *content;         /* NULL: more than a line */
} Cell;

struct _BalTable
{
  BalBlock  *block;
  BalTokens *tokens;
  GPtrArray *rows;      /* GArray of Cell */
};

static void
clear_cell (gpointer data)
{
  g_clear_pointer (&((Cell *) data)->content, bal_block_unref);
}

static guint
end_of (BalTable *self,
        guint     index)
{
  return self->tokens->tokens[index].match;
}

static gboolean
is_blank_at (BalTable *self,
             guint     index)
{
  const BalToken *token = &self->tokens->tokens[index];

  return token->type == BAL_TOKEN_COMMENT ||
         (token->type == BAL_TOKEN_TEXT &&
          bal_is_blank (self->tokens->source + token->start, token->end - token->start));
}

static gboolean
is_one_of (const BalToken    *token,
           const char *const *names)
{
  return token->tag != NULL && g_strv_contains (names, token->tag->name);
}

/* Whether [first, last) could not end the cell that it is in: browsers let rows and cells without end
 * tags end where the next begins. */
static gboolean
is_contained (BalTable *self,
              guint     first,
              guint     last)
{
  static const char *const parts[] = { "caption", "col", "colgroup", "tbody", "td", "tfoot",
                                       "th", "thead", "tr", NULL };

  for (guint i = first; i < last; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (token->unclosed || is_one_of (token, parts))
        return FALSE;
      if (!bal_token_is (token, "table"))
        continue;
      if (token->match == BAL_TOKEN_NO_MATCH || token->match >= last)
        return FALSE;
      i = token->match;
    }
  return TRUE;
}

/* ---- reading ---- */

static BalInlineFlags
inline_flags (BalTable *self)
{
  return g_str_has_prefix (self->tokens->source, "<!--") ? BAL_INLINE_DEFAULT : BAL_INLINE_SLASHES;
}

/* A cell's only <p> counts as part of its tags. */
static void
find_line (BalTable *self,
           guint     first,
           guint     last,
           gsize    *start,
           gsize    *end)
{
  const BalToken *tokens = self->tokens->tokens;
  guint inner = first;
  guint behind = last;

  *start = tokens[first - 1].end;
  *end = tokens[last].start;
  while (inner < last && is_blank_at (self, inner))
    inner++;
  while (behind > inner && is_blank_at (self, behind - 1))
    behind--;
  if (inner < behind && bal_token_is (&tokens[inner], "p") && tokens[inner].match == behind - 1)
    {
      *start = tokens[inner].end;
      *end = tokens[behind - 1].start;
    }
  bal_inline_trim (self->tokens->source, start, end, inline_flags (self));
}

static BalBlock *
read_content (BalTable *self,
              gsize     start,
              gsize     end)
{
  g_autoptr(BalInline) content =
    bal_inline_read (self->tokens->source + start, end - start, inline_flags (self));

  if (content == NULL)
    return NULL;
  return bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, content->text->str,
                             (const BalRun *) (gconstpointer) content->runs->data,
                             content->runs->len);
}

static gboolean
read_row (BalTable *self,
          guint     index)
{
  static const char *const cells[] = { "td", "th", NULL };
  GArray *row = g_array_new (FALSE, FALSE, sizeof (Cell));

  g_array_set_clear_func (row, clear_cell);
  g_ptr_array_add (self->rows, row);
  for (guint i = index + 1; i < end_of (self, index); i++)
    {
      const BalToken *token = &self->tokens->tokens[i];
      Cell cell = { token };

      if (is_blank_at (self, i))
        continue;
      if (token->type != BAL_TOKEN_START || !is_one_of (token, cells) ||
          token->match == BAL_TOKEN_NO_MATCH || !is_contained (self, i + 1, token->match))
        return FALSE;
      find_line (self, i + 1, token->match, &cell.content_start, &cell.content_end);
      cell.content = read_content (self, cell.content_start, cell.content_end);
      g_array_append_val (row, cell);
      i = token->match;
    }
  return TRUE;
}

/* The rows of a table, or of a part of it. */
static gboolean
read_rows (BalTable *self,
           guint     index)
{
  static const char *const sections[] = { "thead", "tbody", "tfoot", NULL };
  static const char *const others[] = { "caption", "colgroup", NULL };
  gboolean in_table = bal_token_is (&self->tokens->tokens[index], "table");

  for (guint i = index + 1; i < end_of (self, index); i++)
    {
      const BalToken *token = &self->tokens->tokens[i];
      gboolean known;

      if (is_blank_at (self, i) ||
          (in_table && token->type == BAL_TOKEN_START && bal_token_is (token, "col")))
        continue;
      if (token->type != BAL_TOKEN_START || token->match == BAL_TOKEN_NO_MATCH)
        return FALSE;
      if (bal_token_is (token, "tr"))
        known = read_row (self, i);
      else if (in_table && is_one_of (token, sections))
        known = read_rows (self, i);
      else
        known = in_table && is_one_of (token, others);
      if (!known)
        return FALSE;
      i = token->match;
    }
  return TRUE;
}

static gboolean
read_table (BalTable *self)
{
  for (guint i = 0; i < self->tokens->n_tokens; i++)
    {
      const BalToken *token = &self->tokens->tokens[i];

      if (token->unclosed)
        return FALSE;
      if (token->type == BAL_TOKEN_START && bal_token_is (token, "table"))
        return token->match != BAL_TOKEN_NO_MATCH && read_rows (self, i) && self->rows->len > 0;
    }
  return FALSE;
}

/**
 * bal_table_new_from_block:
 * @block: a block
 *
 * Returns: (transfer full) (nullable): its cells; %NULL when it is no table, or its rows and cells can't be told
 *   for sure (end tags are left out, something stands between the cells)
 */
BalTable *
bal_table_new_from_block (BalBlock *block)
{
  g_autoptr(BalTable) self = NULL;

  g_return_val_if_fail (block != NULL, NULL);

  if (block->kind != BAL_BLOCK_TABLE || block->source == NULL)
    return NULL;
  self = g_new0 (BalTable, 1);
  self->block = bal_block_ref (block);
  self->tokens =
    bal_tokens_new (bal_block_source_at (block, 0), bal_block_source_length (block), FALSE);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  return read_table (self) ? g_steal_pointer (&self) : NULL;
}

void
bal_table_free (BalTable *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->rows);
  bal_tokens_free (self->tokens);
  bal_block_unref (self->block);
  g_free (self);
}

/* ---- what is in it ---- */

guint
bal_table_get_n_rows (BalTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

guint
bal_table_get_n_cells (BalTable *self,
                       guint     row)
{
  g_return_val_if_fail (self != NULL && row < self->rows->len, 0);

  return ((GArray *) g_ptr_array_index (self->rows, row))->len;
}

static Cell *
get_cell (BalTable *self,
          guint     row,
          guint     cell)
{
  g_return_val_if_fail (cell < bal_table_get_n_cells (self, row), NULL);

  return &g_array_index ((GArray *) g_ptr_array_index (self->rows, row), Cell, cell);
}

/**
 * bal_table_get_cell:
 *
 * Returns: (transfer none) (nullable): its line of text as a paragraph; %NULL when it holds more than that
 */
BalBlock *
bal_table_get_cell (BalTable *self,
                    guint     row,
                    guint     cell)
{
  Cell *found = get_cell (self, row, cell);

  return found != NULL ? found->content : NULL;
}

/**
 * bal_table_dup_cell_text:
 *
 * Returns: (transfer full): what a reader sees of it
 */
char *
bal_table_dup_cell_text (BalTable *self,
                         guint     row,
                         guint     cell)
{
  Cell *found = get_cell (self, row, cell);
  g_autofree char *html = NULL;
  gsize end;

  g_return_val_if_fail (found != NULL, NULL);

  end = self->tokens->tokens[found->tag->match].start;
  html = g_strndup (self->tokens->source + found->tag->end, end - found->tag->end);
  return bal_safe_text_from_html (html);
}

gboolean
bal_table_get_is_header (BalTable *self,
                         guint     row,
                         guint     cell)
{
  Cell *found = get_cell (self, row, cell);

  return found != NULL && bal_token_is (found->tag, "th");
}

static guint
read_span (BalTable   *self,
           Cell       *cell,
           const char *name)
{
  g_autofree char *value = bal_tokens_dup_attribute (self->tokens, cell->tag, name);
  guint64 span = value != NULL ? g_ascii_strtoull (value, NULL, 10) : 1;

  return (guint) CLAMP (span, 1, MOST_SPANNED);
}

void
bal_table_get_span (BalTable *self,
                    guint     row,
                    guint     cell,
                    guint    *columns,
                    guint    *rows)
{
  Cell *found = get_cell (self, row, cell);

  g_return_if_fail (found != NULL);

  if (columns != NULL)
    *columns = read_span (self, found, "colspan");
  if (rows != NULL)
    *rows = read_span (self, found, "rowspan");
}

/* ---- a changed cell ---- */

/* The table's source with @content in this cell; when @fresh, all of it is spelled anew, and white space that lays out
 * the source around it goes: it would swallow the spaces that the text begins or ends with. */
static BalBlock *
write_cell (BalTable *self,
            Cell     *cell,
            BalBlock *content,
            gboolean  fresh)
{
  const char *source = self->tokens->source;
  BalInlineFlags flags = inline_flags (self);
  gsize start = cell->content_start;
  gsize end = cell->content_end;
  g_autoptr(BalInline) old =
    fresh ? NULL : bal_inline_read (source + start, end - start, flags | BAL_INLINE_ATOMS);
  g_autoptr(GString) out = NULL;

  while (fresh && bal_is_space (source[start - 1]))
    start--;
  while (fresh && bal_is_space (source[end]))
    end++;
  out = g_string_new_len (source, start);
  bal_inline_write (out, content, fresh ? flags | BAL_INLINE_ELEMENTS : flags, old);
  g_string_append_len (out, source + end, self->tokens->length - end);
  return bal_block_new_table (out->str, out->len);
}

static gboolean
says (BalBlock *block,
      guint     row,
      guint     cell,
      BalBlock *content)
{
  g_autoptr(BalTable) table = bal_table_new_from_block (block);
  BalBlock *now;

  if (table == NULL || row >= bal_table_get_n_rows (table) ||
      cell >= bal_table_get_n_cells (table, row))
    return FALSE;
  now = bal_table_get_cell (table, row, cell);
  return now != NULL && bal_block_equal (now, content);
}

/**
 * bal_table_with_cell:
 * @content: a paragraph
 *
 * The cell's markup stays where its text and look stay; all bytes outside of the cell stay in any case.
 *
 * Returns: (transfer full): the table's block with @content in this cell; the same block when it is there
 *   already, or when the cell holds more than a line, which nothing may replace
 */
BalBlock *
bal_table_with_cell (BalTable *self,
                     guint     row,
                     guint     cell,
                     BalBlock *content)
{
  Cell *found = get_cell (self, row, cell);
  g_autoptr(BalBlock) changed = NULL;

  g_return_val_if_fail (found != NULL && content != NULL, NULL);

  if (found->content == NULL || bal_block_equal (found->content, content))
    return bal_block_ref (self->block);
  changed = write_cell (self, found, content, FALSE);
  if (!says (changed, row, cell, content))
    {
      bal_block_unref (changed);
      changed = write_cell (self, found, content, TRUE);
    }
  return g_steal_pointer (&changed);
}
