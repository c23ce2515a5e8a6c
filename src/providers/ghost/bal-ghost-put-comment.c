/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define COMMENTS "comments/"
#define MEMBERS  "members/"

/* ---- who answers --------------------------------------------------------------------------------- */

static gboolean
find_member (BalGhost      *self,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autofree char *quoted = bal_ghost_quote (bal_blog_get_user_id (self->blog));
  g_autofree char *query = bal_ghost_filter ("limit=1&fields=id", "email:%s", quoted);
  g_autoptr(json_t) answer = bal_ghost_read (self, MEMBERS, query, NULL, cancellable, error);

  g_free (self->member_id);
  self->member_id = g_strdup (bal_json_get_string (bal_ghost_first (answer, "members"), "id"));
  return answer != NULL;
}

/* Only members comment, also the blogger: as the one with the same address, who gets no newsletter if it has to be made. One
 * address is one member, so that a lost answer makes no second. */
static gboolean
need_member (BalGhost      *self,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(json_t) body = NULL;
  g_autoptr(json_t) answer = NULL;

  if (self->member_id != NULL)
    return TRUE;
  if (!find_member (self, cancellable, error))
    return FALSE;
  if (self->member_id != NULL)
    return TRUE;

  body = json_pack ("{s:[{s:s, s:s, s:[]}]}", "members", "name",
                    bal_blog_get_author (self->blog) != NULL ? bal_blog_get_author (self->blog) : "", "email",
                    bal_blog_get_user_id (self->blog), "newsletters");
  answer = bal_ghost_write (self, "POST", MEMBERS, "send_email=false", body, cancellable, error);
  self->member_id = g_strdup (bal_json_get_string (bal_ghost_first (answer, "members"), "id"));
  if (answer != NULL && self->member_id == NULL)
    g_propagate_error (error, bal_provider_lost_answer (NULL));
  return self->member_id != NULL;
}

/* ---- creating ------------------------------------------------------------------------------------ */

static gboolean
check_comment (BalGhost    *self,
               BalComment  *comment,
               GError     **error)
{
  const char *const texts[] = { bal_comment_get_html (comment) };

  if (!bal_ghost_can (self, BAL_CAPABILITY_REPLY) || !bal_comment_get_mine (comment))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                           _("This blog does not let you reply to comments from Balcony. The reply is kept here."));
      return FALSE;
    }
  return bal_provider_check_texts (error, texts, G_N_ELEMENTS (texts));
}

/* Answers to answers stand below the first comment of the thread. */
static gboolean
add_parents (BalGhost      *self,
             BalComment    *comment,
             json_t        *body,
             GCancellable  *cancellable,
             GError       **error)
{
  const char *parent = bal_comment_get_remote_parent_id (comment);
  g_autofree char *path = NULL;
  g_autoptr(json_t) answer = NULL;
  const char *top;

  if (parent == NULL)
    return TRUE;
  if (!bal_ghost_check_id (parent, error))
    return FALSE;

  path = g_strconcat (COMMENTS, parent, "/", NULL);
  answer = bal_ghost_read (self, path, NULL, NULL, cancellable, error);
  if (answer == NULL)
    return FALSE;

  top = bal_json_get_string (bal_ghost_first (answer, "comments"), "parent_id");
  bal_provider_set_text (body, "parent_id", top != NULL ? top : parent);
  if (top != NULL)
    bal_provider_set_text (body, "in_reply_to_id", parent);
  return TRUE;
}

static BalComment *
create (BalGhost      *self,
        BalComment    *comment,
        GCancellable  *cancellable,
        GError       **error)
{
  json_t *body = json_object ();
  g_autoptr(json_t) whole = json_pack ("{s:[o]}", "comments", body);
  g_autofree char *created = bal_time_to_rfc3339 (bal_comment_get_created (comment));
  g_autoptr(json_t) answer = NULL;
  g_autoptr(GError) failed = NULL;
  const char *id;
  BalComment *stored;

  if (!check_comment (self, comment, error) || !need_member (self, cancellable, error) ||
      !add_parents (self, comment, body, cancellable, error))
    return NULL;

  bal_provider_set_text (body, "post_id", bal_comment_get_remote_review_id (comment));
  bal_provider_set_text (body, "member_id", self->member_id);
  bal_provider_set_text (body, "html", bal_comment_get_html (comment));
  /* With its text and its time it is known again. */
  if (created != NULL)
    bal_provider_set_text (body, "created_at", created);

  answer = bal_ghost_write (self, "POST", COMMENTS, NULL, whole, cancellable, error);
  if (answer == NULL)
    return NULL;

  id = bal_json_get_string (bal_ghost_first (answer, "comments"), "id");
  stored = id != NULL ? bal_ghost_get_comment (BAL_PROVIDER (self), id, cancellable, &failed) : NULL;
  if (stored == NULL && g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failed));
  else if (stored == NULL)
    g_propagate_error (error, bal_provider_lost_answer (failed));
  return stored;
}

/* ---- finding ------------------------------------------------------------------------------------- */

static gboolean
is_wanted (BalComment *found,
           BalComment *comment)
{
  g_autofree char *theirs = bal_provider_fingerprint (bal_comment_get_html (found));
  g_autofree char *ours = bal_provider_fingerprint (bal_comment_get_html (comment));

  return bal_comment_get_mine (found) && strcmp (theirs, ours) == 0 &&
         g_strcmp0 (bal_comment_get_remote_parent_id (found), bal_comment_get_remote_parent_id (comment)) == 0;
}

/* No word of a comment is left for a key: the second in which it was written, by whom and the text are. */
BalComment *
bal_ghost_find_comment (BalProvider   *provider,
                        BalComment    *comment,
                        GCancellable  *cancellable,
                        GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  g_autofree char *created = bal_time_to_rfc3339 (bal_comment_get_created (comment));
  g_autofree char *time = bal_ghost_filter_time (created, 0);
  const char *post_id = bal_comment_get_remote_review_id (comment);
  g_autofree char *query = NULL;
  g_autoptr(json_t) answer = NULL;
  json_t *item;
  size_t i;

  if (time == NULL || post_id == NULL || !bal_ghost_check_id (post_id, NULL) ||
      !bal_ghost_can (self, BAL_CAPABILITY_MODERATE))
    return NULL;

  query = bal_ghost_filter ("order=id%20asc&limit=100&include=member,post", "post_id:'%s'+created_at:'%s'", post_id, time);
  answer = bal_ghost_read (self, COMMENTS, query, NULL, cancellable, error);
  json_array_foreach (bal_json_get_array (answer, "comments"), i, item)
    {
      g_autoptr(BalComment) found = bal_ghost_parse_comment (self, item, NULL);

      if (found != NULL && is_wanted (found, comment))
        return g_steal_pointer (&found);
    }
  return NULL;
}

/* ---- changing ------------------------------------------------------------------------------------ */

static BalComment *
set_status (BalGhost          *self,
            const char        *id,
            BalCommentStatus   status,
            GCancellable      *cancellable,
            GError           **error)
{
  const char *name = status == BAL_COMMENT_STATUS_APPROVED ? "published"
                   : status == BAL_COMMENT_STATUS_SPAM ? "hidden" : "deleted";
  g_autofree char *path = g_strconcat (COMMENTS, id, "/", NULL);
  g_autoptr(json_t) body = json_pack ("{s:[{s:s, s:s}]}", "comments", "id", id, "status", name);
  g_autoptr(json_t) answer = bal_ghost_write (self, "PUT", path, NULL, body, cancellable, error);

  return answer != NULL ? bal_ghost_get_comment (BAL_PROVIDER (self), id, cancellable, error) : NULL;
}

/* Ghost has two ways to take a comment from readers, and both can be taken back: hidden and deleted. It does not change
 * texts for anybody but who wrote them, and says nothing when it does not (6.65). */
BalComment *
bal_ghost_put_comment (BalProvider   *provider,
                       BalComment    *comment,
                       BalComment    *base,
                       GCancellable  *cancellable,
                       GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  const char *id = bal_comment_get_remote_id (comment);
  BalCommentStatus status = bal_comment_get_status (comment);
  g_autoptr(BalComment) now = NULL;

  if (id == NULL)
    return create (self, comment, cancellable, error);

  now = bal_ghost_get_comment (provider, id, cancellable, error);
  if (now == NULL)
    return NULL;
  if (bal_comment_get_status (now) == status)
    return g_steal_pointer (&now);
  if (status == BAL_COMMENT_STATUS_PENDING)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                           _("On Ghost no comment waits for approval; show it, or mark it as spam to hide it."));
      return NULL;
    }
  return set_status (self, id, status, cancellable, error);
}

/* There is no other way to delete one; the list leaves it out from then on. */
gboolean
bal_ghost_delete_comment (BalProvider   *provider,
                          const char    *remote_id,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalComment) stored = NULL;

  if (!bal_ghost_check_id (remote_id, NULL))
    return TRUE;

  stored = set_status (BAL_GHOST (provider), remote_id, BAL_COMMENT_STATUS_TRASH, cancellable, &failed);
  return bal_provider_end_delete (stored != NULL, g_steal_pointer (&failed), error);
}
