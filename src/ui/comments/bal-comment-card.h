/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-blog.h"
#include "bal-comment.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalCommentCard:
 *
 * One comment to decide on: the title of its review, and the thread around it with what can be done.
 *
 * Signals: `open` (gint64 id, gint64 review id): its review is to be opened; `closed` (gint64 id, gboolean sent): what
 * was being written here was sent, or given up.
 */
#define BAL_TYPE_COMMENT_CARD (bal_comment_card_get_type ())
G_DECLARE_FINAL_TYPE (BalCommentCard, bal_comment_card, BAL, COMMENT_CARD, GtkWidget)

GtkWidget *bal_comment_card_new      (BalStore       *store);
/* @blog: (nullable): what can be done there. */
void       bal_comment_card_show     (BalCommentCard *self,
                                      BalComment     *comment,
                                      BalBlog        *blog);
/* Opens the box for a reply to the comment, or for its text. */
void       bal_comment_card_write    (BalCommentCard *self,
                                      gboolean        edit);
/* 0: none is shown. */
gint64     bal_comment_card_get_id   (BalCommentCard *self);

G_END_DECLS
