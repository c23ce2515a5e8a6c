/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalCommentNews:
 *
 * Tells of pending comments that a sync found while nobody looked, by one notification that is kept up to date. A single
 * comment can be approved or marked as spam from there, whether or not a window is to be seen; for that it adds actions
 * to the application.
 *
 * Signals: `show` (gint64 review id, gint64 comment id; both 0: the pending ones): the person wants to see it;
 * `failed` (utf8): why a comment is as it was.
 */
#define BAL_TYPE_COMMENT_NEWS (bal_comment_news_get_type ())
G_DECLARE_FINAL_TYPE (BalCommentNews, bal_comment_news, BAL, COMMENT_NEWS, GObject)

BalCommentNews *bal_comment_news_new   (GApplication   *application,
                                        BalStore       *store);
/* A sync begins. @blogs: (nullable) (element-type BalBlog): the first sync of a blog brings no news, however much it brings. */
void            bal_comment_news_begin (BalCommentNews *self,
                                        GPtrArray      *blogs);
/* It has ended. @tell: whether anybody should hear of what it brought. */
void            bal_comment_news_end   (BalCommentNews *self,
                                        gboolean        tell);
/* The person is here: nothing is news any more. */
void            bal_comment_news_seen  (BalCommentNews *self);
/* Takes the notification and the actions away. Idempotent. */
void            bal_comment_news_stop  (BalCommentNews *self);

G_END_DECLS
