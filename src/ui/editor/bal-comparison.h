/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-document-diff.h"
#include "bal-editor-form.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalComparison:
 *
 * Two versions of a review and what differs between them. Made on another thread; nothing in it
 * changes afterwards.
 */
typedef struct
{
  BalEditorForm *old_form;
  BalEditorForm *new_form;
  BalDocument   *old_body;       /* without the field lines */
  BalDocument   *new_body;
  GPtrArray     *blocks;         /* BalBlockChange: of the bodies */
  guint          n_added;        /* words, of the bodies */
  guint          n_removed;
} BalComparison;

void           bal_comparison_free        (BalComparison       *self);

/* (transfer full): of two versions that were read. Takes its time over a long text. */
BalComparison *bal_comparison_new         (BalReview           *old,
                                           BalReview           *new_,
                                           BalBlog             *blog);

/**
 * bal_comparison_read_async:
 * @store: where the versions are
 * @review_id: a review
 * @old_id: id of one of its revisions; 0: as it is now; -1: nothing, so that all of the other is new
 * @new_id: likewise
 * @cancellable: (nullable): stops the reading; a comparison that runs is only thrown away
 * @callback: called in the caller's main context
 * @user_data: for @callback
 *
 * Reads two versions and compares them word by word, on a thread of its own.
 */
void           bal_comparison_read_async  (BalStore            *store,
                                           gint64               review_id,
                                           gint64               old_id,
                                           gint64               new_id,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
/* (transfer full) */
BalComparison *bal_comparison_read_finish (BalStore            *store,
                                           GAsyncResult        *result,
                                           GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalComparison, bal_comparison_free)

G_END_DECLS
