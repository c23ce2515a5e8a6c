/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalExportFile:
 *
 * A new file that is written from its beginning to its end. What goes wrong is kept and told when somebody looks: at
 * bal_export_file_check() and bal_export_file_close(). After it nothing is written any more.
 */
typedef struct _BalExportFile BalExportFile;

/* @private: nobody else may read it. BAL_ERROR_STORAGE: it can't be made, or something is there already. */
BalExportFile *bal_export_file_new       (const char     *path,
                                          gboolean        private,
                                          GError        **error);
/* Without looking for errors: of what is thrown away. */
void           bal_export_file_free      (BalExportFile  *self);
void           bal_export_file_put       (BalExportFile  *self,
                                          const char     *text);
void           bal_export_file_put_bytes (BalExportFile  *self,
                                          const void     *bytes,
                                          gsize           length);
void           bal_export_file_printf    (BalExportFile  *self,
                                          const char     *format,
                                          ...) G_GNUC_PRINTF (2, 3);
/* All of another file. */
void           bal_export_file_put_file  (BalExportFile  *self,
                                          const char     *path);
/* What was to be written could not be read: @code is an errno. As if writing had failed. */
void           bal_export_file_fail      (BalExportFile  *self,
                                          int             code);
/* Bytes so far. */
guint64        bal_export_file_get_size  (BalExportFile  *self);
/* BAL_ERROR_STORAGE: something could not be written. */
gboolean       bal_export_file_check     (BalExportFile  *self,
                                          GError        **error);
/* (transfer full): writes the rest. The disk is the caller's to sync. */
gboolean       bal_export_file_close     (BalExportFile  *self,
                                          GError        **error);
/* The sentence for a person that something of an export failed with @code, an errno. */
void           bal_export_set_error      (int             code,
                                          GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalExportFile, bal_export_file_free)

G_END_DECLS
