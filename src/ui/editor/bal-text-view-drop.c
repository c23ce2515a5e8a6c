/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view.h"

#include "bal-text-view-clipboard.h"

/* What is dropped into the text is pasted where it falls; what comes from the same text moves. In
 * the place of GtkTextView's own target, which knows text alone (4.8). */

typedef struct
{
  BalPaste  paste;
  GdkDrop  *drop;     /* owned */
} Drop;

static Drop *
drop_new (BalTextView *view,
          GdkDrop     *drop)
{
  Drop *self = g_new (Drop, 1);

  bal_paste_begin (&self->paste, view);
  self->drop = g_object_ref (drop);
  return self;
}

static void
drop_free (Drop *self)
{
  g_object_unref (self->paste.view);
  g_object_unref (self->drop);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drop, drop_free)

static void
finish (Drop     *self,
        gboolean  taken)
{
  gdk_drop_finish (self->drop, taken ? GDK_ACTION_COPY : 0);
  if (taken)
    bal_text_view_follow_cursor (self->paste.view);
}

/* (nullable) (transfer full): the buffer of an editor that is dragged from. */
static BalEditorBuffer *
dup_source (GdkDrop *drop)
{
  GdkDrag *drag = gdk_drop_get_drag (drop);
  g_auto(GValue) value = G_VALUE_INIT;

  g_value_init (&value, GTK_TYPE_TEXT_BUFFER);
  if (drag == NULL || !gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL) ||
      !BAL_IS_EDITOR_BUFFER (g_value_get_object (&value)))
    return NULL;
  return g_value_dup_object (&value);
}

static void
get_iter_at (BalTextView *self,
             double       x,
             double       y,
             GtkTextIter *iter)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (view, iter, buffer_x, buffer_y);
  /* Behind the last line there is one newline more. */
  if ((guint) gtk_text_iter_get_line (iter) >= bal_editor_buffer_get_n_lines (buffer))
    {
      gtk_text_buffer_get_end_iter (GTK_TEXT_BUFFER (buffer), iter);
      gtk_text_iter_backward_char (iter);
    }
}

/* ---- on the way ---- */

static void
hide_place (BalTextView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (bal_text_view_get_buffer (self));
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, "drop");

  if (mark != NULL)
    gtk_text_buffer_delete_mark (buffer, mark);
}

static void
show_place (BalTextView       *self,
            const GtkTextIter *iter)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (bal_text_view_get_buffer (self));
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, "drop");

  if (mark != NULL)
    gtk_text_buffer_move_mark (buffer, mark, iter);
  else
    mark = gtk_text_buffer_create_mark (buffer, "drop", iter, TRUE);
  gtk_text_mark_set_visible (mark, TRUE);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), mark);
}

static GdkDragAction
motion_cb (GtkDropTargetAsync *target,
           GdkDrop            *drop,
           double              x,
           double              y,
           BalTextView        *self)
{
  GtkTextIter iter;

  if (!gtk_text_view_get_editable (GTK_TEXT_VIEW (self)))
    return 0;
  get_iter_at (self, x, y, &iter);
  show_place (self, &iter);
  /* Never a move: the view that was dragged from would delete what is selected then. */
  return gdk_drop_get_actions (drop) & GDK_ACTION_COPY;
}

static void
leave_cb (GtkDropTargetAsync *target,
          GdkDrop            *drop,
          BalTextView        *self)
{
  hide_place (self);
}

/* ---- there ---- */

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(Drop) self = data;
  const GValue *value = gdk_drop_read_value_finish (self->drop, result, NULL);
  const char *text = value != NULL && bal_paste_is_wanted (&self->paste) ? g_value_get_string (value) : NULL;

  if (text != NULL)
    bal_editor_buffer_paste_text (bal_text_view_get_buffer (self->paste.view), text);
  finish (self, text != NULL);
}

static void
html_read_cb (GBytes   *bytes,
              gpointer  data)
{
  g_autoptr(Drop) self = data;

  if (!bal_paste_is_wanted (&self->paste))
    finish (self, FALSE);
  else if (bytes != NULL && bal_text_view_paste_html (self->paste.view, bytes))
    finish (self, TRUE);
  else
    gdk_drop_read_value_async (self->drop, G_TYPE_STRING, G_PRIORITY_DEFAULT, NULL, text_read_cb,
                               drop_new (self->paste.view, self->drop));
}

static void
html_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  Drop *self = data;
  g_autoptr(GInputStream) stream = gdk_drop_read_finish (self->drop, result, NULL, NULL);

  bal_html_stream_read (stream, html_read_cb, self);
}

/* Within one text it moves, unless Ctrl is held. */
static void
drop_own (BalTextView       *self,
          GdkDrop           *drop,
          BalEditorBuffer   *source,
          const GtkTextIter *iter)
{
  GdkSeat *seat = gdk_device_get_seat (gdk_drop_get_device (drop));
  GdkDevice *keyboard = gdk_seat_get_keyboard (seat);
  GdkModifierType state = keyboard != NULL ? gdk_device_get_modifier_state (keyboard) : 0;
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  g_autoptr(GPtrArray) lines = NULL;
  GtkTextIter start, end;

  if (source == buffer && !(state & GDK_CONTROL_MASK))
    {
      bal_editor_buffer_move_selection (buffer, iter);
    }
  else if (gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (source), &start, &end))
    {
      lines = bal_editor_buffer_copy_range (source, &start, &end);
      gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), iter);
      bal_editor_buffer_paste_lines (buffer, lines);
    }
}

static gboolean
drop_cb (GtkDropTargetAsync *target,
         GdkDrop            *drop,
         double              x,
         double              y,
         BalTextView        *self)
{
  g_autoptr(BalEditorBuffer) source = dup_source (drop);
  g_autoptr(Drop) state = drop_new (self, drop);
  GtkTextIter iter;

  hide_place (self);
  if (!gtk_text_view_get_editable (GTK_TEXT_VIEW (self)))
    return FALSE;
  get_iter_at (self, x, y, &iter);
  if (source != NULL)
    {
      drop_own (self, drop, source, &iter);
      finish (state, TRUE);
      return TRUE;
    }
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (bal_text_view_get_buffer (self)), &iter);
  if (bal_formats_have_html (gdk_drop_get_formats (drop)) && !bal_text_view_is_preformatted (self))
    gdk_drop_read_async (drop, (const char **) bal_html_types, G_PRIORITY_DEFAULT, NULL, html_opened_cb,
                         g_steal_pointer (&state));
  else
    gdk_drop_read_value_async (drop, G_TYPE_STRING, G_PRIORITY_DEFAULT, NULL, text_read_cb,
                               g_steal_pointer (&state));
  return TRUE;
}

static void
remove_own_target (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = g_list_model_get_n_items (controllers); i > 0; i--)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i - 1);

      if (GTK_IS_DROP_TARGET_ASYNC (controller))
        gtk_widget_remove_controller (widget, controller);
    }
}

void
bal_text_view_add_drop_target (BalTextView *self)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  GdkContentFormats *formats;
  GtkDropTargetAsync *target;

  gdk_content_formats_builder_add_gtype (builder, GTK_TYPE_TEXT_BUFFER);
  gdk_content_formats_builder_add_gtype (builder, G_TYPE_STRING);
  for (guint i = 0; bal_html_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, bal_html_types[i]);
  formats = gdk_content_formats_union_deserialize_mime_types (
    gdk_content_formats_builder_free_to_formats (builder));

  remove_own_target (GTK_WIDGET (self));
  target = gtk_drop_target_async_new (formats, GDK_ACTION_COPY);
  g_signal_connect (target, "drag-enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "drag-motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "drag-leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
