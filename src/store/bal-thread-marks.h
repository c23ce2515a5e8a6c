/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/*
 * The column comment.unanswered: what bal_thread_voices_judge() says of it.
 */

/* Recomputes the marks of one review's comments. */
gboolean bal_thread_marks_update (BalTransaction  *transaction,
                                  gint64           review_id,
                                  GError         **error);
/* For a new pending or approved comment: the marks that it may change, its own included, without reading
 * the whole thread. */
gboolean bal_thread_marks_add    (BalTransaction  *transaction,
                                  BalComment      *comment,
                                  GError         **error);

G_END_DECLS
