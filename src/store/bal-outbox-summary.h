/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-outbox.h"

G_BEGIN_DECLS

/**
 * BalOutboxSummary:
 *
 * What waits in the outbox of all blogs, as far as no person is needed for it: rows that are parked or in conflict are
 * not counted.
 */
typedef struct
{
  guint   n_waiting;
  gint64  next_try;              /* the earliest not_before, in seconds since 1970; 0: none waits for its time */
  guint64 fresh;                 /* stands for what has no time to wait for: another value, another edit; 0: there is none */
} BalOutboxSummary;

gboolean bal_outbox_summarize    (BalTransaction    *transaction,
                                  BalOutboxSummary  *summary,
                                  GError           **error);

G_END_DECLS
