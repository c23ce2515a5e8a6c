/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bal_diff:
 * @a: (array length=n_a): one sequence; equal things have equal numbers
 * @b: (array length=n_b): the other
 * @match: (out caller-allocates) (array length=n_b): for each of @b the index in @a that it is, or
 * -1
 *
 * Finds what two sequences have in common, in order. Equal ends are cut off first; a small rest
 * gets its longest common subsequence, a big one is parted at what occurs once on both sides
 * (patience), or else compared if few edits tell its sides apart, so that the time stays near linear
 * for documents of any size.
 */
void bal_diff (const guint *a,
               guint        n_a,
               const guint *b,
               guint        n_b,
               int         *match);

/* (transfer full) (array length=things->len): what bal_diff() takes: the same number for equal elements of @things,
 * by the functions of @table. It knows them by their place: @things must stay as it is. */
guint *bal_diff_number (GHashTable *table,
                        GArray     *things);

G_END_DECLS
