/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tables.h"

#include <glib/gi18n.h>

#include "bal-time.h"
#include "bal-transaction.h"

void
bal_reply_draft_free (BalReplyDraft *self)
{
  g_free (self->html);
  g_free (self->base);
  g_free (self);
}

static BalReplyDraft *
read_row (BalStatement *statement)
{
  BalReplyDraft *draft = g_new0 (BalReplyDraft, 1);

  draft->comment_id = bal_statement_read_int (statement);
  draft->edit = bal_statement_read_int (statement) != 0;
  draft->html = g_strdup (bal_statement_read_text (statement));
  draft->base = g_strdup (bal_statement_read_text (statement));
  draft->updated = bal_statement_read_int (statement);
  return draft;
}

GPtrArray *
bal_reply_draft_table_list (BalTransaction  *transaction,
                            GError         **error)
{
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_reply_draft_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT comment_id, edit, html, base, updated FROM reply_draft ORDER BY updated DESC, comment_id DESC", error);
  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (drafts, read_row (statement));
  return step == BAL_STEP_DONE ? g_steal_pointer (&drafts) : NULL;
}

BalReplyDraft *
bal_reply_draft_table_get (BalTransaction  *transaction,
                           gint64           comment_id,
                           gboolean         edit,
                           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT comment_id, edit, html, base, updated FROM reply_draft WHERE comment_id = ? AND edit = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, comment_id);
  bal_statement_bind_int (statement, edit != FALSE);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? read_row (statement) : NULL;
}

static gboolean
remove_draft (BalTransaction  *transaction,
              gint64           comment_id,
              gboolean         edit,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "DELETE FROM reply_draft WHERE comment_id = ? AND edit = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, comment_id);
  bal_statement_bind_int (statement, edit != FALSE);
  return bal_statement_run (statement, error);
}

/* The comment may be gone by now, but not its draft: the blog is known from either. */
static gboolean
put_draft (BalTransaction  *transaction,
           gint64           comment_id,
           gboolean         edit,
           const char      *html,
           const char      *base,
           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO reply_draft (comment_id, edit, blog_id, html, base, updated)"
    "  SELECT ?1, ?2, blog_id, ?3, ?4, ?5 FROM ("
    "    SELECT blog_id FROM comment WHERE id = ?1 UNION SELECT blog_id FROM reply_draft WHERE comment_id = ?1) LIMIT 1"
    "  ON CONFLICT (comment_id, edit) DO UPDATE SET html = excluded.html, base = excluded.base,"
    "  updated = excluded.updated",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, comment_id);
  bal_statement_bind_int (statement, edit != FALSE);
  bal_statement_bind_text (statement, html);
  bal_statement_bind_text (statement, base);
  bal_statement_bind_int (statement, bal_time_now ());
  if (!bal_statement_run (statement, error))
    return FALSE;
  if (bal_connection_get_n_changed (transaction->connection) > 0)
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such comment."));
  return FALSE;
}

gboolean
bal_reply_draft_table_put (BalTransaction  *transaction,
                           gint64           comment_id,
                           gboolean         edit,
                           const char      *html,
                           const char      *base,
                           GError         **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalReplyDraft) old = bal_reply_draft_table_get (transaction, comment_id, edit, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (g_strcmp0 (html, old != NULL ? old->html : NULL) == 0 &&
      (old == NULL || g_strcmp0 (base, old->base) == 0))
    return TRUE;

  bal_transaction_note (transaction, BAL_ENTITY_REPLY_DRAFT, BAL_CHANGE_ALTERED, comment_id);
  return html != NULL ? put_draft (transaction, comment_id, edit, html, base, error)
                      : remove_draft (transaction, comment_id, edit, error);
}
