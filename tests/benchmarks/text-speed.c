/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text-speed bare|editor KILOBYTES PARAGRAPH-BYTES OPENINGS [names]
 *
 * Opens a post of that size so many times, in a bare GtkTextView or in Balcony's editor, then waits
 * for keys. Prints a line for each thing that happened, for text-speed.py to read:
 *
 *   opened MS      from asking for the post until its text was painted
 *   ready          everything is laid out, the cursor is at the end and has the focus
 *   painted USEC   monotonic time at which what a key had changed was painted
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "bal-desk.h"
#include "bal-document.h"
#include "bal-editor.h"
#include "bal-text-view.h"
#include "store-fixture.h"

#define SETTLED_USEC 700000
#define PAUSE_MS 300

typedef struct
{
  int start;                 /* characters */
  int end;
  int tag;
} Span;

typedef struct
{
  gboolean       bare;
  int            n_openings;
  int            n_opened;
  GMainLoop     *loop;
  GtkWidget     *window;
  GtkWidget     *scroller;   /* of the bare view */
  GtkTextView   *view;
  Fixture        base;
  BalEditor     *editor;
  gint64         empty_id;
  gint64         post_id;
  char          *html;
  GString       *text;
  GArray        *spans;
  gint64         asked;      /* when the post was asked for; 0: nothing is awaited */
  gboolean       changed;    /* by a key; to be painted */
  gboolean       ready;
  double         height;
  gint64         height_since;
} Bench;

/* ---- the post ---- */

/* The last is a name that no dictionary has: its underline is the editor's own, and costs something (GTK 4.8 paints
 * it anew with its paragraph). */
static const char *const words[] = { "the", "film", "camera", "silent", "montage", "director", "—", "shadow",
                                     "watches", "never", "haunting", "score", "of", "and", "a", "Vrzlakova" };
static guint n_words = G_N_ELEMENTS (words) - 1;

static void
add_words (GString *html,
           GRand   *random,
           int      n)
{
  for (int i = 0; i < n; i++)
    g_string_append_printf (html, i > 0 ? " %s" : "%s", words[g_rand_int_range (random, 0, n_words)]);
}

/* Paragraphs with a bold, slanted or linked stretch every dozen words, a heading before every
 * eighth. */
static char *
make_html (gsize length,
           gsize paragraph)
{
  static const char *const opening[] = { "strong", "em", "a href=\"https://example.org/\"" };
  static const char *const closing[] = { "strong", "em", "a" };
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  GString *html = g_string_new (NULL);

  for (int p = 0; html->len < length; p++)
    {
      gsize start = html->len;

      if (p % 8 == 0)
        {
          g_string_append (html, "<h2>");
          add_words (html, random, 5);
          g_string_append (html, "</h2>\n");
        }
      g_string_append (html, "<p>");
      while (html->len - start < paragraph)
        {
          int style = g_rand_int_range (random, 0, 3);

          add_words (html, random, 12);
          g_string_append_printf (html, " <%s>", opening[style]);
          add_words (html, random, 2);
          g_string_append_printf (html, "</%s> ", closing[style]);
        }
      g_string_append (html, "end.</p>\n");
    }
  return g_string_free (html, FALSE);
}

/* The same for the bare view: text, and where it looks different. */
static void
read_text (Bench *bench)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (bench->html, -1, BAL_DIALECT_HTML);
  int offset = 0;

  bench->text = g_string_new (NULL);
  bench->spans = g_array_new (FALSE, FALSE, sizeof (Span));
  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);
      const char *text = bal_block_get_text (block);
      int length = g_utf8_strlen (text, -1);
      guint n_runs;
      const BalRun *runs = bal_block_get_runs (block, &n_runs);
      Span heading = { offset, offset + length, 3 };

      if (bal_block_get_kind (block) == BAL_BLOCK_HEADING)
        g_array_append_val (bench->spans, heading);
      for (guint k = 0; k < n_runs; k++)
        {
          Span span = { offset + g_utf8_strlen (text, runs[k].start), 0,
                        runs[k].link != NULL ? 2 : runs[k].style & BAL_STYLE_ITALIC ? 1 : 0 };

          if (runs[k].style == BAL_STYLE_NONE && runs[k].link == NULL)
            continue;
          span.end = span.start + g_utf8_strlen (text + runs[k].start, runs[k].length);
          g_array_append_val (bench->spans, span);
        }
      g_string_append (bench->text, text);
      g_string_append_c (bench->text, '\n');
      offset += length + 1;
    }
}

/* ---- the bare view ---- */

static void
changed_cb (GtkTextBuffer *buffer,
            Bench         *bench)
{
  if (bench->ready)
    bench->changed = TRUE;
}

/* Whole text first, then tags, which is quicker than run by run. */
static void
open_bare (Bench *bench)
{
  g_autoptr(GtkTextBuffer) buffer = gtk_text_buffer_new (NULL);
  GtkTextTag *tags[] = {
    gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL),
    gtk_text_buffer_create_tag (buffer, NULL, "style", PANGO_STYLE_ITALIC, NULL),
    gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, "foreground", "#1a5fb4", NULL),
    gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_BOLD, "scale", 1.3, NULL),
  };
  GtkTextIter start, end;

  gtk_text_buffer_set_text (buffer, bench->text->str, bench->text->len);
  for (guint i = 0; i < bench->spans->len; i++)
    {
      Span *span = &g_array_index (bench->spans, Span, i);

      gtk_text_buffer_get_iter_at_offset (buffer, &start, span->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, span->end);
      gtk_text_buffer_apply_tag (buffer, tags[span->tag], &start, &end);
    }
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  g_signal_connect (buffer, "changed", G_CALLBACK (changed_cb), bench);
  gtk_text_view_set_buffer (bench->view, buffer);
}

/* ---- either ---- */

static gboolean
is_open (Bench *bench)
{
  if (bench->bare)
    return TRUE;
  return bal_editor_get_review (bench->editor) != NULL && bal_editor_get_review_id (bench->editor) == bench->post_id;
}

static gboolean
open_cb (gpointer data)
{
  Bench *bench = data;

  bench->asked = g_get_monotonic_time ();
  if (bench->bare)
    open_bare (bench);
  else
    bal_editor_show_review (bench->editor, bench->post_id);
  return G_SOURCE_REMOVE;
}

static gboolean
close_cb (gpointer data)
{
  Bench *bench = data;
  g_autoptr(GtkTextBuffer) empty = gtk_text_buffer_new (NULL);

  if (bench->bare)
    gtk_text_view_set_buffer (bench->view, empty);
  else
    bal_editor_show_review (bench->editor, bench->empty_id);
  g_timeout_add (PAUSE_MS, open_cb, bench);
  return G_SOURCE_REMOVE;
}

static GtkWidget *
find_view (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_accepts_tab (GTK_TEXT_VIEW (widget)) == FALSE &&
      BAL_IS_TEXT_VIEW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_view (child);
  return found;
}

/* The height stops changing once every line has been laid out. */
static gboolean
settle_cb (gpointer data)
{
  Bench *bench = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (bench->view), GTK_TYPE_SCROLLED_WINDOW);
  double height = gtk_adjustment_get_upper (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (bench->view);
  gint64 now = g_get_monotonic_time ();
  GtkTextIter end;

  if (height != bench->height)
    {
      bench->height = height;
      bench->height_since = now;
    }
  if (now - bench->height_since < SETTLED_USEC)
    return G_SOURCE_CONTINUE;
  if (!bench->ready)
    {
      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_iter_backward_char (&end);
      gtk_text_buffer_place_cursor (buffer, &end);
      gtk_widget_grab_focus (GTK_WIDGET (bench->view));
      gtk_text_view_scroll_mark_onscreen (bench->view, gtk_text_buffer_get_insert (buffer));
      bench->ready = TRUE;
      bench->height_since = now;
      return G_SOURCE_CONTINUE;
    }
  g_print ("ready\n");
  return G_SOURCE_REMOVE;
}

static void
opened (Bench  *bench,
        gint64  now)
{
  g_print ("opened %.2f\n", (now - bench->asked) / 1000.0);
  bench->asked = 0;
  if (++bench->n_opened < bench->n_openings)
    {
      g_timeout_add (PAUSE_MS, close_cb, bench);
      return;
    }
  if (!bench->bare)
    g_signal_connect (gtk_text_view_get_buffer (bench->view), "changed", G_CALLBACK (changed_cb), bench);
  g_timeout_add (20, settle_cb, bench);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Bench         *bench)
{
  gdk_display_sync (gdk_display_get_default ());
  if (bench->asked != 0 && is_open (bench))
    opened (bench, g_get_monotonic_time ());
  else if (bench->changed)
    g_print ("painted %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  bench->changed = FALSE;
}

static void
map_cb (GtkWidget *window,
        Bench     *bench)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), bench);
}

static gboolean
add_reviews (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Bench *bench = data;

  bench->empty_id = put_pulled_review (transaction, bench->base.blog_id, "1", "Short", "<p>One line.</p>");
  bench->post_id = put_pulled_review (transaction, bench->base.blog_id, "2", "Long", bench->html);
  return TRUE;
}

static gboolean
is_first_shown (gpointer data)
{
  return bal_editor_get_review (((Bench *) data)->editor) != NULL;
}

static void
make_window (Bench *bench)
{
  bench->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 900, 700);
  g_signal_connect_after (bench->window, "map", G_CALLBACK (map_cb), bench);
  if (bench->bare)
    {
      bench->scroller = gtk_scrolled_window_new ();
      bench->view = GTK_TEXT_VIEW (gtk_text_view_new ());
      gtk_text_view_set_wrap_mode (bench->view, GTK_WRAP_WORD_CHAR);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (bench->scroller), GTK_WIDGET (bench->view));
      adw_window_set_content (ADW_WINDOW (bench->window), bench->scroller);
      gtk_window_present (GTK_WINDOW (bench->window));
      return;
    }
  fixture_set_up (&bench->base, NULL);
  fixture_write (&bench->base, add_reviews, bench);
  bench->editor = BAL_EDITOR (bal_editor_new (bench->base.store));
  adw_window_set_content (ADW_WINDOW (bench->window), GTK_WIDGET (bench->editor));
  gtk_window_present (GTK_WINDOW (bench->window));
  bal_editor_show_review (bench->editor, bench->empty_id);
  wait_until (is_first_shown, bench);
  bench->view = GTK_TEXT_VIEW (find_view (GTK_WIDGET (bench->editor)));
}

int
main (int    argc,
      char **argv)
{
  Bench bench = { 0 };

  if (argc != 5 && !(argc == 6 && g_str_equal (argv[5], "names")))
    {
      g_printerr ("text-speed bare|editor KILOBYTES PARAGRAPH-BYTES OPENINGS [names]\n");
      return 2;
    }
  if (argc == 6)
    n_words = G_N_ELEMENTS (words);
  setvbuf (stdout, NULL, _IOLBF, 0);
  adw_init ();
  bench.bare = g_str_equal (argv[1], "bare");
  bench.html = make_html (1024 * (gsize) atoi (argv[2]), atoi (argv[3]));
  bench.n_openings = atoi (argv[4]);
  bench.loop = g_main_loop_new (NULL, FALSE);
  if (bench.bare)
    read_text (&bench);
  make_window (&bench);
  g_timeout_add (800, open_cb, &bench);
  g_main_loop_run (bench.loop);
  return 0;
}
