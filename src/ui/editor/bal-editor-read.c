/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include <string.h>

typedef struct
{
  GString *text;
  GArray  *runs;      /* BalRun; the strings belong to tags and anchors */
} Reader;

static void
add_text (Reader        *self,
          const char    *piece,
          const BalLook *look,
          const char    *object)
{
  BalRun run = { .start = self->text->len, .style = look->style, .object = object };

  for (const char *p = piece; *p != '\0'; p = g_utf8_next_char (p))
    if (g_str_has_prefix (p, LINE_SEPARATOR))
      g_string_append_c (self->text, '\n');
    else
      g_string_append_len (self->text, p, g_utf8_next_char (p) - p);

  run.length = self->text->len - run.start;
  if (look->link != NULL)
    run.link = bal_editor_tag_get_inline (look->link)->link;
  if (look->rider != NULL)
    {
      BalInlineTag *rider = bal_editor_tag_get_inline (look->rider);

      run.open = *rider->open != '\0' ? rider->open : NULL;
      run.close = *rider->close != '\0' ? rider->close : NULL;
    }
  g_array_append_val (self->runs, run);
}

/* A stretch without tag toggles: U+FFFC in it may be an anchor or just that character. */
static void
add_stretch (Reader            *self,
             const GtkTextIter *start,
             const GtkTextIter *end,
             const BalLook     *look)
{
  g_autofree char *slice = gtk_text_iter_get_slice (start, end);
  GtkTextIter iter = *start;
  GtkTextIter from = *start;

  if (strstr (slice, OBJECT_CHARACTER) == NULL)
    {
      add_text (self, slice, look, NULL);
      return;
    }
  for (; gtk_text_iter_compare (&iter, end) < 0; gtk_text_iter_forward_char (&iter))
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (&iter);
      const char *object = anchor != NULL ? bal_editor_anchor_get_object (anchor) : NULL;
      g_autofree char *before = NULL;

      if (object == NULL)
        continue;
      before = gtk_text_iter_get_slice (&from, &iter);
      if (*before != '\0')
        add_text (self, before, look, NULL);
      add_text (self, OBJECT_CHARACTER, look, object);
      from = iter;
      gtk_text_iter_forward_char (&from);
    }
  g_free (g_steal_pointer (&slice));
  slice = gtk_text_iter_get_slice (&from, end);
  if (*slice != '\0')
    add_text (self, slice, look, NULL);
}

BalBlock *
bal_editor_buffer_read_text (BalEditorBuffer   *self,
                             const GtkTextIter *start,
                             const GtkTextIter *end,
                             BalBlockKind       kind,
                             int                level)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  g_autoptr(GPtrArray) tags = g_ptr_array_new ();
  g_autoptr(GSList) first = gtk_text_iter_get_tags (start);
  Reader reader = { text, runs };
  GtkTextIter iter = *start;
  BalLook look;

  for (GSList *l = first; l != NULL; l = l->next)
    g_ptr_array_add (tags, l->data);
  bal_editor_buffer_get_look (self, start, &look);
  while (gtk_text_iter_compare (&iter, end) < 0)
    {
      GtkTextIter next = iter;

      if (!gtk_text_iter_forward_to_tag_toggle (&next, NULL) ||
          gtk_text_iter_compare (&next, end) > 0)
        next = *end;
      add_stretch (&reader, &iter, &next, &look);
      iter = next;
      if (gtk_text_iter_compare (&iter, end) < 0)
        bal_editor_look_on (tags, &iter, &look);
    }
  return bal_block_new_text (kind == BAL_BLOCK_ITEM ? BAL_BLOCK_PARAGRAPH : kind, level, text->str,
                             (const BalRun *) (gpointer) runs->data, runs->len);
}

void
bal_editor_buffer_settle (BalEditorBuffer *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      GtkTextIter start, end;

      if (line->block != NULL)
        continue;
      bal_editor_buffer_get_line_bounds (self, i, &start, &end);
      line->block = bal_editor_buffer_read_text (self, &start, &end, line->kind, line->level);
    }
}

GPtrArray *
bal_editor_buffer_snapshot (BalEditorBuffer *self)
{
  GPtrArray *copy;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), NULL);

  bal_editor_buffer_settle (self);
  copy = g_ptr_array_new_full (self->lines->len, (GDestroyNotify) bal_line_unref);
  for (guint i = 0; i < self->lines->len; i++)
    g_ptr_array_add (copy, bal_line_ref (g_ptr_array_index (self->lines, i)));
  return copy;
}

GPtrArray *
bal_editor_buffer_read (BalEditorBuffer *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), NULL);

  bal_editor_buffer_settle (self);
  return bal_lines_to_blocks (self->lines);
}

GPtrArray *
bal_editor_buffer_read_range (BalEditorBuffer   *self,
                              const GtkTextIter *start,
                              const GtkTextIter *end)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  int first = gtk_text_iter_get_line (start);
  int last = gtk_text_iter_get_line (end);

  for (int i = first; i <= last && (guint) i < self->lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (self->lines, i);
      g_autoptr(BalBlock) block = NULL;
      GtkTextIter from, to;
      BalLine *part;

      bal_editor_buffer_get_line_bounds (self, i, &from, &to);
      if (i == first)
        from = *start;
      if (i == last)
        to = *end;
      if (line->island)
        {
          if (gtk_text_iter_compare (&from, &to) < 0)
            g_ptr_array_add (lines, bal_line_ref (line));
          continue;
        }
      block = bal_editor_buffer_read_text (self, &from, &to, line->kind, line->level);
      part = bal_line_new (line->kind, line->level, line->nest, block);
      g_ptr_array_add (lines, part);
    }
  return lines;
}

guint
bal_editor_buffer_count_words (BalEditorBuffer *self)
{
  guint count = 0;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), 0);

  bal_editor_buffer_settle (self);
  for (guint i = 0; i < self->lines->len; i++)
    count += bal_line_count_words (g_ptr_array_index (self->lines, i));
  return count;
}

guint
bal_editor_buffer_count_selected_words (BalEditorBuffer *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), 0);

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &start, &end))
    return 0;
  text = gtk_text_iter_get_slice (&start, &end);
  return bal_text_count_words (text);
}
