/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: finding out who wrote the comments, a batch at a time, while the writer is idle. */
gboolean bal_person_chores_has_work (BalConnection   *connection,
                                     gboolean        *has_work,
                                     GError         **error);
gboolean bal_person_chores_run      (BalTransaction  *transaction,
                                     GError         **error);

G_END_DECLS
