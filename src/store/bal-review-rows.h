/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: what the files about reviews share. */

/* BalSyncState of a row from its conflict and its outbox row. */
#define BAL_SYNC_STATE_SQL(entity, id)                                                     \
  "CASE WHEN EXISTS (SELECT 1 FROM conflict WHERE entity = " entity " AND entity_id = " id ")" \
  "  THEN 5 ELSE coalesce ((SELECT state + 1 FROM outbox WHERE entity = " entity                \
  "    AND entity_id = " id "), 0) END"

G_STATIC_ASSERT (BAL_ENTITY_REVIEW == 1 && BAL_ENTITY_COMMENT == 2);
G_STATIC_ASSERT (BAL_SYNC_STATE_CONFLICT == 5);
G_STATIC_ASSERT (BAL_SYNC_STATE_QUEUED == 1 && BAL_SYNC_STATE_PARKED == 4);

/* The columns that review_base and conflict have in common, in one order for binding and
 * reading: remote_id, revision, title, excerpt, slug, url, featured_image, labels, categories,
 * status, audience, published, updated. Without html, which each keeps in its own way. */
#define BAL_REVIEW_STATE_COLUMNS                                                           \
  "remote_id, revision, title, excerpt, slug, url, featured_image, labels, categories,"   \
  " status, audience, published, updated"

void      bal_review_rows_bind_state       (BalStatement    *statement,
                                            BalReview       *review);
void      bal_review_rows_read_state       (BalStatement    *statement,
                                            BalReview       *review);
/* Reads the fields of all reviews of a blog again, after its format changed. */
gboolean  bal_review_rows_read_fields_anew (BalTransaction  *transaction,
                                            gint64           blog_id,
                                            GError         **error);
/* Labels and categories, in the order of the blog. */
gboolean  bal_review_labels_insert         (BalTransaction  *transaction,
                                            BalReview       *review,
                                            GError         **error);
gboolean  bal_review_labels_read           (BalTransaction  *transaction,
                                            BalReview       *review,
                                            GError         **error);
gboolean  bal_review_labels_update         (BalTransaction  *transaction,
                                            BalReview       *review,
                                            gboolean        *changed,
                                            GError         **error);
/* Before the text of a review changes: a base that shares it gets its own copy. */
gboolean  bal_review_base_detach           (BalTransaction  *transaction,
                                            gint64           review_id,
                                            const char      *new_html,
                                            GError         **error);
/* Puts a review that was removed back under its old id; its html is that of @review. */
gboolean  bal_review_table_revive          (BalTransaction  *transaction,
                                            BalReview       *review,
                                            GError         **error);
/* Puts one of another store in, as it is, under the id that it has. @taken: (out): FALSE: there is one of that id, or of its id
 * on the blog. */
gboolean  bal_review_table_take_in         (BalTransaction  *transaction,
                                            BalReview       *review,
                                            gboolean        *taken,
                                            GError         **error);

G_END_DECLS
