/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-blog.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalThreadView:
 *
 * The comments of one review as readers see them, below the review. Answers and decisions go straight to
 * the desk. Of a long thread only a part has widgets; buttons above and below show more.
 *
 * Signal: `closed` (gint64 id, gboolean sent): what was being written to or of this comment was sent, or given up.
 */
#define BAL_TYPE_THREAD_VIEW (bal_thread_view_get_type ())
G_DECLARE_FINAL_TYPE (BalThreadView, bal_thread_view, BAL, THREAD_VIEW, GtkWidget)

GtkWidget *bal_thread_view_new         (BalStore      *store);
/* @blog: (nullable): what can be done there. */
void       bal_thread_view_show_review (BalThreadView *self,
                                        gint64         review_id,
                                        BalBlog       *blog);
/* Of a comment only what is above it and the replies to it; the comment is marked. */
void       bal_thread_view_show_around (BalThreadView *self,
                                        gint64         comment_id,
                                        BalBlog       *blog);
/* Opens the box for a reply to a comment, or for its text, as soon as it is there. */
void       bal_thread_view_write       (BalThreadView *self,
                                        gint64         comment_id,
                                        gboolean       edit);
/* Marks a comment and scrolls to it as soon as it is there. 0: none. */
void       bal_thread_view_highlight   (BalThreadView *self,
                                        gint64         comment_id);
/* Puts an answer that was taken back into the box below its comment, above what is begun there already. */
void       bal_thread_view_keep_reply  (BalThreadView *self,
                                        gint64         comment_id,
                                        const char    *html);

G_END_DECLS
