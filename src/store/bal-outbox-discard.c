/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-outbox-rows.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-conflict-table.h"
#include "bal-entity-rows.h"
#include "bal-review-rows.h"

/* A create that is given up: the review goes to the local trash, where its text stays at hand. */
static gboolean
discard_new_review (BalTransaction  *transaction,
                    BalReview       *review,
                    GError         **error)
{
  BalReviewStatus status = bal_review_get_status (review);
  gint64 edit_seq;

  if (status != BAL_REVIEW_STATUS_TRASH)
    {
      bal_review_set_status (review, BAL_REVIEW_STATUS_TRASH);
      if (!bal_review_table_update (transaction, review, error) ||
          !bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), status, &edit_seq, error))
        return FALSE;
    }

  return bal_outbox_remove_for (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), error) &&
         bal_outbox_remove_comments_of (transaction, bal_review_get_id (review), error);
}

static gboolean
discard_review_edit (BalTransaction  *transaction,
                     BalReview       *review,
                     GError         **error)
{
  gint64 id = bal_review_get_id (review), edit_seq;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalReview) base = bal_review_base_get (transaction, id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (base != NULL)
    {
      if (!bal_review_content_equal (review, base) &&
          !bal_revision_table_add_review (transaction, BAL_REVISION_EDIT, review, error))
        return FALSE;

      /* What only the store knows is not in the base. */
      bal_review_set_key (base, bal_review_get_key (review));
      if (!bal_review_table_update (transaction, base, error) ||
          !bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, id, -1, &edit_seq, error))
        return FALSE;
    }

  return bal_outbox_remove_for (transaction, BAL_ENTITY_REVIEW, id, error);
}

static gboolean
discard_review (BalTransaction  *transaction,
                BalOutboxItem   *item,
                GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalReview) review = bal_review_table_get (transaction, item->entity_id, &local_error);
  g_autoptr(BalReview) base = NULL;

  if (review != NULL)
    return item->op == BAL_OUTBOX_CREATE
           ? discard_new_review (transaction, review, error)
           : discard_review_edit (transaction, review, error);

  if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* Deleted here, still on the blog: it comes back as the blog has it. */
  g_clear_error (&local_error);
  base = bal_review_base_get (transaction, item->entity_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return (base == NULL || bal_review_table_revive (transaction, base, error)) &&
         bal_outbox_remove_for (transaction, BAL_ENTITY_REVIEW, item->entity_id, error);
}

static gboolean
discard_comment_edit (BalTransaction  *transaction,
                      BalComment      *comment,
                      GError         **error)
{
  gint64 id = bal_comment_get_id (comment), edit_seq;
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalComment) base = bal_comment_base_get (transaction, id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (base != NULL)
    {
      if (g_strcmp0 (bal_comment_get_html (base), bal_comment_get_html (comment)) != 0 &&
          !bal_revision_table_add_comment (transaction, BAL_REVISION_EDIT, comment, error))
        return FALSE;

      bal_comment_set_key (base, bal_comment_get_key (comment));
      if (!bal_comment_table_update (transaction, base, error) ||
          !bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, id, -1, &edit_seq, error))
        return FALSE;
    }

  return bal_outbox_remove_for (transaction, BAL_ENTITY_COMMENT, id, error);
}

static gboolean
discard_comment (BalTransaction  *transaction,
                 BalOutboxItem   *item,
                 GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, item->entity_id, &local_error);
  g_autoptr(BalComment) base = NULL;

  if (comment != NULL && item->op == BAL_OUTBOX_CREATE)
    return bal_revision_table_add_comment (transaction, BAL_REVISION_DELETED, comment, error) &&
           bal_comment_table_remove (transaction, item->entity_id, error);
  if (comment != NULL)
    return discard_comment_edit (transaction, comment, error);

  if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  g_clear_error (&local_error);
  base = bal_comment_base_get (transaction, item->entity_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return (base == NULL || bal_comment_table_revive (transaction, base, error)) &&
         bal_outbox_remove_for (transaction, BAL_ENTITY_COMMENT, item->entity_id, error);
}

gboolean
bal_outbox_discard (BalTransaction  *transaction,
                    gint64           id,
                    GError         **error)
{
  g_autoptr(BalOutboxItem) item = bal_outbox_get (transaction, id, error);
  GError *local_error = NULL;
  gint64 conflict;

  if (item == NULL)
    return FALSE;

  if (item->state == BAL_OUTBOX_SENDING)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_BUSY,
                           _("This change is being sent just now. Wait for the answer, and try again."));
      return FALSE;
    }

  conflict = bal_conflict_table_find (transaction, item->entity, item->entity_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  /* To give up one side of a conflict is to take the other. */
  if (conflict != 0)
    return bal_conflict_table_resolve (transaction, conflict, FALSE, error);

  return item->entity == BAL_ENTITY_REVIEW
         ? discard_review (transaction, item, error)
         : discard_comment (transaction, item, error);
}
