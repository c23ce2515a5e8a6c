/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalBulkBar:
 *
 * What can be done with all selected comments at once; shown while there are several. Its buttons activate
 * the actions `triage.approve`, `.dismiss`, `.spam`, `.trash` and `.restore` of the pane around it.
 */
#define BAL_TYPE_BULK_BAR (bal_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (BalBulkBar, bal_bulk_bar, BAL, BULK_BAR, GtkWidget)

/* @status: the BalCommentStatus that all of them have, or -1 */
void bal_bulk_bar_update (BalBulkBar *self,
                          guint       n_selected,
                          int         status,
                          gboolean    unanswered);

G_END_DECLS
