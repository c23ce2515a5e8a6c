/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-outbox-summary.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_REACH_NOTHING,             /* there is no blog that could be synced now */
  BAL_REACH_NEAR,                /* no network: only blogs that need none */
  BAL_REACH_ALL,
} BalReach;

/**
 * BalAutoSyncWorld:
 * @get_uptime: seconds; stands still while the computer sleeps, never goes back
 * @get_time: seconds since 1970; goes on while the computer sleeps, and may be set
 * @get_reach: which blogs can be had now
 * @wake: calls bal_auto_sync_wake() once, in so many seconds, in place of what was asked for before; 0: not any more
 * @begin: begins a sync that nobody asked for of what @reach says, and tells so with bal_auto_sync_note_begun()
 *
 * All that the decision depends on, so that a test is a world of its own.
 */
typedef struct
{
  gint64   (*get_uptime) (gpointer data);
  gint64   (*get_time)   (gpointer data);
  BalReach (*get_reach)  (gpointer data);
  void     (*wake)       (gpointer data,
                          guint    seconds);
  void     (*begin)      (gpointer data,
                          BalReach reach);
} BalAutoSyncWorld;

/**
 * BalAutoSync:
 *
 * Decides when a sync begins by itself: at the start, every so many minutes, and some seconds after the last edit that
 * was queued; also what that brings about: a change whose next try is due, a sync that failed, one that a missing
 * network or a sleeping computer kept from its time. With all three off, nothing.
 *
 * Properties, all writable: `on-start` (boolean), `minutes` (uint, 0: never), `after-saving` (boolean).
 */
#define BAL_TYPE_AUTO_SYNC (bal_auto_sync_get_type ())
G_DECLARE_FINAL_TYPE (BalAutoSync, bal_auto_sync, BAL, AUTO_SYNC, GObject)

/* @world and @data must outlive it, or its end with bal_auto_sync_stop(). */
BalAutoSync *bal_auto_sync_new          (const BalAutoSyncWorld *world,
                                         gpointer                data);
/* Once the window is there. */
void         bal_auto_sync_start        (BalAutoSync            *self);
/* From then on it asks the world nothing. Idempotent. */
void         bal_auto_sync_stop         (BalAutoSync            *self);
void         bal_auto_sync_wake         (BalAutoSync            *self);
/* The network came, went or changed. */
void         bal_auto_sync_note_network (BalAutoSync            *self);
/* What waits; after each change of the outbox, and after each sync. */
void         bal_auto_sync_note_outbox  (BalAutoSync            *self,
                                         const BalOutboxSummary *outbox);
/* Any sync, also one that a person asked for. */
void         bal_auto_sync_note_begun   (BalAutoSync            *self);
/* @failed: trying again later may help; not before @retry_after seconds, as a server asked (0: it did not). */
void         bal_auto_sync_note_ended   (BalAutoSync            *self,
                                         gboolean                failed,
                                         guint                   retry_after);

G_END_DECLS
