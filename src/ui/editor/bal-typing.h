/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-editor-buffer.h"

G_BEGIN_DECLS

/**
 * BalTyping:
 *
 * Makes of what is typed what was meant: "# " a heading, "--" a dash, " a quotation mark. It looks
 * at single characters that came in by a user action, from keyboard or input method; what is pasted
 * or filled in stays as it is, and so does code. The character itself is typed first, and what is
 * made of it is a step of its own in the history: one undo brings it back.
 *
 * Properties: `smart` (quotation marks, dashes, ellipses), `shorthand` (kinds of blocks).
 */
#define BAL_TYPE_TYPING (bal_typing_get_type ())
G_DECLARE_FINAL_TYPE (BalTyping, bal_typing, BAL, TYPING, GObject)

/* @language: whose quotation marks, like "de-at"; NULL: the session's. */
BalTyping *bal_typing_new           (BalEditorBuffer *buffer,
                                     const char      *language);
/* The Enter key: TRUE if it made something of the line it is in. */
gboolean   bal_typing_enter         (BalTyping       *self);
/* Whether the last thing that happened is that something was made of what was typed, so that
 * Backspace means its undo. */
gboolean   bal_typing_can_take_back (BalTyping       *self);

G_END_DECLS
