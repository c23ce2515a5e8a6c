/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tables.h"

#include <glib/gi18n.h>

#include "bal-safe-text.h"
#include "bal-transaction.h"

#define LONGEST_NAME 300
#define LONGEST_FIRST_WORDS 40

BalSnippet *
bal_snippet_new (gint64      id,
                 const char *name,
                 const char *html)
{
  BalSnippet *self = g_new0 (BalSnippet, 1);

  self->id = id;
  self->name = g_strdup (name);
  self->html = g_strdup (html);
  return self;
}

BalSnippet *
bal_snippet_copy (const BalSnippet *self)
{
  return bal_snippet_new (self->id, self->name, self->html);
}

void
bal_snippet_free (BalSnippet *self)
{
  g_free (self->name);
  g_free (self->html);
  g_free (self);
}

GPtrArray *
bal_snippet_table_list (BalTransaction  *transaction,
                        GError         **error)
{
  g_autoptr(GPtrArray) snippets = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_snippet_free);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, name, html FROM snippet ORDER BY position, id", error);
  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      BalSnippet *snippet = g_new0 (BalSnippet, 1);

      snippet->id = bal_statement_read_int (statement);
      snippet->name = g_strdup (bal_statement_read_text (statement));
      snippet->html = g_strdup (bal_statement_read_text (statement));
      g_ptr_array_add (snippets, snippet);
    }
  return step == BAL_STEP_DONE ? g_steal_pointer (&snippets) : NULL;
}

/* SQLite folds the letters of ASCII alone. */
static BalSnippet *
pick (GPtrArray  *snippets,
      const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < snippets->len; i++)
    {
      BalSnippet *snippet = g_ptr_array_index (snippets, i);
      g_autofree char *folded = g_utf8_casefold (snippet->name, -1);

      if (g_str_equal (folded, wanted))
        return snippet;
    }
  return NULL;
}

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                       _("There is no such saved reply; “snippet list” names those that there are."));
  return FALSE;
}

BalSnippet *
bal_snippet_table_find (BalTransaction  *transaction,
                        const char      *name,
                        GError         **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);
  BalSnippet *found;

  if (snippets == NULL)
    return NULL;
  found = pick (snippets, name);
  if (found == NULL)
    set_not_found (error);
  return found != NULL ? bal_snippet_copy (found) : NULL;
}

static gboolean
check (BalTransaction   *transaction,
       const BalSnippet *snippet,
       const char       *name,
       GError          **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);
  g_autofree char *text = bal_safe_text_from_comment (snippet->html);
  g_autofree char *words = bal_safe_text_name (text, 8);
  BalSnippet *twin;

  if (snippets == NULL)
    return FALSE;

  twin = pick (snippets, name);
  if (*name == '\0' || *words == '\0')
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("A saved reply needs a name and some text."));
  else if (twin != NULL && twin->id != snippet->id)
    g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                 _("There is a saved reply “%s” already. Choose another name."), twin->name);
  else
    return TRUE;
  return FALSE;
}

gint64
bal_snippet_table_put (BalTransaction    *transaction,
                       const BalSnippet  *snippet,
                       GError           **error)
{
  g_autofree char *name = bal_safe_text_name (snippet->name, LONGEST_NAME);
  g_autoptr(BalStatement) statement = NULL;
  gint64 id = snippet->id;

  if (!check (transaction, snippet, name, error))
    return 0;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO snippet (id, name, html, position)"
    "  VALUES (?1, ?2, ?3, (SELECT coalesce (max (position) + 1, 0) FROM snippet))"
    "  ON CONFLICT (id) DO UPDATE SET name = excluded.name, html = excluded.html",
    error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_id (statement, id);
  bal_statement_bind_text (statement, name);
  bal_statement_bind_text (statement, snippet->html);
  if (!bal_statement_run (statement, error))
    return 0;
  if (id == 0)
    id = bal_connection_get_insert_id (transaction->connection);
  bal_transaction_note (transaction, BAL_ENTITY_SNIPPET, snippet->id == 0 ? BAL_CHANGE_ADDED : BAL_CHANGE_ALTERED, id);
  return id;
}

/* For one that is called @name, or by its first words. */
static char *
dup_free_name (GPtrArray        *snippets,
               const BalSnippet *snippet)
{
  g_autofree char *given = bal_safe_text_name (snippet->name, LONGEST_NAME - 10);
  g_autofree char *name = *given != '\0' ? g_steal_pointer (&given)
                                         : bal_safe_text_line (snippet->html, LONGEST_FIRST_WORDS);
  g_autofree char *free_name = g_strdup (name);
  BalSnippet *twin;

  for (guint n = 2; (twin = pick (snippets, free_name)) != NULL && twin->id != snippet->id; n++)
    {
      g_free (free_name);
      free_name = g_strdup_printf ("%s %u", name, n);
    }
  return g_steal_pointer (&free_name);
}

gint64
bal_snippet_table_keep (BalTransaction    *transaction,
                        const BalSnippet  *snippet,
                        GError           **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);
  g_autofree char *name = snippets != NULL ? dup_free_name (snippets, snippet) : NULL;
  g_autoptr(BalSnippet) named = name != NULL ? bal_snippet_new (snippet->id, name, snippet->html) : NULL;

  return named != NULL ? bal_snippet_table_put (transaction, named, error) : 0;
}

gboolean
bal_snippet_table_remove (BalTransaction  *transaction,
                          gint64           id,
                          GError         **error)
{
  if (!bal_transaction_run_for_id (transaction, "DELETE FROM snippet WHERE id = ?", id, error))
    return FALSE;
  if (bal_connection_get_n_changed (transaction->connection) == 0)
    return set_not_found (error);

  bal_transaction_note (transaction, BAL_ENTITY_SNIPPET, BAL_CHANGE_REMOVED, id);
  return TRUE;
}

static gboolean
set_position (BalTransaction  *transaction,
              gint64           id,
              guint            position,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "UPDATE snippet SET position = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, position);
  bal_statement_bind_int (statement, id);
  bal_transaction_note (transaction, BAL_ENTITY_SNIPPET, BAL_CHANGE_ALTERED, id);
  return bal_statement_run (statement, error);
}

gboolean
bal_snippet_table_move (BalTransaction  *transaction,
                        gint64           id,
                        guint            position,
                        GError         **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);
  BalSnippet *moved = NULL;

  if (snippets == NULL)
    return FALSE;

  for (guint i = 0; i < snippets->len && moved == NULL; i++)
    if (((BalSnippet *) g_ptr_array_index (snippets, i))->id == id)
      moved = g_ptr_array_steal_index (snippets, i);
  if (moved == NULL)
    return set_not_found (error);

  g_ptr_array_insert (snippets, MIN (position, snippets->len), moved);
  for (guint i = 0; i < snippets->len; i++)
    if (!set_position (transaction, ((BalSnippet *) g_ptr_array_index (snippets, i))->id, i, error))
      return FALSE;
  return TRUE;
}

/* ---- placeholders ---- */

gboolean
bal_snippet_table_find_words (BalTransaction  *transaction,
                              gint64           comment_id,
                              BalReplyWords   *words,
                              GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, comment_id, error);
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalBlog) blog = NULL;
  g_autofree char *author = NULL;
  const char *film;

  if (comment == NULL ||
      (review = bal_review_table_get (transaction, bal_comment_get_review_id (comment), error)) == NULL ||
      (blog = bal_blog_table_get (transaction, bal_comment_get_blog_id (comment), error)) == NULL)
    return FALSE;

  author = bal_safe_text_name (bal_comment_get_author (comment), LONGEST_NAME);
  words->author = *author != '\0' ? g_steal_pointer (&author) : g_strdup (_("Anonymous"));
  words->name = bal_reply_text_address (words->author);
  words->title = bal_safe_text_line (bal_review_get_title (review), LONGEST_NAME);
  film = bal_review_get_film (review);
  words->film = bal_safe_text_line (film != NULL ? film : bal_review_get_title (review), LONGEST_NAME);
  words->blog = g_strdup (bal_blog_get_name (blog));
  return TRUE;
}
