/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"

G_BEGIN_DECLS

/* What of a comment tells its place in the thread. */
typedef struct
{
  gint64      id;
  gint64      parent_id;
  gint64      created;
  const char *remote_id;
  gboolean    hidden;        /* in spam or trash */
} BalThreadEntry;

void bal_thread_arrange    (GPtrArray            *comments);
void bal_thread_entry_init (BalThreadEntry       *self,
                            gint64                id,
                            gint64                parent_id,
                            BalCommentStatus      status,
                            gint64                created,
                            const char           *remote_id);
void bal_thread_number     (const BalThreadEntry *entries,
                            guint                 n_entries,
                            GPtrArray            *comments);

G_END_DECLS
