/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-rows.h"

#define KIND_LABEL    0
#define KIND_CATEGORY 1

static gboolean
insert_kind (BalTransaction     *transaction,
             gint64              review_id,
             int                 kind,
             const char *const  *names,
             GError            **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (names[0] == NULL)
    return TRUE;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO label (review_id, kind, position, name) VALUES (?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  for (int i = 0; names[i] != NULL; i++)
    {
      bal_statement_bind_int (statement, review_id);
      bal_statement_bind_int (statement, kind);
      bal_statement_bind_int (statement, i);
      bal_statement_bind_text (statement, names[i]);
      if (!bal_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
bal_review_labels_insert (BalTransaction  *transaction,
                          BalReview       *review,
                          GError         **error)
{
  gint64 id = bal_review_get_id (review);

  return insert_kind (transaction, id, KIND_LABEL, bal_review_get_labels (review), error) &&
         insert_kind (transaction, id, KIND_CATEGORY, bal_review_get_categories (review), error);
}

gboolean
bal_review_labels_read (BalTransaction  *transaction,
                        BalReview       *review,
                        GError         **error)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) categories = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT kind, name FROM label WHERE review_id = ? ORDER BY kind, position", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_review_get_id (review));
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gboolean is_label = bal_statement_read_int (statement) == KIND_LABEL;

      g_ptr_array_add (is_label ? labels : categories, g_strdup (bal_statement_read_text (statement)));
    }

  g_ptr_array_add (labels, NULL);
  g_ptr_array_add (categories, NULL);
  bal_review_set_labels (review, (const char *const *) labels->pdata);
  bal_review_set_categories (review, (const char *const *) categories->pdata);
  return step == BAL_STEP_DONE;
}

gboolean
bal_review_labels_update (BalTransaction  *transaction,
                          BalReview       *review,
                          gboolean        *changed,
                          GError         **error)
{
  gint64 id = bal_review_get_id (review);
  g_autoptr(BalReview) stored = bal_review_new (id);

  if (!bal_review_labels_read (transaction, stored, error))
    return FALSE;

  *changed = !g_strv_equal (bal_review_get_labels (stored), bal_review_get_labels (review)) ||
             !g_strv_equal (bal_review_get_categories (stored), bal_review_get_categories (review));
  if (!*changed)
    return TRUE;

  return bal_transaction_run_for_id (transaction, "DELETE FROM label WHERE review_id = ?", id, error) &&
         bal_review_labels_insert (transaction, review, error);
}
