/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A comment with a score from here on is called likely spam. */
#define BAL_SPAM_LIKELY 0.9
/* Fewer lessons of either kind, and there is no score at all… */
#define BAL_SPAM_LESSONS_TO_SCORE 5
/* …nor does the spam help act alone, whatever it was told. */
#define BAL_SPAM_LESSONS_TO_ACT 20

/**
 * BalSpamCount:
 *
 * How many of the comments that were learnt have a sign; or, of no sign in particular, how many were learnt.
 */
typedef struct
{
  gint64 n_spam;
  gint64 n_good;
} BalSpamCount;

/**
 * BalSpamReason:
 *
 * One sign and what it adds: above 0 towards spam, below towards good. All of a comment's weights together are
 * ln (score / (1 - score)).
 */
typedef struct
{
  char   *sign;
  double  weight;
} BalSpamReason;

double     bal_spam_score           (const BalSpamCount *counts,
                                     guint               n_counts,
                                     const BalSpamCount *lessons);
GPtrArray *bal_spam_list_reasons    (GPtrArray          *signs,
                                     const BalSpamCount *counts,
                                     const BalSpamCount *lessons);
void       bal_spam_reason_free     (BalSpamReason      *self);

G_END_DECLS
