/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document-merge.h"

#include "bal-document-private.h"
#include "bal-merge-private.h"

/* What the sides of one conflict have. */
typedef struct
{
  guint      slot;
  GPtrArray *sides[3];   /* BalBlock */
} Conflict;

struct _BalMerge
{
  BalDocument  *versions[3];
  BalDialect    dialect;
  BalMergeFlow *flow;          /* NULL: the outcome is one version as it is */
  BalSide       whole;         /* that version */
  GArray       *conflicts;     /* Conflict */
  BalSide      *choices;       /* for each slot of the flow */
};

static void
clear_conflict (gpointer data)
{
  Conflict *conflict = data;

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    g_ptr_array_unref (conflict->sides[s]);
}

static gboolean
same_bytes (BalDocument *a,
            BalDocument *b)
{
  return g_bytes_equal (bal_document_get_root (a)->source, bal_document_get_root (b)->source);
}

static GPtrArray *
new_blocks (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
}

static void
collect_conflicts (BalMerge *self)
{
  for (guint i = 0; i < self->flow->slots->len; i++)
    {
      BalMergeSlot *slot = g_ptr_array_index (self->flow->slots, i);
      Conflict conflict = { .slot = i };

      if (!slot->conflict)
        continue;
      for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
        {
          conflict.sides[s] = new_blocks ();
          for (guint k = 0; k < slot->items[s]->len; k++)
            {
              BalMergeItem *item = g_ptr_array_index (slot->items[s], k);

              g_ptr_array_add (conflict.sides[s], bal_block_ref (item->block));
            }
        }
      g_array_append_val (self->conflicts, conflict);
    }
}

/* What was put together must read as what was meant, or a tag of one side has swallowed what the
 * other wrote. */
static gboolean
reads_well (BalMerge *self,
            BalSide   choice)
{
  g_autoptr(GPtrArray) blocks = new_blocks ();
  GString *out = g_string_new (NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(BalDocument) document = NULL;

  bal_merge_flow_write (self->flow, NULL, choice, out, blocks);
  bytes = g_string_free_to_bytes (out);
  document = bal_document_new_in_dialect (bytes, self->dialect);
  if (bal_document_get_n_blocks (document) != blocks->len)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++)
    if (!bal_block_equal (bal_document_get_block (document, i), g_ptr_array_index (blocks, i)))
      return FALSE;
  return TRUE;
}

static void
take_whole (BalMerge *self,
            BalSide   side)
{
  g_clear_pointer (&self->flow, bal_merge_flow_free);
  g_array_set_size (self->conflicts, 0);
  self->whole = side;
}

/* The last resort: one conflict, over everything. */
static void
give_up (BalMerge *self)
{
  Conflict conflict = { 0 };

  take_whole (self, BAL_SIDE_MINE);
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    conflict.sides[s] = bal_document_dup_blocks (self->versions[s]);
  g_array_append_val (self->conflicts, conflict);
}

static void
merge (BalMerge *self)
{
  BalBlock *roots[3];

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    roots[s] = bal_document_get_root (self->versions[s]);
  self->flow = bal_merge_flow_new (roots, self->dialect, NULL);
  collect_conflicts (self);
  if (!reads_well (self, BAL_SIDE_MINE) ||
      (self->conflicts->len > 0 &&
       (!reads_well (self, BAL_SIDE_THEIRS) || !reads_well (self, BAL_SIDE_BASE))))
    {
      give_up (self);
      return;
    }
  self->choices = g_new (BalSide, self->flow->slots->len + 1);
  for (guint i = 0; i < self->flow->slots->len; i++)
    self->choices[i] = BAL_SIDE_MINE;
}

/* A version may show less of its dialect than the others (its last WordPress block is gone), but must
 * be read as they are. The dialect that tells apart most wins: where none is meant, it costs
 * nothing. */
static BalDialect
choose_dialect (BalDocument *const versions[3])
{
  static const BalDialect dialects[] = { BAL_DIALECT_WP_BLOCKS, BAL_DIALECT_WP_CLASSIC,
                                         BAL_DIALECT_BLOGGER };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
      if (bal_document_get_dialect (versions[s]) == dialects[i])
        return dialects[i];
  return BAL_DIALECT_HTML;
}

static BalDocument *
read_in_dialect (BalDocument *document,
                 BalDialect   dialect)
{
  if (bal_document_get_dialect (document) == dialect)
    return bal_document_ref (document);
  return bal_document_new_in_dialect (bal_document_get_root (document)->source, dialect);
}

/**
 * bal_document_merge3:
 * @base: what both versions came from
 * @mine: one version: it stands first where both added something, and in conflicts
 * @theirs: the other
 *
 * Where only one side changed something the outcome has its bytes. A change that both made is taken
 * once. Where both changed a block, its words, its tags and what it holds are merged each for
 * themselves; a conflict is
 *
 * - the same words changed differently, or different ones put in at the same place,
 * - a block that one side changed and the other took away,
 * - two nearly equal blocks put in at the same place: two versions of one (others are both kept,
 *   unless they stand in the place of something that both took out),
 * - something that has no words, like an image, changed by both,
 * - the whole, when its parts put together would read as anything else than they are.
 *
 * Returns: (transfer full):
 */
BalMerge *
bal_document_merge3 (BalDocument *base,
                     BalDocument *mine,
                     BalDocument *theirs)
{
  BalDocument *const versions[3] = { base, mine, theirs };
  BalMerge *self;

  g_return_val_if_fail (base != NULL && mine != NULL && theirs != NULL, NULL);

  self = g_new0 (BalMerge, 1);
  self->dialect = choose_dialect (versions);
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    self->versions[s] = read_in_dialect (versions[s], self->dialect);
  self->conflicts = g_array_new (FALSE, FALSE, sizeof (Conflict));
  g_array_set_clear_func (self->conflicts, clear_conflict);
  if (same_bytes (mine, theirs) || same_bytes (base, theirs))
    take_whole (self, BAL_SIDE_MINE);
  else if (same_bytes (base, mine))
    take_whole (self, BAL_SIDE_THEIRS);
  else
    merge (self);
  return self;
}

void
bal_merge_free (BalMerge *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->flow, bal_merge_flow_free);
  g_array_unref (self->conflicts);
  g_free (self->choices);
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    bal_document_unref (self->versions[s]);
  g_free (self);
}

guint
bal_merge_get_n_conflicts (BalMerge *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->conflicts->len;
}

/**
 * bal_merge_get_side:
 * @conflict: which one, from 0
 * @side: which version
 *
 * Returns: (transfer none) (element-type BalBlock): what stands there if this side is chosen: in a
 *   list or quote with a conflict in one line, this line as the side has it and the others merged
 */
GPtrArray *
bal_merge_get_side (BalMerge *self,
                    guint     conflict,
                    BalSide   side)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (conflict < self->conflicts->len, NULL);
  g_return_val_if_fail (side <= BAL_SIDE_THEIRS, NULL);

  return g_array_index (self->conflicts, Conflict, conflict).sides[side];
}

void
bal_merge_choose (BalMerge *self,
                  guint     conflict,
                  BalSide   side)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (conflict < self->conflicts->len);
  g_return_if_fail (side <= BAL_SIDE_THEIRS);

  if (self->flow == NULL)
    self->whole = side;
  else
    self->choices[g_array_index (self->conflicts, Conflict, conflict).slot] = side;
}

BalDocument *
bal_merge_to_document (BalMerge *self)
{
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->flow == NULL)
    return bal_document_ref (self->versions[self->whole]);
  blocks = new_blocks ();
  out = g_string_new (NULL);
  bal_merge_flow_write (self->flow, self->choices, BAL_SIDE_MINE, out, blocks);
  bytes = g_string_free_to_bytes (out);
  return bal_document_new_in_dialect (bytes, self->dialect);
}
