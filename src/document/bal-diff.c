/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-diff.h"

#define SMALL   (1u << 18)   /* cells of the table for the exact answer */
#define DEEPEST 24
#define MOST_EDITS 256       /* of two big sequences that have nothing unique in common */

typedef struct
{
  const guint *a;
  const guint *b;
  int         *match;
} Diff;

/* A half-open stretch of both sequences. */
typedef struct
{
  guint a_start, a_end;
  guint b_start, b_end;
} Span;

typedef struct
{
  guint count_a, count_b;
  guint in_a, in_b;
} Occurrence;

static void
diff_small (Diff *self,
            Span  span)
{
  guint rows = span.a_end - span.a_start;
  guint columns = span.b_end - span.b_start;
  g_autofree guint16 *table = g_new0 (guint16, (rows + 1) * (columns + 1));
  guint i = 0;
  guint j = 0;

#define CELL(r, c) table[(r) * (columns + 1) + (c)]
  for (guint r = rows; r-- > 0;)
    for (guint c = columns; c-- > 0;)
      if (self->a[span.a_start + r] == self->b[span.b_start + c])
        CELL (r, c) = CELL (r + 1, c + 1) + 1;
      else
        CELL (r, c) = MAX (CELL (r + 1, c), CELL (r, c + 1));

  while (i < rows && j < columns)
    {
      if (self->a[span.a_start + i] == self->b[span.b_start + j])
        self->match[span.b_start + j++] = span.a_start + i++;
      else if (CELL (i + 1, j) >= CELL (i, j + 1))
        i++;
      else
        j++;
    }
#undef CELL
}

static GHashTable *
count_occurrences (Diff *self,
                   Span  span)
{
  GHashTable *table = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = span.a_start; i < span.a_end; i++)
    {
      Occurrence *found = g_hash_table_lookup (table, GUINT_TO_POINTER (self->a[i]));

      if (found == NULL)
        {
          found = g_new0 (Occurrence, 1);
          g_hash_table_insert (table, GUINT_TO_POINTER (self->a[i]), found);
        }
      found->count_a++;
      found->in_a = i;
    }
  for (guint i = span.b_start; i < span.b_end; i++)
    {
      Occurrence *found = g_hash_table_lookup (table, GUINT_TO_POINTER (self->b[i]));

      if (found != NULL)
        {
          found->count_b++;
          found->in_b = i;
        }
    }
  return table;
}

/* The longest rising sequence of what is unique on both sides, by piles of cards. */
static GArray *
find_anchors (Diff *self,
              Span  span)
{
  g_autoptr(GHashTable) table = count_occurrences (self, span);
  g_autoptr(GArray) unique = g_array_new (FALSE, FALSE, sizeof (Occurrence));
  g_autoptr(GArray) piles = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *before = NULL;
  GArray *anchors = g_array_new (FALSE, FALSE, sizeof (Occurrence));
  guint at;

  for (guint i = span.b_start; i < span.b_end; i++)
    {
      Occurrence *found = g_hash_table_lookup (table, GUINT_TO_POINTER (self->b[i]));

      if (found != NULL && found->count_a == 1 && found->count_b == 1)
        g_array_append_val (unique, *found);
    }
  before = g_new (guint, unique->len + 1);
  for (guint i = 0; i < unique->len; i++)
    {
      guint in_a = g_array_index (unique, Occurrence, i).in_a;
      guint low = 0;
      guint high = piles->len;

      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (g_array_index (unique, Occurrence, g_array_index (piles, guint, middle)).in_a < in_a)
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? g_array_index (piles, guint, low - 1) : G_MAXUINT;
      if (low == piles->len)
        g_array_append_val (piles, i);
      else
        g_array_index (piles, guint, low) = i;
    }

  g_array_set_size (anchors, piles->len);
  at = piles->len > 0 ? g_array_index (piles, guint, piles->len - 1) : G_MAXUINT;
  for (guint i = piles->len; i-- > 0; at = before[at])
    g_array_index (anchors, Occurrence, i) = g_array_index (unique, Occurrence, at);
  return anchors;
}

/* Walks back from the end of both sequences; @reached has for each number of edits how far each
 * diagonal -d…d went. */
static void
follow_back (Diff   *self,
             Span    span,
             GArray *reached,
             int     n_edits)
{
  int i = span.a_end - span.a_start;
  int j = span.b_end - span.b_start;

  for (int d = n_edits; d > 0; d--)
    {
      const int *before = (const int *) (gconstpointer) reached->data + (d - 1) * (d - 1) + d - 1;
      int k = i - j;
      gboolean down = k == -d || (k != d && before[k - 1] < before[k + 1]);
      int from = down ? k + 1 : k - 1;

      for (int start = down ? before[from] : before[from] + 1; i > start; i--, j--)
        self->match[span.b_start + j - 1] = span.a_start + i - 1;
      i = before[from];
      j = i - from;
    }
  for (; i > 0; i--, j--)
    self->match[span.b_start + j - 1] = span.a_start + i - 1;
}

/* The fewest edits, if they are few (Myers 1986). */
static void
diff_few (Diff *self,
          Span  span)
{
  g_autoptr(GArray) reached = g_array_new (FALSE, FALSE, sizeof (int));
  int n_a = span.a_end - span.a_start;
  int n_b = span.b_end - span.b_start;

  for (int d = 0; d <= MOST_EDITS; d++)
    {
      int *now, *before;

      g_array_set_size (reached, (d + 1) * (d + 1));
      now = (int *) (gpointer) reached->data + d * d + d;
      before = d > 0 ? (int *) (gpointer) reached->data + (d - 1) * (d - 1) + d - 1 : NULL;
      for (int k = -d; k <= d; k += 2)
        {
          int i = 0;
          int j;

          if (d > 0)
            i = k == -d || (k != d && before[k - 1] < before[k + 1]) ? before[k + 1]
                                                                     : before[k - 1] + 1;
          j = i - k;
          for (; i < n_a && j < n_b && self->a[span.a_start + i] == self->b[span.b_start + j]; i++)
            j++;
          now[k] = i;
          if (i == n_a && j == n_b)
            {
              follow_back (self, span, reached, d);
              return;
            }
        }
    }
}

static void
diff_span (Diff *self,
           Span  span,
           guint depth)
{
  g_autoptr(GArray) anchors = NULL;

  while (span.a_start < span.a_end && span.b_start < span.b_end &&
         self->a[span.a_start] == self->b[span.b_start])
    self->match[span.b_start++] = span.a_start++;
  while (span.a_start < span.a_end && span.b_start < span.b_end &&
         self->a[span.a_end - 1] == self->b[span.b_end - 1])
    self->match[--span.b_end] = --span.a_end;
  if (span.a_start == span.a_end || span.b_start == span.b_end || depth > DEEPEST)
    return;
  if ((guint64) (span.a_end - span.a_start + 1) * (span.b_end - span.b_start + 1) <= SMALL)
    {
      diff_small (self, span);
      return;
    }

  anchors = find_anchors (self, span);
  if (anchors->len == 0)
    {
      diff_few (self, span);
      return;
    }
  for (guint i = 0; i <= anchors->len; i++)
    {
      Span part = span;

      if (i < anchors->len)
        {
          part.a_end = g_array_index (anchors, Occurrence, i).in_a;
          part.b_end = g_array_index (anchors, Occurrence, i).in_b;
          self->match[part.b_end] = part.a_end;
          span.a_start = part.a_end + 1;
          span.b_start = part.b_end + 1;
        }
      diff_span (self, part, depth + 1);
    }
}

void
bal_diff (const guint *a,
          guint        n_a,
          const guint *b,
          guint        n_b,
          int         *match)
{
  Diff diff = { a, b, match };

  for (guint i = 0; i < n_b; i++)
    match[i] = -1;
  diff_span (&diff, (Span) { 0, n_a, 0, n_b }, 0);
}

guint *
bal_diff_number (GHashTable *table,
                 GArray     *things)
{
  guint size = g_array_get_element_size (things);
  guint *numbers = g_new (guint, things->len + 1);

  for (guint i = 0; i < things->len; i++)
    {
      gpointer thing = things->data + (gsize) i * size;
      gpointer found;

      if (!g_hash_table_lookup_extended (table, thing, NULL, &found))
        {
          found = GUINT_TO_POINTER (g_hash_table_size (table));
          g_hash_table_insert (table, thing, found);
        }
      numbers[i] = GPOINTER_TO_UINT (found);
    }
  return numbers;
}
