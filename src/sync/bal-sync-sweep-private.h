/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-sync-run.h"

G_BEGIN_DECLS

/* Shared by the bal-sync-sweep files and bal-sync-totals alone. */

#define BAL_SWEEP_MAX_PAGES 5000

/* What is known here of one kind, and what the blog says about it. */
typedef struct
{
  BalSyncRun *run;
  gboolean    is_comments;

  GHashTable *bases;             /* remote id -> revision, or status */
  GHashTable *strangers;         /* comments: remote id -> status */
  char       *skew;              /* comments: how far the totals were from what is known here (nullable) */
  GHashTable *rows;              /* remote id -> owned light row; of what a pull listed, the ids alone */
  GPtrArray  *altered;           /* borrowed light rows that differ from the base, or have none */
  GPtrArray  *missing;           /* borrowed remote ids */

  /* comments: what a direct look told */
  GPtrArray  *found;             /* owned whole comments */
  GPtrArray  *gone;              /* owned remote ids */
} BalSweep;

typedef BalPage *(*BalSweepFunc) (BalProvider   *provider,
                                  const char    *cursor,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* bal-sync-sweep.c */
void     bal_sweep_clear          (BalSweep      *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalSweep, bal_sweep_clear)
/* Lists everything the blog has, unless the pull just did, and fills in what is altered and what is missing. */
gboolean bal_sweep_compare        (BalSweep      *self,
                                   BalSweepFunc   sweep,
                                   GError       **error);
/* Fills in which rows are altered. */
void     bal_sweep_find_altered   (BalSweep      *self);

/* bal-sync-sweep-comments.c */
gboolean bal_sweep_comments       (BalSyncRun    *run,
                                   GError       **error);
/* Asks for each of these by its id: whole comments go to found, the ids of what is not there to gone. @ids: (element-type utf8) */
gboolean bal_sweep_look_at        (BalSweep      *self,
                                   GPtrArray     *ids,
                                   GError       **error);

/* bal-sync-totals.c: traces totals that differ from what is known here to the comments that moved: fills in altered,
 * found and gone. @counts (inout): by BalCommentStatus. @explained (out): whether that explains the totals; else an
 * inventory has to. */
gboolean bal_sweep_trace_totals   (BalSweep      *self,
                                   guint          counts[4],
                                   gboolean      *explained,
                                   GError       **error);

G_END_DECLS
