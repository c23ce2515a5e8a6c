/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
assert_well_formed (const char *xml)
{
  static const GMarkupParser parser = { NULL };
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, NULL, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_markup_parse_context_parse (context, xml, -1, &error));
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  g_assert_no_error (error);
  g_markup_parse_context_free (context);

  /* What GMarkup does not mind but XML 1.0 does. */
  for (const char *p = xml; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_true (c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff));
    }
}

static void
test_nothing_of_a_reader_is_markup (FolderFixture *fixture,
                                    gconstpointer  data)
{
  static const char *const labels[] = { "<script>l</script>", NULL };
  g_autoptr(BalReview) review = folder_new_review ("k1", "<script>t</script> & \"more\" \x01", "<p>a &amp; b</p>",
                                                   BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autofree char *page = NULL;
  g_autofree char *index = NULL;
  g_autofree char *feed = NULL;

  folder_write (fixture, "blog.ini", "[Blog]\ntitle=<script>b</script> & Co\nauthor=\"><script>a</script>\n");
  bal_review_set_labels (review, labels);
  bal_review_set_excerpt (review, "\"><script>e</script>");
  bal_review_set_slug (review, "tin-moon");
  bal_review_set_featured_image (review, "\"><script>i</script>");
  stored = folder_put_review (fixture, review, NULL);
  folder_write (fixture, "posts/2019-05-30-tin-moon.comments.json",
                "[{\"id\": \"\\\"><script>x</script>\", \"status\": \"approved\", \"author\": \"<script>n</script>\","
                "  \"url\": \"javascript:alert(1)\","
                "  \"html\": \"<p>Hello<script>c</script> <img src=x onerror=alert(2)> &lt;script&gt;d</p>\"}]");
  all = folder_pull_reviews (fixture, NULL, NULL);

  page = folder_read (fixture, "site/tin-moon.html");
  index = folder_read (fixture, "site/index.html");
  feed = folder_read (fixture, "site/feed.atom");
  g_assert_nonnull (strstr (page, "Hello"));
  g_assert_nonnull (strstr (page, "&lt;script&gt;t&lt;/script&gt; &amp; &quot;more&quot;"));
  g_assert_nonnull (strstr (page, "<p>a &amp; b</p>"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "javascript:"));
  g_assert_null (strstr (page, "onerror"));
  g_assert_null (strstr (index, "<script"));
  g_assert_null (strstr (feed, "<script"));
  assert_well_formed (feed);
}

static void
test_feed_is_well_formed (FolderFixture *fixture,
                          gconstpointer  data)
{
  g_autofree char *xmllint = g_find_program_in_path ("xmllint");
  g_autofree char *path = g_build_filename (fixture->root, "site/feed.atom", NULL);
  g_autofree char *feed = NULL;
  guint n = 0;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%u", i);
      g_autofree char *title = g_strdup_printf ("Film %02u ]]> & <b>", i);
      g_autoptr(BalReview) review = folder_new_review (key, title, "<p>]]> \x0b \xef\xbf\xbe & <br> \xe2\x80\xa6",
                                                       BAL_REVIEW_STATUS_PUBLISHED);
      g_autoptr(BalReview) stored = NULL;

      bal_review_set_published (review, 1559239440 + i);
      stored = folder_put_review (fixture, review, NULL);
    }
  feed = folder_read (fixture, "site/feed.atom");
  assert_well_formed (feed);
  for (const char *p = feed; (p = strstr (p, "<entry>")) != NULL; p++)
    n++;
  g_assert_cmpuint (n, ==, 20);
  g_assert_nonnull (strstr (feed, "Film 24"));
  g_assert_null (strstr (feed, "Film 04"));
  g_assert_nonnull (strstr (feed, "<id>https://backrow.example/film-24-b.html</id>"));

  if (xmllint != NULL)
    {
      const char *const argv[] = { xmllint, "--noout", "--nonet", path, NULL };
      int status;

      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, NULL));
      g_assert_cmpint (status, ==, 0);
    }
}

static void
test_thread_is_numbered_as_readers_see_it (FolderFixture *fixture,
                                           gconstpointer  data)
{
  static const char *const expected[] = {
    ">1</span> <b>Mika</b>", ">1.1</span> <b>Ines</b>", ">2</span> <b>Oren</b>", ">2.1</span> <b>Bea</b>",
  };
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) stored = folder_put_review (fixture, review, NULL);
  g_autoptr(GPtrArray) all = NULL;
  g_autofree char *page = NULL;
  const char *p;

  folder_write (fixture, "posts/2019-05-30-tin-moon.comments.json",
                "[{\"id\": \"4\", \"status\": \"approved\", \"author\": \"Bea\", \"html\": \"d\", \"parent\": \"3\", \"created\": \"2019-06-04T00:00:00Z\"},"
                " {\"id\": \"1\", \"status\": \"approved\", \"author\": \"Mika\", \"html\": \"a\", \"created\": \"2019-06-01T00:00:00Z\"},"
                " {\"id\": \"2\", \"status\": \"approved\", \"author\": \"Ines\", \"html\": \"b\", \"parent\": \"1\", \"created\": \"2019-06-02T00:00:00Z\"},"
                " {\"id\": \"5\", \"status\": \"pending\", \"author\": \"Waiting\", \"html\": \"e\", \"created\": \"2019-06-01T12:00:00Z\"},"
                " {\"id\": \"6\", \"status\": \"spam\", \"author\": \"Spammer\", \"html\": \"f\", \"created\": \"2019-05-31T00:00:00Z\"},"
                " {\"id\": \"7\", \"status\": \"trash\", \"author\": \"Gone\", \"html\": \"g\", \"created\": \"2019-05-31T00:00:00Z\"},"
                " {\"id\": \"3\", \"status\": \"approved\", \"author\": \"Oren\", \"html\": \"c\", \"created\": \"2019-06-03T00:00:00Z\"}]");
  all = folder_pull_reviews (fixture, NULL, NULL);
  page = folder_read (fixture, "site/tin-moon.html");
  p = page;
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      p = strstr (p, expected[i]);
      g_assert_nonnull (p);
    }
  g_assert_null (strstr (page, "Waiting"));
  g_assert_null (strstr (page, "Spammer"));
  g_assert_null (strstr (page, "Gone"));
  g_assert_nonnull (strstr (page, "4 comments"));
}

static ino_t
inode_of (FolderFixture *fixture,
          const char    *name)
{
  g_autofree char *path = g_build_filename (fixture->root, "site", name, NULL);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_ino;
}

static void
test_only_changed_pages_are_written (FolderFixture *fixture,
                                     gconstpointer  data)
{
  g_autoptr(BalReview) one = folder_new_review ("k1", "One", "<p>a</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) two = folder_new_review ("k2", "Two", "<p>a</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) draft = folder_new_review ("k3", "Draft", "<p>a</p>", BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) stored_one = folder_put_review (fixture, one, NULL);
  g_autoptr(BalReview) stored_two = folder_put_review (fixture, two, NULL);
  g_autoptr(BalReview) stored_draft = NULL;
  g_autoptr(BalReview) changed = NULL;
  g_autoptr(GPtrArray) all = NULL;
  ino_t page_one = inode_of (fixture, "one.html"), page_two = inode_of (fixture, "two.html");
  ino_t index = inode_of (fixture, "index.html");
  g_autofree char *style = NULL;

  folder_write (fixture, "site/style.css", "/* mine */");
  folder_write (fixture, "site/about.html", "mine too");
  stored_draft = folder_put_review (fixture, draft, NULL);
  folder_fixture_reopen (fixture);
  all = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpuint (inode_of (fixture, "one.html"), ==, page_one);
  g_assert_cmpuint (inode_of (fixture, "index.html"), ==, index);
  g_assert_false (folder_has (fixture, "site/draft.html"));

  bal_review_set_html (stored_two, "<p>b</p>");
  changed = folder_put_review (fixture, stored_two, NULL);
  g_assert_cmpuint (inode_of (fixture, "one.html"), ==, page_one);
  g_assert_cmpuint (inode_of (fixture, "two.html"), !=, page_two);
  g_assert_cmpuint (inode_of (fixture, "index.html"), !=, index);

  /* A new slug is a new page, and the old one goes; a person's own files stay. */
  bal_review_set_slug (stored_one, "uno");
  g_object_unref (g_steal_pointer (&changed));
  changed = folder_put_review (fixture, stored_one, NULL);
  g_assert_true (folder_has (fixture, "site/uno.html"));
  g_assert_false (folder_has (fixture, "site/one.html"));
  g_assert_true (folder_has (fixture, "site/about.html"));
  style = folder_read (fixture, "site/style.css");
  g_assert_cmpstr (style, ==, "/* mine */");
}

static void
test_moderation_reaches_the_page (FolderFixture *fixture,
                                  gconstpointer  data)
{
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p>a</p>", BAL_REVIEW_STATUS_PUBLISHED);
  g_autoptr(BalReview) stored = folder_put_review (fixture, review, NULL);
  g_autoptr(BalComment) comment = NULL;
  g_autoptr(BalComment) approved = NULL;
  g_autoptr(BalComment) hidden = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *at_last = NULL;

  folder_write (fixture, "posts/2019-05-30-tin-moon.comments.json",
                "[{\"id\": \"1\", \"status\": \"pending\", \"author\": \"Mika\", \"html\": \"hello\"}]");
  comment = bal_provider_get_comment (fixture->provider, "2019-05-30-tin-moon/1", NULL, NULL);
  before = folder_read (fixture, "site/tin-moon.html");
  g_assert_null (strstr (before, "hello"));
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
  approved = folder_put_comment (fixture, comment, NULL);
  after = folder_read (fixture, "site/tin-moon.html");
  g_assert_nonnull (strstr (after, "hello"));
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_TRASH);
  hidden = folder_put_comment (fixture, comment, NULL);
  at_last = folder_read (fixture, "site/tin-moon.html");
  g_assert_null (strstr (at_last, "hello"));
}

/* A draft's pictures must not be on the web before the draft is. */
static void
test_pictures_come_and_go_with_their_pages (FolderFixture *fixture,
                                            gconstpointer  data)
{
  g_autofree char *media = g_build_filename (fixture->root, "media", NULL);
  g_autoptr(BalReview) review = folder_new_review ("k1", "Tin Moon", "<p><img src=\"media/shown.png\"><img src=\"media/../blog.ini\"></p>",
                                                   BAL_REVIEW_STATUS_DRAFT);
  g_autoptr(BalReview) draft = NULL;
  g_autoptr(BalReview) published = NULL;
  g_autoptr(BalReview) private = NULL;

  g_assert_cmpint (g_mkdir (media, 0700), ==, 0);
  folder_write (fixture, "media/shown.png", "1");
  folder_write (fixture, "media/featured.png", "2");
  folder_write (fixture, "media/other.png", "3");
  bal_review_set_featured_image (review, "featured.png");
  draft = folder_put_review (fixture, review, NULL);
  g_assert_false (folder_has (fixture, "site/media/shown.png"));

  bal_review_set_status (draft, BAL_REVIEW_STATUS_PUBLISHED);
  published = folder_put_review (fixture, draft, NULL);
  g_assert_true (folder_has (fixture, "site/media/shown.png"));
  g_assert_true (folder_has (fixture, "site/media/featured.png"));
  g_assert_false (folder_has (fixture, "site/media/other.png"));
  g_assert_false (folder_has (fixture, "site/media/blog.ini"));

  bal_review_set_status (draft, BAL_REVIEW_STATUS_PRIVATE);
  private = folder_put_review (fixture, draft, NULL);
  g_assert_false (folder_has (fixture, "site/tin-moon.html"));
  g_assert_false (folder_has (fixture, "site/media/shown.png"));
  g_assert_true (folder_has (fixture, "media/shown.png"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder_test_add ("/folder/site/nothing-of-a-reader-is-markup", test_nothing_of_a_reader_is_markup);
  folder_test_add ("/folder/site/feed-is-well-formed", test_feed_is_well_formed);
  folder_test_add ("/folder/site/thread-is-numbered-as-readers-see-it", test_thread_is_numbered_as_readers_see_it);
  folder_test_add ("/folder/site/only-changed-pages-are-written", test_only_changed_pages_are_written);
  folder_test_add ("/folder/site/moderation-reaches-the-page", test_moderation_reaches_the_page);
  folder_test_add ("/folder/site/pictures-come-and-go-with-their-pages", test_pictures_come_and_go_with_their_pages);
  return g_test_run ();
}
