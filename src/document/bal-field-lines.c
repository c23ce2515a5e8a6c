/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-field-lines.h"

#include <string.h>

#define LONGEST_LINE 8000

static void
clear_line (BalFoundLine *line)
{
  bal_review_fields_clear (&line->fields);
}

static gboolean
may_hold_lines (BalBlock *block)
{
  BalBlockKind kind = bal_block_get_kind (block);

  return kind == BAL_BLOCK_PARAGRAPH || kind == BAL_BLOCK_HEADING;
}

BalFoundLine *
bal_field_lines_get (GArray       *lines,
                     BalFieldLine  which)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, BalFoundLine, i).which == which)
      return &g_array_index (lines, BalFoundLine, i);
  return NULL;
}

/* Looks through one block's lines from its last to its first. */
static void
find_in_block (GArray          *lines,
               BalBlock        *block,
               guint            index,
               BalReviewFormat *format)
{
  const char *text = bal_block_get_text (block);
  const char *end = text + strlen (text);
  gboolean begins = TRUE;

  if (!bal_field_lines_possible (text, end - text, &begins))
    return;
  while (lines->len < BAL_N_FIELD_LINES - 1)
    {
      const char *start = end;
      BalFoundLine found = { .block = index };
      g_autofree char *line = NULL;

      while (start > text && start[-1] != '\n')
        start--;
      found.start = start - text;
      found.length = end - start;
      if (found.length <= LONGEST_LINE)
        {
          line = g_strndup (start, found.length);
          found.which = bal_review_format_read_line (format, line, &found.fields);
        }
      if (found.which != BAL_FIELD_LINE_NONE && bal_field_lines_get (lines, found.which) == NULL)
        g_array_prepend_val (lines, found);
      else
        bal_review_fields_clear (&found.fields);
      if (start == text)
        return;
      end = start - 1;
    }
}

/* A line of fields has a colon, of any width, or begins with a dash. What a character reference stands for is not looked
 * up, nor what else begins like a wide colon. */
gboolean
bal_field_lines_possible (const char *text,
                          gsize       length,
                          gboolean   *begins)
{
  const char *end = text + length;

  if (memchr (text, ':', length) != NULL || memchr (text, '&', length) != NULL || memchr (text, 0xef, length) != NULL ||
      memchr (text, '\r', length) != NULL)
    return TRUE;
  for (const char *p = text; p < end; p++)
    {
      if (!*begins && (p = memchr (p, '\n', end - p)) == NULL)
        return FALSE;
      if (*p == '-' || (*p & 0x80) != 0)
        return TRUE;
      *begins = *p <= ' ';
    }
  return FALSE;
}

GArray *
bal_field_lines_find (GPtrArray       *blocks,
                      BalReviewFormat *format)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (BalFoundLine));

  g_array_set_clear_func (lines, (GDestroyNotify) clear_line);
  for (guint i = blocks->len; i-- > 0 && lines->len < BAL_N_FIELD_LINES - 1;)
    if (may_hold_lines (g_ptr_array_index (blocks, i)))
      find_in_block (lines, g_ptr_array_index (blocks, i), i, format);
  return lines;
}

gboolean
bal_field_lines_fill_block (GArray   *lines,
                            guint     index,
                            BalBlock *block)
{
  const char *text = bal_block_get_text (block);
  gsize at = 0;
  gboolean any = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      BalFoundLine *line = &g_array_index (lines, BalFoundLine, i);

      if (line->block != index)
        continue;
      for (; at < line->start; at++)
        if (!g_ascii_isspace (text[at]))
          return FALSE;
      at = line->start + line->length;
      any = TRUE;
    }
  for (; text[at] != '\0'; at++)
    if (!g_ascii_isspace (text[at]))
      return FALSE;
  return any;
}

static void
copy_field (char       **to,
            const char  *from)
{
  g_free (*to);
  *to = from != NULL && *from != '\0' ? g_strdup (from) : NULL;
}

void
bal_field_lines_copy (BalFieldLine           which,
                      const BalReviewFields *from,
                      BalReviewFields       *to)
{
  switch (which)
    {
    case BAL_FIELD_LINE_GRADE:
      copy_field (&to->grade, from->grade);
      break;
    case BAL_FIELD_LINE_WATCHED_ON:
      copy_field (&to->watched_on, from->watched_on);
      break;
    case BAL_FIELD_LINE_QUOTE:
      copy_field (&to->quote, from->quote);
      copy_field (&to->quote_character, from->quote_character);
      copy_field (&to->quote_actor, from->quote_actor);
      break;
    case BAL_FIELD_LINE_NONE:
    default:
      break;
    }
}

gboolean
bal_field_lines_equal (BalFieldLine           which,
                       const BalReviewFields *a,
                       const BalReviewFields *b)
{
  g_auto(BalReviewFields) only_a = { NULL };
  g_auto(BalReviewFields) only_b = { NULL };

  bal_field_lines_copy (which, a, &only_a);
  bal_field_lines_copy (which, b, &only_b);
  return bal_review_fields_equal (&only_a, &only_b);
}

static BalBlock *
with_text (BalBlock   *block,
           const char *text,
           GArray     *runs)
{
  return bal_block_new_text (bal_block_get_kind (block), bal_block_get_level (block), text,
                             (const BalRun *) (gconstpointer) runs->data, runs->len);
}

/* The run at a byte of the text, or NULL when it is plain there. */
static const BalRun *
find_run (BalBlock *block,
          gsize     at)
{
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  for (guint i = 0; i < n_runs; i++)
    if (runs[i].start <= at && at < runs[i].start + runs[i].length)
      return &runs[i];
  return NULL;
}

static void
append_part (GArray       *runs,
             const BalRun *run,
             gsize         start,
             gsize         end)
{
  BalRun part = *run;

  if (start >= end)
    return;
  part.start = start;
  part.length = end - start;
  g_array_append_val (runs, part);
}

/* Puts @text where [@start, @end) of the block's text is, in the look of @like (NULL: plain). */
static BalBlock *
splice (BalBlock     *block,
        gsize         start,
        gsize         end,
        const char   *text,
        const BalRun *like)
{
  g_autoptr(GString) out = g_string_new (bal_block_get_text (block));
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
  gsize length = strlen (text);
  guint n_runs;
  const BalRun *old = bal_block_get_runs (block, &n_runs);

  g_string_erase (out, start, end - start);
  g_string_insert (out, start, text);
  for (guint i = 0; i < n_runs; i++)
    append_part (runs, &old[i], old[i].start, MIN (old[i].start + old[i].length, start));
  if (like != NULL && like->object == NULL)
    append_part (runs, like, start, start + length);
  for (guint i = 0; i < n_runs; i++)
    append_part (runs, &old[i], MAX (old[i].start, end) - end + start + length,
                 MAX (old[i].start + old[i].length, end) - end + start + length);
  return with_text (block, out->str, runs);
}

/* Takes the line with one of the newlines at its ends. */
static BalBlock *
remove_line (BalBlock *block,
             gsize     start,
             gsize     length)
{
  const char *text = bal_block_get_text (block);
  gsize end = start + length;

  if (start > 0)
    start--;
  else if (text[end] == '\n')
    end++;
  return splice (block, start, end, "", NULL);
}

BalBlock *
bal_field_lines_replace (BalBlock   *block,
                         gsize       start,
                         gsize       length,
                         const char *line)
{
  const char *text = bal_block_get_text (block);
  const char *old = text + start;
  gsize line_length;
  gsize shorter;
  gsize head = 0;
  gsize tail = 0;
  const BalRun *like;

  if (line == NULL)
    return remove_line (block, start, length);

  line_length = strlen (line);
  shorter = MIN (length, line_length);
  while (head < shorter && old[head] == line[head])
    head++;
  while (head > 0 && (line[head] & 0xC0) == 0x80)
    head--;
  while (tail < shorter - head && old[length - 1 - tail] == line[line_length - 1 - tail])
    tail++;
  while (tail > 0 && (line[line_length - tail] & 0xC0) == 0x80)
    tail--;

  if (head + tail < length || head == 0)
    like = find_run (block, start + head);
  else
    like = find_run (block, start + head - 1);
  {
    g_autofree char *middle = g_strndup (line + head, line_length - head - tail);

    return splice (block, start + head, start + length - tail, middle, like);
  }
}

/* Length of the label with its colon when the line has it in one style of its own; else 0. */
static gsize
styled_label_length (BalBlock *block,
                     gsize     start,
                     gsize     length)
{
  const char *text = bal_block_get_text (block) + start;
  const char *colon = memchr (text, ':', length);
  const BalRun *run = find_run (block, start);

  if (colon == NULL || run == NULL || run->object != NULL || run->start != start ||
      run->start + run->length < start + (colon - text) ||
      run->start + run->length > start + (colon - text) + 2)
    return 0;
  return colon - text + 1;
}

BalBlock *
bal_field_lines_insert (BalBlock   *block,
                        gsize       start,
                        gsize       length,
                        const char *line,
                        gboolean    before)
{
  gboolean labelled = styled_label_length (block, start, length) > 0;
  const char *colon = strchr (line, ':');
  BalRun style = { 0 };
  g_autofree char *label = NULL;
  g_autofree char *rest = NULL;
  g_autoptr(BalBlock) broken = NULL;
  g_autoptr(BalBlock) with_rest = NULL;
  gsize at = before ? start : start + length + 1;

  if (labelled && colon != NULL)
    {
      label = g_strndup (line, colon + 1 - line);
      rest = g_strdup (colon + 1);
      style = *find_run (block, start);
    }
  else
    {
      label = g_strdup ("");
      rest = g_strdup (line);
    }
  broken =
    splice (block, before ? start : start + length, before ? start : start + length, "\n", NULL);
  with_rest = splice (broken, at, at, rest, NULL);
  return splice (with_rest, at, at, label, labelled && colon != NULL ? &style : NULL);
}
