/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-exchange-window.h"
#include "bal-exporter.h"

G_BEGIN_DECLS

/**
 * BalExportWindow:
 *
 * Writes a blog out for other programs and for keeping: choose as what and where, and read what is not in it and why. What is
 * written gets a name of its own in the chosen folder, so that nothing is ever replaced.
 */
#define BAL_TYPE_EXPORT_WINDOW (bal_export_window_get_type ())
G_DECLARE_FINAL_TYPE (BalExportWindow, bal_export_window, BAL, EXPORT_WINDOW, BalExchangeWindow)

/* @blogs: (element-type BalBlog): what may be written out, not empty; @blog: the one that is proposed. */
GtkWidget *bal_export_window_new        (GtkWindow       *parent,
                                         BalStore        *store,
                                         GPtrArray       *blogs,
                                         BalBlog         *blog);
/* Chooses what it is written as. */
void       bal_export_window_set_format (BalExportWindow *self,
                                         BalExportFormat  format);
/* Writes the chosen blog into @folder. */
void       bal_export_window_write      (BalExportWindow *self,
                                         GFile           *folder);

G_END_DECLS
