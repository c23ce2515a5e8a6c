/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For text whose lines break where the width ends. Where scroll bars take a place of their own (a setting of the desktop)
 * the one beside @window keeps it, needed or not: GTK 4.8 would lay the text out without it first and then with it, in each
 * frame, and text that becomes higher by that calls for the next frame, for ever. */
void bal_steady_scroll_keep (GtkScrolledWindow *window);

G_END_DECLS
