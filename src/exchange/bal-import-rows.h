/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-spam-memory.h"
#include "bal-whole.h"

G_BEGIN_DECLS

/* One row of a part of the store. */
typedef struct
{
  BalWholePart  part;
  GVariant     *row;
} BalImportRow;

/**
 * BalImportRows:
 *
 * What Balcony's own file says for a store that does not have the blog: how it stood, and what waits to be sent.
 */
typedef struct
{
  gint64        number;          /* of the review, comment or picture; 0: of the blog */
  BalEntity     entity;          /* of something that is gone */
  GPtrArray    *rows;            /* (element-type BalImportRow) */

  /* of a blog */
  BalBlog      *blog;            /* (nullable) */
  GVariant     *numbers;         /* (nullable) */
  char         *image_host;      /* (nullable): the name of the blog that takes its pictures */

  /* of the spam help */
  GArray       *signs;           /* (nullable) (element-type BalSpamMemorySign) */
  BalSpamCount  lessons;
  double        threshold;
  gboolean      is_last;         /* of the items that it takes */
} BalImportRows;

BalImportRows *bal_import_rows_new  (void);
void           bal_import_rows_free (BalImportRows *self);
/* (transfer none) (nullable): the first of a part. */
GVariant      *bal_import_rows_get  (BalImportRows *self,
                                     BalWholePart   part);
void           bal_import_rows_add  (BalImportRows *self,
                                     BalWholePart   part,
                                     GVariant      *row);
gsize          bal_import_rows_get_size (BalImportRows *self);

G_END_DECLS
