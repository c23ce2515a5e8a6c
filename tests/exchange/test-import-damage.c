/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "bal-importer.h"

#include <stdlib.h>
#include <string.h>

/* Readers alone, without a store: files that are cut anywhere and changed anywhere. */

typedef struct
{
  BalImportTarget target;
  char           *dir;
} Reading;

typedef struct
{
  GPtrArray *keys;               /* of reviews and comments, in order */
  guint      n_skipped;
} Outcome;

static const char *const samples[] = { "small.wxr.xml", "backup.atom.xml", "takeout.atom", "everything.json",
                                       "letterboxd/reviews.csv", "letterboxd/diary.csv",
                                       "site/_posts/2019-05-30-night-ferry.md",
                                       "site/_posts/2020-02-03-toml.md", "site/page.html", "site/gulls.txt", "site.zip" };

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->keys, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
read_bytes (Reading         *reading,
            BalImportFormat  format,
            const char      *name,
            const char      *bytes,
            gsize            length,
            Outcome         *outcome)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *path = g_build_filename (reading->dir, base, NULL);
  g_autoptr(BalImporter) importer = NULL;
  g_autoptr(GError) error = NULL;
  BalImportItem *item;

  outcome->keys = g_ptr_array_new_with_free_func (g_free);
  outcome->n_skipped = 0;
  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  importer = bal_importer_open (path, format, &reading->target, &error);
  if (importer == NULL)
    return;

  while ((item = bal_importer_next (importer, NULL, &error)) != NULL)
    {
      if (item->review != NULL || item->comment != NULL)
        g_ptr_array_add (outcome->keys, g_strdup_printf ("%s %s", item->review != NULL ? "r" : "c", item->key));
      if (item->review != NULL)
        {
          g_assert_true (g_utf8_validate (bal_review_get_title (item->review), -1, NULL));
          g_assert_true (g_utf8_validate (bal_review_get_html (item->review), -1, NULL));
        }
      outcome->n_skipped += item->kind == BAL_IMPORT_ITEM_SKIPPED;
      bal_import_item_free (item);
    }
  g_assert_no_error (error);
}

static char *
load (Reading    *reading,
      const char *name,
      gsize      *length)
{
  g_autofree char *path = g_path_is_absolute (name) ? g_strdup (name) : import_sample (name);
  g_autoptr(GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static gboolean
is_feed (const char *name)
{
  return g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".atom");
}

/* How many records of a feed are whole in its first @length bytes: what must come of it, at least. */
static guint
count_whole (const char *bytes,
             gsize       length)
{
  guint n = 0;

  for (const char *p = bytes; (p = g_strstr_len (p, (gssize) (bytes + length - p), "</")) != NULL; p += 2)
    n += (bytes + length - p >= 8 && strncmp (p, "</entry>", 8) == 0) ||
         (bytes + length - p >= 7 && strncmp (p, "</item>", 7) == 0);
  return n;
}

/* Keys of @part stand in @whole, in the same order. */
static gboolean
is_beginning (GPtrArray *part,
              GPtrArray *whole)
{
  if (part->len > whole->len)
    return FALSE;
  for (guint i = 0; i < part->len; i++)
    if (!g_str_equal (g_ptr_array_index (part, i), g_ptr_array_index (whole, i)))
      return FALSE;
  return TRUE;
}

static void
cut (Reading    *reading,
     const char *name,
     guint       n_places)
{
  g_autofree char *bytes = NULL;
  g_auto(Outcome) whole = { 0 };
  gsize length;

  bytes = load (reading, name, &length);
  read_bytes (reading, BAL_IMPORT_FORMAT_AUTO, name, bytes, length, &whole);
  for (guint i = 0; i < n_places; i++)
    {
      gsize at = (gsize) g_test_rand_double_range (0, (double) length);
      g_auto(Outcome) part = { 0 };

      read_bytes (reading, BAL_IMPORT_FORMAT_AUTO, name, bytes, at, &part);
      if (is_feed (name))
        {
          if (!is_beginning (part.keys, whole.keys) || part.keys->len + part.n_skipped < count_whole (bytes, at))
            g_error ("%s cut at %" G_GSIZE_FORMAT ": %u of %u whole records came", name, at,
                     part.keys->len + part.n_skipped, count_whole (bytes, at));
        }
    }
}

/* A few bytes are replaced, put in, taken out, or a stretch is doubled. */
static void
mutate (GString    *text,
        const char *original,
        gsize       length)
{
  static const char traps[] = "<>&\"'/=!-[]?\0\1\xff\xc3\xed ;#";

  g_string_truncate (text, 0);
  g_string_append_len (text, original, (gssize) length);
  for (int n = g_test_rand_int_range (1, 6); n > 0 && text->len > 0; n--)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) text->len);
      gsize wanted = (gsize) g_test_rand_int_range (1, 60), stretch = MIN (text->len - at, wanted);
      char c = g_test_rand_bit () ? (char) g_test_rand_int_range (0, 256) : traps[g_test_rand_int_range (0, sizeof traps)];
      g_autofree char *copy = g_memdup2 (text->str + at, stretch);

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          text->str[at] = c;
          break;
        case 1:
          g_string_insert_c (text, (gssize) at, c);
          break;
        case 2:
          g_string_erase (text, (gssize) at, (gssize) stretch);
          break;
        default:
          g_string_insert_len (text, g_test_rand_int_range (0, (gint32) text->len), copy, (gssize) stretch);
          break;
        }
    }
}

static void
change (Reading    *reading,
        const char *name,
        guint       n_times)
{
  g_autofree char *bytes = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  gsize length;

  bytes = load (reading, name, &length);
  for (guint i = 0; i < n_times; i++)
    {
      g_auto(Outcome) outcome = { 0 };
      BalImportFormat format = BAL_IMPORT_FORMAT_AUTO;

      mutate (text, bytes, length);
      if (is_feed (name))
        format = strstr (name, "wxr") != NULL ? BAL_IMPORT_FORMAT_WXR : BAL_IMPORT_FORMAT_BLOGGER;
      read_bytes (reading, format, name, text->str, text->len, &outcome);
    }
}

/* Damage in one record costs no other one: the bytes of one record are overwritten with noise. */
static void
damage_one (Reading    *reading,
            const char *name,
            const char *record,
            guint       n_times)
{
  g_autofree char *bytes = NULL;
  g_auto(Outcome) whole = { 0 };
  g_autofree char *open = g_strdup_printf ("<%s>", record);
  g_autofree char *close = g_strdup_printf ("</%s>", record);
  gsize length;

  bytes = load (reading, name, &length);
  read_bytes (reading, BAL_IMPORT_FORMAT_AUTO, name, bytes, length, &whole);
  for (guint i = 0; i < n_times; i++)
    {
      g_autofree char *broken = g_memdup2 (bytes, length + 1);
      g_auto(Outcome) part = { 0 };
      char *start = broken, *end;
      guint which = (guint) g_test_rand_int_range (0, (gint32) count_whole (bytes, length)), missing = 0;

      for (guint k = 0; k <= which; k++)
        start = strstr (start, open) + strlen (open);
      end = strstr (start, close);
      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        {
          char *at = start + g_test_rand_int_range (0, (gint32) (end - start));

          /* Where XML says "]]>", a text ends that takes everything else; without it, nobody can tell. */
          if (*at != ']' && at[-1] != ']')
            *at = "<>&\"'"[g_test_rand_int_range (0, 5)];
        }

      read_bytes (reading, BAL_IMPORT_FORMAT_AUTO, name, broken, length, &part);
      for (guint k = 0; k < whole.keys->len; k++)
        {
          const char *key = g_ptr_array_index (whole.keys, k);

          missing += !g_ptr_array_find_with_equal_func (part.keys, key, g_str_equal, NULL) &&
                     (g_str_has_prefix (key, "r ") || g_str_equal (record, "entry"));
        }
      if (missing > 1)
        {
          g_test_message ("%s", broken);
          g_error ("%s: damage in one record cost %u", name, missing);
        }
    }
}

static Reading reading;
static guint factor = 1;

static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    cut (&reading, samples[i], 200);
}

static void
test_changed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    change (&reading, samples[i], 200 * factor);
}

static void
test_one_damaged_record (void)
{
  damage_one (&reading, "small.wxr.xml", "item", 300 * factor);
  damage_one (&reading, "backup.atom.xml", "entry", 300 * factor);
}

/* What a few megabytes of a file may grow to in memory has bounds; what stands around it comes in. */
static void
test_endless_lists (void)
{
  static const char head[] = "{\"format\": \"balcony\", \"version\": 1, \"items\": ["
                             "{\"type\": \"review\", \"key\": \"a\"},"
                             "{\"type\": \"review\", \"key\": \"b\", \"labels\": [";
  static const char tail[] = "{}]}, {\"type\": \"review\", \"key\": \"c\"}]}";
  static const guint sizes[] = { 1000, 1000001 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GString) text = g_string_new (head);
      g_auto(Outcome) outcome = { 0 };

      for (guint n = 0; n < sizes[i]; n++)
        g_string_append (text, "{},");
      g_string_append (text, tail);
      read_bytes (&reading, BAL_IMPORT_FORMAT_AUTO, "lists.json", text->str, text->len, &outcome);
      g_assert_cmpuint (outcome.keys->len, ==, i == 0 ? 3 : 2);
      g_assert_cmpuint (outcome.n_skipped, ==, i);
      g_assert_cmpstr (outcome.keys->pdata[outcome.keys->len - 1], ==, "r c");
    }
}

static void
test_shared (void)
{
  static const char *const names[] = {
    "exchange/wxr/crazy-cdata.xml", "exchange/wxr/malformed.xml", "exchange/wxr/namespace-edge-cases.xml",
    "exchange/wxr/small-export.xml", "exchange/wxr/valid-wxr-1.1.xml", "exchange/wxr/wxr-comprehensive.xml",
    "exchange/blogger/classic-2017-trimmed-anonymised.xml",
    "exchange/blogger/classic-google-blogconverters-sample.xml",
    "exchange/blogger/takeout-2018-schema-SYNTHETIC.atom",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = import_shared (names[i]);

      if (path == NULL)
        {
          g_test_skip ("the shared samples are not here");
          return;
        }
      cut (&reading, path, 200);
      change (&reading, path, 50 * factor);
    }
}

int
main (int   argc,
      char *argv[])
{
  const char *text = g_getenv ("BALCONY_TEST_FACTOR");
  int status;

  g_test_init (&argc, &argv, NULL);
  factor = text != NULL ? (guint) atoi (text) : 1;
  reading.dir = g_dir_make_tmp ("balcony-damage-XXXXXX", NULL);
  reading.target.format = bal_review_format_new_default ();
  reading.target.author = (char *) "Ada";
  g_test_add_func ("/import/cut-anywhere-brings-what-is-whole", test_cut);
  g_test_add_func ("/import/changed-anywhere-never-crashes", test_changed);
  g_test_add_func ("/import/one-damaged-record-costs-no-other", test_one_damaged_record);
  g_test_add_func ("/import/a-value-of-endless-parts-is-left-out", test_endless_lists);
  g_test_add_func ("/import/shared-samples-cut-and-changed", test_shared);
  status = g_test_run ();
  bal_review_format_unref (reading.target.format);
  remove_folder (reading.dir);
  g_free (reading.dir);
  return status;
}
