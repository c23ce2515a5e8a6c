/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"
#include "bal-comment.h"
#include "bal-review.h"
#include "bal-review-format.h"

G_BEGIN_DECLS

/**
 * BalTextReview:
 *
 * A review read from plain text, with the comments below it. @comments are in reading order,
 * parents before replies; each one's parent_id is the 1-based index of its parent in the array (0:
 * none), as bal_desk_add_review() takes them.
 */
typedef struct
{
  BalReview *review;
  GPtrArray *comments;           /* (element-type BalComment) */
} BalTextReview;

void           bal_text_review_free  (BalTextReview   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalTextReview, bal_text_review_free)

/**
 * bal_text_import:
 * @text: first line the title; paragraphs between blank lines; field lines; then, optionally,
 *   numbered comments with indented, again numbered replies
 * @length: in bytes, or -1: up to the NUL
 * @format: how the blog writes its fields
 * @dialect: what the HTML is to be written in
 * @blog_author: (nullable): name for the indented replies
 * @error: BAL_ERROR_INVALID when it is not text or has no title
 *
 * Comments have no authors in such a file: numbered ones are by "Anonymous" readers, the replies by
 * the blogger. Paragraphs stay paragraphs (in @dialect), quotes and dashes stay as typed.
 *
 * Returns: (transfer full): the review and its comments
 */
BalTextReview *bal_text_import       (const char      *text,
                                      gssize           length,
                                      BalReviewFormat *format,
                                      BalDialect       dialect,
                                      const char      *blog_author,
                                      GError         **error);

G_END_DECLS
