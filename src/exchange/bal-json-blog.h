/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-exporter.h"
#include "bal-json-writer.h"

G_BEGIN_DECLS

/* What Balcony's own JSON says of no single review. */

/* The members before the items. */
gboolean bal_json_blog_write_head    (BalJsonWriter   *out,
                                      BalTransaction  *transaction,
                                      BalBlog         *blog,
                                      GError         **error);
/* The items before the reviews: what is not of one blog alone. */
gboolean bal_json_blog_write_first   (BalJsonWriter   *out,
                                      BalTransaction  *transaction,
                                      GError         **error);
/* The items behind them. @written: (element-type gint64): the pictures that are in the file already. */
gboolean bal_json_blog_write_last    (BalJsonWriter   *out,
                                      BalExporter     *exporter,
                                      GHashTable      *written,
                                      GError         **error);
/* @with_data: else only the blog has it. */
void     bal_json_blog_write_picture (BalJsonWriter   *out,
                                      const BalMedia  *picture,
                                      gboolean         with_data);

G_END_DECLS
