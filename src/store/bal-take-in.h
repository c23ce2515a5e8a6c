/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"

G_BEGIN_DECLS

/* What comes from another store and is as it was there, with its time; the other tables write what a person does now. */

/**
 * BalTakeInFound:
 * @BAL_TAKE_IN_NEW: it is not here, or nothing was decided about it
 * @BAL_TAKE_IN_SAME: it is here already
 * @BAL_TAKE_IN_OTHER: something else of that name is here, which stays
 */
typedef enum
{
  BAL_TAKE_IN_NEW,
  BAL_TAKE_IN_SAME,
  BAL_TAKE_IN_OTHER,
} BalTakeInFound;

/* What a review or comment was before it went to the trash or the spam, and comes back as; -1: that is not known. */
gboolean bal_take_in_previous (BalTransaction      *transaction,
                               BalEntity            entity,
                               gint64               id,
                               int                  status,
                               GError             **error);
gboolean bal_take_in_ask_previous (BalTransaction  *transaction,
                               BalEntity            entity,
                               gint64               id,
                               int                 *status,
                               GError             **error);
/* An older version of what its entity and entity_id name. Versions come from the oldest on. */
gboolean bal_take_in_version (BalTransaction       *transaction,
                              const BalRevision    *version,
                              GError              **error);
/* One of a comment that is here. What is being written here stays. */
gboolean bal_take_in_draft   (BalTransaction       *transaction,
                              const BalReplyDraft  *draft,
                              GError              **error);

/**
 * bal_take_in_ask_person:
 * @transaction: an open transaction
 * @person: what was decided, by its key; the ids mean nothing
 * @same_as: (nullable): the key of whoever it was merged into, who came before
 * @found: (out): whether something was decided about the person here
 * @error: return location
 *
 * Returns: whether that is known
 */
gboolean bal_take_in_ask_person (BalTransaction    *transaction,
                              const BalPerson      *person,
                              const char           *same_as,
                              BalTakeInFound       *found,
                              GError              **error);
/* Writes a person that bal_take_in_ask_person() found to be new. */
gboolean bal_take_in_person  (BalTransaction       *transaction,
                              const BalPerson      *person,
                              const char           *same_as,
                              GError              **error);

G_END_DECLS
