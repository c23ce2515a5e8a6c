/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalPersonWindow:
 *
 * All that is known of a commenter: names, figures, the blogger's note and trust, and every comment. `open-comment`
 * (review, comment) asks for the review at one of them.
 */
#define BAL_TYPE_PERSON_WINDOW (bal_person_window_get_type ())
G_DECLARE_FINAL_TYPE (BalPersonWindow, bal_person_window, BAL, PERSON_WINDOW, AdwWindow)

GtkWidget *bal_person_window_new    (GtkWindow       *parent,
                                     BalStore        *store,
                                     gint64           person_id);
gint64     bal_person_window_get_id (BalPersonWindow *self);

G_END_DECLS
