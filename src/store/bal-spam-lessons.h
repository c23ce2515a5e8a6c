/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-spam-score.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: what the spam help has learnt. */

typedef enum
{
  BAL_SPAM_LESSON_NONE = -1,
  BAL_SPAM_LESSON_GOOD,
  BAL_SPAM_LESSON_SPAM,
  BAL_SPAM_LESSON_HELPED,    /* moved to spam by the help itself: it learns nothing from that */
} BalSpamLesson;

/* What a transaction has learnt and not written yet. */
typedef struct _BalSpamLessons BalSpamLessons;

void           bal_spam_lessons_free  (BalSpamLessons  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSpamLessons, bal_spam_lessons_free)

/* A comment was changed from @before, which is how it was learnt if it was, to @after: learns or unlearns what that
 * tells. Once for each comment, however often it is called. */
gboolean       bal_spam_follow        (BalTransaction  *transaction,
                                       BalComment      *before,
                                       BalComment      *after,
                                       GError         **error);
/* The same for one that was only moved to @status. Its text is read where that teaches anything. */
gboolean       bal_spam_follow_status (BalTransaction  *transaction,
                                       gint64           comment_id,
                                       gboolean         mine,
                                       BalCommentStatus status,
                                       GError         **error);
/* Writes what was learnt; each commit does so. */
gboolean       bal_spam_flush         (BalTransaction  *transaction,
                                       GError         **error);
gboolean       bal_spam_get_lesson    (BalTransaction  *transaction,
                                       gint64           comment_id,
                                       BalSpamLesson   *lesson,
                                       GError         **error);
gboolean       bal_spam_put_lesson    (BalTransaction  *transaction,
                                       gint64           comment_id,
                                       BalSpamLesson    lesson,
                                       GError         **error);
/* How many comments were learnt, what is not written yet included. */
gboolean       bal_spam_count_lessons (BalTransaction  *transaction,
                                       BalSpamCount    *lessons,
                                       GError         **error);
/* What the signs of a comment are read from, and reading it. */
#define BAL_SPAM_COLUMNS "id, mine, status, author, author_email, author_url, html, spam_score, created"
BalComment    *bal_spam_read_comment  (BalStatement    *statement);
/* (transfer full) (element-type utf8): the signs of a comment as it is. */
GPtrArray     *bal_spam_list_signs    (BalComment      *comment);
/* (transfer full): one count for each of @signs; NULL on error */
BalSpamCount  *bal_spam_count_signs   (BalTransaction  *transaction,
                                       GPtrArray       *signs,
                                       GError         **error);
gboolean       bal_spam_set_score     (BalTransaction  *transaction,
                                       gint64           comment_id,
                                       double           score,
                                       GError         **error);

G_END_DECLS
