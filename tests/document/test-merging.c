/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two versions become one: nothing that either side wrote is lost, nothing that one side left alone
 * differs from what the other made of it. */

#include "bal-document-diff.h"
#include "bal-document-merge.h"
#include "random-blocks.h"
#include "samples.h"

#include <string.h>

static BalDocument *
read_html (const char *html,
           BalDialect  dialect)
{
  return bal_document_new_from_html (html, -1, dialect);
}

static char *
outcome_html (BalMerge *merge)
{
  g_autoptr(BalDocument) outcome = bal_merge_to_document (merge);

  return bal_document_to_html (outcome, NULL);
}

static char *
merge_html (const char *base,
            const char *mine,
            const char *theirs,
            BalDialect  dialect,
            guint      *n_conflicts)
{
  g_autoptr(BalDocument) b = read_html (base, dialect);
  g_autoptr(BalDocument) m = read_html (mine, dialect);
  g_autoptr(BalDocument) t = read_html (theirs, dialect);
  g_autoptr(BalMerge) merge = bal_document_merge3 (b, m, t);

  *n_conflicts = bal_merge_get_n_conflicts (merge);
  return outcome_html (merge);
}

typedef struct
{
  const char *base;
  const char *mine;
  const char *theirs;
  const char *merged;
} Case;

static void
check_clean (const Case *cases,
             guint       n_cases,
             BalDialect  dialect)
{
  for (guint i = 0; i < n_cases; i++)
    {
      guint n_conflicts;
      g_autofree char *merged =
        merge_html (cases[i].base, cases[i].mine, cases[i].theirs, dialect, &n_conflicts);

      g_assert_cmpstr (merged, ==, cases[i].merged);
      g_assert_cmpuint (n_conflicts, ==, 0);
    }
}

static void
test_both_sides_changes_are_kept (void)
{
  static const Case html[] = {
    /* Different paragraphs, in the bytes of each side. */
    { "<p>one</p>\n<p>two</p>\n", "<p class=\"m\">uno</p>\n<p>two</p>\n",
      "<p>one</p>\n<p  id=t>d&ouml;s</p>\n", "<p class=\"m\">uno</p>\n<p  id=t>d&ouml;s</p>\n" },
    /* Different words of one paragraph. */
    { "<p>A good film about nothing.</p>", "<p>A great film about nothing.</p>",
      "<p>A good film about everything.</p>", "<p>A great film about everything.</p>" },
    /* The same change. */
    { "<p>a b</p><p>c</p>", "<p>a x</p><p>c</p><p>m</p>", "<p>a x</p><p>d</p>",
      "<p>a x</p><p>d</p><p>m</p>" },
    /* A space taken out beside words that were put in: they are not glued together. */
    { "<p>a b </p><p>c</p>", "<p>a b</p><p>c</p>", "<p>a b d</p><p>c</p>", "<p>a b d</p><p>c</p>" },
    { "<p>so (ja) on</p>", "<p>so(ja) on</p>", "<p>so well (ja) on</p>", "<p>so well (ja) on</p>" },
    /* A look on one side, words on the other. */
    { "<p>one tow three</p>", "<p><b>one tow three</b></p>", "<p>one two three</p>",
      "<p><b>one two three</b></p>" },
    { "<p>one two</p>", "<p><em>one</em> two</p>", "<p>one <b>two</b></p>",
      "<p><em>one</em> <strong>two</strong></p>" },
    { "<p>one two</p>", "<p><em>one</em> two</p>", "<p><b>one</b> two</p>",
      "<p><strong><em>one</em></strong> two</p>" },
    { "<p>see it here</p>", "<p>see it <a href=\"/m\">here</a></p>", "<p>look at it here</p>",
      "<p>look at it <a href=\"/m\">here</a></p>" },
    /* Tags on one side, words on the other. */
    { "<p>one two</p>", "<p class=\"x\">one two</p>", "<p>one three</p>",
      "<p class=\"x\">one three</p>" },
    { "<h2>one two</h2>", "<h3>one two</h3>", "<h2>one three</h2>", "<h3>one three</h3>" },
    { "<p>one two three</p>", "<h2>one two three</h2>", "<p>one 2 three</p>", "<h2>one 2 three</h2>" },
    /* Two items of a list, two paragraphs of a quote. */
    { "<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>", "<ul>\n  <li>uno</li>\n  <li>two</li>\n</ul>",
      "<ul>\n  <li>one</li>\n  <li>two</li>\n  <li>three</li>\n</ul>",
      "<ul>\n  <li>uno</li>\n  <li>two</li>\n  <li>three</li>\n</ul>" },
    { "<blockquote><p>a b</p><p>c d</p></blockquote>",
      "<blockquote><p>a x</p><p>c d</p></blockquote>",
      "<blockquote cite=\"/\"><p>a b</p><p>c y</p></blockquote>",
      "<blockquote cite=\"/\"><p>a x</p><p>c y</p></blockquote>" },
    { "<ul><li>a b<ol><li>c</li></ol></li></ul>", "<ul><li>a x<ol><li>c</li></ol></li></ul>",
      "<ul><li>a b<ol><li>c d</li></ol></li></ul>", "<ul><li>a x<ol><li>c d</li></ol></li></ul>" },
    /* Put in at one place by both: mine stands first. */
    { "<p>a</p>\n<p>z</p>", "<p>a</p>\n<p>mine</p>\n<p>z</p>", "<p>a</p>\n<h2>Theirs</h2>\n<p>z</p>",
      "<p>a</p>\n<p>mine</p>\n<h2>Theirs</h2>\n<p>z</p>" },
    { "<p>a</p>", "<p>a</p>\n<p>both</p>\n<p>mine</p>", "<p>a</p>\n<p>new</p>\n<p>both</p>",
      "<p>a</p>\n<p>new</p>\n<p>both</p>\n<p>mine</p>" },
    /* Taken out by both, by one, and beside a change. */
    { "<p>a</p>\n<p>b</p>\n<p>c</p>\n<p>d</p>", "<p>a</p>\n<p>c</p>\n<p>d</p>",
      "<p>a</p>\n<p>b</p>\n<p>d</p>", "<p>a</p>\n<p>d</p>" },
    { "<p>a</p>\n<p>b</p>\n<p>c</p>", "<p>a</p>\n<p>c</p>", "<p>a</p>\n<p>b</p>\n<p>c 2</p>",
      "<p>a</p>\n<p>c 2</p>" },
    /* A wrapper that one side put around, text changed by the other. */
    { "<p>a b</p>\n<p>c</p>", "<p>a x</p>\n<p>c</p>",
      "<div class=\"w\">\n<p>a b</p>\n<p>c</p>\n</div>",
      "<div class=\"w\">\n<p>a x</p>\n<p>c</p>\n</div>" },
    /* An island moves along. */
    { "<p>a</p><iframe src=\"1\"></iframe><p>b</p>", "<p>a</p><iframe src=\"2\"></iframe><p>b</p>",
      "<p>a 2</p><iframe src=\"1\"></iframe><p>b</p>",
      "<p>a 2</p><iframe src=\"2\"></iframe><p>b</p>" },
    /* Only spelled anew by one side: what the other took out is out. */
    { "<p>a</p><p>caf&eacute;</p>", "<p>a</p><p>café</p>", "<p>a</p>", "<p>a</p>" },
  };
  static const Case classic[] = {
    { "one\n\ntwo\n\nthree", "uno\n\ntwo\n\nthree", "one\n\ntwo\n\ntres\n\nfour",
      "uno\n\ntwo\n\ntres\n\nfour" },
    { "one two\nthree", "one 2\nthree", "one two\nthree 3", "one 2\nthree 3" },
    { "a\n\nz", "a\n\nmine\n\nz", "a\n\n<h2>Theirs</h2>\nz", "a\n\nmine\n\n<h2>Theirs</h2>\nz" },
  };
  static const Case blogger[] = {
    { "one<br /><br />two", "uno<br /><br />two", "one<br /><br />two<br /><br />three",
      "uno<br /><br />two<br /><br />three" },
    { "<div>one two</div><div>z</div>", "<div>one 2</div><div>z</div>",
      "<div>1 two</div><div>z</div>", "<div>1 2</div><div>z</div>" },
  };
  static const Case blocks[] = {
    { "<!-- wp:paragraph -->\n<p>one two</p>\n<!-- /wp:paragraph -->\n",
      "<!-- wp:paragraph -->\n<p>one 2</p>\n<!-- /wp:paragraph -->\n",
      "<!-- wp:paragraph {\"align\":\"right\"} -->\n<p class=\"has-text-align-right\">one two</p>\n"
      "<!-- /wp:paragraph -->\n\n<!-- wp:separator -->\n<hr class=\"wp-block-separator\"/>\n"
      "<!-- /wp:separator -->\n",
      "<!-- wp:paragraph {\"align\":\"right\"} -->\n<p class=\"has-text-align-right\">one 2</p>\n"
      "<!-- /wp:paragraph -->\n\n<!-- wp:separator -->\n<hr class=\"wp-block-separator\"/>\n"
      "<!-- /wp:separator -->\n" },
  };

  check_clean (html, G_N_ELEMENTS (html), BAL_DIALECT_HTML);
  check_clean (classic, G_N_ELEMENTS (classic), BAL_DIALECT_WP_CLASSIC);
  check_clean (blogger, G_N_ELEMENTS (blogger), BAL_DIALECT_BLOGGER);
  check_clean (blocks, G_N_ELEMENTS (blocks), BAL_DIALECT_WP_BLOCKS);
}

static char *
side_text (BalMerge *merge,
           guint     conflict,
           BalSide   side)
{
  GPtrArray *blocks = bal_merge_get_side (merge, conflict, side);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *text = bal_block_to_text (g_ptr_array_index (blocks, i));

      g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", text);
    }
  return g_string_free (out, FALSE);
}

static void
test_conflicts_keep_both_sides (void)
{
  static const struct
  {
    const char *html[3];     /* by BalSide */
    const char *sides[3];
    const char *outcomes[3];
  } cases[] = {
    { { "<p>A good film.</p>\n<p>b</p>", "<p>A great film.</p>\n<p>b</p>",
        "<p>A bad film.</p>\n<p>b c</p>" },
      { "A good film.", "A great film.", "A bad film." },
      { "<p>A good film.</p>\n<p>b c</p>", "<p>A great film.</p>\n<p>b c</p>",
        "<p>A bad film.</p>\n<p>b c</p>" } },
    /* A word put in beside one that was replaced: nobody wrote of "Charlotte Wells". */
    { { "<p>Lizzie.</p>", "<p>Lizzie Wells.</p>", "<p>Charlotte.</p>" },
      { "Lizzie.", "Lizzie Wells.", "Charlotte." },
      { "<p>Lizzie.</p>", "<p>Lizzie Wells.</p>", "<p>Charlotte.</p>" } },
    /* A line with a conflict is nobody's mixture. */
    { { "<p>one then two and three</p>", "<p>uno then 2 and three</p>",
        "<p>one then dos and tres</p>" },
      { "one then two and three", "uno then 2 and three", "one then dos and tres" },
      { "<p>one then two and three</p>", "<p>uno then 2 and three</p>",
        "<p>one then dos and tres</p>" } },
    { { "<p>A film.</p>", "<p>A good film.</p>", "<p>A bad film.</p>" },
      { "A film.", "A good film.", "A bad film." },
      { "<p>A film.</p>", "<p>A good film.</p>", "<p>A bad film.</p>" } },
    /* Taken out here, changed there. */
    { { "<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>c</p>", "<p>a</p><p>b 2</p><p>c</p>" },
      { "b", "", "b 2" },
      { "<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>c</p>", "<p>a</p><p>b 2</p><p>c</p>" } },
    { { "<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>b 2</p><p>c</p>", "<p>a</p><p>c</p>" },
      { "b", "b 2", "" },
      { "<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>b 2</p><p>c</p>", "<p>a</p><p>c</p>" } },
    /* Two versions of one new paragraph. */
    { { "<p>a</p>", "<p>a</p><p>All that is new, mine.</p>", "<p>a</p><p>All that is new, theirs.</p>" },
      { "", "All that is new, mine.", "All that is new, theirs." },
      { "<p>a</p>", "<p>a</p><p>All that is new, mine.</p>",
        "<p>a</p><p>All that is new, theirs.</p>" } },
    /* Something else in its place on either side, of which nothing is alike. */
    { { "<p>a</p><p>b</p><p>c</p>", "<p>a</p><ul><li>x</li></ul><h2>y</h2><p>c</p>",
        "<p>a</p><blockquote><p>z</p></blockquote><p>c</p>" },
      { "b", "x|y", "z" },
      { "<p>a</p><p>b</p><p>c</p>", "<p>a</p><ul><li>x</li></ul><h2>y</h2><p>c</p>",
        "<p>a</p><blockquote><p>z</p></blockquote><p>c</p>" } },
    /* Nothing to merge word by word. */
    { { "<iframe src=\"0\"></iframe>", "<iframe src=\"1\"></iframe>", "<iframe src=\"2\"></iframe>" },
      { "[iframe]", "[iframe]", "[iframe]" },
      { "<iframe src=\"0\"></iframe>", "<iframe src=\"1\"></iframe>",
        "<iframe src=\"2\"></iframe>" } },
    /* Different targets for one link, different levels for one heading. */
    { { "<p><a href=\"/0\">x</a></p>", "<p><a href=\"/1\">x</a></p>", "<p><a href=\"/2\">x</a></p>" },
      { "x", "x", "x" },
      { "<p><a href=\"/0\">x</a></p>", "<p><a href=\"/1\">x</a></p>",
        "<p><a href=\"/2\">x</a></p>" } },
    { { "<h2>x</h2>", "<h3>x</h3>", "<h4>x</h4>" },
      { "x", "x", "x" },
      { "<h2>x</h2>", "<h3>x</h3>", "<h4>x</h4>" } },
    /* One item of a list; the other is merged. */
    { { "<ul><li>a</li><li>b</li></ul>", "<ul><li>a 1</li><li>b</li></ul>",
        "<ul><li>a 2</li><li>b c</li></ul>" },
      { "a\nb c", "a 1\nb c", "a 2\nb c" },
      { "<ul><li>a</li><li>b c</li></ul>", "<ul><li>a 1</li><li>b c</li></ul>",
        "<ul><li>a 2</li><li>b c</li></ul>" } },
    /* Two wrappers at once can't be put together. */
    { { "<div class=\"0\"><p>a</p></div>", "<div class=\"1\"><p>a</p></div>", "<p>a</p>" },
      { "a", "a", "a" },
      { "<div class=\"0\"><p>a</p></div>", "<div class=\"1\"><p>a</p></div>", "<p>a</p>" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalDocument) base = read_html (cases[i].html[BAL_SIDE_BASE], BAL_DIALECT_HTML);
      g_autoptr(BalDocument) mine = read_html (cases[i].html[BAL_SIDE_MINE], BAL_DIALECT_HTML);
      g_autoptr(BalDocument) theirs = read_html (cases[i].html[BAL_SIDE_THEIRS], BAL_DIALECT_HTML);
      g_autoptr(BalMerge) merge = bal_document_merge3 (base, mine, theirs);
      g_autofree char *unchosen = outcome_html (merge);

      g_assert_cmpuint (bal_merge_get_n_conflicts (merge), ==, 1);
      g_assert_cmpstr (unchosen, ==, cases[i].outcomes[BAL_SIDE_MINE]);
      for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
        {
          g_autofree char *text = side_text (merge, 0, s);
          g_autofree char *html = NULL;

          g_assert_cmpstr (text, ==, cases[i].sides[s]);
          bal_merge_choose (merge, 0, s);
          html = outcome_html (merge);
          g_assert_cmpstr (html, ==, cases[i].outcomes[s]);
        }
    }
}

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
  g_autofree char *html = outcome_html (merge);

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
  g_test_add_func ("/merging/both-sides-changes-are-kept", test_both_sides_changes_are_kept);
  g_test_add_func ("/merging/conflicts-keep-both-sides", test_conflicts_keep_both_sides);
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
