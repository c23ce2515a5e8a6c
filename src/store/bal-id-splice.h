/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*BalIdSpliceFunc) (guint    position,
                                 guint    n_removed,
                                 guint    n_added,
                                 gpointer data);

/**
 * bal_id_splice:
 * @ids: (element-type gint64): what a list shows; becomes equal to @wanted
 * @wanted: (element-type gint64): what it is to show; ids occur once
 * @func: called after each step, when @ids is as the step leaves it
 *
 * Goes from one order to another by the fewest removals and insertions of rows, told as runs. A row
 * that moved is removed, then inserted. Where there would be very many runs, all from the first to
 * the last difference is one.
 */
void bal_id_splice (GArray          *ids,
                    GArray          *wanted,
                    BalIdSpliceFunc  func,
                    gpointer         data);

G_END_DECLS
