/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-list-slice.h"

G_BEGIN_DECLS

/**
 * BalThreadMore:
 *
 * Goes on in a long thread: rows come some at a time, so that no frame takes long, and those at the far end go, so that
 * there are never more than can be laid out in one. What one read last stays where it is on the screen, and the keyboard
 * goes to what comes next where it was at @button.
 *
 * Signals: `changed`: other rows.
 */
#define BAL_TYPE_THREAD_MORE (bal_thread_more_get_type ())
G_DECLARE_FINAL_TYPE (BalThreadMore, bal_thread_more, BAL, THREAD_MORE, GObject)

/* @list shows @slice; both outlive it. */
BalThreadMore *bal_thread_more_new  (GtkListBox    *list,
                                     BalListSlice  *slice);
void           bal_thread_more_go   (BalThreadMore *self,
                                     gboolean       later,
                                     GtkWidget     *button);
/* Another thread. */
void           bal_thread_more_stop (BalThreadMore *self);

G_END_DECLS
