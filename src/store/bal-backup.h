/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the store: copies of the database, each through connections of its own. */

#define BAL_DATABASE_NAME "balcony.db"

/* Copies @database consistently while others use it; @path appears only when the copy was opened
 * and found whole. */
gboolean bal_backup_make       (const char    *database,
                                const char    *path,
                                GCancellable  *cancellable,
                                GError       **error);
/* Everything in @database: pages, indexes, references, text indexes, counts. */
gboolean bal_backup_check      (const char    *database,
                                GCancellable  *cancellable,
                                GError       **error);
/* Whether the newest automatic backup is older than a day. */
gboolean bal_backup_is_due     (const char    *data_dir);
/* Makes an automatic backup. Seven stay, and before them four of as many weeks. */
gboolean bal_backup_make_daily (const char    *data_dir,
                                GCancellable  *cancellable,
                                GError       **error);
/* (transfer full) (nullable): path of the newest automatic backup. */
char    *bal_backup_find_newest (const char   *data_dir);
/* Whether a backup may take the place of what is at @path: nothing, or another backup, never the
 * @database itself. */
gboolean bal_backup_may_replace (const char    *database,
                                 const char    *path,
                                 GError       **error);
/* See bal_store_restore(). */
gboolean bal_backup_restore    (const char    *data_dir,
                                const char    *path,
                                char         **aside,
                                GError       **error);

G_END_DECLS
