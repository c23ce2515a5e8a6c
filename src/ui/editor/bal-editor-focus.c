/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

void
bal_editor_set_focus_mode (BalEditor *self,
                           gboolean   focus_mode)
{
  GtkRoot *root;
  GtkWidget *focus, *title;

  g_return_if_fail (BAL_IS_EDITOR (self));

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  title = GTK_WIDGET (self->entries[BAL_EDITOR_FIELD_TITLE]);
  /* Before what has it is hidden: it would go to anything. */
  if (focus_mode && (focus == NULL || !gtk_widget_is_ancestor (focus, title)))
    gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  gtk_widget_set_visible (self->bar, !focus_mode);
  gtk_widget_set_visible (GTK_WIDGET (self->entries[BAL_EDITOR_FIELD_SERIES]), !focus_mode);
  gtk_widget_set_visible (self->fields_card, !focus_mode);
  gtk_widget_set_visible (self->status_bar, !focus_mode);
  bal_page_set_foot_shown (self->page, !focus_mode);
  bal_page_reveal_cursor (self->page);
}
