/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-revision-rows.h"

#include "bal-time.h"

void
bal_revision_free (BalRevision *revision)
{
  g_free (revision->title);
  g_free (revision->html);
  g_free (revision->excerpt);
  g_free (revision->slug);
  g_free (revision->featured_image);
  g_strfreev (revision->labels);
  g_strfreev (revision->categories);
  g_free (revision);
}

gboolean
bal_revision_table_add_review (BalTransaction   *transaction,
                               BalRevisionKind   kind,
                               BalReview        *review,
                               GError          **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO revision (entity, entity_id, created, kind, title, html, excerpt, slug, featured_image,"
    "  labels, categories) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_review_get_id (review));
  bal_statement_bind_int (statement, bal_time_now ());
  bal_statement_bind_int (statement, kind);
  bal_statement_bind_text (statement, bal_review_get_title (review));
  bal_statement_bind_text (statement, bal_review_get_html (review));
  bal_statement_bind_text (statement, bal_review_get_excerpt (review));
  bal_statement_bind_text (statement, bal_review_get_slug (review));
  bal_statement_bind_text (statement, bal_review_get_featured_image (review));
  bal_statement_bind_strv (statement, bal_review_get_labels (review));
  bal_statement_bind_strv (statement, bal_review_get_categories (review));
  return bal_statement_run (statement, error);
}

gboolean
bal_revision_table_add_comment (BalTransaction   *transaction,
                                BalRevisionKind   kind,
                                BalComment       *comment,
                                GError          **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO revision (entity, entity_id, created, kind, html) VALUES (2, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  bal_statement_bind_int (statement, bal_time_now ());
  bal_statement_bind_int (statement, kind);
  bal_statement_bind_text (statement, bal_comment_get_html (comment));
  return bal_statement_run (statement, error);
}

GPtrArray *
bal_revision_table_list (BalTransaction  *transaction,
                         BalEntity        entity,
                         gint64           entity_id,
                         GError         **error)
{
  g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_revision_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, created, kind, title, html, excerpt, slug, featured_image, labels, categories"
    "  FROM revision WHERE entity = ? AND entity_id = ? ORDER BY id DESC",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, entity_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalRevision *revision = g_new0 (BalRevision, 1);

      revision->id = bal_statement_read_int (statement);
      revision->entity = entity;
      revision->entity_id = entity_id;
      revision->created = bal_statement_read_int (statement);
      revision->kind = bal_statement_read_int (statement);
      revision->title = g_strdup (bal_statement_read_text (statement));
      revision->html = g_strdup (bal_statement_read_text (statement));
      revision->excerpt = g_strdup (bal_statement_read_text (statement));
      revision->slug = g_strdup (bal_statement_read_text (statement));
      revision->featured_image = g_strdup (bal_statement_read_text (statement));
      revision->labels = bal_statement_read_strv (statement);
      revision->categories = bal_statement_read_strv (statement);
      g_ptr_array_add (revisions, revision);
    }

  return step == BAL_STEP_DONE ? g_steal_pointer (&revisions) : NULL;
}

gboolean
bal_revision_table_is_recent (BalTransaction  *transaction,
                              BalEntity        entity,
                              gint64           entity_id,
                              gint64           since,
                              gboolean        *is_recent,
                              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT kind = 0 AND created >= ? FROM revision WHERE entity = ? AND entity_id = ? ORDER BY id DESC LIMIT 1",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, since);
  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, entity_id);
  step = bal_statement_step (statement, error);
  *is_recent = step == BAL_STEP_ROW && bal_statement_read_int (statement) != 0;
  return step != BAL_STEP_ERROR;
}
