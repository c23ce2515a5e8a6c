/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include "bal-layout-cost.h"

static GQuark
block_quark (void)
{
  return g_quark_from_static_string ("bal-editor-anchor-block");
}

static GQuark
object_quark (void)
{
  return g_quark_from_static_string ("bal-editor-anchor-object");
}

GtkTextChildAnchor *
bal_editor_anchor_new (BalBlock   *block,
                       const char *object)
{
  GtkTextChildAnchor *anchor = gtk_text_child_anchor_new ();

  if (block != NULL)
    g_object_set_qdata_full (G_OBJECT (anchor), block_quark (), bal_block_ref (block),
                             (GDestroyNotify) bal_block_unref);
  if (object != NULL)
    g_object_set_qdata_full (G_OBJECT (anchor), object_quark (), g_strdup (object), g_free);
  return anchor;
}

BalBlock *
bal_editor_anchor_get_block (GtkTextChildAnchor *anchor)
{
  return g_object_get_qdata (G_OBJECT (anchor), block_quark ());
}

const char *
bal_editor_anchor_get_object (GtkTextChildAnchor *anchor)
{
  return g_object_get_qdata (G_OBJECT (anchor), object_quark ());
}

/* ---- finding ---- */

gboolean
bal_editor_buffer_get_anchor_iter (BalEditorBuffer    *self,
                                   GtkTextChildAnchor *anchor,
                                   GtkTextIter        *iter)
{
  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (gtk_text_child_anchor_get_deleted (anchor))
    return FALSE;
  gtk_text_buffer_get_iter_at_child_anchor (GTK_TEXT_BUFFER (self), iter, anchor);
  return TRUE;
}

static GtkTextChildAnchor *
get_anchor_in (GtkTextIter        iter,
               const GtkTextIter *end)
{
  while (gtk_text_iter_compare (&iter, end) < 0)
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (&iter);

      if (anchor != NULL)
        return anchor;
      gtk_text_iter_forward_char (&iter);
    }
  return NULL;
}

GtkTextChildAnchor *
bal_editor_buffer_get_selected_anchor (BalEditorBuffer *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), NULL);

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &start, &end) ||
      gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start) != 1)
    return NULL;
  return gtk_text_iter_get_child_anchor (&start);
}

GtkTextChildAnchor *
bal_editor_buffer_get_cursor_anchor (BalEditorBuffer *self)
{
  GtkTextIter start, end, before;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), NULL);

  if (gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &start, &end))
    return get_anchor_in (start, &end);
  if (gtk_text_iter_get_child_anchor (&start) != NULL)
    return gtk_text_iter_get_child_anchor (&start);
  before = start;
  if (!gtk_text_iter_starts_line (&before) && gtk_text_iter_backward_char (&before) &&
      gtk_text_iter_get_child_anchor (&before) != NULL)
    return gtk_text_iter_get_child_anchor (&before);
  if (gtk_text_iter_ends_line (&start) && gtk_text_iter_forward_char (&start))
    return gtk_text_iter_get_child_anchor (&start);
  return NULL;
}

void
bal_editor_buffer_select_anchor (BalEditorBuffer    *self,
                                 GtkTextChildAnchor *anchor)
{
  GtkTextIter start, end;

  if (!bal_editor_buffer_get_anchor_iter (self, anchor, &start))
    return;
  end = start;
  gtk_text_iter_forward_char (&end);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (self), &end, &start);
}

/* ---- changing ---- */

/* (transfer full) (nullable): NULL: it is nothing that could be text. */
static GPtrArray *
lay_out_island (BalEditorBuffer    *self,
                GtkTextChildAnchor *anchor,
                guint              *index)
{
  g_autoptr(GPtrArray) lines = NULL;
  BalLine *line;
  GtkTextIter iter;

  if (bal_editor_anchor_get_block (anchor) == NULL || !bal_editor_buffer_get_anchor_iter (self, anchor, &iter))
    return NULL;
  *index = gtk_text_iter_get_line (&iter);
  line = bal_editor_buffer_get_line (self, *index);
  lines = bal_lines_from_long_block (line->block, line->nest);
  for (guint i = 0; i < lines->len; i++)
    if (!((BalLine *) g_ptr_array_index (lines, i))->island)
      return g_steal_pointer (&lines);
  return NULL;
}

gboolean
bal_editor_buffer_can_open_island (BalEditorBuffer    *self,
                                   GtkTextChildAnchor *anchor)
{
  g_autoptr(GPtrArray) lines = NULL;
  guint index;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  lines = lay_out_island (self, anchor, &index);
  return lines != NULL;
}

gboolean
bal_editor_buffer_island_is_too_long (BalEditorBuffer    *self,
                                      GtkTextChildAnchor *anchor)
{
  g_autoptr(GPtrArray) lines = NULL;
  guint index, n_runs;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  lines = lay_out_island (self, anchor, &index);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (lines, i);

      bal_block_get_runs (line->block, &n_runs);
      if (!line->island && bal_layout_cost (bal_block_get_text (line->block), n_runs, NULL) > BAL_LAYOUT_COST_STALL)
        return TRUE;
    }
  return FALSE;
}

gboolean
bal_editor_buffer_open_island (BalEditorBuffer    *self,
                               GtkTextChildAnchor *anchor)
{
  g_autoptr(GPtrArray) lines = NULL;
  GtkTextIter start;
  guint index;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  lines = lay_out_island (self, anchor, &index);
  if (lines == NULL)
    return FALSE;
  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_splice (self, index, 1, lines);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &start, index);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), &start);
  bal_editor_buffer_end_step (self);
  return TRUE;
}

/* One step; the cursor stays, for an island is one character whatever it holds. */
static void
replace_line (BalEditorBuffer *self,
              guint            index,
              BalLine         *line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  GtkTextIter insert, bound;
  int insert_offset, bound_offset;

  gtk_text_buffer_get_iter_at_mark (buffer, &insert, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_mark (buffer, &bound, gtk_text_buffer_get_selection_bound (buffer));
  insert_offset = gtk_text_iter_get_offset (&insert);
  bound_offset = gtk_text_iter_get_offset (&bound);

  g_ptr_array_add (lines, line);
  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_splice (self, index, 1, lines);
  gtk_text_buffer_get_iter_at_offset (buffer, &insert, insert_offset);
  gtk_text_buffer_get_iter_at_offset (buffer, &bound, bound_offset);
  gtk_text_buffer_select_range (buffer, &insert, &bound);
  bal_editor_buffer_end_step (self);
}

gboolean
bal_editor_buffer_replace_island (BalEditorBuffer    *self,
                                  GtkTextChildAnchor *anchor,
                                  BalBlock           *block)
{
  BalLine *line;
  GtkTextIter iter;
  guint index;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (!bal_editor_buffer_get_anchor_iter (self, anchor, &iter))
    return FALSE;
  index = gtk_text_iter_get_line (&iter);
  line = bal_editor_buffer_get_line (self, index);
  g_return_val_if_fail (line != NULL && line->island, FALSE);

  if (line->kind != bal_block_get_kind (block) || !bal_block_equal (line->block, block))
    replace_line (self, index, bal_line_new_island (block, line->nest));
  return TRUE;
}

/* Which run of a line the object at @iter is. */
static guint
find_object_run (BalBlock          *block,
                 const GtkTextIter *iter)
{
  const char *text = bal_block_get_text (block);
  const char *at = g_utf8_offset_to_pointer (text, gtk_text_iter_get_line_offset (iter));
  guint n_runs, i = 0;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  while (i < n_runs && (runs[i].start != (guint) (at - text) || runs[i].object == NULL))
    i++;
  return i;
}

gboolean
bal_editor_buffer_replace_object (BalEditorBuffer    *self,
                                  GtkTextChildAnchor *anchor,
                                  const char         *source)
{
  g_autoptr(BalBlock) block = NULL;
  g_autofree BalRun *runs = NULL;
  const BalRun *old_runs;
  BalLine *line;
  GtkTextIter iter;
  guint index, n_runs, run;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (!bal_editor_buffer_get_anchor_iter (self, anchor, &iter))
    return FALSE;
  bal_editor_buffer_settle (self);
  index = gtk_text_iter_get_line (&iter);
  line = bal_editor_buffer_get_line (self, index);
  old_runs = bal_block_get_runs (line->block, &n_runs);
  runs = g_memdup2 (old_runs, n_runs * sizeof (BalRun));
  run = find_object_run (line->block, &iter);
  if (run == n_runs)
    return FALSE;

  runs[run].object = source;
  block = bal_block_new_text (bal_block_get_kind (line->block), line->level,
                              bal_block_get_text (line->block), runs, n_runs);
  if (!bal_block_equal (line->block, block))
    replace_line (self, index, bal_line_new (line->kind, line->level, line->nest, block));
  return TRUE;
}

void
bal_editor_buffer_delete_anchor (BalEditorBuffer    *self,
                                 GtkTextChildAnchor *anchor)
{
  GtkTextIter start, end;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  if (!bal_editor_buffer_get_anchor_iter (self, anchor, &start))
    return;
  end = start;
  gtk_text_iter_forward_char (&end);
  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (self), &start, &end);
  bal_editor_buffer_end_step (self);
}

void
bal_editor_buffer_change_island (BalEditorBuffer    *self,
                                 GtkTextChildAnchor *anchor,
                                 BalBlock           *block)
{
  BalLine *line;
  GtkTextIter iter;
  guint index;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  if (!bal_editor_buffer_get_anchor_iter (self, anchor, &iter))
    return;
  index = gtk_text_iter_get_line (&iter);
  line = bal_editor_buffer_get_line (self, index);
  g_return_if_fail (line != NULL && line->island);

  bal_editor_buffer_begin (self);
  bal_editor_buffer_set_line (self, index, bal_line_new_island (block, line->nest));
  g_object_set_qdata_full (G_OBJECT (anchor), block_quark (), bal_block_ref (block),
                           (GDestroyNotify) bal_block_unref);
  bal_editor_buffer_end (self);
}

void
bal_editor_buffer_hold (BalEditorBuffer *self)
{
  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_release (self);
  g_signal_emit_by_name (self, "step");
  self->held = TRUE;
}

void
bal_editor_buffer_release (BalEditorBuffer *self)
{
  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  if (!self->held)
    return;
  self->held = FALSE;
  g_signal_emit_by_name (self, "released");
  g_signal_emit_by_name (self, "step");
}

gboolean
bal_editor_buffer_is_held (BalEditorBuffer *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  return self->held;
}

/* ---- inserting ---- */

/* Behind all of the list that the line stands in. */
static guint
skip_list (BalEditorBuffer *self,
           guint            index,
           BalNest         *outside)
{
  BalNest *list = bal_editor_buffer_get_line (self, index)->nest;

  if (list == outside)
    return index + 1;
  while (list->parent != outside)
    list = list->parent;
  do
    index++;
  while (index < self->lines->len && bal_nest_has (bal_editor_buffer_get_line (self, index)->nest, list));
  return index;
}

/* A paragraph at @index that stands in @nest: the one that is there, or a new one. */
static void
place_in_paragraph (BalEditorBuffer *self,
                    guint            index,
                    BalNest         *nest)
{
  BalLine *line = bal_editor_buffer_get_line (self, index);
  GtkTextIter iter;

  if (line == NULL || line->island || line->kind != BAL_BLOCK_PARAGRAPH || line->nest != nest)
    {
      g_autoptr(BalBlock) empty = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "", NULL, 0);
      g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);

      g_ptr_array_add (lines, bal_line_new (BAL_BLOCK_PARAGRAPH, 0, nest, empty));
      bal_editor_buffer_splice (self, index, 0, lines);
    }
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), &iter, index);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), &iter);
}

guint
bal_editor_buffer_insert_islands (BalEditorBuffer   *self,
                                  const GtkTextIter *at,
                                  GPtrArray         *blocks)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  g_autoptr(BalNest) nest = NULL;
  GtkTextIter start, end;
  BalLine *line;
  gboolean replace;
  guint index;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), 0);

  index = MIN ((guint) gtk_text_iter_get_line (at), self->lines->len - 1);
  bal_editor_buffer_begin_step (self);
  line = bal_editor_buffer_get_line (self, index);
  nest = bal_nest_out_of_lists (line->nest);
  if (nest != NULL)
    bal_nest_ref (nest);
  bal_editor_buffer_get_line_bounds (self, index, &start, &end);
  replace = !line->island && line->kind == BAL_BLOCK_PARAGRAPH && line->nest == nest &&
            gtk_text_iter_equal (&start, &end);
  if (!replace)
    index = skip_list (self, index, nest);

  for (guint i = 0; i < blocks->len; i++)
    g_ptr_array_add (lines, bal_line_new_island (g_ptr_array_index (blocks, i), nest));
  bal_editor_buffer_splice (self, index, replace ? 1 : 0, lines);
  place_in_paragraph (self, index + lines->len, nest);
  bal_editor_buffer_end_step (self);
  return index;
}
