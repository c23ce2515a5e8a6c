/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalPersonNote:
 *
 * The private note about a commenter, kept as it is typed.
 */
#define BAL_TYPE_PERSON_NOTE (bal_person_note_get_type ())
G_DECLARE_FINAL_TYPE (BalPersonNote, bal_person_note, BAL, PERSON_NOTE, GtkTextView)

/* @note: (nullable): as the store has it; what is typed and not kept yet stays */
void bal_person_note_show (BalPersonNote *self,
                           BalStore      *store,
                           gint64         person_id,
                           const char    *note);
/* What is typed and not kept yet is kept at once. */
void bal_person_note_keep (BalPersonNote *self);

G_END_DECLS
