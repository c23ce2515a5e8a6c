/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalPreferencesWindow:
 *
 * The settings that a person decides about. Each takes effect at once, in every window.
 */
#define BAL_TYPE_PREFERENCES_WINDOW (bal_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (BalPreferencesWindow, bal_preferences_window, BAL, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *bal_preferences_window_new (GtkWindow *parent,
                                       BalStore  *store);

G_END_DECLS
