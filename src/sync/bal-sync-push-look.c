/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-push.h"

#include "bal-error.h"
#include "bal-revision-table.h"
#include "bal-time.h"

void
bal_push_clear (BalPush *self)
{
  g_clear_pointer (&self->item, bal_outbox_item_free);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  g_clear_pointer (&self->lost, g_free);
  g_clear_object (&self->review);
  g_clear_object (&self->comment);
  g_clear_object (&self->base_review);
  g_clear_object (&self->base_comment);
  g_clear_object (&self->remote_review);
  g_clear_object (&self->remote_comment);
}

/* What it takes no picture for may show one that is elsewhere. */
static BalCapabilities
capabilities_of (BalBlog *blog)
{
  return bal_blog_get_capabilities (blog) | (bal_blog_has_image_place (blog) ? BAL_CAPABILITY_UPLOAD_MEDIA : 0);
}

/* Whether the blog would take a comment on it now. */
static gboolean
takes_comments (BalReview       *on_blog,
                BalCapabilities  capabilities)
{
  BalReviewStatus status;

  if (on_blog == NULL)
    return FALSE;

  status = bal_review_get_status (on_blog);
  return status == BAL_REVIEW_STATUS_PUBLISHED || status == BAL_REVIEW_STATUS_PRIVATE ||
         (capabilities & BAL_CAPABILITY_DRAFT_COMMENTS) != 0;
}

/* Nothing is sent without its pictures. */
static void
park_if_lost (BalPush *self)
{
  if (self->lost == NULL ||
      (self->step != BAL_STEP_CREATE && self->step != BAL_STEP_READ_THEN_UPDATE))
    return;
  self->step = BAL_STEP_PARK;
  self->why = self->lost;
}

static gboolean
look_at_review (BalPush         *self,
                BalTransaction  *transaction,
                GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalReview) base = NULL;

  self->review = bal_review_table_get (transaction, self->item->entity_id, &failed);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return TRUE;
  if (failed == NULL)
    base = bal_review_base_get (transaction, self->item->entity_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  self->is_held = bal_review_get_sync_state (self->review) == BAL_SYNC_STATE_CONFLICT;
  self->needs = bal_plan_review_needs (base, self->review);
  return bal_push_look_at_pictures (self, transaction, error);
}

/* What was sent and not heard of, where the person has edited it since. */
static gboolean
look_at_sent (BalPush         *self,
              BalTransaction  *transaction,
              GError         **error)
{
  g_autoptr(GPtrArray) revisions = NULL;

  if (bal_comment_get_remote_id (self->comment) != NULL || self->item->attempts == 0)
    return TRUE;

  revisions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, self->item->entity_id, error);
  if (revisions == NULL)
    return FALSE;

  self->sent = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);

      if (revision->kind == BAL_REVISION_SENT &&
          g_strcmp0 (revision->html, bal_comment_get_html (self->comment)) != 0)
        g_ptr_array_add (self->sent, g_strdup (revision->html));
    }
  return TRUE;
}

static gboolean
look_at_comment (BalPush         *self,
                 BalTransaction  *transaction,
                 GError         **error)
{
  BalCapabilities capabilities = bal_blog_get_capabilities (self->run->blog);
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalReview) on_blog = NULL;

  self->comment = bal_comment_table_get (transaction, self->item->entity_id, &failed);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return TRUE;
  if (failed == NULL)
    base = bal_comment_base_get (transaction, self->item->entity_id, &failed);
  if (failed == NULL)
    on_blog = bal_review_base_get (transaction, bal_comment_get_review_id (self->comment), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  self->is_held = bal_comment_get_sync_state (self->comment) == BAL_SYNC_STATE_CONFLICT;
  self->needs = bal_plan_comment_needs (base, self->comment);
  self->parent_known = bal_comment_get_remote_review_id (self->comment) != NULL &&
                       takes_comments (on_blog, capabilities) &&
                       (bal_comment_get_parent_id (self->comment) == 0 ||
                        bal_comment_get_remote_parent_id (self->comment) != NULL);
  return look_at_sent (self, transaction, error);
}

static gboolean
look_at_entity (BalPush         *self,
                BalTransaction  *transaction,
                gboolean        *has_remote_id,
                GError         **error)
{
  if (self->item->entity == BAL_ENTITY_REVIEW)
    {
      if (!look_at_review (self, transaction, error))
        return FALSE;
      *has_remote_id = self->review != NULL && bal_review_get_remote_id (self->review) != NULL;
    }
  else
    {
      if (!look_at_comment (self, transaction, error))
        return FALSE;
      *has_remote_id = self->comment != NULL && bal_comment_get_remote_id (self->comment) != NULL;
    }
  return TRUE;
}

static gboolean
look (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  BalPush *self = data;
  BalCapabilities capabilities = capabilities_of (self->run->blog);
  g_autoptr(GError) failed = NULL;
  gboolean is_delete, has_remote_id;

  self->item = bal_outbox_get (transaction, self->item_id, &failed);
  if (self->item == NULL)
    {
      if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!look_at_entity (self, transaction, &has_remote_id, error))
    return FALSE;

  is_delete = self->item->op == BAL_OUTBOX_DELETE;
  if (is_delete)
    {
      self->needs = self->item->entity == BAL_ENTITY_COMMENT ? BAL_CAPABILITY_MODERATE : BAL_CAPABILITY_NONE;
      has_remote_id = self->item->remote_id != NULL;
    }
  self->step = self->review == NULL && self->comment == NULL && (!is_delete || !has_remote_id)
               ? BAL_STEP_DROP
               : bal_plan_step (self->item, has_remote_id, self->parent_known, self->needs, capabilities,
                                bal_time_now (), &self->why);
  park_if_lost (self);
  return TRUE;
}

void
bal_push_plan_unsent (BalPush *self)
{
  BalOutboxItem unsent = *self->item;

  unsent.state = BAL_OUTBOX_PENDING;
  unsent.attempts = 0;
  self->step = bal_plan_step (&unsent, FALSE, self->parent_known, self->needs,
                              capabilities_of (self->run->blog), bal_time_now (), &self->why);
  park_if_lost (self);
}

gboolean
bal_push_look (BalPush  *self,
               GError  **error)
{
  return bal_store_read (self->run->store, look, self, self->run->cancellable, error);
}
