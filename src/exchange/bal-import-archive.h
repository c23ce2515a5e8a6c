/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Single files out of a ZIP archive, by their names in it. What has a name that leads out of it, is a link, or is encrypted is
 * not there. What it unpacks to is bounded as for BalImportSource.
 */
typedef struct _BalImportArchive BalImportArchive;

/* (nullable): NULL: it can't be read. What is damaged at its end is as if it were not there. */
BalImportArchive *bal_import_archive_open    (const char        *path);
void              bal_import_archive_close   (BalImportArchive  *self);
gboolean          bal_import_archive_has     (BalImportArchive  *self,
                                              const char        *name);
/* (transfer full) (nullable): a file of its own with what @name holds, which the caller unlinks; NULL: it is not there, can't be
 * read, or is larger than any picture that a blog takes. */
char             *bal_import_archive_extract (BalImportArchive  *self,
                                              const char        *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportArchive, bal_import_archive_close)

G_END_DECLS
