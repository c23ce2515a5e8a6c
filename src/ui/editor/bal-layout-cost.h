/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text widget lays out a paragraph in one go: each time that it is shown, and with each key in it. What takes longer
 * than this is not shown as text; 50 KB of prose take 20,000, with 700 changes of style
 * 40,000. */
#define BAL_LAYOUT_COST_MOST 48000

/* A window stands still for it: not shown as text even when somebody asks. */
#define BAL_LAYOUT_COST_STALL 100000

/* Bytes: nothing in a shorter text takes 10 ms, or needs a look. */
#define BAL_LAYOUT_SHORT 2000

/**
 * bal_layout_cost:
 * @text: valid UTF-8
 * @n_runs: how often it looks different
 * @long_words: (out) (nullable): whether it has words so long that breaking lines at words, where there are any, takes
 *   time with the square of their length: it is to be broken at any character, for which @cost stands then
 *
 * Returns: about how many microseconds a key in @text takes, on an ordinary computer of 2023; 0: not worth a look
 */
guint bal_layout_cost (const char *text,
                       guint       n_runs,
                       gboolean   *long_words);

/* What the line of @text that takes most does. */
guint bal_layout_cost_of_lines (const char *text);

G_END_DECLS
