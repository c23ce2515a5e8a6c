/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Whether the newest revision was kept before an edit or a restoring of a person's, and is no older than @since. */
gboolean bal_revision_table_is_recent (BalTransaction  *transaction,
                                       BalEntity        entity,
                                       gint64           entity_id,
                                       gint64           since,
                                       gboolean        *is_recent,
                                       GError         **error);

/* (transfer full) (element-type gint64): what may go by @now, seconds: of a person's own versions all of the last 24
 * hours stay, then one an hour for a month, then one a day; and always the first, and what a change from the blog
 * overwrote, the blog altered, lost a conflict or was deleted. */
GArray  *bal_revision_table_find_thin (BalTransaction  *transaction,
                                       gint64           now,
                                       GError         **error);
gboolean bal_revision_table_remove    (BalTransaction  *transaction,
                                       const gint64    *ids,
                                       guint            n_ids,
                                       GError         **error);

G_END_DECLS
