/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-comparison.h"

G_BEGIN_DECLS

/**
 * BalComparisonView:
 *
 * A comparison to be read: fields that differ as old → new, then the text with removed words struck
 * through and new ones underlined. Long stretches that are the same are folded into a button, which
 * unfolds them.
 */
#define BAL_TYPE_COMPARISON_VIEW (bal_comparison_view_get_type ())
G_DECLARE_FINAL_TYPE (BalComparisonView, bal_comparison_view, BAL, COMPARISON_VIEW, GtkTextView)

/* @comparison: (nullable) (transfer full): NULL shows nothing. */
void     bal_comparison_view_show       (BalComparisonView *self,
                                         BalComparison     *comparison);
/* Unfolds all, in this comparison and those that come. */
void     bal_comparison_view_set_unfold (BalComparisonView *self,
                                         gboolean           unfold);

G_END_DECLS
