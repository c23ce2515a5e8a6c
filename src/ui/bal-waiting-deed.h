/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"
#include "bal-waiting-item.h"

G_BEGIN_DECLS

/**
 * BalWaitingDeed:
 * @BAL_WAITING_UNDO: takes back the last part of each
 * @BAL_WAITING_RETRY: tries each now, and begins a sync
 * @BAL_WAITING_DISCARD: gives each up, after asking
 *
 * What can be done with changes that wait. What a deed is not possible for is passed over. A reply that is taken back or
 * given up goes to the box that it was written in (`win.keep-reply`).
 */
typedef enum
{
  BAL_WAITING_UNDO,
  BAL_WAITING_RETRY,
  BAL_WAITING_DISCARD,
} BalWaitingDeed;

/* Whether @deed is possible for one of @items at least. (element-type BalWaitingItem) */
gboolean bal_waiting_deed_is_possible (BalWaitingDeed  deed,
                                       GPtrArray      *items);
/* Tells the outcome with a toast of the window around @widget. (element-type BalWaitingItem) */
void     bal_waiting_deed_do          (BalWaitingDeed  deed,
                                       GtkWidget      *widget,
                                       BalStore       *store,
                                       GPtrArray      *items);

G_END_DECLS
