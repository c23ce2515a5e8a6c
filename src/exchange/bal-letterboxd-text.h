/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"
#include "bal-grade-scale.h"

G_BEGIN_DECLS

/* What Letterboxd has words for. */

/* (transfer full): a review as its editor takes it: bold, italic, links and quotes, and blank lines between paragraphs.
 * @n_left_out: (inout): grows with each picture, table and embed that it has no place for. */
char       *bal_letterboxd_text_from_document (BalDocument   *document,
                                               guint         *n_left_out);
/* Halves of a star, 1…10, for a grade's value. */
guint       bal_letterboxd_rate               (BalGradeScale *scale,
                                               double         value);
/* (transfer none) (nullable): the grade that stands for so many halves; of two that are as near, the better. */
const char *bal_letterboxd_find_grade         (BalGradeScale *scale,
                                               guint          halves);

G_END_DECLS
