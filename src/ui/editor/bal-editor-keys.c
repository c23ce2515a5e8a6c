/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include <string.h>

static gboolean
line_is_empty (BalEditorBuffer *self,
               guint            index)
{
  GtkTextIter start, end;

  bal_editor_buffer_get_line_bounds (self, index, &start, &end);
  return gtk_text_iter_equal (&start, &end);
}

static void
select_line (BalEditorBuffer *self,
             guint            index)
{
  GtkTextIter start, end;

  bal_editor_buffer_get_line_bounds (self, index, &start, &end);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (self), &end, &start);
}

/* ---- list levels ---- */

/* The item whose own text or child the line is. */
static BalNest *
get_item (BalLine *line)
{
  return line != NULL ? bal_nest_find (line->nest, BAL_BLOCK_ITEM) : NULL;
}

/* First line of an item that stands right above @index in the same list. */
static BalNest *
find_previous_item (BalEditorBuffer *self,
                    guint            index,
                    BalNest         *list)
{
  BalNest *nest = index > 0 ? bal_editor_buffer_get_line (self, index - 1)->nest : NULL;

  for (; nest != NULL; nest = nest->parent)
    if (nest->kind == BAL_BLOCK_ITEM && nest->parent == list)
      return nest;
  return NULL;
}

static BalNest *
dup_list_below (BalEditorBuffer *self,
                guint            index,
                BalNest         *item,
                gboolean         ordered)
{
  BalNest *nest = bal_editor_buffer_get_line (self, index - 1)->nest;

  for (; nest != NULL; nest = nest->parent)
    if (nest->kind == BAL_BLOCK_LIST && nest->parent == item)
      return bal_nest_ref (nest);
  return bal_nest_new (BAL_BLOCK_LIST, ordered, item, NULL);
}

static gboolean
indent_line (BalEditorBuffer *self,
             guint            index)
{
  BalLine *line = bal_editor_buffer_get_line (self, index);
  g_autoptr(BalNest) item = NULL;
  g_autoptr(BalNest) list = NULL;
  g_autoptr(BalNest) moved = NULL;
  BalNest *above;

  if (line->kind != BAL_BLOCK_ITEM || line->island)
    return FALSE;
  item = bal_nest_ref (line->nest);
  above = find_previous_item (self, index, item->parent);
  if (above == NULL)
    return FALSE;
  list = dup_list_below (self, index, above, item->parent->ordered);
  moved = bal_nest_new (BAL_BLOCK_ITEM, FALSE, list, item->origin);
  bal_editor_buffer_renest (self, index, item, moved);
  return TRUE;
}

/* Behind its parent item; the items that followed it in its list become its own. */
static gboolean
outdent_line (BalEditorBuffer *self,
              guint            index)
{
  BalLine *line = bal_editor_buffer_get_line (self, index);
  g_autoptr(BalNest) item = NULL;
  g_autoptr(BalNest) list = NULL;
  g_autoptr(BalNest) moved = NULL;
  g_autoptr(BalNest) rest = NULL;
  guint next = index + 1;

  if (line->kind != BAL_BLOCK_ITEM || line->island)
    return FALSE;
  item = bal_nest_ref (line->nest);
  list = bal_nest_ref (item->parent);
  if (list->parent == NULL || list->parent->kind != BAL_BLOCK_ITEM)
    {
      bal_editor_buffer_take_out (self, index, BAL_BLOCK_PARAGRAPH, 0, list->parent);
      bal_editor_buffer_repair (self);
      return TRUE;
    }
  moved = bal_nest_new (BAL_BLOCK_ITEM, FALSE, list->parent->parent, item->origin);
  bal_editor_buffer_renest (self, index, item, moved);
  while (next < self->lines->len && bal_nest_has (bal_editor_buffer_get_line (self, next)->nest, moved))
    next++;
  rest = bal_nest_new (BAL_BLOCK_LIST, list->ordered, moved, NULL);
  bal_editor_buffer_renest (self, next, list, rest);
  bal_editor_buffer_repair (self);
  return TRUE;
}

/* TRUE when a list was there to change: Tab is no character then, even at its end. */
static gboolean
for_selected_items (BalEditorBuffer *self,
                    gboolean       (*change) (BalEditorBuffer *, guint))
{
  guint first, last;

  bal_editor_buffer_get_selected_lines (self, &first, &last);
  if (get_item (bal_editor_buffer_get_line (self, first)) == NULL)
    return FALSE;
  bal_editor_buffer_begin_step (self);
  for (guint i = first; i <= last; i++)
    change (self, i);
  bal_editor_buffer_end_step (self);
  return TRUE;
}

gboolean
bal_editor_buffer_indent (BalEditorBuffer *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  return for_selected_items (self, indent_line);
}

gboolean
bal_editor_buffer_outdent (BalEditorBuffer *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  return for_selected_items (self, outdent_line);
}

/* ---- Enter ---- */

/* An empty line does not go on with what it is in. */
static gboolean
leave_block (BalEditorBuffer *self,
             guint            index)
{
  BalLine *line = bal_editor_buffer_get_line (self, index);
  g_autoptr(BalNest) outside = NULL;

  if (line->kind == BAL_BLOCK_ITEM)
    return outdent_line (self, index);
  if (line->nest == NULL && line->kind == BAL_BLOCK_PARAGRAPH)
    return FALSE;
  if (line->kind != BAL_BLOCK_PARAGRAPH)
    outside = line->nest != NULL ? bal_nest_ref (line->nest) : NULL;
  else if (line->nest->parent != NULL)
    outside = bal_nest_ref (line->nest->parent);
  /* Out of an item means out of its list too: a list holds nothing but items. */
  while (outside != NULL && outside->kind == BAL_BLOCK_LIST)
    {
      BalNest *parent = outside->parent != NULL ? bal_nest_ref (outside->parent) : NULL;

      bal_nest_unref (outside);
      outside = parent;
    }
  bal_editor_buffer_take_out (self, index, BAL_BLOCK_PARAGRAPH, 0, outside);
  bal_editor_buffer_repair (self);
  return TRUE;
}

/* Enter behind an empty last row of preformatted text leaves it. */
static void
enter_in_preformatted (BalEditorBuffer *self,
                       guint            index,
                       GtkTextIter     *cursor)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter before = *cursor;
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(BalBlock) empty = NULL;

  if (!gtk_text_iter_ends_line (cursor) || gtk_text_iter_starts_line (cursor) ||
      !gtk_text_iter_backward_char (&before) || gtk_text_iter_get_char (&before) != 0x2028)
    {
      gtk_text_buffer_insert (buffer, cursor, LINE_SEPARATOR, -1);
      return;
    }
  gtk_text_buffer_delete (buffer, &before, cursor);
  empty = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "", NULL, 0);
  lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  g_ptr_array_add (lines, bal_line_new (BAL_BLOCK_PARAGRAPH, 0,
                                        bal_editor_buffer_get_line (self, index)->nest, empty));
  bal_editor_buffer_splice (self, index + 1, 0, lines);
  gtk_text_buffer_get_iter_at_line (buffer, cursor, index + 1);
  gtk_text_buffer_place_cursor (buffer, cursor);
}

gboolean
bal_editor_buffer_enter (BalEditorBuffer *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter cursor;
  BalStyle style;
  BalLine *line;
  guint index;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  style = bal_editor_buffer_get_style (self);
  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  index = bal_editor_buffer_get_cursor_line (self, &cursor);
  line = bal_editor_buffer_get_line (self, index);
  if (line->kind == BAL_BLOCK_PREFORMATTED && !line->island)
    {
      enter_in_preformatted (self, index, &cursor);
    }
  else if (line->island || !line_is_empty (self, index) || !leave_block (self, index))
    {
      gtk_text_buffer_insert (buffer, &cursor, "\n", 1);
      self->pending = style;
      self->has_pending = style != BAL_STYLE_NONE && gtk_text_iter_ends_line (&cursor);
    }
  bal_editor_buffer_end_step (self);
  return TRUE;
}

void
bal_editor_buffer_line_break (BalEditorBuffer *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, LINE_SEPARATOR, -1);
  bal_editor_buffer_end_step (self);
}

/* ---- Backspace and Delete ---- */

static void
delete_line (BalEditorBuffer *self,
             guint            index)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &start, index);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &end, index + 1);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (self), &start, &end);
}

gboolean
bal_editor_buffer_backspace (BalEditorBuffer *self)
{
  GtkTextIter cursor;
  BalLine *line, *above;
  gboolean done = TRUE;
  guint index;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (self)))
    return FALSE;
  index = bal_editor_buffer_get_cursor_line (self, &cursor);
  if (!gtk_text_iter_starts_line (&cursor))
    return FALSE;
  line = bal_editor_buffer_get_line (self, index);
  above = index > 0 ? bal_editor_buffer_get_line (self, index - 1) : NULL;

  bal_editor_buffer_begin_step (self);
  if (!line->island && line->kind == BAL_BLOCK_ITEM)
    {
      outdent_line (self, index);
    }
  else if (!line->island && line->kind != BAL_BLOCK_PARAGRAPH)
    {
      bal_editor_buffer_take_out (self, index, BAL_BLOCK_PARAGRAPH, 0, line->nest);
    }
  else if (!line->island && line->nest != NULL &&
           (above == NULL || !bal_nest_has (above->nest, line->nest)))
    {
      leave_block (self, index);
    }
  else if (above != NULL && !above->island && line_is_empty (self, index - 1) && line->island)
    {
      delete_line (self, index - 1);
    }
  else if (above != NULL && (above->island || line->island))
    {
      if (!line->island && line_is_empty (self, index))
        delete_line (self, index);
      if (above->island)
        select_line (self, index - 1);
    }
  else
    {
      done = FALSE;
    }
  bal_editor_buffer_end_step (self);
  return done;
}

gboolean
bal_editor_buffer_delete (BalEditorBuffer *self)
{
  GtkTextIter cursor;
  BalLine *line, *below;
  guint index;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (self)))
    return FALSE;
  index = bal_editor_buffer_get_cursor_line (self, &cursor);
  line = bal_editor_buffer_get_line (self, index);
  below = bal_editor_buffer_get_line (self, index + 1);
  if (!gtk_text_iter_ends_line (&cursor) || below == NULL || (!line->island && !below->island))
    return FALSE;

  bal_editor_buffer_begin_step (self);
  if (!line->island && line_is_empty (self, index))
    delete_line (self, index);
  else if (below->island)
    select_line (self, index + 1);
  else if (line_is_empty (self, index + 1))
    delete_line (self, index + 1);
  bal_editor_buffer_end_step (self);
  return TRUE;
}
