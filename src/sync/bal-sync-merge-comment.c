/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-merge.h"

#include "bal-conflict-table.h"
#include "bal-planner.h"
#include "bal-sync-merge-private.h"

void
bal_sync_comment_take_marks (BalComment *comment,
                             BalComment *remote)
{
  bal_comment_set_remote_id (comment, bal_comment_get_remote_id (remote));
  bal_comment_set_remote_parent_id (comment, bal_comment_get_remote_parent_id (remote));
  bal_comment_set_parent_id (comment, bal_comment_get_parent_id (remote));
  bal_comment_set_author_email (comment, bal_comment_get_author_email (remote));
  bal_comment_set_author_url (comment, bal_comment_get_author_url (remote));
  bal_comment_set_author_ip (comment, bal_comment_get_author_ip (remote));
  bal_comment_set_user_agent (comment, bal_comment_get_user_agent (remote));
  bal_comment_set_url (comment, bal_comment_get_url (remote));
}

/* What a blog has emptied it has no text of any more: the one that is here stays. */
static gboolean
keep_text (BalTransaction  *transaction,
           gint64           id,
           BalComment      *remote,
           GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalComment) base = NULL;

  if (id == 0 || bal_comment_get_html (remote) != NULL)
    return TRUE;

  base = bal_comment_base_get (transaction, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (base != NULL)
    bal_comment_set_html (remote, bal_comment_get_html (base));
  return TRUE;
}

void
bal_sync_comment_complete (BalComment *remote,
                           gint64      blog_id,
                           gint64      review_id)
{
  bal_comment_set_blog_id (remote, blog_id);
  bal_comment_set_review_id (remote, review_id);
  if (bal_comment_get_html (remote) == NULL)
    bal_comment_set_html (remote, "");
}

/* What the blog notes beside the content. */
static gboolean
marks_equal (BalComment *a,
             BalComment *b)
{
  return bal_comment_get_parent_id (a) == bal_comment_get_parent_id (b) &&
         bal_comment_get_mine (a) == bal_comment_get_mine (b) &&
         bal_comment_get_created (a) == bal_comment_get_created (b) &&
         g_strcmp0 (bal_comment_get_remote_id (a), bal_comment_get_remote_id (b)) == 0 &&
         g_strcmp0 (bal_comment_get_remote_parent_id (a),
                    bal_comment_get_remote_parent_id (b)) == 0 &&
         g_strcmp0 (bal_comment_get_author_email (a), bal_comment_get_author_email (b)) == 0 &&
         g_strcmp0 (bal_comment_get_author_url (a), bal_comment_get_author_url (b)) == 0 &&
         g_strcmp0 (bal_comment_get_author_ip (a), bal_comment_get_author_ip (b)) == 0 &&
         g_strcmp0 (bal_comment_get_user_agent (a), bal_comment_get_user_agent (b)) == 0 &&
         g_strcmp0 (bal_comment_get_url (a), bal_comment_get_url (b)) == 0;
}

static gboolean
contents_equal (BalComment *a,
                BalComment *b)
{
  return bal_comment_get_status (a) == bal_comment_get_status (b) &&
         g_strcmp0 (bal_comment_get_html (a), bal_comment_get_html (b)) == 0 &&
         g_strcmp0 (bal_comment_get_author (a), bal_comment_get_author (b)) == 0;
}

static gboolean
resolve_ids (BalSyncMerge    *self,
             BalTransaction  *transaction,
             BalComment      *remote,
             gint64          *id,
             GError         **error)
{
  g_autoptr(GError) failed = NULL;
  const char *parent = bal_comment_get_remote_parent_id (remote);
  gint64 review_id;

  review_id = bal_review_table_find_remote (transaction, self->blog_id,
                                             bal_comment_get_remote_review_id (remote), &failed);
  if (failed == NULL)
    *id = bal_comment_table_find_remote (transaction, self->blog_id,
                                         bal_comment_get_remote_id (remote), &failed);
  if (failed == NULL && parent != NULL)
    bal_comment_set_parent_id (remote, bal_comment_table_find_remote (transaction, self->blog_id,
                                                                      parent, &failed));
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (!keep_text (transaction, *id, remote, error))
    return FALSE;
  bal_sync_comment_complete (remote, self->blog_id, review_id);
  return TRUE;
}

static gboolean
insert_comment (BalSyncMerge    *self,
                BalTransaction  *transaction,
                BalComment      *remote,
                GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_dup (remote);
  gboolean moved = FALSE;
  BalPersonAct act;

  bal_comment_set_id (comment, 0);
  bal_comment_set_edit_seq (comment, 0);
  if (bal_comment_table_insert (transaction, comment, error) == 0 ||
      !bal_comment_base_put (transaction, bal_comment_get_id (comment), remote, error) ||
      !bal_person_table_receive (transaction, comment, &act, error))
    return FALSE;
  if (act == BAL_PERSON_ACT_NONE && !bal_spam_help_receive (transaction, bal_comment_get_id (comment), &moved, error))
    return FALSE;

  self->n_spam_moved += moved;
  self->n_trusted += act == BAL_PERSON_ACT_APPROVED;
  self->n_blocked += act == BAL_PERSON_ACT_TRASHED;
  return TRUE;
}

static gboolean
note_comment_conflict (BalTransaction  *transaction,
                       BalComment      *base,
                       BalComment      *local,
                       BalComment      *remote,
                       GError         **error)
{
  g_autofree char *what = NULL;
  g_autoptr(BalComment) merged = bal_plan_merge_comment (base, local, remote, &what);

  if (g_strcmp0 (bal_comment_get_html (local), bal_comment_get_html (merged)) != 0 &&
      !bal_revision_table_add_comment (transaction, BAL_REVISION_REMOTE, local, error))
    return FALSE;

  return bal_comment_table_update (transaction, merged, error) &&
         bal_conflict_table_put_comment (transaction, bal_comment_get_id (local),
                                         what != NULL ? what : "html", remote, error);
}

static gboolean
store_merged_comment (BalTransaction  *transaction,
                      BalComment      *base,
                      BalComment      *local,
                      BalComment      *next,
                      BalComment      *remote,
                      GError         **error)
{
  gint64 id = bal_comment_get_id (local);
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GError) failed = NULL;

  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (g_strcmp0 (bal_comment_get_html (local), bal_comment_get_html (next)) != 0 &&
      !bal_revision_table_add_comment (transaction, BAL_REVISION_REMOTE, local, error))
    return FALSE;
  if ((!contents_equal (local, next) || !marks_equal (local, next)) &&
      !bal_comment_table_update (transaction, next, error))
    return FALSE;
  if ((base == NULL || !contents_equal (base, remote) ||
       g_strcmp0 (bal_comment_get_remote_parent_id (base),
                  bal_comment_get_remote_parent_id (remote)) != 0) &&
      !bal_comment_base_put (transaction, id, remote, error))
    return FALSE;

  if (item != NULL && item->op != BAL_OUTBOX_DELETE && contents_equal (next, remote))
    return bal_outbox_set_done (transaction, item->id, item->edit_seq, error);
  return TRUE;
}

static gboolean
merge_known_comment (BalTransaction  *transaction,
                     gint64           id,
                     BalComment      *remote,
                     gboolean        *changed,
                     GError         **error)
{
  g_autoptr(BalComment) local = bal_comment_table_get_row (transaction, id, error);
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalComment) next = NULL;
  g_autofree char *what = NULL;
  g_autoptr(GError) failed = NULL;
  BalPlan plan;

  if (local == NULL)
    return FALSE;

  base = bal_comment_base_get (transaction, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  plan = bal_plan_comment (base, local, remote, &next, &what);
  if (bal_comment_get_sync_state (local) == BAL_SYNC_STATE_CONFLICT && contents_equal (local, remote))
    return bal_conflict_table_put_comment (transaction, id, "html", remote, error) &&
           bal_sync_end_conflict (transaction, BAL_ENTITY_COMMENT, id, error);
  if (plan == BAL_PLAN_CONFLICT || bal_comment_get_sync_state (local) == BAL_SYNC_STATE_CONFLICT)
    return note_comment_conflict (transaction, base, local, remote, error);

  if (plan == BAL_PLAN_TAKE_REMOTE || plan == BAL_PLAN_NOTHING)
    {
      g_clear_object (&next);
      next = bal_plan_merge_comment (local, local, remote, NULL);
    }
  else if (next == NULL)
    {
      next = bal_comment_dup (local);
      bal_sync_comment_take_marks (next, remote);
    }

  *changed |= !contents_equal (local, next);
  return store_merged_comment (transaction, base, local, next, remote, error);
}

/**
 * bal_sync_comment_get_seen:
 * @transaction: an open transaction
 * @id: a comment that the blog has
 * @error: return location
 *
 * Its base; but while a conflict is open the base rests, and the blog's newest text stands in the conflict.
 *
 * Returns: (transfer full) (nullable): the comment as the blog was last seen to have it; %NULL when the store failed
 *   or it has no base
 */
BalComment *
bal_sync_comment_get_seen (BalTransaction  *transaction,
                           gint64           id,
                           GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalComment) seen = bal_comment_base_get (transaction, id, &failed);
  g_autoptr(BalConflict) conflict = NULL;
  gint64 conflict_id = 0;

  if (failed == NULL)
    conflict_id = bal_conflict_table_find (transaction, BAL_ENTITY_COMMENT, id, &failed);
  if (failed == NULL && conflict_id != 0)
    conflict = bal_conflict_table_get (transaction, conflict_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }

  if (seen != NULL && conflict != NULL && conflict->remote_comment != NULL)
    {
      bal_comment_set_html (seen, bal_comment_get_html (conflict->remote_comment));
      bal_comment_set_author (seen, bal_comment_get_author (conflict->remote_comment));
    }
  return g_steal_pointer (&seen);
}

/**
 * bal_sync_merge_comment:
 * @self: what waits for the same blog
 * @transaction: an open transaction
 * @remote: the comment as the blog has it now; gets its local parent
 * @changed: (inout): set to %TRUE when content changed here; untouched otherwise
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_merge_comment (BalSyncMerge    *self,
                        BalTransaction  *transaction,
                        BalComment      *remote,
                        gboolean        *changed,
                        GError         **error)
{
  const char *remote_id = bal_comment_get_remote_id (remote);
  const char *key = bal_comment_get_key (remote);
  const gint64 *own_id = key != NULL ? g_hash_table_lookup (self->comments_by_key, key) : NULL;
  g_autoptr(BalComment) own = NULL;
  gboolean entered = FALSE;
  gint64 id;

  if (remote_id == NULL || g_hash_table_contains (self->deleted_comments, remote_id))
    return TRUE;

  if (!resolve_ids (self, transaction, remote, &id, error))
    return FALSE;
  if (id != 0 && bal_comment_get_review_id (remote) != 0)
    return merge_known_comment (transaction, id, remote, changed, error);
  if (bal_comment_get_review_id (remote) == 0)
    {
      g_debug ("Comment %s is on something that is no review: %s", remote_id,
               bal_comment_get_remote_review_id (remote));
      return id != 0 ||
             bal_sync_stranger_put (transaction, self->blog_id, remote_id, bal_comment_get_status (remote), error);
    }

  if (own_id != NULL)
    {
      own = bal_comment_table_get (transaction, *own_id, error);
      if (own == NULL)
        return FALSE;
      if (bal_comment_get_remote_id (own) == NULL)
        return bal_sync_adopt_comment (transaction, own, remote, error);
    }

  *changed = TRUE;
  if (!bal_sync_take_entered (self, transaction, remote, &entered, error))
    return FALSE;
  if (entered)
    return TRUE;
  return bal_sync_stranger_put (transaction, self->blog_id, remote_id, -1, error) &&
         insert_comment (self, transaction, remote, error);
}
