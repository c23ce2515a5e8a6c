/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

/* Nothing but the text: all of the screen, and the header only while the pointer is at the top. */

#define REVEAL_EDGE 3      /* pixels from the top that bring the header */
#define HIDE_MARGIN 24     /* pixels below it that send it away */

/* Over the page and not above it, so that nothing moves when it comes. */
static void
move_header (BalWindow *self,
             gboolean   over)
{
  GtkWidget *header = GTK_WIDGET (self->page_header);

  gtk_revealer_set_reveal_child (self->header_revealer, FALSE);
  g_object_ref (header);
  if (over)
    {
      gtk_box_remove (self->page_pane, header);
      gtk_revealer_set_child (self->header_revealer, header);
    }
  else
    {
      gtk_revealer_set_child (self->header_revealer, NULL);
      gtk_box_prepend (self->page_pane, header);
    }
  g_object_unref (header);
}

static void
set_fullscreen (BalWindow *self)
{
  if (!self->focus_mode)
    {
      if (!self->was_fullscreen)
        gtk_window_unfullscreen (GTK_WINDOW (self));
      return;
    }
  self->was_fullscreen = gtk_window_is_fullscreen (GTK_WINDOW (self));
  gtk_window_fullscreen (GTK_WINDOW (self));
}

void
bal_window_set_focus_mode (BalWindow *self,
                           gboolean   focus_mode)
{
  if (self->focus_mode == focus_mode || (focus_mode && self->editor == NULL))
    return;

  self->focus_mode = focus_mode;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-sidebar", !focus_mode);
  bal_window_apply_layout (self);
  move_header (self, focus_mode);
  gtk_widget_set_visible (self->leave_focus_button, focus_mode);
  bal_editor_set_focus_mode (self->editor, focus_mode);
  set_fullscreen (self);
  bal_window_update_actions (self);
  g_object_notify (G_OBJECT (self), "focus-mode");
}

static void
motion_cb (BalWindow *self,
           double     x,
           double     y)
{
  gboolean shown = gtk_revealer_get_reveal_child (self->header_revealer);
  int height = gtk_widget_get_height (GTK_WIDGET (self->page_header));

  if (self->focus_mode && y <= REVEAL_EDGE)
    gtk_revealer_set_reveal_child (self->header_revealer, TRUE);
  else if (shown && y > height + HIDE_MARGIN)
    gtk_revealer_set_reveal_child (self->header_revealer, FALSE);
}

static gboolean
key_pressed_cb (BalWindow      *self,
                guint           keyval,
                guint           keycode,
                GdkModifierType state)
{
  if (!self->focus_mode || keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  bal_window_set_focus_mode (self, FALSE);
  return GDK_EVENT_STOP;
}

/* A window manager has keys of its own for it. */
static void
fullscreened_cb (BalWindow *self)
{
  if (!gtk_window_is_fullscreen (GTK_WINDOW (self)))
    bal_window_set_focus_mode (self, FALSE);
}

void
bal_window_init_focus_mode (BalWindow *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  /* After everything else that Escape may close. */
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (fullscreened_cb), NULL);
}
