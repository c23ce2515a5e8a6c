/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-block.h"
#include "bal-pictures.h"
#include "bal-table-view.h"

G_BEGIN_DECLS

/**
 * BalIsland:
 *
 * What stands in the text for something that is not edited there: a block, or an inline object. A
 * picture that is on this computer is shown itself, with its caption, and a table with its cells;
 * anything else by an icon and its name. Never wider than the text.
 */
#define BAL_TYPE_ISLAND (bal_island_get_type ())
G_DECLARE_FINAL_TYPE (BalIsland, bal_island, BAL, ISLAND, GtkWidget)

/* @block or @object, an inline object's source; @pictures: (nullable) */
GtkWidget *bal_island_new       (BalBlock    *block,
                                 const char  *object,
                                 BalPictures *pictures);
/* How wide the text is where it stands, in pixels. */
void       bal_island_set_width (BalIsland   *self,
                                 int          width);
/* (transfer none) (nullable): when it is a table that is shown as one */
BalTableView *bal_island_get_table (BalIsland *self);
/* It comes on the screen: its picture is read now, not before. */
void       bal_island_wake      (BalIsland   *self);

G_END_DECLS
