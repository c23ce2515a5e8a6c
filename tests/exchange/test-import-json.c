/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "bal-import-undo.h"
#include "bal-reply-draft-table.h"

#include <string.h>

/* What only Balcony's own files bring: persons, saved replies, searches, drafts. */

#define FILE_OF(site, items) \
  "{\"format\":\"balcony\",\"version\":1,\"blog\":{\"name\":\"Late Shows\",\"url\":\"" site "\"},\"items\":[" items "]}"
#define PERSONS "{\"type\":\"person\",\"key\":\"mail:a@a.example\",\"name\":\"A\"}," \
                "{\"type\":\"person\",\"key\":\"mail:b@b.example\",\"name\":\"B\",\"same_as\":\"mail:a@a.example\"}"
#define HELP "{\"type\":\"saved_reply\",\"name\":\"Thanks\",\"html\":\"Thanks!\"}," \
             "{\"type\":\"filter\",\"name\":\"Spam\",\"line\":\"status:spam\"}"

static BalImportReport *
bring (Fixture        *fixture,
       BalBlog        *blog,
       const char     *text,
       BalImportFlags  flags)
{
  g_autofree char *path = import_write (fixture, "in.json", text, strlen (text));

  return import_run (fixture, blog, path, flags);
}

static BalImportUndone *
undo (Fixture *fixture,
      BalBlog *blog)
{
  g_autoptr(GError) error = NULL;
  BalImportUndone *undone = bal_import_undo (fixture->store, bal_blog_get_id (blog), 0, NULL, &error);

  g_assert_no_error (error);
  return undone;
}

static void
test_what_is_no_review_is_counted (Fixture       *fixture,
                                   gconstpointer  data)
{
  static const char text[] = FILE_OF ("https://a.example", PERSONS "," HELP);
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) look = bring (fixture, blog, text, BAL_IMPORT_PREVIEW);
  g_autoptr(BalImportReport) look_again = bring (fixture, blog, text, BAL_IMPORT_PREVIEW);
  g_autoptr(BalImportReport) report = bring (fixture, blog, text, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) again = bring (fixture, blog, text, BAL_IMPORT_PREVIEW);

  g_assert_cmpuint (look->n_extras, ==, 4);
  g_assert_cmpuint (look_again->n_extras, ==, 4);
  g_assert_cmpuint (report->n_extras, ==, 4);
  g_assert_cmpuint (again->n_extras, ==, 0);
  g_assert_cmpuint (again->n_kept, ==, 0);
}

static void
test_an_import_of_no_review_is_the_one_taken_back (Fixture       *fixture,
                                                   gconstpointer  data)
{
  static const char review[] = FILE_OF ("https://a.example", "{\"type\":\"review\",\"key\":\"r\",\"title\":\"R\"}");
  static const char help[] = FILE_OF ("https://a.example", HELP);
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) first = bring (fixture, blog, review, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) looked = bring (fixture, blog, help, BAL_IMPORT_PREVIEW);
  g_autoptr(BalImportReport) second = bring (fixture, blog, help, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) nothing = bring (fixture, blog, help, BAL_IMPORT_NONE);
  g_autoptr(BalImportUndone) undone = undo (fixture, blog);
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autofree char *summary = bal_import_undone_summarize (undone);

  g_assert_cmpint (looked->run_id, ==, 0);
  g_assert_cmpint (second->run_id, >, first->run_id);
  g_assert_cmpint (nothing->run_id, ==, 0);
  g_assert_cmpint (undone->run_id, ==, second->run_id);
  g_assert_cmpuint (reviews->len, ==, 1);
  g_assert_nonnull (strstr (summary, "saved replies, searches"));
}

/* ---- drafts ---- */

/* Of a comment, or the pictures of a blog. */
typedef struct
{
  gint64 id;
  guint  n;
} Count;

static gboolean
write_draft (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Count *self = data;

  return bal_reply_draft_table_put (transaction, self->id, FALSE, "<p>Mine.</p>", NULL, error);
}

static gboolean
count_drafts (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Count *self = data;
  g_autoptr(GPtrArray) drafts = bal_reply_draft_table_list (transaction, error);

  self->n = drafts != NULL ? drafts->len : 0;
  return drafts != NULL;
}

static void
test_a_draft_that_came_in_goes_again (Fixture       *fixture,
                                      gconstpointer  data)
{
  static const char text[] =
    FILE_OF ("https://a.example", "{\"type\":\"review\",\"key\":\"r\",\"title\":\"R\"},"
             "{\"type\":\"comment\",\"key\":\"c\",\"review\":\"r\",\"author\":\"A\",\"html\":\"C\","
             "\"drafts\":[{\"html\":\"<p>Theirs.</p>\",\"updated\":\"2020-01-01T00:00:00Z\"}]}");
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);

  for (guint written = 0; written < 2; written++)
    {
      g_autoptr(BalImportReport) report = bring (fixture, blog, text, BAL_IMPORT_NONE);
      g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
      g_autoptr(GPtrArray) thread = import_thread (fixture, reviews->pdata[0]);
      g_autoptr(BalImportUndone) undone = NULL;
      Count drafts = { bal_comment_get_id (thread->pdata[0]), 0 };

      assert_counts (report, 1, 0, 1, 0);
      fixture_read (fixture, count_drafts, &drafts);
      g_assert_cmpuint (drafts.n, ==, 1);
      if (written)
        fixture_write (fixture, write_draft, &drafts);
      undone = undo (fixture, blog);
      g_assert_cmpuint (undone->n_reviews, ==, !written);
      g_assert_cmpuint (undone->n_reviews_kept, ==, written);
      fixture_read (fixture, count_drafts, &drafts);
      g_assert_cmpuint (drafts.n, ==, written);
    }
}

/* ---- what is another blog's ---- */

static gboolean
count_uploaded (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Count *self = data;
  g_autoptr(BalMedia) media = bal_media_table_find_url (transaction, self->id, "https://a.example/p.gif", error);

  self->n = media != NULL;
  return *error == NULL;
}

static void
test_what_another_blog_numbered_means_nothing_here (Fixture       *fixture,
                                                    gconstpointer  data)
{
  static const char text[] =
    FILE_OF ("https://a.example",
             "{\"type\":\"picture\",\"number\":1,\"file_name\":\"p.gif\",\"remote_id\":\"31\","
             "\"url\":\"https://a.example/p.gif\",\"data\":\"R0lGODlhAQABAAAAACw=\"},"
             "{\"type\":\"review\",\"key\":\"r\",\"title\":\"A\",\"featured_image\":\"31\"},"
             "{\"type\":\"review\",\"key\":\"s\",\"title\":\"B\",\"featured_image\":\"media:1\"}");

  for (guint own = 0; own < 2; own++)
    {
      g_autoptr(BalBlog) blog = import_blog (fixture, own ? "https://a.example" : "Other", FALSE);
      g_autoptr(BalImportReport) report = bring (fixture, blog, text, BAL_IMPORT_NONE);
      g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
      Count uploaded = { bal_blog_get_id (blog), 0 };

      g_assert_cmpuint (reviews->len, ==, 2);
      g_assert_cmpstr (bal_review_get_featured_image (import_find (reviews, "A")), ==, own ? "31" : NULL);
      g_assert_nonnull (bal_review_get_featured_image (import_find (reviews, "B")));
      g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "number 31") == !own);
      fixture_read (fixture, count_uploaded, &uploaded);
      g_assert_cmpuint (uploaded.n, ==, own);
    }
}

/* ---- what was here by itself ---- */

static void
test_history_that_stays_out_is_told (Fixture       *fixture,
                                     gconstpointer  data)
{
  static const char bare[] = "---\ntitle: Night Ferry\ndate: 2019-05-30\n---\nText.\n";
  static const char text[] =
    FILE_OF ("https://a.example", "{\"type\":\"review\",\"key\":\"r\",\"title\":\"Night Ferry\","
             "\"published\":\"2019-05-30T00:00:00Z\",\"status\":\"published\",\"history\":[{\"html\":\"<p>Old.</p>\"}]}");
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *path = import_write (fixture, "night-ferry.md", bare, strlen (bare));
  g_autoptr(BalImportReport) first = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) second = bring (fixture, blog, text, BAL_IMPORT_NONE);

  assert_counts (first, 1, 0, 0, 0);
  assert_counts (second, 0, 1, 0, 0);
  g_assert_true (import_has_note (second, BAL_IMPORT_NOTE_KEPT, "older versions"));
}

/* ---- persons ---- */

static void
test_who_leads_others_here_is_decided (Fixture       *fixture,
                                       gconstpointer  data)
{
  static const char other[] =
    FILE_OF ("https://a.example", "{\"type\":\"person\",\"key\":\"mail:a@a.example\",\"name\":\"A\",\"trust\":\"blocked\"}");
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autoptr(BalImportReport) first = bring (fixture, blog, FILE_OF ("https://a.example", PERSONS), BAL_IMPORT_NONE);
  g_autoptr(BalImportReport) second = bring (fixture, blog, other, BAL_IMPORT_NONE);

  g_assert_cmpuint (first->n_extras, ==, 2);
  g_assert_cmpuint (second->n_extras, ==, 0);
  g_assert_cmpuint (second->n_kept, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/import/json/what-is-no-review-is-counted", test_what_is_no_review_is_counted);
  fixture_add ("/import/json/an-import-of-no-review-is-the-one-taken-back", test_an_import_of_no_review_is_the_one_taken_back);
  fixture_add ("/import/json/a-draft-that-came-in-goes-again", test_a_draft_that_came_in_goes_again);
  fixture_add ("/import/json/what-another-blog-numbered-means-nothing-here",
               test_what_another_blog_numbered_means_nothing_here);
  fixture_add ("/import/json/history-that-stays-out-is-told", test_history_that_stays_out_is_told);
  fixture_add ("/import/json/who-leads-others-here-is-decided", test_who_leads_others_here_is_decided);

  return g_test_run ();
}
