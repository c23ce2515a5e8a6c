/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-take-in-batch.h"

#include "bal-comment-rows.h"
#include "bal-import-table.h"
#include "bal-outbox-rows.h"
#include "bal-time.h"

/* Rows of one statement: with more, little is gained. */
#define MANY 32
#define FOUR(row) row ", " row ", " row ", " row
#define TIMES_MANY(row) FOUR (row) ", " FOUR (row) ", " FOUR (row) ", " FOUR (row) ", " \
                        FOUR (row) ", " FOUR (row) ", " FOUR (row) ", " FOUR (row)

typedef struct
{
  gint64      blog_id;
  BalEntity   entity;
  gint64      id;
  char       *key;               /* owned */
} Queued;

typedef struct
{
  /* borrowed */
  BalComment *comment;
  const char *source;
  const char *key;
  const char *hash;

  gint64      run_id;
} Name;

struct _BalTakeInBatch
{
  /* borrowed */
  BalTransaction *transaction;

  /* owned: what waits */
  GPtrArray      *comments;      /* (element-type BalComment) */
  GArray         *names;         /* of Name */
  GArray         *queued;        /* of Queued */
};

typedef void (*BindRow) (BalTakeInBatch *self,
                         BalStatement   *statement,
                         guint           i);

static void
queued_clear (gpointer data)
{
  g_free (((Queued *) data)->key);
}

BalTakeInBatch *
bal_take_in_batch_new (BalTransaction *transaction)
{
  BalTakeInBatch *self = g_new0 (BalTakeInBatch, 1);

  self->transaction = transaction;
  self->comments = g_ptr_array_new_full (MANY, g_object_unref);
  self->names = g_array_sized_new (FALSE, FALSE, sizeof (Name), MANY);
  self->queued = g_array_sized_new (FALSE, FALSE, sizeof (Queued), MANY);
  g_array_set_clear_func (self->queued, queued_clear);
  return self;
}

void
bal_take_in_batch_free (BalTakeInBatch *self)
{
  g_ptr_array_unref (self->comments);
  g_array_unref (self->names);
  g_array_unref (self->queued);
  g_free (self);
}

/* ---- writing ---- */

static void
bind_comment (BalTakeInBatch *self,
              BalStatement   *statement,
              guint           i)
{
  bal_comment_rows_bind_new (statement, g_ptr_array_index (self->comments, i));
}

static void
bind_name (BalTakeInBatch *self,
           BalStatement   *statement,
           guint           i)
{
  const Name *name = &g_array_index (self->names, Name, i);

  bal_statement_bind_int (statement, bal_comment_get_blog_id (name->comment));
  bal_statement_bind_int (statement, BAL_ENTITY_COMMENT);
  bal_statement_bind_text (statement, name->source);
  bal_statement_bind_text (statement, name->key);
  bal_statement_bind_int (statement, bal_comment_get_id (name->comment));
  bal_statement_bind_text (statement, name->hash);
  bal_statement_bind_int (statement, name->run_id);
}

static void
bind_queued (BalTakeInBatch *self,
             BalStatement   *statement,
             guint           i)
{
  const Queued *queued = &g_array_index (self->queued, Queued, i);

  bal_statement_bind_int (statement, queued->blog_id);
  bal_statement_bind_int (statement, queued->entity);
  bal_statement_bind_int (statement, queued->id);
  bal_statement_bind_text (statement, queued->key);
}

/* @one, @many: the same statement for one row and for as many as are written together. */
static gboolean
write_rows (BalTakeInBatch  *self,
            guint            n_rows,
            BindRow          bind,
            BalStatement    *one,
            BalStatement    *many,
            GError         **error)
{
  guint n_together;

  for (guint i = 0; i < n_rows; i += n_together)
    {
      BalStatement *statement = n_rows - i >= MANY ? many : one;

      n_together = statement == many ? MANY : 1;
      for (guint j = i; j < i + n_together; j++)
        bind (self, statement, j);
      if (!bal_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

#define WRITE_ROWS(self, n_rows, bind, insert, row, error) \
  write_with (self, n_rows, bind, "" insert row, insert TIMES_MANY (row), error)

static gboolean
write_with (BalTakeInBatch  *self,
            guint            n_rows,
            BindRow          bind,
            const char      *sql_of_one,
            const char      *sql_of_many,
            GError         **error)
{
  BalConnection *connection = self->transaction->connection;
  g_autoptr(BalStatement) one = (bal_connection_prepare_cached) (connection, sql_of_one, error);
  g_autoptr(BalStatement) many = one != NULL ? (bal_connection_prepare_cached) (connection, sql_of_many, error) : NULL;

  return many != NULL && write_rows (self, n_rows, bind, one, many, error);
}

static gboolean
write_comments (BalTakeInBatch  *self,
                GError         **error)
{
  if (!WRITE_ROWS (self, self->comments->len, bind_comment, BAL_COMMENT_INSERT, BAL_COMMENT_VALUES, error))
    return FALSE;

  for (guint i = 0; i < self->comments->len; i++)
    if (!bal_comment_rows_follow_new (self->transaction, g_ptr_array_index (self->comments, i), error))
      return FALSE;
  return TRUE;
}

/* What is new has no row there and no conflict. */
static gboolean
write_queued (BalTakeInBatch  *self,
              GError         **error)
{
  gint64 last;

  if (self->queued->len == 0)
    return TRUE;
  if (!WRITE_ROWS (self, self->queued->len, bind_queued,
                   "INSERT INTO outbox (blog_id, entity, entity_id, op, state, edit_seq, key) VALUES ",
                   "(?, ?, ?, 0, 0, 1, ?)", error))
    return FALSE;

  /* The ids follow one another, as AUTOINCREMENT goes and no one else writes. */
  last = bal_connection_get_insert_id (self->transaction->connection);
  for (guint i = 0; i < self->queued->len; i++)
    bal_transaction_note (self->transaction, BAL_ENTITY_OUTBOX, BAL_CHANGE_ADDED, last - i);
  return TRUE;
}

gboolean
bal_take_in_batch_write (BalTakeInBatch  *self,
                         GError         **error)
{
  /* One of that name that is known still has been deleted here. */
  if (!write_comments (self, error) || !write_queued (self, error) ||
      !WRITE_ROWS (self, self->names->len, bind_name,
                   "INSERT OR REPLACE INTO import_item (blog_id, entity, source, key, entity_id, hash, run_id) VALUES ",
                   "(?, ?, ?, ?, ?, ?, ?)", error))
    return FALSE;

  g_ptr_array_set_size (self->comments, 0);
  g_array_set_size (self->names, 0);
  g_array_set_size (self->queued, 0);
  return TRUE;
}

/* ---- adding ---- */

static void
queue (BalTakeInBatch *self,
       gint64          blog_id,
       BalEntity       entity,
       gint64          id,
       const char     *key)
{
  Queued queued = { blog_id, entity, id, g_strdup (key) };

  g_array_append_val (self->queued, queued);
}

gboolean
bal_take_in_batch_add_review (BalTakeInBatch  *self,
                              BalReview       *review,
                              gboolean         queued,
                              GError         **error)
{
  g_autofree char *key = g_uuid_string_random ();

  bal_review_set_key (review, key);
  bal_review_set_remote_id (review, NULL);
  bal_review_set_revision (review, NULL);
  bal_review_set_url (review, NULL);
  bal_review_set_edit_seq (review, 1);
  if (bal_review_get_updated (review) == 0)
    bal_review_set_updated (review, bal_review_get_published (review) != 0 ? bal_review_get_published (review)
                                                                          : bal_time_now ());
  if (bal_review_table_insert (self->transaction, review, error) == 0)
    return FALSE;

  if (queued)
    queue (self, bal_review_get_blog_id (review), BAL_ENTITY_REVIEW, bal_review_get_id (review), key);
  return TRUE;
}

/* The id that the next comment gets. */
static gboolean
find_next_id (BalTakeInBatch  *self,
              gint64          *id,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (self->comments->len > 0)
    {
      *id = bal_comment_get_id (g_ptr_array_index (self->comments, self->comments->len - 1)) + 1;
      return TRUE;
    }

  statement = bal_transaction_prepare (self->transaction,
    "SELECT max (coalesce ((SELECT seq FROM sqlite_sequence WHERE name = 'comment'), 0),"
    "  coalesce ((SELECT max (id) FROM comment), 0)) + 1", error);
  if (statement == NULL || bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  *id = bal_statement_read_int (statement);
  return TRUE;
}

/* Spam and what is in the trash is kept here, and no blog wants it. */
static gboolean
is_wanted (BalComment *comment)
{
  return bal_comment_get_status (comment) == BAL_COMMENT_STATUS_PENDING ||
         bal_comment_get_status (comment) == BAL_COMMENT_STATUS_APPROVED;
}

gboolean
bal_take_in_batch_add_comment (BalTakeInBatch  *self,
                               BalComment      *comment,
                               gboolean         queued,
                               GError         **error)
{
  g_autofree char *key = g_uuid_string_random ();
  gint64 id;

  if ((self->comments->len >= MANY && !bal_take_in_batch_write (self, error)) || !find_next_id (self, &id, error))
    return FALSE;

  bal_comment_set_id (comment, id);
  bal_comment_set_key (comment, key);
  bal_comment_set_remote_id (comment, NULL);
  bal_comment_set_remote_parent_id (comment, NULL);
  bal_comment_set_edit_seq (comment, 1);
  if (bal_comment_get_created (comment) == 0)
    bal_comment_set_created (comment, bal_time_now ());
  g_ptr_array_add (self->comments, g_object_ref (comment));
  if (queued && is_wanted (comment))
    queue (self, bal_comment_get_blog_id (comment), BAL_ENTITY_COMMENT, id, key);
  return TRUE;
}

void
bal_take_in_batch_add_name (BalTakeInBatch *self,
                            BalComment     *comment,
                            const char     *source,
                            const char     *key,
                            const char     *hash,
                            gint64          run_id)
{
  Name name = { comment, source, key, hash, run_id };

  g_array_append_val (self->names, name);
}

gint64
bal_take_in_batch_find (BalTakeInBatch *self,
                        const char     *source,
                        const char     *key)
{
  for (guint i = self->names->len; i > 0; i--)
    {
      const Name *name = &g_array_index (self->names, Name, i - 1);

      if (g_str_equal (name->key, key) && g_str_equal (name->source, source))
        return bal_comment_get_id (name->comment);
    }
  return 0;
}
