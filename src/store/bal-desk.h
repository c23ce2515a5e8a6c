/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-outbox.h"
#include "bal-tables.h"

G_BEGIN_DECLS

/*
 * What a person does at the desk. Each function changes the rows, keeps what was there in the
 * local history, and notes what must be sent, all in the transaction of its caller: an edit and
 * its outbox row commit together. Window and command line both use these and nothing else to
 * edit.
 */

typedef enum
{
  BAL_TRIAGE_HOLD,               /* pending */
  BAL_TRIAGE_APPROVE,
  BAL_TRIAGE_SPAM,
  BAL_TRIAGE_TRASH,
  BAL_TRIAGE_RESTORE,            /* out of spam or trash, to what it was before */
  BAL_TRIAGE_DISMISS,            /* no reply needed */
  BAL_TRIAGE_HEED,               /* and its opposite */
} BalTriage;

/* What bal_desk_triage() changed of one comment. */
typedef struct
{
  gint64            id;
  gint64            review_id;
  int               previous_status;   /* -1: none was known */
  int               base_status;       /* the blog's; -1: it did not have it */
  BalCommentStatus  status;
  BalCommentStatus  status_after;
  gboolean          dismissed;
  gboolean          dismissed_after;
  gboolean          was_queued;        /* something waited to be sent before */
} BalTriageStep;

/* New review (id 0 becomes its id, key is made) with its comments, parents before replies
 * (nullable, element-type BalComment; parent_id holds the 1-based index of the parent in the
 * array, 0 none). Queued for sending. */
gint64   bal_desk_add_review         (BalTransaction   *transaction,
                                      BalReview        *review,
                                      GPtrArray        *comments,
                                      GError          **error);
/* Saves title, html, excerpt, slug, featured image, labels and categories of a review as they
 * are now; status and date have functions of their own below. All else of @review is then
 * refreshed from the store, which may know more than an object that is some minutes old; a
 * version that @review's author can't have seen goes to the local history before it is
 * overwritten. Unchanged content writes nothing. @queue FALSE: autosave: kept here but not yet
 * offered to the blog. */
gboolean bal_desk_save_review        (BalTransaction   *transaction,
                                      BalReview        *review,
                                      gboolean          queue,
                                      GError          **error);
/* @at: 0 now; a future time schedules. */
gboolean bal_desk_publish_review     (BalTransaction   *transaction,
                                      gint64            id,
                                      gint64            at,
                                      GError          **error);
gboolean bal_desk_set_review_status  (BalTransaction   *transaction,
                                      gint64            id,
                                      BalReviewStatus   status,
                                      GError          **error);
/* Out of the trash, to what it was before (draft where that is not known). */
gboolean bal_desk_restore_review     (BalTransaction   *transaction,
                                      gint64            id,
                                      GError          **error);

/* Puts the older version @revision_id of the review in the place of the present one, which goes to the local history,
 * and offers it to the blog. BAL_ERROR_NOT_FOUND: this review has no such version. */
gboolean bal_desk_restore_version    (BalTransaction   *transaction,
                                      gint64            id,
                                      gint64            revision_id,
                                      GError          **error);
/* Keeps the present version in the local history: an older one is about to be put in its place. */
gboolean bal_desk_keep_version       (BalTransaction   *transaction,
                                      gint64            id,
                                      GError          **error);

/**
 * bal_desk_take_back:
 * @transaction: an open transaction
 * @entity: review or comment
 * @entity_id: its id, also of a comment that was deleted for good
 * @taken: (out) (optional): what was taken back; %BAL_OUTBOX_PART_NONE: what waited changed nothing any more
 * @error: BAL_ERROR_NOT_FOUND: nothing of it waits; _BUSY: it is being sent; _CONFLICT: it was sent, or both sides
 *   changed it
 *
 * Takes back one part of what waits to be sent: a deletion first, then the trash or the spam, then the status and the
 * date, then the text, and last the creation. What remains waits on; when nothing remains, the row goes. A text that is
 * given up stays in the local history.
 *
 * Out of the trash or the spam, things are again what they were before; a deletion, a status and a review's text go back
 * to what the blog has; a comment's text goes back by one edit. A new review becomes a draft again, then it goes to the
 * trash here, from where this brings it back; a new reply is removed.
 *
 * Returns: whether something was taken back
 */
gboolean bal_desk_take_back          (BalTransaction   *transaction,
                                      BalEntity         entity,
                                      gint64            entity_id,
                                      BalOutboxParts   *taken,
                                      GError          **error);

/* All of them, or none. Many ids at once are fine. */
gboolean bal_desk_set_comment_status (BalTransaction   *transaction,
                                      const gint64     *ids,
                                      guint             n_ids,
                                      BalCommentStatus  status,
                                      GError          **error);
/* Out of spam or trash, to what each was before (pending where that is not known). */
gboolean bal_desk_restore_comments   (BalTransaction   *transaction,
                                      const gint64     *ids,
                                      guint             n_ids,
                                      GError          **error);
/* "No reply needed": @dismissed comments do not count as unanswered. What is said below them later does. Nothing of
 * it is sent. */
gboolean bal_desk_dismiss_comments   (BalTransaction   *transaction,
                                      const gint64     *ids,
                                      guint             n_ids,
                                      gboolean          dismissed,
                                      GError          **error);
/* Decides on many comments, and notes in @steps (element-type BalTriageStep) (nullable) what it changed, for
 * bal_desk_undo_triage(). What is gone is left out. Many ids may be spread over several transactions: the steps
 * of all of them, in order, are one act. */
gboolean bal_desk_triage             (BalTransaction   *transaction,
                                      BalTriage         triage,
                                      const gint64     *ids,
                                      guint             n_ids,
                                      GArray           *steps,
                                      GError          **error);
/* Takes @steps back, the last first. What the blog has got, or somebody has decided anew, stays as it is and is
 * counted in @n_late, which is not reset. What was never sent leaves no trace in the outbox. */
gboolean bal_desk_undo_triage        (BalTransaction       *transaction,
                                      const BalTriageStep  *steps,
                                      guint                 n_steps,
                                      guint                *n_late,
                                      GError              **error);
/* A pending parent is approved with it. Where the blog takes no replies from programs, it waits, parked, until the
 * person has entered it there. @html: see bal-comment-html.h. Returns the reply's id, 0 on error. */
gint64   bal_desk_reply_html         (BalTransaction   *transaction,
                                      gint64            parent_id,
                                      const char       *html,
                                      GError          **error);
/* @text: as typed, here and below. */
gint64   bal_desk_reply              (BalTransaction   *transaction,
                                      gint64            parent_id,
                                      const char       *text,
                                      GError          **error);
gboolean bal_desk_edit_comment       (BalTransaction   *transaction,
                                      gint64            id,
                                      const char       *text,
                                      GError          **error);
/* Anybody's. What it was before stays in the local history. @base: (nullable): what it said to whoever made @html of
 * it; BAL_ERROR_CONFLICT: it says something else by now, and nothing was changed. */
gboolean bal_desk_edit_comment_html  (BalTransaction   *transaction,
                                      gint64            id,
                                      const char       *html,
                                      const char       *base,
                                      GError          **error);
/* Puts the older text @revision_id of the comment in the place of the present one, which goes to the local history.
 * BAL_ERROR_NOT_FOUND: this comment has no such version. */
gboolean bal_desk_restore_comment_version (BalTransaction *transaction,
                                      gint64            id,
                                      gint64            revision_id,
                                      GError          **error);
/* For good. One whose create is under way stays as trash until the blog has answered and deleted
 * it. */
gboolean bal_desk_delete_comments    (BalTransaction   *transaction,
                                      const gint64     *ids,
                                      guint             n_ids,
                                      GError          **error);

G_END_DECLS
