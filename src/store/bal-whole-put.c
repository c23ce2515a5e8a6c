/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-whole-private.h"

#include <glib/gi18n.h>

#include "bal-comment-rows.h"
#include "bal-cursor-table.h"
#include "bal-outbox.h"
#include "bal-review-rows.h"
#include "bal-take-in.h"

/* More than anybody has; two of them still make no number that a database can't count on from. */
#define MOST_NUMBERS (G_GINT64_CONSTANT (1) << 40)

struct _BalWhole
{
  BalTransaction *transaction;   /* borrowed */
  gint64          blog_id;
  gint64          raised_by[BAL_WHOLE_N_KINDS];
  gint64          most[BAL_WHOLE_N_KINDS];
  gboolean        is_unasked;    /* whom the blog lets read what the file is of */
};

/* What will be made here afterwards is called otherwise than anything of the blog, what is gone of it included. */
static gboolean
keep_numbers (BalTransaction  *transaction,
              const char      *name,
              gint64           most,
              GError         **error)
{
  g_autoptr(BalStatement) update = NULL;
  g_autoptr(BalStatement) insert = NULL;

  update = bal_transaction_prepare (transaction, "UPDATE sqlite_sequence SET seq = ? WHERE name = ?", error);
  insert = update == NULL ? NULL : bal_transaction_prepare (transaction,
    "INSERT INTO sqlite_sequence (seq, name) VALUES (?, ?)", error);
  if (insert == NULL)
    return FALSE;

  bal_statement_bind_int (update, most);
  bal_statement_bind_text (update, name);
  if (!bal_statement_run (update, error))
    return FALSE;
  if (bal_connection_get_n_changed (transaction->connection) > 0)
    return TRUE;

  bal_statement_bind_int (insert, most);
  bal_statement_bind_text (insert, name);
  return bal_statement_run (insert, error);
}

BalWhole *
bal_whole_new (BalTransaction  *transaction,
               gint64           blog_id,
               GVariant        *numbers,
               GError         **error)
{
  g_autofree BalWhole *self = g_new0 (BalWhole, 1);
  g_autoptr(GVariant) here = bal_whole_get_numbers (transaction, error);

  if (here == NULL)
    return NULL;

  self->transaction = transaction;
  self->blog_id = blog_id;
  for (BalWholeKind kind = 0; kind < BAL_WHOLE_N_KINDS; kind++)
    {
      const char *name = bal_whole_kind_to_name (kind);

      g_variant_lookup (here, name, "x", &self->raised_by[kind]);
      if (numbers == NULL || !g_variant_lookup (numbers, name, "x", &self->most[kind]) || self->most[kind] < 0 ||
          self->most[kind] > MOST_NUMBERS || self->raised_by[kind] > G_MAXINT64 / 2)
        {
          g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                               _("The file does not say how the blog stood where it comes from. "
                                 "Import it into a blog that is here."));
          return NULL;
        }
      if (!keep_numbers (transaction, name, self->raised_by[kind] + self->most[kind], error))
        return NULL;
    }

  bal_change_set_set_everything (transaction->changes);
  return g_steal_pointer (&self);
}

gint64
bal_whole_get_number (BalWhole     *self,
                      BalWholeKind  kind,
                      gint64        number)
{
  return number > 0 && number <= self->most[kind] ? number + self->raised_by[kind] : 0;
}

/* ---- rows ---- */

static const char *
get_insertion (BalWholePart part)
{
  static const char *insertions[BAL_WHOLE_N_PARTS];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (BalWholePart i = 0; i < BAL_WHOLE_N_PARTS; i++)
        {
          const BalWholeTable *table = bal_whole_get_table (i);
          GString *sql = g_string_new (NULL);
          guint n = 0;

          g_string_append_printf (sql, "INSERT OR IGNORE INTO %s (%s%s", table->table,
                                  table->has_blog ? "blog_id, " : "",
                                  table->owner == BAL_WHOLE_OF_ENTITY ? "entity, entity_id"
                                  : table->owner == BAL_WHOLE_OF_BLOG ? "blog_id" : table->owner_column);
          for (const BalWholeColumn *column = table->columns; column->name != NULL; column++, n++)
            g_string_append_printf (sql, ", %s", column->name);
          g_string_append (sql, table->has_blog ? ") VALUES (?, ?" : ") VALUES (?");
          for (n += table->owner == BAL_WHOLE_OF_ENTITY; n > 0; n--)
            g_string_append (sql, ", ?");
          g_string_append_c (sql, ')');
          insertions[i] = g_string_free (sql, FALSE);
        }
      g_once_init_leave (&ready, 1);
    }

  return insertions[part];
}

/* (transfer full): as a store that had the row before there were audiences has it; a new one must not open what is closed. */
static GVariant *
take_audience (BalWhole *self,
               GVariant *value,
               gint64    most)
{
  if (value == NULL)
    {
      self->is_unasked = TRUE;
      return g_variant_ref_sink (g_variant_new_int64 (BAL_AUDIENCE_EVERYONE));
    }
  return g_variant_is_of_type (value, G_VARIANT_TYPE_INT64) && g_variant_get_int64 (value) > most
         ? g_variant_ref_sink (g_variant_new_int64 (most)) : g_variant_ref (value);
}

/* (transfer full) (nullable): @fits: whether a store can have that value. */
static GVariant *
take_value (BalWhole             *self,
            const BalWholeColumn *column,
            GVariant             *row,
            gboolean             *fits)
{
  g_autoptr(GVariant) told = g_variant_lookup_value (row, column->name, NULL);
  g_autoptr(GVariant) value = column->is_audience ? take_audience (self, told, column->most) : g_steal_pointer (&told);
  gint64 number;

  *fits = value == NULL ? !column->is_needed
                        : g_variant_is_of_type (value, column->is_number ? G_VARIANT_TYPE_INT64 : G_VARIANT_TYPE_BYTESTRING);
  if (value == NULL || !*fits || !column->is_number)
    return g_steal_pointer (&value);

  number = g_variant_get_int64 (value);
  if (column->kind >= 0)
    {
      number = bal_whole_get_number (self, column->kind, number);
      *fits = number != 0;
      return g_variant_ref_sink (g_variant_new_int64 (number));
    }
  *fits = column->most < 0 || (number >= 0 && number <= column->most);
  return g_steal_pointer (&value);
}

/* (transfer full) (nullable): the values in the order of the columns; NULL: a store can't have such a row. */
static GPtrArray *
take_values (BalWhole     *self,
             BalWholePart  part,
             GVariant     *row)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new ();

  g_ptr_array_set_free_func (values, (GDestroyNotify) g_variant_unref);
  for (const BalWholeColumn *column = bal_whole_get_table (part)->columns; column->name != NULL; column++)
    {
      gboolean fits;
      GVariant *value = take_value (self, column, row, &fits);

      /* An empty maybe stands for NULL. */
      g_ptr_array_add (values, value != NULL ? value : g_variant_ref_sink (g_variant_new_maybe (G_VARIANT_TYPE_INT64, NULL)));
      if (!fits)
        return NULL;
    }
  return g_steal_pointer (&values);
}

/* (transfer full): a row as it is safe beside the store that it comes from. */
static GVariant *
make_safe (GVariant *row)
{
  GVariantDict changed;
  gint64 op = -1, state = -1, attempts = 0;

  g_variant_lookup (row, "op", "x", &op);
  g_variant_lookup (row, "state", "x", &state);
  g_variant_lookup (row, "attempts", "x", &attempts);
  g_variant_dict_init (&changed, row);
  if (state == BAL_OUTBOX_SENDING)
    g_variant_dict_insert (&changed, "state", "x", (gint64) BAL_OUTBOX_UNKNOWN);
  if (op == BAL_OUTBOX_CREATE)
    g_variant_dict_insert (&changed, "attempts", "x", CLAMP (attempts, 1, G_MAXINT));
  if (op == BAL_OUTBOX_CREATE && state != BAL_OUTBOX_PARKED)
    {
      g_variant_dict_insert (&changed, "state", "x", (gint64) BAL_OUTBOX_PARKED);
      g_variant_dict_insert (&changed, "error", "^ay",
                             _("The computer that this comes from may have sent it since. Look at your blog, then try again."));
    }
  return g_variant_ref_sink (g_variant_dict_end (&changed));
}

/* Where a blog tells whom it lets read its reviews, the next pull lists all of them anew if that was never asked. */
static gboolean
forget_place (BalWhole  *self,
              GError   **error)
{
  return bal_transaction_run_for_id (self->transaction,
    "DELETE FROM sync_cursor WHERE name IN ('reviews', '" BAL_CURSOR_REVIEWS_SINCE "')"
    "  AND blog_id IN (SELECT id FROM blog WHERE id = ? AND provider IN ('wordpress', 'ghost'))", self->blog_id, error);
}

/* The statuses of a comment are fewer. */
static gboolean
is_possible (BalWholePart  part,
             BalEntity     entity,
             GVariant     *row)
{
  gint64 status;

  return part != BAL_WHOLE_CONFLICT || entity == BAL_ENTITY_REVIEW || !g_variant_lookup (row, "status", "x", &status) ||
         status <= BAL_COMMENT_STATUS_TRASH;
}

gboolean
bal_whole_put (BalWhole        *self,
               BalWholePart     part,
               BalEntity        entity,
               gint64           id,
               GVariant        *row,
               gboolean        *taken,
               GError         **error)
{
  const BalWholeTable *table = bal_whole_get_table (part);
  g_autoptr(GVariant) whole = part == BAL_WHOLE_OUTBOX ? make_safe (row) : g_variant_ref (row);
  g_autoptr(GPtrArray) values = take_values (self, part, whole);
  g_autoptr(BalStatement) statement = NULL;

  *taken = values != NULL && is_possible (part, entity, row);
  if (!*taken)
    return TRUE;

  statement = bal_connection_prepare_cached (self->transaction->connection, get_insertion (part), error);
  if (statement == NULL)
    return FALSE;

  if (table->has_blog)
    bal_statement_bind_int (statement, self->blog_id);
  if (table->owner == BAL_WHOLE_OF_ENTITY)
    bal_statement_bind_int (statement, entity);
  bal_statement_bind_int (statement, id);
  for (guint i = 0; i < values->len; i++)
    bal_statement_bind_value (statement, g_variant_is_of_type (values->pdata[i], G_VARIANT_TYPE_MAYBE) ? NULL : values->pdata[i]);
  if (!bal_statement_run (statement, error))
    return FALSE;

  *taken = bal_connection_get_n_changed (self->transaction->connection) > 0;
  return part != BAL_WHOLE_CURSOR || !self->is_unasked || forget_place (self, error);
}

/* ---- reviews, comments, commenters ---- */

/* (transfer full) (nullable) */
static char *
dup_text (GVariant   *state,
          const char *name)
{
  const char *text = NULL;

  return state != NULL && g_variant_lookup (state, name, "^&ay", &text) ? g_strdup (text) : NULL;
}

static gint64
get_number (GVariant   *state,
            const char *name)
{
  gint64 number = 0;

  if (state != NULL)
    g_variant_lookup (state, name, "x", &number);
  return number;
}

/* What it was before it went to the trash or the spam. */
static gboolean
put_previous (BalWhole   *self,
              BalEntity   entity,
              gint64      id,
              GVariant   *state,
              GError    **error)
{
  gint64 previous;

  return state == NULL || !g_variant_lookup (state, "previous_status", "x", &previous) || previous < 0 ||
         previous > (entity == BAL_ENTITY_REVIEW ? (gint64) BAL_REVIEW_STATUS_TRASH : (gint64) BAL_COMMENT_STATUS_TRASH) ||
         bal_take_in_previous (self->transaction, entity, id, (int) previous, error);
}

gboolean
bal_whole_put_review (BalWhole        *self,
                      BalReview       *review,
                      GVariant        *state,
                      gboolean        *taken,
                      GError         **error)
{
  g_autofree char *revision = dup_text (state, "revision");
  g_autofree char *key = dup_text (state, "key");

  bal_review_set_blog_id (review, self->blog_id);
  bal_review_set_revision (review, revision);
  bal_review_set_key (review, key);
  bal_review_set_edit_seq (review, get_number (state, "edit_seq"));
  return bal_review_table_take_in (self->transaction, review, taken, error) &&
         (!*taken || put_previous (self, BAL_ENTITY_REVIEW, bal_review_get_id (review), state, error));
}

gboolean
bal_whole_put_comment (BalWhole        *self,
                       BalComment      *comment,
                       GVariant        *state,
                       gboolean        *taken,
                       GError         **error)
{
  g_autofree char *remote_parent_id = dup_text (state, "remote_parent_id");
  g_autofree char *key = dup_text (state, "key");

  bal_comment_set_blog_id (comment, self->blog_id);
  bal_comment_set_review_id (comment, bal_whole_get_number (self, BAL_WHOLE_KIND_REVIEW, get_number (state, "review_id")));
  bal_comment_set_parent_id (comment, bal_whole_get_number (self, BAL_WHOLE_KIND_COMMENT, get_number (state, "parent_id")));
  bal_comment_set_remote_parent_id (comment, remote_parent_id);
  bal_comment_set_key (comment, key);
  bal_comment_set_edit_seq (comment, get_number (state, "edit_seq"));
  return bal_comment_table_take_in (self->transaction, comment, taken, error) &&
         (!*taken || put_previous (self, BAL_ENTITY_COMMENT, bal_comment_get_id (comment), state, error));
}

gboolean
bal_whole_put_author (BalWhole  *self,
                      gint64     comment_id,
                      GError   **error)
{
  g_autoptr(GError) local_error = NULL;
  gint64 person_id = bal_person_table_make_author (self->transaction, comment_id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return person_id == 0 ||
         bal_transaction_run_for_id (self->transaction, "UPDATE comment_author SET acted = 1 WHERE comment_id = ?", comment_id,
                                     error);
}
