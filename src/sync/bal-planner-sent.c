/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-planner.h"

#define SEPARATORS " \t\r\n<>"

/* Adds to how often each word of @text is in @words. */
static void
count_words (GHashTable *words,
             const char *text,
             int         n)
{
  g_auto(GStrv) parts = g_strsplit_set (text != NULL ? text : "", SEPARATORS, -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      int count = GPOINTER_TO_INT (g_hash_table_lookup (words, parts[i]));

      if (*parts[i] != '\0')
        g_hash_table_replace (words, g_strdup (parts[i]), GINT_TO_POINTER (count + n));
    }
}

/* How many words one has and the other has not. */
static guint
count_apart (BalReview *a,
             BalReview *b)
{
  g_autoptr(GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer count;
  guint n = 0;

  count_words (words, bal_review_get_title (a), 1);
  count_words (words, bal_review_get_html (a), 1);
  count_words (words, bal_review_get_title (b), -1);
  count_words (words, bal_review_get_html (b), -1);
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    n += (guint) ABS (GPOINTER_TO_INT (count));
  return n;
}

/**
 * bal_plan_choose_base:
 * @base: the state that both sides agreed on
 * @sent: what was sent since, with no answer heard
 * @remote: the state on the blog
 *
 * When an update was carried out and its answer lost, the blog's state goes back to what was sent: held against the older
 * base, what was sent would seem to have been written on both sides, and be put in twice. Status and date are not judged
 * so.
 *
 * Returns: (transfer full): the state that @remote came from, the one of which it has more; @base when in doubt
 */
BalReview *
bal_plan_choose_base (BalReview *base,
                      BalReview *sent,
                      BalReview *remote)
{
  BalReview *chosen;

  g_return_val_if_fail (BAL_IS_REVIEW (base), NULL);
  g_return_val_if_fail (BAL_IS_REVIEW (sent), NULL);
  g_return_val_if_fail (BAL_IS_REVIEW (remote), NULL);

  if (count_apart (sent, remote) >= count_apart (base, remote))
    return g_object_ref (base);

  chosen = bal_review_dup (sent);
  bal_review_set_status (chosen, bal_review_get_status (base));
  bal_review_set_published (chosen, bal_review_get_published (base));
  return chosen;
}
