/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalDayButton:
 *
 * Opens a calendar for the entry beside it (`entry`), which stays what counts: it begins with the day that is written there,
 * or today, and writes the one that is chosen, at once. Arrows choose a day, Page Up and Page Down a month; Enter and Escape
 * close it.
 */
#define BAL_TYPE_DAY_BUTTON (bal_day_button_get_type ())
G_DECLARE_FINAL_TYPE (BalDayButton, bal_day_button, BAL, DAY_BUTTON, GtkWidget)

G_END_DECLS
