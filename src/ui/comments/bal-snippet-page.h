/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-tables.h"

G_BEGIN_DECLS

/**
 * BalSnippetPage:
 *
 * One saved reply as it is written: its name, its text and what the words in braces stand for.
 *
 * Signals: `changed`: another name or text, or another reply.
 */
#define BAL_TYPE_SNIPPET_PAGE (bal_snippet_page_get_type ())
G_DECLARE_FINAL_TYPE (BalSnippetPage, bal_snippet_page, BAL, SNIPPET_PAGE, GtkBox)

/* @snippet: (nullable): with an id of 0 and empty, a new one; NULL: nothing is written here any more */
void              bal_snippet_page_set_snippet (BalSnippetPage   *self,
                                                const BalSnippet *snippet);
/* (transfer none) (nullable): as it was set */
const BalSnippet *bal_snippet_page_get_snippet (BalSnippetPage   *self);
/* (transfer full): as it is written now; there is one */
BalSnippet       *bal_snippet_page_dup_written (BalSnippetPage   *self);
/* Whether it has a name and a text. */
gboolean          bal_snippet_page_is_complete (BalSnippetPage   *self);
/* Whether leaving would lose words. */
gboolean          bal_snippet_page_is_changed  (BalSnippetPage   *self);

G_END_DECLS
