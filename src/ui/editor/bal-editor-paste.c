/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include "bal-layout-cost.h"
#include "bal-safe-text.h"

#include <string.h>

/* Nesting that a line may have and still be laid out when the post is opened again. */
#define DEEPEST 12

/* Where what is pasted stands: in the quotes that are there already, and in the list, if it goes on
 * with its items. */
typedef struct
{
  BalNest    *outside;   /* (nullable) owned */
  BalNest    *list;      /* (nullable) owned */
  GHashTable *made;
} Place;

static void
clear_place (Place *place)
{
  g_clear_pointer (&place->outside, bal_nest_unref);
  g_clear_pointer (&place->list, bal_nest_unref);
  g_clear_pointer (&place->made, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, clear_place)

static guint
get_deepest (GPtrArray *lines)
{
  guint deepest = 0;

  for (guint i = 0; i < lines->len; i++)
    deepest = MAX (deepest, bal_nest_get_depth (((BalLine *) g_ptr_array_index (lines, i))->nest));
  return deepest;
}

static void
find_place (Place     *place,
            BalLine   *here,
            GPtrArray *lines)
{
  BalNest *outside = bal_nest_out_of_lists (here->nest);

  place->made = bal_nest_map_new ();
  if (bal_nest_get_depth (here->nest) + get_deepest (lines) > DEEPEST)
    return;
  if (outside != NULL)
    place->outside = bal_nest_ref (outside);
  if (here->kind == BAL_BLOCK_ITEM && !here->island)
    place->list = bal_nest_ref (here->nest->parent);
}

/* The same nesting anew: what is pasted is no part of what it was copied from. */
static BalNest *
copy_nest (BalNest *nest,
           Place   *place)
{
  g_autoptr(BalNest) parent = NULL;
  BalNest *copy;

  if (nest == NULL)
    return place->outside != NULL ? bal_nest_ref (place->outside) : NULL;
  if (nest->kind == BAL_BLOCK_LIST && nest->parent == NULL && place->list != NULL &&
      place->list->ordered == nest->ordered)
    return bal_nest_ref (place->list);
  copy = g_hash_table_lookup (place->made, nest);
  if (copy == NULL)
    {
      parent = copy_nest (nest->parent, place);
      copy = bal_nest_new (nest->kind, nest->ordered, parent, NULL);
      g_hash_table_insert (place->made, nest, copy);
    }
  return bal_nest_ref (copy);
}

static GPtrArray *
copy_lines (GPtrArray *lines,
            BalLine   *here)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  g_auto(Place) place = { 0 };

  find_place (&place, here, lines);
  for (guint i = 0; i < lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (lines, i);
      g_autoptr(BalNest) nest = copy_nest (line->nest, &place);

      g_ptr_array_add (copies, bal_line_new_nested (line, nest));
    }
  return copies;
}

static gboolean
line_is_empty (BalEditorBuffer *self,
               guint            index)
{
  GtkTextIter start, end;

  bal_editor_buffer_get_line_bounds (self, index, &start, &end);
  return gtk_text_iter_equal (&start, &end);
}

/* Text of one line goes into the line at the cursor, formatting included. */
static void
paste_inline (BalEditorBuffer *self,
              BalLine         *pasted)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  g_autoptr(BalBlock) before = NULL;
  g_autoptr(BalBlock) after = NULL;
  g_autoptr(BalBlock) joined = NULL;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  GtkTextIter cursor, start, end;
  guint index = bal_editor_buffer_get_cursor_line (self, &cursor);
  BalLine *line = bal_editor_buffer_get_line (self, index);
  int offset;

  bal_editor_buffer_get_line_bounds (self, index, &start, &end);
  before = bal_editor_buffer_read_text (self, &start, &cursor, line->kind, line->level);
  after = bal_editor_buffer_read_text (self, &cursor, &end, line->kind, line->level);
  g_ptr_array_add (parts, before);
  g_ptr_array_add (parts, pasted->block);
  g_ptr_array_add (parts, after);
  for (guint i = 0; i < parts->len; i++)
    {
      guint n_runs;
      const BalRun *part_runs = bal_block_get_runs (g_ptr_array_index (parts, i), &n_runs);

      for (guint k = 0; k < n_runs; k++)
        {
          BalRun run = part_runs[k];

          run.start += text->len;
          g_array_append_val (runs, run);
        }
      g_string_append (text, bal_block_get_text (g_ptr_array_index (parts, i)));
    }
  joined = bal_block_new_text (line->kind == BAL_BLOCK_ITEM ? BAL_BLOCK_PARAGRAPH : line->kind,
                               line->level, text->str, (const BalRun *) (gpointer) runs->data, runs->len);
  g_ptr_array_add (lines, bal_line_new (line->kind, line->level, line->nest, joined));
  offset = gtk_text_iter_get_offset (&cursor) +
           g_utf8_strlen (bal_block_get_text (pasted->block), -1);
  bal_editor_buffer_splice (self, index, 1, lines);
  gtk_text_buffer_get_iter_at_offset (buffer, &cursor, offset);
  gtk_text_buffer_place_cursor (buffer, &cursor);
}

/* Whole lines stand where the cursor's line is parted; an empty one gives way. */
static void
paste_block_lines (BalEditorBuffer *self,
                   GPtrArray       *lines)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter cursor, end;
  guint index = bal_editor_buffer_get_cursor_line (self, &cursor);
  g_autoptr(GPtrArray) copies = copy_lines (lines, bal_editor_buffer_get_line (self, index));
  gboolean empty = line_is_empty (self, index);

  if (!empty && !gtk_text_iter_starts_line (&cursor))
    {
      if (!gtk_text_iter_ends_line (&cursor))
        gtk_text_buffer_insert (buffer, &cursor, "\n", 1);
      index++;
    }
  bal_editor_buffer_splice (self, index, empty ? 1 : 0, copies);
  bal_editor_buffer_repair (self);
  bal_editor_buffer_get_line_bounds (self, index + copies->len - 1, &cursor, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
}

/* Whether it is for @text that the line would take too long to be shown with it. */
static gboolean
makes_too_long (BalEditorBuffer *self,
                guint            index,
                const char      *text)
{
  guint cost = bal_layout_cost (text, 0, NULL);
  GtkTextIter start, end;
  g_autofree char *here = NULL;

  if (cost == 0)
    return FALSE;
  bal_editor_buffer_get_line_bounds (self, index, &start, &end);
  here = gtk_text_iter_get_slice (&start, &end);
  return cost + bal_layout_cost (here, 0, NULL) > BAL_LAYOUT_COST_MOST;
}

/* Words go into the line that is there; a whole heading or item does not where there is none. */
static gboolean
goes_inline (BalEditorBuffer *self,
             guint            index,
             GPtrArray       *lines)
{
  BalLine *first = g_ptr_array_index (lines, 0);
  BalLine *here = bal_editor_buffer_get_line (self, index);

  if (lines->len > 1 || first->island || here->island || makes_too_long (self, index, bal_block_get_text (first->block)))
    return FALSE;
  return (first->kind == BAL_BLOCK_PARAGRAPH && first->nest == NULL) ||
         here->kind != BAL_BLOCK_PARAGRAPH || !line_is_empty (self, index);
}

void
bal_editor_buffer_paste_lines (BalEditorBuffer *self,
                               GPtrArray       *lines)
{
  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  if (lines->len == 0)
    return;
  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (self), TRUE, TRUE);
  bal_editor_buffer_settle (self);
  if (goes_inline (self, bal_editor_buffer_get_cursor_line (self, NULL), lines))
    paste_inline (self, g_ptr_array_index (lines, 0));
  else
    paste_block_lines (self, lines);
  bal_editor_buffer_end_step (self);
}

/* Paragraphs as if they were pasted with their formatting: what takes too long to be shown becomes an island. */
static void
paste_rows (BalEditorBuffer  *self,
            char            **rows,
            BalBlockKind      kind)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autoptr(GPtrArray) lines = NULL;

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autofree char *clean = bal_editor_clean_text (rows[i], strlen (rows[i]), FALSE);
      g_autoptr(GString) text = g_string_new (clean);

      g_string_replace (text, LINE_SEPARATOR, "\n", 0);
      if (text->len > 0)
        g_ptr_array_add (blocks, bal_block_new_text (kind, 0, text->str, NULL, 0));
    }
  lines = bal_lines_from_blocks (blocks);
  bal_editor_buffer_paste_lines (self, lines);
}

void
bal_editor_buffer_paste_text (BalEditorBuffer *self,
                              const char      *text)
{
  g_autoptr(GString) clean = g_string_new (NULL);
  g_auto(GStrv) rows = NULL;
  gboolean too_long = FALSE;
  BalLine *line;
  guint index;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (self), TRUE, TRUE);
  index = bal_editor_buffer_get_cursor_line (self, NULL);
  line = bal_editor_buffer_get_line (self, index);
  rows = line->kind == BAL_BLOCK_PREFORMATTED ? g_strdupv ((char *[]) { (char *) text, NULL })
                                              : g_strsplit_set (text, "\n\r", -1);
  /* Paragraphs need no empty lines between them. */
  for (guint i = 0; rows[i] != NULL; i++)
    if (*rows[i] != '\0')
      {
        too_long = too_long || (clean->len == 0 && makes_too_long (self, index, rows[i])) ||
                   bal_layout_cost (rows[i], 0, NULL) > BAL_LAYOUT_COST_MOST;
        g_string_append_printf (clean, "%s%s", clean->len > 0 ? "\n" : "", rows[i]);
      }
  if (too_long)
    paste_rows (self, rows, line->kind == BAL_BLOCK_PREFORMATTED ? line->kind : BAL_BLOCK_PARAGRAPH);
  else
    gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (self), clean->str, clean->len);
  bal_editor_buffer_end_step (self);
}

gboolean
bal_editor_buffer_paste_link (BalEditorBuffer *self,
                              const char      *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *link = bal_safe_link (stripped);
  g_autofree char *selected = NULL;
  g_autofree char *selected_link = NULL;
  GtkTextIter start, end;
  BalLine *line;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (link == NULL || strpbrk (stripped, " \t\n\r") != NULL ||
      !gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &start, &end) ||
      gtk_text_iter_get_line (&start) != gtk_text_iter_get_line (&end))
    return FALSE;
  line = bal_editor_buffer_get_line (self, gtk_text_iter_get_line (&start));
  if (line == NULL || line->island || line->kind == BAL_BLOCK_PREFORMATTED)
    return FALSE;
  /* An address over an address takes its place. */
  selected = g_strstrip (gtk_text_iter_get_text (&start, &end));
  selected_link = bal_safe_link (selected);
  if (*selected == '\0' || selected_link != NULL)
    return FALSE;
  bal_editor_buffer_begin_step (self);
  bal_editor_buffer_set_link (self, &start, &end, link);
  bal_editor_buffer_end_step (self);
  return TRUE;
}

/* Some words of a heading or an item are just words. */
static void
take_words_out (GPtrArray         *lines,
                const GtkTextIter *start,
                const GtkTextIter *end)
{
  BalLine *line = lines->len == 1 ? g_ptr_array_index (lines, 0) : NULL;
  g_autoptr(BalBlock) words = NULL;
  const BalRun *runs;
  guint n_runs;

  if (line == NULL || line->island ||
      (gtk_text_iter_starts_line (start) && gtk_text_iter_ends_line (end)))
    return;
  runs = bal_block_get_runs (line->block, &n_runs);
  words = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, bal_block_get_text (line->block), runs, n_runs);
  g_ptr_array_set_size (lines, 0);
  g_ptr_array_add (lines, bal_line_new (BAL_BLOCK_PARAGRAPH, 0, NULL, words));
}

GPtrArray *
bal_editor_buffer_copy_range (BalEditorBuffer   *self,
                              const GtkTextIter *start,
                              const GtkTextIter *end)
{
  GPtrArray *lines = bal_editor_buffer_read_range (self, start, end);

  take_words_out (lines, start, end);
  return lines;
}

gboolean
bal_editor_buffer_move_selection (BalEditorBuffer   *self,
                                  const GtkTextIter *to)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  g_autoptr(GPtrArray) lines = NULL;
  GtkTextIter start, end, place;
  GtkTextMark *mark;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end) ||
      (gtk_text_iter_compare (to, &start) >= 0 && gtk_text_iter_compare (to, &end) <= 0))
    return FALSE;
  lines = bal_editor_buffer_copy_range (self, &start, &end);
  mark = gtk_text_buffer_create_mark (buffer, NULL, to, TRUE);
  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (buffer, &place, mark);
  gtk_text_buffer_place_cursor (buffer, &place);
  bal_editor_buffer_paste_lines (self, lines);
  bal_editor_buffer_end_step (self);
  gtk_text_buffer_delete_mark (buffer, mark);
  return TRUE;
}
