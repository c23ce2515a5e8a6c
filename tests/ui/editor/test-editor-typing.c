/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-desk.h"

#include "bal-editor-history.h"
#include "bal-typing.h"

typedef struct
{
  Desk              desk;
  BalTyping        *typing;
  BalEditorHistory *history;
} Paper;

/* ---- helpers ---- */

static void
paper_open_in (Paper      *paper,
               const char *html,
               const char *language)
{
  g_autoptr(BalReview) review = bal_review_new (1);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { 0 };
  g_autoptr(BalEditorForm) form = bal_editor_form_new (review, format, &fields);

  desk_open (&paper->desk, html);
  paper->typing = bal_typing_new (paper->desk.buffer, language);
  g_object_set (paper->typing, "smart", TRUE, "shorthand", TRUE, NULL);
  paper->history = bal_editor_history_new (paper->desk.buffer);
  bal_editor_history_reset (paper->history, form);
}

static void
paper_open (Paper      *paper,
            const char *html)
{
  paper_open_in (paper, html, "en");
}

static void
paper_close (Paper *paper)
{
  g_assert_finalize_object (paper->typing);
  g_assert_finalize_object (paper->history);
  desk_close (&paper->desk);
}

/* As keys come from the view: Enter is one of its own. */
static void
type (Paper      *paper,
      const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *key = g_strndup (p, g_utf8_next_char (p) - p);

      if (*p != '\n')
        desk_type (&paper->desk, key);
      else if (!bal_typing_enter (paper->typing))
        bal_editor_buffer_enter (paper->desk.buffer);
    }
}

static int
get_cursor (Paper *paper)
{
  int position;

  g_object_get (paper->desk.buffer, "cursor-position", &position, NULL);
  return position;
}

/* @undone: what the first undo brings back; NULL: nothing was made of what was typed. */
static void
check_in (const char *language,
          const char *before,
          const char *typed,
          const char *after,
          const char *undone)
{
  Paper paper;

  paper_open_in (&paper, before, language);
  type (&paper, typed);
  desk_assert_folded (&paper.desk, after);
  g_assert_cmpint (bal_typing_can_take_back (paper.typing), ==, undone != NULL);
  if (undone != NULL)
    {
      bal_editor_history_undo (paper.history);
      desk_assert_folded (&paper.desk, undone);
      g_assert_false (bal_typing_can_take_back (paper.typing));
      bal_editor_history_redo (paper.history);
      desk_assert_folded (&paper.desk, after);
    }
  paper_close (&paper);
}

static void
check (const char *before,
       const char *typed,
       const char *after,
       const char *undone)
{
  check_in ("en", before, typed, after, undone);
}

/* ---- kinds of blocks ---- */

static void
test_shorthand_makes_blocks (void)
{
  check ("<p>|one</p>", "# ", "<h1>one</h1>", "<p># one</p>");
  check ("<p>|one</p>", "###### ", "<h6>one</h6>", "<p>###### one</p>");
  check ("<p>|one</p>", "####### ", "<p>####### one</p>", NULL);
  check ("<p>|one</p>", "> ", "<blockquote><p>one</p></blockquote>", "<p>&gt; one</p>");
  check ("<p>|one</p>", "- ", "<ul><li>one</li></ul>", "<p>- one</p>");
  check ("<p>|one</p>", "* ", "<ul><li>one</li></ul>", "<p>* one</p>");
  check ("<p>|one</p>", "1. ", "<ol><li>one</li></ol>", "<p>1. one</p>");
  check ("<p>|one</p>", "1) ", "<ol><li>one</li></ol>", "<p>1) one</p>");
  /* Nothing is in it yet that readers should get. */
  check ("<p>zero</p>\n<p>|</p>", "```\n", "<p>zero</p>", "<p>zero</p><p>```</p>");
}

static void
test_marker_of_an_item_is_not_doubled (void)
{
  check ("<p>|</p>", "- one\n- two\n", "<ul><li>one</li><li>two</li></ul>", NULL);
  check ("<p>|</p>", "1. one\n2. two", "<ol><li>one</li><li>two</li></ol>", NULL);
  check ("<ul><li>|one</li></ul>", "- ", "<ul><li>one</li></ul>", "<ul><li>- one</li></ul>");
  check ("<ul><li>|one</li></ul>", "* ", "<ul><li>one</li></ul>", "<ul><li>* one</li></ul>");
  check ("<ol><li>|one</li></ol>", "12) ", "<ol><li>one</li></ol>", "<ol><li>12) one</li></ol>");
  check ("<ol><li>|one</li></ol>", "- ", "<ol><li>- one</li></ol>", NULL);
  check ("<ol><li>|one</li></ol>", "2024. ", "<ol><li>2024. one</li></ol>", NULL);
  check ("<ul><li>one|</li></ul>", " - ", "<ul><li>one - </li></ul>", NULL);
}

static void
test_shorthand_goes_on_where_it_was (void)
{
  Paper paper;

  paper_open (&paper, "<p>|</p>");
  type (&paper, "## Plot\nA ship.\n\n- one\ntwo\n\n1. first\nsecond\n\n\n> wise words\n\n```\nlet x\n\n\nEnd");
  desk_assert_folded (&paper.desk,
                      "<h2>Plot</h2><p>A ship.</p><ul><li>one</li><li>two</li></ul>"
                      "<ol><li>first</li><li>second</li></ol><blockquote><p>wise words</p></blockquote>"
                      "<pre>let x</pre><p>End</p>");
  while (bal_editor_history_can_undo (paper.history))
    bal_editor_history_undo (paper.history);
  desk_assert (&paper.desk, "<p></p>");
  paper_close (&paper);
}

static void
test_dashes_and_enter_make_a_separator (void)
{
  Paper paper;

  paper_open (&paper, "<p>one|</p>\n<p>two</p>");
  type (&paper, "\n---\n");
  desk_assert (&paper.desk, "<p>one</p>\n<hr>\n<p>two</p>");
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (paper.desk.buffer), ==, 4);
  g_assert_true (bal_editor_buffer_get_line (paper.desk.buffer, 1)->island);
  type (&paper, "between");
  desk_assert (&paper.desk, "<p>one</p>\n<hr>\n<p>between</p>\n<p>two</p>");
  bal_editor_history_undo (paper.history);
  bal_editor_history_undo (paper.history);
  desk_assert (&paper.desk, "<p>one</p>\n<p>---</p>\n<p>two</p>");
  g_assert_cmpint (get_cursor (&paper), ==, 7);
  paper_close (&paper);
}

/* What a person took back is not made again. */
static void
test_taken_back_stays_as_typed (void)
{
  static const struct { const char *typed; const char *then; const char *after; } rows[] = {
    { "# ", "x y", "<p># x y</p>" },
    { "1. ", "x\n", "<p>1. x</p>" },
    { "---\n", "\nx", "<p>---</p><p>x</p>" },
    { "```\n", "\nx", "<p>```</p><p>x</p>" },
    { "one--", "two", "<p>one--two</p>" },
    { "one--", "-two", "<p>one---two</p>" },
    { "one---", "two", "<p>one---two</p>" },
    { "one...", " two", "<p>one... two</p>" },
    { "\"", "one", "<p>\"one</p>" },
    { "-- ", "one", "<p>-- one</p>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Paper paper;

      paper_open (&paper, "<p>|</p>");
      type (&paper, rows[i].typed);
      g_assert_true (bal_typing_can_take_back (paper.typing));
      bal_editor_history_undo (paper.history);
      type (&paper, rows[i].then);
      desk_assert_folded (&paper.desk, rows[i].after);
      paper_close (&paper);
    }
}

static void
test_shorthand_is_for_paragraphs_alone (void)
{
  Paper paper;

  check ("<p>one |two</p>", "# ", "<p>one # two</p>", NULL);
  check ("<h2>|one</h2>", "# ", "<h2># one</h2>", NULL);
  check ("<pre>|one</pre>", "# ", "<pre># one</pre>", NULL);
  check ("<pre>|</pre>", "# ", "<pre># </pre>", NULL);
  check ("<ul><li>|one</li></ul>", "# ", "<ul><li># one</li></ul>", NULL);
  check ("<ul><li>|one</li></ul>", "1. ", "<ul><li>1. one</li></ul>", NULL);
  check ("<blockquote><p>|one</p></blockquote>", "> ", "<blockquote><p>&gt; one</p></blockquote>", NULL);
  check ("<p>|<code>x</code></p>", "# ", "<p><code># x</code></p>", NULL);
  check ("<p>|one</p>", "```\n", "<p>```</p><p>one</p>", NULL);

  paper_open (&paper, "<p>|one</p>");
  bal_editor_buffer_paste_text (paper.desk.buffer, "# ");
  desk_assert (&paper.desk, "<p># one</p>");
  bal_editor_buffer_paste_text (paper.desk.buffer, "-- \"...");
  desk_assert (&paper.desk, "<p># -- \"...one</p>");
  paper_close (&paper);

  paper_open (&paper, "<p>|one</p>");
  g_object_set (paper.typing, "shorthand", FALSE, NULL);
  type (&paper, "# ");
  desk_assert (&paper.desk, "<p># one</p>");
  paper_close (&paper);
}

/* ---- quotation marks, dashes ---- */

static void
test_quotation_marks_open_and_close (void)
{
  check ("<p>|</p>", "\"one\"", "<p>“one”</p>", "<p>“one\"</p>");
  check ("<p>|</p>", "'one' (\"two\")", "<p>‘one’ (“two”)</p>", NULL);
  check ("<p>|</p>", "\"'one' two\"", "<p>“‘one’ two”</p>", "<p>“‘one’ two\"</p>");
  check ("<p>|</p>", "\"Wait--\"", "<p>“Wait–”</p>", "<p>“Wait–\"</p>");
  check ("<p>|</p>", "He said--\"no", "<p>He said–“no</p>", NULL);
}

static void
test_apostrophes_are_no_quotation_marks (void)
{
  check ("<p>|</p>", "don't", "<p>don’t</p>", NULL);
  check ("<p>|</p>", "the '90s", "<p>the ’90s</p>", NULL);
  check ("<p>|</p>", "rock 'n' roll", "<p>rock ’n’ roll</p>", NULL);
  check ("<p>|</p>", "'tis so", "<p>’tis so</p>", NULL);
  check ("<p>|</p>", "'tired' so", "<p>‘tired’ so</p>", NULL);
  /* One that was there already is what it is. */
  check ("<p>‘|</p>", "90s", "<p>‘90s</p>", NULL);
}

static void
test_quotation_marks_by_language (void)
{
  check_in ("de-at", "<p>|</p>", "\"Das 'Boot' war's\"", "<p>„Das ‚Boot‘ war’s“</p>",
            "<p>„Das ‚Boot‘ war’s\"</p>");
  check_in ("sv-se", "<p>|</p>", "\"ja\" ", "<p>”ja” </p>", NULL);
  check_in ("xx", "<p>|</p>", "\"a\" ", "<p>“a” </p>", NULL);
}

static void
test_dashes_and_ellipses (void)
{
  check ("<p>|</p>", "one--", "<p>one–</p>", "<p>one--</p>");
  check ("<p>|</p>", "one---", "<p>one—</p>", "<p>one---</p>");
  check ("<p>|</p>", "one----", "<p>one—-</p>", NULL);
  check ("<p>|</p>", "one...", "<p>one…</p>", "<p>one...</p>");
  check ("<p>|</p>", "one....", "<p>one….</p>", NULL);
  check ("<p>|</p>", "-- one", "<p>– one</p>", NULL);
  check ("<p>|</p>", "---Here", "<p>—Here</p>", NULL);
  check ("<p>one –|</p>", "-", "<p>one –-</p>", NULL);
  check ("<p>|</p>", "<!-- http://a.b/c--d... ", "<p>&lt;!-- http://a.b/c--d... </p>", NULL);
}

static void
test_code_is_left_alone (void)
{
  check ("<p>a <code>b|</code></p>", "--...\"'", "<p>a <code>b--...\"'</code></p>", NULL);
  check ("<pre>a|</pre>", "--...\"'", "<pre>a--...\"'</pre>", NULL);
}

/* What is made looks like what was typed. */
static void
test_the_style_stays (void)
{
  Paper paper;

  paper_open (&paper, "<p>one |</p>");
  bal_editor_buffer_toggle_style (paper.desk.buffer, BAL_STYLE_BOLD);
  type (&paper, "\"two--three...\"");
  desk_assert (&paper.desk, "<p>one <strong>“two–three…”</strong></p>");
  paper_close (&paper);
}

/* Backspace is the undo only right after. */
static void
test_taking_back_ends_with_what_comes_next (void)
{
  Paper paper;
  GtkTextIter start;

  paper_open (&paper, "<p>|</p>");
  type (&paper, "one--");
  g_assert_true (bal_typing_can_take_back (paper.typing));
  type (&paper, "x");
  g_assert_false (bal_typing_can_take_back (paper.typing));
  type (&paper, "--");
  g_assert_true (bal_typing_can_take_back (paper.typing));
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (paper.desk.buffer), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (paper.desk.buffer), &start);
  g_assert_false (bal_typing_can_take_back (paper.typing));
  paper_close (&paper);
}

/* ---- lists ---- */

static void
test_tab_is_nothing_outside_of_lists (void)
{
  Desk desk;

  desk_open (&desk, "<p>o|ne</p>");
  g_assert_false (bal_editor_buffer_indent (desk.buffer));
  g_assert_false (bal_editor_buffer_outdent (desk.buffer));
  desk_assert (&desk, "<p>one</p>");
  desk_close (&desk);
}

/* The first item has none above it to go into: Tab is taken all the same, and changes nothing. */
static void
test_first_item_can_not_nest (void)
{
  Desk desk;

  desk_open (&desk, "<ul><li>o|ne</li><li>two</li></ul>");
  g_assert_true (bal_editor_buffer_indent (desk.buffer));
  desk_assert (&desk, "<ul><li>one</li><li>two</li></ul>");
  desk_close (&desk);
}

static void
test_selected_items_nest_together (void)
{
  Desk desk;

  desk_open (&desk, "<ul><li>one</li><li>t|wo</li><li>th|ree</li></ul>");
  g_assert_true (bal_editor_buffer_indent (desk.buffer));
  desk_assert_folded (&desk, "<ul><li>one<ul><li>two</li><li>three</li></ul></li></ul>");
  g_assert_true (bal_editor_buffer_outdent (desk.buffer));
  desk_assert_folded (&desk, "<ul><li>one</li><li>two</li><li>three</li></ul>");
  desk_close (&desk);
}

/* Level by level, by Enter on an empty item as by Backspace at the start of one. */
static void
test_items_leave_level_by_level (void)
{
  static const char nested[] = "<ol><li>one<ol><li>two<ol><li>three|</li></ol></li></ol></li></ol>";
  Paper paper;
  Desk desk;

  paper_open (&paper, nested);
  type (&paper, "\n\nfour");
  desk_assert_folded (&paper.desk, "<ol><li>one<ol><li>two<ol><li>three</li></ol></li><li>four</li></ol></li></ol>");
  type (&paper, "\n\n\nafter");
  desk_assert_folded (&paper.desk, "<ol><li>one<ol><li>two<ol><li>three</li></ol></li><li>four</li></ol></li></ol>"
                                   "<p>after</p>");
  paper_close (&paper);

  desk_open (&desk, "<ul><li>one<ul><li>|two</li></ul></li></ul>");
  g_assert_true (bal_editor_buffer_backspace (desk.buffer));
  desk_assert_folded (&desk, "<ul><li>one</li><li>two</li></ul>");
  g_assert_true (bal_editor_buffer_backspace (desk.buffer));
  desk_assert_folded (&desk, "<ul><li>one</li></ul><p>two</p>");
  g_assert_false (bal_editor_buffer_backspace (desk.buffer));
  desk_close (&desk);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
#define ADD(name, test) g_test_add_func ("/editor/typing/" name, test)
  ADD ("shorthand-makes-blocks", test_shorthand_makes_blocks);
  ADD ("marker-of-an-item-is-not-doubled", test_marker_of_an_item_is_not_doubled);
  ADD ("shorthand-goes-on-where-it-was", test_shorthand_goes_on_where_it_was);
  ADD ("dashes-and-enter-make-a-separator", test_dashes_and_enter_make_a_separator);
  ADD ("taken-back-stays-as-typed", test_taken_back_stays_as_typed);
  ADD ("shorthand-is-for-paragraphs-alone", test_shorthand_is_for_paragraphs_alone);
  ADD ("quotation-marks-open-and-close", test_quotation_marks_open_and_close);
  ADD ("apostrophes-are-no-quotation-marks", test_apostrophes_are_no_quotation_marks);
  ADD ("quotation-marks-by-language", test_quotation_marks_by_language);
  ADD ("dashes-and-ellipses", test_dashes_and_ellipses);
  ADD ("code-is-left-alone", test_code_is_left_alone);
  ADD ("the-style-stays", test_the_style_stays);
  ADD ("taking-back-ends-with-what-comes-next", test_taking_back_ends_with_what_comes_next);
  ADD ("tab-is-nothing-outside-of-lists", test_tab_is_nothing_outside_of_lists);
  ADD ("first-item-can-not-nest", test_first_item_can_not_nest);
  ADD ("selected-items-nest-together", test_selected_items_nest_together);
  ADD ("items-leave-level-by-level", test_items_leave_level_by_level);
#undef ADD
  return g_test_run ();
}
