/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-rows.h"

#include "bal-filter-query.h"
#include "bal-thread.h"
#include "bal-time.h"

/* With a point, whatever the locale. */
static char *
make_real (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_dtostr (digits, sizeof digits, value));
}

/* @statuses: bits. @by_status: whether their index is the one to use. */
static void
add_statuses (BalQueryText *text,
              guint         statuses,
              gboolean      by_status)
{
  g_autoptr(GString) condition = g_string_new ("status IN (");

  if (statuses == BAL_FILTER_ALL_STATUSES)
    return;

  for (guint i = 0, n = 0; i <= BAL_COMMENT_STATUS_TRASH; i++)
    if ((statuses & (1u << i)) != 0)
      g_string_append_printf (condition, "%s%u", n++ > 0 ? ", " : "", i);
  g_string_append_c (condition, ')');
  bal_query_text_add (text, condition->str);

  /* Said once more so that the partial index serves. */
  if (by_status && (statuses & (1u << BAL_COMMENT_STATUS_APPROVED)) == 0)
    bal_query_text_add (text, "status <> 1");
}

static guint
get_statuses (const BalCommentQuery *query,
              const BalFilterLimits *limits)
{
  if (limits->statuses != 0)
    return limits->statuses;
  if (query->status >= 0)
    return 1u << query->status;

  return (1u << BAL_COMMENT_STATUS_PENDING) | (1u << BAL_COMMENT_STATUS_APPROVED);
}

static void
add_limits (BalQueryText          *text,
            const BalFilterLimits *limits)
{
  if (limits->from != G_MININT64)
    bal_query_text_add_int (text, "created >=", limits->from);
  if (limits->until != G_MAXINT64)
    bal_query_text_add_int (text, "created <", limits->until);
  if (limits->has_link == 1)
    bal_query_text_add (text, "has_link = 1");
  /* Few have one: the rest is everything without these. */
  if (limits->has_link == 0)
    bal_query_text_add (text, "id NOT IN (SELECT id FROM comment WHERE has_link = 1)");
  if (limits->unanswered == 0)
    bal_query_text_add (text, "id NOT IN (SELECT id FROM comment WHERE unanswered = 1)");
  if (limits->mine == 0)
    bal_query_text_add (text, "mine = 0");
}

static void
add_gaps (BalQueryText     *text,
          BalCommentFilter *filter,
          gint64            now,
          GTimeZone        *zone)
{
  gint64 from, until;

  for (guint i = 0; i < bal_comment_filter_get_n_terms (filter); i++)
    if (bal_comment_filter_get_gap (filter, i, now, zone, &from, &until))
      {
        g_autofree char *gap = g_strdup_printf ("NOT (created >= %" G_GINT64_FORMAT " AND created < %" G_GINT64_FORMAT ")",
                                                from, until);

        bal_query_text_add (text, gap);
      }
}

/* @select: up to the conditions. @leads: the text index does in it. @nothing: (out): no comment can be meant. */
static gboolean
build (BalQueryText           *text,
       BalTransaction         *transaction,
       const BalCommentQuery  *query,
       const char             *select,
       gboolean                leads,
       gboolean               *nothing,
       GError                **error)
{
  BalFilterLimits limits = { 0, G_MININT64, G_MAXINT64, -1, -1, -1 };
  gboolean unanswered, mine, stated;

  *nothing = FALSE;
  bal_query_text_init (text, select);
  if (query->filter != NULL)
    {
      g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

      bal_comment_filter_resolve (query->filter, bal_time_now (), zone, &limits);
      add_gaps (text, query->filter, bal_time_now (), zone);
    }
  if (limits.from >= limits.until)
    {
      *nothing = TRUE;
      return TRUE;
    }

  if (query->blog_id != 0)
    bal_query_text_add_int (text, "blog_id =", query->blog_id);
  if (query->review_id != 0)
    bal_query_text_add_int (text, "review_id =", query->review_id);

  /* Unanswered ones are pending or approved by themselves; without that condition their index serves. */
  unanswered = query->unanswered || limits.unanswered == 1;
  mine = query->mine || limits.mine == 1;
  stated = query->status >= 0 || limits.statuses != 0;
  if (stated || !(unanswered || mine))
    add_statuses (text, get_statuses (query, &limits),
                  !query->spam_first && query->min_spam <= 0 && limits.has_link != 1);
  else if (mine && !unanswered)
    bal_query_text_add (text, "status < 2");
  if (unanswered)
    bal_query_text_add (text, "unanswered = 1");
  if (mine)
    bal_query_text_add (text, "mine = 1");

  if (query->min_spam > 0)
    {
      g_autofree char *least = make_real (query->min_spam);

      bal_query_text_add_text (text, "spam_score >= CAST (? AS REAL)", least);
    }

  add_limits (text, &limits);
  return query->filter == NULL || bal_filter_query_add_words (text, transaction, query->filter, leads, nothing, error);
}

GArray *
bal_comment_table_query (BalTransaction         *transaction,
                         const BalCommentQuery  *query,
                         GError                **error)
{
  g_auto(BalQueryText) text = { 0 };
  gboolean sorted = query->filter != NULL && !query->spam_first && bal_filter_query_by_review (query->filter);
  gboolean nothing;

  if (!bal_transaction_settle (transaction, error) ||
      !build (&text, transaction, query, sorted ? "SELECT id, created FROM comment" : "SELECT id FROM comment", FALSE,
              &nothing, error))
    return NULL;
  if (nothing)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  if (sorted)
    return bal_query_text_run_sorted (&text, transaction->connection, query->limit, error);

  return bal_query_text_run (&text, transaction->connection,
                             query->spam_first ? "spam_score DESC, created DESC, id DESC" : "created DESC, id DESC",
                             query->limit, error);
}

gboolean
bal_comment_table_count (BalTransaction         *transaction,
                         const BalCommentQuery  *query,
                         guint                   most,
                         guint                  *count,
                         GError                **error)
{
  g_auto(BalQueryText) text = { 0 };
  gboolean leads = query->filter != NULL && bal_filter_query_can_lead (query->filter);
  /* Where the text index leads, the first few are there before all of them are found. */
  const char *select = leads ? "SELECT id FROM comment_fts CROSS JOIN comment ON comment.id = comment_fts.rowid"
                             : "SELECT id FROM comment";
  gboolean nothing;

  *count = 0;
  return bal_transaction_settle (transaction, error) &&
         build (&text, transaction, query, select, leads, &nothing, error) &&
         (nothing || bal_query_text_count (&text, transaction->connection, most, count, error));
}

static gboolean
has_id (GArray *ids,
        gint64  id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      return TRUE;

  return FALSE;
}

/* Appends the ids that a statement finds for @id, unless they are there already, as in a circle. */
static gboolean
append_ids (BalStatement  *statement,
            gint64         id,
            GArray        *ids,
            GError       **error)
{
  BalStep step;

  bal_statement_bind_int (statement, id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 found = bal_statement_read_int (statement);

      if (!has_id (ids, found))
        g_array_append_val (ids, found);
    }

  return step == BAL_STEP_DONE;
}

GArray *
bal_comment_table_query_around (BalTransaction  *transaction,
                                gint64           id,
                                GError         **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BalStatement) above = NULL;
  g_autoptr(BalStatement) below = NULL;

  /* UNION, not UNION ALL, ends a circle. */
  above = bal_transaction_prepare (transaction,
    "WITH RECURSIVE chain (id) AS (SELECT id FROM comment WHERE id = ?"
    "  UNION SELECT p.id FROM chain JOIN comment c ON c.id = chain.id JOIN comment p ON p.id = c.parent_id"
    "  LIMIT 101) SELECT id FROM chain",
    error);
  below = above == NULL ? NULL : bal_transaction_prepare (transaction,
    "SELECT id FROM comment WHERE parent_id = ?1 AND id <> ?1 ORDER BY created, id LIMIT 100", error);
  if (below == NULL || !append_ids (above, id, ids, error))
    return NULL;

  /* From the top down. */
  for (guint i = 0; i < ids->len / 2; i++)
    {
      gint64 *upper = &g_array_index (ids, gint64, i), *lower = &g_array_index (ids, gint64, ids->len - 1 - i);
      gint64 swapped = *upper;

      *upper = *lower;
      *lower = swapped;
    }

  return append_ids (below, id, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/* What numbering a thread needs of each of its comments; the blog's ids are kept in @remote_ids. */
static GArray *
read_entries (BalTransaction  *transaction,
              gint64           review_id,
              GStringChunk    *remote_ids,
              GError         **error)
{
  g_autoptr(GArray) entries = g_array_new (FALSE, FALSE, sizeof (BalThreadEntry));
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT id, parent_id, status, created, remote_id FROM comment WHERE review_id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, review_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (statement);
      gint64 parent_id = bal_statement_read_int (statement);
      BalCommentStatus status = bal_statement_read_int (statement);
      gint64 created = bal_statement_read_int (statement);
      const char *remote_id = bal_statement_read_text (statement);
      BalThreadEntry entry;

      bal_thread_entry_init (&entry, id, parent_id, status, created,
                             remote_id != NULL ? g_string_chunk_insert (remote_ids, remote_id) : NULL);
      g_array_append_val (entries, entry);
    }

  return step == BAL_STEP_DONE ? g_steal_pointer (&entries) : NULL;
}

/* Numbers and depths for @comments, reading each of their threads once. */
static gboolean
number_comments (BalTransaction  *transaction,
                 GPtrArray       *comments,
                 GError         **error)
{
  g_autoptr(GHashTable) reviews = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                         (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer review_id, own;

  for (guint i = 0; i < comments->len; i++)
    {
      gint64 id = bal_comment_get_review_id (comments->pdata[i]);

      own = g_hash_table_lookup (reviews, &id);
      if (own == NULL)
        g_hash_table_insert (reviews, g_memdup2 (&id, sizeof id), own = g_ptr_array_new ());
      g_ptr_array_add (own, comments->pdata[i]);
    }

  g_hash_table_iter_init (&iter, reviews);
  while (g_hash_table_iter_next (&iter, &review_id, &own))
    {
      g_autoptr(GStringChunk) remote_ids = g_string_chunk_new (1024);
      g_autoptr(GArray) entries = read_entries (transaction, *(gint64 *) review_id, remote_ids, error);

      if (entries == NULL)
        return FALSE;
      bal_thread_number ((const BalThreadEntry *) (gpointer) entries->data, entries->len, own);
    }

  return TRUE;
}

GPtrArray *
bal_comment_table_list_rows (BalTransaction  *transaction,
                             const gint64    *ids,
                             guint            n_ids,
                             GError         **error)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_ids; i++)
    {
      GError *local_error = NULL;
      BalComment *comment = bal_comment_table_get_row (transaction, ids[i], &local_error);

      if (comment != NULL)
        g_ptr_array_add (comments, comment);
      else if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      else
        g_clear_error (&local_error);
    }

  return g_steal_pointer (&comments);
}

GPtrArray *
bal_comment_table_list (BalTransaction  *transaction,
                        const gint64    *ids,
                        guint            n_ids,
                        GError         **error)
{
  g_autoptr(GPtrArray) comments = bal_comment_table_list_rows (transaction, ids, n_ids, error);

  return comments != NULL && number_comments (transaction, comments, error) ? g_steal_pointer (&comments) : NULL;
}

BalComment *
bal_comment_table_get (BalTransaction  *transaction,
                       gint64           id,
                       GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);
  g_autoptr(GPtrArray) one = g_ptr_array_new ();

  if (comment == NULL)
    return NULL;

  g_ptr_array_add (one, comment);
  return number_comments (transaction, one, error) ? g_steal_pointer (&comment) : NULL;
}
