/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-change-set.h"
#include "bal-conflict-table.h"
#include "bal-outbox.h"

G_BEGIN_DECLS

/**
 * BalWaitingPlace:
 *
 * What is around a row of the outbox, and tells why it waits.
 */
typedef struct
{
  gboolean    in_conflict;
  BalEntity   first;             /* what has to be sent before it; 0: nothing */
  gboolean    signed_out;        /* the blog asks for the password */
  gboolean    offline;           /* the blog can't be had without a network, and there is none */
} BalWaitingPlace;

/**
 * BalWaitingItem:
 *
 * A row of what waits: a change in the outbox, or a conflict that the person must decide. It is the same object for as
 * long as it waits; `state` is notified when anything of it changes, `gone` (boolean) when it waits no longer.
 */
#define BAL_TYPE_WAITING_ITEM (bal_waiting_item_get_type ())
G_DECLARE_FINAL_TYPE (BalWaitingItem, bal_waiting_item, BAL, WAITING_ITEM, GObject)

BalWaitingItem *bal_waiting_item_new_outbox     (const BalOutboxItem   *row,
                                                 const BalWaitingPlace *place);
/* @title: (nullable): of the review or of the comment's author */
BalWaitingItem *bal_waiting_item_new_conflict   (const BalConflict     *row,
                                                 const char            *title);
/* Takes over what is new in @from, which is the same row read later. */
void            bal_waiting_item_update         (BalWaitingItem        *self,
                                                 BalWaitingItem        *from);
/* It waits no longer: notifies `gone`. */
void            bal_waiting_item_set_gone       (BalWaitingItem        *self);
gboolean        bal_waiting_item_is_same        (BalWaitingItem        *self,
                                                 BalWaitingItem        *other);
gboolean        bal_waiting_item_is_conflict    (BalWaitingItem        *self);
/* Of the outbox row or of the conflict. */
gint64          bal_waiting_item_get_id         (BalWaitingItem        *self);
BalEntity       bal_waiting_item_get_entity     (BalWaitingItem        *self);
gint64          bal_waiting_item_get_entity_id  (BalWaitingItem        *self);
/* 0: it is gone, or not known (of a conflict). */
gint64          bal_waiting_item_get_review_id  (BalWaitingItem        *self);
/* What it will do, what belongs to that, and how it stands, each in a few words. */
const char     *bal_waiting_item_get_title      (BalWaitingItem        *self);
const char     *bal_waiting_item_get_what       (BalWaitingItem        *self);
const char     *bal_waiting_item_get_state      (BalWaitingItem        *self);
const char     *bal_waiting_item_get_icon       (BalWaitingItem        *self);
/* (nullable): the last words of the server. */
const char     *bal_waiting_item_get_reason     (BalWaitingItem        *self);
/* One sentence each: what taking it back does (NULL: it can't be taken back), and what giving it up costs and where that
 * is kept. */
const char     *bal_waiting_item_get_undo_hint  (BalWaitingItem        *self);
const char     *bal_waiting_item_get_loss       (BalWaitingItem        *self);
gboolean        bal_waiting_item_can_undo       (BalWaitingItem        *self);
gboolean        bal_waiting_item_can_retry      (BalWaitingItem        *self);
gboolean        bal_waiting_item_can_discard    (BalWaitingItem        *self);

G_END_DECLS
