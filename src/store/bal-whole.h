/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tables.h"

G_BEGIN_DECLS

/*
 * A blog as it stands in a store, for another store that does not have it: besides what a review or comment is, all that was
 * agreed with the blog, waits to be sent, is in conflict, came from elsewhere. Rows are read and written as they are: what a
 * column means is known to the tables' own functions. Each column of each table is either here, or in a review, comment,
 * picture or person, or made of others; a test goes through the schema.
 */

/**
 * BalWholePart:
 * @BAL_WHOLE_REVIEW: of a review, what other programs have no use for
 * @BAL_WHOLE_COMMENT: the same of a comment
 * @BAL_WHOLE_REVIEW_BASE: what the blog had of a review when it was last heard of
 * @BAL_WHOLE_COMMENT_BASE: the same of a comment
 * @BAL_WHOLE_OUTBOX: what waits to be sent of a review or comment
 * @BAL_WHOLE_CONFLICT: what the blog has of it, while a person has not chosen
 * @BAL_WHOLE_IMPORTED: what it was called where it came from
 * @BAL_WHOLE_LESSON: what the spam help has learnt of a comment
 * @BAL_WHOLE_AUTHOR: that a comment is where it is because of who wrote it
 * @BAL_WHOLE_REVISION: an older version
 * @BAL_WHOLE_DRAFT: what is being written to a comment
 * @BAL_WHOLE_CURSOR: up to where a blog was read
 * @BAL_WHOLE_IMPORT_RUN: an import into a blog
 */
typedef enum
{
  BAL_WHOLE_REVIEW,
  BAL_WHOLE_COMMENT,
  BAL_WHOLE_REVIEW_BASE,
  BAL_WHOLE_COMMENT_BASE,
  BAL_WHOLE_OUTBOX,
  BAL_WHOLE_CONFLICT,
  BAL_WHOLE_IMPORTED,
  BAL_WHOLE_LESSON,
  BAL_WHOLE_AUTHOR,
  BAL_WHOLE_REVISION,
  BAL_WHOLE_DRAFT,
  BAL_WHOLE_CURSOR,
  BAL_WHOLE_IMPORT_RUN,
  BAL_WHOLE_N_PARTS
} BalWholePart;

/* A review or comment; it may be gone. */
typedef struct
{
  BalEntity entity;
  gint64    id;
} BalWholeThing;

/**
 * bal_whole_list:
 * @transaction: an open transaction
 * @part: what
 * @entity: of a review, or of a comment; without meaning where @part is of one of them, or of a blog
 * @id: of which review, comment or blog
 * @error: return location
 *
 * Returns: (transfer full) (element-type GVariant): its rows, each an a{sv} of numbers (x) and texts (ay) in the order of the
 *   columns, without what is NULL
 */
GPtrArray *bal_whole_list          (BalTransaction  *transaction,
                                    BalWholePart     part,
                                    BalEntity        entity,
                                    gint64           id,
                                    GError         **error);
/* (transfer full) (element-type BalWholeThing): what is gone and still has rows: its deletion waits to be sent, it has older
 * versions, an answer to it was begun. Older versions of what no blog has any more are of all blogs. */
GArray    *bal_whole_list_gone     (BalTransaction  *transaction,
                                    gint64           blog_id,
                                    GError         **error);
/* (transfer full) (element-type gint64): the pictures of a blog. */
GArray    *bal_whole_list_pictures (BalTransaction  *transaction,
                                    gint64           blog_id,
                                    GError         **error);
/* (transfer full): a{sx}: the highest number that each kind of thing ever had. */
GVariant  *bal_whole_get_numbers   (BalTransaction  *transaction,
                                    GError         **error);

/**
 * BalWholeKind:
 *
 * What has numbers that others go by.
 */
typedef enum
{
  BAL_WHOLE_KIND_REVIEW,
  BAL_WHOLE_KIND_COMMENT,
  BAL_WHOLE_KIND_MEDIA,
  BAL_WHOLE_KIND_OUTBOX,
  BAL_WHOLE_KIND_CONFLICT,
  BAL_WHOLE_KIND_IMPORT_RUN,
  BAL_WHOLE_N_KINDS
} BalWholeKind;

/* "review", "comment", "media", … */
const char *bal_whole_kind_to_name (BalWholeKind     kind);

/**
 * BalWhole:
 *
 * A blog on its way into a store. All its numbers are raised by what the store has used already (in an empty one: not at
 * all), so that they stay apart, in their order, and lead to the same things.
 */
typedef struct _BalWhole BalWhole;

/**
 * bal_whole_new:
 * @transaction: an open transaction; all of it happens in one
 * @blog_id: the blog, which is new
 * @numbers: what bal_whole_get_numbers() said where it comes from
 * @error: BAL_ERROR_INVALID (no numbers, or such as no store has), _STORAGE
 *
 * Returns: (transfer full): to be freed with g_free()
 */
BalWhole  *bal_whole_new           (BalTransaction  *transaction,
                                    gint64           blog_id,
                                    GVariant        *numbers,
                                    GError         **error);
/* Its number here; 0: nothing has that number. */
gint64     bal_whole_get_number    (BalWhole        *self,
                                    BalWholeKind     kind,
                                    gint64           number);

/*
 * Each of these puts in what has its number here. @taken: (out): FALSE: what the file says can't be, or is there already.
 */

/* @state: (nullable): its row of BAL_WHOLE_REVIEW. */
gboolean   bal_whole_put_review    (BalWhole        *self,
                                    BalReview       *review,
                                    GVariant        *state,
                                    gboolean        *taken,
                                    GError         **error);
/* Its review is in. @state: (nullable): its row of BAL_WHOLE_COMMENT. */
gboolean   bal_whole_put_comment   (BalWhole        *self,
                                    BalComment      *comment,
                                    GVariant        *state,
                                    gboolean        *taken,
                                    GError         **error);

/**
 * bal_whole_put:
 * @self: a blog on its way
 * @part: none of BAL_WHOLE_REVIEW, _COMMENT and _AUTHOR
 * @entity: review or comment
 * @id: its number here, or that of the blog
 * @row: what bal_whole_list() gave
 * @taken: (out): whether it was put in
 * @error: return location
 *
 * What was being sent when the copy was made may be on the blog, and so may what waited, as the store that it comes from may
 * have sent it since. A change or a deletion finds that out by what was agreed. Something new is looked for by its key before it
 * is sent; but not every blog keeps the key of what is finished. So it waits for a person here, to whom the blog is shown
 * first.
 *
 * Returns: %FALSE when the store failed
 */
gboolean   bal_whole_put           (BalWhole        *self,
                                    BalWholePart     part,
                                    BalEntity        entity,
                                    gint64           id,
                                    GVariant        *row,
                                    gboolean        *taken,
                                    GError         **error);
/* The comment is where it is because of who wrote it. */
gboolean   bal_whole_put_author    (BalWhole        *self,
                                    gint64           comment_id,
                                    GError         **error);

G_END_DECLS
