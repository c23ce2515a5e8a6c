/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-merge.h"

#include "bal-conflict-table.h"
#include "bal-planner.h"
#include "bal-sync-merge-private.h"

/**
 * bal_sync_merge_new:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what a page must be held against
 */
BalSyncMerge *
bal_sync_merge_new (BalTransaction  *transaction,
                    gint64           blog_id,
                    GError         **error)
{
  g_autoptr(GPtrArray) items = bal_outbox_list (transaction, blog_id, error);
  g_autoptr(BalBlog) blog = NULL;
  gboolean takes_replies;
  BalSyncMerge *self;

  if (items == NULL || (blog = bal_blog_table_get (transaction, blog_id, error)) == NULL)
    return NULL;
  takes_replies = (bal_blog_get_capabilities (blog) & BAL_CAPABILITY_REPLY) != 0;

  self = g_new0 (BalSyncMerge, 1);
  self->blog_id = blog_id;
  self->deleted_reviews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->deleted_comments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->comments_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->kept_replies = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < items->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (items, i);

      if (item->op == BAL_OUTBOX_DELETE && item->remote_id != NULL)
        g_hash_table_add (item->entity == BAL_ENTITY_REVIEW ? self->deleted_reviews
                                                            : self->deleted_comments,
                          g_strdup (item->remote_id));
      else if (item->op != BAL_OUTBOX_UPDATE && item->entity == BAL_ENTITY_COMMENT &&
               item->key != NULL)
        g_hash_table_insert (self->comments_by_key, g_strdup (item->key),
                             g_memdup2 (&item->entity_id, sizeof item->entity_id));
      if (item->op == BAL_OUTBOX_CREATE && item->entity == BAL_ENTITY_COMMENT &&
          (item->state == BAL_OUTBOX_PARKED || !takes_replies) && item->attempts == 0)
        g_array_append_val (self->kept_replies, item->entity_id);
    }
  return self;
}

void
bal_sync_merge_free (BalSyncMerge *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->deleted_reviews);
  g_hash_table_unref (self->deleted_comments);
  g_hash_table_unref (self->comments_by_key);
  g_array_unref (self->kept_replies);
  g_free (self);
}

gboolean
bal_sync_review_text_equal (BalReview *a,
                            BalReview *b)
{
  return g_strcmp0 (bal_review_get_title (a), bal_review_get_title (b)) == 0 &&
         g_strcmp0 (bal_review_get_html (a), bal_review_get_html (b)) == 0;
}

/* Whether nothing that a person may have written in @local would be overwritten by @next. */
static gboolean
writing_equal (BalReview *local,
               BalReview *next)
{
  g_autoptr(BalReview) other = bal_review_dup (next);

  bal_review_set_status (other, bal_review_get_status (local));
  bal_review_set_published (other, bal_review_get_published (local));
  return bal_review_content_equal (local, other);
}

/* What a row needs and a blog does not tell. NULL as html would mean that the text is not known. */
void
bal_sync_review_complete (BalReview *remote,
                          gint64     blog_id)
{
  bal_review_set_blog_id (remote, blog_id);
  if (bal_review_get_html (remote) == NULL)
    bal_review_set_html (remote, "");
}

/* Whether the rows would be written alike: the content, and what the blog notes beside it. */
static gboolean
is_same (BalReview *a,
         BalReview *b)
{
  return bal_review_content_equal (a, b) &&
         bal_review_get_updated (a) == bal_review_get_updated (b) &&
         bal_review_get_audience (a) == bal_review_get_audience (b) &&
         g_strcmp0 (bal_review_get_remote_id (a), bal_review_get_remote_id (b)) == 0 &&
         g_strcmp0 (bal_review_get_revision (a), bal_review_get_revision (b)) == 0 &&
         g_strcmp0 (bal_review_get_url (a), bal_review_get_url (b)) == 0;
}

static gboolean
insert_review (BalSyncMerge    *self,
               BalTransaction  *transaction,
               BalReview       *remote,
               GError         **error)
{
  g_autoptr(BalReview) review = bal_review_dup (remote);

  bal_review_set_id (review, 0);
  bal_review_set_edit_seq (review, 0);
  bal_review_set_key (review, NULL);    /* another desktop's: only who made it knows by it */
  return bal_review_table_insert (transaction, review, error) != 0 &&
         bal_review_base_put (transaction, bal_review_get_id (review), remote, error);
}

/* While a conflict is open the person's version stays and nothing is decided; the newest version of the blog is
 * kept beside it. What only the blog changed is no part of it and is taken over, so that choosing one's own
 * version does not undo it. */
static gboolean
note_review_conflict (BalTransaction  *transaction,
                      BalReview       *base,
                      BalReview       *local,
                      BalReview       *remote,
                      GError         **error)
{
  g_autofree char *what = NULL;
  g_autoptr(BalReview) merged = bal_plan_merge_review (base, local, remote, &what);

  if (!writing_equal (local, merged) &&
      !bal_revision_table_add_review (transaction, BAL_REVISION_REMOTE, local, error))
    return FALSE;

  return (is_same (local, merged) || bal_review_table_update (transaction, merged, error)) &&
         bal_conflict_table_put_review (transaction, bal_review_get_id (local),
                                        what != NULL ? what : "html", remote, error);
}

/* @next is what the row becomes, @remote the new base. */
static gboolean
store_merged_review (BalTransaction  *transaction,
                     BalReview       *base,
                     BalReview       *local,
                     BalReview       *next,
                     BalReview       *remote,
                     GError         **error)
{
  gint64 id = bal_review_get_id (local);
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GError) failed = NULL;

  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (!writing_equal (local, next) &&
      !bal_revision_table_add_review (transaction, BAL_REVISION_REMOTE, local, error))
    return FALSE;

  if (!is_same (local, next) && !bal_review_table_update (transaction, next, error))
    return FALSE;
  if ((base == NULL || !is_same (base, remote)) &&
      !bal_review_base_put (transaction, id, remote, error))
    return FALSE;

  /* Otherwise the row that waits stands for what is merged now. */
  if (item != NULL && item->op != BAL_OUTBOX_DELETE && bal_review_content_equal (next, remote))
    return bal_outbox_set_done (transaction, item->id, item->edit_seq, error) &&
           bal_revision_table_forget_sent (transaction, next, error);
  return TRUE;
}

/* Both sides have come to the same by themselves, and the conflict has the blog's newest version. */
gboolean
bal_sync_end_conflict (BalTransaction  *transaction,
                       BalEntity        entity,
                       gint64           entity_id,
                       GError         **error)
{
  g_autoptr(GPtrArray) conflicts = bal_conflict_table_list (transaction, 0, error);

  if (conflicts == NULL)
    return FALSE;

  for (guint i = 0; i < conflicts->len; i++)
    {
      BalConflict *conflict = g_ptr_array_index (conflicts, i);

      if (conflict->entity == entity && conflict->entity_id == entity_id)
        return bal_conflict_table_resolve (transaction, conflict->id, FALSE, error);
    }
  return TRUE;
}

/* The base; or, if an update of which no answer was heard turns out to have been carried out, what was sent with it. */
static gboolean
read_base (BalTransaction  *transaction,
           gint64           id,
           BalReview       *remote,
           BalReview      **base,
           GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalReview) old = bal_review_base_get (transaction, id, &failed);
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(BalRevision) revision = NULL;
  g_autoptr(BalReview) sent = NULL;

  if (failed == NULL)
    item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, &failed);
  if (failed == NULL && item != NULL && item->op == BAL_OUTBOX_UPDATE && item->attempts > 0)
    revision = bal_revision_table_find_sent (transaction, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (old == NULL || revision == NULL)
    {
      *base = g_steal_pointer (&old);
      return TRUE;
    }
  sent = bal_review_dup (old);
  bal_revision_apply (revision, sent);
  *base = bal_plan_choose_base (old, sent, remote);
  return *base == old || bal_review_base_put (transaction, id, *base, error);
}

gboolean
bal_sync_merge_known_review (BalTransaction  *transaction,
                             gint64           id,
                             BalReview       *remote,
                             gboolean        *changed,
                             GError         **error)
{
  g_autoptr(BalReview) local = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) next = NULL;
  g_autofree char *what = NULL;
  BalPlan plan;

  if (local == NULL)
    return FALSE;

  if (!read_base (transaction, id, remote, &base, error))
    return FALSE;

  plan = bal_plan_review (base, local, remote, &next, &what);
  if (bal_review_get_sync_state (local) == BAL_SYNC_STATE_CONFLICT &&
      bal_review_content_equal (local, remote))
    return bal_conflict_table_put_review (transaction, id, "html", remote, error) &&
           bal_sync_end_conflict (transaction, BAL_ENTITY_REVIEW, id, error);
  if (plan == BAL_PLAN_CONFLICT || bal_review_get_sync_state (local) == BAL_SYNC_STATE_CONFLICT)
    return note_review_conflict (transaction, base, local, remote, error);

  if (plan == BAL_PLAN_TAKE_REMOTE)
    next = bal_plan_merge_review (local, local, remote, NULL);
  else if (next == NULL)
    {
      next = bal_review_dup (local);
      bal_sync_review_take_marks (next, remote);
    }

  *changed = !bal_review_content_equal (local, next);
  return store_merged_review (transaction, base, local, next, remote, error);
}

void
bal_sync_review_take_marks (BalReview *review,
                            BalReview *remote)
{
  bal_review_set_remote_id (review, bal_review_get_remote_id (remote));
  bal_review_set_revision (review, bal_review_get_revision (remote));
  bal_review_set_url (review, bal_review_get_url (remote));
  bal_review_set_audience (review, bal_review_get_audience (remote));
  bal_review_set_updated (review, bal_review_get_updated (remote));
}

/* A review of ours whose create was sent without hearing the answer, and that now shows up in a list. */
static gboolean
find_own_create (BalTransaction  *transaction,
                 gint64           blog_id,
                 BalReview       *remote,
                 BalReview      **local,
                 GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalReview) review = NULL;
  gint64 id;

  if (bal_review_get_key (remote) == NULL)
    return TRUE;

  id = bal_review_table_find_key (transaction, blog_id, bal_review_get_key (remote), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (id == 0)
    return TRUE;

  review = bal_review_table_get (transaction, id, error);
  if (review == NULL)
    return FALSE;
  if (bal_review_get_remote_id (review) == NULL)
    *local = g_steal_pointer (&review);
  return TRUE;
}

/**
 * bal_sync_merge_review:
 * @self: what waits for the same blog
 * @transaction: an open transaction
 * @remote: the review as the blog has it now
 * @changed: (inout): set to %TRUE when content changed here; untouched otherwise
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_merge_review (BalSyncMerge    *self,
                       BalTransaction  *transaction,
                       BalReview       *remote,
                       gboolean        *changed,
                       GError         **error)
{
  const char *remote_id = bal_review_get_remote_id (remote);
  g_autoptr(BalReview) own = NULL;
  g_autoptr(GError) failed = NULL;
  gboolean altered = FALSE;
  gboolean aside = FALSE;
  gint64 id;

  if (remote_id == NULL || g_hash_table_contains (self->deleted_reviews, remote_id))
    return TRUE;
  bal_sync_review_complete (remote, self->blog_id);

  id = bal_review_table_find_remote (transaction, self->blog_id, remote_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (id != 0)
    {
      if (!bal_sync_merge_known_review (transaction, id, remote, &altered, error))
        return FALSE;
      *changed |= altered;
      return TRUE;
    }

  if (!find_own_create (transaction, self->blog_id, remote, &own, error))
    return FALSE;
  if (own != NULL)
    return bal_sync_adopt_review (transaction, own, remote, error);
  if (!self->is_wanted && !bal_sync_set_doubled_aside (transaction, remote, &aside, error))
    return FALSE;
  if (aside)
    return TRUE;

  *changed = TRUE;
  return insert_review (self, transaction, remote, error);
}
