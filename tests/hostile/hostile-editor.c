/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that stall a text layout, opened in the editor between two paragraphs of an honest author, who goes on writing.
 * What was not touched keeps its bytes, and undo gives back the rest. With BALCONY_MEASURE set it prints how long the
 * main loop was held up at most: by opening, and by a key in another paragraph and in that one; and, as other programs
 * may take their time meanwhile, how much of it was work.
 */
#include <adwaita.h>
#include <string.h>

#include "bal-editor.h"
#include "bal-text-view.h"
#include "hostile-look.h"
#include "hostile-watch.h"
#include "store-fixture.h"

#define BEFORE "<p>Before.</p>\n"
#define AFTER "\n<p>After.</p>\n"

typedef struct
{
  const char *name;
  char       *html;
  gboolean    island;    /* it is too much to be laid out as text */
} Trap;

typedef struct
{
  Fixture     store;
  GtkWidget  *window;
  BalEditor  *editor;
  GtkWidget  *view;
  guint       n;
  const char *title;
  const char *html;
  gint64      review;
  char       *stored_title;
  char       *stored_html;
} Desk;

static gboolean
measures (void)
{
  return g_getenv ("BALCONY_MEASURE") != NULL;
}

static HostileStall
run_until_quiet (void)
{
  return hostile_run_until_quiet (measures () ? 300 : 60);
}

/* ---- a desk ---- */

static gboolean
arrive_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Desk *desk = data;
  g_autofree char *remote_id = g_strdup_printf ("%u", ++desk->n);

  desk->review = put_pulled_review (transaction, desk->store.blog_id, remote_id, desk->title, desk->html);
  return TRUE;
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, desk->review, error);

  must (review != NULL);
  g_free (desk->stored_title);
  desk->stored_title = g_strdup (bal_review_get_title (review));
  g_free (desk->stored_html);
  desk->stored_html = g_strdup (bal_review_get_html (review));
  return TRUE;
}

static void
set_up (Desk *desk)
{
  fixture_set_up (&desk->store, NULL);
  desk->editor = BAL_EDITOR (bal_editor_new (desk->store.store));
  desk->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 900, 700);
  adw_window_set_content (ADW_WINDOW (desk->window), GTK_WIDGET (desk->editor));
  gtk_window_present (GTK_WINDOW (desk->window));
  run_until_quiet ();
  desk->view = hostile_find (GTK_WIDGET (desk->editor), BAL_TYPE_TEXT_VIEW);
}

static void
tear_down (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  run_until_quiet ();
  g_free (desk->stored_title);
  g_free (desk->stored_html);
  fixture_tear_down (&desk->store, NULL);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (bal_editor_save_finish (BAL_EDITOR (source), result, &error));
  *(gboolean *) data = TRUE;
}

static void
assert_kept (Desk       *desk,
             const char *title,
             const char *html)
{
  gboolean saved = FALSE;

  bal_editor_save_async (desk->editor, FALSE, NULL, saved_cb, &saved);
  while (!saved)
    g_main_context_iteration (NULL, TRUE);
  fixture_read (&desk->store, read_work, desk);
  g_assert_true (g_str_equal (desk->stored_title, title));
  if (!g_str_equal (desk->stored_html, html))
    g_error ("%.60s… is kept, not %.60s…", desk->stored_html, html);
}

static HostileStall
open_review (Desk       *desk,
             const char *title,
             const char *html)
{
  HostileStall longest = { 0 };

  desk->title = title;
  desk->html = html;
  fixture_write (&desk->store, arrive_work, desk);
  run_until_quiet ();
  bal_editor_show_review (desk->editor, desk->review);
  while (longest.time == 0 || bal_editor_get_review (desk->editor) == NULL ||
         bal_editor_get_review_id (desk->editor) != desk->review)
    {
      HostileStall stall = run_until_quiet ();

      longest.time = MAX (longest.time, stall.time);
      longest.work = MAX (longest.work, stall.work);
    }
  return longest;
}

/* At the beginning of a line; -1: the last one. */
static HostileStall
type_at (Desk *desk,
         int   line)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk->view));
  GtkTextIter iter;

  if (line < 0)
    line += gtk_text_buffer_get_line_count (buffer) - 1;
  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_widget_grab_focus (desk->view);
  run_until_quiet ();
  g_signal_emit_by_name (desk->view, "insert-at-cursor", "x");
  return run_until_quiet ();
}

static void
undo_all (Desk *desk)
{
  /* There is nothing to be done once there is nothing to be undone. */
  for (guint i = 0; i < 5; i++)
    gtk_widget_activate_action (GTK_WIDGET (desk->editor), "editor.undo", NULL);
}

/* ---- traps in the text ---- */

static char *
wrap (const char *opening,
      char       *text,
      const char *closing)
{
  char *html = g_strconcat (opening, text, closing, NULL);

  g_free (text);
  return html;
}

static char *
nest (const char *opening,
      const char *text,
      const char *closing,
      guint       times)
{
  g_autofree char *before = hostile_repeat ("", opening, times);

  return wrap (before, hostile_repeat (text, closing, times), "");
}

#define PARAGRAPH(lead, text, times) wrap ("<p>", hostile_repeat (lead, text, times), "</p>")
#define FAMILY "\U0001F469\u200D\U0001F469\u200D\U0001F467"

/* A test has less of those that are islands anyway, as the sanitizers take their time. */
static GArray *
make_traps (gboolean whole)
{
  guint share = whole ? 1 : 8;
  GArray *traps = g_array_new (FALSE, FALSE, sizeof (Trap));
  const Trap made[] = {
    { "plain words", g_strdup ("<p>A quiet film.</p>"), FALSE },
    { "paragraph of 50 KB", PARAGRAPH ("", "A quiet film that never ends. ", 1700), FALSE },
    { "paragraph of 1 MB", PARAGRAPH ("", "Enormous ", 116000 / share), TRUE },
    { "item of 1 MB", wrap ("<ul><li>", hostile_repeat ("", "Enormous ", 116000 / share), "</li></ul>"), TRUE },
    { "word of 10,000 letters", PARAGRAPH ("So ", "A", 10000), FALSE },
    { "word of 1 MB", PARAGRAPH ("", "A", 1048576 / share), TRUE },
    { "1,000 combining marks", PARAGRAPH ("o", "\u0301", 1000), FALSE },
    { "10,000 combining marks", PARAGRAPH ("o", "\u0301", 10000), TRUE },
    { "9,000 emoji", PARAGRAPH ("", "\U0001F600", 9000), FALSE },
    { "9,000 joined emoji", PARAGRAPH ("", FAMILY, 3000), TRUE },
    { "9,000 women", PARAGRAPH ("", "\U0001F469", 9000), TRUE },
    { "500 spans and links", PARAGRAPH ("", "<span size='99999999'>&amp;</span> <a href='file:///'>x</a>", 500), TRUE },
    { "turned around", PARAGRAPH ("", "\u202eevil\u202c\u2066x\u2069\u200b\u200f ", 2000), TRUE },
    { "a little turned around", PARAGRAPH ("", "\u202eevil\u202c\u2066x\u2069\u200b\u200f ", 500), FALSE },
    { "20,000 without width", PARAGRAPH ("a", "\u200b", 20000), FALSE },
    { "20,000 breaks", PARAGRAPH ("", "line<br>", 20000), TRUE },
    { "20,000 paragraphs", hostile_repeat ("<p>line</p>", "\n<p>line</p>", 20000 / share - 1), FALSE },
    { "20,000 tags", wrap ("<p>", hostile_repeat ("", "<b>", 20000), "x</p>"), TRUE },
    { "6,000 looks", PARAGRAPH ("", "<b>x</b><i>y</i><a href=\"/z\">z</a>", 2000), TRUE },
    { "50 KB with 680 looks", PARAGRAPH ("", "<b>A quiet</b> film that never ends, nor begins, at all; in black and white ", 680),
      FALSE },
    { "300 quotes", nest ("<blockquote>", "deep", "</blockquote>", 300), TRUE },
  };

  g_array_append_vals (traps, made, G_N_ELEMENTS (made));
  return traps;
}

static gboolean
is_island (Desk *desk)
{
  BalEditorBuffer *buffer = bal_text_view_get_buffer (BAL_TEXT_VIEW (desk->view));
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &iter, 1);
  return gtk_text_iter_get_child_anchor (&iter) != NULL;
}

static void
check_trap (Desk       *desk,
            const Trap *trap)
{
  g_autofree char *html = g_strconcat (BEFORE, trap->html, AFTER, NULL);
  g_autofree char *edited = g_strconcat ("<p>xBefore.</p>\n", trap->html, "\n<p>xAfter.</p>\n", NULL);
  HostileStall opened = open_review (desk, trap->name, html);
  HostileStall beside, inside = { 0 };

  g_assert_cmpint (is_island (desk), ==, trap->island);
  beside = type_at (desk, 0);
  type_at (desk, -1);
  assert_kept (desk, trap->name, edited);
  if (!trap->island)
    inside = type_at (desk, 1);
  undo_all (desk);
  assert_kept (desk, trap->name, html);
  if (measures ())
    g_print ("%-24s %s opens %5.0f ms (work %5.0f), key beside it %5.0f (%5.0f), in it %5.0f (%5.0f)\n", trap->name,
             trap->island ? "island" : "text  ", opened.time, opened.work, beside.time, beside.work,
             inside.time, inside.work);
}

static void
test_hostile_texts_are_kept_beside_what_is_written (void)
{
  g_autoptr(GArray) traps = make_traps (measures ());
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < traps->len; i++)
    {
      Trap *trap = &g_array_index (traps, Trap, i);

      g_test_message ("%s", trap->name);
      check_trap (&desk, trap);
      g_free (trap->html);
    }
  tear_down (&desk);
}

/* ---- traps in the title ---- */

static guint
count_longest (GtkWidget *root)
{
  guint longest = 0;

  if (GTK_IS_TEXT (root))
    longest = gtk_entry_buffer_get_length (gtk_text_get_buffer (GTK_TEXT (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    longest = MAX (longest, count_longest (child));
  return longest;
}

static void
test_hostile_titles_are_kept (void)
{
  const Trap titles[] = {
    { "title of 5,000 letters", hostile_repeat ("", "A", 5000), FALSE },
    { "title of 256 KB", hostile_repeat ("", "Enormous ", 29000), TRUE },
    { "title of 10,000 marks", hostile_repeat ("o", "\u0301", 10000), TRUE },
  };
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      HostileStall opened = open_review (&desk, titles[i].html, BEFORE);

      g_assert_cmpint (count_longest (GTK_WIDGET (desk.editor)) < 1000, ==, titles[i].island);
      type_at (&desk, 0);
      assert_kept (&desk, titles[i].html, "<p>xBefore.</p>\n");
      undo_all (&desk);
      assert_kept (&desk, titles[i].html, BEFORE);
      if (measures ())
        g_print ("%-31s opens %5.0f ms (work %5.0f)\n", titles[i].name, opened.time, opened.work);
      g_free (titles[i].html);
    }
  tear_down (&desk);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/hostile/texts-are-kept-beside-what-is-written", test_hostile_texts_are_kept_beside_what_is_written);
  g_test_add_func ("/ui/hostile/titles-are-kept", test_hostile_titles_are_kept);

  return g_test_run ();
}
