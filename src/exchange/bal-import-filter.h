/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalImportFilter:
 *
 * Stands between a file and whoever reads it: what comes out is UTF-8 without the control characters that XML and
 * people have no use for, whatever went in. Control characters become spaces, what is no text U+FFFD; both are
 * counted. The file's own encoding is told by its byte order mark or its XML declaration.
 */
typedef struct _BalImportFilter BalImportFilter;

BalImportFilter *bal_import_filter_new            (void);
void             bal_import_filter_free           (BalImportFilter  *self);
/* Appends to @out. @last: nothing comes after @bytes. */
void             bal_import_filter_push           (BalImportFilter  *self,
                                                   const char       *bytes,
                                                   gsize             length,
                                                   gboolean          last,
                                                   GString          *out);
guint64          bal_import_filter_get_n_controls (BalImportFilter  *self);
guint64          bal_import_filter_get_n_invalid  (BalImportFilter  *self);
/* (transfer full): @length bytes as text. */
char            *bal_import_filter_text           (const char       *bytes,
                                                   gsize             length,
                                                   guint64          *n_repaired);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportFilter, bal_import_filter_free)

G_END_DECLS
