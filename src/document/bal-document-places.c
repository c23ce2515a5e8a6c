/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document-places.h"

#include "bal-document-private.h"
#include "bal-reader.h"

#include <string.h>

static gboolean
has_text (BalBlock *block)
{
  return block->kind == BAL_BLOCK_PARAGRAPH || block->kind == BAL_BLOCK_HEADING ||
         block->kind == BAL_BLOCK_PREFORMATTED || block->kind == BAL_BLOCK_ITEM;
}

/* Its beginning is its only place. */
static gboolean
is_mark (BalBlock *block)
{
  return !has_text (block) && bal_block_get_n_children (block) == 0;
}

/* (nullable): where each character of a block's own text is spelled, counted from its content. */
static BalInline *
read_atoms (BalDocument *self,
            BalBlock    *block)
{
  BalDialect dialect = bal_document_get_dialect (self);

  if (!has_text (block))
    return NULL;
  return bal_inline_read (bal_block_source_at (block, block->content_start),
                          block->content_end - block->content_start,
                          bal_reader_inline_flags (dialect, block->kind, block->form) | BAL_INLINE_ATOMS);
}

static gboolean
find_start (BalBlock *inside,
            BalBlock *block,
            gsize    *start)
{
  if (inside == block)
    return TRUE;
  for (guint i = 0; i < bal_block_get_n_children (inside); i++)
    {
      gsize at = *start;

      *start += inside->child_starts[i];
      if (find_start (bal_block_get_child (inside, i), block, start))
        return TRUE;
      *start = at;
    }
  return FALSE;
}

gsize
bal_document_get_byte (BalDocument *self,
                       BalBlock    *block,
                       gsize        offset)
{
  g_autoptr(BalInline) content = NULL;
  const BalAtom *atoms;
  gsize start = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (block != NULL, 0);

  if (!find_start (bal_document_get_root (self), block, &start))
    return 0;
  content = read_atoms (self, block);
  if (content == NULL)
    return start;

  start += block->content_start;
  atoms = (const BalAtom *) (gconstpointer) content->atoms->data;
  for (guint i = 0; i < content->atoms->len; i++)
    if (atoms[i].text_start >= offset)
      return start + atoms[i].source_start;
  return content->atoms->len > 0 ? start + atoms[content->atoms->len - 1].source_end : start;
}

/* The child that a byte is in, or else the one that is nearest to it. */
static guint
find_child (BalBlock *block,
            gsize     byte)
{
  guint n_children = bal_block_get_n_children (block);
  guint low = 0, high = n_children;
  gsize end;

  /* The last that begins no later. */
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (block->child_starts[middle] <= byte)
        low = middle;
      else
        high = middle;
    }
  /* Text that no tag ends goes on until where the next block begins. */
  if (low > 0 && byte == block->child_starts[low] && !is_mark (bal_block_get_child (block, low)) &&
      bal_block_get_child (block, low - 1)->form == BAL_FORM_BARE)
    {
      end = block->child_starts[low - 1] + bal_block_source_length (bal_block_get_child (block, low - 1));
      return end == byte ? low - 1 : low;
    }
  end = block->child_starts[low] + bal_block_source_length (bal_block_get_child (block, low));
  if (low + 1 < n_children && byte > end && block->child_starts[low + 1] - byte < byte - end)
    low++;
  return low;
}

/* Whether a byte belongs to a block's own text, not to what an item holds below it. */
static gboolean
is_in_content (BalBlock *block,
               gsize     byte)
{
  return bal_block_get_n_children (block) == 0 ||
         (block->kind == BAL_BLOCK_ITEM && *block->text != '\0' &&
          (byte < block->child_starts[0] ||
           (byte == block->content_end && !is_mark (bal_block_get_child (block, 0)))));
}

BalBlock *
bal_document_find_place (BalDocument *self,
                         gsize        byte,
                         gsize       *offset)
{
  g_autoptr(BalInline) content = NULL;
  BalBlock *block;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (offset != NULL, NULL);

  *offset = 0;
  block = bal_document_get_root (self);
  if (bal_block_get_n_children (block) == 0)
    return NULL;
  while (!is_in_content (block, byte))
    {
      guint index = find_child (block, byte);

      byte = byte > block->child_starts[index] ? byte - block->child_starts[index] : 0;
      block = bal_block_get_child (block, index);
    }

  content = read_atoms (self, block);
  if (content == NULL)
    return block;
  *offset = content->text->len;
  byte = byte > block->content_start ? byte - block->content_start : 0;
  for (guint i = 0; i < content->atoms->len; i++)
    {
      const BalAtom *atom = &g_array_index (content->atoms, BalAtom, i);

      if (atom->source_end > byte)
        {
          *offset = atom->text_start;
          break;
        }
    }
  return block;
}
