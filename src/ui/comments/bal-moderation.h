/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-store.h"
#include "bal-types.h"

G_BEGIN_DECLS

/*
 * What a person does with comments in the window: over the desk, with a toast in @widget's window that
 * takes it back, or tells what went wrong.
 */
void     bal_moderation_set_status   (GtkWidget           *widget,
                                      BalStore            *store,
                                      const gint64        *ids,
                                      guint                n_ids,
                                      BalCommentStatus     status);
/* Out of spam or trash. */
void     bal_moderation_restore      (GtkWidget           *widget,
                                      BalStore            *store,
                                      const gint64        *ids,
                                      guint                n_ids);

/* @edit: @text is the comment's new text; else it is a reply to it. Once begun it is carried out. */
void     bal_moderation_write_async  (BalStore            *store,
                                      gint64               comment_id,
                                      gboolean             edit,
                                      const char          *text,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
gboolean bal_moderation_write_finish (BalStore            *store,
                                      GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
