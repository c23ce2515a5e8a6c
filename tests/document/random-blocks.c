/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-blocks.h"

#include "samples.h"

#include <string.h>

char *
random_text (GRand    *rand,
             gboolean  newlines)
{
  static const char *const pieces[] = {
    "rosebud", "Kane", "é", "“quoted”", " ", " ", " ", "  ", "&", "&amp;", "&nbsp;", "<b>", "</p>",
    "<!--more-->", "\t", "\xc2\xa0", "\xef\xbf\xbc", "😀", "עברית", "1 < 2 > 0", "\"", "'",
    "[gallery]", "Grade:", "a\xcc\x81", "-->", "\r", "&#0;", ".", ",", "a", "Z",
  };
  GString *out = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
    if (newlines && g_rand_int_range (rand, 0, 9) == 0)
      g_string_append_c (out, '\n');
    else
      g_string_append (out, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (out, FALSE);
}

static BalRun
random_run (GRand *rand)
{
  BalRun run = { 0 };

  if (g_rand_int_range (rand, 0, 3) > 0)
    run.style = g_rand_int_range (rand, 0, 256);
  if (g_rand_int_range (rand, 0, 4) == 0)
    run.link = g_rand_boolean (rand) ? "https://blog.example/?a=1&b=\"2\"" : "/here";
  if (g_rand_int_range (rand, 0, 6) == 0)
    {
      run.open = "<span style=\"color: red;\">";
      run.close = "</span>";
    }
  return run;
}

BalBlock *
random_text_block (GRand        *rand,
                   BalBlockKind  kind)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));

  for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--)
    {
      BalRun run = random_run (rand);

      run.start = text->len;
      if (g_rand_int_range (rand, 0, 8) == 0)
        {
          run.object = "<img src=\"https://blog.example/a.png\">";
          g_string_append (text, "\xef\xbf\xbc");
        }
      else
        {
          g_autofree char *part = random_text (rand, TRUE);

          g_string_append (text, part);
        }
      run.length = text->len - run.start;
      g_array_append_val (runs, run);
    }
  return bal_block_new_text (kind, g_rand_int_range (rand, 1, 7), text->str,
                             (const BalRun *) (gconstpointer) runs->data, runs->len);
}

/* An editor knows a line with nothing but one object in it as that object. */
static gboolean
is_lone_object (BalBlock *block)
{
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);
  guint n_objects = 0;
  gsize n_bytes = 0;
  gsize n_spaces = 0;

  for (guint i = 0; i < n_runs; i++)
    if (runs[i].object != NULL)
      {
        n_objects++;
        n_bytes += runs[i].length;
      }
  for (const char *p = bal_block_get_text (block); *p != '\0'; p++)
    if (g_ascii_isspace (*p))
      n_spaces++;
  return n_objects == 1 && n_bytes + n_spaces == strlen (bal_block_get_text (block));
}

static BalBlock *
random_paragraph (GRand *rand)
{
  BalBlock *block = random_text_block (rand, BAL_BLOCK_PARAGRAPH);

  while (is_lone_object (block))
    {
      bal_block_unref (block);
      block = random_text_block (rand, BAL_BLOCK_PARAGRAPH);
    }
  return block;
}

static GPtrArray *
new_blocks (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
}

static BalBlock *
random_list (GRand *rand,
             guint  depth)
{
  g_autoptr(GPtrArray) items = new_blocks ();

  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    {
      g_autoptr(GPtrArray) children = new_blocks ();
      g_autoptr(BalBlock) line = random_text_block (rand, BAL_BLOCK_PARAGRAPH);
      guint n_runs;
      const BalRun *runs = bal_block_get_runs (line, &n_runs);

      if (depth > 0 && g_rand_int_range (rand, 0, 3) == 0)
        g_ptr_array_add (children, random_list (rand, depth - 1));
      g_ptr_array_add (items,
                       bal_block_new_container (BAL_BLOCK_ITEM, FALSE, bal_block_get_text (line),
                                                runs, n_runs, children));
    }
  return bal_block_new_container (BAL_BLOCK_LIST, g_rand_boolean (rand), NULL, NULL, 0, items);
}

static BalBlock *
random_quote (GRand *rand,
              guint  depth)
{
  g_autoptr(GPtrArray) children = new_blocks ();

  for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
    g_ptr_array_add (children, depth > 0 && g_rand_int_range (rand, 0, 3) == 0 ?
                                 random_block (rand, depth - 1) :
                                 random_paragraph (rand));
  return bal_block_new_container (BAL_BLOCK_QUOTE, FALSE, NULL, NULL, 0, children);
}

BalBlock *
random_block (GRand *rand,
              guint  depth)
{
  switch (g_rand_int_range (rand, 0, 14))
    {
    case 0:
      return random_text_block (rand, BAL_BLOCK_HEADING);
    case 1:
      return random_text_block (rand, BAL_BLOCK_PREFORMATTED);
    case 2:
    case 3:
      return random_list (rand, depth);
    case 4:
      return random_quote (rand, depth);
    case 5:
      return bal_block_new_text (BAL_BLOCK_SEPARATOR, 0, "", NULL, 0);
    case 6:
      return bal_block_new_text (BAL_BLOCK_JUMP_BREAK, 0, g_rand_boolean (rand) ? "" : "Read on",
                                 NULL, 0);
    case 7:
      return bal_block_new_image ("<figure><img src=\"a.png\" "
                                  "alt=\"A\"><figcaption>B</figcaption></figure>",
                                  -1);
    case 8:
      return g_rand_boolean (rand) ?
               bal_block_new_table ("<table><tr><td>1</td></tr></table>", -1) :
               bal_block_new_opaque ("<details><summary>1</summary></details>", -1);
    default:
      return random_paragraph (rand);
    }
}

static BalBlock *
insert_word (GRand      *rand,
             BalBlock   *block,
             const char *word)
{
  const char *text = bal_block_get_text (block);
  glong n_chars = g_utf8_strlen (text, -1);
  guint at = g_utf8_offset_to_pointer (text, g_rand_int_range (rand, 0, n_chars + 1)) - text;
  g_autoptr(GString) out = g_string_new (text);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  g_autoptr(GPtrArray) children = new_blocks ();
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
  if (bal_block_get_kind (block) != BAL_BLOCK_ITEM)
    return bal_block_new_text (bal_block_get_kind (block), bal_block_get_level (block), out->str,
                               (const BalRun *) (gconstpointer) runs->data, runs->len);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    g_ptr_array_add (children, sample_rebuild_block (bal_block_get_child (block, i)));
  return bal_block_new_container (BAL_BLOCK_ITEM, FALSE, out->str,
                                  (const BalRun *) (gconstpointer) runs->data, runs->len, children);
}

static BalBlock *
edit_child (GRand      *rand,
            BalBlock   *block,
            const char *word)
{
  g_autoptr(GPtrArray) children = new_blocks ();
  guint n_children = bal_block_get_n_children (block);
  guint chosen = n_children > 0 ? g_rand_int_range (rand, 0, n_children) : 0;
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  for (guint i = 0; i < n_children; i++)
    {
      BalBlock *child = bal_block_get_child (block, i);
      BalBlock *edited =
        i == chosen ? random_edit_with (rand, child, word) : sample_rebuild_block (child);

      if (edited == NULL)
        return NULL;
      g_ptr_array_add (children, edited);
    }
  if (n_children == 0)
    return NULL;
  return bal_block_new_container (bal_block_get_kind (block), bal_block_get_ordered (block),
                                  bal_block_get_text (block), runs, n_runs, children);
}

BalBlock *
random_edit (GRand    *rand,
             BalBlock *block)
{
  static const char *const words[] = { "rosebud", " ", "&", "\n", "<", "é" };

  return random_edit_with (rand, block, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
}

BalDocument *
random_document (GRand      *rand,
                 BalDialect  dialect,
                 guint       n_blocks)
{
  g_autoptr(BalDocument) empty = bal_document_new_from_html ("", 0, dialect);
  g_autoptr(GPtrArray) blocks = new_blocks ();

  for (int n = g_rand_int_range (rand, 0, n_blocks + 1); n > 0; n--)
    g_ptr_array_add (blocks, random_block (rand, 2));
  return bal_document_with_blocks (empty, blocks);
}

BalBlock *
random_edit_with (GRand      *rand,
                  BalBlock   *block,
                  const char *word)
{
  switch (bal_block_get_kind (block))
    {
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_PREFORMATTED:
      return insert_word (rand, block, word);
    case BAL_BLOCK_ITEM:
      if (bal_block_get_n_children (block) == 0 || g_rand_boolean (rand))
        return insert_word (rand, block, word);
      return edit_child (rand, block, word);
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
      return edit_child (rand, block, word);
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      return NULL;
    }
}

BalBlock *
random_turn (GRand    *rand,
             BalBlock *block)
{
  BalBlockKind kind = bal_block_get_kind (block);
  g_autoptr(GPtrArray) children = new_blocks ();
  g_autoptr(BalBlock) turned = NULL;
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  if (kind == BAL_BLOCK_PARAGRAPH || kind == BAL_BLOCK_HEADING)
    turned = bal_block_new_text (g_rand_int_range (rand, 0, 3) > 0 ? BAL_BLOCK_HEADING : BAL_BLOCK_PARAGRAPH,
                               g_rand_int_range (rand, 1, 7), bal_block_get_text (block), runs, n_runs);
  /* A paragraph with an image alone is that image. */
  if (turned != NULL && bal_block_get_kind (turned) == BAL_BLOCK_PARAGRAPH && is_lone_object (turned))
    g_clear_pointer (&turned, bal_block_unref);
  if (kind != BAL_BLOCK_LIST)
    return g_steal_pointer (&turned);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    g_ptr_array_add (children, sample_rebuild_block (bal_block_get_child (block, i)));
  return bal_block_new_container (kind, !bal_block_get_ordered (block), NULL, NULL, 0, children);
}
