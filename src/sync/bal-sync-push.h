/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-outbox.h"
#include "bal-planner.h"
#include "bal-sync-run.h"

G_BEGIN_DECLS

/*
 * One outbox row on its way. Shared by the bal-sync-push files alone.
 *
 * A row is looked at (a read), then the network is asked what is there (if need be), then the row turns
 * into `sending` in the same transaction that reads what is sent, and only then the request leaves.
 */
typedef struct
{
  BalSyncRun    *run;            /* borrowed */
  gint64         item_id;

  /* owned; what the look found */
  BalOutboxItem *item;           /* NULL: the row is gone */
  BalReview     *review;         /* what it is about; NULL: gone, or it is a comment */
  BalComment    *comment;
  BalMedia      *media;          /* to be uploaded first */
  BalCapabilities needs;
  gboolean       parent_known;
  BalStep        step;
  const char    *why;
  gboolean       is_held;        /* a conflict is open */
  gboolean       is_picture_lost;

  /* owned; on its way */
  BalReview     *base_review;    /* what the blog has */
  BalComment    *base_comment;
  BalReview     *remote_review;  /* what it answered */
  BalComment    *remote_comment;
  gboolean       is_sending;     /* the row stands as `sending`: a request may have left */
} BalPush;

void     bal_push_clear            (BalPush      *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BalPush, bal_push_clear)

/* A read: fills in what the look finds. */
gboolean bal_push_look             (BalPush      *self,
                                    GError      **error);

/* Plans the step again for what turned out not to be on the blog. */
void     bal_push_plan_unsent      (BalPush      *self);

/* Steps that ask or change the blog. FALSE with the network's or the store's error. *@done (out): something came of it: the row
 * is cleared, or stands for something else now. */
gboolean bal_push_review           (BalPush      *self,
                                    gboolean     *done,
                                    GError      **error);
gboolean bal_push_comment          (BalPush      *self,
                                    gboolean     *done,
                                    GError      **error);
gboolean bal_push_delete           (BalPush      *self,
                                    GError      **error);
/* Looks for what a create left, and takes it as ours. */
gboolean bal_push_adopt            (BalPush      *self,
                                    gboolean     *found,
                                    GError      **error);

/* For `begin` works: reads the row again and turns it into `sending`, unless it was withdrawn or is held meanwhile. */
gboolean bal_push_mark_sending     (BalPush      *self,
                                    BalTransaction *transaction,
                                    GError      **error);

G_END_DECLS
