/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalListSlice:
 *
 * A stretch of a list that stays with its items: what comes or goes before it moves it along, and another stretch is
 * announced as what differs, where GtkSliceListModel announces all of it anew.
 */
#define BAL_TYPE_LIST_SLICE (bal_list_slice_get_type ())
G_DECLARE_FINAL_TYPE (BalListSlice, bal_list_slice, BAL, LIST_SLICE, GObject)

BalListSlice *bal_list_slice_new        (GListModel   *model);
/* From item @first on, @most items, or as many as there are. */
void          bal_list_slice_set_range  (BalListSlice *self,
                                         guint         first,
                                         guint         most);
guint         bal_list_slice_get_first  (BalListSlice *self);
/* The item behind the last one. */
guint         bal_list_slice_get_end    (BalListSlice *self);

G_END_DECLS
