/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Private to the store: files of pictures that no row names. The file comes before its row, so that what is stopped or killed,
 * as the import of a whole blog, leaves some; so does a blog that is removed.
 */

/* Removes those that are older than a day and that no backup names either, nor a database that was put aside. If one of these
 * can't be read, all stay. */
void bal_backup_orphans_let_go (const char    *database,
                                const char    *backups,
                                GCancellable  *cancellable);

G_END_DECLS
