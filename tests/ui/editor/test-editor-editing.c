/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-desk.h"

#include "bal-editor-history.h"

static void
check (const char *before,
       gboolean  (*key) (BalEditorBuffer *),
       const char *type,
       const char *after)
{
  Desk desk;

  desk_open (&desk, before);
  if (key != NULL)
    g_assert_true (key (desk.buffer));
  if (type != NULL)
    desk_type (&desk, type);
  desk_assert (&desk, after);
  desk_close (&desk);
}

/* ---- styles ---- */

static void
test_typing_keeps_the_style_around_it (void)
{
  check ("<p>a <b>bo|ld</b> z</p>", NULL, "x", "<p>a <b>boxld</b> z</p>");
  check ("<p>a <b>bold|</b> z</p>", NULL, "x", "<p>a <b>boldx</b> z</p>");
  check ("<p>a| <b>bold</b> z</p>", NULL, "x", "<p>ax <b>bold</b> z</p>");
  check ("<p>|<b>bold</b> z</p>", NULL, "x", "<p><b>xbold</b> z</p>");
  check ("<p><i>a <b>bo|ld</b></i></p>", NULL, "xyz", "<p><i>a <b>boxyzld</b></i></p>");
}

/* What is typed behind a link is no part of it; within, it is. */
static void
test_a_link_ends_where_it_ends (void)
{
  check ("<p><a href=\"/a\" rel=\"x\">li|nk</a></p>", NULL, "x", "<p><a href=\"/a\" rel=\"x\">lixnk</a></p>");
  check ("<p><a href=\"/a\" rel=\"x\">link|</a></p>", NULL, "x", "<p><a href=\"/a\" rel=\"x\">link</a>x</p>");
  check ("<p>|<a href=\"/a\">link</a></p>", NULL, "x", "<p>x<a href=\"/a\">link</a></p>");
}

static void
test_style_of_a_selection_toggles (void)
{
  Desk desk;

  desk_open (&desk, "<p>one |two| three</p>");
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_BOLD);
  desk_assert (&desk, "<p>one <strong>two</strong> three</p>");
  g_assert_cmpint (bal_editor_buffer_get_style (desk.buffer), ==, BAL_STYLE_BOLD);
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_ITALIC);
  desk_assert (&desk, "<p>one <strong><em>two</em></strong> three</p>");
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_ITALIC);
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_BOLD);
  desk_assert (&desk, "<p>one two three</p>");
  desk_close (&desk);
}

/* Ctrl+B with nothing selected is for what is typed next, and for nothing else. */
static void
test_style_without_selection_is_for_what_is_typed (void)
{
  Desk desk;

  desk_open (&desk, "<p>one |two</p>");
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_BOLD);
  desk_type (&desk, "new ");
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_BOLD);
  desk_type (&desk, "old ");
  desk_assert (&desk, "<p>one <strong>new </strong>old two</p>");
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_BOLD);
  desk_place (&desk, 0, 0);
  desk_type (&desk, "x");
  desk_assert (&desk, "<p>xone <strong>new </strong>old two</p>");
  desk_close (&desk);
}

static void
test_links_are_set_changed_and_removed (void)
{
  GtkTextIter start, end;
  Desk desk;

  desk_open (&desk, "<p>one |two| three</p>");
  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (desk.buffer), &start, &end);
  bal_editor_buffer_set_link (desk.buffer, &start, &end, "https://example.org/");
  desk_assert (&desk, "<p>one <a href=\"https://example.org/\">two</a> three</p>");
  desk_close (&desk);

  desk_open (&desk, "<p>one <a href=\"/a\" rel=\"nofollow\">tw|o</a> three</p>");
  g_assert_cmpstr (bal_editor_buffer_get_link (desk.buffer, &start, &end), ==, "/a");
  g_assert_cmpint (gtk_text_iter_get_offset (&start), ==, 4);
  g_assert_cmpint (gtk_text_iter_get_offset (&end), ==, 7);
  bal_editor_buffer_set_link (desk.buffer, &start, &end, "/b");
  desk_assert (&desk, "<p>one <a href=\"/b\">two</a> three</p>");
  bal_editor_buffer_get_link (desk.buffer, &start, &end);
  bal_editor_buffer_set_link (desk.buffer, &start, &end, NULL);
  desk_assert (&desk, "<p>one two three</p>");
  desk_close (&desk);
}

/* ---- Enter, Backspace ---- */

static void
test_enter_parts_a_paragraph (void)
{
  check ("<p>one| two</p>", bal_editor_buffer_enter, "x", "<p>one</p>\n<p>x two</p>");
  check ("<p>one two|</p>\n<p>z</p>", bal_editor_buffer_enter, "three", "<p>one two</p>\n<p>three</p>\n<p>z</p>");
  check ("<h2>Head|</h2>", bal_editor_buffer_enter, "text", "<h2>Head</h2>\n<p>text</p>");
  check ("<h2>|Head</h2>", bal_editor_buffer_enter, NULL, "<h2>Head</h2>");
}

/* An empty line that a person left is nothing that readers should get. */
static void
test_new_empty_lines_are_not_saved (void)
{
  check ("<p>one|</p>", bal_editor_buffer_enter, NULL, "<p>one</p>");
  check ("<ul><li>one|</li></ul>", bal_editor_buffer_enter, NULL, "<ul><li>one</li></ul>");
  check ("<p></p>\n<p>one|</p>", NULL, "x", "<p></p>\n<p>onex</p>");
}

static void
test_lists_grow_nest_and_end (void)
{
  Desk desk;

  desk_open (&desk, "<ul><li>one|</li></ul>");
  bal_editor_buffer_enter (desk.buffer);
  desk_type (&desk, "two");
  desk_assert_folded (&desk, "<ul><li>one</li><li>two</li></ul>");
  g_assert_true (bal_editor_buffer_indent (desk.buffer));
  desk_assert_folded (&desk, "<ul><li>one<ul><li>two</li></ul></li></ul>");
  bal_editor_buffer_enter (desk.buffer);
  desk_type (&desk, "three");
  desk_assert_folded (&desk, "<ul><li>one<ul><li>two</li><li>three</li></ul></li></ul>");
  g_assert_true (bal_editor_buffer_outdent (desk.buffer));
  desk_assert_folded (&desk, "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>");
  bal_editor_buffer_enter (desk.buffer);
  bal_editor_buffer_enter (desk.buffer);
  desk_type (&desk, "after");
  desk_assert_folded (&desk, "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul><p>after</p>");
  desk_close (&desk);
}

/* The items that follow go with the one that is moved out. */
static void
test_outdent_takes_what_follows_along (void)
{
  Desk desk;

  desk_open (&desk, "<ul><li>one<ul><li>tw|o</li><li>three</li></ul></li><li>four</li></ul>");
  g_assert_true (bal_editor_buffer_outdent (desk.buffer));
  desk_assert_folded (&desk, "<ul><li>one</li><li>two<ul><li>three</li></ul></li><li>four</li></ul>");
  desk_close (&desk);
}

static void
test_backspace_takes_a_block_apart_step_by_step (void)
{
  Desk desk;

  desk_open (&desk, "<p>zero</p>\n<ul><li>one</li><li>|two</li></ul>");
  g_assert_true (bal_editor_buffer_backspace (desk.buffer));
  desk_assert (&desk, "<p>zero</p>\n<ul><li>one</li></ul>\n<p>two</p>");
  g_assert_false (bal_editor_buffer_backspace (desk.buffer));
  desk_close (&desk);

  check ("<h2>|Head</h2>", bal_editor_buffer_backspace, NULL, "<p>Head</p>");
  check ("<p>zero</p>\n<blockquote><p>|one</p></blockquote>", bal_editor_buffer_backspace, NULL,
         "<p>zero</p>\n<p>one</p>");
}

/* ---- kinds of blocks ---- */

static void
test_lines_become_lists_and_back (void)
{
  Desk desk;

  desk_open (&desk, "<p>o|ne</p>\n<p>two</p>\n<p>th|ree</p>");
  bal_editor_buffer_toggle_list (desk.buffer, FALSE);
  desk_assert_folded (&desk, "<ul><li>one</li><li>two</li><li>three</li></ul>");
  bal_editor_buffer_toggle_list (desk.buffer, TRUE);
  desk_assert_folded (&desk, "<ol><li>one</li><li>two</li><li>three</li></ol>");
  bal_editor_buffer_toggle_list (desk.buffer, TRUE);
  desk_assert_folded (&desk, "<p>one</p><p>two</p><p>three</p>");
  desk_close (&desk);
}

static void
test_lines_become_quotes_and_headings (void)
{
  Desk desk;

  desk_open (&desk, "<p>o|ne</p>\n<p>tw|o</p>\n<p>three</p>");
  bal_editor_buffer_toggle_quote (desk.buffer);
  desk_assert (&desk, "<blockquote>\n<p>one</p>\n<p>two</p>\n</blockquote>\n<p>three</p>");
  bal_editor_buffer_toggle_quote (desk.buffer);
  desk_assert (&desk, "<p>one</p>\n<p>two</p>\n<p>three</p>");
  desk_place (&desk, 1, 1);
  bal_editor_buffer_set_heading (desk.buffer, 3);
  desk_assert (&desk, "<p>one</p>\n<h3>two</h3>\n<p>three</p>");
  bal_editor_buffer_set_paragraph (desk.buffer);
  desk_assert (&desk, "<p>one</p>\n<p>two</p>\n<p>three</p>");
  desk_close (&desk);
}

/* A nested list does not hang on in the air when what it stood in is taken out. */
static void
test_taking_an_item_out_keeps_its_children (void)
{
  Desk desk;

  desk_open (&desk, "<ul><li>one</li><li>tw|o<ul><li>a</li><li>b</li></ul></li><li>three</li></ul>");
  bal_editor_buffer_toggle_list (desk.buffer, FALSE);
  desk_assert_folded (&desk, "<ul><li>one</li></ul><p>two</p><ul><li>a</li><li>b</li></ul><ul><li>three</li></ul>");
  desk_close (&desk);
}

/* ---- islands ---- */

static const char with_island[] = "<p>one</p>\n<iframe src=\"x\"></iframe>\n<p>two</p>";

/* Text never gets into the line of an island, and keys never take one away unseen. */
static void
test_islands_are_kept_apart_from_text (void)
{
  GtkTextIter a, b;
  Desk desk;

  desk_open (&desk, with_island);
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 3);
  desk_place (&desk, 1, 0);
  desk_type (&desk, "before");
  desk_place (&desk, 2, 1);
  desk_type (&desk, "behind");
  desk_assert (&desk, "<p>one</p>\n<p>before</p>\n<iframe src=\"x\"></iframe>\n<p>behind</p>\n<p>two</p>");
  desk_close (&desk);

  desk_open (&desk, with_island);
  desk_place (&desk, 2, 0);
  g_assert_true (bal_editor_buffer_backspace (desk.buffer));
  desk_assert (&desk, with_island);
  g_assert_true (gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (desk.buffer)));
  gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (desk.buffer), TRUE, TRUE);
  desk_assert (&desk, "<p>one</p>\n<p>two</p>");
  desk_close (&desk);

  /* From within the text before to the start of the island's line: their newline goes, the
   * island stays whole. */
  desk_open (&desk, with_island);
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (desk.buffer), &a, 0, 1);
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (desk.buffer), &b, 1, 0);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (desk.buffer), &a, &b);
  desk_assert (&desk, "<p>o</p>\n<iframe src=\"x\"></iframe>\n<p>two</p>");
  desk_close (&desk);
}

static void
test_islands_survive_cut_and_paste (void)
{
  g_autoptr(GPtrArray) lines = NULL;
  GtkTextIter start, end;
  Desk desk;

  desk_open (&desk, "<p>one</p>\n<iframe src=\"x\"></iframe>\n<p>two <b>bold</b> <img src=\"i.png\"> end</p>");
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk.buffer), &start, 1);
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (desk.buffer), &end, 2, 12);
  lines = bal_editor_buffer_read_range (desk.buffer, &start, &end);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (desk.buffer), &start, &end);
  desk_assert_folded (&desk, "<p>one</p><p>nd</p>");
  desk_place (&desk, 0, 0);
  bal_editor_buffer_paste_lines (desk.buffer, lines);
  desk_assert_folded (&desk, "<iframe src=\"x\"></iframe><p>two <b>bold</b> <img src=\"i.png\"> e</p><p>one</p><p>nd</p>");
  desk_close (&desk);
}

static void
test_pasted_text_is_paragraphs (void)
{
  Desk desk;

  desk_open (&desk, "<p>one|</p>");
  bal_editor_buffer_paste_text (desk.buffer, " more\r\n\r\nsecond\nthird\n");
  desk_assert (&desk, "<p>one more</p>\n<p>second</p>\n<p>third</p>");
  desk_close (&desk);
}

/* A NUL, a U+FFFC or a lone CR can't be typed: the view would make of it what it is not. */
static void
test_what_would_break_lines_is_not_taken (void)
{
  Desk desk;

  desk_open (&desk, "<p>one|</p>");
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (desk.buffer), " a\xef\xbf\xbc" "b\rc\xe2\x80\xa9" "d", -1);
  g_assert_cmpint (gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (desk.buffer)), ==,
                   bal_editor_buffer_get_n_lines (desk.buffer) + 1);
  desk_assert (&desk, "<p>one ab</p>\n<p>c</p>\n<p>d</p>");
  desk_close (&desk);
}

/* Assistive technology replaces the whole text at once. */
static void
test_setting_the_whole_text_is_an_edit (void)
{
  Desk desk;

  desk_open (&desk, "<p>one</p>\n<p>two</p>");
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (desk.buffer), "first\nsecond", -1);
  desk_assert (&desk, "<p>first</p>\n<p>second</p>");
  desk_close (&desk);
}

/* ---- history ---- */

static BalEditorHistory *
new_history (Desk *desk)
{
  g_autoptr(BalReview) review = bal_review_new (1);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { 0 };
  g_autoptr(BalEditorForm) form = bal_editor_form_new (review, format, &fields);
  BalEditorHistory *history = bal_editor_history_new (desk->buffer);

  bal_editor_history_reset (history, form);
  return history;
}

static int
get_cursor (Desk *desk)
{
  int position;

  g_object_get (desk->buffer, "cursor-position", &position, NULL);
  return position;
}

static void
test_undo_goes_word_by_word (void)
{
  g_autoptr(BalEditorHistory) history = NULL;
  Desk desk;

  desk_open (&desk, "<p>|</p>");
  history = new_history (&desk);
  desk_type (&desk, "one two three");
  bal_editor_history_undo (history);
  desk_assert (&desk, "<p>one two </p>");
  g_assert_cmpint (get_cursor (&desk), ==, 8);
  bal_editor_history_undo (history);
  desk_assert (&desk, "<p>one </p>");
  bal_editor_history_redo (history);
  desk_assert (&desk, "<p>one two </p>");
  g_assert_cmpint (get_cursor (&desk), ==, 8);
  desk_type (&desk, "new");
  g_assert_false (bal_editor_history_can_redo (history));
  bal_editor_history_undo (history);
  bal_editor_history_undo (history);
  bal_editor_history_undo (history);
  g_assert_false (bal_editor_history_can_undo (history));
  g_assert_cmpuint (bal_editor_history_get_state (history), ==, 0);
  g_clear_object (&history);
  desk_close (&desk);
}

/* Formatting is a step like any other, and what was deleted comes back with it. */
static void
test_undo_brings_formatting_back (void)
{
  g_autoptr(BalEditorHistory) history = NULL;
  static const char html[] = "<p>one <b>two</b> <a href=\"/x\" title=\"y\">three</a></p>\n<iframe></iframe>\n<p>z</p>";
  GtkTextIter start, end;
  Desk desk;

  desk_open (&desk, html);
  history = new_history (&desk);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk.buffer), &start, 2);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk.buffer), &end, 16);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (desk.buffer), &start, &end);
  desk_assert (&desk, "<p>onz</p>");
  bal_editor_history_undo (history);
  desk_assert (&desk, html);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk.buffer), &start, 0);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk.buffer), &end, 3);
  gtk_text_buffer_select_range (GTK_TEXT_BUFFER (desk.buffer), &end, &start);
  bal_editor_buffer_toggle_style (desk.buffer, BAL_STYLE_ITALIC);
  bal_editor_buffer_set_heading (desk.buffer, 2);
  bal_editor_history_undo (history);
  desk_assert (&desk, "<p><em>one</em> <b>two</b> <a href=\"/x\" title=\"y\">three</a></p>\n<iframe></iframe>\n<p>z</p>");
  bal_editor_history_undo (history);
  desk_assert (&desk, html);
  g_assert_true (gtk_text_buffer_get_has_selection (GTK_TEXT_BUFFER (desk.buffer)));
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_fields_are_part_of_the_history (void)
{
  g_autoptr(BalEditorHistory) history = NULL;
  g_autoptr(BalEditorForm) one = NULL;
  g_autoptr(BalEditorForm) two = NULL;
  Desk desk;

  desk_open (&desk, "<p>|</p>");
  history = new_history (&desk);
  one = bal_editor_form_with (bal_editor_history_get_form (history), BAL_EDITOR_FIELD_GRADE, "B");
  bal_editor_history_set_form (history, BAL_EDITOR_FIELD_GRADE, one);
  desk_type (&desk, "word");
  two = bal_editor_form_with (one, BAL_EDITOR_FIELD_ACTOR, "Logan Browning");
  bal_editor_history_set_form (history, BAL_EDITOR_FIELD_ACTOR, two);

  bal_editor_history_undo (history);
  g_assert_cmpstr (bal_editor_form_get (bal_editor_history_get_form (history), BAL_EDITOR_FIELD_ACTOR), ==, "");
  desk_assert (&desk, "<p>word</p>");
  bal_editor_history_undo (history);
  desk_assert (&desk, "<p></p>");
  g_assert_cmpstr (bal_editor_form_get (bal_editor_history_get_form (history), BAL_EDITOR_FIELD_GRADE), ==, "B");
  bal_editor_history_undo (history);
  g_assert_cmpstr (bal_editor_form_get (bal_editor_history_get_form (history), BAL_EDITOR_FIELD_GRADE), ==, "");
  g_assert_false (bal_editor_history_can_undo (history));
  for (guint i = 0; i < 3; i++)
    bal_editor_history_redo (history);
  g_assert_true (bal_editor_form_equal (bal_editor_history_get_form (history), two));
  desk_assert (&desk, "<p>word</p>");
  g_clear_object (&history);
  desk_close (&desk);
}

/* ---- counting, direction ---- */

static void
test_words_are_counted_as_readers_do (void)
{
  static const struct { const char *text; guint n_words; } rows[] = {
    { "", 0 },
    { "One two, three – four", 4 },
    { "It’s a well-known don't", 4 },
    { "one--two 'three'", 3 },
    { "3.5 stars, 1,000 people. Then", 5 },
    { "caf\x65\xcc\x81 \xf0\x9f\xa6\x81", 1 },
    { "我喜歡這部電影", 7 },
    { "すき カタカナ 영화 감독", 5 },
    { "שלום עולם", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *html = g_strdup_printf ("<p>|%s</p>\n<iframe></iframe>", rows[i].text);
      GtkTextIter start, end;
      Desk desk;

      desk_open (&desk, html);
      g_assert_cmpuint (bal_editor_buffer_count_words (desk.buffer), ==, rows[i].n_words);
      g_assert_cmpuint (bal_editor_buffer_count_selected_words (desk.buffer), ==, 0);
      gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (desk.buffer), &start, &end);
      gtk_text_buffer_select_range (GTK_TEXT_BUFFER (desk.buffer), &start, &end);
      g_assert_cmpuint (bal_editor_buffer_count_selected_words (desk.buffer), ==, rows[i].n_words);
      desk_close (&desk);
    }
}

/* Margins of a line as its tags have them. */
static void
assert_margins (Desk *desk,
                int   line,
                int   left,
                int   right)
{
  g_autoptr(GSList) tags = NULL;
  int is_left = 0, is_right = 0;
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk->buffer), &iter, line);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      gboolean left_set, right_set;
      int left_margin, right_margin;

      g_object_get (l->data, "left-margin-set", &left_set, "right-margin-set", &right_set,
                    "left-margin", &left_margin, "right-margin", &right_margin, NULL);
      is_left += left_set ? left_margin : 0;
      is_right += right_set ? right_margin : 0;
    }
  g_assert_cmpint (is_left, ==, left);
  g_assert_cmpint (is_right, ==, right);
}

/* Right to left from the right; with no letter in it as the line above. */
static void
test_lines_are_indented_where_they_begin (void)
{
  GtkTextIter cursor;
  Desk desk;

  desk_open (&desk, "<ul><li>one</li><li>שלום abc</li><li>2001|</li></ul>"
                    "<blockquote><p>\"ציטוט</p></blockquote><blockquote><p>abc שלום</p></blockquote>");
  assert_margins (&desk, 0, 30, 0);
  assert_margins (&desk, 1, 0, 30);
  assert_margins (&desk, 2, 0, 30);
  assert_margins (&desk, 3, 0, 22);
  assert_margins (&desk, 4, 22, 0);
  desk_type (&desk, "a");
  assert_margins (&desk, 2, 30, 0);
  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (desk.buffer), &cursor,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (desk.buffer)));
  gtk_text_buffer_backspace (GTK_TEXT_BUFFER (desk.buffer), &cursor, FALSE, TRUE);
  assert_margins (&desk, 2, 0, 30);
  desk_place (&desk, 1, 0);
  desk_type (&desk, "a");
  assert_margins (&desk, 1, 30, 0);
  assert_margins (&desk, 2, 30, 0);
  desk_close (&desk);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
#define ADD(name, test) g_test_add_func ("/editor/editing/" name, test)
  ADD ("typing-keeps-the-style-around-it", test_typing_keeps_the_style_around_it);
  ADD ("a-link-ends-where-it-ends", test_a_link_ends_where_it_ends);
  ADD ("style-of-a-selection-toggles", test_style_of_a_selection_toggles);
  ADD ("style-without-selection-is-for-what-is-typed", test_style_without_selection_is_for_what_is_typed);
  ADD ("links-are-set-changed-and-removed", test_links_are_set_changed_and_removed);
  ADD ("enter-parts-a-paragraph", test_enter_parts_a_paragraph);
  ADD ("new-empty-lines-are-not-saved", test_new_empty_lines_are_not_saved);
  ADD ("lists-grow-nest-and-end", test_lists_grow_nest_and_end);
  ADD ("outdent-takes-what-follows-along", test_outdent_takes_what_follows_along);
  ADD ("backspace-takes-a-block-apart-step-by-step", test_backspace_takes_a_block_apart_step_by_step);
  ADD ("lines-become-lists-and-back", test_lines_become_lists_and_back);
  ADD ("lines-become-quotes-and-headings", test_lines_become_quotes_and_headings);
  ADD ("taking-an-item-out-keeps-its-children", test_taking_an_item_out_keeps_its_children);
  ADD ("islands-are-kept-apart-from-text", test_islands_are_kept_apart_from_text);
  ADD ("islands-survive-cut-and-paste", test_islands_survive_cut_and_paste);
  ADD ("pasted-text-is-paragraphs", test_pasted_text_is_paragraphs);
  ADD ("what-would-break-lines-is-not-taken", test_what_would_break_lines_is_not_taken);
  ADD ("setting-the-whole-text-is-an-edit", test_setting_the_whole_text_is_an_edit);
  ADD ("undo-goes-word-by-word", test_undo_goes_word_by_word);
  ADD ("undo-brings-formatting-back", test_undo_brings_formatting_back);
  ADD ("fields-are-part-of-the-history", test_fields_are_part_of_the_history);
  ADD ("words-are-counted-as-readers-do", test_words_are_counted_as_readers_do);
  ADD ("lines-are-indented-where-they-begin", test_lines_are_indented_where_they_begin);
#undef ADD
  return g_test_run ();
}
