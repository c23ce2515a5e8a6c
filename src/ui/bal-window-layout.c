/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

/* Three panes need this much at the ordinary text size, of which a line is so high. */
#define COMPACT_WIDTH 900
#define LINE_HEIGHT 18.0

/* Larger fonts and text scaling come to the same. */
static double
get_text_scale (BalWindow *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  double height = PANGO_PIXELS (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return MAX (height / LINE_HEIGHT, 1.0);
}

void
bal_window_apply_layout (BalWindow *self)
{
  gboolean sidebar = bal_window_get_sidebar_shown (self);

  gtk_widget_set_visible (self->sidebar_pane, sidebar && !self->focus_mode);
  gtk_widget_set_visible (self->list_column, !(self->compact && sidebar) && !self->focus_mode);
  adw_header_bar_set_show_start_title_buttons (self->list_header, !sidebar);
  g_object_notify (G_OBJECT (self), "show-sidebar");
}

static gboolean
apply_cb (gpointer data)
{
  BalWindow *self = data;

  self->layout_idle = 0;
  bal_window_apply_layout (self);

  return G_SOURCE_REMOVE;
}

void
bal_window_fit (BalWindow *self,
                int        width)
{
  gboolean compact = width < COMPACT_WIDTH * get_text_scale (self);

  if (self->compact == compact)
    return;

  /* Widgets must not come or go while sizes are given out. */
  self->compact = compact;
  self->sidebar_turn = FALSE;
  if (self->layout_idle == 0)
    self->layout_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, apply_cb, self, NULL);
}

gboolean
bal_window_get_sidebar_shown (BalWindow *self)
{
  return self->compact ? self->sidebar_turn : self->show_sidebar;
}

/* When the sidebar takes the list's place the toggle button goes with it: a place or F9 brings it back. */
void
bal_window_set_sidebar_shown (BalWindow *self,
                              gboolean   shown)
{
  if (bal_window_get_sidebar_shown (self) == shown)
    return;

  if (self->compact)
    self->sidebar_turn = shown;
  else
    self->show_sidebar = shown;
  bal_window_apply_layout (self);
  if (self->compact && shown)
    bal_sidebar_focus (self->sidebar);
}

void
bal_window_end_sidebar_turn (BalWindow *self)
{
  if (self->compact)
    bal_window_set_sidebar_shown (self, FALSE);
}

/* ---- going from pane to pane by keyboard ---- */

enum { SIDEBAR, LIST, PAGE, N_PANES };

static int
find_pane (BalWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->sidebar_pane))
    return SIDEBAR;
  if (focus != NULL && gtk_widget_is_ancestor (focus, self->list_column))
    return LIST;

  return PAGE;
}

static void
focus_pane (BalWindow *self,
            int        pane)
{
  if (pane == SIDEBAR && gtk_widget_get_visible (self->sidebar_pane))
    bal_sidebar_focus (self->sidebar);
  else if (pane == LIST && gtk_widget_get_visible (self->list_column))
    bal_list_pane_focus_list (self->list_pane);
  else if (pane == PAGE && self->editor != NULL &&
           gtk_stack_get_visible_child (self->page_stack) == GTK_WIDGET (self->editor))
    bal_editor_focus_title (self->editor);
  else if (pane == PAGE)
    gtk_widget_child_focus (GTK_WIDGET (self->page_stack), GTK_DIR_TAB_FORWARD);
}

/* A pane that is not shown or has nothing to focus is passed over. */
static void
move_pane (BalWindow *self,
           int        step)
{
  int from = find_pane (self);

  for (int n = 1; n < N_PANES && find_pane (self) == from; n++)
    focus_pane (self, (from + n * step + N_PANES) % N_PANES);
}

static void
next_pane_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  move_pane (BAL_WINDOW (widget), 1);
}

static void
previous_pane_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  move_pane (BAL_WINDOW (widget), N_PANES - 1);
}

void
bal_window_install_layout_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, previous_pane_action);
}

void
bal_window_init_layout (BalWindow *self)
{
  int width = g_settings_get_int (self->settings, "window-width");

  gtk_window_set_default_size (GTK_WINDOW (self), width, g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_paned_set_position (self->outer_paned, g_settings_get_int (self->settings, "sidebar-width"));
  gtk_paned_set_position (self->inner_paned, g_settings_get_int (self->settings, "list-width"));
  self->show_sidebar = g_settings_get_boolean (self->settings, "show-sidebar");
  self->compact = !gtk_window_is_maximized (GTK_WINDOW (self)) && width < COMPACT_WIDTH * get_text_scale (self);
  bal_window_apply_layout (self);
}

void
bal_window_save_layout (BalWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", MAX (width, 360));
      g_settings_set_int (self->settings, "window-height", MAX (height, 294));
    }
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (self->settings, "sidebar-width", MAX (gtk_paned_get_position (self->outer_paned), 120));
  g_settings_set_int (self->settings, "list-width", MAX (gtk_paned_get_position (self->inner_paned), 160));
  g_settings_set_boolean (self->settings, "show-sidebar", self->show_sidebar);
  g_settings_set_int64 (self->settings, "selected-blog", self->blog_id);
}
