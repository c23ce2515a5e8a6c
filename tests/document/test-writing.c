/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which blocks are read, and how new ones are spelled, byte for byte. */

#include "bal-document.h"
#include "samples.h"

#include <string.h>

static GPtrArray *
new_blocks (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
}

static BalBlock *
plain (BalBlockKind  kind,
       const char   *text)
{
  return bal_block_new_text (kind, 2, text, NULL, 0);
}

/* Takes @block. */
static void
assert_written (BalDialect  dialect,
                BalBlock   *block,
                const char *expected)
{
  g_autoptr(BalDocument) empty = bal_document_new_from_html ("", 0, dialect);
  g_autoptr(GPtrArray) blocks = new_blocks ();
  g_autoptr(BalDocument) document = NULL;
  g_autofree char *html = NULL;

  g_ptr_array_add (blocks, block);
  document = bal_document_with_blocks (empty, blocks);
  html = bal_document_to_html (document, NULL);
  g_assert_cmpstr (html, ==, expected);
}

static BalBlock *
new_item (const char *text,
          BalBlock   *child)
{
  g_autoptr(GPtrArray) children = new_blocks ();

  if (child != NULL)
    g_ptr_array_add (children, child);
  return bal_block_new_container (BAL_BLOCK_ITEM, FALSE, text, NULL, 0, children);
}

static BalBlock *
new_list (gboolean  ordered,
          BalBlock *one,
          BalBlock *two)
{
  g_autoptr(GPtrArray) items = new_blocks ();

  g_ptr_array_add (items, one);
  if (two != NULL)
    g_ptr_array_add (items, two);
  return bal_block_new_container (BAL_BLOCK_LIST, ordered, NULL, NULL, 0, items);
}

static BalBlock *
new_quote (const char *one,
           const char *two)
{
  g_autoptr(GPtrArray) children = new_blocks ();

  g_ptr_array_add (children, plain (BAL_BLOCK_PARAGRAPH, one));
  g_ptr_array_add (children, plain (BAL_BLOCK_PARAGRAPH, two));
  return bal_block_new_container (BAL_BLOCK_QUOTE, FALSE, NULL, NULL, 0, children);
}

/* The spellings are those of the block library of WordPress 6.6 and later. */
static void
test_wordpress_blocks (void)
{
  BalDialect wp = BAL_DIALECT_WP_BLOCKS;
  BalRun code = { .start = 0, .length = 4, .style = BAL_STYLE_CODE };

  assert_written (wp, plain (BAL_BLOCK_PARAGRAPH, "A & B\nC"),
                  "<!-- wp:paragraph -->\n<p>A &amp; B<br>C</p>\n<!-- /wp:paragraph -->");
  assert_written (wp, plain (BAL_BLOCK_HEADING, "Two"),
                  "<!-- wp:heading -->\n<h2 class=\"wp-block-heading\">Two</h2>\n<!-- /wp:heading "
                  "-->");
  assert_written (wp, bal_block_new_text (BAL_BLOCK_HEADING, 3, "Three", NULL, 0),
                  "<!-- wp:heading {\"level\":3} -->\n<h3 "
                  "class=\"wp-block-heading\">Three</h3>\n<!-- /wp:heading -->");
  assert_written (wp, new_quote ("One", "Two"),
                  "<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\"><!-- wp:paragraph "
                  "-->\n<p>One</p>\n"
                  "<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n<p>Two</p>\n<!-- /wp:paragraph "
                  "--></blockquote>\n"
                  "<!-- /wp:quote -->");
  assert_written (wp,
                  new_list (FALSE, new_item ("One", NULL),
                            new_item ("Two", new_list (TRUE, new_item ("Deep", NULL), NULL))),
                  "<!-- wp:list -->\n<ul class=\"wp-block-list\"><!-- wp:list-item "
                  "-->\n<li>One</li>\n<!-- /wp:list-item -->\n\n"
                  "<!-- wp:list-item -->\n<li>Two<!-- wp:list {\"ordered\":true} -->\n<ol "
                  "class=\"wp-block-list\">"
                  "<!-- wp:list-item -->\n<li>Deep</li>\n<!-- /wp:list-item --></ol>\n<!-- "
                  "/wp:list --></li>\n"
                  "<!-- /wp:list-item --></ul>\n<!-- /wp:list -->");
  assert_written (wp, plain (BAL_BLOCK_SEPARATOR, ""),
                  "<!-- wp:separator -->\n<hr class=\"wp-block-separator "
                  "has-alpha-channel-opacity\"/>\n<!-- /wp:separator -->");
  assert_written (wp, plain (BAL_BLOCK_JUMP_BREAK, ""),
                  "<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->");
  assert_written (wp, plain (BAL_BLOCK_JUMP_BREAK, "Read on"),
                  "<!-- wp:more {\"customText\":\"Read on\"} -->\n<!--more Read on-->\n<!-- "
                  "/wp:more -->");
  assert_written (wp, plain (BAL_BLOCK_PREFORMATTED, "a\n\tb"),
                  "<!-- wp:preformatted -->\n<pre "
                  "class=\"wp-block-preformatted\">a\n\tb</pre>\n<!-- /wp:preformatted -->");
  assert_written (wp, bal_block_new_text (BAL_BLOCK_PREFORMATTED, 0, "code", &code, 1),
                  "<!-- wp:code -->\n<pre class=\"wp-block-code\"><code>code</code></pre>\n<!-- "
                  "/wp:code -->");
}

static void
test_other_dialects (void)
{
  assert_written (BAL_DIALECT_HTML, plain (BAL_BLOCK_PARAGRAPH, "A\nB"), "<p>A<br>B</p>");
  assert_written (BAL_DIALECT_HTML, plain (BAL_BLOCK_HEADING, "A"), "<h2>A</h2>");
  assert_written (BAL_DIALECT_HTML, new_quote ("A", "B"),
                  "<blockquote>\n<p>A</p>\n<p>B</p>\n</blockquote>");
  assert_written (BAL_DIALECT_HTML, new_list (TRUE, new_item ("A", NULL), new_item ("B", NULL)),
                  "<ol>\n<li>A</li>\n<li>B</li>\n</ol>");
  assert_written (BAL_DIALECT_WP_CLASSIC, plain (BAL_BLOCK_PARAGRAPH, "A\nB"), "A\nB");
  assert_written (BAL_DIALECT_WP_CLASSIC, plain (BAL_BLOCK_PARAGRAPH, ""), "&nbsp;");
  assert_written (BAL_DIALECT_WP_CLASSIC, new_quote ("A", "B"), "<blockquote>A\n\nB</blockquote>");
  assert_written (BAL_DIALECT_WP_CLASSIC, plain (BAL_BLOCK_JUMP_BREAK, ""), "<!--more-->");
  assert_written (BAL_DIALECT_BLOGGER, plain (BAL_BLOCK_PARAGRAPH, "A\nB"), "A<br />B");
  assert_written (BAL_DIALECT_BLOGGER, new_quote ("A", "B"),
                  "<blockquote>A<br /><br />B</blockquote>");
  assert_written (BAL_DIALECT_BLOGGER, plain (BAL_BLOCK_SEPARATOR, ""), "<hr />");
}

static void
test_styles_nest_in_one_order (void)
{
  BalRun runs[] = {
    { .start = 0, .length = 2, .style = BAL_STYLE_ITALIC | BAL_STYLE_BOLD },
    { .start = 2, .length = 2, .style = BAL_STYLE_BOLD },
    { .start = 4, .length = 2, .style = BAL_STYLE_CODE, .link = "https://blog.example/?a&b" },
    { .start = 6,
      .length = 2,
      .link = "/new",
      .open = "<a class=\"x\" href='/old' rel=me>",
      .close = "</a>" },
    { .start = 8,
      .length = 2,
      .style = BAL_STYLE_NONE,
      .open = "<b class=\"x\">",
      .close = "</b>" },
  };

  assert_written (BAL_DIALECT_HTML,
                  bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "aabbccddee", runs, 5),
                  "<p><strong><em>aa</em>bb</strong><a "
                  "href=\"https://blog.example/?a&amp;b\"><code>cc</code></a>"
                  "<a class=\"x\" href=\"/new\" rel=me>dd</a>ee</p>");
}

/* Changes the text of one block from @from to @to, its runs clipped. */
static void
assert_edited (const char *html,
               BalDialect  dialect,
               guint       index,
               const char *text,
               const BalRun *runs,
               guint       n_runs,
               const char *expected)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, dialect);
  g_autoptr(GPtrArray) blocks = sample_rebuild_blocks (document);
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *is = NULL;
  BalBlock *old = g_ptr_array_index (blocks, index);
  BalBlock *block =
    bal_block_new_text (bal_block_get_kind (old), bal_block_get_level (old), text, runs, n_runs);

  bal_block_unref (old);
  g_ptr_array_index (blocks, index) = block;
  edited = bal_document_with_blocks (document, blocks);
  is = bal_document_to_html (edited, NULL);
  g_assert_cmpstr (is, ==, expected);
}

static void
test_edit_keeps_spelling (void)
{
  BalRun bold = { .start = 4, .length = 7, .style = BAL_STYLE_BOLD };
  BalRun small[] = {
    { .start = 1, .length = 1, .style = BAL_STYLE_SUBSCRIPT },
    { .start = 5, .length = 5, .style = BAL_STYLE_SMALL },
    { .start = 11, .length = 2, .style = BAL_STYLE_SUPERSCRIPT, .open = "<sup class=x>", .close = "</sup>" },
  };
  BalRun span = {
    .start = 0, .length = 8, .open = "<span style='color: red'>", .close = "</span>"
  };

  assert_edited ("<p class=x>Caf&eacute; <B>noir</B>&hellip; &amp; tea</p>", BAL_DIALECT_HTML, 0,
                 "Café noir… & tea!", &(BalRun){ .start = 6, .length = 4, .style = BAL_STYLE_BOLD },
                 1, "<p class=x>Caf&eacute; <B>noir</B>&hellip; &amp; tea!</p>");
  assert_edited ("<p>H<SUB>2</SUB>O <small>a&nbsp;b</small> <sup class=x>&copy;</sup></p>", BAL_DIALECT_HTML, 0,
                 "H2O: a\u00a0b! ©", small, G_N_ELEMENTS (small),
                 "<p>H<SUB>2</SUB>O: <small>a&nbsp;b!</small> <sup class=x>&copy;</sup></p>");
  assert_edited ("<p>one <b>two</b> three</p>", BAL_DIALECT_HTML, 0, "one two and three", &bold, 1,
                 "<p>one <b>two and</b> three</p>");
  assert_edited ("<p>one&#8217;s two&#8217;s three&#8217;s</p>", BAL_DIALECT_HTML, 0,
                 "one’s TWO’s 3 three’s", NULL, 0,
                 "<p>one&#8217;s TWO&#8217;s 3 three&#8217;s</p>");
  /* Two places at once: what was one element does not become two. */
  assert_edited ("<p>a <i>great</i> film</p>", BAL_DIALECT_HTML, 0, "the groat film",
                 &(BalRun){ .start = 4, .length = 5, .style = BAL_STYLE_ITALIC }, 1,
                 "<p>the <i>groat</i> film</p>");
  assert_edited ("<p>a <b>great</b> <b>feat</b></p>", BAL_DIALECT_HTML, 0, "the great",
                 &(BalRun){ .start = 4, .length = 5, .style = BAL_STYLE_BOLD }, 1,
                 "<p>the <b>great</b></p>");
  assert_edited ("<p><span style='color: red'>red</span> blue</p>", BAL_DIALECT_HTML, 0,
                 "red-dish blue", &span, 1, "<p><span style='color: red'>red-dish</span> blue</p>");
  assert_edited ("<!-- wp:heading {\"level\":3,\"x\":1} -->\n<h3 id=\"a\" "
                 "class=\"wp-block-heading\">One</h3>\n<!-- /wp:heading -->",
                 BAL_DIALECT_WP_BLOCKS, 0, "One!", NULL, 0,
                 "<!-- wp:heading {\"level\":3,\"x\":1} -->\n<h3 id=\"a\" "
                 "class=\"wp-block-heading\">One!</h3>\n<!-- /wp:heading -->");
  assert_edited ("One\ntwo\n\nThree", BAL_DIALECT_WP_CLASSIC, 0, "One\ntwo\nmore", NULL, 0,
                 "One\ntwo\nmore\n\nThree");
  assert_edited ("One<br />\ntwo<br /><br />Three", BAL_DIALECT_BLOGGER, 0, "One\ntwo\nmore", NULL,
                 0, "One<br />\ntwo<br />more<br /><br />Three");
  assert_edited ("One.\n\nTwo.", BAL_DIALECT_WP_CLASSIC, 0, "A\n\nB", NULL, 0,
                 "A<br /><br />B\n\nTwo.");
}

static void
assert_order (const char *html,
              BalDialect  dialect,
              const char *order,
              const char *expected)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, dialect);
  g_autoptr(GPtrArray) was = sample_rebuild_blocks (document);
  g_autoptr(GPtrArray) blocks = new_blocks ();
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *is = NULL;

  for (; *order != '\0'; order++)
    g_ptr_array_add (blocks, bal_block_ref (g_ptr_array_index (was, *order - '0')));
  edited = bal_document_with_blocks (document, blocks);
  is = bal_document_to_html (edited, NULL);
  g_assert_cmpstr (is, ==, expected);
}

/* Its class, its comments and its spelling go along; a copy of it is written anew. */
static void
test_moved_blocks_keep_their_bytes (void)
{
#define ONE   "<p class=\"x\">Caf&eacute; one</p>"
#define TWO   "<UL dir=rtl><LI>a<!-- b --></UL>"
#define THREE "<h2 id=\"c\">Three</h2>"

  assert_order (ONE "\n" TWO "\n" THREE, BAL_DIALECT_HTML, "120", TWO "\n" THREE "\n" ONE);
  assert_order (ONE "\n" TWO "\n" THREE, BAL_DIALECT_HTML, "021", ONE "\n" THREE "\n" TWO);
  assert_order (ONE "\n" TWO "\n" THREE, BAL_DIALECT_HTML, "210", THREE "\n" TWO "\n" ONE);
  assert_order (ONE "\n<p id=y>Two</p>\n<p>Three</p>", BAL_DIALECT_HTML, "210",
                "<p>Three</p>\n<p id=y>Two</p>\n" ONE);
  assert_order (ONE "\n" THREE, BAL_DIALECT_HTML, "010", ONE "\n" THREE "\n<p>Café one</p>");
  assert_order ("<!-- wp:paragraph {\"x\":1} -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n"
                "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->",
                BAL_DIALECT_WP_BLOCKS, "10",
                "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->"
                "\n\n<!-- wp:paragraph {\"x\":1} -->\n<p>One</p>\n<!-- /wp:paragraph -->");
#undef ONE
#undef TWO
#undef THREE
}

/* Inserts a paragraph at @index (or, with no text, removes a block). */
static void
assert_inserted (const char *html,
                 BalDialect  dialect,
                 guint       index,
                 const char *text,
                 const char *expected)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, dialect);
  g_autoptr(GPtrArray) blocks = sample_rebuild_blocks (document);
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *is = NULL;

  if (text != NULL)
    g_ptr_array_insert (blocks, index, plain (BAL_BLOCK_PARAGRAPH, text));
  else
    g_ptr_array_remove_index (blocks, index);
  edited = bal_document_with_blocks (document, blocks);
  is = bal_document_to_html (edited, NULL);
  g_assert_cmpstr (is, ==, expected);
}

static void
test_neighbours_stay_apart (void)
{
  assert_inserted ("<p>A</p>\n\n<p>B</p>\n", BAL_DIALECT_HTML, 1, "N",
                   "<p>A</p>\n\n<p>N</p>\n\n<p>B</p>\n");
  assert_inserted ("<p>A</p>\n\n<p>B</p>\n", BAL_DIALECT_HTML, 0, "N",
                   "<p>N</p>\n\n<p>A</p>\n\n<p>B</p>\n");
  assert_inserted ("<p>A</p>\n\n<p>B</p>\n", BAL_DIALECT_HTML, 2, "N",
                   "<p>A</p>\n\n<p>B</p>\n\n<p>N</p>\n");
  assert_inserted ("<p>A</p>\n\n<p>B</p>\n", BAL_DIALECT_HTML, 0, NULL, "<p>B</p>\n");
  assert_inserted ("<p>A</p>\n\n<p>B</p>\n", BAL_DIALECT_HTML, 1, NULL, "<p>A</p>\n");
  assert_inserted ("A\n\nB", BAL_DIALECT_WP_CLASSIC, 1, "N", "A\n\nN\n\nB");
  assert_inserted ("A\n<h2>H</h2>\nB", BAL_DIALECT_WP_CLASSIC, 1, NULL, "A\n\n\nB");
  assert_inserted ("A<br /><br />B<br />", BAL_DIALECT_BLOGGER, 2, "N",
                   "A<br /><br />B<br /><br />N<br />");
  assert_inserted ("A<h2>H</h2>B<br /><br />C", BAL_DIALECT_BLOGGER, 1, NULL,
                   "A<br /><br />B<br /><br />C");
  assert_inserted ("<div>A</div><div>B</div>", BAL_DIALECT_BLOGGER, 1, "N",
                   "<div>A</div><div>N</div><div>B</div>");
  assert_inserted ("<div dir=\"ltr\" trbidi=\"on\">A<br /><br />B</div>", BAL_DIALECT_BLOGGER, 1,
                   NULL, "<div dir=\"ltr\" trbidi=\"on\">A</div>");
  assert_inserted ("<p>A</p><!-- keep -->\n<p>B</p>", BAL_DIALECT_HTML, 1, NULL,
                   "<p>A</p><!-- keep -->");
  assert_inserted ("<p>A</p>\n<p>B", BAL_DIALECT_HTML, 2, "N", "<p>A</p>\n<p>B\n<p>N</p>");
  assert_inserted ("<p>A</p>\n<a href=\"", BAL_DIALECT_HTML, 2, "N",
                   "<p>A</p>\n<p>N</p>\n<a href=\"");
}

/* Puts @block (taken) at @index, in the place of the one there when @replace. */
static void
assert_put (const char *html,
            BalDialect  dialect,
            guint       index,
            gboolean    replace,
            BalBlock   *block,
            const char *expected)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, dialect);
  g_autoptr(GPtrArray) blocks = sample_rebuild_blocks (document);
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *is = NULL;

  if (replace)
    g_ptr_array_remove_index (blocks, index);
  g_ptr_array_insert (blocks, index, block);
  edited = bal_document_with_blocks (document, blocks);
  is = bal_document_to_html (edited, NULL);
  g_assert_cmpstr (is, ==, expected);
}

static void
assert_level (const char *html,
              BalDialect  dialect,
              int         level,
              const char *text,
              const char *expected)
{
  BalBlockKind kind = level > 0 ? BAL_BLOCK_HEADING : BAL_BLOCK_PARAGRAPH;

  assert_put (html, dialect, 0, TRUE, bal_block_new_text (kind, level, text, NULL, 0), expected);
}

static void
test_headings_keep_what_they_wear (void)
{
  BalDialect wp = BAL_DIALECT_WP_BLOCKS;
  BalDialect plain_html = BAL_DIALECT_HTML;

  assert_level ("<h2 id=\"a\" class='b'>Caf&eacute; noir</h2>\n<p>x</p>", plain_html, 3, "Café noir",
                "<h3 id=\"a\" class='b'>Caf&eacute; noir</h3>\n<p>x</p>");
  assert_level ("<H2 class=b>A b c</H2>", plain_html, 4, "A b cd", "<h4 class=b>A b cd</h4>");
  assert_level ("<p id=\"a\" style=\"text-align: center\">A &ndash; b</p>", plain_html, 2, "A – b",
                "<h2 id=\"a\" style=\"text-align: center\">A &ndash; b</h2>");
  assert_level ("<h2 id=\"a\">A &ndash; b</h2>", plain_html, 0, "A – b", "<p id=\"a\">A &ndash; b</p>");
  assert_level ("<div style=\"text-align: center;\">Abc</div><div>x</div>", BAL_DIALECT_BLOGGER, 2, "Abc",
                "<h2 style=\"text-align: center;\">Abc</h2><div>x</div>");
  assert_level ("<h2>Abc</h2><div>x</div>", BAL_DIALECT_BLOGGER, 0, "Abc", "<div>Abc</div><div>x</div>");
  assert_level ("<h2 class=\"a\">Abc</h2>", plain_html, 3, "What is not the same heading",
                "<h3>What is not the same heading</h3>");
  assert_level ("<!-- wp:heading {\"textAlign\":\"center\",\"level\":3,\"className\":\"x\"} -->\n"
                "<h3 class=\"wp-block-heading has-text-align-center x\" id=\"a\">Abc</h3>\n<!-- /wp:heading -->",
                wp, 4, "Abc",
                "<!-- wp:heading {\"textAlign\":\"center\",\"level\":4,\"className\":\"x\"} -->\n"
                "<h4 class=\"wp-block-heading has-text-align-center x\" id=\"a\">Abc</h4>\n<!-- /wp:heading -->");
  assert_level ("<!-- wp:heading {\"level\":3} -->\n<h3>Abc</h3>\n<!-- /wp:heading -->", wp, 2, "Abc",
                "<!-- wp:heading -->\n<h2>Abc</h2>\n<!-- /wp:heading -->");
  assert_level ("<!-- wp:heading -->\n<h2>Abc</h2>\n<!-- /wp:heading -->", wp, 3, "Abc",
                "<!-- wp:heading {\"level\":3} -->\n<h3>Abc</h3>\n<!-- /wp:heading -->");
  assert_level ("<!-- wp:paragraph {\"align\":\"center\",\"dropCap\":true} -->\n"
                "<p class=\"has-text-align-center has-drop-cap\">Abc</p>\n<!-- /wp:paragraph -->",
                wp, 3, "Abc",
                "<!-- wp:heading {\"textAlign\":\"center\",\"level\":3} -->\n"
                "<h3 class=\"has-text-align-center wp-block-heading\">Abc</h3>\n<!-- /wp:heading -->");
  assert_level ("<!-- wp:heading {\"textAlign\":\"center\",\"level\":3} -->\n"
                "<h3 class=\"has-text-align-center wp-block-heading\">Abc</h3>\n<!-- /wp:heading -->",
                wp, 0, "Abc",
                "<!-- wp:paragraph {\"align\":\"center\"} -->\n<p class=\"has-text-align-center\">Abc</p>\n"
                "<!-- /wp:paragraph -->");
}

static void
test_lists_keep_what_they_wear (void)
{
  assert_put ("<ul class=\"a\">\n<li value=2>One &amp; two</li>\n</ul>", BAL_DIALECT_HTML, 0, TRUE,
              new_list (TRUE, new_item ("One & two", NULL), NULL),
              "<ol class=\"a\">\n<li value=2>One &amp; two</li>\n</ol>");
  assert_put ("<!-- wp:list {\"ordered\":true,\"className\":\"a\"} -->\n<ol class=\"a\"><!-- wp:list-item -->\n"
              "<li>One</li>\n<!-- /wp:list-item --></ol>\n<!-- /wp:list -->",
              BAL_DIALECT_WP_BLOCKS, 0, TRUE, new_list (FALSE, new_item ("One", NULL), NULL),
              "<!-- wp:list {\"className\":\"a\"} -->\n<ul class=\"a\"><!-- wp:list-item -->\n"
              "<li>One</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->");
  assert_put ("<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>One</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->",
              BAL_DIALECT_WP_BLOCKS, 0, TRUE, new_list (TRUE, new_item ("One", NULL), NULL),
              "<!-- wp:list {\"ordered\":true} -->\n<ol><!-- wp:list-item -->\n<li>One</li>\n<!-- /wp:list-item -->"
              "</ol>\n<!-- /wp:list -->");
}

/* A line across and a jump break, put between the paragraphs of a post. */
static void
test_breaks_go_between_paragraphs (void)
{
  static const struct
  {
    BalDialect  dialect;
    const char *html;
    const char *ruled;
    const char *broken;
  } cases[] = {
    { BAL_DIALECT_HTML, "<p>A</p>\n<p>B</p>", "<p>A</p>\n<hr>\n<p>B</p>",
      "<p>A</p>\n<!--more-->\n<p>B</p>" },
    { BAL_DIALECT_WP_CLASSIC, "A\n\nB", "A\n\n<hr />\n\nB", "A\n\n<!--more-->\n\nB" },
    { BAL_DIALECT_BLOGGER, "A<br /><br />B", "A<hr /><br /><br />B", "A<!--more--><br /><br />B" },
    { BAL_DIALECT_BLOGGER, "<div>A</div><div>B</div>", "<div>A</div><hr /><div>B</div>",
      "<div>A</div><!--more--><div>B</div>" },
    { BAL_DIALECT_WP_BLOCKS,
      "<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->",
      "<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:separator -->\n"
      "<hr class=\"wp-block-separator has-alpha-channel-opacity\"/>\n<!-- /wp:separator -->",
      "<!-- wp:paragraph -->\n<p>A</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_put (cases[i].html, cases[i].dialect, 1, FALSE, plain (BAL_BLOCK_SEPARATOR, ""), cases[i].ruled);
      assert_put (cases[i].html, cases[i].dialect, 1, FALSE, plain (BAL_BLOCK_JUMP_BREAK, ""), cases[i].broken);
    }
}

/* Containers of older WordPress versions stay as they are. */
static void
test_old_blocks_get_no_delimiters (void)
{
  static const char list[] = "<!-- wp:list -->\n<ul><li>One</li></ul>\n<!-- /wp:list -->";
  g_autoptr(BalDocument) document = bal_document_new_from_html (list, -1, BAL_DIALECT_WP_BLOCKS);
  g_autoptr(GPtrArray) blocks = new_blocks ();
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *html = NULL;

  g_ptr_array_add (blocks,
                   new_list (FALSE, new_item ("One", NULL),
                             new_item ("Two", new_list (FALSE, new_item ("Three", NULL), NULL))));
  edited = bal_document_with_blocks (document, blocks);
  html = bal_document_to_html (edited, NULL);
  g_assert_cmpstr (html, ==,
                   "<!-- wp:list "
                   "-->\n<ul><li>One</li>\n<li>Two<ul>\n<li>Three</li>\n</ul></li></ul>\n"
                   "<!-- /wp:list -->");
}

static void
assert_kinds (const char *file,
              BalDialect  dialect,
              const char *expected)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "document", "data", file, NULL);
  g_autofree char *html = NULL;
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GString) kinds = g_string_new (NULL);
  gsize length;

  g_assert_true (g_file_get_contents (path, &html, &length, NULL));
  document = bal_document_new_from_html (html, length, BAL_DIALECT_HTML);
  g_assert_cmpstr (bal_dialect_to_nick (bal_document_get_dialect (document)), ==,
                   bal_dialect_to_nick (dialect));
  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    g_string_append_printf (kinds, "%s%s", i > 0 ? " " : "",
                            bal_block_get_name (bal_document_get_block (document, i)));
  g_assert_cmpstr (kinds->str, ==, expected);
}

static void
test_kinds_are_known (void)
{
  assert_kinds ("blocks.html", BAL_DIALECT_WP_BLOCKS,
                "paragraph heading list quote image jump-break wp:embed separator preformatted "
                "paragraph paragraph paragraph");
  assert_kinds ("classic.html", BAL_DIALECT_WP_CLASSIC,
                "paragraph heading paragraph image jump-break list quote paragraph iframe table b "
                "paragraph");
  assert_kinds ("blogger.html", BAL_DIALECT_BLOGGER,
                "paragraph paragraph image jump-break paragraph paragraph paragraph paragraph "
                "image paragraph");
  assert_kinds ("plain.html", BAL_DIALECT_HTML,
                "paragraph paragraph preformatted separator paragraph image list paragraph "
                "paragraph");
  assert_kinds ("nul.html", BAL_DIALECT_WP_CLASSIC, "text paragraph text paragraph");
}

static void
test_text (void)
{
  g_autoptr(BalDocument) document =
    bal_document_new_from_html ("<h2>A &amp; B</h2><ul><li>C<ul><li>D</li></ul></li></ul><p>E<img "
                                "src=x><br>F</p>"
                                "<table><tr><td>G</td></tr></table><figure><img alt=H></figure>",
                                -1, BAL_DIALECT_HTML);
  g_autofree char *text = bal_document_to_text (document);

  g_assert_cmpstr (text, ==, "A & B\nC\nD\nE\nF\nG\nH\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/writing/wordpress-blocks", test_wordpress_blocks);
  g_test_add_func ("/writing/other-dialects", test_other_dialects);
  g_test_add_func ("/writing/styles-nest-in-one-order", test_styles_nest_in_one_order);
  g_test_add_func ("/writing/edit-keeps-spelling", test_edit_keeps_spelling);
  g_test_add_func ("/writing/moved-blocks-keep-their-bytes", test_moved_blocks_keep_their_bytes);
  g_test_add_func ("/writing/neighbours-stay-apart", test_neighbours_stay_apart);
  g_test_add_func ("/writing/old-blocks-get-no-delimiters", test_old_blocks_get_no_delimiters);
  g_test_add_func ("/writing/kinds-are-known", test_kinds_are_known);
  g_test_add_func ("/writing/text", test_text);
  g_test_add_func ("/writing/headings-keep-what-they-wear", test_headings_keep_what_they_wear);
  g_test_add_func ("/writing/lists-keep-what-they-wear", test_lists_keep_what_they_wear);
  g_test_add_func ("/writing/breaks-go-between-paragraphs", test_breaks_go_between_paragraphs);
  return g_test_run ();
}
