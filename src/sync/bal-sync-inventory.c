/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include "bal-time.h"

/* When everything was last compared with the blog. */
#define COMPARED_NAME "compared"
#define INTERVAL_S (24 * 60 * 60)

typedef struct
{
  gint64 blog_id;
  gint64 compared;               /* 0: never */
} Inventory;

static gboolean
read_compared (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Inventory *self = data;
  g_autoptr(GError) failed = NULL;
  g_autofree char *text = bal_cursor_table_get (transaction, self->blog_id, COMPARED_NAME, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  self->compared = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  return TRUE;
}

static gboolean
store_compared (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Inventory *self = data;
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, self->compared);

  return bal_cursor_table_put (transaction, self->blog_id, COMPARED_NAME, text, error);
}

/**
 * bal_sync_run_plan_inventory:
 * @self: a run that has not pulled yet
 * @error: return location
 *
 * What was deleted on the blog, and what else neither lists of news nor totals show, is found only when everything is
 * compared: many requests, so once a day. A clock that was set back counts as a day too.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_run_plan_inventory (BalSyncRun  *self,
                             GError     **error)
{
  Inventory inventory = { bal_blog_get_id (self->blog), 0 };

  if (!bal_store_read (self->store, read_compared, &inventory, self->cancellable, error))
    return FALSE;

  self->is_first = inventory.compared == 0;
  if (!self->is_first && ABS (bal_time_now () - inventory.compared) >= INTERVAL_S)
    self->flags |= BAL_SYNC_FULL;
  return TRUE;
}

/**
 * bal_sync_run_note_inventory:
 * @self: a run that has pulled and swept
 * @error: return location
 *
 * The first sync brings everything, so that nothing is left to be compared that day.
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_run_note_inventory (BalSyncRun  *self,
                             GError     **error)
{
  Inventory inventory = { bal_blog_get_id (self->blog), bal_time_now () };

  return ((self->flags & BAL_SYNC_FULL) == 0 && !self->is_first) ||
         bal_store_write (self->store, store_compared, &inventory, self->cancellable, error);
}
