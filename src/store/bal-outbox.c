/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-outbox-rows.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-conflict-table.h"
#include "bal-review-rows.h"

#define OUTBOX_COLUMNS                                                                     \
  "SELECT id, blog_id, entity, entity_id, op, state, edit_seq, key, remote_id, attempts, not_before, error" \
  "  FROM outbox "

void
bal_outbox_item_free (BalOutboxItem *item)
{
  g_free (item->key);
  g_free (item->remote_id);
  g_free (item->error);
  g_free (item->label);
  g_free (item->html);
  g_free (item);
}

const char *
bal_outbox_op_to_nick (BalOutboxOp op)
{
  static const char *const nicks[] = { "create", "update", "delete" };

  g_return_val_if_fail ((guint) op < G_N_ELEMENTS (nicks), NULL);
  return nicks[op];
}

const char *
bal_outbox_state_to_nick (BalOutboxState state)
{
  static const char *const nicks[] = { "pending", "sending", "unknown", "parked" };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (nicks), NULL);
  return nicks[state];
}

BalOutboxItem *
bal_outbox_read_item (BalStatement *statement)
{
  BalOutboxItem *item = g_new0 (BalOutboxItem, 1);

  item->id = bal_statement_read_int (statement);
  item->blog_id = bal_statement_read_int (statement);
  item->entity = bal_statement_read_int (statement);
  item->entity_id = bal_statement_read_int (statement);
  item->op = bal_statement_read_int (statement);
  item->state = bal_statement_read_int (statement);
  item->edit_seq = bal_statement_read_int (statement);
  item->key = g_strdup (bal_statement_read_text (statement));
  item->remote_id = g_strdup (bal_statement_read_text (statement));
  item->attempts = bal_statement_read_int (statement);
  item->not_before = bal_statement_read_int (statement);
  item->error = g_strdup (bal_statement_read_text (statement));
  return item;
}

gboolean
bal_outbox_item_is_unsent (BalOutboxItem *item)
{
  return item->state == BAL_OUTBOX_PENDING && item->attempts == 0;
}

gboolean
bal_outbox_item_is_in_flight (BalOutboxItem *item)
{
  return item->state == BAL_OUTBOX_SENDING || item->state == BAL_OUTBOX_UNKNOWN;
}

gboolean
bal_outbox_item_is_untried (const BalOutboxItem *item)
{
  return item->attempts == 0 &&
         (item->state == BAL_OUTBOX_PENDING || item->state == BAL_OUTBOX_PARKED);
}

static void
note_row (BalTransaction *transaction,
          BalChange       change,
          gint64          id,
          BalEntity       entity,
          gint64          entity_id)
{
  bal_transaction_note (transaction, BAL_ENTITY_OUTBOX, change, id);
  /* Its sync state is read from here. */
  bal_transaction_note (transaction, entity, BAL_CHANGE_ALTERED, entity_id);
}

BalOutboxItem *
bal_outbox_get (BalTransaction  *transaction,
                gint64           id,
                GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, OUTBOX_COLUMNS "WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      return bal_outbox_read_item (statement);

    case BAL_STEP_DONE:
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                           _("There is no such change in the outbox."));
      return NULL;

    case BAL_STEP_ERROR:
    default:
      return NULL;
    }
}

BalOutboxItem *
bal_outbox_find (BalTransaction  *transaction,
                 BalEntity        entity,
                 gint64           entity_id,
                 GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, OUTBOX_COLUMNS "WHERE entity = ? AND entity_id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, entity_id);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_outbox_read_item (statement) : NULL;
}

gboolean
bal_outbox_remove_for (BalTransaction  *transaction,
                       BalEntity        entity,
                       gint64           entity_id,
                       GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "DELETE FROM outbox WHERE entity = ? AND entity_id = ? RETURNING id", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, entity_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    note_row (transaction, BAL_CHANGE_REMOVED, bal_statement_read_int (statement), entity, entity_id);
  return step == BAL_STEP_DONE;
}

gboolean
bal_outbox_remove_comments_of (BalTransaction  *transaction,
                               gint64           review_id,
                               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "DELETE FROM outbox WHERE entity = 2 AND op = 0 AND state = 0 AND attempts = 0"
    "  AND entity_id IN (SELECT id FROM comment WHERE review_id = ?) RETURNING id, entity_id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, review_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);

      note_row (transaction, BAL_CHANGE_REMOVED, id, BAL_ENTITY_COMMENT, bal_statement_read_int (statement));
    }
  return step == BAL_STEP_DONE;
}

static gboolean
write_item (BalTransaction  *transaction,
            BalOutboxItem   *item,
            GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  /* Not REPLACE: a row keeps its id, and with it its place in the order of sending. */
  statement = bal_transaction_prepare (transaction,
    "INSERT INTO outbox (blog_id, entity, entity_id, op, state, edit_seq, key, remote_id, attempts,"
    "  not_before, error) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    "  ON CONFLICT (entity, entity_id) DO UPDATE SET op = ?4, state = ?5, edit_seq = ?6, key = ?7,"
    "    remote_id = ?8, attempts = ?9, not_before = ?10, error = ?11"
    "  RETURNING id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, item->blog_id);
  bal_statement_bind_int (statement, item->entity);
  bal_statement_bind_int (statement, item->entity_id);
  bal_statement_bind_int (statement, item->op);
  bal_statement_bind_int (statement, item->state);
  bal_statement_bind_int (statement, item->edit_seq);
  bal_statement_bind_text (statement, item->key);
  bal_statement_bind_text (statement, item->remote_id);
  bal_statement_bind_int (statement, item->attempts);
  bal_statement_bind_int (statement, item->not_before);
  bal_statement_bind_text (statement, item->error);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  note_row (transaction, item->id != 0 ? BAL_CHANGE_ALTERED : BAL_CHANGE_ADDED,
            bal_statement_read_int (statement), item->entity, item->entity_id);
  return bal_statement_run (statement, error);
}

/* What two acts on the same thing come to; what was never sent and is deleted is handled before. */
static BalOutboxOp
merge_ops (BalOutboxOp first,
           BalOutboxOp second)
{
  if (first == BAL_OUTBOX_CREATE && second == BAL_OUTBOX_UPDATE)
    return BAL_OUTBOX_CREATE;
  return second;
}

gboolean
bal_outbox_note (BalTransaction  *transaction,
                 gint64           blog_id,
                 BalEntity        entity,
                 gint64           entity_id,
                 BalOutboxOp      op,
                 gint64           edit_seq,
                 const char      *key,
                 const char      *remote_id,
                 GError         **error)
{
  GError *local_error = NULL;
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, entity, entity_id, &local_error);
  gint64 conflict = 0;

  if (local_error == NULL)
    conflict = bal_conflict_table_find (transaction, entity, entity_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (item != NULL && item->op == BAL_OUTBOX_CREATE && op == BAL_OUTBOX_DELETE &&
      bal_outbox_item_is_unsent (item))
    return bal_outbox_remove_for (transaction, entity, entity_id, error);

  if (item == NULL)
    {
      item = g_new0 (BalOutboxItem, 1);
      item->blog_id = blog_id;
      item->entity = entity;
      item->entity_id = entity_id;
      item->op = op;
    }
  else
    item->op = merge_ops (item->op, op);

  item->edit_seq = edit_seq;
  if (key != NULL)
    {
      g_free (item->key);
      item->key = g_strdup (key);
    }
  if (remote_id != NULL)
    {
      g_free (item->remote_id);
      item->remote_id = g_strdup (remote_id);
    }

  if (!bal_outbox_item_is_in_flight (item))
    {
      /* A pause that the server asked for holds on; one that waited for a person is over now. */
      if (item->state == BAL_OUTBOX_PARKED)
        {
          item->not_before = 0;
          g_clear_pointer (&item->error, g_free);
        }
      /* Nothing is sent for what is in conflict, however often it is edited. */
      item->state = conflict != 0 ? BAL_OUTBOX_PARKED : BAL_OUTBOX_PENDING;
    }

  return write_item (transaction, item, error);
}

/* Runs an UPDATE … RETURNING id, entity, entity_id and notes what it altered. */
static gboolean
run_noting (BalTransaction  *transaction,
            BalStatement    *statement,
            guint           *n_rows,
            GError         **error)
{
  BalStep step;

  *n_rows = 0;
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);
      BalEntity entity = bal_statement_read_int (statement);

      note_row (transaction, BAL_CHANGE_ALTERED, id, entity, bal_statement_read_int (statement));
      (*n_rows)++;
    }
  return step == BAL_STEP_DONE;
}

gboolean
bal_outbox_set_sending (BalTransaction  *transaction,
                        gint64           id,
                        GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  guint n_rows;

  statement = bal_transaction_prepare (transaction,
    "UPDATE outbox SET state = 1, attempts = attempts + 1, error = NULL WHERE id = ?"
    "  RETURNING id, entity, entity_id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  if (!run_noting (transaction, statement, &n_rows, error))
    return FALSE;

  if (n_rows == 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                           _("This change was withdrawn before it was sent."));
      return FALSE;
    }
  return TRUE;
}

/* A row that a person discarded meanwhile is no error: there is nothing left to mark. */
static gboolean
set_state (BalTransaction  *transaction,
           gint64           id,
           BalOutboxState   state,
           gint64           not_before,
           const char      *why,
           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  guint n_rows;

  statement = bal_transaction_prepare (transaction,
    "UPDATE outbox SET state = ?, not_before = ?, error = ? WHERE id = ? RETURNING id, entity, entity_id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, state);
  bal_statement_bind_int (statement, not_before);
  bal_statement_bind_text (statement, why);
  bal_statement_bind_int (statement, id);
  return run_noting (transaction, statement, &n_rows, error);
}

gboolean
bal_outbox_set_unknown (BalTransaction  *transaction,
                        gint64           id,
                        const char      *why,
                        GError         **error)
{
  return set_state (transaction, id, BAL_OUTBOX_UNKNOWN, 0, why, error);
}

gboolean
bal_outbox_set_retry (BalTransaction  *transaction,
                      gint64           id,
                      gint64           not_before,
                      const char      *why,
                      GError         **error)
{
  return set_state (transaction, id, BAL_OUTBOX_PENDING, not_before, why, error);
}

gboolean
bal_outbox_set_parked (BalTransaction  *transaction,
                       gint64           id,
                       const char      *why,
                       GError         **error)
{
  return set_state (transaction, id, BAL_OUTBOX_PARKED, 0, why, error);
}

gboolean
bal_outbox_recover (BalTransaction  *transaction,
                    gint64           blog_id,
                    GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  guint n_rows;

  statement = bal_transaction_prepare (transaction,
    "UPDATE outbox SET state = 2 WHERE state = 1 AND blog_id = ? RETURNING id, entity, entity_id", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, blog_id);
  return run_noting (transaction, statement, &n_rows, error);
}

gboolean
bal_outbox_retry (BalTransaction  *transaction,
                  gint64           id,
                  GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  guint n_rows;

  /* One whose answer was lost stays so: it must be looked for before it is sent again. */
  statement = bal_transaction_prepare (transaction,
    "UPDATE outbox SET not_before = 0, state = CASE state WHEN 3 THEN 0 ELSE state END"
    "  WHERE (?1 = 0 OR id = ?1) AND NOT EXISTS (SELECT 1 FROM conflict c"
    "    WHERE c.entity = outbox.entity AND c.entity_id = outbox.entity_id)"
    "  RETURNING id, entity, entity_id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  if (!run_noting (transaction, statement, &n_rows, error))
    return FALSE;

  if (id != 0 && n_rows == 0)
    {
      g_autoptr(BalOutboxItem) item = bal_outbox_get (transaction, id, error);

      if (item != NULL)
        g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                             _("Both sides changed this: choose one in the conflict first."));
      return FALSE;
    }
  return TRUE;
}

/* What still stands of something that the blog has deleted at our wish. */
static gboolean
remove_traces (BalTransaction  *transaction,
               BalOutboxItem   *item,
               GError         **error)
{
  g_autoptr(GError) local_error = NULL;

  if (item->entity == BAL_ENTITY_REVIEW)
    {
      g_autoptr(BalReview) review = bal_review_table_get (transaction, item->entity_id, &local_error);

      if (review != NULL)
        return bal_revision_table_add_review (transaction, BAL_REVISION_DELETED, review, error) &&
               bal_review_table_remove (transaction, item->entity_id, error);
    }
  else
    {
      g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, item->entity_id, &local_error);

      if (comment != NULL)
        return bal_revision_table_add_comment (transaction, BAL_REVISION_DELETED, comment, error) &&
               bal_comment_table_remove (transaction, item->entity_id, error);
    }

  if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return item->entity == BAL_ENTITY_REVIEW
         ? bal_review_base_remove (transaction, item->entity_id, error)
         : bal_comment_base_remove (transaction, item->entity_id, error);
}

/* The blog's id of an entity that was created while its deletion was already wished. */
static gboolean
fill_in_remote_id (BalTransaction  *transaction,
                   BalOutboxItem   *item,
                   GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  if (item->remote_id != NULL)
    return TRUE;

  statement = item->entity == BAL_ENTITY_REVIEW
    ? bal_transaction_prepare (transaction, "SELECT remote_id FROM review WHERE id = ?", error)
    : bal_transaction_prepare (transaction, "SELECT remote_id FROM comment WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, item->entity_id);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    item->remote_id = g_strdup (bal_statement_read_text (statement));
  return step != BAL_STEP_ERROR;
}

gboolean
bal_outbox_set_done (BalTransaction  *transaction,
                     gint64           id,
                     gint64           edit_seq,
                     GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalOutboxItem) item = bal_outbox_get (transaction, id, &local_error);

  if (item == NULL)
    {
      if (g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (item->edit_seq == edit_seq)
    return bal_outbox_remove_for (transaction, item->entity, item->entity_id, error) &&
           (item->op != BAL_OUTBOX_DELETE || remove_traces (transaction, item, error));

  if (item->op == BAL_OUTBOX_DELETE)
    {
      if (!fill_in_remote_id (transaction, item, error))
        return FALSE;
    }
  else
    item->op = BAL_OUTBOX_UPDATE;

  item->state = BAL_OUTBOX_PENDING;
  item->attempts = 0;
  item->not_before = 0;
  g_clear_pointer (&item->error, g_free);
  return write_item (transaction, item, error);
}
