/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

static void
toggle_style (GtkWidget *widget,
              BalStyle   style)
{
  BalEditor *self = BAL_EDITOR (widget);

  bal_editor_buffer_toggle_style (self->buffer, style);
  bal_editor_update_bar (self);
}

static void
style_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  static const struct { const char *name; BalStyle style; } styles[] = {
    { "editor.bold", BAL_STYLE_BOLD },
    { "editor.italic", BAL_STYLE_ITALIC },
    { "editor.underline", BAL_STYLE_UNDERLINE },
    { "editor.strike", BAL_STYLE_STRIKE },
    { "editor.code", BAL_STYLE_CODE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (name, styles[i].name))
      toggle_style (widget, styles[i].style);
}

static void
block_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);

  if (g_str_equal (name, "editor.heading"))
    bal_editor_buffer_set_heading (self->buffer, CLAMP (g_variant_get_int32 (parameter), 1, 6));
  else if (g_str_equal (name, "editor.paragraph"))
    bal_editor_buffer_set_paragraph (self->buffer);
  else if (g_str_equal (name, "editor.preformatted"))
    bal_editor_buffer_set_preformatted (self->buffer);
  else if (g_str_equal (name, "editor.quote"))
    bal_editor_buffer_toggle_quote (self->buffer);
  else
    bal_editor_buffer_toggle_list (self->buffer, g_str_equal (name, "editor.numbered-list"));
  bal_editor_update_bar (self);
}

static void
link_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  bal_link_popover_open (BAL_EDITOR (widget)->link_popover);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);

  if (self->source != NULL)
    bal_source_view_undo (self->source_view, g_str_equal (name, "editor.redo"));
  else if (g_str_equal (name, "editor.undo"))
    bal_editor_history_undo (self->history);
  else
    bal_editor_history_redo (self->history);
}

static void
featured_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);

  gtk_menu_button_popdown (self->details_button);
  bal_editor_choose_featured (self);
}

static void
details_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_menu_button_popup (BAL_EDITOR (widget)->details_button);
}

static void
spelling_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);

  if (g_str_equal (name, "editor.next-misspelling"))
    bal_editor_next_misspelling (self);
  else
    bal_text_menu_open (self->text_menu);
}

void
bal_editor_install_actions (GtkWidgetClass *widget_class)
{
  static const char *const styles[] = { "editor.bold", "editor.italic", "editor.underline",
                                        "editor.strike", "editor.code" };
  static const char *const blocks[] = { "editor.paragraph", "editor.preformatted", "editor.quote",
                                        "editor.bulleted-list", "editor.numbered-list" };

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_class_install_action (widget_class, styles[i], NULL, style_action);
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    gtk_widget_class_install_action (widget_class, blocks[i], NULL, block_action);
  gtk_widget_class_install_action (widget_class, "editor.heading", "i", block_action);
  gtk_widget_class_install_action (widget_class, "editor.link", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.featured-image", NULL, featured_action);
  gtk_widget_class_install_action (widget_class, "editor.details", NULL, details_action);
  gtk_widget_class_install_action (widget_class, "editor.next-misspelling", NULL, spelling_action);
  gtk_widget_class_install_action (widget_class, "editor.context-menu", NULL, spelling_action);
  bal_editor_install_island_actions (widget_class);
}

typedef struct
{
  const char *trigger;
  const char *action;
} Shortcut;

static void
add_shortcuts (GtkWidget      *widget,
               const Shortcut *shortcuts,
               gsize           n_shortcuts)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < n_shortcuts; i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].trigger),
                                                            gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (widget, controller);
}

static void
add_undo (GtkWidget *widget)
{
  static const Shortcut shortcuts[] = {
    { "<Control>z", "editor.undo" },
    { "<Control><Shift>z|<Control>y", "editor.redo" },
  };

  add_shortcuts (widget, shortcuts, G_N_ELEMENTS (shortcuts));
}

/* The view has a context menu of its own on these keys. */
static void
add_menu (GtkWidget *widget)
{
  static const Shortcut shortcuts[] = {
    { "<Shift>F10|Menu|<Control>semicolon", "editor.context-menu" },
    { "F7", "editor.next-misspelling" },
  };

  add_shortcuts (widget, shortcuts, G_N_ELEMENTS (shortcuts));
}

/* Taken before an entry gets them, which has an undo of its own, switched off as it is. Not for
 * the whole page: a reply that is being written in the thread is no part of the review. */
void
bal_editor_add_shortcuts (BalEditor *self)
{
  for (guint i = 0; i < BAL_N_EDITOR_FIELDS; i++)
    if (self->entries[i] != NULL)
      add_undo (GTK_WIDGET (self->entries[i]));
  add_undo (GTK_WIDGET (self->excerpt_view));
  add_undo (GTK_WIDGET (self->text_view));
  add_undo (self->bar);
  add_menu (GTK_WIDGET (self->text_view));
}
