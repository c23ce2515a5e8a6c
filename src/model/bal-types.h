/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BalReviewStatus:
 * @BAL_REVIEW_STATUS_DRAFT: only the blogger sees it
 * @BAL_REVIEW_STATUS_SCHEDULED: will be published at its date
 * @BAL_REVIEW_STATUS_PUBLISHED: readers see it
 * @BAL_REVIEW_STATUS_PRIVATE: published, for the blogger alone
 * @BAL_REVIEW_STATUS_TRASH: in the blog's bin
 *
 * Where a review stands. The nicks (`draft`, `scheduled`, …) are the words of the command line and
 * of its JSON.
 */
typedef enum
{
  BAL_REVIEW_STATUS_DRAFT,
  BAL_REVIEW_STATUS_SCHEDULED,
  BAL_REVIEW_STATUS_PUBLISHED,
  BAL_REVIEW_STATUS_PRIVATE,
  BAL_REVIEW_STATUS_TRASH,
} BalReviewStatus;

#define BAL_TYPE_REVIEW_STATUS (bal_review_status_get_type ())
GType       bal_review_status_get_type    (void) G_GNUC_CONST;
const char *bal_review_status_to_nick     (BalReviewStatus  status);
gboolean    bal_review_status_from_nick   (const char      *nick,
                                           BalReviewStatus *status);
const char *bal_review_status_get_label   (BalReviewStatus  status);

/**
 * BalAudience:
 * @BAL_AUDIENCE_EVERYONE: whoever the status lets
 * @BAL_AUDIENCE_PASSWORD: who knows its password
 * @BAL_AUDIENCE_MEMBERS: members of the blog
 * @BAL_AUDIENCE_PAID: members who pay
 * @BAL_AUDIENCE_TIERS: members of some tiers
 *
 * Whom a blog lets read a review that its status lets readers see. It is the blog's to say: a mark, like its address, that
 * follows what is there and is never sent. The nicks are the words of the command line and of files.
 */
typedef enum
{
  BAL_AUDIENCE_EVERYONE,
  BAL_AUDIENCE_PASSWORD,
  BAL_AUDIENCE_MEMBERS,
  BAL_AUDIENCE_PAID,
  BAL_AUDIENCE_TIERS,
} BalAudience;

#define BAL_TYPE_AUDIENCE (bal_audience_get_type ())
GType       bal_audience_get_type         (void) G_GNUC_CONST;
const char *bal_audience_to_nick          (BalAudience      audience);
gboolean    bal_audience_from_nick        (const char      *nick,
                                           BalAudience     *audience);
const char *bal_audience_get_label        (BalAudience      audience);

typedef enum
{
  BAL_COMMENT_STATUS_PENDING,
  BAL_COMMENT_STATUS_APPROVED,
  BAL_COMMENT_STATUS_SPAM,
  BAL_COMMENT_STATUS_TRASH,
} BalCommentStatus;

#define BAL_TYPE_COMMENT_STATUS (bal_comment_status_get_type ())
GType       bal_comment_status_get_type   (void) G_GNUC_CONST;
const char *bal_comment_status_to_nick    (BalCommentStatus  status);
gboolean    bal_comment_status_from_nick  (const char       *nick,
                                           BalCommentStatus *status);
const char *bal_comment_status_get_label  (BalCommentStatus  status);

/**
 * BalSyncState:
 *
 * How a review or comment stands towards its blog: equal to it, waiting in the outbox, on its way,
 * sent without having heard the answer, waiting for a person, or changed on both sides.
 */
typedef enum
{
  BAL_SYNC_STATE_CLEAN,
  BAL_SYNC_STATE_QUEUED,
  BAL_SYNC_STATE_SENDING,
  BAL_SYNC_STATE_UNKNOWN,
  BAL_SYNC_STATE_PARKED,
  BAL_SYNC_STATE_CONFLICT,
} BalSyncState;

#define BAL_TYPE_SYNC_STATE (bal_sync_state_get_type ())
GType       bal_sync_state_get_type       (void) G_GNUC_CONST;
const char *bal_sync_state_to_nick        (BalSyncState  state);

/**
 * BalCapabilities:
 *
 * What a blog lets this person do. Kept with the blog, so that the interface can tell while
 * offline.
 */
typedef enum
{
  BAL_CAPABILITY_NONE           = 0,
  BAL_CAPABILITY_REPLY          = 1 << 0,
  BAL_CAPABILITY_MODERATE       = 1 << 1,
  BAL_CAPABILITY_EDIT_COMMENTS  = 1 << 2,
  BAL_CAPABILITY_ADD_COMMENTS   = 1 << 3,  /* in other people's names (import of a thread) */
  BAL_CAPABILITY_DRAFT_COMMENTS = 1 << 4,  /* on reviews that are not published */
  BAL_CAPABILITY_UPLOAD_MEDIA   = 1 << 5,
  BAL_CAPABILITY_PUBLISH        = 1 << 6,
  BAL_CAPABILITY_SCHEDULE       = 1 << 7,
  BAL_CAPABILITY_PRIVATE        = 1 << 8,
  BAL_CAPABILITY_TRASH          = 1 << 9,
  BAL_CAPABILITY_SLUG           = 1 << 10,
  BAL_CAPABILITY_EXCERPT        = 1 << 11,
  BAL_CAPABILITY_CATEGORIES     = 1 << 12,
  BAL_CAPABILITY_FEATURED_IMAGE = 1 << 13,
} BalCapabilities;

#define BAL_TYPE_CAPABILITIES (bal_capabilities_get_type ())
GType bal_capabilities_get_type (void) G_GNUC_CONST;

typedef struct _BalBlog         BalBlog;
typedef struct _BalReview       BalReview;
typedef struct _BalComment      BalComment;
typedef struct _BalCommentFilter BalCommentFilter;
typedef struct _BalGradeScale   BalGradeScale;
typedef struct _BalReviewFormat BalReviewFormat;

G_END_DECLS
