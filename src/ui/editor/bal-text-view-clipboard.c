/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-view-clipboard.h"
#include "bal-text-view-islands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-safe-blocks.h"
#include "bal-toast.h"

/* What is copied here comes back with its formatting and islands; other programs get its HTML and
 * its text, and what they offer comes in clean. */

#define HTML_HEAD "<meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\">"

#define MOST_FRAMES   600
#define SETTLE_FRAMES 3

const char *const bal_html_types[] = {
  "text/html", "text/html;charset=utf-8", "text/html;charset=UTF-8", "text/html; charset=utf-8", NULL
};

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

/* ---- out ---- */

static GdkContentProvider *
new_content (BalEditorBuffer   *buffer,
             const GtkTextIter *start,
             const GtkTextIter *end)
{
  g_autoptr(GPtrArray) lines = bal_editor_buffer_copy_range (buffer, start, end);
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *html = NULL;
  g_autofree char *text = NULL;
  GdkContentProvider *providers[3];
  char *document;

  html = bal_lines_to_html (lines);
  text = bal_lines_to_text (lines);
  document = g_strconcat (HTML_HEAD, html, NULL);
  bytes = g_bytes_new_take (document, strlen (document));
  providers[0] = gdk_content_provider_new_typed (fragment_get_type (), lines);
  providers[1] = gdk_content_provider_new_for_bytes (bal_html_types[0], bytes);
  providers[2] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}

void
bal_text_view_copy (BalTextView *self,
                    gboolean     cut)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  g_autoptr(GdkContentProvider) content = NULL;
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, &end))
    return;
  content = new_content (buffer, &start, &end);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  if (cut)
    gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (buffer), TRUE, TRUE);
}

/* ---- the cursor ---- */

typedef struct
{
  int   cursor;      /* in characters */
  guint n_frames;
  guint n_settled;
} Follow;

static gboolean
is_on_screen (GtkTextView       *view,
              const GtkTextIter *iter)
{
  GdkRectangle shown, place;

  gtk_text_view_get_visible_rect (view, &shown);
  gtk_text_view_get_iter_location (view, iter, &place);
  return place.y >= shown.y && place.y + place.height <= shown.y + shown.height;
}

/* GtkTextView measures new lines bit by bit, and forgets that it was asked to scroll while it does
 * (4.8): it is asked again until the cursor stays in sight, or is moved. */
static gboolean
follow_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  Follow *follow = data;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  if (gtk_text_iter_get_offset (&iter) != follow->cursor || ++follow->n_frames > MOST_FRAMES)
    return G_SOURCE_REMOVE;
  if (is_on_screen (view, &iter))
    return ++follow->n_settled < SETTLE_FRAMES;
  follow->n_settled = 0;
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
  return G_SOURCE_CONTINUE;
}

void
bal_text_view_follow_cursor (BalTextView *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (bal_text_view_get_buffer (self));
  Follow *follow = g_new0 (Follow, 1);

  g_object_get (buffer, "cursor-position", &follow->cursor, NULL);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_cb, follow, g_free);
}

/* ---- in ---- */

void
bal_paste_begin (BalPaste    *paste,
                 BalTextView *view)
{
  paste->view = g_object_ref (view);
  paste->n_fills = bal_text_view_get_n_fills (view);
}

gboolean
bal_paste_is_wanted (const BalPaste *paste)
{
  return gtk_text_view_get_editable (GTK_TEXT_VIEW (paste->view)) && gtk_widget_is_visible (GTK_WIDGET (paste->view)) &&
         bal_text_view_get_n_fills (paste->view) == paste->n_fills;
}

static BalPaste *
paste_new (BalTextView *view)
{
  BalPaste *paste = g_new (BalPaste, 1);

  bal_paste_begin (paste, view);
  return paste;
}

static void
paste_free (BalPaste *paste)
{
  g_object_unref (paste->view);
  g_free (paste);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalPaste, paste_free)

/* An empty clipboard, or a picture: nothing to paste, and nothing a person has to be told. */
static char *
finish_reading_text (BalPaste     *paste,
                     GObject      *source,
                     GAsyncResult *result)
{
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  return bal_paste_is_wanted (paste) ? g_steal_pointer (&text) : NULL;
}

static void
plain_text_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(BalPaste) paste = data;
  g_autofree char *text = finish_reading_text (paste, source, result);

  if (text == NULL)
    return;
  bal_editor_buffer_paste_text (bal_text_view_get_buffer (paste->view), text);
  bal_text_view_follow_cursor (paste->view);
}

static void
text_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(BalPaste) paste = data;
  g_autofree char *text = finish_reading_text (paste, source, result);

  if (text == NULL)
    return;
  if (!bal_editor_buffer_paste_link (bal_text_view_get_buffer (paste->view), text))
    bal_editor_buffer_paste_text (bal_text_view_get_buffer (paste->view), text);
  bal_text_view_follow_cursor (paste->view);
}

/* @paste: taken */
static void
read_text (BalPaste *paste,
           gboolean  plain)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (paste->view)), NULL,
                                 plain ? plain_text_read_cb : text_read_cb, paste);
}

gboolean
bal_text_view_paste_html (BalTextView *self,
                          GBytes      *bytes)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  gboolean cut;
  gsize length;
  const char *html = g_bytes_get_data (bytes, &length);

  if (length == 0)
    return FALSE;
  blocks = bal_safe_blocks_from_html (html, length, &cut);
  if (blocks->len == 0)
    return FALSE;
  if (blocks->len > 1 ||
      !bal_editor_buffer_paste_link (buffer, bal_block_get_text (g_ptr_array_index (blocks, 0))))
    {
      lines = bal_lines_from_blocks (blocks);
      bal_editor_buffer_paste_lines (buffer, lines);
    }
  if (cut)
    bal_toast (GTK_WIDGET (self), _("This is too long to be pasted at once. Copy what comes behind the last words here, "
                                    "and paste that, too."));
  return TRUE;
}

/* ---- streams ---- */

typedef struct
{
  BalHtmlFunc func;
  gpointer    data;
} Reading;

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Reading *reading = data;
  g_autoptr(GBytes) bytes = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL) >= 0)
    bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  reading->func (bytes, reading->data);
}

void
bal_html_stream_read (GInputStream *stream,
                      BalHtmlFunc   func,
                      gpointer      data)
{
  g_autoptr(GOutputStream) memory = NULL;
  Reading *reading;

  if (stream == NULL)
    {
      func (NULL, data);
      return;
    }
  reading = g_new (Reading, 1);
  reading->func = func;
  reading->data = data;
  memory = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, spliced_cb, reading);
}

static void
html_read_cb (GBytes   *bytes,
              gpointer  data)
{
  g_autoptr(BalPaste) paste = data;

  if (!bal_paste_is_wanted (paste))
    return;
  if (bytes != NULL && bal_text_view_paste_html (paste->view, bytes))
    bal_text_view_follow_cursor (paste->view);
  else
    read_text (g_steal_pointer (&paste), FALSE);
}

static void
html_opened_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr(GInputStream) stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, NULL);

  bal_html_stream_read (stream, html_read_cb, data);
}

gboolean
bal_formats_have_html (GdkContentFormats *formats)
{
  for (guint i = 0; bal_html_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, bal_html_types[i]))
      return TRUE;
  return FALSE;
}

gboolean
bal_text_view_is_preformatted (BalTextView *self)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (self);
  GtkTextIter start;
  BalLine *line;

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (buffer), &start, NULL);
  line = bal_editor_buffer_get_line (buffer, gtk_text_iter_get_line (&start));
  return line != NULL && line->kind == BAL_BLOCK_PREFORMATTED && !line->island;
}

void
bal_text_view_paste (BalTextView *self,
                     gboolean     plain)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentProvider *content;
  g_auto(GValue) value = G_VALUE_INIT;

  plain = plain || bal_text_view_is_preformatted (self);
  content = plain ? NULL : gdk_clipboard_get_content (clipboard);
  g_value_init (&value, fragment_get_type ());
  if (content != NULL && gdk_content_provider_get_value (content, &value, NULL) &&
      g_value_get_boxed (&value) != NULL)
    {
      bal_editor_buffer_paste_lines (bal_text_view_get_buffer (self), g_value_get_boxed (&value));
      bal_text_view_follow_cursor (self);
    }
  else if (!plain && bal_text_view_paste_pictures (self))
    {
      /* Browsers offer a picture that was copied as HTML, too. */
    }
  else if (!plain && bal_formats_have_html (gdk_clipboard_get_formats (clipboard)))
    {
      gdk_clipboard_read_async (clipboard, (const char **) bal_html_types, G_PRIORITY_DEFAULT, NULL,
                                html_opened_cb, paste_new (self));
    }
  else
    {
      read_text (paste_new (self), plain);
    }
}
