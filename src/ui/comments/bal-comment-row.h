/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-blog.h"
#include "bal-comment.h"
#include "bal-reply-drafts.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalCommentRow:
 *
 * One comment of a thread, with what can be done with it, and a box to write a reply in place.
 *
 * Signals: `moderate` (gint BalTriage): the person decided on it; `send` (gboolean edit, utf8 html, utf8 base): a reply, or a new
 * text for it, is ready. The owner carries these out; what is written stays until bal_comment_row_sent(). `closed` (gboolean
 * sent): there is nothing being written any more. `fold` (gboolean folded): the replies are to be hidden or shown.
 */
#define BAL_TYPE_COMMENT_ROW (bal_comment_row_get_type ())
G_DECLARE_FINAL_TYPE (BalCommentRow, bal_comment_row, BAL, COMMENT_ROW, GtkListBoxRow)

GtkWidget  *bal_comment_row_new              (BalComment      *comment,
                                              BalReplyDrafts  *drafts);
BalComment *bal_comment_row_get_comment      (BalCommentRow   *self);
/* What can be done with it there; and how it is written. */
void        bal_comment_row_set_blog         (BalCommentRow   *self,
                                              BalBlog         *blog);
/* Where the spam help tells why it takes the comment for spam, and what it said before is. */
void        bal_comment_row_set_store        (BalCommentRow   *self,
                                              BalStore        *store);
void        bal_comment_row_set_highlighted  (BalCommentRow   *self,
                                              gboolean         highlighted);
/* The text reached the store: forget its draft and close the box. Or it did not: let it be sent again. */
void        bal_comment_row_sent             (BalCommentRow   *self,
                                              gboolean         kept);
/* Opens the box for an answer with what the drafts have, which has changed. */
void        bal_comment_row_show_draft       (BalCommentRow   *self);
/* How many comments stand below it, and whether they are hidden. */
void        bal_comment_row_set_replies      (BalCommentRow   *self,
                                              guint            n_replies,
                                              gboolean         folded);

G_END_DECLS
