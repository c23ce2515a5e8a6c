/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view-islands.h"

/* Pictures that come in from elsewhere: dropped or pasted, as files or as they are. */

static guint pictures_signal;

static void
emit (BalTextView       *self,
      GdkFileList       *files,
      GdkTexture        *texture,
      const GtkTextIter *place)
{
  g_signal_emit (self, pictures_signal, 0, files, texture, place);
}

/* ---- dropped ---- */

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         BalTextView   *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextIter place;
  int buffer_x, buffer_y;

  if (!gtk_text_view_get_editable (view))
    return FALSE;
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, x, y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (view, &place, buffer_x, buffer_y);
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    emit (self, g_value_get_boxed (value), NULL, &place);
  else
    emit (self, NULL, g_value_get_object (value), &place);
  return TRUE;
}

/* ---- pasted ---- */

static void
get_cursor (BalTextView *self,
            GtkTextIter *cursor)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  gtk_text_buffer_get_iter_at_mark (buffer, cursor, gtk_text_buffer_get_insert (buffer));
}

/* By their names: what is in them is looked at when they are taken in. */
static gboolean
are_pictures (GdkFileList *list)
{
  g_autoptr(GSList) files = gdk_file_list_get_files (list);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *name = g_file_get_basename (l->data);
      g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);

      if (!g_content_type_is_mime_type (type, "image/*") && !g_str_has_prefix (type, "image/"))
        return FALSE;
    }
  return files != NULL;
}

static void
value_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(BalTextView) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  GtkTextIter cursor;

  if (!gtk_text_view_get_editable (GTK_TEXT_VIEW (self)))
    return;
  get_cursor (self, &cursor);
  if (value == NULL)
    bal_text_view_paste (self, TRUE);
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    emit (self, NULL, g_value_get_object (value), &cursor);
  else if (are_pictures (g_value_get_boxed (value)))
    emit (self, g_value_get_boxed (value), NULL, &cursor);
  else
    bal_text_view_paste (self, TRUE);
}

gboolean
bal_text_view_paste_pictures (BalTextView *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_autoptr(GdkContentFormats) formats =
    gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));
  GType type = G_TYPE_INVALID;

  /* Other programs put a picture of a text beside the text: it is the text that is meant. */
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    type = GDK_TYPE_FILE_LIST;
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) &&
           !gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    type = GDK_TYPE_TEXTURE;
  if (type == G_TYPE_INVALID)
    return FALSE;
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, value_read_cb, g_object_ref (self));
  return TRUE;
}

/* ---- set up ---- */

void
bal_text_view_bind_pictures (BalTextViewClass *klass)
{
  pictures_signal = g_signal_new ("pictures", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 3, GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE, GTK_TYPE_TEXT_ITER);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_i, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "editor.insert-image", NULL);
}

void
bal_text_view_take_pictures (BalTextView *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
