/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-error.h"
#include "bal-grade-scale.h"
#include "bal-review-format.h"

#include <locale.h>
#include <string.h>

/* Asserts what a line says; the fields of other lines must stay as they were. */
static void
assert_reads (BalReviewFormat *format,
              const char      *line,
              BalFieldLine     which,
              const char      *first,
              const char      *character,
              const char      *actor)
{
  g_auto(BalReviewFields) fields = { NULL };
  BalReviewFields expected = { NULL };

  if (bal_review_format_read_line (format, line, &fields) != which ||
      bal_review_format_read_line (format, line, NULL) != which)
    g_error ("“%s” is not read as line %d", line, which);

  if (which == BAL_FIELD_LINE_GRADE)
    expected.grade = (char *) first;
  else if (which == BAL_FIELD_LINE_WATCHED_ON)
    expected.watched_on = (char *) first;
  else
    {
      expected.quote = (char *) first;
      expected.quote_character = (char *) character;
      expected.quote_actor = (char *) actor;
    }
  if (!bal_review_fields_equal (&fields, &expected))
    g_error ("“%s” gives grade “%s”, watched on “%s”, quote “%s” by “%s” played by “%s”", line,
             fields.grade, fields.watched_on, fields.quote, fields.quote_character,
             fields.quote_actor);
}

static void
assert_prose (const char *line)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { NULL };
  BalReviewFields none = { NULL };

  if (bal_review_format_read_line (format, line, &fields) != BAL_FIELD_LINE_NONE)
    g_error ("“%s” is read as a field line", line);
  g_assert_true (bal_review_fields_equal (&fields, &none));
}

static void
test_default_lines (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  assert_reads (format, "Grade: B", BAL_FIELD_LINE_GRADE, "B", NULL, NULL);
  assert_reads (format, "Watched on: Netflix Instant", BAL_FIELD_LINE_WATCHED_ON,
                "Netflix Instant", NULL, NULL);
  assert_reads (format,
                "Memorable Quote: \"It's what's expected of us.\" - Lizzie (Logan Browning)",
                BAL_FIELD_LINE_QUOTE, "It's what's expected of us.", "Lizzie", "Logan Browning");
}

static void
test_white_space_and_case_do_not_count (void)
{
  static const char *const grades[] = {
    "grade: B", "GRADE:B", "Grade\u00a0: B", " \u00a0Grade \u00a0:\u00a0\u00a0B\u00a0 ",
    "Grade：B", "\u200bGrade: B\n", "\tgrade:\tB",
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (grades); i++)
    assert_reads (format, grades[i], BAL_FIELD_LINE_GRADE, "B", NULL, NULL);
  assert_reads (format, "watched\u00a0 ON : hulu", BAL_FIELD_LINE_WATCHED_ON, "hulu", NULL, NULL);
}

static void
test_aliases (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  assert_reads (format, "Rating: 8/10", BAL_FIELD_LINE_GRADE, "8/10", NULL, NULL);
  assert_reads (format, "Overall: B+", BAL_FIELD_LINE_GRADE, "B+", NULL, NULL);
  assert_reads (format, "my IMDB: 10/10", BAL_FIELD_LINE_GRADE, "10/10", NULL, NULL);
  assert_reads (format, "Final Grade: ★★★½", BAL_FIELD_LINE_GRADE, "★★★½", NULL, NULL);
  assert_reads (format, "score: 80 %", BAL_FIELD_LINE_GRADE, "80 %", NULL, NULL);
  assert_reads (format, "Score: 7.5", BAL_FIELD_LINE_GRADE, "7.5", NULL, NULL);
  assert_reads (format, "– 8/10", BAL_FIELD_LINE_GRADE, "8/10", NULL, NULL);
  assert_reads (format, "  —\u00a0B+ ", BAL_FIELD_LINE_GRADE, "B+", NULL, NULL);
  assert_reads (format, "source: Netflix", BAL_FIELD_LINE_WATCHED_ON, "Netflix", NULL, NULL);
  assert_reads (format, "Seen on: a plane", BAL_FIELD_LINE_WATCHED_ON, "a plane", NULL, NULL);
  assert_reads (format, "Where: AMC Empire 25", BAL_FIELD_LINE_WATCHED_ON, "AMC Empire 25", NULL,
                NULL);
  assert_reads (format, "notable quote: Right?", BAL_FIELD_LINE_QUOTE, "Right?", NULL, NULL);
  assert_reads (format, "Favourite Quote: “Right?”", BAL_FIELD_LINE_QUOTE, "Right?", NULL, NULL);
  assert_reads (format, "Quote: “Right?” – Lizzie", BAL_FIELD_LINE_QUOTE, "Right?", "Lizzie", NULL);
}

static void
test_prose_is_not_a_field (void)
{
  g_autofree char *long_line = g_strnfill (20000, 'a');
  g_autofree char *long_field = g_strconcat ("Grade: ", long_line, NULL);
  g_autofree char *long_words = g_strnfill (300, 'a');
  g_autofree char *long_alias = g_strconcat ("Favorite quote: ", long_words, NULL);
  g_autofree char *many_marks = g_strnfill (20000, '"');
  g_autofree char *long_quote = g_strconcat ("Memorable Quote: ", many_marks, NULL);

  assert_prose ("");
  assert_prose ("Grade");
  assert_prose ("Indie Gems: The Perfection");
  assert_prose ("This Netflix original definitely deserves your attention.");
  assert_prose ("Overall: I liked the film very much because it is about cellos.");
  assert_prose ("Overall: good");
  assert_prose ("Overall:");
  assert_prose ("Rating: R");
  assert_prose ("Rating: PG-13");
  assert_prose ("Rating: 15");
  assert_prose ("Verdict: see it");
  assert_prose ("I give it this grade: B");
  assert_prose ("Source: https://blog.example/news");
  assert_prose ("Source: the director said so in an interview.");
  assert_prose ("Where: do I even begin with this one?");
  assert_prose ("Where to watch: it is on nearly every service there is, so you have no excuse");
  assert_prose ("Quote: the one everybody knows");
  assert_prose ("– 8");
  assert_prose ("– B");
  assert_prose ("– 8/10 would watch again");
  assert_prose ("- no, really");
  assert_prose ("8/10");
  assert_prose ("Grade: the highest that I have ever given to a film");
  assert_prose ("Grade: B\nWatched on: Netflix");
  assert_prose ("Grade: \xff");
  assert_prose (long_field);
  assert_prose (long_alias);
  assert_prose (long_quote);
}

static void
test_own_label_takes_any_short_value (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  assert_reads (format, "Grade: I don't know yet", BAL_FIELD_LINE_GRADE, "I don't know yet", NULL,
                NULL);
  assert_reads (format, "Grade:", BAL_FIELD_LINE_GRADE, NULL, NULL, NULL);
  assert_reads (format, "Memorable Quote: ", BAL_FIELD_LINE_QUOTE, NULL, NULL, NULL);
  assert_reads (format, "Watched on: a screener; see https://films.example",
                BAL_FIELD_LINE_WATCHED_ON, "a screener; see https://films.example", NULL, NULL);
}

static void
test_quotes (void)
{
  static const struct
  {
    const char *value;
    const char *quote;
    const char *character;
    const char *actor;
  } known[] = {
    { "“It's late.” – Lizzie (Logan Browning)", "It's late.", "Lizzie", "Logan Browning" },
    { "«C'est tard.» — Lizzie", "C'est tard.", "Lizzie", NULL },
    { "„Es ist spät.“ ― Lizzie", "Es ist spät.", "Lizzie", NULL },
    { "'It's late.' - Conan O'Brien", "It's late.", "Conan O'Brien", NULL },
    { "‘It’s late.’ - Lizzie", "It’s late.", "Lizzie", NULL },
    { "“It's late.\" - Lizzie", "It's late.", "Lizzie", NULL },
    { "‘It's late.' - Lizzie", "It's late.", "Lizzie", NULL },
    { "\"No,\" she said (twice)", "\"No,\" she said (twice)", NULL, NULL },
    { "\"It's late.\" -- Lizzie", "It's late.", "Lizzie", NULL },
    { "\"It's late.\"-Lizzie", "It's late.", "Lizzie", NULL },
    { "\"It's late.\" (Logan Browning)", "It's late.", NULL, "Logan Browning" },
    { "\"It's late.\" - (Logan Browning)", "It's late.", NULL, "Logan Browning" },
    { "\"It's late.\" - Lizzie [Logan Browning]", "It's late.", "Lizzie", "Logan Browning" },
    { "\"It's late.\"", "It's late.", NULL, NULL },
    { "It's late. - Lizzie (Logan Browning)", "It's late.", "Lizzie", "Logan Browning" },
    { "It's late. —Lizzie", "It's late.", "Lizzie", NULL },
    { "It's late - very late - Lizzie", "It's late - very late", "Lizzie", NULL },
    { "It's a well-known song", "It's a well-known song", NULL, NULL },
    { "\"She said \"no\" - twice.\" - Lizzie", "She said \"no\" - twice.", "Lizzie", NULL },
    { "\"No.\" - Dwayne \"The Rock\" Johnson", "No.", "Dwayne \"The Rock\" Johnson", NULL },
    { "\"No.\" - Jean - Luc (Logan)", "No.", "Jean - Luc", "Logan" },
    { "\"No.\" - Lizzie (young) (Logan)", "No.", "Lizzie (young)", "Logan" },
    { "\"No.\" - Lizzie (Logan (the star))", "No.", "Lizzie", "Logan (the star)" },
    { "\"No,\" she said. - Lizzie", "\"No,\" she said.", "Lizzie", NULL },
    { "- Lizzie (Logan)", NULL, "Lizzie", "Logan" },
    { "\"No.\" -", "No.", NULL, NULL },
    { "\"", "\"", NULL, NULL },
    { "\"\"", NULL, NULL, NULL },
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *line = g_strconcat ("Memorable Quote: ", known[i].value, NULL);

      assert_reads (format, line, BAL_FIELD_LINE_QUOTE, known[i].quote, known[i].character,
                    known[i].actor);
    }
}

static void
test_reading_replaces_only_its_fields (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalReviewFields) fields = bal_review_fields_new ();

  bal_review_format_read_line (format, "Memorable Quote: \"No.\" - Lizzie (Logan)", fields);
  bal_review_format_read_line (format, "Grade: B", fields);
  bal_review_format_read_line (format, "Grade: A", fields);
  bal_review_format_read_line (format, "Favorite quote: \"Yes.\"", fields);
  g_assert_cmpstr (fields->grade, ==, "A");
  g_assert_cmpstr (fields->quote, ==, "Yes.");
  g_assert_null (fields->quote_character);
  g_assert_null (fields->quote_actor);
}

static void
test_text_gives_the_format_again (void)
{
  static const char text[] =
    "[Format]\norder=quote;grade;\nscale=Gut=1;Schlecht=0\n"
    "[Grade]\nlabel=Urteil\naliases=Note;\n"
    "[Watched On]\nlabel=Gesehen auf\naliases=\n";
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReviewFormat) format = bal_review_format_from_string (text, &error);
  g_autoptr(BalReviewFormat) again = NULL;
  g_autofree char *written = NULL;
  g_autofree char *written_again = NULL;
  const BalFieldLine *order;
  guint n_lines;

  g_assert_no_error (error);
  written = bal_review_format_to_string (format);
  again = bal_review_format_from_string (written, &error);
  g_assert_no_error (error);
  written_again = bal_review_format_to_string (again);
  g_assert_cmpstr (written, ==, written_again);

  order = bal_review_format_get_order (again, &n_lines);
  g_assert_cmpuint (n_lines, ==, 2);
  g_assert_cmpuint (order[0], ==, BAL_FIELD_LINE_QUOTE);
  g_assert_cmpuint (order[1], ==, BAL_FIELD_LINE_GRADE);
  g_assert_cmpstr (bal_grade_scale_get_label (bal_review_format_get_scale (again), 0), ==, "Gut");

  assert_reads (again, "Urteil: Gut", BAL_FIELD_LINE_GRADE, "Gut", NULL, NULL);
  assert_reads (again, "Note: schlecht", BAL_FIELD_LINE_GRADE, "schlecht", NULL, NULL);
  assert_reads (again, "– Schlecht", BAL_FIELD_LINE_GRADE, "Schlecht", NULL, NULL);
  assert_reads (again, "Notable Quote: “Nein.”", BAL_FIELD_LINE_QUOTE, "Nein.", NULL, NULL);
  g_assert_cmpuint (bal_review_format_read_line (again, "Grade: B", NULL), ==, BAL_FIELD_LINE_NONE);
  g_assert_cmpuint (bal_review_format_read_line (again, "Source: B", NULL), ==,
                    BAL_FIELD_LINE_NONE);
}

static void
test_default_text_is_the_default (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalReviewFormat) empty = bal_review_format_from_string ("", NULL);
  g_autofree char *text = bal_review_format_to_string (format);
  g_autofree char *empty_text = bal_review_format_to_string (empty);
  guint n_lines;

  g_assert_cmpstr (text, ==, empty_text);
  g_assert_nonnull (strstr (text, "scale=letters\n"));
  g_assert_cmpuint (bal_review_format_get_order (format, &n_lines)[0], ==, BAL_FIELD_LINE_GRADE);
  g_assert_cmpuint (n_lines, ==, 3);
}

static void
test_bad_text_is_refused_with_a_sentence (void)
{
  static const char *const wrong[] = {
    "Grade", "\xff", "[Format]\norder=grade;grade;\n", "[Format]\norder=title;\n",
    "[Format]\nscale=A=2\n", "[Grade]\nlabel=\n", "[Grade]\nlabel=My: grade\n",
    "[Grade]\nlabel=A label that is longer than any label of a field\n",
    "[Grade]\naliases=Watched on;\n", "[Grade]\nlabel=Quote\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (bal_review_format_from_string (wrong[i], &error));
      g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
      g_assert_null (strchr (error->message, '\n'));
    }
}

static void
test_real_review (void)
{
  const char *shared = g_getenv ("BALCONY_SHARED");
  g_autofree char *folder = shared != NULL ? g_strdup (shared) :
                            g_test_build_filename (G_TEST_DIST, "..", "..", "shared", NULL);
  g_autofree char *path = g_build_filename (folder, "data", "the-perfection.txt", NULL);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { NULL };
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_found = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("The review is not on this machine.");
      return;
    }

  lines = g_strsplit (text, "\n", -1);
  bal_review_format_split_title (format, lines[0], &fields);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      if (bal_review_format_read_line (format, lines[i], &fields) != BAL_FIELD_LINE_NONE)
        n_found++;
    }

  g_assert_cmpuint (n_found, ==, 3);
  g_assert_cmpstr (fields.series, ==, "Indie Gems");
  g_assert_cmpstr (fields.film, ==, "The Perfection");
  g_assert_cmpstr (fields.grade, ==, "B");
  g_assert_cmpstr (fields.watched_on, ==, "Netflix Instant");
  g_assert_cmpstr (fields.quote, ==, "It's what's expected of us.");
  g_assert_cmpstr (fields.quote_character, ==, "Lizzie");
  g_assert_cmpstr (fields.quote_actor, ==, "Logan Browning");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/review-format/default-lines-are-read", test_default_lines);
  g_test_add_func ("/model/review-format/white-space-and-case-do-not-count",
                   test_white_space_and_case_do_not_count);
  g_test_add_func ("/model/review-format/aliases-are-read", test_aliases);
  g_test_add_func ("/model/review-format/prose-is-not-a-field", test_prose_is_not_a_field);
  g_test_add_func ("/model/review-format/own-label-takes-any-short-value",
                   test_own_label_takes_any_short_value);
  g_test_add_func ("/model/review-format/quotes-are-taken-apart", test_quotes);
  g_test_add_func ("/model/review-format/reading-replaces-only-its-fields",
                   test_reading_replaces_only_its_fields);
  g_test_add_func ("/model/review-format/text-gives-the-format-again",
                   test_text_gives_the_format_again);
  g_test_add_func ("/model/review-format/default-text-is-the-default",
                   test_default_text_is_the_default);
  g_test_add_func ("/model/review-format/bad-text-is-refused-with-a-sentence",
                   test_bad_text_is_refused_with_a_sentence);
  g_test_add_func ("/model/review-format/a-real-review-is-read", test_real_review);

  return g_test_run ();
}
