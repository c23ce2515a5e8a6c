/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-conflict-table.h"

#include "bal-comment-rows.h"
#include "bal-entity-rows.h"
#include "bal-outbox-rows.h"
#include "bal-review-rows.h"

/* Sends the person's version over the blog's. Where the blog has none any more, it is created again under a
 * new key: the old one may still name what was deleted; as a draft, if not everyone could read it there. */
static gboolean
take_my_review (BalTransaction  *transaction,
                BalReview       *mine,
                BalReview       *remote,
                GError         **error)
{
  gint64 id = bal_review_get_id (mine), edit_seq;
  g_autofree char *key = g_uuid_string_random ();
  gboolean closed;

  if (remote != NULL)
    {
      if (!bal_revision_table_add_review (transaction, BAL_REVISION_CONFLICT, remote, error) ||
          !bal_review_base_put (transaction, id, remote, error))
        return FALSE;
    }
  else if (!bal_review_table_begin_again (transaction, mine, key, &closed, error))
    {
      return FALSE;
    }

  return bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, id, -1, &edit_seq, error) &&
         bal_outbox_note (transaction, bal_review_get_blog_id (mine), BAL_ENTITY_REVIEW, id,
                          remote != NULL ? BAL_OUTBOX_UPDATE : BAL_OUTBOX_CREATE, edit_seq,
                          remote != NULL ? NULL : key, NULL, error);
}

static gboolean
take_their_review (BalTransaction  *transaction,
                   BalReview       *mine,
                   BalReview       *remote,
                   GError         **error)
{
  gint64 id = bal_review_get_id (mine), edit_seq;

  if (!bal_revision_table_add_review (transaction, BAL_REVISION_CONFLICT, mine, error) ||
      !bal_outbox_remove_for (transaction, BAL_ENTITY_REVIEW, id, error))
    return FALSE;

  if (remote == NULL)
    return bal_review_table_remove (transaction, id, error);

  bal_review_set_key (remote, bal_review_get_key (mine));
  return bal_review_table_update (transaction, remote, error) &&
         bal_review_base_put (transaction, id, remote, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, id, -1, &edit_seq, error);
}

static gboolean
take_my_comment (BalTransaction  *transaction,
                 BalComment      *mine,
                 BalComment      *remote,
                 GError         **error)
{
  gint64 id = bal_comment_get_id (mine), edit_seq;
  g_autofree char *key = g_uuid_string_random ();

  if (remote != NULL)
    {
      if (!bal_revision_table_add_comment (transaction, BAL_REVISION_CONFLICT, remote, error) ||
          !bal_comment_base_put (transaction, id, remote, error))
        return FALSE;
    }
  else
    {
      bal_comment_set_remote_id (mine, NULL);
      bal_comment_set_key (mine, key);
      if (!bal_comment_base_remove (transaction, id, error) ||
          !bal_comment_table_update (transaction, mine, error))
        return FALSE;
    }

  return bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, id, -1, &edit_seq, error) &&
         bal_outbox_note (transaction, bal_comment_get_blog_id (mine), BAL_ENTITY_COMMENT, id,
                          remote != NULL ? BAL_OUTBOX_UPDATE : BAL_OUTBOX_CREATE, edit_seq,
                          remote != NULL ? NULL : key, NULL, error);
}

static gboolean
take_their_comment (BalTransaction  *transaction,
                    BalComment      *mine,
                    BalComment      *remote,
                    GError         **error)
{
  gint64 id = bal_comment_get_id (mine), edit_seq;

  if (!bal_revision_table_add_comment (transaction, BAL_REVISION_CONFLICT, mine, error) ||
      !bal_outbox_remove_for (transaction, BAL_ENTITY_COMMENT, id, error))
    return FALSE;

  if (remote == NULL)
    return bal_comment_table_remove (transaction, id, error);

  return bal_comment_table_update (transaction, remote, error) &&
         bal_comment_base_put (transaction, id, remote, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, id, -1, &edit_seq, error);
}

/* What the conflict doesn't keep of the blog's comment is as it is here. */
static void
complete_comment (BalComment *remote,
                  BalComment *mine)
{
  bal_comment_set_review_id (remote, bal_comment_get_review_id (mine));
  bal_comment_set_parent_id (remote, bal_comment_get_parent_id (mine));
  bal_comment_set_key (remote, bal_comment_get_key (mine));
  bal_comment_set_mine (remote, bal_comment_get_mine (mine));
  bal_comment_set_author_ip (remote, bal_comment_get_author_ip (mine));
  bal_comment_set_user_agent (remote, bal_comment_get_user_agent (mine));
}

static gboolean
resolve_review (BalTransaction  *transaction,
                BalConflict     *conflict,
                gboolean         mine,
                GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, conflict->entity_id, error);

  if (review == NULL)
    return FALSE;

  return mine ? take_my_review (transaction, review, conflict->remote_review, error)
              : take_their_review (transaction, review, conflict->remote_review, error);
}

static gboolean
resolve_comment (BalTransaction  *transaction,
                 BalConflict     *conflict,
                 gboolean         mine,
                 GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, conflict->entity_id, error);

  if (comment == NULL)
    return FALSE;

  if (conflict->remote_comment != NULL)
    complete_comment (conflict->remote_comment, comment);
  return mine ? take_my_comment (transaction, comment, conflict->remote_comment, error)
              : take_their_comment (transaction, comment, conflict->remote_comment, error);
}

static gboolean
forget (BalTransaction  *transaction,
        BalConflict     *conflict,
        GError         **error)
{
  if (!bal_transaction_run_for_id (transaction, "DELETE FROM conflict WHERE id = ?", conflict->id, error))
    return FALSE;
  bal_transaction_note (transaction, BAL_ENTITY_CONFLICT, BAL_CHANGE_REMOVED, conflict->id);
  bal_transaction_note (transaction, conflict->entity, BAL_CHANGE_ALTERED, conflict->entity_id);
  return TRUE;
}

gboolean
bal_conflict_table_remove (BalTransaction  *transaction,
                           gint64           id,
                           GError         **error)
{
  g_autoptr(BalConflict) conflict = bal_conflict_table_get (transaction, id, error);

  return conflict != NULL && forget (transaction, conflict, error);
}

gboolean
bal_conflict_table_resolve (BalTransaction  *transaction,
                            gint64           id,
                            gboolean         mine,
                            GError         **error)
{
  g_autoptr(BalConflict) conflict = bal_conflict_table_get (transaction, id, error);

  if (conflict == NULL)
    return FALSE;

  /* First of all, so that the outbox no longer takes the entity for one in conflict. */
  if (!forget (transaction, conflict, error))
    return FALSE;

  return conflict->entity == BAL_ENTITY_REVIEW
         ? resolve_review (transaction, conflict, mine, error)
         : resolve_comment (transaction, conflict, mine, error);
}
