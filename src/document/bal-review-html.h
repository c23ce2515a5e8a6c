/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"
#include "bal-review.h"
#include "bal-review-format.h"

G_BEGIN_DECLS

/**
 * bal_document_split_fields:
 * @self: a post
 * @format: how its blog writes fields
 * @fields: (inout) (nullable): gets grade, watched-on and quote; what no line tells becomes NULL
 *
 * Takes the blocks away that are nothing but field lines. A field line inside a longer block is
 * read and stays visible in the body.
 *
 * Returns: (transfer full): the body for the editor
 */
BalDocument *bal_document_split_fields    (BalDocument           *self,
                                           BalReviewFormat       *format,
                                           BalReviewFields       *fields);

/* (transfer full) (element-type BalBlock): the very blocks of @self that make up that body. */
GPtrArray   *bal_document_dup_body        (BalDocument           *self,
                                           BalReviewFormat       *format);

/**
 * bal_document_join_fields:
 * @self: the post as it was read
 * @body: (element-type BalBlock): the blocks of its body, edited or not
 *
 * Puts the field lines back. A line whose field did not change keeps its bytes and place; a changed
 * one is rewritten in place in its own spelling; a new one is written after the others in the
 * format's order; a cleared one goes. Unchanged body and fields give @self's bytes.
 *
 * Returns: (transfer full):
 */
BalDocument *bal_document_join_fields     (BalDocument           *self,
                                           GPtrArray             *body,
                                           BalReviewFormat       *format,
                                           const BalReviewFields *fields);
/* (transfer full): the bytes of the same, which need not be read for it. */
char        *bal_document_join_html       (BalDocument           *self,
                                           GPtrArray             *body,
                                           BalReviewFormat       *format,
                                           const BalReviewFields *fields);

/* Sets the seven fields of @review to what its title and html say. */
void         bal_review_read_fields       (BalReview             *review,
                                           BalReviewFormat       *format);
/* Writes the seven fields into title and html, changing nothing else. */
void         bal_review_write_fields      (BalReview             *review,
                                           BalReviewFormat       *format,
                                           BalDialect             fallback);
/* New body from a person's HTML file (balconyctl review edit --body). A field line in it counts;
 * fields that it does not tell are kept. */
void         bal_review_set_body          (BalReview             *review,
                                           BalReviewFormat       *format,
                                           const char            *body_html,
                                           BalDialect             fallback);

G_END_DECLS
