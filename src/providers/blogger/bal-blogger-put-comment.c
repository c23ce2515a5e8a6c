/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blogger-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>

/* The API neither adds nor edits comments; it moderates them. */

/* (nullable): what is appended to the comment's address to bring it into that state */
static const char *
find_verb (BalCommentStatus   now,
           BalCommentStatus   wanted,
           GError           **error)
{
  if (now == BAL_COMMENT_STATUS_TRASH)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                         _("Blogger has removed this comment’s text for good, so it can’t come back there. "
                           "The text is kept here."));
  else if (wanted == BAL_COMMENT_STATUS_PENDING)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                         _("Blogger can’t let a comment wait again that was decided on; approve it, or mark it as spam."));
  else if (wanted == BAL_COMMENT_STATUS_APPROVED)
    return "/approve";
  else if (wanted == BAL_COMMENT_STATUS_SPAM)
    return "/spam";
  else
    return "/removecontent";

  return NULL;
}

static BalComment *
moderate (BalBlogger    *self,
          BalComment    *comment,
          BalComment    *now,
          GCancellable  *cancellable,
          GError       **error)
{
  const char *id = bal_comment_get_remote_id (comment);
  const char *verb = find_verb (bal_comment_get_status (now), bal_comment_get_status (comment), error);
  g_autofree char *path = verb != NULL ? bal_blogger_comment_path (id, error) : NULL;
  g_autofree char *full = path != NULL ? g_strconcat (path, verb, NULL) : NULL;
  g_autoptr(json_t) done = full != NULL ? bal_blogger_write (self, "POST", full, NULL, NULL, cancellable, error) : NULL;

  return done != NULL ? bal_blogger_get_comment (BAL_PROVIDER (self), id, cancellable, error) : NULL;
}

BalComment *
bal_blogger_put_comment (BalProvider   *provider,
                         BalComment    *comment,
                         BalComment    *base,
                         GCancellable  *cancellable,
                         GError       **error)
{
  BalBlogger *self = BAL_BLOGGER (provider);
  g_autoptr(BalComment) now = NULL;

  if (bal_comment_get_remote_id (comment) == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                           _("This blog does not let you reply to comments from Balcony. The reply is kept here."));
      return NULL;
    }

  now = bal_blogger_get_comment (provider, bal_comment_get_remote_id (comment), cancellable, error);
  if (now == NULL)
    return NULL;

  if (bal_comment_get_status (now) == bal_comment_get_status (comment))
    return g_steal_pointer (&now);
  return moderate (self, comment, now, cancellable, error);
}
