/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * bal_filter_save_ask:
 * @widget: stands in the window that asks
 * @store: where it is kept
 * @line: what it looks for
 * @name: (nullable): a name to begin with
 *
 * Asks for a name and keeps the search under it. Under the name of another one it takes that one's place, which can be undone.
 */
void bal_filter_save_ask (GtkWidget  *widget,
                          BalStore   *store,
                          const char *line,
                          const char *name);

G_END_DECLS
