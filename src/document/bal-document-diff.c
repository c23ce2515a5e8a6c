/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document-diff.h"

#include "bal-document-private.h"
#include "bal-match.h"
#include "bal-reader.h"
#include "bal-safe-text.h"

#include <string.h>

/* How alike a heading and a paragraph, say, must be to be one block that was changed. */
#define ALIKE_ACROSS_KINDS 60

static void
append_name (GString    *out,
             const char *name)
{
  g_string_append_printf (out, "[%s]", name);
}

/* Each inline object as its name. */
static void
append_inline (GString  *out,
               BalBlock *block)
{
  guint at = 0;

  for (guint i = 0; i < block->n_runs; i++)
    {
      const BalRun *run = &block->runs[i];
      g_autofree char *name = NULL;

      if (run->object == NULL)
        continue;
      name = bal_reader_island_name (run->object, strlen (run->object));
      g_string_append_len (out, block->text + at, run->start - at);
      append_name (out, name);
      at = run->start + run->length;
    }
  g_string_append (out, block->text + at);
}

/* An island shows its name; what there is to read in it follows. */
static void
append_island (GString  *out,
               BalBlock *block)
{
  g_autofree char *text = NULL;

  append_name (out, bal_block_get_name (block));
  if (block->kind == BAL_BLOCK_OPAQUE && block->source != NULL)
    {
      g_autofree char *html =
        g_strndup (bal_block_source_at (block, 0), bal_block_source_length (block));

      text = g_strchomp (bal_safe_text_from_html (html));
    }
  else
    {
      text = g_strdup (block->text);
    }
  if (*text != '\0')
    g_string_append_printf (out, " %s", text);
}

static void
append_block (GString  *out,
              BalBlock *block)
{
  gsize start = out->len;

  switch (block->kind)
    {
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
      append_island (out, block);
      break;
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_PREFORMATTED:
    default:
      append_inline (out, block);
      break;
    }
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    {
      if (out->len > start && out->str[out->len - 1] != '\n')
        g_string_append_c (out, '\n');
      append_block (out, bal_block_get_child (block, i));
    }
}

/**
 * bal_block_to_text:
 *
 * Returns: (transfer full): what a reader sees of a block, each nested block on a line of its own;
 *   an image or island as its name in brackets, before its own text if it has any
 */
char *
bal_block_to_text (BalBlock *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  append_block (out, self);
  return g_string_free (out, FALSE);
}

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

guint
bal_block_least_likeness (BalBlock *from,
                          BalBlock *to)
{
  if (from->kind != to->kind)
    return ALIKE_ACROSS_KINDS;
  if (from->kind == BAL_BLOCK_OPAQUE &&
      !g_str_equal (bal_block_get_name (from), bal_block_get_name (to)))
    return BAL_MATCH_NEVER;
  return 1;
}

static guint
least_likeness (gconstpointer from,
                gconstpointer to)
{
  return bal_block_least_likeness ((BalBlock *) from, (BalBlock *) to);
}

char *
bal_block_dup_likeness (BalBlock *self)
{
  if ((self->kind == BAL_BLOCK_IMAGE || self->kind == BAL_BLOCK_TABLE ||
       self->kind == BAL_BLOCK_OPAQUE) &&
      self->source != NULL)
    return g_strndup (bal_block_source_at (self, 0), bal_block_source_length (self));
  return bal_block_to_text (self);
}

static char *
dup_likeness (gconstpointer block)
{
  return bal_block_dup_likeness ((BalBlock *) block);
}

static void
free_change (gpointer data)
{
  BalBlockChange *change = data;

  g_clear_pointer (&change->old_block, bal_block_unref);
  g_clear_pointer (&change->new_block, bal_block_unref);
  g_clear_pointer (&change->pieces, g_ptr_array_unref);
  g_free (change);
}

static BalBlockChange *
append_change (GPtrArray     *changes,
               BalDifference  kind,
               BalBlock      *old_block,
               BalBlock      *new_block)
{
  BalBlockChange *change = g_new0 (BalBlockChange, 1);

  change->change = kind;
  change->old_block = old_block != NULL ? bal_block_ref (old_block) : NULL;
  change->new_block = new_block != NULL ? bal_block_ref (new_block) : NULL;
  g_ptr_array_add (changes, change);
  return change;
}

static void
append_altered (GPtrArray *changes,
                BalBlock  *old_block,
                BalBlock  *new_block)
{
  BalBlockChange *change = append_change (changes, BAL_DIFFERENCE_ALTERED, old_block, new_block);
  g_autofree char *old_text = bal_block_to_text (old_block);
  g_autofree char *new_text = bal_block_to_text (new_block);

  change->pieces = bal_text_diff (old_text, new_text);
  change->restyled = g_str_equal (old_text, new_text);
}

/**
 * bal_document_diff:
 * @old: the earlier version
 * @new_: the later one
 *
 * Blocks are the same when they say and show the same, however they are spelled. A block is altered
 * when another of its kind, or one with much the same words, stands in its place.
 *
 * Returns: (transfer full) (element-type BalBlockChange):
 */
GPtrArray *
bal_document_diff (BalDocument *old,
                   BalDocument *new_)
{
  static const BalMatchRules rules = { hash_cb, equal_cb, least_likeness, dup_likeness };
  g_autoptr(GPtrArray) from = NULL;
  g_autoptr(GPtrArray) to = NULL;
  g_autofree int *origin = NULL;
  g_autofree gboolean *equal = NULL;
  GPtrArray *changes;
  guint at = 0;

  g_return_val_if_fail (old != NULL, NULL);
  g_return_val_if_fail (new_ != NULL, NULL);

  changes = g_ptr_array_new_with_free_func (free_change);
  from = bal_document_dup_blocks (old);
  to = bal_document_dup_blocks (new_);
  origin = g_new (int, to->len + 1);
  equal = g_new (gboolean, to->len + 1);
  bal_match (&rules, from, to, origin, equal);
  for (guint i = 0; i < to->len || at < from->len;)
    {
      guint stay = i;
      guint end;

      while (stay < to->len && origin[stay] < 0)
        stay++;
      end = stay < to->len ? (guint) origin[stay] : from->len;
      for (; at < end; at++)
        append_change (changes, BAL_DIFFERENCE_REMOVED, g_ptr_array_index (from, at), NULL);
      for (; i < stay; i++)
        append_change (changes, BAL_DIFFERENCE_ADDED, NULL, g_ptr_array_index (to, i));
      if (i < to->len && equal[i])
        append_change (changes, BAL_DIFFERENCE_SAME, g_ptr_array_index (from, at++),
                       g_ptr_array_index (to, i++));
      else if (i < to->len)
        append_altered (changes, g_ptr_array_index (from, at++), g_ptr_array_index (to, i++));
    }
  return changes;
}
