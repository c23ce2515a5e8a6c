/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include <string.h>

#include "bal-safe-text.h"
#include "store-rows.h"

/*
 * Folders that other programs take: what they can hold of a made-up blog is there, each thing once. BALCONY_SEED=N tries one seed.
 */

#define N_SEEDS 3

static void
try_seeds (void (*try_seed) (guint seed))
{
  const char *one = g_getenv ("BALCONY_SEED"), *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_seeds = N_SEEDS * (factor != NULL ? (guint) atoi (factor) : 1);

  if (one != NULL)
    try_seed ((guint) atoi (one));
  for (guint seed = 0; one == NULL && seed < n_seeds; seed++)
    try_seed (seed);
}

static void
assert_equal (const char *before,
              const char *after,
              guint       seed)
{
  if (!g_str_equal (before, after))
    g_error ("seed %u:\nbefore\n%s\nafter\n%s", seed, before, after);
}

/* ---- Letterboxd ---- */

#define N_FILMS 40

static char *
make_words (GRand *random,
            int    n)
{
  static const char *const words[] = {
    "ferry", "“quoted”", "comma,", "\"straight\"", "it’s", "& more", "1 < 2", "日本", "🎬", "slow;", "a=b", "‘x’", "=SUM(1)", "end.",
  };
  GString *text = g_string_new ("Word");

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, " %s", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
  return g_string_free (text, FALSE);
}

typedef struct
{
  BalBlog *blog;
  GRand   *random;
} Making;

static gboolean
make_films (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  static const char *const grades[] = { "A+", "A", "B-", "C", "D+", "F" };
  static const char *const titles[] = { "Night Ferry", "Tin Moon, Again", "The \"Perfection\"", "夜", "Salt & Ash" };
  Making *making = data;

  for (guint i = 0; i < N_FILMS; i++)
    {
      GRand *random = making->random;
      g_autofree char *first = make_words (random, 8), *second = make_words (random, 3);
      g_autofree char *a = g_markup_escape_text (first, -1), *b = g_markup_escape_text (second, -1);
      g_autofree char *title = g_strdup_printf ("%s%s (%d)", g_rand_boolean (random) ? "Late Shows: " : "",
                                                titles[g_rand_int_range (random, 0, G_N_ELEMENTS (titles))],
                                                g_rand_int_range (random, 1960, 1963));
      g_autofree char *html = g_strdup_printf ("<p>%s</p>\n<p>%s</p>\n<p>Grade: %s</p>", a, b,
                                               grades[g_rand_int_range (random, 0, G_N_ELEMENTS (grades))]);
      const char *labels[] = { "ferries", g_rand_boolean (random) ? "new & old" : NULL, NULL };
      g_autoptr(BalReview) review = make_review (bal_blog_get_id (making->blog), NULL, title, html);

      bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
      bal_review_set_published (review, 1262347200 + (gint64) g_rand_int_range (random, 0, 2000) * 86400);
      bal_review_set_labels (review, labels);
      must (take_in_review (transaction, review, error));
    }
  return TRUE;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("", (char **) lines->pdata);
}

/* A line for each viewing, sorted: what a row of the files can hold. @is_imported: “rewatch” is a label of those that the files call so. */
static char *
describe_viewings (Fixture  *fixture,
                   BalBlog  *blog,
                   gboolean  is_imported)
{
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < reviews->len; i++)
    {
      BalReview *review = reviews->pdata[i];
      g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (bal_review_get_published (review));
      g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");
      g_autofree char *text = bal_safe_text_from_html (bal_review_get_html (review));
      g_autofree char *flat = g_strescape (text, NULL);
      g_autoptr(GString) labels = g_string_new (NULL);

      for (guint k = 0; bal_review_get_labels (review)[k] != NULL; k++)
        if (!is_imported || !g_str_equal (bal_review_get_labels (review)[k], "rewatch"))
          g_string_append_printf (labels, "%s;", bal_review_get_labels (review)[k]);
      g_ptr_array_add (lines, g_strdup_printf ("%s|%s|%d|%s|%s|%s\n", day, bal_review_get_film (review),
                                               bal_review_get_film_year (review), bal_review_get_grade (review), labels->str,
                                               flat));
    }
  return join_sorted (lines);
}

/* How many viewings of a film there were before: so many rows say that it was watched again. */
static guint
count_again (const char *lines)
{
  g_autoptr(GHashTable) films = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) rows = g_strsplit (lines, "\n", -1);
  guint n = 0;

  for (guint i = 0; rows[i] != NULL && *rows[i] != '\0'; i++)
    {
      g_auto(GStrv) cells = g_strsplit (rows[i], "|", 4);

      n += !g_hash_table_add (films, g_strconcat (cells[1], "|", cells[2], NULL));
    }
  return n;
}

static guint
count_labelled (Fixture *fixture,
                BalBlog *blog)
{
  g_autoptr(GPtrArray) reviews = import_reviews (fixture, blog);
  guint n = 0;

  for (guint i = 0; i < reviews->len; i++)
    n += g_strv_contains (bal_review_get_labels (reviews->pdata[i]), "rewatch");
  return n;
}

static void
try_letterboxd (guint seed)
{
  Fixture first = { 0 }, second = { 0 };
  Making making = { .random = g_rand_new_with_seed (seed) };
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalBlog) again = NULL;
  g_autoptr(BalImportReport) report = NULL;
  g_autofree char *path = NULL, *before = NULL, *after = NULL;

  fixture_set_up (&first, NULL);
  making.blog = blog = import_blog (&first, "Home", TRUE);
  fixture_write (&first, make_films, &making);
  path = export_write (&first, blog, BAL_EXPORT_FORMAT_LETTERBOXD, "csv", NULL);

  fixture_set_up (&second, NULL);
  again = import_blog (&second, "Home", TRUE);
  report = import_run (&second, again, path, BAL_IMPORT_NONE);
  g_assert_cmpuint (report->reviews.n_new, ==, N_FILMS);
  before = describe_viewings (&first, blog, FALSE);
  after = describe_viewings (&second, again, TRUE);
  assert_equal (before, after, seed);
  g_assert_cmpuint (count_labelled (&second, again), ==, count_again (before));
  g_assert_cmpuint (count_again (before), >, 0);

  g_rand_free (making.random);
  fixture_tear_down (&first, NULL);
  fixture_tear_down (&second, NULL);
}

static void
test_letterboxd_comes_back (void)
{
  try_seeds (try_letterboxd);
}

/* ---- the pages ---- */

#define N_REVIEWS 12

static void
add_pages (const char *root,
           const char *folder,
           GHashTable *pages)
{
  g_autofree char *path = g_build_filename (root, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = *folder != '\0' ? g_build_filename (folder, name, NULL) : g_strdup (name);
      g_autofree char *file = g_build_filename (root, below, NULL);
      char *bytes;

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        add_pages (root, below, pages);
      else if (g_str_has_suffix (name, ".html"))
        {
          g_assert_true (g_file_get_contents (file, &bytes, NULL, NULL));
          g_hash_table_insert (pages, g_steal_pointer (&below), bytes);
        }
    }
}

/* In the pages below @folder: lists show how a review begins, too. */
static guint
count_words (GHashTable *pages,
             const char *folder,
             const char *words)
{
  GHashTableIter iter;
  gpointer name, page;
  guint n = 0;

  g_hash_table_iter_init (&iter, pages);
  while (g_hash_table_iter_next (&iter, &name, &page))
    for (const char *p = strstr (page, words); p != NULL; p = strstr (p + 1, words))
      n += g_str_has_prefix (name, folder);
  return n;
}

/* Links among the pages lead to a file; nothing runs; no attribute but our own begins with “on”. */
static void
check_page (const char *root,
            const char *name,
            const char *page)
{
  g_autoptr(GRegex) links = g_regex_new ("<[^>]*\\s(?:href|src)=\"([^\"]*)\"", 0, 0, NULL);
  g_autoptr(GRegex) harm = g_regex_new ("<\\s*(script|iframe|object|embed|form)|<[^>]*\\son[a-z]+\\s*=|javascript:",
                                        G_REGEX_CASELESS, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *folder = g_path_get_dirname (name);

  if (g_regex_match (harm, page, 0, NULL))
    g_error ("%s: something of it could run", name);
  for (g_regex_match (links, page, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *link = g_match_info_fetch (match, 1);
      g_autofree char *file = NULL, *plain = NULL;

      link[strcspn (link, "#")] = '\0';
      if (*link == '\0' || strstr (link, "://") != NULL || g_str_has_prefix (link, "mailto:"))
        continue;
      plain = g_uri_unescape_string (link, NULL);
      file = g_build_filename (root, folder, plain, NULL);
      if (!g_file_test (file, G_FILE_TEST_EXISTS))
        g_error ("%s: the link “%s” leads nowhere", name, link);
    }
}

static void
try_site (guint seed)
{
  Fixture first = { 0 };
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(GHashTable) pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *path = NULL;
  GHashTableIter iter;
  gpointer name, page;
  guint n_reviews = 0, n_comments = 0;
  gint64 last;

  fixture_set_up (&first, NULL);
  blog = export_make_blog (&first, seed, N_REVIEWS);
  store_rows_run (first.dir, "UPDATE review_body SET html = '<p>Ztext' || review_id || 'z</p>' || html;"
                             "UPDATE comment SET html = '<p>Zsaid' || id || 'z</p>' || html;"
                             "UPDATE review SET status = 2 WHERE id % 3 = 0 AND published BETWEEN 1 AND 4000000000;"
                             "UPDATE comment SET status = 1 WHERE id % 3 = 0");
  fixture_reopen (&first);
  path = export_write (&first, blog, BAL_EXPORT_FORMAT_SITE, "site", NULL);
  add_pages (path, "", pages);

  g_hash_table_iter_init (&iter, pages);
  while (g_hash_table_iter_next (&iter, &name, &page))
    check_page (path, name, page);

  last = store_rows_ask (first.dir, "SELECT max (id) FROM review");
  for (gint64 id = 1; id <= last; id++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM review WHERE status = 2 AND id = %" G_GINT64_FORMAT, id);
      g_autofree char *words = g_strdup_printf ("Ztext%" G_GINT64_FORMAT "z", id);
      guint n = (guint) store_rows_ask (first.dir, sql);

      g_assert_cmpuint (count_words (pages, "reviews/", words), ==, n);
      g_assert_cmpint (count_words (pages, "", words) > 0, ==, n > 0);
      n_reviews += n;
    }
  last = store_rows_ask (first.dir, "SELECT max (id) FROM comment");
  for (gint64 id = 1; id <= last; id++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM comment c JOIN review r ON r.id = c.review_id"
                                              "  WHERE c.status = 1 AND r.status = 2 AND c.id = %" G_GINT64_FORMAT, id);
      g_autofree char *words = g_strdup_printf ("Zsaid%" G_GINT64_FORMAT "z", id);
      guint n = (guint) store_rows_ask (first.dir, sql);

      g_assert_cmpuint (count_words (pages, "", words), ==, n);
      n_comments += n;
    }
  g_assert_cmpuint (n_reviews, >, 0);
  g_assert_cmpuint (n_comments, >, 0);
  fixture_tear_down (&first, NULL);
}

static void
test_pages_have_each_thing_once (void)
{
  try_seeds (try_site);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/letterboxd-comes-back", test_letterboxd_comes_back);
  g_test_add_func ("/export/pages-have-each-thing-once", test_pages_have_each_thing_once);

  return g_test_run ();
}
