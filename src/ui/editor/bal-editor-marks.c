/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

/* What is shown over the text and is none of it: no edit, never read, saved, copied or undone. */

GtkTextTag *
bal_editor_buffer_add_mark_tag (BalEditorBuffer *self)
{
  GtkTextTag *tag;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), NULL);

  tag = gtk_text_tag_new (NULL);
  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self)), tag);
  g_object_unref (tag);
  return tag;
}

void
bal_editor_buffer_mark (BalEditorBuffer   *self,
                        GtkTextTag        *tag,
                        const GtkTextIter *start,
                        const GtkTextIter *end)
{
  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));
  g_return_if_fail (bal_editor_tag_get_inline (tag) == NULL);

  self->raw++;
  gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self), tag, start, end);
  self->raw--;
}

void
bal_editor_buffer_unmark (BalEditorBuffer   *self,
                          GtkTextTag        *tag,
                          const GtkTextIter *start,
                          const GtkTextIter *end)
{
  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));
  g_return_if_fail (bal_editor_tag_get_inline (tag) == NULL);

  self->raw++;
  gtk_text_buffer_remove_tag (GTK_TEXT_BUFFER (self), tag, start, end);
  self->raw--;
}

/* Letters that stay keep their place: what is bold in the word stays so. What comes in looks
 * like what is before it, so that the first letter must not go before it came. */
void
bal_editor_buffer_correct (BalEditorBuffer   *self,
                           const GtkTextIter *start,
                           const GtkTextIter *end,
                           const char        *word)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  g_autofree char *old = NULL;
  g_autofree gunichar *was = NULL;
  g_autofree gunichar *becomes = NULL;
  g_autofree char *middle = NULL;
  glong old_length, length, head = 0, tail = 0, shorter;
  GtkTextIter from, to;
  int offset;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));
  g_return_if_fail (word != NULL && *word != '\0');
  g_return_if_fail (gtk_text_iter_compare (start, end) < 0);

  old = gtk_text_iter_get_slice (start, end);
  was = g_utf8_to_ucs4_fast (old, -1, &old_length);
  becomes = g_utf8_to_ucs4_fast (word, -1, &length);
  shorter = MIN (old_length, length);
  while (head < shorter && was[head] == becomes[head])
    head++;
  while (tail < shorter - head && was[old_length - 1 - tail] == becomes[length - 1 - tail])
    tail++;
  if (head == old_length && head == length)
    return;
  if (head == 0 && tail == old_length)
    tail--;
  middle = g_ucs4_to_utf8 (becomes + head, length - head - tail, NULL, NULL, NULL);

  offset = gtk_text_iter_get_offset (start);
  bal_editor_buffer_begin_step (self);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, offset + MAX (head, 1));
  gtk_text_buffer_insert (buffer, &from, middle, -1);
  if (head == 0)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &from, offset);
      gtk_text_buffer_get_iter_at_offset (buffer, &to, offset + 1);
      gtk_text_buffer_delete (buffer, &from, &to);
    }
  gtk_text_buffer_get_iter_at_offset (buffer, &from, offset + length - tail);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, offset + length - tail + old_length - head - tail - (head == 0));
  gtk_text_buffer_delete (buffer, &from, &to);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, offset + length);
  gtk_text_buffer_place_cursor (buffer, &from);
  bal_editor_buffer_end_step (self);
}
