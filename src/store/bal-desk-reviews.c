/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-desk.h"
#include "bal-entity-rows.h"

#include "bal-outbox-rows.h"
#include "bal-review-rows.h"
#include "bal-revision-rows.h"
#include "bal-time.h"

/* Autosaves within so many seconds leave one revision, that of before the first. */
#define COALESCE_SECONDS 60

/* A review that is offered anew brings its comments with it. */
static gboolean
queue_comments (BalTransaction  *transaction,
                BalReview       *review,
                GError         **error)
{
  g_autoptr(GPtrArray) comments = bal_comment_table_thread (transaction, bal_review_get_id (review), error);

  if (comments == NULL)
    return FALSE;

  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      BalCommentStatus status = bal_comment_get_status (comment);

      if (bal_comment_get_remote_id (comment) == NULL &&
          (status == BAL_COMMENT_STATUS_PENDING || status == BAL_COMMENT_STATUS_APPROVED) &&
          !bal_outbox_note (transaction, bal_comment_get_blog_id (comment), BAL_ENTITY_COMMENT,
                            bal_comment_get_id (comment), BAL_OUTBOX_CREATE,
                            bal_comment_get_edit_seq (comment), bal_comment_get_key (comment), NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* Offers the review to the blog as it is now. One that the blog never had needs no word about the trash. */
static gboolean
queue_review (BalTransaction  *transaction,
              BalReview       *review,
              gint64           edit_seq,
              GError         **error)
{
  gint64 id = bal_review_get_id (review), blog_id = bal_review_get_blog_id (review);
  GError *local_error = NULL;
  g_autoptr(BalOutboxItem) item = NULL;

  if (bal_review_get_remote_id (review) != NULL)
    return bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, id, BAL_OUTBOX_UPDATE, edit_seq,
                            NULL, NULL, error);

  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH &&
      (item == NULL || bal_outbox_item_is_unsent (item)))
    return bal_outbox_remove_for (transaction, BAL_ENTITY_REVIEW, id, error) &&
           bal_outbox_remove_comments_of (transaction, id, error);

  return bal_outbox_note (transaction, blog_id, BAL_ENTITY_REVIEW, id, BAL_OUTBOX_CREATE, edit_seq,
                          bal_review_get_key (review), NULL, error) &&
         (item != NULL || queue_comments (transaction, review, error));
}

static gint64
add_comment (BalTransaction  *transaction,
             BalReview       *review,
             BalComment      *comment,
             gint64           parent_id,
             GError         **error)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 id;

  bal_comment_set_blog_id (comment, bal_review_get_blog_id (review));
  bal_comment_set_review_id (comment, bal_review_get_id (review));
  bal_comment_set_parent_id (comment, parent_id);
  bal_comment_set_key (comment, key);
  bal_comment_set_edit_seq (comment, 1);
  if (bal_comment_get_created (comment) == 0)
    bal_comment_set_created (comment, bal_time_now ());

  id = bal_comment_table_insert (transaction, comment, error);
  if (id == 0 ||
      !bal_outbox_note (transaction, bal_review_get_blog_id (review), BAL_ENTITY_COMMENT, id,
                        BAL_OUTBOX_CREATE, 1, key, NULL, error))
    return 0;

  bal_comment_set_sync_state (comment, BAL_SYNC_STATE_QUEUED);
  return id;
}

static gboolean
add_comments (BalTransaction  *transaction,
              BalReview       *review,
              GPtrArray       *comments,
              GError         **error)
{
  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);
      gint64 place = bal_comment_get_parent_id (comment), parent_id = 0;

      g_return_val_if_fail (place >= 0 && place <= i, FALSE);

      if (place > 0)
        parent_id = bal_comment_get_id (g_ptr_array_index (comments, place - 1));
      if (add_comment (transaction, review, comment, parent_id, error) == 0)
        return FALSE;
    }

  return TRUE;
}

gint64
bal_desk_add_review (BalTransaction  *transaction,
                     BalReview       *review,
                     GPtrArray       *comments,
                     GError         **error)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 id;

  bal_review_set_key (review, key);
  bal_review_set_remote_id (review, NULL);
  bal_review_set_revision (review, NULL);
  bal_review_set_edit_seq (review, 1);
  if (bal_review_get_updated (review) == 0)
    bal_review_set_updated (review, bal_time_now ());

  id = bal_review_table_insert (transaction, review, error);
  if (id == 0 ||
      !bal_outbox_note (transaction, bal_review_get_blog_id (review), BAL_ENTITY_REVIEW, id,
                        BAL_OUTBOX_CREATE, 1, key, NULL, error))
    return 0;

  bal_review_set_sync_state (review, BAL_SYNC_STATE_QUEUED);
  if (comments != NULL && !add_comments (transaction, review, comments, error))
    return 0;
  return id;
}

/* What a person edits at the desk; all else is as the store has it now, for the object may be old. */
static void
copy_content (BalReview *to,
              BalReview *from)
{
  bal_review_set_title (to, bal_review_get_title (from));
  if (bal_review_get_html (from) != NULL)
    bal_review_set_html (to, bal_review_get_html (from));
  bal_review_set_excerpt (to, bal_review_get_excerpt (from));
  bal_review_set_slug (to, bal_review_get_slug (from));
  bal_review_set_featured_image (to, bal_review_get_featured_image (from));
  bal_review_set_labels (to, bal_review_get_labels (from));
  bal_review_set_categories (to, bal_review_get_categories (from));
}

/* The version that is about to be overwritten goes to the local history. One that the person never saw, because
 * the blog's or another window's came in between, always does. */
static gboolean
keep_version (BalTransaction  *transaction,
              BalReview       *stored,
              BalReview       *edited,
              gboolean         autosave,
              GError         **error)
{
  gboolean from_blog = g_strcmp0 (bal_review_get_revision (stored), bal_review_get_revision (edited)) != 0;
  gboolean seen = !from_blog && bal_review_get_edit_seq (stored) == bal_review_get_edit_seq (edited);
  gboolean is_recent = FALSE;

  if (autosave && seen &&
      !bal_revision_table_is_recent (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (stored),
                                     bal_time_now () - COALESCE_SECONDS, &is_recent, error))
    return FALSE;

  return is_recent ||
         bal_revision_table_add_review (transaction, from_blog ? BAL_REVISION_REMOTE : BAL_REVISION_EDIT,
                                        stored, error);
}

/* Whether there is something that the blog doesn't have and isn't offered yet: the work of an autosave. */
static gboolean
is_unoffered (BalTransaction  *transaction,
              BalReview       *review,
              gboolean        *unoffered,
              GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalOutboxItem) item = NULL;

  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), &local_error);
  if (local_error == NULL)
    base = bal_review_base_get (transaction, bal_review_get_id (review), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  *unoffered = item != NULL ? item->edit_seq != bal_review_get_edit_seq (review)
                            : base == NULL || !bal_review_content_equal (base, review);
  return TRUE;
}

/* Hands back what the store made of it. */
static gboolean
refresh (BalTransaction  *transaction,
         BalReview       *review,
         GError         **error)
{
  g_autoptr(BalReview) stored = bal_review_table_get (transaction, bal_review_get_id (review), error);

  if (stored == NULL)
    return FALSE;

  bal_review_assign (review, stored);
  return TRUE;
}

gboolean
bal_desk_save_review (BalTransaction  *transaction,
                      BalReview       *review,
                      gboolean         queue,
                      GError         **error)
{
  gint64 id = bal_review_get_id (review), edit_seq;
  g_autoptr(BalReview) stored = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) edited = NULL;
  gboolean unoffered = FALSE;

  if (stored == NULL)
    return FALSE;

  edited = bal_review_dup (stored);
  bal_review_set_id (edited, id);
  copy_content (edited, review);
  edit_seq = bal_review_get_edit_seq (stored);

  if (!bal_review_content_equal (stored, edited))
    {
      if (!keep_version (transaction, stored, review, !queue, error))
        return FALSE;

      bal_review_set_updated (edited, bal_time_now ());
      if (!bal_review_table_update (transaction, edited, error) ||
          !bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, id, -1, &edit_seq, error))
        return FALSE;
      bal_review_set_edit_seq (edited, edit_seq);
    }

  if (queue && !is_unoffered (transaction, edited, &unoffered, error))
    return FALSE;
  if (unoffered && !queue_review (transaction, edited, edit_seq, error))
    return FALSE;

  return refresh (transaction, review, error);
}

/* What bal_desk_take_back() has to know of a review that the blog never had: there, no base tells what a draft was. */
static int
note_draft (BalReview *review)
{
  return bal_review_get_remote_id (review) == NULL && bal_review_get_status (review) == BAL_REVIEW_STATUS_DRAFT
         ? BAL_REVIEW_STATUS_DRAFT : -1;
}

/* Writes a change of status or date. */
static gboolean
save_state (BalTransaction  *transaction,
            BalReview       *review,
            int              previous,
            GError         **error)
{
  gint64 edit_seq;

  bal_review_set_updated (review, bal_time_now ());
  return bal_review_table_update (transaction, review, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), previous, &edit_seq, error) &&
         queue_review (transaction, review, edit_seq, error);
}

gboolean
bal_desk_publish_review (BalTransaction  *transaction,
                         gint64           id,
                         gint64           at,
                         GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  gint64 now = bal_time_now ();
  gint64 published;
  BalReviewStatus status;
  int previous;

  if (review == NULL)
    return FALSE;

  previous = note_draft (review);
  status = at > now ? BAL_REVIEW_STATUS_SCHEDULED : BAL_REVIEW_STATUS_PUBLISHED;
  published = at != 0 ? at : now;

  /* What readers see already keeps its date when it is only published once more. */
  if (at == 0 && bal_review_get_status (review) == BAL_REVIEW_STATUS_PUBLISHED)
    published = bal_review_get_published (review);

  if (bal_review_get_status (review) == status && bal_review_get_published (review) == published)
    {
      gint64 edit_seq = bal_review_get_edit_seq (review);
      gboolean unoffered;

      return is_unoffered (transaction, review, &unoffered, error) &&
             (!unoffered || queue_review (transaction, review, edit_seq, error));
    }

  bal_review_set_status (review, status);
  bal_review_set_published (review, published);
  return save_state (transaction, review, previous, error);
}

gboolean
bal_desk_set_review_status (BalTransaction   *transaction,
                            gint64            id,
                            BalReviewStatus   status,
                            GError          **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  BalReviewStatus before;
  int previous;

  if (review == NULL)
    return FALSE;

  before = bal_review_get_status (review);
  if (before == status)
    return TRUE;

  previous = status == BAL_REVIEW_STATUS_TRASH ? (int) before : note_draft (review);
  bal_review_set_status (review, status);
  return save_state (transaction, review, previous, error);
}

gboolean
bal_desk_restore_review (BalTransaction  *transaction,
                         gint64           id,
                         GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, id, error);
  int previous;

  if (review == NULL || !bal_entity_get_previous (transaction, BAL_ENTITY_REVIEW, id, &previous, error))
    return FALSE;

  if (bal_review_get_status (review) != BAL_REVIEW_STATUS_TRASH)
    return TRUE;

  bal_review_set_status (review, previous >= 0 && previous != BAL_REVIEW_STATUS_TRASH
                                 ? (BalReviewStatus) previous : BAL_REVIEW_STATUS_DRAFT);
  return save_state (transaction, review, -1, error);
}
