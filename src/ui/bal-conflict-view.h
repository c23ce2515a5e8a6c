/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalConflictView:
 *
 * A conflict to be settled: each point that both sides changed, and what becomes of the whole. Up and Down go from
 * point to point, M and T choose, Ctrl+Return applies.
 *
 * Signals: `settled`: the choice was applied.
 */
#define BAL_TYPE_CONFLICT_VIEW (bal_conflict_view_get_type ())
G_DECLARE_FINAL_TYPE (BalConflictView, bal_conflict_view, BAL, CONFLICT_VIEW, GtkWidget)

/* Reads and shows one. */
void bal_conflict_view_show (BalConflictView *self,
                             BalStore        *store,
                             gint64           conflict_id);

G_END_DECLS
