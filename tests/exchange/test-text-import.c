/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-review-html.h"
#include "bal-text-import.h"

#include <string.h>

static BalTextReview *
import (const char *text)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(GError) error = NULL;
  BalTextReview *result = bal_text_import (text, -1, format, BAL_DIALECT_HTML, "Marlow", &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);

  return result;
}

static BalComment *
nth (BalTextReview *text,
     guint          index)
{
  g_assert_cmpuint (index, <, text->comments->len);

  return g_ptr_array_index (text->comments, index);
}

static const char review_text[] =
  "Late Shows: Night Ferry\n"
  "\n"
  "A ferry (Ada Quill) never lands.  \n"
  "\n"
  "“Slow”, I thought – then it isn't.\n"
  "\n"
  "Grade: A-\n"
  "\n"
  "Watched on: a festival screener\n"
  "\n"
  "Memorable Quote: \"Nobody swims home.\" - Captain (Ada Quill)\n"
  "\n\n"
  "  1. First thought.\n"
  "\n"
  "    1. An answer\n"
  "       that goes on.\n"
  "\n"
  "    2. And another.\n"
  "\n"
  "  2. Reasons, all of them good:\n"
  "\n"
  "  7 is one. Grade: C\n"
  "\n"
  "  3. Last.\n";

static void
test_title_fields_and_paragraphs (void)
{
  g_autoptr(BalTextReview) text = import (review_text);
  g_autoptr(BalDocument) document = NULL;

  g_assert_cmpstr (bal_review_get_title (text->review), ==, "Late Shows: Night Ferry");
  g_assert_cmpstr (bal_review_get_series (text->review), ==, "Late Shows");
  g_assert_cmpstr (bal_review_get_film (text->review), ==, "Night Ferry");
  g_assert_cmpstr (bal_review_get_grade (text->review), ==, "A-");
  g_assert_cmpstr (bal_review_get_watched_on (text->review), ==, "a festival screener");
  g_assert_cmpstr (bal_review_get_quote (text->review), ==, "Nobody swims home.");
  g_assert_cmpstr (bal_review_get_quote_character (text->review), ==, "Captain");
  g_assert_cmpstr (bal_review_get_quote_actor (text->review), ==, "Ada Quill");

  document = bal_document_new_from_html (bal_review_get_html (text->review), -1, BAL_DIALECT_HTML);
  g_assert_cmpuint (bal_document_get_n_blocks (document), ==, 5);
  g_assert_cmpstr (bal_block_get_text (bal_document_get_block (document, 0)), ==,
                   "A ferry (Ada Quill) never lands.");
  g_assert_cmpstr (bal_block_get_text (bal_document_get_block (document, 1)), ==,
                   "“Slow”, I thought – then it isn't.");
}

/* A hundred thousand of each, in a moment. */
static void
test_lines_end_in_any_way (void)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr(GString) lines = g_string_new ("Title");
      g_autoptr(BalTextReview) text = NULL;

      for (guint n = 0; n < 100000; n++)
        g_string_append (lines, ends[i]);
      g_string_append_printf (lines, "One%sGrade: B%s%sTwo", ends[i], ends[i], ends[i]);
      text = import (lines->str);
      g_assert_cmpstr (bal_review_get_title (text->review), ==, "Title");
      g_assert_cmpstr (bal_review_get_grade (text->review), ==, "B");
      g_assert_true (g_str_has_suffix (bal_review_get_html (text->review), "<p>Two</p>"));
    }
}

static void
test_replies_belong_to_the_blogger (void)
{
  g_autoptr(BalTextReview) text = import (review_text);

  g_assert_cmpuint (text->comments->len, ==, 5);
  g_assert_cmpstr (bal_comment_get_author (nth (text, 0)), ==, "Anonymous");
  g_assert_false (bal_comment_get_mine (nth (text, 0)));
  g_assert_cmpint (bal_comment_get_parent_id (nth (text, 0)), ==, 0);
  g_assert_cmpstr (bal_comment_get_author (nth (text, 1)), ==, "Marlow");
  g_assert_true (bal_comment_get_mine (nth (text, 1)));
  g_assert_cmpint (bal_comment_get_parent_id (nth (text, 1)), ==, 1);
  g_assert_cmpint (bal_comment_get_parent_id (nth (text, 2)), ==, 1);
  g_assert_cmpint (bal_comment_get_parent_id (nth (text, 3)), ==, 0);
  g_assert_cmpstr (bal_comment_get_text (nth (text, 1)), ==, "An answer\nthat goes on.");
  g_assert_cmpstr (bal_comment_get_text (nth (text, 3)), ==,
                   "Reasons, all of them good:\n\n7 is one. Grade: C");
  g_assert_cmpint (bal_comment_get_created (nth (text, 0)), <, bal_comment_get_created (nth (text, 1)));
}

static void
test_numbered_list_is_not_a_thread (void)
{
  g_autoptr(BalTextReview) text = import ("Ten Films\n\nMy list:\n\n1. One\n\n2. Two\n\nGrade: B\n\n1. A reader\n");

  g_assert_cmpuint (text->comments->len, ==, 1);
  g_assert_cmpstr (bal_comment_get_text (nth (text, 0)), ==, "A reader");
  g_assert_nonnull (strstr (bal_review_get_html (text->review), "2. Two"));
}

static void
test_deep_threads_and_gaps (void)
{
  g_autoptr(BalTextReview) text =
    import ("T\n\nx\n\n  1. a\n\n\t1. b\n\n\t\t1. c\n\n\t3. d\n\n  4. e\n");

  g_assert_cmpuint (text->comments->len, ==, 5);
  g_assert_cmpint (bal_comment_get_parent_id (nth (text, 2)), ==, 2);
  g_assert_cmpint (bal_comment_get_parent_id (nth (text, 3)), ==, 1);
  g_assert_cmpint (bal_comment_get_parent_id (nth (text, 4)), ==, 0);
}

static void
test_essay_has_no_fields_and_no_thread (void)
{
  g_autoptr(BalTextReview) text = import ("\n\nOn endings\r\n\r\nOnly prose.\r\n");

  g_assert_cmpstr (bal_review_get_title (text->review), ==, "On endings");
  g_assert_null (bal_review_get_grade (text->review));
  g_assert_cmpuint (text->comments->len, ==, 0);
  g_assert_cmpstr (bal_review_get_html (text->review), ==, "<p>Only prose.</p>");
}

static void
test_wrapped_lines_are_joined_and_verses_are_not (void)
{
  g_autoptr(BalTextReview) text =
    import ("T\n\nThis paragraph was wrapped by an editor at a column of about\n"
            "seventy characters, as plain text files of the old kind often are\n"
            "until it ends.\n\nRoses\nare red\n");
  const char *html = bal_review_get_html (text->review);

  g_assert_nonnull (strstr (html, "about seventy"));
  g_assert_null (strstr (html, "Roses are"));
}

static void
test_bad_input_is_refused (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(GError) error = NULL;

  g_assert_null (bal_text_import (" \n\n", -1, format, BAL_DIALECT_HTML, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bal_text_import ("a\0b", 3, format, BAL_DIALECT_HTML, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
}

static void
test_old_encoding_is_understood (void)
{
  g_autoptr(BalTextReview) text = import ("Am\xe9lie\n\nIt\x92s fine.\n");

  g_assert_cmpstr (bal_review_get_title (text->review), ==, "Amélie");
  g_assert_nonnull (strstr (bal_review_get_html (text->review), "It’s fine."));
}

/* The sample that Balcony was made for, where it is at hand. */
static void
test_the_sample (void)
{
  const char *shared = g_getenv ("BALCONY_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "../shared", "data",
                                            "the-perfection.txt", NULL);
  g_autofree char *contents = NULL;
  g_autoptr(BalTextReview) text = NULL;

  if (!g_file_get_contents (path, &contents, NULL, NULL))
    {
      g_test_skip ("the shared samples are not here");
      return;
    }

  text = import (contents);
  g_assert_cmpstr (bal_review_get_series (text->review), ==, "Indie Gems");
  g_assert_cmpstr (bal_review_get_film (text->review), ==, "The Perfection");
  g_assert_cmpstr (bal_review_get_grade (text->review), ==, "B");
  g_assert_cmpstr (bal_review_get_watched_on (text->review), ==, "Netflix Instant");
  g_assert_cmpstr (bal_review_get_quote (text->review), ==, "It's what's expected of us.");
  g_assert_cmpstr (bal_review_get_quote_character (text->review), ==, "Lizzie");
  g_assert_cmpstr (bal_review_get_quote_actor (text->review), ==, "Logan Browning");
  g_assert_cmpuint (text->comments->len, ==, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpint (bal_comment_get_mine (nth (text, i)), ==, i == 1 || i == 4 || i == 6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/text/title-fields-and-paragraphs", test_title_fields_and_paragraphs);
  g_test_add_func ("/exchange/text/lines-end-in-any-way", test_lines_end_in_any_way);
  g_test_add_func ("/exchange/text/replies-belong-to-the-blogger", test_replies_belong_to_the_blogger);
  g_test_add_func ("/exchange/text/numbered-list-is-not-a-thread", test_numbered_list_is_not_a_thread);
  g_test_add_func ("/exchange/text/deep-threads-and-gaps", test_deep_threads_and_gaps);
  g_test_add_func ("/exchange/text/essay-has-no-fields-and-no-thread", test_essay_has_no_fields_and_no_thread);
  g_test_add_func ("/exchange/text/wrapped-lines-are-joined-and-verses-are-not",
                   test_wrapped_lines_are_joined_and_verses_are_not);
  g_test_add_func ("/exchange/text/bad-input-is-refused", test_bad_input_is_refused);
  g_test_add_func ("/exchange/text/old-encoding-is-understood", test_old_encoding_is_understood);
  g_test_add_func ("/exchange/text/the-sample", test_the_sample);

  return g_test_run ();
}
