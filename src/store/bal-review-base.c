/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-rows.h"

void
bal_review_rows_bind_state (BalStatement *statement,
                            BalReview    *review)
{
  bal_statement_bind_text (statement, bal_review_get_remote_id (review));
  bal_statement_bind_text (statement, bal_review_get_revision (review));
  bal_statement_bind_text (statement, bal_review_get_title (review));
  bal_statement_bind_text (statement, bal_review_get_excerpt (review));
  bal_statement_bind_text (statement, bal_review_get_slug (review));
  bal_statement_bind_text (statement, bal_review_get_url (review));
  bal_statement_bind_text (statement, bal_review_get_featured_image (review));
  bal_statement_bind_strv (statement, bal_review_get_labels (review));
  bal_statement_bind_strv (statement, bal_review_get_categories (review));
  bal_statement_bind_int (statement, bal_review_get_status (review));
  bal_statement_bind_int (statement, bal_review_get_audience (review));
  bal_statement_bind_int (statement, bal_review_get_published (review));
  bal_statement_bind_int (statement, bal_review_get_updated (review));
}

void
bal_review_rows_read_state (BalStatement *statement,
                            BalReview    *review)
{
  g_auto(GStrv) labels = NULL;
  g_auto(GStrv) categories = NULL;

  bal_review_set_remote_id (review, bal_statement_read_text (statement));
  bal_review_set_revision (review, bal_statement_read_text (statement));
  bal_review_set_title (review, bal_statement_read_text (statement));
  bal_review_set_excerpt (review, bal_statement_read_text (statement));
  bal_review_set_slug (review, bal_statement_read_text (statement));
  bal_review_set_url (review, bal_statement_read_text (statement));
  bal_review_set_featured_image (review, bal_statement_read_text (statement));
  labels = bal_statement_read_strv (statement);
  categories = bal_statement_read_strv (statement);
  bal_review_set_labels (review, (const char *const *) labels);
  bal_review_set_categories (review, (const char *const *) categories);
  bal_review_set_status (review, bal_statement_read_int (statement));
  bal_review_set_audience (review, bal_statement_read_int (statement));
  bal_review_set_published (review, bal_statement_read_int (statement));
  bal_review_set_updated (review, bal_statement_read_int (statement));
}

BalReview *
bal_review_base_get (BalTransaction  *transaction,
                     gint64           review_id,
                     GError         **error)
{
  g_autoptr(BalReview) base = NULL;
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT blog_id, " BAL_REVIEW_STATE_COLUMNS ","
    "  coalesce (html, (SELECT html FROM review_body WHERE review_id = ?1))"
    "  FROM review_base WHERE review_id = ?1",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, review_id);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return NULL;

  base = bal_review_new (review_id);
  bal_review_set_blog_id (base, bal_statement_read_int (statement));
  bal_review_rows_read_state (statement, base);
  bal_review_set_html (base, bal_statement_read_text (statement));
  return g_steal_pointer (&base);
}

gboolean
bal_review_base_put (BalTransaction  *transaction,
                     gint64           review_id,
                     BalReview       *base,
                     GError         **error)
{
  const char *html = bal_review_get_html (base) != NULL ? bal_review_get_html (base) : "";
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "REPLACE INTO review_base (review_id, blog_id, " BAL_REVIEW_STATE_COLUMNS ", html)"
    "  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
    "    CASE WHEN (SELECT html FROM review_body WHERE review_id = ?1) = ?16 THEN NULL ELSE ?16 END)",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, review_id);
  bal_statement_bind_int (statement, bal_review_get_blog_id (base));
  bal_review_rows_bind_state (statement, base);
  bal_statement_bind_text (statement, html);
  return bal_statement_run (statement, error);
}

gboolean
bal_review_base_detach (BalTransaction  *transaction,
                        gint64           review_id,
                        const char      *new_html,
                        GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "UPDATE review_base SET html = b.html FROM review_body b"
    "  WHERE review_base.review_id = ? AND b.review_id = review_base.review_id"
    "    AND review_base.html IS NULL AND b.html <> ?",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, review_id);
  bal_statement_bind_text (statement, new_html);
  return bal_statement_run (statement, error);
}

gboolean
bal_review_base_remove (BalTransaction  *transaction,
                        gint64           review_id,
                        GError         **error)
{
  return bal_transaction_run_for_id (transaction, "DELETE FROM review_base WHERE review_id = ?", review_id, error);
}

GHashTable *
bal_review_base_list (BalTransaction  *transaction,
                      gint64           blog_id,
                      GError         **error)
{
  g_autoptr(GHashTable) bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT remote_id, revision FROM review_base WHERE blog_id = ? AND remote_id IS NOT NULL", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      char *remote_id = g_strdup (bal_statement_read_text (statement));

      g_hash_table_insert (bases, remote_id, g_strdup (bal_statement_read_text (statement)));
    }

  return step == BAL_STEP_DONE ? g_steal_pointer (&bases) : NULL;
}
