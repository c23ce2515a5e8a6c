/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include "bal-backup.h"
#include "bal-import-whole.h"
#include "store-rows.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

/*
 * What an export of everything is made anew from is equal: table by table, column by column, by the schema of the store itself.
 * BALCONY_SEED=N tries one seed.
 */

#define N_SEEDS 2
#define N_REVIEWS 10

/* What no import and no person makes, on top of a made-up blog: on a server, in the middle of everything. %1$u: the seed. */
static const char more[] =
  "UPDATE blog SET provider = 'wordpress', url = 'https://home.example', endpoint = 'https://home.example/wp-json/',"
  "  authorize_url = 'https://home.example/auth', user = 'ada', user_id = '1', capabilities = 8191, signed_in = 1, last_sync = 1500000000,"
  "  language = 'en_GB', image_folder = '/pictures', image_url = 'https://pictures.example' WHERE name = 'Home';"
  "UPDATE review SET remote_id = 'r' || id, revision = 'v' || id, url = 'https://home.example/' || id, edit_seq = id %% 5,"
  "  previous_status = nullif (id %% 5, 1), audience = id %% 5 WHERE (id + %1$u) %% 3 <> 0;"
  "UPDATE review SET key = NULL WHERE (id + %1$u) %% 6 = 1;"
  "INSERT INTO review_base SELECT id, blog_id, remote_id, 'v0', title || ' once', 'e', slug, url, '31', 'a' || char (31) || 'b', NULL,"
  "  status, published, updated, CASE id %% 3 WHEN 0 THEN NULL ELSE '<p>Once.</p>' END, (id + 1) %% 5 FROM review WHERE remote_id IS NOT NULL;"
  "UPDATE comment SET remote_id = 'c' || id, remote_parent_id = nullif ('c' || (id - 1), 'c0'), url = 'https://home.example/#' || id,"
  "  edit_seq = id %% 4, previous_status = nullif (id %% 4, 2) WHERE (id + %1$u) %% 3 <> 0;"
  "UPDATE comment SET key = NULL WHERE (id + %1$u) %% 6 = 2;"
  "UPDATE comment SET html = NULL, has_link = 0 WHERE (id + %1$u) %% 17 = 2;"
  "INSERT INTO comment_base SELECT id, blog_id, review_id, remote_id, remote_parent_id, 'Then', 'then@example.com', 'https://then.example',"
  "  '192.0.2.1', 'Agent', mine, status, created, url, CASE id %% 3 WHEN 0 THEN NULL ELSE '<p>Once.</p>' END FROM comment"
  "  WHERE remote_id IS NOT NULL;"
  /* In all states; a create where the blog has none yet. */
  "INSERT INTO outbox (blog_id, entity, entity_id, op, state, edit_seq, key, remote_id, attempts, not_before, error)"
  "  SELECT blog_id, 1, id, remote_id IS NOT NULL, id %% 4, edit_seq, key, remote_id, id %% 3, 1600000000 * (id %% 2), nullif ('E' || id %% 2, 'E1')"
  "  FROM review WHERE (id + %1$u) %% 2;"
  "INSERT INTO outbox (blog_id, entity, entity_id, op, state, edit_seq, key, remote_id, attempts, not_before, error)"
  "  SELECT blog_id, 2, id, remote_id IS NOT NULL, id %% 4, edit_seq, key, NULL, id %% 3, 0, NULL FROM comment WHERE (id + %1$u) %% 2;"
  "INSERT INTO conflict (blog_id, entity, entity_id, created, what, is_gone, remote_id, revision, title, excerpt, slug, url, featured_image,"
  "  labels, categories, status, published, updated, html, audience)"
  "  SELECT blog_id, 1, id, 1400000000 + id, 'title,html', id %% 7 = 0, remote_id, 'v9', 'Theirs', NULL, 's', url, '7', 'x', 'y', 2, 1, 2,"
  "  '<p>Theirs.</p>', id %% 4 FROM review WHERE (id + %1$u) %% 5 = 0;"
  "INSERT INTO conflict (blog_id, entity, entity_id, created, what, is_gone, remote_id, status, published, updated, html, author,"
  "  author_email, author_url, remote_parent_id)"
  "  SELECT blog_id, 2, id, 1400000000 + id, 'html', 0, remote_id, 1, created, 0, '<p>Theirs.</p>', 'A', 'a@example.com',"
  "  'https://a.example', 'c1' FROM comment WHERE (id + %1$u) %% 5 = 0;"
  "INSERT INTO sync_cursor SELECT id, 'reviews', '2020-01-01T00:00:00' FROM blog UNION SELECT id, 'sweep', '%1$u' FROM blog;"
  "INSERT INTO import_run (blog_id, created, name) SELECT id, 1300000000, 'blog.xml' FROM blog;"
  "INSERT INTO import_item SELECT blog_id, 1, 'wxr:home.example', 'p' || id, id, 'hash', nullif (id %% 2, 0) FROM review WHERE id %% 3 = 1;"
  "INSERT INTO import_item SELECT blog_id, 2, 'wxr:home.example', 'c' || id, id, NULL, NULL FROM comment WHERE id %% 3 = 1;"
  /* The spam help knows more than can be read in comments that are there. */
  "INSERT OR IGNORE INTO spam_sign VALUES (-4611686018427387904 - %1$u, 3, 4), (9223372036854775807, 1, 0);"
  "UPDATE spam_help SET threshold = 0.95, n_spam = n_spam + 40, n_good = n_good + 50;"
  "UPDATE comment_author SET acted = 1 WHERE comment_id %% 4 = 0;"
  "UPDATE person SET created = 1200000000 + length (key) WHERE trust <> 0 OR note IS NOT NULL OR leader <> id;"
  /* What is gone, and what is left of it. */
  "INSERT INTO review_base SELECT 1000, id, 'r1000', 'v1', 'Gone', NULL, 'gone', NULL, NULL, NULL, NULL, 2, 5, 6, '<p>Gone.</p>', 3 FROM blog;"
  "INSERT INTO outbox (blog_id, entity, entity_id, op, state, edit_seq, remote_id) SELECT id, 1, 1000, 2, 0, 3, 'r1000' FROM blog;"
  "INSERT INTO revision (entity, entity_id, created, kind, title, html) VALUES (1, 1000, 7, 4, 'Gone', '<p>Gone.</p>'),"
  "  (1, 1001, 8, 4, 'Longer gone', '<p>Longer gone.</p>'), (2, 1002, 9, 4, NULL, '<p>Gone, too.</p>');"
  "INSERT INTO comment_base SELECT 1003, id, 1, 'c1003', NULL, 'A', NULL, NULL, NULL, NULL, 0, 2, 5, NULL, '<p>Gone.</p>' FROM blog;"
  "INSERT INTO outbox (blog_id, entity, entity_id, op, state, edit_seq, remote_id) SELECT id, 2, 1003, 2, 1, 1, 'c1003' FROM blog;"
  "INSERT INTO spam_lesson VALUES (1003, 1);"
  "INSERT INTO reply_draft SELECT 1004, 0, id, '<p>An answer.</p>', NULL, 10 FROM blog;"
  "UPDATE sqlite_sequence SET seq = 1010 WHERE name IN ('review', 'comment');"
  /* Pictures that no review shows, or that only the blog has. */
  "UPDATE media SET url = NULL, remote_id = NULL WHERE id = 1;";

static void
open_empty (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  fixture->dir = g_dir_make_tmp ("balcony-whole-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store = bal_store_open (fixture->dir, &error);
  g_assert_no_error (error);
}

static gboolean
read_home (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  BalBlog **blog = data;

  *blog = bal_blog_table_find (transaction, "Home", error);
  return *blog != NULL;
}

static BalBlog *
get_home (Fixture *fixture)
{
  BalBlog *blog = NULL;

  fixture_read (fixture, read_home, &blog);
  return blog;
}

/* (transfer full): where everything was written to. */
static char *
make_whole (Fixture *fixture,
            guint    seed)
{
  g_autoptr(BalBlog) made = NULL;
  g_autoptr(BalBlog) home = NULL;
  g_autofree char *sql = g_strdup_printf (more, seed);

  open_empty (fixture);
  made = export_make_blog (fixture, seed, N_REVIEWS);
  store_rows_await (fixture->dir);
  store_rows_run (fixture->dir, sql);
  fixture_reopen (fixture);
  store_rows_await (fixture->dir);
  home = get_home (fixture);
  return export_write (fixture, home, BAL_EXPORT_FORMAT_JSON, "all.json", NULL);
}

static BalImportReport *
import_whole (Fixture        *fixture,
              const char     *path,
              BalImportFlags  flags,
              GError        **error)
{
  return bal_import_whole_run (fixture->store, path, flags, NULL, NULL, NULL, error);
}

static void
assert_equal (const char *before,
              const char *after,
              guint       seed)
{
  g_auto(GStrv) a = g_strsplit (before, "\n", -1);
  g_auto(GStrv) b = g_strsplit (after, "\n", -1);

  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    if (g_strcmp0 (a[i], b[i]) != 0)
      g_error ("seed %u, line %u:\nbefore %s\nafter  %s", seed, i + 1, a[i] != NULL ? a[i] : "(end)", b[i] != NULL ? b[i] : "(end)");
}

static void
import_must (Fixture        *fixture,
             const char     *path,
             BalImportFlags  flags)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImportReport) report = import_whole (fixture, path, flags, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->n_skipped, ==, 0);
  g_assert_cmpuint (report->n_repaired, ==, 0);
  g_assert_cmpuint (report->n_kept, ==, 0);
  g_assert_cmpuint (report->reviews.n_new, ==, N_REVIEWS);
}

/* How what is new waits differs, by intent. */
static char *
read_without_creations (const char *path)
{
  g_autoptr(GRegex) regex = g_regex_new ("(\"outbox\":\\{\"id\":[0-9]+,\"op\":0),[^}]*\\}", 0, 0, NULL);
  g_autofree char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  return g_regex_replace (regex, bytes, -1, 0, "\\1}", 0, NULL);
}

static void
try_seed (guint seed)
{
  static const RowShift none = { 0 };
  Fixture first = { 0 }, second = { 0 };
  g_autofree char *path = make_whole (&first, seed), *path_again = NULL;
  g_autofree char *before = store_rows_describe (first.dir, "Home", &none), *after = NULL;
  g_autofree char *bytes = NULL, *bytes_again = NULL;
  g_autoptr(BalBlog) home = NULL;

  open_empty (&second);
  import_must (&second, path, BAL_IMPORT_PREVIEW);
  g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM blog"), ==, 0);
  import_must (&second, path, BAL_IMPORT_NONE);
  store_rows_await (second.dir);
  after = store_rows_describe (second.dir, "Home", &none);
  assert_equal (before, after, seed);

  home = get_home (&second);
  path_again = export_write (&second, home, BAL_EXPORT_FORMAT_JSON, "again.json", NULL);
  bytes = read_without_creations (path);
  bytes_again = read_without_creations (path_again);
  assert_equal (bytes, bytes_again, seed);

  fixture_tear_down (&first, NULL);
  fixture_tear_down (&second, NULL);
}

static void
test_is_made_anew_equal (void)
{
  const char *one = g_getenv ("BALCONY_SEED"), *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_seeds = N_SEEDS * (factor != NULL ? (guint) atoi (factor) : 1);

  if (one != NULL)
    try_seed ((guint) atoi (one));
  for (guint seed = 0; one == NULL && seed < n_seeds; seed++)
    try_seed (seed);
}

/* ---- beside what is there ---- */

/* Of the shared tables, each store has its own. */
static char *
describe_moved (Fixture  *fixture,
                RowShift *shift)
{
  g_autoptr(GRegex) shared = g_regex_new ("^(person|spam_sign|spam_lesson|spam_help|snippet|filter|comment_author) .*\n",
                                          G_REGEX_MULTILINE, 0, NULL);
  g_autofree char *all = NULL;

  shift->is_moved = TRUE;
  all = store_rows_describe (fixture->dir, "Home", shift);
  return g_regex_replace_literal (shared, all, -1, 0, "", 0, NULL);
}

static gint64
ask_number (Fixture    *fixture,
            const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce ((SELECT seq FROM sqlite_sequence WHERE name = '%s'), 0)", table);

  return store_rows_ask (fixture->dir, sql);
}

static void
test_numbers_are_raised_beside_others (void)
{
  Fixture first = { 0 }, second = { 0 };
  g_autofree char *path = make_whole (&first, 2);
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(BalBlog) other = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImportReport) report = NULL;
  RowShift none = { 0 }, shift = { 0 };

  open_empty (&second);
  other = export_make_blog (&second, 7, N_REVIEWS + 5);
  store_rows_await (second.dir);
  store_rows_run (second.dir, "UPDATE blog SET name = 'Other'; INSERT INTO outbox (blog_id, entity, entity_id, op, state, edit_seq)"
                              "  SELECT blog_id, 1, id, 0, 0, 1 FROM review");
  fixture_reopen (&second);
  shift = (RowShift) { ask_number (&second, "review"), ask_number (&second, "comment"), ask_number (&second, "media"),
                       ask_number (&second, "outbox"), ask_number (&second, "conflict"), ask_number (&second, "import_run"), FALSE };
  g_assert_cmpint (shift.review, >, 0);
  g_assert_cmpint (shift.outbox, >, 0);

  report = import_whole (&second, path, BAL_IMPORT_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_skipped, ==, 0);
  store_rows_await (second.dir);
  before = describe_moved (&first, &none);
  after = describe_moved (&second, &shift);
  assert_equal (before, after, 2);
  /* What is gone has its numbers, too. */
  g_assert_cmpint (ask_number (&second, "review"), ==, shift.review + ask_number (&first, "review"));

  fixture_tear_down (&first, NULL);
  fixture_tear_down (&second, NULL);
}

static void
test_nothing_comes_in_twice (void)
{
  static const RowShift none = { 0 };
  Fixture first = { 0 };
  g_autofree char *path = make_whole (&first, 1), *before = NULL, *after = NULL;
  g_autoptr(BalBlog) home = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImportReport) report = NULL;

  g_assert_null (import_whole (&first, path, BAL_IMPORT_NONE, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
  before = store_rows_describe (first.dir, "Home", &none);
  home = get_home (&first);
  report = import_run (&first, home, path, BAL_IMPORT_SEND);
  g_assert_cmpuint (report->reviews.n_new, ==, 0);
  g_assert_cmpuint (report->reviews.n_there, ==, N_REVIEWS);
  g_assert_cmpuint (report->comments.n_new, ==, 0);
  g_assert_cmpuint (report->n_extras, ==, 0);
  store_rows_run (first.dir, "DELETE FROM import_item WHERE source LIKE 'balcony:%'");
  store_rows_await (first.dir);
  after = store_rows_describe (first.dir, "Home", &none);
  assert_equal (before, after, 1);

  fixture_tear_down (&first, NULL);
}

/* ---- what another version wrote ---- */

/* (transfer full): the file at @path, with every audience of a base or conflict as @by, which may be nothing. */
static char *
write_audiences (Fixture    *fixture,
                 const char *path,
                 const char *by)
{
  g_autoptr(GRegex) regex = g_regex_new ("\"audience\":[0-9]+,", 0, 0, NULL);
  g_autofree char *bytes = NULL, *other = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  g_assert_true (g_regex_match (regex, bytes, 0, NULL));
  other = g_regex_replace_literal (regex, bytes, -1, 0, by, 0, NULL);
  return import_write (fixture, "other.json", other, strlen (other));
}

/* Whether it came in whole, all of it for @audience. */
static void
assert_audience (Fixture *first,
                 Fixture *second,
                 gint64   audience)
{
  static const char *const tables[] = { "review_base", "conflict", "comment_base", "outbox" };

  store_rows_await (second->dir);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *all = g_strconcat ("SELECT count (*) FROM ", tables[i], NULL);

      g_assert_cmpint (store_rows_ask (first->dir, all), >, 0);
      g_assert_cmpint (store_rows_ask (second->dir, all), ==, store_rows_ask (first->dir, all));
    }
  g_assert_cmpint (store_rows_ask (second->dir, "SELECT min (audience) FROM review_base"), ==, audience);
  g_assert_cmpint (store_rows_ask (second->dir, "SELECT max (audience) FROM review_base"), ==, audience);
  g_assert_cmpint (store_rows_ask (second->dir, "SELECT max (audience) FROM conflict WHERE entity = 1"), ==, audience);
}

/* As the migration of a store does: what is known stays, and the blog is asked whom it lets read what. */
static void
test_a_file_without_audiences_comes_in_whole (void)
{
  static const char *const providers[] = { "wordpress", "ghost", "blogger" };
  Fixture first = { 0 };
  g_autofree char *path = make_whole (&first, 2);
  g_autofree char *old = write_audiences (&first, path, ""), *bytes = NULL;

  g_assert_true (g_file_get_contents (old, &bytes, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      Fixture second = { 0 };
      g_autofree char *member = g_strdup_printf ("\"provider\":\"%s\"", providers[i]);
      g_auto(GStrv) parts = g_strsplit (bytes, "\"provider\":\"wordpress\"", 2);
      g_autofree char *text = g_strjoinv (member, parts), *file = NULL;

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      open_empty (&second);
      file = import_write (&second, "old.json", text, strlen (text));
      import_must (&second, file, BAL_IMPORT_NONE);
      assert_audience (&first, &second, BAL_AUDIENCE_EVERYONE);
      g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM sync_cursor WHERE name IN ('reviews', 'reviews-since')"),
                       ==, g_str_equal (providers[i], "blogger"));
      g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM sync_cursor WHERE name = 'sweep'"), ==, 1);
      fixture_tear_down (&second, NULL);
    }
  fixture_tear_down (&first, NULL);
}

/* A later version may know more of them. */
static void
test_an_unknown_audience_stays_closed (void)
{
  Fixture first = { 0 }, second = { 0 };
  g_autofree char *path = make_whole (&first, 2);
  g_autofree char *later = write_audiences (&first, path, "\"audience\":9,");

  open_empty (&second);
  import_must (&second, later, BAL_IMPORT_NONE);
  assert_audience (&first, &second, BAL_AUDIENCE_TIERS);
  g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM sync_cursor"), ==, 2);
  fixture_tear_down (&first, NULL);
  fixture_tear_down (&second, NULL);
}

/* ---- what is not whole ---- */

static void
test_a_part_of_the_file_does_no_harm (void)
{
  Fixture first = { 0 };
  g_autofree char *path = make_whole (&first, 3), *bytes = NULL;
  g_autoptr(GRand) random = g_rand_new_with_seed (5);
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < 8; i++)
    {
      Fixture second = { 0 };
      g_autofree char *part = NULL;
      g_autoptr(GError) error = NULL;
      g_autoptr(BalImportReport) report = NULL;
      gsize end = (gsize) g_rand_int_range (random, 1, (int) length);
      gsize from = end / 2;

      open_empty (&second);
      /* Cut off, or with a hole in it. */
      if (i % 2 == 0)
        part = import_write (&second, "part.json", bytes, end);
      else
        {
          g_autofree char *holed = g_memdup2 (bytes, length);

          memset (holed + from, ']', MIN (length - from, 700));
          part = import_write (&second, "part.json", holed, length);
        }
      report = import_whole (&second, part, BAL_IMPORT_NONE, &error);
      if (report != NULL)
        {
          g_assert_cmpuint (report->n_skipped, >, 0);
          g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM sync_cursor"), ==, 0);
          g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM review"), ==, report->reviews.n_new);
          g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM comment"), ==, report->comments.n_new);
        }
      else
        {
          g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
          g_assert_cmpint (store_rows_ask (second.dir, "SELECT count (*) FROM blog"), ==, 0);
        }
      fixture_tear_down (&second, NULL);
    }

  fixture_tear_down (&first, NULL);
}

static void
stop_cb (double    fraction,
         guint     n_reviews,
         guint     n_comments,
         gpointer  data)
{
  if (n_reviews == N_REVIEWS / 2)
    g_cancellable_cancel (data);
}

/* Makes them as old as those of a stopped import are when they are looked for. */
static guint
age_pictures (Fixture *fixture)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "media", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  time_t then = time (NULL) - 2 * 24 * 60 * 60;
  const char *name;
  guint n = 0;

  for (; dir != NULL && (name = g_dir_read_name (dir)) != NULL; n++)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_utime (path, &(struct utimbuf) { then, then }), ==, 0);
    }
  return n;
}

static void
test_stopped_it_leaves_nothing (void)
{
  Fixture first = { 0 }, second = { 0 };
  g_autofree char *path = make_whole (&first, 0);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  open_empty (&second);
  g_assert_null (bal_import_whole_run (second.store, path, BAL_IMPORT_NONE, stop_cb, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (store_rows_ask (second.dir, "SELECT (SELECT count (*) FROM blog) + (SELECT count (*) FROM review)"
                                               "  + (SELECT count (*) FROM snippet) + (SELECT count (*) FROM spam_sign)"), ==, 0);
  /* Files of pictures come before their rows, and go with the day's backup. */
  g_assert_cmpuint (age_pictures (&second), >, 0);
  g_clear_error (&error);
  g_assert_true (bal_backup_make_daily (second.dir, NULL, &error));
  g_assert_cmpuint (age_pictures (&second), ==, 0);
  fixture_tear_down (&first, NULL);
  fixture_tear_down (&second, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/whole/is-made-anew-equal", test_is_made_anew_equal);
  g_test_add_func ("/export/whole/numbers-are-raised-beside-others", test_numbers_are_raised_beside_others);
  g_test_add_func ("/export/whole/nothing-comes-in-twice", test_nothing_comes_in_twice);
  g_test_add_func ("/export/whole/a-file-without-audiences-comes-in-whole", test_a_file_without_audiences_comes_in_whole);
  g_test_add_func ("/export/whole/an-unknown-audience-stays-closed", test_an_unknown_audience_stays_closed);
  g_test_add_func ("/export/whole/a-part-of-the-file-does-no-harm", test_a_part_of_the_file_does_no_harm);
  g_test_add_func ("/export/whole/stopped-it-leaves-nothing", test_stopped_it_leaves_nothing);

  return g_test_run ();
}
