/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-person.h"
#include "bal-types.h"

G_BEGIN_DECLS

/**
 * BalComment:
 *
 * One comment on a review. @html is what the blog holds, untrusted and untouched; @text is its
 * safe plain form for display and search. @number and @depth are its place in the thread as readers
 * see it ("4.1", 1), set by [class@Thread].
 */
#define BAL_TYPE_COMMENT (bal_comment_get_type ())
G_DECLARE_FINAL_TYPE (BalComment, bal_comment, BAL, COMMENT, GObject)

BalComment      *bal_comment_new               (gint64            id);
BalComment      *bal_comment_dup               (BalComment       *self);
void             bal_comment_assign            (BalComment       *self, BalComment *from);

gint64           bal_comment_get_id            (BalComment       *self);
void             bal_comment_set_id            (BalComment       *self, gint64 id);
gint64           bal_comment_get_blog_id       (BalComment       *self);
void             bal_comment_set_blog_id       (BalComment       *self, gint64 blog_id);
gint64           bal_comment_get_review_id     (BalComment       *self);
void             bal_comment_set_review_id     (BalComment       *self, gint64 review_id);
/* 0 for one at the top of a thread. */
gint64           bal_comment_get_parent_id     (BalComment       *self);
void             bal_comment_set_parent_id     (BalComment       *self, gint64 parent_id);
const char      *bal_comment_get_remote_id     (BalComment       *self);
void             bal_comment_set_remote_id     (BalComment       *self, const char *remote_id);
/* As pulled: the blog's ids of the review and the parent, resolved by the store. No parent: at the
 * top of a thread. */
const char      *bal_comment_get_remote_review_id (BalComment    *self);
void             bal_comment_set_remote_review_id (BalComment    *self,
                                                   const char    *remote_review_id);
const char      *bal_comment_get_remote_parent_id (BalComment    *self);
void             bal_comment_set_remote_parent_id (BalComment    *self,
                                                   const char    *remote_parent_id);
const char      *bal_comment_get_key           (BalComment       *self);
void             bal_comment_set_key           (BalComment       *self, const char *key);
const char      *bal_comment_get_author        (BalComment       *self);
void             bal_comment_set_author        (BalComment       *self, const char *author);
const char      *bal_comment_get_author_email  (BalComment       *self);
void             bal_comment_set_author_email  (BalComment       *self, const char *author_email);
const char      *bal_comment_get_author_url    (BalComment       *self);
void             bal_comment_set_author_url    (BalComment       *self, const char *author_url);
/* What the blog noted of the visitor; sent back with each update, or WordPress overwrites them
 * with ours. */
const char      *bal_comment_get_author_ip     (BalComment       *self);
void             bal_comment_set_author_ip     (BalComment       *self, const char *author_ip);
const char      *bal_comment_get_user_agent    (BalComment       *self);
void             bal_comment_set_user_agent    (BalComment       *self, const char *user_agent);
/* Written by the blogger. */
gboolean         bal_comment_get_mine          (BalComment       *self);
void             bal_comment_set_mine          (BalComment       *self, gboolean mine);
BalCommentStatus bal_comment_get_status        (BalComment       *self);
void             bal_comment_set_status        (BalComment       *self, BalCommentStatus status);
gint64           bal_comment_get_created       (BalComment       *self);
void             bal_comment_set_created       (BalComment       *self, gint64 created);
const char      *bal_comment_get_html          (BalComment       *self);
void             bal_comment_set_html          (BalComment       *self, const char *html);
const char      *bal_comment_get_text          (BalComment       *self);
void             bal_comment_set_text          (BalComment       *self, const char *text);
const char      *bal_comment_get_url           (BalComment       *self);
void             bal_comment_set_url           (BalComment       *self, const char *url);

const char      *bal_comment_get_number        (BalComment       *self);
void             bal_comment_set_number        (BalComment       *self, const char *number);
guint            bal_comment_get_depth         (BalComment       *self);
void             bal_comment_set_depth         (BalComment       *self, guint depth);
/* Title of its review, for lists across reviews. */
const char      *bal_comment_get_review_title  (BalComment       *self);
void             bal_comment_set_review_title  (BalComment       *self, const char *review_title);
BalSyncState     bal_comment_get_sync_state    (BalComment       *self);
void             bal_comment_set_sync_state    (BalComment       *self, BalSyncState sync_state);
/* It waits for the blogger's answer; the store knows. */
gboolean         bal_comment_get_unanswered    (BalComment       *self);
void             bal_comment_set_unanswered    (BalComment       *self, gboolean unanswered);
/* The blogger does not want to answer it. */
gboolean         bal_comment_get_dismissed     (BalComment       *self);
void             bal_comment_set_dismissed     (BalComment       *self, gboolean dismissed);
/* The blogger changed its text: what it was before is in the local history. */
gboolean         bal_comment_get_edited        (BalComment       *self);
void             bal_comment_set_edited        (BalComment       *self, gboolean edited);
/* How likely it is spam, above 0 and below 1; 0: not known, or nothing to ask. */
double           bal_comment_get_spam_score    (BalComment       *self);
void             bal_comment_set_spam_score    (BalComment       *self, double spam_score);
/* What the blogger thinks of who wrote it; the store knows. */
BalPersonMarks   bal_comment_get_person_marks  (BalComment       *self);
void             bal_comment_set_person_marks  (BalComment       *self, BalPersonMarks person_marks);
gint64           bal_comment_get_edit_seq      (BalComment       *self);
void             bal_comment_set_edit_seq      (BalComment       *self, gint64 edit_seq);
gboolean         bal_comment_get_loaded        (BalComment       *self);
void             bal_comment_set_loaded        (BalComment       *self, gboolean loaded);

G_END_DECLS
