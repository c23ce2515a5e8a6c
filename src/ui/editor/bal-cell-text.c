/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cell-text.h"

#include <string.h>

/* The stretch that is different, in bytes; @delta is by how much the rest moves. */
typedef struct
{
  guint start;
  guint end;        /* in the old text */
  int   delta;
} Change;

/* “one two” with “three ” in it is the same wherever that begins; a person began at a word. */
static void
slide_to_word (Change     *change,
               const char *from,
               const char *to)
{
  guint start = change->start, end = change->end;

  if (start != end && end + change->delta != start)
    return;
  while (start > 0 && from[start - 1] != ' ' && from[start - 1] != '\n')
    {
      guint n = from + start - g_utf8_prev_char (from + start);
      const char *last = start == end ? to + end + change->delta : from + end;

      if (memcmp (from + start - n, last - n, n) != 0)
        return;
      start -= n;
      end -= n;
    }
  change->start = start;
  change->end = end;
}

static Change
find_change (const char *from,
             const char *to)
{
  guint from_length = strlen (from);
  guint to_length = strlen (to);
  guint shorter = MIN (from_length, to_length);
  guint head = 0, tail = 0;
  Change change;

  while (head < shorter && from[head] == to[head])
    head++;
  while (head > 0 && (from[head] & 0xc0) == 0x80)
    head--;
  while (head > 0 && (to[head] & 0xc0) == 0x80)
    head--;
  while (tail < shorter - head && from[from_length - 1 - tail] == to[to_length - 1 - tail])
    tail++;
  while (tail > 0 && (from[from_length - tail] & 0xc0) == 0x80)
    tail--;
  change = (Change) { head, from_length - tail, (int) to_length - (int) from_length };
  slide_to_word (&change, from, to);
  return change;
}

static gboolean
is_style_only (const BalRun *run)
{
  return run->link == NULL && run->open == NULL && run->close == NULL;
}

/* Whether what came in belongs to @run. */
static gboolean
takes_in (const BalRun *run,
          const Change *change)
{
  guint end = run->start + run->length;

  if (change->start < change->end)
    return run->start <= change->start && end >= change->end;
  if (run->start < change->start && end > change->start)
    return TRUE;
  return is_style_only (run) &&
         (end == change->start || (change->start == 0 && run->start == 0));
}

/* The part of @run that stays, moved to where it is now; @owner: with what came in. */
static gboolean
move_run (BalRun       *run,
          const Change *change,
          gboolean      owner)
{
  guint end = run->start + run->length;
  guint inserted_end = change->end + change->delta;

  if (owner)
    {
      end = MAX (end, change->end) + change->delta;
      run->start = MIN (run->start, change->start);
    }
  else
    {
      if (end > change->start)
        end = end > change->end ? end + change->delta : change->start;
      if (run->start >= change->end)
        run->start += change->delta;
      else if (run->start >= change->start)
        run->start = inserted_end;
    }
  run->length = end > run->start ? end - run->start : 0;
  return run->length > 0;
}

BalBlock *
bal_cell_text_replace (BalBlock   *cell,
                       const char *text)
{
  Change change = find_change (bal_block_get_text (cell), text);
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  guint n_runs, owner = 0;
  const BalRun *old = bal_block_get_runs (cell, &n_runs);

  while (owner < n_runs && !takes_in (&old[owner], &change))
    owner++;
  for (guint i = 0; i < n_runs; i++)
    {
      BalRun run = old[i];

      if (move_run (&run, &change, i == owner))
        g_array_append_val (runs, run);
    }
  return bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, (const BalRun *) (gpointer) runs->data, runs->len);
}

gboolean
bal_cell_text_is_plain (BalBlock *cell)
{
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (cell, &n_runs);

  for (guint i = 0; i < n_runs; i++)
    if (runs[i].object != NULL)
      return FALSE;
  return strpbrk (bal_block_get_text (cell), "\r") == NULL;
}

static void
add (PangoAttrList  *list,
     const BalRun   *run,
     PangoAttribute *attribute)
{
  attribute->start_index = run->start;
  attribute->end_index = run->start + run->length;
  pango_attr_list_insert (list, attribute);
}

PangoAttrList *
bal_cell_text_dup_attributes (BalBlock *cell)
{
  PangoAttrList *list = pango_attr_list_new ();
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (cell, &n_runs);

  for (guint i = 0; i < n_runs; i++)
    {
      const BalRun *run = &runs[i];

      if (run->style & BAL_STYLE_BOLD)
        add (list, run, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      if (run->style & BAL_STYLE_ITALIC)
        add (list, run, pango_attr_style_new (PANGO_STYLE_ITALIC));
      if ((run->style & BAL_STYLE_UNDERLINE) || run->link != NULL)
        add (list, run, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE));
      if (run->style & BAL_STYLE_STRIKE)
        add (list, run, pango_attr_strikethrough_new (TRUE));
      if (run->style & BAL_STYLE_CODE)
        add (list, run, pango_attr_family_new ("Monospace"));
    }
  return list;
}
