/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-export-report.h"
#include "bal-progress.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * bal_export_run:
 * @store: a store
 * @blog: (transfer none): what is written out
 * @path: a file, or a folder where @format fills one (bal_export_format_is_folder())
 * @format: how
 * @progress: (nullable): told how far it is, in the thread of the caller
 * @data: for @progress
 * @cancellable: (nullable): stops between two reviews
 * @error: BAL_ERROR_INVALID: @path is there already and is no empty folder; _STORAGE; G_IO_ERROR_CANCELLED
 *
 * Writes out everything of @blog that @format can hold, as it was at one moment; memory does not grow with the blog. It is
 * written beside @path and takes its place when it is whole: cancelled or failed, it leaves nothing behind, and nothing that
 * was there is ever overwritten. Blocks: for a thread of its own and for the command line.
 *
 * Returns: (transfer full) (nullable): the report
 */
BalExportReport *bal_export_run (BalStore           *store,
                                 BalBlog            *blog,
                                 const char         *path,
                                 BalExportFormat     format,
                                 BalProgressFunc     progress,
                                 gpointer            data,
                                 GCancellable       *cancellable,
                                 GError            **error);

/* The same in a thread of its own. @progress is called in the caller's main context, until @callback is. */
void             bal_export_run_async  (BalStore             *store,
                                        BalBlog              *blog,
                                        const char           *path,
                                        BalExportFormat       format,
                                        BalProgressFunc       progress,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
BalExportReport *bal_export_run_finish (BalStore             *store,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
