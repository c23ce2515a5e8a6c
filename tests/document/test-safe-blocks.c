/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What other programs put on the clipboard comes in as clean blocks. */

#include "bal-document.h"
#include "bal-safe-blocks.h"
#include "bal-safe-text.h"
#include "hostile.h"
#include "samples.h"

#include <string.h>

#define N_MUTATIONS 50000

static char *
write_blocks (GPtrArray *blocks)
{
  g_autoptr(BalDocument) empty = bal_document_new_from_html ("", 0, BAL_DIALECT_HTML);
  g_autoptr(BalDocument) written = bal_document_with_blocks (empty, blocks);

  return bal_document_to_html (written, NULL);
}

/* Line breaks of the source are of no interest here. */
static char *
clean_bytes (const char *html,
             gssize      length)
{
  g_autoptr(GPtrArray) blocks = bal_safe_blocks_from_html (html, length, NULL);
  g_autofree char *written = write_blocks (blocks);
  g_auto(GStrv) rows = NULL;

  if (strstr (written, "<pre>") != NULL)
    return g_steal_pointer (&written);
  rows = g_strsplit (written, "\n", -1);
  return g_strjoinv ("", rows);
}

#define assert_clean(html, expected)                             \
  G_STMT_START {                                                 \
    g_autofree char *clean_is = clean_bytes ((html), -1);        \
    g_assert_cmpstr (clean_is, ==, (expected));                  \
  } G_STMT_END

/* ---- the programs that people copy from ---- */

static void
test_browsers (void)
{
  assert_clean ("<meta charset='utf-8'><p style=\"color: rgb(32, 33, 34); font-family: sans-serif\">A "
                "<i>slow</i> film,<br class=\"\"> really.</p>",
                "<p>A <em>slow</em> film,<br>really.</p>");
  assert_clean ("<html>\r\n<body>\r\n<!--StartFragment--><h3>One <b>two</b></h3>\r\n\r\n<div>three</div>"
                "<div>four</div><br class=\"Apple-interchange-newline\"><!--EndFragment-->\r\n</body>\r\n</html>",
                "<h3>One two</h3><p>three</p><p>four</p>");
  assert_clean ("<span style=\"font-weight: 700; font-style:italic\">both</span>"
                "<span class=\"Apple-converted-space\">&nbsp;</span>"
                "<span style=\"font-weight:400; text-decoration: line-through underline\">neither</span>",
                "<p><strong><em>both</em></strong> <u><s>neither</s></u></p>");
  assert_clean ("<p>H<sub>2</sub>O <span style=\"vertical-align: super\">up</span> <tt>code</tt> "
                "<small>small</small> <cite>Alien</cite></p>",
                "<p>H<sub>2</sub>O <sup>up</sup> <code>code</code> small <em>Alien</em></p>");
  assert_clean ("<a href=\"https://blog.example/\" style=\"text-decoration:none\"><u>here</u></a> "
                "<a href=\"/relative\">there</a><a name=x>!</a>",
                "<p><a href=\"https://blog.example/\">here</a> there!</p>");
  assert_clean ("<blockquote>One<blockquote><p>two</p></blockquote></blockquote><hr><p>He said <q>no</q>.</p>",
                "<blockquote><p>One</p><blockquote><p>two</p></blockquote></blockquote><hr>"
                "<p>He said \xe2\x80\x9cno\xe2\x80\x9d.</p>");
  assert_clean ("line one<br>line two<br><br>line three<br><br><br>line four<br>",
                "<p>line one<br>line two</p><p>line three</p><p>line four</p>");
}

static void
test_white_space (void)
{
  assert_clean ("<p>&nbsp; a&nbsp; b &nbsp;c&nbsp;d &nbsp;</p><p>&nbsp;</p>", "<p>a b c&nbsp;d</p>");
  assert_clean ("<p> a<b> b </b>c<b> d</b> <b>e</b> </p>",
                "<p>a <strong>b</strong> c <strong>d e</strong></p>");
  assert_clean ("<div style=\"white-space: pre-wrap\">one\ntwo\n\nthree</div>",
                "<p>one<br>two</p><p>three</p>");
  assert_clean ("<pre>\n\n  int i;\n\tfor (;;)<br>  ;\n\n</pre>", "<pre>  int i;\n\tfor (;;)\n  ;</pre>");
  assert_clean ("<pre><code><div>a&nbsp;b</div><div> c</div></code></pre>", "<pre><code>a b\n c</code></pre>");
  assert_clean ("<a href=\"https://blog.example/\"><u><pre>  a</pre></u></a>",
                "<pre><a href=\"https://blog.example/\">  a</a></pre>");
  assert_clean ("<pre>a\r\nb\rc</pre>", "<pre>a\nb\nc</pre>");
}

static void
test_lists (void)
{
  static const char nested[] = "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>";

  assert_clean (nested, nested);
  assert_clean ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", nested);
  assert_clean ("<ul><li>a<ul><li>b</ul><li>c</ul>", nested);
  assert_clean ("<ol><li><p>a</p><p>b</p></li><li></li></ol>", "<ol><li>a<p>b</p></li></ol>");
  assert_clean ("<li>a</li><li>b</li><p>c</p>", "<ul><li>a</li><li>b</li></ul><p>c</p>");
  /* Word in a browser gives each item a list of its own. */
  assert_clean ("<ol><li>a</li></ol><ol start=\"2\"><li>b</li></ol><ol><li>c</li></ol>",
                "<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>");
  assert_clean ("<ul>loose<li>a</li>more</ul>", "<ul><li>loose</li><li>a<p>more</p></li></ul>");
}

static void
test_tables (void)
{
  assert_clean ("<table><tbody><tr><th>Film</th><th>Grade</th></tr>"
                "<tr><td><p>Alien</p></td><td></td><td><b>A</b><br>+</td></tr></tbody></table>",
                "<p>Film&#9;Grade</p><p>Alien&#9;&#9;<strong>A</strong> +</p>");
  assert_clean ("<table><tr><td><h1>Page</h1><p>One</p><table><tr><td>1<td>2</table></td></tr></table>",
                "<h1>Page</h1><p>One</p><p>1&#9;2</p>");
}

static void
test_google_docs (void)
{
  assert_clean (
    "<meta charset='utf-8'><meta charset=\"utf-8\"><b style=\"font-weight:normal;\" "
    "id=\"docs-internal-guid-1\"><h2 dir=\"ltr\" style=\"line-height:1.38;\"><span "
    "style=\"font-size:16pt;font-weight:400;vertical-align:baseline;white-space:pre-wrap;\">Verdict</span></h2>"
    "<p dir=\"ltr\"><span style=\"font-weight:400;white-space:pre-wrap;\">It is </span><span "
    "style=\"font-weight:700;font-style:italic;text-decoration:none;vertical-align:baseline;\">very</span>"
    "<span style=\"font-weight:400;\"> good: </span><a href=\"https://blog.example/?a=1&amp;b=2\" "
    "style=\"text-decoration:none;\"><span style=\"color:#1155cc;text-decoration:underline;\">see</span></a>"
    "</p><br /><ul style=\"margin-top:0;\"><li dir=\"ltr\" style=\"list-style-type:disc;font-weight:400;\" "
    "aria-level=\"1\"><p dir=\"ltr\" role=\"presentation\"><span>one</span></p></li><ul><li "
    "aria-level=\"2\"><p><span>two</span></p></li></ul></ul></b><br class=\"Apple-interchange-newline\">",
    "<h2>Verdict</h2><p>It is <strong><em>very</em></strong> good: "
    "<a href=\"https://blog.example/?a=1&amp;b=2\">see</a></p>"
    "<ul><li>one<ul><li>two</li></ul></li></ul>");
}

#define WORD_ITEM(level, marker, text) \
  "<p class=MsoListParagraphCxSpMiddle style='text-indent:-.25in;mso-list:l0 level" level " lfo1'>" \
  "<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>" marker \
  "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>" \
  text "<o:p></o:p></p>\r\n"

static void
test_word (void)
{
  assert_clean ("Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000000500\r\nStartFragment:0000000200\r\n"
                "EndFragment:0000000400\r\n\r\n<html xmlns:o=\"urn:schemas-microsoft-com:office:office\">"
                "<head><!--[if gte mso 9]><xml><o:p>no</o:p></xml><![endif]--><style><!-- p {} --></style></head>"
                "<body lang=EN-US>\r\n<!--StartFragment-->\r\n\r\n"
                "<p class=MsoNormal><b><span style='mso-bidi-font-weight:normal'>Bold\r\ntext</span></b>"
                "<span style='mso-spacerun:yes'>&nbsp; </span>and<span style='mso-tab-count:1'>&nbsp;&nbsp; "
                "</span>tab<span style='display:none;mso-hide:all'>hidden</span>"
                "<span class=MsoCommentReference><a href=\"#_msocom_1\">[1]</a></span><o:p></o:p></p>\r\n"
                "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\r\n\r\n<!--EndFragment-->\r\n</body>\r\n</html>",
                "<p><strong>Bold text</strong> and&#9;tab</p>");
  assert_clean (WORD_ITEM ("1", "\xc2\xb7", "one") WORD_ITEM ("2", "o", "two") WORD_ITEM ("1", "\xc2\xb7", "three")
                "<p class=MsoNormal>end</p>",
                "<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul><p>end</p>");
  assert_clean (WORD_ITEM ("1", "1.", "one") WORD_ITEM ("1", "2.", "two"), "<ol><li>one</li><li>two</li></ol>");
  assert_clean (WORD_ITEM ("3", "i)", "deep"), "<ol><li>deep</li></ol>");
}

static void
test_libreoffice (void)
{
  assert_clean ("<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv=\"content-type\" content=\"text/html\"/>\n"
                "<title></title>\n<style type=\"text/css\">\np { margin-bottom: 0.1in }\n</style>\n</head>\n"
                "<body lang=\"en-US\"><p style=\"margin-bottom: 0in; line-height: 100%\">\n"
                "<font face=\"Liberation Serif, serif\"><span style=\"text-decoration: none\"><b>One</b>\n"
                "two</span></font></p>\n<ol>\n\t<li><p align=\"left\">\n\tfirst</p></li>\n</ol>\n"
                "<p><br/>\n\n</p>\n</body>\n</html>",
                "<p><strong>One</strong> two</p><ol><li>first</li></ol>");
}

static void
test_mail (void)
{
  assert_clean ("<div dir=\"ltr\">Hi,<div><br></div><div>I <b>saw</b> it.</div><div class=\"gmail_quote\">"
                "<blockquote class=\"gmail_quote\" style=\"margin:0\"><div>And?<br></div></blockquote></div></div>",
                "<p>Hi,</p><p>I <strong>saw</strong> it.</p><blockquote><p>And?</p></blockquote>");
}

static void
test_pictures (void)
{
  assert_clean ("<p>So <img src=\"https://s.w.org/1.svg\" alt=\"\xf0\x9f\x98\x80\"> good"
                "<img src=\"x\" alt=\"a poster\" onerror=\"x()\"></p>",
                "<p>So \xf0\x9f\x98\x80 good</p>");
  assert_clean ("<img src=\"https://blog.example/p.gif\" alt=\"a  poster\">", "<p>a poster</p>");
  assert_clean ("<img src=\"https://blog.example/p.gif\">", "");
}

static void
test_tricks (void)
{
  assert_clean ("<p>a\xe2\x80\xae" "b\xe2\x80\x8b" "c\xc2\xad" "d\xef\xbb\xbf" "e\x01\xef\xbf\xbc</p>", "<p>abcde</p>");
  assert_clean ("<script>a</script>b<style>c</style><svg><text>d</text></svg><textarea>e</textarea>", "<p>b</p>");
  assert_clean ("<p>1 &lt;script&gt; &amp;lt; 2</p>", "<p>1 &lt;script&gt; &amp;lt; 2</p>");
  assert_clean ("<a href=\"java&#10;script:x\">a</a><a href=\" https://blog.example/\xe2\x80\x8b\">b</a>",
                "<p>a<a href=\"https://blog.example/\">b</a></p>");
  assert_clean ("<xmp><b>x</xmp>", "<pre>&lt;b&gt;x</pre>");
  assert_clean ("", "");
}

/* Two bytes a letter, in either order, with or without a mark that says so. */
static void
test_utf16 (void)
{
  static const char html[] = "<p>caf\xc3\xa9 \xf0\x9f\x98\x80</p>";
  static const char *const encodings[] = { "UTF-16LE", "UTF-16BE" };
  static const char *const marks[] = { "\xff\xfe", "\xfe\xff" };

  for (guint i = 0; i < 2; i++)
    {
      gsize length;
      g_autofree char *bytes = g_convert (html, -1, encodings[i], "UTF-8", NULL, &length, NULL);
      g_autoptr(GString) marked = g_string_new_len (marks[i], 2);
      g_autofree char *clean = NULL;
      g_autofree char *clean_marked = NULL;

      g_string_append_len (marked, bytes, length);
      g_string_append_len (marked, "\0\0", 2);
      clean = clean_bytes (bytes, length);
      clean_marked = clean_bytes (marked->str, marked->len);
      g_assert_cmpstr (clean, ==, html);
      g_assert_cmpstr (clean_marked, ==, html);
    }
}

/* ---- bounds ---- */

static guint
get_depth (BalBlock *block)
{
  guint deepest = 0;

  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    deepest = MAX (deepest, get_depth (bal_block_get_child (block, i)));
  return deepest + 1;
}

static guint
count_blocks (BalBlock *block)
{
  guint n = 1;

  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    n += count_blocks (bal_block_get_child (block, i));
  return n;
}

static char *
repeat (const char *piece,
        gsize       n_bytes)
{
  GString *out = g_string_sized_new (n_bytes);

  while (out->len < n_bytes)
    g_string_append (out, piece);
  return g_string_free (out, FALSE);
}

/* Fifty megabytes of anything end in bounded blocks; without the picture in them, whole text. */
static void
test_bounds (void)
{
  static const char *const pieces[] = { "<ul><li>x", "<b>x", "<p>x", "<blockquote>x", "x", "<table><tr><td>x",
                                        "<a href=\"https://blog.example/\">x", "<i>x</b>", "<span style='a:b'>x",
                                        "<pre>x\n", "&nbsp;", "<li>", "<tr>x", "<" };
  g_autofree char *picture = repeat ("iVBORw0KGgo", 50 * 1024 * 1024);
  g_autofree char *html = g_strconcat ("<p>before<img src=\"data:image/png;base64,", picture, "\">after</p>", NULL);

  assert_clean (html, "<p>beforeafter</p>");
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *long_html = repeat (pieces[i], 1024 * 1024);
      g_autoptr(GPtrArray) blocks = bal_safe_blocks_from_html (long_html, -1, NULL);
      guint n = 0;

      for (guint k = 0; k < blocks->len; k++)
        {
          g_assert_cmpuint (get_depth (g_ptr_array_index (blocks, k)), <=, 13);
          n += count_blocks (g_ptr_array_index (blocks, k));
        }
      g_assert_cmpuint (n, <=, 20020);
    }
}

/* What is too long ends behind whole words, and says so. */
static void
test_cut_is_told (void)
{
  g_autofree char *line = repeat ("whole \303\251t\303\251 words ", 900);
  g_autofree char *paragraph = g_strconcat ("<p title=\"a > b\">", line, "</p>\n", NULL);
  g_autofree char *fits = repeat (paragraph, 7 * 1024 * 1024);
  g_autofree char *too_long = repeat (paragraph, 9 * 1024 * 1024);
  g_autofree char *picture = repeat ("iVBORw0KGgo", 9 * 1024 * 1024);
  g_autofree char *with_picture = g_strconcat ("<p>a<img src=\"data:image/png;base64,", picture, "\">b</p>", NULL);
  g_autofree char *one_word = g_strnfill (9 * 1024 * 1024, 'x');
  const struct { const char *html; gboolean cut; } cases[] = {
    { "<p>x</p>", FALSE }, { fits, FALSE }, { too_long, TRUE }, { with_picture, FALSE }, { one_word, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean cut = !cases[i].cut;
      g_autoptr(GPtrArray) blocks = bal_safe_blocks_from_html (cases[i].html, -1, &cut);
      BalBlock *last = g_ptr_array_index (blocks, blocks->len - 1);

      g_assert_cmpint (cut, ==, cases[i].cut);
      if (cases[i].html == too_long)
        {
          g_assert_cmpuint (blocks->len, >, 300);
          g_assert_true (g_str_has_suffix (bal_block_get_text (last), "words"));
          g_assert_null (strstr (bal_block_get_text (last), "\357\277\275"));
        }
    }
}

/* ---- properties ---- */

static void
assert_run (const BalRun *run,
            const char   *html)
{
  g_autofree char *same = bal_safe_link (run->link);

  g_assert_null (run->open);
  g_assert_null (run->close);
  g_assert_null (run->object);
  g_assert_cmpuint (run->style & BAL_STYLE_SMALL, ==, 0);
  if (g_strcmp0 (same, run->link) != 0)
    g_error ("unsafe link %s from %s", run->link, html);
}

static void
assert_block (BalBlock   *block,
              const char *html)
{
  const char *text = bal_block_get_text (block);
  gboolean verbatim = bal_block_get_kind (block) == BAL_BLOCK_PREFORMATTED;
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (hostile_is_forbidden (g_utf8_get_char (p)))
      g_error ("U+%04X is left of %s", g_utf8_get_char (p), html);
  if (!verbatim)
    g_assert_null (strstr (text, "\n\n"));
  for (guint i = 0; i < n_runs; i++)
    assert_run (&runs[i], html);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    assert_block (bal_block_get_child (block, i), html);
}

/* What is written is clean: read again, it is the same. */
static void
check_blocks (const char *html,
              gsize       length)
{
  g_autoptr(GPtrArray) blocks = bal_safe_blocks_from_html (html, length, NULL);
  g_autofree char *written = write_blocks (blocks);
  g_autoptr(GPtrArray) again = bal_safe_blocks_from_html (written, -1, NULL);
  gboolean same = again->len == blocks->len;

  for (guint i = 0; i < blocks->len && same; i++)
    same = bal_block_equal (g_ptr_array_index (blocks, i), g_ptr_array_index (again, i));
  if (!same)
    {
      g_autofree char *rewritten = write_blocks (again);

      g_error ("not the same again:\n%s\n--- first\n%s\n--- then\n%s", html, written, rewritten);
    }
  for (guint i = 0; i < blocks->len; i++)
    assert_block (g_ptr_array_index (blocks, i), html);
}

/* Where nesting ends, it ends in the same place when it is read again. */
static void
test_deepest_nesting (void)
{
  static const char *const opening[] = { "<ul><li>a", "<ol><li>b", "<blockquote>c", "<ul>d", "<li>e</li>" };
  static const char *const then[] = { "</li><blockquote>f", "<ul>g", "<li>h", "</li><hr>", "<p>i<pre>j" };

  for (guint depth = 3; depth < 16; depth++)
    for (guint i = 0; i < G_N_ELEMENTS (opening) * G_N_ELEMENTS (then); i++)
      {
        g_autoptr(GString) html = g_string_new (NULL);

        for (guint k = 0; k < depth; k++)
          g_string_append (html, opening[(i / 5 + k / 2) % 5]);
        g_string_append (html, then[i % 5]);
        check_blocks (html->str, html->len);
      }
}

static void
check_vector_cb (const char *html,
                 gpointer    data)
{
  check_blocks (html, strlen (html));
}

static void
test_hostile_vectors (void)
{
  guint n_vectors = hostile_foreach (check_vector_cb, NULL);

  if (n_vectors == 0)
    g_test_skip ("the shared collections are absent");
  else
    g_test_message ("%u vectors", n_vectors);
}

static void
test_samples (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();

  for (guint i = 0; i < samples->len; i++)
    {
      gsize length;
      const char *data = sample_data (g_ptr_array_index (samples, i), &length);

      check_blocks (data, length);
    }
}

static void
test_mutations (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (19790525);
  guint n = sample_count (N_MUTATIONS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GBytes) bytes = sample_mutate (rand, samples);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      check_blocks (data != NULL ? data : "", length);
    }
  g_test_message ("%u mutations", n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safe-blocks/browsers", test_browsers);
  g_test_add_func ("/safe-blocks/white-space", test_white_space);
  g_test_add_func ("/safe-blocks/lists", test_lists);
  g_test_add_func ("/safe-blocks/tables", test_tables);
  g_test_add_func ("/safe-blocks/google-docs", test_google_docs);
  g_test_add_func ("/safe-blocks/word", test_word);
  g_test_add_func ("/safe-blocks/libreoffice", test_libreoffice);
  g_test_add_func ("/safe-blocks/mail", test_mail);
  g_test_add_func ("/safe-blocks/pictures", test_pictures);
  g_test_add_func ("/safe-blocks/tricks", test_tricks);
  g_test_add_func ("/safe-blocks/utf16", test_utf16);
  g_test_add_func ("/safe-blocks/bounds", test_bounds);
  g_test_add_func ("/safe-blocks/cut-is-told", test_cut_is_told);
  g_test_add_func ("/safe-blocks/deepest-nesting", test_deepest_nesting);
  g_test_add_func ("/safe-blocks/hostile-vectors", test_hostile_vectors);
  g_test_add_func ("/safe-blocks/samples", test_samples);
  g_test_add_func ("/safe-blocks/mutations", test_mutations);
  return g_test_run ();
}
