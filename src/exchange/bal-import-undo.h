/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-import-runs.h"

G_BEGIN_DECLS

/**
 * bal_import_undo:
 * @store: a store
 * @blog_id: a blog; 0: any
 * @run_id: an import of it; 0: the latest
 * @cancellable: (nullable): stops between two batches; undoing again goes on from there
 * @error: BAL_ERROR_NOT_FOUND: there is no such import, or it was taken back; _STORAGE
 *
 * Takes back what an import brought, but for what the person has worked on since or the blog may have. Blocks: for a thread of
 * its own and for the command line.
 *
 * Returns: (transfer full) (nullable): what became of it
 */
BalImportUndone *bal_import_undo        (BalStore             *store,
                                         gint64                blog_id,
                                         gint64                run_id,
                                         GCancellable         *cancellable,
                                         GError              **error);

/* The same in a thread of its own. */
void             bal_import_undo_async  (BalStore             *store,
                                         gint64                blog_id,
                                         gint64                run_id,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
BalImportUndone *bal_import_undo_finish (BalStore             *store,
                                         GAsyncResult         *result,
                                         GError              **error);

/* (transfer full): what it comes to, in a few lines for people. */
char            *bal_import_undone_summarize (const BalImportUndone *self);

G_END_DECLS
