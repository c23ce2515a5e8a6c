/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-desk-persons.h"

G_BEGIN_DECLS

/*
 * What a person does with commenters in the window: over the desk, with a toast in @widget's window that takes it back, or
 * tells what went wrong. The store remembers the acts until it is closed, so that one after the other can be undone.
 */

void bal_person_act_note  (GtkWidget      *widget,
                           BalStore       *store,
                           gint64          person_id,
                           const char     *note);
void bal_person_act_trust (GtkWidget      *widget,
                           BalStore       *store,
                           gint64          person_id,
                           BalPersonTrust  trust,
                           gboolean        automatic);
void bal_person_act_merge (GtkWidget      *widget,
                           BalStore       *store,
                           gint64          person_id,
                           gint64          other_id);
void bal_person_act_split (GtkWidget      *widget,
                           BalStore       *store,
                           gint64          alias_id);
/* Takes the last act back that was not taken back yet. */
void bal_person_act_undo  (GtkWidget      *widget,
                           BalStore       *store);

G_END_DECLS
