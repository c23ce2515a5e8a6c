/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-memory.h"

#include <string.h>

#include "bal-spam-lessons.h"

gboolean
bal_spam_memory_get (BalTransaction  *transaction,
                     double          *threshold,
                     BalSpamCount    *lessons,
                     GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT coalesce (threshold, 0) FROM spam_help", error);
  if (statement == NULL || bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  *threshold = bal_statement_read_double (statement);
  return bal_spam_count_lessons (transaction, lessons, error);
}

GArray *
bal_spam_memory_list (BalTransaction  *transaction,
                      GError         **error)
{
  g_autoptr(GArray) signs = g_array_new (FALSE, FALSE, sizeof (BalSpamMemorySign));
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction, "SELECT hash, n_spam, n_good FROM spam_sign ORDER BY hash", error);
  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalSpamMemorySign sign = { .hash = bal_statement_read_int (statement) };

      sign.count.n_spam = bal_statement_read_int (statement);
      sign.count.n_good = bal_statement_read_int (statement);
      g_array_append_val (signs, sign);
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&signs) : NULL;
}

static int
compare_signs (gconstpointer a,
               gconstpointer b)
{
  const BalSpamMemorySign *x = a, *y = b;

  return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static gboolean
are_equal (GArray *a,
           GArray *b)
{
  gboolean equal = a->len == b->len;

  for (guint i = 0; equal && i < a->len; i++)
    {
      const BalSpamMemorySign *x = &g_array_index (a, BalSpamMemorySign, i), *y = &g_array_index (b, BalSpamMemorySign, i);

      equal = x->hash == y->hash && x->count.n_spam == y->count.n_spam && x->count.n_good == y->count.n_good;
    }
  return equal;
}

static gboolean
write_signs (BalTransaction  *transaction,
             GArray          *signs,
             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT OR IGNORE INTO spam_sign (hash, n_spam, n_good) VALUES (?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < signs->len; i++)
    {
      const BalSpamMemorySign *sign = &g_array_index (signs, BalSpamMemorySign, i);

      bal_statement_bind_int (statement, sign->hash);
      bal_statement_bind_int (statement, CLAMP (sign->count.n_spam, 0, G_MAXINT32));
      bal_statement_bind_int (statement, CLAMP (sign->count.n_good, 0, G_MAXINT32));
      if (!bal_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_lessons (BalTransaction      *transaction,
               const BalSpamCount  *lessons,
               GError             **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "UPDATE spam_help SET n_spam = ?1, n_good = ?2, n_changes = n_changes + ?1 + ?2", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, CLAMP (lessons->n_spam, 0, G_MAXINT32));
  bal_statement_bind_int (statement, CLAMP (lessons->n_good, 0, G_MAXINT32));
  return bal_statement_run (statement, error);
}

static gboolean
write_threshold (BalTransaction  *transaction,
                 double           threshold,
                 GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (threshold < BAL_SPAM_LIKELY || threshold >= 1)
    return TRUE;

  statement = bal_transaction_prepare (transaction, "UPDATE spam_help SET threshold = ? WHERE threshold IS NULL", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_double (statement, threshold);
  return bal_statement_run (statement, error);
}

gboolean
bal_spam_memory_put (BalTransaction      *transaction,
                     double               threshold,
                     const BalSpamCount  *lessons,
                     GArray              *signs,
                     gboolean            *holds,
                     GError             **error)
{
  g_autoptr(GArray) known = NULL;
  BalSpamCount here;

  /* What was learnt in this transaction, too. */
  if (!bal_spam_flush (transaction, error) || !bal_spam_count_lessons (transaction, &here, error) ||
      !write_threshold (transaction, threshold, error))
    return FALSE;
  known = bal_spam_memory_list (transaction, error);
  if (known == NULL)
    return FALSE;

  g_array_sort (signs, compare_signs);
  *holds = here.n_spam == lessons->n_spam && here.n_good == lessons->n_good && are_equal (known, signs);
  if (*holds || here.n_spam > 0 || here.n_good > 0 || known->len > 0)
    return TRUE;

  *holds = TRUE;
  return write_signs (transaction, signs, error) && write_lessons (transaction, lessons, error);
}
