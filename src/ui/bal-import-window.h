/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-exchange-window.h"

G_BEGIN_DECLS

/**
 * BalImportWindow:
 *
 * Brings in what other programs have written: choose, see what would come in, import, and read what did not come in and
 * why. Its signal `imported` has the id of the review when exactly one came in, else 0.
 */
#define BAL_TYPE_IMPORT_WINDOW (bal_import_window_get_type ())
G_DECLARE_FINAL_TYPE (BalImportWindow, bal_import_window, BAL, IMPORT_WINDOW, BalExchangeWindow)

/* @blogs: (element-type BalBlog): where it may go, besides a blog that is made anew; @blog: (nullable): the one that is proposed. */
GtkWidget *bal_import_window_new  (GtkWindow       *parent,
                                   BalStore        *store,
                                   GPtrArray       *blogs,
                                   BalBlog         *blog);
/* Shows what would come in of a file or a folder. */
void       bal_import_window_look (BalImportWindow *self,
                                   GFile           *file);

G_END_DECLS
