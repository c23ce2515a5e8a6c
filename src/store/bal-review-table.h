/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-review.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* Reviews with their labels, and of each the state that both sides agreed on last. */

/**
 * bal_review_table_insert:
 * @transaction: an open transaction
 * @review: a new review; gets its id
 * @error: return location
 *
 * Writes the rows, and no more: the fields are derived from title and html with the blog's
 * format, the text index follows within a second or so, the change set is told. Nothing is
 * queued and no revision kept: see bal-desk.h for what a person does.
 *
 * Returns: the id, or 0
 */
gint64 bal_review_table_insert (BalTransaction  *transaction,
                                BalReview       *review,
                                GError         **error);

/**
 * bal_review_table_update:
 * @transaction: an open transaction
 * @review: a review as it is to be; html NULL (an item of a list): the stored text stays
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Like [func@review_table_insert]. A text that is the same is not written again.
 *
 * Returns: whether it was written
 */
gboolean bal_review_table_update (BalTransaction  *transaction,
                                  BalReview       *review,
                                  GError         **error);

/**
 * bal_review_table_remove:
 * @transaction: an open transaction
 * @id: a review
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Keeps the texts of its comments in the local history; its own text is the caller's to keep.
 *
 * Returns: whether it was removed
 */
gboolean bal_review_table_remove (BalTransaction  *transaction,
                                  gint64           id,
                                  GError         **error);

/**
 * bal_review_table_get:
 * @transaction: an open transaction
 * @id: a review
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: (transfer full): the review, whole
 */
BalReview *bal_review_table_get (BalTransaction  *transaction,
                                 gint64           id,
                                 GError         **error);

/**
 * bal_review_table_find_remote:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @remote_id: (nullable): the blog's id of a review
 * @error: return location
 *
 * Returns: our id; 0 without error: it is not here
 */
gint64 bal_review_table_find_remote (BalTransaction  *transaction,
                                     gint64           blog_id,
                                     const char      *remote_id,
                                     GError         **error);

/**
 * bal_review_table_find_key:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @key: (nullable): what was sent with a create
 * @error: return location
 *
 * Returns: our id; 0 without error: it is not here
 */
gint64 bal_review_table_find_key (BalTransaction  *transaction,
                                  gint64           blog_id,
                                  const char      *key,
                                  GError         **error);

/**
 * bal_review_table_find_address:
 * @transaction: an open transaction
 * @review: one with a slug and a date
 * @error: return location
 *
 * On a blog no two reviews have the same address at the same time: one with the slug and the date of another is that
 * other, made anew.
 *
 * Returns: our id of another one on its blog that has them and about which no conflict is open; 0 without error: there
 *   is none
 */
gint64 bal_review_table_find_address (BalTransaction  *transaction,
                                      BalReview       *review,
                                      GError         **error);

/**
 * bal_review_table_list:
 * @transaction: an open transaction
 * @ids: (array length=n_ids): reviews
 * @n_ids: how many
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalReview): in that order and without html; what is
 *   gone is left out
 */
GPtrArray *bal_review_table_list (BalTransaction  *transaction,
                                  const gint64    *ids,
                                  guint            n_ids,
                                  GError         **error);

/**
 * bal_review_base_get:
 * @transaction: an open transaction
 * @review_id: a review
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the last state that both sides agreed on; %NULL without
 *   error: they never did
 */
BalReview *bal_review_base_get (BalTransaction  *transaction,
                                gint64           review_id,
                                GError         **error);

/**
 * bal_review_base_put:
 * @transaction: an open transaction
 * @review_id: a review
 * @base: what both sides agree on now
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean bal_review_base_put (BalTransaction  *transaction,
                              gint64           review_id,
                              BalReview       *base,
                              GError         **error);

/**
 * bal_review_base_remove:
 * @transaction: an open transaction
 * @review_id: a review
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_review_base_remove (BalTransaction  *transaction,
                                 gint64           review_id,
                                 GError         **error);

/**
 * bal_review_base_list:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @error: return location
 *
 * For inventories.
 *
 * Returns: (transfer full) (element-type utf8 utf8): of all reviews that the blog has: its id ->
 *   revision of the base
 */
GHashTable *bal_review_base_list (BalTransaction  *transaction,
                                  gint64           blog_id,
                                  GError         **error);

/**
 * bal_review_table_close:
 * @transaction: an open transaction
 * @review: (inout): a review that becomes, or became, a new one on its blog
 * @closed: (out): whether not everyone could read it
 * @error: return location
 *
 * A blog lets everyone read what is new there, and who could read the one before went with that one. So that nobody else
 * reads it, what only some could read is a draft, or comes out of the trash as one: the person publishes it again.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_review_table_close (BalTransaction  *transaction,
                                 BalReview       *review,
                                 gboolean        *closed,
                                 GError         **error);

/**
 * bal_review_table_begin_again:
 * @transaction: an open transaction
 * @review: (inout): a review that the blog has no more; loses all that the blog said of it
 * @key: what the create will carry
 * @closed: (out): as for [func@review_table_close]
 * @error: return location
 *
 * Makes a review of it that the blog never had. The create is the caller's to queue.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_review_table_begin_again (BalTransaction  *transaction,
                                       BalReview       *review,
                                       const char      *key,
                                       gboolean        *closed,
                                       GError         **error);

typedef enum
{
  BAL_REVIEW_ORDER_NEWEST,       /* published, else updated; newest first */
  BAL_REVIEW_ORDER_TITLE,
  BAL_REVIEW_ORDER_GRADE,
} BalReviewOrder;

typedef struct
{
  gint64          blog_id;       /* 0: all */
  int             status;        /* BalReviewStatus, or -1: all but trash */
  const char     *series;        /* NULL: all */
  const char     *label;         /* NULL: all */
  const char     *search;        /* NULL: all; words as typed, prefixes match */
  gboolean        conflicts;     /* only those in conflict */
  gboolean        outbox;        /* only those with something to send */
  BalReviewOrder  order;
  guint           limit;         /* 0: none */
} BalReviewQuery;

#define BAL_REVIEW_QUERY_INIT { .status = -1 }

/**
 * bal_review_table_query:
 * @transaction: an open transaction
 * @query: which, in what order
 * @error: return location
 *
 * One indexed query.
 *
 * Returns: (transfer full) (element-type gint64): ids in order
 */
GArray *bal_review_table_query (BalTransaction        *transaction,
                                const BalReviewQuery  *query,
                                GError               **error);

/**
 * bal_review_table_list_ids:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): all its reviews, those in the trash too, the oldest first
 */
GArray *bal_review_table_list_ids (BalTransaction  *transaction,
                                   gint64           blog_id,
                                   GError         **error);

typedef struct
{
  char  *name;
  guint  count;
} BalNamedCount;

/**
 * bal_review_table_list_series:
 * @transaction: an open transaction
 * @blog_id: a blog, 0: all
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalNamedCount): series with their numbers of reviews,
 *   most first
 */
GPtrArray *bal_review_table_list_series (BalTransaction  *transaction,
                                         gint64           blog_id,
                                         GError         **error);

/**
 * bal_review_table_list_labels:
 * @transaction: an open transaction
 * @blog_id: a blog, 0: all
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalNamedCount): labels likewise
 */
GPtrArray *bal_review_table_list_labels (BalTransaction  *transaction,
                                         gint64           blog_id,
                                         GError         **error);

/* Numbers for the sidebar. */
typedef struct
{
  guint reviews[5];              /* by BalReviewStatus */
  guint comments[4];             /* by BalCommentStatus */
  guint unanswered;
  guint mine;                    /* comments by the blogger, spam and trash apart */
  guint conflicts;
  guint outbox;
} BalCounts;

/**
 * bal_counts_read:
 * @transaction: an open transaction
 * @blog_id: a blog, 0: all
 * @counts: (out): the numbers
 * @error: return location
 *
 * Triggers keep them: reading costs microseconds.
 *
 * Returns: %FALSE when the store failed
 */
gboolean bal_counts_read (BalTransaction  *transaction,
                          gint64           blog_id,
                          BalCounts       *counts,
                          GError         **error);

G_END_DECLS
