/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "damage.h"
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* What comes of damaged files must be something that the store takes: one refused row would cost all of a batch. After each
 * test the store is checked through and through. */

static const char *const samples[] = {
  "small.wxr.xml", "backup.atom.xml", "takeout.atom", "everything.json", "letterboxd/reviews.csv", "letterboxd/diary.csv",
  "letterboxd/ratings.csv", "site/_posts/2019-05-30-night-ferry.md", "site/_posts/2020-02-03-toml.md", "site/page.html",
  "site/gulls.txt", "site.zip",
};

static BalImportReport *
bring_in (Fixture    *fixture,
          BalBlog    *blog,
          const char *path)
{
  g_autoptr(GError) error = NULL;
  BalImportReport *report = bal_import_run (fixture->store, blog, path, BAL_IMPORT_FORMAT_AUTO, BAL_IMPORT_SEND, NULL, NULL,
                                            NULL, &error);

  if (report == NULL)
    g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  return report;
}

static void
import_twice (Fixture    *fixture,
              BalBlog    *blog,
              const char *path)
{
  g_autoptr(BalImportReport) report = bring_in (fixture, blog, path);
  g_autoptr(BalImportReport) again = bring_in (fixture, blog, path);

  g_assert_true ((report == NULL) == (again == NULL));
  if (report == NULL)
    return;
  if (again->reviews.n_new > 0 || again->comments.n_new > 0)
    g_error ("“%s” adds %u reviews and %u comments once more", path, again->reviews.n_new, again->comments.n_new);
  g_assert_cmpuint (again->reviews.n_there, ==, report->reviews.n_new + report->reviews.n_there);
  g_assert_cmpuint (again->comments.n_there, ==, report->comments.n_new + report->comments.n_there);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  const char *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_times = 8 * (factor != NULL ? (guint) atoi (factor) : 1);

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *source = import_sample (samples[i]);
      g_autofree char *base = g_path_get_basename (samples[i]);
      g_autofree char *path = g_build_filename (fixture->dir, base, NULL);
      g_autofree char *bytes = NULL;
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      gsize length;

      g_file_get_contents (source, &bytes, &length, &error);
      g_assert_no_error (error);
      for (guint n = 0; n < n_times; n++)
        {
          g_autofree char *name = g_strdup_printf ("%s %u", base, n);
          g_autoptr(BalBlog) blog = import_blog (fixture, name, n % 2 == 0);

          g_string_truncate (text, 0);
          g_string_append_len (text, bytes, (gssize) length);
          damage_any (text, damage_kind (base));
          /* Without it the end of a longer file that was there would stay. */
          g_unlink (path);
          g_file_set_contents_full (path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_NONE, 0600, &error);
          g_assert_no_error (error);
          import_twice (fixture, blog, path);
        }
    }
}

/* After an error libxml2 left out every "&lt;" of the rest of a file, and what stood behind a bare ampersand. */
static void
test_ampersand (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(BalBlog) blog = import_blog (fixture, "Home", TRUE);
  g_autofree char *source = import_sample ("backup.atom.xml");
  g_autofree char *bytes = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GString) text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImportReport) report = NULL;
  g_autoptr(GPtrArray) reviews = NULL;
  BalReview *review;

  g_file_get_contents (source, &bytes, NULL, &error);
  g_assert_no_error (error);
  text = g_string_new (bytes);
  g_assert_cmpuint (g_string_replace (text, "Late Shows: Night Ferry", "R&R & Night &amp; Ferry", 0), >, 0);
  path = import_write (fixture, "ampersand.xml", text->str, text->len);
  report = bring_in (fixture, blog, path);
  assert_counts (report, 2, 0, 2, 0);
  g_assert_true (import_has_note (report, BAL_IMPORT_NOTE_REPAIRED, "XML is wrong in 2 places"));
  reviews = import_reviews (fixture, blog);
  review = import_find (reviews, "R&R & Night & Ferry");
  g_assert_cmpstr (bal_review_get_html (review), ==, "A ferry never lands.<br /><br />Grade: A-");
}

/* A review has several lines, and so has what a lost quotation mark makes of other rows. */
static void
test_quotes (Fixture       *fixture,
             gconstpointer  data)
{
  static const char rows[] = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n"
                             "2024-01-02,One,2019,https://boxd.it/19,4,,\"It lands.\n\nTwice.\",\"sea, ferry\",2024-01-01\n"
                             "2024-01-03,Two,2020,https://boxd.it/20,4,,\"It, too,\n\nlands.\",,2024-01-02\n"
                             "2024-01-04,Three,2021,https://boxd.it/21,4,,\"It\nnever\ndoes.\",\"a, b\",2024-01-03\n"
                             "2024-01-05,Four,2022,https://boxd.it/22,4,,Short,,2024-01-04\n";

  for (const char *p = strchr (rows, '"'); p != NULL; p = strchr (p + 1, '"'))
    {
      g_autofree char *name = g_strdup_printf ("%d", (int) (p - rows));
      g_autoptr(BalBlog) blog = import_blog (fixture, name, TRUE);
      g_autoptr(GString) text = g_string_new (rows);
      g_autofree char *path = NULL;
      g_autoptr(BalImportReport) report = NULL;
      g_autoptr(GPtrArray) reviews = NULL;
      const char *const titles[] = { "One (2019)", "Two (2020)", "Three (2021)", "Four (2022)" };
      guint n_whole = 0;

      g_string_erase (text, p - rows, 1);
      path = import_write (fixture, "reviews.csv", text->str, text->len);
      report = bring_in (fixture, blog, path);
      if (report->n_skipped + report->n_repaired == 0)
        g_error ("nothing is said of the quotation mark that is lost at %s", name);
      reviews = import_reviews (fixture, blog);
      for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
        for (guint k = 0; k < reviews->len; k++)
          n_whole += g_strcmp0 (bal_review_get_title (reviews->pdata[k]), titles[i]) == 0;
      if (n_whole < G_N_ELEMENTS (titles) - 1)
        g_error ("without the quotation mark at %s %u rows are left", name, n_whole);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/import/damaged-files-come-in-once-and-leave-a-sound-store", test_damaged);
  fixture_add ("/import/a-bare-ampersand-is-text-and-costs-no-markup", test_ampersand);
  fixture_add ("/import/a-lost-quotation-mark-costs-one-row", test_quotes);
  return g_test_run ();
}
