/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-table.h"

#include <string.h>

#include "bal-transaction.h"

/* A post's date differs by as much when one side notes it without its time zone. */
#define SAME_DAY (24 * 60 * 60)
/* More reviews than anybody writes in two days; a file may say that all are of one. */
#define MOST_CANDIDATES "200"

gint64
bal_import_table_find (BalTransaction  *transaction,
                       gint64           blog_id,
                       BalEntity        entity,
                       const char      *source,
                       const char      *key,
                       char           **hash,
                       GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  gint64 id;

  statement = entity == BAL_ENTITY_REVIEW
    ? bal_transaction_prepare (transaction,
        "SELECT i.entity_id, i.hash FROM import_item i JOIN review e ON e.id = i.entity_id"
        "  WHERE i.blog_id = ? AND i.entity = 1 AND i.source = ? AND i.key = ? AND e.blog_id = i.blog_id", error)
    : bal_transaction_prepare (transaction,
        "SELECT i.entity_id, i.hash FROM import_item i JOIN comment e ON e.id = i.entity_id"
        "  WHERE i.blog_id = ? AND i.entity = 2 AND i.source = ? AND i.key = ? AND e.blog_id = i.blog_id", error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, source);
  bal_statement_bind_text (statement, key);
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return 0;

  id = bal_statement_read_int (statement);
  if (hash != NULL)
    *hash = g_strdup (bal_statement_read_text (statement));
  return id;
}

gint64
bal_import_table_find_own (BalTransaction  *transaction,
                           gint64           blog_id,
                           BalEntity        entity,
                           gint64           review_id,
                           const char      *key,
                           const char      *remote_id,
                           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = entity == BAL_ENTITY_REVIEW
    ? bal_transaction_prepare (transaction,
        "SELECT id FROM review WHERE key = ?1 AND blog_id = ?3"
        "  UNION ALL SELECT id FROM review WHERE blog_id = ?3 AND remote_id = ?2", error)
    : bal_transaction_prepare (transaction,
        "SELECT id FROM comment WHERE review_id = ?4 AND key = ?1"
        "  UNION ALL SELECT id FROM comment WHERE blog_id = ?3 AND remote_id = ?2", error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_text (statement, key);
  bal_statement_bind_text (statement, remote_id);
  bal_statement_bind_int (statement, blog_id);
  if (entity == BAL_ENTITY_COMMENT)
    bal_statement_bind_int (statement, review_id);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
}

gboolean
bal_import_table_put (BalTransaction  *transaction,
                      gint64           blog_id,
                      BalEntity        entity,
                      const char      *source,
                      const char      *key,
                      gint64           entity_id,
                      const char      *hash,
                      gint64           run_id,
                      GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT OR REPLACE INTO import_item (blog_id, entity, source, key, entity_id, hash, run_id)"
    "  VALUES (?, ?, ?, ?, ?, ?, nullif (?, 0))",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_int (statement, entity);
  bal_statement_bind_text (statement, source);
  bal_statement_bind_text (statement, key);
  bal_statement_bind_int (statement, entity_id);
  bal_statement_bind_text (statement, hash);
  bal_statement_bind_int (statement, run_id);
  return bal_statement_run (statement, error);
}

/* Where the path of an address starts: a blog may have moved to another host, or to https. */
static const char *
find_path (const char *url)
{
  const char *host = url != NULL ? strstr (url, "://") : NULL;
  const char *path = host != NULL ? strchr (host + 3, '/') : url;

  return path != NULL && path[0] != '\0' && path[1] != '\0' ? path : NULL;
}

static gboolean
are_same (const char *a,
          const char *b)
{
  return a != NULL && *a != '\0' && g_strcmp0 (a, b) == 0;
}

gboolean
bal_import_table_has_others (BalTransaction  *transaction,
                             gint64           blog_id,
                             const char      *source,
                             gboolean        *others,
                             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT 1 FROM review r WHERE blog_id = ?"
    "  AND NOT EXISTS (SELECT 1 FROM import_item WHERE entity = 1 AND entity_id = r.id AND source = ?) LIMIT 1",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, source);
  step = bal_statement_step (statement, error);
  *others = step == BAL_STEP_ROW;
  return step != BAL_STEP_ERROR;
}

gint64
bal_import_table_match (BalTransaction  *transaction,
                        BalReview       *review,
                        const char      *source,
                        GError         **error)
{
  gint64 published = bal_review_get_published (review);
  const char *path = find_path (bal_review_get_url (review));
  g_autoptr(BalStatement) statement = NULL;

  if (published == 0)
    return 0;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, title, slug, url FROM review r WHERE sort_time BETWEEN ?1 - ?2 AND ?1 + ?2 AND blog_id = ?3"
    "  AND NOT EXISTS (SELECT 1 FROM import_item WHERE entity = 1 AND entity_id = r.id AND source = ?4)"
    "  ORDER BY abs (sort_time - ?1), id LIMIT " MOST_CANDIDATES,
    error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, published);
  bal_statement_bind_int (statement, SAME_DAY);
  bal_statement_bind_int (statement, bal_review_get_blog_id (review));
  bal_statement_bind_text (statement, source);
  while (bal_statement_step (statement, error) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);
      gboolean same = are_same (bal_review_get_title (review), bal_statement_read_text (statement));

      same |= are_same (bal_review_get_slug (review), bal_statement_read_text (statement));
      same |= are_same (path, find_path (bal_statement_read_text (statement)));
      if (same)
        return id;
    }

  return 0;
}

gint64
bal_import_table_match_comment (BalTransaction  *transaction,
                                gint64           review_id,
                                const char      *author,
                                gint64           created,
                                const char      *source,
                                GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM comment c WHERE review_id = ?1 AND created / 60 = ?2 / 60 AND coalesce (author, '') = ?3"
    "  AND NOT EXISTS (SELECT 1 FROM import_item WHERE entity = 2 AND entity_id = c.id AND source = ?4)"
    "  ORDER BY abs (created - ?2), id LIMIT 1",
    error);
  if (statement == NULL || created == 0)
    return 0;

  bal_statement_bind_int (statement, review_id);
  bal_statement_bind_int (statement, created);
  bal_statement_bind_text (statement, author != NULL ? author : "");
  bal_statement_bind_text (statement, source);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
}
