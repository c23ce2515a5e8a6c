/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"

G_BEGIN_DECLS

/* For a blog that takes no replies from programs: copies the text of @reply_id and opens the page of the comment that it
 * answers, or else of its review. Tells in @widget's window what is to be done there. */
void bal_reply_enter_by_hand (GtkWidget *widget,
                              BalStore  *store,
                              gint64     reply_id);

G_END_DECLS
