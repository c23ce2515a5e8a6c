/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-push.h"

#include <glib/gi18n.h>

#include "bal-conflict-table.h"
#include "bal-error.h"
#include "bal-time.h"

/* Replies follow the review they wait for, and a lost answer is looked for, within one sync; not without end. */
#define MAX_ROUNDS 5
#define MAX_VISITS 3
/* A server that answers 5xx this often in a row is left alone. */
#define MAX_TEMPORARY 3

/* One pass over the outbox of a blog. */
typedef struct
{
  BalSyncRun *run;
  GHashTable *visits;            /* owned gint64 row id -> times a request was tried for it */
  GHashTable *failures;          /* owned gint64 row id -> owned GError, what has not come right since */
  GPtrArray  *items;             /* out of the read */
  guint       n_temporary;       /* in a row */
  gboolean    progress;
  gboolean    stop;
} Round;

static void
round_clear (Round *self)
{
  g_clear_pointer (&self->visits, g_hash_table_unref);
  g_clear_pointer (&self->failures, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Round, round_clear)

static void
round_init (Round      *self,
            BalSyncRun *run)
{
  self->run = run;
  self->visits = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->failures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_error_free);
}

static gint64 *
dup_id (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

/* Some that fail again and again end the sync before its end: those that were tried least come first. */
static int
compare_attempts (gconstpointer a,
                  gconstpointer b)
{
  const BalOutboxItem *first = *(BalOutboxItem *const *) a;
  const BalOutboxItem *second = *(BalOutboxItem *const *) b;

  if (first->attempts != second->attempts)
    return first->attempts < second->attempts ? -1 : 1;
  return first->id < second->id ? -1 : first->id > second->id;
}

static gboolean
list_items (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Round *self = data;

  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = bal_outbox_list (transaction, bal_blog_get_id (self->run->blog), error);
  if (self->items != NULL)
    g_ptr_array_sort (self->items, compare_attempts);
  return self->items != NULL;
}

gboolean
bal_push_is_being_written (BalPush             *self,
                           const BalOutboxItem *item)
{
  return (self->run->flags & BAL_SYNC_UNASKED) != 0 && item->op != BAL_OUTBOX_DELETE &&
         self->review != NULL && bal_review_get_edit_seq (self->review) != item->edit_seq;
}

gboolean
bal_push_mark_sending (BalPush         *self,
                       BalTransaction  *transaction,
                       GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalOutboxItem) item = bal_outbox_get (transaction, self->item_id, &failed);
  gint64 conflict = 0;

  if (item == NULL)
    {
      if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        return TRUE;    /* withdrawn, or both sides turned out to agree */
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (item->state == BAL_OUTBOX_PARKED ||
      (item->op == BAL_OUTBOX_DELETE) != (self->item->op == BAL_OUTBOX_DELETE) ||
      bal_push_is_being_written (self, item))
    return TRUE;

  /* A row whose last answer was lost is not parked by a conflict that was found just now, and is not sent either. */
  conflict = bal_conflict_table_find (transaction, item->entity, item->entity_id, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (conflict != 0)
    return TRUE;

  bal_outbox_item_free (self->item);
  self->item = g_steal_pointer (&item);
  self->is_sending = bal_outbox_set_sending (transaction, self->item_id, error);
  return self->is_sending;
}

/* ---- what an error does to a row ---- */

typedef struct
{
  gint64         id;
  BalOutboxState state;
  gint64         not_before;
  const char    *why;
} Verdict;

static gboolean
store_verdict (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Verdict *self = data;

  switch (self->state)
    {
    case BAL_OUTBOX_UNKNOWN:
      return bal_outbox_set_unknown (transaction, self->id, self->why, error);
    case BAL_OUTBOX_PARKED:
      return bal_outbox_set_parked (transaction, self->id, self->why, error);
    case BAL_OUTBOX_PENDING:
    case BAL_OUTBOX_SENDING:
    default:
      return bal_outbox_set_retry (transaction, self->id, self->not_before, self->why, error);
    }
}

static gint64
next_try (BalPush      *push,
          const GError *failure)
{
  guint attempts = push->item->attempts + 1;

  return bal_time_now () +
         bal_plan_backoff (attempts, bal_http_error_get_retry_after (failure), g_random_double ());
}

/* FALSE: of no use to go on with this blog, @failure tells why. */
static gboolean
judge (Round        *self,
       BalPush      *push,
       const GError *failure,
       Verdict      *verdict)
{
  verdict->state = BAL_OUTBOX_PENDING;
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      verdict->state = BAL_OUTBOX_UNKNOWN;
      return FALSE;
    }
  if (failure->domain != BAL_ERROR)
    {
      verdict->state = BAL_OUTBOX_UNKNOWN;
      return TRUE;
    }

  /* Another server's failure: other changes may go. */
  if (push->waits)
    {
      verdict->not_before = next_try (push, failure);
      return TRUE;
    }

  switch ((BalError) failure->code)
    {
    case BAL_ERROR_AUTH:
      return FALSE;

    case BAL_ERROR_OFFLINE:
    case BAL_ERROR_INSECURE:
      verdict->not_before = next_try (push, failure);
      return FALSE;

    case BAL_ERROR_TEMPORARY:
      verdict->not_before = next_try (push, failure);
      self->stop = bal_http_error_get_retry_after (failure) > 0 || ++self->n_temporary >= MAX_TEMPORARY;
      return TRUE;

    case BAL_ERROR_LOST_ANSWER:
    case BAL_ERROR_PROTOCOL:
      verdict->state = BAL_OUTBOX_UNKNOWN;
      self->stop = bal_http_error_get_retry_after (failure) > 0;
      return TRUE;

    case BAL_ERROR_CONFLICT:
      return TRUE;

    case BAL_ERROR_REFUSED:
    case BAL_ERROR_NOT_FOUND:
    case BAL_ERROR_UNSUPPORTED:
    case BAL_ERROR_INVALID:
    case BAL_ERROR_NOT_A_BLOG:
      verdict->state = BAL_OUTBOX_PARKED;
      return TRUE;

    case BAL_ERROR_STORAGE:
    case BAL_ERROR_CORRUPT:
    case BAL_ERROR_SCHEMA_TOO_NEW:
    case BAL_ERROR_BUSY:
    default:
      verdict->state = BAL_OUTBOX_UNKNOWN;
      return FALSE;
    }
}

/* A look that failed says nothing new about what was sent earlier. */
static gboolean
must_be_noted (BalPush       *push,
               const Verdict *verdict)
{
  if (push->is_sending || verdict->state == BAL_OUTBOX_PARKED)
    return TRUE;
  return push->item->state == BAL_OUTBOX_PENDING && verdict->not_before > 0;
}

/* @failure: (transfer full). FALSE with it in @error: the blog is left alone from here on. */
static gboolean
handle_failure (Round    *self,
                BalPush  *push,
                GError   *failure,
                GError  **error)
{
  g_autoptr(GError) owned = failure;
  Verdict verdict = { push->item_id };
  gboolean go_on = judge (self, push, failure, &verdict);

  verdict.why = failure->message;

  if (!push->is_sending && verdict.state == BAL_OUTBOX_UNKNOWN)
    verdict.state = BAL_OUTBOX_PENDING;    /* what was not sent is not lost */
  if (must_be_noted (push, &verdict) &&
      !bal_store_write (self->run->store, store_verdict, &verdict, NULL, error))
    return FALSE;

  if (!go_on)
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }

  /* Looked for at the next turn. */
  self->progress |= push->is_sending && verdict.state == BAL_OUTBOX_UNKNOWN;
  if (verdict.state != BAL_OUTBOX_PARKED)
    g_hash_table_replace (self->failures, dup_id (push->item_id), g_steal_pointer (&owned));
  return TRUE;
}

/* ---- one row ---- */

/* Between two looks: a server may still be at work on a request whose connection was cut. */
static void
wait_for_grace (BalSyncRun *run)
{
  GPollFD fd;

  if (run->cancellable != NULL && g_cancellable_make_pollfd (run->cancellable, &fd))
    {
      g_poll (&fd, 1, (int) run->grace_ms);
      g_cancellable_release_fd (run->cancellable);
    }
  else
    g_usleep (run->grace_ms * 1000ul);
}

static gboolean
park (Round    *self,
      BalPush  *push,
      GError  **error)
{
  Verdict verdict = { .id = push->item_id, .state = BAL_OUTBOX_PARKED, .why = push->why };

  return bal_store_write (self->run->store, store_verdict, &verdict, NULL, error);
}

static gboolean
drop (BalTransaction  *transaction,
      gpointer         data,
      GError         **error)
{
  BalPush *push = data;

  return bal_outbox_set_done (transaction, push->item->id, push->item->edit_seq, error);
}

static gboolean
send (BalPush   *push,
      gboolean  *done,
      GError   **error)
{
  return push->review != NULL ? bal_push_review (push, done, error) : bal_push_comment (push, done, error);
}

/* Whether another desktop may have created the review again, and a pull that was cut did not come as far as it. */
static gboolean
may_be_listed (Round   *self,
               BalPush *push)
{
  return self->run->result->error != NULL && push->review != NULL &&
         bal_review_get_slug (push->review) != NULL && bal_review_get_published (push->review) != 0;
}

/* What was perhaps created is looked for twice, with a pause; only then it is planned as if it had never been sent. */
static gboolean
look_up_then_create (Round     *self,
                     BalPush   *push,
                     gboolean  *done,
                     GError   **error)
{
  if (!bal_push_adopt (push, done, error))
    return FALSE;
  if (*done)
    return TRUE;

  wait_for_grace (self->run);
  if (g_cancellable_set_error_if_cancelled (self->run->cancellable, error) ||
      !bal_push_adopt (push, done, error) ||
      (!*done && !bal_push_adopt_again (push, done, error)))
    return FALSE;
  if (*done || may_be_listed (self, push))
    return TRUE;

  bal_push_plan_unsent (push);
  switch (push->step)
    {
    case BAL_STEP_CREATE:
      return send (push, done, error);
    case BAL_STEP_PARK:
      return park (self, push, error);
    case BAL_STEP_DROP:
      *done = TRUE;
      return bal_store_write (self->run->store, drop, push, NULL, error);
    case BAL_STEP_WAIT:
    case BAL_STEP_LOOK_UP:
    case BAL_STEP_READ_THEN_UPDATE:
    case BAL_STEP_DELETE:
    default:
      return TRUE;
    }
}

static gboolean
take_step (Round     *self,
           BalPush   *push,
           gboolean  *done,
           GError   **error)
{
  switch (push->step)
    {
    case BAL_STEP_PARK:
      return park (self, push, error);

    case BAL_STEP_DROP:
      *done = TRUE;
      return bal_store_write (self->run->store, drop, push, NULL, error);

    case BAL_STEP_LOOK_UP:
      return look_up_then_create (self, push, done, error);

    case BAL_STEP_CREATE:
    case BAL_STEP_READ_THEN_UPDATE:
      return send (push, done, error);

    case BAL_STEP_DELETE:
      *done = TRUE;
      return bal_push_delete (push, error);

    case BAL_STEP_WAIT:
    default:
      return TRUE;
    }
}

static gboolean
push_item (Round    *self,
           gint64    item_id,
           GError  **error)
{
  g_auto(BalPush) push = { .run = self->run, .item_id = item_id };
  guint n_visits = GPOINTER_TO_UINT (g_hash_table_lookup (self->visits, &item_id));
  g_autoptr(GError) failure = NULL;
  gboolean done = FALSE;

  if (n_visits >= MAX_VISITS)
    return TRUE;
  if (!bal_push_look (&push, error))
    return FALSE;
  if (push.item == NULL || push.is_held || push.step == BAL_STEP_WAIT ||
      bal_push_is_being_written (&push, push.item))
    return TRUE;

  g_hash_table_replace (self->visits, dup_id (item_id), GUINT_TO_POINTER (n_visits + 1));
  if (!take_step (self, &push, &done, &failure))
    return handle_failure (self, &push, g_steal_pointer (&failure), error);

  bal_sync_run_came (self->run, 1, push.is_sending ? BAL_SYNC_SENT_MS : BAL_SYNC_ASKED_ROW_MS);
  self->n_temporary = 0;
  self->progress |= done || push.is_sending;
  g_hash_table_remove (self->failures, &item_id);
  return TRUE;
}

static gboolean
push_round (Round    *self,
            GError  **error)
{
  BalSyncRun *run = self->run;

  self->progress = FALSE;
  if (!bal_store_read (run->store, list_items, self, run->cancellable, error))
    return FALSE;

  for (guint i = 0; i < self->items->len && !self->stop; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (self->items, i);

      bal_sync_run_say (run, (double) i / self->items->len, _("Sending to “%s”…"),
                        bal_blog_get_name (run->blog));
      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) ||
          !push_item (self, item->id, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * bal_sync_run_push:
 * @self: a signed-in run
 * @error: return location
 *
 * Sends what waits in the outbox, in order. A change that fails is parked or tried again later by itself; what was not
 * heard of is looked for before it is sent again.
 *
 * Returns: %FALSE when there is no use in going on with this blog
 */
gboolean
bal_sync_run_push (BalSyncRun  *self,
                   GError     **error)
{
  g_auto(Round) round = { 0 };
  GHashTableIter iter;
  gpointer failure;

  round_init (&round, self);
  for (guint n = 0; n < MAX_ROUNDS && !round.stop; n++)
    {
      if (!push_round (&round, error))
        return FALSE;
      if (!round.progress)
        break;
    }

  g_hash_table_iter_init (&iter, round.failures);
  while (g_hash_table_iter_next (&iter, NULL, &failure))
    bal_sync_result_fail (self->result, g_error_copy (failure));
  return TRUE;
}

/**
 * bal_sync_run_adopt:
 * @self: a signed-in run
 * @error: return location
 *
 * Before anything is pulled: what an earlier sync created without hearing the answer is looked for, lest a pull take
 * it for somebody else's.
 *
 * Returns: %FALSE when there is no use in going on with this blog
 */
gboolean
bal_sync_run_adopt (BalSyncRun  *self,
                    GError     **error)
{
  g_auto(Round) round = { 0 };

  round_init (&round, self);
  if (!bal_store_read (self->store, list_items, &round, self->cancellable, error))
    return FALSE;

  for (guint i = 0; i < round.items->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (round.items, i);
      g_auto(BalPush) push = { .run = self, .item_id = item->id };
      g_autoptr(GError) failure = NULL;
      gboolean found;

      if (item->state != BAL_OUTBOX_UNKNOWN)
        continue;
      if (!bal_push_look (&push, error))
        return FALSE;
      if (push.item == NULL || push.step != BAL_STEP_LOOK_UP)
        continue;
      if (bal_push_adopt (&push, &found, &failure))
        {
          bal_sync_run_came (self, 1, BAL_SYNC_ASKED_ROW_MS);
          continue;
        }
      if (!handle_failure (&round, &push, g_error_copy (failure), error))
        return FALSE;
      if (round.stop)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}
