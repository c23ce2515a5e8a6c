/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalLabelLayout:
 *
 * Measures a #GtkLabel with wrapped text of strangers: it is laid out once for the width that it gets. By itself a label
 * does so some ten times, to find out how narrow and how wide it may be. With this it may be a few letters narrow and
 * wants to be [property@Gtk.Label:max-width-chars] wide, whatever it says.
 *
 * Set it as the label's [property@Gtk.Widget:layout-manager]; all else stays the label's.
 */
#define BAL_TYPE_LABEL_LAYOUT (bal_label_layout_get_type ())
G_DECLARE_FINAL_TYPE (BalLabelLayout, bal_label_layout, BAL, LABEL_LAYOUT, GtkLayoutManager)

GtkLayoutManager *bal_label_layout_new (void);

G_END_DECLS
