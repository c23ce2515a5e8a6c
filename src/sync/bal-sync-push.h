/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-media-refs.h"
#include "bal-outbox.h"
#include "bal-planner.h"
#include "bal-sync-run.h"

G_BEGIN_DECLS

/* A picture that a review shows and that was chosen here. */
typedef struct
{
  gint64    id;                  /* by which the review refers to it */
  BalMedia *media;               /* owned; the blog's own row of it */
} BalPushPicture;

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
  GPtrArray     *sent;           /* char: other texts of a new comment that may have come to the blog; NULL: none */
  GPtrArray     *pictures;       /* BalPushPicture: to be uploaded first */
  char          *lost;           /* what to say of one that is not here any more */
  BalCapabilities needs;
  gboolean       parent_known;
  BalStep        step;
  const char    *why;
  gboolean       is_held;        /* a conflict is open */

  /* owned; on its way */
  BalReview     *base_review;    /* what the blog has */
  BalComment    *base_comment;
  BalReview     *remote_review;  /* what it answered */
  BalComment    *remote_comment;
  gboolean       is_spared;      /* what was to be deleted has come back */
  gboolean       waits;          /* for the blog that takes its pictures */
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

/* The same for a review that another desktop has created again, and that was pulled meanwhile. */
gboolean bal_push_adopt_again      (BalPush      *self,
                                    gboolean     *found,
                                    GError      **error);

/* Takes @remote_review or @remote_comment as what a create of ours left. */
gboolean bal_push_take_created     (BalPush      *self,
                                    GError      **error);

/* The pictures of the review. A read. */
gboolean bal_push_look_at_pictures (BalPush        *self,
                                    BalTransaction *transaction,
                                    GError        **error);
/* Each is uploaded once and its row committed before the next one leaves. */
gboolean bal_push_upload_pictures  (BalPush        *self,
                                    GError        **error);
/* Puts the blog's addresses into the review as it is now; that is no edit of a person's. *@placed (out): FALSE when
 * it shows a picture that was not uploaded yet. */
gboolean bal_push_place_pictures   (BalPush        *self,
                                    BalTransaction *transaction,
                                    gboolean       *placed,
                                    GError        **error);
/* (nullable): the blog's id of the featured image, when that was chosen here. */
const char *bal_push_get_featured  (BalPush        *self);

/* Whether the person has written on in the review since it was offered, and nobody asked for this sync: half a sentence
 * does not go out by itself. */
gboolean bal_push_is_being_written (BalPush           *self,
                                    const BalOutboxItem *item);

/* For `begin` works: reads the row again and turns it into `sending`, unless it was withdrawn or is held meanwhile. */
gboolean bal_push_mark_sending     (BalPush      *self,
                                    BalTransaction *transaction,
                                    GError      **error);

G_END_DECLS
