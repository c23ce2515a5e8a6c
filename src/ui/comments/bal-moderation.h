/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-desk.h"
#include "bal-store.h"

G_BEGIN_DECLS

/*
 * What a person does with comments in the window: over the desk, with a toast in @widget's window that
 * takes it back, or tells what went wrong. The store remembers the acts until it is closed, so that one
 * after the other can be undone.
 */

/* However many they are, they are one act; the store's writer gets them in portions, between which others write. */
void     bal_moderation_act          (GtkWidget           *widget,
                                      BalStore            *store,
                                      BalTriage            triage,
                                      const gint64        *ids,
                                      guint                n_ids);
/* Takes the last act back that was not taken back yet. Returns one of its comments; 0: there was none. */
gint64   bal_moderation_undo         (GtkWidget           *widget,
                                      BalStore            *store);

/* @edit: @html is the comment's new text; else it is a reply to it. @base: (nullable): what an edit was made from. Its draft
 * goes with it. Once begun it is carried
 * out. @reply_id: (out): of a reply, 0 of an edit. */
void     bal_moderation_write_async  (BalStore            *store,
                                      gint64               comment_id,
                                      gboolean             edit,
                                      const char          *html,
                                      const char          *base,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean bal_moderation_write_finish (BalStore            *store,
                                      GAsyncResult        *result,
                                      gint64              *reply_id,
                                      GError             **error);

G_END_DECLS
