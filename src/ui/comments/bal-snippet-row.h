/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-tables.h"

G_BEGIN_DECLS

/**
 * BalSnippetRow:
 *
 * A saved reply in the list of all: its name, its first words, and buttons and keys that move and remove it.
 *
 * Signals: `move` (int): to be moved by so many places; `remove`.
 */
#define BAL_TYPE_SNIPPET_ROW (bal_snippet_row_get_type ())
G_DECLARE_FINAL_TYPE (BalSnippetRow, bal_snippet_row, BAL, SNIPPET_ROW, AdwActionRow)

/* @position: of @n_snippets; the first does not go up, the last not down */
GtkWidget *bal_snippet_row_new (const BalSnippet *snippet,
                                guint             position,
                                guint             n_snippets);

G_END_DECLS
