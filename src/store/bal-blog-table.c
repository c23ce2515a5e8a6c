/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tables.h"

#include <glib/gi18n.h>

#include "bal-review-format.h"
#include "bal-review-rows.h"
#include "bal-time.h"
#include "bal-transaction.h"

#define BLOG_COLUMNS                                                                       \
  "SELECT id, name, provider, url, endpoint, authorize_url, user, user_id, author,"        \
  "  capabilities, signed_in, dialect, language, image_host, image_folder, image_url,"     \
  "  last_sync, format FROM blog "

static void
bind_blog (BalStatement *statement,
           BalBlog      *blog,
           const char   *format)
{
  bal_statement_bind_text (statement, bal_blog_get_name (blog));
  bal_statement_bind_text (statement, bal_blog_get_provider (blog));
  bal_statement_bind_text (statement, bal_blog_get_url (blog));
  bal_statement_bind_text (statement, bal_blog_get_endpoint (blog));
  bal_statement_bind_text (statement, bal_blog_get_authorize_url (blog));
  bal_statement_bind_text (statement, bal_blog_get_user (blog));
  bal_statement_bind_text (statement, bal_blog_get_user_id (blog));
  bal_statement_bind_text (statement, bal_blog_get_author (blog));
  bal_statement_bind_int (statement, bal_blog_get_capabilities (blog));
  bal_statement_bind_int (statement, bal_blog_get_signed_in (blog));
  bal_statement_bind_text (statement, bal_blog_get_dialect (blog));
  bal_statement_bind_text (statement, bal_blog_get_language (blog));
  bal_statement_bind_int (statement, bal_blog_get_image_host (blog));
  bal_statement_bind_text (statement, bal_blog_get_image_folder (blog));
  bal_statement_bind_text (statement, bal_blog_get_image_url (blog));
  bal_statement_bind_int (statement, bal_blog_get_last_sync (blog));
  bal_statement_bind_text (statement, format);
}

static BalBlog *
read_blog (BalStatement  *statement,
           GError       **error)
{
  g_autoptr(BalBlog) blog = bal_blog_new (bal_statement_read_int (statement));
  g_autoptr(BalReviewFormat) format = NULL;

  bal_blog_set_name (blog, bal_statement_read_text (statement));
  bal_blog_set_provider (blog, bal_statement_read_text (statement));
  bal_blog_set_url (blog, bal_statement_read_text (statement));
  bal_blog_set_endpoint (blog, bal_statement_read_text (statement));
  bal_blog_set_authorize_url (blog, bal_statement_read_text (statement));
  bal_blog_set_user (blog, bal_statement_read_text (statement));
  bal_blog_set_user_id (blog, bal_statement_read_text (statement));
  bal_blog_set_author (blog, bal_statement_read_text (statement));
  bal_blog_set_capabilities (blog, bal_statement_read_int (statement));
  bal_blog_set_signed_in (blog, bal_statement_read_int (statement) != 0);
  bal_blog_set_dialect (blog, bal_statement_read_text (statement));
  bal_blog_set_language (blog, bal_statement_read_text (statement));
  bal_blog_set_image_host (blog, bal_statement_read_int (statement));
  bal_blog_set_image_folder (blog, bal_statement_read_text (statement));
  bal_blog_set_image_url (blog, bal_statement_read_text (statement));
  bal_blog_set_last_sync (blog, bal_statement_read_int (statement));

  format = bal_review_format_from_string (bal_statement_read_text (statement), error);
  if (format == NULL)
    return NULL;

  bal_blog_set_format (blog, format);
  return g_steal_pointer (&blog);
}

/* A blog's name is what a person types to choose it, so it must tell blogs apart. */
static gboolean
check_name (BalTransaction  *transaction,
            BalBlog         *blog,
            GError         **error)
{
  const char *name = bal_blog_get_name (blog);
  g_autoptr(BalStatement) statement = NULL;

  if (name == NULL || *name == '\0')
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("A blog needs a name."));
      return FALSE;
    }

  statement = bal_transaction_prepare (transaction, "SELECT 1 FROM blog WHERE name = ? AND id <> ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, name);
  bal_statement_bind_int (statement, bal_blog_get_id (blog));
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("There is a blog named “%s” already. Choose another name."), name);
      return FALSE;

    case BAL_STEP_DONE:
      return TRUE;

    case BAL_STEP_ERROR:
    default:
      return FALSE;
    }
}

static void
set_not_found (const char  *name,
               GError     **error)
{
  if (name != NULL)
    g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no blog named “%s”."), name);
  else
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such blog."));
}

gint64
bal_blog_table_insert (BalTransaction  *transaction,
                       BalBlog         *blog,
                       GError         **error)
{
  g_autofree char *format = bal_review_format_to_string (bal_blog_get_format (blog));
  g_autoptr(BalStatement) statement = NULL;
  gint64 id;

  if (!check_name (transaction, blog, error))
    return 0;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO blog (name, provider, url, endpoint, authorize_url, user, user_id, author,"
    "  capabilities, signed_in, dialect, language, image_host, image_folder, image_url, last_sync, format)"
    "  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?, ?, ?, ?)",
    error);
  if (statement == NULL)
    return 0;

  bind_blog (statement, blog, format);
  if (!bal_statement_run (statement, error))
    return 0;

  id = bal_connection_get_insert_id (transaction->connection);
  bal_blog_set_id (blog, id);
  bal_transaction_note (transaction, BAL_ENTITY_BLOG, BAL_CHANGE_ADDED, id);
  return id;
}

static gboolean
read_format_text (BalTransaction  *transaction,
                  gint64           id,
                  char           **format,
                  GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT format FROM blog WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      *format = g_strdup (bal_statement_read_text (statement));
      return TRUE;

    case BAL_STEP_DONE:
      set_not_found (NULL, error);
      return FALSE;

    case BAL_STEP_ERROR:
    default:
      return FALSE;
    }
}

gboolean
bal_blog_table_update (BalTransaction  *transaction,
                       BalBlog         *blog,
                       GError         **error)
{
  g_autofree char *format = bal_review_format_to_string (bal_blog_get_format (blog));
  g_autofree char *old_format = NULL;
  g_autoptr(BalStatement) statement = NULL;
  gint64 id = bal_blog_get_id (blog);

  if (!check_name (transaction, blog, error) ||
      !read_format_text (transaction, id, &old_format, error))
    return FALSE;

  statement = bal_transaction_prepare (transaction,
    "UPDATE blog SET name = ?, provider = ?, url = ?, endpoint = ?, authorize_url = ?, user = ?,"
    "  user_id = ?, author = ?, capabilities = ?, signed_in = ?, dialect = ?, language = ?,"
    "  image_host = nullif (?, 0), image_folder = ?, image_url = ?, last_sync = ?, format = ? WHERE id = ?",
    error);
  if (statement == NULL)
    return FALSE;

  bind_blog (statement, blog, format);
  bal_statement_bind_int (statement, id);
  if (!bal_statement_run (statement, error))
    return FALSE;

  bal_transaction_note (transaction, BAL_ENTITY_BLOG, BAL_CHANGE_ALTERED, id);
  if (g_strcmp0 (format, old_format) == 0)
    return TRUE;

  g_hash_table_remove (bal_connection_get_formats (transaction->connection), &id);
  return bal_review_rows_read_fields_anew (transaction, id, error);
}

gboolean
bal_blog_table_set_language (BalTransaction  *transaction,
                             gint64           id,
                             const char      *language,
                             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE blog SET language = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, language);
  bal_statement_bind_int (statement, id);
  if (!bal_statement_run (statement, error))
    return FALSE;

  if (bal_connection_get_n_changed (transaction->connection) == 0)
    {
      set_not_found (NULL, error);
      return FALSE;
    }

  bal_transaction_note (transaction, BAL_ENTITY_BLOG, BAL_CHANGE_ALTERED, id);
  return TRUE;
}

/* Texts that the blog may not have would be gone for good; the history outlives the blog. */
static gboolean
keep_unsent_texts (BalTransaction  *transaction,
                   gint64           id,
                   GError         **error)
{
  g_autoptr(BalStatement) reviews = NULL;
  g_autoptr(BalStatement) comments = NULL;

  reviews = bal_transaction_prepare (transaction,
    "INSERT INTO revision (entity, entity_id, created, kind, title, html, excerpt, slug, featured_image,"
    "  labels, categories)"
    "  SELECT 1, r.id, ?, ?, r.title, b.html, r.excerpt, r.slug, r.featured_image,"
    "    (SELECT group_concat (name, char (31)) FROM label WHERE review_id = r.id AND kind = 0),"
    "    (SELECT group_concat (name, char (31)) FROM label WHERE review_id = r.id AND kind = 1)"
    "  FROM review r LEFT JOIN review_body b ON b.review_id = r.id"
    "  WHERE r.blog_id = ? AND (r.remote_id IS NULL"
    "    OR r.id IN (SELECT entity_id FROM outbox WHERE entity = 1)"
    "    OR r.id IN (SELECT entity_id FROM conflict WHERE entity = 1))",
    error);
  comments = reviews == NULL ? NULL : bal_transaction_prepare (transaction,
    "INSERT INTO revision (entity, entity_id, created, kind, html)"
    "  SELECT 2, c.id, ?, ?, c.html FROM comment c"
    "  WHERE c.blog_id = ? AND (c.remote_id IS NULL"
    "    OR c.id IN (SELECT entity_id FROM outbox WHERE entity = 2)"
    "    OR c.id IN (SELECT entity_id FROM conflict WHERE entity = 2))",
    error);
  if (comments == NULL)
    return FALSE;

  bal_statement_bind_int (reviews, bal_time_now ());
  bal_statement_bind_int (reviews, BAL_REVISION_DELETED);
  bal_statement_bind_int (reviews, id);
  bal_statement_bind_int (comments, bal_time_now ());
  bal_statement_bind_int (comments, BAL_REVISION_DELETED);
  bal_statement_bind_int (comments, id);

  return bal_statement_run (reviews, error) && bal_statement_run (comments, error);
}

gboolean
bal_blog_table_remove (BalTransaction  *transaction,
                       gint64           id,
                       GError         **error)
{
  if (!keep_unsent_texts (transaction, id, error))
    return FALSE;

  /* The rest of its rows follows by foreign keys. */
  if (!bal_transaction_run_for_id (transaction,
        "DELETE FROM review_fts WHERE rowid IN (SELECT id FROM review WHERE blog_id = ?)", id, error) ||
      !bal_transaction_run_for_id (transaction,
        "DELETE FROM comment_fts WHERE rowid IN (SELECT id FROM comment WHERE blog_id = ?)", id, error) ||
      !bal_transaction_run_for_id (transaction,
        "DELETE FROM text_todo WHERE entity = 1 AND id IN (SELECT id FROM review WHERE blog_id = ?)", id, error) ||
      !bal_transaction_run_for_id (transaction,
        "DELETE FROM text_todo WHERE entity = 2 AND id IN (SELECT id FROM comment WHERE blog_id = ?)", id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM comment WHERE blog_id = ?", id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM blog WHERE id = ?", id, error))
    return FALSE;

  if (bal_connection_get_n_changed (transaction->connection) == 0)
    {
      set_not_found (NULL, error);
      return FALSE;
    }

  g_hash_table_remove (bal_connection_get_formats (transaction->connection), &id);
  bal_change_set_set_everything (transaction->changes);
  return TRUE;
}

static BalBlog *
read_one (BalStatement  *statement,
          const char    *name,
          GError       **error)
{
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      return read_blog (statement, error);

    case BAL_STEP_DONE:
      set_not_found (name, error);
      return NULL;

    case BAL_STEP_ERROR:
    default:
      return NULL;
    }
}

BalBlog *
bal_blog_table_get (BalTransaction  *transaction,
                    gint64           id,
                    GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, BLOG_COLUMNS "WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  return read_one (statement, NULL, error);
}

BalBlog *
bal_blog_table_find (BalTransaction  *transaction,
                     const char      *name,
                     GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, BLOG_COLUMNS "WHERE name = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_text (statement, name);
  return read_one (statement, name, error);
}

GPtrArray *
bal_blog_table_list (BalTransaction  *transaction,
                     GError         **error)
{
  g_autoptr(GPtrArray) blogs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction, BLOG_COLUMNS "ORDER BY name, id", error);
  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalBlog *blog = read_blog (statement, error);

      if (blog == NULL)
        return NULL;
      g_ptr_array_add (blogs, blog);
    }

  return step == BAL_STEP_DONE ? g_steal_pointer (&blogs) : NULL;
}
