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

G_END_DECLS
