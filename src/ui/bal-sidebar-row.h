/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-place.h"

G_BEGIN_DECLS

#define BAL_TYPE_SIDEBAR_ROW (bal_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (BalSidebarRow, bal_sidebar_row, BAL, SIDEBAR_ROW, GtkListBoxRow)

/* @place: (transfer full) */
GtkWidget      *bal_sidebar_row_new       (BalPlace       *place);
const BalPlace *bal_sidebar_row_get_place (BalSidebarRow  *self);
void            bal_sidebar_row_set_count (BalSidebarRow  *self,
                                           guint           count);
/* Numbers above it are told as more than that; before the first one is set. */
void            bal_sidebar_row_set_most  (BalSidebarRow  *self,
                                           guint           most);

G_END_DECLS
