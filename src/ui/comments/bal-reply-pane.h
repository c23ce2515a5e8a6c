/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-blog.h"
#include "bal-comment.h"
#include "bal-reply-drafts.h"

G_BEGIN_DECLS

/**
 * BalReplyPane:
 *
 * What is being written about one comment: a box for an answer or another text, or a button that tells of a draft.
 * A draft is kept within half a second, also while typing goes on, and shown again whenever the comment is.
 *
 * Signals: `send` (gboolean edit, utf8 html, utf8 base, nullable): ready; @base is what an edit was made from. The owner
 * carries it out; the text stays until bal_reply_pane_sent().
 * `closed` (gboolean edit, gboolean sent): nothing is being written any more.
 */
#define BAL_TYPE_REPLY_PANE (bal_reply_pane_get_type ())
G_DECLARE_FINAL_TYPE (BalReplyPane, bal_reply_pane, BAL, REPLY_PANE, GtkWidget)

/* @words: shows what the comment says; what is selected there is quoted. It stands beside the pane. */
GtkWidget *bal_reply_pane_new       (BalComment     *comment,
                                     BalReplyDrafts *drafts,
                                     GtkLabel       *words);
void       bal_reply_pane_set_blog  (BalReplyPane   *self,
                                     BalBlog        *blog);
/* Begins or goes on, with the cursor in it. */
void       bal_reply_pane_write     (BalReplyPane   *self,
                                     gboolean        edit);
/* The text reached the store: forget its draft and close the box. Or it did not: let it be sent again. */
void       bal_reply_pane_sent      (BalReplyPane   *self,
                                     gboolean        kept);
/* Opens the box for an answer with what the drafts have. */
void       bal_reply_pane_show_draft (BalReplyPane  *self);
/* Whether replies to @blog (nullable) are entered there by hand. */
gboolean   bal_blog_wants_replies_by_hand (BalBlog  *blog);

G_END_DECLS
