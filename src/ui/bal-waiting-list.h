/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-waiting-item.h"

G_BEGIN_DECLS

/**
 * BalWaitingList:
 *
 * A list model of [class@WaitingItem]: the outbox, or the open conflicts. Short by nature, so all rows are
 * read; it listens to the store by itself. `loading` as in [class@ReviewList].
 */
#define BAL_TYPE_WAITING_LIST (bal_waiting_list_get_type ())
G_DECLARE_FINAL_TYPE (BalWaitingList, bal_waiting_list, BAL, WAITING_LIST, GObject)

BalWaitingList *bal_waiting_list_new         (BalStore       *store);
void            bal_waiting_list_show        (BalWaitingList *self,
                                              gboolean        conflicts,
                                              gint64          blog_id);
gboolean        bal_waiting_list_get_loading (BalWaitingList *self);

G_END_DECLS
