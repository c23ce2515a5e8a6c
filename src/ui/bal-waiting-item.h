/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-change-set.h"
#include "bal-conflict-table.h"
#include "bal-outbox.h"

G_BEGIN_DECLS

/**
 * BalWaitingItem:
 *
 * An immutable row of what waits: a change in the outbox, or a conflict that the person must decide.
 */
#define BAL_TYPE_WAITING_ITEM (bal_waiting_item_get_type ())
G_DECLARE_FINAL_TYPE (BalWaitingItem, bal_waiting_item, BAL, WAITING_ITEM, GObject)

BalWaitingItem *bal_waiting_item_new_outbox    (const BalOutboxItem *row);
/* @title: (nullable): of the review or of the comment's author */
BalWaitingItem *bal_waiting_item_new_conflict  (const BalConflict   *row,
                                                const char          *title);
gboolean        bal_waiting_item_is_conflict   (BalWaitingItem      *self);
/* Of the outbox row or of the conflict. */
gint64          bal_waiting_item_get_id        (BalWaitingItem      *self);
BalEntity       bal_waiting_item_get_entity    (BalWaitingItem      *self);
gint64          bal_waiting_item_get_entity_id (BalWaitingItem      *self);
const char     *bal_waiting_item_get_title     (BalWaitingItem      *self);
/* What would be done with it, and how it stands, each in a few words. */
const char     *bal_waiting_item_get_what      (BalWaitingItem      *self);
const char     *bal_waiting_item_get_state     (BalWaitingItem      *self);
/* (nullable): the last words of the server. */
const char     *bal_waiting_item_get_reason    (BalWaitingItem      *self);
gboolean        bal_waiting_item_needs_person  (BalWaitingItem      *self);
gboolean        bal_waiting_item_equal         (BalWaitingItem      *a,
                                                BalWaitingItem      *b);

G_END_DECLS
