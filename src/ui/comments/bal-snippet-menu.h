/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalSnippetMenu:
 *
 * A button with the saved replies, to be searched when they are many, and the way to the window where they are changed.
 *
 * Signals: `chosen` (utf8 html): one, with its placeholders filled for the comment. `closed`: whatever came of it.
 */
#define BAL_TYPE_SNIPPET_MENU (bal_snippet_menu_get_type ())
G_DECLARE_FINAL_TYPE (BalSnippetMenu, bal_snippet_menu, BAL, SNIPPET_MENU, GtkWidget)

GtkWidget *bal_snippet_menu_new  (BalStore       *store,
                                  gint64          comment_id);
void       bal_snippet_menu_open (BalSnippetMenu *self);

G_END_DECLS
