/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-filter-table.h"

#include <glib/gi18n.h>

#include "bal-text.h"
#include "bal-transaction.h"

G_DEFINE_BOXED_TYPE (BalSavedFilter, bal_saved_filter, bal_saved_filter_copy, bal_saved_filter_free)

BalSavedFilter *
bal_saved_filter_copy (const BalSavedFilter *self)
{
  BalSavedFilter *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->line = g_strdup (self->line);
  return copy;
}

void
bal_saved_filter_free (BalSavedFilter *self)
{
  g_free (self->name);
  g_free (self->line);
  g_free (self);
}

static void
free_saved (gpointer data)
{
  bal_saved_filter_free (data);
}

static BalSavedFilter *
read_saved (BalStatement *statement)
{
  BalSavedFilter *saved = g_new0 (BalSavedFilter, 1);

  saved->id = bal_statement_read_int (statement);
  saved->name = g_strdup (bal_statement_read_text (statement));
  saved->line = g_strdup (bal_statement_read_text (statement));
  saved->position = bal_statement_read_int (statement);
  return saved;
}

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such saved filter."));
  return FALSE;
}

/* (transfer full) (nullable): one line without white space around it. NULL with @error set: it may not be used. */
static char *
check_name (BalTransaction  *transaction,
            const char      *name,
            gint64           id,
            GError         **error)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *clean = bal_text_clean_line (valid);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  if (*clean == '\0')
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("A saved filter needs a name."));
      return NULL;
    }

  statement = bal_transaction_prepare (transaction, "SELECT id FROM filter WHERE name = ? AND id <> ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_text (statement, clean);
  bal_statement_bind_int (statement, id);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                 _("There is a saved filter “%s” already. Choose another name."), clean);
  return step == BAL_STEP_DONE ? g_steal_pointer (&clean) : NULL;
}

GPtrArray *
bal_filter_table_list (BalTransaction  *transaction,
                       GError         **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (free_saved);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, name, line, position FROM filter ORDER BY position, id", error);
  if (statement == NULL)
    return NULL;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (list, read_saved (statement));

  return step == BAL_STEP_DONE ? g_steal_pointer (&list) : NULL;
}

BalSavedFilter *
bal_filter_table_find (BalTransaction  *transaction,
                       const char      *name,
                       GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, name, line, position FROM filter WHERE name = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_text (statement, name);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    return read_saved (statement);
  if (step == BAL_STEP_DONE)
    g_set_error (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no saved filter “%s”."), name);
  return NULL;
}

gint64
bal_filter_table_add (BalTransaction  *transaction,
                      const char      *name,
                      const char      *line,
                      GError         **error)
{
  g_autofree char *clean = check_name (transaction, name, 0, error);
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  g_autoptr(BalStatement) statement = NULL;
  gint64 id;

  if (clean == NULL)
    return 0;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO filter (name, line, position)"
    "  VALUES (?, ?, (SELECT coalesce (max (position), 0) + 1 FROM filter))",
    error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_text (statement, clean);
  bal_statement_bind_text (statement, valid);
  if (!bal_statement_run (statement, error))
    return 0;

  id = bal_connection_get_insert_id (transaction->connection);
  bal_transaction_note (transaction, BAL_ENTITY_FILTER, BAL_CHANGE_ADDED, id);
  return id;
}

static gboolean
note_altered (BalTransaction  *transaction,
              gint64           id,
              GError         **error)
{
  if (bal_connection_get_n_changed (transaction->connection) == 0)
    return set_not_found (error);

  bal_transaction_note (transaction, BAL_ENTITY_FILTER, BAL_CHANGE_ALTERED, id);
  return TRUE;
}

gboolean
bal_filter_table_update (BalTransaction  *transaction,
                         gint64           id,
                         const char      *name,
                         const char      *line,
                         GError         **error)
{
  g_autofree char *clean = name != NULL ? check_name (transaction, name, id, error) : NULL;
  g_autofree char *valid = line != NULL ? g_utf8_make_valid (line, -1) : NULL;
  g_autoptr(BalStatement) statement = NULL;

  if (name != NULL && clean == NULL)
    return FALSE;

  statement = bal_transaction_prepare (transaction,
    "UPDATE filter SET name = coalesce (?, name), line = coalesce (?, line) WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, clean);
  bal_statement_bind_text (statement, valid);
  bal_statement_bind_int (statement, id);
  return bal_statement_run (statement, error) && note_altered (transaction, id, error);
}

/* Positions count from one after it, whatever they were. */
gboolean
bal_filter_table_move (BalTransaction  *transaction,
                       gint64           id,
                       int              steps,
                       GError         **error)
{
  g_autoptr(GPtrArray) list = bal_filter_table_list (transaction, error);
  g_autoptr(BalStatement) statement = NULL;
  guint from = 0;
  gpointer moved;

  if (list == NULL)
    return FALSE;
  while (from < list->len && ((BalSavedFilter *) list->pdata[from])->id != id)
    from++;
  if (from == list->len)
    return set_not_found (error);

  moved = g_ptr_array_steal_index (list, from);
  g_ptr_array_insert (list, (int) CLAMP ((gint64) from + steps, 0, (gint64) list->len), moved);

  statement = bal_transaction_prepare (transaction, "UPDATE filter SET position = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const BalSavedFilter *saved = list->pdata[i];

      bal_statement_bind_int (statement, i + 1);
      bal_statement_bind_int (statement, saved->id);
      if (!bal_statement_run (statement, error))
        return FALSE;
      bal_transaction_note (transaction, BAL_ENTITY_FILTER, BAL_CHANGE_ALTERED, saved->id);
    }
  return TRUE;
}

gboolean
bal_filter_table_remove (BalTransaction  *transaction,
                         gint64           id,
                         GError         **error)
{
  if (!bal_transaction_run_for_id (transaction, "DELETE FROM filter WHERE id = ?", id, error))
    return FALSE;
  if (bal_connection_get_n_changed (transaction->connection) == 0)
    return set_not_found (error);

  bal_transaction_note (transaction, BAL_ENTITY_FILTER, BAL_CHANGE_REMOVED, id);
  return TRUE;
}

gboolean
bal_filter_table_revive (BalTransaction        *transaction,
                         const BalSavedFilter  *saved,
                         GError               **error)
{
  g_autofree char *clean = check_name (transaction, saved->name, saved->id, error);
  g_autoptr(BalStatement) statement = NULL;

  if (clean == NULL)
    return FALSE;

  statement = bal_transaction_prepare (transaction,
    "INSERT OR IGNORE INTO filter (id, name, line, position) VALUES (?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, saved->id);
  bal_statement_bind_text (statement, clean);
  bal_statement_bind_text (statement, saved->line);
  bal_statement_bind_int (statement, saved->position);
  if (!bal_statement_run (statement, error))
    return FALSE;

  bal_transaction_note (transaction, BAL_ENTITY_FILTER, BAL_CHANGE_ADDED, saved->id);
  return TRUE;
}
