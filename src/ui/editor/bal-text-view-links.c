/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view.h"

#include "bal-editor-buffer-private.h"
#include "bal-safe-text.h"

#include <glib/gi18n.h>

#define MAX_ADDRESS 200

/* (nullable) (transfer none): the address of the link at a place in the widget. */
static const char *
get_link_at (GtkTextView *view,
             double       x,
             double       y)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (BAL_TEXT_VIEW (view));
  GtkTextIter iter;
  BalLook look;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_position (view, &iter, NULL, buffer_x, buffer_y))
    return NULL;
  bal_editor_buffer_get_look (buffer, &iter, &look);
  return look.link != NULL ? bal_editor_tag_get_inline (look.link)->link : NULL;
}

void
bal_text_view_open_link (BalTextView *self,
                         const char  *href)
{
  g_autofree char *link = bal_safe_link (href);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (link != NULL)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, link, GDK_CURRENT_TIME);
}

/* ---- Ctrl and a click ---- */

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            GtkTextView     *view)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  g_autofree char *link = bal_safe_link (get_link_at (view, x, y));

  /* Elsewhere the view gets it, as ever. */
  gtk_gesture_set_state (GTK_GESTURE (gesture),
                         (state & GDK_CONTROL_MASK) && link != NULL ? GTK_EVENT_SEQUENCE_CLAIMED
                                                                    : GTK_EVENT_SEQUENCE_DENIED);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             GtkTextView     *view)
{
  const char *href = get_link_at (view, x, y);

  if (href != NULL)
    bal_text_view_open_link (BAL_TEXT_VIEW (view), href);
}

/* ---- what the pointer is over ---- */

static gboolean
query_tooltip_cb (GtkTextView *view,
                  int          x,
                  int          y,
                  gboolean     by_keyboard,
                  GtkTooltip  *tooltip)
{
  const char *href = by_keyboard ? NULL : get_link_at (view, x, y);
  g_autofree char *address = NULL;
  g_autofree char *link = NULL;
  g_autofree char *text = NULL;

  if (href == NULL)
    return FALSE;
  address = bal_safe_text_name (href, MAX_ADDRESS);
  link = bal_safe_link (href);
  /* Translators: %s is the address of a link */
  text = link != NULL ? g_strdup_printf (_("%s\nCtrl and click to open"), address) : g_steal_pointer (&address);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
motion_cb (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           GtkTextView              *view)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (motion));
  GdkCursor *cursor = gtk_widget_get_cursor (GTK_WIDGET (view));
  gboolean pointing = cursor != NULL && g_strcmp0 (gdk_cursor_get_name (cursor), "pointer") == 0;
  gboolean opens = (state & GDK_CONTROL_MASK) && get_link_at (view, x, y) != NULL;

  if (opens != pointing)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (view), opens ? "pointer" : "text");
}

void
bal_text_view_watch_links (BalTextView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}
