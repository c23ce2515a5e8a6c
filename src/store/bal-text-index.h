/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-transaction.h"

G_BEGIN_DECLS

/* Private to the store: the text indexes follow the rows in batches, off the path of whoever
 * writes. */

/* Whether rows wait for their texts to be indexed. */
gboolean bal_text_index_has_work (BalConnection   *connection,
                                  gboolean        *has_work,
                                  GError         **error);
/* Indexes one batch; @n_done is 0 when nothing is left. */
gboolean bal_text_index_run      (BalTransaction  *transaction,
                                  guint           *n_done,
                                  GError         **error);

G_END_DECLS
