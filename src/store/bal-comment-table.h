/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment-filter.h"
#include "bal-comment.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* Comments, and of each the state that both sides agreed on last. */

/**
 * bal_comment_table_insert:
 * @transaction: an open transaction
 * @comment: a new comment; gets its id
 * @error: BAL_ERROR_NOT_FOUND when its review is not here, _STORAGE
 *
 * Review and parent are found by the blog's ids where ours are 0. A parent that is not here yet
 * is linked when it comes. What waits for its deletion must not be inserted again.
 *
 * Returns: the id, or 0
 */
gint64 bal_comment_table_insert (BalTransaction  *transaction,
                                 BalComment      *comment,
                                 GError         **error);

/**
 * bal_comment_table_update:
 * @transaction: an open transaction
 * @comment: a comment as it is to be
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Finds review and parent like [func@comment_table_insert].
 *
 * Returns: whether it was written
 */
gboolean bal_comment_table_update (BalTransaction  *transaction,
                                   BalComment      *comment,
                                   GError         **error);

/**
 * bal_comment_table_remove:
 * @transaction: an open transaction
 * @id: a comment
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Replies move up to its own parent, as blogs do. Its text is the caller's to keep.
 *
 * Returns: whether it was removed
 */
gboolean bal_comment_table_remove (BalTransaction  *transaction,
                                   gint64           id,
                                   GError         **error);

/**
 * bal_comment_table_get:
 * @transaction: an open transaction
 * @id: a comment
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: (transfer full): the comment, whole, with number and depth
 */
BalComment *bal_comment_table_get (BalTransaction  *transaction,
                                   gint64           id,
                                   GError         **error);

/**
 * bal_comment_table_get_row:
 * @transaction: an open transaction
 * @id: a comment
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Like [func@comment_table_get], without the number and depth for which the thread must be read.
 *
 * Returns: (transfer full): the comment
 */
BalComment *bal_comment_table_get_row (BalTransaction  *transaction,
                                       gint64           id,
                                       GError         **error);

/**
 * bal_comment_table_find_remote:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @remote_id: (nullable): the blog's id of a comment
 * @error: return location
 *
 * Returns: our id; 0 without error: it is not here
 */
gint64 bal_comment_table_find_remote (BalTransaction  *transaction,
                                      gint64           blog_id,
                                      const char      *remote_id,
                                      GError         **error);

/**
 * bal_comment_table_list:
 * @transaction: an open transaction
 * @ids: (array length=n_ids): comments
 * @n_ids: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalComment): in that order, with numbers and depths;
 *   what is gone is left out
 */
GPtrArray *bal_comment_table_list (BalTransaction  *transaction,
                                   const gint64    *ids,
                                   guint            n_ids,
                                   GError         **error);

/**
 * bal_comment_table_list_rows:
 * @transaction: an open transaction
 * @ids: (array length=n_ids): comments
 * @n_ids: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalComment): as bal_comment_table_list(), but without numbers and depths, for which
 *   the threads of all of them would have to be read
 */
GPtrArray *bal_comment_table_list_rows (BalTransaction  *transaction,
                                        const gint64    *ids,
                                        guint            n_ids,
                                        GError         **error);

/**
 * bal_comment_table_thread:
 * @transaction: an open transaction
 * @review_id: a review
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalComment): all its comments, whole, in reading order
 */
GPtrArray *bal_comment_table_thread (BalTransaction  *transaction,
                                     gint64           review_id,
                                     GError         **error);

/**
 * bal_comment_base_get:
 * @transaction: an open transaction
 * @comment_id: a comment
 * @error: return location
 *
 * The base of a comment that is deleted here and not yet on the blog is there still.
 *
 * Returns: (transfer full) (nullable): the last state that both sides agreed on; %NULL without
 *   error: they never did
 */
BalComment *bal_comment_base_get (BalTransaction  *transaction,
                                  gint64           comment_id,
                                  GError         **error);

/**
 * bal_comment_base_put:
 * @transaction: an open transaction
 * @comment_id: a comment
 * @base: what both sides agree on now
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean bal_comment_base_put (BalTransaction  *transaction,
                               gint64           comment_id,
                               BalComment      *base,
                               GError         **error);

/**
 * bal_comment_base_move:
 * @transaction: an open transaction
 * @review_id: a review
 * @target_id: another one, which gets its comments
 * @error: return location
 *
 * Those of comments that are deleted here and not yet on the blog, too.
 *
 * Returns: whether it was written
 */
gboolean bal_comment_base_move (BalTransaction  *transaction,
                                gint64           review_id,
                                gint64           target_id,
                                GError         **error);

/**
 * bal_comment_base_list:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 gint): the blog's id -> status of the base
 */
GHashTable *bal_comment_base_list (BalTransaction  *transaction,
                                   gint64           blog_id,
                                   GError         **error);

typedef struct
{
  gint64       blog_id;          /* 0: all */
  gint64       review_id;        /* 0: all */
  int          status;           /* BalCommentStatus, or -1: pending and approved */
  gboolean     unanswered;       /* readers' comments that wait for an answer (bal_thread_voices_judge()) */
  gboolean     mine;             /* only the blogger's own */
  BalCommentFilter *filter;      /* (nullable); borrowed. What it says about status counts instead of @status. */
  guint        limit;            /* 0: none */
  double       min_spam;         /* only with a spam score from here on; 0: all */
  gboolean     spam_first;       /* those first that are most likely spam, not the newest */
} BalCommentQuery;

#define BAL_COMMENT_QUERY_INIT { .status = -1 }

/**
 * bal_comment_table_query:
 * @transaction: an open transaction
 * @query: which
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): ids, newest first unless the query says otherwise
 */
GArray *bal_comment_table_query (BalTransaction         *transaction,
                                 const BalCommentQuery  *query,
                                 GError                **error);

/**
 * bal_comment_table_count:
 * @transaction: an open transaction
 * @query: which
 * @most: where to stop
 * @count: (out): how many, at most @most
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_comment_table_count (BalTransaction         *transaction,
                                  const BalCommentQuery  *query,
                                  guint                   most,
                                  guint                  *count,
                                  GError                **error);

/**
 * bal_comment_table_query_around:
 * @transaction: an open transaction
 * @id: a comment
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the comments above it, itself, and the replies to it by
 *   time, a hundred of each at most; empty where it is gone
 */
GArray *bal_comment_table_query_around (BalTransaction  *transaction,
                                        gint64           id,
                                        GError         **error);

G_END_DECLS
