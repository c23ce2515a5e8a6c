/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"
#include "bal-transaction.h"

G_BEGIN_DECLS

/* Whether the newest revision is one of a person's edits and no older than @since. */
gboolean bal_revision_table_is_recent (BalTransaction  *transaction,
                                       BalEntity        entity,
                                       gint64           entity_id,
                                       gint64           since,
                                       gboolean        *is_recent,
                                       GError         **error);

G_END_DECLS
