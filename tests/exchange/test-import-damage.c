/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE            /* memmem() */
#include "damage.h"
#include "import-fixture.h"

#include "bal-importer.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Readers alone, without a store: files that are cut anywhere and changed anywhere. */

/* What takes longer never ends, on any machine. */
#define PATIENCE_S 300

typedef struct
{
  BalImportTarget target;
  char           *dir;
} Reading;

typedef struct
{
  GPtrArray *keys;               /* of what comes in, with its content, in order */
  guint      n_skipped;
  gboolean   is_open;            /* something was recognised */
  gboolean   says_end;           /* that the file ends too early */
} Outcome;

/* Of one file: what is whole in it. */
typedef struct
{
  const char *name;
  DamageKind  kind;
  char       *bytes;
  gsize       length;
} Sample;

static const char *const own_samples[] = {
  "small.wxr.xml", "backup.atom.xml", "takeout.atom", "everything.json", "letterboxd/reviews.csv", "letterboxd/diary.csv",
  "letterboxd/ratings.csv", "letterboxd/watched.csv", "site/_posts/2019-05-30-night-ferry.md",
  "site/_posts/2020-02-03-toml.md", "site/page.html", "site/gulls.txt", "site.zip",
};

/* Those of others, which do not travel with the repository. */
static const char *const shared_samples[] = {
  "exchange/wxr/cdata-edge.xml", "exchange/wxr/crazy-cdata.xml",
  "exchange/wxr/entities-options-and-posts.xml", "exchange/wxr/malformed.xml", "exchange/wxr/missing-tags.xml",
  "exchange/wxr/namespace-edge-cases.xml", "exchange/wxr/sitetitle.wordpress.2025-01-19.000.xml",
  "exchange/wxr/small-export.xml", "exchange/wxr/stylish-press.xml", "exchange/wxr/valid-wxr-1.1.xml",
  "exchange/wxr/wxr-comprehensive.xml", "exchange/blogger/classic-2017-trimmed-anonymised.xml",
  "exchange/blogger/classic-google-blogconverters-sample.xml", "exchange/blogger/classic-google-blogconverters-sample2.xml",
  "exchange/blogger/post-html-patterns-SYNTHETIC.html", "exchange/blogger/takeout-2018-schema-SYNTHETIC.atom",
  "the-perfection.txt", "exchange/wxr/a11y-unit-test-data.xml",
};

static Reading reading;
static guint factor = 1;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->keys, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
sample_clear (Sample *sample)
{
  g_clear_pointer (&sample->bytes, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static char *
sign (BalImportItem *item)
{
  const char *hash = bal_import_item_get_hash (item);
  g_autofree char *name = bal_import_item_dup_name (item);

  return g_strdup_printf ("%d %s %s %s", item->kind, item->key != NULL ? item->key : "", name, hash);
}

/* What is text must be some, or the store would refuse it. */
static void
check_text (BalImportItem *item)
{
  if (item->review != NULL)
    {
      const char *excerpt = bal_review_get_excerpt (item->review), *slug = bal_review_get_slug (item->review);

      g_assert_true (g_utf8_validate (bal_review_get_title (item->review), -1, NULL));
      g_assert_true (g_utf8_validate (bal_review_get_html (item->review), -1, NULL));
      g_assert_true (excerpt == NULL || g_utf8_validate (excerpt, -1, NULL));
      g_assert_true (slug == NULL || g_utf8_validate (slug, -1, NULL));
    }
  if (item->comment != NULL)
    {
      const char *author = bal_comment_get_author (item->comment), *url = bal_comment_get_author_url (item->comment);

      g_assert_true (g_utf8_validate (bal_comment_get_html (item->comment), -1, NULL));
      g_assert_true (author == NULL || g_utf8_validate (author, -1, NULL));
      g_assert_true (url == NULL || g_utf8_validate (url, -1, NULL));
    }
  g_assert_true (item->key == NULL || g_utf8_validate (item->key, -1, NULL));
  g_assert_true (item->reason == NULL || g_utf8_validate (item->reason, -1, NULL));
}

static gboolean
says_end (BalImportItem *item)
{
  static const char *const words[] = { "ends too early", "ends in the middle", "damaged or incomplete", "not whole" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (item->reason != NULL && strstr (item->reason, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
read_path (const char      *path,
           BalImportFormat  format,
           Outcome         *outcome)
{
  g_autoptr(BalImporter) importer = NULL;
  g_autoptr(GError) error = NULL;
  BalImportItem *item;

  *outcome = (Outcome) { .keys = g_ptr_array_new_with_free_func (g_free) };
  alarm (PATIENCE_S);
  importer = bal_importer_open (path, format, &reading.target, &error);
  if (importer == NULL)
    return;

  outcome->is_open = TRUE;
  while ((item = bal_importer_next (importer, NULL, &error)) != NULL)
    {
      if (item->kind < BAL_IMPORT_ITEM_SKIPPED)
        g_ptr_array_add (outcome->keys, sign (item));
      check_text (item);
      outcome->n_skipped += item->kind == BAL_IMPORT_ITEM_SKIPPED;
      outcome->says_end |= says_end (item);
      bal_import_item_free (item);
    }
  g_assert_no_error (error);
  alarm (0);
}

static void
read_bytes (BalImportFormat  format,
            const char      *name,
            const char      *bytes,
            gsize            length,
            Outcome         *outcome)
{
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *path = g_build_filename (reading.dir, base, NULL);
  g_autoptr(GError) error = NULL;

  /* Nothing here need be on the disk for good; without this the end of a longer file that was there would stay. */
  g_unlink (path);
  g_file_set_contents_full (path, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  read_path (path, format, outcome);
}

static void
load (const char *name,
      Sample     *sample)
{
  g_autofree char *path = g_path_is_absolute (name) ? g_strdup (name) : import_sample (name);
  g_autoptr(GError) error = NULL;

  *sample = (Sample) { .name = name, .kind = damage_kind (name) };
  g_file_get_contents (path, &sample->bytes, &sample->length, &error);
  g_assert_no_error (error);
}

static gboolean
is_feed (const char *name)
{
  return g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, ".atom");
}

static guint
count (const char *from,
       const char *to,
       const char *what)
{
  guint n = 0;

  for (const char *p = from; (p = g_strstr_len (p, to - p, what)) != NULL; p++)
    n++;
  return n;
}

/* Comments of records that are whole. */
static guint
count_comments (const char *bytes,
                gsize       length)
{
  const char *last = g_strrstr_len (bytes, (gssize) length, "</item>");

  return last != NULL ? count (bytes, last, "</wp:comment>") : 0;
}

static guint
count_rows (const char *bytes,
            gsize       length)
{
  gboolean in_quotes = FALSE;
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    {
      in_quotes ^= bytes[i] == '"';
      n += bytes[i] == '\n' && !in_quotes;
    }
  return n > 0 ? n - 1 : 0;
}

static guint
get_int (const char *at,
         guint       n)
{
  guint value = 0;

  for (guint i = n; i > 0; i--)
    value = value << 8 | (guchar) at[i - 1];
  return value;
}

/* Files of an archive; folders are no parts of it. */
static guint
count_entries (const char *bytes,
               gsize       length)
{
  guint n = 0;

  for (const char *p = bytes; (gsize) (p + 30 - bytes) <= length && memcmp (p, "PK\3\4", 4) == 0; )
    {
      guint name = get_int (p + 26, 2), packed = get_int (p + 18, 4);
      const char *end = p + 30 + name + get_int (p + 28, 2) + packed;

      if ((gsize) (end - bytes) > length)
        break;
      n += p[30 + name - 1] != '/';
      p = end;
    }
  return n;
}

/* How many records are whole in the first @length bytes: what must come of them, or be reported, at least. */
static guint
count_whole (const Sample *sample,
             gsize         length)
{
  const char *bytes = sample->bytes;

  switch (sample->kind)
    {
    case DAMAGE_MARKUP:
      if (!is_feed (sample->name))
        return 0;
      return count (bytes, bytes + length, "</entry>") + count (bytes, bytes + length, "</item>") +
             count_comments (bytes, length);
    case DAMAGE_JSON:
      return count (bytes, bytes + length, "},\n{") + count (bytes, bytes + length, "}\n]");
    case DAMAGE_CSV:
      return count_rows (bytes, length);
    case DAMAGE_ZIP:
      return count_entries (bytes, length);
    case DAMAGE_LINES:
    default:
      return 0;
    }
}

/* Keys of @part stand in @whole, in the same order; @but_last: the last one may be cut. */
static gboolean
is_beginning (GPtrArray *part,
              GPtrArray *whole,
              gboolean   but_last)
{
  if (part->len > whole->len)
    return FALSE;
  for (guint i = 0; i + (but_last ? 1 : 0) < part->len; i++)
    if (!g_str_equal (g_ptr_array_index (part, i), g_ptr_array_index (whole, i)))
      return FALSE;
  return TRUE;
}

static void
check_cut (const Sample *sample,
           Outcome      *whole,
           gsize         at)
{
  g_auto(Outcome) part = { 0 };
  gboolean in_row = sample->kind == DAMAGE_CSV && at > 0 && strchr ("\r\n", sample->bytes[at - 1]) == NULL;
  guint n = count_whole (sample, at);

  read_bytes (BAL_IMPORT_FORMAT_AUTO, sample->name, sample->bytes, at, &part);
  if (part.keys->len + part.n_skipped < n)
    g_error ("%s cut at %" G_GSIZE_FORMAT ": %u of %u whole records came", sample->name, at,
             part.keys->len + part.n_skipped, n);
  if (sample->kind == DAMAGE_LINES || (sample->kind == DAMAGE_MARKUP && !is_feed (sample->name)))
    return;

  if (!is_beginning (part.keys, whole->keys, in_row))
    g_error ("%s cut at %" G_GSIZE_FORMAT ": what came is not what stands before", sample->name, at);
  if (part.is_open && part.keys->len < whole->keys->len && !part.says_end && (sample->kind != DAMAGE_CSV || in_row))
    g_error ("%s cut at %" G_GSIZE_FORMAT ": %u of %u came, and nothing is said", sample->name, at, part.keys->len,
             whole->keys->len);
}

static void
cut (const char *name)
{
  g_auto(Sample) sample = { 0 };
  g_auto(Outcome) whole = { 0 };

  load (name, &sample);
  read_bytes (BAL_IMPORT_FORMAT_AUTO, name, sample.bytes, sample.length, &whole);
  for (guint i = 0; i < MIN (25 * factor, 200); i++)
    check_cut (&sample, &whole, (gsize) g_test_rand_double_range (0, (double) sample.length));
}

/* How often something is tried: 10,000 times with --long. */
static guint
times (guint few)
{
  return factor > 1 ? 200 * factor : few;
}

/* Read as what it was: damage in the beginning may hide that. */
static BalImportFormat
get_format (const char *name)
{
  if (!is_feed (name))
    return g_str_has_suffix (name, ".csv") ? BAL_IMPORT_FORMAT_LETTERBOXD : BAL_IMPORT_FORMAT_AUTO;
  return strstr (name, "wxr") != NULL ? BAL_IMPORT_FORMAT_WXR : BAL_IMPORT_FORMAT_BLOGGER;
}

static void
change (const char *name,
        guint       n_times)
{
  g_auto(Sample) sample = { 0 };
  g_autoptr(GString) text = g_string_new (NULL);

  load (name, &sample);
  for (guint i = 0; i < n_times; i++)
    {
      g_auto(Outcome) outcome = { 0 };

      g_string_truncate (text, 0);
      g_string_append_len (text, sample.bytes, (gssize) sample.length);
      damage_any (text, sample.kind);
      read_bytes (g_test_rand_bit () ? BAL_IMPORT_FORMAT_AUTO : get_format (name), name, text->str, text->len, &outcome);
    }
}

/* (transfer full): in which order a text has what opens and ends texts that take everything else. */
static char *
list_openers (const char *text,
              gsize       length)
{
  static const char *const openers[] = { "<![CDATA[", "]]>", "<!--", "<?", "<!D" };
  GString *order = g_string_new (NULL);

  for (gsize at = 0; at < length; at++)
    for (guint i = 0; i < G_N_ELEMENTS (openers); i++)
      if (length - at >= strlen (openers[i]) && memcmp (text + at, openers[i], strlen (openers[i])) == 0)
        g_string_append_c (order, (char) ('0' + i));
  return g_string_free (order, FALSE);
}

/* What no reader can tell from what was meant: where a text ends that takes everything else. */
static gboolean
is_fair (const Sample  *sample,
         const GString *text,
         const char    *was,
         gsize          length)
{
  g_autofree char *before = list_openers (was, length);
  g_autofree char *after = list_openers (text->str, text->len);

  return sample->kind != DAMAGE_MARKUP || g_str_equal (before, after);
}

/* Where record number @which stands. */
static void
find_record (const Sample *sample,
             const char   *opens,
             const char   *closes,
             guint         which,
             gsize        *from,
             gsize        *to)
{
  const char *at = sample->bytes;

  for (guint i = 0; i <= which; i++)
    at = strstr (at, opens) + strlen (opens);
  *from = (gsize) (at - sample->bytes);
  *to = (gsize) (strstr (at, closes) - sample->bytes);
}

/* Damage inside of one record costs no other one. */
static void
damage_one (const char *name,
            const char *opens,
            const char *closes,
            guint       n_times)
{
  g_auto(Sample) sample = { 0 };
  g_auto(Outcome) whole = { 0 };
  guint n_records;

  load (name, &sample);
  n_records = count (sample.bytes, sample.bytes + sample.length, opens);
  if (n_records == 0)
    return;

  read_bytes (BAL_IMPORT_FORMAT_AUTO, name, sample.bytes, sample.length, &whole);
  for (guint i = 0; i < n_times; i++)
    {
      g_autoptr(GString) text = NULL;
      g_autoptr(GString) lost = g_string_new (NULL);
      g_auto(Outcome) part = { 0 };
      guint missing = 0;
      gsize from, to;

      find_record (&sample, opens, closes, (guint) g_test_rand_int_range (0, (gint32) n_records), &from, &to);
      text = g_string_new_len (sample.bytes + from, (gssize) (to - from));
      damage_any (text, sample.kind);
      if (!is_fair (&sample, text, sample.bytes + from, to - from) || strstr (text->str, opens) != NULL)
        continue;

      g_string_prepend_len (text, sample.bytes, (gssize) from);
      g_string_append_len (text, sample.bytes + to, (gssize) (sample.length - to));
      read_bytes (get_format (name), name, text->str, text->len, &part);
      for (guint k = 0; k < whole.keys->len; k++)
        if (!g_ptr_array_find_with_equal_func (part.keys, g_ptr_array_index (whole.keys, k), g_str_equal, NULL))
          {
            g_string_append_printf (lost, "\n%s", (char *) g_ptr_array_index (whole.keys, k));
            missing++;
          }
      if (missing > 1 + count (sample.bytes + from, sample.bytes + to, "</wp:comment>"))
        g_error ("%s: damage in the record at %" G_GSIZE_FORMAT " cost more than that; the file is in %s. Lost:%s", name, from,
                 reading.dir, lost->str);
    }
}

static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_samples); i++)
    cut (own_samples[i]);
}

static void
test_changed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_samples); i++)
    change (own_samples[i], times (60));
}

static void
test_one_damaged_record (void)
{
  damage_one ("small.wxr.xml", "<item>", "</item>", times (50));
  damage_one ("backup.atom.xml", "<entry>", "</entry>", times (50));
  damage_one ("takeout.atom", "<entry>", "</entry>", times (50));
  damage_one ("everything.json", "\n{\"type\":", "\n", times (50));
  damage_one ("letterboxd/ratings.csv", "\n2", "\n", times (50));
  damage_one ("letterboxd/watched.csv", "\n2", "\n", times (50));
}

static void
add_entry (struct archive *archive,
           const char     *name,
           const char     *bytes,
           gsize           length)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (gint64) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, bytes, length), ==, (gssize) length);
  archive_entry_free (entry);
}

/* (transfer full): an archive of these samples. */
static char *
make_archive (const char *const *names,
              guint              n)
{
  char *path = g_build_filename (reading.dir, "made.zip", NULL);
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  for (guint i = 0; i < n; i++)
    {
      g_auto(Sample) sample = { 0 };
      g_autofree char *base = g_path_get_basename (names[i]);

      load (names[i], &sample);
      add_entry (archive, base, sample.bytes, sample.length);
    }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return path;
}

/* The packed bytes of one file are overwritten; what is in the others comes in, and the damage is told. */
static void
damage_entries (const char *const *names,
                guint              n)
{
  g_autofree char *path = make_archive (names, n);
  g_auto(Sample) sample = { 0 };

  load (path, &sample);
  for (guint i = 0; i < n; i++)
    {
      g_auto(Outcome) whole = { 0 };
      g_auto(Outcome) part = { 0 };
      g_autoptr(GString) text = g_string_new_len (sample.bytes, (gssize) sample.length);
      const char *at = sample.bytes;
      guint missing = 0;
      gsize from;

      for (guint k = 0; k < i; k++)
        at = memmem (at + 4, (gsize) (sample.bytes + sample.length - at - 4), "PK\3\4", 4);
      from = (gsize) (at - sample.bytes) + 30 + get_int (at + 26, 2) + get_int (at + 28, 2);
      memset (text->str + from + 10, 0xff, 20);
      read_path (path, BAL_IMPORT_FORMAT_AUTO, &whole);
      read_bytes (BAL_IMPORT_FORMAT_AUTO, "damaged.zip", text->str, text->len, &part);
      for (guint k = 0; k < whole.keys->len; k++)
        missing += !g_ptr_array_find_with_equal_func (part.keys, g_ptr_array_index (whole.keys, k), g_str_equal, NULL);
      g_test_message ("%s: %u of %u are missing", names[i], missing, whole.keys->len);
      g_assert_true (part.says_end);
      g_assert_cmpuint (missing, <, whole.keys->len);
    }
}

static void
test_one_damaged_entry (void)
{
  static const char *const rows[] = { "letterboxd/ratings.csv", "letterboxd/watched.csv", "letterboxd/diary.csv" };
  static const char *const feeds[] = { "small.wxr.xml", "backup.atom.xml" };

  damage_entries (rows, G_N_ELEMENTS (rows));
  damage_entries (feeds, G_N_ELEMENTS (feeds));
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
      read_bytes (BAL_IMPORT_FORMAT_AUTO, "lists.json", text->str, text->len, &outcome);
      g_assert_cmpuint (outcome.keys->len, ==, i == 0 ? 3 : 2);
      g_assert_cmpuint (outcome.n_skipped, ==, i);
      g_assert_true (g_str_has_prefix (outcome.keys->pdata[outcome.keys->len - 1], "0 c "));
    }
}

static void
test_shared (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shared_samples); i++)
    {
      g_autofree char *path = import_shared (shared_samples[i]);
      gboolean is_wxr = strstr (shared_samples[i], "wxr") != NULL;
      gint64 begun = g_get_monotonic_time ();

      if (path == NULL)
        {
          g_test_skip ("the shared samples are not here");
          return;
        }
      cut (path);
      change (path, times (20));
      if (is_feed (path))
        damage_one (path, is_wxr ? "<item>" : "<entry>", is_wxr ? "</item>" : "</entry>", times (20));
      g_test_message ("%s: %.0f s", shared_samples[i], (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC);
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
  g_test_add_func ("/import/one-damaged-entry-costs-no-other", test_one_damaged_entry);
  g_test_add_func ("/import/a-value-of-endless-parts-is-left-out", test_endless_lists);
  g_test_add_func ("/import/shared-samples-cut-and-changed", test_shared);
  status = g_test_run ();
  bal_review_format_unref (reading.target.format);
  remove_folder (reading.dir);
  g_free (reading.dir);
  return status;
}
