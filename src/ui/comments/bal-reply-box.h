/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-reply-field.h"
#include "bal-store.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_REPLY_BOX_REPLY,
  BAL_REPLY_BOX_BY_HAND,       /* an answer that the person enters on the blog's page */
  BAL_REPLY_BOX_EDIT,          /* a new text for the comment */
} BalReplyBoxKind;

/**
 * BalReplyBox:
 *
 * Where a reply, or a new text for a comment, is written: sent with Ctrl+Return, closed with Escape, which keeps it.
 * Ctrl+Shift+Q quotes, Ctrl+Shift+S has the saved replies.
 *
 * Signals: `changed`: another text; `send`: the person wants it sent; `close`: enough for now; `discard`: away with it;
 * `quote`: the words of the comment are wanted.
 */
#define BAL_TYPE_REPLY_BOX (bal_reply_box_get_type ())
G_DECLARE_FINAL_TYPE (BalReplyBox, bal_reply_box, BAL, REPLY_BOX, GtkWidget)

/* @comment_id: what is answered or edited */
GtkWidget       *bal_reply_box_new       (BalStore         *store,
                                          gint64            comment_id,
                                          BalReplyBoxKind   kind);
BalReplyBoxKind  bal_reply_box_get_kind  (BalReplyBox      *self);
/* (transfer none) */
BalReplyField   *bal_reply_box_get_field (BalReplyBox      *self);
void             bal_reply_box_focus     (BalReplyBox      *self);

G_END_DECLS
