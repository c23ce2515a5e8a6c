/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-index.h"

#include <string.h>

#include "bal-safe-links.h"
#include "bal-safe-text.h"

/* About 50 ms of work: a person's save waits no longer than that behind it. */
#define MAX_ROWS  4000
#define MAX_BYTES (1024 * 1024)

typedef struct
{
  BalEntity entity;
  gint64    id;
  gboolean  is_new;      /* beyond the mark, rather than in text_todo */
} Todo;

gboolean
bal_text_index_has_work (BalConnection  *connection,
                         gboolean       *has_work,
                         GError        **error)
{
  gint64 value;

  if (!bal_connection_read_int (connection,
        "SELECT EXISTS (SELECT 1 FROM text_todo)"
        "  OR (SELECT max (id) FROM review) > (SELECT id FROM text_mark WHERE entity = 1)"
        "  OR (SELECT max (id) FROM comment) > (SELECT id FROM text_mark WHERE entity = 2)",
        &value, error))
    return FALSE;

  *has_work = value != 0;
  return TRUE;
}

static gboolean
append_todo (BalStatement  *statement,
             GArray        *todo,
             GError       **error)
{
  BalStep step;

  bal_statement_bind_int (statement, MAX_ROWS);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      Todo one = { 0 };

      one.entity = bal_statement_read_int (statement);
      one.id = bal_statement_read_int (statement);
      one.is_new = bal_statement_read_int (statement) != 0;
      g_array_append_val (todo, one);
    }
  return step == BAL_STEP_DONE;
}

/* Altered rows first: a person has just worked on those. */
static gboolean
read_todo (BalTransaction  *transaction,
           GArray          *todo,
           GError         **error)
{
  g_autoptr(BalStatement) altered = NULL;
  g_autoptr(BalStatement) reviews = NULL;
  g_autoptr(BalStatement) comments = NULL;

  altered = bal_transaction_prepare (transaction, "SELECT entity, id, 0 FROM text_todo LIMIT ?", error);
  if (altered == NULL || !append_todo (altered, todo, error))
    return FALSE;

  reviews = bal_transaction_prepare (transaction,
    "SELECT 1, id, 1 FROM review WHERE id > (SELECT id FROM text_mark WHERE entity = 1) ORDER BY id LIMIT ?",
    error);
  if (reviews == NULL || !append_todo (reviews, todo, error))
    return FALSE;

  comments = bal_transaction_prepare (transaction,
    "SELECT 2, id, 1 FROM comment WHERE id > (SELECT id FROM text_mark WHERE entity = 2) ORDER BY id LIMIT ?",
    error);
  return comments != NULL && append_todo (comments, todo, error);
}

/* Replaces what the index had under the id. */
static gboolean
write_texts (BalStatement  *statement,
             gint64         id,
             const char    *first,
             const char    *html,
             const char    *last,
             gsize         *n_bytes,
             GError       **error)
{
  g_autofree char *text = bal_safe_text_from_html (html);

  *n_bytes += strlen (text);
  bal_statement_bind_int (statement, id);
  bal_statement_bind_text (statement, first);
  bal_statement_bind_text (statement, text);
  bal_statement_bind_text (statement, last);
  return bal_statement_run (statement, error);
}

static gboolean
index_review (BalTransaction  *transaction,
              gint64           id,
              gsize           *n_bytes,
              GError         **error)
{
  g_autoptr(BalStatement) read = NULL;
  g_autoptr(BalStatement) write = NULL;
  const char *title, *html, *labels;
  BalStep step;

  read = bal_transaction_prepare (transaction,
    "SELECT r.title, b.html, coalesce ((SELECT group_concat (name, ' , ') FROM label WHERE review_id = r.id), '')"
    "  FROM review r LEFT JOIN review_body b ON b.review_id = r.id WHERE r.id = ?",
    error);
  write = read == NULL ? NULL : bal_transaction_prepare (transaction,
    "REPLACE INTO review_fts (rowid, title, body, labels) VALUES (?, ?, ?, ?)", error);
  if (write == NULL)
    return FALSE;

  bal_statement_bind_int (read, id);
  step = bal_statement_step (read, error);
  if (step != BAL_STEP_ROW)
    return step == BAL_STEP_DONE;

  title = bal_statement_read_text (read);
  html = bal_statement_read_text (read);
  labels = bal_statement_read_text (read);
  return write_texts (write, id, title, html, labels, n_bytes, error);
}

/* Also of those that were there before links were looked for. */
static gboolean
note_link (BalTransaction  *transaction,
           gint64           id,
           const char      *html,
           GError         **error)
{
  return !bal_safe_links_any (html) ||
         bal_transaction_run_for_id (transaction, "UPDATE comment SET has_link = 1 WHERE id = ? AND has_link = 0",
                                     id, error);
}

static gboolean
index_comment (BalTransaction  *transaction,
               gint64           id,
               gsize           *n_bytes,
               GError         **error)
{
  g_autoptr(BalStatement) read = NULL;
  g_autoptr(BalStatement) write = NULL;
  const char *author, *html, *origin;
  BalStep step;

  read = bal_transaction_prepare (transaction,
    "SELECT author, html, coalesce (author_email, '') || ' ' || coalesce (author_url, '') FROM comment WHERE id = ?",
    error);
  write = read == NULL ? NULL : bal_transaction_prepare (transaction,
    "REPLACE INTO comment_fts (rowid, author, body, origin) VALUES (?, ?, ?, ?)", error);
  if (write == NULL)
    return FALSE;

  bal_statement_bind_int (read, id);
  step = bal_statement_step (read, error);
  if (step != BAL_STEP_ROW)
    return step == BAL_STEP_DONE;

  author = bal_statement_read_text (read);
  html = bal_statement_read_text (read);
  origin = bal_statement_read_text (read);
  return write_texts (write, id, author, html, origin, n_bytes, error) &&
         note_link (transaction, id, html, error);
}

static gboolean
forget (BalTransaction  *transaction,
        const Todo      *todo,
        GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "DELETE FROM text_todo WHERE entity = ? AND id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, todo->entity);
  bal_statement_bind_int (statement, todo->id);
  return bal_statement_run (statement, error);
}

static gboolean
set_mark (BalTransaction  *transaction,
          BalEntity        entity,
          gint64           id,
          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (id == 0)
    return TRUE;

  statement = bal_transaction_prepare (transaction, "UPDATE text_mark SET id = ? WHERE entity = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, id);
  bal_statement_bind_int (statement, entity);
  return bal_statement_run (statement, error);
}

gboolean
bal_text_index_run (BalTransaction  *transaction,
                    guint           *n_done,
                    GError         **error)
{
  g_autoptr(GArray) todo = g_array_new (FALSE, FALSE, sizeof (Todo));
  gint64 marks[BAL_N_ENTITIES] = { 0 };
  gsize n_bytes = 0;

  *n_done = 0;
  if (!read_todo (transaction, todo, error))
    return FALSE;

  for (guint i = 0; i < MIN (todo->len, MAX_ROWS) && n_bytes < MAX_BYTES; i++)
    {
      const Todo *one = &g_array_index (todo, Todo, i);
      gboolean indexed = one->entity == BAL_ENTITY_REVIEW
        ? index_review (transaction, one->id, &n_bytes, error)
        : index_comment (transaction, one->id, &n_bytes, error);

      if (!indexed || (!one->is_new && !forget (transaction, one, error)))
        return FALSE;
      if (one->is_new)
        marks[one->entity] = one->id;
      (*n_done)++;
    }

  return set_mark (transaction, BAL_ENTITY_REVIEW, marks[BAL_ENTITY_REVIEW], error) &&
         set_mark (transaction, BAL_ENTITY_COMMENT, marks[BAL_ENTITY_COMMENT], error);
}
