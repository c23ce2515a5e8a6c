/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalExportTarget:
 *
 * Where an export goes: it is written beside, and takes its place when it is whole. Nothing that was there is overwritten.
 */
typedef struct _BalExportTarget BalExportTarget;

/* BAL_ERROR_INVALID: @path is there already and is no empty folder, or its own folder is missing; _STORAGE. */
BalExportTarget *bal_export_target_new      (const char       *path,
                                             gboolean          is_folder,
                                             GError          **error);
/* What was written and did not get its place is gone. */
void             bal_export_target_free     (BalExportTarget  *self);
/* (transfer none): where to write: an empty folder, or nothing. */
const char      *bal_export_target_get_path (BalExportTarget  *self);
/* Brings what was written to the disk and puts it into its place. */
gboolean         bal_export_target_commit   (BalExportTarget  *self,
                                             GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalExportTarget, bal_export_target_free)

G_END_DECLS
