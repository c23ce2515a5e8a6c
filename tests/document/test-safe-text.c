/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What strangers send is shown as text, and does nothing. */

#include "bal-safe-links.h"
#include "bal-safe-text.h"
#include "hostile.h"
#include "samples.h"

#include <string.h>

#define N_MUTATIONS 50000

static void
assert_text (const char *html,
             const char *expected)
{
  g_autofree char *is = bal_safe_text_from_html (html);

  g_assert_cmpstr (is, ==, expected);
}

static void
test_text (void)
{
  assert_text (NULL, "");
  assert_text ("Nice &amp; <b>short</b>", "Nice & short");
  assert_text ("<p>One\ntwo</p>\n<p>Three<br />four</p>", "One two\n\nThree\nfour");
  assert_text ("Oh<BR/><BR/>I know", "Oh\n\nI know");
  assert_text ("a<script>alert(1)</script>b<style>c</style>", "ab");
  assert_text ("a<script>alert(1)", "a");
  assert_text ("a<iframe src=x>b</iframe>c", "ac");
  assert_text ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2");
  assert_text ("1 < 2 &lt; 3", "1 < 2 < 3");
  assert_text ("a\xe2\x80\xae" "b\x01" "c", "abc");
  assert_text ("bad \xff byte", "bad \xef\xbf\xbd byte");
  assert_text ("&#0;&#x110000;", "\xef\xbf\xbd\xef\xbf\xbd");
}

static void
test_line_is_short (void)
{
  g_autofree char *is = bal_safe_text_line ("<p>One</p><p>two  three</p>", 100);
  g_autofree char *cut = bal_safe_text_line ("abcdefghij", 5);
  g_autofree char *whole = bal_safe_text_line ("abcd", 5);

  g_assert_cmpstr (is, ==, "One two three");
  g_assert_cmpstr (cut, ==, "abcd…");
  g_assert_cmpstr (whole, ==, "abcd");
}

static void
test_name (void)
{
  g_autofree char *spoofed = bal_safe_text_name ("\xe2\x80\xae" "nimda\n <b>\xe2\x80\x8b", 40);
  g_autoptr(GString) zalgo = g_string_new ("a");
  g_autofree char *calm = NULL;

  g_assert_cmpstr (spoofed, ==, "nimda <b>");
  for (int i = 0; i < 5000; i++)
    g_string_append (zalgo, "\xcc\x81");
  calm = bal_safe_text_name (zalgo->str, 100);
  g_assert_cmpuint (g_utf8_strlen (calm, -1), ==, 9);
}

/* What nobody sees makes no word another; what joins letters, emoji and directions stays. */
static void
test_invisible (void)
{
  static const char joined[] = "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 "
                               "\xd7\xa9\xd7\x9c!\xe2\x80\x8f";
  g_autoptr(BalBlock) block = NULL;
  g_autofree char *name = bal_safe_text_name ("An\xe2\x80\x8dna\xe2\x80\x8e \xe2\xa0\x80", 40);

  assert_text ("pay\xe2\x80\x8bp\xc2\xad" "al\xe2\x81\xa0.\xe2\x80\x8c" "c\xe2\x80\x8e" "o\xcd\x8fm\xef\xbb\xbf", "paypal.com");
  assert_text ("a&#x200B;b&shy;c&zwj;d\xf3\xa0\x81\xa1", "abcd");
  assert_text ("a\xe2\xa0\x80\xe2\xa0\x80" "b", "a b");
  assert_text ("a\xef\xb8\x81\xef\xb8\x82\xef\xb8\x83", "a\xef\xb8\x81");
  assert_text (joined, joined);
  g_assert_cmpstr (name, ==, "Anna");
  block = bal_safe_block_from_html ("<b>pay\xe2\x80\x8bpal</b>", 100);
  g_assert_cmpstr (bal_block_get_text (block), ==, "paypal");
}

static void
assert_link (const char *href,
             const char *expected)
{
  g_autofree char *is = bal_safe_link (href);

  g_assert_cmpstr (is, ==, expected);
}

static void
test_link (void)
{
  assert_link ("https://blog.example/?a=1", "https://blog.example/?a=1");
  assert_link (" HTTP://blog.example ", "HTTP://blog.example");
  assert_link ("mailto:a@blog.example", "mailto:a@blog.example");
  assert_link ("ht\ntps://blog.example/", "https://blog.example/");
  assert_link ("https://blog.example/\xe2\x80\xaegpj.exe", "https://blog.example/gpj.exe");
  assert_link ("https://blog.example/\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae",
               "https://blog.example/\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae");
  assert_link ("https://blog\xe2\x80\x8c.example/", "https://blog.example/");
  assert_link ("javascript:alert(1)", NULL);
  assert_link ("java\tscript:alert(1)", NULL);
  assert_link ("\x01javascript:alert(1)", NULL);
  assert_link ("data:text/html,x", NULL);
  assert_link ("file:///etc/passwd", NULL);
  assert_link ("//blog.example", NULL);
  assert_link ("/relative", NULL);
  assert_link ("https:blog.example", NULL);
  assert_link ("https:///x", NULL);
  assert_link ("https://\\\\x", NULL);
  assert_link ("", NULL);
  assert_link (NULL, NULL);
  assert_link ("https://\xff", NULL);
}

static void
test_text_to_html (void)
{
  g_autofree char *html = bal_safe_text_to_html ("One <b>\ntwo\r\n\r\nthree & four\n\n\n");
  g_autofree char *back = bal_safe_text_from_html (html);
  g_autofree char *empty = bal_safe_text_to_html ("");

  g_assert_cmpstr (html, ==, "<p>One &lt;b&gt;<br />\ntwo</p>\n<p>three &amp; four</p>");
  g_assert_cmpstr (back, ==, "One <b>\ntwo\n\nthree & four");
  g_assert_cmpstr (empty, ==, "");
}

static void
test_comment (void)
{
  g_autoptr(BalBlock) block =
    bal_safe_block_from_html ("<p>So <strong>good</strong> <a href=\"https://blog.example/\" "
                              "onclick=\"x()\">here</a></p>"
                              "<blockquote>who?<br>me</blockquote><a href=\"javascript:x\">no</a>",
                              500);
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  g_assert_cmpstr (bal_block_get_text (block), ==, "So good here\n\n> who?\n> me\n\nno");
  g_assert_cmpuint (n_runs, ==, 2);
  g_assert_cmpuint (runs[0].start, ==, 3);
  g_assert_cmpuint (runs[0].length, ==, 4);
  g_assert_cmpuint (runs[0].style, ==, BAL_STYLE_BOLD);
  g_assert_cmpuint (runs[1].start, ==, 8);
  g_assert_cmpuint (runs[1].length, ==, 4);
  g_assert_cmpstr (runs[1].link, ==, "https://blog.example/");
}

static void
test_long_words_may_break (void)
{
  g_autofree char *word = g_strnfill (10000, 'x');
  g_autoptr(BalBlock) block = bal_safe_block_from_html (word, 2000);
  const char *text = bal_block_get_text (block);

  g_assert_cmpuint (g_utf8_strlen (text, -1), <=, 2000);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0';)
    {
      gsize length = strcspn (p, "\xe2");

      g_assert_cmpuint (length, <=, 200);
      p += length;
      while (*p != '\0' && *p != 'x')
        p++;
    }
}

/* Latin and Cyrillic in turn: no layout breaks that by itself. An ordinary name of both stays as it is. */
static void
test_mixed_words_may_break (void)
{
  g_autoptr(GString) word = g_string_new (NULL);
  g_autoptr(BalBlock) block = NULL;
  g_autoptr(BalBlock) short_one = bal_safe_block_from_html ("Пётр-Peter", 2000);
  g_auto(GStrv) parts = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (word, i % 2 ? "a" : "а");
  block = bal_safe_block_from_html (word->str, 2000);
  parts = g_strsplit (bal_block_get_text (block), "\u200b", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 10);
  for (guint i = 0; parts[i] != NULL; i++)
    g_assert_cmpuint (g_utf8_strlen (parts[i], -1), ==, 20);
  g_assert_cmpstr (bal_block_get_text (short_one), ==, "Пётр-Peter");
}

/* Never within one, however many signs it is made of; and stars stay together, as they are a grade. */
static void
test_rows_of_emoji_may_break (void)
{
  const char *const kinds[] = { "\U0001F469", "\U0001F469\u200D\U0001F467", "\U0001F469\U0001F3FD", "\u26A1" };
  g_autoptr(BalBlock) stars = bal_safe_block_from_html ("★★★★★★★★★☆", 2000);
  g_autofree char *part = NULL;
  g_autoptr(BalBlock) few = bal_safe_block_from_html ("\u26A1\u26A1\u26A1 \u26A1\u26A1\u26A1 \u26A1\u26A1\u26A1", 2000);

  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_autoptr(GString) row = g_string_new (NULL);
      g_autoptr(BalBlock) block = NULL;
      g_autofree char *name = NULL;
      g_autofree char *line = NULL;
      g_auto(GStrv) parts = NULL;

      for (guint i = 0; i < 80; i++)
        g_string_append (row, kinds[kind]);
      block = bal_safe_block_from_html (row->str, 2000);
      parts = g_strsplit (bal_block_get_text (block), "\u200b", -1);
      g_assert_cmpuint (g_strv_length (parts), ==, 10);
      for (guint i = 0; parts[i] != NULL; i++)
        g_assert_cmpuint (strlen (parts[i]), ==, 8 * strlen (kinds[kind]));
      name = bal_safe_text_name (row->str, 2000);
      line = bal_safe_text_line (row->str, 2000);
      g_assert_cmpstr (name, ==, bal_block_get_text (block));
      g_assert_cmpstr (line, ==, name);
    }
  part = bal_safe_text_part (" A\n\n> b  \u202Ec\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469"
                             "\U0001F469 \n", 100);
  g_assert_cmpstr (part, ==, " A\n\n> b  c\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469\U0001F469"
                             "\u200b\U0001F469 \n");
  g_assert_cmpstr (bal_block_get_text (stars), ==, "★★★★★★★★★☆");
  g_assert_null (strstr (bal_block_get_text (few), "\u200b"));
}

static void
assert_harmless (const char *text,
                 gboolean    one_line)
{
  guint n_marks = 0;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_false (hostile_is_forbidden (c));
      g_assert_false (one_line && c == '\n');
      n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
      g_assert_cmpuint (n_marks, <=, 8);
    }
}

static void
check_hostile (const char *html)
{
  g_autofree char *text = bal_safe_text_from_html (html);
  g_autofree char *line = bal_safe_text_line (html, 200);
  g_autofree char *name = bal_safe_text_name (html, 60);
  g_autofree char *name_again = bal_safe_text_name (name, 60);
  g_autofree char *link = bal_safe_link (html);
  g_autofree char *written = bal_safe_text_to_html (html);
  g_autofree char *written_text = bal_safe_text_from_html (written);
  g_autofree char *text_html = bal_safe_text_to_html (text);
  g_autofree char *text_again = bal_safe_text_from_html (text_html);
  g_autoptr(BalBlock) block = bal_safe_block_from_html (html, 2000);
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  assert_harmless (text, FALSE);
  assert_harmless (line, TRUE);
  assert_harmless (name, TRUE);
  assert_harmless (written_text, FALSE);
  assert_harmless (bal_block_get_text (block), FALSE);
  g_assert_cmpuint (g_utf8_strlen (line, -1), <=, 200);
  g_assert_cmpuint (g_utf8_strlen (name, -1), <=, 60);
  g_assert_cmpuint (g_utf8_strlen (bal_block_get_text (block), -1), <=, 2000);
  g_assert_cmpstr (name_again, ==, name);
  g_assert_cmpstr (text_again, ==, text);

  for (guint i = 0; i < n_runs; i++)
    {
      g_assert_null (runs[i].open);
      g_assert_null (runs[i].object);
      if (runs[i].link != NULL)
        {
          g_autofree char *same = bal_safe_link (runs[i].link);

          g_assert_cmpstr (same, ==, runs[i].link);
        }
    }
  if (link != NULL)
    g_assert_true (g_ascii_strncasecmp (link, "http", 4) == 0 ||
                   g_ascii_strncasecmp (link, "mailto:", 7) == 0);
}

static void
check_vector_cb (const char *html,
                 gpointer    data)
{
  check_hostile (html);
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
test_mutations (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20050104);

  guint n = sample_count (N_MUTATIONS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GBytes) bytes = sample_mutate (rand, samples);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);
      g_autofree char *html = g_strndup (data != NULL ? data : "", length);

      check_hostile (html);
    }
  g_test_message ("%u mutations", n);
}

static void
test_has_link (void)
{
  static const char *const with[] = {
    "<a href=\"/x\">there</a>", "<A\nHREF=/x>there</A>", "see http://a.example", "see HTTPS://a.example", "xhttps://a", "www.a",
    "a. b. WwW.a.example", "://http://a", "<abbr>x</abbr> <a href=x>", ".www.",
  };
  static const char *const without[] = {
    "", "plain", "<p>One. Two.</p>", "<abbr>x</abbr>", "<a name=\"x\">there</a>", "href=x", "://", "ftp://a.example", "ttp://a",
    "ww.a", ".", "a.www", "&lt;a href=x>", "< a href=x>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (with); i++)
    if (!bal_safe_links_any (with[i]))
      g_error ("No link was found in %s", with[i]);
  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    if (bal_safe_links_any (without[i]))
      g_error ("A link was found in %s", without[i]);
  g_assert_false (bal_safe_links_any (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safe-text/text", test_text);
  g_test_add_func ("/safe-text/line-is-short", test_line_is_short);
  g_test_add_func ("/safe-text/name", test_name);
  g_test_add_func ("/safe-text/invisible", test_invisible);
  g_test_add_func ("/safe-text/link", test_link);
  g_test_add_func ("/safe-text/has-link", test_has_link);
  g_test_add_func ("/safe-text/text-to-html", test_text_to_html);
  g_test_add_func ("/safe-text/comment", test_comment);
  g_test_add_func ("/safe-text/long-words-may-break", test_long_words_may_break);
  g_test_add_func ("/safe-text/mixed-words-may-break", test_mixed_words_may_break);
  g_test_add_func ("/safe-text/rows-of-emoji-may-break", test_rows_of_emoji_may_break);
  g_test_add_func ("/safe-text/hostile-vectors", test_hostile_vectors);
  g_test_add_func ("/safe-text/mutations", test_mutations);
  return g_test_run ();
}
