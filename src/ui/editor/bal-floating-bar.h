/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-text-view.h"

G_BEGIN_DECLS

/**
 * BalFloatingBar:
 *
 * A few buttons over text that a person selected with the mouse or Shift and the arrows, once they
 * paused. Never takes the keyboard; goes when something is typed, and comes back after scrolling.
 *
 * Property: `enabled`.
 */
#define BAL_TYPE_FLOATING_BAR (bal_floating_bar_get_type ())
G_DECLARE_FINAL_TYPE (BalFloatingBar, bal_floating_bar, BAL, FLOATING_BAR, GtkPopover)

/* @view: whose editor it becomes a child of. */
GtkWidget *bal_floating_bar_new (BalTextView *view);

G_END_DECLS
