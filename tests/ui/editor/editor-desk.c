/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-desk.h"

#include <string.h>

GPtrArray *
desk_blocks (BalDocument *document)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    g_ptr_array_add (blocks, bal_block_ref (bal_document_get_block (document, i)));
  return blocks;
}

void
desk_open_bytes (Desk       *desk,
                 const char *html,
                 gssize      length)
{
  g_autoptr(GPtrArray) blocks = NULL;

  desk->document = bal_document_new_from_html (html, length, BAL_DIALECT_HTML);
  desk->buffer = bal_editor_buffer_new ();
  blocks = desk_blocks (desk->document);
  g_assert_true (bal_editor_buffer_fill (desk->buffer, blocks));
}

static int
find_mark (BalEditorBuffer *buffer,
           int              from)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (buffer), &iter, from);
  do
    if (gtk_text_iter_get_char (&iter) == '|')
      return gtk_text_iter_get_offset (&iter);
  while (gtk_text_iter_forward_char (&iter));
  return -1;
}

void
desk_open (Desk       *desk,
           const char *html)
{
  g_auto(GStrv) parts = g_strsplit (html, "|", -1);
  g_autofree char *clean = g_strjoinv ("", parts);
  Desk marked = { 0 };
  GtkTextIter start, end;
  int first, second;

  desk_open_bytes (&marked, html, -1);
  first = find_mark (marked.buffer, 0);
  second = first >= 0 ? find_mark (marked.buffer, first + 1) : -1;
  desk_close (&marked);

  desk_open_bytes (desk, clean, -1);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk->buffer), &start, MAX (first, 0));
  end = start;
  if (second >= 0)
    gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk->buffer), &end, second - 1);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (desk->buffer), &end, &start);
}

void
desk_close (Desk *desk)
{
  g_clear_object (&desk->buffer);
  g_clear_pointer (&desk->document, bal_document_unref);
}

char *
desk_html (Desk  *desk,
           gsize *length)
{
  g_autoptr(GPtrArray) blocks = bal_editor_buffer_read (desk->buffer);
  g_autoptr(BalDocument) document = bal_document_with_blocks (desk->document, blocks);

  return bal_document_to_html (document, length);
}

void
desk_type (Desk       *desk,
           const char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (desk->buffer);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
      gtk_text_buffer_insert_interactive_at_cursor (buffer, p, g_utf8_next_char (p) - p, TRUE);
      gtk_text_buffer_end_user_action (buffer);
    }
}

void
desk_place (Desk *desk,
            int   line,
            int   offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (desk->buffer), &iter, line, offset);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (desk->buffer), &iter);
}

void
desk_touch_all (Desk *desk)
{
  for (guint i = 0; i < bal_editor_buffer_get_n_lines (desk->buffer); i++)
    {
      GtkTextIter iter;

      if (bal_editor_buffer_get_line (desk->buffer, i)->island)
        continue;
      gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk->buffer), &iter, i);
      gtk_text_buffer_insert (GTK_TEXT_BUFFER (desk->buffer), &iter, "x", 1);
      gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk->buffer), &iter, i);
      gtk_text_buffer_backspace (GTK_TEXT_BUFFER (desk->buffer),
                                 (gtk_text_iter_forward_char (&iter), &iter), FALSE, TRUE);
    }
}
