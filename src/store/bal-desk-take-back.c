/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-desk.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-conflict-table.h"
#include "bal-entity-rows.h"
#include "bal-outbox-rows.h"
#include "bal-review-rows.h"
#include "bal-revision-rows.h"

/* What waits is let go when it changes nothing any more, and waits on otherwise. */
static gboolean
note_rest (BalTransaction  *transaction,
           BalOutboxItem   *item,
           gint64           edit_seq,
           GError         **error)
{
  item->op = BAL_OUTBOX_UPDATE;
  if (!bal_outbox_read_parts (transaction, item, error))
    return FALSE;

  return item->parts == BAL_OUTBOX_PART_NONE
         ? bal_outbox_remove_for (transaction, item->entity, item->entity_id, error)
         : bal_outbox_note (transaction, item->blog_id, item->entity, item->entity_id, BAL_OUTBOX_UPDATE, edit_seq,
                            NULL, NULL, error);
}

/* ---- reviews ---- */

static gboolean
restore_text (BalTransaction  *transaction,
              BalReview       *review,
              BalReview       *base,
              GError         **error)
{
  if (!bal_revision_table_add_review (transaction, BAL_REVISION_EDIT, review, error))
    return FALSE;

  bal_review_set_title (review, bal_review_get_title (base));
  bal_review_set_html (review, bal_review_get_html (base));
  bal_review_set_excerpt (review, bal_review_get_excerpt (base));
  bal_review_set_slug (review, bal_review_get_slug (base));
  bal_review_set_featured_image (review, bal_review_get_featured_image (base));
  bal_review_set_labels (review, bal_review_get_labels (base));
  bal_review_set_categories (review, bal_review_get_categories (base));
  return TRUE;
}

/* What was never on the blog is a draft again; a date that publishing gave it goes with that. */
static gboolean
take_back_first_publishing (BalTransaction  *transaction,
                            BalOutboxItem   *item,
                            BalReview       *review,
                            GError         **error)
{
  gint64 edit_seq;

  if (item->status == BAL_REVIEW_STATUS_PUBLISHED || item->status == BAL_REVIEW_STATUS_SCHEDULED)
    bal_review_set_published (review, 0);
  bal_review_set_status (review, BAL_REVIEW_STATUS_DRAFT);
  return bal_review_table_update (transaction, review, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, item->entity_id, -1, &edit_seq, error) &&
         bal_outbox_note (transaction, item->blog_id, BAL_ENTITY_REVIEW, item->entity_id, BAL_OUTBOX_CREATE, edit_seq,
                          NULL, NULL, error);
}

static gboolean
take_back_of_review (BalTransaction  *transaction,
                     BalOutboxItem   *item,
                     BalOutboxParts   part,
                     GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, item->entity_id, error);
  GError *failed = NULL;
  g_autoptr(BalReview) base = NULL;
  gint64 edit_seq;
  int previous;

  if (review == NULL || !bal_entity_get_previous (transaction, BAL_ENTITY_REVIEW, item->entity_id, &previous, error))
    return FALSE;
  if (item->op == BAL_OUTBOX_CREATE)
    return take_back_first_publishing (transaction, item, review, error);

  base = bal_review_base_get (transaction, item->entity_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }

  /* Without a base there is nothing to go back to. */
  if (base == NULL)
    return bal_outbox_discard (transaction, item->id, error);

  if (part == BAL_OUTBOX_PART_HIDING)
    {
      bal_review_set_status (review, previous >= 0 && previous != BAL_REVIEW_STATUS_TRASH
                                     ? previous : item->base_status);
    }
  else if (part == BAL_OUTBOX_PART_STATUS)
    {
      bal_review_set_status (review, item->base_status);
      bal_review_set_published (review, bal_review_get_published (base));
    }
  else if (!restore_text (transaction, review, base, error))
    {
      return FALSE;
    }

  return bal_review_table_update (transaction, review, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_REVIEW, item->entity_id, -1, &edit_seq, error) &&
         note_rest (transaction, item, edit_seq, error);
}

/* ---- comments ---- */

/* The text before the last edit, which leaves the history for it; @html stays NULL where the history can't tell. What
 * an earlier call gave up stands in the history as before a restoring, and is passed over. */
static gboolean
take_last_text (BalTransaction  *transaction,
                gint64           id,
                char           **html,
                GError         **error)
{
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, id, error);

  for (guint i = 0; revisions != NULL && i < revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (revisions, i);

      if (revision->kind == BAL_REVISION_RESTORED)
        continue;
      if (revision->kind != BAL_REVISION_EDIT)
        break;

      *html = g_strdup (revision->html);
      return bal_revision_table_remove (transaction, &revision->id, 1, error);
    }

  return revisions != NULL;
}

static gboolean
take_back_text (BalTransaction  *transaction,
                BalComment      *comment,
                BalComment      *base,
                GError         **error)
{
  g_autofree char *html = NULL;

  if (!take_last_text (transaction, bal_comment_get_id (comment), &html, error) ||
      !bal_revision_table_add_comment (transaction, BAL_REVISION_RESTORED, comment, error))
    return FALSE;

  if (html != NULL)
    bal_comment_set_html (comment, html);
  else if (base != NULL)
    bal_comment_set_html (comment, bal_comment_get_html (base));
  return TRUE;
}

/* Only what was hidden here and stood for readers on the blog has a former status of its own to go back to. */
static BalCommentStatus
choose_status (BalOutboxItem  *item,
               BalOutboxParts  part,
               int             previous)
{
  if (part == BAL_OUTBOX_PART_HIDING && previous >= 0 && item->base_status < BAL_COMMENT_STATUS_SPAM)
    return previous;
  return item->base_status >= 0 ? item->base_status : BAL_COMMENT_STATUS_PENDING;
}

static gboolean
take_back_of_comment (BalTransaction  *transaction,
                      BalOutboxItem   *item,
                      BalOutboxParts   part,
                      BalComment      *comment,
                      BalComment      *base,
                      GError         **error)
{
  gint64 id = item->entity_id, edit_seq;
  int previous;

  if (part == BAL_OUTBOX_PART_TEXT)
    {
      if (!take_back_text (transaction, comment, base, error))
        return FALSE;
    }
  else
    {
      if (!bal_entity_get_previous (transaction, BAL_ENTITY_COMMENT, id, &previous, error))
        return FALSE;
      bal_comment_set_status (comment, choose_status (item, part, previous));
    }

  if (!bal_comment_table_update (transaction, comment, error) ||
      !bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, id, -1, &edit_seq, error))
    return FALSE;

  return item->op == BAL_OUTBOX_CREATE
         ? bal_outbox_note (transaction, item->blog_id, BAL_ENTITY_COMMENT, id, BAL_OUTBOX_CREATE, edit_seq, NULL,
                            NULL, error)
         : note_rest (transaction, item, edit_seq, error);
}

/* As the blog has it, with the words that it had here. */
static gboolean
take_back_deletion (BalTransaction  *transaction,
                    BalOutboxItem   *item,
                    BalComment      *base,
                    GError         **error)
{
  gint64 id = item->entity_id, edit_seq;
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, id, error);
  BalRevision *last = revisions != NULL && revisions->len > 0 ? g_ptr_array_index (revisions, 0) : NULL;

  if (revisions == NULL || !bal_comment_table_revive (transaction, base, error))
    return FALSE;

  if (last != NULL && last->kind == BAL_REVISION_DELETED)
    bal_comment_set_html (base, last->html);
  return bal_comment_table_update (transaction, base, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, id, -1, &edit_seq, error) &&
         note_rest (transaction, item, edit_seq, error);
}

static gboolean
take_back_in_thread (BalTransaction  *transaction,
                     BalOutboxItem   *item,
                     BalOutboxParts   part,
                     GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, item->entity_id, &failed);
  g_autoptr(BalComment) base = NULL;

  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    g_clear_error (&failed);
  if (failed == NULL)
    base = bal_comment_base_get (transaction, item->entity_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  if (comment != NULL)
    return take_back_of_comment (transaction, item, part, comment, base, error);
  return base != NULL ? take_back_deletion (transaction, item, base, error)
                      : bal_outbox_discard (transaction, item->id, error);
}

/* ---- both ---- */

/* What was given up before the blog ever had it is in the trash here, and nothing of it waits. */
static gboolean
restore_unsent (BalTransaction  *transaction,
                BalEntity        entity,
                gint64           id,
                GError         **error)
{
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalComment) comment = NULL;

  if (entity == BAL_ENTITY_REVIEW)
    {
      review = bal_review_table_get (transaction, id, NULL);
      if (review != NULL && bal_review_get_remote_id (review) == NULL &&
          bal_review_get_status (review) == BAL_REVIEW_STATUS_TRASH)
        return bal_desk_restore_review (transaction, id, error);
    }
  else
    {
      comment = bal_comment_table_get_row (transaction, id, NULL);
      if (comment != NULL && bal_comment_get_remote_id (comment) == NULL &&
          bal_comment_get_status (comment) >= BAL_COMMENT_STATUS_SPAM)
        return bal_desk_restore_comments (transaction, &id, 1, error);
    }

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                       _("Nothing of this waits to be sent, so there is nothing to take back."));
  return FALSE;
}

static gboolean
check_unsent (BalTransaction  *transaction,
              BalOutboxItem   *item,
              GError         **error)
{
  GError *failed = NULL;
  gint64 conflict = bal_conflict_table_find (transaction, item->entity, item->entity_id, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }

  if (item->state == BAL_OUTBOX_SENDING)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_BUSY,
                         _("This change is being sent just now. Wait for the answer, and try again."));
  else if (!bal_outbox_item_is_untried (item))
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                         _("This was sent to the blog already, so it can’t be taken back. Discard it, or change it "
                           "once more."));
  else if (conflict != 0)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                         _("Both sides changed this: choose one in the conflict first."));
  else
    return TRUE;
  return FALSE;
}

gboolean
bal_desk_take_back (BalTransaction  *transaction,
                    BalEntity        entity,
                    gint64           entity_id,
                    BalOutboxParts  *taken,
                    GError         **error)
{
  GError *failed = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  BalOutboxParts part;

  g_return_val_if_fail (entity == BAL_ENTITY_REVIEW || entity == BAL_ENTITY_COMMENT, FALSE);

  item = bal_outbox_find (transaction, entity, entity_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  if (item == NULL)
    {
      if (taken != NULL)
        *taken = BAL_OUTBOX_PART_HIDING;
      return restore_unsent (transaction, entity, entity_id, error);
    }
  if (!check_unsent (transaction, item, error) || !bal_outbox_read_parts (transaction, item, error))
    return FALSE;

  part = bal_outbox_parts_get_last (item->parts);
  if (taken != NULL)
    *taken = part;
  if (part == BAL_OUTBOX_PART_NONE)
    return bal_outbox_remove_for (transaction, entity, entity_id, error);
  if (part == BAL_OUTBOX_PART_CREATION || (entity == BAL_ENTITY_REVIEW && part == BAL_OUTBOX_PART_DELETION))
    return bal_outbox_discard (transaction, item->id, error);

  return entity == BAL_ENTITY_REVIEW ? take_back_of_review (transaction, item, part, error)
                                     : take_back_in_thread (transaction, item, part, error);
}
