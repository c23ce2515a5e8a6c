/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalImportSource:
 *
 * What a person chose to import: a file, a folder or a ZIP archive, as a sequence of named streams of bytes. A file
 * is one stream; what a folder or an archive holds comes in turn. Nothing is unpacked to the disk here, and nothing outside of the
 * folder is read: links are not followed.
 */
typedef struct _BalImportSource BalImportSource;

/* An archive must not unpack to more than so many times its own size, once it is past BAL_IMPORT_FREE_BYTES. */
#define BAL_IMPORT_MOST_RATIO 200
#define BAL_IMPORT_FREE_BYTES (64 * 1024 * 1024)
#define BAL_IMPORT_MOST_FILES 200000

/**
 * bal_import_source_open:
 * @path: a file, a folder or a ZIP archive
 * @error: BAL_ERROR_NOT_FOUND, _INVALID, _STORAGE
 *
 * Returns: (transfer full): the source, before its first stream
 */
BalImportSource *bal_import_source_open         (const char       *path,
                                                 GError          **error);
void             bal_import_source_close        (BalImportSource  *self);
/* Goes back before the first stream. */
gboolean         bal_import_source_rewind       (BalImportSource  *self,
                                                 GError          **error);
/* FALSE: a single file. */
gboolean         bal_import_source_is_many      (BalImportSource  *self);
const char      *bal_import_source_get_path     (BalImportSource  *self);

/**
 * bal_import_source_next:
 * @self: a source
 * @name: (out) (transfer none): its name: relative, with slashes
 * @refused: (out) (transfer full) (nullable): why this one is not read, as a sentence; go on with the next
 * @error: BAL_ERROR_INVALID: the archive ends here or is damaged
 *
 * Goes to the next stream.
 *
 * Returns: FALSE at the end, and with @error
 */
gboolean         bal_import_source_next         (BalImportSource  *self,
                                                 const char      **name,
                                                 char            **refused,
                                                 GError          **error);
/* Bytes of the present stream, 0 at its end, -1 with @error. */
gssize           bal_import_source_read         (BalImportSource  *self,
                                                 char             *buffer,
                                                 gsize             size,
                                                 GError          **error);
/* (transfer full): all that is left of the present stream, NUL-terminated beyond its end. BAL_ERROR_INVALID when it is more
 * than @most bytes. */
GBytes          *bal_import_source_read_all     (BalImportSource  *self,
                                                 gsize             most,
                                                 GError          **error);
/* How much of it was read: 0…1. */
double           bal_import_source_get_fraction (BalImportSource  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportSource, bal_import_source_close)

G_END_DECLS
