/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalListRow:
 *
 * A row of the list pane for a [class@Review], [class@Comment] or [class@WaitingItem]. It paints its three
 * lines itself: a list keeps some two hundred rows, and only those on the screen lay out text.
 */
#define BAL_TYPE_LIST_ROW (bal_list_row_get_type ())
G_DECLARE_FINAL_TYPE (BalListRow, bal_list_row, BAL, LIST_ROW, GtkWidget)

GtkWidget *bal_list_row_new      (void);
/* @item: (nullable) */
void       bal_list_row_set_item (BalListRow *self,
                                  GObject    *item);
/* For lists of comments that are of any status: shows that of each. */
void       bal_list_row_set_tells_status (BalListRow *self,
                                          gboolean    tells_status);
/* (transfer none) (nullable) */
GObject   *bal_list_row_get_item (BalListRow *self);

G_END_DECLS
