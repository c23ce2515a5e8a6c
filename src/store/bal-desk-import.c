/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-desk.h"

#include "bal-time.h"

gboolean
bal_desk_take_in_review (BalTransaction  *transaction,
                         BalReview       *review,
                         gboolean         queue,
                         GError         **error)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 id;

  bal_review_set_key (review, key);
  bal_review_set_remote_id (review, NULL);
  bal_review_set_revision (review, NULL);
  bal_review_set_url (review, NULL);
  bal_review_set_edit_seq (review, 1);
  if (bal_review_get_updated (review) == 0)
    bal_review_set_updated (review, bal_review_get_published (review) != 0 ? bal_review_get_published (review)
                                                                          : bal_time_now ());

  id = bal_review_table_insert (transaction, review, error);
  return id != 0 &&
         (!queue || bal_outbox_note (transaction, bal_review_get_blog_id (review), BAL_ENTITY_REVIEW, id,
                                     BAL_OUTBOX_CREATE, 1, key, NULL, error));
}

/* Spam and what is in the trash is kept here, and no blog wants it. */
static gboolean
is_wanted (BalComment *comment)
{
  return bal_comment_get_status (comment) == BAL_COMMENT_STATUS_PENDING ||
         bal_comment_get_status (comment) == BAL_COMMENT_STATUS_APPROVED;
}

gboolean
bal_desk_take_in_comment (BalTransaction  *transaction,
                          BalComment      *comment,
                          gboolean         queue,
                          GError         **error)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 id;

  bal_comment_set_key (comment, key);
  bal_comment_set_edit_seq (comment, 1);
  if (bal_comment_get_created (comment) == 0)
    bal_comment_set_created (comment, bal_time_now ());

  id = bal_comment_table_insert (transaction, comment, error);
  return id != 0 &&
         (!queue || !is_wanted (comment) ||
          bal_outbox_note (transaction, bal_comment_get_blog_id (comment), BAL_ENTITY_COMMENT, id,
                           BAL_OUTBOX_CREATE, 1, key, NULL, error));
}
