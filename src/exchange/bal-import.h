/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-import-report.h"
#include "bal-progress.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalImportFlags:
 * @BAL_IMPORT_PREVIEW: only tell what would come in; nothing is written
 * @BAL_IMPORT_SEND: offer to the blog what comes in, with the status that it had
 *
 * Without SEND, what comes into a blog on a server is kept here as drafts that nothing sends until the person works on
 * them. A blog in a folder is the person's own: it always gets things as they were.
 */
typedef enum
{
  BAL_IMPORT_NONE    = 0,
  BAL_IMPORT_PREVIEW = 1 << 0,
  BAL_IMPORT_SEND    = 1 << 1,
} BalImportFlags;

/**
 * bal_import_run:
 * @store: a store
 * @blog: (transfer none): where it goes
 * @path: a file, a folder or a ZIP archive
 * @format: what it is, or %BAL_IMPORT_FORMAT_AUTO
 * @flags: what to do
 * @progress: (nullable): told how far it is, in the thread of the caller
 * @data: for @progress
 * @cancellable: (nullable): stops between two batches
 * @error: BAL_ERROR_INVALID: nothing that can be imported; _STORAGE; of a preview, G_IO_ERROR_CANCELLED
 *
 * Brings in what is not here yet, in batches of one transaction each; memory does not grow with the file. What came in
 * once, from this file or another one of the same blog, is never doubled nor overwritten. Cancelled, it reports what is
 * in; another run goes on from there. Blocks: for a thread of its own and for the command line.
 *
 * Returns: (transfer full) (nullable): the report
 */
BalImportReport *bal_import_run (BalStore           *store,
                                 BalBlog            *blog,
                                 const char         *path,
                                 BalImportFormat     format,
                                 BalImportFlags      flags,
                                 BalProgressFunc     progress,
                                 gpointer            data,
                                 GCancellable       *cancellable,
                                 GError            **error);

/* The same in a thread of its own; without @blog it is bal_import_whole_run(), for which @path is of that format. @progress is
 * called in the caller's main context, until @callback is. */
void             bal_import_run_async  (BalStore             *store,
                                        BalBlog              *blog,
                                        const char           *path,
                                        BalImportFormat       format,
                                        BalImportFlags        flags,
                                        BalProgressFunc       progress,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
BalImportReport *bal_import_run_finish (BalStore             *store,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
