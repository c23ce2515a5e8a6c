/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a grade counts, for grades that are quantities. */
typedef enum
{
  BAL_GRADE_UNIT_NONE,     /* no quantity: "B+" */
  BAL_GRADE_UNIT_BARE,     /* only a number: "8" */
  BAL_GRADE_UNIT_STARS,    /* of five */
  BAL_GRADE_UNIT_TEN,      /* of ten */
  BAL_GRADE_UNIT_PERCENT,  /* of a hundred */
} BalGradeUnit;

BalGradeUnit bal_grade_quantity_parse (const char *text,
                                       double     *amount);

G_END_DECLS
