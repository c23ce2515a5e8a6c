/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-score.h"

#include <math.h>
#include <string.h>

/*
 * Naive Bayes: counting learns and unlearns exactly, in any order, and each sign's part can be told.
 *
 * Words of one comment depend on each other, so that adding up what each says makes long comments far too certain
 * of themselves. The sum is therefore divided by the root of the number of signs; DAMPING keeps a short comment
 * from hanging on one word, and with CERTAINTY the outcome can be read as a probability.
 */
#define DAMPING   10.0
#define CERTAINTY 2.0

/* ln (odds) that a comment with this sign is spam, as if one comment more had been seen, half of it spam. */
static double
weigh (const BalSpamCount *sign,
       const BalSpamCount *lessons)
{
  double spam = (double) sign->n_spam / (double) lessons->n_spam;
  double good = (double) sign->n_good / (double) lessons->n_good;
  double n = (double) (sign->n_spam + sign->n_good);
  double p;

  if (n <= 0)
    return 0;

  p = (0.5 + n * spam / (spam + good)) / (1.0 + n);
  return log (p / (1 - p));
}

static gboolean
knows_enough (const BalSpamCount *lessons)
{
  return lessons->n_spam >= BAL_SPAM_LESSONS_TO_SCORE && lessons->n_good >= BAL_SPAM_LESSONS_TO_SCORE;
}

static double
get_share (guint n_signs)
{
  return CERTAINTY / sqrt (DAMPING + n_signs);
}

/**
 * bal_spam_score:
 * @counts: (array length=n_counts): what was learnt of each sign of a comment
 * @n_counts: how many signs it has
 * @lessons: how many comments were learnt
 *
 * Returns: how likely it is spam, 0…1; -1: there were too few lessons to tell
 */
double
bal_spam_score (const BalSpamCount *counts,
                guint               n_counts,
                const BalSpamCount *lessons)
{
  double sum = 0;

  if (!knows_enough (lessons))
    return -1;

  for (guint i = 0; i < n_counts; i++)
    sum += weigh (&counts[i], lessons);
  return 1 / (1 + exp (-sum * get_share (n_counts)));
}

static int
compare_reasons (gconstpointer a,
                 gconstpointer b)
{
  const BalSpamReason *x = *(BalSpamReason *const *) a;
  const BalSpamReason *y = *(BalSpamReason *const *) b;

  if (fabs (x->weight) != fabs (y->weight))
    return fabs (x->weight) > fabs (y->weight) ? -1 : 1;
  return strcmp (x->sign, y->sign);
}

/**
 * bal_spam_list_reasons:
 * @signs: (element-type utf8): a comment's signs
 * @counts: what was learnt of each
 * @lessons: how many comments were learnt
 *
 * Returns: (transfer full) (element-type BalSpamReason): those that weigh anything, the strongest first
 */
GPtrArray *
bal_spam_list_reasons (GPtrArray          *signs,
                       const BalSpamCount *counts,
                       const BalSpamCount *lessons)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_spam_reason_free);
  double share = get_share (signs->len);

  for (guint i = 0; knows_enough (lessons) && i < signs->len; i++)
    {
      double weight = share * weigh (&counts[i], lessons);
      BalSpamReason *reason;

      if (weight == 0)
        continue;
      reason = g_new0 (BalSpamReason, 1);
      reason->sign = g_strdup (g_ptr_array_index (signs, i));
      reason->weight = weight;
      g_ptr_array_add (reasons, reason);
    }

  g_ptr_array_sort (reasons, compare_reasons);
  return reasons;
}

void
bal_spam_reason_free (BalSpamReason *self)
{
  g_free (self->sign);
  g_free (self);
}
