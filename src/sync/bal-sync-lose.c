/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-merge.h"

#include <glib/gi18n.h>

#include "bal-planner.h"
#include "bal-sync-merge-private.h"

/* Replies that still wait below a review that is gone: the person decides about them. */
static gboolean
park_waiting_comments (BalTransaction  *transaction,
                       GPtrArray       *thread,
                       guint           *n_waiting,
                       GError         **error)
{
  *n_waiting = 0;
  for (guint i = 0; i < thread->len; i++)
    {
      BalComment *comment = g_ptr_array_index (thread, i);
      g_autoptr(BalOutboxItem) item = NULL;
      g_autoptr(GError) failed = NULL;

      item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, bal_comment_get_id (comment), &failed);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (item == NULL)
        continue;

      (*n_waiting)++;
      if (item->state != BAL_OUTBOX_PARKED &&
          !bal_outbox_set_parked (transaction, item->id,
                                  _("Its review was deleted on the blog. The comment is kept here."), error))
        return FALSE;
    }
  return TRUE;
}

/* The review stays for the sake of what waits below it; of itself there is nothing to be sent. */
static gboolean
end_update (BalTransaction  *transaction,
            gint64           id,
            GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return item == NULL || bal_outbox_set_done (transaction, item->id, item->edit_seq, error);
}

/* The same on each of a person's desktops: if two of them hold edits of what is gone, the second one finds what the first
 * one has created again. */
static char *
make_key_after (BalTransaction  *transaction,
                BalReview       *review,
                GError         **error)
{
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, bal_review_get_blog_id (review), error);
  g_autofree char *name = NULL;
  g_autofree char *hash = NULL;

  if (blog == NULL)
    return NULL;

  name = g_strconcat (bal_blog_get_url (blog), "\n", bal_review_get_remote_id (review), NULL);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hash, hash + 8, hash + 12, hash + 16, hash + 20);
}

/* An edit beats a delete: it goes to the blog again, as a new review. */
static gboolean
create_again (BalTransaction  *transaction,
              BalReview       *review,
              GError         **error)
{
  gint64 id = bal_review_get_id (review);
  g_autofree char *key = make_key_after (transaction, review, error);
  gboolean closed = FALSE;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GError) failed = NULL;

  if (key == NULL ||
      !bal_review_table_begin_again (transaction, review, key, &closed, error) ||
      !bal_sync_note_shared (transaction, bal_review_get_blog_id (review), key, error))
    return FALSE;

  item = bal_outbox_find (transaction, BAL_ENTITY_REVIEW, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  /* What was only saved automatically has not been offered to the blog, and is not now. What was, is looked for first,
   * and counts as tried, so that it is looked for also when it was parked in between. */
  return item == NULL ||
         (bal_outbox_note (transaction, bal_review_get_blog_id (review), BAL_ENTITY_REVIEW, id,
                           BAL_OUTBOX_CREATE, item->edit_seq, key, NULL, error) &&
          bal_outbox_set_sending (transaction, item->id, error) &&
          bal_outbox_set_unknown (transaction, item->id,
                                  closed ? _("It was deleted on the blog and is created again, as a draft: not everyone "
                                             "could read it there.")
                                         : _("It was deleted on the blog and is created again."),
                                  error));
}

/* The other desktop has closed what it created again: what was to be published here was so for those who could read it. */
static gboolean
close_beside (BalTransaction  *transaction,
              BalReview       *review,
              BalReview       *twin,
              GError         **error)
{
  gboolean is_closed = bal_review_get_status (twin) == BAL_REVIEW_STATUS_DRAFT &&
                       bal_review_get_audience (twin) == BAL_AUDIENCE_EVERYONE;
  gboolean closed;

  return !is_closed || bal_review_table_close (transaction, review, &closed, error);
}

/* Another desktop, which had written something too, has created it again already, and it was pulled: then what was written
 * there and here is brought together over what both came from. A blog that forgets the keys of its creates shows it by
 * the address alone. *@taken (out): whether it was so. */
static gboolean
take_created_again (BalTransaction  *transaction,
                    BalReview       *review,
                    BalReview       *base,
                    gboolean        *taken,
                    GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalReview) remote = NULL;
  g_autoptr(BalReview) twin_base = NULL;
  g_autoptr(BalReview) edited = NULL;
  gint64 id = bal_review_get_id (review);
  gint64 twin = base != NULL ? bal_review_table_find_address (transaction, base, &failed) : 0;
  gboolean changed = FALSE;

  if (twin != 0)
    remote = bal_review_base_get (transaction, twin, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  *taken = remote != NULL;
  return remote == NULL ||
         (close_beside (transaction, review, remote, error) &&
          bal_sync_absorb_review (transaction, review, remote, &twin_base, &edited, error) &&
          bal_sync_merge_known_review (transaction, id, remote, &changed, error) &&
          bal_sync_take_edit (transaction, id, twin_base, edited, error));
}

/**
 * bal_sync_lose_review:
 * @transaction: an open transaction
 * @id: a review that the blog was asked for by its id and does not have
 * @removed: (out): whether it was removed here too
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_lose_review (BalTransaction  *transaction,
                      gint64           id,
                      gboolean        *removed,
                      GError         **error)
{
  g_autoptr(BalReview) local = bal_review_table_get (transaction, id, error);
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalReview) merged = NULL;
  g_autoptr(GPtrArray) thread = NULL;
  g_autofree char *what = NULL;
  g_autoptr(GError) failed = NULL;
  gboolean taken = FALSE;
  guint n_waiting;

  *removed = FALSE;
  if (local == NULL)
    return FALSE;

  base = bal_review_base_get (transaction, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (bal_plan_review (base, local, NULL, &merged, &what) == BAL_PLAN_CREATE_AGAIN)
    return take_created_again (transaction, local, base, &taken, error) &&
           (taken || create_again (transaction, local, error));

  thread = bal_comment_table_thread (transaction, id, error);
  if (thread == NULL || !park_waiting_comments (transaction, thread, &n_waiting, error))
    return FALSE;
  if (n_waiting > 0)
    return end_update (transaction, id, error);

  *removed = TRUE;
  return bal_revision_table_add_review (transaction, BAL_REVISION_DELETED, local, error) &&
         bal_review_table_remove (transaction, id, error);
}

/**
 * bal_sync_lose_comment:
 * @transaction: an open transaction
 * @id: a comment that the blog was asked for by its id and does not have
 * @removed: (out): whether it was removed here too
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_lose_comment (BalTransaction  *transaction,
                       gint64           id,
                       gboolean        *removed,
                       GError         **error)
{
  g_autoptr(BalComment) local = bal_comment_table_get (transaction, id, error);
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalComment) merged = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autofree char *what = NULL;
  g_autoptr(GError) failed = NULL;

  *removed = FALSE;
  if (local == NULL)
    return FALSE;

  base = bal_comment_base_get (transaction, id, &failed);
  if (failed == NULL)
    item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (bal_plan_comment (base, local, NULL, &merged, &what) == BAL_PLAN_CREATE_AGAIN)
    return item == NULL || item->state == BAL_OUTBOX_PARKED ||
           bal_outbox_set_parked (transaction, item->id,
                                  _("The comment was deleted on the blog. Your text is kept here."), error);

  *removed = TRUE;
  return bal_revision_table_add_comment (transaction, BAL_REVISION_DELETED, local, error) &&
         bal_comment_table_remove (transaction, id, error);
}
