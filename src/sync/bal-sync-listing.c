/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <glib/gi18n.h>

#include "bal-error.h"

/* Rows come, go and move while one reads a list: so many more of them than were announced, and so many a second time, are
 * nothing strange. */
#define SLACK 200
/* Pages in a row without a row that was not shown yet. */
#define MAX_REPEATED_PAGES 20

void
bal_sync_listing_set_endless (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                       _("The blog’s server lists the same again and again. What was received so far is kept; "
                         "try again later."));
}

/**
 * bal_sync_listing_take:
 * @self: what the listing has shown so far; zeroed at its beginning
 * @page: what it shows now
 * @cursor: (nullable): where that is
 * @n_new: how many of its rows were not shown before
 * @error: return location
 *
 * A server can list for ever. That the rows are new ones is all that makes it worth waiting for more of them; and there
 * should not be many more than it said.
 *
 * Returns: %FALSE when the listing is not believed any more
 */
gboolean
bal_sync_listing_take (BalSyncListing *self,
                       BalPage        *page,
                       const char     *cursor,
                       guint           n_new,
                       GError        **error)
{
  guint n_shown = page->items->len + (page->too_large != NULL ? page->too_large->len : 0);

  self->n_rows += n_new;
  self->n_again += n_shown - n_new;
  self->n_repeated = n_new > 0 || n_shown == 0 ? 0 : self->n_repeated + 1;
  if (self->n_announced == 0 && !self->is_news)
    self->n_announced = page->n_total;
  if (page->next == NULL)
    return TRUE;

  if (self->n_announced > 0 && self->n_rows > self->n_announced * 1.1 + SLACK)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                   _("The blog’s server lists more than the %u that it announced. What was received so far is kept; "
                     "try again later."), self->n_announced);
      return FALSE;
    }
  if (self->n_repeated >= MAX_REPEATED_PAGES || self->n_again > 2 * self->n_rows + 10 * SLACK ||
      g_strcmp0 (page->next, cursor) == 0)
    {
      bal_sync_listing_set_endless (error);
      return FALSE;
    }
  return TRUE;
}
