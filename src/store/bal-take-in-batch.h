/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"
#include "bal-types.h"

G_BEGIN_DECLS

/**
 * BalTakeInBatch:
 *
 * Takes in what files of other programs bring, many rows with each statement: alone, each row of a comment costs SQLite as
 * much again for the statement around it, with a copy of every page that it changes.
 *
 * It belongs to one transaction. Reviews are written at once, and all else by [method@TakeInBatch.write] at the latest:
 * what is freed before is not written.
 */
typedef struct _BalTakeInBatch BalTakeInBatch;

/* @transaction: stays the caller's. */
BalTakeInBatch *bal_take_in_batch_new         (BalTransaction   *transaction);
void            bal_take_in_batch_free        (BalTakeInBatch   *self);

/* A review that is new here, with its blog: it gets its id and its key. @queue: it is offered to the blog. */
gboolean        bal_take_in_batch_add_review  (BalTakeInBatch   *self,
                                               BalReview        *review,
                                               gboolean          queue,
                                               GError          **error);
/* A comment that is new here, with its blog, its review and its parent by our ids: it gets its id and its key. */
gboolean        bal_take_in_batch_add_comment (BalTakeInBatch   *self,
                                               BalComment       *comment,
                                               gboolean          queue,
                                               GError          **error);
/* What a comment that was added is called where it comes from, as bal_import_table_put() does; texts are not copied, and
 * stay as they are until all is written. */
void            bal_take_in_batch_add_name    (BalTakeInBatch   *self,
                                               BalComment       *comment,
                                               const char       *source,
                                               const char       *key,
                                               const char       *hash,
                                               gint64            run_id);
/* Our id of a comment with that name that is not written yet; 0: there is none. */
gint64          bal_take_in_batch_find        (BalTakeInBatch   *self,
                                               const char       *source,
                                               const char       *key);
/* Whether everything is in the tables; nothing waits any more. */
gboolean        bal_take_in_batch_write       (BalTakeInBatch   *self,
                                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalTakeInBatch, bal_take_in_batch_free)

G_END_DECLS
