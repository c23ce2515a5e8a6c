/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include <string.h>

enum
{
  STEP,
  WILL_CHANGE,
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Each selection takes a reference to its buffer that GTK 4.8 never gives back, so a buffer in
 * which something was selected outlives its view. Listed here, a leak checker takes it for what
 * it is: not lost by us. */
static GSList *alive;

G_DEFINE_FINAL_TYPE (BalEditorBuffer, bal_editor_buffer, GTK_TYPE_TEXT_BUFFER)

/* ---- helpers ---- */

void
bal_editor_buffer_begin (BalEditorBuffer *self)
{
  if (self->group++ == 0)
    g_signal_emit (self, signals[WILL_CHANGE], 0);
}

void
bal_editor_buffer_end (BalEditorBuffer *self)
{
  g_assert (self->group > 0);

  if (--self->group == 0)
    g_signal_emit (self, signals[EDITED], 0);
}

void
bal_editor_buffer_begin_step (BalEditorBuffer *self)
{
  if (self->group == 0)
    {
      bal_editor_buffer_release (self);
      g_signal_emit (self, signals[STEP], 0);
    }
  bal_editor_buffer_begin (self);
}

void
bal_editor_buffer_end_step (BalEditorBuffer *self)
{
  bal_editor_buffer_end (self);
  if (self->group == 0)
    g_signal_emit (self, signals[STEP], 0);
}

BalLine *
bal_editor_buffer_get_line (BalEditorBuffer *self,
                            guint            line)
{
  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), NULL);

  return line < self->lines->len ? g_ptr_array_index (self->lines, line) : NULL;
}

guint
bal_editor_buffer_get_n_lines (BalEditorBuffer *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), 0);

  return self->lines->len;
}

void
bal_editor_buffer_set_line (BalEditorBuffer *self,
                            guint            index,
                            BalLine         *line)
{
  BalLine *old = g_ptr_array_index (self->lines, index);

  g_ptr_array_index (self->lines, index) = line;
  bal_line_unref (old);
}

void
bal_editor_buffer_touch_line (BalEditorBuffer *self,
                              guint            index)
{
  BalLine *line = bal_editor_buffer_get_line (self, index);

  if (line != NULL && line->block != NULL && !line->island)
    bal_editor_buffer_set_line (self, index, bal_line_new_touched (line));
}

void
bal_editor_buffer_get_line_bounds (BalEditorBuffer *self,
                                   guint            index,
                                   GtkTextIter     *start,
                                   GtkTextIter     *end)
{
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self), start, index);
  *end = *start;
  if (!gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);
}

guint
bal_editor_buffer_get_cursor_line (BalEditorBuffer *self,
                                   GtkTextIter     *cursor)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  if (cursor != NULL)
    *cursor = iter;
  return MIN ((guint) gtk_text_iter_get_line (&iter), self->lines->len - 1);
}

void
bal_editor_buffer_get_selected_lines (BalEditorBuffer *self,
                                      guint           *first,
                                      guint           *last)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &start, &end);
  *first = gtk_text_iter_get_line (&start);
  *last = gtk_text_iter_get_line (&end);
  /* A selection that ends before a line's first character does not reach into it. */
  if (*last > *first && gtk_text_iter_starts_line (&end))
    (*last)--;
  *last = MIN (*last, self->lines->len - 1);
  *first = MIN (*first, *last);
}

/* Nothing is behind the last newline. */
static void
keep_inside (GtkTextIter *iter)
{
  if (gtk_text_iter_is_end (iter))
    gtk_text_iter_backward_char (iter);
}

static void
insert_raw (BalEditorBuffer *self,
            GtkTextIter     *at,
            const char      *text)
{
  self->raw++;
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), at, text, -1);
  self->raw--;
}

/* ---- inserting ---- */

/* What would start a line in a text view although it is none, and what stands for an object,
 * can't be typed. */
char *
bal_editor_clean_text (const char *text,
                       int         length,
                       gboolean    one_line)
{
  GString *clean = g_string_sized_new (length);
  const char *end = text + length;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p + 1 < end && p[1] == '\n')
        continue;
      if (c == 0xfffc || (c < 0x20 && c != '\n' && c != '\r' && c != '\t'))
        continue;
      if (c == '\n' || c == '\r' || c == 0x2029)
        g_string_append (clean, one_line ? LINE_SEPARATOR : "\n");
      else
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

/* Text can't stand beside an island: gives it a line of its own, before or after. */
static void
make_room (BalEditorBuffer *self,
           GtkTextIter     *at)
{
  guint index = gtk_text_iter_get_line (at);
  BalLine *island = g_ptr_array_index (self->lines, index);
  BalLine *line = bal_line_new (BAL_BLOCK_PARAGRAPH, 0, island->nest, NULL);
  gboolean before = gtk_text_iter_starts_line (at);
  GtkTextMark *insert = gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self));
  GtkTextIter cursor;
  gboolean at_cursor;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self), &cursor, insert);
  at_cursor = gtk_text_iter_equal (&cursor, at);

  if (!before && !gtk_text_iter_ends_line (at))
    gtk_text_iter_forward_to_line_end (at);
  insert_raw (self, at, "\n");
  if (before)
    gtk_text_iter_backward_char (at);
  g_ptr_array_insert (self->lines, before ? index : index + 1, line);
  bal_editor_buffer_show_lines (self, index, index + 1);
  if (at_cursor)
    {
      self->raw++;
      gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), at);
      self->raw--;
    }
}

/* What a new line next to @line is: items follow items, text follows a heading. */
static BalLine *
new_line_like (BalLine *line)
{
  g_autoptr(BalNest) item = NULL;

  if (line->kind != BAL_BLOCK_ITEM || line->island)
    return bal_line_new (BAL_BLOCK_PARAGRAPH, 0, line->nest, NULL);
  item = bal_nest_new (BAL_BLOCK_ITEM, FALSE, line->nest->parent, NULL);
  return bal_line_new (BAL_BLOCK_ITEM, 0, item, NULL);
}

void
bal_editor_buffer_renest (BalEditorBuffer *self,
                          guint            index,
                          BalNest         *from,
                          BalNest         *to)
{
  g_autoptr(GHashTable) made = bal_nest_map_new ();

  for (; index < self->lines->len; index++)
    {
      BalLine *line = g_ptr_array_index (self->lines, index);
      g_autoptr(BalNest) nest = NULL;

      if (!bal_nest_has (line->nest, from))
        return;
      nest = bal_nest_replace (line->nest, from, to, made);
      bal_editor_buffer_set_line (self, index, bal_line_new_nested (line, nest));
      bal_editor_buffer_show_line (self, index);
    }
}

/* Keeps the lines in step with @n newlines that came in. */
static void
lines_inserted (BalEditorBuffer *self,
                guint            index,
                guint            n,
                gboolean         before)
{
  BalLine *line = g_ptr_array_index (self->lines, index);

  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (self->lines, before ? index : index + 1, new_line_like (line));
  if (!before && n > 0 && line->kind == BAL_BLOCK_ITEM)
    {
      BalLine *last = g_ptr_array_index (self->lines, index + n);

      /* What the item held below its text follows the end of that text. */
      bal_editor_buffer_renest (self, index + n + 1, line->nest, last->nest);
    }
}

static void
bal_editor_buffer_insert_text (GtkTextBuffer *buffer,
                               GtkTextIter   *pos,
                               const char    *text,
                               int            length)
{
  BalEditorBuffer *self = BAL_EDITOR_BUFFER (buffer);
  GtkTextBufferClass *parent_class = GTK_TEXT_BUFFER_CLASS (bal_editor_buffer_parent_class);
  g_autofree char *clean = NULL;
  GtkTextIter start;
  BalLine *line;
  BalLook look;
  guint index, n = 0;
  int offset;
  gboolean before;

  if (self->raw > 0)
    {
      parent_class->insert_text (buffer, pos, text, length);
      return;
    }

  keep_inside (pos);
  line = g_ptr_array_index (self->lines, gtk_text_iter_get_line (pos));
  clean = bal_editor_clean_text (text, length, line->kind == BAL_BLOCK_PREFORMATTED && !line->island);
  if (*clean == '\0')
    return;

  bal_editor_buffer_begin (self);
  if (line->island)
    make_room (self, pos);
  index = gtk_text_iter_get_line (pos);
  offset = gtk_text_iter_get_offset (pos);
  for (const char *p = strchr (clean, '\n'); p != NULL; p = strchr (p + 1, '\n'))
    n++;
  before = n > 0 && gtk_text_iter_starts_line (pos) && !gtk_text_iter_ends_line (pos);
  bal_editor_buffer_get_typing_look (self, pos, &look);

  parent_class->insert_text (buffer, pos, clean, strlen (clean));

  lines_inserted (self, index, n, before);
  for (guint i = index; i <= index + n; i++)
    bal_editor_buffer_touch_line (self, i);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  bal_editor_buffer_apply_look (self, &start, pos, &look, TRUE);
  if (n > 0 || bal_editor_line_is_dressed (bal_editor_buffer_get_line (self, index)) ||
      ((strlen (clean) > 4 || gtk_text_iter_starts_line (&start)) && bal_editor_line_may_be_long (pos)))
    bal_editor_buffer_show_lines (self, index, index + n);
  self->has_pending = FALSE;
  bal_editor_buffer_end (self);
}

/* ---- deleting ---- */

/* A line that was joined of two may hold islands beside text: parts them again. Returns what the
 * line at @index is. */
static void
part_islands (BalEditorBuffer *self,
              guint            index,
              BalLine         *text,
              BalLine         *first,
              BalLine         *last)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  GtkTextIter iter, end;

  bal_editor_buffer_get_line_bounds (self, index, &iter, &end);
  if (gtk_text_iter_equal (&iter, &end))
    g_ptr_array_add (found, bal_line_ref (text));
  while (gtk_text_iter_compare (&iter, &end) < 0)
    {
      GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (&iter);
      BalBlock *block = anchor != NULL ? bal_editor_anchor_get_block (anchor) : NULL;
      BalLine *before = found->len > 0 ? g_ptr_array_index (found, found->len - 1) : NULL;

      if (block != NULL || before == NULL || before->island)
        {
          BalLine *line = text;

          if (block != NULL)
            line = first->block == block ? first : last;
          if (before != NULL)
            {
              insert_raw (self, &iter, "\n");
              bal_editor_buffer_get_line_bounds (self, index + found->len, &iter, &end);
            }
          g_ptr_array_add (found, bal_line_ref (line));
        }
      gtk_text_iter_forward_char (&iter);
    }
  bal_editor_buffer_set_line (self, index, bal_line_ref (g_ptr_array_index (found, 0)));
  for (guint i = 1; i < found->len; i++)
    g_ptr_array_insert (self->lines, index + i, bal_line_ref (g_ptr_array_index (found, i)));
  bal_editor_buffer_show_lines (self, index, index + found->len - 1);
}

static BalLine *
joined_line (BalLine  *first,
             BalLine  *last,
             gboolean  only_last)
{
  if (only_last && !last->island)
    return bal_line_ref (last);
  if (!first->island)
    return bal_line_new_touched (first);
  if (!last->island)
    return bal_line_new_touched (last);
  return bal_line_new (BAL_BLOCK_PARAGRAPH, 0, first->nest, NULL);
}

static void
bal_editor_buffer_delete_range (GtkTextBuffer *buffer,
                                GtkTextIter   *start,
                                GtkTextIter   *end)
{
  BalEditorBuffer *self = BAL_EDITOR_BUFFER (buffer);
  GtkTextBufferClass *parent_class = GTK_TEXT_BUFFER_CLASS (bal_editor_buffer_parent_class);
  g_autoptr(BalLine) first = NULL;
  g_autoptr(BalLine) last = NULL;
  g_autoptr(BalLine) text = NULL;
  gboolean only_last, step;
  guint from, to;
  int offset;

  if (self->raw > 0)
    {
      parent_class->delete_range (buffer, start, end);
      return;
    }

  keep_inside (end);
  if (gtk_text_iter_compare (start, end) >= 0)
    return;

  offset = gtk_text_iter_get_offset (start);
  step = gtk_text_iter_get_offset (end) - offset > 1;
  (step ? bal_editor_buffer_begin_step : bal_editor_buffer_begin) (self);
  from = gtk_text_iter_get_line (start);
  to = gtk_text_iter_get_line (end);
  only_last = to > from && gtk_text_iter_starts_line (start) && gtk_text_iter_starts_line (end);
  first = bal_line_ref (g_ptr_array_index (self->lines, from));
  last = bal_line_ref (g_ptr_array_index (self->lines, to));
  text = joined_line (first, last, only_last);

  parent_class->delete_range (buffer, start, end);

  if (to > from)
    g_ptr_array_remove_range (self->lines, from + 1, to - from);
  part_islands (self, from, text, first, last);
  gtk_text_buffer_get_iter_at_offset (buffer, start, offset);
  *end = *start;
  (step ? bal_editor_buffer_end_step : bal_editor_buffer_end) (self);
}

/* ---- tags, objects, marks ---- */

static void
touch_range (BalEditorBuffer   *self,
             const GtkTextIter *start,
             const GtkTextIter *end)
{
  for (int i = gtk_text_iter_get_line (start); i <= gtk_text_iter_get_line (end); i++)
    bal_editor_buffer_touch_line (self, i);
}

static void
bal_editor_buffer_apply_tag (GtkTextBuffer     *buffer,
                             GtkTextTag        *tag,
                             const GtkTextIter *start,
                             const GtkTextIter *end)
{
  BalEditorBuffer *self = BAL_EDITOR_BUFFER (buffer);

  /* Tags that show what a line is come from its line alone, not with pasted text. */
  if (self->raw == 0 && bal_editor_tag_get_inline (tag) == NULL)
    return;
  GTK_TEXT_BUFFER_CLASS (bal_editor_buffer_parent_class)->apply_tag (buffer, tag, start, end);
  if (self->raw == 0)
    touch_range (self, start, end);
}

static void
bal_editor_buffer_remove_tag (GtkTextBuffer     *buffer,
                              GtkTextTag        *tag,
                              const GtkTextIter *start,
                              const GtkTextIter *end)
{
  BalEditorBuffer *self = BAL_EDITOR_BUFFER (buffer);

  if (self->raw == 0 && bal_editor_tag_get_inline (tag) == NULL)
    return;
  GTK_TEXT_BUFFER_CLASS (bal_editor_buffer_parent_class)->remove_tag (buffer, tag, start, end);
  if (self->raw == 0)
    touch_range (self, start, end);
}

static void
bal_editor_buffer_insert_child_anchor (GtkTextBuffer      *buffer,
                                       GtkTextIter        *iter,
                                       GtkTextChildAnchor *anchor)
{
  if (BAL_EDITOR_BUFFER (buffer)->raw > 0)
    GTK_TEXT_BUFFER_CLASS (bal_editor_buffer_parent_class)->insert_child_anchor (buffer, iter, anchor);
}

/* A picture has no source to be saved with: none comes in this way. */
static void
bal_editor_buffer_insert_paintable (GtkTextBuffer *buffer,
                                    GtkTextIter   *iter,
                                    GdkPaintable  *paintable)
{
}

static void
bal_editor_buffer_mark_set (GtkTextBuffer     *buffer,
                            const GtkTextIter *location,
                            GtkTextMark       *mark)
{
  BalEditorBuffer *self = BAL_EDITOR_BUFFER (buffer);
  gboolean is_insert = mark == gtk_text_buffer_get_insert (buffer);

  GTK_TEXT_BUFFER_CLASS (bal_editor_buffer_parent_class)->mark_set (buffer, location, mark);
  if (is_insert && self->raw == 0)
    self->has_pending = FALSE;
  if ((is_insert || mark == gtk_text_buffer_get_selection_bound (buffer)) &&
      gtk_text_iter_is_end (location) && gtk_text_buffer_get_char_count (buffer) > 0)
    {
      GtkTextIter inside = *location;

      gtk_text_iter_backward_char (&inside);
      gtk_text_buffer_move_mark (buffer, mark, &inside);
    }
}

/* Not before: the tag table comes with construction. */
static void
bal_editor_buffer_constructed (GObject *object)
{
  BalEditorBuffer *self = BAL_EDITOR_BUFFER (object);
  GtkTextIter start;

  G_OBJECT_CLASS (bal_editor_buffer_parent_class)->constructed (object);
  alive = g_slist_prepend (alive, self);

  /* Its own history: the one of GTK forgets formatting. */
  gtk_text_buffer_set_enable_undo (GTK_TEXT_BUFFER (self), FALSE);
  bal_editor_buffer_add_style_tags (self);
  g_ptr_array_add (self->lines, bal_line_new (BAL_BLOCK_PARAGRAPH, 0, NULL, NULL));
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  insert_raw (self, &start, "\n");
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self), &start);
}

static void
bal_editor_buffer_finalize (GObject *object)
{
  BalEditorBuffer *self = BAL_EDITOR_BUFFER (object);

  alive = g_slist_remove (alive, self);
  g_ptr_array_unref (self->lines);
  g_hash_table_unref (self->links);
  g_hash_table_unref (self->riders);
  g_hash_table_unref (self->line_tags);
  G_OBJECT_CLASS (bal_editor_buffer_parent_class)->finalize (object);
}

static void
bal_editor_buffer_class_init (BalEditorBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkTextBufferClass *buffer_class = GTK_TEXT_BUFFER_CLASS (klass);

  object_class->constructed = bal_editor_buffer_constructed;
  object_class->finalize = bal_editor_buffer_finalize;
  buffer_class->insert_text = bal_editor_buffer_insert_text;
  buffer_class->delete_range = bal_editor_buffer_delete_range;
  buffer_class->apply_tag = bal_editor_buffer_apply_tag;
  buffer_class->remove_tag = bal_editor_buffer_remove_tag;
  buffer_class->insert_child_anchor = bal_editor_buffer_insert_child_anchor;
  buffer_class->insert_paintable = bal_editor_buffer_insert_paintable;
  buffer_class->mark_set = bal_editor_buffer_mark_set;

  signals[STEP] = g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[WILL_CHANGE] = g_signal_new ("will-change", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("released", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("island-added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                0, NULL, NULL, NULL, G_TYPE_NONE, 1, GTK_TYPE_TEXT_CHILD_ANCHOR);
}

static void
bal_editor_buffer_init (BalEditorBuffer *self)
{
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  self->links = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->riders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->line_tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

BalEditorBuffer *
bal_editor_buffer_new (void)
{
  return g_object_new (BAL_TYPE_EDITOR_BUFFER, NULL);
}
