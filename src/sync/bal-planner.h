/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-document-merge.h"
#include "bal-outbox.h"
#include "bal-review.h"

G_BEGIN_DECLS

/*
 * The planner: pure functions from states to decisions. No I/O, no clock, so that thousands of schedules can be
 * tried in a test.
 */

typedef enum
{
  BAL_PLAN_NOTHING,              /* both sides already agree */
  BAL_PLAN_TAKE_REMOTE,          /* the blog changed, we did not */
  BAL_PLAN_SEND_LOCAL,           /* we changed, the blog did not */
  BAL_PLAN_MERGE,                /* both changed, different things: @merged is stored and sent */
  BAL_PLAN_CONFLICT,             /* both changed the same thing: @what */
  BAL_PLAN_ADOPT,                /* both sides are equal although the base is not: only the base moves */
  BAL_PLAN_REMOVE_LOCAL,         /* gone from the blog, unchanged here */
  BAL_PLAN_CREATE_AGAIN,         /* gone from the blog, changed here: an edit beats a delete */
} BalPlan;

/* @base NULL: never agreed; @remote NULL: known to be gone. @merged: (out) (transfer full): for MERGE. @what: (out) (transfer full): for
 * CONFLICT, names of fields ("title,html"). */
BalPlan bal_plan_review  (BalReview   *base,
                          BalReview   *local,
                          BalReview   *remote,
                          BalReview  **merged,
                          char       **what);
BalPlan bal_plan_comment (BalComment  *base,
                          BalComment  *local,
                          BalComment  *remote,
                          BalComment **merged,
                          char       **what);

/* The merge alone: (transfer full) @local with what only @remote changed; where both changed the same thing it keeps @local's and is named
 * in @what (out) (optional) (nullable) (transfer full). Ids, version mark and address are @remote's. */
BalReview  *bal_plan_merge_review  (BalReview   *base,
                                    BalReview   *local,
                                    BalReview   *remote,
                                    char       **what);
BalComment *bal_plan_merge_comment (BalComment  *base,
                                    BalComment  *local,
                                    BalComment  *remote,
                                    char       **what);

/* Copies one of the fields that are named in @what. */
void        bal_plan_take_review_field  (BalReview   *to,
                                         BalReview   *from,
                                         const char  *name);
void        bal_plan_take_comment_field (BalComment  *to,
                                         BalComment  *from,
                                         const char  *name);

/* The texts alone: (transfer full) (nullable). */
BalMerge   *bal_plan_merge_bodies   (BalReview   *base,
                                     BalReview   *local,
                                     BalReview   *remote);

/* After an update with no answer: (transfer full): what @remote came from. */
BalReview  *bal_plan_choose_base    (BalReview   *base,
                                     BalReview   *sent,
                                     BalReview   *remote);

/* After a push: (transfer full): @local with what the blog made of @sent. */
BalReview  *bal_plan_settle_review  (BalReview   *sent,
                                     BalReview   *local,
                                     BalReview   *stored);

/* A create that is delivered again after its answer leaves a second draft. */
typedef enum
{
  BAL_PLAN_DOUBLED_GONE,         /* there is nothing left of it */
  BAL_PLAN_DOUBLED_KEEP,         /* it is a review of its own */
  BAL_PLAN_DOUBLED_REMOVE,       /* nobody has touched it: it goes */
} BalPlanDoubled;

/* (transfer full): what is kept with the key of @stored, a draft that was created; @created: (nullable): what is kept so far; @sent:
 * (nullable): what it was to be. */
char          *bal_plan_note_created (const char *created,
                                      BalReview  *stored,
                                      BalReview  *sent);
/* … before anything is created, with a key that other desktops make too. */
const char    *bal_plan_note_shared  (void);
/* (nullable): the id that is noted there. */
const char    *bal_plan_get_created  (const char *created);
/* Whether @remote, which has the key that @created (nullable) is kept with, is that create once more, and untouched. */
gboolean       bal_plan_is_doubled   (const char *created,
                                      BalReview  *remote);
/* @first, @second: (nullable): as they are on the blog now. */
BalPlanDoubled bal_plan_doubled      (const char *created,
                                      BalReview  *first,
                                      BalReview  *second);

/* What the blog must be able to do to take @local; @base NULL: it is new there. */
BalCapabilities bal_plan_review_needs  (BalReview  *base,
                                        BalReview  *local);
BalCapabilities bal_plan_comment_needs (BalComment *base,
                                        BalComment *local);

typedef enum
{
  BAL_STEP_WAIT,                 /* not yet: its review or parent is not there, or not before a time */
  BAL_STEP_LOOK_UP,              /* the answer was lost: search by key, then decide */
  BAL_STEP_CREATE,
  BAL_STEP_READ_THEN_UPDATE,
  BAL_STEP_DELETE,
  BAL_STEP_DROP,                 /* nothing left to do */
  BAL_STEP_PARK,                 /* the blog can't do that */
} BalStep;

/* What to do with one outbox row now. @parent_remote_known: a comment's review is on the blog and takes comments, and its parent is there too.
 * @needs: what the blog must be able to do for it. @why: (out) (nullable) (transfer none): for WAIT and PARK, words for a person. */
BalStep bal_plan_step    (const BalOutboxItem *item,
                          gboolean             has_remote_id,
                          gboolean             parent_remote_known,
                          BalCapabilities      needs,
                          BalCapabilities      capabilities,
                          gint64               now,
                          const char         **why);

/* Seconds until the next try after @attempts failures: 2, 4, 8 … at most an hour, with jitter from @random (0…1); never before @retry_after. */
guint   bal_plan_backoff (guint                attempts,
                          guint                retry_after,
                          double               random);

/* Whether so many of @n_known confirmed absences are more than a person is likely to have deleted: then nothing is removed unasked. */
gboolean bal_plan_too_many_gone (guint n_gone,
                                 guint n_known);

G_END_DECLS
