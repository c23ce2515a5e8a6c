/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No post is too big or too nasty: everything takes time in proportion to its size. */

#include "bal-document.h"
#include "bal-safe-text.h"
#include "samples.h"

#include <string.h>

/* For a slow, busy machine with sanitizers: a fiftieth of this is usual, and what grows with the
 * square takes far more. */
#define MOST_SECONDS 5.0

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

static char *
repeat (const char *piece,
        gsize       length)
{
  GString *out = g_string_sized_new (length + strlen (piece));

  while (out->len < length)
    g_string_append (out, piece);
  return g_string_free (out, FALSE);
}

/* Reads, changes the middle block, and writes. */
static void
check_document (const char *name,
                const char *html,
                BalDialect  dialect)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, dialect);
  double reading = seconds_since (start);
  g_autoptr(GPtrArray) blocks = sample_rebuild_blocks (document);
  g_autoptr(BalDocument) same = NULL;
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *out = NULL;
  double comparing, writing;
  gsize length;

  start = g_get_monotonic_time ();
  same = bal_document_with_blocks (document, blocks);
  comparing = seconds_since (start);
  out = bal_document_to_html (same, &length);
  g_assert_cmpuint (length, ==, strlen (html));
  g_assert_cmpint (memcmp (out, html, length), ==, 0);

  g_ptr_array_insert (blocks, blocks->len / 2,
                      bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "rosebud", NULL, 0));
  start = g_get_monotonic_time ();
  edited = bal_document_with_blocks (document, blocks);
  writing = seconds_since (start);
  g_test_message ("%s: %" G_GSIZE_FORMAT
                  " bytes, %u blocks: read %.1f ms, unchanged %.1f ms, one inserted %.1f ms",
                  name, length, bal_document_get_n_blocks (document), reading * 1e3,
                  comparing * 1e3, writing * 1e3);
  g_assert_cmpfloat (reading, <, MOST_SECONDS);
  g_assert_cmpfloat (comparing, <, MOST_SECONDS);
  g_assert_cmpfloat (writing, <, MOST_SECONDS);
}

static void
check_repeated (const char *name,
                const char *piece,
                gsize       length,
                BalDialect  dialect)
{
  g_autofree char *html = repeat (piece, length);

  check_document (name, html, dialect);
}

static void
test_big_posts (void)
{
  check_repeated ("1 MB of paragraphs",
                  "<p>A film about <em>nothing</em> &amp; <a "
                  "href=\"https://blog.example/\">everything"
                  "</a>, with a long shot of a field that goes on and on for longer than anyone "
                  "would think.</p>\n",
                  1 << 20, BAL_DIALECT_HTML);
  check_repeated ("1 MB of WordPress blocks",
                  "<!-- wp:paragraph -->\n<p>A film about <em>nothing</em>.</p>\n"
                  "<!-- /wp:paragraph -->\n\n",
                  1 << 20, BAL_DIALECT_WP_BLOCKS);
  check_repeated ("20,000 lines", "line\n", 100000, BAL_DIALECT_WP_CLASSIC);
  check_repeated ("20,000 classic paragraphs", "line\n\n", 120000, BAL_DIALECT_WP_CLASSIC);
  check_repeated ("20,000 Blogger paragraphs", "line<br /><br />", 320000, BAL_DIALECT_BLOGGER);
  check_repeated ("one word of 1 MB", "x", 1 << 20, BAL_DIALECT_HTML);
  check_repeated ("1 MB of lists", "<ul><li>item</li><li>item<ol><li>item</li></ol></li></ul>\n",
                  1 << 20, BAL_DIALECT_HTML);
}

static void
test_nasty_posts (void)
{
  static const struct
  {
    const char *name;
    const char *opens;
    const char *closes;
  } nests[] = {
    { "<b>", "<b>", "</b>" },
    { "<b> with breaks", "<b>", "<br><br>x</b>" },
    { "<div>", "<div>", "</div>" },
    { "<div>text", "<div>text", "</div>" },
    { "<blockquote>", "<blockquote>", "</blockquote>" },
    { "<ul><li>", "<ul><li>", "</li></ul>" },
    { "wp:group", "<!-- wp:group -->", "<!-- /wp:group -->" },
    { "wp:quote", "<!-- wp:quote --><blockquote>", "</blockquote><!-- /wp:quote -->" },
    { "unclosed <b>", "<b>x", "" },
    { "unclosed <p>", "<p>x\n\n", "" },
    { "unopened </b>", "x</b>", "" },
    { "crossed", "<b><i>x</b>", "</i>" },
    { "unclosed comments", "<!--", "" },
    { "unclosed attributes", "<a href=\"", "" },
    { "scripts", "<script>", "" },
    { "ampersands", "&", "" },
    { "less-than signs", "<", "" },
    { "line breaks", "<br>", "" },
    { "newlines", " \n", "" },
    { "empty elements", "<i></i>", "" },
    { "images", "<img src=x>", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (nests); i++)
    for (guint d = 0; d < 4; d++)
      {
        gsize each = strlen (nests[i].closes) > 0 ? 30000 : 60000;
        g_autofree char *opens = repeat (nests[i].opens, each);
        g_autofree char *closes =
          strlen (nests[i].closes) > 0 ?
            repeat (nests[i].closes, each / strlen (nests[i].opens) * strlen (nests[i].closes)) :
            g_strdup ("");
        g_autofree char *html = g_strconcat (opens, closes, NULL);
        g_autofree char *text = NULL;
        gint64 start;

        check_document (nests[i].name, html, (BalDialect) d);
        start = g_get_monotonic_time ();
        text = bal_safe_text_from_html (html);
        g_assert_cmpfloat (seconds_since (start), <, MOST_SECONDS);
      }
}

/* A 50 KB paragraph with a style or entity in every word, edited at both ends and in the middle. */
static void
test_big_paragraph_is_edited (void)
{
  g_autofree char *inside = repeat ("caf&eacute; <b>noir</b> &amp; th&#233; ", 50000);
  g_autofree char *html = g_strconcat ("<p>", inside, "</p>", NULL);
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, BAL_DIALECT_HTML);
  BalBlock *old = bal_document_get_block (document, 0);
  g_autoptr(GString) text = g_string_new (bal_block_get_text (old));
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *out = NULL;
  guint n_runs;
  const BalRun *old_runs = bal_block_get_runs (old, &n_runs);
  gint64 start;
  gsize middle = text->len / 2;

  while (((guint8) text->str[middle] & 0xC0) == 0x80 || text->str[middle] != ' ')
    middle++;
  g_string_append (text, "end");
  g_string_insert (text, middle, "middle");
  g_string_insert (text, 0, "start");
  for (guint i = 0; i < n_runs; i++)
    {
      BalRun run = old_runs[i];

      run.start += run.start >= middle ? strlen ("startmiddle") : strlen ("start");
      g_array_append_val (runs, run);
    }
  g_ptr_array_add (blocks,
                   bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text->str,
                                       (const BalRun *) (gconstpointer) runs->data, runs->len));
  start = g_get_monotonic_time ();
  edited = bal_document_with_blocks (document, blocks);
  g_test_message ("three edits in a paragraph of %" G_GSIZE_FORMAT " bytes: %.1f ms", strlen (html),
                  seconds_since (start) * 1e3);
  g_assert_cmpfloat (seconds_since (start), <, MOST_SECONDS);
  out = bal_document_to_html (edited, NULL);
  /* Only the word that "start" became part of is spelled anew. */
  g_assert_true (g_str_has_prefix (out, "<p>startcaf\xc3\xa9 <b>noir</b> &amp; th&#233; caf&eacute;"));
  g_assert_cmpuint (strlen (out) + strlen ("&eacute;"), ==,
                    strlen (html) + strlen ("startmiddleend\xc3\xa9"));
  g_assert_true (bal_block_equal (bal_document_get_block (edited, 0), blocks->pdata[0]));
}

/* Every block of a big post is changed: no path may compare each with each. */
static void
test_everything_changed (void)
{
  GString *html = g_string_new (NULL);
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(BalDocument) edited = NULL;
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  gint64 start;

  for (int i = 0; i < 20000; i++)
    g_string_append_printf (html, "<p>Paragraph %d.</p>\n", i);
  document = bal_document_new_from_html (html->str, html->len, BAL_DIALECT_HTML);
  g_string_free (html, TRUE);
  for (int i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("Paragraph %d!", i);

      g_ptr_array_add (blocks, bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, NULL, 0));
    }
  start = g_get_monotonic_time ();
  edited = bal_document_with_blocks (document, blocks);
  g_test_message ("20,000 paragraphs changed: %.1f ms", seconds_since (start) * 1e3);
  g_assert_cmpfloat (seconds_since (start), <, MOST_SECONDS);
  g_assert_cmpuint (bal_document_get_n_blocks (edited), ==, 20000);
}

/* Nobody writes that much markup, and each piece of it takes a hundred times its own room. */
static void
test_more_markup_than_any_post (void)
{
  static const char *const pieces[] = { "<b>", "<p>a</p>", "a\n\n", "<!---->", "<td>x", "</x>", "<!-- wp:a --><!-- /wp:a -->" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *html = repeat (pieces[i], 160000 * strlen (pieces[i]));
      g_autofree char *text = bal_safe_text_from_html (html);
      g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, BAL_DIALECT_WP_CLASSIC);

      g_assert_cmpuint (bal_document_get_n_blocks (document), ==, 1);
      g_assert_cmpint (bal_block_get_kind (bal_document_get_block (document, 0)), ==, BAL_BLOCK_OPAQUE);
      g_assert_true (strchr (pieces[i], 'a') == NULL || *pieces[i] == '<' || *text == 'a');
      check_document (pieces[i], html, BAL_DIALECT_WP_CLASSIC);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scale/big-posts", test_big_posts);
  g_test_add_func ("/scale/nasty-posts", test_nasty_posts);
  g_test_add_func ("/scale/big-paragraph-is-edited", test_big_paragraph_is_edited);
  g_test_add_func ("/scale/everything-changed", test_everything_changed);
  g_test_add_func ("/scale/more-markup-than-any-post-is-one-island", test_more_markup_than_any_post);
  return g_test_run ();
}
