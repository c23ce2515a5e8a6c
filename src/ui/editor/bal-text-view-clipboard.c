/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view.h"

/* What is copied here comes back with its formatting and islands; other programs get its text. */

static GType
fragment_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_boxed_type_register_static ("BalEditorFragment",
                                                            (GBoxedCopyFunc) g_ptr_array_ref,
                                                            (GBoxedFreeFunc) g_ptr_array_unref));
  return type;
}

static char *
lines_to_text (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);
  BalLine *above = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (lines, i);
      const char *p;

      if (above != NULL)
        g_string_append (text, above->kind == BAL_BLOCK_ITEM && line->kind == BAL_BLOCK_ITEM ? "\n" : "\n\n");
      above = line;
      for (p = line->island ? "" : bal_block_get_text (line->block); *p != '\0'; p = g_utf8_next_char (p))
        if (g_utf8_get_char (p) != 0xfffc)
          g_string_append_len (text, p, g_utf8_next_char (p) - p);
    }
  return g_string_free (text, FALSE);
}

void
bal_text_view_copy (BalTextView *self,
                    gboolean     cut)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  g_autoptr(GPtrArray) lines = NULL;
  g_autoptr(GdkContentProvider) both = NULL;
  g_autofree char *text = NULL;
  GdkContentProvider *providers[2];
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end))
    return;
  lines = bal_editor_buffer_read_range (buffer, &start, &end);
  text = lines_to_text (lines);
  providers[0] = gdk_content_provider_new_typed (fragment_get_type (), lines);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (clipboard, both);
  if (cut)
    gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (buffer), TRUE, TRUE);
}

static void
paste_done (BalTextView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (bal_text_view_get_buffer (self));

  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(BalTextView) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  /* An empty clipboard, or a picture: nothing to paste, and nothing a person has to be told. */
  if (text == NULL || !gtk_text_view_get_editable (GTK_TEXT_VIEW (self)))
    return;
  bal_editor_buffer_paste_text (bal_text_view_get_buffer (self), text);
  paste_done (self);
}

void
bal_text_view_paste (BalTextView *self,
                     gboolean     plain)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentProvider *content = plain ? NULL : gdk_clipboard_get_content (clipboard);
  g_auto(GValue) value = G_VALUE_INIT;

  g_value_init (&value, fragment_get_type ());
  if (content != NULL && gdk_content_provider_get_value (content, &value, NULL) &&
      g_value_get_boxed (&value) != NULL)
    {
      bal_editor_buffer_paste_lines (bal_text_view_get_buffer (self), g_value_get_boxed (&value));
      paste_done (self);
      return;
    }
  gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, g_object_ref (self));
}
