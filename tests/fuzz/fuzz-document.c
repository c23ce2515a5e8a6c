/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "bal-block-private.h"
#include "bal-document-private.h"
#include "fuzz.h"
#include "samples.h"

#include <string.h>

/* A post comes back as it was, and typing into one of its blocks changes nothing outside of it. The
 * first byte chooses the dialect and the block; the rest is the post. */

static const char word[] = "rosebud";

static void
assert_bytes (const char *a,
              const char *b,
              gsize       length)
{
  g_assert_true (length == 0 || memcmp (a, b, length) == 0);
}

static BalBlock *
add_word (BalBlock *block)
{
  g_autofree char *text = g_strconcat (bal_block_get_text (block), word, NULL);
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  return bal_block_new_text (bal_block_get_kind (block), bal_block_get_level (block), text, runs, n_runs);
}

static gboolean
has_text (BalBlock *block)
{
  BalBlockKind kind = bal_block_get_kind (block);

  return kind == BAL_BLOCK_PARAGRAPH || kind == BAL_BLOCK_HEADING || kind == BAL_BLOCK_PREFORMATTED;
}

static void
check_edit (BalDocument *document,
            const char  *html,
            gsize        length,
            guint        k)
{
  g_autoptr(GPtrArray) blocks = sample_rebuild_blocks (document);
  g_autoptr(BalDocument) edited = NULL;
  g_autofree char *after = NULL;
  BalBlock *old = bal_document_get_block (document, k);
  gsize head = bal_document_get_root (document)->child_starts[k];
  gsize tail = length - head - bal_block_source_length (old);
  gsize after_length;

  bal_block_unref (blocks->pdata[k]);
  blocks->pdata[k] = add_word (old);
  edited = bal_document_with_blocks (document, blocks);
  after = bal_document_to_html (edited, &after_length);
  g_assert_cmpuint (after_length, >=, head + strlen (word) + tail);
  assert_bytes (after, html, head);
  assert_bytes (after + after_length - tail, html + length - tail, tail);
  g_assert_nonnull (memmem (after + head, after_length - head - tail, word, strlen (word)));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  guint8 choice = length > 0 ? data[0] : 0;
  gsize n_bytes = length > 0 ? length - 1 : 0;
  g_autofree char *html = g_memdup2 (data + (length > 0), n_bytes);
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(BalDocument) saved = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autofree char *back = NULL;
  g_autofree char *text = NULL;
  gsize back_length;
  guint n_blocks;

  document = bal_document_new_from_html (html != NULL ? html : "", n_bytes, choice & 3);
  blocks = sample_rebuild_blocks (document);
  saved = bal_document_with_blocks (document, blocks);
  back = bal_document_to_html (saved, &back_length);
  g_assert_cmpuint (back_length, ==, n_bytes);
  assert_bytes (back, html, n_bytes);
  text = bal_document_to_text (document);
  g_assert_true (g_utf8_validate (text, -1, NULL));

  n_blocks = bal_document_get_n_blocks (document);
  if (n_blocks > 0 && has_text (bal_document_get_block (document, (choice >> 2) % n_blocks)))
    check_edit (document, back, n_bytes, (choice >> 2) % n_blocks);
  return 0;
}
