/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-review.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* The local history. */

typedef enum
{
  BAL_REVISION_EDIT,             /* before a person's edit */
  BAL_REVISION_REMOTE,           /* before a change from the blog overwrote it */
  BAL_REVISION_SENT,             /* what was sent, where the server stored something else */
  BAL_REVISION_CONFLICT,         /* the side that was not taken */
  BAL_REVISION_DELETED,          /* before it was deleted, here or there */
  BAL_REVISION_RESTORED,         /* before an older version was put in its place */
} BalRevisionKind;

typedef struct
{
  gint64          id;
  BalEntity       entity;
  gint64          entity_id;     /* stays after the entity is gone */
  gint64          created;
  BalRevisionKind kind;
  char           *title;         /* this and all below: NULL where there was none */
  char           *html;
  char           *excerpt;
  char           *slug;
  char           *featured_image;
  char          **labels;        /* never NULL, as are the categories */
  char          **categories;
} BalRevision;

void        bal_revision_free            (BalRevision *revision);

/**
 * bal_revision_table_add_review:
 * @transaction: an open transaction
 * @kind: why
 * @review: the state to keep
 * @error: return location
 *
 * Returns: whether it was kept
 */
gboolean bal_revision_table_add_review (BalTransaction   *transaction,
                                        BalRevisionKind   kind,
                                        BalReview        *review,
                                        GError          **error);

/**
 * bal_revision_table_add_comment:
 * @transaction: an open transaction
 * @kind: why
 * @comment: the state to keep
 * @error: return location
 *
 * Returns: whether it was kept
 */
gboolean bal_revision_table_add_comment (BalTransaction   *transaction,
                                         BalRevisionKind   kind,
                                         BalComment       *comment,
                                         GError          **error);

/**
 * bal_revision_table_find_sent:
 * @transaction: an open transaction
 * @review_id: a review
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was sent of it last, as far as it is kept; %NULL without error: nothing
 */
BalRevision *bal_revision_table_find_sent (BalTransaction  *transaction,
                                           gint64           review_id,
                                           GError         **error);

/**
 * bal_revision_table_forget_sent:
 * @transaction: an open transaction
 * @review: a review that is kept elsewhere
 * @error: return location
 *
 * What was sent of it last is not worth a version of its own if it has the same title and text.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_revision_table_forget_sent (BalTransaction  *transaction,
                                         BalReview       *review,
                                         GError         **error);

/**
 * bal_revision_table_forget_sent_comment:
 * @transaction: an open transaction
 * @comment: a comment that is kept elsewhere
 * @error: return location
 *
 * What was sent of it is not worth a version of its own if it has the same text.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_revision_table_forget_sent_comment (BalTransaction  *transaction,
                                                 BalComment      *comment,
                                                 GError         **error);

/**
 * bal_revision_table_list:
 * @transaction: an open transaction
 * @entity: review or comment
 * @entity_id: its id, even when it is gone
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalRevision): its local history, newest first
 */
GPtrArray *bal_revision_table_list (BalTransaction  *transaction,
                                    BalEntity        entity,
                                    gint64           entity_id,
                                    GError         **error);

/**
 * bal_revision_table_list_heads:
 * @transaction: an open transaction
 * @entity: review or comment
 * @entity_id: its id, even when it is gone
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalRevision): its local history, newest first, without what was
 *   written in it (all %NULL but the title)
 */
GPtrArray *bal_revision_table_list_heads (BalTransaction  *transaction,
                                          BalEntity        entity,
                                          gint64           entity_id,
                                          GError         **error);

/**
 * bal_revision_table_get:
 * @transaction: an open transaction
 * @id: of a revision
 * @error: return location; BAL_ERROR_NOT_FOUND when there is none
 *
 * Returns: (transfer full): the revision
 */
BalRevision *bal_revision_table_get      (BalTransaction  *transaction,
                                          gint64           id,
                                          GError         **error);

/* Gives @review the content that was kept; ids, status and dates stay. */
void        bal_revision_apply           (const BalRevision *self,
                                          BalReview         *review);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalRevision, bal_revision_free)

G_END_DECLS
