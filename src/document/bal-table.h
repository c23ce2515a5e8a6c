/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

/**
 * BalTable:
 *
 * The cells of a table block, read from its source. Immutable: a changed cell makes another block.
 */
typedef struct _BalTable BalTable;

/* (transfer full) (nullable): NULL when its rows and cells can't be told for sure; it is shown as
 * an island then. */
BalTable  *bal_table_new_from_block (BalBlock *block);
void       bal_table_free           (BalTable *self);
guint      bal_table_get_n_rows     (BalTable *self);
guint      bal_table_get_n_cells    (BalTable *self,
                                     guint     row);
/* (transfer none) (nullable): the cell's text and runs, as a paragraph; NULL: it holds more than a
 * line of text and is edited as source only. */
BalBlock  *bal_table_get_cell       (BalTable *self,
                                     guint     row,
                                     guint     cell);
/* (transfer full): readers' text of a cell, whatever it holds. */
char      *bal_table_dup_cell_text  (BalTable *self,
                                     guint     row,
                                     guint     cell);
gboolean   bal_table_get_is_header  (BalTable *self,
                                     guint     row,
                                     guint     cell);
/* How many columns and rows it spans; at least 1. */
void       bal_table_get_span       (BalTable *self,
                                     guint     row,
                                     guint     cell,
                                     guint    *columns,
                                     guint    *rows);
/* (transfer full): the table's block with @content (a paragraph) in this cell, all other bytes
 * kept. */
BalBlock  *bal_table_with_cell      (BalTable *self,
                                     guint     row,
                                     guint     cell,
                                     BalBlock *content);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalTable, bal_table_free)

G_END_DECLS
