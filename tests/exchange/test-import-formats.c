/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <string.h>

static void
test_wordpress (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_sample ("small.wxr.xml");
  g_autoptr(BalImportReport) preview = import_run (fixture, blog, path, BAL_IMPORT_PREVIEW);
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autoptr(GPtrArray) thread = NULL;
  BalReview *review;
  BalComment *comment;

  assert_counts (preview, 3, 0, 3, 0);
  g_assert_cmpuint (preview->n_skipped, ==, 3);
  g_assert_cmpuint (reviews->len, ==, 0);

  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (report, 3, 0, 3, 0);
  g_assert_cmpint (report->format, ==, BAL_IMPORT_FORMAT_WXR);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "pag"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "poster.jpg"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "password"));

  g_ptr_array_unref (g_steal_pointer (&reviews));
  reviews = import_reviews (fixture, blog);
  review = import_find (reviews, "Late Shows: Night Ferry");
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>A ferry never lands.</p>\n<p>Grade: A-</p>");
  g_assert_cmpstr (bal_review_get_grade (review), ==, "A-");
  g_assert_cmpstr (bal_review_get_excerpt (review), ==, "Short.");
  g_assert_cmpstr (bal_review_get_slug (review), ==, "night-ferry");
  g_assert_cmpint (bal_review_get_published (review), ==, 1559239440);
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpstr (bal_review_get_labels (review)[0], ==, "ferry");
  g_assert_cmpstr (bal_review_get_categories (review)[0], ==, "Films");

  thread = import_thread (fixture, review);
  g_assert_cmpuint (thread->len, ==, 3);
  comment = g_ptr_array_index (thread, 0);
  g_assert_cmpstr (bal_comment_get_author (comment), ==, "Reader");
  g_assert_cmpstr (bal_comment_get_html (comment), ==, "Does it land?<br />\nI hope so.");
  g_assert_cmpstr (bal_comment_get_author_email (comment), ==, "reader@example.com");
  g_assert_false (bal_comment_get_mine (comment));
  comment = g_ptr_array_index (thread, 1);
  g_assert_true (bal_comment_get_mine (comment));
  g_assert_cmpuint (bal_comment_get_depth (comment), ==, 1);
  comment = g_ptr_array_index (thread, 2);
  g_assert_cmpint (bal_comment_get_status (comment), ==, BAL_COMMENT_STATUS_SPAM);

  review = import_find (reviews, "Plain Sea & Sky");
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>No <b>CDATA</b> here,<br>and a&nbsp;space.</p>");
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpint (bal_review_get_status (import_find (reviews, "Secret")), ==, BAL_REVIEW_STATUS_PRIVATE);
}

static void
test_blogger (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_sample ("backup.atom.xml");
  g_autofree char *later = import_sample ("takeout.atom");
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) second = NULL;
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autoptr(GPtrArray) thread = NULL;
  BalReview *review = import_find (reviews, "Late Shows: Night Ferry");

  assert_counts (report, 2, 0, 2, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "not in the file"));
  g_assert_cmpstr (bal_review_get_html (review), ==, "A ferry never lands.<br /><br />Grade: A-");
  g_assert_cmpstr (bal_review_get_grade (review), ==, "A-");
  g_assert_cmpstr (bal_review_get_slug (review), ==, "night-ferry");
  g_assert_cmpstr (bal_review_get_labels (review)[0], ==, "ferry");
  g_assert_cmpint (bal_review_get_published (review), ==, 1559239440);
  g_assert_cmpint (bal_review_get_status (import_find (reviews, "Not yet")), ==, BAL_REVIEW_STATUS_DRAFT);

  /* The reply stands before its parent and before the post. */
  thread = import_thread (fixture, review);
  g_assert_cmpuint (thread->len, ==, 2);
  g_assert_cmpstr (bal_comment_get_author (g_ptr_array_index (thread, 0)), ==, "Reader");
  g_assert_true (bal_comment_get_mine (g_ptr_array_index (thread, 1)));
  g_assert_cmpuint (bal_comment_get_depth (g_ptr_array_index (thread, 1)), ==, 1);
  g_assert_null (bal_comment_get_author_email (g_ptr_array_index (thread, 1)));

  /* The Takeout of the same blog brings what came since. */
  second = import_run (fixture, blog, later, BAL_IMPORT_NONE);
  assert_counts (second, 1, 1, 1, 1);
  g_ptr_array_unref (g_steal_pointer (&reviews));
  reviews = import_reviews (fixture, blog);
  g_assert_cmpuint (reviews->len, ==, 3);
  g_assert_cmpint (bal_review_get_status (import_find (reviews, "Sea & Sky")), ==, BAL_REVIEW_STATUS_TRASH);
  g_ptr_array_unref (g_steal_pointer (&thread));
  thread = import_thread (fixture, import_find (reviews, "Late Shows: Night Ferry"));
  g_assert_cmpuint (thread->len, ==, 3);
}

static void
test_letterboxd (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_sample ("letterboxd");
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  BalReview *review = import_find (reviews, "Night Ferry (2019)");

  assert_counts (report, 4, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "watchlist.csv"));
  g_assert_nonnull (strstr (bal_review_get_html (review),
                            "<p>It <i>never</i> lands.</p>\n<p>Said \"so\" twice,<br />\nreally.</p>"));
  g_assert_cmpstr (bal_review_get_film (review), ==, "Night Ferry");
  g_assert_cmpint (bal_review_get_film_year (review), ==, 2019);
  g_assert_cmpstr (bal_review_get_grade (review), ==, "A");
  g_assert_cmpint (bal_review_get_published (review), ==, 1704110400);
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpuint (g_strv_length ((char **) bal_review_get_labels (review)), ==, 3);
  g_assert_true (g_strv_contains (bal_review_get_labels (review), "rewatch"));
  g_assert_cmpstr (bal_review_get_grade (import_find (reviews, "Old Harbour (1999)")), ==, "F");
  g_assert_null (bal_review_get_grade (import_find (reviews, "Gulls, Gulls (2001)")));
}

static void
write_row_file (Fixture    *fixture,
                const char *name,
                const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* As the archive has it: beside the person's own files there are others with the same names and columns. */
static void
test_letterboxd_folders (Fixture       *fixture,
                         gconstpointer  data)
{
#define VIEWING(name) "2024-01-02," name ",2019,https://boxd.it/" name ",4,,,2024-01-01\n"
#define WRITTEN(name) "2024-01-02," name ",2019,https://boxd.it/" name ",4,,Fine.,,2024-01-01\n"
  static const char diary[] = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n";
  static const char reviews[] = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n";
  static const struct { const char *name; const char *head; const char *row; } files[] = {
    { "diary.csv", diary, VIEWING ("A") VIEWING ("B") }, { "reviews.csv", reviews, WRITTEN ("A") },
    { "deleted/diary.csv", diary, VIEWING ("Deleted") }, { "deleted/reviews.csv", reviews, WRITTEN ("Deleted") },
    { "orphaned/diary.csv", diary, VIEWING ("C") }, { "orphaned/reviews.csv", reviews, WRITTEN ("C") },
    { "likes/reviews.csv", reviews, WRITTEN ("Liked") }, { "lists/noir.csv", diary, VIEWING ("Listed") },
    { "comments.csv", "Date,Content,Comment\n", "2024-01-02,https://boxd.it/x,Yes\n" },
    { "profile.csv", "Date Joined,Username\n", "2024-01-02,ada\n" }, { "watchlist.csv", "Date,Name,Year,Letterboxd URI\n", "" },
  };
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = g_build_filename (fixture->dir, "export", NULL);
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) after = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_build_filename ("export", "my-lists", files[i].name, NULL);
      g_autofree char *text = g_strconcat (files[i].head, files[i].row, NULL);

      write_row_file (fixture, name, text);
    }
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (report, 3, 0, 0, 0);
  after = import_reviews (fixture, blog);
  g_assert_nonnull (strstr (bal_review_get_html (import_find (after, "C (2019)")), "Fine."));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "has no films any more"));
  g_assert_cmpuint (report->n_repaired, ==, 1);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "It was deleted at Letterboxd"));
  g_assert_cmpuint (report->n_skipped, ==, 7);
#undef VIEWING
#undef WRITTEN
}

/* By other programs, with other columns in another order. */
static void
test_rows_made_for_letterboxd (Fixture       *fixture,
                               gconstpointer  data)
{
  static const char rows[] = "Year,Title,imdbID,Rating10,WatchedDate,Own,Review,Rewatch\n"
                             "1961,\"The \\\"Ferry\\\"\",tt1,9,2019-05-30,,\"\\\"No\\\", said \"\"he\"\" \\\\o/ C:\\x\",true\n"
                             "2001,Gulls,,1,,x,,\n";
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_write (fixture, "made.csv", rows, strlen (rows));
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  BalReview *review;

  assert_counts (report, 2, 0, 0, 0);
  g_assert_cmpuint (report->n_skipped + report->n_repaired, ==, 0);
  review = import_find (reviews, "The \"Ferry\" (1961)");
  g_assert_nonnull (strstr (bal_review_get_html (review), "<p>\"No\", said \"he\" \\o/ C:\\x</p>"));
  g_assert_cmpstr (bal_review_get_grade (review), ==, "A");
  g_assert_true (g_strv_contains (bal_review_get_labels (review), "rewatch"));
  g_assert_cmpstr (bal_review_get_grade (import_find (reviews, "Gulls (2001)")), ==, "F");
}

static void
test_folder (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_sample ("site");
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autoptr(GPtrArray) thread = NULL;
  BalReview *review = import_find (reviews, "Late Shows: Night Ferry");

  assert_counts (report, 5, 0, 2, 0);
  g_assert_cmpuint (report->n_skipped, ==, 2);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "anchor.md"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "poster.png"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "toc"));

  g_assert_nonnull (strstr (bal_review_get_html (review), "<p>A <em>ferry</em> never lands.</p>"));
  g_assert_nonnull (strstr (bal_review_get_html (review), "<td><del>sees</del></td>"));
  g_assert_nonnull (strstr (bal_review_get_html (review), "<div class=\"own\">raw</div>"));
  g_assert_cmpstr (bal_review_get_grade (review), ==, "A-");
  g_assert_cmpstr (bal_review_get_slug (review), ==, "night-ferry");
  g_assert_cmpint (bal_review_get_published (review), ==, 1559239440);
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpstr (bal_review_get_labels (review)[1], ==, "deep sea");
  g_assert_cmpstr (bal_review_get_categories (review)[0], ==, "films");

  review = import_find (reviews, "Plain \"Sea\"");
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpuint (g_strv_length ((char **) bal_review_get_labels (review)), ==, 3);

  review = import_find (reviews, "Heading as Title");
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>No front matter here.</p>\n");
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_DRAFT);

  review = import_find (reviews, "Old Harbour");
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>It rains &amp; rains.</p>");
  g_assert_cmpstr (bal_review_get_labels (review)[1], ==, "rain");

  thread = import_thread (fixture, import_find (reviews, "Gulls"));
  g_assert_cmpuint (thread->len, ==, 2);
  g_assert_cmpuint (bal_comment_get_depth (g_ptr_array_index (thread, 1)), ==, 1);
}

static void
test_pictures_of_a_folder (Fixture       *fixture,
                           gconstpointer  data)
{
  static const char png[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0\37\25\304\211";
  static const char page[] = "---\ntitle: Ferry\ndate: 2020-01-01\n---\n![a](../pics/a.png) ![b](/b.png) ![c](https://x.example/c.png)"
                             " ![d](missing.png) ![e](../../outside.png)\n";
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *root = g_build_filename (fixture->dir, "site", NULL);
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  const char *html;

  for (guint i = 0; i < 3; i++)
    {
      static const char *const folders[] = { "posts", "pics", "static" };
      g_autofree char *folder = g_build_filename (root, folders[i], NULL);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    }
  g_free (import_write (fixture, "outside.png", png, sizeof png));
  g_free (import_write (fixture, "site/pics/a.png", png, sizeof png));
  g_free (import_write (fixture, "site/static/b.png", png, sizeof png));
  g_free (import_write (fixture, "site/posts/ferry.md", page, sizeof page - 1));

  report = import_run (fixture, blog, root, BAL_IMPORT_NONE);
  assert_counts (report, 1, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "missing.png"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "outside.png"));
  reviews = import_reviews (fixture, blog);
  html = bal_review_get_html (import_find (reviews, "Ferry"));
  g_assert_true (g_str_has_prefix (html, "<p><img src=\"media:1\" alt=\"a\"> <img src=\"media:2\" alt=\"b\"> "
                                         "<img src=\"https://x.example/c.png\" alt=\"c\"> <img src=\"missing.png\""));
}

static void
test_json_front_matter (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char page[] = "{\n  \"title\": \"The \\\"Ferry\\\" \\ud83d\\udea2\",\n  \"date\": \"2019-05-30T18:04:00Z\","
                             " \"draft\": false, \"tags\": [\"noir\", \"deep sea\"], \"categories\": \"films\","
                             " \"weight\": 3, \"params\": {\"a\": 1}}\n\nIt {never} lands.\n";
  static const char broken[] = "{ \"title\": \"Cut";
  static const char brace[] = "{curly} words begin this one.\n";
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_write (fixture, "ferry.md", page, sizeof page - 1);
  g_autofree char *cut = import_write (fixture, "cut.md", broken, sizeof broken - 1);
  g_autofree char *plain = import_write (fixture, "plain.md", brace, sizeof brace - 1);
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) none = import_run (fixture, blog, cut, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) third = import_run (fixture, blog, plain, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  BalReview *review = import_find (reviews, "The \"Ferry\" \360\237\232\242");

  assert_counts (report, 1, 0, 0, 0);
  g_assert_cmpstr (bal_review_get_html (review), ==, "<p>It {never} lands.</p>\n");
  g_assert_cmpint (bal_review_get_published (review), ==, 1559239440);
  g_assert_cmpint (bal_review_get_status (review), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpstr (bal_review_get_labels (review)[1], ==, "deep sea");
  g_assert_cmpstr (bal_review_get_categories (review)[0], ==, "films");
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "weight, params"));
  assert_counts (none, 0, 0, 0, 0);
  g_assert_true (import_has_note (none, BAL_IMPORT_NOTE_SKIPPED, "front matter"));
  assert_counts (third, 1, 0, 0, 0);
}

static gboolean
set_site (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  return bal_blog_table_update (transaction, data, error);
}

#define META(key, value) "<wp:postmeta><wp:meta_key>" key "</wp:meta_key><wp:meta_value>" value "</wp:meta_value></wp:postmeta>"

/* Its own site finds it by its number; for another one it is told where it is. */
static void
test_featured_images_and_fields (Fixture       *fixture,
                                 gconstpointer  data)
{
  static const char feed[] =
    "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
    " xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><link>https://a.example</link>"
    "<wp:base_blog_url>https://a.example</wp:base_blog_url>"
    "<item><title>Still</title><wp:post_id>57</wp:post_id><wp:post_type>attachment</wp:post_type>"
    "<wp:attachment_url>https://a.example/still.jpg</wp:attachment_url></item>"
    "<item><title>A</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    "<wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt><content:encoded>W.</content:encoded>"
    META ("_thumbnail_id", "57") META ("_edit_last", "1") META ("mood", "blue") META ("mood", "red") META ("seen_in", "Oslo")
    "</item>"
    "<item><title>B</title><wp:post_id>2</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    "<wp:post_date_gmt>2020-01-03 10:00:00</wp:post_date_gmt><content:encoded>W.</content:encoded>"
    META ("_thumbnail_id", "99") META ("_thumbnail_id", "x") "</item></channel></rss>";
  g_autoptr(BalBlog) other = import_blog (fixture, "Other", FALSE);
  g_autoptr(BalBlog) same = import_blog (fixture, "Same", FALSE);
  g_autofree char *path = import_write (fixture, "feed.xml", feed, sizeof feed - 1);
  g_autoptr(BalImportReport) report = import_run (fixture, other, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) back = NULL;
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, other);
  g_autoptr(GPtrArray) returned = NULL;

  assert_counts (report, 2, 0, 0, 0);
  g_assert_null (bal_review_get_featured_image (import_find (reviews, "A")));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "https://a.example/still.jpg"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "number 99"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "mood, seen_in."));
  g_assert_false (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "_edit_last"));

  bal_blog_set_url (same, "http://a.example/");
  bal_blog_set_capabilities (same, BAL_CAPABILITY_FEATURED_IMAGE);
  fixture_write (fixture, set_site, same);
  back = import_run (fixture, same, path, BAL_IMPORT_NONE);
  returned = import_reviews (fixture, same);
  g_assert_cmpstr (bal_review_get_featured_image (import_find (returned, "A")), ==, "57");
  g_assert_false (import_has_note (back, BAL_IMPORT_NOTE_REPAIRED, "still.jpg"));
}

/* What each of the shared samples holds. */
static void
test_shared (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct
  {
    const char *name;
    guint       n_reviews;
    guint       n_comments;
    guint       n_skipped;
  } samples[] = {
    { "exchange/wxr/a11y-unit-test-data.xml", 48, 25, 110 },
    { "exchange/wxr/cdata-edge.xml", 1, 0, 0 },
    { "exchange/wxr/crazy-cdata.xml", 1, 0, 0 },
    { "exchange/wxr/entities-options-and-posts.xml", 1, 0, 0 },
    { "exchange/wxr/malformed.xml", 0, 0, 0 },
    { "exchange/wxr/missing-tags.xml", 1, 0, 0 },
    { "exchange/wxr/namespace-edge-cases.xml", 6, 0, 0 },
    { "exchange/wxr/sitetitle.wordpress.2025-01-19.000.xml", 7, 0, 9 },
    { "exchange/wxr/small-export.xml", 6, 1, 5 },
    { "exchange/wxr/stylish-press.xml", 0, 0, 3 },
    { "exchange/wxr/valid-wxr-1.1.xml", 1, 1, 1 },
    { "exchange/wxr/wxr-comprehensive.xml", 1, 1, 1 },
    { "exchange/blogger/classic-2017-trimmed-anonymised.xml", 5, 20, 7 },
    { "exchange/blogger/classic-google-blogconverters-sample.xml", 3, 2, 0 },
    { "exchange/blogger/classic-google-blogconverters-sample2.xml", 4, 3, 48 },
    { "exchange/blogger/takeout-2018-schema-SYNTHETIC.atom", 3, 2, 1 },
    { "exchange/blogger/post-html-patterns-SYNTHETIC.html", 1, 0, 0 },
    { "the-perfection.txt", 1, 8, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr(BalBlog) blog = import_blog (fixture, samples[i].name, TRUE);
      g_autofree char *path = import_shared (samples[i].name);
      g_autoptr(BalImportReport) preview = NULL;
      g_autoptr(BalImportReport) report = NULL;
      g_autoptr(BalImportReport) again = NULL;

      if (path == NULL)
        {
          g_test_skip ("the shared samples are not here");
          return;
        }

      g_test_message ("%s", samples[i].name);
      preview = import_run (fixture, blog, path, BAL_IMPORT_PREVIEW);
      assert_counts (preview, samples[i].n_reviews, 0, samples[i].n_comments, 0);
      report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
      assert_counts (report, samples[i].n_reviews, 0, samples[i].n_comments, 0);
      g_assert_cmpuint (report->n_skipped, ==, samples[i].n_skipped);
      again = import_run (fixture, blog, path, BAL_IMPORT_NONE);
      assert_counts (again, 0, samples[i].n_reviews, 0, samples[i].n_comments);
      g_assert_cmpuint (again->n_kept, ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/import/wordpress", test_wordpress);
  fixture_add ("/import/blogger-then-its-takeout", test_blogger);
  fixture_add ("/import/letterboxd-rows-of-one-viewing-are-one-review", test_letterboxd);
  fixture_add ("/import/letterboxd-knows-files-by-their-folders", test_letterboxd_folders);
  fixture_add ("/import/rows-made-for-letterboxd", test_rows_made_for_letterboxd);
  fixture_add ("/import/folder-of-pages", test_folder);
  fixture_add ("/import/pictures-of-a-folder-come-along", test_pictures_of_a_folder);
  fixture_add ("/import/json-front-matter", test_json_front_matter);
  fixture_add ("/import/featured-images-and-fields", test_featured_images_and_fields);
  fixture_add ("/import/shared-samples-have-their-known-counts", test_shared);
  return g_test_run ();
}
