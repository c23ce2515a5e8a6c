/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-format.h"

#include <locale.h>
#include <string.h>

static void
assert_writes (BalFieldLine           which,
               const BalReviewFields *fields,
               const char            *like,
               const char            *expected)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autofree char *line = bal_review_format_write_line (format, which, fields, like);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_new_lines (void)
{
  BalReviewFields fields = {
    .grade = "B", .watched_on = " Netflix\nInstant ", .quote = "It's what's expected of us.",
    .quote_character = "Lizzie", .quote_actor = "Logan Browning",
  };

  assert_writes (BAL_FIELD_LINE_GRADE, &fields, NULL, "Grade: B");
  assert_writes (BAL_FIELD_LINE_WATCHED_ON, &fields, NULL, "Watched on: Netflix Instant");
  assert_writes (BAL_FIELD_LINE_QUOTE, &fields, NULL,
                 "Memorable Quote: \"It's what's expected of us.\" - Lizzie (Logan Browning)");
  fields.quote_character = NULL;
  assert_writes (BAL_FIELD_LINE_QUOTE, &fields, NULL,
                 "Memorable Quote: \"It's what's expected of us.\" (Logan Browning)");
  fields.quote_actor = "";
  assert_writes (BAL_FIELD_LINE_QUOTE, &fields, NULL,
                 "Memorable Quote: \"It's what's expected of us.\"");
}

static void
test_nothing_to_write (void)
{
  BalReviewFields none = { NULL };
  BalReviewFields blank = { .grade = "", .watched_on = " ", .quote = "\n", .quote_actor = "" };

  for (BalFieldLine which = BAL_FIELD_LINE_GRADE; which < BAL_N_FIELD_LINES; which++)
    {
      assert_writes (which, &none, NULL, NULL);
      assert_writes (which, &none, "Grade: B", NULL);
      assert_writes (which, &blank, NULL, NULL);
    }
}

static void
test_the_old_line_is_imitated (void)
{
  static const struct
  {
    BalFieldLine  which;
    const char   *like;
    const char   *expected;
  } known[] = {
    { BAL_FIELD_LINE_GRADE, "GRADE :  C", "GRADE :  A-" },
    { BAL_FIELD_LINE_GRADE, "\u00a0Rating\u00a0:\u00a0B\u00a0",
      "\u00a0Rating\u00a0:\u00a0A-\u00a0" },
    { BAL_FIELD_LINE_GRADE, "Grade：C", "Grade：A-" },
    { BAL_FIELD_LINE_GRADE, "Grade:", "Grade: A-" },
    { BAL_FIELD_LINE_GRADE, "– 8/10", "– A-" },
    { BAL_FIELD_LINE_GRADE, "Watched on: Hulu", "Grade: A-" },
    { BAL_FIELD_LINE_GRADE, "just a line", "Grade: A-" },
    { BAL_FIELD_LINE_WATCHED_ON, "source: Netflix", "source: Hulu" },
    { BAL_FIELD_LINE_QUOTE, "Quote: “No.” – Max (Anna)", "Quote: “It's late.” – Lizzie (Logan)" },
    { BAL_FIELD_LINE_QUOTE, "Best quote: No. — Max", "Best quote: It's late. — Lizzie (Logan)" },
    { BAL_FIELD_LINE_QUOTE, "Best quote: 'No.'-Max [A]",
      "Best quote: 'It's late.'-Lizzie [Logan]" },
    { BAL_FIELD_LINE_QUOTE, "Memorable Quote:",
      "Memorable Quote: \"It's late.\" - Lizzie (Logan)" },
    { BAL_FIELD_LINE_QUOTE, "Quote: “No.”", "Quote: “It's late.” - Lizzie (Logan)" },
  };
  BalReviewFields fields = {
    .grade = "A-", .watched_on = "Hulu", .quote = "It's late.", .quote_character = "Lizzie",
    .quote_actor = "Logan",
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    assert_writes (known[i].which, &fields, known[i].like, known[i].expected);
}

static void
test_unchanged_values_give_the_old_line (void)
{
  static const char *const same[] = {
    "grade :B", " Overall: 8/10 ", "– 7.5/10", "Watched:\u00a0a plane",
    "NOTABLE QUOTE : “ No. ”–Max ( Anna )", "Favorite quote: No, never. - Max",
    "Quote: «Non.» (Anna)", "Memorable Quote: - Max (Anna)",
    "Memorable Quote: \"No.\" - Max (a) ()",
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_auto(BalReviewFields) fields = { NULL };
      BalFieldLine which = bal_review_format_read_line (format, same[i], &fields);
      g_autofree char *line = bal_review_format_write_line (format, which, &fields, same[i]);

      g_assert_cmpstr (line, ==, same[i]);
    }
}

static void
test_an_alias_takes_no_value_it_would_not_read (void)
{
  BalReviewFields fields = {
    .grade = "Loved it", .watched_on = "https://films.example", .quote = "No \"way\"",
    .quote_character = "Max (the cellist)",
  };

  assert_writes (BAL_FIELD_LINE_GRADE, &fields, "Rating: 8/10", "Grade: Loved it");
  assert_writes (BAL_FIELD_LINE_GRADE, &fields, "– 8/10", "Grade: Loved it");
  assert_writes (BAL_FIELD_LINE_WATCHED_ON, &fields, "Source: Hulu",
                 "Watched on: https://films.example");
  assert_writes (BAL_FIELD_LINE_QUOTE, &fields, NULL,
                 "Memorable Quote: “No \"way\"” - Max (the cellist) ()");
}

/* A short text out of what makes quotes hard to read; one kind of brackets is left out, see
 * bal_review_format_write_line(). */
static char *
make_text (GRand *rand)
{
  static const char *const pieces[] = {
    "a", "B", "é", "It's", "said", "no", " ", " ", " ", " - ", "-", " – ", "—", "--", "\"", "“",
    "”", "«", "»", "„", "'", "‘", "’", "(", ")", " (x)", "()", "[", "]", ":", ".", "!", "?",
    "8/10", "\u00a0", "Grade", "https://", "「", "*", "★",
  };
  GString *text = g_string_new (NULL);
  int n_pieces = g_rand_int_range (rand, 0, 7);

  for (int i = 0; i < n_pieces; i++)
    g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

  /* White space around a value is not kept. */
  while (g_str_has_prefix (text->str, " ") || g_str_has_prefix (text->str, "\u00a0"))
    g_string_erase (text, 0, *text->str == ' ' ? 1 : 2);
  while (g_str_has_suffix (text->str, " ") || g_str_has_suffix (text->str, "\u00a0"))
    g_string_truncate (text, text->len - (text->str[text->len - 1] == ' ' ? 1 : 2));
  return g_string_free (text, FALSE);
}

static void
test_what_is_written_is_read (void)
{
  static const char *const likes[] = {
    NULL, "Grade : B", "Rating: 8/10", "– 8/10", "Watched on:Hulu", "source: Netflix",
    "Memorable Quote: “No.” – Max (Anna)", "Quote: 'No.'-Max [A]", "Best quote: No. — Max",
    "Favorite quote: «Non.» (Anna)",
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (2019);

  for (guint i = 0; i < 20000; i++)
    {
      g_auto(BalReviewFields) fields = {
        .grade = make_text (rand), .watched_on = make_text (rand), .quote = make_text (rand),
        .quote_character = make_text (rand), .quote_actor = make_text (rand),
      };
      g_auto(BalReviewFields) read = { NULL };
      const char *like = likes[g_rand_int_range (rand, 0, G_N_ELEMENTS (likes))];

      for (BalFieldLine which = BAL_FIELD_LINE_GRADE; which < BAL_N_FIELD_LINES; which++)
        {
          g_autofree char *line = bal_review_format_write_line (format, which, &fields, like);

          if (line != NULL)
            g_assert_cmpuint (bal_review_format_read_line (format, line, &read), ==, which);
        }
      if (!bal_review_fields_equal (&fields, &read))
        g_error ("round %u: “%s” “%s” “%s” “%s” “%s” became “%s” “%s” “%s” “%s” “%s”", i,
                 fields.grade, fields.watched_on, fields.quote, fields.quote_character,
                 fields.quote_actor, read.grade, read.watched_on, read.quote, read.quote_character,
                 read.quote_actor);
    }
}

static void
test_values_too_long_are_still_written (void)
{
  g_autofree char *longest = g_strnfill (BAL_REVIEW_FORMAT_LONGEST_GRADE, 'x');
  g_autofree char *longer = g_strnfill (BAL_REVIEW_FORMAT_LONGEST_GRADE + 1, 'x');
  g_autofree char *longest_line = g_strconcat ("Grade: ", longest, NULL);
  g_autofree char *longer_line = g_strconcat ("Grade: ", longer, NULL);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  BalReviewFields fields = { .grade = longest };

  assert_writes (BAL_FIELD_LINE_GRADE, &fields, NULL, longest_line);
  g_assert_cmpuint (bal_review_format_read_line (format, longest_line, NULL), ==,
                    BAL_FIELD_LINE_GRADE);
  fields.grade = longer;
  assert_writes (BAL_FIELD_LINE_GRADE, &fields, NULL, longer_line);
  g_assert_cmpuint (bal_review_format_read_line (format, longer_line, NULL), ==,
                    BAL_FIELD_LINE_NONE);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/review-format/new-lines-look-like-the-format", test_new_lines);
  g_test_add_func ("/model/review-format/nothing-to-write-gives-no-line", test_nothing_to_write);
  g_test_add_func ("/model/review-format/the-old-line-is-imitated", test_the_old_line_is_imitated);
  g_test_add_func ("/model/review-format/unchanged-values-give-the-old-line",
                   test_unchanged_values_give_the_old_line);
  g_test_add_func ("/model/review-format/an-alias-takes-no-value-it-would-not-read",
                   test_an_alias_takes_no_value_it_would_not_read);
  g_test_add_func ("/model/review-format/what-is-written-is-read", test_what_is_written_is_read);
  g_test_add_func ("/model/review-format/values-too-long-are-still-written",
                   test_values_too_long_are_still_written);

  return g_test_run ();
}
