/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-csv.h"
#include "bal-importer.h"

#include <glib/gstdio.h>
#include <string.h>

/* What comes of one damage each, exactly: the names of what is brought in, and what is told of the rest. */

typedef struct
{
  GString *names;                /* " A B C" */
  GString *notes;                /* a line each: "name: reason" */
  GString *texts;                /* of the reviews, with grade and labels */
  guint    n_skipped;
  guint    n_repaired;
} Outcome;

static struct
{
  BalImportTarget target;
  char           *path;
} reading;

static void
outcome_clear (Outcome *self)
{
  if (self->names == NULL)
    return;

  g_string_free (self->names, TRUE);
  g_string_free (self->notes, TRUE);
  g_string_free (self->texts, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
take_review (Outcome   *self,
             BalReview *review)
{
  const char *title = bal_review_get_title (review), *film = bal_review_get_film (review), *grade = bal_review_get_grade (review);
  const char *const *labels = bal_review_get_labels (review);
  g_autofree char *joined = labels != NULL ? g_strjoinv (",", (char **) labels) : NULL;

  g_string_append_printf (self->names, " %s", film != NULL ? film : title);
  g_string_append_printf (self->texts, "%s|%s|%s|%s\n", title, bal_review_get_html (review), grade != NULL ? grade : "",
                          joined != NULL ? joined : "");
}

static void
read_file (BalImportFormat  format,
           const char      *bytes,
           gsize            length,
           Outcome         *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImporter) importer = NULL;
  BalImportItem *item;

  *self = (Outcome) { g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), 0, 0 };
  g_unlink (reading.path);
  g_file_set_contents_full (reading.path, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  importer = bal_importer_open (reading.path, format, &reading.target, &error);
  g_assert_no_error (error);
  while ((item = bal_importer_next (importer, NULL, &error)) != NULL)
    {
      if (item->kind == BAL_IMPORT_ITEM_REVIEW)
        take_review (self, item->review);
      if (item->reason != NULL)
        g_string_append_printf (self->notes, "%s: %s\n", item->name, item->reason);
      self->n_skipped += item->kind == BAL_IMPORT_ITEM_SKIPPED;
      self->n_repaired += item->kind == BAL_IMPORT_ITEM_REPAIRED;
      bal_import_item_free (item);
    }
  g_assert_no_error (error);
}

static void
read_text (BalImportFormat  format,
           const char      *text,
           Outcome         *self)
{
  read_file (format, text, strlen (text), self);
}

/* ---- JSON ---- */

#define JSON_HEAD "{\"format\":\"balcony\",\"version\":1,\"items\":[\n"
#define JSON_ITEM(name) "{\"type\":\"review\",\"key\":\"" name "\",\"title\":\"" name "\"}"

/* More parts than any item has; @end: "]}" or what damage leaves of it. */
static void
append_large (GString    *text,
              const char *end)
{
  g_string_append (text, "{\"type\":\"review\",\"key\":\"L\",\"title\":\"L\",\"labels\":[");
  for (guint i = 0; i < 1000001; i++)
    g_string_append (text, "1,");
  g_string_append_printf (text, "1%s", end);
}

static void
test_json_behind_what_is_too_large (void)
{
  static const struct { const char *end; const char *behind; const char *names; } cases[] = {
    { "]}", "\n]}\n", " A" },
    { "]}", ",\n" JSON_ITEM ("C") ",\n" JSON_ITEM ("D") "\n]}\n", " A C D" },
    { "", ",\n" JSON_ITEM ("C") ",\n" JSON_ITEM ("D") "\n]}\n", " A C D" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) text = g_string_new (JSON_HEAD JSON_ITEM ("A") ",\n");
      g_auto(Outcome) outcome = { 0 };

      append_large (text, cases[i].end);
      g_string_append (text, cases[i].behind);
      read_text (BAL_IMPORT_FORMAT_JSON, text->str, &outcome);
      g_assert_cmpstr (outcome.names->str, ==, cases[i].names);
      g_assert_cmpstr (outcome.notes->str, ==, "A part of the file: It is larger than anything that Balcony writes.\n");
    }
}

static void
test_json_rubbish_is_told_once (void)
{
  static const struct { const char *text; const char *names; } cases[] = {
    { JSON_ITEM ("A") "\n]}\nhello there, 1 : [2\n", " A" },
    { JSON_ITEM ("A") "\n]}%", " A" },
    { JSON_ITEM ("A") "%\n]}", " A" },
    { JSON_ITEM ("A") "%,\n" JSON_ITEM ("B") "\n]}", " A B" },
    { JSON_ITEM ("A") "]}%\n" JSON_ITEM ("B") "\n]}", " A B" },
    { JSON_ITEM ("A") "} \"x\":[1],\n{\"key\":\"B\",\"type\":\"review\",\"title\":\"B\"}\n]}", " A B" },
    { JSON_ITEM ("A") "}],{ \"type\"\n:\"review\",\"key\":\"B\",\"title\":\"B\"}\n]}", " A B" },
    { JSON_ITEM ("A") "]}{\"type\":\"review\",\"key\":\"B\",\"title\":\"B\"}\n]}", " A B" },
    { JSON_ITEM ("A") "\",\n" JSON_ITEM ("B") "\n]}", " A B" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) text = g_string_new (JSON_HEAD);
      g_autoptr(GString) rubbish = g_string_new (NULL);
      g_auto(Outcome) outcome = { 0 };

      for (guint n = 0; n < 40000; n++)
        g_string_append (rubbish, "]}x");
      g_string_append (text, cases[i].text);
      g_string_replace (text, "%", rubbish->str, 0);
      read_text (BAL_IMPORT_FORMAT_JSON, text->str, &outcome);
      g_assert_cmpstr (outcome.names->str, ==, cases[i].names);
      g_assert_cmpstr (outcome.notes->str, ==, "A part of the file: It is damaged; what is behind it comes in.\n");
    }
}

static void
test_json_that_is_cut_is_told (void)
{
  g_auto(Outcome) one = { 0 };
  g_auto(Outcome) two = { 0 };

  read_text (BAL_IMPORT_FORMAT_JSON, JSON_HEAD JSON_ITEM ("A") ",\n{\"type\":\"rev", &one);
  g_assert_cmpstr (one.names->str, ==, " A");
  g_assert_cmpuint (one.n_skipped, ==, 1);
  g_assert_nonnull (strstr (one.notes->str, "The rest of the file: "));
  read_text (BAL_IMPORT_FORMAT_JSON, JSON_HEAD "{\"type\":\"review\",1},\n{\"type\":\"review\",2},\n" JSON_ITEM ("C") "x", &two);
  g_assert_cmpstr (two.names->str, ==, " C");
  g_assert_cmpuint (two.n_skipped, ==, 4);
  g_assert_nonnull (strstr (two.notes->str, "The rest of the file: "));
}

/* ---- rows of Letterboxd ---- */

#define REVIEWS "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
#define REVIEW(name) "2024-01-02," name ",1999,https://boxd.it/" name ",4,,\"Fine.\",\"a, b\",2024-01-02\n"

static void
test_csv_empty_cell_at_the_end_is_whole (void)
{
  static const struct { const char *end; const char *names; const char *words; } cases[] = {
    { "", " A B", "Its last line has no end" },
    { "2024-01-0", " A", "Line 3 is not whole" },
    { "2024-01-02", " A B", "Its last line has no end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (REVIEWS REVIEW ("A") "2024-01-02,B,1999,https://boxd.it/B,4,,\"Fine.\",,",
                                           cases[i].end, NULL);
      g_auto(Outcome) outcome = { 0 };

      read_text (BAL_IMPORT_FORMAT_LETTERBOXD, text, &outcome);
      g_assert_cmpstr (outcome.names->str, ==, cases[i].names);
      g_assert_nonnull (strstr (outcome.notes->str, cases[i].words));
    }
}

static void
test_csv_rating_at_the_end_may_be_cut (void)
{
  static const struct { const char *end; gboolean is_certain; } cases[] = {
    { "", FALSE }, { "4", FALSE }, { "4.", FALSE }, { "4.5", TRUE }, { "5", TRUE }, { ".5", TRUE }, { "4\n", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("Date,Name,Year,Letterboxd URI,Rating\n"
                                           "2024-01-02,A,1999,https://boxd.it/a,4\n"
                                           "2024-01-02,B,1999,https://boxd.it/b,", cases[i].end, NULL);
      g_auto(Outcome) outcome = { 0 };
      gboolean has_end = g_str_has_suffix (text, "\n");

      read_text (BAL_IMPORT_FORMAT_LETTERBOXD, text, &outcome);
      g_assert_cmpstr (outcome.names->str, ==, " A B");
      g_assert_true (g_str_has_suffix (outcome.texts->str, "||\n") == !cases[i].is_certain);
      g_assert_cmpuint (outcome.n_repaired, ==, !has_end);
      g_assert_true (g_str_has_prefix (outcome.notes->str, "B: ") == !cases[i].is_certain);
    }
}

static void
test_csv_rating_of_ten_at_the_end_may_be_cut (void)
{
  static const struct { const char *end; gboolean is_certain; } cases[] = { { "", FALSE }, { "1", FALSE }, { "10", TRUE }, { "2", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("Title,Year,WatchedDate,Rating10\nA,1999,2024-01-02,9\nB,1999,2024-01-02,", cases[i].end, NULL);
      g_auto(Outcome) outcome = { 0 };

      read_text (BAL_IMPORT_FORMAT_LETTERBOXD, text, &outcome);
      g_assert_cmpstr (outcome.names->str, ==, " A B");
      g_assert_true (g_str_has_suffix (outcome.texts->str, "||\n") == !cases[i].is_certain);
      g_assert_true (g_str_has_prefix (outcome.notes->str, "B: ") == !cases[i].is_certain);
    }
}

/* With each kind of line end. */
static void
read_rows (const char *text,
           guint       kind,
           Outcome    *outcome)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };
  g_autoptr(GString) rows = g_string_new (text);

  g_string_replace (rows, "\n", ends[kind], 0);
  read_text (BAL_IMPORT_FORMAT_LETTERBOXD, rows->str, outcome);
}

static void
test_csv_lines_of_a_text_are_no_rows (void)
{
  static const struct { const char *rows; const char *names; guint n_skipped; guint n_repaired; } cases[] = {
    /* The file ends in a text with a list of names. */
    { "2024-01-02,Cut,1999,https://boxd.it/c,4,,\"One.\n\nWith Ann, Bob, Cid, Dan, Eve, Fay, Gus, Hal, Ida and others.\nTwo\n"
      "2024-01-02,Bob,abcd,https://boxd.it/b,,,,,\n,Bob,,,,,,,\n\nand mo", " A", 2, 0 },
    /* So does one that is a row too few. */
    { "2024-01-02,Bad,1999,https://boxd.it/c,4,,\"With\nAnn, Bob, Cid, Dan, Eve, Fay, Gus, Hal, Ida\nend\",\"a\"\n" REVIEW ("B"),
      " A B", 1, 0 },
    /* What looks like a row comes in, and is told. */
    { "2024-01-02,Bad,1999,https://boxd.it/c,4,,\"List:\n2020-01-01,Fake,1950,https://x,5,,,,\nend\",\"a\"\n" REVIEW ("B"),
      " A Fake B", 1, 1 },
    /* A mark that is lost takes nothing with it. */
    { "2024-01-02,Bad,1999,https://boxd.it/c,4,,\"open,\"a\",2024-01-01\n" REVIEW ("B") REVIEW ("C"), " A B C", 1, 0 },
    { "2024-01-02,Bad,1999,https://boxd.it/c,4,,\"open,,2024-01-01\n2024-01-02,B,,https://boxd.it/b,4,,,,\n", " A B", 1, 1 },
  };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (REVIEWS REVIEW ("A"), cases[i / 3].rows, NULL);
      g_auto(Outcome) outcome = { 0 };

      read_rows (text, i % 3, &outcome);
      g_test_message ("%u, line end %u:\n%s", i / 3, i % 3, outcome.notes->str);
      g_assert_cmpstr (outcome.names->str, ==, cases[i / 3].names);
      g_assert_cmpuint (outcome.n_skipped, ==, cases[i / 3].n_skipped);
      g_assert_cmpuint (outcome.n_repaired, ==, cases[i / 3].n_repaired);
    }
}

/* Of 6 MB: more than a row may have. */
static void
test_csv_long_text_is_no_rows (void)
{
  g_autoptr(GString) text = g_string_new (REVIEWS REVIEW ("A") "2024-01-02,Long,1999,https://boxd.it/c,4,,\"");
  g_auto(Outcome) outcome = { 0 };

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "With Ann, Bob, Cid, Dan, Eve, Fay, Gus, Hal, Ida, and Jo.\n");
  g_string_append (text, "\",\"a, b\",2024-01-02\n" REVIEW ("B") REVIEW ("C"));
  read_text (BAL_IMPORT_FORMAT_LETTERBOXD, text->str, &outcome);
  g_assert_cmpstr (outcome.names->str, ==, " A B C");
  g_assert_cmpuint (outcome.n_skipped, ==, 1);
  g_assert_nonnull (strstr (outcome.notes->str, "A line is longer than any review."));
}

/* A lost mark opens a text that takes more than any row may have, and all that is behind it. */
static void
test_csv_long_text_that_is_not_closed_costs_no_row (void)
{
  static const char row[] = "2024-01-02,R,1999,https://boxd.it/r,4,,,,2024-01-02\n";
  g_autoptr(GString) text = g_string_new (REVIEWS REVIEW ("A") "2024-01-02,Long,1999,https://boxd.it/c,4,,\"Fine,\n");
  g_auto(Outcome) outcome = { 0 };
  gsize n = BAL_CSV_MOST_BYTES / strlen (row) + 100;

  for (gsize i = 0; i < n; i++)
    g_string_append (text, row);
  read_text (BAL_IMPORT_FORMAT_LETTERBOXD, text->str, &outcome);
  g_assert_true (g_str_has_prefix (outcome.names->str, " A R"));
  g_assert_cmpuint (outcome.names->len, ==, 2 * (1 + n));
  g_assert_nonnull (strstr (outcome.notes->str, "A line is longer than any review."));
}

/* The mark of one tag is lost, and the next one closes it: the columns are as many as they should be. */
static void
test_csv_tag_of_two_rows_is_none (void)
{
  static const char rows[] = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n"
                             "2024-01-02,A,1999,https://boxd.it/a,4,,\"noir\",2024-01-02\n"
                             "2024-01-02,Bad,1999,https://boxd.it/c,4,,\"sea,2024-01-02\n"
                             "2024-01-02,B,1999,https://boxd.it/b,4,,\"noir\",2024-01-02\n";

  for (guint kind = 0; kind < 3; kind++)
    {
      g_auto(Outcome) outcome = { 0 };

      read_rows (rows, kind, &outcome);
      g_assert_cmpstr (outcome.names->str, ==, " A B");
      g_assert_cmpuint (outcome.n_skipped, ==, 1);
    }
}

/* Each of these lines opens a text that takes all of the file; to read it once more for each takes too long. */
static void
test_csv_what_is_not_reread_is_told (void)
{
  g_autoptr(GString) text = g_string_new (REVIEWS REVIEW ("A"));
  g_auto(Outcome) outcome = { 0 };

  for (guint i = 0; i < 24; i++)
    g_string_append (text, "a\",\"\"\"\n");
  for (guint i = 0; i < 3500000 / 8; i++)
    g_string_append (text, "abcdefg\n");
  g_string_append (text, REVIEW ("B"));
  read_text (BAL_IMPORT_FORMAT_LETTERBOXD, text->str, &outcome);
  g_assert_cmpstr (outcome.names->str, ==, " A");
  g_assert_null (strstr (outcome.notes->str, "All whole lines came in"));
  g_assert_nonnull (strstr (outcome.notes->str, "did not come in"));
}

/* ---- XML ---- */

#define WXR(content)                                                                                                     \
  "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:wp='http://wordpress.org/export/1.2/'><channel>"   \
  "<item><title>A</title><wp:post_id>1</wp:post_id>" content "</item></channel></rss>"

static void
test_xml_attribute_that_is_there_twice (void)
{
  g_auto(Outcome) outcome = { 0 };

  read_text (BAL_IMPORT_FORMAT_WXR, WXR ("<category domain='post_tag' domain='category'>noir</category>"), &outcome);
  g_assert_cmpstr (outcome.names->str, ==, " A");
  g_assert_true (g_str_has_suffix (outcome.texts->str, "|noir\n"));
}

/* A backup of Blogger is one line: the next record begins where the damaged one ends. */
static void
test_xml_record_right_behind_damage (void)
{
  static const char *const damages[] = { "<b></item>", "</b></item>", "<c d='</item>", "</item", "<title", "&" };

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *content = g_strconcat ("</item><item><title>B</title><wp:post_id>2</wp:post_id>", damages[i],
                                              i < 3 ? "" : "</item>", "<item><title>C</title><wp:post_id>3</wp:post_id></item>"
                                              "<item><title>D</title><wp:post_id>4</wp:post_id>", NULL);
      g_autofree char *file = g_strdup_printf (WXR ("%s"), content);
      g_auto(Outcome) outcome = { 0 };

      read_text (BAL_IMPORT_FORMAT_WXR, file, &outcome);
      g_test_message ("%s:%s", damages[i], outcome.names->str);
      g_assert_true (g_str_has_prefix (outcome.names->str, " A "));
      g_assert_true (g_str_has_suffix (outcome.names->str, " C D"));
    }
}

static void
test_xml_references_to_no_character_are_text (void)
{
  static const char file[] = WXR ("%<content:encoded>[&#x;] [&#0;] [&#12] &#xD83D;x&#xDE00; &#xD83D;&#xDE00; &#55357;&#56832;"
                                "<b>&#xD83D;&#xDE00;&#x110000;</b> R&R && &amp; &#8211;<![CDATA[&#xD83D;&#xDE00;]]></content:encoded>");
  static const char text[] = "|[&#x;] [&#0;] [&#12] &#xD83D;x&#xDE00; 😀 😀<b>😀&amp;#x110000;</b> R&R && & –&#xD83D;&#xDE00;|";

  /* Wherever the pieces end in which it is read. */
  for (guint padding = 65536 - 400; padding < 65536 + 100; padding++)
    {
      g_autofree char *spaces = g_strnfill (padding, ' ');
      g_autoptr(GString) padded = g_string_new (file);
      g_auto(Outcome) outcome = { 0 };

      g_string_replace (padded, "%", spaces, 0);
      read_text (BAL_IMPORT_FORMAT_WXR, padded->str, &outcome);
      g_assert_cmpstr (outcome.names->str, ==, " A");
      if (strstr (outcome.texts->str, text) == NULL)
        g_error ("with %u spaces: %s", padding, outcome.texts->str);
      g_assert_cmpuint (outcome.n_repaired, ==, 1);
      g_assert_nonnull (strstr (outcome.notes->str, "Its XML is wrong in "));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("balcony-rescue-XXXXXX", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  reading.path = g_build_filename (dir, "in", NULL);
  reading.target.format = bal_review_format_new_default ();
  reading.target.author = (char *) "Ada";
  g_test_add_func ("/import/rescue/json/behind-what-is-too-large", test_json_behind_what_is_too_large);
  g_test_add_func ("/import/rescue/json/rubbish-is-told-once", test_json_rubbish_is_told_once);
  g_test_add_func ("/import/rescue/json/what-is-cut-is-told", test_json_that_is_cut_is_told);
  g_test_add_func ("/import/rescue/csv/an-empty-cell-at-the-end-is-whole", test_csv_empty_cell_at_the_end_is_whole);
  g_test_add_func ("/import/rescue/csv/a-rating-at-the-end-may-be-cut", test_csv_rating_at_the_end_may_be_cut);
  g_test_add_func ("/import/rescue/csv/a-rating-of-ten-at-the-end-may-be-cut", test_csv_rating_of_ten_at_the_end_may_be_cut);
  g_test_add_func ("/import/rescue/xml/an-attribute-that-is-there-twice", test_xml_attribute_that_is_there_twice);
  g_test_add_func ("/import/rescue/csv/lines-of-a-text-are-no-rows", test_csv_lines_of_a_text_are_no_rows);
  g_test_add_func ("/import/rescue/csv/a-long-text-is-no-rows", test_csv_long_text_is_no_rows);
  g_test_add_func ("/import/rescue/csv/a-long-text-that-is-not-closed-costs-no-row", test_csv_long_text_that_is_not_closed_costs_no_row);
  g_test_add_func ("/import/rescue/csv/a-tag-of-two-rows-is-none", test_csv_tag_of_two_rows_is_none);
  g_test_add_func ("/import/rescue/csv/what-is-not-reread-is-told", test_csv_what_is_not_reread_is_told);
  g_test_add_func ("/import/rescue/xml/a-record-right-behind-damage", test_xml_record_right_behind_damage);
  g_test_add_func ("/import/rescue/xml/references-to-no-character-are-text", test_xml_references_to_no_character_are_text);
  status = g_test_run ();
  bal_review_format_unref (reading.target.format);
  g_remove (reading.path);
  g_rmdir (dir);
  g_free (reading.path);
  return status;
}
