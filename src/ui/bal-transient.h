/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For every window in front of another: the shortcuts of the program work in @window too, such as those that close it and
 * that quit; and it goes with the other, or it alone would keep the program running. It lets go of the other when it is
 * closed, which may be together with it: what reads for @window meanwhile may hold it longer than its parent lives, and
 * GTK 4.8 would speak to the parent in the end. */
void bal_transient_watch (GtkWindow *window);

G_END_DECLS
