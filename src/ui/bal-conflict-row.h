/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-resolution.h"

G_BEGIN_DECLS

/**
 * BalConflictRow:
 *
 * One point of a conflict: both sides next to each other (below each other where it is narrow), with the words
 * marked in which they differ, and what stood there before.
 *
 * Signals: `chosen` (guint side).
 */
#define BAL_TYPE_CONFLICT_ROW (bal_conflict_row_get_type ())
G_DECLARE_FINAL_TYPE (BalConflictRow, bal_conflict_row, BAL, CONFLICT_ROW, GtkListBoxRow)

GtkWidget *bal_conflict_row_new        (const BalPoint *point);
/* As by the person: emits the signal when it changes. */
void       bal_conflict_row_set_choice (BalConflictRow *self,
                                        BalSide         side);
BalSide    bal_conflict_row_get_choice (BalConflictRow *self);
void       bal_conflict_row_focus_choice (BalConflictRow *self);

G_END_DECLS
