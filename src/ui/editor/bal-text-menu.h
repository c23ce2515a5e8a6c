/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-spelling.h"

G_BEGIN_DECLS

/**
 * BalTextMenu:
 *
 * The context menu of a [class@TextView]: what may have been meant by an underlined word, cutting
 * and pasting, and the language that the spelling is checked in. A widget of the text view's own
 * actions and of those of the editor around it.
 *
 * Signals: `language` (utf8, nullable): the person chose the language of the spelling; NULL: the
 * session's.
 */
#define BAL_TYPE_TEXT_MENU (bal_text_menu_get_type ())
G_DECLARE_FINAL_TYPE (BalTextMenu, bal_text_menu, BAL, TEXT_MENU, GObject)

BalTextMenu *bal_text_menu_new      (BalTextView *view,
                                     BalSpelling *spelling);
/* For the cursor, or what is selected. */
void         bal_text_menu_open     (BalTextMenu *self);
/* (transfer full): what opening it at the cursor would show. */
GMenuModel  *bal_text_menu_make     (BalTextMenu *self);

G_END_DECLS
