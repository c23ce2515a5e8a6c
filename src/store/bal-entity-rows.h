/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-transaction.h"

G_BEGIN_DECLS

/* What the rows of reviews and of comments have in common. */

/* Grows the edit sequence; keeps the former status for bal_desk_restore_review() and bal_desk_restore_comments() when
 * @previous >= 0. */
gboolean bal_entity_note_edit    (BalTransaction  *transaction,
                                  BalEntity        entity,
                                  gint64           id,
                                  int              previous,
                                  gint64          *edit_seq,
                                  GError         **error);
/* -1: not known. */
gboolean bal_entity_get_previous (BalTransaction  *transaction,
                                  BalEntity        entity,
                                  gint64           id,
                                  int             *previous,
                                  GError         **error);

G_END_DECLS
