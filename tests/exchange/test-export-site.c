/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-media-refs.h"
#include "bal-site-html.h"
#include "bal-tokenizer.h"
#include "export-posts.h"

#include <jansson.h>
#include <string.h>

/* Pages for anybody: whole, and with nothing in them that runs, whoever wrote what. */

static const char *const implied[] = { "dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr", NULL };
static const char *const running[] = { "script", "iframe", "object", "embed", "form", "style", "base", "svg", "math", "template", NULL };

static gboolean
is_listed (const BalTokens *tokens,
           const BalToken  *token,
           const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (bal_tokens_name_is (tokens, token, names[i]))
      return TRUE;
  return FALSE;
}

static void
assert_safe_address (const char *address)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);
  gboolean is_known = scheme == NULL || g_str_equal (scheme, "http") || g_str_equal (scheme, "https") ||
                      g_str_equal (scheme, "mailto") || g_str_has_prefix (address, "data:image/");

  if (!is_known || g_str_has_prefix (address, "//") || g_str_has_prefix (address, "/"))
    g_error ("an address leads away: %s", address);
}

/* Every tag has its other end, and none is dangerous. */
static void
assert_whole_and_calm (const char *html)
{
  BalTokens *tokens = bal_tokens_new (html, strlen (html), FALSE);

  g_assert_true (g_utf8_validate (html, -1, NULL));
  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      gboolean is_void = token->tag != NULL && (token->tag->flags & BAL_TAG_VOID);
      BalAttribute attribute;
      gsize cursor = 0;

      g_assert_cmpint (token->type, !=, BAL_TOKEN_COMMENT);
      g_assert_false (token->unclosed);
      if (token->type != BAL_TOKEN_START && token->type != BAL_TOKEN_END)
        continue;
      if (is_listed (tokens, token, running))
        g_error ("there is a program: %.80s", html + token->start);
      if (!is_void && token->match == BAL_TOKEN_NO_MATCH &&
          (token->type == BAL_TOKEN_END || !is_listed (tokens, token, implied)))
        g_error ("a tag without its other end: %.80s", html + token->start);
      while (token->type == BAL_TOKEN_START && bal_tokens_next_attribute (tokens, token, &cursor, &attribute))
        {
          g_autofree char *name = g_ascii_strdown (attribute.name, (gssize) attribute.name_length);
          g_autofree char *value = bal_tokens_dup_attribute (tokens, token, name);

          g_assert_false (g_str_has_prefix (name, "on"));
          if (g_str_equal (name, "href") || g_str_equal (name, "src") || g_str_equal (name, "poster"))
            assert_safe_address (value);
        }
    }

  bal_tokens_free (tokens);
}

static void
walk (const char *folder,
      guint      *n_pages)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (*name, !=, '.');
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          walk (path, n_pages);
        }
      else if (g_str_has_suffix (name, ".html"))
        {
          g_autofree char *html = export_read (folder, name);

          g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n<html"));
          g_assert_true (g_str_has_suffix (html, "</main>\n</body>\n</html>\n"));
          assert_whole_and_calm (html);
          (*n_pages)++;
        }
    }
}

/* ---- one post ---- */

static const struct
{
  const char *html;
  const char *clean;
} posts[] = {
  { "<p>a<script>alert(1)</script>b</p>", "<p>ab</p>" },
  { "<p onclick=\"x()\" class=\"k\" class=\"l\">a</p>", "<p class=\"k\">a</p>" },
  { "a</div></article></body>b<!-- c", "ab" },
  { "<div><b>open", "open" },
  { "<p>one<p>two", "<p>one<p>two" },
  { "<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>" },
  { "<a href=\"/2019/x.html\">x</a>", "<a href=\"https://blog.example/2019/x.html\">x</a>" },
  { "<img src=\"../images/a.png\" onerror=\"x()\">", "<img src=\"../images/a.png\" alt=\"\" loading=\"lazy\">" },
  { "<img src=\"../images/../../etc/passwd\">", "<img src=\"https://blog.example/etc/passwd\" alt=\"\" loading=\"lazy\">" },
  { "<img src=\"file:///etc/passwd\">", "" },
  { "<iframe src=\"//video.example/1\"></iframe>", "<a class=\"embed\" href=\"https://video.example/1\">https://video.example/1</a>" },
  { "<p style=\"background: url(https://x.example)\">a</p>", "<p>a</p>" },
  { "<p style=\"text-align: center\">a</p>", "<p style=\"text-align: center\">a</p>" },
  { "<svg><a href=\"x\">y</a></svg>z", "z" },
  { "1 < 2 & 3 &amp; &nope; &lt;b&gt;", "1 &lt; 2 &amp; 3 &amp; &amp;nope; &lt;b&gt;" },
  { "<table><tr><td colspan=2>a</td></tr></table>", "<table><tr><td colspan=\"2\">a</td></tr></table>" },
};

static void
a_post_keeps_what_is_harmless (void)
{
  g_autoptr(GUri) base = g_uri_parse ("https://blog.example/2019/05/", G_URI_FLAGS_NONE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      BalSiteLosses losses = { 0 };
      g_autofree char *clean = bal_site_html_from_post (posts[i].html, base, "../images/", &losses);

      g_assert_cmpstr (clean, ==, posts[i].clean);
    }
}

/* ---- the whole ---- */

static void
pages_are_there (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char *const labels[] = { "slow burn", "Mystery", NULL };
  static const char *const other_labels[] = { "mystery", NULL };
  g_autoptr(BalBlog) blog = import_blog (fixture, "Late Shows", FALSE);
  g_autoptr(BalReview) ferry = export_post_new ("Late Show: Night Ferry", "<p>A ferry.</p><p>Grade: B+</p>", "2019-05-30");
  g_autoptr(BalReview) gulls = export_post_new ("Gulls", "<p>Gulls.</p>", "2021-01-02");
  g_autoptr(BalReview) draft = export_post_new ("Soon", "<p>Soon.</p>", NULL);
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = NULL;
  g_autofree char *page = NULL;
  g_autofree char *index = NULL;
  g_autofree char *label = NULL;
  g_autofree char *feed = NULL;
  g_autoptr(BalExportReport) report = NULL;
  guint n_pages = 0;

  bal_review_set_labels (ferry, labels);
  bal_review_set_labels (gulls, other_labels);
  g_ptr_array_add (comments, export_comment_new ("Ada", "I was <b>there</b>.", FALSE, BAL_COMMENT_STATUS_APPROVED));
  g_ptr_array_add (comments, export_comment_new ("Sam", "So was I.", TRUE, BAL_COMMENT_STATUS_APPROVED));
  g_ptr_array_add (comments, export_comment_new ("Pills", "cheap", FALSE, BAL_COMMENT_STATUS_SPAM));
  g_ptr_array_add (comments, export_comment_new ("Waiting", "patience", FALSE, BAL_COMMENT_STATUS_PENDING));
  export_put (fixture, blog, ferry, comments);
  export_put (fixture, blog, gulls, NULL);
  export_put (fixture, blog, draft, NULL);
  report = export_run (fixture, blog, "site", BAL_EXPORT_FORMAT_SITE, &path);
  g_assert_cmpuint (report->n_reviews, ==, 2);
  g_assert_cmpuint (report->n_comments, ==, 2);
  g_assert_true (export_has_note (report, "2 comments that readers don’t see"));
  g_assert_true (export_has_note (report, "Readers don’t see it"));

  page = export_read (path, "reviews/2019-05-30-late-show-night-ferry.html");
  g_assert_nonnull (strstr (page, "<h1>Late Show: Night Ferry</h1>"));
  g_assert_nonnull (strstr (page, "<dt>Grade</dt><dd>B+</dd>"));
  g_assert_null (strstr (page, "Grade: B+"));
  g_assert_nonnull (strstr (page, "<p>I was <strong>there</strong>.</p>"));
  g_assert_nonnull (strstr (page, "<li class=\"depth-1\">"));
  g_assert_null (strstr (page, "reader@"));
  g_assert_null (strstr (page, "cheap"));
  g_assert_null (strstr (page, "patience"));

  index = export_read (path, "index.html");
  g_assert_cmpuint (strstr (index, "Gulls") - index, <, strstr (index, "Night Ferry") - index);
  label = export_read (path, "labels/mystery.html");
  g_assert_nonnull (strstr (label, "Gulls"));
  g_assert_nonnull (strstr (label, "href=\"../reviews/2019-05-30-late-show-night-ferry.html\""));
  feed = export_read (path, "feed.xml");
  g_assert_nonnull (strstr (feed, "<link href=\"reviews/2021-01-02-gulls.html\"/>"));

  /* Two reviews, two labels, a series, two years, the archive, the index. */
  walk (path, &n_pages);
  g_assert_cmpuint (n_pages, ==, 9);
}

static gboolean
picture_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static ("GIF89a", 6);

  *(gint64 *) data = bal_media_table_add_bytes (transaction, *(gint64 *) data, "still.gif", bytes, NULL, error);
  return *(gint64 *) data != 0;
}

static void
featured_pictures_and_losses_are_told (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Late Shows", FALSE);
  g_autoptr(BalReview) here = export_post_new ("Here", "<p>a</p><form>b</form><iframe></iframe>", "2019-05-30");
  g_autoptr(BalReview) away = export_post_new ("Away", "<p>a</p>", "2019-05-31");
  g_autoptr(BalExportReport) site = NULL;
  g_autoptr(BalExportReport) markdown = NULL;
  g_autofree char *featured = NULL;
  g_autofree char *path = NULL;
  g_autofree char *other_path = NULL;
  g_autofree char *page = NULL;
  gint64 id = bal_blog_get_id (blog);

  fixture_write (fixture, picture_work, &id);
  featured = bal_media_ref_new (id);
  bal_review_set_featured_image (here, featured);
  bal_review_set_featured_image (away, "4711");
  export_put (fixture, blog, here, NULL);
  export_put (fixture, blog, away, NULL);

  site = export_run (fixture, blog, "site", BAL_EXPORT_FORMAT_SITE, &path);
  page = export_read (path, "reviews/2019-05-30-here.html");
  g_assert_nonnull (strstr (page, "<img src=\"../images/still.gif\" alt=\"\">"));
  g_assert_true (export_has_note (site, "2 forms, drawings, programs"));
  g_assert_false (export_has_note (site, "Links stand"));
  g_assert_false (export_has_note (site, "A link stands"));
  g_assert_true (export_has_note (site, "featured picture is not on this computer"));

  markdown = export_run (fixture, blog, "markdown", BAL_EXPORT_FORMAT_MARKDOWN, &other_path);
  g_assert_true (export_has_note (markdown, "featured picture is not on this computer"));
}

static gboolean
without_dates (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  /* Before all others, or after them: what has a date stands between. */
  bal_review_set_updated (data, strstr (bal_review_get_title (data), "First") != NULL ? -1000000000 : 1500000000);
  bal_review_set_published (data, 0);
  return bal_review_table_update (transaction, data, error);
}

static void
what_has_no_date_has_its_page (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Late Shows", FALSE);
  static const char *const titles[] = { "First Ferry", "Gulls", "Last Ferry" };
  g_autofree char *path = NULL;
  g_autofree char *year = NULL;
  g_autofree char *archive = NULL;
  g_autofree char *feed = NULL;
  g_autofree char *rows_path = NULL;
  g_autofree char *rows = NULL;
  g_autoptr(BalExportReport) report = NULL;
  g_autoptr(BalExportReport) rated = NULL;
  guint n_pages = 0;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *title = g_strconcat ("Late Show: ", titles[i], NULL);
      g_autoptr(BalReview) review = export_post_new (title, "<p>A text.</p>", i == 1 ? "1969-07-20" : "2019-05-30");

      bal_review_set_film (review, titles[i]);
      export_put (fixture, blog, review, NULL);
      if (i != 1)
        fixture_write (fixture, without_dates, review);
    }

  report = export_run (fixture, blog, "site", BAL_EXPORT_FORMAT_SITE, &path);
  g_assert_cmpuint (report->n_reviews, ==, 3);
  walk (path, &n_pages);
  year = export_read (path, "years/0.html");
  archive = export_read (path, "archive.html");
  feed = export_read (path, "feed.xml");
  g_assert_nonnull (strstr (year, "<h1>Without a date</h1>"));
  g_assert_nonnull (strstr (year, "First Ferry"));
  g_assert_nonnull (strstr (year, "Last Ferry"));
  g_assert_null (strstr (year, "Gulls"));
  g_assert_cmpuint (strstr (archive, "years/1969.html") - archive, <, strstr (archive, "years/0.html") - archive);
  g_assert_null (strstr (feed, "(null)"));

  rated = export_run (fixture, blog, "rows", BAL_EXPORT_FORMAT_LETTERBOXD, &rows_path);
  rows = export_read (rows_path, "letterboxd-01.csv");
  g_assert_cmpuint (rated->n_reviews, ==, 3);
  g_assert_nonnull (strstr (rows, "1969-07-20"));
  g_assert_null (strstr (rows, "1970-01-01"));
}

static void
a_blog_without_reviews_is_a_site (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Late Shows", FALSE);
  g_autofree char *path = NULL;
  g_autofree char *feed = NULL;
  g_autoptr(BalExportReport) report = export_run (fixture, blog, "site", BAL_EXPORT_FORMAT_SITE, &path);
  guint n_pages = 0;

  walk (path, &n_pages);
  feed = export_read (path, "feed.xml");
  g_assert_cmpuint (n_pages, ==, 2);
  g_assert_cmpuint (report->n_reviews, ==, 0);
  g_assert_nonnull (strstr (feed, "<updated>1970-01-01T00:00:00Z</updated>"));
}

/* A review and a comment for each text that does harm when it is shown; @home: of who comments, around it. */
static guint
fill_with_vectors (Fixture    *fixture,
                   BalBlog    *blog,
                   const char *home)
{
  g_autofree char *vectors = g_test_build_filename (G_TEST_DIST, "hostile", "vectors.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (vectors, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *vector = *lines[i] != '#' && *lines[i] != '\0' ? g_strcompress (lines[i]) : NULL;
      g_autofree char *valid = vector != NULL ? g_utf8_make_valid (vector, -1) : NULL;
      g_autofree char *address = valid != NULL ? g_strconcat (home, valid, NULL) : NULL;
      const char *labels[] = { valid, "../../etc/passwd", NULL };
      g_autoptr(BalReview) review = NULL;
      g_autoptr(GPtrArray) comments = NULL;
      BalComment *comment;

      if (valid == NULL)
        continue;
      review = export_post_new (valid, valid, "2019-05-30");
      comments = g_ptr_array_new_with_free_func (g_object_unref);
      comment = export_comment_new (valid, valid, FALSE, BAL_COMMENT_STATUS_APPROVED);
      bal_comment_set_author_url (comment, address);
      g_ptr_array_add (comments, comment);
      bal_review_set_slug (review, valid);
      bal_review_set_labels (review, labels);
      bal_review_set_excerpt (review, valid);
      export_put (fixture, blog, review, comments);
      n++;
    }

  g_assert_cmpuint (n, >, 50);
  return n;
}

static void
hostile_words_stay_words (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "<b>Blog</b> \"&\" <script>alert(1)</script>", FALSE);
  g_autofree char *path = NULL;
  g_autofree char *outside = g_build_filename (fixture->dir, "etc", NULL);
  g_autoptr(BalExportReport) report = NULL;
  guint n = fill_with_vectors (fixture, blog, ""), n_pages = 0;

  report = export_run (fixture, blog, "site", BAL_EXPORT_FORMAT_SITE, &path);
  g_assert_cmpuint (report->n_reviews, ==, n);
  walk (path, &n_pages);
  g_assert_cmpuint (n_pages, >, n);
  g_assert_false (g_file_test (outside, G_FILE_TEST_EXISTS));
}

/* ---- what another program makes pages of ---- */

static const char *
get_member (json_t     *comment,
            const char *key)
{
  const char *text = json_string_value (json_object_get (comment, key));

  return text != NULL ? text : "";
}

/* As a template does that cleans nothing. */
static void
assert_calm_comment (json_t *comment)
{
  g_autofree char *page = g_strdup_printf ("<p><a href=\"%s\" title='%s'>%s</a></p>%s", get_member (comment, "url"),
                                           get_member (comment, "author"), get_member (comment, "author"),
                                           get_member (comment, "html"));
  json_t *exact = json_object_get (comment, "exact"), *text;
  const char *key;

  assert_whole_and_calm (page);
  json_object_foreach (exact, key, text)
    {
      g_autofree char *other = g_strdup_printf ("<p title='%s'>%s</p>", json_string_value (text), json_string_value (text));

      assert_whole_and_calm (other);
      g_assert_null (strpbrk (json_string_value (text), "<>\"'"));
    }
}

/* How many there are. */
static guint
check_comments (const char *folder)
{
  g_autofree char *comments = g_build_filename (folder, "comments", NULL);
  g_autoptr(GDir) dir = g_dir_open (comments, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (comments, name, NULL);
      json_auto_t *root = json_load_file (path, 0, NULL);
      json_t *comment;
      gsize i;

      g_assert_nonnull (root);
      json_array_foreach (json_object_get (root, "comments"), i, comment)
        {
          assert_calm_comment (comment);
          n++;
        }
    }
  return n;
}

static void
comments_in_markdown_run_nowhere (Fixture       *fixture,
                                  gconstpointer  data)
{
  static const char *const homes[] = { "", "https://reader.example/" };

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autoptr(BalBlog) blog = import_blog (fixture, i == 0 ? "One" : "Two", FALSE);
      g_autoptr(BalExportReport) report = NULL;
      g_autofree char *name = g_strdup_printf ("md%u", i);
      g_autofree char *path = NULL;
      guint n = fill_with_vectors (fixture, blog, homes[i]);

      report = export_run (fixture, blog, name, BAL_EXPORT_FORMAT_MARKDOWN, &path);
      g_assert_cmpuint (report->n_comments, ==, n);
      g_assert_cmpuint (check_comments (path), ==, n);
    }
}

/* To the letter, with what must not run. */
static void
comments_in_markdown_come_back_exactly (Fixture       *fixture,
                                        gconstpointer  data)
{
  static const struct { const char *author; const char *home; const char *html; const char *home_again; } texts[] = {
    { "Ada & \"A\" <b>", "https://a.example/?a=1&b=\"2\"", "one\n\ntwo <script>alert('&lt;')</script> &amp;amp; \\",
      "https://a.example/?a=1&b=\"2\"" },
    { "O'Neill", "javascript:alert(1)", "<p>Plain.</p>", NULL },
    { "Bo", "mailto:bo@reader.example", "<p onclick=\"x()\">\302\205\342\200\250caf\303\251</p>\t", NULL },
    { "Cy", "https://cy.example/", "", "https://cy.example/" },
  };
  g_autoptr(BalBlog) blog = import_blog (fixture, "From", FALSE);
  g_autoptr(BalBlog) other = import_blog (fixture, "To", TRUE);
  g_autoptr(BalReview) review = export_post_new ("Night Ferry", "<p>A ferry.</p>", "2019-05-30");
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BalExportReport) report = NULL;
  g_autoptr(BalImportReport) imported = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(GPtrArray) thread = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      BalComment *comment = export_comment_new (texts[i].author, texts[i].html, FALSE, BAL_COMMENT_STATUS_APPROVED);

      bal_comment_set_author_url (comment, texts[i].home);
      g_ptr_array_add (comments, comment);
    }
  export_put (fixture, blog, review, comments);
  report = export_run (fixture, blog, "md", BAL_EXPORT_FORMAT_MARKDOWN, &path);
  imported = import_run (fixture, other, path, BAL_IMPORT_NONE);
  assert_counts (imported, 1, 0, G_N_ELEMENTS (texts), 0);

  after = import_reviews (fixture, other);
  thread = import_thread (fixture, import_find (after, "Night Ferry"));
  g_assert_cmpuint (thread->len, ==, G_N_ELEMENTS (texts));
  for (guint i = 0; i < thread->len; i++)
    {
      g_assert_cmpstr (bal_comment_get_author (thread->pdata[i]), ==, texts[i].author);
      g_assert_cmpstr (bal_comment_get_author_url (thread->pdata[i]), ==, texts[i].home_again);
      g_assert_cmpstr (bal_comment_get_html (thread->pdata[i]), ==, texts[i].html);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/export/site/a-post-keeps-what-is-harmless", a_post_keeps_what_is_harmless);
  fixture_add ("/exchange/export/site/pages-are-there", pages_are_there);
  fixture_add ("/exchange/export/site/what-has-no-date-has-its-page", what_has_no_date_has_its_page);
  fixture_add ("/exchange/export/site/a-blog-without-reviews-is-a-site", a_blog_without_reviews_is_a_site);
  fixture_add ("/exchange/export/site/featured-pictures-and-losses-are-told", featured_pictures_and_losses_are_told);
  fixture_add ("/exchange/export/site/hostile-words-stay-words", hostile_words_stay_words);
  fixture_add ("/exchange/export/markdown/comments-run-nowhere", comments_in_markdown_run_nowhere);
  fixture_add ("/exchange/export/markdown/comments-come-back-exactly", comments_in_markdown_come_back_exactly);
  return g_test_run ();
}
