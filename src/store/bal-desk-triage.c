/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-desk.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-outbox-rows.h"
#include "bal-spam-lessons.h"

static gboolean
is_hidden (int status)
{
  return status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
}

/* What deciding on a comment needs: no text is read, so that ten thousand take no longer than they must. */
typedef struct
{
  gint64    id;
  gint64    blog_id;
  gint64    review_id;
  int       status;
  int       previous_status;    /* -1: none */
  gboolean  dismissed;
  gboolean  mine;
  gboolean  on_blog;
  char     *key;
  int       base_status;        /* what both sides agreed on last; -1: nothing */
} Decided;

static void
decided_clear (Decided *decided)
{
  g_free (decided->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Decided, decided_clear)

/* @found is FALSE where there is no such comment. */
static gboolean
read_decided (BalTransaction  *transaction,
              gint64           id,
              Decided         *decided,
              gboolean        *found,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT c.blog_id, c.review_id, c.status, coalesce (c.previous_status, -1), c.dismissed, c.mine,"
    "  c.remote_id IS NOT NULL, c.key, coalesce (b.status, -1)"
    "  FROM comment c LEFT JOIN comment_base b ON b.comment_id = c.id WHERE c.id = ?",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  step = bal_statement_step (statement, error);
  *found = step == BAL_STEP_ROW;
  if (!*found)
    return step == BAL_STEP_DONE;

  decided->id = id;
  decided->blog_id = bal_statement_read_int (statement);
  decided->review_id = bal_statement_read_int (statement);
  decided->status = bal_statement_read_int (statement);
  decided->previous_status = bal_statement_read_int (statement);
  decided->dismissed = bal_statement_read_int (statement) != 0;
  decided->mine = bal_statement_read_int (statement) != 0;
  decided->on_blog = bal_statement_read_int (statement) != 0;
  decided->key = g_strdup (bal_statement_read_text (statement));
  decided->base_status = bal_statement_read_int (statement);
  return TRUE;
}

static gboolean
find_item (BalTransaction  *transaction,
           gint64           id,
           BalOutboxItem  **item,
           GError         **error)
{
  GError *local_error = NULL;

  *item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, id, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

/* One that the blog never had need not be sent to its trash. */
gboolean
bal_comment_table_queue (BalTransaction    *transaction,
                         gint64             id,
                         gint64             blog_id,
                         gboolean           on_blog,
                         const char        *key,
                         BalCommentStatus   status,
                         gint64             edit_seq,
                         GError           **error)
{
  g_autoptr(BalOutboxItem) item = NULL;

  if (on_blog)
    return bal_outbox_note (transaction, blog_id, BAL_ENTITY_COMMENT, id, BAL_OUTBOX_UPDATE, edit_seq,
                            NULL, NULL, error);

  if (!find_item (transaction, id, &item, error))
    return FALSE;
  if (is_hidden (status) && (item == NULL || bal_outbox_item_is_unsent (item)))
    return bal_outbox_remove_for (transaction, BAL_ENTITY_COMMENT, id, error);

  return bal_outbox_note (transaction, blog_id, BAL_ENTITY_COMMENT, id, BAL_OUTBOX_CREATE, edit_seq,
                          key, NULL, error);
}

static gboolean
write_status (BalTransaction  *transaction,
              const Decided   *decided,
              int              status,
              int              previous_status,
              gint64          *edit_seq,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "UPDATE comment SET status = ?, previous_status = ?, edit_seq = edit_seq + 1, unanswered = unanswered AND ?"
    "  WHERE id = ? RETURNING edit_seq",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, status);
  if (previous_status >= 0)
    bal_statement_bind_int (statement, previous_status);
  else
    bal_statement_bind_null (statement);
  bal_statement_bind_int (statement, !is_hidden (status));
  bal_statement_bind_int (statement, decided->id);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  *edit_seq = bal_statement_read_int (statement);
  return bal_statement_run (statement, error) &&
         bal_spam_follow_status (transaction, decided->id, decided->mine, status, error);
}

static gboolean
write_dismissed (BalTransaction  *transaction,
                 gint64           id,
                 gboolean         dismissed,
                 GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE comment SET dismissed = ?, unanswered = unanswered AND ? WHERE id = ?",
                                       error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, dismissed);
  bal_statement_bind_int (statement, !dismissed);
  bal_statement_bind_int (statement, id);
  return bal_statement_run (statement, error);
}

/* A reader's comment answers nobody, so that what is decided on it changes its own mark alone: taken from the queue, that is
 * gone, which is written with the decision. Only what comes back has to be judged by its thread. */
static void
note_decided (BalTransaction *transaction,
              const Decided  *decided,
              int             status_after,
              gboolean        dismissed_after)
{
  gboolean comes_back = (is_hidden (decided->status) && !is_hidden (status_after)) ||
                        (decided->dismissed && !dismissed_after);

  bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, decided->id);
  bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ALTERED, decided->review_id);
  if (decided->mine || comes_back)
    bal_transaction_touch_thread (transaction, decided->review_id);
}

/* The status that @triage leaves it with. */
static int
get_status_after (const Decided *decided,
                  BalTriage      triage)
{
  switch (triage)
    {
    case BAL_TRIAGE_HOLD:
      return BAL_COMMENT_STATUS_PENDING;
    case BAL_TRIAGE_APPROVE:
      return BAL_COMMENT_STATUS_APPROVED;
    case BAL_TRIAGE_SPAM:
      return BAL_COMMENT_STATUS_SPAM;
    case BAL_TRIAGE_TRASH:
      return BAL_COMMENT_STATUS_TRASH;
    case BAL_TRIAGE_RESTORE:
      if (!is_hidden (decided->status))
        return decided->status;
      return decided->previous_status >= 0 ? decided->previous_status : BAL_COMMENT_STATUS_PENDING;
    case BAL_TRIAGE_DISMISS:
    case BAL_TRIAGE_HEED:
    default:
      return decided->status;
    }
}

static gboolean
decide (BalTransaction  *transaction,
        const Decided   *decided,
        BalTriageStep   *step,
        GError         **error)
{
  gboolean hides = !is_hidden (decided->status) && is_hidden (step->status_after);
  g_autoptr(BalOutboxItem) item = NULL;
  gint64 edit_seq;

  note_decided (transaction, decided, step->status_after, step->dismissed_after);
  if (step->dismissed != step->dismissed_after)
    return write_dismissed (transaction, decided->id, step->dismissed_after, error);

  if (!find_item (transaction, decided->id, &item, error))
    return FALSE;
  step->was_queued = item != NULL;

  return write_status (transaction, decided, step->status_after,
                       hides ? decided->status : decided->previous_status, &edit_seq, error) &&
         bal_comment_table_queue (transaction, decided->id, decided->blog_id, decided->on_blog, decided->key,
                                  step->status_after, edit_seq, error);
}

/* @steps: (nullable). @all: every one must be there. */
static gboolean
triage_all (BalTransaction  *transaction,
            BalTriage        triage,
            const gint64    *ids,
            guint            n_ids,
            GArray          *steps,
            gboolean         all,
            GError         **error)
{
  for (guint i = 0; i < n_ids; i++)
    {
      g_auto(Decided) decided = { 0 };
      BalTriageStep step = { .id = ids[i] };
      gboolean found;

      if (!read_decided (transaction, ids[i], &decided, &found, error))
        return FALSE;
      if (!found && all)
        {
          g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such comment."));
          return FALSE;
        }
      if (!found)
        continue;

      step.review_id = decided.review_id;
      step.status = decided.status;
      step.previous_status = decided.previous_status;
      step.base_status = decided.base_status;
      step.status_after = get_status_after (&decided, triage);
      step.dismissed = step.dismissed_after = decided.dismissed;
      if (triage == BAL_TRIAGE_DISMISS || triage == BAL_TRIAGE_HEED)
        step.dismissed_after = triage == BAL_TRIAGE_DISMISS && !decided.mine;

      if (step.status == step.status_after && step.dismissed == step.dismissed_after)
        continue;
      if (!decide (transaction, &decided, &step, error))
        return FALSE;
      if (steps != NULL)
        g_array_append_val (steps, step);
    }

  return TRUE;
}

gboolean
bal_desk_triage (BalTransaction  *transaction,
                 BalTriage        triage,
                 const gint64    *ids,
                 guint            n_ids,
                 GArray          *steps,
                 GError         **error)
{
  return triage_all (transaction, triage, ids, n_ids, steps, FALSE, error);
}

gboolean
bal_desk_set_comment_status (BalTransaction    *transaction,
                             const gint64      *ids,
                             guint              n_ids,
                             BalCommentStatus   status,
                             GError           **error)
{
  static const BalTriage acts[] = {
    [BAL_COMMENT_STATUS_PENDING] = BAL_TRIAGE_HOLD,
    [BAL_COMMENT_STATUS_APPROVED] = BAL_TRIAGE_APPROVE,
    [BAL_COMMENT_STATUS_SPAM] = BAL_TRIAGE_SPAM,
    [BAL_COMMENT_STATUS_TRASH] = BAL_TRIAGE_TRASH,
  };

  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (acts), FALSE);

  return triage_all (transaction, acts[status], ids, n_ids, NULL, TRUE, error);
}

gboolean
bal_desk_restore_comments (BalTransaction  *transaction,
                           const gint64    *ids,
                           guint            n_ids,
                           GError         **error)
{
  return triage_all (transaction, BAL_TRIAGE_RESTORE, ids, n_ids, NULL, TRUE, error);
}

gboolean
bal_desk_dismiss_comments (BalTransaction  *transaction,
                           const gint64    *ids,
                           guint            n_ids,
                           gboolean         dismissed,
                           GError         **error)
{
  return triage_all (transaction, dismissed ? BAL_TRIAGE_DISMISS : BAL_TRIAGE_HEED, ids, n_ids, NULL, TRUE, error);
}

/* ---- undo ---- */

/* The blog has it, or may have it by now. */
static gboolean
has_left (const Decided       *decided,
          const BalTriageStep *step,
          BalOutboxItem       *item)
{
  if (step->status == step->status_after)
    return FALSE;

  if (item != NULL && bal_outbox_item_is_in_flight (item))
    return TRUE;

  return decided->on_blog &&
         (item == NULL ||
          (step->base_status != (int) step->status_after && decided->base_status == (int) step->status_after));
}

static gboolean
take_back (BalTransaction       *transaction,
           const Decided        *decided,
           const BalTriageStep  *step,
           BalOutboxItem        *item,
           GError              **error)
{
  gint64 edit_seq;

  note_decided (transaction, decided, step->status, step->dismissed);
  if (step->dismissed != step->dismissed_after)
    return write_dismissed (transaction, decided->id, step->dismissed, error);

  if (!write_status (transaction, decided, step->status, step->previous_status, &edit_seq, error))
    return FALSE;

  /* Nobody outside has heard of it: there is nothing left to send. */
  if (!step->was_queued && item != NULL && bal_outbox_item_is_unsent (item))
    return bal_outbox_remove_for (transaction, BAL_ENTITY_COMMENT, decided->id, error);

  return bal_comment_table_queue (transaction, decided->id, decided->blog_id, decided->on_blog, decided->key,
                                  step->status, edit_seq, error);
}

gboolean
bal_desk_undo_triage (BalTransaction       *transaction,
                      const BalTriageStep  *steps,
                      guint                 n_steps,
                      guint                *n_late,
                      GError              **error)
{
  for (guint i = n_steps; i-- > 0;)
    {
      const BalTriageStep *step = &steps[i];
      g_auto(Decided) decided = { 0 };
      g_autoptr(BalOutboxItem) item = NULL;
      gboolean found;

      if (!read_decided (transaction, step->id, &decided, &found, error) ||
          !find_item (transaction, step->id, &item, error))
        return FALSE;

      /* What somebody decided anew since then stays so. */
      if (!found || decided.status != (int) step->status_after || decided.dismissed != step->dismissed_after ||
          has_left (&decided, step, item))
        (*n_late)++;
      else if (!take_back (transaction, &decided, step, item, error))
        return FALSE;
    }

  return TRUE;
}
