/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalCsv:
 *
 * Reads comma-separated values (RFC 4180) piece by piece: quoted fields with line breaks and doubled quotes, any line
 * end. A quote that never ends takes the rest of the file; that row is not whole.
 */
typedef struct _BalCsv BalCsv;

/* A longer row is given up. */
#define BAL_CSV_MOST_BYTES (4 * 1024 * 1024)

BalCsv    *bal_csv_new        (void);
void       bal_csv_free       (BalCsv     *self);
void       bal_csv_push       (BalCsv     *self,
                               const char *text,
                               gsize       length);
/* (transfer full) (nullable) (element-type utf8): the next whole row; @last: nothing comes after what was pushed. */
GPtrArray *bal_csv_next       (BalCsv     *self,
                               gboolean    last);
/* Whether the file ended inside of quotes. */
gboolean   bal_csv_is_cut     (BalCsv     *self);
/* Of the row that was read last, from 1. */
guint      bal_csv_get_line   (BalCsv     *self);
guint      bal_csv_get_n_too_long (BalCsv *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalCsv, bal_csv_free)

G_END_DECLS
