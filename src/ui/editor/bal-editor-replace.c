/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

void
bal_editor_buffer_begin_replacing (BalEditorBuffer *self)
{
  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_begin_step (self);
}

void
bal_editor_buffer_end_replacing (BalEditorBuffer *self)
{
  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_end_step (self);
}

static void
replace_one (BalEditorBuffer    *self,
             guint               index,
             const BalTextMatch *match,
             const char         *with)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start, end;
  BalLook look;
  int offset;

  gtk_text_buffer_get_iter_at_line_offset (buffer, &start, index, match->start);
  gtk_text_buffer_get_iter_at_line_offset (buffer, &end, index, match->end);
  bal_editor_buffer_get_look (self, &start, &look);
  offset = gtk_text_iter_get_offset (&start);
  gtk_text_buffer_delete (buffer, &start, &end);
  if (*with == '\0')
    return;
  gtk_text_buffer_insert (buffer, &end, with, -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, offset);
  bal_editor_buffer_apply_look (self, &start, &end, &look, TRUE);
}

void
bal_editor_buffer_replace (BalEditorBuffer    *self,
                           guint               index,
                           const BalTextMatch *matches,
                           guint               n_matches,
                           const char         *with)
{
  BalLine *line;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));
  g_return_if_fail (self->group > 0);

  line = bal_editor_buffer_get_line (self, index);
  if (line == NULL || line->island)
    return;
  self->raw++;
  for (guint i = n_matches; i-- > 0;)
    replace_one (self, index, &matches[i], with);
  self->raw--;
  self->has_pending = FALSE;
  bal_editor_buffer_touch_line (self, index);
  bal_editor_buffer_show_line (self, index);
}
