/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-text-view.h"

G_BEGIN_DECLS

/**
 * BalLinkPopover:
 *
 * Asks for the address of a link: of the one at the cursor, or for the selected text, or for a word
 * yet to be written.
 */
#define BAL_TYPE_LINK_POPOVER (bal_link_popover_get_type ())
G_DECLARE_FINAL_TYPE (BalLinkPopover, bal_link_popover, BAL, LINK_POPOVER, GtkPopover)

GtkWidget *bal_link_popover_new  (BalTextView    *view);
/* Points at the cursor; its parent must contain the view. */
void       bal_link_popover_open (BalLinkPopover *self);

G_END_DECLS
