/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes back after a save is what the editor gave: new, removed, moved and nested blocks. */

#include "bal-document-private.h"
#include "bal-tokenizer.h"
#include "random-blocks.h"
#include "samples.h"

#include <string.h>

#define N_NEW_DOCUMENTS 4000
#define N_EDITS         10000

static const BalDialect dialects[] = { BAL_DIALECT_HTML, BAL_DIALECT_WP_BLOCKS,
                                       BAL_DIALECT_WP_CLASSIC, BAL_DIALECT_BLOGGER };

static void
print_block (GString  *out,
             BalBlock *block,
             guint     depth)
{
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);
  g_autofree char *text = g_strescape (bal_block_get_text (block), NULL);

  g_string_append_printf (out, "%*s%s %d %d \"%s\"", depth * 2, "", bal_block_get_name (block),
                          bal_block_get_kind (block), bal_block_get_level (block), text);
  for (guint i = 0; i < n_runs; i++)
    g_string_append_printf (out, " [%u+%u %x %s %s %s]", runs[i].start, runs[i].length,
                            runs[i].style, runs[i].link ? runs[i].link : "",
                            runs[i].open ? runs[i].open : "", runs[i].object ? runs[i].object : "");
  g_string_append_c (out, '\n');
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    print_block (out, bal_block_get_child (block, i), depth + 1);
}

/* In plain HTML only an element parts two islands that stand in a line: a <p> around the second. */
static gboolean
is_same_island (BalBlock *is,
                BalBlock *should_be)
{
  gsize is_length, should_be_length;
  const char *is_source = bal_block_get_source (is, &is_length);
  const char *should_be_source = bal_block_get_source (should_be, &should_be_length);

  if (is_source == NULL || should_be_source == NULL ||
      is_length != should_be_length + strlen ("<p></p>") ||
      bal_block_get_kind (is) != bal_block_get_kind (should_be))
    return FALSE;
  return memcmp (is_source, "<p>", 3) == 0 &&
         memcmp (is_source + 3, should_be_source, should_be_length) == 0;
}

static void
assert_blocks (const char  *name,
               BalDocument *document,
               GPtrArray   *blocks)
{
  gboolean same = bal_document_get_n_blocks (document) == blocks->len;

  for (guint i = 0; i < blocks->len && same; i++)
    same = bal_block_equal (bal_document_get_block (document, i), blocks->pdata[i]) ||
           is_same_island (bal_document_get_block (document, i), blocks->pdata[i]);
  if (!same)
    {
      g_autoptr(GString) is = g_string_new (NULL);
      g_autoptr(GString) should_be = g_string_new (NULL);
      g_autofree char *html = bal_document_to_html (document, NULL);

      for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
        print_block (is, bal_document_get_block (document, i), 1);
      for (guint i = 0; i < blocks->len; i++)
        print_block (should_be, blocks->pdata[i], 1);
      g_test_message ("%s (%s)\n%s\n--- is\n%s--- should be\n%s", name,
                      bal_dialect_to_nick (bal_document_get_dialect (document)), html, is->str,
                      should_be->str);
      g_assert_not_reached ();
    }
}

static void
test_new_blocks_read_back (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (19410501);

  for (guint i = 0; i < sample_count (N_NEW_DOCUMENTS); i++)
    {
      BalDialect dialect = dialects[i % G_N_ELEMENTS (dialects)];
      g_autoptr(BalDocument) empty = bal_document_new_from_html ("", -1, dialect);
      g_autoptr(BalDocument) written = NULL;
      g_autoptr(BalDocument) again = NULL;
      g_autoptr(GPtrArray) blocks =
        g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
      g_autofree char *html = NULL;
      g_autofree char *name = g_strdup_printf ("document %u", i);
      gsize length;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        g_ptr_array_add (blocks, random_block (rand, 2));
      written = bal_document_with_blocks (empty, blocks);
      assert_blocks (name, written, blocks);
      html = bal_document_to_html (written, &length);
      again = bal_document_new_from_html (html, length, dialect);
      if (bal_document_get_dialect (again) == dialect)
        assert_blocks (name, again, blocks);
    }
}

/* Tags that do not match change their meaning with what is put between them: no promise holds then
 * but that of the bytes. Nor is there more for the html5lib cases, which are no posts. */
static gboolean
is_balanced (const char *data,
             gsize       length)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (data, length, FALSE);

  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      gboolean is_tag = token->type == BAL_TOKEN_START || token->type == BAL_TOKEN_END ||
                        token->type == BAL_TOKEN_WP_START || token->type == BAL_TOKEN_WP_END;
      gboolean is_void =
        token->tag != NULL && (token->tag->flags & BAL_TAG_VOID) && token->type == BAL_TOKEN_START;

      if (token->unclosed || (is_tag && !is_void && token->match == BAL_TOKEN_NO_MATCH))
        return FALSE;
    }
  return TRUE;
}

/* An empty inline element between blocks (an anchor) becomes part of a line of text that is put
 * beside it. */
static gboolean
has_inline_gap (BalBlock *block)
{
  for (guint i = 0; i <= bal_block_get_n_children (block); i++)
    {
      gsize length;
      const char *gap = bal_block_get_gap (block, i, &length);
      g_autoptr(BalTokens) tokens = bal_tokens_new (gap, length, FALSE);

      for (guint t = 0; t < tokens->n_tokens; t++)
        if (tokens->tokens[t].type == BAL_TOKEN_START && !bal_token_is (&tokens->tokens[t], "br") &&
            (tokens->tokens[t].tag == NULL || !(tokens->tokens[t].tag->flags & BAL_TAG_BLOCK)))
          return TRUE;
    }
  return FALSE;
}

/* Random insertions, removals, moves and nested edits in posts of every kind. */
static void
test_edited_posts_read_back (gconstpointer only_own)
{
  g_autoptr(GPtrArray) samples = only_own != NULL ? samples_load_own () : samples_load ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (19580509);

  guint n_compared = 0;

  for (guint i = 0; i < sample_count (N_EDITS); i++)
    {
      Sample *sample = samples->pdata[i % samples->len];
      gsize length;
      const char *data = sample_data (sample, &length);
      g_autoptr(BalDocument) document =
        bal_document_new_from_html (data, length, dialects[i / samples->len % 4]);
      g_autoptr(GPtrArray) blocks = sample_rebuild_blocks (document);
      g_autoptr(BalDocument) edited = NULL;
      g_autofree char *name = g_strdup_printf ("edit %u of %s", i, sample->name);

      for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
        {
          guint at = blocks->len > 0 ? g_rand_int_range (rand, 0, blocks->len) : 0;
          int what = g_rand_int_range (rand, 0, 5);
          BalBlock *block = NULL;

          if (what == 0 || blocks->len == 0)
            g_ptr_array_insert (blocks, g_rand_int_range (rand, 0, blocks->len + 1),
                                random_block (rand, 1));
          else if (what == 1)
            g_ptr_array_remove_index (blocks, at);
          else if (what == 2)
            {
              block = g_ptr_array_steal_index (blocks, at);
              g_ptr_array_insert (blocks, g_rand_int_range (rand, 0, blocks->len + 1), block);
            }
          else if ((block = what == 3 ? random_turn (rand, blocks->pdata[at])
                                      : random_edit (rand, blocks->pdata[at])) != NULL)
            {
              bal_block_unref (blocks->pdata[at]);
              blocks->pdata[at] = block;
            }
        }
      edited = bal_document_with_blocks (document, blocks);
      if (strstr (sample->name, ".dat#") != NULL || !is_balanced (data, length) ||
          has_inline_gap (bal_document_get_root (document)))
        continue;
      n_compared++;
      assert_blocks (name, edited, blocks);
    }
  g_test_message ("%u edits of balanced posts", n_compared);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/editing/new-blocks-read-back", test_new_blocks_read_back);
  g_test_add_data_func ("/editing/edited-posts-read-back", NULL, test_edited_posts_read_back);
  g_test_add_data_func ("/editing/own-posts-read-back", "own", test_edited_posts_read_back);
  return g_test_run ();
}
