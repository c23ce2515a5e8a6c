/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalFindBar:
 *
 * Finds and replaces in a text view. What is on the screen shows its matches at once; how many
 * there are is counted in idle time.
 *
 * Properties: `match-case`, `whole-words`, `replacing` (the second row is shown).
 * Signals: `found`: the view's cursor stands at a match, which is to be seen.
 * Actions (on the widget): find.next, find.previous, find.replace, find.replace-all, find.close,
 * find.match-case, find.whole-words, find.replacing.
 */
#define BAL_TYPE_FIND_BAR (bal_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (BalFindBar, bal_find_bar, BAL, FIND_BAR, GtkWidget)

/* Where to look from now on; outlived by nobody who is told. */
void     bal_find_bar_set_view  (BalFindBar  *self,
                                 GtkTextView *view);
/* Shows it with the selected words, if there are any, and puts the cursor into it. */
void     bal_find_bar_open      (BalFindBar  *self,
                                 gboolean     replacing);
void     bal_find_bar_close     (BalFindBar  *self);
/* To the next match of what was looked for last, or else opens. */
void     bal_find_bar_step      (BalFindBar  *self,
                                 gboolean     backward);

G_END_DECLS
