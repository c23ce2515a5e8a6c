/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalReplyDrafts:
 *
 * Replies and edits of comments that were begun and not sent, by comment. They are kept in a file in
 * the data folder a second after the last change, so that they outlive the program too.
 */
#define BAL_TYPE_REPLY_DRAFTS (bal_reply_drafts_get_type ())
G_DECLARE_FINAL_TYPE (BalReplyDrafts, bal_reply_drafts, BAL, REPLY_DRAFTS, GObject)

BalReplyDrafts *bal_reply_drafts_new  (const char     *data_dir);
/* (nullable) (transfer full) */
char           *bal_reply_drafts_dup  (BalReplyDrafts *self,
                                       gint64          comment_id,
                                       gboolean        edit);
/* @text: (nullable): NULL forgets it */
void            bal_reply_drafts_set  (BalReplyDrafts *self,
                                       gint64          comment_id,
                                       gboolean        edit,
                                       const char     *text);
/* Writes now what is not written yet. */
gboolean        bal_reply_drafts_save (BalReplyDrafts *self,
                                       GError        **error);

G_END_DECLS
