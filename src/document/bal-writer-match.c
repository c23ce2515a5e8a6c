/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-writer.h"

#include "bal-match.h"

#define LEAST_OF_OTHER_KIND 51   /* likeness of a paragraph and the heading that it became */

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

/* Whether @to could be written into the tags of @from, or stand in its place. */
static gboolean
is_pairable (BalBlock *from,
             BalBlock *to)
{
  switch (from->kind)
    {
    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_PREFORMATTED:
      return bal_writer_keeps_tags (from, to);
    case BAL_BLOCK_IMAGE:
    case BAL_BLOCK_TABLE:
      return from->kind == to->kind && to->source != NULL;
    case BAL_BLOCK_SEPARATOR:
    case BAL_BLOCK_JUMP_BREAK:
    case BAL_BLOCK_OPAQUE:
    default:
      return FALSE;
    }
}

static guint
least_likeness (gconstpointer from,
                gconstpointer to)
{
  BalBlock *old = (BalBlock *) from;
  BalBlock *new = (BalBlock *) to;

  if (is_pairable (old, new))
    return 1;
  /* Nothing is like nothing, but that makes no heading of an empty paragraph. */
  return bal_writer_can_retag (old, new) && (*new->text != '\0' || new->children != NULL)
         ? LEAST_OF_OTHER_KIND : BAL_MATCH_NEVER;
}

static void
append_text (GString  *out,
             BalBlock *block)
{
  g_string_append (out, block->text);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    append_text (out, bal_block_get_child (block, i));
}

static char *
dup_text (gconstpointer block)
{
  GString *text = g_string_new (NULL);

  append_text (text, (BalBlock *) block);
  return g_string_free (text, FALSE);
}

void
bal_writer_match (BalBlock  *old,
                  GPtrArray *blocks,
                  int       *origin,
                  gboolean  *equal)
{
  static const BalMatchRules rules = { hash_cb, equal_cb, least_likeness, dup_text };
  g_autoptr(GPtrArray) none = NULL;

  if (old->children == NULL)
    none = g_ptr_array_new ();
  bal_match (&rules, old->children != NULL ? old->children : none, blocks, origin, equal);
}

/* Whether it ends by itself, whatever comes behind it. */
static gboolean
is_closed (BalBlock *block)
{
  return block->form != BAL_FORM_BARE && !block->unclosed &&
         block->flow_end < bal_block_source_length (block);
}

GHashTable *
bal_writer_find_left (BalBlock       *old,
                      const int      *origin,
                      const gboolean *equal,
                      guint           n_blocks)
{
  GHashTable *left = g_hash_table_new (hash_cb, equal_cb);
  guint n_old = bal_block_get_n_children (old);
  g_autofree gboolean *kept = g_new0 (gboolean, n_old + 1);

  for (guint i = 0; i < n_blocks; i++)
    if (origin[i] >= 0 && equal[i])
      kept[origin[i]] = TRUE;
  for (guint i = n_old; i-- > 0;)
    if (!kept[i] && is_closed (bal_block_get_child (old, i)))
      g_hash_table_add (left, bal_block_get_child (old, i));
  return left;
}
