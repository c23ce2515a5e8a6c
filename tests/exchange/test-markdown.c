/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-markdown.h"
#include "random-blocks.h"
#include "samples.h"

#include <string.h>

/* What people would write, and what has no marks in Markdown and stays HTML. */
static const struct
{
  const char *html;
  const char *markdown;
} cases[] = {
  { "<p>One <strong>bold</strong> and <em>italic</em> word.</p>\n<p>Two.</p>", "One **bold** and *italic* word.\n\nTwo.\n" },
  { "<p>See <a href=\"https://blog.example/a\">there</a>.</p>", "See [there](https://blog.example/a).\n" },
  { "<p>A<br>B</p>", "A\\\nB\n" },
  { "<h2>Two * stars</h2>", "## Two \\* stars\n" },
  { "<blockquote><p>Said he.</p><p>Said she.</p></blockquote>", "> Said he.\n>\n> Said she.\n" },
  { "<ul><li>a</li><li>b</li></ul>", "- a\n- b\n" },
  { "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "1. a\n2. b\n   - c\n" },
  { "<p>1. No list</p><p># no heading</p><p>- no item</p>", "1\\. No list\n\n\\# no heading\n\n\\- no item\n" },
  { "<hr>", "---\n" },
  { "<p>Use <code>a*b</code></p>", "Use `a*b`\n" },
  { "<p>a &lt;b&gt; &amp; c</p>", "a &lt;b&gt; &amp; c\n" },
  { "<p>{{ site.title }} {% raw %}</p>", "&#123;{ site.title }} &#123;% raw %}\n" },
  { "<p style=\"text-align: center\">mid</p>", "<p style=\"text-align: center\">mid</p>\n" },
  { "<!-- wp:heading {\"level\":3} -->\n<h3 class=\"wp-block-heading\">Three</h3>\n<!-- /wp:heading -->", "### Three\n" },
  { "<p><img src=\"images/a.png\" alt=\"A ferry\"></p>", "![A ferry](images/a.png)\n" },
  { "<table>\n<tr><td>a</td></tr>\n\n<tr><td>b</td></tr>\n</table>", "<table>\n<tr><td>a</td></tr>\n<tr><td>b</td></tr>\n</table>\n" },
  { "<p>a</p><!--more--><p>b</p>", "a\n\n<!--more-->\n\nb\n" },
  { "<p>H<sub>2</sub>O and <u>more</u></p>", "H<sub>2</sub>O and <u>more</u>\n" },
  { "<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b\n" },
};

static void
reads_like_written_by_hand (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalDocument) document = bal_document_new_from_html (cases[i].html, -1, BAL_DIALECT_HTML);
      gboolean is_exact;
      g_autofree char *markdown = bal_markdown_from_document (document, &is_exact);

      g_assert_cmpstr (markdown, ==, cases[i].markdown);
      g_assert_true (is_exact);
    }
}

/* What programs for sites would carry out is not in it. */
static void
assert_no_commands (const char *markdown)
{
  for (const char *p = markdown; (p = strchr (p, '{')) != NULL; p++)
    if (p[1] == '{' || p[1] == '%')
      {
        /* Only inside of what no reader sees as text: scripts, styles and comments. */
        g_assert_nonnull (strchr (markdown, '<'));
      }
}

/* By other means than the writer's own check: the words, in order. */
static void
assert_same_words (BalDocument *document,
                   const char  *markdown)
{
  g_autofree char *html = bal_markdown_to_html (markdown);
  g_autoptr(BalDocument) read = bal_document_new_from_html (html, -1, bal_document_get_dialect (document));
  g_autofree char *expected = bal_document_to_text (document);
  g_autofree char *found = bal_document_to_text (read);

  g_assert_cmpstr (found, ==, expected);
}

static gboolean
check_document (BalDocument *document)
{
  gboolean is_exact;
  g_autofree char *markdown = bal_markdown_from_document (document, &is_exact);

  g_assert_true (g_utf8_validate (markdown, -1, NULL));
  assert_no_commands (markdown);
  if (is_exact)
    assert_same_words (document, markdown);
  return is_exact;
}

static void
posts_come_back (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  guint n = 0, n_exact = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      gsize length;
      const char *html = sample_data (g_ptr_array_index (samples, i), &length);
      g_autoptr(BalDocument) document = NULL;

      if (memchr (html, '\0', length) != NULL || !g_utf8_validate (html, (gssize) length, NULL) || length > 200000)
        continue;
      document = bal_document_new_from_html (html, (gssize) length, BAL_DIALECT_HTML);
      n++;
      if (check_document (document))
        n_exact++;
      else
        g_test_message ("not exact: %s", ((Sample *) g_ptr_array_index (samples, i))->name);
    }

  g_test_message ("%u of %u posts come back block by block", n_exact, n);
  g_assert_cmpuint (n, >, 0);
}

static void
any_document_comes_back (void)
{
  static const BalDialect dialects[] = { BAL_DIALECT_HTML, BAL_DIALECT_WP_BLOCKS, BAL_DIALECT_WP_CLASSIC, BAL_DIALECT_BLOGGER };
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260522);
  guint n = sample_count (300), n_exact = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(BalDocument) document = random_document (rand, dialects[i % G_N_ELEMENTS (dialects)], 5);

      n_exact += check_document (document);
    }

  g_test_message ("%u of %u documents come back block by block", n_exact, n);
  g_assert_cmpuint (n_exact, >=, n * 9 / 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/markdown/reads-like-written-by-hand", reads_like_written_by_hand);
  g_test_add_func ("/exchange/markdown/posts-come-back", posts_come_back);
  g_test_add_func ("/exchange/markdown/any-document-comes-back", any_document_comes_back);
  return g_test_run ();
}
