/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-outbox.h"
#include "bal-tables.h"

G_BEGIN_DECLS

/*
 * How what a blog says gets into the store: the same for a pulled page, a direct look before sending,
 * and the answer to what was sent. All of it inside the transaction of the caller.
 */
typedef struct
{
  gint64      blog_id;
  GHashTable *deleted_reviews;   /* remote ids that wait to be deleted there: not to be pulled again */
  GHashTable *deleted_comments;
  GHashTable *comments_by_key;   /* key -> id of a comment that was perhaps created there */
  gboolean    is_wanted;         /* a review comes in also when it seems to be a create of ours that was delivered again */
  GArray     *kept_replies;      /* gint64: comments that wait to be entered on the blog by hand */
  guint       n_spam_moved;      /* new comments that the spam help moved to spam */
  guint       n_trusted;         /* new comments that were approved because of who wrote them… */
  guint       n_blocked;         /* …and that went to the trash for that */
} BalSyncMerge;

/* Reads what waits in the outbox. (transfer full) */
BalSyncMerge *bal_sync_merge_new            (BalTransaction  *transaction,
                                             gint64           blog_id,
                                             GError         **error);
void          bal_sync_merge_free           (BalSyncMerge    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSyncMerge, bal_sync_merge_free)

/* Takes the blog's present state in: new rows are added, known ones compared three ways. @changed (out): whether anything a reader sees
 * changed here. A comment whose review is unknown is left out. */
gboolean      bal_sync_merge_review         (BalSyncMerge    *self,
                                             BalTransaction  *transaction,
                                             BalReview       *remote,
                                             gboolean        *changed,
                                             GError         **error);
gboolean      bal_sync_merge_comment        (BalSyncMerge    *self,
                                             BalTransaction  *transaction,
                                             BalComment      *remote,
                                             gboolean        *changed,
                                             GError         **error);

/* (transfer full) (nullable): the comment as the blog was last seen to have it. */
BalComment   *bal_sync_comment_get_seen     (BalTransaction  *transaction,
                                             gint64           id,
                                             GError         **error);

/* @found is what a create of ours left on the blog: it and the row here are one from now on. */
gboolean      bal_sync_adopt_review         (BalTransaction  *transaction,
                                             BalReview       *local,
                                             BalReview       *found,
                                             GError         **error);
gboolean      bal_sync_adopt_comment        (BalTransaction  *transaction,
                                             BalComment      *local,
                                             BalComment      *found,
                                             GError         **error);

/* @sent is about to leave. */
gboolean      bal_sync_keep_sent            (BalTransaction  *transaction,
                                             BalReview       *sent,
                                             GError         **error);
gboolean      bal_sync_keep_sent_comment    (BalTransaction  *transaction,
                                             BalComment      *sent,
                                             GError         **error);
/* The blog answered @stored to @sent, which was the row as it was at @edit_seq of @item. */
gboolean      bal_sync_settle_review        (BalTransaction  *transaction,
                                             BalOutboxItem   *item,
                                             BalReview       *sent,
                                             BalReview       *stored,
                                             GError         **error);
gboolean      bal_sync_settle_comment       (BalTransaction  *transaction,
                                             BalOutboxItem   *item,
                                             BalComment      *sent,
                                             BalComment      *stored,
                                             GError         **error);

/* It is gone from the blog. Removes it here, keeping all its texts in the local history; or, where something was written here that
 * the blog never got, keeps it: a review is queued as a new one, a comment waits for the person. @removed (out) */
gboolean      bal_sync_lose_review          (BalTransaction  *transaction,
                                             gint64           id,
                                             gboolean        *removed,
                                             GError         **error);
gboolean      bal_sync_lose_comment         (BalTransaction  *transaction,
                                             gint64           id,
                                             gboolean        *removed,
                                             GError         **error);

/* bal-sync-strangers.c: comments on what is no review. */
int           bal_sync_stranger_get         (BalTransaction  *transaction,
                                             gint64           blog_id,
                                             const char      *remote_id,
                                             GError         **error);
gboolean      bal_sync_stranger_put         (BalTransaction  *transaction,
                                             gint64           blog_id,
                                             const char      *remote_id,
                                             int              status,
                                             GError         **error);
GHashTable   *bal_sync_stranger_list        (BalTransaction  *transaction,
                                             gint64           blog_id,
                                             GError         **error);

G_END_DECLS
