/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include <string.h>

/*
 * What is exported and imported into an empty store is equal, in all that the format can hold; and from there
 * on each export is the same file. (The first may number pictures and comments in another order.) BALCONY_SEED=N tries one seed.
 */

#define N_SEEDS 4
#define N_REVIEWS 12

/* What an XML file makes of a text: no control characters, and no space around names. */
static char *
xml_text (const char *text)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_str_has_prefix (p, "\xef\xbf\xbe"))
        {
          g_string_append (out, "\xef\xbf\xbd");
          p += 2;
        }
      else
        g_string_append_c (out, (guchar) *p < 0x20 && strchr ("\t\r\n", *p) == NULL ? ' ' : *p);
    }
  return g_strdup (out->str);
}

/* A newline in a comment without paragraphs would break the line in WordPress; here it means a space. */
static char *
wxr_comment (const char *html)
{
  char *text = g_strdup (html);

  if (strstr (text, "<p") == NULL && strstr (text, "<br") == NULL)
    g_strdelimit (text, "\r\n", ' ');
  return text;
}

static const ExportCase cases[] = {
  { "json", BAL_EXPORT_FORMAT_JSON, EXPORT_HOLDS_EVERYTHING, NULL, NULL },
  { "wxr", BAL_EXPORT_FORMAT_WXR,
    EXPORT_HOLDS_STATUS | EXPORT_HOLDS_TRASH | EXPORT_HOLDS_CATEGORIES | EXPORT_HOLDS_ALL_COMMENTS | EXPORT_HOLDS_IP |
    EXPORT_HOLDS_MINE,
    xml_text, wxr_comment },
  { "atom", BAL_EXPORT_FORMAT_ATOM, 0, xml_text, NULL },
};

/* What a store notes of an import, and learns when it is idle, is of its own time. */
static char *
leave_out_own (const char *bytes)
{
  g_autoptr(GRegex) regex = g_regex_new ("^\\{\"type\":\"(place|spam_memory)\".*\n|,\"lesson\":\\{[^}]*\\}", G_REGEX_MULTILINE, 0, NULL);

  return g_regex_replace_literal (regex, bytes, -1, 0, "", 0, NULL);
}

/* The keys of reviews and comments are new ones in each store: the first is 1, and so on. */
static char *
read_without_keys (const char *path)
{
  g_autoptr(GRegex) regex = g_regex_new ("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"", 0, 0, NULL);
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *read = NULL;
  GString *out = g_string_new (NULL);
  int end = 0, from, to;

  g_assert_true (g_file_get_contents (path, &read, NULL, NULL));
  bytes = leave_out_own (read);
  for (g_regex_match (regex, bytes, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      char *key = g_match_info_fetch (match, 0);

      g_match_info_fetch_pos (match, 0, &from, &to);
      if (!g_hash_table_contains (keys, key))
        g_hash_table_insert (keys, g_strdup (key), GUINT_TO_POINTER (g_hash_table_size (keys) + 1));
      g_string_append_len (out, bytes + end, from - end);
      g_string_append_printf (out, "%u", GPOINTER_TO_UINT (g_hash_table_lookup (keys, key)));
      end = to;
      g_free (key);
    }
  g_string_append (out, bytes + end);
  return g_string_free (out, FALSE);
}

static void
assert_equal (const char *before,
              const char *after,
              guint       seed)
{
  g_auto(GStrv) a = g_strsplit (before, "\n", -1);
  g_auto(GStrv) b = g_strsplit (after, "\n", -1);

  for (guint i = 0; a[i] != NULL || b[i] != NULL; i++)
    {
      if (g_strcmp0 (a[i], b[i]) == 0)
        continue;
      for (guint j = i > 12 ? i - 12 : 0; j < i; j++)
        g_test_message ("      %s", a[j]);
      g_error ("seed %u, line %u:\nbefore %s\nafter  %s", seed, i + 1, a[i] != NULL ? a[i] : "(end)", b[i] != NULL ? b[i] : "(end)");
    }
}

/* (transfer full): a blog in a new store, with what @path brought. */
static BalBlog *
import_again (Fixture    *fixture,
              const char *path)
{
  BalBlog *blog;
  g_autoptr(BalImportReport) report = NULL;

  fixture_set_up (fixture, NULL);
  blog = import_blog (fixture, "Home", TRUE);
  report = import_run (fixture, blog, path, BAL_IMPORT_NONE);
  g_assert_cmpuint (report->n_kept, ==, 0);
  return blog;
}

static void
try_seed (const ExportCase *held,
          guint             seed)
{
  Fixture first = { 0 }, second = { 0 }, third = { 0 };
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalBlog) again = NULL;
  g_autoptr(BalBlog) thrice = NULL;
  g_autofree char *path = NULL, *path_again = NULL, *path_thrice = NULL;
  g_autofree char *before = NULL, *after = NULL, *file_again = NULL, *file_thrice = NULL;

  fixture_set_up (&first, NULL);
  blog = export_make_blog (&first, seed, N_REVIEWS);
  path = export_write (&first, blog, held->format, "out", NULL);
  before = export_describe (&first, blog, held);
  again = import_again (&second, path);
  after = export_describe (&second, again, held);
  assert_equal (before, after, seed);

  path_again = export_write (&second, again, held->format, "out", NULL);
  thrice = import_again (&third, path_again);
  path_thrice = export_write (&third, thrice, held->format, "out", NULL);
  file_again = read_without_keys (path_again);
  file_thrice = read_without_keys (path_thrice);
  assert_equal (file_again, file_thrice, seed);

  fixture_tear_down (&first, NULL);
  fixture_tear_down (&second, NULL);
  fixture_tear_down (&third, NULL);
}

static void
test_comes_back_equal (gconstpointer data)
{
  const ExportCase *held = data;
  const char *one = g_getenv ("BALCONY_SEED"), *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_seeds = N_SEEDS * (factor != NULL ? (guint) atoi (factor) : 1);

  if (one != NULL)
    try_seed (held, (guint) atoi (one));
  for (guint seed = 0; one == NULL && seed < n_seeds; seed++)
    try_seed (held, seed);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/export/%s-comes-back-equal", cases[i].name);

      g_test_add_data_func (name, &cases[i], test_comes_back_equal);
    }

  return g_test_run ();
}
