/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-outbox.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store. */

/* The columns of the table in their order. (transfer full) */
BalOutboxItem *bal_outbox_read_item (BalStatement *statement);
/* Takes the row of an entity away, if there is one. */
gboolean bal_outbox_remove_for (BalTransaction  *transaction,
                                BalEntity        entity,
                                gint64           entity_id,
                                GError         **error);
/* The same for the comments of a review that the blog knows nothing of: without the review none
 * can be sent. */
gboolean bal_outbox_remove_comments_of (BalTransaction  *transaction,
                                        gint64           review_id,
                                        GError         **error);
/* Fills in @item's parts, status and base_status. */
gboolean bal_outbox_read_parts (BalTransaction  *transaction,
                                BalOutboxItem   *item,
                                GError         **error);
/* (transfer full): what @item, whose parts were read, will do, in words. @title and @name are a stranger's: the
 * review's title, and who wrote the comment (the parent of a new one); both nullable. */
char    *bal_outbox_make_label (BalOutboxItem   *item,
                                const char      *title,
                                const char      *name,
                                gboolean         is_reply);
/* Whether the blog can't have heard of a create: pending, and never tried. */
gboolean bal_outbox_item_is_unsent (BalOutboxItem *item);
/* Whether a request for it may be on its way, or was without our having heard the answer. */
gboolean bal_outbox_item_is_in_flight (BalOutboxItem *item);

G_END_DECLS
