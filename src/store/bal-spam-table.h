/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-spam-score.h"
#include "bal-store.h"

G_BEGIN_DECLS

/*
 * The spam help. It learns by itself from where comments are moved (approved: good, spam: spam), at the desk, on
 * the blog, and from what was in the store before it; BalComment:spam-score says what it thinks of each pending one.
 * Own comments are no business of its.
 */

/**
 * BalSpamHelp:
 *
 * @threshold: a new comment with a score from here on is moved to spam when it arrives; 0: the help does nothing by
 * itself. @lessons: how many comments it has learnt.
 */
typedef struct
{
  double       threshold;
  BalSpamCount lessons;
} BalSpamHelp;

/**
 * bal_spam_help_get:
 * @transaction: an open transaction
 * @help: (out caller-allocates): how the spam help stands
 * @error: return location
 *
 * Returns: whether it was read
 */
gboolean bal_spam_help_get (BalTransaction  *transaction,
                            BalSpamHelp     *help,
                            GError         **error);

/**
 * bal_spam_help_set_threshold:
 * @transaction: an open transaction
 * @threshold: from BAL_SPAM_LIKELY to below 1; 0: never act alone
 * @error: BAL_ERROR_INVALID, _STORAGE
 *
 * Returns: whether it was written
 */
gboolean bal_spam_help_set_threshold (BalTransaction  *transaction,
                                      double           threshold,
                                      GError         **error);

/**
 * bal_spam_help_list_moved:
 * @transaction: an open transaction
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the comments that the help itself moved to spam, which are
 * still there and on which no person has decided since; NULL on error
 */
GArray  *bal_spam_help_list_moved (BalTransaction  *transaction,
                                   GError         **error);

/**
 * bal_spam_help_receive:
 * @transaction: an open transaction
 * @comment_id: a comment that has just come from its blog
 * @moved: (out): whether the spam help moved it to spam
 * @error: return location
 *
 * Does what the person has allowed with the threshold: a pending comment that reaches it is moved to spam through the
 * desk, which sends it there and can restore it. Nothing is learnt from that until a person has looked.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_spam_help_receive (BalTransaction  *transaction,
                                gint64           comment_id,
                                gboolean        *moved,
                                GError         **error);

/**
 * BalSpamExplanation:
 *
 * @score: 0: there is none, as the help has learnt too little or the comment is the blogger's own. @reasons:
 * (element-type BalSpamReason): what weighed, the strongest first.
 */
typedef struct
{
  double        score;
  BalSpamCount  lessons;
  gboolean      mine;
  gboolean      helped;      /* it was the help that moved it to spam */
  GPtrArray    *reasons;
} BalSpamExplanation;

/**
 * bal_spam_help_explain:
 * @transaction: an open transaction
 * @comment_id: a comment, wherever it is
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * What a comment itself has taught is left out of its own score.
 *
 * Returns: (transfer full): what the help thinks of it now, and why
 */
BalSpamExplanation *bal_spam_help_explain (BalTransaction  *transaction,
                                           gint64           comment_id,
                                           GError         **error);
void                bal_spam_explanation_free (BalSpamExplanation *self);
/* (transfer full): the whole explanation in one translated sentence, without the signs */
char               *bal_spam_explanation_describe (BalSpamExplanation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalSpamExplanation, bal_spam_explanation_free)

G_END_DECLS
