/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding and replacing, in the text and in its source. */

#include "editor-desk.h"
#include "page-desk.h"

#include "bal-editor-history.h"
#include "bal-find-bar.h"
#include "bal-find.h"

/* ---- what matches ---- */

static void
check_search (const char         *words,
              BalTextSearchFlags  flags,
              const char         *text,
              const char         *expected)
{
  g_autoptr(BalTextSearch) search = bal_text_search_new (words, flags);
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  g_autoptr(GString) found = g_string_new (NULL);

  bal_text_search_find (search, text, matches);
  for (guint i = 0; i < matches->len; i++)
    {
      BalTextMatch *match = &g_array_index (matches, BalTextMatch, i);
      g_autofree char *part = g_utf8_substring (text, match->start, match->end);

      g_string_append_printf (found, "%s%u:%s", i > 0 ? " " : "", match->start, part);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_case_and_accents (void)
{
  check_search ("film", 0, "Film noir, FILM, film", "0:Film 11:FILM 17:film");
  check_search ("film", BAL_TEXT_SEARCH_MATCH_CASE, "Film noir, FILM, film", "17:film");
  check_search ("STRASSE", 0, "Die Straße", "4:Straße");
  check_search ("straße", 0, "STRASSE", "0:STRASSE");
  check_search ("Σίσυφος", 0, "ΣΊΣΥΦΟΣ", "0:ΣΊΣΥΦΟΣ");
  check_search ("amelie", 0, "Amélie", "");
  check_search ("amélie", 0, "AMÉLIE", "0:AMÉLIE");
  /* The same letter, composed and not. */
  check_search ("amélie", 0, "xAme\xcc\x81lie", "1:Ame\xcc\x81lie");
  check_search ("Ame\xcc\x81lie", 0, "Amélie", "0:Amélie");
  /* Half a letter is no match. */
  check_search ("ame", 0, "Ame\xcc\x81lie, came", "10:ame");
  check_search ("s", 0, "ß", "");
  check_search ("a b", 0, "A\xc2\xa0" "B", "0:A\xc2\xa0" "B");
  check_search ("aa", 0, "aaaaa", "0:aa 2:aa");
  check_search ("😀", 0, "x😀y😀", "1:😀 3:😀");
}

static void
test_whole_words (void)
{
  check_search ("film", BAL_TEXT_SEARCH_WHOLE_WORDS, "films film, filmé Kinofilm (film)", "6:film 28:film");
  check_search ("фильм", BAL_TEXT_SEARCH_WHOLE_WORDS, "Фильмы и фильм", "9:фильм");
  check_search ("(a", BAL_TEXT_SEARCH_WHOLE_WORDS, "x(a) (ab", "1:(a");
}

/* ---- in islands ---- */

static guint
count_in_line (Desk       *desk,
               const char *words,
               int         line)
{
  g_autoptr(BalTextSearch) search = bal_text_search_new (words, 0);
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));

  /* The second time by what is known from the first. */
  bal_find_in_line (search, GTK_TEXT_BUFFER (desk->buffer), line, matches);
  bal_find_in_line (search, GTK_TEXT_BUFFER (desk->buffer), line, matches);
  g_assert_cmpuint (matches->len % 2, ==, 0);
  return matches->len / 2;
}

static void
test_islands_are_looked_into (void)
{
  static const char html[] = "<p>fox fox</p>\n<table><tr><td>fox</td><td>Fox</td></tr></table>\n"
                             "<details class=\"fox\">no</details>\n<p>fox</p>\n";
  g_autoptr(BalTextSearch) search = bal_text_search_new ("fox", 0);
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  g_autoptr(BalBlock) other = bal_block_new_opaque ("<details>cat</details>", -1);
  GtkTextIter from, start, end;
  GtkTextChildAnchor *anchor;
  Desk desk;

  desk_open (&desk, html);
  g_assert_cmpuint (count_in_line (&desk, "fox", 0), ==, 2);
  g_assert_cmpuint (count_in_line (&desk, "fox", 1), ==, 1);
  g_assert_cmpuint (count_in_line (&desk, "fox", 2), ==, 0);
  g_assert_cmpuint (count_in_line (&desk, "no", 2), ==, 1);

  /* It is selected as a whole, and never replaced. */
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (desk.buffer), &from, 0, 5);
  g_assert_true (bal_find_next (search, GTK_TEXT_BUFFER (desk.buffer), &from, FALSE, &start, &end));
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (desk.buffer), &start, &end);
  anchor = bal_editor_buffer_get_selected_anchor (desk.buffer);
  g_assert_nonnull (anchor);
  g_assert_true (bal_find_is_match (search, GTK_TEXT_BUFFER (desk.buffer), &start, &end));
  bal_find_replace_one (GTK_TEXT_BUFFER (desk.buffer), &start, &end, "cat");
  desk_assert (&desk, html);
  g_assert_cmpuint (bal_find_replace (search, GTK_TEXT_BUFFER (desk.buffer), "cat"), ==, 3);
  g_assert_cmpuint (count_in_line (&desk, "fox", 1), ==, 1);

  /* What was known of it is forgotten with what it said. */
  bal_find_in_line (search, GTK_TEXT_BUFFER (desk.buffer), 1, matches);
  g_assert_cmpuint (matches->len, ==, 1);
  bal_editor_buffer_change_island (desk.buffer, anchor, other);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (desk.buffer), &from);
  g_assert_false (bal_find_next (search, GTK_TEXT_BUFFER (desk.buffer), &from, FALSE, &start, &end));
  desk_close (&desk);
}

/* ---- replacing in the buffer ---- */

static guint
replace (Desk       *desk,
         const char *words,
         const char *with)
{
  g_autoptr(BalTextSearch) search = bal_text_search_new (words, 0);

  return bal_find_replace (search, GTK_TEXT_BUFFER (desk->buffer), with);
}

static void
test_replacing_keeps_the_look_of_the_first_character (void)
{
  Desk desk;

  desk_open (&desk, "<p>A <strong>bl</strong>ue <em>film</em></p><h2 class=\"x\">Blue</h2><ul><li>a blue</li></ul><hr/><p>none</p>");
  g_assert_cmpuint (replace (&desk, "blue", "red"), ==, 3);
  desk_assert (&desk, "<p>A <strong>red</strong> <em>film</em></p><h2 class=\"x\">red</h2><ul><li>a red</li></ul><hr/><p>none</p>");
  g_assert_cmpuint (replace (&desk, "blue", "red"), ==, 0);
  g_assert_cmpuint (replace (&desk, "red", ""), ==, 3);
  desk_assert (&desk, "<p>A  <em>film</em></p><ul><li>a </li></ul><hr/><p>none</p>");
  desk_close (&desk);

  /* What comes in may be what was looked for; a line end is none. */
  desk_open (&desk, "<p>aaa</p><p>x<a href=\"/\">a</a></p>");
  g_assert_cmpuint (replace (&desk, "a", "a\na"), ==, 4);
  desk_assert (&desk, "<p>a aa aa a</p><p>x<a href=\"/\">a a</a></p>");
  desk_close (&desk);
}

/* All of them are one step, and what they were is back byte for byte with one. */
static void
test_replacing_is_one_step (void)
{
  static const char html[] = "<p>A <b class=\"y\">bl</b>ue &eacute;</p>\n<p >Blue  film</p>\n";
  g_autoptr(BalReview) review = bal_review_new (1);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalEditorForm) form = bal_editor_form_new (review, format, &fields);
  g_autoptr(BalEditorHistory) history = NULL;
  Desk desk;

  desk_open (&desk, html);
  history = bal_editor_history_new (desk.buffer);
  bal_editor_history_reset (history, form);
  desk_place (&desk, 0, 1);
  desk_type (&desk, "x");
  g_assert_cmpuint (replace (&desk, "blue", "green"), ==, 2);
  desk_assert (&desk, "<p>Ax <b class=\"y\">green</b> &eacute;</p>\n<p >green  film</p>\n");
  bal_editor_history_undo (history);
  desk_assert (&desk, "<p>Ax <b class=\"y\">bl</b>ue &eacute;</p>\n<p >Blue  film</p>\n");
  bal_editor_history_undo (history);
  desk_assert (&desk, html);
  bal_editor_history_redo (history);
  bal_editor_history_redo (history);
  desk_assert (&desk, "<p>Ax <b class=\"y\">green</b> &eacute;</p>\n<p >green  film</p>\n");
  g_clear_object (&history);
  desk_close (&desk);
}

/* ---- the bar ---- */

static const char html[] =
  "<p>One film, two <em>fi</em>lms.</p>\n<ul>\n<li>A Film</li>\n</ul>\n<p>No more.</p>\n<p>Grade: B</p>\n";

static BalFindBar *
get_bar (Page *page)
{
  return BAL_FIND_BAR (page_find (page, BAL_TYPE_FIND_BAR, NULL));
}

static GtkEditable *
get_entry (Page       *page,
           const char *label)
{
  return GTK_EDITABLE (page_find (page, GTK_TYPE_ENTRY, label));
}

static GtkLabel *
find_count (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "numeric"))
    return GTK_LABEL (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *found = find_count (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
get_count (Page *page)
{
  return gtk_label_get_text (find_count (GTK_WIDGET (get_bar (page))));
}

/* Not the selection: an entry may have taken it away by owning the primary one. */
#define check_current(buffer, expected, at)                                                     \
  G_STMT_START {                                                                                \
    GtkTextIter current_start, current_end;                                                     \
    g_autofree char *current = NULL;                                                            \
    bal_find_get_current ((buffer), &current_start, &current_end);                              \
    current = gtk_text_iter_get_text (&current_start, &current_end);                            \
    g_assert_cmpstr (current, ==, (expected));                                                  \
    g_assert_cmpint (gtk_text_iter_get_offset (&current_start), ==, (at));                      \
  } G_STMT_END

static void
act_on_bar (Page       *page,
            const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_bar (page)), action, NULL));
  page_settle ();
}

static void
test_typing_finds_and_steps_go_round (void)
{
  Page page;
  GtkTextBuffer *body;

  page_open (&page, html);
  body = page_get_body (&page);
  buffer_place (body, "One", 0);
  page_act (&page, "editor.find");
  gtk_editable_set_text (get_entry (&page, "Find"), "film");
  page_settle ();
  check_current (body, "film", 4);
  g_assert_cmpstr (get_count (&page), ==, "1 of 3");
  page_act (&page, "editor.find-next");
  check_current (body, "film", 14);
  act_on_bar (&page, "find.next");
  check_current (body, "Film", 23);
  g_assert_cmpstr (get_count (&page), ==, "3 of 3");
  act_on_bar (&page, "find.next");
  check_current (body, "film", 4);
  act_on_bar (&page, "find.previous");
  check_current (body, "Film", 23);
  gtk_editable_set_text (get_entry (&page, "Find"), "filmx");
  page_settle ();
  g_assert_cmpstr (get_count (&page), ==, "Not found");

  gtk_editable_set_text (get_entry (&page, "Find"), "film");
  page_settle ();
  act_on_bar (&page, "find.whole-words");
  g_assert_cmpstr (get_count (&page), ==, "2 of 2");
  act_on_bar (&page, "find.match-case");
  g_assert_cmpstr (get_count (&page), ==, "1 match");
  g_assert_false (bal_editor_get_modified (page.editor));
  act_on_bar (&page, "find.close");
  g_assert_true (gtk_widget_has_focus (page_find (&page, BAL_TYPE_TEXT_VIEW, "Body")));
  page_save (&page, TRUE);
  page_assert_stored (&page, html);
  page_close (&page);
}

static void
test_selection_is_looked_for (void)
{
  Page page;
  GtkTextIter start, end;
  GtkTextBuffer *body;

  page_open (&page, html);
  body = page_get_body (&page);
  gtk_text_buffer_get_iter_at_offset (body, &start, 14);
  gtk_text_buffer_get_iter_at_offset (body, &end, 18);
  gtk_text_buffer_select_range (body, &end, &start);
  page_act (&page, "editor.find");
  page_settle ();
  g_assert_cmpstr (gtk_editable_get_text (get_entry (&page, "Find")), ==, "film");
  g_assert_cmpstr (get_count (&page), ==, "2 of 3");
  check_current (body, "film", 14);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_bar (&page)), "find.close", NULL));
  gtk_text_buffer_get_selection_bounds (body, &start, &end);
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, 14);
  g_assert_cmpint (gtk_text_iter_get_offset (&end), ==, 18);
  page_close (&page);
}

static void
test_replacing_one_by_one_and_all (void)
{
  Page page;
  GtkTextBuffer *body;

  page_open (&page, html);
  body = page_get_body (&page);
  buffer_place (body, "One", 0);
  page_act (&page, "editor.replace");
  gtk_editable_set_text (get_entry (&page, "Find"), "film");
  gtk_editable_set_text (get_entry (&page, "Replace with"), "filmic film");
  page_settle ();
  act_on_bar (&page, "find.replace");
  buffer_assert_text (body, "One filmic film, two films.\nA Film\nNo more.\n");
  check_current (body, "film", 21);
  act_on_bar (&page, "find.replace-all");
  g_assert_cmpstr (get_count (&page), ==, "4 replaced");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_entry (&page, "Replace with"))));
  buffer_assert_text (body, "One filmic filmic filmic film, two filmic films.\nA filmic film\nNo more.\n");
  page_act (&page, "editor.undo");
  buffer_assert_text (body, "One filmic film, two films.\nA Film\nNo more.\n");
  page_act (&page, "editor.undo");
  g_assert_false (bal_editor_get_modified (page.editor));
  page_save (&page, TRUE);
  page_assert_stored (&page, html);

  /* Opened to find, it offers no replacing. */
  act_on_bar (&page, "find.close");
  page_act (&page, "editor.find");
  page_settle ();
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_parent (GTK_WIDGET (get_entry (&page, "Replace with")))));
  page_close (&page);
}

/* The same bar looks through what is shown. */
static void
test_finding_in_the_source (void)
{
  Page page;
  GtkTextBuffer *source;

  page_open (&page, html);
  page_act (&page, "editor.find");
  gtk_editable_set_text (get_entry (&page, "Find"), "<p>");
  page_settle ();
  g_assert_cmpstr (get_count (&page), ==, "Not found");
  page_act (&page, "editor.source");
  page_settle ();
  source = page_get_source (&page);
  g_assert_cmpstr (get_count (&page), ==, "3 matches");
  gtk_editable_set_text (get_entry (&page, "Replace with"), "<p class=\"x\">");
  act_on_bar (&page, "find.replace-all");
  g_assert_cmpstr (get_count (&page), ==, "3 replaced");
  page_wait_kept (&page);
  page_assert_stored (&page, "<p class=\"x\">One film, two <em>fi</em>lms.</p>\n<ul>\n<li>A Film</li>\n</ul>\n"
                             "<p class=\"x\">No more.</p>\n<p class=\"x\">Grade: B</p>\n");
  page_act (&page, "editor.undo");
  buffer_assert_text (source, html);
  page_act (&page, "editor.source");
  page_settle ();
  g_assert_cmpstr (get_count (&page), ==, "Not found");
  page_save (&page, FALSE);
  page_assert_stored (&page, html);
  page_close (&page);
}

/* What is counted follows what is written, by somebody at the text or by another review. */
static void
test_count_follows_the_text (void)
{
  Page page;

  page_open (&page, html);
  page_act (&page, "editor.find");
  gtk_editable_set_text (get_entry (&page, "Find"), "more");
  page_settle ();
  g_assert_cmpstr (get_count (&page), ==, "1 of 1");
  buffer_place (page_get_body (&page), "One", 0);
  buffer_type (page_get_body (&page), "more and more ");
  for (guint i = 0; i < 5; i++)
    page_settle ();
  g_assert_cmpstr (get_count (&page), ==, "3 of 3");
  page_close (&page);
}

/* ---- long texts ---- */

typedef struct
{
  Page *page;
  guint n;
} Wait;

static gboolean
is_counted (gpointer data)
{
  Wait *wait = data;
  g_autofree char *end = g_strdup_printf (" of %u", wait->n);

  return g_str_has_suffix (get_count (wait->page), end);
}

static void
test_ten_thousand_matches (void)
{
  g_autoptr(GString) long_html = g_string_new (NULL);
  g_autoptr(GString) expected = g_string_new (NULL);
  Page page;
  gint64 start;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (long_html, "<p>Paragraph %u is about a film, <em>fi</em>lm by film %060d</p>\n", i, 0);
      g_string_append_printf (expected, "<p>Paragraph %u is about a movie, <em>movie</em> by movie %060d</p>\n", i, 0);
    }
  page_open (&page, long_html->str);
  page_act (&page, "editor.find");
  start = g_get_monotonic_time ();
  gtk_editable_set_text (get_entry (&page, "Find"), "film");
  wait_until (is_counted, &(Wait) { &page, 15000 });
  g_test_message ("counted in %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
  gtk_editable_set_text (get_entry (&page, "Replace with"), "movie");
  start = g_get_monotonic_time ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_bar (&page)), "find.replace-all", NULL));
  g_test_message ("replaced in %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpstr (get_count (&page), ==, "15000 replaced");
  page_save (&page, FALSE);
  page_assert_stored (&page, expected->str);
  start = g_get_monotonic_time ();
  page_act (&page, "editor.undo");
  g_test_message ("taken back in %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
  page_save (&page, FALSE);
  page_assert_stored (&page, long_html->str);
  start = g_get_monotonic_time ();
  page_act (&page, "editor.source");
  g_test_message ("source of %" G_GSIZE_FORMAT " bytes in %.0f ms", long_html->len,
                  (g_get_monotonic_time () - start) / 1000.0);
  start = g_get_monotonic_time ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_bar (&page)), "find.replace-all", NULL));
  g_test_message ("replaced in the source in %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
  start = g_get_monotonic_time ();
  page_act (&page, "editor.source");
  g_test_message ("back in %.0f ms", (g_get_monotonic_time () - start) / 1000.0);
  page_close (&page);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) g_test_add_func ("/editor/find/" name, test)
  ADD ("case-and-accents", test_case_and_accents);
  ADD ("whole-words", test_whole_words);
  ADD ("islands-are-looked-into", test_islands_are_looked_into);
  ADD ("replacing-keeps-the-look-of-the-first-character", test_replacing_keeps_the_look_of_the_first_character);
  ADD ("replacing-is-one-step", test_replacing_is_one_step);
  ADD ("typing-finds-and-steps-go-round", test_typing_finds_and_steps_go_round);
  ADD ("selection-is-looked-for", test_selection_is_looked_for);
  ADD ("replacing-one-by-one-and-all", test_replacing_one_by_one_and_all);
  ADD ("finding-in-the-source", test_finding_in_the_source);
  ADD ("count-follows-the-text", test_count_follows_the_text);
  ADD ("ten-thousand-matches", test_ten_thousand_matches);
#undef ADD
  return g_test_run ();
}
