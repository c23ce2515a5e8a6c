/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-outbox-summary.h"

#include "bal-outbox-rows.h"

/* FNV-1a over numbers. */
#define HASH_START 0xcbf29ce484222325u
#define HASH_PRIME 0x100000001b3u

/**
 * bal_outbox_summarize:
 * @transaction: a transaction
 * @summary: (out caller-allocates): what waits
 * @error: return location
 *
 * Reads the whole outbox, and nothing else of its entities.
 *
 * Returns: %TRUE on success
 */
gboolean
bal_outbox_summarize (BalTransaction    *transaction,
                      BalOutboxSummary  *summary,
                      GError           **error)
{
  g_autoptr(BalStatement) statement = NULL;
  guint64 hash = HASH_START;
  BalStep step;

  g_return_val_if_fail (summary != NULL, FALSE);

  *summary = (BalOutboxSummary) { 0 };
  statement = bal_transaction_prepare (transaction,
    "SELECT id, edit_seq, not_before, state FROM outbox WHERE state <> ? AND NOT EXISTS"
    "  (SELECT 1 FROM conflict WHERE conflict.entity = outbox.entity AND conflict.entity_id = outbox.entity_id)"
    "  ORDER BY id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, BAL_OUTBOX_PARKED);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);
      gint64 edit_seq = bal_statement_read_int (statement);
      gint64 not_before = bal_statement_read_int (statement);
      gboolean is_pending = bal_statement_read_int (statement) == BAL_OUTBOX_PENDING;

      summary->n_waiting++;
      if (not_before > 0 && (summary->next_try == 0 || not_before < summary->next_try))
        summary->next_try = not_before;
      if (not_before == 0 && is_pending)
        {
          hash = (hash ^ (guint64) id) * HASH_PRIME;
          hash = (hash ^ (guint64) edit_seq) * HASH_PRIME;
          summary->fresh = hash | 1;
        }
    }
  return step != BAL_STEP_ERROR;
}
