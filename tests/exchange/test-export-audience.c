/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cursor-table.h"
#include "bal-desk.h"
#include "export-posts.h"

#include <string.h>

/* What not everyone may read on the blog is not made public by taking it elsewhere. */

#define SECRET "wintergreen"

static const struct
{
  BalAudience     audience;
  BalReviewStatus status;
  const char     *title;
} closed[] = {
  { BAL_AUDIENCE_PASSWORD, BAL_REVIEW_STATUS_PUBLISHED, "Password Lane (2019)" },
  { BAL_AUDIENCE_MEMBERS, BAL_REVIEW_STATUS_PUBLISHED, "Members Lane (2019)" },
  { BAL_AUDIENCE_PAID, BAL_REVIEW_STATUS_PUBLISHED, "Paying Lane (2019)" },
  { BAL_AUDIENCE_TIERS, BAL_REVIEW_STATUS_PUBLISHED, "Tiers Lane (2019)" },
  { BAL_AUDIENCE_TIERS, BAL_REVIEW_STATUS_SCHEDULED, "Later Lane (2019)" },
  { BAL_AUDIENCE_PASSWORD, BAL_REVIEW_STATUS_SCHEDULED, "Locked Lane (2019)" },
};

/* (transfer full): one review that everyone may read, and those above. */
static BalBlog *
make_blog (Fixture *fixture)
{
  BalBlog *blog = import_blog (fixture, "Late Shows", FALSE);
  g_autoptr(BalReview) open = export_post_new ("Open Lane (2019)", "<p>Everyone: marigold.</p>", "2019-05-01");

  export_put (fixture, blog, open, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      g_autofree char *day = g_strdup_printf ("2019-06-%02u", i + 1);
      g_autoptr(BalReview) review = export_post_new (closed[i].title, "<p>Some: " SECRET ".</p>", day);

      bal_review_set_audience (review, closed[i].audience);
      bal_review_set_status (review, closed[i].status);
      if (closed[i].status == BAL_REVIEW_STATUS_SCHEDULED)
        bal_review_set_published (review, G_GINT64_CONSTANT (4102444800) + i);
      export_put (fixture, blog, review, NULL);
    }
  return blog;
}

/* Whether a file in @path has these bytes. */
static gboolean
has_text (const char *path,
          const char *words)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *text = NULL;
  const char *name;

  if (dir == NULL)
    {
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      return strstr (text, words) != NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (has_text (inner, words))
        return TRUE;
    }
  return FALSE;
}

static void
test_nothing_closed_is_in_what_everyone_reads (Fixture       *fixture,
                                               gconstpointer  data)
{
  static const BalExportFormat formats[] = { BAL_EXPORT_FORMAT_SITE, BAL_EXPORT_FORMAT_LETTERBOXD };
  g_autoptr(BalBlog) blog = make_blog (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = NULL;
      g_autoptr(BalExportReport) report = export_run (fixture, blog, bal_export_format_to_nick (formats[i]), formats[i],
                                                      &path);

      g_assert_cmpuint (report->n_reviews, ==, 1);
      g_assert_true (has_text (path, "marigold"));
      g_assert_false (has_text (path, SECRET));
      g_assert_false (has_text (path, "Password Lane"));
      for (guint j = 0; j < G_N_ELEMENTS (closed); j++)
        g_assert_true (export_has_note (report, closed[j].title));
      g_assert_true (export_has_note (report, "Not everyone may read it"));
    }
}

/* What is here already is as it was: nothing is to be told. */
static void
assert_told_once (Fixture    *fixture,
                  BalBlog    *blog,
                  const char *path)
{
  g_autoptr(BalImportReport) again = import_run (fixture, blog, path, BAL_IMPORT_NONE);

  g_assert_cmpuint (again->reviews.n_new, ==, 0);
  g_assert_false (import_has_note (again, BAL_IMPORT_NOTE_REPAIRED, "until you publish it"));
}

static void
test_what_is_closed_comes_in_closed (Fixture       *fixture,
                                     gconstpointer  data)
{
  static const BalExportFormat formats[] = {
    BAL_EXPORT_FORMAT_WXR, BAL_EXPORT_FORMAT_ATOM, BAL_EXPORT_FORMAT_MARKDOWN, BAL_EXPORT_FORMAT_JSON,
  };
  g_autoptr(BalBlog) blog = make_blog (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      const char *nick = bal_export_format_to_nick (formats[i]);
      gboolean is_json = formats[i] == BAL_EXPORT_FORMAT_JSON;
      g_autofree char *path = NULL;
      g_autoptr(BalExportReport) out = export_run (fixture, blog, nick, formats[i], &path);
      g_autoptr(BalBlog) there = import_blog (fixture, nick, TRUE);
      g_autoptr(BalImportReport) in = import_run (fixture, there, path, BAL_IMPORT_NONE);
      g_autoptr(GPtrArray) reviews = import_reviews (fixture, there);

      g_assert_cmpuint (reviews->len, ==, 1 + G_N_ELEMENTS (closed));
      g_assert_true (has_text (path, SECRET));
      g_assert_cmpint (bal_review_get_status (import_find (reviews, "Open Lane (2019)")), ==, BAL_REVIEW_STATUS_PUBLISHED);
      for (guint j = 0; j < G_N_ELEMENTS (closed); j++)
        {
          BalReview *review = import_find (reviews, closed[j].title);
          BalReviewStatus status = bal_review_get_status (review);

          g_test_message ("%s: %s", nick, closed[j].title);
          g_assert_true (status == BAL_REVIEW_STATUS_PRIVATE || status == BAL_REVIEW_STATUS_DRAFT);
          g_assert_cmpint (bal_review_get_audience (review), ==, BAL_AUDIENCE_EVERYONE);
          g_assert_true (is_json || closed[j].status == BAL_REVIEW_STATUS_SCHEDULED || export_has_note (out, closed[j].title));
        }
      if (is_json || formats[i] == BAL_EXPORT_FORMAT_MARKDOWN)
        {
          g_assert_true (import_has_note (in, BAL_IMPORT_NOTE_REPAIRED, "only members read it"));
          g_assert_true (import_has_note (in, BAL_IMPORT_NOTE_REPAIRED, "it has a password"));
        }
      assert_told_once (fixture, there, path);
      g_assert_true (is_json != export_has_note (out, "Not everyone may read it"));
    }
}

/* As WordPress writes it out. */
static void
test_a_password_of_wordpress_keeps_strangers_out (Fixture       *fixture,
                                                  gconstpointer  data)
{
  static const char *const statuses[] = { "publish", "future", "draft", "trash" };
  g_autoptr(GString) text = g_string_new ("<rss xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""
                                          " xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>"
                                          "<wp:wxr_version>1.2</wp:wxr_version>"
                                          "<wp:base_blog_url>https://late.example</wp:base_blog_url>");
  g_autofree char *path = NULL;
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) reviews = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    g_string_append_printf (text, "<item><title>%s</title><content:encoded><![CDATA[<p>a</p>]]></content:encoded>"
                            "<wp:post_id>%u</wp:post_id><wp:post_date_gmt>2099-01-02 03:04:05</wp:post_date_gmt>"
                            "<wp:status>%s</wp:status><wp:post_type>post</wp:post_type>"
                            "<wp:post_password>" SECRET "</wp:post_password></item>", statuses[i], i + 1, statuses[i]);
  g_string_append (text, "</channel></rss>");
  path = import_write (fixture, "in.xml", text->str, text->len);
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  reviews = import_reviews (fixture, blog);

  g_assert_cmpint (bal_review_get_status (import_find (reviews, "publish")), ==, BAL_REVIEW_STATUS_PRIVATE);
  g_assert_cmpint (bal_review_get_status (import_find (reviews, "future")), ==, BAL_REVIEW_STATUS_PRIVATE);
  g_assert_cmpint (bal_review_get_status (import_find (reviews, "draft")), ==, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpint (bal_review_get_status (import_find (reviews, "trash")), ==, BAL_REVIEW_STATUS_TRASH);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "it has a password"));
  g_assert_false (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, SECRET));
}

/* A key of that name in another program's front matter means something else, and is told like others. */
static void
test_another_programs_audience_is_told (Fixture       *fixture,
                                        gconstpointer  data)
{
  static const char text[] = "---\ntitle: Night Bus\ndate: 2019-05-01\naudience: teens\n---\nA bus.\n";
  g_autofree char *path = import_write (fixture, "night-bus.md", text, strlen (text));
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);

  g_assert_cmpint (bal_review_get_status (import_find (reviews, "Night Bus")), ==, BAL_REVIEW_STATUS_PUBLISHED);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "audience"));
}

/* As a later version may write it. */
static void
test_an_unknown_audience_stays_closed (Fixture       *fixture,
                                       gconstpointer  data)
{
  static const char *const texts[] = {
    "{\"format\": \"balcony\", \"version\": 2, \"blog\": {\"name\": \"Elsewhere\"}, \"items\": ["
    "{\"type\": \"review\", \"key\": \"a\", \"status\": \"published\", \"audience\": \"patrons\","
    " \"published\": \"2019-05-01T12:00:00Z\", \"title\": \"Night Bus\", \"html\": \"<p>A bus.</p>\"}]}",
    "{\"format\": \"balcony\", \"version\": 2, \"blog\": {\"name\": \"Elsewhere\"}, \"items\": ["
    "{\"type\": \"review\", \"key\": \"b\", \"status\": \"published\", \"audience\": [\"patrons\", \"friends\"],"
    " \"published\": \"2019-05-01T12:00:00Z\", \"title\": \"Night Bus\", \"html\": \"<p>A bus.</p>\"}]}",
    "---\ntitle: Night Bus\ndate: 2099-05-01T12:00:00Z\ndraft: true\npublished: false\nstatus: scheduled\n"
    "audience: patrons\n---\nA bus.\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *name = g_strdup_printf ("later-%u.%s", i, texts[i][0] == '{' ? "json" : "md");
      g_autofree char *path = import_write (fixture, name, texts[i], strlen (texts[i]));
      g_autoptr(BalBlog) blog = import_blog (fixture, name, TRUE);
      g_autoptr(BalImportReport) report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
      g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);

      g_test_message ("%s", name);
      g_assert_cmpint (bal_review_get_status (import_find (reviews, "Night Bus")), ==, BAL_REVIEW_STATUS_PRIVATE);
      g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "only members read it"));
    }
}

static gboolean
restore_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  return bal_desk_restore_review (transaction, bal_review_get_id (data), error);
}

/* Each was published or to be when it went to the trash. */
static void
test_what_is_closed_stays_so_out_of_the_trash (Fixture       *fixture,
                                               gconstpointer  data)
{
  static const char *const before[] = { "published", "scheduled" };
  static const char *const audiences[] = { "password", "members", "paid", "tiers", "patrons" };

  for (guint i = 0; i < G_N_ELEMENTS (before) * G_N_ELEMENTS (audiences) * 2; i++)
    {
      gboolean has_private = i % 2 == 0;
      const char *word = audiences[i / 2 % G_N_ELEMENTS (audiences)];
      const char *previous = before[i / 2 / G_N_ELEMENTS (audiences)];
      g_autofree char *name = g_strdup_printf ("%s-%s-%u", previous, word, i);
      g_autofree char *text = g_strdup_printf (
        "{\"format\": \"balcony\", \"version\": 2, \"blog\": {\"name\": \"Elsewhere\"}, \"items\": ["
        "{\"type\": \"review\", \"key\": \"%s\", \"status\": \"trash\", \"audience\": \"%s\","
        " \"previous_status\": \"%s\", \"published\": \"2099-05-01T12:00:00Z\", \"title\": \"Lost Bus\","
        " \"html\": \"<p>A bus.</p>\"}]}", name, word, previous);
      g_autofree char *path = import_write (fixture, "lost.json", text, strlen (text));
      g_autoptr(BalBlog) blog = import_blog (fixture, name, TRUE);
      g_autoptr(BalImportReport) report = NULL;
      g_autoptr(GPtrArray) reviews = NULL;
      g_autoptr(GPtrArray) restored = NULL;

      if (!has_private)
        bal_blog_set_capabilities (blog, bal_blog_get_capabilities (blog) & ~BAL_CAPABILITY_PRIVATE);
      report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
      reviews = import_reviews (fixture, blog);
      g_assert_cmpint (bal_review_get_status (import_find (reviews, "Lost Bus")), ==, BAL_REVIEW_STATUS_TRASH);
      fixture_write (fixture, restore_work, import_find (reviews, "Lost Bus"));

      g_test_message ("%s", name);
      restored = import_reviews (fixture, blog);
      g_assert_cmpint (bal_review_get_status (import_find (restored, "Lost Bus")), ==,
                       has_private ? BAL_REVIEW_STATUS_PRIVATE : BAL_REVIEW_STATUS_DRAFT);
    }
}

static gboolean
ask_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  return bal_cursor_table_put (transaction, bal_blog_get_id (data), BAL_CURSOR_REVIEWS_SINCE, "2019-06-01T00:00:00", error);
}

static gboolean
pull_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  g_autoptr(GArray) ids = bal_review_table_list_ids (transaction, bal_blog_get_id (data), error);
  g_autoptr(BalReview) review = bal_review_table_get (transaction, g_array_index (ids, gint64, 0), error);

  bal_review_set_remote_id (review, "11");
  return bal_review_table_update (transaction, review, error);
}

static void
test_it_is_told_what_the_blog_was_not_asked (Fixture       *fixture,
                                             gconstpointer  data)
{
  static const char words[] = "has not yet asked the blog";
  g_autoptr(BalBlog) blog = make_blog (fixture);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("out-%u", i);
      g_autofree char *path = NULL;
      g_autoptr(BalExportReport) report = export_run (fixture, blog, name, BAL_EXPORT_FORMAT_SITE, &path);

      /* Nothing of it is the blog's; the blog was not read to the end; it was. */
      g_assert_true (export_has_note (report, words) == (i == 1));
      fixture_write (fixture, i == 0 ? pull_work : ask_work, blog);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/export/audience/nothing-closed-is-in-what-everyone-reads", test_nothing_closed_is_in_what_everyone_reads);
  fixture_add ("/export/audience/what-is-closed-comes-in-closed", test_what_is_closed_comes_in_closed);
  fixture_add ("/import/audience/a-password-of-wordpress-keeps-strangers-out", test_a_password_of_wordpress_keeps_strangers_out);
  fixture_add ("/import/audience/another-programs-audience-is-told", test_another_programs_audience_is_told);
  fixture_add ("/import/audience/what-is-closed-stays-so-out-of-the-trash", test_what_is_closed_stays_so_out_of_the_trash);
  fixture_add ("/import/audience/an-unknown-audience-stays-closed", test_an_unknown_audience_stays_closed);
  fixture_add ("/export/audience/it-is-told-what-the-blog-was-not-asked", test_it_is_told_what_the_blog_was_not_asked);
  return g_test_run ();
}
