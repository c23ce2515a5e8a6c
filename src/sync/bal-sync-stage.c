/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <stdlib.h>

#include "bal-time.h"

/* Where the last sync was when its patience ended: "STAGE FULL TIME". */
#define STAGE_NAME "stage"
/* What was pulled longer ago than that is pulled anew. */
#define MAX_AGE_S  (24 * 60 * 60)

static gboolean
read_stage (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  BalSyncRun *self = data;
  g_autoptr(GError) failed = NULL;
  g_autofree char *text = bal_cursor_table_get (transaction, bal_blog_get_id (self->blog), STAGE_NAME, &failed);
  g_auto(GStrv) parts = g_strsplit (text != NULL ? text : "", " ", 3);
  gboolean is_full = (self->flags & BAL_SYNC_FULL) != 0;

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  self->has_stage = text != NULL;
  self->stage = BAL_SYNC_STAGE_REVIEWS;
  if (g_strv_length (parts) == 3 && atoi (parts[1]) == is_full &&
      ABS (bal_time_now () - g_ascii_strtoll (parts[2], NULL, 10)) < MAX_AGE_S)
    self->stage = CLAMP (atoi (parts[0]), BAL_SYNC_STAGE_REVIEWS, BAL_SYNC_STAGE_SWEEP);
  self->first_stage = self->stage;
  return TRUE;
}

static gboolean
store_stage (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  BalSyncRun *self = data;
  g_autofree char *text = NULL;

  if (self->has_stage)
    text = g_strdup_printf ("%d %d %" G_GINT64_FORMAT, self->stage, (self->flags & BAL_SYNC_FULL) != 0, bal_time_now ());
  return bal_cursor_table_put (transaction, bal_blog_get_id (self->blog), STAGE_NAME, text, error);
}

/**
 * bal_sync_run_find_stage:
 * @self: a run that has not pulled yet
 * @error: return location
 *
 * A server may answer so slowly that patience ends before all has been asked for. Then the next sync begins with what
 * the last one had not come to, so that some of them together come to the end.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_run_find_stage (BalSyncRun  *self,
                         GError     **error)
{
  return bal_store_read (self->store, read_stage, self, self->cancellable, error);
}

/**
 * bal_sync_run_note_stage:
 * @self: a run
 * @is_cut: whether patience ended at its stage; else all of them have been gone through
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_run_note_stage (BalSyncRun  *self,
                         gboolean     is_cut,
                         GError     **error)
{
  if (!is_cut && !self->has_stage)
    return TRUE;

  self->has_stage = is_cut;
  return bal_store_write (self->store, store_stage, self, NULL, error);
}
