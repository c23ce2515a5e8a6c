/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD                                                                     \
  "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"" \
  " xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel><link>https://a.example</link>\n"
#define ITEM(id, title, text)                                                    \
  "<item><title>" title "</title><wp:post_id>" id "</wp:post_id><wp:status>publish</wp:status>" \
  "<wp:post_type>post</wp:post_type><wp:post_date_gmt>2020-01-0" id " 10:00:00</wp:post_date_gmt>" \
  "<content:encoded><![CDATA[" text "]]></content:encoded></item>\n"
#define TAIL "</channel></rss>\n"

static BalImportReport *
import_text (Fixture        *fixture,
             BalBlog        *blog,
             const char     *text,
             BalImportFlags  flags)
{
  g_autofree char *path = import_write (fixture, "in.xml", text, strlen (text));

  return import_run (fixture, blog, path, flags);
}

/* ---- where it goes ---- */

static void
test_nothing_is_sent_unasked (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(BalBlog) hosted = import_blog (fixture, "Hosted", FALSE);
  g_autoptr(BalBlog) asked = import_blog (fixture, "Asked", FALSE);
  g_autoptr(BalBlog) local = import_blog (fixture, "Local", TRUE);
  g_autofree char *path = import_sample ("small.wxr.xml");
  g_autoptr(BalImportReport) first = import_run (fixture, hosted, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) second = import_run (fixture, asked, path, BAL_IMPORT_SEND);
  g_autoptr(BalImportReport) third = import_run (fixture, local, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) drafts = import_reviews (fixture, hosted);
  g_autoptr(GPtrArray) sent = import_reviews (fixture, asked);

  g_assert_cmpuint (import_n_waiting (fixture, hosted), ==, 0);
  for (guint i = 0; i < drafts->len; i++)
    g_assert_cmpint (bal_review_get_status (g_ptr_array_index (drafts, i)), ==, BAL_REVIEW_STATUS_DRAFT);

  /* Three reviews and the two comments that are no spam. */
  g_assert_cmpuint (import_n_waiting (fixture, asked), ==, 5);
  g_assert_cmpint (bal_review_get_status (import_find (sent, "Late Shows: Night Ferry")), ==,
                   BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpuint (import_n_waiting (fixture, local), ==, 5);
}

static gboolean
update_blog (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  return bal_blog_table_update (transaction, data, error);
}

/* They would stand in the outbox for good. */
static void
test_comments_that_the_blog_never_takes_are_not_offered (Fixture       *fixture,
                                                         gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Hosted", FALSE);
  g_autofree char *path = import_sample ("small.wxr.xml");
  g_autoptr(BalImportReport) preview = NULL;
  g_autoptr(BalImportReport) report = NULL;

  bal_blog_set_capabilities (blog, BAL_CAPABILITY_PRIVATE | BAL_CAPABILITY_REPLY);
  fixture_write (fixture, update_blog, blog);
  preview = import_run (fixture, blog, path, BAL_IMPORT_PREVIEW | BAL_IMPORT_SEND);
  g_assert_true (import_has_note (preview, BAL_IMPORT_NOTE_REPAIRED, "other people’s names"));
  report = import_run (fixture, blog, path, BAL_IMPORT_SEND);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "other people’s names"));

  /* Three reviews, and the blogger's own answer. */
  g_assert_cmpuint (import_n_waiting (fixture, blog), ==, 4);
}

static gboolean
pulled_body (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  BalBlog *blog = data;
  gint64 id = put_pulled_review (transaction, bal_blog_get_id (blog), "900", "Late Shows: Night Ferry", "<p>Here.</p>");
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);

  bal_review_set_published (review, 1559239440 + 7200);
  return bal_review_table_update (transaction, review, error) &&
         put_pulled_comment (transaction, bal_blog_get_id (blog), id, 0, "70", "Somebody", BAL_COMMENT_STATUS_APPROVED) != 0;
}

static void
test_what_the_blog_has_is_not_doubled (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Hosted", FALSE);
  g_autofree char *path = import_sample ("small.wxr.xml");
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) reviews = NULL;

  fixture_write (fixture, pulled_body, blog);
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (report, 2, 1, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "on the blog"));
  reviews = import_reviews (fixture, blog);
  g_assert_cmpuint (reviews->len, ==, 3);
  g_assert_cmpstr (bal_review_get_html (import_find (reviews, "Late Shows: Night Ferry")), ==, "<p>Here.</p>");
}

static gboolean
edit_body (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  bal_review_set_html (data, "<p>My own words.</p>");
  return bal_desk_save_review (transaction, data, FALSE, error);
}

static void
test_again_adds_only_what_is_new (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) first = import_text (fixture, blog, HEAD ITEM ("1", "One", "a") TAIL, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) second = NULL;
  g_autoptr(BalImportReport) third = NULL;
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);

  fixture_write (fixture, edit_body, g_ptr_array_index (reviews, 0));
  second = import_text (fixture, blog, HEAD ITEM ("1", "One", "a") ITEM ("2", "Two", "b") TAIL, BAL_IMPORT_NONE);
  assert_counts (second, 1, 1, 0, 0);
  g_assert_cmpuint (second->n_kept, ==, 0);
  third = import_text (fixture, blog, HEAD ITEM ("1", "One", "changed there") ITEM ("2", "Two", "b") TAIL,
                       BAL_IMPORT_NONE);
  assert_counts (third, 0, 2, 0, 0);
  g_assert_cmpuint (third->n_kept, ==, 1);

  g_ptr_array_unref (g_steal_pointer (&reviews));
  reviews = import_reviews (fixture, blog);
  g_assert_cmpuint (reviews->len, ==, 2);
  g_assert_cmpstr (bal_review_get_html (import_find (reviews, "One")), ==, "<p>My own words.</p>");
}

static void
test_two_posts_with_one_title_are_two (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = import_text (fixture, blog,
    HEAD ITEM ("1", "Same", "a") ITEM ("2", "Same", "b") ITEM ("1", "Same", "a") TAIL, BAL_IMPORT_NONE);

  assert_counts (report, 2, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "twice"));
}

static void
cancel_cb (double    fraction,
           guint     n_reviews,
           guint     n_comments,
           gpointer  data)
{
  if (n_reviews >= 1000)
    g_cancellable_cancel (data);
}

static void
test_stopped_goes_on (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GString) text = g_string_new (HEAD);
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(BalImportReport) rest = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 1; i <= 6000; i++)
    g_string_append_printf (text, "<item><title>T%u</title><wp:post_id>%u</wp:post_id><wp:post_type>post</wp:post_type>"
                            "<content:encoded>x</content:encoded></item>\n", i, i);
  g_string_append (text, TAIL);
  path = import_write (fixture, "in.xml", text->str, text->len);

  report = bal_import_run (fixture->store, blog, path, BAL_IMPORT_FORMAT_AUTO, BAL_IMPORT_NONE, cancel_cb, cancellable,
                           cancellable, &error);
  g_assert_no_error (error);
  g_assert_true (report->was_stopped);
  reviews = import_reviews (fixture, blog);
  g_assert_cmpuint (reviews->len, ==, report->reviews.n_new);
  g_assert_cmpuint (reviews->len, <, 6000);
  rest = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (rest, 6000 - reviews->len, reviews->len, 0, 0);
}

/* ---- what files may not do ---- */

static void
test_document_type_is_refused (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *secret = import_write (fixture, "secret.txt", "SECRET", 6);
  g_autofree char *external = g_strdup_printf (
    "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x SYSTEM \"file://%s\">]>" HEAD ITEM ("1", "&x;", "a") TAIL, secret);
  g_autoptr(BalImportReport) report = import_text (fixture, blog, external, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) bomb = import_text (fixture, blog,
    "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
    HEAD ITEM ("1", "&b;", "a") TAIL, BAL_IMPORT_NONE);

  assert_counts (report, 0, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "DOCTYPE"));
  assert_counts (bomb, 0, 0, 0, 0);
  g_assert_true (import_has_note (bomb, BAL_IMPORT_NOTE_SKIPPED, "DOCTYPE"));
}

static void
test_control_characters_are_repaired (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = import_text (fixture, blog,
    HEAD ITEM ("1", "A\x0b" "B", "c\x01" "d \xff e") TAIL, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);

  assert_counts (report, 1, 0, 0, 0);
  g_assert_cmpuint (report->n_repaired, ==, 2);
  g_assert_cmpstr (bal_review_get_html (import_find (reviews, "A B")), ==, "c d \357\277\275 e");
}

static void
test_other_encodings_are_read (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = import_text (fixture, blog,
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" HEAD ITEM ("1", "Caf\xe9", "a") TAIL, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);

  assert_counts (report, 1, 0, 0, 0);
  import_find (reviews, "Café");
}

static void
test_cut_file_brings_what_is_whole (Fixture       *fixture,
                                    gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = import_text (fixture, blog,
    HEAD ITEM ("1", "One", "a") ITEM ("2", "Two", "b")
    "<item><title>Three</title><wp:post_id>3</wp:post_id><content:encoded><![CDATA[half", BAL_IMPORT_NONE);

  assert_counts (report, 2, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "Three"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "line 4"));
}

static void
test_damage_in_the_middle (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = import_text (fixture, blog,
    HEAD ITEM ("1", "One", "a") "<item><title>Two</title><wp:post_id>2</wp:post_id><><< broken <wp:x\n"
    ITEM ("3", "Three", "c") ITEM ("4", "Four", "d") TAIL, BAL_IMPORT_NONE);

  assert_counts (report, 3, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "Two"));
}

static void
test_huge_text_is_left_out_alone (Fixture       *fixture,
                                  gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *large = g_strnfill (11 * 1024 * 1024, 'x');
  g_autofree char *text = g_strconcat (HEAD ITEM ("1", "One", "a") "<item><title>Large</title><wp:post_id>2</wp:post_id>"
                                       "<content:encoded>", large, "</content:encoded></item>" ITEM ("3", "Three", "c")
                                       TAIL, NULL);
  g_autoptr(BalImportReport) report = import_text (fixture, blog, text, BAL_IMPORT_NONE);

  assert_counts (report, 2, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "10 MB"));
}

/* WordPress counts posts and comments apart: its first post has the first comment. */
static void
test_reply_to_the_comment_with_the_number_of_the_post (Fixture       *fixture,
                                                       gconstpointer  data)
{
  static const char text[] = HEAD
    "<item><title>A</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    "<wp:post_date_gmt>2020-01-01 10:00:00</wp:post_date_gmt><content:encoded>W.</content:encoded>"
    "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ann</wp:comment_author><wp:comment_content>C</wp:comment_content>"
    "<wp:comment_date_gmt>2020-01-02 10:00:00</wp:comment_date_gmt><wp:comment_parent>0</wp:comment_parent></wp:comment>"
    "<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author>Bob</wp:comment_author><wp:comment_content>D</wp:comment_content>"
    "<wp:comment_date_gmt>2020-01-03 10:00:00</wp:comment_date_gmt><wp:comment_parent>1</wp:comment_parent></wp:comment></item>"
    TAIL;
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = import_text (fixture, blog, text, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autoptr(GPtrArray) thread = import_thread (fixture, import_find (reviews, "A"));

  assert_counts (report, 1, 0, 2, 0);
  g_assert_cmpuint (thread->len, ==, 2);
  g_assert_cmpint (bal_comment_get_parent_id (thread->pdata[1]), ==, bal_comment_get_id (thread->pdata[0]));
}

/* ---- archives ---- */

typedef struct
{
  const char *name;
  const char *text;
  gsize       length;
  mode_t      type;
} Entry;

static char *
write_zip (Fixture     *fixture,
           const Entry *entries,
           guint        n_entries)
{
  char *path = g_build_filename (fixture->dir, "in.zip", NULL);
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < n_entries; i++)
    {
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, entries[i].name);
      archive_entry_set_filetype (entry, entries[i].type != 0 ? entries[i].type : AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      if (entries[i].type == AE_IFLNK)
        archive_entry_set_symlink (entry, entries[i].text);
      else
        archive_entry_set_size (entry, (la_int64_t) entries[i].length);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      if (entries[i].type != AE_IFLNK)
        archive_write_data (archive, entries[i].text, entries[i].length);
      archive_entry_free (entry);
    }
  archive_write_free (archive);
  return path;
}

static void
test_archive_names_stay_inside (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  static const char text[] = "Gulls\n\nThey shout.\n";
  const Entry entries[] = {
    { "../outside.txt", text, sizeof text - 1, 0 },
    { "/absolute.txt", text, sizeof text - 1, 0 },
    { "a\\..\\..\\b.txt", text, sizeof text - 1, 0 },
    { "link.txt", "/etc/passwd", 0, AE_IFLNK },
    { "good/inside.txt", text, sizeof text - 1, 0 },
  };
  g_autofree char *path = write_zip (fixture, entries, G_N_ELEMENTS (entries));
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);

  assert_counts (report, 1, 0, 0, 0);
  g_assert_cmpuint (report->n_skipped, ==, 4);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "outside.txt"));
}

/* As GitHub packs a site: all of it in one folder. Pictures stand before and behind the pages, and some lead nowhere. */
static void
test_archive_brings_its_pictures (Fixture       *fixture,
                                  gconstpointer  data)
{
  static const char png[] = "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0\37\25\304\211";
  static const char one[] = "---\ntitle: One\ndate: 2020-01-01\n---\n![a](a.png) ![b](/pics/b.png) ![c](../../../outside.png)\n";
  static const char two[] = "---\ntitle: Two\ndate: 2020-01-02\n---\n![b](/pics/b.png) ![l](link.png) ![a](a.png)\n";
  const Entry entries[] = {
    { "../outside.png", png, sizeof png, 0 },
    { "site-main/posts/link.png", "/etc/passwd", 0, AE_IFLNK },
    { "site-main/posts/a.png", png, sizeof png - 1, 0 },
    { "site-main/posts/one.md", one, sizeof one - 1, 0 },
    { "site-main/posts/two.md", two, sizeof two - 1, 0 },
    { "site-main/static/pics/b.png", png, sizeof png, 0 },
  };
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = write_zip (fixture, entries, G_N_ELEMENTS (entries));
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);

  assert_counts (report, 2, 0, 0, 0);
  g_assert_cmpstr (bal_review_get_html (import_find (reviews, "One")), ==,
                   "<p><img src=\"media:1\" alt=\"a\"> <img src=\"media:2\" alt=\"b\"> <img src=\"../../../outside.png\" alt=\"c\"></p>\n");
  g_assert_cmpstr (bal_review_get_html (import_find (reviews, "Two")), ==,
                   "<p><img src=\"media:2\" alt=\"b\"> <img src=\"link.png\" alt=\"l\"> <img src=\"media:1\" alt=\"a\"></p>\n");
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "outside.png"));
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "link.png"));
}

/* 300 MB of nothing, in as many pictures as it takes. */
static void
test_archive_of_large_pictures_is_bounded (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autofree char *zeros = g_malloc0 (70 * 1024 * 1024);
  g_autoptr(GString) page = g_string_new ("---\ntitle: One\ndate: 2020-01-01\n---\n");
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < 5; i++)
    g_string_append_printf (page, "![%u](%u.png)\n", i, i);
  {
    const Entry entries[] = {
      { "one.md", page->str, page->len, 0 },
      { "0.png", zeros, 70 * 1024 * 1024, 0 },
      { "1.png", zeros, 60 * 1024 * 1024, 0 },
      { "2.png", zeros, 60 * 1024 * 1024, 0 },
      { "3.png", zeros, 60 * 1024 * 1024, 0 },
      { "4.png", zeros, 10, 0 },
    };

    path = write_zip (fixture, entries, G_N_ELEMENTS (entries));
  }
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (report, 1, 0, 0, 0);
  reviews = import_reviews (fixture, blog);
  /* The first is too large; when so much was unpacked of so small a file, no more is. */
  g_assert_nonnull (strstr (bal_review_get_html (import_find (reviews, "One")), "src=\"0.png\""));
  g_assert_nonnull (strstr (bal_review_get_html (import_find (reviews, "One")), "src=\"3.png\""));
}

static void
test_archive_bomb_stops (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *zeros = g_strnfill (100 * 1024 * 1024, ' ');
  g_autofree char *feed = import_sample ("takeout.atom");
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr(BalImportReport) report = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (feed, &text, &length, NULL));
  memcpy (zeros, "<feed xmlns='http://www.w3.org/2005/Atom'>", 42);
  {
    const Entry entries[] = { { "a.atom", text, length, 0 }, { "z.atom", zeros, 100 * 1024 * 1024, 0 } };

    path = write_zip (fixture, entries, G_N_ELEMENTS (entries));
  }
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (report, 2, 0, 2, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "z.atom"));
}

static void
test_cut_archive_brings_what_is_whole (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  static const char text[] = "Gulls\n\nThey shout.\n";
  g_autofree char *noise = g_malloc (200000);
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  for (guint i = 0; i < 200000; i++)
    noise[i] = (char) ('a' + g_test_rand_int_range (0, 26));
  {
    const Entry entries[] = { { "a.txt", text, sizeof text - 1, 0 }, { "b.txt", noise, 200000, 0 } };

    path = write_zip (fixture, entries, G_N_ELEMENTS (entries));
  }
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_file_set_contents (path, bytes, (gssize) length / 2, &error);
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  assert_counts (report, 1, 0, 0, 0);
  g_assert_cmpuint (report->n_skipped, >, 0);
}

static void
test_links_of_a_folder_are_not_followed (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *folder = g_build_filename (fixture->dir, "site", NULL);
  g_autofree char *link = g_build_filename (folder, "link.txt", NULL);
  g_autofree char *outside = import_write (fixture, "outside.txt", "Gulls\n\nText.\n", 13);
  g_autofree char *inside = NULL;
  g_autoptr(BalImportReport) report = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  inside = import_write (fixture, "site/inside.txt", "Sea\n\nText.\n", 11);
  g_assert_cmpint (symlink (outside, link), ==, 0);
  report = import_run (fixture, blog, folder, BAL_IMPORT_NONE);
  assert_counts (report, 1, 0, 0, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_SKIPPED, "link.txt"));
}

static void
test_nothing_to_import_is_said (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_write (fixture, "in.bin", "\0\1\2\3", 4);
  g_autoptr(GError) error = NULL;

  g_assert_null (bal_import_run (fixture->store, blog, path, BAL_IMPORT_FORMAT_AUTO, BAL_IMPORT_NONE, NULL, NULL, NULL,
                                 &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bal_import_run (fixture->store, blog, "/nowhere/at.all", BAL_IMPORT_FORMAT_AUTO, BAL_IMPORT_NONE, NULL,
                                 NULL, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/import/nothing-is-sent-unasked", test_nothing_is_sent_unasked);
  fixture_add ("/import/what-the-blog-has-is-not-doubled", test_what_the_blog_has_is_not_doubled);
  fixture_add ("/import/again-adds-only-what-is-new", test_again_adds_only_what_is_new);
  fixture_add ("/import/two-posts-with-one-title-are-two", test_two_posts_with_one_title_are_two);
  fixture_add ("/import/stopped-goes-on", test_stopped_goes_on);
  fixture_add ("/import/document-type-is-refused", test_document_type_is_refused);
  fixture_add ("/import/control-characters-are-repaired", test_control_characters_are_repaired);
  fixture_add ("/import/other-encodings-are-read", test_other_encodings_are_read);
  fixture_add ("/import/cut-file-brings-what-is-whole", test_cut_file_brings_what_is_whole);
  fixture_add ("/import/damage-in-the-middle", test_damage_in_the_middle);
  fixture_add ("/import/huge-text-is-left-out-alone", test_huge_text_is_left_out_alone);
  fixture_add ("/import/reply-to-the-comment-with-the-number-of-the-post",
               test_reply_to_the_comment_with_the_number_of_the_post);
  fixture_add ("/import/comments-that-the-blog-never-takes-are-not-offered",
               test_comments_that_the_blog_never_takes_are_not_offered);
  fixture_add ("/import/archive-names-stay-inside", test_archive_names_stay_inside);
  fixture_add ("/import/archive-brings-its-pictures", test_archive_brings_its_pictures);
  fixture_add ("/import/archive-of-large-pictures-is-bounded", test_archive_of_large_pictures_is_bounded);
  fixture_add ("/import/archive-bomb-stops", test_archive_bomb_stops);
  fixture_add ("/import/cut-archive-brings-what-is-whole", test_cut_archive_brings_what_is_whole);
  fixture_add ("/import/links-of-a-folder-are-not-followed", test_links_of_a_folder_are_not_followed);
  fixture_add ("/import/nothing-to-import-is-said", test_nothing_to_import_is_said);
  return g_test_run ();
}
