/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/* Places that a sync goes on from, by blog and name. */

/* Once all reviews were listed: since when news are asked for. */
#define BAL_CURSOR_REVIEWS_SINCE "reviews-since"

/**
 * bal_cursor_table_get:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @name: which place to go on from
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the place; %NULL without error: none
 */
char *bal_cursor_table_get (BalTransaction  *transaction,
                            gint64           blog_id,
                            const char      *name,
                            GError         **error);

/**
 * bal_cursor_table_put:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @name: which place
 * @value: (nullable): the place; %NULL: forget it
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_cursor_table_put (BalTransaction  *transaction,
                               gint64           blog_id,
                               const char      *name,
                               const char      *value,
                               GError         **error);

/**
 * bal_cursor_table_list:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @prefix: what the names begin with
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 utf8): the rest of each such name -> its place
 */
GHashTable *bal_cursor_table_list (BalTransaction  *transaction,
                                   gint64           blog_id,
                                   const char      *prefix,
                                   GError         **error);

G_END_DECLS
