/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-table.h"

#include "bal-take-in.h"

gboolean
bal_review_table_close (BalTransaction  *transaction,
                        BalReview       *review,
                        gboolean        *closed,
                        GError         **error)
{
  gboolean in_trash = bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH;

  *closed = bal_review_get_audience (review) != BAL_AUDIENCE_EVERYONE;
  if (!*closed)
    return TRUE;

  bal_review_set_audience (review, BAL_AUDIENCE_EVERYONE);
  if (!in_trash)
    bal_review_set_status (review, BAL_REVIEW_STATUS_DRAFT);
  return bal_review_table_update (transaction, review, error) &&
         (!in_trash || bal_take_in_previous (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review),
                                             BAL_REVIEW_STATUS_DRAFT, error));
}

gboolean
bal_review_table_begin_again (BalTransaction  *transaction,
                              BalReview       *review,
                              const char      *key,
                              gboolean        *closed,
                              GError         **error)
{
  if (!bal_review_table_close (transaction, review, closed, error))
    return FALSE;

  bal_review_set_remote_id (review, NULL);
  bal_review_set_revision (review, NULL);
  bal_review_set_url (review, NULL);
  bal_review_set_key (review, key);
  return bal_review_table_update (transaction, review, error) &&
         bal_review_base_remove (transaction, bal_review_get_id (review), error);
}
