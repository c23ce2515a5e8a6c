/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: what the spam help does in batches, off the path of whoever writes: it learns what was there
 * before it or has come by a pull, and keeps the scores of pending comments up to date. */

gboolean bal_spam_chores_has_work (BalConnection   *connection,
                                   gboolean        *has_work,
                                   GError         **error);
/* One batch. A program that is killed goes on after the last one that was committed. */
gboolean bal_spam_chores_run      (BalTransaction  *transaction,
                                   GError         **error);

G_END_DECLS
