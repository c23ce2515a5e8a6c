/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-source-view.h"

#include "bal-find.h"
#include "bal-layout-cost.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Bytes. GtkSourceView colours a line in one go: from some 50 KB on that takes seconds, and it gives up with a
 * critical warning. GtkTextView lays out a line in one go, after each key: with 300 KB that takes seconds, too. */
#define LONGEST_COLOURED_LINE 10000
#define LONGEST_LINE 100000

struct _BalSourceView
{
  GtkSourceView      parent_instance;

  GtkTextBuffer     *buffer;     /* borrowed from the view */
  GtkSourceLanguage *language;   /* borrowed from the manager of all */
  gboolean           filling;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalSourceView, bal_source_view, GTK_SOURCE_TYPE_VIEW)

static gboolean
has_long_line (const char *text,
               gsize       length,
               gsize       longest)
{
  const char *end = text + length;

  while (text < end)
    {
      gsize n = 0;

      while (text + n < end && text[n] != '\n' && text[n] != '\r')
        n++;
      if (n > longest)
        return TRUE;
      text += n + 1;
    }
  return FALSE;
}

/* Before it is in the text: colours are due as soon as it is. */
static void
insert_text_cb (GtkTextBuffer     *buffer,
                const GtkTextIter *place,
                const char        *text,
                int                length,
                BalSourceView     *self)
{
  int line = gtk_text_iter_get_bytes_in_line (place);

  if (line + length > LONGEST_COLOURED_LINE &&
      ((memchr (text, '\n', length) == NULL && memchr (text, '\r', length) == NULL) ||
       has_long_line (text, length, LONGEST_COLOURED_LINE)))
    gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (buffer), NULL);
}

static void
changed_cb (BalSourceView *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
follow_style (BalSourceView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (self->buffer),
                                      gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark" : "Adwaita"));
}

static void
bal_source_view_snapshot_layer (GtkTextView      *view,
                                GtkTextViewLayer  layer,
                                GtkSnapshot      *snapshot)
{
  GTK_TEXT_VIEW_CLASS (bal_source_view_parent_class)->snapshot_layer (view, layer, snapshot);
  if (layer == GTK_TEXT_VIEW_LAYER_ABOVE_TEXT)
    bal_find_marks_draw (view, snapshot);
}

static void
bal_source_view_class_init (BalSourceViewClass *klass)
{
  GTK_TEXT_VIEW_CLASS (klass)->snapshot_layer = bal_source_view_snapshot_layer;
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_source_init ();
}

static void
bal_source_view_init (BalSourceView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();

  self->buffer = gtk_text_view_get_buffer (view);
  self->language = gtk_source_language_manager_get_language (languages, "html");
  gtk_source_buffer_set_implicit_trailing_newline (GTK_SOURCE_BUFFER (self->buffer), FALSE);
  gtk_text_buffer_set_max_undo_levels (self->buffer, 0);
  gtk_text_view_set_monospace (view, TRUE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_below_lines (view, 2);
  gtk_text_view_set_pixels_inside_wrap (view, 2);
  gtk_source_view_set_tab_width (GTK_SOURCE_VIEW (self), 2);
  /* The keyboard must be able to leave; a tab means nothing in HTML. */
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_left_margin (view, 18);
  gtk_text_view_set_right_margin (view, 18);
  gtk_text_view_set_top_margin (view, 12);
  gtk_text_view_set_bottom_margin (view, 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("HTML source"), -1);

  g_signal_connect (self->buffer, "insert-text", G_CALLBACK (insert_text_cb), self);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (follow_style), self,
                           G_CONNECT_SWAPPED);
  follow_style (self);
}

GtkWidget *
bal_source_view_new (void)
{
  return g_object_new (BAL_TYPE_SOURCE_VIEW, NULL);
}

gboolean
bal_source_view_can_show (const char *html,
                          gsize       length)
{
  g_return_val_if_fail (html != NULL, FALSE);

  return g_utf8_validate_len (html, length, NULL) && !has_long_line (html, length, LONGEST_LINE);
}

void
bal_source_view_set_html (BalSourceView *self,
                          const char    *html)
{
  gboolean long_words;

  g_return_if_fail (BAL_IS_SOURCE_VIEW (self));

  bal_layout_cost (html, 0, &long_words);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self), long_words ? GTK_WRAP_CHAR : GTK_WRAP_WORD_CHAR);
  self->filling = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, html, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  if (!has_long_line (html, strlen (html), LONGEST_COLOURED_LINE))
    gtk_source_buffer_set_language (GTK_SOURCE_BUFFER (self->buffer), self->language);
  self->filling = FALSE;
}

char *
bal_source_view_dup_html (BalSourceView *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (BAL_IS_SOURCE_VIEW (self), NULL);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

void
bal_source_view_get_places (BalSourceView *self,
                            gsize          places[2])
{
  GtkTextMark *marks[] = { gtk_text_buffer_get_insert (self->buffer),
                           gtk_text_buffer_get_selection_bound (self->buffer) };
  GtkTextIter start, iter;

  g_return_if_fail (BAL_IS_SOURCE_VIEW (self));

  gtk_text_buffer_get_start_iter (self->buffer, &start);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *before = NULL;

      gtk_text_buffer_get_iter_at_mark (self->buffer, &iter, marks[i]);
      before = gtk_text_iter_get_text (&start, &iter);
      places[i] = strlen (before);
    }
}

void
bal_source_view_set_places (BalSourceView *self,
                            const gsize    places[2])
{
  g_autofree char *html = bal_source_view_dup_html (self);
  gsize length = strlen (html);
  GtkTextIter iters[2];

  for (guint i = 0; i < G_N_ELEMENTS (iters); i++)
    gtk_text_buffer_get_iter_at_offset (self->buffer, &iters[i],
                                        g_utf8_pointer_to_offset (html, html + MIN (places[i], length)));
  gtk_text_buffer_select_range (self->buffer, &iters[0], &iters[1]);
  /* Its place is known once it has been laid out: the view scrolls then. */
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (self->buffer), 0.1, TRUE, 0, 0.3);
}

void
bal_source_view_undo (BalSourceView *self,
                      gboolean       redo)
{
  g_return_if_fail (BAL_IS_SOURCE_VIEW (self));

  if (redo && gtk_text_buffer_get_can_redo (self->buffer))
    gtk_text_buffer_redo (self->buffer);
  else if (!redo && gtk_text_buffer_get_can_undo (self->buffer))
    gtk_text_buffer_undo (self->buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (self->buffer));
}
