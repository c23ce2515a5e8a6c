/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-table.h"

G_BEGIN_DECLS

/**
 * BalTableCell:
 *
 * A cell of a [class@TableView]: shows its text, or is where it is written.
 *
 * Signals: `changed`: other text; `left`: the focus went elsewhere; `key` (guint keyval,
 * GdkModifierType) gboolean: before the key does anything to the text.
 */
#define BAL_TYPE_TABLE_CELL (bal_table_cell_get_type ())
G_DECLARE_FINAL_TYPE (BalTableCell, bal_table_cell, BAL, TABLE_CELL, GtkWidget)

GtkWidget *bal_table_cell_new          (guint         row,
                                        guint         cell);
guint      bal_table_cell_get_row      (BalTableCell *self);
guint      bal_table_cell_get_cell     (BalTableCell *self);
/* Shows what @table says of it. */
void       bal_table_cell_show         (BalTableCell *self,
                                        BalTable     *table);
/* (transfer none) (nullable): what is edited; NULL: it can't be, here. */
BalBlock  *bal_table_cell_get_editable (BalTableCell *self,
                                        BalTable     *table);
void       bal_table_cell_begin        (BalTableCell *self,
                                        const char   *text);
void       bal_table_cell_end          (BalTableCell *self);
/* (transfer full): what is typed in it. */
char      *bal_table_cell_dup_text     (BalTableCell *self);
/* Whether the cursor can't go further that way within the cell. */
gboolean   bal_table_cell_is_at_edge   (BalTableCell    *self,
                                        GtkDirectionType direction);

G_END_DECLS
