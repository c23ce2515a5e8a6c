/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two versions become one: nothing that either side wrote is lost, nothing that one side left alone
 * differs from what the other made of it. */

#include "bal-document-diff.h"
#include "merge-html.h"

static BalDocument *
read_html (const char *html,
           BalDialect  dialect)
{
  return bal_document_new_from_html (html, -1, dialect);
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
      g_autofree char *unchosen = merge_outcome_html (merge);

      g_assert_cmpuint (bal_merge_get_n_conflicts (merge), ==, 1);
      g_assert_cmpstr (unchosen, ==, cases[i].outcomes[BAL_SIDE_MINE]);
      for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
        {
          g_autofree char *text = side_text (merge, 0, s);
          g_autofree char *html = NULL;

          g_assert_cmpstr (text, ==, cases[i].sides[s]);
          bal_merge_choose (merge, 0, s);
          html = merge_outcome_html (merge);
          g_assert_cmpstr (html, ==, cases[i].outcomes[s]);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merging/both-sides-changes-are-kept", test_both_sides_changes_are_kept);
  g_test_add_func ("/merging/conflicts-keep-both-sides", test_conflicts_keep_both_sides);
  return g_test_run ();
}
