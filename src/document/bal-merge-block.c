/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-merge-private.h"

#include "bal-merge-text.h"
#include "bal-reader.h"

#include <string.h>

static gboolean
is_line (BalBlock *block)
{
  return block->kind == BAL_BLOCK_PARAGRAPH || block->kind == BAL_BLOCK_HEADING;
}

static gboolean
can_merge (BalBlock *const versions[3])
{
  gboolean lines = is_line (versions[BAL_SIDE_BASE]);

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    {
      if (lines ? !is_line (versions[s]) : versions[s]->kind != versions[BAL_SIDE_BASE]->kind)
        return FALSE;
      if (versions[s]->unclosed)
        return FALSE;
    }
  switch (versions[BAL_SIDE_BASE]->kind)
    {
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_PREFORMATTED:
      return TRUE;
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      return FALSE;
    }
}

static gboolean
same_bytes (BalBlock *a,
            gsize     a_start,
            gsize     a_end,
            BalBlock *b,
            gsize     b_start,
            gsize     b_end)
{
  return a_end - a_start == b_end - b_start &&
         memcmp (bal_block_source_at (a, a_start), bal_block_source_at (b, b_start),
                 a_end - a_start) == 0;
}

/* What stands around a block's text and children: its tags, with all that they say. */
static gboolean
same_frame (BalBlock *a,
            BalBlock *b)
{
  return a->form == b->form && same_bytes (a, 0, a->content_start, b, 0, b->content_start) &&
         same_bytes (a, a->flow_end, bal_block_source_length (a), b, b->flow_end,
                     bal_block_source_length (b));
}

static gboolean
same_content (BalBlock *a,
              BalBlock *b)
{
  return same_bytes (a, a->content_start, a->content_end, b, b->content_start, b->content_end);
}

/* Whichever of two sides changed it; @conflict is set when both did, differently. */
static BalSide
choose_changed (BalBlock *const   versions[3],
                gboolean        (*same) (BalBlock *a,
                                         BalBlock *b),
                gboolean         *conflict)
{
  *conflict = FALSE;
  if (same (versions[BAL_SIDE_MINE], versions[BAL_SIDE_THEIRS]) ||
      same (versions[BAL_SIDE_BASE], versions[BAL_SIDE_THEIRS]))
    return BAL_SIDE_MINE;
  if (same (versions[BAL_SIDE_BASE], versions[BAL_SIDE_MINE]))
    return BAL_SIDE_THEIRS;
  *conflict = TRUE;
  return BAL_SIDE_MINE;
}

static gboolean
says_the_same (BalBlock *a,
               BalBlock *b)
{
  if (!g_str_equal (a->text, b->text) || a->n_runs != b->n_runs)
    return FALSE;
  for (guint i = 0; i < a->n_runs; i++)
    if (a->runs[i].start != b->runs[i].start || a->runs[i].length != b->runs[i].length ||
        !bal_run_same_look (&a->runs[i], &b->runs[i]))
      return FALSE;
  return TRUE;
}

/* In the tags of @frame, and with their spelling. */
static BalBlock *
build_block (BalBlock     *frame,
             const char   *text,
             const BalRun *runs,
             guint         n_runs,
             GPtrArray    *children)
{
  BalBlock *block =
    bal_block_build (frame->kind, frame->level, frame->ordered, text, runs, n_runs,
                     children->len > 0 ? g_ptr_array_ref (children) : NULL, NULL, NULL);

  block->form = frame->form;
  return block;
}

/* The merged text in the tags of @frame; where the words conflict, one side's text as it is. @bytes
 * is set to where it can be copied from. */
static BalBlock *
merge_content (BalBlock *const   versions[3],
               BalBlock         *frame,
               BalMergeManner   *manner,
               GPtrArray        *children,
               BalBlock        **bytes)
{
  gboolean both;
  BalSide side = choose_changed (versions, same_content, &both);

  if (both)
    side = choose_changed (versions, says_the_same, &both);
  if (both)
    {
      g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (BalRun));
      g_autofree char *text = bal_merge_text (versions, runs);

      if (text != NULL)
        return build_block (frame, text, (const BalRun *) (gconstpointer) runs->data, runs->len,
                            children);
      manner->conflict = TRUE;
      side = manner->prefer;
    }
  if (versions[side]->form == frame->form)
    *bytes = versions[side];
  return build_block (frame, versions[side]->text, versions[side]->runs, versions[side]->n_runs,
                      children);
}

/* Writes the text of @block into @frame; @rest is what will follow. */
static void
write_content (BalBlock       *block,
               BalBlock       *frame,
               BalBlock       *bytes,
               BalMergeManner *manner,
               GString        *rest,
               GString        *out)
{
  if (bytes != NULL)
    g_string_append_len (out, bal_block_source_at (bytes, bytes->content_start),
                         bytes->content_end - bytes->content_start);
  else if (manner->way == BAL_WAY_ELEMENTS && frame->form == BAL_FORM_BARE && rest->len == 0)
    bal_writer_write_block (out, block, (BalSpelling) { manner->dialect, BAL_FORM_TAGS, TRUE });
  else
    bal_writer_write_content (out, manner->dialect, frame, block, manner->way, rest->str,
                              rest->len);
}

BalMergeItem *
bal_merge_block (BalBlock *const  versions[3],
                 BalMergeManner  *manner)
{
  g_autoptr(BalMergeFlow) flow = NULL;
  g_autoptr(GPtrArray) children = NULL;
  g_autoptr(GString) rest = NULL;
  GString *out;
  BalBlock *frame;
  BalBlock *bytes = NULL;
  BalMergeItem *item;
  gboolean both;
  BalSide side;

  if (!can_merge (versions))
    return NULL;
  side = choose_changed (versions, same_frame, &both);
  if (both)
    {
      manner->conflict = TRUE;
      side = manner->prefer;
    }
  frame = versions[side];

  children = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  rest = g_string_new (NULL);
  flow = bal_merge_flow_new (versions, manner->dialect, manner);
  bal_merge_flow_write (flow, NULL, manner->prefer, rest, children);
  g_string_append_len (rest, bal_block_source_at (frame, frame->flow_end),
                       bal_block_source_length (frame) - frame->flow_end);

  out = g_string_new_len (bal_block_source_at (frame, 0), frame->content_start);
  item = g_new0 (BalMergeItem, 1);
  item->block = merge_content (versions, frame, manner, children, &bytes);
  write_content (item->block, frame, bytes, manner, rest, out);
  g_string_append_len (out, rest->str, rest->len);
  item->bytes = g_string_free_to_bytes (out);
  return item;
}

/* (transfer full) (nullable): the block that the bytes are when they are read, if it is @block. */
static BalBlock *
read_back (GBytes     *bytes,
           BalDialect  dialect,
           BalBlock   *block)
{
  g_autoptr(BalBlock) root = bal_reader_read_bytes (bytes, dialect);
  BalBlock *child;

  if (bal_block_get_n_children (root) != 1)
    return NULL;
  child = bal_block_get_child (root, 0);
  if (!bal_block_equal (child, block) || bal_block_source_length (child) != g_bytes_get_size (bytes))
    return NULL;
  return bal_block_ref (child);
}

static BalMergeItem *
merge_preferring (BalBlock *const  versions[3],
                  BalDialect       dialect,
                  BalSide          prefer,
                  gboolean        *conflict)
{
  for (BalWay way = BAL_WAY_REUSE; way <= BAL_WAY_ELEMENTS; way++)
    {
      BalMergeManner manner = { dialect, way, prefer, FALSE };
      BalMergeItem *item = bal_merge_block (versions, &manner);
      BalBlock *block;

      if (item == NULL)
        return NULL;
      block = read_back (item->bytes, dialect, item->block);
      if (block != NULL)
        {
          bal_block_unref (item->block);
          item->block = block;
          *conflict = manner.conflict;
          return item;
        }
      bal_merge_item_free (item);
    }
  return NULL;
}

gboolean
bal_merge_root_block (BalBlock *const  versions[3],
                      BalDialect       dialect,
                      BalMergeSlot    *slot)
{
  static const BalSide sides[] = { BAL_SIDE_MINE, BAL_SIDE_THEIRS, BAL_SIDE_BASE };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      BalMergeItem *item = merge_preferring (versions, dialect, sides[i], &slot->conflict);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (slot->items[sides[i]], item);
      if (!slot->conflict)
        return TRUE;
    }
  return TRUE;
}
