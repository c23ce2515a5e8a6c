/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-fixture.h"

#include <string.h>

static void
assert_bytes (GBytes     *bytes,
              const char *text,
              gsize       length)
{
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, length);
}

/* Bodies of every awkward kind; as files they come back byte for byte, whatever else is written. */
static const struct
{
  const char *bytes;
  gsize       length;
} bodies[] = {
#define BODY(literal) { literal, sizeof literal - 1 }
  BODY (""),
  BODY ("\n"),
  BODY ("no newline at the end"),
  BODY ("a newline\n"),
  BODY ("\n\n---\nid: not-this\n---\n"),
  BODY ("---\n"),
  BODY ("---"),
  BODY ("title: not a header\n"),
  BODY ("\r\n<p>\r\n</p>\r"),
  BODY ("\xef\xbb\xbf<p>a byte order mark</p>"),
  BODY ("NUL \0 inside \0"),
  BODY ("latin 1: \xe9t\xe9 \xff\xfe \x80"),
  BODY ("\x01\x02\x1b[31m\x7f"),
  BODY ("<p>unclosed <b <!-- --- \n--- "),
  BODY ("\xe2\x80\xa8\xe2\x80\xae overrides"),
};

static void
test_any_body_round_trips (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      GString *file = g_string_new ("---\nid: x\ntitle: T\n---\n");
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GBytes) again = NULL;
      g_autoptr(GBytes) changed = NULL;
      g_autoptr(BalFolderPost) post = NULL;
      g_autoptr(BalFolderPost) reread = NULL;

      g_string_append_len (file, bodies[i].bytes, bodies[i].length);
      bytes = g_string_free_to_bytes (file);
      post = bal_folder_post_parse (bytes);
      g_assert_true (bal_folder_post_has_header (post));
      assert_bytes (bal_folder_post_get_body (post), bodies[i].bytes, bodies[i].length);
      again = bal_folder_post_to_bytes (post);
      g_assert_true (g_bytes_equal (again, bytes));

      bal_folder_post_set (post, "title", "Another\n---\ntitle");
      changed = bal_folder_post_to_bytes (post);
      reread = bal_folder_post_parse (changed);
      g_assert_cmpstr (bal_folder_post_get (reread, "title"), ==, "Another\n---\ntitle");
      assert_bytes (bal_folder_post_get_body (reread), bodies[i].bytes, bodies[i].length);
    }
}

static void
test_body_without_header_round_trips (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (bodies[i].bytes, bodies[i].length);
      g_autoptr(BalFolderPost) post = bal_folder_post_parse (bytes);
      g_autoptr(BalFolderPost) reread = NULL;
      g_autoptr(GBytes) same = bal_folder_post_to_bytes (post);
      g_autoptr(GBytes) changed = NULL;

      g_assert_false (bal_folder_post_has_header (post));
      g_assert_true (g_bytes_equal (same, bytes));
      bal_folder_post_set (post, "id", "x");
      changed = bal_folder_post_to_bytes (post);
      reread = bal_folder_post_parse (changed);
      g_assert_cmpstr (bal_folder_post_get (reread, "id"), ==, "x");
      assert_bytes (bal_folder_post_get_body (reread), bodies[i].bytes, bodies[i].length);
    }
}

/* Random bytes with many of the characters that mean something. */
static void
test_random_files_round_trip (void)
{
  static const char alphabet[] = "--\n\n\r:\"[], \xef\xbb\xbf\0title\xff";

  for (guint i = 0; i < 20000; i++)
    {
      guint8 data[64];
      guint length = g_test_rand_int_range (0, sizeof data);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GBytes) again = NULL;
      g_autoptr(GBytes) changed = NULL;
      g_autoptr(BalFolderPost) post = NULL;
      g_autoptr(BalFolderPost) reread = NULL;

      for (guint j = 0; j < length; j++)
        data[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet)];
      if (length > 8 && i % 2 == 0)
        memcpy (data, "---\na: b", 8);
      bytes = g_bytes_new (data, length);
      post = bal_folder_post_parse (bytes);
      again = bal_folder_post_to_bytes (post);
      g_assert_true (g_bytes_equal (again, bytes));

      bal_folder_post_set (post, "key", "k");
      changed = bal_folder_post_to_bytes (post);
      reread = bal_folder_post_parse (changed);
      g_assert_cmpstr (bal_folder_post_get (reread, "key"), ==, "k");
      g_assert_true (g_bytes_equal (bal_folder_post_get_body (reread), bal_folder_post_get_body (post)));
    }
}

static void
test_any_value_round_trips (void)
{
  static const char *const values[] = {
    "plain", "Late Show: Tin Moon", " spaces ", "", "\"quoted\"", "half \" quoted", "\"", "[bracket", "a, b", "two\nlines",
    "tab\there", "---", "\\n", "ünïcödé “quotes” — dash", "\x1b[31m", "#no comment", "null", "\xe2\x80\xa8", "trailing\r",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(BalFolderPost) post = bal_folder_post_new ();
      g_autoptr(BalFolderPost) reread = NULL;
      g_autoptr(GBytes) bytes = NULL;
      const char *const list[] = { values[i], "second", NULL };
      g_auto(GStrv) labels = NULL;

      bal_folder_post_set (post, "title", values[i]);
      bal_folder_post_set_list (post, "labels", list);
      bal_folder_post_set_body (post, "<p>body</p>");
      bytes = bal_folder_post_to_bytes (post);
      reread = bal_folder_post_parse (bytes);
      g_assert_cmpstr (bal_folder_post_get (reread, "title"), ==, values[i]);
      labels = bal_folder_post_get_list (reread, "labels");
      g_assert_true (g_strv_equal ((const char *const *) labels, list));
    }
}

#define BY_HAND \
  "\xef\xbb\xbf---\r\n" \
  "# my own notes\r\n" \
  "Title:   Tin Moon   \r\n" \
  "layout: post\r\n" \
  "\r\n" \
  "tags:\r\n" \
  "  - clocks\r\n" \
  "STATUS: published\r\n" \
  "date: 2019-05-30\r\n" \
  "title: a second one\r\n" \
  "labels:  fairy tale ,clocks,\r\n" \
  "---\r\n" \
  "<p>x</p>"

static void
test_unknown_lines_are_kept (FolderFixture *fixture,
                             gconstpointer  data)
{
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(BalReview) changed = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  const char *updated;

  folder_write (fixture, "posts/by-hand.html", BY_HAND);
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpuint (reviews->len, ==, 1);
  g_assert_cmpstr (bal_review_get_remote_id (reviews->pdata[0]), ==, "by-hand");
  g_assert_cmpstr (bal_review_get_title (reviews->pdata[0]), ==, "Tin Moon");
  g_assert_cmpint (bal_review_get_status (reviews->pdata[0]), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_cmpint (bal_review_get_published (reviews->pdata[0]), ==, 1559174400);
  g_assert_cmpstr (bal_review_get_labels (reviews->pdata[0])[1], ==, "clocks");
  g_assert_null (bal_review_get_labels (reviews->pdata[0])[2]);

  changed = bal_review_dup (reviews->pdata[0]);
  bal_review_set_excerpt (changed, "Short.");
  stored = folder_put_review (fixture, changed, reviews->pdata[0]);
  text = folder_read (fixture, "posts/by-hand.html");
  updated = strstr (text, "updated: ");
  g_assert_nonnull (updated);
  expected = g_strdup_printf ("\xef\xbb\xbf---\r\n# my own notes\r\nTitle:   Tin Moon   \r\nlayout: post\r\n\r\n"
                              "tags:\r\n  - clocks\r\nSTATUS: published\r\ndate: 2019-05-30\r\n"
                              "title: a second one\r\nlabels:  fairy tale ,clocks,\r\nid: by-hand\r\n"
                              "%.29s\r\nslug: tin-moon\r\nexcerpt: Short.\r\n---\r\n<p>x</p>", updated);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_unchanged_put_writes_nothing (FolderFixture *fixture,
                                   gconstpointer  data)
{
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autofree char *text = NULL;

  folder_write (fixture, "posts/by-hand.html", BY_HAND);
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  stored = folder_put_review (fixture, reviews->pdata[0], reviews->pdata[0]);
  text = folder_read (fixture, "posts/by-hand.html");
  g_assert_cmpstr (text, ==, BY_HAND);
  g_assert_cmpstr (bal_review_get_revision (stored), ==, bal_review_get_revision (reviews->pdata[0]));
}

/* What no review can hold is shown, never rewritten. */
static void
test_bytes_that_are_no_text_survive (FolderFixture *fixture,
                                     gconstpointer  data)
{
  static const char file[] = "---\nid: a\ntitle: \xe9t\xe9\n---\n<p>NUL \0 and \xe9</p>";
  static const char body[] = "<p>NUL \0 and \xe9</p>";
  g_autoptr(GBytes) bytes = g_bytes_new_static (file, sizeof file - 1);
  g_autoptr(GBytes) after = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(BalFolderPost) post = NULL;
  g_autoptr(BalReview) retitled = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) refused = NULL;
  g_autoptr(GError) error = NULL;

  folder_write_bytes (fixture, "posts/a.html", bytes);
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpstr (bal_review_get_html (reviews->pdata[0]), ==, "<p>NUL \xef\xbf\xbd and \xef\xbf\xbd</p>");

  retitled = bal_review_dup (reviews->pdata[0]);
  bal_review_set_title (retitled, "Summer");
  stored = folder_put_review (fixture, retitled, reviews->pdata[0]);
  after = folder_read_bytes (fixture, "posts/a.html");
  post = bal_folder_post_parse (after);
  g_assert_cmpstr (bal_folder_post_get (post, "title"), ==, "Summer");
  assert_bytes (bal_folder_post_get_body (post), body, sizeof body - 1);

  bal_review_set_html (retitled, "<p>mine</p>");
  refused = bal_provider_put_review (fixture->provider, retitled, stored, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "a.html"));
}

static void
test_file_without_header_is_a_draft (FolderFixture *fixture,
                                     gconstpointer  data)
{
  g_autoptr(GPtrArray) reviews = NULL;
  g_autoptr(BalReview) changed = NULL;
  g_autoptr(BalReview) stored = NULL;
  g_autoptr(BalReview) again = NULL;
  g_autofree char *text = NULL;

  folder_write (fixture, "posts/2019-05-30-salt_hotel.html", "---\ntitle: never closed\n<p>x</p>");
  reviews = folder_pull_reviews (fixture, NULL, NULL);
  g_assert_cmpstr (bal_review_get_title (reviews->pdata[0]), ==, "salt hotel");
  g_assert_cmpint (bal_review_get_status (reviews->pdata[0]), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpstr (bal_review_get_html (reviews->pdata[0]), ==, "---\ntitle: never closed\n<p>x</p>");

  changed = bal_review_dup (reviews->pdata[0]);
  bal_review_set_title (changed, "The Salt Hotel");
  stored = folder_put_review (fixture, changed, reviews->pdata[0]);
  g_assert_cmpstr (bal_review_get_remote_id (stored), ==, "2019-05-30-salt_hotel");
  text = folder_read (fixture, "posts/2019-05-30-salt_hotel.html");
  g_assert_true (g_str_has_prefix (text, "---\nid: 2019-05-30-salt_hotel\ntitle: The Salt Hotel\n"));
  g_assert_true (g_str_has_suffix (text, "\n---\n---\ntitle: never closed\n<p>x</p>"));

  again = bal_provider_get_review (fixture->provider, "2019-05-30-salt_hotel", NULL, NULL);
  g_assert_cmpstr (bal_review_get_html (again), ==, "---\ntitle: never closed\n<p>x</p>");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder/post/any-body-round-trips", test_any_body_round_trips);
  g_test_add_func ("/folder/post/body-without-header-round-trips", test_body_without_header_round_trips);
  g_test_add_func ("/folder/post/random-files-round-trip", test_random_files_round_trip);
  g_test_add_func ("/folder/post/any-value-round-trips", test_any_value_round_trips);
  folder_test_add ("/folder/post/unknown-lines-are-kept", test_unknown_lines_are_kept);
  folder_test_add ("/folder/post/unchanged-put-writes-nothing", test_unchanged_put_writes_nothing);
  folder_test_add ("/folder/post/bytes-that-are-no-text-survive", test_bytes_that_are_no_text_survive);
  folder_test_add ("/folder/post/file-without-header-is-a-draft", test_file_without_header_is_a_draft);
  return g_test_run ();
}
