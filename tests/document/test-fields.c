/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The review fields that a post's HTML tells, read and written. */

#include "bal-review-html.h"
#include "samples.h"

#include <string.h>

#define N_RANDOM 4000

static const BalDialect dialects[] = { BAL_DIALECT_HTML, BAL_DIALECT_WP_BLOCKS,
                                       BAL_DIALECT_WP_CLASSIC, BAL_DIALECT_BLOGGER };

static BalDocument *
read_html (const char *html,
           BalDialect  dialect)
{
  return bal_document_new_from_html (html, -1, dialect);
}

/* Writes fields into a post and gives its HTML back. */
static char *
write_fields (BalDocument           *document,
              BalReviewFormat       *format,
              const BalReviewFields *fields)
{
  g_autoptr(GPtrArray) body = bal_document_dup_body (document, format);
  g_autoptr(BalDocument) joined = bal_document_join_fields (document, body, format, fields);
  g_autofree char *written = bal_document_join_html (document, body, format, fields);
  char *html = bal_document_to_html (joined, NULL);

  g_assert_cmpstr (written, ==, html);
  return html;
}

static void
read_fields (const char      *html,
             BalDialect       dialect,
             BalReviewFormat *format,
             BalReviewFields *fields)
{
  g_autoptr(BalDocument) document = read_html (html, dialect);
  g_autoptr(BalDocument) body = bal_document_split_fields (document, format, fields);
}

/* @html with its grade set to @grade (NULL: cleared). */
static char *
set_grade (const char *html,
           BalDialect  dialect,
           const char *grade)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalDocument) document = read_html (html, dialect);
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalDocument) body = bal_document_split_fields (document, format, &fields);

  g_free (fields.grade);
  fields.grade = g_strdup (grade);
  return write_fields (document, format, &fields);
}

static void
assert_body (const char *html,
             BalDialect  dialect,
             const char *expected)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalDocument) document = read_html (html, dialect);
  g_autoptr(BalDocument) body = bal_document_split_fields (document, format, NULL);
  g_autofree char *is = bal_document_to_html (body, NULL);

  g_assert_cmpstr (is, ==, expected);
}

static void
test_reads_every_dialect (void)
{
  static const struct
  {
    BalDialect  dialect;
    const char *html;
  } posts[] = {
    { BAL_DIALECT_WP_BLOCKS,
      "<!-- wp:paragraph -->\n<p>Fine.</p>\n<!-- /wp:paragraph -->\n\n"
      "<!-- wp:paragraph -->\n<p>Grade: B</p>\n<!-- /wp:paragraph -->\n\n"
      "<!-- wp:paragraph -->\n<p>Watched on: Netflix Instant</p>\n<!-- /wp:paragraph -->\n\n"
      "<!-- wp:paragraph -->\n<p>Memorable Quote: \"It's expected.\" - Lizzie (Logan "
      "Browning)</p>\n"
      "<!-- /wp:paragraph -->" },
    { BAL_DIALECT_WP_CLASSIC,
      "Fine.\n\nGrade: B\n\nWatched on: Netflix Instant\n\n"
      "Memorable Quote: &#8220;It's expected.&#8221; &#8211; Lizzie (Logan Browning)" },
    { BAL_DIALECT_WP_CLASSIC,
      "Fine.\n\n<strong>Grade:</strong> B\n<strong>Watched on:</strong> Netflix Instant\n"
      "<strong>Memorable Quote:</strong> <em>\"It's expected.\"</em> - Lizzie (Logan Browning)" },
    { BAL_DIALECT_BLOGGER,
      "Fine.<br /><br />Grade: B<br /><br />Watched on: Netflix Instant<br /><br />"
      "Memorable Quote: \"It's expected.\" - Lizzie (Logan Browning)<br />" },
    { BAL_DIALECT_BLOGGER,
      "<div>Fine.</div><div><br /></div><div><b>Grade: B</b></div><div>Watched on: Netflix "
      "Instant</div>"
      "<div>Memorable Quote: \"It's expected.\" - Lizzie (Logan Browning)</div>" },
    { BAL_DIALECT_HTML, "<p>Fine.</p>\n<p>Grade: B<br>\nWatched on: Netflix Instant<br>\n"
                        "Memorable Quote: \"It's expected.\" - Lizzie (Logan Browning)</p>\n" },
    { BAL_DIALECT_HTML,
      "<p>Fine.</p>\n<p>All in all a good film.<br>Grade: B<br>\nWatched on: Netflix Instant</p>\n"
      "<p>Memorable Quote: \"It's expected.\" - Lizzie (Logan Browning)</p>\n<p>See you next "
      "week.</p>" },
  };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      g_auto(BalReviewFields) fields = { NULL };

      read_fields (posts[i].html, posts[i].dialect, format, &fields);
      g_assert_cmpstr (fields.grade, ==, "B");
      g_assert_cmpstr (fields.watched_on, ==, "Netflix Instant");
      g_assert_cmpstr (fields.quote, ==, "It's expected.");
      g_assert_cmpstr (fields.quote_character, ==, "Lizzie");
      g_assert_cmpstr (fields.quote_actor, ==, "Logan Browning");
    }
}

static void
test_split_takes_only_field_lines (void)
{
  assert_body ("<p>Fine.</p>\n<p>Grade: B</p>\n", BAL_DIALECT_HTML, "<p>Fine.</p>\n");
  assert_body ("One.\n\nTwo.\n\nGrade: B\nWatched on: DVD\n", BAL_DIALECT_WP_CLASSIC,
               "One.\n\nTwo.\n");
  assert_body ("<p>Fine.<br>Grade: B</p>", BAL_DIALECT_HTML, "<p>Fine.<br>Grade: B</p>");
  assert_body ("<p>Grade: A</p><p>was my grade then.</p><p>Grade: B</p>", BAL_DIALECT_HTML,
               "<p>Grade: A</p><p>was my grade then.</p>");
}

static void
test_prose_is_no_field (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { NULL };

  read_fields ("<p>Overall: I liked this film far more than the one before it, and so will you.</p>"
               "<p>My rating of his work went up. The grade is a hill.</p><p>He said: \"Go.\"</p>",
               BAL_DIALECT_HTML, format, &fields);
  g_assert_null (fields.grade);
  g_assert_null (fields.watched_on);
  g_assert_null (fields.quote);
}

static void
assert_grade_set (const char *html,
                  BalDialect  dialect,
                  const char *grade,
                  const char *expected)
{
  g_autofree char *is = set_grade (html, dialect, grade);

  g_assert_cmpstr (is, ==, expected);
}

static void
test_change_keeps_spelling (void)
{
  assert_grade_set ("<p>Fine.</p>\n<p class=\"g\"><strong>Grade:</strong> B</p>\n",
                    BAL_DIALECT_HTML, "C+",
                    "<p>Fine.</p>\n<p class=\"g\"><strong>Grade:</strong> C+</p>\n");
  assert_grade_set ("<p>Fine.</p>\n<p><b>RATING : B</b></p>\n", BAL_DIALECT_HTML, "A-",
                    "<p>Fine.</p>\n<p><b>RATING : A-</b></p>\n");
  assert_grade_set ("<p>Good&hellip; fun.<br />Grade: <em>B</em><br />Bye&hellip;</p>",
                    BAL_DIALECT_HTML, "A",
                    "<p>Good&hellip; fun.<br />Grade: <em>A</em><br />Bye&hellip;</p>");
  assert_grade_set ("One.\n\n<strong>Grade:</strong> B\n<strong>Watched on:</strong> DVD &amp; "
                    "TV\n",
                    BAL_DIALECT_WP_CLASSIC, "A",
                    "One.\n\n<strong>Grade:</strong> A\n<strong>Watched on:</strong> DVD &amp; "
                    "TV\n");
  assert_grade_set ("One.<br /><br />Grade: B<br />Watched on: DVD<br />", BAL_DIALECT_BLOGGER, "A",
                    "One.<br /><br />Grade: A<br />Watched on: DVD<br />");
}

static void
test_clearing_takes_the_line_away (void)
{
  assert_grade_set ("<p>Fine.</p>\n<p>Grade: B</p>\n<p>Watched on: DVD</p>\n", BAL_DIALECT_HTML,
                    NULL, "<p>Fine.</p>\n<p>Watched on: DVD</p>\n");
  assert_grade_set ("One.\n\nGrade: B\nWatched on: DVD\n", BAL_DIALECT_WP_CLASSIC, NULL,
                    "One.\n\nWatched on: DVD\n");
  assert_grade_set ("<p>Fine.<br>Grade: B</p>", BAL_DIALECT_HTML, "", "<p>Fine.</p>");
}

static void
test_new_lines_stand_in_order (void)
{
  assert_grade_set ("<p>Fine.</p>\n<p>Watched on: DVD</p>\n", BAL_DIALECT_HTML, "B",
                    "<p>Fine.</p>\n<p>Grade: B</p>\n<p>Watched on: DVD</p>\n");
  assert_grade_set ("<p>Fine.</p>\n", BAL_DIALECT_HTML, "B", "<p>Fine.</p>\n<p>Grade: B</p>\n");
  assert_grade_set ("One.\n\nTwo.", BAL_DIALECT_WP_CLASSIC, "B", "One.\n\nTwo.\n\nGrade: B");
  assert_grade_set ("One.<br /><br />Two.", BAL_DIALECT_BLOGGER, "B",
                    "One.<br /><br />Two.<br /><br />Grade: B");
  assert_grade_set ("", BAL_DIALECT_WP_BLOCKS, "B",
                    "<!-- wp:paragraph -->\n<p>Grade: B</p>\n<!-- /wp:paragraph -->");
  assert_grade_set ("<p><strong>Watched on:</strong> DVD<br>Memorable Quote: \"No.\"</p>",
                    BAL_DIALECT_HTML, "B",
                    "<p><strong>Grade:</strong> B<br><strong>Watched on:</strong> DVD<br>Memorable "
                    "Quote: \"No.\"</p>");
}

/* The body is edited apart from its fields; a line typed into it is nobody's to clear. */
static void
test_edited_body_keeps_fields (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalDocument) document = read_html ("<p>One.</p>\n<p>Grade: B</p>\n", BAL_DIALECT_HTML);
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalDocument) body = bal_document_split_fields (document, format, &fields);
  g_autoptr(GPtrArray) blocks = bal_document_dup_blocks (body);
  g_autoptr(BalDocument) joined = NULL;
  g_autofree char *html = NULL;

  g_ptr_array_add (blocks,
                   bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "Watched on: my sofa", NULL, 0));
  joined = bal_document_join_fields (document, blocks, format, &fields);
  html = bal_document_to_html (joined, NULL);
  g_assert_cmpstr (html, ==, "<p>One.</p>\n<p>Watched on: my sofa</p>\n<p>Grade: B</p>\n");
}

static void
check_unchanged (Sample          *sample,
                 BalDialect       dialect,
                 BalReviewFormat *format)
{
  gsize length, joined_length;
  const char *data = sample_data (sample, &length);
  g_autoptr(BalDocument) document = bal_document_new_from_html (data, length, dialect);
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalDocument) body = bal_document_split_fields (document, format, &fields);
  g_autoptr(GPtrArray) blocks = bal_document_dup_blocks (body);
  g_autoptr(BalDocument) joined = bal_document_join_fields (document, blocks, format, &fields);
  g_autofree char *html = bal_document_to_html (joined, &joined_length);

  if (length != joined_length || memcmp (html, data, length) != 0)
    {
      g_test_message ("%s (%s) is\n%s\n--- should be\n%s", sample->name,
                      bal_dialect_to_nick (dialect), html, data);
      g_assert_not_reached ();
    }
}

static void
test_unchanged_fields_change_nothing (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();

  for (guint i = 0; i < samples->len; i++)
    for (guint d = 0; d < G_N_ELEMENTS (dialects); d++)
      check_unchanged (g_ptr_array_index (samples, i), dialects[d], format);
}

static char *
random_words (GRand *rand)
{
  static const char *const words[] = { "Netflix", "35 mm", "the sofa", "<b>",    "R&B",
                                       "“so”",    "it's",  "Größe",    "No.",    "1:1",
                                       "–",       "עברית", "(again)",  "\"hm\"", "TV" };
  g_autoptr(GString) out = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "",
                            words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
random_fields (GRand           *rand,
               BalReviewFields *fields)
{
  static const char *const grades[] = { "B", "A+", "8/10", "★★★½", "C-", "75 %", "see below" };

  if (g_rand_int_range (rand, 0, 4) > 0)
    fields->grade = g_strdup (grades[g_rand_int_range (rand, 0, G_N_ELEMENTS (grades))]);
  if (g_rand_int_range (rand, 0, 4) > 0)
    fields->watched_on = random_words (rand);
  if (g_rand_int_range (rand, 0, 4) > 0)
    {
      fields->quote = random_words (rand);
      if (g_rand_boolean (rand))
        fields->quote_character = g_strdup ("Lizzie");
      if (g_rand_boolean (rand))
        fields->quote_actor = g_strdup ("Logan Browning");
    }
}

/* Whether the format itself can write these and read them back. */
static gboolean
can_be_written (BalReviewFormat       *format,
                const BalReviewFields *fields)
{
  g_auto(BalReviewFields) told = { NULL };
  gboolean any_lost = FALSE;

  for (BalFieldLine which = BAL_FIELD_LINE_GRADE; which < BAL_N_FIELD_LINES; which++)
    {
      g_autofree char *line = bal_review_format_write_line (format, which, fields, NULL);

      if (line != NULL && bal_review_format_read_line (format, line, &told) != which)
        any_lost = TRUE;
    }
  return !any_lost && bal_review_fields_equal (&told, fields);
}

static void
test_random_fields_read_back (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20190530);
  guint n_written = 0;
  static const char *const beginnings[] = {
    "",
    "<p>Body.</p>\n<p><strong>Rating:</strong> 3/10</p>\n<p>Bye.</p>",
    "Body.\n\n<em>Grade:</em> D\n<em>Watched on:</em> VHS",
    "Body.<br /><br /><b>Watched on: VHS</b><br /><br />",
    "<div>Body.</div><div>Grade: D</div><div>Memorable Quote: “I am.” – Kane (Orson Welles)</div>",
    "<!-- wp:paragraph -->\n<p>Body.<br>Grade: D</p>\n<!-- /wp:paragraph -->",
    "<h2>Title</h2><ul><li>Grade: A</li></ul><table></table>",
  };

  for (guint i = 0; i < sample_count (N_RANDOM); i++)
    {
      BalDialect dialect = dialects[i % G_N_ELEMENTS (dialects)];
      g_autofree char *html =
        g_strdup (beginnings[g_rand_int_range (rand, 0, G_N_ELEMENTS (beginnings))]);

      /* A post is written again and again: fields appear, change and go. */
      for (guint turn = 0; turn < 4; turn++)
        {
          g_autoptr(BalDocument) document = read_html (html, dialect);
          g_auto(BalReviewFields) fields = { NULL };
          g_auto(BalReviewFields) told = { NULL };
          char *written;

          random_fields (rand, &fields);
          if (!can_be_written (format, &fields))
            continue;
          written = write_fields (document, format, &fields);
          read_fields (written, dialect, format, &told);
          if (!bal_review_fields_equal (&told, &fields))
            {
              g_test_message ("%s: %s | %s | %s | %s | %s\n--- from\n%s\n--- to\n%s",
                              bal_dialect_to_nick (dialect), fields.grade, fields.watched_on,
                              fields.quote, fields.quote_character, fields.quote_actor, html,
                              written);
              g_assert_not_reached ();
            }
          g_free (html);
          html = written;
          n_written++;
        }
    }
  g_test_message ("%u times written", n_written);
  g_assert_cmpuint (n_written, >, N_RANDOM);
}

static void
test_review_keeps_the_rest (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(BalReview) review = bal_review_new (1);

  bal_review_set_title (review, "Indie Gems: The Perfection");
  bal_review_set_html (review, "<p>Fine &amp; <b>dandy</b>.</p>\n<p>Grade: B</p>\n");
  bal_review_read_fields (review, format);
  g_assert_cmpstr (bal_review_get_series (review), ==, "Indie Gems");
  g_assert_cmpstr (bal_review_get_film (review), ==, "The Perfection");
  g_assert_cmpstr (bal_review_get_grade (review), ==, "B");
  bal_review_write_fields (review, format, BAL_DIALECT_HTML);
  g_assert_cmpstr (bal_review_get_title (review), ==, "Indie Gems: The Perfection");
  g_assert_cmpstr (bal_review_get_html (review), ==,
                   "<p>Fine &amp; <b>dandy</b>.</p>\n<p>Grade: B</p>\n");

  bal_review_set_grade (review, "A-");
  bal_review_set_series (review, "Netflix");
  bal_review_write_fields (review, format, BAL_DIALECT_HTML);
  g_assert_cmpstr (bal_review_get_title (review), ==, "Netflix: The Perfection");
  g_assert_cmpstr (bal_review_get_html (review), ==,
                   "<p>Fine &amp; <b>dandy</b>.</p>\n<p>Grade: A-</p>\n");

  bal_review_set_body (review, format, "<p>New.</p>\n<p>Watched on: DVD</p>\n", BAL_DIALECT_HTML);
  g_assert_cmpstr (bal_review_get_html (review), ==,
                   "<p>New.</p>\n<p>Watched on: DVD</p>\n<p>Grade: A-</p>\n");
  g_assert_cmpstr (bal_review_get_watched_on (review), ==, "DVD");
  g_assert_cmpstr (bal_review_get_grade (review), ==, "A-");
}

/* What the store looks for is what the editor finds, although it does not read the text in which nothing can be found. */
static void
check_review_fields (const char      *html,
                     BalReviewFormat *format)
{
  g_autoptr(BalReview) review = bal_review_new (1);
  g_auto(BalReviewFields) told = { NULL };
  g_auto(BalReviewFields) found = { NULL };

  read_fields (html, BAL_DIALECT_WP_CLASSIC, format, &told);
  bal_review_set_title (review, "");
  bal_review_set_html (review, html);
  bal_review_read_fields (review, format);
  bal_review_dup_fields (review, &found);
  if (!bal_review_fields_equal (&told, &found))
    g_test_message ("%s | %s | %s, but found %s | %s | %s in\n%s", told.grade, told.watched_on, told.quote,
                    found.grade, found.watched_on, found.quote, html);
  g_assert_true (bal_review_fields_equal (&told, &found));
}

static void
test_review_finds_every_line (void)
{
  static const char *const pieces[] = {
    "Grade", ":", "： ", " B", "8/10", "– ", "-", "—", "−", "★★★★", "Watched on", "Netflix", "Memorable Quote: “I am.”", "&#58;",
    "&colon; ", "&#8211; ", "&ndash;", "&nbsp;", "<br>", "<br />\n", "\n", "\n\n", " ", "\t", "\302\240", "\342\200\213", "<p>",
    "</p>\n", "<div>", "</div>", "<h3>", "</h3>", "<b>", "</b>", "<a href=\"https://a.b/\">", "<a href='http://a'>", "</a>",
    "<span title=\"a > b\">", "</span>", "<!-- Grade: A -->", "<!--more-->", "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->",
    "<li>", "<blockquote>", "</blockquote>", "<img alt=\"Grade: C\">", "< ", "\"http: ", "Prose, and more of it.", "\001", "\377" };
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < samples->len; i++)
    {
      gsize length;
      const char *data = sample_data (g_ptr_array_index (samples, i), &length);
      g_autofree char *html = g_strndup (data, length);

      check_review_fields (html, format);
    }
  for (guint i = 0; i < sample_count (2 * N_RANDOM); i++)
    {
      g_autoptr(GString) html = g_string_new (NULL);

      for (int n = g_rand_int_range (rand, 1, 25); n > 0; n--)
        g_string_append (html, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      check_review_fields (html->str, format);
    }
}

static void
test_plain_text_review (void)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { NULL };
  g_autofree char *text = samples_read_shared ("the-perfection.txt", NULL);

  if (text == NULL)
    {
      g_test_skip ("the shared collections are absent");
      return;
    }
  read_fields (text, BAL_DIALECT_WP_CLASSIC, format, &fields);
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
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fields/reads-every-dialect", test_reads_every_dialect);
  g_test_add_func ("/fields/split-takes-only-field-lines", test_split_takes_only_field_lines);
  g_test_add_func ("/fields/prose-is-no-field", test_prose_is_no_field);
  g_test_add_func ("/fields/change-keeps-spelling", test_change_keeps_spelling);
  g_test_add_func ("/fields/clearing-takes-the-line-away", test_clearing_takes_the_line_away);
  g_test_add_func ("/fields/new-lines-stand-in-order", test_new_lines_stand_in_order);
  g_test_add_func ("/fields/edited-body-keeps-fields", test_edited_body_keeps_fields);
  g_test_add_func ("/fields/unchanged-fields-change-nothing", test_unchanged_fields_change_nothing);
  g_test_add_func ("/fields/random-fields-read-back", test_random_fields_read_back);
  g_test_add_func ("/fields/review-keeps-the-rest", test_review_keeps_the_rest);
  g_test_add_func ("/fields/review-finds-every-line", test_review_finds_every_line);
  g_test_add_func ("/fields/plain-text-review", test_plain_text_review);
  return g_test_run ();
}
