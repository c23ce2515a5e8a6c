/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-block.h"

G_BEGIN_DECLS

/**
 * BalTableView:
 *
 * A table block as a grid of its cells, which are edited in place as plain text. Scrolls sideways
 * when it is wider than the page.
 *
 * Signals: `began`: a cell is edited now, by click or key; `edited` (BalBlock): what the table says
 * now, at each key; `ended`: the cell is left.
 */
#define BAL_TYPE_TABLE_VIEW (bal_table_view_get_type ())
G_DECLARE_FINAL_TYPE (BalTableView, bal_table_view, BAL, TABLE_VIEW, GtkWidget)

/* (nullable): NULL when the cells of @block can't be told, or are too many to be shown. */
GtkWidget *bal_table_view_new        (BalBlock     *block);
/* Begins with the first cell that can be edited. FALSE: there is none. */
gboolean   bal_table_view_edit       (BalTableView *self);
/* Leaves the cell that is edited, if any. */
void       bal_table_view_finish     (BalTableView *self);
gboolean   bal_table_view_is_editing (BalTableView *self);

G_END_DECLS
