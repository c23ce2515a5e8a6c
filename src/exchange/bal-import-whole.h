/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-import.h"

G_BEGIN_DECLS

/**
 * bal_import_whole_run:
 * @store: a store that does not have the blog
 * @path: what an export of everything wrote
 * @flags: %BAL_IMPORT_PREVIEW: only tell what would come in
 * @progress: (nullable): told how far it is, in any thread
 * @data: for @progress
 * @cancellable: (nullable): stops; nothing is in then
 * @error: BAL_ERROR_INVALID: no such file, or a blog of that address is here; _STORAGE; G_IO_ERROR_CANCELLED
 *
 * Makes the blog anew as it stood where the file is from: reviews and comments with their ids on the blog, what was agreed with it,
 * what waits to be sent, what is in conflict, drafts, history, what was imported. What is not of one blog (commenters,
 * saved replies, searches, what the spam help has learnt) comes in as far as nothing was decided here. All of it is one
 * transaction: no sync may see a half of it.
 *
 * The store that the file is from may have sent since what waits in it. What was changed or deleted is compared with what was
 * agreed, and sent. What is new waits for the person to try again, as no blog tells for certain whether it has it.
 *
 * Returns: (transfer full) (nullable): the report
 */
BalImportReport *bal_import_whole_run (BalStore           *store,
                                       const char         *path,
                                       BalImportFlags      flags,
                                       BalProgressFunc     progress,
                                       gpointer            data,
                                       GCancellable       *cancellable,
                                       GError            **error);

G_END_DECLS
