/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"
#include "bal-sync-engine.h"

G_BEGIN_DECLS

/**
 * BalApplication:
 *
 * The program on the desktop. It owns nothing of the desk: main() builds that in the handler of `build`,
 * in the one instance that shows the window.
 *
 * Signals: `build` (utf8 data_dir): hand over the desk with bal_application_set_desk(), or why there is none.
 * `take-down`: close the desk; another one is built afterwards.
 */
#define BAL_TYPE_APPLICATION (bal_application_get_type ())
G_DECLARE_FINAL_TYPE (BalApplication, bal_application, BAL, APPLICATION, AdwApplication)

BalApplication *bal_application_new        (void);
void            bal_application_set_desk   (BalApplication *self,
                                            BalStore       *store,
                                            BalSyncEngine  *engine);
/* The window tells it, and the program ends with status 1. */
void            bal_application_set_broken (BalApplication *self,
                                            const GError   *error);
gboolean        bal_application_is_broken  (BalApplication *self);
/* Closes every window, which has saved, and the desk, puts the backup @path in its place, and opens a window on what
 * is there then: the backup, or what was there before and why. */
void            bal_application_restore    (BalApplication *self,
                                            const char     *path);

G_END_DECLS
