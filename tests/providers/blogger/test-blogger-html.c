/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include <string.h>

static void
test_newlines_become_what_reads_the_same (void)
{
  static const struct { const char *html; const char *flat; } cases[] = {
    { "", "" },
    { "<p>One.</p>", "<p>One.</p>" },
    { "  kept  as it is ", "  kept  as it is " },
    { "<p>One\ntwo.</p>\n\n<p>Three.</p>\n", "<p>One two.</p> <p>Three.</p>" },
    { "\r\n<p>a \r\n b</p>", "<p>a b</p>" },
    { "<pre>\na\r\n  b\n</pre>", "<pre>a&#10;  b&#10;</pre>" },
    { "<pre>a<b>\nb</b></pre>\n<p>x\ny</p>", "<pre>a<b>&#10;b</b></pre> <p>x y</p>" },
    { "<textarea>\n\na</textarea>", "<textarea>&#10;a</textarea>" },
    { "<img src=\"a\"\nalt=\"one\ntwo\">", "<img src=\"a\" alt=\"one&#10;two\">" },
    { "<a title='x\"\ny'>z</a>", "<a title='x\"&#10;y'>z</a>" },
    { "<!-- a\nb -->", "<!-- a b -->" },
    { "<style>\np { }\n</style>", "<style> p { } </style>" },
    { "<script>\n// a\nb()\n</script>", "<script>\n// a\nb()\n</script>" },
    { "a<br />\nb", "a<br /> b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *flat = bal_blogger_flatten (cases[i].html);
      g_autofree char *again = bal_blogger_flatten (flat);

      g_assert_cmpstr (flat, ==, cases[i].flat);
      g_assert_cmpstr (again, ==, flat);
    }
}

static void
test_key_is_found_again_and_leaves_the_text_as_it_was (void)
{
  static const char *const htmls[] = { "", "<p>x</p>", "<!-- open", "<!--balcony:-->x", "<!--balcony:a b-->x", "<p title=\"" };
  static const char key[] = "8f14e45f-ceea-467f-a0e6-b8dd1f2d2c2b";

  for (guint i = 0; i < G_N_ELEMENTS (htmls); i++)
    {
      g_autofree char *with_key = bal_blogger_add_key (htmls[i], key);
      g_autofree char *found = NULL;
      g_autofree char *none = NULL;
      g_autofree char *html = bal_blogger_strip_key (with_key, &found);
      g_autofree char *same = bal_blogger_strip_key (htmls[i], &none);

      g_assert_cmpstr (html, ==, htmls[i]);
      g_assert_cmpstr (found, ==, key);
      g_assert_cmpstr (same, ==, htmls[i]);
      g_assert_null (none);
    }
}

/* Random pieces of HTML: no newline is left outside scripts, and nothing but white space changed. */
static void
test_nothing_but_white_space_changes (void)
{
  static const char *const pieces[] = {
    "<p>", "</p>", "\n", "\r\n", " ", "a", "<br>", "<b title=\"x\ny\">", "</b>", "<!-- c\nd -->", "&amp;", "<i\nid=q>", "</i>",
  };

  for (guint n = 0; n < 5000; n++)
    {
      g_autoptr(GString) html = g_string_new (NULL);
      g_autofree char *flat = NULL;
      const char *p, *q;

      for (guint i = g_test_rand_int_range (1, 12); i > 0; i--)
        g_string_append (html, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      flat = bal_blogger_flatten (html->str);
      g_assert_null (strpbrk (flat, "\r\n"));
      for (p = html->str, q = flat; *p != '\0' || *q != '\0';)
        {
          if (g_str_has_prefix (q, "&#10;"))
            q += 5;
          else if (g_ascii_isspace (*q))
            q++;
          else if (g_ascii_isspace (*p))
            p++;
          else
            g_assert_cmpint (*p++, ==, *q++);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/blogger/html/newlines-become-what-reads-the-same", test_newlines_become_what_reads_the_same);
  g_test_add_func ("/blogger/html/key-is-found-again-and-leaves-the-text-as-it-was",
                   test_key_is_found_again_and_leaves_the_text_as_it_was);
  g_test_add_func ("/blogger/html/nothing-but-white-space-changes", test_nothing_but_white_space_changes);

  return g_test_run ();
}
