/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-id-list.h"
#include "bal-tables.h"

G_BEGIN_DECLS

/**
 * BalReviewList:
 *
 * A list model of reviews for a query: ids in order, objects on demand, changes by the smallest
 * splice. It listens to the store by itself. `loading` is TRUE until the first result of a query is
 * there.
 */
#define BAL_TYPE_REVIEW_LIST (bal_review_list_get_type ())
G_DECLARE_FINAL_TYPE (BalReviewList, bal_review_list, BAL, REVIEW_LIST, BalIdList)

BalReviewList *bal_review_list_new       (BalStore             *store);
/* Copies @query. */
void           bal_review_list_set_query (BalReviewList        *self,
                                          const BalReviewQuery *query);
gboolean       bal_review_list_get_loading (BalReviewList      *self);
/* Position of a review, or GTK's "invalid" G_MAXUINT. */
guint          bal_review_list_find      (BalReviewList        *self,
                                          gint64                id);
gint64         bal_review_list_get_id    (BalReviewList        *self,
                                          guint                 position);

G_END_DECLS
