/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalSnippetWindow:
 *
 * The saved replies: added, edited, put in order (Alt with the arrow keys), removed with an undo.
 */
#define BAL_TYPE_SNIPPET_WINDOW (bal_snippet_window_get_type ())
G_DECLARE_FINAL_TYPE (BalSnippetWindow, bal_snippet_window, BAL, SNIPPET_WINDOW, AdwWindow)

/* In front of the window that @widget is in. */
void bal_snippet_window_present (GtkWidget *widget,
                                 BalStore  *store);

G_END_DECLS
