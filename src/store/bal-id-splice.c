/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-id-splice.h"

/* A view takes a long splice better than thousands of short ones. */
#define MAX_RUNS 128

#define NOWHERE G_MAXUINT

static gint64
get_id (GArray *ids,
        guint   index)
{
  return g_array_index (ids, gint64, index);
}

/* For each of @n old rows its place among the new ones, NOWHERE where it is gone. */
static guint *
find_places (GArray *ids,
             GArray *wanted,
             guint   head,
             guint   n,
             guint   n_wanted)
{
  g_autoptr(GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
  guint *found = g_new (guint, MAX (n, 1));

  for (guint i = 0; i < n_wanted; i++)
    g_hash_table_insert (places, &g_array_index (wanted, gint64, head + i), GUINT_TO_POINTER (i + 1));

  for (guint i = 0; i < n; i++)
    {
      gpointer place = g_hash_table_lookup (places, &g_array_index (ids, gint64, head + i));

      found[i] = place != NULL ? GPOINTER_TO_UINT (place) - 1 : NOWHERE;
    }
  return found;
}

/* Rows outside the longest rising run of places moved: they become NOWHERE. */
static void
keep_longest_rise (guint *places,
                   guint  n)
{
  g_autofree guint *ends = g_new (guint, MAX (n, 1));        /* index of the last row of the best rise of each length */
  g_autofree guint *previous = g_new (guint, MAX (n, 1));
  guint length = 0, keep;

  for (guint i = 0; i < n; i++)
    {
      guint low = 0, high = length;

      if (places[i] == NOWHERE)
        continue;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (places[ends[middle]] < places[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? ends[low - 1] : NOWHERE;
      ends[low] = i;
      length = MAX (length, low + 1);
    }

  keep = length > 0 ? ends[length - 1] : NOWHERE;
  for (guint i = n; i > 0; i--)
    {
      if (i - 1 == keep)
        keep = previous[i - 1];
      else
        places[i - 1] = NOWHERE;
    }
}

static guint
count_runs (const guint *places,
            guint        n,
            guint        n_wanted)
{
  guint runs = 0, i = 0, j = 0;

  while (i < n || j < n_wanted)
    {
      guint next = j;

      if (i < n && places[i] == j)
        {
          i++;
          j++;
          continue;
        }

      while (i < n && places[i] == NOWHERE)
        i++;
      next = i < n ? places[i] : n_wanted;
      j = next;
      runs++;
    }
  return runs;
}

static void
splice (GArray          *ids,
        guint            position,
        guint            n_removed,
        const gint64    *added,
        guint            n_added,
        BalIdSpliceFunc  func,
        gpointer         data)
{
  if (n_removed > 0)
    g_array_remove_range (ids, position, n_removed);
  if (n_added > 0)
    g_array_insert_vals (ids, position, added, n_added);
  func (position, n_removed, n_added, data);
}

static void
splice_runs (GArray          *ids,
             GArray          *wanted,
             guint            head,
             const guint     *places,
             guint            n,
             guint            n_wanted,
             BalIdSpliceFunc  func,
             gpointer         data)
{
  guint i = 0, j = 0;

  while (i < n || j < n_wanted)
    {
      guint removed = 0, next;

      if (i < n && places[i] == j)
        {
          i++;
          j++;
          continue;
        }

      while (i < n && places[i] == NOWHERE)
        {
          i++;
          removed++;
        }
      next = i < n ? places[i] : n_wanted;
      splice (ids, head + j, removed, &g_array_index (wanted, gint64, head + j), next - j, func, data);
      j = next;
    }
}

void
bal_id_splice (GArray          *ids,
               GArray          *wanted,
               BalIdSpliceFunc  func,
               gpointer         data)
{
  guint head = 0, tail = 0, shorter = MIN (ids->len, wanted->len);
  g_autofree guint *places = NULL;
  guint n, n_wanted;

  while (head < shorter && get_id (ids, head) == get_id (wanted, head))
    head++;
  while (tail < shorter - head &&
         get_id (ids, ids->len - 1 - tail) == get_id (wanted, wanted->len - 1 - tail))
    tail++;

  n = ids->len - head - tail;
  n_wanted = wanted->len - head - tail;
  if (n == 0 && n_wanted == 0)
    return;

  if (n > 0 && n_wanted > 0)
    {
      places = find_places (ids, wanted, head, n, n_wanted);
      keep_longest_rise (places, n);
      if (count_runs (places, n, n_wanted) <= MAX_RUNS)
        {
          splice_runs (ids, wanted, head, places, n, n_wanted, func, data);
          return;
        }
    }

  splice (ids, head, n, n_wanted > 0 ? &g_array_index (wanted, gint64, head) : NULL, n_wanted, func, data);
}
