/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_SIDE_BASE,
  BAL_SIDE_MINE,
  BAL_SIDE_THEIRS,
} BalSide;

/**
 * BalMerge:
 *
 * Two versions of a document brought together over the one they came from, block by block and,
 * within a block that both changed, word by word. Where both changed the same words differently
 * there is a conflict: both sides are kept in it until somebody chooses. All three are read in one
 * dialect.
 */
typedef struct _BalMerge BalMerge;

/* (transfer full) */
BalMerge    *bal_document_merge3        (BalDocument *base,
                                         BalDocument *mine,
                                         BalDocument *theirs);
void         bal_merge_free             (BalMerge    *self);
guint        bal_merge_get_n_conflicts  (BalMerge    *self);
/* (transfer none) (element-type BalBlock): what one side has in a conflict; may be empty. */
GPtrArray   *bal_merge_get_side         (BalMerge    *self,
                                         guint        conflict,
                                         BalSide      side);
/* Chooses for one conflict; until then it counts as MINE. */
void         bal_merge_choose           (BalMerge    *self,
                                         guint        conflict,
                                         BalSide      side);
/* (transfer full): the outcome, in the bytes of the side each block came from. */
BalDocument *bal_merge_to_document      (BalMerge    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalMerge, bal_merge_free)

G_END_DECLS
