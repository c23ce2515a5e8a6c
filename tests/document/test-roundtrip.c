/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The promises a document makes about bytes, held over every sample and over seeded mutations of
 * them. */

#include "bal-block-private.h"
#include "bal-document-private.h"
#include "bal-tokenizer.h"
#include "samples.h"

#include <string.h>

#define N_MUTATIONS 20000
#define N_EDITS     10000

static const BalDialect dialects[] = { BAL_DIALECT_HTML, BAL_DIALECT_WP_BLOCKS,
                                       BAL_DIALECT_WP_CLASSIC, BAL_DIALECT_BLOGGER };

static BalDocument *
read_bytes (GBytes     *bytes,
            BalDialect  dialect)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return bal_document_new_from_html (data, length, dialect);
}

static void
append_sources (GString  *out,
                BalBlock *block)
{
  gsize length;
  const char *gap;

  g_string_append_len (out, bal_block_source_at (block, 0), block->content_end);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      gap = bal_block_get_gap (block, i, &length);
      g_string_append_len (out, gap, length);
      append_sources (out, bal_block_get_child (block, i));
    }
  gap = bal_block_get_gap (block, bal_block_get_n_children (block), &length);
  g_string_append_len (out, gap, length);
  g_string_append_len (out, bal_block_source_at (block, block->flow_end),
                       bal_block_source_length (block) - block->flow_end);
}

static void
assert_same_bytes (const char *name,
                   const char *a,
                   gsize       a_length,
                   const char *b,
                   gsize       b_length)
{
  if (a_length == b_length && (a_length == 0 || memcmp (a, b, a_length) == 0))
    return;
  g_test_message ("%s\n--- is\n%.*s\n--- should be\n%.*s", name, (int) a_length, a, (int) b_length,
                  b);
  g_test_fail ();
  g_assert_not_reached ();
}

static void
assert_valid_text (BalBlock *block)
{
  g_assert_true (g_utf8_validate (bal_block_get_text (block), -1, NULL));
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    assert_valid_text (bal_block_get_child (block, i));
}

/* R1: the sources put together are the input; nothing changed is nothing written. */
static void
check_lossless (const char *name,
                GBytes     *bytes,
                BalDialect  dialect)
{
  g_autoptr(BalDocument) document = read_bytes (bytes, dialect);
  g_autoptr(BalDocument) saved = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GString) sources = g_string_new (NULL);
  g_autofree char *html = NULL;
  gsize length, saved_length;
  const char *data = g_bytes_get_data (bytes, &length);

  append_sources (sources, bal_document_get_root (document));
  assert_same_bytes (name, sources->str, sources->len, data, length);
  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    assert_valid_text (bal_document_get_block (document, i));

  blocks = sample_rebuild_blocks (document);
  saved = bal_document_with_blocks (document, blocks);
  html = bal_document_to_html (saved, &saved_length);
  assert_same_bytes (name, html, saved_length, data, length);
  g_assert_cmpint (bal_document_get_dialect (saved), ==, bal_document_get_dialect (document));
}

static void
check_tokens (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize at = 0;

  for (int split = 0; split < 2; split++)
    {
      g_autoptr(BalTokens) tokens = bal_tokens_new (data, length, split);

      at = 0;
      for (guint i = 0; i < tokens->n_tokens; i++)
        {
          const BalToken *token = &tokens->tokens[i];

          g_assert_cmpuint (token->start, ==, at);
          g_assert_cmpuint (token->end, >, token->start);
          at = token->end;
          if (token->match != BAL_TOKEN_NO_MATCH)
            g_assert_cmpuint (tokens->tokens[token->match].match, ==, i);
        }
      g_assert_cmpuint (at, ==, length);
    }
}

static void
test_samples_are_kept (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();

  guint n_cases = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);

      n_cases += strstr (sample->name, ".dat#") != NULL;
      check_tokens (sample->bytes);
      for (guint d = 0; d < G_N_ELEMENTS (dialects); d++)
        check_lossless (sample->name, sample->bytes, dialects[d]);
    }
  g_test_message ("%u bodies in four dialects, %u of them cases of html5lib", samples->len, n_cases);
}

static void
test_mutations_are_kept (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20190530);

  guint n = sample_count (N_MUTATIONS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GBytes) bytes = sample_mutate (rand, samples);
      g_autofree char *name = g_strdup_printf ("mutation %u", i);

      check_tokens (bytes);
      check_lossless (name, bytes, dialects[i % G_N_ELEMENTS (dialects)]);
    }
  g_test_message ("%u mutations", n);
}

static gboolean
has_text (BalBlock *block)
{
  switch (bal_block_get_kind (block))
    {
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_PREFORMATTED:
      return TRUE;
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      return FALSE;
    }
}

/* The block with a word put into its text, its runs moved along. */
static BalBlock *
insert_word (BalBlock   *block,
             GRand      *rand,
             const char *word)
{
  const char *text = bal_block_get_text (block);
  glong n_chars = g_utf8_strlen (text, -1);
  guint at = g_utf8_offset_to_pointer (text, g_rand_int_range (rand, 0, n_chars + 1)) - text;
  g_autoptr(GString) out = g_string_new (text);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  guint n_runs;
  const BalRun *old = bal_block_get_runs (block, &n_runs);

  g_string_insert (out, at, word);
  for (guint i = 0; i < n_runs; i++)
    {
      BalRun run = old[i];

      if (run.start >= at)
        run.start += strlen (word);
      else if (run.start + run.length > at)
        run.length += strlen (word);
      g_array_append_val (runs, run);
    }
  return bal_block_new_text (bal_block_get_kind (block), bal_block_get_level (block), out->str,
                             (const BalRun *) (gconstpointer) runs->data, runs->len);
}

/* R2: a word typed into one block leaves every byte outside of it as it was. FALSE: the block that
 * was chosen has no text. */
static gboolean
check_edit (const char *name,
            GBytes     *bytes,
            BalDialect  dialect,
            GRand      *rand)
{
  g_autoptr(BalDocument) document = read_bytes (bytes, dialect);
  g_autoptr(BalDocument) edited = NULL;
  g_autoptr(BalDocument) undone = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GPtrArray) original = NULL;
  g_autoptr(BalBlock) block = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_blocks = bal_document_get_n_blocks (document);
  gsize before_length, after_length, head, tail;
  BalBlock *old;
  guint k;

  if (n_blocks == 0)
    return FALSE;
  k = g_rand_int_range (rand, 0, n_blocks);
  old = bal_document_get_block (document, k);
  if (!has_text (old))
    return FALSE;

  blocks = sample_rebuild_blocks (document);
  block = insert_word (old, rand, "rosebud");
  bal_block_unref (blocks->pdata[k]);
  blocks->pdata[k] = bal_block_ref (block);
  edited = bal_document_with_blocks (document, blocks);
  before = bal_document_to_html (document, &before_length);
  after = bal_document_to_html (edited, &after_length);

  head = bal_document_get_root (document)->child_starts[k];
  tail = before_length - head - bal_block_source_length (old);
  g_assert_cmpuint (after_length, >=, head + tail);
  assert_same_bytes (name, after, head, before, head);
  assert_same_bytes (name, after + after_length - tail, tail, before + before_length - tail, tail);

  if (bal_document_get_n_blocks (edited) != n_blocks ||
      !bal_block_equal (bal_document_get_block (edited, k), block))
    {
      g_test_message ("%s (%s): block %u of %u was not read back\n--- before\n%s\n--- after\n%s",
                      name, bal_dialect_to_nick (bal_document_get_dialect (document)), k, n_blocks,
                      before, after);
      g_assert_not_reached ();
    }

  /* R3: what is undone is as it was. */
  original = sample_rebuild_blocks (document);
  undone = bal_document_with_blocks (document, original);
  g_assert_true (
    bal_block_equal (bal_document_get_root (undone), bal_document_get_root (document)));
  return TRUE;
}

static void
test_edits_stay_inside (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20180920);
  guint wanted = sample_count (N_EDITS);
  guint n = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      Sample *sample = g_ptr_array_index (samples, i);

      for (guint d = 0; d < G_N_ELEMENTS (dialects); d++)
        n += check_edit (sample->name, sample->bytes, dialects[d], rand);
    }
  g_test_message ("%u edits of samples", n);
  n = 0;
  for (guint i = 0; n < wanted; i++)
    {
      g_autoptr(GBytes) bytes = sample_mutate (rand, samples);
      g_autofree char *name = g_strdup_printf ("mutation %u", i);

      n += check_edit (name, bytes, dialects[i % G_N_ELEMENTS (dialects)], rand);
    }
  g_test_message ("%u edits of mutations", n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/samples-are-kept", test_samples_are_kept);
  g_test_add_func ("/document/mutations-are-kept", test_mutations_are_kept);
  g_test_add_func ("/document/edits-stay-inside-their-block", test_edits_stay_inside);
  return g_test_run ();
}
