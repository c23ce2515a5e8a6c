/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalCsv:
 *
 * Reads comma-separated values (RFC 4180) piece by piece: quoted fields with line breaks and doubled quotes, any line
 * end. What stands behind a quote that never ends is read once more, from the next line on.
 */
typedef struct _BalCsv BalCsv;

/* A longer row is given up. */
#define BAL_CSV_MOST_BYTES (4 * 1024 * 1024)

BalCsv    *bal_csv_new        (void);
void       bal_csv_free       (BalCsv     *self);
void       bal_csv_push       (BalCsv     *self,
                               const char *text,
                               gsize       length);
/* Whether a backslash in a quoted text stands before a quotation mark or another backslash, from the next row on. */
void       bal_csv_set_escapes (BalCsv    *self,
                               gboolean    has_escapes);
/* (transfer full) (nullable) (element-type utf8): the next whole row; @last: nothing comes after what was pushed. */
GPtrArray *bal_csv_next       (BalCsv     *self,
                               gboolean    last);
/* The row that was read last is damaged: what follows is read from its second line on. FALSE: it has none, or too much was
 * read once more. */
gboolean   bal_csv_reread     (BalCsv     *self);
/* Whether the row that was read last was read before, as a text of another one: it may be just that. */
gboolean   bal_csv_is_reread  (BalCsv     *self);
/* The line of the first row that is damaged and whose other lines were not read once more, as it would take too long; 0: none. */
guint      bal_csv_get_lost_line (BalCsv  *self);
/* What ends the lines of the file: '\n' or '\r'. */
char       bal_csv_get_line_end  (BalCsv  *self);
/* The line of the first row whose quote never ends; 0: there is none. */
guint      bal_csv_get_cut_line  (BalCsv  *self);
/* Whether the row that was read last has something between a closing quote and the comma. */
gboolean   bal_csv_is_odd     (BalCsv     *self);
/* Whether the row that was read last is the file's last and lacks the end of its line. */
gboolean   bal_csv_is_open_ended (BalCsv  *self);
/* Of the row that was read last, from 1. */
guint      bal_csv_get_line   (BalCsv     *self);
guint      bal_csv_get_n_too_long (BalCsv *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalCsv, bal_csv_free)

G_END_DECLS
