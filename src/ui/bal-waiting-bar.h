/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalWaitingBar:
 *
 * Below the list of the outbox: what can be done with several selected changes at once, and with all of them. While it
 * is shown the list has keys: Delete discards, Ctrl+Z and U take back, R tries again, Enter opens.
 */
#define BAL_TYPE_WAITING_BAR (bal_waiting_bar_get_type ())
G_DECLARE_FINAL_TYPE (BalWaitingBar, bal_waiting_bar, BAL, WAITING_BAR, GtkWidget)

/* Once, with the list that it belongs to. */
void bal_waiting_bar_attach (BalWaitingBar     *self,
                             GtkListView       *list,
                             BalStore          *store);
/* @selection: (nullable): of BalWaitingItem, while these are the rows of the outbox; NULL hides the bar. */
void bal_waiting_bar_show   (BalWaitingBar     *self,
                             GtkSelectionModel *selection);

G_END_DECLS
