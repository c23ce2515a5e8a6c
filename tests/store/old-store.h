/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Databases of older schemas, which tests/data keeps as text. */

/* Makes the database of schema @version in the folder @dir, which is there. (transfer full): its path. */
char *old_store_make      (const char *dir,
                           int         version);
/* Every value of every row, in the columns that the schema @version has: what a person had, whatever a later schema
 * adds. (transfer full) */
char *old_store_read_rows (const char *path,
                           int         version);

G_END_DECLS
