/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-merge.h"

#include <glib/gi18n.h>

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-planner.h"
#include "bal-sync-merge-private.h"

/* An edit_seq that no row has: the row is not cleared but turns into a pending update. */
#define OTHER_EDIT_SEQ (-1)

/* The outbox row of an entity; NULL without error: none. */
static gboolean
find_item (BalTransaction  *transaction,
           BalEntity        entity,
           gint64           id,
           BalOutboxItem  **item,
           GError         **error)
{
  g_autoptr(GError) failed = NULL;

  *item = bal_outbox_find (transaction, entity, id, &failed);
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

/* A create that was to be deleted before its answer came is not done by being found. */
static gboolean
end_create (BalTransaction  *transaction,
            BalEntity        entity,
            gint64           id,
            gboolean         is_equal,
            GError         **error)
{
  g_autoptr(BalOutboxItem) item = NULL;

  if (!find_item (transaction, entity, id, &item, error))
    return FALSE;

  is_equal &= item != NULL && item->op != BAL_OUTBOX_DELETE;
  return item == NULL ||
         bal_outbox_set_done (transaction, item->id, is_equal ? item->edit_seq : OTHER_EDIT_SEQ, error);
}

/* A pull may have taken our own review for a stranger's, when the blog listed it without its key. */
gboolean
bal_sync_absorb_review (BalTransaction  *transaction,
                        BalReview       *local,
                        BalReview       *found,
                        BalReview      **base,
                        BalReview      **edited,
                        GError         **error)
{
  g_autoptr(GPtrArray) comments = NULL;
  g_autoptr(BalReview) twin = NULL;
  g_autoptr(BalReview) twin_base = NULL;
  g_autoptr(GError) failed = NULL;
  gint64 id = bal_review_table_find_remote (transaction, bal_review_get_blog_id (local),
                                            bal_review_get_remote_id (found), &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (id == 0 || id == bal_review_get_id (local))
    return TRUE;

  twin = bal_review_table_get (transaction, id, error);
  comments = twin != NULL ? bal_comment_table_thread (transaction, id, error) : NULL;
  if (comments == NULL)
    return FALSE;
  twin_base = bal_review_base_get (transaction, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (twin_base != NULL && !bal_review_content_equal (twin, twin_base))
    {
      *base = g_object_ref (twin_base);
      *edited = g_object_ref (twin);
    }

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);

      bal_comment_set_review_id (comment, bal_review_get_id (local));
      if (!bal_comment_table_update (transaction, comment, error))
        return FALSE;
    }
  return bal_comment_base_move (transaction, id, bal_review_get_id (local), error) &&
         bal_revision_table_add_review (transaction, BAL_REVISION_DELETED, twin, error) &&
         bal_review_table_remove (transaction, id, error);
}

gboolean
bal_sync_take_edit (BalTransaction  *transaction,
                    gint64           id,
                    BalReview       *base,
                    BalReview       *edited,
                    GError         **error)
{
  g_autoptr(BalReview) local = NULL;
  g_autoptr(BalReview) next = NULL;
  g_autofree char *what = NULL;
  BalReviewStatus status;
  BalPlan plan;

  if (edited == NULL)
    return TRUE;

  local = bal_review_table_get (transaction, id, error);
  if (local == NULL)
    return FALSE;

  plan = bal_plan_review (base, local, edited, &next, &what);
  if (plan == BAL_PLAN_TAKE_REMOTE)
    next = bal_plan_merge_review (local, local, edited, NULL);
  if (next == NULL)
    return TRUE;    /* there already, or against what was written here: then the local history has it */

  status = bal_review_get_status (next);
  bal_review_set_id (next, id);
  return bal_desk_save_review (transaction, next, TRUE, error) &&
         (status == bal_review_get_status (local) ||
          bal_desk_set_review_status (transaction, id, status, error));
}

/**
 * bal_sync_adopt_review:
 * @transaction: an open transaction
 * @local: a row that the blog was not known to have
 * @found: what a create of it left there
 * @error: return location
 *
 * What differs from @found is sent as an update: it is what the person wrote since, or what the create did not get
 * to do. A text that somebody changed on the blog in between goes to the local history.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_adopt_review (BalTransaction  *transaction,
                       BalReview       *local,
                       BalReview       *found,
                       GError         **error)
{
  gint64 id = bal_review_get_id (local);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) edited = NULL;
  g_autoptr(BalReview) other = NULL;

  bal_sync_review_complete (found, bal_review_get_blog_id (local));
  if (!bal_sync_absorb_review (transaction, local, found, &base, &edited, error))
    return FALSE;

  other = bal_review_dup (found);
  bal_review_set_id (other, id);
  if (!bal_sync_note_created (transaction, local, found, error) ||
      !bal_revision_table_forget_sent (transaction, other, error) ||
      (!bal_sync_review_text_equal (local, found) &&
       !bal_revision_table_add_review (transaction, BAL_REVISION_CONFLICT, other, error)))
    return FALSE;

  bal_sync_review_take_marks (local, found);
  return bal_review_table_update (transaction, local, error) &&
         bal_review_base_put (transaction, id, found, error) &&
         end_create (transaction, BAL_ENTITY_REVIEW, id, bal_review_content_equal (local, found), error) &&
         bal_sync_take_edit (transaction, id, base, edited, error);
}

/* What the person made of the twin's text is a version of the one that stays. */
static gboolean
keep_text_of_twin (BalTransaction  *transaction,
                   gint64           id,
                   BalComment      *local,
                   BalComment      *found,
                   GError         **error)
{
  g_autoptr(BalComment) twin = bal_comment_table_get (transaction, id, error);

  if (twin == NULL)
    return FALSE;
  if (g_strcmp0 (bal_comment_get_html (twin), bal_comment_get_html (found)) == 0 ||
      g_strcmp0 (bal_comment_get_html (twin), bal_comment_get_html (local)) == 0)
    return TRUE;

  bal_comment_set_id (twin, bal_comment_get_id (local));
  return bal_revision_table_add_comment (transaction, BAL_REVISION_DELETED, twin, error);
}

static gboolean
absorb_twin_comment (BalTransaction  *transaction,
                     BalComment      *local,
                     BalComment      *found,
                     GError         **error)
{
  g_autoptr(GPtrArray) thread = NULL;
  g_autoptr(GError) failed = NULL;
  gint64 id = bal_comment_table_find_remote (transaction, bal_comment_get_blog_id (local),
                                             bal_comment_get_remote_id (found), &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (id == 0 || id == bal_comment_get_id (local))
    return TRUE;

  thread = bal_comment_table_thread (transaction, bal_comment_get_review_id (local), error);
  if (thread == NULL)
    return FALSE;

  for (guint i = 0; i < thread->len; i++)
    {
      BalComment *comment = g_ptr_array_index (thread, i);

      if (bal_comment_get_parent_id (comment) != id)
        continue;
      /* Without the blog's id, by which the store would find the twin again. */
      bal_comment_set_remote_parent_id (comment, NULL);
      bal_comment_set_parent_id (comment, bal_comment_get_id (local));
      if (!bal_comment_table_update (transaction, comment, error))
        return FALSE;
    }
  return keep_text_of_twin (transaction, id, local, found, error) &&
         bal_comment_table_remove (transaction, id, error);
}

/**
 * bal_sync_adopt_comment:
 * @transaction: an open transaction
 * @local: a row that the blog was not known to have
 * @found: what a create of it left there
 * @error: return location
 *
 * Like [func@sync_adopt_review]. Where the blog shows no text, it is the one that is here.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_adopt_comment (BalTransaction  *transaction,
                        BalComment      *local,
                        BalComment      *found,
                        GError         **error)
{
  gint64 id = bal_comment_get_id (local);
  g_autoptr(BalComment) other = NULL;
  gboolean has_text, is_equal;

  if (bal_comment_get_html (found) == NULL)
    bal_comment_set_html (found, bal_comment_get_html (local));
  bal_sync_comment_complete (found, bal_comment_get_blog_id (local), bal_comment_get_review_id (local));
  if (!absorb_twin_comment (transaction, local, found, error))
    return FALSE;

  other = bal_comment_dup (found);
  bal_comment_set_id (other, id);
  has_text = g_strcmp0 (bal_comment_get_html (local), bal_comment_get_html (found)) == 0;
  if (!bal_revision_table_forget_sent_comment (transaction, local, error) ||
      !bal_revision_table_forget_sent_comment (transaction, other, error) ||
      (!has_text && !bal_revision_table_add_comment (transaction, BAL_REVISION_CONFLICT, other, error)))
    return FALSE;

  is_equal = has_text && bal_comment_get_status (local) == bal_comment_get_status (found);
  bal_comment_set_parent_id (found, bal_comment_get_parent_id (local));
  bal_sync_comment_take_marks (local, found);
  return bal_comment_table_update (transaction, local, error) &&
         bal_comment_base_put (transaction, id, found, error) &&
         end_create (transaction, BAL_ENTITY_COMMENT, id, is_equal, error);
}

/**
 * bal_sync_keep_sent:
 * @transaction: the transaction that says that it is being sent
 * @sent: the row as it is sent
 * @error: return location
 *
 * Should no answer be heard, it tells what on the blog is our own; should the blog alter it, it stays in the local
 * history.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_keep_sent (BalTransaction  *transaction,
                    BalReview       *sent,
                    GError         **error)
{
  return bal_revision_table_forget_sent (transaction, sent, error) &&
         bal_revision_table_add_review (transaction, BAL_REVISION_SENT, sent, error);
}

/**
 * bal_sync_keep_sent_comment:
 * @transaction: the transaction that says that it is being sent
 * @sent: the row as it is sent
 * @error: return location
 *
 * Like [func@sync_keep_sent]: a blog that keeps no key of ours knows it by this text alone, whatever the person makes of
 * it meanwhile.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_keep_sent_comment (BalTransaction  *transaction,
                            BalComment      *sent,
                            GError         **error)
{
  return bal_revision_table_forget_sent_comment (transaction, sent, error) &&
         bal_revision_table_add_comment (transaction, BAL_REVISION_SENT, sent, error);
}

/**
 * bal_sync_settle_review:
 * @transaction: an open transaction
 * @item: the outbox row as it was when @sent was read
 * @sent: the row as it was sent
 * @stored: the blog's answer
 * @error: return location
 *
 * What the blog stored is the new base. What it altered is taken over, unless the person has changed the same
 * words meanwhile: a rewriting server is no conflict with oneself, and writing on while a text is sent undoes nothing
 * that the blog did to it. A text that it altered stays in the local history as it was sent.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_settle_review (BalTransaction  *transaction,
                        BalOutboxItem   *item,
                        BalReview       *sent,
                        BalReview       *stored,
                        GError         **error)
{
  g_autoptr(BalReview) local = bal_review_table_get (transaction, item->entity_id, error);
  g_autoptr(BalReview) merged = NULL;

  if (local == NULL)
    return FALSE;

  bal_sync_review_complete (stored, item->blog_id);
  if (!(bal_sync_review_text_equal (sent, stored) ? bal_revision_table_forget_sent (transaction, sent, error)
                                                  : bal_sync_keep_sent (transaction, sent, error)))
    return FALSE;

  merged = bal_plan_settle_review (sent, local, stored);
  return bal_review_table_update (transaction, merged, error) &&
         bal_review_base_put (transaction, item->entity_id, stored, error) &&
         bal_outbox_set_done (transaction, item->id, item->edit_seq, error);
}

/* The reply was deleted here while it was on its way. */
static gboolean
settle_deleted_comment (BalTransaction  *transaction,
                        BalOutboxItem   *item,
                        BalComment      *stored,
                        GError         **error)
{
  g_autoptr(BalOutboxItem) now = NULL;

  if (!find_item (transaction, BAL_ENTITY_COMMENT, item->entity_id, &now, error))
    return FALSE;

  return bal_outbox_set_done (transaction, item->id, item->edit_seq, error) &&
         bal_outbox_note (transaction, item->blog_id, BAL_ENTITY_COMMENT, item->entity_id,
                          BAL_OUTBOX_DELETE, (now != NULL ? now->edit_seq : item->edit_seq) + 1, NULL,
                          bal_comment_get_remote_id (stored), error);
}

/**
 * bal_sync_settle_comment:
 * @transaction: an open transaction
 * @item: the outbox row as it was when @sent was read
 * @sent: the row as it was sent
 * @stored: the blog's answer
 * @error: return location
 *
 * Like [func@sync_settle_review].
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_settle_comment (BalTransaction  *transaction,
                         BalOutboxItem   *item,
                         BalComment      *sent,
                         BalComment      *stored,
                         GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalComment) local = bal_comment_table_get (transaction, item->entity_id, &failed);
  g_autoptr(BalComment) merged = NULL;

  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return settle_deleted_comment (transaction, item, stored, error);
  if (local == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (bal_comment_get_html (stored) == NULL)
    bal_comment_set_html (stored, bal_comment_get_html (sent));
  bal_sync_comment_complete (stored, item->blog_id, bal_comment_get_review_id (local));
  /* A blog that takes no text twice has answered with the one that it had. */
  if (!absorb_twin_comment (transaction, local, stored, error))
    return FALSE;
  if (!(g_strcmp0 (bal_comment_get_html (sent), bal_comment_get_html (stored)) == 0
        ? bal_revision_table_forget_sent_comment (transaction, sent, error)
        : bal_sync_keep_sent_comment (transaction, sent, error)))
    return FALSE;

  bal_comment_set_parent_id (stored, bal_comment_get_parent_id (local));
  merged = bal_plan_merge_comment (sent, local, stored, NULL);
  return bal_comment_table_update (transaction, merged, error) &&
         bal_comment_base_put (transaction, item->entity_id, stored, error) &&
         bal_outbox_set_done (transaction, item->id, item->edit_seq, error);
}
