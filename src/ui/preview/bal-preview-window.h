/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalPreviewWindow:
 *
 * Shows a review as its readers will see it, in the blog's own page where that can be had, and
 * follows what is written. Built without a web engine, or where its module is missing, there is no
 * preview: see [func@preview_is_available].
 */
#define BAL_TYPE_PREVIEW_WINDOW (bal_preview_window_get_type ())
G_DECLARE_FINAL_TYPE (BalPreviewWindow, bal_preview_window, BAL, PREVIEW_WINDOW, AdwWindow)

gboolean   bal_preview_is_available (void);
GtkWidget *bal_preview_window_new   (GtkWindow *parent,
                                     BalStore  *store,
                                     gint64     review_id);

G_END_DECLS
