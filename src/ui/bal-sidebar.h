/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-place.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalSidebar:
 *
 * The places of one blog, or of all, with how much is in each. It reads the numbers by itself and again
 * whenever the store changes. Conflicts and outbox stand there only when there are any.
 *
 * Signals: `place-selected` (BalPlace): another place was selected; `activated`: the person clicked a place or
 * pressed Return on it.
 */
#define BAL_TYPE_SIDEBAR (bal_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BalSidebar, bal_sidebar, BAL, SIDEBAR, GtkWidget)

void            bal_sidebar_set_store    (BalSidebar     *self,
                                          BalStore       *store);
/* 0: all */
void            bal_sidebar_set_blog     (BalSidebar     *self,
                                          gint64          blog_id);
/* Emits place-selected like a click. */
void            bal_sidebar_select       (BalSidebar     *self,
                                          BalPlaceKind    kind,
                                          int             status);
/* (transfer none) (nullable) */
const BalPlace *bal_sidebar_get_place    (BalSidebar     *self);
void            bal_sidebar_focus        (BalSidebar     *self);

G_END_DECLS
