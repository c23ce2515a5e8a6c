/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-rows.h"

#include <glib/gi18n.h>

#include "bal-person-rows.h"
#include "bal-review-rows.h"
#include "bal-safe-links.h"
#include "bal-safe-text.h"
#include "bal-spam-lessons.h"
#include "bal-thread-marks.h"
#include "bal-thread.h"
#include "bal-time.h"

#define COMMENT_COLUMNS                                                                    \
  "SELECT " BAL_PERSON_MARKS_SQL ("c.id") ", c.spam_score, c.id, c.blog_id, c.review_id, c.parent_id, c.remote_id, r.remote_id,"           \
  "  coalesce (p.remote_id, c.remote_parent_id), c.key, c.author, c.author_email, c.author_url,"           \
  "  c.author_ip, c.user_agent, c.mine, c.status, c.created, c.html, c.url, c.edit_seq, r.title,"          \
  "  c.unanswered, c.dismissed,"                                                           \
  "  coalesce ((SELECT v.html IS NOT c.html FROM revision v"                               \
  "    WHERE v.entity = 2 AND v.entity_id = c.id AND v.kind = 0 ORDER BY v.id LIMIT 1), 0),"   \
  BAL_SYNC_STATE_SQL ("2", "c.id")                                                         \
  "  FROM comment c JOIN review r ON r.id = c.review_id LEFT JOIN comment p ON p.id = c.parent_id "

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such comment."));
  return FALSE;
}

static void
bind_row (BalStatement *statement,
          BalComment   *comment)
{
  bal_statement_bind_int (statement, bal_comment_get_blog_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_review_id (comment));
  bal_statement_bind_id (statement, bal_comment_get_parent_id (comment));
  bal_statement_bind_text (statement, bal_comment_get_remote_id (comment));
  bal_statement_bind_text (statement, bal_comment_get_remote_parent_id (comment));
  bal_statement_bind_text (statement, bal_comment_get_key (comment));
  bal_statement_bind_text (statement, bal_comment_get_author (comment));
  bal_statement_bind_text (statement, bal_comment_get_author_email (comment));
  bal_statement_bind_text (statement, bal_comment_get_author_url (comment));
  bal_statement_bind_text (statement, bal_comment_get_author_ip (comment));
  bal_statement_bind_text (statement, bal_comment_get_user_agent (comment));
  bal_statement_bind_int (statement, bal_comment_get_mine (comment));
  bal_statement_bind_int (statement, bal_comment_get_status (comment));
  bal_statement_bind_int (statement, bal_comment_get_created (comment));
  bal_statement_bind_text (statement, bal_comment_get_html (comment));
  bal_statement_bind_text (statement, bal_comment_get_url (comment));
  bal_statement_bind_int (statement, bal_safe_links_any (bal_comment_get_html (comment)));
}

static BalComment *
read_row (BalStatement *statement)
{
  BalPersonMarks person_marks = (BalPersonMarks) bal_statement_read_int (statement);
  double spam_score = bal_statement_read_double (statement);
  BalComment *comment = bal_comment_new (bal_statement_read_int (statement));
  g_autofree char *text = NULL;

  bal_comment_set_person_marks (comment, person_marks);
  bal_comment_set_spam_score (comment, spam_score);
  bal_comment_set_blog_id (comment, bal_statement_read_int (statement));
  bal_comment_set_review_id (comment, bal_statement_read_int (statement));
  bal_comment_set_parent_id (comment, bal_statement_read_int (statement));
  bal_comment_set_remote_id (comment, bal_statement_read_text (statement));
  bal_comment_set_remote_review_id (comment, bal_statement_read_text (statement));
  bal_comment_set_remote_parent_id (comment, bal_statement_read_text (statement));
  bal_comment_set_key (comment, bal_statement_read_text (statement));
  bal_comment_set_author (comment, bal_statement_read_text (statement));
  bal_comment_set_author_email (comment, bal_statement_read_text (statement));
  bal_comment_set_author_url (comment, bal_statement_read_text (statement));
  bal_comment_set_author_ip (comment, bal_statement_read_text (statement));
  bal_comment_set_user_agent (comment, bal_statement_read_text (statement));
  bal_comment_set_mine (comment, bal_statement_read_int (statement) != 0);
  bal_comment_set_status (comment, bal_statement_read_int (statement));
  bal_comment_set_created (comment, bal_statement_read_int (statement));
  bal_comment_set_html (comment, bal_statement_read_text (statement));
  bal_comment_set_url (comment, bal_statement_read_text (statement));
  bal_comment_set_edit_seq (comment, bal_statement_read_int (statement));
  bal_comment_set_review_title (comment, bal_statement_read_text (statement));
  bal_comment_set_unanswered (comment, bal_statement_read_int (statement) != 0);
  bal_comment_set_dismissed (comment, bal_statement_read_int (statement) != 0);
  bal_comment_set_edited (comment, bal_statement_read_int (statement) != 0);
  bal_comment_set_sync_state (comment, bal_statement_read_int (statement));

  /* Made anew each time, so that a better reading of hostile HTML reaches old comments too. */
  text = bal_safe_text_from_comment (bal_comment_get_html (comment));
  bal_comment_set_text (comment, text);
  bal_comment_set_loaded (comment, TRUE);
  return comment;
}

gint64
bal_comment_table_find_remote (BalTransaction  *transaction,
                               gint64           blog_id,
                               const char      *remote_id,
                               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (remote_id == NULL)
    return 0;

  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM comment WHERE blog_id = ? AND remote_id = ?", error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, remote_id);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
}

/* The blog's ids of the review and the parent -> ours. A parent that isn't there yet is linked when it comes. */
static gboolean
resolve (BalTransaction  *transaction,
         BalComment      *comment,
         GError         **error)
{
  gint64 blog_id = bal_comment_get_blog_id (comment);
  const char *remote_parent_id = bal_comment_get_remote_parent_id (comment);
  GError *local_error = NULL;
  gint64 id;

  if (bal_comment_get_review_id (comment) == 0)
    {
      id = bal_review_table_find_remote (transaction, blog_id, bal_comment_get_remote_review_id (comment),
                                         &local_error);
      if (id == 0)
        {
          if (local_error != NULL)
            g_propagate_error (error, local_error);
          else
            g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                                 _("The review of this comment is not here."));
          return FALSE;
        }
      bal_comment_set_review_id (comment, id);
    }

  if (remote_parent_id == NULL)
    return TRUE;

  id = bal_comment_table_find_remote (transaction, blog_id, remote_parent_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (id != 0 && id != bal_comment_get_id (comment))
    bal_comment_set_parent_id (comment, id);
  return TRUE;
}

static gboolean
is_open (BalComment *comment)
{
  BalCommentStatus status = bal_comment_get_status (comment);

  return status == BAL_COMMENT_STATUS_PENDING || status == BAL_COMMENT_STATUS_APPROVED;
}

/* Replies that were there before their parent. There rarely are any, so that a look comes before the update. */
static gboolean
adopt_orphans (BalTransaction  *transaction,
               BalComment      *comment,
               GError         **error)
{
  const char *remote_id = bal_comment_get_remote_id (comment);
  g_autoptr(BalStatement) look = NULL;
  g_autoptr(BalStatement) link = NULL;
  BalStep step;

  if (remote_id == NULL)
    return TRUE;

  look = bal_transaction_prepare (transaction,
    "SELECT id FROM comment WHERE blog_id = ? AND remote_parent_id = ?"
    "  AND parent_id IS NULL AND remote_parent_id IS NOT NULL",
    error);
  link = look == NULL ? NULL : bal_transaction_prepare (transaction,
    "UPDATE comment SET parent_id = ?1 WHERE id = ?2 AND id <> ?1", error);
  if (link == NULL)
    return FALSE;

  bal_statement_bind_int (look, bal_comment_get_blog_id (comment));
  bal_statement_bind_text (look, remote_id);
  while ((step = bal_statement_step (look, error)) == BAL_STEP_ROW)
    {
      gint64 id = bal_statement_read_int (look);

      bal_statement_bind_int (link, bal_comment_get_id (comment));
      bal_statement_bind_int (link, id);
      if (!bal_statement_run (link, error))
        return FALSE;

      /* The update took it out of the index that is being read. */
      bal_statement_rewind (look);
      bal_statement_bind_int (look, bal_comment_get_blog_id (comment));
      bal_statement_bind_text (look, remote_id);
      bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, id);
      bal_transaction_touch_thread (transaction, bal_comment_get_review_id (comment));
    }
  return step == BAL_STEP_DONE;
}

void
bal_comment_rows_bind_new (BalStatement *statement,
                           BalComment   *comment)
{
  bind_row (statement, comment);
  bal_statement_bind_id (statement, bal_comment_get_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_edit_seq (comment));
  bal_statement_bind_int (statement, !bal_comment_get_mine (comment) && is_open (comment));
}

static void
note_new (BalTransaction *transaction,
          BalComment     *comment)
{
  bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ADDED, bal_comment_get_id (comment));
  bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ALTERED,
                        bal_comment_get_review_id (comment));
}

/* An id that is not 0 is kept. */
static gboolean
insert_row (BalTransaction  *transaction,
            BalComment      *comment,
            GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, BAL_COMMENT_INSERT BAL_COMMENT_VALUES, error);
  if (statement == NULL)
    return FALSE;

  bal_comment_rows_bind_new (statement, comment);
  if (!bal_statement_run (statement, error))
    return FALSE;

  bal_comment_set_id (comment, bal_connection_get_insert_id (transaction->connection));
  note_new (transaction, comment);
  return TRUE;
}

static gboolean
mark_new (BalTransaction  *transaction,
          BalComment      *comment,
          GError         **error)
{
  transaction->text_waits = TRUE;
  return !is_open (comment) || bal_thread_marks_add (transaction, comment, error);
}

gboolean
bal_comment_rows_follow_new (BalTransaction  *transaction,
                             BalComment      *comment,
                             GError         **error)
{
  note_new (transaction, comment);
  return mark_new (transaction, comment, error);
}

static gboolean
insert_whole (BalTransaction  *transaction,
              BalComment      *comment,
              GError         **error)
{
  return resolve (transaction, comment, error) &&
         insert_row (transaction, comment, error) &&
         adopt_orphans (transaction, comment, error) &&
         mark_new (transaction, comment, error);
}

gint64
bal_comment_table_insert (BalTransaction  *transaction,
                          BalComment      *comment,
                          GError         **error)
{
  bal_comment_set_id (comment, 0);
  return insert_whole (transaction, comment, error) ? bal_comment_get_id (comment) : 0;
}

/* Whether its place is free, and there. */
static gboolean
has_place (BalTransaction  *transaction,
           BalComment      *comment,
           gboolean        *has,
           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "SELECT EXISTS (SELECT 1 FROM review WHERE id = ? AND blog_id = ?2)"
    "  AND NOT EXISTS (SELECT 1 FROM comment WHERE id = ?3)"
    "  AND NOT EXISTS (SELECT 1 FROM comment WHERE blog_id = ?2 AND remote_id = ?4)",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_review_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_blog_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  bal_statement_bind_text (statement, bal_comment_get_remote_id (comment));
  if (bal_statement_step (statement, error) != BAL_STEP_ROW)
    return FALSE;

  *has = bal_statement_read_int (statement) != 0;
  return TRUE;
}

gboolean
bal_comment_table_take_in (BalTransaction  *transaction,
                           BalComment      *comment,
                           gboolean        *taken,
                           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (!has_place (transaction, comment, taken, error))
    return FALSE;
  if (!*taken)
    return TRUE;

  statement = bal_transaction_prepare (transaction, "UPDATE comment SET dismissed = ? WHERE id = ?", error);
  if (statement == NULL || !insert_row (transaction, comment, error))
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_dismissed (comment));
  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  transaction->text_waits = TRUE;
  bal_transaction_touch_thread (transaction, bal_comment_get_review_id (comment));
  return bal_statement_run (statement, error);
}

/* The replies that moved up when it was removed, as far as the blog has them below it still. */
static gboolean
take_back_replies (BalTransaction  *transaction,
                   BalComment      *comment,
                   GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "UPDATE comment SET parent_id = ?1, remote_parent_id = ?2 WHERE id <> ?1 AND id IN"
    "  (SELECT comment_id FROM comment_base WHERE blog_id = ?3 AND remote_parent_id = ?2) RETURNING id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  bal_statement_bind_text (statement, bal_comment_get_remote_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_blog_id (comment));
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED,
                          bal_statement_read_int (statement));
  bal_transaction_touch_thread (transaction, bal_comment_get_review_id (comment));
  return step == BAL_STEP_DONE;
}

gboolean
bal_comment_table_revive (BalTransaction  *transaction,
                          BalComment      *comment,
                          GError         **error)
{
  return insert_whole (transaction, comment, error) &&
         take_back_replies (transaction, comment, error) &&
         bal_spam_follow (transaction, comment, comment, error) &&
         bal_transaction_queue_text (transaction, BAL_ENTITY_COMMENT, bal_comment_get_id (comment), error);
}

static gboolean
update_row (BalTransaction  *transaction,
            BalComment      *comment,
            GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "UPDATE comment SET blog_id = ?, review_id = ?, parent_id = ?, remote_id = ?, remote_parent_id = ?,"
    "  key = ?, author = ?, author_email = ?, author_url = ?, author_ip = ?, user_agent = ?, mine = ?,"
    "  status = ?, created = ?, html = ?, url = ?, has_link = ? WHERE id = ?",
    error);
  if (statement == NULL)
    return FALSE;

  bind_row (statement, comment);
  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  return bal_statement_run (statement, error);
}

gboolean
bal_comment_table_update (BalTransaction  *transaction,
                          BalComment      *comment,
                          GError         **error)
{
  gint64 id = bal_comment_get_id (comment);
  g_autoptr(BalComment) before = bal_comment_table_get_row (transaction, id, error);
  const char *html = bal_comment_get_html (comment);
  gboolean moved, text_changed;

  if (before == NULL || !resolve (transaction, comment, error))
    return FALSE;

  text_changed = g_strcmp0 (bal_comment_get_html (before), html) != 0 ||
                 g_strcmp0 (bal_comment_get_author (before), bal_comment_get_author (comment)) != 0 ||
                 g_strcmp0 (bal_comment_get_author_email (before), bal_comment_get_author_email (comment)) != 0 ||
                 g_strcmp0 (bal_comment_get_author_url (before), bal_comment_get_author_url (comment)) != 0;
  if (text_changed &&
      (!bal_comment_base_detach (transaction, id, html, error) ||
       !bal_transaction_queue_text (transaction, BAL_ENTITY_COMMENT, id, error)))
    return FALSE;

  if (!update_row (transaction, comment, error) ||
      !bal_spam_follow (transaction, before, comment, error))
    return FALSE;

  if (g_strcmp0 (bal_comment_get_remote_id (before), bal_comment_get_remote_id (comment)) != 0 &&
      !adopt_orphans (transaction, comment, error))
    return FALSE;

  moved = bal_comment_get_parent_id (before) != bal_comment_get_parent_id (comment) ||
          bal_comment_get_review_id (before) != bal_comment_get_review_id (comment) ||
          bal_comment_get_status (before) != bal_comment_get_status (comment) ||
          bal_comment_get_created (before) != bal_comment_get_created (comment) ||
          bal_comment_get_mine (before) != bal_comment_get_mine (comment);
  if (moved)
    {
      bal_transaction_touch_thread (transaction, bal_comment_get_review_id (before));
      bal_transaction_touch_thread (transaction, bal_comment_get_review_id (comment));
      bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ALTERED,
                            bal_comment_get_review_id (before));
      bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ALTERED,
                            bal_comment_get_review_id (comment));
    }

  bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, id);
  return TRUE;
}

/* The blog's version in a conflict is nowhere else once the comment is deleted there too. */
static gboolean
keep_conflict_text (BalTransaction  *transaction,
                    gint64           id,
                    GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO revision (entity, entity_id, created, kind, html)"
    "  SELECT 2, entity_id, ?, ?, html FROM conflict WHERE entity = 2 AND entity_id = ? AND is_gone = 0",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_time_now ());
  bal_statement_bind_int (statement, BAL_REVISION_CONFLICT);
  bal_statement_bind_int (statement, id);
  return bal_statement_run (statement, error);
}

static gboolean
remove_waiting (BalTransaction  *transaction,
                gint64           id,
                GError         **error)
{
  g_autoptr(BalStatement) outbox = NULL;
  g_autoptr(BalStatement) conflict = NULL;
  BalStep step;

  outbox = bal_transaction_prepare (transaction,
    "DELETE FROM outbox WHERE entity = 2 AND entity_id = ? RETURNING id", error);
  conflict = outbox == NULL ? NULL : bal_transaction_prepare (transaction,
    "DELETE FROM conflict WHERE entity = 2 AND entity_id = ? RETURNING id", error);
  if (conflict == NULL)
    return FALSE;

  bal_statement_bind_int (outbox, id);
  while ((step = bal_statement_step (outbox, error)) == BAL_STEP_ROW)
    bal_transaction_note (transaction, BAL_ENTITY_OUTBOX, BAL_CHANGE_REMOVED, bal_statement_read_int (outbox));
  if (step == BAL_STEP_ERROR)
    return FALSE;

  bal_statement_bind_int (conflict, id);
  while ((step = bal_statement_step (conflict, error)) == BAL_STEP_ROW)
    bal_transaction_note (transaction, BAL_ENTITY_CONFLICT, BAL_CHANGE_REMOVED,
                          bal_statement_read_int (conflict));
  return step == BAL_STEP_DONE;
}

/* Replies below it move up to its own parent, as blogs do. */
static gboolean
lift_replies (BalTransaction  *transaction,
              BalComment      *comment,
              GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "UPDATE comment SET parent_id = ?, remote_parent_id = ? WHERE parent_id = ? RETURNING id", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_id (statement, bal_comment_get_parent_id (comment));
  bal_statement_bind_text (statement, bal_comment_get_remote_parent_id (comment));
  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED,
                          bal_statement_read_int (statement));
  return step == BAL_STEP_DONE;
}

gboolean
bal_comment_table_remove (BalTransaction  *transaction,
                          gint64           id,
                          GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);

  if (comment == NULL ||
      !lift_replies (transaction, comment, error) ||
      !keep_conflict_text (transaction, id, error) ||
      !remove_waiting (transaction, id, error) ||
      !bal_comment_base_remove (transaction, id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM text_todo WHERE entity = 2 AND id = ?", id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM comment_fts WHERE rowid = ?", id, error) ||
      !bal_transaction_run_for_id (transaction, "DELETE FROM comment WHERE id = ?", id, error))
    return FALSE;

  bal_transaction_touch_thread (transaction, bal_comment_get_review_id (comment));
  bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_REMOVED, id);
  bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ALTERED, bal_comment_get_review_id (comment));
  return TRUE;
}

BalComment *
bal_comment_table_get_row (BalTransaction  *transaction,
                           gint64           id,
                           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, COMMENT_COLUMNS "WHERE c.id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      return read_row (statement);

    case BAL_STEP_DONE:
      set_not_found (error);
      return NULL;

    case BAL_STEP_ERROR:
    default:
      return NULL;
    }
}

GPtrArray *
bal_comment_table_thread (BalTransaction  *transaction,
                          gint64           review_id,
                          GError         **error)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction, COMMENT_COLUMNS "WHERE c.review_id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, review_id);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    g_ptr_array_add (comments, read_row (statement));
  if (step == BAL_STEP_ERROR)
    return NULL;

  bal_thread_arrange (comments);
  return g_steal_pointer (&comments);
}
