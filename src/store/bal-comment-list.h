/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-id-list.h"
#include "bal-tables.h"

G_BEGIN_DECLS

/**
 * BalCommentList:
 *
 * A list model of comments, like [class@ReviewList]: either those of a query, newest first, or the
 * whole thread of one review in reading order, or what stands around one comment, or all by one commenter. Only those of a
 * thread and around a comment have numbers and depths.
 */
#define BAL_TYPE_COMMENT_LIST (bal_comment_list_get_type ())
G_DECLARE_FINAL_TYPE (BalCommentList, bal_comment_list, BAL, COMMENT_LIST, BalIdList)

BalCommentList *bal_comment_list_new        (BalStore              *store);
void            bal_comment_list_set_query  (BalCommentList        *self,
                                             const BalCommentQuery *query);
void            bal_comment_list_set_thread (BalCommentList        *self,
                                             gint64                 review_id);   /* 0: empty */
/* The comments above one, itself, and the replies to it, in reading order. 0: empty. */
void            bal_comment_list_set_around (BalCommentList        *self,
                                             gint64                 comment_id);
/* All comments of a commenter under whatever name, wherever they are, newest first. 0: empty. */
void            bal_comment_list_set_person (BalCommentList        *self,
                                             gint64                 person_id);
gboolean        bal_comment_list_get_loading (BalCommentList       *self);
guint           bal_comment_list_find       (BalCommentList        *self,
                                             gint64                 id);
gint64          bal_comment_list_get_id     (BalCommentList        *self,
                                             guint                  position);

G_END_DECLS
