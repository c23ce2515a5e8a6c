/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_DIFFERENCE_SAME,
  BAL_DIFFERENCE_ADDED,
  BAL_DIFFERENCE_REMOVED,
  BAL_DIFFERENCE_ALTERED,   /* of a block: the same place, other words */
} BalDifference;

/**
 * BalTextPiece:
 *
 * A stretch of two texts that were compared: in both, in the newer or in the older alone.
 */
typedef struct
{
  BalDifference  change;   /* SAME, ADDED or REMOVED */
  char          *text;
} BalTextPiece;

/**
 * BalBlockChange:
 *
 * What became of one block. @pieces compares the words of an altered one; when only its formatting
 * differs they are all the same, and @restyled is set.
 */
typedef struct
{
  BalDifference  change;
  BalBlock      *old_block;   /* (nullable): NULL when added */
  BalBlock      *new_block;   /* (nullable): NULL when removed */
  gboolean       restyled;
  GPtrArray     *pieces;      /* (nullable) (element-type BalTextPiece): of an altered block */
} BalBlockChange;

/**
 * bal_text_diff:
 *
 * Compares by words; white space and punctuation count by themselves. The pieces that are not ADDED
 * give @old back, those that are not REMOVED @new_.
 *
 * Returns: (transfer full) (element-type BalTextPiece):
 */
GPtrArray *bal_text_diff     (const char  *old,
                              const char  *new_);

/**
 * bal_document_diff:
 *
 * What became of each block, in the order of @new_ with removed ones where they stood. The changes
 * that are not ADDED have every block of @old, those that are not REMOVED every one of @new_.
 *
 * Returns: (transfer full) (element-type BalBlockChange):
 */
GPtrArray *bal_document_diff (BalDocument *old,
                              BalDocument *new_);

/* (transfer full): what a reader sees of a block, nested blocks included; an image or island as its
 * name in brackets. */
char      *bal_block_to_text (BalBlock    *self);

G_END_DECLS
