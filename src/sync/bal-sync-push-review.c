/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-push.h"

#include <glib/gi18n.h>

#include "bal-error.h"
#include "bal-rewriting.h"
#include "bal-safe-text.h"
#include "bal-sync-merge.h"

/* Before an update the blog's present state is taken in, so that what is sent is what both sides want and its base is
 * what stands there; a conflict stops it here. */
static gboolean
begin (BalTransaction  *transaction,
       gpointer         data,
       GError         **error)
{
  BalPush *self = data;
  g_autoptr(BalSyncMerge) merge = NULL;
  g_autoptr(GError) failed = NULL;
  gboolean changed = FALSE;
  gboolean placed;

  if (self->remote_review != NULL)
    {
      merge = bal_sync_merge_new (transaction, bal_blog_get_id (self->run->blog), error);
      if (merge == NULL ||
          !bal_sync_merge_review (merge, transaction, self->remote_review, &changed, error))
        return FALSE;
    }

  g_clear_object (&self->review);
  self->review = bal_review_table_get (transaction, self->item->entity_id, error);
  if (self->review == NULL)
    return FALSE;

  self->base_review = bal_review_base_get (transaction, self->item->entity_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (!bal_push_place_pictures (self, transaction, &placed, error))
    return FALSE;
  if (!placed)
    return TRUE;

  return bal_push_mark_sending (self, transaction, error) &&
         (!self->is_sending || bal_sync_keep_sent (transaction, self->review, error));
}

static gboolean
settle (BalTransaction  *transaction,
        gpointer         data,
        GError         **error)
{
  BalPush *self = data;

  return bal_sync_settle_review (transaction, self->item, self->review, self->remote_review, error);
}

static gboolean
lose (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  BalPush *self = data;
  gboolean removed;

  if (!bal_sync_lose_review (transaction, self->item->entity_id, &removed, error))
    return FALSE;
  self->run->result->n_removed += removed;
  return TRUE;
}

/* Reads the blog's present state, or learns that it is gone. */
static gboolean
read_remote (BalPush   *self,
             gboolean  *is_gone,
             GError   **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GError) failed = NULL;

  *is_gone = FALSE;
  self->remote_review = bal_provider_get_review (run->provider, bal_review_get_remote_id (self->review),
                                                 run->cancellable, &failed);
  if (self->remote_review != NULL)
    return TRUE;

  *is_gone = g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND);
  if (*is_gone)
    return bal_store_write (run->store, lose, self, NULL, error);

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static void
note_rewriting (BalSyncResult *result,
                gint64         review_id,
                BalReview     *sent,
                BalReview     *stored)
{
  g_autofree char *what = bal_rewriting_describe (sent, stored);
  g_autofree char *title = NULL;

  if (what == NULL || result->rewritten_review_id == review_id || result->n_rewritten++ > 0)
    return;
  title = bal_safe_text_line (bal_review_get_title (stored), 80);
  result->rewritten_review_id = review_id;
  /* TRANSLATORS: the title of a review, and what a blog did to it when it was sent: "1 embed was removed" */
  result->rewriting = g_strdup_printf (_("the blog changed “%s”: %s"), title, what);
}

/* What the blog knows by its key is kept by its id before the rest is sent, which takes the key away: whatever ends the
 * program in between, it is found. *@created FALSE without error: this blog does it in one. */
static gboolean
create_unfinished (BalPush    *self,
                   BalReview  *sent,
                   gboolean   *created,
                   GError    **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(GError) failed = NULL;

  self->remote_review = bal_provider_create_review (run->provider, sent, run->cancellable, &failed);
  *created = self->remote_review != NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (!*created)
    return TRUE;
  if (!bal_push_take_created (self, error))
    return FALSE;

  /* Else it is counted when its row is done. */
  run->result->n_reviews_sent += bal_review_content_equal (self->review, self->remote_review);
  return TRUE;
}

gboolean
bal_push_review (BalPush   *self,
                 gboolean  *done,
                 GError   **error)
{
  BalSyncRun *run = self->run;
  g_autoptr(BalReview) sent = NULL;
  gboolean is_gone;

  *done = FALSE;
  if (bal_review_get_remote_id (self->review) != NULL)
    {
      if (!read_remote (self, &is_gone, error))
        return FALSE;
      *done = is_gone;
      if (is_gone)
        return TRUE;    /* removed here too, or waiting to be created again */
    }

  if (!bal_push_upload_pictures (self, error) ||
      !bal_store_write (run->store, begin, self, run->cancellable, error))
    return FALSE;
  if (!self->is_sending)
    return TRUE;

  sent = bal_review_dup (self->review);
  if (bal_push_get_featured (self) != NULL)
    bal_review_set_featured_image (sent, bal_push_get_featured (self));

  g_clear_object (&self->remote_review);
  if (bal_review_get_remote_id (sent) == NULL &&
      (!create_unfinished (self, sent, done, error) || *done))
    return *done;
  self->remote_review = bal_provider_put_review (run->provider, sent, self->base_review,
                                                 run->cancellable, error);
  if (self->remote_review == NULL || !bal_store_write (run->store, settle, self, NULL, error))
    return FALSE;

  note_rewriting (run->result, self->item->entity_id, sent, self->remote_review);
  run->result->n_reviews_sent++;
  *done = TRUE;
  return TRUE;
}
