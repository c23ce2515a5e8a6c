/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-grade-scale.h"
#include "bal-review-format.h"

G_BEGIN_DECLS

struct _BalReviewFormat
{
  gatomicrefcount  ref_count;

  char            *labels[BAL_N_FIELD_LINES];
  char           **aliases[BAL_N_FIELD_LINES];
  BalFieldLine     order[BAL_N_FIELD_LINES];
  guint            n_order;
  BalGradeScale   *scale;

  /* Folded label or alias -> its line, plus BAL_N_FIELD_LINES for an alias. */
  GHashTable      *heads;
};

G_END_DECLS
