/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether @window holds words that would be lost with it: it asks, then, when it is told to close. */
void     bal_close_question_set_wanted (GtkWindow *window,
                                        gboolean   wanted);
gboolean bal_close_question_is_wanted  (GtkWindow *window);

typedef void (*BalCloseFunc) (GtkWindow *window,
                              gboolean   keep);

/**
 * bal_close_question_ask:
 * @window: what was about to close
 * @heading: the question, such as “Save This Reply?”
 * @body: what would be lost
 * @keep_label: (nullable): of the button that keeps it, with a mnemonic; NULL: as it is, it can't be kept
 * @func: called with whether to keep what was written, unless the person goes on writing
 *
 * Asks what becomes of words that were written in @window and are not kept yet. Escape goes back to them.
 */
void bal_close_question_ask (GtkWindow    *window,
                             const char   *heading,
                             const char   *body,
                             const char   *keep_label,
                             BalCloseFunc  func);

G_END_DECLS
