/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-posts.h"

#include <glib/gstdio.h>
#include <string.h>

/* What fills a folder: Markdown, and Letterboxd's files. */

#define BODY \
  "<p>A ferry <strong>leaves</strong> at night, see <a href=\"https://blog.example/a\">there</a>.</p>\n" \
  "<blockquote><p>Said he.</p></blockquote>\n" \
  "<p style=\"text-align: center\">* * *</p>\n" \
  "<figure><img src=\"https://blog.example/still.jpg\" alt=\"\"><figcaption>A still</figcaption></figure>\n" \
  "<p>Grade: B+</p>\n<p>Watched on: DVD</p>"

static void
assert_same_blocks (const char *a_html,
                    const char *b_html)
{
  g_autoptr(BalDocument) a = bal_document_new_from_html (a_html, -1, BAL_DIALECT_HTML);
  g_autoptr(BalDocument) b = bal_document_new_from_html (b_html, -1, BAL_DIALECT_HTML);

  g_assert_cmpuint (bal_document_get_n_blocks (a), ==, bal_document_get_n_blocks (b));
  for (guint i = 0; i < bal_document_get_n_blocks (a); i++)
    g_assert_true (bal_block_equal (bal_document_get_block (a, i), bal_document_get_block (b, i)));
}

/* What counts: all but bytes that show nothing, the blog's own ids, and addresses of commenters. */
static void
assert_same_review (BalReview *a,
                    BalReview *b)
{
  g_auto(BalReviewFields) a_fields = { NULL };
  g_auto(BalReviewFields) b_fields = { NULL };

  bal_review_dup_fields (a, &a_fields);
  bal_review_dup_fields (b, &b_fields);
  g_assert_true (bal_review_fields_equal (&a_fields, &b_fields));
  g_assert_cmpstr (bal_review_get_title (a), ==, bal_review_get_title (b));
  g_assert_cmpstr (bal_review_get_slug (a), ==, bal_review_get_slug (b));
  g_assert_cmpstr (bal_review_get_excerpt (a), ==, bal_review_get_excerpt (b));
  g_assert_cmpint (bal_review_get_published (a), ==, bal_review_get_published (b));
  g_assert_cmpint (bal_review_get_status (a), ==, bal_review_get_status (b));
  g_assert_true (g_strv_equal (bal_review_get_labels (a), bal_review_get_labels (b)));
  g_assert_true (g_strv_equal (bal_review_get_categories (a), bal_review_get_categories (b)));
  assert_same_blocks (bal_review_get_html (a), bal_review_get_html (b));
}

static void
fill (Fixture *fixture,
      BalBlog *blog)
{
  static const char *const labels[] = { "slow burn", "a, b: \"c\" # d", "true", NULL };
  static const char *const categories[] = { "Ferries", NULL };
  g_autoptr(BalReview) ferry = export_post_new ("Late Shows: Night Ferry (1961)", BODY, "2019-05-30");
  g_autoptr(BalReview) draft = export_post_new ("- \"Not\" yet: {{ tonight }}", "<p>Soon.</p>", NULL);
  g_autoptr(BalReview) secret = export_post_new ("For me", "<p>Mine.</p>", "2020-01-02");
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  bal_review_set_slug (ferry, "night-ferry");
  bal_review_set_url (ferry, "https://blog.example/2019/05/night-ferry.html");
  bal_review_set_excerpt (ferry, "Two lines\nof it");
  bal_review_set_labels (ferry, labels);
  bal_review_set_categories (ferry, categories);
  bal_review_set_slug (draft, "soon");
  bal_review_set_slug (secret, "for-me");
  bal_review_set_status (secret, BAL_REVIEW_STATUS_PRIVATE);
  g_ptr_array_add (comments, export_comment_new ("Ada \"A\" \\ B", "<p>I was <b>there</b>.</p>", FALSE, BAL_COMMENT_STATUS_APPROVED));
  g_ptr_array_add (comments, export_comment_new ("Sam", "<p>So was I.\nTwice.</p>", TRUE, BAL_COMMENT_STATUS_APPROVED));
  g_ptr_array_add (comments, export_comment_new ("Pills", "<a href=\"https://pills.example\">cheap</a>", TRUE, BAL_COMMENT_STATUS_SPAM));
  export_put (fixture, blog, ferry, comments);
  export_put (fixture, blog, draft, NULL);
  export_put (fixture, blog, secret, NULL);
}

static void
markdown_comes_back (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", FALSE);
  g_autoptr(BalBlog) other = import_blog (fixture, "To", TRUE);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  g_autoptr(BalExportReport) report = NULL;
  g_autoptr(BalImportReport) imported = NULL;
  g_autoptr(BalImportReport) again = NULL;
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) thread = NULL;

  fill (fixture, blog);
  report = export_run (fixture, blog, "md", BAL_EXPORT_FORMAT_MARKDOWN, &path);
  g_assert_cmpuint (report->n_reviews, ==, 3);
  g_assert_cmpuint (report->n_comments, ==, 2);
  g_assert_true (export_has_note (report, "1 comment that readers don’t see"));

  text = export_read (path, "2019-05-30-night-ferry.md");
  g_assert_nonnull (strstr (text, "url: \"/2019/05/night-ferry.html\"\ncanonical_url: \"https://blog.example/"));
  g_assert_nonnull (strstr (text, "film: \"Night Ferry\"\nfilm_year: 1961\ngrade: \"B+\"\nwatched_on: \"DVD\"\n"));
  g_assert_nonnull (strstr (text, "A ferry **leaves** at night, see [there](https://blog.example/a).\n\n> Said he.\n"));
  g_assert_nonnull (strstr (text, "<figcaption>A still</figcaption>"));
  json = export_read (path, "comments/2019-05-30-night-ferry.json");
  g_assert_null (strstr (json, "reader@"));
  g_assert_null (strstr (json, "pills"));

  imported = import_run (fixture, other, path, BAL_IMPORT_NONE);
  assert_counts (imported, 3, 0, 2, 0);
  g_assert_cmpuint (imported->n_skipped + imported->n_repaired, ==, 0);
  before = import_reviews (fixture, blog);
  after = import_reviews (fixture, other);
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    assert_same_review (g_ptr_array_index (before, i), g_ptr_array_index (after, i));

  thread = import_thread (fixture, import_find (after, "Late Shows: Night Ferry (1961)"));
  g_assert_cmpuint (thread->len, ==, 2);
  g_assert_cmpstr (bal_comment_get_author (g_ptr_array_index (thread, 0)), ==, "Ada \"A\" \\ B");
  g_assert_cmpstr (bal_comment_get_html (g_ptr_array_index (thread, 1)), ==, "<p>So was I.\nTwice.</p>");
  g_assert_cmpint (bal_comment_get_parent_id (g_ptr_array_index (thread, 1)), ==,
                   bal_comment_get_id (g_ptr_array_index (thread, 0)));

  again = import_run (fixture, other, path, BAL_IMPORT_NONE);
  assert_counts (again, 0, 3, 0, 2);
}

static void
what_is_hidden_stays_a_draft (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", FALSE);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(BalExportReport) report = NULL;

  fill (fixture, blog);
  report = export_run (fixture, blog, "md", BAL_EXPORT_FORMAT_MARKDOWN, &path);
  text = export_read (path, "2020-01-02-for-me.md");
  g_assert_nonnull (strstr (text, "\ndraft: true\npublished: false\nstatus: \"private\"\n"));
}

/* (transfer full): a folder with a page that shows a picture twice, the second time under a name with a space. */
static char *
make_illustrated (Fixture *fixture)
{
  static const char dot[] = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  g_autofree char *folder = g_build_filename (fixture->dir, "illustrated", NULL);
  g_autofree char *page = g_build_filename ("illustrated", "gulls.md", NULL);
  g_autofree char *first = g_build_filename ("illustrated", "poster.png", NULL);
  g_autofree char *second = g_build_filename ("illustrated", "The Poster.png", NULL);
  const char *text = "---\ntitle: Gulls\ndate: 2019-05-30\n---\n![A gull](poster.png)\n\nText.\n\n![](<The Poster.png>)\n";
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (dot, &length);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_free (import_write (fixture, page, text, strlen (text)));
  g_free (import_write (fixture, first, (const char *) bytes, length));
  g_free (import_write (fixture, second, (const char *) bytes, length));
  return g_steal_pointer (&folder);
}

static void
pictures_come_along (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", TRUE);
  g_autoptr(BalBlog) other = import_blog (fixture, "To", TRUE);
  g_autofree char *site = make_illustrated (fixture);
  g_autofree char *path = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *text = NULL;
  g_autoptr(BalImportReport) first = import_run (fixture, blog, site, BAL_IMPORT_NONE);
  g_autoptr(BalExportReport) report = export_run (fixture, blog, "md", BAL_EXPORT_FORMAT_MARKDOWN, &path);
  g_autoptr(BalImportReport) second = import_run (fixture, other, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) after = import_reviews (fixture, other);
  const char *html = bal_review_get_html (import_find (after, "Gulls"));

  g_assert_cmpuint (report->n_pictures, ==, 2);
  picture = g_build_filename (path, "images", "poster.png", NULL);
  g_assert_true (g_file_test (picture, G_FILE_TEST_IS_REGULAR));
  text = export_read (path, "2019-05-30-gulls.md");
  g_assert_nonnull (strstr (text, "![A gull](images/poster.png)\n\nText.\n\n![](images/the-poster.png)\n"));
  assert_counts (second, 1, 0, 0, 0);
  g_assert_nonnull (strstr (html, "<img src=\"media:"));
  g_assert_null (strstr (html, "images/"));
}

static void
count_files (const char *folder,
             guint      *n)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (*name, !=, '.');
      g_assert_null (strpbrk (name, "<>:\"|?*\\"));
      g_assert_cmpuint (strlen (name), <, 120);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        count_files (path, n);
      else
        (*n)++;
    }
}

/* Slugs that lead out of the folder, devices, and names that differ in case alone. */
static void
names_are_safe_and_each_once (Fixture       *fixture,
                              gconstpointer  data)
{
  static const char *const slugs[] = {
    "../../etc/passwd", "..%2f..%2fetc", "/absolute", "con", "NUL", "a:b|c?.md", ".hidden", "same", "Same", "SAME",
    "caf\xc3\xa9", "cafe\xcc\x81", "%e3%83%95", "\xe2\x80\xae" "fdp.exe", "", "-", "x\n---\ny",
  };
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", FALSE);
  g_autofree char *path = NULL;
  g_autoptr(BalExportReport) report = NULL;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (slugs); i++)
    {
      g_autoptr(BalReview) review = export_post_new (slugs[i], "<p>Text.</p>", i % 2 == 0 ? "2019-05-30" : NULL);

      bal_review_set_slug (review, slugs[i]);
      export_put (fixture, blog, review, NULL);
    }
  report = export_run (fixture, blog, "md", BAL_EXPORT_FORMAT_MARKDOWN, &path);
  count_files (path, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (slugs));
}

/* ---- Letterboxd ---- */

static void
letterboxd_has_its_columns (Fixture       *fixture,
                            gconstpointer  data)
{
  static const char *const labels[] = { "slow burn", "a,b", NULL };
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", FALSE);
  g_autoptr(BalReview) first = export_post_new ("Night Ferry (1961)", "<p>A \"ferry\", at night.</p><p>Grade: A+</p>", "2019-05-30");
  g_autoptr(BalReview) second = export_post_new ("Night ferry (1961)", "<p>Again &amp; <em>again</em>, <a href='https://a.example/?b=\\&amp;c='>C:\\\\</a>.</p><p>Grade: F</p>",
                                                 "2021-01-02");
  g_autoptr(BalReview) same_day = export_post_new ("Night Ferry (1961)", "<p>Twice.</p>", "2021-01-02");
  g_autoptr(BalReview) quoted = export_post_new ("The \"Perfection\" \\o/ (2018)", "<p>\"Hm\"</p>", "2017-03-04");
  g_autoptr(BalReview) long_ago = export_post_new ("Night Ferry (1961)", "<p>At last.</p><p>Watched on: 2001-02-03, cinema</p>",
                                                   "2022-03-04");
  g_autoptr(BalReview) no_year = export_post_new ("Gulls", "<p>=1+1</p><table><tr><td>x</td></tr></table>", "2018-03-04");
  g_autoptr(BalReview) draft = export_post_new ("Soon (2020)", "<p>x</p>", NULL);
  g_autoptr(BalBlog) other = import_blog (fixture, "To", TRUE);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(BalExportReport) report = NULL;
  g_autoptr(BalImportReport) imported = NULL;
  g_autoptr(GPtrArray) after = NULL;

  bal_review_set_labels (first, labels);
  export_put (fixture, blog, second, NULL);
  export_put (fixture, blog, same_day, NULL);
  export_put (fixture, blog, quoted, NULL);
  export_put (fixture, blog, first, NULL);
  export_put (fixture, blog, no_year, NULL);
  export_put (fixture, blog, long_ago, NULL);
  export_put (fixture, blog, draft, NULL);
  report = export_run (fixture, blog, "csv", BAL_EXPORT_FORMAT_LETTERBOXD, &path);
  text = export_read (path, "letterboxd-01.csv");
  g_assert_cmpstr (text, ==,
    "LetterboxdURI,tmdbID,imdbID,Title,Year,Directors,Rating,Rating10,WatchedDate,Rewatch,Tags,Review\n"
    ",,,Night Ferry,1961,,,,2001-02-03,false,,\"At last.\n\nWatched on: 2001-02-03, cinema\"\n"
    ",,,\"The \\\"Perfection\\\" \\\\o/\",2018,,,,2017-03-04,false,,&quot;Hm&quot;\n"
    ",,,Gulls,,,,,2018-03-04,false,,=1+1\n"
    ",,,Night Ferry,1961,,5,10,2019-05-30,true,\"slow burn, a b\",\"A &quot;ferry&quot;, at night.\n\nGrade: A+\"\n"
    ",,,Night ferry,1961,,0.5,1,2021-01-02,true,,\"Again &amp; <i>again</i>, <a href='https://a.example/?b=&#92;&amp;c='>C:&#92;&#92;</a>."
    "\n\nGrade: F\"\n"
    ",,,Night Ferry,1961,,,,2021-01-02,true,,Twice.\n");
  g_assert_cmpuint (report->n_reviews, ==, 6);
  g_assert_cmpuint (report->n_left_out, ==, 1);
  g_assert_true (export_has_note (report, "has no year"));
  g_assert_true (export_has_note (report, "1 picture, table or embed"));
  g_assert_true (export_has_note (report, "Letterboxd would show it"));
  g_assert_true (export_has_note (report, "has the same day"));

  imported = import_run (fixture, other, path, BAL_IMPORT_NONE);
  assert_counts (imported, 6, 0, 0, 0);
  after = import_reviews (fixture, other);
  g_assert_nonnull (strstr (bal_review_get_html (import_find (after, "The \"Perfection\" \\o/ (2018)")), "&quot;Hm&quot;"));
}

static void
letterboxd_files_are_small_and_come_back (Fixture       *fixture,
                                          gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", FALSE);
  g_autoptr(BalBlog) other = import_blog (fixture, "To", TRUE);
  g_autofree char *path = NULL;
  g_autofree char *long_text = g_strnfill (90000, 'x');
  g_autofree char *html = g_strdup_printf ("<p>%s</p><p>Grade: B-</p>", long_text);
  g_autoptr(BalExportReport) report = NULL;
  g_autoptr(BalImportReport) imported = NULL;
  g_autoptr(GPtrArray) after = NULL;
  guint n = 0;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *title = g_strdup_printf ("Film %u (19%02u)", i, i + 10);
      g_autofree char *day = g_strdup_printf ("2019-05-%02u", i + 1);
      g_autoptr(BalReview) review = export_post_new (title, html, day);

      export_put (fixture, blog, review, NULL);
    }
  report = export_run (fixture, blog, "csv", BAL_EXPORT_FORMAT_LETTERBOXD, &path);
  count_files (path, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("letterboxd-%02u.csv", i);
      g_autofree char *text = export_read (path, name);

      g_assert_cmpuint (strlen (text), <=, 1000000);
      g_assert_true (g_str_has_prefix (text, "LetterboxdURI,"));
    }

  imported = import_run (fixture, other, path, BAL_IMPORT_NONE);
  assert_counts (imported, 25, 0, 0, 0);
  after = import_reviews (fixture, other);
  g_assert_cmpstr (bal_review_get_grade (import_find (after, "Film 3 (1913)")), ==, "B-");
  g_assert_cmpint (bal_review_get_film_year (import_find (after, "Film 3 (1913)")), ==, 1913);
}

static void
nothing_is_written_for_nothing (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", FALSE);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr(BalExportReport) report = export_run (fixture, blog, "csv", BAL_EXPORT_FORMAT_LETTERBOXD, &path);

  text = export_read (path, "letterboxd-01.csv");
  g_assert_true (g_str_has_suffix (text, ",Review\n"));
  g_assert_cmpuint (report->n_reviews, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/exchange/export/markdown/comes-back", markdown_comes_back);
  fixture_add ("/exchange/export/markdown/what-is-hidden-stays-a-draft", what_is_hidden_stays_a_draft);
  fixture_add ("/exchange/export/markdown/pictures-come-along", pictures_come_along);
  fixture_add ("/exchange/export/markdown/names-are-safe-and-each-once", names_are_safe_and_each_once);
  fixture_add ("/exchange/export/letterboxd/has-its-columns", letterboxd_has_its_columns);
  fixture_add ("/exchange/export/letterboxd/files-are-small-and-come-back", letterboxd_files_are_small_and_come_back);
  fixture_add ("/exchange/export/letterboxd/nothing-is-written-for-nothing", nothing_is_written_for_nothing);
  return g_test_run ();
}
