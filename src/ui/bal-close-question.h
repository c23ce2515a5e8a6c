/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalCloseFunc:
 * @window: what is left
 * @keep: whether to keep what was written in it, or drop it
 *
 * Does so and closes @window; calls bal_close_question_stay() where it can't.
 */
typedef void (*BalCloseFunc) (GtkWindow *window,
                              gboolean   keep);

/**
 * bal_close_question_set_wanted:
 * @window: it asks when it is told to close
 * @func: (nullable): keeps its words, or drops them; %NULL: it holds none that would be lost
 *
 * Says whether words would be lost with @window. A question that has lost its reason goes away.
 */
void     bal_close_question_set_wanted (GtkWindow    *window,
                                        BalCloseFunc  func);
gboolean bal_close_question_is_wanted  (GtkWindow    *window);
/* (nullable) (transfer none): one in front of @parent that holds such words; NULL: of all windows */
GtkWindow *bal_close_question_find     (GtkWindow    *parent);

/**
 * bal_close_question_ask:
 * @window: what was about to close
 * @heading: the question, such as “Save This Reply?”
 * @body: what would be lost
 * @keep_label: (nullable): of the button that keeps it, with a mnemonic; NULL: as it is, it can't be kept
 * @func: called with whether to keep what was written, unless the person goes on writing
 *
 * Asks what becomes of words that were written in @window and are not kept yet. Escape goes back to them. Where it asks
 * already, the answer goes to this @func.
 */
void bal_close_question_ask (GtkWindow    *window,
                             const char   *heading,
                             const char   *body,
                             const char   *keep_label,
                             BalCloseFunc  func);

/* Takes the question away, if one is asked: it was answered elsewhere. */
void bal_close_question_take_back (GtkWindow *window);

/**
 * bal_close_question_close:
 * @window: holds words, see bal_close_question_is_wanted()
 * @then: called with @object once @window is gone, unless the person goes back to the words or they can't be kept
 * @object: no more is called when it is gone
 *
 * Closes @window on the way to something else, such as the end of the program.
 */
void bal_close_question_close (GtkWindow *window,
                               GCallback  then,
                               GObject   *object);

/* The same without asking, as nobody may be there to answer: what can be kept is, and @window goes in any case. */
void bal_close_question_keep  (GtkWindow *window,
                               GCallback  then,
                               GObject   *object);
/* Whether it is so: the words are kept under whatever name is free, or lost. */
gboolean bal_close_question_is_last (GtkWindow *window);

/* The words stay where they are: the person went back to them, or they can't be kept as they are. */
void bal_close_question_stay (GtkWindow *window);

G_END_DECLS
