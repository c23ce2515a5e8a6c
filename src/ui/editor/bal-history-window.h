/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalHistoryWindow:
 *
 * The local history of one review: its versions, newest first, and what differs between the chosen
 * one and the present one or the one before it. Follows the store.
 *
 * Signals: `restore` (gint64 id of a revision): a person wants that version back; `copied`: the text
 * of a version is on the clipboard; `failed` (utf8 message): something could not be read.
 */
#define BAL_TYPE_HISTORY_WINDOW (bal_history_window_get_type ())
G_DECLARE_FINAL_TYPE (BalHistoryWindow, bal_history_window, BAL, HISTORY_WINDOW, AdwWindow)

GtkWidget *bal_history_window_new (GtkWindow  *parent,
                                   BalStore   *store,
                                   gint64      review_id);

G_END_DECLS
