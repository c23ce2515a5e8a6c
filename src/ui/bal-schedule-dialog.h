/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BalScheduleDialog:
 *
 * Asks when a review shall be published. Signal `chosen` (gint64): seconds since 1970 UTC, in the future.
 */
#define BAL_TYPE_SCHEDULE_DIALOG (bal_schedule_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BalScheduleDialog, bal_schedule_dialog, BAL, SCHEDULE_DIALOG, AdwMessageDialog)

/* @time: what to begin with; 0 or past: tomorrow morning */
GtkWidget *bal_schedule_dialog_new (GtkWindow *parent,
                                    gint64     time);

G_END_DECLS
