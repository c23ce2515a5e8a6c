/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);

  if (self->review == NULL)
    return;
  if (g_str_equal (name, "editor.find") || g_str_equal (name, "editor.replace"))
    bal_find_bar_open (self->find_bar, g_str_equal (name, "editor.replace") && !self->read_only);
  else
    bal_find_bar_step (self->find_bar, g_str_equal (name, "editor.find-previous"));
}

static void
found_cb (BalEditor *self)
{
  if (self->source != NULL)
    gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source_view),
                                  gtk_text_buffer_get_insert (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source_view))),
                                  0.1, FALSE, 0, 0);
  else
    bal_page_reveal_text (self->page);
}

void
bal_editor_update_find (BalEditor *self)
{
  bal_find_bar_set_view (self->find_bar, self->source != NULL ? GTK_TEXT_VIEW (self->source_view)
                                                              : GTK_TEXT_VIEW (self->text_view));
}

void
bal_editor_install_find (GtkWidgetClass *widget_class)
{
  static const struct { guint key; GdkModifierType modifiers; const char *action; } keys[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK, "editor.find" },
    { GDK_KEY_h, GDK_CONTROL_MASK, "editor.replace" },
    { GDK_KEY_g, GDK_CONTROL_MASK, "editor.find-next" },
    { GDK_KEY_F3, 0, "editor.find-next" },
    { GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.find-previous" },
    { GDK_KEY_F3, GDK_SHIFT_MASK, "editor.find-previous" },
  };
  static const char *const actions[] = { "editor.find", "editor.replace", "editor.find-next", "editor.find-previous" };

  g_type_ensure (BAL_TYPE_FIND_BAR);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], NULL, find_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

void
bal_editor_init_find (BalEditor *self)
{
  g_signal_connect_object (self->find_bar, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  bal_editor_update_find (self);
}
