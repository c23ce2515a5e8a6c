/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the store: files that nobody else may read, whole or not there at all. */

/* 0700 where it is made; an existing folder keeps its mode. */
gboolean bal_files_make_folder (const char  *path,
                                GError     **error);
/* 0600; written beside, synced, then renamed. */
gboolean bal_files_write       (const char  *path,
                                GBytes      *bytes,
                                GError     **error);
/* Takes the place of @path once it is safely on disk, folder entry included. */
gboolean bal_files_commit      (const char  *temporary,
                                const char  *path,
                                GError     **error);
/* The folder entry of @path is safely on disk after it. */
gboolean bal_files_sync_folder (const char  *path,
                                GError     **error);
/* (transfer full): an empty 0600 file beside @path. */
char    *bal_files_make_temporary (const char  *path,
                                   GError     **error);
/* To write into such a file; -1 with an error. */
int      bal_files_open_temporary (const char  *temporary,
                                   GError     **error);
/* All of @data, or an error that names @path. */
gboolean bal_files_append      (int          fd,
                                const char  *path,
                                const void  *data,
                                gsize        length,
                                GError     **error);

/* What is read or written at once where something may be large. */
#define BAL_FILES_CHUNK (256 * 1024)

/* (transfer full) (nullable): SHA-256 of all that is in it; NULL: it can't be read, or @cancellable is cancelled. */
char    *bal_files_hash        (const char   *path,
                                GCancellable *cancellable);

G_END_DECLS
