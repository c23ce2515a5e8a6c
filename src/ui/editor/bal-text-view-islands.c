/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view-islands.h"

#include "bal-island.h"

#define CURSOR_ROOM 2    /* pixels behind an island, for the cursor */

static guint menu_signal;

GtkWidget *
bal_text_view_get_island (BalTextView        *self,
                          GtkTextChildAnchor *anchor)
{
  guint n_widgets;
  g_autofree GtkWidget **widgets = gtk_text_child_anchor_get_widgets (anchor, &n_widgets);

  for (guint i = 0; i < n_widgets; i++)
    if (gtk_widget_get_parent (widgets[i]) == GTK_WIDGET (self))
      return widgets[i];
  return NULL;
}

/* ---- width ---- */

/* What the line's tags leave free beside it. */
static int
get_indent (const GtkTextIter *iter)
{
  g_autoptr(GSList) tags = gtk_text_iter_get_tags (iter);
  int indent = 0;

  for (GSList *l = tags; l != NULL; l = l->next)
    {
      int margin = 0;

      g_object_get (l->data, "left-margin", &margin, NULL);
      indent = MAX (indent, margin);
    }
  return indent;
}

static void
fit_island (BalTextView        *self,
            GtkTextChildAnchor *anchor,
            GtkWidget          *island,
            int                 width)
{
  GtkTextIter iter;

  if (bal_editor_buffer_get_anchor_iter (bal_text_view_get_buffer (self), anchor, &iter))
    bal_island_set_width (BAL_ISLAND (island), MAX (width - get_indent (&iter) - CURSOR_ROOM, 1));
}

void
bal_text_view_fit_islands (BalTextView *self,
                           int          width)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTextChildAnchor *anchor = g_object_get_data (G_OBJECT (child), "bal-anchor");

      if (anchor != NULL)
        fit_island (self, anchor, child, width);
    }
}

void
bal_text_view_wake_island (BalTextView       *self,
                           const GtkTextIter *iter)
{
  GtkTextChildAnchor *anchor = gtk_text_iter_get_child_anchor (iter);
  GtkWidget *island = anchor != NULL ? bal_text_view_get_island (self, anchor) : NULL;

  if (island != NULL)
    bal_island_wake (BAL_ISLAND (island));
}

/* ---- tables ---- */

static void
began_cb (BalTableView       *table,
          GtkTextChildAnchor *anchor)
{
  GtkWidget *text = gtk_widget_get_ancestor (GTK_WIDGET (table), BAL_TYPE_TEXT_VIEW);
  BalEditorBuffer *buffer = bal_text_view_get_buffer (BAL_TEXT_VIEW (text));
  GtkTextIter iter;

  if (bal_editor_buffer_get_anchor_iter (buffer, anchor, &iter))
    gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &iter);
  bal_editor_buffer_hold (buffer);
}

static void
edited_cb (BalTableView       *table,
           BalBlock           *block,
           GtkTextChildAnchor *anchor)
{
  GtkWidget *text = gtk_widget_get_ancestor (GTK_WIDGET (table), BAL_TYPE_TEXT_VIEW);

  bal_editor_buffer_change_island (bal_text_view_get_buffer (BAL_TEXT_VIEW (text)), anchor, block);
}

static void
ended_cb (BalTableView       *table,
          GtkTextChildAnchor *anchor)
{
  GtkWidget *text = gtk_widget_get_ancestor (GTK_WIDGET (table), BAL_TYPE_TEXT_VIEW);

  if (text != NULL)
    bal_editor_buffer_release (bal_text_view_get_buffer (BAL_TEXT_VIEW (text)));
}

static void
follow_table (GtkWidget          *island,
              GtkTextChildAnchor *anchor)
{
  BalTableView *table = bal_island_get_table (BAL_ISLAND (island));

  if (table == NULL)
    return;
  g_signal_connect_object (table, "began", G_CALLBACK (began_cb), anchor, 0);
  g_signal_connect_object (table, "edited", G_CALLBACK (edited_cb), anchor, 0);
  g_signal_connect_object (table, "ended", G_CALLBACK (ended_cb), anchor, 0);
}

/* Another edit begins, or all is taken back: the cell is left. */
static void
released_cb (BalEditorBuffer *buffer,
             BalTextView     *self)
{
  GtkWidget *island = gtk_widget_get_focus_child (GTK_WIDGET (self));

  if (BAL_IS_ISLAND (island) && bal_island_get_table (BAL_ISLAND (island)) != NULL)
    bal_table_view_finish (bal_island_get_table (BAL_ISLAND (island)));
}

gboolean
bal_text_view_edit_table (BalTextView        *self,
                          GtkTextChildAnchor *anchor)
{
  GtkWidget *island = bal_text_view_get_island (self, anchor);
  BalTableView *table = island != NULL ? bal_island_get_table (BAL_ISLAND (island)) : NULL;

  return table != NULL && bal_table_view_edit (table);
}

/* ---- pointer ---- */

/* That a page scrolls to what was clicked must not part a double click. */
static gboolean
is_double (GtkWidget *island,
           int        n_press,
           GdkEvent  *event)
{
  guint32 last = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (island), "bal-pressed"));
  guint32 now = event != NULL ? gdk_event_get_time (event) : GDK_CURRENT_TIME;
  int limit;

  g_object_get (gtk_widget_get_settings (island), "gtk-double-click-time", &limit, NULL);
  g_object_set_data (G_OBJECT (island), "bal-pressed", GUINT_TO_POINTER (now));
  return n_press == 2 || (last != 0 && now - last < (guint32) limit);
}

static void
pressed_cb (GtkGestureClick    *gesture,
            int                 n_press,
            double              x,
            double              y,
            GtkTextChildAnchor *anchor)
{
  GtkWidget *island = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  BalTextView *self = BAL_TEXT_VIEW (gtk_widget_get_parent (island));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  /* With Shift it is part of a longer selection. */
  if (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)) & GDK_SHIFT_MASK)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  bal_editor_buffer_select_anchor (bal_text_view_get_buffer (self), anchor);
  if (event != NULL && gdk_event_triggers_context_menu (event))
    g_signal_emit (self, menu_signal, 0, anchor);
  else if (is_double (island, n_press, event))
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.edit-island", NULL);
}

void
bal_text_view_add_island (BalTextView        *self,
                          GtkTextChildAnchor *anchor)
{
  GtkWidget *island = bal_island_new (bal_editor_anchor_get_block (anchor),
                                      bal_editor_anchor_get_object (anchor),
                                      bal_text_view_get_pictures (self));
  GtkGesture *click = gtk_gesture_click_new ();

  /* Borrowed: the anchor stays as long as its island does. */
  g_object_set_data (G_OBJECT (island), "bal-anchor", anchor);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), anchor, 0);
  gtk_widget_add_controller (island, GTK_EVENT_CONTROLLER (click));
  follow_table (island, anchor);
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    fit_island (self, anchor, island, gtk_widget_get_width (GTK_WIDGET (self)));
  gtk_text_view_add_child_at_anchor (GTK_TEXT_VIEW (self), island, anchor);
}

static void
island_added_cb (BalEditorBuffer    *buffer,
                 GtkTextChildAnchor *anchor,
                 BalTextView        *self)
{
  if (!bal_text_view_keep_waiting (self, anchor))
    bal_text_view_add_island (self, anchor);
}

/* ---- selection ---- */

static const char *const marks[] = { "chosen", "cursor-before", "cursor-behind" };

static void
mark_island (BalTextView        *self,
             GtkTextChildAnchor *anchor,
             const char         *mark)
{
  GtkWidget *island = anchor != NULL ? bal_text_view_get_island (self, anchor) : NULL;

  if (island != NULL)
    gtk_widget_add_css_class (island, mark);
}

/* Beside an island the text's own cursor would be as thick as the island is high: instead of it,
 * the island has a line on that side. */
static void
mark_cursor (BalTextView       *self,
             const GtkTextIter *cursor)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  BalLine *line = bal_editor_buffer_get_line (buffer, gtk_text_iter_get_line (cursor));
  gboolean before = gtk_text_iter_starts_line (cursor);
  GtkTextIter iter = *cursor;

  if (line == NULL || !line->island)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "beside-island");
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self), "beside-island");
  if (!before)
    gtk_text_iter_backward_char (&iter);
  mark_island (self, gtk_text_iter_get_child_anchor (&iter), before ? "cursor-before" : "cursor-behind");
}

static void
clear_marks (BalTextView *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
      if (gtk_widget_has_css_class (child, marks[i]))
        gtk_widget_remove_css_class (child, marks[i]);
}

/* An island shows itself that it is selected: the text's own mark is behind it. */
static void
mark_islands (BalTextView *self)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  GtkTextIter start, end;
  guint first, last;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);
  first = gtk_text_iter_get_line (&start);
  last = gtk_text_iter_get_line (&end);
  clear_marks (self);
  if (gtk_text_iter_equal (&start, &end))
    {
      mark_cursor (self, &start);
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self), "beside-island");
  mark_island (self, bal_editor_buffer_get_selected_anchor (buffer), "chosen");
  for (guint i = first; i <= last && last - first < 500; i++)
    {
      BalLine *line = bal_editor_buffer_get_line (buffer, i);
      GtkTextIter iter;

      if (line == NULL || !line->island)
        continue;
      gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &iter, i);
      if (gtk_text_iter_in_range (&iter, &start, &end))
        mark_island (self, gtk_text_iter_get_child_anchor (&iter), "chosen");
    }
}

static void
mark_set_cb (GtkTextBuffer     *buffer,
             const GtkTextIter *location,
             GtkTextMark       *mark,
             BalTextView       *self)
{
  if (mark == gtk_text_buffer_get_insert (buffer) || mark == gtk_text_buffer_get_selection_bound (buffer))
    mark_islands (self);
}

/* ---- keys ---- */

gboolean
bal_text_view_island_key (BalTextView     *self,
                          guint            keyval,
                          GdkModifierType  state)
{
  GtkTextChildAnchor *anchor;

  state &= gtk_accelerator_get_default_mod_mask ();
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      anchor = bal_editor_buffer_get_selected_anchor (bal_text_view_get_buffer (self));
      if (state != GDK_ALT_MASK && (state != 0 || anchor == NULL))
        return FALSE;
      return gtk_widget_activate_action (GTK_WIDGET (self), "editor.edit-island", NULL);

    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      return state == 0 && bal_editor_buffer_get_selected_anchor (bal_text_view_get_buffer (self)) != NULL &&
             gtk_widget_activate_action (GTK_WIDGET (self), "editor.edit-island", NULL);

    case GDK_KEY_Menu:
    case GDK_KEY_F10:
      if (state != (keyval == GDK_KEY_F10 ? GDK_SHIFT_MASK : 0))
        return FALSE;
      anchor = bal_editor_buffer_get_selected_anchor (bal_text_view_get_buffer (self));
      if (anchor == NULL && gtk_widget_has_css_class (GTK_WIDGET (self), "beside-island"))
        anchor = bal_editor_buffer_get_cursor_anchor (bal_text_view_get_buffer (self));
      if (anchor == NULL)
        return FALSE;
      bal_editor_buffer_select_anchor (bal_text_view_get_buffer (self), anchor);
      g_signal_emit (self, menu_signal, 0, anchor);
      return TRUE;

    default:
      return FALSE;
    }
}

void
bal_text_view_bind_islands (BalTextViewClass *klass)
{
  bal_text_view_bind_pictures (klass);
  menu_signal = g_signal_new ("island-menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, GTK_TYPE_TEXT_CHILD_ANCHOR);
}

void
bal_text_view_follow_islands (BalTextView *self)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);

  bal_text_view_take_pictures (self);
  g_signal_connect_object (buffer, "island-added", G_CALLBACK (island_added_cb), self, 0);
  g_signal_connect_object (buffer, "released", G_CALLBACK (released_cb), self, 0);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self, G_CONNECT_AFTER);
}
