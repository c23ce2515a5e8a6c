/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-merge-private.h"

#include "bal-comment-html.h"
#include "bal-reply-text.h"
#include "bal-safe-text.h"

/* A page that takes plain text alone got what is copied for it, one that takes HTML perhaps the words. */
static gboolean
is_entered (BalComment *kept,
            BalComment *remote)
{
  g_autofree char *copied = bal_comment_html_to_plain (bal_comment_get_html (kept));
  g_autofree char *words = bal_safe_text_from_comment (bal_comment_get_html (kept));
  g_autofree char *found = bal_safe_text_from_comment (bal_comment_get_html (remote));

  return bal_reply_is_entered (kept, words, remote, found) || bal_reply_is_entered (kept, copied, remote, found);
}

/* The blog's text and status are what is there: nothing is left to be sent. */
static gboolean
become (BalTransaction  *transaction,
        BalComment      *kept,
        BalComment      *remote,
        GError         **error)
{
  if (g_strcmp0 (bal_comment_get_html (kept), bal_comment_get_html (remote)) != 0 &&
      !bal_revision_table_add_comment (transaction, BAL_REVISION_REMOTE, kept, error))
    return FALSE;

  bal_comment_set_html (kept, bal_comment_get_html (remote));
  bal_comment_set_status (kept, bal_comment_get_status (remote));
  bal_comment_set_author (kept, bal_comment_get_author (remote));
  bal_comment_set_created (kept, bal_comment_get_created (remote));
  return bal_sync_adopt_comment (transaction, kept, remote, error);
}

gboolean
bal_sync_take_entered (BalSyncMerge    *merge,
                       BalTransaction  *transaction,
                       BalComment      *remote,
                       gboolean        *entered,
                       GError         **error)
{
  *entered = FALSE;
  if (!bal_comment_get_mine (remote))
    return TRUE;

  for (guint i = 0; i < merge->kept_replies->len; i++)
    {
      gint64 id = g_array_index (merge->kept_replies, gint64, i);
      g_autoptr(BalComment) kept = bal_comment_table_get_row (transaction, id, error);

      if (kept == NULL)
        return FALSE;
      if (!is_entered (kept, remote))
        continue;

      *entered = TRUE;
      g_array_remove_index (merge->kept_replies, i);
      return become (transaction, kept, remote, error);
    }
  return TRUE;
}
