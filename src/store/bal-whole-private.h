/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-whole.h"

G_BEGIN_DECLS

/* Private to the store: of which columns the parts of a whole blog are. */

typedef enum
{
  BAL_WHOLE_OF_ENTITY,           /* by entity and entity_id */
  BAL_WHOLE_OF_BLOG,             /* by blog_id */
  BAL_WHOLE_OF_ID,               /* by a column of its own */
} BalWholeOwner;

/**
 * BalWholeColumn:
 *
 * @is_number: else it is text. @is_audience: of whom the blog lets read it, which earlier files don't tell; one that is not known
 * yet is the closest that is. @most: of numbers that are an enumeration or a flag, which begin with 0; -1: any. @kind: whose
 * number it is; -1: of nothing that has numbers. @read: (nullable): what is read of it for a copy; NULL: it is, as it is.
 */
typedef struct
{
  const char *name;
  gboolean    is_number;
  gboolean    is_needed;
  gboolean    is_audience;
  gint64      most;
  int         kind;
  const char *read;
} BalWholeColumn;

typedef struct
{
  const char           *table;
  BalWholeOwner         owner;
  const char           *owner_column;  /* of OF_ID */
  gboolean              has_blog;      /* a blog_id besides the owner */
  const char           *rest;          /* (nullable): of the query */
  const BalWholeColumn *columns;       /* ends with one without a name */
} BalWholeTable;

const BalWholeTable *bal_whole_get_table (BalWholePart  part);

G_END_DECLS
