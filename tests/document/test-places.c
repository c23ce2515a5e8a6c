/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a place in the text stands in the source, and back. */

#include "bal-document-places.h"
#include "bal-review-html.h"
#include "samples.h"

#include <string.h>

#define N_MUTATIONS 2000

static const BalDialect dialects[] = { BAL_DIALECT_HTML, BAL_DIALECT_WP_BLOCKS,
                                       BAL_DIALECT_WP_CLASSIC, BAL_DIALECT_BLOGGER };

static gboolean
has_text (BalBlock *block)
{
  BalBlockKind kind = bal_block_get_kind (block);

  return kind == BAL_BLOCK_PARAGRAPH || kind == BAL_BLOCK_HEADING || kind == BAL_BLOCK_PREFORMATTED ||
         kind == BAL_BLOCK_ITEM;
}

/* What has no text may stand right behind text that no tag ends: then both are in one place. */
static gboolean
begins_right_there (BalDocument *document,
                    BalBlock    *block,
                    gsize        byte)
{
  return !has_text (block) && bal_block_get_n_children (block) == 0 &&
         bal_document_get_byte (document, block, 0) == byte;
}

/* Every character of a block: its bytes lead back to it. Long texts by samples, for each place
 * reads its block again. */
static guint
check_block (const char  *name,
             BalDocument *document,
             BalBlock    *block)
{
  const char *text = bal_block_get_text (block);
  gsize length = has_text (block) ? strlen (text) : 0, step = length / 16;
  gsize last = 0, found_offset;
  guint n = 0;

  for (gsize offset = 0; offset <= length; n++)
    {
      gsize byte = bal_document_get_byte (document, block, offset);
      BalBlock *found = bal_document_find_place (document, byte, &found_offset);

      if (n > 0 && byte <= last)
        g_error ("%s: character %" G_GSIZE_FORMAT " of “%s” stands before the one before it", name, offset, text);
      if (bal_block_get_n_children (block) == 0 || *text != '\0')
        if ((found != block || found_offset != offset) && !begins_right_there (document, found, byte))
          g_error ("%s: from %" G_GSIZE_FORMAT " of “%s” to byte %" G_GSIZE_FORMAT " and back to %" G_GSIZE_FORMAT
                   " of %s “%s”", name, offset, text, byte, found_offset, bal_block_get_name (found),
                   bal_block_get_text (found));
      last = byte;
      if (offset == length)
        break;
      offset = g_utf8_next_char (text + MIN (offset + step, length - 1)) - text;
      while (offset < length && ((guchar) text[offset] & 0xc0) == 0x80)
        offset++;
    }
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    n += check_block (name, document, bal_block_get_child (block, i));
  return n;
}

static guint
check_document (const char *name,
                const char *data,
                gsize       length,
                BalDialect  dialect)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (data, length, dialect);
  guint n = 0;

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    n += check_block (name, document, bal_document_get_block (document, i));
  return n;
}

static void
test_there_and_back_is_the_same_place (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  guint n = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      gsize length;
      const char *data = sample_data (sample, &length);

      n += check_document (sample->name, data, length, dialects[i % G_N_ELEMENTS (dialects)]);
    }
  g_test_message ("%u places in %u posts", n, samples->len);
  g_assert_cmpuint (n, >, 300);
}

static void
test_mutations_come_back (void)
{
  g_autoptr(GPtrArray) samples = samples_load_own ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260307);
  guint count = sample_count (N_MUTATIONS);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr(GBytes) bytes = sample_mutate (rand, samples);
      g_autofree char *name = g_strdup_printf ("mutation %u", i);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      check_document (name, data, length, dialects[i % G_N_ELEMENTS (dialects)]);
    }
}

/* Any byte at all has a place, and walking through the source walks through the text. */
static void
test_every_byte_has_a_place (void)
{
  g_autoptr(GPtrArray) samples = samples_load_own ();

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);
      g_autoptr(BalDocument) document = NULL;
      gsize length, offset, last = 0;
      const char *data = sample_data (sample, &length);

      document = bal_document_new_from_html (data, length, BAL_DIALECT_HTML);
      for (gsize byte = 0; byte <= length + 2; byte += 1 + length / 500)
        {
          BalBlock *block = bal_document_find_place (document, byte, &offset);
          gsize place;

          if (bal_document_get_n_blocks (document) == 0)
            {
              g_assert_null (block);
              break;
            }
          g_assert_nonnull (block);
          place = bal_document_get_byte (document, block, offset);
          if (place < last)
            g_error ("%s: byte %" G_GSIZE_FORMAT " goes back", sample->name, byte);
          last = place;
        }
    }
}

static void
check_place (const char *html,
             const char *marker,
             guint       block,
             gsize       offset)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, BAL_DIALECT_HTML);
  BalBlock *found;
  gsize found_offset;

  found = bal_document_find_place (document, strstr (html, marker) - html, &found_offset);
  g_assert_true (found == bal_document_get_block (document, block));
  g_assert_cmpuint (found_offset, ==, offset);
}

static void
test_nearest_places (void)
{
  static const char html[] = "<p class=\"x\">One <em>two</em> &amp; three</p>\n\n\n\n<h2>Head</h2><p>Last</p>\n\n";
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, BAL_DIALECT_HTML);

  check_place (html, "class", 0, 0);
  check_place (html, "em>two", 0, 4);
  check_place (html, "/em>", 0, 7);
  check_place (html, "mp;", 0, 8);
  check_place (html, "/p>\n", 0, 15);
  check_place (html, "\n<h2", 1, 0);
  check_place (html, "h2>", 1, 0);
  check_place (html, "</h2><p>", 1, 4);
  check_place (html, "<p>Last", 2, 0);
  check_place (html, "\n</p>" + 1, 0, 15);
  g_assert_cmpuint (bal_document_get_byte (document, bal_document_get_block (document, 0), 4), ==,
                    strstr (html, "two") - html);
  g_assert_cmpuint (bal_document_get_byte (document, bal_document_get_block (document, 0), 8), ==,
                    strstr (html, "&amp;") - html);
  g_assert_cmpuint (bal_document_get_byte (document, bal_document_get_block (document, 2), 99), ==,
                    strstr (html, "Last") + 4 - html);
}

/* The body's blocks are the post's own, so that they have their place in its source. */
static void
test_body_without_fields (void)
{
  static const char html[] = "<p>One</p>\n<p>Grade: B</p>\n<p>Two</p>\n<p>Watched on: TV</p>\n";
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, BAL_DIALECT_HTML);
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_autoptr(GPtrArray) body = bal_document_dup_body (document, format);

  g_assert_cmpuint (body->len, ==, 2);
  g_assert_true (g_ptr_array_index (body, 1) == bal_document_get_block (document, 2));
  g_assert_cmpuint (bal_document_get_byte (document, g_ptr_array_index (body, 1), 1), ==,
                    strstr (html, "wo") - html);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/places/there-and-back-is-the-same-place", test_there_and_back_is_the_same_place);
  g_test_add_func ("/document/places/mutations-come-back", test_mutations_come_back);
  g_test_add_func ("/document/places/every-byte-has-a-place", test_every_byte_has_a_place);
  g_test_add_func ("/document/places/nearest-places", test_nearest_places);
  g_test_add_func ("/document/places/body-without-fields", test_body_without_fields);
  return g_test_run ();
}
