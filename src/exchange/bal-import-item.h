/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-import-extra.h"
#include "bal-review.h"

G_BEGIN_DECLS

/**
 * BalImportItemKind:
 * @BAL_IMPORT_ITEM_REVIEW: a review, which comes before its comments or after them
 * @BAL_IMPORT_ITEM_COMMENT: a comment
 * @BAL_IMPORT_ITEM_PICTURE: a picture that reviews behind it show
 * @BAL_IMPORT_ITEM_PERSON: what was decided about a commenter
 * @BAL_IMPORT_ITEM_SNIPPET: a saved reply
 * @BAL_IMPORT_ITEM_FILTER: a saved search
 * @BAL_IMPORT_ITEM_BLOG: how the blog stood that it is from; with the three below only where that is made anew
 * @BAL_IMPORT_ITEM_MEMORY: what the spam help has learnt there
 * @BAL_IMPORT_ITEM_GONE: what is left of a review or comment
 * @BAL_IMPORT_ITEM_PLACE: how far the blog was read
 * @BAL_IMPORT_ITEM_SKIPPED: something of the file that does not come in, and why
 * @BAL_IMPORT_ITEM_REPAIRED: something that came in a little different from how it stands in the file
 */
typedef enum
{
  BAL_IMPORT_ITEM_REVIEW,
  BAL_IMPORT_ITEM_COMMENT,
  BAL_IMPORT_ITEM_PICTURE,
  BAL_IMPORT_ITEM_PERSON,
  BAL_IMPORT_ITEM_SNIPPET,
  BAL_IMPORT_ITEM_FILTER,
  BAL_IMPORT_ITEM_BLOG,
  BAL_IMPORT_ITEM_MEMORY,
  BAL_IMPORT_ITEM_GONE,
  BAL_IMPORT_ITEM_PLACE,
  BAL_IMPORT_ITEM_SKIPPED,
  BAL_IMPORT_ITEM_REPAIRED,
} BalImportItemKind;

/**
 * BalImportItem:
 *
 * What a reader of a format hands out. @source and @key tell reviews and comments apart for good: a later file names
 * the same thing the same. @review_key and @parent_key of a comment are keys of the same source.
 */
typedef struct
{
  BalImportItemKind  kind;
  char              *source;
  char              *key;
  char              *hash;          /* (nullable): when it was asked for */
  char              *name;          /* for people: the title, the author */
  char              *reason;        /* of SKIPPED and REPAIRED: a whole sentence */
  BalReview         *review;
  BalComment        *comment;
  char              *review_key;
  char              *parent_key;    /* NULL: at the top of the thread */
  char              *folder;        /* (nullable): where its pictures may be: a folder or an archive */
  char              *page;          /* (nullable): its own name below that */
  BalImportExtra    *extra;         /* (nullable): what only Balcony's own files have */
} BalImportItem;

BalImportItem *bal_import_item_new_review  (const char         *source,
                                            const char         *key);
BalImportItem *bal_import_item_new_comment (const char         *source,
                                            const char         *key);
BalImportItem *bal_import_item_new_note    (BalImportItemKind   kind,
                                            const char         *name,
                                            const char         *reason);
/* (transfer full): a name for people. */
char          *bal_import_item_dup_name    (BalImportItem      *self);
/* Differs when the content in the file does. It is made when asked for first, which is to be before the item is altered. */
const char    *bal_import_item_get_hash    (BalImportItem      *self);
/* About how much memory it takes. */
gsize          bal_import_item_get_size    (BalImportItem      *self);
void           bal_import_item_free        (BalImportItem      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportItem, bal_import_item_free)

G_END_DECLS
