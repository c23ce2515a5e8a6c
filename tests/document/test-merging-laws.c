/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for any three versions, whatever they are. */

#include "merge-html.h"
#include "random-blocks.h"
#include "samples.h"

#include <string.h>

/* A word that occurs nowhere else; @log gets it. */
static char *
new_word (GPtrArray  *log,
          const char *side)
{
  char *word = g_strdup_printf ("x%s%ux", side, log->len);

  g_ptr_array_add (log, word);
  return word;
}

static BalBlock *
new_paragraph (GPtrArray  *log,
               const char *side)
{
  g_autofree char *text = g_strdup_printf ("%s of %s", new_word (log, side), side);

  return bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, NULL, 0);
}

static BalBlock *
restyled (GRand    *rand,
          BalBlock *block)
{
  const char *text = bal_block_get_text (block);
  BalRun run = { .start = 0, .length = strlen (text), .style = 1 << g_rand_int_range (rand, 0, 8) };

  if (bal_block_get_kind (block) != BAL_BLOCK_PARAGRAPH || strstr (text, "\xef\xbf\xbc") != NULL)
    return bal_block_ref (block);
  return bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, &run, 1);
}

/* Some blocks of @document changed, left out or put in, each with a word that is new. */
static BalDocument *
random_version (GRand       *rand,
                BalDocument *document,
                const char  *side,
                GPtrArray   *log)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);

  for (guint i = 0; i <= bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block =
        i < bal_document_get_n_blocks (document) ? bal_document_get_block (document, i) : NULL;
      guint what = g_rand_int_range (rand, 0, 10);
      BalBlock *edited = NULL;

      if (what == 0)
        g_ptr_array_add (blocks, new_paragraph (log, side));
      if (block == NULL || what == 1)
        continue;
      if (what == 2)
        edited = restyled (rand, block);
      else if (what < 6)
        {
          g_autofree char *word = g_strdup_printf (" %s ", new_word (log, side));

          edited = random_edit_with (rand, block, word);
        }
      if (edited == NULL)
        edited = bal_block_ref (block);
      g_ptr_array_add (blocks, edited);
    }
  return bal_document_with_blocks (document, blocks);
}

static guint
count (const char *text,
       const char *word)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, word)) != NULL; p++)
    n++;
  return n;
}

/* Every word that @version has (it may have had no place for one) is in @outcome, once. */
static void
check_words (GPtrArray   *log,
             BalDocument *version,
             BalDocument *outcome)
{
  g_autofree char *had = bal_document_to_text (version);
  g_autofree char *has = bal_document_to_text (outcome);

  for (guint i = 0; i < log->len; i++)
    {
      guint before = count (had, g_ptr_array_index (log, i));
      guint after = count (has, g_ptr_array_index (log, i));

      g_assert_cmpuint (after, ==, before);
    }
}

/* What neither side took out is still there, what one took out is gone. */
static void
check_base_words (GPtrArray   *log,
                  BalDocument *mine,
                  BalDocument *theirs,
                  BalDocument *outcome)
{
  g_autofree char *in_mine = bal_document_to_text (mine);
  g_autofree char *in_theirs = bal_document_to_text (theirs);
  g_autofree char *has = bal_document_to_text (outcome);

  for (guint i = 0; i < log->len; i++)
    {
      const char *word = g_ptr_array_index (log, i);

      g_assert_cmpuint (count (has, word), ==, MIN (count (in_mine, word), count (in_theirs, word)));
    }
}

static BalDocument *
choose_all (BalMerge *merge,
            BalSide   side)
{
  for (guint i = 0; i < bal_merge_get_n_conflicts (merge); i++)
    bal_merge_choose (merge, i, side);
  return bal_merge_to_document (merge);
}

typedef struct
{
  guint n_rounds;
  guint n_clean;
  guint n_whole;      /* the whole document in conflict */
} Tally;

static void
check_random_merge (GRand       *rand,
                    BalDocument *base,
                    GPtrArray   *base_words,
                    Tally       *tally)
{
  g_autoptr(GPtrArray) mine_words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) their_words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BalDocument) mine = random_version (rand, base, "m", mine_words);
  g_autoptr(BalDocument) theirs = random_version (rand, base, "t", their_words);
  g_autoptr(BalMerge) merge = bal_document_merge3 (base, mine, theirs);
  g_autoptr(BalMerge) turned = bal_document_merge3 (base, theirs, mine);
  g_autoptr(BalDocument) mine_first = choose_all (merge, BAL_SIDE_MINE);
  g_autoptr(BalDocument) theirs_first = choose_all (turned, BAL_SIDE_MINE);
  guint n_conflicts = bal_merge_get_n_conflicts (merge);

  check_words (mine_words, mine, mine_first);
  check_words (their_words, theirs, theirs_first);
  g_assert_cmpint (n_conflicts == 0, ==, bal_merge_get_n_conflicts (turned) == 0);
  if (n_conflicts == 0)
    {
      check_words (their_words, theirs, mine_first);
      check_words (mine_words, mine, theirs_first);
      check_base_words (base_words, mine, theirs, mine_first);
      check_base_words (base_words, mine, theirs, theirs_first);
      tally->n_clean++;
    }
  else
    {
      g_autoptr(BalDocument) chosen = choose_all (merge, BAL_SIDE_THEIRS);

      check_words (their_words, theirs, chosen);
      tally->n_whole += bal_merge_get_side (merge, 0, BAL_SIDE_BASE)->len ==
                          bal_document_get_n_blocks (base) &&
                        bal_document_get_n_blocks (base) > 1;
    }
  tally->n_rounds++;
}

static void
test_no_word_is_lost (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);

  for (guint d = 0; d < 4; d++)
    {
      Tally tally = { 0 };

      for (guint n = sample_count (600); n > 0; n--)
        {
          g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
          g_autoptr(BalDocument) bare = random_document (rand, (BalDialect) d, 6);
          g_autoptr(BalDocument) base = random_version (rand, bare, "b", words);

          check_random_merge (rand, base, words, &tally);
        }
      g_test_message ("%s: %u merges, %u without a conflict, %u in conflict as a whole",
                      bal_dialect_to_nick ((BalDialect) d), tally.n_rounds, tally.n_clean,
                      tally.n_whole);
      g_assert_cmpuint (tally.n_clean * 4, >, tally.n_rounds);
      g_assert_cmpuint (tally.n_whole * 50, <, tally.n_rounds);
    }
}

static void
assert_bytes (BalDocument *document,
              BalDocument *expected)
{
  gsize length, expected_length;
  g_autofree char *html = bal_document_to_html (document, &length);
  g_autofree char *expected_html = bal_document_to_html (expected, &expected_length);

  g_assert_cmpmem (html, length, expected_html, expected_length);
}

static void
check_laws (BalDocument *base,
            BalDocument *other)
{
  BalDocument *const laws[][4] = {
    { base, other, base, other }, { base, base, other, other },
    { base, other, other, other }, { base, base, base, base },
    { other, base, other, base },
  };

  for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      g_autoptr(BalMerge) merge = bal_document_merge3 (laws[i][0], laws[i][1], laws[i][2]);
      g_autoptr(BalDocument) outcome = bal_merge_to_document (merge);

      g_assert_cmpuint (bal_merge_get_n_conflicts (merge), ==, 0);
      assert_bytes (outcome, laws[i][3]);
    }
}

static BalDocument *
read_bytes (GBytes     *bytes,
            BalDialect  dialect)
{
  return bal_document_new_from_html (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     dialect);
}

static void
test_one_sides_changes_keep_their_bytes (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr(GPtrArray) samples = samples_load_own ();

  for (guint n = sample_count (1000); n > 0; n--)
    {
      g_autoptr(GBytes) one = sample_mutate (rand, samples);
      g_autoptr(GBytes) two = sample_mutate (rand, samples);
      g_autoptr(BalDocument) base = read_bytes (one, (BalDialect) (n % 4));
      g_autoptr(BalDocument) other = read_bytes (two, (BalDialect) (n % 4));

      check_laws (base, other);
    }
}

/* One of the blocks that a post is put together from: @version alters its words, its tags or its
 * spelling. */
static char *
make_piece (BalDialect  dialect,
            guint       kind,
            guint       number,
            guint       version)
{
  static const char *const ways[] = { "as it was", "was", "as &quot;it&quot; <b>was</b>", "as it w&#97;s" };
  const char *way = ways[version];

  switch (kind)
    {
    case 0:
      return g_strdup_printf ("<h%u>Chapter %u, %s</h%u>", 2 + version % 2, number, way,
                              2 + version % 2);
    case 1:
      return g_strdup_printf ("<ul  class=\"v%u\"><li>Item %u of %s</li> <li>%u</li></ul>", version,
                              number, way, number);
    case 2:
      return g_strdup_printf ("<figure><img src=\"/%u/%u\"></figure>", number, version);
    case 3:
      if (dialect == BAL_DIALECT_WP_CLASSIC || dialect == BAL_DIALECT_BLOGGER)
        return g_strdup_printf ("Bare words, number %u, %s.", number, way);
      return g_strdup_printf ("<pre id=\"v%u\">code %u  %s</pre>", version, number, way);
    default:
      return g_strdup_printf ("<p class='v%u'>Paragraph %u was written %s.</p>", version, number,
                              way);
    }
}

static char *
delimit (char       *piece,
         BalDialect  dialect)
{
  g_autofree char *inside = piece;

  if (dialect != BAL_DIALECT_WP_BLOCKS || strstr (piece, "<p ") == NULL)
    return g_steal_pointer (&inside);
  return g_strdup_printf ("<!-- wp:paragraph {\"v\":1} -->\n%s\n<!-- /wp:paragraph -->", inside);
}

/* Each side changes, takes out and puts in other blocks than the other side: the outcome is what all
 * of these together make, to the byte. */
static void
check_apart (GRand      *rand,
             BalDialect  dialect)
{
  static const char *const separators[] = {
    [BAL_DIALECT_HTML] = "\n", [BAL_DIALECT_WP_BLOCKS] = "\n\n",
    [BAL_DIALECT_WP_CLASSIC] = "\n\n", [BAL_DIALECT_BLOGGER] = "<br /><br />"
  };
  GString *html[4];
  guint n_pieces = g_rand_int_range (rand, 2, 12);
  guint n_conflicts;
  g_autofree char *merged = NULL;

  /* Something that no one touches, so that no version is empty. */
  for (guint v = 0; v < 4; v++)
    html[v] = g_string_new ("<p>Start</p>");
  for (guint i = 0; i < n_pieces; i++)
    {
      guint kind = g_rand_int_range (rand, 0, 6);
      guint what = g_rand_int_range (rand, 0, 5);
      guint sides = g_rand_int_range (rand, 1, 4);   /* mine, theirs or both, as bits */
      g_autofree char *old = delimit (make_piece (dialect, kind, i, 0), dialect);
      g_autofree char *new_ =
        delimit (make_piece (dialect, kind, i, g_rand_int_range (rand, 1, 4)), dialect);
      g_autofree char *added = g_strdup_printf ("<blockquote><p>Put in %u.</p></blockquote>", i);

      for (guint v = 0; v < 4; v++)
        {
          gboolean changed = v == 3 || (v != BAL_SIDE_BASE && (sides & v));

          if (what == 0 && changed)
            continue;
          if (what == 1 && changed)
            g_string_append_printf (html[v], "%s%s", separators[dialect], added);
          g_string_append_printf (html[v], "%s%s", separators[dialect],
                                  what == 2 && changed ? new_ : old);
        }
    }
  merged = merge_html (html[0]->str, html[1]->str, html[2]->str, dialect, &n_conflicts);
  g_assert_cmpstr (merged, ==, html[3]->str);
  g_assert_cmpuint (n_conflicts, ==, 0);
  for (guint v = 0; v < 4; v++)
    g_string_free (html[v], TRUE);
}

static void
test_changes_apart_are_put_together_to_the_byte (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);

  for (guint n = sample_count (4000); n > 0; n--)
    check_apart (rand, (BalDialect) (n % 4));
}

/* @bytes with some of them taken out, doubled, or replaced by markup: @word goes along. */
static GBytes *
mutate (GRand      *rand,
        GBytes     *bytes,
        const char *word)
{
  static const char *const pieces[] = { "<b>", "</b>", "</p>", "<p>", "<div>", "</div>", "<!--", "-->",
                                        "\n\n", "<br><br>", "<li>", "&", "\xff", "<a href=\"" };
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  GString *out = g_string_new_len (data != NULL ? data : "", length);

  for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
    {
      gsize at = g_rand_int_range (rand, 0, out->len + 1);
      gsize span = g_rand_int_range (rand, 0, 30);

      if (g_rand_boolean (rand))
        g_string_insert (out, at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      else
        g_string_erase (out, at, MIN (out->len - at, span));
    }
  g_string_insert (out, g_rand_int_range (rand, 0, out->len + 1), word);
  return g_string_free_to_bytes (out);
}

static gboolean
shows (BalDocument *document,
       const char  *word)
{
  g_autofree char *text = bal_document_to_text (document);

  return strstr (text, word) != NULL;
}

/* Whatever the bytes are: each side's word is there when that side is chosen, and both are when
 * there is nothing to choose. */
static void
test_hostile_versions_merge (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr(GPtrArray) samples = samples_load_own ();
  guint n_clean = 0;
  guint n_rounds = sample_count (2000);

  for (guint n = n_rounds; n > 0; n--)
    {
      g_autoptr(GBytes) one = sample_mutate (rand, samples);
      g_autoptr(GBytes) two = mutate (rand, one, " xmx ");
      g_autoptr(GBytes) three = mutate (rand, one, " xtx ");
      g_autoptr(BalDocument) base = read_bytes (one, (BalDialect) (n % 4));
      g_autoptr(BalDocument) mine = read_bytes (two, (BalDialect) (n % 4));
      g_autoptr(BalDocument) theirs = read_bytes (three, (BalDialect) (n % 4));
      g_autoptr(BalMerge) merge = bal_document_merge3 (base, mine, theirs);
      g_autoptr(BalDocument) mine_chosen = choose_all (merge, BAL_SIDE_MINE);
      g_autoptr(BalDocument) theirs_chosen = choose_all (merge, BAL_SIDE_THEIRS);
      gboolean clean = bal_merge_get_n_conflicts (merge) == 0;

      if (shows (mine, "xmx"))
        g_assert_true (shows (mine_chosen, "xmx"));
      if (shows (theirs, "xtx"))
        g_assert_true (shows (theirs_chosen, "xtx"));
      if (shows (theirs, "xtx") && clean)
        g_assert_true (shows (mine_chosen, "xtx"));
      n_clean += clean;
    }
  g_test_message ("%u of %u without a conflict", n_clean, n_rounds);
}

/* Posts that another program merges character by character, with what it makes of them. Where that
 * has words that nobody wrote ("(ARPA)NET,"), or where one side changed the words right beside the
 * other's or took out what it changed, there is a conflict here; of the white space at the end of a post mine stands. */
static void
test_sample_posts_merge (void)
{
  static const struct
  {
    const char *name;
    guint       n_conflicts;
    gboolean    is_expected;
  } cases[] = {
    { "A_and_B_both_change_title_to_the_same_value", 0, TRUE },
    { "A_deletes_first_para_B_deletes_second_para", 0, TRUE },
    { "A_stays_the_same_B_adds_para", 0, TRUE },
    { "A_stays_the_same_B_appends_text", 0, TRUE },
    { "add_text_at_both_sides_of_a_block", 0, TRUE },
    { "identical_documents", 0, TRUE },
    { "internet_history", 4, FALSE },
    { "remove_paragraph_update_heading", 0, TRUE },
    { "test_case_3", 1, FALSE },
    { "wporg_page", 1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const char *const parts[] = { "parent", "changeA", "changeB", "merge_result" };
      char *html[G_N_ELEMENTS (parts)];
      g_autofree char *merged = NULL;
      guint n_conflicts;

      for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
        {
          g_autofree char *path = g_strdup_printf ("merge/clean-resolution/%s_%s.html",
                                                   cases[i].name, parts[k]);

          html[k] = samples_read_shared (path, NULL);
        }
      if (html[0] == NULL)
        {
          g_test_skip ("the samples are not there");
          return;
        }
      merged = merge_html (html[0], html[1], html[2], BAL_DIALECT_HTML, &n_conflicts);
      g_test_message ("%s: %u conflicts", cases[i].name, n_conflicts);
      g_assert_cmpuint (n_conflicts, ==, cases[i].n_conflicts);
      g_assert_cmpint (g_str_equal (g_strchomp (merged), g_strchomp (html[3])), ==,
                       cases[i].is_expected);
      for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
        g_free (html[k]);
    }
}

static BalDocument *
big_document (const char *format,
              guint       n_blocks,
              guint       every,
              const char *instead)
{
  g_autoptr(GString) html = g_string_new (NULL);

  for (guint i = 0; i < n_blocks; i++)
    g_string_append_printf (html, "<p>Paragraph %u was %s.</p>\n", i,
                            i % every == 0 ? instead : format);
  return bal_document_new_from_html (html->str, html->len, BAL_DIALECT_HTML);
}

/* Every paragraph of 1 MB changed by one side, many by the other. */
static void
test_big_versions_take_little_time (void)
{
  g_autoptr(BalDocument) base = big_document ("read as it is", 20000, 2, "read as it is");
  g_autoptr(BalDocument) mine = big_document ("read as it was", 20000, 1, "read as it was");
  g_autoptr(BalDocument) theirs = big_document ("read as it is", 20000, 3, "written as it is");
  gint64 start = g_get_monotonic_time ();
  g_autoptr(BalMerge) merge = bal_document_merge3 (base, mine, theirs);
  double seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  g_autofree char *html = merge_outcome_html (merge);

  g_test_message ("20,000 paragraphs, %.0f ms", seconds * 1e3);
  g_assert_cmpuint (bal_merge_get_n_conflicts (merge), ==, 0);
  g_assert_cmpuint (count (html, "was written as it was."), ==, 6667);
  g_assert_cmpuint (count (html, "was read as it was."), ==, 20000 - 6667);
  g_assert_cmpfloat (seconds, <, 10.0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merging/no-word-is-lost", test_no_word_is_lost);
  g_test_add_func ("/merging/one-sides-changes-keep-their-bytes",
                   test_one_sides_changes_keep_their_bytes);
  g_test_add_func ("/merging/changes-apart-are-put-together-to-the-byte",
                   test_changes_apart_are_put_together_to_the_byte);
  g_test_add_func ("/merging/hostile-versions-merge", test_hostile_versions_merge);
  g_test_add_func ("/merging/sample-posts-merge", test_sample_posts_merge);
  g_test_add_func ("/merging/big-versions-take-little-time", test_big_versions_take_little_time);
  return g_test_run ();
}
