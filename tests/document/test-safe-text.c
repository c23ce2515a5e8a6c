/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What strangers send is shown as text, and does nothing. */

#include "bal-safe-text.h"
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

static gboolean
is_forbidden (gunichar c)
{
  return (c < 0x20 && c != '\n') || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
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

      g_assert_false (is_forbidden (c));
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

/* Each line, and each string of a JSON file, is one vector. */
static guint
check_file (const char *path)
{
  g_autofree char *data = samples_read_shared (path, NULL);
  g_autoptr(GPtrArray) strings = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_vectors = 0;

  if (data == NULL)
    return 0;
  if (g_str_has_suffix (path, ".json"))
    {
      strings = samples_json_strings (data);
      for (guint i = 0; i < strings->len; i++)
        check_hostile (g_ptr_array_index (strings, i));
      return strings->len;
    }
  check_hostile (data);
  lines = g_strsplit (data, "\n", -1);
  for (; lines[n_vectors] != NULL; n_vectors++)
    check_hostile (lines[n_vectors]);
  return n_vectors;
}

static void
test_hostile_vectors (void)
{
  static const char *const files[] = { "hostile/blns.txt",
                                       "hostile/payloadbox-xss-payload-list.txt",
                                       "hostile/wp-entities.txt", "hostile/wp-kses-strings.json",
                                       "hostile/OWASP_XSS_Filter_Evasion_Cheat_Sheet.md" };
  guint n_vectors = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    n_vectors += check_file (files[i]);
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

  for (guint i = 0; i < sample_count (N_MUTATIONS); i++)
    {
      g_autoptr(GBytes) bytes = sample_mutate (rand, samples);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);
      g_autofree char *html = g_strndup (data != NULL ? data : "", length);

      check_hostile (html);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safe-text/text", test_text);
  g_test_add_func ("/safe-text/line-is-short", test_line_is_short);
  g_test_add_func ("/safe-text/name", test_name);
  g_test_add_func ("/safe-text/link", test_link);
  g_test_add_func ("/safe-text/text-to-html", test_text_to_html);
  g_test_add_func ("/safe-text/comment", test_comment);
  g_test_add_func ("/safe-text/long-words-may-break", test_long_words_may_break);
  g_test_add_func ("/safe-text/hostile-vectors", test_hostile_vectors);
  g_test_add_func ("/safe-text/mutations", test_mutations);
  return g_test_run ();
}
