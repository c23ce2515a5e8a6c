/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A post is put into the blog's own page in the place of the one that the page shows. */

#include "bal-preview-page.h"

#include <string.h>

static const char page[] =
  "<!DOCTYPE html><html><head><title>Tin Moon &#8211; The Balcony</title><script>var a = \"<div>\";</script></head>\n"
  "<body class=\"single\"><header><h1 class=\"site\"><a href=\"/\">The Balcony</a></h1></header>\n"
  "<main><article><h2 class=\"entry-title\"><a href=\"/tin-moon\">Tin Moon</a></h2>\n"
  "<div class=\"entry-content\">\n<p>It begins with a &#8220;lamp&#8221; that nobody lights &#8230;</p>\n"
  "<figure><img src=\"a.jpg\"></figure>\n<p>Nobody who has seen it will forget the lighthouse.</p>\n</div>\n"
  "<footer>Share this</footer></article>\n"
  "<aside><p>It begins with a &#8220;lamp&#8221; that nobody lights &#8230;</p></aside></main></body></html>\n";

static const char known_html[] =
  "<p>It begins with a \"lamp\" that nobody lights ...</p>\n<figure><img src=\"a.jpg\"></figure>\n"
  "<p>Nobody who has seen it will forget the lighthouse.</p>\n";

static char *
preview (const char *html,
         const char *known,
         const char *known_title,
         const char *title,
         const char *shown,
         BalDialect  dialect)
{
  g_autoptr(BalDocument) known_document = bal_document_new_from_html (known, -1, dialect);
  g_autoptr(BalDocument) shown_document = bal_document_new_from_html (shown, -1, dialect);

  return bal_preview_in_page (html, strlen (html), known_title, known_document, title, shown_document);
}

/* Title and body are the new ones; theme, script and everything else of the page keep their bytes. */
static void
test_post_takes_its_place (void)
{
  g_autofree char *result = preview (page, known_html, "Tin Moon", "Tin <Moon>", "<p>New words.</p>", BAL_DIALECT_HTML);
  const char *content = strstr (page, "<div class=\"entry-content\">") + strlen ("<div class=\"entry-content\">");
  const char *title = strstr (page, "/tin-moon\">") + strlen ("/tin-moon\">");
  g_autoptr(GString) expected = g_string_new (NULL);

  g_string_append_len (expected, page, title - page);
  g_string_append (expected, "Tin &lt;Moon&gt;");
  g_string_append_len (expected, title + strlen ("Tin Moon"), content - title - strlen ("Tin Moon"));
  g_string_append (expected, "<p>New words.</p>");
  g_string_append (expected, strstr (content, "</div>"));
  g_assert_cmpstr (result, ==, expected->str);
}

/* The post's own page may be about something else by now. */
static void
test_page_of_another_post_gives_none (void)
{
  g_assert_null (preview (page, "<p>Something that stands nowhere in this page.</p>", "Tin Moon", "Tin Moon",
                          "<p>New</p>", BAL_DIALECT_HTML));
  g_assert_null (preview (page, "", "Tin Moon", "Tin Moon", "<p>New</p>", BAL_DIALECT_HTML));
  g_assert_null (preview ("", known_html, "Tin Moon", "Tin Moon", "<p>New</p>", BAL_DIALECT_HTML));
  g_assert_null (preview (known_html, known_html, "", "", "<p>New</p>", BAL_DIALECT_HTML));
}

/* One paragraph alone is found, too, and not taken for the paragraph's own inside. */
static void
test_single_paragraph_is_found (void)
{
  static const char lone[] = "<body><div class=\"post-body\">A single paragraph, and nothing else at all.<br /></div></body>";
  g_autofree char *result = preview (lone, "A single paragraph, and nothing else at all.<br />", "T", "T", "New", BAL_DIALECT_BLOGGER);

  g_assert_cmpstr (result, ==, "<body><div class=\"post-body\">New</div></body>");
}

/* Title, date and what follows may stand in the same element as the post; its pictures go with it. */
static void
test_theme_without_an_element_for_the_text (void)
{
  static const char bare[] =
    "<article><h2>Tin Moon</h2><p>25 September, Western</p><figure><img src=\"a.jpg\"></figure>"
    "<p>It begins with a lamp that nobody lights.</p><p>And it ends with a lighthouse in the rain.</p><hr>"
    "<form>Leave a reply</form></article>";
  g_autofree char *result =
    preview (bare, "<p>It begins with a lamp that nobody lights.</p><p>And it ends with a lighthouse in the rain.</p>",
             "Tin Moon", "Salt", "New", BAL_DIALECT_HTML);

  g_assert_cmpstr (result, ==,
                   "<article><h2>Salt</h2><p>25 September, Western</p>New<form>Leave a reply</form></article>");
}

/* A theme may show the series by itself, before the film; a menu that names it stays. */
static void
test_title_in_two_parts (void)
{
  static const char split[] =
    "<nav><a>Late Show</a></nav><body><div><p class=\"series\">Late Show</p><h1>The Salt Hotel</h1>"
    "<div class=\"post\"><p>A hotel made of salt on a lake made of salt.</p></div></div></body>";
  static const char known[] = "<p>A hotel made of salt on a lake made of salt.</p>";
  g_autofree char *both = preview (split, known, "Late Show: The Salt Hotel", "Matinee: Tin & Moon", "New", BAL_DIALECT_HTML);
  g_autofree char *film = preview (split, known, "Late Show: The Salt Hotel", "Tin Moon", "New", BAL_DIALECT_HTML);

  g_assert_cmpstr (both, ==,
                   "<nav><a>Late Show</a></nav><body><div><p class=\"series\">Matinee</p><h1>Tin &amp; Moon</h1>"
                   "<div class=\"post\">New</div></div></body>");
  g_assert_cmpstr (film, ==,
                   "<nav><a>Late Show</a></nav><body><div><p class=\"series\"></p><h1>Tin Moon</h1>"
                   "<div class=\"post\">New</div></div></body>");
}

/* In classic WordPress posts blank lines are paragraphs for readers. */
static void
test_classic_post_gets_paragraphs (void)
{
  g_autoptr(BalDocument) document =
    bal_document_new_from_html ("One\ntwo\n\n<h2 class=\"a\">Three</h2>\n\nFour &amp; five", -1, BAL_DIALECT_WP_CLASSIC);
  g_autofree char *html = bal_document_to_readers_html (document);

  g_assert_cmpstr (html, ==, "<p>One<br>two</p>\n<h2 class=\"a\">Three</h2>\n<p>Four &amp; five</p>\n");
}

static void
test_plain_page_escapes_its_title (void)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html ("<p>Text</p>", -1, BAL_DIALECT_HTML);
  g_autofree char *html = bal_preview_plain_page ("A <b> & c", document, "h1 { color: red }\n");

  g_assert_nonnull (strstr (html, "<h1>A &lt;b&gt; &amp; c</h1>\n<p>Text</p>\n"));
  g_assert_nonnull (strstr (html, "h1 { color: red }"));
}

/* A page that repeats itself without end is given up on, and so is one of nothing but open tags. */
static void
test_hostile_pages_end (void)
{
  g_autoptr(GString) repeated = g_string_new (NULL);
  g_autoptr(GString) open = g_string_new (NULL);
  g_autofree char *result = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append (repeated, "It begins with a lamp that nobody lights");
      g_string_append (open, "<div>");
    }
  result = preview (repeated->str, known_html, "", "", "x", BAL_DIALECT_HTML);
  g_assert_null (result);
  g_string_append (open, known_html);
  result = preview (open->str, known_html, "", "", "x", BAL_DIALECT_HTML);
  g_assert_null (result);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/preview/post-takes-its-place", test_post_takes_its_place);
  g_test_add_func ("/document/preview/page-of-another-post-gives-none", test_page_of_another_post_gives_none);
  g_test_add_func ("/document/preview/single-paragraph-is-found", test_single_paragraph_is_found);
  g_test_add_func ("/document/preview/theme-without-an-element-for-the-text",
                   test_theme_without_an_element_for_the_text);
  g_test_add_func ("/document/preview/title-in-two-parts", test_title_in_two_parts);
  g_test_add_func ("/document/preview/classic-post-gets-paragraphs", test_classic_post_gets_paragraphs);
  g_test_add_func ("/document/preview/plain-page-escapes-its-title", test_plain_page_escapes_its_title);
  g_test_add_func ("/document/preview/hostile-pages-end", test_hostile_pages_end);

  return g_test_run ();
}
