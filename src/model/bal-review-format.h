/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-review.h"

G_BEGIN_DECLS

/**
 * BalReviewFormat:
 *
 * How one blog writes its review fields as lines that readers see, and how such lines are
 * recognised: the word before the colon with its aliases (`Grade:`, `Rating:`, `Overall:`), and the
 * shape of the memorable quote and of the title. Immutable, so threads may share it.
 *
 * A format works on plain text, line by line; finding the lines in a post's HTML is the document
 * layer's work.
 */
#define BAL_TYPE_REVIEW_FORMAT (bal_review_format_get_type ())
GType            bal_review_format_get_type    (void) G_GNUC_CONST;

BalReviewFormat *bal_review_format_new_default (void);
BalReviewFormat *bal_review_format_ref         (BalReviewFormat      *self);
void             bal_review_format_unref       (BalReviewFormat      *self);

char            *bal_review_format_to_string   (BalReviewFormat      *self);
BalReviewFormat *bal_review_format_from_string (const char           *text,
                                                GError              **error);
BalGradeScale   *bal_review_format_get_scale   (BalReviewFormat      *self);

/* The longest values, in characters, that are recognised under the format's own label. */
#define BAL_REVIEW_FORMAT_LONGEST_GRADE      40
#define BAL_REVIEW_FORMAT_LONGEST_WATCHED_ON 120
/* No longer line is a field, whatever stands in front. */
#define BAL_REVIEW_FORMAT_LONGEST_LINE       1000

/**
 * BalFieldLine:
 *
 * The lines a format knows. One line carries the quote, its character and its actor together.
 */
typedef enum
{
  BAL_FIELD_LINE_NONE,
  BAL_FIELD_LINE_GRADE,
  BAL_FIELD_LINE_WATCHED_ON,
  BAL_FIELD_LINE_QUOTE,
} BalFieldLine;

#define BAL_N_FIELD_LINES 4

BalFieldLine        bal_review_format_read_line   (BalReviewFormat       *self,
                                                   const char            *line,
                                                   BalReviewFields       *fields);
char               *bal_review_format_write_line  (BalReviewFormat       *self,
                                                   BalFieldLine           which,
                                                   const BalReviewFields *fields,
                                                   const char            *like);
const BalFieldLine *bal_review_format_get_order   (BalReviewFormat       *self,
                                                   guint                 *n_lines);

void                bal_review_format_split_title (BalReviewFormat       *self,
                                                   const char            *title,
                                                   BalReviewFields       *fields);
char               *bal_review_format_join_title  (BalReviewFormat       *self,
                                                   const BalReviewFields *fields);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalReviewFormat, bal_review_format_unref)

G_END_DECLS
