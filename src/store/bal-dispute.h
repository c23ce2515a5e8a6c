/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-conflict-table.h"
#include "bal-document-merge.h"

G_BEGIN_DECLS

/**
 * BalDispute:
 *
 * All that a conflict is about, as it was when a person looked at it. Of a review or of a comment, by [enum@Side]:
 * what both sides agreed on (%NULL: nothing), the person's version, and the blog's (%NULL: deleted there).
 */
typedef struct
{
  gint64      conflict_id;
  gint64      blog_id;
  gint64      review_id;         /* that it is about, or whose comment it is about */
  BalEntity   entity;
  gint64      entity_id;
  char       *what;              /* names of the fields in conflict: "title,html" */
  gint64      created;
  BalReview  *reviews[3];
  BalComment *comments[3];
} BalDispute;

/* (transfer full) (nullable): BAL_ERROR_NOT_FOUND: there is no such conflict. */
BalDispute *bal_dispute_read   (BalTransaction    *transaction,
                                gint64             conflict_id,
                                GError           **error);
void        bal_dispute_free   (BalDispute        *self);

/**
 * bal_dispute_settle:
 * @self: the conflict as a person saw it
 * @transaction: an open transaction
 * @review: (nullable): what the person made of both versions of a review; %NULL: it is deleted here, too
 * @comment: (nullable): the same of a comment
 * @error: return location; BAL_ERROR_CONFLICT: one of the versions has changed since, and nothing was done
 *
 * The outcome takes the place of the person's version and is queued for sending, unless the blog has it; what was not
 * taken of either goes to the local history; the blog's version is what is agreed on from now on.
 *
 * Returns: whether it was settled
 */
gboolean    bal_dispute_settle (BalDispute        *self,
                                BalTransaction    *transaction,
                                BalReview         *review,
                                BalComment        *comment,
                                GError           **error);

/* Whether bal_dispute_reopen() can bring it back: both versions are there. */
gboolean    bal_dispute_can_reopen (BalDispute    *self);

/**
 * bal_dispute_reopen:
 * @self: a conflict that was settled
 * @transaction: an open transaction
 * @review: (nullable): with what
 * @comment: (nullable): with what
 * @error: return location; BAL_ERROR_CONFLICT: the outcome was sent, or has changed since
 *
 * Takes bal_dispute_settle() back.
 *
 * Returns: whether the conflict is open again
 */
gboolean    bal_dispute_reopen (BalDispute        *self,
                                BalTransaction    *transaction,
                                BalReview         *review,
                                BalComment        *comment,
                                GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalDispute, bal_dispute_free)

G_END_DECLS
