/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include <string.h>

#define MAX_MARKER 7    /* characters: six # and a space */

typedef enum
{
  SHORTHAND_NONE,
  SHORTHAND_HEADING,
  SHORTHAND_QUOTE,
  SHORTHAND_BULLETED_LIST,
  SHORTHAND_NUMBERED_LIST,
  SHORTHAND_PREFORMATTED,
  SHORTHAND_SEPARATOR,
} Shorthand;

static const struct
{
  const char *text;
  gboolean    enter;
  Shorthand   shorthand;
} markers[] = {
  { "# ", FALSE, SHORTHAND_HEADING },
  { "## ", FALSE, SHORTHAND_HEADING },
  { "### ", FALSE, SHORTHAND_HEADING },
  { "#### ", FALSE, SHORTHAND_HEADING },
  { "##### ", FALSE, SHORTHAND_HEADING },
  { "###### ", FALSE, SHORTHAND_HEADING },
  { "> ", FALSE, SHORTHAND_QUOTE },
  { "- ", FALSE, SHORTHAND_BULLETED_LIST },
  { "* ", FALSE, SHORTHAND_BULLETED_LIST },
  { "1. ", FALSE, SHORTHAND_NUMBERED_LIST },
  { "1) ", FALSE, SHORTHAND_NUMBERED_LIST },
  { "```", TRUE, SHORTHAND_PREFORMATTED },
  { "---", TRUE, SHORTHAND_SEPARATOR },
};

gboolean
bal_editor_buffer_takes_shorthand (BalEditorBuffer *self,
                                   guint            line)
{
  BalLine *it;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  it = bal_editor_buffer_get_line (self, line);
  return it != NULL && !it->island && it->kind == BAL_BLOCK_PARAGRAPH &&
         bal_nest_find (it->nest, BAL_BLOCK_LIST) == NULL;
}

/* What stands from the line's start to the cursor; with a link or code in it it is no shorthand. */
static Shorthand
find_shorthand (BalEditorBuffer   *self,
                const GtkTextIter *start,
                const GtkTextIter *cursor,
                gboolean           enter)
{
  g_autofree char *text = gtk_text_iter_get_slice (start, cursor);
  BalLook look;

  bal_editor_buffer_get_look (self, start, &look);
  if (look.link != NULL || look.rider != NULL || (look.style & BAL_STYLE_CODE))
    return SHORTHAND_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    if (markers[i].enter == enter && g_str_equal (markers[i].text, text))
      return markers[i].shorthand;
  return SHORTHAND_NONE;
}

/* Who is used to writing lists by hand writes the marker of each item, which is there already. */
static gboolean
repeats_marker (BalEditorBuffer   *self,
                guint              index,
                const GtkTextIter *start,
                const GtkTextIter *cursor)
{
  BalLine *line = bal_editor_buffer_get_line (self, index);
  BalNest *list = line != NULL && line->kind == BAL_BLOCK_ITEM ? bal_nest_find (line->nest, BAL_BLOCK_LIST) : NULL;
  g_autofree char *text = list != NULL ? gtk_text_iter_get_slice (start, cursor) : NULL;
  gsize n_digits;

  if (list == NULL || line->island)
    return FALSE;
  if (!list->ordered)
    return g_str_equal (text, "- ") || g_str_equal (text, "* ");
  n_digits = strspn (text, "0123456789");
  return n_digits > 0 && n_digits <= 3 && (g_str_equal (text + n_digits, ". ") || g_str_equal (text + n_digits, ") "));
}

/* In the line's place, and an empty line behind it to go on in. */
static void
put_separator (BalEditorBuffer *self,
               guint            index)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  BalLine *line = bal_editor_buffer_get_line (self, index);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref);
  g_autoptr(BalBlock) separator = bal_block_new_text (BAL_BLOCK_SEPARATOR, 0, "", NULL, 0);
  g_autoptr(BalBlock) empty = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "", NULL, 0);
  GtkTextIter cursor;

  g_ptr_array_add (lines, bal_line_new_island (separator, line->nest));
  g_ptr_array_add (lines, bal_line_new (BAL_BLOCK_PARAGRAPH, 0, line->nest, empty));
  bal_editor_buffer_splice (self, index, 1, lines);
  gtk_text_buffer_get_iter_at_line (buffer, &cursor, index + 1);
  gtk_text_buffer_place_cursor (buffer, &cursor);
}

static void
carry_out (BalEditorBuffer *self,
           Shorthand        shorthand,
           guint            index,
           int              length)
{
  switch (shorthand)
    {
    case SHORTHAND_HEADING:
      bal_editor_buffer_set_heading (self, length - 1);
      break;
    case SHORTHAND_QUOTE:
      bal_editor_buffer_toggle_quote (self);
      break;
    case SHORTHAND_BULLETED_LIST:
    case SHORTHAND_NUMBERED_LIST:
      bal_editor_buffer_toggle_list (self, shorthand == SHORTHAND_NUMBERED_LIST);
      break;
    case SHORTHAND_PREFORMATTED:
      bal_editor_buffer_set_preformatted (self);
      break;
    case SHORTHAND_SEPARATOR:
      put_separator (self, index);
      break;
    case SHORTHAND_NONE:
    default:
      g_assert_not_reached ();
    }
}

gboolean
bal_editor_buffer_shorthand (BalEditorBuffer *self,
                             gboolean         enter)
{
  GtkTextIter cursor, start;
  Shorthand shorthand;
  guint index;
  int length;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), FALSE);

  if (gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (self)))
    return FALSE;
  index = bal_editor_buffer_get_cursor_line (self, &cursor);
  length = gtk_text_iter_get_line_offset (&cursor);
  if (length == 0 || length > MAX_MARKER)
    return FALSE;
  start = cursor;
  gtk_text_iter_set_line_offset (&start, 0);
  if (!enter && repeats_marker (self, index, &start, &cursor))
    {
      bal_editor_buffer_begin_step (self);
      gtk_text_buffer_delete (GTK_TEXT_BUFFER (self), &start, &cursor);
      bal_editor_buffer_end_step (self);
      return TRUE;
    }
  if (!bal_editor_buffer_takes_shorthand (self, index) || (enter && !gtk_text_iter_ends_line (&cursor)))
    return FALSE;
  shorthand = find_shorthand (self, &start, &cursor, enter);
  /* In a quote the action would end it. */
  if (shorthand == SHORTHAND_NONE ||
      (shorthand == SHORTHAND_QUOTE &&
       bal_editor_buffer_get_line (self, index)->nest != NULL))
    return FALSE;

  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (self), &start, &cursor);
  carry_out (self, shorthand, index, length);
  bal_editor_buffer_end_step (self);
  return TRUE;
}
