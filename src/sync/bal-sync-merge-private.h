/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-sync-merge.h"

G_BEGIN_DECLS

/* Shared by the bal-sync-merge files alone. */

/* Title and body, the part that goes to the local history. */
gboolean bal_sync_review_text_equal   (BalReview  *a,
                                       BalReview  *b);
void     bal_sync_review_complete     (BalReview  *remote,
                                       gint64      blog_id);
void     bal_sync_comment_complete    (BalComment *remote,
                                       gint64      blog_id,
                                       gint64      review_id);
gboolean bal_sync_end_conflict        (BalTransaction *transaction,
                                       BalEntity       entity,
                                       gint64          entity_id,
                                       GError        **error);
/* What the blog has for a row here, held against its base. */
gboolean bal_sync_merge_known_review  (BalTransaction *transaction,
                                       gint64          id,
                                       BalReview      *remote,
                                       gboolean       *changed,
                                       GError        **error);
/* Another row that stands for @found gives way to @local, with its comments. @base, @edited: (out) (transfer full)
 * (nullable): what that row was, where somebody had written in it what was not sent yet. */
gboolean bal_sync_absorb_review       (BalTransaction *transaction,
                                       BalReview      *local,
                                       BalReview      *found,
                                       BalReview     **base,
                                       BalReview     **edited,
                                       GError        **error);
/* Brings that into the row that is left. */
gboolean bal_sync_take_edit           (BalTransaction *transaction,
                                       gint64          id,
                                       BalReview      *base,
                                       BalReview      *edited,
                                       GError        **error);
/* bal-sync-doubled.c: @key is one with which other desktops may create as well. */
gboolean bal_sync_note_shared         (BalTransaction *transaction,
                                       gint64          blog_id,
                                       const char     *key,
                                       GError        **error);
/* @found is what a create of @local left: what it was is noted, if it tells the key. */
gboolean bal_sync_note_created        (BalTransaction *transaction,
                                       BalReview      *local,
                                       BalReview      *found,
                                       GError        **error);
/* @remote seems to be a create of ours that was delivered again. *@aside (out): it is looked at when all else is pulled,
 * and does not come in until then. */
gboolean bal_sync_set_doubled_aside   (BalTransaction *transaction,
                                       BalReview      *remote,
                                       gboolean       *aside,
                                       GError        **error);
/* Ids, version mark and address, without the content. */
void     bal_sync_review_take_marks   (BalReview  *review,
                                       BalReview  *remote);
/* bal-sync-entered.c: a reply that was entered on the blog by hand comes back as @remote. @entered: (out): it does, and
 * the row here is that comment from now on. */
gboolean bal_sync_take_entered        (BalSyncMerge   *merge,
                                       BalTransaction *transaction,
                                       BalComment     *remote,
                                       gboolean       *entered,
                                       GError        **error);
void     bal_sync_comment_take_marks  (BalComment *comment,
                                       BalComment *remote);

G_END_DECLS
