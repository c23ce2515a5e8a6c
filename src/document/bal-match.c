/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-match.h"

#include "bal-diff.h"

#include <string.h>

#define LARGEST_TABLE 4096   /* pairs compared in one changed stretch */

static guint
intern (GHashTable *table,
        gpointer    thing)
{
  gpointer found;

  if (!g_hash_table_lookup_extended (table, thing, NULL, &found))
    {
      found = GUINT_TO_POINTER (g_hash_table_size (table));
      g_hash_table_insert (table, thing, found);
    }
  return GPOINTER_TO_UINT (found);
}

/* How much of two texts is alike at both ends: 1…101. */
static guint
compare (const char *from,
         const char *to)
{
  gsize from_length = strlen (from);
  gsize to_length = strlen (to);
  gsize shorter = MIN (from_length, to_length);
  gsize longer = MAX (from_length, to_length);
  gsize head = 0;
  gsize tail = 0;

  if (longer == 0)
    return 101;
  while (head < shorter && from[head] == to[head])
    head++;
  while (tail < shorter - head && from[from_length - 1 - tail] == to[to_length - 1 - tail])
    tail++;
  return 1 + (head + tail) * 100 / longer;
}

static GPtrArray *
collect_texts (const BalMatchRules *rules,
               GPtrArray           *things,
               guint                start,
               guint                end)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = start; i < end; i++)
    g_ptr_array_add (texts, rules->dup_likeness (g_ptr_array_index (things, i)));
  return texts;
}

/* Pairs old and new things of one changed stretch, in order, so that the pairs are most alike. */
static void
pair_by_likeness (const BalMatchRules *rules,
                  GPtrArray           *from,
                  guint                from_start,
                  guint                from_end,
                  GPtrArray           *to,
                  guint                to_start,
                  guint                to_end,
                  int                 *origin)
{
  guint rows = from_end - from_start;
  guint columns = to_end - to_start;
  g_autoptr(GPtrArray) from_texts = collect_texts (rules, from, from_start, from_end);
  g_autoptr(GPtrArray) to_texts = collect_texts (rules, to, to_start, to_end);
  g_autofree guint *best = g_new0 (guint, (rows + 1) * (columns + 1));
  g_autofree guint *likeness = g_new0 (guint, rows * columns);

#define BEST(r, c) best[(r) * (columns + 1) + (c)]
#define LIKENESS(r, c) likeness[(r) * columns + (c)]
  for (guint r = rows; r-- > 0;)
    for (guint c = columns; c-- > 0;)
      {
        guint least = rules->least_likeness (g_ptr_array_index (from, from_start + r),
                                             g_ptr_array_index (to, to_start + c));
        guint likely = 0;

        if (least <= BAL_MATCH_ALIKE)
          likely = compare (g_ptr_array_index (from_texts, r), g_ptr_array_index (to_texts, c));
        if (likely < least)
          likely = 0;
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
pair_in_order (const BalMatchRules *rules,
               GPtrArray           *from,
               guint                from_start,
               guint                from_end,
               GPtrArray           *to,
               guint                to_start,
               guint                to_end,
               int                 *origin)
{
  guint r = from_start;

  for (guint c = to_start; c < to_end && r < from_end; c++)
    if (rules->least_likeness (g_ptr_array_index (from, r), g_ptr_array_index (to, c)) <= 1)
      origin[c] = r++;
    else if (to_end - c <= from_end - r)
      r++;
}

void
bal_match (const BalMatchRules *rules,
           GPtrArray           *from,
           GPtrArray           *to,
           int                 *origin,
           gboolean            *equal)
{
  g_autoptr(GHashTable) table = g_hash_table_new (rules->hash, rules->equal);
  g_autofree guint *from_ids = g_new (guint, from->len + 1);
  g_autofree guint *to_ids = g_new (guint, to->len + 1);
  guint from_start = 0;
  guint to_start = 0;

  for (guint i = 0; i < from->len; i++)
    from_ids[i] = intern (table, g_ptr_array_index (from, i));
  for (guint i = 0; i < to->len; i++)
    to_ids[i] = intern (table, g_ptr_array_index (to, i));
  bal_diff (from_ids, from->len, to_ids, to->len, origin);
  for (guint i = 0; i < to->len; i++)
    equal[i] = origin[i] >= 0;

  for (guint i = 0; i <= to->len; i++)
    {
      guint from_end = i < to->len ? (guint) origin[i] : from->len;

      if (i < to->len && !equal[i])
        continue;
      if (from_start < from_end && to_start < i)
        {
          if ((guint64) (from_end - from_start) * (i - to_start) <= LARGEST_TABLE)
            pair_by_likeness (rules, from, from_start, from_end, to, to_start, i, origin);
          else
            pair_in_order (rules, from, from_start, from_end, to, to_start, i, origin);
        }
      from_start = from_end + 1;
      to_start = i + 1;
    }
  for (guint i = 0; i < to->len; i++)
    equal[i] = origin[i] >= 0 && from_ids[origin[i]] == to_ids[i];
}
