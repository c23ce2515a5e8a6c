/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-revision-rows.h"

#include "bal-time.h"

#include <glib/gi18n.h>

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

/* After the id. */
static BalRevision *
read_row (BalStatement *statement,
          gint64        id)
{
  BalRevision *revision = g_new0 (BalRevision, 1);

  revision->id = id;
  revision->entity = bal_statement_read_int (statement);
  revision->entity_id = bal_statement_read_int (statement);
  revision->created = bal_statement_read_int (statement);
  revision->kind = bal_statement_read_int (statement);
  revision->title = g_strdup (bal_statement_read_text (statement));
  revision->html = g_strdup (bal_statement_read_text (statement));
  revision->excerpt = g_strdup (bal_statement_read_text (statement));
  revision->slug = g_strdup (bal_statement_read_text (statement));
  revision->featured_image = g_strdup (bal_statement_read_text (statement));
  revision->labels = bal_statement_read_strv (statement);
  revision->categories = bal_statement_read_strv (statement);
  return revision;
}

static GPtrArray *
read_list (BalStatement  *statement,
           BalEntity      entity,
           gint64         entity_id,
           GError       **error)
{
  g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_revision_free);
  BalStep step;

  bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, entity_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);

      g_ptr_array_add (revisions, read_row (statement, id));
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&revisions) : NULL;
}

GPtrArray *
bal_revision_table_list (BalTransaction  *transaction,
                         BalEntity        entity,
                         gint64           entity_id,
                         GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, entity, entity_id, created, kind, title, html, excerpt, slug, featured_image, labels, categories"
    "  FROM revision WHERE entity = ? AND entity_id = ? ORDER BY id DESC",
    error);
  return statement != NULL ? read_list (statement, entity, entity_id, error) : NULL;
}

GPtrArray *
bal_revision_table_list_heads (BalTransaction  *transaction,
                               BalEntity        entity,
                               gint64           entity_id,
                               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, entity, entity_id, created, kind, title, NULL, NULL, NULL, NULL, NULL, NULL"
    "  FROM revision WHERE entity = ? AND entity_id = ? ORDER BY id DESC",
    error);
  return statement != NULL ? read_list (statement, entity, entity_id, error) : NULL;
}

BalRevision *
bal_revision_table_get (BalTransaction  *transaction,
                        gint64           id,
                        GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT entity, entity_id, created, kind, title, html, excerpt, slug, featured_image, labels, categories"
    "  FROM revision WHERE id = ?",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    return read_row (statement, id);
  if (step == BAL_STEP_DONE)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("That version is not kept any more."));
  return NULL;
}

#define NEWEST_SENT "(SELECT max (id) FROM revision WHERE entity = 1 AND entity_id = ?1 AND kind = 2)"

BalRevision *
bal_revision_table_find_sent (BalTransaction  *transaction,
                              gint64           review_id,
                              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  gint64 id;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, entity, entity_id, created, kind, title, html, excerpt, slug, featured_image, labels, categories"
    "  FROM revision WHERE id = " NEWEST_SENT,
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, review_id);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return NULL;
  id = bal_statement_read_int (statement);
  return read_row (statement, id);
}

gboolean
bal_revision_table_forget_sent (BalTransaction  *transaction,
                                BalReview       *review,
                                GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "DELETE FROM revision WHERE id = " NEWEST_SENT " AND title IS ?2 AND html IS ?3", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_review_get_id (review));
  bal_statement_bind_text (statement, bal_review_get_title (review));
  bal_statement_bind_text (statement, bal_review_get_html (review));
  return bal_statement_run (statement, error);
}

gboolean
bal_revision_table_forget_sent_comment (BalTransaction  *transaction,
                                        BalComment      *comment,
                                        GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "DELETE FROM revision WHERE entity = 2 AND entity_id = ?1 AND kind = 2 AND html IS ?2", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  bal_statement_bind_text (statement, bal_comment_get_html (comment));
  return bal_statement_run (statement, error);
}

void
bal_revision_apply (const BalRevision *self,
                    BalReview         *review)
{
  bal_review_set_title (review, self->title);
  bal_review_set_html (review, self->html != NULL ? self->html : "");
  bal_review_set_excerpt (review, self->excerpt);
  bal_review_set_slug (review, self->slug);
  bal_review_set_featured_image (review, self->featured_image);
  bal_review_set_labels (review, (const char *const *) self->labels);
  bal_review_set_categories (review, (const char *const *) self->categories);
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
    "SELECT kind IN (0, 5) AND created >= ? FROM revision WHERE entity = ? AND entity_id = ? ORDER BY id DESC LIMIT 1",
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
