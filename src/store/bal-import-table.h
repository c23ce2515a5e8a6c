/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-review.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* What came in from files of other programs, and what it became here. */

/**
 * bal_import_table_find:
 * @transaction: an open transaction
 * @blog_id: the blog that it came into
 * @entity: review or comment
 * @source: whose it is
 * @key: what it is called there
 * @hash: (out) (optional) (nullable) (transfer full): of its content when it came in
 * @error: return location
 *
 * What a person has deleted for good since does not count as there.
 *
 * Returns: our id; 0 without error: it never came in
 */
gint64   bal_import_table_find  (BalTransaction  *transaction,
                                 gint64           blog_id,
                                 BalEntity        entity,
                                 const char      *source,
                                 const char      *key,
                                 char           **hash,
                                 GError         **error);

/**
 * bal_import_table_find_own:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @entity: review or comment
 * @review_id: of a comment: the review that it is on
 * @key: what it may be called here
 * @remote_id: (nullable): what the blog may call it
 * @error: return location
 *
 * Returns: our id; 0 without error: it is not here
 */
gint64   bal_import_table_find_own (BalTransaction *transaction,
                                 gint64           blog_id,
                                 BalEntity        entity,
                                 gint64           review_id,
                                 const char      *key,
                                 const char      *remote_id,
                                 GError         **error);

/**
 * bal_import_table_put:
 * @transaction: an open transaction
 * @blog_id: the blog
 * @entity: review or comment
 * @source: whose it is
 * @key: what it is called there
 * @entity_id: what it is here
 * @hash: (nullable): of its content; %NULL: it was here before
 * @run_id: the import that brought it; 0: it was here before
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean bal_import_table_put   (BalTransaction  *transaction,
                                 gint64           blog_id,
                                 BalEntity        entity,
                                 const char      *source,
                                 const char      *key,
                                 gint64           entity_id,
                                 const char      *hash,
                                 gint64           run_id,
                                 GError         **error);

/**
 * bal_import_table_has_others:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @source: whose files are imported
 * @others: (out): whether the blog has reviews that did not come from there
 * @error: return location
 *
 * Where there are none, nothing needs to be looked for by [func@import_table_match].
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_import_table_has_others (BalTransaction  *transaction,
                                      gint64           blog_id,
                                      const char      *source,
                                      gboolean        *others,
                                      GError         **error);

/**
 * bal_import_table_match:
 * @transaction: an open transaction
 * @review: a review from a file, with its blog
 * @source: whose it is
 * @error: return location
 *
 * Looks for the same review among those of the blog that came another way: one of about the same day with the same
 * path in its address, the same slug or the same title.
 *
 * Returns: our id; 0 without error: there is none
 */
gint64   bal_import_table_match (BalTransaction  *transaction,
                                 BalReview       *review,
                                 const char      *source,
                                 GError         **error);

/**
 * bal_import_table_match_comment:
 * @transaction: an open transaction
 * @review_id: the review that it is on
 * @author: (nullable): who wrote it
 * @created: when, in seconds since 1970 UTC
 * @source: whose it is
 * @error: return location
 *
 * Looks for the same comment among those that came another way: of the same minute, by the same author.
 *
 * Returns: our id; 0 without error: there is none
 */
gint64   bal_import_table_match_comment (BalTransaction  *transaction,
                                         gint64           review_id,
                                         const char      *author,
                                         gint64           created,
                                         const char      *source,
                                         GError         **error);

G_END_DECLS
