/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-push.h"

#include "bal-error.h"
#include "bal-sync-merge.h"

static gboolean
begin (BalTransaction  *transaction,
       gpointer         data,
       GError         **error)
{
  BalPush *self = data;
  g_autoptr(BalSyncMerge) merge = NULL;
  g_autoptr(GError) failed = NULL;
  gboolean changed = FALSE;

  if (self->remote_comment != NULL)
    {
      merge = bal_sync_merge_new (transaction, bal_blog_get_id (self->run->blog), error);
      if (merge == NULL ||
          !bal_sync_merge_comment (merge, transaction, self->remote_comment, &changed, error))
        return FALSE;
    }

  g_clear_object (&self->comment);
  self->comment = bal_comment_table_get (transaction, self->item->entity_id, &failed);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return TRUE;    /* deleted here a moment ago: its row in the outbox says so at the next turn */
  if (failed == NULL)
    self->base_comment = bal_comment_base_get (transaction, self->item->entity_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  /* What the person did while the blog was asked may be more than it takes: planned anew at the next turn. */
  if ((bal_plan_comment_needs (self->base_comment, self->comment) &
       ~bal_blog_get_capabilities (self->run->blog)) != BAL_CAPABILITY_NONE)
    return TRUE;

  return bal_push_mark_sending (self, transaction, error) &&
         (!self->is_sending || bal_comment_get_remote_id (self->comment) != NULL ||
          bal_sync_keep_sent_comment (transaction, self->comment, error));
}

static gboolean
settle (BalTransaction  *transaction,
        gpointer         data,
        GError         **error)
{
  BalPush *self = data;

  return bal_sync_settle_comment (transaction, self->item, self->comment, self->remote_comment, error);
}

static gboolean
lose (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  BalPush *self = data;
  gboolean removed;

  if (!bal_sync_lose_comment (transaction, self->item->entity_id, &removed, error))
    return FALSE;
  self->run->result->n_removed += removed;
  return TRUE;
}

static gboolean
read_remote (BalPush   *self,
             gboolean  *is_gone,
             GError   **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GError) failed = NULL;

  *is_gone = FALSE;
  self->remote_comment = bal_provider_get_comment (run->provider, bal_comment_get_remote_id (self->comment),
                                                   run->cancellable, &failed);
  if (self->remote_comment != NULL)
    return TRUE;

  *is_gone = g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND);
  if (*is_gone)
    return bal_store_write (run->store, lose, self, NULL, error);

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean
bal_push_comment (BalPush   *self,
                  gboolean  *done,
                  GError   **error)
{
  BalSyncRun *run = self->run;
  gboolean is_gone;

  *done = FALSE;
  if (bal_comment_get_remote_id (self->comment) != NULL)
    {
      if (!read_remote (self, &is_gone, error))
        return FALSE;
      *done = is_gone;
      if (is_gone)
        return TRUE;    /* removed here too, or parked with our text */
    }

  if (!bal_store_write (run->store, begin, self, run->cancellable, error))
    return FALSE;
  if (!self->is_sending)
    return TRUE;

  g_clear_object (&self->remote_comment);
  self->remote_comment = bal_provider_put_comment (run->provider, self->comment, self->base_comment,
                                                   run->cancellable, error);
  if (self->remote_comment == NULL || !bal_store_write (run->store, settle, self, NULL, error))
    return FALSE;

  run->result->n_comments_sent++;
  *done = TRUE;
  return TRUE;
}

/* ---- deletions, of either kind ---- */

static gboolean
begin_delete (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  return bal_push_mark_sending (data, transaction, error);
}

static gboolean
settle_delete (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  BalPush *self = data;

  return bal_outbox_set_done (transaction, self->item->id, self->item->edit_seq, error);
}

/* An edit beats a delete: a comment whose text somebody changed on the blog meanwhile, unseen here, comes back. */
static gboolean
spare (BalTransaction  *transaction,
       gpointer         data,
       GError         **error)
{
  BalPush *self = data;
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalComment) base = bal_comment_base_get (transaction, self->item->entity_id, &failed);
  g_autoptr(BalSyncMerge) merge = NULL;
  gboolean changed = FALSE;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (base == NULL || bal_comment_get_html (self->remote_comment) == NULL ||
      g_strcmp0 (bal_comment_get_html (base), bal_comment_get_html (self->remote_comment)) == 0)
    return TRUE;

  self->is_spared = TRUE;
  if (!bal_outbox_discard (transaction, self->item_id, error))
    return FALSE;
  merge = bal_sync_merge_new (transaction, bal_blog_get_id (self->run->blog), error);
  return merge != NULL &&
         bal_sync_merge_comment (merge, transaction, self->remote_comment, &changed, error);
}

static gboolean
look_before_delete (BalPush  *self,
                    GError  **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GError) failed = NULL;

  self->remote_comment = bal_provider_get_comment (run->provider, self->item->remote_id, run->cancellable, &failed);
  if (self->remote_comment != NULL)
    return bal_store_write (run->store, spare, self, run->cancellable, error);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean
bal_push_delete (BalPush  *self,
                 GError  **error)
{
  BalSyncRun *run = self->run;
  gboolean is_comment = self->item->entity == BAL_ENTITY_COMMENT;
  g_autofree char *remote_id = g_strdup (self->item->remote_id);
  g_autoptr(GError) failed = NULL;
  gboolean deleted;

  if (is_comment && !look_before_delete (self, error))
    return FALSE;
  if (self->is_spared)
    {
      run->result->n_comments_pulled++;
      return TRUE;
    }

  if (!bal_store_write (run->store, begin_delete, self, run->cancellable, error))
    return FALSE;
  if (!self->is_sending)
    return TRUE;

  deleted = is_comment
            ? bal_provider_delete_comment (run->provider, remote_id, run->cancellable, &failed)
            : bal_provider_delete_review (run->provider, remote_id, run->cancellable, &failed);
  if (!deleted && !g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (!bal_store_write (run->store, settle_delete, self, NULL, error))
    return FALSE;
  if (is_comment)
    run->result->n_comments_sent++;
  else
    run->result->n_reviews_sent++;
  return TRUE;
}

/* ---- creates whose answer was lost, of either kind ---- */

static gboolean
adopt (BalTransaction  *transaction,
       gpointer         data,
       GError         **error)
{
  BalPush *self = data;
  gint64 id = self->item->entity_id;

  if (self->remote_review != NULL)
    {
      g_autoptr(BalReview) local = bal_review_table_get (transaction, id, error);

      return local != NULL && bal_sync_adopt_review (transaction, local, self->remote_review, error);
    }
  else
    {
      g_autoptr(BalComment) local = bal_comment_table_get (transaction, id, error);

      return local != NULL && bal_sync_adopt_comment (transaction, local, self->remote_comment, error);
    }
}

gboolean
bal_push_take_created (BalPush  *self,
                       GError  **error)
{
  return bal_store_write (self->run->store, adopt, self, NULL, error);
}

static gboolean
adopt_again (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  BalPush *self = data;
  g_autoptr(GError) failed = NULL;
  gint64 twin = bal_review_table_find_address (transaction, self->review, &failed);

  if (twin != 0)
    self->remote_review = bal_review_base_get (transaction, twin, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return self->remote_review == NULL || adopt (transaction, self, error);
}

gboolean
bal_push_adopt_again (BalPush   *self,
                      gboolean  *found,
                      GError   **error)
{
  if (self->review != NULL && !bal_store_write (self->run->store, adopt_again, self, NULL, error))
    return FALSE;

  *found = self->remote_review != NULL;
  self->run->result->n_reviews_sent += *found;
  return TRUE;
}

/* Some blogs know it by its text alone: by the one that was sent, not the one that it has become here. */
static BalComment *
find_comment (BalPush  *self,
              GError  **error)
{
  BalSyncRun *run = self->run;
  GError *failed = NULL;
  BalComment *found = bal_provider_find_comment (run->provider, self->comment, run->cancellable, &failed);

  for (guint i = 0; found == NULL && failed == NULL && self->sent != NULL && i < self->sent->len; i++)
    {
      g_autoptr(BalComment) sent = bal_comment_dup (self->comment);

      bal_comment_set_html (sent, g_ptr_array_index (self->sent, i));
      found = bal_provider_find_comment (run->provider, sent, run->cancellable, &failed);
    }

  if (failed != NULL)
    g_propagate_error (error, failed);
  return found;
}

gboolean
bal_push_adopt (BalPush   *self,
                gboolean  *found,
                GError   **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GError) failed = NULL;

  if (self->review != NULL)
    self->remote_review = bal_provider_find_review (run->provider, self->review, run->cancellable, &failed);
  else
    self->remote_comment = find_comment (self, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  *found = self->remote_review != NULL || self->remote_comment != NULL;
  if (!*found)
    return TRUE;
  if (!bal_push_take_created (self, error))
    return FALSE;

  if (self->review != NULL)
    run->result->n_reviews_sent++;
  else
    run->result->n_comments_sent++;
  return TRUE;
}
