/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-transaction.h"

G_BEGIN_DECLS

/*
 * The column comment.unanswered: 1 for a reader's pending or approved comment that has no
 * comment by the blogger, pending or approved, anywhere below it.
 */

/* Recomputes the marks of one review's comments. */
gboolean bal_thread_marks_update (BalTransaction  *transaction,
                                  gint64           review_id,
                                  GError         **error);
/* For a new comment by the blogger: clears the marks above it, without reading the whole thread. */
gboolean bal_thread_marks_answer (BalTransaction  *transaction,
                                  gint64           parent_id,
                                  GError         **error);

G_END_DECLS
