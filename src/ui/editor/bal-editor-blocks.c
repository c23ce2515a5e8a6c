/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include <string.h>

/* Any item in @nest that was left before. */
static BalNest *
find_reopened (GHashTable *seen,
               BalNest    *nest,
               BalNest    *previous)
{
  BalNest *outermost = NULL;

  for (; nest != NULL; nest = nest->parent)
    if (nest->kind == BAL_BLOCK_ITEM && g_hash_table_contains (seen, nest) &&
        !bal_nest_has (previous, nest))
      outermost = nest;
  return outermost;
}

void
bal_editor_buffer_repair (BalEditorBuffer *self)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) bal_nest_unref, NULL);
  BalNest *previous = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      BalNest *item, *nest;

      while ((item = find_reopened (seen, bal_editor_buffer_get_line (self, i)->nest, previous)) != NULL)
        bal_editor_buffer_renest (self, i, item, item->parent->parent);
      previous = bal_editor_buffer_get_line (self, i)->nest;
      for (nest = previous; nest != NULL; nest = nest->parent)
        if (nest->kind == BAL_BLOCK_ITEM)
          g_hash_table_add (seen, bal_nest_ref (nest));
    }
}

static void
restyle (BalEditorBuffer *self,
         guint            index,
         BalBlockKind     kind,
         int              level,
         BalNest         *nest)
{
  BalLine *line = g_ptr_array_index (self->lines, index);
  BalLine *changed = line->island ? bal_line_new_nested (line, nest)
                                  : bal_line_new_restyled (line, kind, level, nest);

  bal_editor_buffer_set_line (self, index, changed);
  bal_editor_buffer_show_line (self, index);
}

void
bal_editor_buffer_take_out (BalEditorBuffer *self,
                            guint            index,
                            BalBlockKind     kind,
                            int              level,
                            BalNest         *nest)
{
  BalLine *line = g_ptr_array_index (self->lines, index);

  if (line->kind == BAL_BLOCK_ITEM && !line->island)
    {
      g_autoptr(BalNest) item = bal_nest_ref (line->nest);

      restyle (self, index, kind, level, nest);
      bal_editor_buffer_renest (self, index + 1, item, nest);
    }
  else
    {
      restyle (self, index, kind, level, nest);
    }
}

void
bal_editor_buffer_set_paragraph (BalEditorBuffer *self)
{
  guint first, last;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_get_selected_lines (self, &first, &last);
  for (guint i = first; i <= last; i++)
    bal_editor_buffer_take_out (self, i, BAL_BLOCK_PARAGRAPH, 0, NULL);
  bal_editor_buffer_repair (self);
  bal_editor_buffer_end_step (self);
}

void
bal_editor_buffer_set_heading (BalEditorBuffer *self,
                               int              level)
{
  guint first, last;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));
  g_return_if_fail (level >= 1 && level <= 6);

  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_get_selected_lines (self, &first, &last);
  for (guint i = first; i <= last; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      g_autoptr(BalNest) outside = bal_nest_out_of_lists (line->nest);

      if (outside != NULL)
        bal_nest_ref (outside);
      bal_editor_buffer_take_out (self, i, BAL_BLOCK_HEADING, level, outside);
    }
  bal_editor_buffer_repair (self);
  bal_editor_buffer_end_step (self);
}

/* One preformatted block of the lines' texts, formatting kept. */
static BalBlock *
join_blocks (GPtrArray *lines,
             guint      first,
             guint      last)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));

  for (guint i = first; i <= last; i++)
    {
      BalLine *line = g_ptr_array_index (lines, i);
      const BalRun *line_runs;
      guint n_runs;

      if (i > first)
        g_string_append_c (text, '\n');
      line_runs = bal_block_get_runs (line->block, &n_runs);
      for (guint k = 0; k < n_runs; k++)
        {
          BalRun run = line_runs[k];

          run.start += text->len;
          g_array_append_val (runs, run);
        }
      g_string_append (text, bal_block_get_text (line->block));
    }
  return bal_block_new_text (BAL_BLOCK_PREFORMATTED, 0, text->str,
                             (const BalRun *) (gpointer) runs->data, runs->len);
}

void
bal_editor_buffer_set_preformatted (BalEditorBuffer *self)
{
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(BalBlock) block = NULL;
  GtkTextIter end;
  guint first, last;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_get_selected_lines (self, &first, &last);
  for (guint i = first; i <= last; i++)
    if (bal_editor_buffer_get_line (self, i)->island)
      return;

  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_settle (self);
  block = join_blocks (self->lines, first, last);
  for (guint i = first; i <= last; i++)
    bal_editor_buffer_take_out (self, i, BAL_BLOCK_PARAGRAPH, 0, NULL);
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  g_ptr_array_add (lines, bal_line_new (BAL_BLOCK_PREFORMATTED, 0, NULL, block));
  bal_editor_buffer_splice (self, first, last - first + 1, lines);
  bal_editor_buffer_get_line_bounds (self, first, &end, &end);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), &end);
  bal_editor_buffer_repair (self);
  bal_editor_buffer_end_step (self);
}

/* ---- quotes ---- */

/* The quote or list that ends right above @index and has @parent, so that new lines join it. */
static BalNest *
find_above (BalEditorBuffer *self,
            guint            index,
            BalBlockKind     kind,
            gboolean         ordered,
            BalNest         *parent)
{
  BalNest *nest = index > 0 ? bal_editor_buffer_get_line (self, index - 1)->nest : NULL;

  for (; nest != NULL; nest = nest->parent)
    if (nest->kind == kind && nest->parent == parent && nest->ordered == ordered)
      return nest;
  return NULL;
}

static BalNest *
outermost_list (BalNest *nest)
{
  BalNest *found = NULL;

  for (; nest != NULL; nest = nest->parent)
    if (nest->kind == BAL_BLOCK_LIST)
      found = nest;
  return found;
}

static void
quote_lines (BalEditorBuffer *self,
             guint            first,
             guint            last)
{
  g_autoptr(GHashTable) made = bal_nest_map_new ();
  g_autoptr(BalNest) quote = NULL;

  for (guint i = first; i <= last; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      BalNest *list = outermost_list (line->nest);
      BalNest *parent = list != NULL ? list->parent : line->nest;
      g_autoptr(BalNest) nest = NULL;

      if (quote == NULL || quote->parent != parent)
        {
          BalNest *above = find_above (self, i, BAL_BLOCK_QUOTE, FALSE, parent);

          g_clear_pointer (&quote, bal_nest_unref);
          quote = above != NULL ? bal_nest_ref (above)
                                : bal_nest_new (BAL_BLOCK_QUOTE, FALSE, parent, NULL);
        }
      if (list != NULL)
        {
          BalNest *inner = g_hash_table_lookup (made, list);

          if (inner == NULL)
            {
              inner = bal_nest_new (BAL_BLOCK_LIST, list->ordered, quote, list->origin);
              g_hash_table_insert (made, list, inner);
            }
          nest = bal_nest_replace (line->nest, list, inner, made);
        }
      else
        {
          nest = bal_nest_ref (quote);
        }
      bal_editor_buffer_set_line (self, i, bal_line_new_nested (line, nest));
      bal_editor_buffer_show_line (self, i);
    }
}

static void
unquote_lines (BalEditorBuffer *self,
               guint            first,
               guint            last)
{
  g_autoptr(GHashTable) made = bal_nest_map_new ();

  for (guint i = first; i <= last; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      BalNest *quote = bal_nest_find (line->nest, BAL_BLOCK_QUOTE);
      g_autoptr(BalNest) nest = bal_nest_replace (line->nest, quote, quote->parent, made);

      bal_editor_buffer_set_line (self, i, bal_line_new_nested (line, nest));
      bal_editor_buffer_show_line (self, i);
    }
}

void
bal_editor_buffer_toggle_quote (BalEditorBuffer *self)
{
  gboolean quoted = TRUE;
  guint first, last;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_get_selected_lines (self, &first, &last);
  for (guint i = first; i <= last; i++)
    quoted = quoted && bal_nest_find (bal_editor_buffer_get_line (self, i)->nest, BAL_BLOCK_QUOTE) != NULL;
  if (quoted)
    unquote_lines (self, first, last);
  else
    quote_lines (self, first, last);
  bal_editor_buffer_repair (self);
  bal_editor_buffer_end_step (self);
}

/* ---- lists ---- */

/* The whole list changes its kind. */
static void
convert_list (BalEditorBuffer *self,
              BalNest         *list,
              gboolean         ordered)
{
  g_autoptr(GHashTable) made = bal_nest_map_new ();
  g_autoptr(BalNest) from = bal_nest_ref (list);
  g_autoptr(BalNest) to = bal_nest_new (BAL_BLOCK_LIST, ordered, list->parent, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      g_autoptr(BalNest) nest = NULL;

      if (!bal_nest_has (line->nest, from))
        continue;
      nest = bal_nest_replace (line->nest, from, to, made);
      bal_editor_buffer_set_line (self, i, bal_line_new_nested (line, nest));
    }
}

static void
list_line (BalEditorBuffer *self,
           guint            index,
           gboolean         ordered)
{
  BalLine *line = g_ptr_array_index (self->lines, index);
  BalNest *above = find_above (self, index, BAL_BLOCK_LIST, ordered, line->nest);
  g_autoptr(BalNest) list = NULL;
  g_autoptr(BalNest) item = NULL;

  list = above != NULL ? bal_nest_ref (above)
                       : bal_nest_new (BAL_BLOCK_LIST, ordered, line->nest, NULL);
  item = bal_nest_new (BAL_BLOCK_ITEM, FALSE, list, NULL);
  restyle (self, index, BAL_BLOCK_ITEM, 0, item);
}

/* A list of the same kind right below becomes one with it. */
static void
join_list_below (BalEditorBuffer *self,
                 guint            index,
                 gboolean         ordered)
{
  BalNest *list = bal_nest_find (bal_editor_buffer_get_line (self, index)->nest, BAL_BLOCK_LIST);
  BalLine *below = bal_editor_buffer_get_line (self, index + 1);

  if (list == NULL || below == NULL)
    return;
  for (BalNest *nest = below->nest; nest != NULL; nest = nest->parent)
    if (nest != list && nest->kind == BAL_BLOCK_LIST && nest->ordered == ordered &&
        nest->parent == list->parent)
      {
        g_autoptr(BalNest) from = bal_nest_ref (nest);

        bal_editor_buffer_renest (self, index + 1, from, list);
        return;
      }
}

static void
unlist_lines (BalEditorBuffer *self,
              guint            first,
              guint            last)
{
  for (guint i = first; i <= last; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      g_autoptr(BalNest) outside = bal_nest_out_of_lists (line->nest);

      if (outside != NULL)
        bal_nest_ref (outside);
      bal_editor_buffer_take_out (self, i, BAL_BLOCK_PARAGRAPH, 0, outside);
    }
}

void
bal_editor_buffer_toggle_list (BalEditorBuffer *self,
                               gboolean         ordered)
{
  gboolean listed = TRUE;
  guint first, last;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_get_selected_lines (self, &first, &last);
  for (guint i = first; i <= last; i++)
    {
      BalNest *list = bal_nest_find (bal_editor_buffer_get_line (self, i)->nest, BAL_BLOCK_LIST);

      listed = listed && list != NULL && list->ordered == ordered;
    }
  if (listed)
    unlist_lines (self, first, last);
  for (guint i = first; !listed && i <= last; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      BalNest *list = bal_nest_find (line->nest, BAL_BLOCK_LIST);

      if (list == NULL && !line->island)
        list_line (self, i, ordered);
      else if (list != NULL && list->ordered != ordered)
        convert_list (self, list, ordered);
    }
  if (!listed)
    join_list_below (self, last, ordered);
  bal_editor_buffer_repair (self);
  bal_editor_buffer_end_step (self);
}
