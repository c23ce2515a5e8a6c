/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"
#include "bal-sync-engine.h"

G_BEGIN_DECLS

/**
 * BalWindow:
 *
 * The desk: sidebar, list and page side by side.
 */
#define BAL_TYPE_WINDOW (bal_window_get_type ())
G_DECLARE_FINAL_TYPE (BalWindow, bal_window, BAL, WINDOW, AdwApplicationWindow)

GtkWidget *bal_window_new              (GtkApplication *application,
                                        BalStore       *store,
                                        BalSyncEngine  *engine);
/* What the browser brought back from the blog's page that grants access. */
void       bal_window_take_auth_answer (BalWindow      *self,
                                        const char     *uri);

G_END_DECLS
