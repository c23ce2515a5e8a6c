/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-client.h"

#include "bal-error.h"
#include "bal-transaction.h"

typedef struct
{
  SyncClient *client;
  BalEntity   entity;
  gint64      id;
  const char *name;
  gpointer    found;
} Query;

static gboolean
find_review (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Query *query = data;

  query->id = bal_review_table_find_remote (transaction, query->client->blog_id, query->name, error);
  return TRUE;
}

gint64
sync_client_find_review (SyncClient *self,
                         const char *remote_id)
{
  Query query = { .client = self, .name = remote_id };

  sync_client_read (self, find_review, &query);
  return query.id;
}

static gboolean
find_comment (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Query *query = data;

  query->id = bal_comment_table_find_remote (transaction, query->client->blog_id, query->name, error);
  return TRUE;
}

gint64
sync_client_find_comment (SyncClient *self,
                          const char *remote_id)
{
  Query query = { .client = self, .name = remote_id };

  sync_client_read (self, find_comment, &query);
  return query.id;
}

/* There being none is an answer. */
static gboolean
found_or_not (Query   *query,
              GError  *failed,
              GError **error)
{
  if (query->found != NULL || g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_clear_error (&failed);
      return TRUE;
    }
  g_propagate_error (error, failed);
  return FALSE;
}

static gboolean
get_review (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Query *query = data;
  GError *failed = NULL;

  query->found = bal_review_table_get (transaction, query->id, &failed);
  return found_or_not (query, failed, error);
}

BalReview *
sync_client_get_review (SyncClient *self,
                        gint64      id)
{
  Query query = { .id = id };

  sync_client_read (self, get_review, &query);
  return query.found;
}

static gboolean
get_comment (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Query *query = data;
  GError *failed = NULL;

  query->found = bal_comment_table_get (transaction, query->id, &failed);
  return found_or_not (query, failed, error);
}

BalComment *
sync_client_get_comment (SyncClient *self,
                         gint64      id)
{
  Query query = { .id = id };

  sync_client_read (self, get_comment, &query);
  return query.found;
}

static gboolean
get_blog (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Query *query = data;

  query->found = bal_blog_table_get (transaction, query->client->blog_id, error);
  return query->found != NULL;
}

BalBlog *
sync_client_get_blog (SyncClient *self)
{
  Query query = { .client = self };

  sync_client_read (self, get_blog, &query);
  return query.found;
}

/* All in one question; by state, the newest first. */
static gboolean
list_reviews (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Query *query = data;
  g_autoptr(BalStatement) statement = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  BalStep step;

  query->found = g_ptr_array_new_with_free_func (g_object_unref);
  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM review WHERE blog_id = ? ORDER BY status, sort_time DESC, id DESC", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, query->client->blog_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    g_ptr_array_add (query->found, bal_review_table_get (transaction, g_array_index (ids, gint64, i), error));
  return step == BAL_STEP_DONE;
}

GPtrArray *
sync_client_list_reviews (SyncClient *self)
{
  Query query = { .client = self };

  sync_client_read (self, list_reviews, &query);
  return query.found;
}

static gboolean
list_thread (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Query *query = data;

  query->found = bal_comment_table_thread (transaction, query->id, error);
  return query->found != NULL;
}

GPtrArray *
sync_client_list_thread (SyncClient *self,
                         gint64      review_id)
{
  Query query = { .id = review_id };

  sync_client_read (self, list_thread, &query);
  return query.found;
}

static gboolean
list_outbox (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Query *query = data;

  query->found = bal_outbox_list (transaction, query->client->blog_id, error);
  return query->found != NULL;
}

GPtrArray *
sync_client_list_outbox (SyncClient *self)
{
  Query query = { .client = self };

  sync_client_read (self, list_outbox, &query);
  return query.found;
}

static gboolean
list_conflicts (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Query *query = data;

  query->found = bal_conflict_table_list (transaction, query->client->blog_id, error);
  return query->found != NULL;
}

GPtrArray *
sync_client_list_conflicts (SyncClient *self)
{
  Query query = { .client = self };

  sync_client_read (self, list_conflicts, &query);
  return query.found;
}

static gboolean
list_revisions (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  Query *query = data;

  query->found = bal_revision_table_list (transaction, query->entity, query->id, error);
  return query->found != NULL;
}

GPtrArray *
sync_client_list_revisions (SyncClient *self,
                            BalEntity   entity,
                            gint64      id)
{
  Query query = { .entity = entity, .id = id };

  sync_client_read (self, list_revisions, &query);
  return query.found;
}

static gboolean
get_cursor (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Query *query = data;

  query->found = bal_cursor_table_get (transaction, query->client->blog_id, query->name, error);
  return TRUE;
}

char *
sync_client_get_cursor (SyncClient *self,
                        const char *name)
{
  Query query = { .client = self, .name = name };

  sync_client_read (self, get_cursor, &query);
  return query.found;
}
