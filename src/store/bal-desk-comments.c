/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-desk.h"

#include <glib/gi18n.h>

#include "bal-comment-html.h"
#include "bal-comment-rows.h"
#include "bal-entity-rows.h"
#include "bal-outbox-rows.h"
#include "bal-safe-text.h"
#include "bal-time.h"

static gboolean
is_hidden (BalCommentStatus status)
{
  return status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
}

static gboolean
queue_comment (BalTransaction  *transaction,
               BalComment      *comment,
               gint64           edit_seq,
               GError         **error)
{
  return bal_comment_table_queue (transaction, bal_comment_get_id (comment), bal_comment_get_blog_id (comment),
                                  bal_comment_get_remote_id (comment) != NULL, bal_comment_get_key (comment),
                                  bal_comment_get_status (comment), edit_seq, error);
}

/* A blog that takes no replies from programs; of one that never was asked nothing is known. */
static gboolean
takes_no_replies (BalBlog *blog)
{
  BalCapabilities capabilities = bal_blog_get_capabilities (blog);

  return capabilities != BAL_CAPABILITY_NONE && !(capabilities & BAL_CAPABILITY_REPLY);
}

static gboolean
may_approve (BalBlog *blog)
{
  return !takes_no_replies (blog) || (bal_blog_get_capabilities (blog) & BAL_CAPABILITY_MODERATE);
}

/* What must be entered on the blog by hand waits for the person, not for the next sync. */
static gboolean
queue_reply (BalTransaction  *transaction,
             BalBlog         *blog,
             BalComment      *reply,
             gint64           edit_seq,
             GError         **error)
{
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(GError) failed = NULL;

  if (!queue_comment (transaction, reply, edit_seq, error))
    return FALSE;
  if (!takes_no_replies (blog) || bal_comment_get_remote_id (reply) != NULL)
    return TRUE;

  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, bal_comment_get_id (reply), &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return item == NULL || !bal_outbox_item_is_unsent (item) ||
         bal_outbox_set_parked (transaction, item->id,
                                _("This blog takes no replies from programs: enter it on the comment’s page. It is "
                                  "kept here, and recognised when it comes back."), error);
}

static gboolean
check_text (const char  *html,
            GError     **error)
{
  g_autofree char *text = bal_safe_text_from_comment (html);
  g_autofree char *words = bal_safe_text_name (text, 8);

  if (*words != '\0')
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("A comment needs some text."));
  return FALSE;
}

static BalComment *
make_reply (BalBlog    *blog,
            BalComment *parent,
            const char *html)
{
  g_autofree char *key = g_uuid_string_random ();
  BalComment *reply = bal_comment_new (0);

  bal_comment_set_blog_id (reply, bal_blog_get_id (blog));
  bal_comment_set_review_id (reply, bal_comment_get_review_id (parent));
  bal_comment_set_parent_id (reply, bal_comment_get_id (parent));
  bal_comment_set_key (reply, key);
  bal_comment_set_author (reply, bal_blog_get_author (blog));
  bal_comment_set_mine (reply, TRUE);
  bal_comment_set_status (reply, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_created (reply, bal_time_now ());
  bal_comment_set_html (reply, html);
  bal_comment_set_edit_seq (reply, 1);
  return reply;
}

gint64
bal_desk_reply_html (BalTransaction  *transaction,
                     gint64           parent_id,
                     const char      *html,
                     GError         **error)
{
  g_autoptr(BalComment) parent = bal_comment_table_get_row (transaction, parent_id, error);
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalComment) reply = NULL;
  gint64 id;

  if (parent == NULL || !check_text (html, error) ||
      (blog = bal_blog_table_get (transaction, bal_comment_get_blog_id (parent), error)) == NULL)
    return 0;

  if (is_hidden (bal_comment_get_status (parent)))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("This comment is in the spam or the trash. Restore it before you reply."));
      return 0;
    }

  /* First, so that it is sent first: blogs refuse replies to what readers can't see. */
  if (bal_comment_get_status (parent) == BAL_COMMENT_STATUS_PENDING && may_approve (blog) &&
      !bal_desk_set_comment_status (transaction, &parent_id, 1, BAL_COMMENT_STATUS_APPROVED, error))
    return 0;

  reply = make_reply (blog, parent, html);
  id = bal_comment_table_insert (transaction, reply, error);
  if (id == 0 || !queue_reply (transaction, blog, reply, 1, error))
    return 0;
  return id;
}

/* (transfer full): @text as comments are written on the blog of comment @id. */
static char *
write_text (BalTransaction  *transaction,
            gint64           id,
            const char      *text,
            GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);
  g_autoptr(BalBlog) blog = NULL;

  if (comment == NULL ||
      (blog = bal_blog_table_get (transaction, bal_comment_get_blog_id (comment), error)) == NULL)
    return NULL;

  return bal_comment_html_from_text (text, bal_comment_html_get_dialect (bal_blog_get_dialect (blog)));
}

gint64
bal_desk_reply (BalTransaction  *transaction,
                gint64           parent_id,
                const char      *text,
                GError         **error)
{
  g_autofree char *html = write_text (transaction, parent_id, text, error);

  return html != NULL ? bal_desk_reply_html (transaction, parent_id, html, error) : 0;
}

static gboolean
set_html (BalTransaction  *transaction,
          gint64           id,
          const char      *html,
          GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);
  g_autoptr(BalBlog) blog = NULL;
  gint64 edit_seq;

  if (comment == NULL || !check_text (html, error))
    return FALSE;
  if (g_strcmp0 (html, bal_comment_get_html (comment)) == 0)
    return TRUE;

  blog = bal_blog_table_get (transaction, bal_comment_get_blog_id (comment), error);
  if (blog == NULL || !bal_revision_table_add_comment (transaction, BAL_REVISION_EDIT, comment, error))
    return FALSE;

  bal_comment_set_html (comment, html);
  return bal_comment_table_update (transaction, comment, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, id, -1, &edit_seq, error) &&
         queue_reply (transaction, blog, comment, edit_seq, error);
}

gboolean
bal_desk_edit_comment_html (BalTransaction  *transaction,
                            gint64           id,
                            const char      *html,
                            const char      *base,
                            GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);

  if (comment == NULL)
    return FALSE;
  if (base == NULL || g_strcmp0 (base, bal_comment_get_html (comment)) == 0)
    return set_html (transaction, id, html, error);

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                       _("This comment was changed meanwhile. Your text is kept: look at what it says now, and save again "
                         "if yours is to stand."));
  return FALSE;
}

gboolean
bal_desk_edit_comment (BalTransaction  *transaction,
                       gint64           id,
                       const char      *text,
                       GError         **error)
{
  g_autofree char *html = write_text (transaction, id, text, error);

  return html != NULL && set_html (transaction, id, html, error);
}

gboolean
bal_desk_restore_comment_version (BalTransaction  *transaction,
                                  gint64           id,
                                  gint64           revision_id,
                                  GError         **error)
{
  g_autoptr(BalRevision) revision = bal_revision_table_get (transaction, revision_id, error);

  if (revision == NULL)
    return FALSE;
  /* An edit like any other, for bal_desk_take_back(). */
  if (revision->entity == BAL_ENTITY_COMMENT && revision->entity_id == id)
    return set_html (transaction, id, revision->html != NULL ? revision->html : "", error);

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                       _("That version is one of another comment. Nothing was changed."));
  return FALSE;
}

/* While its create is under way the comment stays as trash, so that the answer finds what it belongs to;
 * the deletion follows. */
static gboolean
delete_in_flight (BalTransaction  *transaction,
                  BalComment      *comment,
                  GError         **error)
{
  gint64 id = bal_comment_get_id (comment), edit_seq;

  bal_comment_set_status (comment, BAL_COMMENT_STATUS_TRASH);
  return bal_comment_table_update (transaction, comment, error) &&
         bal_entity_note_edit (transaction, BAL_ENTITY_COMMENT, id, -1, &edit_seq, error) &&
         bal_outbox_note (transaction, bal_comment_get_blog_id (comment), BAL_ENTITY_COMMENT, id,
                          BAL_OUTBOX_DELETE, edit_seq, bal_comment_get_key (comment),
                          bal_comment_get_remote_id (comment), error);
}

/* The base stays until the blog has deleted the comment too: from it the comment comes back when the person
 * gives the deletion up. */
static gboolean
delete_remote (BalTransaction  *transaction,
               BalComment      *comment,
               BalOutboxItem   *item,
               GError         **error)
{
  gint64 id = bal_comment_get_id (comment);
  gint64 edit_seq = bal_comment_get_edit_seq (comment) + 1;
  GError *local_error = NULL;
  g_autoptr(BalComment) base = bal_comment_base_get (transaction, id, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (item == NULL || !bal_outbox_item_is_in_flight (item))
    return bal_comment_table_remove (transaction, id, error) &&
           bal_comment_base_put (transaction, id, base != NULL ? base : comment, error) &&
           bal_outbox_note (transaction, bal_comment_get_blog_id (comment), BAL_ENTITY_COMMENT, id,
                            BAL_OUTBOX_DELETE, edit_seq, NULL, bal_comment_get_remote_id (comment), error);

  return delete_in_flight (transaction, comment, error);
}

static gboolean
delete_comment (BalTransaction  *transaction,
                gint64           id,
                GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);
  g_autoptr(BalOutboxItem) item = NULL;
  GError *local_error = NULL;

  if (comment == NULL ||
      !bal_revision_table_add_comment (transaction, BAL_REVISION_DELETED, comment, error))
    return FALSE;

  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  if (bal_comment_get_remote_id (comment) != NULL)
    return delete_remote (transaction, comment, item, error);
  if (item != NULL && !bal_outbox_item_is_unsent (item))
    return delete_in_flight (transaction, comment, error);
  return bal_comment_table_remove (transaction, id, error);
}

gboolean
bal_desk_delete_comments (BalTransaction  *transaction,
                          const gint64    *ids,
                          guint            n_ids,
                          GError         **error)
{
  for (guint i = 0; i < n_ids; i++)
    {
      if (!delete_comment (transaction, ids[i], error))
        return FALSE;
    }

  return TRUE;
}
