/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include "bal-document-places.h"
#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * While the source is shown, it is what the person writes and what is saved; the text below stays as
 * it was. The history only expects something. On the way back a source that is different is read into
 * a document, and that takes the place of text, fields and base in one step; a source that is the
 * same leaves everything alone.
 */

/* Actions that would change the text while nobody sees it, or where it can't be edited. */
static const char *const text_actions[] = {
  "editor.bold", "editor.italic", "editor.underline", "editor.strike", "editor.code", "editor.link",
  "editor.paragraph", "editor.heading", "editor.preformatted", "editor.quote", "editor.bulleted-list",
  "editor.numbered-list", "editor.featured-image", "editor.details", "editor.next-misspelling",
  "editor.context-menu", "editor.insert-image", "editor.insert-separator", "editor.insert-jump-break",
  "editor.insert-html", "editor.edit-island", "editor.edit-source", "editor.copy-island", "editor.delete-island",
};

/* ---- places: lines of the text, bytes of the source ---- */

/* The block of @document that a line was laid out from. */
static BalBlock *
get_line_block (BalLine *line)
{
  if (line->kind == BAL_BLOCK_ITEM && !line->island)
    return line->nest->origin;
  return line->block;
}

static GPtrArray *
get_lines (BalEditor   *self,
           BalDocument *document)
{
  g_autoptr(GPtrArray) body = bal_document_dup_body (document, bal_blog_get_format (self->blog));

  return bal_lines_from_blocks (body);
}

static gsize
get_byte (BalEditor         *self,
          BalDocument       *document,
          GPtrArray         *lines,
          const GtkTextIter *iter)
{
  guint at = gtk_text_iter_get_line (iter);
  int offset = gtk_text_iter_get_line_offset (iter);
  guint index = 0;
  const char *text;
  BalLine *line;

  if (lines->len == 0)
    return 0;
  /* New lines without text are not in the source. */
  for (guint i = 0; i < at; i++)
    index += !bal_line_is_void (bal_editor_buffer_get_line (self->buffer, i));
  if (index >= lines->len)
    {
      index = lines->len - 1;
      offset = G_MAXINT;
    }
  line = g_ptr_array_index (lines, index);
  text = line->island ? "" : bal_block_get_text (line->block);
  offset = MIN (offset, g_utf8_strlen (text, -1));
  return bal_document_get_byte (document, get_line_block (line), g_utf8_offset_to_pointer (text, offset) - text);
}

/* The last line that begins no later than @byte. */
static guint
find_line (BalDocument *document,
           GPtrArray   *lines,
           gsize        byte)
{
  guint low = 0, high = lines->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (bal_document_get_byte (document, get_line_block (g_ptr_array_index (lines, middle)), 0) <= byte)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
get_iter (BalEditor   *self,
          BalDocument *document,
          GPtrArray   *lines,
          gsize        byte,
          GtkTextIter *iter)
{
  gsize offset = 0;
  BalBlock *block = bal_document_find_place (document, byte, &offset);
  guint n_lines = bal_editor_buffer_get_n_lines (self->buffer);
  guint index = 0, at = 0;
  const char *text;
  BalLine *line;

  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), iter);
  if (block == NULL || lines->len == 0)
    return;
  while (index < lines->len && get_line_block (g_ptr_array_index (lines, index)) != block)
    index++;
  /* In a field's line, or inside of an island. */
  if (index == lines->len)
    {
      index = find_line (document, lines, byte);
      offset = G_MAXSIZE;
    }
  line = g_ptr_array_index (lines, index);
  text = line->island ? "" : bal_block_get_text (line->block);
  for (guint passed = 0; at < n_lines; at++)
    if (!bal_line_is_void (bal_editor_buffer_get_line (self->buffer, at)) && passed++ == index)
      break;
  at = MIN (at, n_lines - 1);
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (self->buffer), iter, at,
                                           g_utf8_strlen (text, MIN (offset, strlen (text))));
}

static void
get_text_marks (BalEditor   *self,
                GtkTextIter  iters[2])
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  gtk_text_buffer_get_iter_at_mark (buffer, &iters[0], gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_mark (buffer, &iters[1], gtk_text_buffer_get_selection_bound (buffer));
}

/* ---- there and back ---- */

void
bal_editor_update_text_actions (BalEditor *self)
{
  gboolean enabled = self->source == NULL && !self->read_only;

  for (guint i = 0; i < G_N_ELEMENTS (text_actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), text_actions[i], enabled);
  gtk_widget_set_sensitive (GTK_WIDGET (self->details_button), enabled);
}

static void
show_frames (BalEditor *self)
{
  gboolean shown = self->source != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->source_frame), shown);
  gtk_widget_set_visible (self->text_frame, !shown);
  gtk_toggle_button_set_active (self->source_button, shown);
  bal_editor_update_text_actions (self);
  for (GtkWidget *child = gtk_widget_get_first_child (self->bar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != GTK_WIDGET (self->source_button) && child != self->find_button &&
        child != self->undo_button && child != self->redo_button)
      gtk_widget_set_sensitive (child, !shown);
  bal_editor_update_undo (self);
  bal_editor_update_status (self);
}

/* (transfer full) (nullable): the post as it would be saved now. NULL: its source can't be shown. */
static char *
dup_html (BalEditor    *self,
          BalDocument **document)
{
  g_autoptr(GPtrArray) blocks = bal_editor_buffer_read (self->buffer);
  g_autoptr(BalReviewFields) fields = bal_editor_form_dup_fields (bal_editor_history_get_form (self->history));
  g_autofree char *html = NULL;
  gsize length;

  *document = bal_document_join_fields (self->document, blocks, bal_blog_get_format (self->blog), fields);
  html = bal_document_to_html (*document, &length);
  return bal_source_view_can_show (html, length) ? g_steal_pointer (&html) : NULL;
}

/* Not before it is wanted: GtkSourceView reads all its styles. */
static void
ensure_view (BalEditor *self)
{
  GtkTextBuffer *source;

  if (self->source_view != NULL)
    return;
  self->source_view = BAL_SOURCE_VIEW (bal_source_view_new ());
  gtk_scrolled_window_set_child (self->source_frame, GTK_WIDGET (self->source_view));
  source = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source_view));
  g_signal_connect_object (self->source_view, "edited", G_CALLBACK (bal_editor_history_expect), self->history,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::can-undo", G_CALLBACK (bal_editor_update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::can-redo", G_CALLBACK (bal_editor_update_undo), self, G_CONNECT_SWAPPED);
}

static void
enter_source (BalEditor *self)
{
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  g_autofree char *html = NULL;
  GtkTextIter iters[2];
  gsize places[2];

  bal_editor_history_commit (self->history);
  html = dup_html (self, &document);
  if (html == NULL)
    {
      g_autoptr(GError) error =
        g_error_new_literal (BAL_ERROR, BAL_ERROR_INVALID,
                             _("This review’s source can’t be shown, because it holds bytes that are no text or a line of "
                               "more than 100,000 characters. Edit it here; they are kept as they are."));

      gtk_toggle_button_set_active (self->source_button, FALSE);
      bal_editor_fail (self, error);
      return;
    }

  ensure_view (self);
  lines = get_lines (self, document);
  get_text_marks (self, iters);
  for (guint i = 0; i < G_N_ELEMENTS (iters); i++)
    places[i] = get_byte (self, document, lines, &iters[i]);
  bal_source_view_set_html (self->source_view, html);
  self->source = g_steal_pointer (&html);
  show_frames (self);
  bal_source_view_set_places (self->source_view, places);
  bal_editor_update_find (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

/* What is typed in the source counts as typed in the text. */
static void
put_source (BalEditor   *self,
            BalDocument *document)
{
  static const BalEditorField told[] = { BAL_EDITOR_FIELD_GRADE, BAL_EDITOR_FIELD_WATCHED_ON, BAL_EDITOR_FIELD_QUOTE,
                                         BAL_EDITOR_FIELD_CHARACTER, BAL_EDITOR_FIELD_ACTOR };
  BalReviewFormat *format = bal_blog_get_format (self->blog);
  g_autoptr(BalReviewFields) fields = bal_review_fields_new ();
  g_autoptr(BalDocument) body = bal_document_split_fields (document, format, fields);
  g_autoptr(BalEditorBase) base = bal_editor_base_new (document, body, self->loaded, self->form);
  g_autoptr(GPtrArray) blocks = bal_editor_get_blocks (body);
  g_autoptr(BalEditorForm) form = bal_editor_form_ref (bal_editor_history_get_form (self->history));
  const char *values[] = { fields->grade, fields->watched_on, fields->quote, fields->quote_character,
                           fields->quote_actor };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      BalEditorForm *next = bal_editor_form_with (form, told[i], values[i]);

      bal_editor_form_unref (form);
      form = next;
    }
  if (!bal_editor_history_put (self->history, blocks, form, base))
    bal_editor_set_read_only (self, TRUE);
}

static void
leave_source (BalEditor *self)
{
  g_autofree char *html = bal_source_view_dup_html (self->source_view);
  g_autofree char *old = g_steal_pointer (&self->source);
  g_autoptr(BalDocument) document =
    bal_document_new_from_html (html, -1, bal_editor_get_dialect (self->blog));
  g_autoptr(GPtrArray) lines = NULL;
  GtkTextIter iters[2];
  gsize places[2];

  bal_source_view_get_places (self->source_view, places);
  /* First: coming on the screen, a text view lays out the cursor's paragraph. */
  show_frames (self);
  if (g_str_equal (html, old))
    bal_editor_history_stop_expecting (self->history);
  else
    put_source (self, document);

  lines = get_lines (self, document);
  for (guint i = 0; i < G_N_ELEMENTS (iters); i++)
    get_iter (self, document, lines, places[i], &iters[i]);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (self->buffer), &iters[0], &iters[1]);
  bal_editor_update_find (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  bal_page_body_changed (self->page);
  bal_page_reveal_text (self->page);
  bal_source_view_set_html (self->source_view, "");
}

void
bal_editor_drop_source (BalEditor *self)
{
  if (self->source == NULL)
    return;
  g_clear_pointer (&self->source, g_free);
  bal_source_view_set_html (self->source_view, "");
  show_frames (self);
  bal_editor_update_find (self);
}

void
bal_editor_refill_source (BalEditor *self)
{
  g_autoptr(BalDocument) document = NULL;
  g_autofree char *html = NULL;
  gsize places[2];

  if (self->source == NULL)
    return;
  html = dup_html (self, &document);
  if (html == NULL)
    {
      bal_editor_drop_source (self);
      return;
    }
  bal_source_view_get_places (self->source_view, places);
  bal_source_view_set_html (self->source_view, html);
  bal_source_view_set_places (self->source_view, places);
  g_free (self->source);
  self->source = g_steal_pointer (&html);
  bal_editor_update_undo (self);
}

void
bal_editor_update_undo (BalEditor *self)
{
  gboolean undo = bal_editor_history_can_undo (self->history);
  gboolean redo = bal_editor_history_can_redo (self->history);

  if (self->source != NULL)
    {
      GtkTextBuffer *source = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->source_view));

      undo = gtk_text_buffer_get_can_undo (source);
      redo = gtk_text_buffer_get_can_redo (source);
    }
  undo = undo && !self->read_only;
  redo = redo && !self->read_only;
  if (undo != self->can_undo)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo", undo);
  if (redo != self->can_redo)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo", redo);
  self->can_undo = undo;
  self->can_redo = redo;
}

static void
source_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  BalEditor *self = BAL_EDITOR (widget);

  if (self->source != NULL)
    leave_source (self);
  else if (self->review != NULL && !self->loading && !self->read_only)
    enter_source (self);
}

/* The button shows what is shown, which the action changes: not that it was clicked. */
static void
source_clicked_cb (GtkToggleButton *button,
                   BalEditor       *self)
{
  gtk_toggle_button_set_active (button, self->source != NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.source", NULL);
}

void
bal_editor_install_source (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.source", NULL, source_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "editor.source", NULL);
}

void
bal_editor_init_source (BalEditor *self)
{
  g_signal_connect (self->source_button, "clicked", G_CALLBACK (source_clicked_cb), self);
}
