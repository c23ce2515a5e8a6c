/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-line.h"

#include "bal-layout-cost.h"

#include <string.h>

/* Deeper nesting is shown as one island: nobody reads it, and its lines would leave the page. */
#define DEEPEST 12

/* On their way into lines. */
typedef struct
{
  GPtrArray *lines;
  gboolean   at_any_cost;   /* as text, however long it takes to show */
} Layout;

static void add_block (Layout   *self,
                       BalBlock *block,
                       BalNest  *nest);

/* A text view starts a line at these, and a real U+2028 could not be told from a line break. */
static gboolean
text_can_be_held (Layout   *self,
                  BalBlock *block)
{
  const char *text = bal_block_get_text (block);
  guint n_runs;

  bal_block_get_runs (block, &n_runs);
  return (self->at_any_cost || bal_layout_cost (text, n_runs, NULL) <= BAL_LAYOUT_COST_MOST) &&
         strchr (text, '\r') == NULL && strstr (text, "\xe2\x80\xa8") == NULL &&
         strstr (text, "\xe2\x80\xa9") == NULL;
}

static void
add_line (Layout       *self,
          BalBlockKind  kind,
          BalNest      *nest,
          BalBlock     *block)
{
  BalLine *line = bal_line_new (kind, bal_block_get_level (block), nest, block);

  line->kept = *bal_block_get_text (block) == '\0';
  g_ptr_array_add (self->lines, line);
}

static void
add_island (Layout   *self,
            BalNest  *nest,
            BalBlock *block)
{
  g_ptr_array_add (self->lines, bal_line_new_island (block, nest));
}

static void
add_children (Layout   *self,
              BalNest  *nest,
              BalBlock *block)
{
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    add_block (self, bal_block_get_child (block, i), nest);
}

static void
add_item (Layout   *self,
          BalNest  *list,
          BalBlock *item)
{
  g_autoptr(BalNest) nest = bal_nest_new (BAL_BLOCK_ITEM, FALSE, list, item);
  const char *text = bal_block_get_text (item);
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (item, &n_runs);

  if (*text != '\0' || bal_block_get_n_children (item) == 0)
    {
      nest->content = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, runs, n_runs);
      add_line (self, BAL_BLOCK_ITEM, nest, nest->content);
    }
  add_children (self, nest, item);
}

/* Whether all that is in it can be laid out in lines. */
static gboolean
container_can_be_held (Layout   *self,
                       BalBlock *block,
                       guint     depth)
{
  BalBlockKind kind = bal_block_get_kind (block);
  guint n_children = bal_block_get_n_children (block);

  if (depth > DEEPEST || !text_can_be_held (self, block))
    return FALSE;
  if (kind == BAL_BLOCK_ITEM)
    {
      for (guint i = 0; i < n_children; i++)
        if (bal_block_get_kind (bal_block_get_child (block, i)) == BAL_BLOCK_ITEM)
          return FALSE;
      return TRUE;
    }
  if (n_children == 0 || *bal_block_get_text (block) != '\0')
    return FALSE;
  for (guint i = 0; i < n_children; i++)
    {
      BalBlock *child = bal_block_get_child (block, i);
      gboolean is_item = bal_block_get_kind (child) == BAL_BLOCK_ITEM;

      if (is_item != (kind == BAL_BLOCK_LIST) ||
          (is_item && !container_can_be_held (self, child, depth + 1)))
        return FALSE;
    }
  return TRUE;
}

static void
add_block (Layout   *self,
           BalBlock *block,
           BalNest  *nest)
{
  BalBlockKind kind = bal_block_get_kind (block);

  switch (kind)
    {
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_PREFORMATTED:
      if (text_can_be_held (self, block) && bal_block_get_n_children (block) == 0)
        add_line (self, kind, nest, block);
      else
        add_island (self, nest, block);
      return;

    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
      if (container_can_be_held (self, block, bal_nest_get_depth (nest)))
        {
          g_autoptr(BalNest) inner = bal_nest_new (kind, bal_block_get_ordered (block), nest, block);

          for (guint i = 0; i < bal_block_get_n_children (block); i++)
            if (kind == BAL_BLOCK_LIST)
              add_item (self, inner, bal_block_get_child (block, i));
            else
              add_block (self, bal_block_get_child (block, i), inner);
        }
      else
        {
          add_island (self, nest, block);
        }
      return;

    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_TABLE:
    case BAL_BLOCK_OPAQUE:
    default:
      add_island (self, nest, block);
      return;
    }
}

GPtrArray *
bal_lines_from_blocks (GPtrArray *blocks)
{
  Layout layout = { g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref), FALSE };

  for (guint i = 0; i < blocks->len; i++)
    add_block (&layout, g_ptr_array_index (blocks, i), NULL);
  return layout.lines;
}

GPtrArray *
bal_lines_from_long_block (BalBlock *block,
                           BalNest  *nest)
{
  Layout layout = { g_ptr_array_new_with_free_func ((GDestroyNotify) bal_line_unref), TRUE };

  add_block (&layout, block, nest);
  return layout.lines;
}

/* A nest that is open while lines are put together again. */
typedef struct
{
  BalNest   *nest;       /* borrowed from its line */
  BalBlock  *content;    /* (nullable) owned: of an item */
  GPtrArray *children;
} Open;

static void
push (GPtrArray *stack,
      BalNest   *nest)
{
  Open *open = g_new0 (Open, 1);

  open->nest = nest;
  open->children = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_ptr_array_add (stack, open);
}

/* The block that it was read from, when it still says the same: so it keeps its source. */
static BalBlock *
close_nest (Open *open)
{
  BalBlock *block;
  const char *text = NULL;
  const BalRun *runs = NULL;
  guint n_runs = 0;

  if (open->content != NULL)
    {
      text = bal_block_get_text (open->content);
      runs = bal_block_get_runs (open->content, &n_runs);
    }
  block = bal_block_new_container (open->nest->kind, open->nest->ordered, text, runs, n_runs,
                                   open->children);
  if (open->nest->origin != NULL && bal_block_equal (block, open->nest->origin))
    {
      bal_block_unref (block);
      block = bal_block_ref (open->nest->origin);
    }
  g_clear_pointer (&open->content, bal_block_unref);
  g_ptr_array_unref (open->children);
  g_free (open);
  return block;
}

static void
close_to (GPtrArray *stack,
          GPtrArray *blocks,
          guint      depth)
{
  while (stack->len > depth)
    {
      Open *open = g_ptr_array_steal_index (stack, stack->len - 1);
      GPtrArray *parent = stack->len > 0
                          ? ((Open *) g_ptr_array_index (stack, stack->len - 1))->children
                          : blocks;

      /* What only held new empty lines is not there. */
      if (open->children->len == 0 && open->content == NULL)
        {
          g_ptr_array_unref (open->children);
          g_free (open);
          continue;
        }
      g_ptr_array_add (parent, close_nest (open));
    }
}

static guint
open_for (GPtrArray *stack,
          GPtrArray *blocks,
          BalNest   *nest)
{
  g_autoptr(GPtrArray) chain = g_ptr_array_new ();
  guint common = 0;

  for (; nest != NULL; nest = nest->parent)
    g_ptr_array_insert (chain, 0, nest);
  while (common < stack->len && common < chain->len &&
         ((Open *) g_ptr_array_index (stack, common))->nest == g_ptr_array_index (chain, common))
    common++;
  close_to (stack, blocks, common);
  for (guint i = common; i < chain->len; i++)
    push (stack, g_ptr_array_index (chain, i));
  return common;
}

GPtrArray *
bal_lines_to_blocks (GPtrArray *lines)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autoptr(GPtrArray) stack = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      BalLine *line = g_ptr_array_index (lines, i);
      Open *open = NULL;

      if (bal_line_is_void (line))
        continue;
      open_for (stack, blocks, line->nest);
      if (stack->len > 0)
        open = g_ptr_array_index (stack, stack->len - 1);
      if (line->kind == BAL_BLOCK_ITEM && !line->island && open != NULL && open->content == NULL)
        open->content = bal_block_ref (line->block);
      else
        g_ptr_array_add (open != NULL ? open->children : blocks, bal_block_ref (line->block));
    }
  close_to (stack, blocks, 0);
  return blocks;
}
