/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment-filter.h"
#include "bal-query-text.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: whether the text index of comments can lead a query for @filter. */
gboolean bal_filter_query_can_lead  (BalCommentFilter  *filter);
/* Whether its reviews are what finds comments the fastest: it asks for some, and for no words. */
gboolean bal_filter_query_by_review (BalCommentFilter  *filter);
/* Adds the words, names and blogs of a filter to a query on comment. What BalFilterLimits has is for the caller. @leads: the
 * query is one on comment_fts joined with comment. @nothing: (out): no comment can be meant. */
gboolean bal_filter_query_add_words (BalQueryText      *text,
                                     BalTransaction    *transaction,
                                     BalCommentFilter  *filter,
                                     gboolean           leads,
                                     gboolean          *nothing,
                                     GError           **error);

G_END_DECLS
