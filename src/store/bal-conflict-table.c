/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-conflict-table.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-outbox-rows.h"
#include "bal-review-rows.h"
#include "bal-time.h"

#define CONFLICT_COLUMNS                                                                   \
  "SELECT id, blog_id, entity, entity_id, created, what, is_gone, " BAL_REVIEW_STATE_COLUMNS ","            \
  "  html, author, author_email, author_url, remote_parent_id FROM conflict "

void
bal_conflict_free (BalConflict *conflict)
{
  g_free (conflict->what);
  g_clear_object (&conflict->remote_review);
  g_clear_object (&conflict->remote_comment);
  g_free (conflict);
}

/* What was parked for a conflict, or is in one, waits for the person's choice. */
static gboolean
park (BalTransaction  *transaction,
      BalEntity        entity,
      gint64           entity_id,
      GError         **error)
{
  GError *local_error = NULL;
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, entity, entity_id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  return item == NULL || bal_outbox_item_is_in_flight (item) ||
         bal_outbox_set_parked (transaction, item->id, _("Both sides changed this. Choose one."), error);
}

static BalStatement *
prepare_put (BalTransaction  *transaction,
             GError         **error)
{
  return bal_transaction_prepare (transaction,
    "INSERT INTO conflict (blog_id, entity, entity_id, created, what, is_gone, " BAL_REVIEW_STATE_COLUMNS ","
    "  html, author, author_email, author_url, remote_parent_id)"
    "  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,"
    "    ?22, ?23, ?24)"
    "  ON CONFLICT (entity, entity_id) DO UPDATE SET created = ?4, what = ?5, is_gone = ?6, remote_id = ?7,"
    "    revision = ?8, title = ?9, excerpt = ?10, slug = ?11, url = ?12, featured_image = ?13, labels = ?14,"
    "    categories = ?15, status = ?16, audience = ?17, published = ?18, updated = ?19, html = ?20,"
    "    author = ?21, author_email = ?22, author_url = ?23, remote_parent_id = ?24"
    "  RETURNING id",
    error);
}

static void
bind_head (BalStatement *statement,
           gint64        blog_id,
           BalEntity     entity,
           gint64        entity_id,
           const char   *what,
           gboolean      is_gone)
{
  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, entity_id);
  bal_statement_bind_int (statement, bal_time_now ());
  bal_statement_bind_text (statement, what);
  bal_statement_bind_int (statement, is_gone);
}

static gboolean
run_put (BalTransaction  *transaction,
         BalStatement    *statement,
         BalEntity        entity,
         gint64           entity_id,
         gboolean         is_new,
         GError         **error)
{
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  bal_transaction_note (transaction, BAL_ENTITY_CONFLICT, is_new ? BAL_CHANGE_ADDED : BAL_CHANGE_ALTERED,
                        bal_statement_read_int (statement));
  bal_transaction_note (transaction, entity, BAL_CHANGE_ALTERED, entity_id);
  return bal_statement_run (statement, error) &&
         park (transaction, entity, entity_id, error);
}

gint64
bal_conflict_table_find (BalTransaction  *transaction,
                         BalEntity        entity,
                         gint64           entity_id,
                         GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM conflict WHERE entity = ? AND entity_id = ?", error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, entity_id);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
}

gboolean
bal_conflict_table_put_review (BalTransaction  *transaction,
                               gint64           review_id,
                               const char      *what,
                               BalReview       *remote,
                               GError         **error)
{
  g_autoptr(BalReview) mine = bal_review_table_get (transaction, review_id, error);
  g_autoptr(BalReview) shown = NULL;
  g_autoptr(BalStatement) statement = NULL;
  GError *local_error = NULL;
  gint64 before;

  if (mine == NULL)
    return FALSE;

  before = bal_conflict_table_find (transaction, BAL_ENTITY_REVIEW, review_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  statement = prepare_put (transaction, error);
  if (statement == NULL)
    return FALSE;

  shown = remote != NULL ? g_object_ref (remote) : bal_review_new (0);
  bind_head (statement, bal_review_get_blog_id (mine), BAL_ENTITY_REVIEW, review_id, what, remote == NULL);
  bal_review_rows_bind_state (statement, shown);
  bal_statement_bind_text (statement, bal_review_get_html (shown));
  for (guint i = 0; i < 4; i++)
    bal_statement_bind_null (statement);
  return run_put (transaction, statement, BAL_ENTITY_REVIEW, review_id, before == 0, error);
}

gboolean
bal_conflict_table_put_comment (BalTransaction  *transaction,
                                gint64           comment_id,
                                const char      *what,
                                BalComment      *remote,
                                GError         **error)
{
  g_autoptr(BalComment) mine = bal_comment_table_get_row (transaction, comment_id, error);
  g_autoptr(BalComment) shown = NULL;
  g_autoptr(BalReview) state = bal_review_new (0);
  g_autoptr(BalStatement) statement = NULL;
  GError *local_error = NULL;
  gint64 before;

  if (mine == NULL)
    return FALSE;

  before = bal_conflict_table_find (transaction, BAL_ENTITY_COMMENT, comment_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  statement = prepare_put (transaction, error);
  if (statement == NULL)
    return FALSE;

  /* A comment's state fills those of the review's columns that both have. */
  shown = remote != NULL ? g_object_ref (remote) : bal_comment_new (0);
  bal_review_set_remote_id (state, bal_comment_get_remote_id (shown));
  bal_review_set_url (state, bal_comment_get_url (shown));
  bal_review_set_published (state, bal_comment_get_created (shown));
  bind_head (statement, bal_comment_get_blog_id (mine), BAL_ENTITY_COMMENT, comment_id, what, remote == NULL);
  bal_review_set_status (state, (BalReviewStatus) bal_comment_get_status (shown));
  bal_review_rows_bind_state (statement, state);
  bal_statement_bind_text (statement, bal_comment_get_html (shown));
  bal_statement_bind_text (statement, bal_comment_get_author (shown));
  bal_statement_bind_text (statement, bal_comment_get_author_email (shown));
  bal_statement_bind_text (statement, bal_comment_get_author_url (shown));
  bal_statement_bind_text (statement, bal_comment_get_remote_parent_id (shown));
  return run_put (transaction, statement, BAL_ENTITY_COMMENT, comment_id, before == 0, error);
}

static BalConflict *
read_conflict (BalStatement *statement)
{
  BalConflict *conflict = g_new0 (BalConflict, 1);
  g_autoptr(BalReview) state = NULL;
  g_autoptr(BalComment) comment = NULL;
  const char *html;
  gboolean is_gone;

  conflict->id = bal_statement_read_int (statement);
  conflict->blog_id = bal_statement_read_int (statement);
  conflict->entity = bal_statement_read_int (statement);
  conflict->entity_id = bal_statement_read_int (statement);
  conflict->created = bal_statement_read_int (statement);
  conflict->what = g_strdup (bal_statement_read_text (statement));
  is_gone = bal_statement_read_int (statement) != 0;

  state = bal_review_new (conflict->entity_id);
  bal_review_set_blog_id (state, conflict->blog_id);
  bal_review_rows_read_state (statement, state);
  html = bal_statement_read_text (statement);
  if (is_gone)
    return conflict;

  if (conflict->entity == BAL_ENTITY_REVIEW)
    {
      bal_review_set_html (state, html);
      conflict->remote_review = g_steal_pointer (&state);
      return conflict;
    }

  comment = bal_comment_new (conflict->entity_id);
  bal_comment_set_blog_id (comment, conflict->blog_id);
  bal_comment_set_remote_id (comment, bal_review_get_remote_id (state));
  bal_comment_set_url (comment, bal_review_get_url (state));
  bal_comment_set_created (comment, bal_review_get_published (state));
  bal_comment_set_status (comment, (BalCommentStatus) bal_review_get_status (state));
  bal_comment_set_html (comment, html);
  bal_comment_set_author (comment, bal_statement_read_text (statement));
  bal_comment_set_author_email (comment, bal_statement_read_text (statement));
  bal_comment_set_author_url (comment, bal_statement_read_text (statement));
  bal_comment_set_remote_parent_id (comment, bal_statement_read_text (statement));
  conflict->remote_comment = g_steal_pointer (&comment);
  return conflict;
}

GPtrArray *
bal_conflict_table_list (BalTransaction  *transaction,
                         gint64           blog_id,
                         GError         **error)
{
  g_autoptr(GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_conflict_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    CONFLICT_COLUMNS "WHERE ?1 = 0 OR blog_id = ?1 ORDER BY id", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (conflicts, read_conflict (statement));
  return step == BAL_STEP_DONE ? g_steal_pointer (&conflicts) : NULL;
}

BalConflict *
bal_conflict_table_get (BalTransaction  *transaction,
                        gint64           id,
                        GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, CONFLICT_COLUMNS "WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      return read_conflict (statement);

    case BAL_STEP_DONE:
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such conflict."));
      return NULL;

    case BAL_STEP_ERROR:
    default:
      return NULL;
    }
}
