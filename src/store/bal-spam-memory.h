/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-spam-score.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* All that the spam help of a store has learnt, for another store. */

/* @hash: of the sign; the sign itself is not known. */
typedef struct
{
  gint64       hash;
  BalSpamCount count;
} BalSpamMemorySign;

/**
 * bal_spam_memory_get:
 * @transaction: an open transaction
 * @threshold: (out): from which score on the help moves comments to spam alone; 0: never
 * @lessons: (out): of how many comments it has learnt
 * @error: return location
 *
 * Returns: whether it was read
 */
gboolean bal_spam_memory_get        (BalTransaction           *transaction,
                                     double                   *threshold,
                                     BalSpamCount             *lessons,
                                     GError                  **error);
/* (transfer full) (element-type BalSpamMemorySign): all signs, in the order of their hashes. */
GArray  *bal_spam_memory_list       (BalTransaction           *transaction,
                                     GError                  **error);

/**
 * bal_spam_memory_put:
 * @transaction: an open transaction
 * @threshold: what the person decided elsewhere; holds where nothing is decided here
 * @lessons: of how many comments was learnt elsewhere
 * @signs: (element-type BalSpamMemorySign): what was learnt elsewhere
 * @holds: (out): whether the help now knows just that
 * @error: return location
 *
 * What a help has learnt that has learnt nothing yet. One that has learnt already keeps that: the same comments may have
 * taught both, and would count twice. If it knows just the same, it holds, too.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_spam_memory_put        (BalTransaction           *transaction,
                                     double                    threshold,
                                     const BalSpamCount       *lessons,
                                     GArray                   *signs,
                                     gboolean                 *holds,
                                     GError                  **error);

G_END_DECLS
