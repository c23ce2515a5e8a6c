/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-connection.h"

G_BEGIN_DECLS

/*
 * Private to the store: pictures in backups. A backup is a copy of the database with one table more, which holds
 * the bytes of pictures under the names of their files. A name is the hash of the bytes, so that each picture tells by
 * itself whether it is unharmed. Bytes go through in small parts, however large a picture is.
 */

/* The folder of the files that rows of @database name. (transfer full) */
char    *bal_backup_pictures_make_folder_name (const char *database);

/* Puts those into @copy that its rows name, and leaves out what is missing or harmed. @all: also those that a blog
 * has, too. */
gboolean bal_backup_pictures_pack    (BalConnection  *copy,
                                      const char     *folder,
                                      gboolean        all,
                                      GCancellable   *cancellable,
                                      GError        **error);
/* Whether each one in @backup is what its name says; BAL_ERROR_CORRUPT. */
gboolean bal_backup_pictures_verify  (BalConnection  *backup,
                                      GCancellable   *cancellable,
                                      GError        **error);
/* Makes files in @folder of those that are not there, or not unharmed. What is harmed in @backup stays out. */
gboolean bal_backup_pictures_unpack  (BalConnection  *backup,
                                      const char     *folder,
                                      GCancellable   *cancellable,
                                      GError        **error);
/* Leaves a database without them, and without their room. */
gboolean bal_backup_pictures_drop    (BalConnection  *copy,
                                      GError        **error);
/* How many files that rows of @database name are harmed, or missing though no blog has the picture. @first: NULL;
 * gets what a person called the first of them. */
gboolean bal_backup_pictures_find_lost (BalConnection  *database,
                                        const char     *folder,
                                        guint          *n_lost,
                                        char          **first,
                                        GCancellable   *cancellable,
                                        GError        **error);
/* Bytes of the files of those that are only here. */
guint64  bal_backup_pictures_measure (BalConnection  *database,
                                      const char     *folder);
/* Whether the store may have given a file this name. */
gboolean bal_backup_pictures_is_name (const char *name);
/* Whether a program that was writing a picture may have left a file of this name. */
gboolean bal_backup_pictures_is_unfinished (const char *name);

G_END_DECLS
