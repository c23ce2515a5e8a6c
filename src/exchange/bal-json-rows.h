/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <jansson.h>

#include "bal-import-rows.h"
#include "bal-json-writer.h"

G_BEGIN_DECLS

/*
 * What Balcony's own JSON says besides what a review or comment is: members of its items that are rows of the store. Only an
 * import that makes the blog anew reads them; other programs pass over them.
 */

/* Whose members. */
typedef enum
{
  BAL_JSON_OF_REVIEW       = 1 << 0,
  BAL_JSON_OF_COMMENT      = 1 << 1,
  BAL_JSON_OF_GONE_REVIEW  = 1 << 2,
  BAL_JSON_OF_GONE_COMMENT = 1 << 3,
  BAL_JSON_OF_BLOG         = 1 << 4,
} BalJsonOf;

/* Writes all that @id has as members of the item that is open. */
gboolean bal_json_rows_write (BalJsonWriter   *out,
                              BalTransaction  *transaction,
                              BalJsonOf        of,
                              gint64           id,
                              GError         **error);
/* Adds what is there to @rows. @is_repaired: (inout): some of it was no text. */
void     bal_json_rows_read  (const json_t    *item,
                              BalJsonOf        of,
                              BalImportRows   *rows,
                              gboolean        *is_repaired);
/* (transfer full) (nullable): as text, whatever the bytes are. */
char    *bal_json_dup_value  (const json_t    *value,
                              gboolean        *is_repaired);

G_END_DECLS
