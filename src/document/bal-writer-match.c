/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-writer.h"

#include "bal-diff.h"

#include <string.h>

#define LEAST_LIKENESS 51     /* of blocks that are not of one kind */
#define LARGEST_TABLE 4096   /* pairs of blocks compared in one changed stretch */

static guint
hash_cb (gconstpointer block)
{
  return bal_block_hash ((BalBlock *) block);
}

static gboolean
equal_cb (gconstpointer a,
          gconstpointer b)
{
  return bal_block_equal ((BalBlock *) a, (BalBlock *) b);
}

static guint
intern (GHashTable *table,
        BalBlock   *block)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (table, block, NULL, &found))
    {
      found = GUINT_TO_POINTER (g_hash_table_size (table));
      g_hash_table_insert (table, block, found);
    }
  return GPOINTER_TO_UINT (found);
}

/* Whether @to could be written into the tags of @from, or stand in its place. */
static gboolean
is_pairable (BalBlock *from,
             BalBlock *to)
{
  switch (from->kind)
    {
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_PREFORMATTED:
      return bal_writer_keeps_tags (from, to);
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_TABLE:
      return from->kind == to->kind && to->source != NULL;
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_OPAQUE:
    default:
      return FALSE;
    }
}

static void
append_text (GString  *out,
             BalBlock *block)
{
  g_string_append (out, block->text);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    append_text (out, bal_block_get_child (block, i));
}

/* How much of two texts is alike at both ends: 1…101; 0 when they can't be a pair. */
static guint
compare (BalBlock   *from,
         const char *from_text,
         BalBlock   *to,
         const char *to_text)
{
  gsize from_length, to_length, shorter, longer;
  gsize head = 0;
  gsize tail = 0;
  gboolean pairable = is_pairable (from, to);
  guint likeness;

  if (!pairable && !bal_writer_can_retag (from, to))
    return 0;
  from_length = strlen (from_text);
  to_length = strlen (to_text);
  shorter = MIN (from_length, to_length);
  longer = MAX (from_length, to_length);
  if (longer == 0)
    return pairable ? 101 : 0;
  while (head < shorter && from_text[head] == to_text[head])
    head++;
  while (tail < shorter - head &&
         from_text[from_length - 1 - tail] == to_text[to_length - 1 - tail])
    tail++;
  likeness = 1 + (head + tail) * 100 / longer;
  return pairable || likeness >= LEAST_LIKENESS ? likeness : 0;
}

static GPtrArray *
collect_texts (GPtrArray *blocks,
               guint      start,
               guint      end)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = start; i < end; i++)
    {
      GString *text = g_string_new (NULL);

      append_text (text, g_ptr_array_index (blocks, i));
      g_ptr_array_add (texts, g_string_free (text, FALSE));
    }
  return texts;
}

/* Pairs old and new blocks of one changed stretch, in order, so that the pairs are most alike. */
static void
pair_by_likeness (GPtrArray *from,
                  guint      from_start,
                  guint      from_end,
                  GPtrArray *to,
                  guint      to_start,
                  guint      to_end,
                  int       *origin)
{
  guint rows = from_end - from_start;
  guint columns = to_end - to_start;
  g_autoptr(GPtrArray) from_texts = collect_texts (from, from_start, from_end);
  g_autoptr(GPtrArray) to_texts = collect_texts (to, to_start, to_end);
  g_autofree guint *best = g_new0 (guint, (rows + 1) * (columns + 1));
  g_autofree guint *likeness = g_new0 (guint, rows * columns);

#define BEST(r, c) best[(r) * (columns + 1) + (c)]
#define LIKENESS(r, c) likeness[(r) * columns + (c)]
  for (guint r = rows; r-- > 0;)
    for (guint c = columns; c-- > 0;)
      {
        guint likely =
          compare (g_ptr_array_index (from, from_start + r), g_ptr_array_index (from_texts, r),
                   g_ptr_array_index (to, to_start + c), g_ptr_array_index (to_texts, c));

        LIKENESS (r, c) = likely;
        BEST (r, c) = MAX (BEST (r + 1, c), BEST (r, c + 1));
        if (likely > 0)
          BEST (r, c) = MAX (BEST (r, c), BEST (r + 1, c + 1) + likely);
      }
  for (guint r = 0, c = 0; r < rows && c < columns;)
    {
      if (LIKENESS (r, c) > 0 && BEST (r, c) == BEST (r + 1, c + 1) + LIKENESS (r, c))
        origin[to_start + c++] = from_start + r++;
      else if (BEST (r, c) == BEST (r + 1, c))
        r++;
      else
        c++;
    }
#undef BEST
#undef LIKENESS
}

static void
pair_in_order (GPtrArray *from,
               guint      from_start,
               guint      from_end,
               GPtrArray *to,
               guint      to_start,
               guint      to_end,
               int       *origin)
{
  guint r = from_start;

  for (guint c = to_start; c < to_end && r < from_end; c++)
    if (is_pairable (g_ptr_array_index (from, r), g_ptr_array_index (to, c)))
      origin[c] = r++;
    else if (to_end - c <= from_end - r)
      r++;
}

void
bal_writer_match (BalBlock  *old,
                  GPtrArray *blocks,
                  int       *origin,
                  gboolean  *equal)
{
  g_autoptr(GHashTable) table = g_hash_table_new (hash_cb, equal_cb);
  guint n_old = bal_block_get_n_children (old);
  g_autofree guint *old_ids = g_new (guint, n_old + 1);
  g_autofree guint *new_ids = g_new (guint, blocks->len + 1);
  guint from = 0;
  guint to = 0;

  for (guint i = 0; i < n_old; i++)
    old_ids[i] = intern (table, bal_block_get_child (old, i));
  for (guint i = 0; i < blocks->len; i++)
    new_ids[i] = intern (table, g_ptr_array_index (blocks, i));
  bal_diff (old_ids, n_old, new_ids, blocks->len, origin);
  for (guint i = 0; i < blocks->len; i++)
    equal[i] = origin[i] >= 0;

  for (guint i = 0; i <= blocks->len; i++)
    {
      guint from_end = i < blocks->len ? (guint) origin[i] : n_old;

      if (i < blocks->len && !equal[i])
        continue;
      if (from < from_end && to < i && (guint64) (from_end - from) * (i - to) <= LARGEST_TABLE)
        pair_by_likeness (old->children, from, from_end, blocks, to, i, origin);
      else if (from < from_end && to < i)
        pair_in_order (old->children, from, from_end, blocks, to, i, origin);
      from = from_end + 1;
      to = i + 1;
    }
}
