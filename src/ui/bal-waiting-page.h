/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-waiting-item.h"

G_BEGIN_DECLS

/**
 * BalWaitingPage:
 *
 * One change of the outbox with why it waits and what can be done about it, or one conflict with
 * both sides next to each other.
 *
 * Signals: `done`: it was dealt with; `open-review` (gint64 review id, gint64 comment id): show what it is about.
 */
#define BAL_TYPE_WAITING_PAGE (bal_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (BalWaitingPage, bal_waiting_page, BAL, WAITING_PAGE, GtkWidget)

GtkWidget *bal_waiting_page_new  (BalStore       *store);
void       bal_waiting_page_show (BalWaitingPage *self,
                                  BalWaitingItem *item);

G_END_DECLS
