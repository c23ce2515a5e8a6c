/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-snippet-row.h"

#include "bal-safe-text.h"

#include <glib/gi18n.h>

struct _BalSnippetRow
{
  AdwActionRow parent_instance;
};

enum { MOVE, REMOVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalSnippetRow, bal_snippet_row, ADW_TYPE_ACTION_ROW)

static void
up_action (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, -1);
}

static void
down_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, 1);
}

static void
remove_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
bal_snippet_row_class_init (BalSnippetRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "snippet.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "snippet.down", NULL, down_action);
  gtk_widget_class_install_action (widget_class, "snippet.remove", NULL, remove_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "snippet.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "snippet.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "snippet.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "snippet.remove", NULL);
}

static void
add_button (BalSnippetRow *self,
            const char    *icon,
            const char    *label,
            const char    *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static void
bal_snippet_row_init (BalSnippetRow *self)
{
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  add_button (self, "go-up-symbolic", _("Move Up (Alt+Up)"), "snippet.up");
  add_button (self, "go-down-symbolic", _("Move Down (Alt+Down)"), "snippet.down");
  add_button (self, "user-trash-symbolic", _("Remove (Delete)"), "snippet.remove");
}

GtkWidget *
bal_snippet_row_new (const BalSnippet *snippet,
                     guint             position,
                     guint             n_snippets)
{
  GtkWidget *self = g_object_new (BAL_TYPE_SNIPPET_ROW, NULL);
  g_autofree char *line = bal_safe_text_line (snippet->html, 120);
  g_autofree char *title = g_markup_escape_text (snippet->name, -1);
  g_autofree char *subtitle = g_markup_escape_text (line, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_widget_action_set_enabled (self, "snippet.up", position > 0);
  gtk_widget_action_set_enabled (self, "snippet.down", position + 1 < n_snippets);
  return self;
}
