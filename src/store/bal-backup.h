/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the store: copies of the database, each through connections of its own. */

#define BAL_DATABASE_NAME "balcony.db"

/* Which pictures a copy has. */
typedef enum
{
  BAL_BACKUP_ALL_PICTURES,       /* it can go to another computer */
  BAL_BACKUP_ONLY_HERE,          /* those that no blog has yet */
  BAL_BACKUP_NO_PICTURES,        /* it is to be a database that is used */
} BalBackupPictures;

/* Copies @database consistently while others use it; @path appears only when the copy was opened
 * and found whole. */
gboolean bal_backup_make       (const char         *database,
                                const char         *path,
                                BalBackupPictures   pictures,
                                GCancellable       *cancellable,
                                GError            **error);
/* How many bytes an automatic backup has, roughly. */
guint64  bal_backup_measure    (const char    *database);
/* Everything in @database: pages, indexes, references, text indexes, counts; where it is a backup, not its
 * pictures, for what is harmed there must not keep the texts from being restored. */
gboolean bal_backup_check      (const char    *database,
                                GCancellable  *cancellable,
                                GError       **error);
/* The files of the pictures that @database names. */
gboolean bal_backup_check_pictures (const char    *database,
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
