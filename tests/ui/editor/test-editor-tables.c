/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-desk.h"

#include <string.h>

#include "bal-cell-text.h"
#include "bal-document.h"
#include "bal-island.h"
#include "bal-table-cell.h"

static const char html[] =
  "<p>One line.</p>\n"
  "<TABLE  class='cast'><tr><TH>Role</TH><th >Actor</tH></tr >\n"
  "<tr><td>The <i>old</i> keeper</td><td style=\"x\"><a href=\"/i\" rel=\"x\">Ines <b>Albrecht</b></a></td></tr>\n"
  "<tr><td><p>Two</p><p>lines</p></td><td>The storm</td></tr></TABLE>\n"
  "<p>Another line.</p>\n";

/* (transfer full): the page's bytes with one stretch different. */
static char *
html_with (const char *from,
           const char *to)
{
  g_auto(GStrv) parts = g_strsplit (html, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

static void
assert_saved_with (Page       *page,
                   const char *from,
                   const char *to)
{
  g_autofree char *expected = html_with (from, to);

  page_assert_saved (page, expected);
}

/* ---- text of a cell ---- */

static void
check_text (const char *before,
            const char *text,
            const char *after)
{
  g_autofree char *before_html = g_strdup_printf ("<p>%s</p>", before);
  g_autofree char *after_html = g_strdup_printf ("<p>%s</p>", after);
  g_autoptr(BalDocument) document = bal_document_new_from_html (before_html, -1, BAL_DIALECT_HTML);
  g_autoptr(BalDocument) expected = bal_document_new_from_html (after_html, -1, BAL_DIALECT_HTML);
  g_autoptr(BalBlock) replaced = bal_cell_text_replace (bal_document_get_block (document, 0), text);

  g_assert_cmpstr (bal_block_get_text (replaced), ==, text);
  if (!bal_block_equal (replaced, bal_document_get_block (expected, 0)))
    g_error ("%s, now “%s”, is not %s", before, text, after);
}

static void
test_words_that_stay_keep_how_they_look (void)
{
  check_text ("a <b>bold</b> word", "a bold word", "a <b>bold</b> word");
  check_text ("a <b>bold</b> word", "a bold horse", "a <b>bold</b> horse");
  check_text ("a <b>bold</b> word", "one bold word", "one <b>bold</b> word");
  check_text ("a <b>bold</b> word", "a bald word", "a <b>bald</b> word");
  check_text ("a <b>bold</b> word", "a boldest word", "a <b>boldest</b> word");
  check_text ("a <b>bold</b> word", "a word", "a word");
  check_text ("<b>All</b>", "None", "<b>None</b>");
  check_text ("<a href=\"/a\" rel=\"x\">All</a>", "None", "<a href=\"/a\" rel=\"x\">None</a>");
  check_text ("<a href=\"/a\">All</a>", "All of it", "<a href=\"/a\">All</a> of it");
  check_text ("<a href=\"/a\">All</a>", "", "");
  check_text ("\xc3\xa4<b>\xc3\xb6</b>\xc3\xbc", "\xc3\xa4\xc3\xb5\xc3\xbc", "\xc3\xa4<b>\xc3\xb5</b>\xc3\xbc");
  check_text ("<b>one</b> <i>two</i>", "one three two", "<b>one</b> three <i>two</i>");
  check_text ("<b>one</b> <i>two</i>", "on wo", "<b>on</b> <i>wo</i>");
}

/* ---- cells ---- */

static BalTableCell *
find_cell (GtkWidget  *root,
           guint       row,
           guint       cell)
{
  if (BAL_IS_TABLE_CELL (root) && bal_table_cell_get_row (BAL_TABLE_CELL (root)) == row &&
      bal_table_cell_get_cell (BAL_TABLE_CELL (root)) == cell)
    return BAL_TABLE_CELL (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      BalTableCell *found = find_cell (child, row, cell);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkTextBuffer *
get_edited (Page  *page,
            guint  row,
            guint  cell)
{
  BalTableCell *widget = find_cell (GTK_WIDGET (page_get_view (page)), row, cell);
  GtkWidget *view;

  g_assert_nonnull (widget);
  view = widget_find_named (GTK_WIDGET (widget), GTK_TYPE_TEXT_VIEW, NULL);
  return view != NULL ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)) : NULL;
}

static gboolean
press (Page            *page,
       guint            row,
       guint            cell,
       guint            keyval)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (find_cell (GTK_WIDGET (page_get_view (page)), row, cell), "key", keyval, 0, &handled);
  page_settle ();
  return handled;
}

static void
edit_first (Page *page)
{
  page_place_cursor (page, 1, 0);
  page_act (page, "editor.edit-island");
  page_settle ();
  g_assert_nonnull (get_edited (page, 0, 0));
}

static void
type (GtkTextBuffer *buffer,
      const char    *text)
{
  for (const char *p = text; *p != '\0'; p++)
    gtk_text_buffer_insert_at_cursor (buffer, p, 1);
}

static void
test_a_cell_changes_and_nothing_else (Page          *page,
                                      gconstpointer  data)
{
  edit_first (page);
  g_assert_true (press (page, 0, 0, GDK_KEY_Return));
  g_assert_null (get_edited (page, 0, 0));
  gtk_text_buffer_set_text (get_edited (page, 1, 0), "The old lighthouse keeper", -1);
  assert_saved_with (page, "The <i>old</i> keeper", "The <i>old</i> lighthouse keeper");
  g_assert_true (press (page, 1, 0, GDK_KEY_Tab));
  gtk_text_buffer_set_text (get_edited (page, 1, 1), "Ines & Albrecht", -1);
  g_assert_true (press (page, 1, 1, GDK_KEY_Tab));
  g_assert_null (page->message);

  page_act (page, "editor.undo");
  assert_saved_with (page, "The <i>old</i> keeper", "The <i>old</i> lighthouse keeper");
  page_act (page, "editor.undo");
  page_assert_saved (page, html);
}

/* However long it takes to write, and however often it is saved meanwhile. */
static void
test_a_cell_is_one_step (Page          *page,
                         gconstpointer  data)
{
  GtkTextBuffer *buffer;

  edit_first (page);
  buffer = get_edited (page, 0, 0);
  gtk_text_buffer_set_text (buffer, "", -1);
  type (buffer, "The part");
  assert_saved_with (page, ">Role<", ">The part<");
  g_usleep (1100 * 1000);
  page_settle ();
  type (buffer, " played");
  assert_saved_with (page, ">Role<", ">The part played<");
  page_act (page, "editor.undo");
  page_assert_saved (page, html);
  page_settle ();
  g_assert_null (get_edited (page, 0, 0));
  page_act (page, "editor.redo");
  assert_saved_with (page, ">Role<", ">The part played<");
}

static void
test_escape_gives_an_edit_up (Page          *page,
                              gconstpointer  data)
{
  edit_first (page);
  gtk_text_buffer_set_text (get_edited (page, 0, 0), "Wrong", -1);
  assert_saved_with (page, ">Role<", ">Wrong<");
  g_assert_true (press (page, 0, 0, GDK_KEY_Escape));
  page_assert_saved (page, html);
  page_act (page, "editor.undo");
  page_assert_saved (page, html);
}

/* Typing goes on in the text behind an edit, as a step of its own. */
static void
test_the_text_goes_on_after_a_cell (Page          *page,
                                    gconstpointer  data)
{
  GtkTextBuffer *body = gtk_text_view_get_buffer (GTK_TEXT_VIEW (page_get_view (page)));

  edit_first (page);
  gtk_text_buffer_set_text (get_edited (page, 0, 0), "Part", -1);
  gtk_widget_grab_focus (GTK_WIDGET (page_get_view (page)));
  page_settle ();
  g_assert_null (get_edited (page, 0, 0));
  page_place_cursor (page, 0, 0);
  gtk_text_buffer_insert_interactive_at_cursor (body, "No: ", -1, TRUE);
  page_act (page, "editor.undo");
  assert_saved_with (page, ">Role<", ">Part<");
}

static void
test_a_cell_of_blocks_is_shown_and_left_alone (Page          *page,
                                               gconstpointer  data)
{
  BalTableCell *cell = find_cell (GTK_WIDGET (page_get_view (page)), 2, 0);

  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (widget_find_named (GTK_WIDGET (cell), GTK_TYPE_LABEL, NULL))), "lines"));
  g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (cell)));
  edit_first (page);
  for (guint i = 0; i < 4; i++)
    press (page, i / 2, i % 2, GDK_KEY_Tab);
  g_assert_null (get_edited (page, 2, 0));
  g_assert_nonnull (get_edited (page, 2, 1));
}

/* ---- size ---- */

static guint
count_cells (GtkWidget *root)
{
  guint count = BAL_IS_TABLE_CELL (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_cells (child);
  return count;
}

static GtkWidget *
new_island (const char *rows,
            guint       n_rows)
{
  g_autoptr(GString) source = g_string_new ("<table>");
  g_autoptr(BalBlock) block = NULL;

  for (guint i = 0; i < n_rows; i++)
    g_string_append (source, rows);
  g_string_append (source, "</table>");
  block = bal_block_new_table (source->str, source->len);
  return g_object_ref_sink (bal_island_new (block, NULL, NULL));
}

static void
test_a_long_table_shows_its_first_rows (void)
{
  g_autoptr(GtkWidget) tall = new_island ("<tr><td>a</td><td>b</td></tr>", 1234);
  g_autoptr(GtkWidget) wide = new_island ("<tr><td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a"
                                          "<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a"
                                          "<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a"
                                          "<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a<td>a"
                                          "<td>a</tr>", 2);
  g_autoptr(GtkWidget) spans = new_island ("<tr><td colspan=\"99999\" rowspan=\"99999\">a</td><td rowspan=0>b</td></tr>", 40);

  g_assert_cmpuint (count_cells (tall), ==, 400);
  g_assert_cmpuint (count_cells (wide), ==, 0);
  g_assert_cmpuint (count_cells (spans), >, 0);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) page_add ("/editor/tables/" name, html, test)
  g_test_add_func ("/editor/tables/words-that-stay-keep-how-they-look", test_words_that_stay_keep_how_they_look);
  ADD ("a-cell-changes-and-nothing-else", test_a_cell_changes_and_nothing_else);
  ADD ("a-cell-is-one-step", test_a_cell_is_one_step);
  ADD ("escape-gives-an-edit-up", test_escape_gives_an_edit_up);
  ADD ("the-text-goes-on-after-a-cell", test_the_text_goes_on_after_a_cell);
  ADD ("a-cell-of-blocks-is-shown-and-left-alone", test_a_cell_of_blocks_is_shown_and_left_alone);
  g_test_add_func ("/editor/tables/a-long-table-shows-its-first-rows", test_a_long_table_shows_its_first_rows);
#undef ADD
  return g_test_run ();
}
