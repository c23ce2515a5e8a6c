/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-rows.h"

BalComment *
bal_comment_base_get (BalTransaction  *transaction,
                      gint64           comment_id,
                      GError         **error)
{
  g_autoptr(BalComment) base = NULL;
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT blog_id, review_id, remote_id, remote_parent_id, author, author_email, author_url, author_ip,"
    "  user_agent, mine, status, created, url,"
    "  coalesce (html, (SELECT html FROM comment WHERE id = ?1))"
    "  FROM comment_base WHERE comment_id = ?1",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, comment_id);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return NULL;

  base = bal_comment_new (comment_id);
  bal_comment_set_blog_id (base, bal_statement_read_int (statement));
  bal_comment_set_review_id (base, bal_statement_read_int (statement));
  bal_comment_set_remote_id (base, bal_statement_read_text (statement));
  bal_comment_set_remote_parent_id (base, bal_statement_read_text (statement));
  bal_comment_set_author (base, bal_statement_read_text (statement));
  bal_comment_set_author_email (base, bal_statement_read_text (statement));
  bal_comment_set_author_url (base, bal_statement_read_text (statement));
  bal_comment_set_author_ip (base, bal_statement_read_text (statement));
  bal_comment_set_user_agent (base, bal_statement_read_text (statement));
  bal_comment_set_mine (base, bal_statement_read_int (statement) != 0);
  bal_comment_set_status (base, bal_statement_read_int (statement));
  bal_comment_set_created (base, bal_statement_read_int (statement));
  bal_comment_set_url (base, bal_statement_read_text (statement));
  bal_comment_set_html (base, bal_statement_read_text (statement));
  return g_steal_pointer (&base);
}

gboolean
bal_comment_base_put (BalTransaction  *transaction,
                      gint64           comment_id,
                      BalComment      *base,
                      GError         **error)
{
  const char *html = bal_comment_get_html (base) != NULL ? bal_comment_get_html (base) : "";
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "REPLACE INTO comment_base (comment_id, blog_id, review_id, remote_id, remote_parent_id, author,"
    "  author_email, author_url, author_ip, user_agent, mine, status, created, url, html)"
    "  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
    "    CASE WHEN (SELECT html FROM comment WHERE id = ?1) = ?15 THEN NULL ELSE ?15 END)",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, comment_id);
  bal_statement_bind_int (statement, bal_comment_get_blog_id (base));
  bal_statement_bind_int (statement, bal_comment_get_review_id (base));
  bal_statement_bind_text (statement, bal_comment_get_remote_id (base));
  bal_statement_bind_text (statement, bal_comment_get_remote_parent_id (base));
  bal_statement_bind_text (statement, bal_comment_get_author (base));
  bal_statement_bind_text (statement, bal_comment_get_author_email (base));
  bal_statement_bind_text (statement, bal_comment_get_author_url (base));
  bal_statement_bind_text (statement, bal_comment_get_author_ip (base));
  bal_statement_bind_text (statement, bal_comment_get_user_agent (base));
  bal_statement_bind_int (statement, bal_comment_get_mine (base));
  bal_statement_bind_int (statement, bal_comment_get_status (base));
  bal_statement_bind_int (statement, bal_comment_get_created (base));
  bal_statement_bind_text (statement, bal_comment_get_url (base));
  bal_statement_bind_text (statement, html);
  return bal_statement_run (statement, error);
}

gboolean
bal_comment_base_detach (BalTransaction  *transaction,
                         gint64           comment_id,
                         const char      *new_html,
                         GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "UPDATE comment_base SET html = coalesce (c.html, '') FROM comment c"
    "  WHERE comment_base.comment_id = ? AND c.id = comment_base.comment_id"
    "    AND comment_base.html IS NULL AND c.html IS NOT ?",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, comment_id);
  bal_statement_bind_text (statement, new_html);
  return bal_statement_run (statement, error);
}

gboolean
bal_comment_base_remove (BalTransaction  *transaction,
                         gint64           comment_id,
                         GError         **error)
{
  return bal_transaction_run_for_id (transaction, "DELETE FROM comment_base WHERE comment_id = ?",
                                     comment_id, error);
}

gboolean
bal_comment_base_move (BalTransaction  *transaction,
                       gint64           review_id,
                       gint64           target_id,
                       GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE comment_base SET review_id = ? WHERE review_id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, target_id);
  bal_statement_bind_int (statement, review_id);
  return bal_statement_run (statement, error);
}

GHashTable *
bal_comment_base_list (BalTransaction  *transaction,
                       gint64           blog_id,
                       GError         **error)
{
  g_autoptr(GHashTable) bases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT remote_id, status FROM comment_base WHERE blog_id = ? AND remote_id IS NOT NULL", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      char *remote_id = g_strdup (bal_statement_read_text (statement));

      g_hash_table_insert (bases, remote_id, GINT_TO_POINTER (bal_statement_read_int (statement)));
    }

  return step == BAL_STEP_DONE ? g_steal_pointer (&bases) : NULL;
}
