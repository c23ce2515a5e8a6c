/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-dispute.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-entity-rows.h"
#include "bal-error.h"
#include "bal-outbox-rows.h"
#include "bal-review-rows.h"

void
bal_dispute_free (BalDispute *self)
{
  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    {
      g_clear_object (&self->reviews[s]);
      g_clear_object (&self->comments[s]);
    }
  g_free (self->what);
  g_free (self);
}

static gboolean
read_sides (BalDispute      *self,
            BalTransaction  *transaction,
            GError         **error)
{
  g_autoptr(GError) failed = NULL;

  if (self->entity == BAL_ENTITY_REVIEW)
    {
      self->reviews[BAL_SIDE_MINE] = bal_review_table_get (transaction, self->entity_id, &failed);
      if (failed == NULL)
        self->reviews[BAL_SIDE_BASE] = bal_review_base_get (transaction, self->entity_id, &failed);
      self->review_id = self->entity_id;
    }
  else
    {
      self->comments[BAL_SIDE_MINE] = bal_comment_table_get_row (transaction, self->entity_id, &failed);
      if (failed == NULL)
        self->comments[BAL_SIDE_BASE] = bal_comment_base_get (transaction, self->entity_id, &failed);
      if (failed == NULL)
        self->review_id = bal_comment_get_review_id (self->comments[BAL_SIDE_MINE]);
    }
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

BalDispute *
bal_dispute_read (BalTransaction  *transaction,
                  gint64           conflict_id,
                  GError         **error)
{
  g_autoptr(BalConflict) conflict = bal_conflict_table_get (transaction, conflict_id, error);
  g_autoptr(BalDispute) self = NULL;

  if (conflict == NULL)
    return NULL;

  self = g_new0 (BalDispute, 1);
  self->conflict_id = conflict->id;
  self->blog_id = conflict->blog_id;
  self->entity = conflict->entity;
  self->entity_id = conflict->entity_id;
  self->created = conflict->created;
  self->what = g_steal_pointer (&conflict->what);
  self->reviews[BAL_SIDE_THEIRS] = g_steal_pointer (&conflict->remote_review);
  self->comments[BAL_SIDE_THEIRS] = g_steal_pointer (&conflict->remote_comment);
  return read_sides (self, transaction, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
same_review (BalReview *a,
             BalReview *b)
{
  return a == b || (a != NULL && b != NULL && bal_review_content_equal (a, b));
}

/* Without the parent, which only a blog moves and a conflict does not keep. */
static gboolean
same_comment (BalComment *a,
              BalComment *b)
{
  return a == b || (a != NULL && b != NULL &&
                    bal_comment_get_status (a) == bal_comment_get_status (b) &&
                    g_strcmp0 (bal_comment_get_html (a), bal_comment_get_html (b)) == 0 &&
                    g_strcmp0 (bal_comment_get_author (a), bal_comment_get_author (b)) == 0);
}

/* A sync or an editor may have changed a side while the person was choosing. */
static gboolean
check_unchanged (BalDispute      *self,
                 BalTransaction  *transaction,
                 GError         **error)
{
  g_autoptr(BalDispute) now = bal_dispute_read (transaction, self->conflict_id, error);

  if (now == NULL)
    return FALSE;

  for (guint s = BAL_SIDE_MINE; s <= BAL_SIDE_THEIRS; s++)
    if (!same_review (now->reviews[s], self->reviews[s]) || !same_comment (now->comments[s], self->comments[s]))
      {
        g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                             _("One of the versions has changed meanwhile. Look at the conflict again; nothing was "
                               "changed."));
        return FALSE;
      }
  return TRUE;
}

static gboolean
settle_review (BalDispute      *self,
               BalTransaction  *transaction,
               BalReview       *outcome,
               GError         **error)
{
  BalReview *theirs = self->reviews[BAL_SIDE_THEIRS];
  gint64 edit_seq;

  return bal_revision_table_add_review (transaction, BAL_REVISION_CONFLICT, theirs, error) &&
         bal_revision_table_add_review (transaction, BAL_REVISION_CONFLICT, self->reviews[BAL_SIDE_MINE], error) &&
         bal_conflict_table_remove (transaction, self->conflict_id, error) &&
         bal_review_table_update (transaction, outcome, error) &&
         bal_review_base_put (transaction, self->entity_id, theirs, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, self->entity_id, -1, &edit_seq, error) &&
         bal_outbox_note (transaction, self->blog_id, BAL_ENTITY_REVIEW, self->entity_id, BAL_OUTBOX_UPDATE,
                          edit_seq, NULL, NULL, error);
}

static gboolean
settle_comment (BalDispute      *self,
                BalTransaction  *transaction,
                BalComment      *outcome,
                GError         **error)
{
  BalComment *theirs = self->comments[BAL_SIDE_THEIRS];
  gint64 edit_seq;

  return bal_revision_table_add_comment (transaction, BAL_REVISION_CONFLICT, theirs, error) &&
         bal_revision_table_add_comment (transaction, BAL_REVISION_CONFLICT, self->comments[BAL_SIDE_MINE],
                                         error) &&
         bal_conflict_table_remove (transaction, self->conflict_id, error) &&
         bal_comment_table_update (transaction, outcome, error) &&
         bal_comment_base_put (transaction, self->entity_id, theirs, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, self->entity_id, -1, &edit_seq, error) &&
         bal_outbox_note (transaction, self->blog_id, BAL_ENTITY_COMMENT, self->entity_id, BAL_OUTBOX_UPDATE,
                          edit_seq, NULL, NULL, error);
}

gboolean
bal_dispute_settle (BalDispute      *self,
                    BalTransaction  *transaction,
                    BalReview       *review,
                    BalComment      *comment,
                    GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_unchanged (self, transaction, error))
    return FALSE;

  /* One side as it is: also where the other has none, and the first whole. */
  if (same_review (review, self->reviews[BAL_SIDE_THEIRS]) && same_comment (comment, self->comments[BAL_SIDE_THEIRS]))
    return bal_conflict_table_resolve (transaction, self->conflict_id, FALSE, error);
  if (same_review (review, self->reviews[BAL_SIDE_MINE]) && same_comment (comment, self->comments[BAL_SIDE_MINE]))
    return bal_conflict_table_resolve (transaction, self->conflict_id, TRUE, error);

  return self->entity == BAL_ENTITY_REVIEW ? settle_review (self, transaction, review, error)
                                           : settle_comment (self, transaction, comment, error);
}

/* ---- taking it back ---- */

gboolean
bal_dispute_can_reopen (BalDispute *self)
{
  return self->reviews[BAL_SIDE_THEIRS] != NULL || self->comments[BAL_SIDE_THEIRS] != NULL;
}

/* Nothing has left for the blog yet, and nobody has gone on from the outcome. */
static gboolean
check_unsent (BalDispute      *self,
              BalTransaction  *transaction,
              BalReview       *review,
              BalComment      *comment,
              GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, self->entity, self->entity_id, &failed);
  g_autoptr(BalReview) review_now = NULL;
  g_autoptr(BalComment) comment_now = NULL;
  gboolean queued = !same_review (review, self->reviews[BAL_SIDE_THEIRS]) ||
                    !same_comment (comment, self->comments[BAL_SIDE_THEIRS]);

  if (failed == NULL && review != NULL)
    review_now = bal_review_table_get (transaction, self->entity_id, &failed);
  if (failed == NULL && comment != NULL)
    comment_now = bal_comment_table_get_row (transaction, self->entity_id, &failed);
  if (failed != NULL && !g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (failed == NULL && (item != NULL) == queued && (item == NULL || !bal_outbox_item_is_in_flight (item)) &&
      same_review (review, review_now) && same_comment (comment, comment_now))
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                       _("It has been sent or changed since. Both versions are in the local history."));
  return FALSE;
}

static gboolean
reopen_review (BalDispute      *self,
               BalTransaction  *transaction,
               gint64          *edit_seq,
               GError         **error)
{
  BalReview *base = self->reviews[BAL_SIDE_BASE];

  return (base != NULL ? bal_review_base_put (transaction, self->entity_id, base, error)
                       : bal_review_base_remove (transaction, self->entity_id, error)) &&
         bal_review_table_update (transaction, self->reviews[BAL_SIDE_MINE], error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, self->entity_id, -1, edit_seq, error) &&
         bal_conflict_table_put_review (transaction, self->entity_id, self->what,
                                        self->reviews[BAL_SIDE_THEIRS], error);
}

static gboolean
reopen_comment (BalDispute      *self,
                BalTransaction  *transaction,
                gint64          *edit_seq,
                GError         **error)
{
  BalComment *base = self->comments[BAL_SIDE_BASE];

  return (base != NULL ? bal_comment_base_put (transaction, self->entity_id, base, error)
                       : bal_comment_base_remove (transaction, self->entity_id, error)) &&
         bal_comment_table_update (transaction, self->comments[BAL_SIDE_MINE], error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, self->entity_id, -1, edit_seq, error) &&
         bal_conflict_table_put_comment (transaction, self->entity_id, self->what,
                                         self->comments[BAL_SIDE_THEIRS], error);
}

gboolean
bal_dispute_reopen (BalDispute      *self,
                    BalTransaction  *transaction,
                    BalReview       *review,
                    BalComment      *comment,
                    GError         **error)
{
  gint64 edit_seq;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bal_dispute_can_reopen (self), FALSE);

  if (!check_unsent (self, transaction, review, comment, error))
    return FALSE;

  /* The row waits again, parked for the choice. */
  return (self->entity == BAL_ENTITY_REVIEW ? reopen_review (self, transaction, &edit_seq, error)
                                            : reopen_comment (self, transaction, &edit_seq, error)) &&
         bal_outbox_note (transaction, self->blog_id, self->entity, self->entity_id, BAL_OUTBOX_UPDATE, edit_seq,
                          NULL, NULL, error);
}
