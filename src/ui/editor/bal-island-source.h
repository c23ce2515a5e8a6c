/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BalIslandSource:
 *
 * A window in which the HTML of one island is written.
 *
 * Signals: `apply` (utf8 source): the person is done; who gets it closes the window, or refuses.
 */
#define BAL_TYPE_ISLAND_SOURCE (bal_island_source_get_type ())
G_DECLARE_FINAL_TYPE (BalIslandSource, bal_island_source, BAL, ISLAND_SOURCE, AdwWindow)

GtkWidget *bal_island_source_new    (GtkWindow       *parent,
                                     const char      *title,
                                     const char      *source);
/* Says why not; the text stays. */
void       bal_island_source_refuse (BalIslandSource *self,
                                     const char      *sentence);

G_END_DECLS
