/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets go of the window that @window is transient for when @window is closed, which may be together with it. What reads
 * for @window meanwhile may hold it longer than its parent lives, and GTK 4.8 would speak to the parent in the end. */
void bal_transient_watch (GtkWindow *window);

G_END_DECLS
