/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-html.h"
#include "bal-safe-blocks.h"
#include "bal-safe-text.h"

static char *
rewrite (const char *html,
         BalDialect  dialect)
{
  g_autoptr(GPtrArray) blocks = bal_safe_blocks_from_html (html, -1, NULL);

  return bal_comment_html_write (blocks, dialect);
}

static void
test_paragraphs_are_as_the_blog_spells_them (void)
{
  g_autofree char *classic = bal_comment_html_from_text ("A <b>\nline\n\n\n  Next\r\n", BAL_DIALECT_WP_CLASSIC);
  g_autofree char *plain = bal_comment_html_from_text ("A <b>\nline\n\n\n  Next\r\n", BAL_DIALECT_HTML);
  g_autofree char *shown = bal_safe_text_from_comment (classic);

  g_assert_cmpstr (classic, ==, "A &lt;b&gt;\nline\n\nNext");
  g_assert_cmpstr (plain, ==, "<p>A &lt;b&gt;<br>line</p>\n<p>Next</p>");
  g_assert_cmpstr (shown, ==, "A <b>\nline\n\nNext");
}

static void
test_only_what_comments_may_have_is_written (void)
{
  static const struct { const char *html, *classic; } cases[] = {
    { "<p>A <b>b</b> <i>i</i> <code>c</code> <s>s</s></p>",
      "A <strong>b</strong> <em>i</em> <code>c</code> <s>s</s>" },
    { "<p>A <a href=\"https://example.org/?a=1&amp;b=2\">link</a></p>",
      "A <a href=\"https://example.org/?a=1&amp;b=2\">link</a>" },
    { "<blockquote><p>Q1</p><p>Q2</p></blockquote><p>T</p>", "<blockquote>Q1\n\nQ2</blockquote>\n\nT" },
    { "<h2>H</h2><p><u>u</u></p>", "H\n\nu" },
    { "<ul><li>one</li><li>two</li></ul><ol><li>x</li></ol>", "– one\n\n– two\n\n1. x" },
    { "<pre>a\nb</pre>", "<code>a\nb</code>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *written = rewrite (cases[i].html, BAL_DIALECT_WP_CLASSIC);

      g_assert_cmpstr (written, ==, cases[i].classic);
    }
}

static void
test_what_is_written_reads_the_same (void)
{
  g_autofree char *once = rewrite ("<blockquote><p>Q1</p><p>Q2</p></blockquote><p>T <b>b</b><br>n</p><p>Z</p>",
                                   BAL_DIALECT_WP_CLASSIC);
  g_autoptr(BalDocument) document = bal_comment_html_read (once, BAL_DIALECT_WP_CLASSIC);
  g_autoptr(GPtrArray) blocks = bal_document_dup_blocks (document);
  g_autofree char *twice = bal_comment_html_write (blocks, BAL_DIALECT_WP_CLASSIC);

  g_assert_cmpstr (once, ==, twice);
  g_assert_cmpuint (blocks->len, ==, 3);
}

static void
test_nothing_is_nothing (void)
{
  g_autofree char *empty = rewrite ("<p> </p><p></p>", BAL_DIALECT_WP_CLASSIC);
  g_autofree char *text = bal_safe_text_from_comment (empty);

  g_assert_cmpstr (text, ==, "");
}

static void
test_plain_text_has_quotes_and_addresses (void)
{
  g_autofree char *plain = bal_comment_html_to_plain ("<blockquote>Q1\n\nQ2</blockquote>\n\nSee <a href=\"https://a.example/x\">"
                                                      "<b>he</b>re</a> and <a href=\"https://b.example/\">https://b.example/</a>.");

  g_assert_cmpstr (plain, ==, "> Q1\n\n> Q2\n\nSee here (https://a.example/x) and https://b.example/.");
}

static void
test_newlines_break_lines_where_no_tag_does (void)
{
  g_autofree char *bare = bal_safe_text_from_comment ("One\ntwo\n\n\nthree <b>\nfour</b>");
  g_autofree char *tagged = bal_safe_text_from_comment ("<p>One\ntwo</p>\n\n<p>three</p>");
  g_autoptr(BalBlock) block = bal_safe_block_from_html ("One\ntwo\n\n<em>three</em>\n<blockquote>q\nr</blockquote>", 0);

  g_assert_cmpstr (bare, ==, "One\ntwo\n\nthree\nfour");
  g_assert_cmpstr (tagged, ==, "One two\n\nthree");
  g_assert_cmpstr (bal_block_get_text (block), ==, "One\ntwo\n\nthree\n\n> q\n> r");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/comment-html/paragraphs-are-as-the-blog-spells-them",
                   test_paragraphs_are_as_the_blog_spells_them);
  g_test_add_func ("/document/comment-html/only-what-comments-may-have-is-written",
                   test_only_what_comments_may_have_is_written);
  g_test_add_func ("/document/comment-html/what-is-written-reads-the-same", test_what_is_written_reads_the_same);
  g_test_add_func ("/document/comment-html/nothing-is-nothing", test_nothing_is_nothing);
  g_test_add_func ("/document/comment-html/plain-text-has-quotes-and-addresses",
                   test_plain_text_has_quotes_and_addresses);
  g_test_add_func ("/document/comment-html/newlines-break-lines-where-no-tag-does",
                   test_newlines_break_lines_where_no_tag_does);

  return g_test_run ();
}
