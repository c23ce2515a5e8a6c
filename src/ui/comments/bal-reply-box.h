/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalReplyBox:
 *
 * A few lines to write a reply or a new text in, sent with Ctrl+Return.
 *
 * Signals: `changed`: another text; `send`: the person wants it sent; `cancel`: away with it.
 */
#define BAL_TYPE_REPLY_BOX (bal_reply_box_get_type ())
G_DECLARE_FINAL_TYPE (BalReplyBox, bal_reply_box, BAL, REPLY_BOX, GtkWidget)

/* @edit: it is a new text for a comment */
GtkWidget *bal_reply_box_new      (gboolean      edit,
                                   const char   *text);
/* (transfer full) */
char      *bal_reply_box_dup_text (BalReplyBox  *self);
void       bal_reply_box_focus    (BalReplyBox  *self);

G_END_DECLS
