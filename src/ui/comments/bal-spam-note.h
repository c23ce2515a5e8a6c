/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-comment.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalSpamNote:
 *
 * "Likely spam" beside a pending comment, as long as the spam help says so; it opens to tell why. It is not there for
 * others.
 */
#define BAL_TYPE_SPAM_NOTE (bal_spam_note_get_type ())
G_DECLARE_FINAL_TYPE (BalSpamNote, bal_spam_note, BAL, SPAM_NOTE, GtkWidget)

/* @comment: (nullable): NULL shows nothing. */
void bal_spam_note_set_comment (BalSpamNote *self,
                                BalStore    *store,
                                BalComment  *comment);

G_END_DECLS
