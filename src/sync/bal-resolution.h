/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-dispute.h"

G_BEGIN_DECLS

/**
 * BalPoint:
 *
 * One thing to choose. Its number is its place in the list, from 1.
 */
typedef struct
{
  const char *field;     /* "title", "status", …; "text" for a place of the text; "deleted": whether it stays so */
  guint       number;    /* of the conflicts in the text, from 1; 0: a field, or all of the text */
  guint       n_numbers; /* how many the text has */
  char       *sides[3];  /* by BalSide: what a reader sees; "" where there is nothing */
  BalSide     choice;    /* MINE or THEIRS; MINE until chosen */
} BalPoint;

/**
 * BalResolution:
 *
 * A conflict, point by point, and what was chosen. What only one side changed, in a field or in a place of the
 * text, is no point: the outcome has it. Pure: states in, states out.
 */
typedef struct _BalResolution BalResolution;

/* (transfer full): takes @dispute. */
BalResolution *bal_resolution_new          (BalDispute    *dispute);
void           bal_resolution_free         (BalResolution *self);
BalDispute    *bal_resolution_get_dispute  (BalResolution *self);
/* (transfer none) (element-type BalPoint): in the order of the review: title, text, the rest. */
GPtrArray     *bal_resolution_get_points   (BalResolution *self);
void           bal_resolution_choose       (BalResolution *self,
                                            guint          point,
                                            BalSide        side);
void           bal_resolution_choose_all   (BalResolution *self,
                                            BalSide        side);
/* (transfer full) (nullable): what becomes of the review; NULL: it is about a comment, or the review is deleted. */
BalReview     *bal_resolution_dup_review   (BalResolution *self);
/* (transfer full) (nullable): the same of a comment. */
BalComment    *bal_resolution_dup_comment  (BalResolution *self);
/* The name of a field for a person. */
const char    *bal_point_get_label         (const BalPoint *point);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalResolution, bal_resolution_free)

G_END_DECLS
