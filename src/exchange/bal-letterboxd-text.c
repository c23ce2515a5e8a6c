/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-letterboxd-text.h"

#include <math.h>
#include <string.h>

#include "bal-entities.h"
#include "bal-safe-text.h"

/* ---- grades ---- */

/* Stars, points and percent count from nothing, half a star being a tenth of all; a scale of words or letters is laid out
 * from the lowest rating there is to the highest. */
static double
get_value (BalGradeScale *scale,
           guint          halves)
{
  static const char *const counting[] = { "stars", "ten", "percent", NULL };

  return g_strv_contains (counting, bal_grade_scale_get_id (scale)) ? halves / 10.0 : (halves - 1) / 9.0;
}

guint
bal_letterboxd_rate (BalGradeScale *scale,
                     double         value)
{
  guint best = 1;

  for (guint halves = 2; halves <= 10; halves++)
    if (fabs (get_value (scale, halves) - value) <= fabs (get_value (scale, best) - value) + 1e-9)
      best = halves;
  return best;
}

const char *
bal_letterboxd_find_grade (BalGradeScale *scale,
                           guint          halves)
{
  double value = get_value (scale, halves), best = 2;
  const char *label = NULL;

  for (guint i = 0; i < bal_grade_scale_get_n_grades (scale); i++)
    {
      double distance = fabs (bal_grade_scale_get_value (scale, i) - value);

      if (distance < best - 1e-9)
        {
          best = distance;
          label = bal_grade_scale_get_label (scale, i);
        }
    }

  return label;
}

/* ---- text ---- */

/* HTML has names for the marks that stand for something else in a file of rows: so the text has none of them, however it is read. */
static void
append_plain (GString    *out,
              const char *text,
              gsize       length)
{
  bal_entities_append (out, text, length, TRUE);
}

static void
append_run (GString      *out,
            const BalRun *run,
            const char   *text,
            guint        *n_left_out)
{
  g_autofree char *link = run->object == NULL ? bal_safe_link (run->link) : NULL;

  if (run->object != NULL)
    {
      (*n_left_out)++;
      return;
    }

  if (link != NULL)
    {
      g_autoptr(GString) address = g_string_new (link);

      g_string_replace (address, "'", "%27", 0);
      g_string_append (out, "<a href='");
      append_plain (out, address->str, address->len);
      g_string_append (out, "'>");
    }
  g_string_append (out, run->style & BAL_STYLE_BOLD ? "<b>" : "");
  g_string_append (out, run->style & BAL_STYLE_ITALIC ? "<i>" : "");
  append_plain (out, text + run->start, run->length);
  g_string_append (out, run->style & BAL_STYLE_ITALIC ? "</i>" : "");
  g_string_append (out, run->style & BAL_STYLE_BOLD ? "</b>" : "");
  g_string_append (out, link != NULL ? "</a>" : "");
}

static void
append_text (GString  *out,
             BalBlock *block,
             guint    *n_left_out)
{
  const char *text = bal_block_get_text (block);
  guint n_runs, at = 0;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  for (guint i = 0; i < n_runs; i++)
    {
      append_plain (out, text + at, runs[i].start - at);
      append_run (out, &runs[i], text, n_left_out);
      at = runs[i].start + runs[i].length;
    }
  append_plain (out, text + at, strlen (text) - at);
}

static void append_block (GString    *out,
                          BalBlock   *block,
                          const char *before,
                          guint      *n_left_out);

static void
append_children (GString    *out,
                 BalBlock   *block,
                 guint      *n_left_out)
{
  gboolean is_list = bal_block_get_kind (block) == BAL_BLOCK_LIST;

  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      g_autofree char *number = is_list && bal_block_get_ordered (block) ? g_strdup_printf ("%u. ", i + 1)
                                                                        : g_strdup (is_list ? "• " : "");

      append_block (out, bal_block_get_child (block, i), number, n_left_out);
    }
}

static void
append_block (GString    *out,
              BalBlock   *block,
              const char *before,
              guint      *n_left_out)
{
  BalBlockKind kind = bal_block_get_kind (block);
  gsize length = out->len;

  if (kind == BAL_BLOCK_IMAGE || kind == BAL_BLOCK_TABLE || kind == BAL_BLOCK_OPAQUE)
    {
      (*n_left_out)++;
      return;
    }
  if (kind == BAL_BLOCK_LIST || kind == BAL_BLOCK_JUMP_BREAK)
    {
      append_children (out, block, n_left_out);
      return;
    }

  if (out->len > 0)
    g_string_append (out, kind == BAL_BLOCK_ITEM && g_str_has_prefix (before, "•") ? "\n" : "\n\n");
  length = out->len;
  g_string_append (out, before);
  if (kind == BAL_BLOCK_QUOTE)
    {
      g_autoptr(GString) inside = g_string_new (NULL);

      append_children (inside, block, n_left_out);
      g_string_append_printf (out, "<blockquote>%s</blockquote>", inside->str);
      return;
    }

  g_string_append (out, kind == BAL_BLOCK_SEPARATOR ? "* * *" : kind == BAL_BLOCK_HEADING ? "<b>" : "");
  append_text (out, block, n_left_out);
  g_string_append (out, kind == BAL_BLOCK_HEADING ? "</b>" : "");
  if (out->len == length)
    g_string_truncate (out, length > 2 ? length - 2 : 0);
  if (kind == BAL_BLOCK_ITEM)
    append_children (out, block, n_left_out);
}

char *
bal_letterboxd_text_from_document (BalDocument *document,
                                   guint       *n_left_out)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    append_block (out, bal_document_get_block (document, i), "", n_left_out);
  g_string_replace (out, "\\", "&#92;", 0);
  return g_strstrip (g_string_free (out, FALSE));
}
