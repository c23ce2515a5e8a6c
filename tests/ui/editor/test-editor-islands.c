/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-desk.h"

#include <string.h>

#include "bal-editor-history.h"
#include "bal-error.h"
#include "bal-island-block.h"

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

/* The change is one step: taken back and done again, there is nothing else to take back. */
static void
check_one_step (Desk             *desk,
                BalEditorHistory *history,
                const char       *before,
                const char       *after)
{
  desk_assert (desk, after);
  bal_editor_history_undo (history);
  desk_assert (desk, before);
  g_assert_false (bal_editor_history_can_undo (history));
  bal_editor_history_redo (history);
  desk_assert (desk, after);
}

static GtkTextChildAnchor *
get_anchor (Desk *desk,
            guint index)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk->buffer), &iter, index);
  do
    if (gtk_text_iter_get_child_anchor (&iter) != NULL)
      return gtk_text_iter_get_child_anchor (&iter);
  while (gtk_text_iter_forward_char (&iter));
  g_assert_not_reached ();
}

static int
get_cursor (Desk *desk)
{
  int offset;

  g_object_get (desk->buffer, "cursor-position", &offset, NULL);
  return offset;
}

static void
insert (Desk         *desk,
        BalBlockKind  kind)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk->buffer), &cursor, get_cursor (desk));
  g_ptr_array_add (blocks, bal_block_new_text (kind, 0, "", NULL, 0));
  bal_editor_buffer_insert_islands (desk->buffer, &cursor, blocks);
}

/* ---- source ---- */

static void
test_an_island_gets_another_source_in_one_step (void)
{
  static const char before[] = "<p>one</p>\n<iframe src=\"/a\"></iframe>\n<p>two</p>\n";
  static const char after[] = "<p>one</p>\n<iframe  src='/b' ></iframe>\n<p>two</p>\n";
  g_autoptr(BalEditorHistory) history = NULL;
  g_autoptr(BalBlock) block = NULL;
  Desk desk;

  desk_open (&desk, before);
  desk_place (&desk, 2, 2);
  history = new_history (&desk);
  block = bal_island_block_from_source ("<iframe  src='/b' ></iframe>", BAL_DIALECT_HTML, NULL);
  g_assert_true (bal_editor_buffer_replace_island (desk.buffer, get_anchor (&desk, 1), block));
  g_assert_cmpint (get_cursor (&desk), ==, 8);
  check_one_step (&desk, history, before, after);
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_the_same_source_is_no_edit (void)
{
  static const char html[] = "<p>one</p>\n<iframe src=\"/a\"></iframe>\n";
  g_autoptr(BalEditorHistory) history = NULL;
  g_autoptr(BalBlock) block = bal_block_new_opaque ("<iframe src=\"/a\"></iframe>", -1);
  Desk desk;

  desk_open (&desk, html);
  history = new_history (&desk);
  g_assert_true (bal_editor_buffer_replace_island (desk.buffer, get_anchor (&desk, 1), block));
  g_assert_false (bal_editor_history_can_undo (history));
  desk_assert (&desk, html);
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_an_object_in_a_line_gets_another_source (void)
{
  static const char before[] = "<p>a <b>x<img src=\"1.png\">y</b> <img src=\"2.png\"> z</p>\n<p>q</p>\n";
  static const char after[] = "<p>a <b>x<img src=\"1.png\">y</b> <img src=\"3.png\" alt=\"\"> z</p>\n<p>q</p>\n";
  g_autoptr(BalEditorHistory) history = NULL;
  GtkTextIter iter;
  Desk desk;

  desk_open (&desk, before);
  history = new_history (&desk);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (desk.buffer), &iter, 6);
  g_assert_true (bal_editor_buffer_replace_object (desk.buffer, gtk_text_iter_get_child_anchor (&iter),
                                                   "<img src=\"3.png\" alt=\"\">"));
  check_one_step (&desk, history, before, after);
  g_clear_object (&history);
  desk_close (&desk);
}

static void
check_refused (const char *source,
               gboolean    refused)
{
  static const BalDialect dialects[] = { BAL_DIALECT_HTML, BAL_DIALECT_WP_BLOCKS, BAL_DIALECT_WP_CLASSIC,
                                         BAL_DIALECT_BLOGGER };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autoptr(BalBlock) block = bal_island_block_from_source (source, dialects[i], NULL);

      g_test_message ("%s in %s", source, bal_dialect_to_nick (dialects[i]));
      g_assert_cmpint (block == NULL, ==, refused);
      if (block != NULL)
        {
          gsize length;
          const char *kept = bal_block_get_source (block, &length);

          g_assert_cmpmem (kept, length, source, strlen (source));
        }
    }
}

static void
test_what_would_swallow_the_rest_is_refused (void)
{
  check_refused ("<!-- never closed", TRUE);
  check_refused ("<iframe src=\"/a\">", TRUE);
  check_refused ("<script>x", TRUE);
  check_refused ("<p title=\"", TRUE);
  check_refused ("<textarea>", TRUE);
  check_refused ("<!-- nothing of it is seen -->", TRUE);
  check_refused ("<iframe src=\"/a\"></iframe>", FALSE);
  check_refused ("<video controls>\n  <source src=\"a.webm\">\n</video>", FALSE);
  check_refused ("<img src=\"a.png\" />", FALSE);
}

static void
test_an_object_stays_in_its_line (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (bal_island_check_object ("<img src=\"a.png\" alt=\"\">", BAL_DIALECT_HTML, NULL));
  g_assert_true (bal_island_check_object ("<!-- closed -->", BAL_DIALECT_HTML, NULL));
  g_assert_true (bal_island_check_object ("<img src=\"a.png\" />", BAL_DIALECT_WP_CLASSIC, NULL));
  g_assert_false (bal_island_check_object ("<!-- open", BAL_DIALECT_HTML, NULL));
  g_assert_false (bal_island_check_object ("<div>x</div>", BAL_DIALECT_HTML, NULL));
  g_assert_false (bal_island_check_object ("just text", BAL_DIALECT_BLOGGER, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
}

static void
test_an_image_is_known_as_one (void)
{
  g_autoptr(BalBlock) image = bal_island_block_from_source (" <img src=\"a.png\" alt=\"A boat\">\n", BAL_DIALECT_HTML, NULL);
  g_autoptr(BalBlock) two = bal_island_block_from_source ("<img src=\"a.png\"><p>text</p>", BAL_DIALECT_HTML, NULL);

  g_assert_cmpint (bal_block_get_kind (image), ==, BAL_BLOCK_IMAGE);
  g_assert_cmpstr (bal_block_get_text (image), ==, "A boat");
  g_assert_cmpint (bal_block_get_kind (two), ==, BAL_BLOCK_OPAQUE);
}

/* ---- deleting ---- */

static void
test_backspace_selects_then_deletes_and_undo_brings_back (void)
{
  static const char html[] = "<p>one</p>\n<iframe src=\"/a\"></iframe>\n<p>two</p>\n";
  g_autoptr(BalEditorHistory) history = NULL;
  GtkTextChildAnchor *anchor;
  Desk desk;

  desk_open (&desk, html);
  desk_place (&desk, 2, 0);
  history = new_history (&desk);
  g_assert_true (bal_editor_buffer_backspace (desk.buffer));
  desk_assert (&desk, html);
  anchor = bal_editor_buffer_get_selected_anchor (desk.buffer);
  g_assert_true (anchor == get_anchor (&desk, 1));
  gtk_text_buffer_delete_selection (GTK_TEXT_BUFFER (desk.buffer), TRUE, TRUE);
  desk_assert (&desk, "<p>one</p>\n<p>two</p>\n");
  bal_editor_history_undo (history);
  desk_assert (&desk, html);
  g_assert_false (bal_editor_history_can_undo (history));

  bal_editor_buffer_delete_anchor (desk.buffer, get_anchor (&desk, 1));
  check_one_step (&desk, history, html, "<p>one</p>\n<p>two</p>\n");
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_the_island_at_the_cursor_is_found (void)
{
  Desk desk;

  desk_open (&desk, "<p>one</p>\n<iframe src=\"/a\"></iframe>\n<p>two</p>\n");
  desk_place (&desk, 0, 1);
  g_assert_null (bal_editor_buffer_get_cursor_anchor (desk.buffer));
  desk_place (&desk, 0, 3);
  g_assert_nonnull (bal_editor_buffer_get_cursor_anchor (desk.buffer));
  desk_place (&desk, 1, 0);
  g_assert_nonnull (bal_editor_buffer_get_cursor_anchor (desk.buffer));
  desk_place (&desk, 1, 1);
  g_assert_nonnull (bal_editor_buffer_get_cursor_anchor (desk.buffer));
  desk_place (&desk, 2, 0);
  g_assert_null (bal_editor_buffer_get_cursor_anchor (desk.buffer));
  desk_close (&desk);
}

/* ---- inserting ---- */

static void
check_insert (const char *before,
              const char *after,
              const char *typed)
{
  g_autoptr(BalEditorHistory) history = NULL;
  g_auto(GStrv) parts = g_strsplit (before, "|", 2);
  g_autofree char *clean = g_strjoinv ("", parts);
  Desk desk;

  desk_open (&desk, before);
  history = new_history (&desk);
  insert (&desk, BAL_BLOCK_SEPARATOR);
  check_one_step (&desk, history, clean, after);
  desk_type (&desk, "x");
  desk_assert (&desk, typed);
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_a_block_is_inserted_at_the_cursor (void)
{
  check_insert ("<p>o|ne</p>", "<p>one</p>\n<hr>", "<p>one</p>\n<hr>\n<p>x</p>");
  check_insert ("<p>on|e</p>\n<p>two</p>", "<p>one</p>\n<hr>\n<p>two</p>", "<p>one</p>\n<hr>\n<p>xtwo</p>");
  check_insert ("<p>one|</p>\n<h2>two</h2>", "<p>one</p>\n<hr>\n<h2>two</h2>",
                "<p>one</p>\n<hr>\n<p>x</p>\n<h2>two</h2>");
}

static void
test_an_empty_paragraph_gives_way (void)
{
  static const char html[] = "<p>one</p>\n<p>two</p>";
  g_autoptr(BalEditorHistory) history = NULL;
  Desk desk;

  desk_open (&desk, html);
  desk_place (&desk, 0, 3);
  bal_editor_buffer_enter (desk.buffer);
  history = new_history (&desk);
  insert (&desk, BAL_BLOCK_JUMP_BREAK);
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 3);
  check_one_step (&desk, history, html, "<p>one</p>\n<!--more-->\n<p>two</p>");
  g_clear_object (&history);
  desk_close (&desk);
}

/* Behind a list, not in the middle of it; but within the quote. */
static void
test_a_list_is_not_parted_by_a_block (void)
{
  Desk desk;

  desk_open (&desk, "<ul><li>o|ne<ul><li>in</li></ul></li><li>two</li></ul><p>end</p>");
  insert (&desk, BAL_BLOCK_SEPARATOR);
  desk_assert_folded (&desk, "<ul><li>one<ul><li>in</li></ul></li><li>two</li></ul><hr><p>end</p>");
  desk_close (&desk);

  desk_open (&desk, "<blockquote><p>o|ne</p><p>two</p></blockquote><p>end</p>");
  insert (&desk, BAL_BLOCK_SEPARATOR);
  desk_assert_folded (&desk, "<blockquote><p>one</p><hr><p>two</p></blockquote><p>end</p>");
  desk_close (&desk);
}

/* ---- text that takes long to show ---- */

static char *
repeat (const char *text,
        guint       times)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (result, text);
  return g_string_free (result, FALSE);
}

static gboolean
is_island (Desk *desk,
           guint index)
{
  return bal_editor_buffer_get_line (desk->buffer, index)->island;
}

static void
test_a_long_paragraph_becomes_text_in_one_step (void)
{
  g_autofree char *words = repeat ("Enormous ", 20000);
  g_autofree char *before = g_strdup_printf ("<p>one</p>\n<p  class=x>%send</p >\n<p>two</p>\n", words);
  g_autofree char *after = g_strdup_printf ("<p>one</p>\n<p  class=x>x%send</p >\n<p>two</p>\n", words);
  g_autofree char *text = NULL;
  g_autoptr(BalEditorHistory) history = NULL;
  g_autoptr(GPtrArray) lines = NULL;
  GtkTextIter start, end;
  Desk desk;

  desk_open (&desk, before);
  history = new_history (&desk);
  g_assert_true (is_island (&desk, 1));
  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (desk.buffer), &start, &end);
  lines = bal_editor_buffer_copy_range (desk.buffer, &start, &end);
  text = bal_lines_to_text (lines);
  g_assert_nonnull (strstr (text, words));

  g_assert_true (bal_editor_buffer_can_open_island (desk.buffer, get_anchor (&desk, 1)));
  g_assert_true (bal_editor_buffer_open_island (desk.buffer, get_anchor (&desk, 1)));
  g_assert_false (is_island (&desk, 1));
  g_assert_cmpint (get_cursor (&desk), ==, 4);
  check_one_step (&desk, history, before, before);
  desk_place (&desk, 1, 0);
  desk_type (&desk, "x");
  desk_assert (&desk, after);
  bal_editor_history_undo (history);
  desk_assert (&desk, before);
  g_assert_false (is_island (&desk, 1));
  bal_editor_history_undo (history);
  g_assert_true (is_island (&desk, 1));
  desk_assert (&desk, before);
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_a_long_item_becomes_text_with_its_list (void)
{
  g_autofree char *words = repeat ("Enormous ", 20000);
  g_autofree char *html = g_strdup_printf ("<ul><li>a</li>\n<li>%send</li></ul>\n<p>two</p>\n", words);
  g_autoptr(BalEditorHistory) history = NULL;
  Desk desk;

  desk_open (&desk, html);
  history = new_history (&desk);
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 2);
  g_assert_true (bal_editor_buffer_open_island (desk.buffer, get_anchor (&desk, 0)));
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 3);
  check_one_step (&desk, history, html, html);
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_what_would_stand_still_is_told (void)
{
  g_autofree char *some = repeat ("Enormous ", 20000);
  g_autofree char *more = repeat ("Enormous ", 100000);
  g_autofree char *html = g_strdup_printf ("<p>%s</p>\n<p>%s</p>\n<iframe></iframe>\n", some, more);
  Desk desk;

  desk_open (&desk, html);
  g_assert_false (bal_editor_buffer_island_is_too_long (desk.buffer, get_anchor (&desk, 0)));
  g_assert_true (bal_editor_buffer_island_is_too_long (desk.buffer, get_anchor (&desk, 1)));
  g_assert_false (bal_editor_buffer_island_is_too_long (desk.buffer, get_anchor (&desk, 2)));
  desk_close (&desk);
}

/* A pasted paragraph that takes too long to show is an island; the text beside it stays text. */
static void
test_long_text_is_pasted_as_an_island (void)
{
  g_autofree char *words = repeat ("Enormous ", 100000);
  g_autofree char *text = g_strdup_printf ("before\r\n\r\n%s\342\200\250end\nafter", words);
  g_autofree char *in_middle = g_strdup_printf ("<p>one</p><p>before</p><p>%s<br>end</p><p>after</p><p>two</p>", words);
  g_autofree char *twice = repeat ("Enormous ", 6000);
  static const char start[] = "<p>one|two</p>";
  g_autoptr(BalEditorHistory) history = NULL;
  Desk desk;

  desk_open (&desk, start);
  history = new_history (&desk);
  bal_editor_buffer_paste_text (desk.buffer, text);
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (is_island (&desk, i), ==, i == 2);
  desk_assert_folded (&desk, in_middle);
  bal_editor_history_undo (history);
  desk_assert (&desk, "<p>onetwo</p>");
  g_assert_false (bal_editor_history_can_undo (history));

  /* Twice what is no island by itself: the second is a paragraph of its own, and words go in as ever. */
  bal_editor_buffer_paste_text (desk.buffer, twice);
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 1);
  bal_editor_buffer_paste_text (desk.buffer, twice);
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 3);
  bal_editor_buffer_paste_text (desk.buffer, "words");
  g_assert_cmpuint (bal_editor_buffer_get_n_lines (desk.buffer), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_false (is_island (&desk, i));
  g_clear_object (&history);
  desk_close (&desk);
}

static void
test_words_in_islands_count (void)
{
  g_autofree char *words = repeat ("Enormous ", 20000);
  g_autofree char *html = g_strdup_printf ("<p>one</p>\n<p>%send</p>\n<table><tr><td>a b</td><td>c</td></tr></table>\n"
                                           "<details><p>d e</p></details>\n<figure><img alt=\"x y\"></figure>\n"
                                           "<iframe src=\"/a\"></iframe>\n", words);
  Desk desk;

  desk_open (&desk, html);
  g_assert_true (is_island (&desk, 1));
  g_assert_cmpuint (bal_editor_buffer_count_words (desk.buffer), ==, 1 + 20001 + 3 + 2);
  desk_close (&desk);
}

static void
test_what_is_no_text_becomes_none (void)
{
  static const char html[] = "<p>one</p>\n<iframe src=\"/a\"></iframe>\n";
  Desk desk;

  desk_open (&desk, html);
  g_assert_false (bal_editor_buffer_can_open_island (desk.buffer, get_anchor (&desk, 1)));
  g_assert_false (bal_editor_buffer_open_island (desk.buffer, get_anchor (&desk, 1)));
  desk_assert (&desk, html);
  desk_close (&desk);
}

/* Also where it begins: the line takes it from there. */
static gboolean
is_broken_anywhere (Desk *desk,
                    guint index)
{
  g_autoptr(GSList) tags = NULL;
  GtkTextIter iter;
  GtkWrapMode mode = GTK_WRAP_NONE;

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (desk->buffer), &iter, index);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l != NULL && mode != GTK_WRAP_CHAR; l = l->next)
    g_object_get (l->data, "wrap-mode", &mode, NULL);
  return mode == GTK_WRAP_CHAR;
}

static void
test_lines_with_long_words_are_broken_anywhere (void)
{
  g_autofree char *word = repeat ("A", 10000);
  g_autofree char *html = g_strdup_printf ("<p>So %s</p>\n<p>plain</p>\n<h2>%s</h2>\n", word, word);
  g_autofree char *edited = g_strdup_printf ("<p>xSo %s</p>\n<p>plain %s</p>\n<h2>%s</h2>\n", word, word, word);
  GtkTextIter iter;
  Desk desk;

  desk_open (&desk, html);
  g_assert_true (is_broken_anywhere (&desk, 0));
  g_assert_false (is_broken_anywhere (&desk, 1));
  g_assert_true (is_broken_anywhere (&desk, 2));
  desk_place (&desk, 0, 0);
  desk_type (&desk, "x");
  g_assert_true (is_broken_anywhere (&desk, 0));
  desk_place (&desk, 1, 5);
  desk_type (&desk, " ");
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (desk.buffer), &iter, 1, 6);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (desk.buffer), &iter, word, -1);
  g_assert_true (is_broken_anywhere (&desk, 1));
  desk_assert (&desk, edited);
  desk_close (&desk);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
#define ADD(name, test) g_test_add_func ("/editor/islands/" name, test)
  ADD ("an-island-gets-another-source-in-one-step", test_an_island_gets_another_source_in_one_step);
  ADD ("the-same-source-is-no-edit", test_the_same_source_is_no_edit);
  ADD ("an-object-in-a-line-gets-another-source", test_an_object_in_a_line_gets_another_source);
  ADD ("what-would-swallow-the-rest-is-refused", test_what_would_swallow_the_rest_is_refused);
  ADD ("an-object-stays-in-its-line", test_an_object_stays_in_its_line);
  ADD ("an-image-is-known-as-one", test_an_image_is_known_as_one);
  ADD ("backspace-selects-then-deletes-and-undo-brings-back",
       test_backspace_selects_then_deletes_and_undo_brings_back);
  ADD ("the-island-at-the-cursor-is-found", test_the_island_at_the_cursor_is_found);
  ADD ("a-block-is-inserted-at-the-cursor", test_a_block_is_inserted_at_the_cursor);
  ADD ("an-empty-paragraph-gives-way", test_an_empty_paragraph_gives_way);
  ADD ("a-list-is-not-parted-by-a-block", test_a_list_is_not_parted_by_a_block);
  ADD ("a-long-paragraph-becomes-text-in-one-step", test_a_long_paragraph_becomes_text_in_one_step);
  ADD ("a-long-item-becomes-text-with-its-list", test_a_long_item_becomes_text_with_its_list);
  ADD ("what-would-stand-still-is-told", test_what_would_stand_still_is_told);
  ADD ("long-text-is-pasted-as-an-island", test_long_text_is_pasted_as_an_island);
  ADD ("words-in-islands-count", test_words_in_islands_count);
  ADD ("what-is-no-text-becomes-none", test_what_is_no_text_becomes_none);
  ADD ("lines-with-long-words-are-broken-anywhere", test_lines_with_long_words_are_broken_anywhere);
#undef ADD
  return g_test_run ();
}
