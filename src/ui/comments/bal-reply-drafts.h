/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalReplyDrafts:
 *
 * Replies and edits of comments that were begun and not sent, by comment: those of the store, at hand. What is set here is
 * written to the store at once.
 *
 * Signals: `changed` (gint64 comment_id): a draft of it came, went, or says something else; with 0 those of all comments
 * were read for the first time. `failed` (GError): they could not be written.
 */
#define BAL_TYPE_REPLY_DRAFTS (bal_reply_drafts_get_type ())
G_DECLARE_FINAL_TYPE (BalReplyDrafts, bal_reply_drafts, BAL, REPLY_DRAFTS, GObject)

/* (transfer full): all who ask for those of a store get the same. */
BalReplyDrafts *bal_reply_drafts_ref_for (BalStore       *store);
/* (transfer none) */
BalStore       *bal_reply_drafts_get_store (BalReplyDrafts *self);
/* (nullable) (transfer none): HTML */
const char     *bal_reply_drafts_get     (BalReplyDrafts *self,
                                          gint64          comment_id,
                                          gboolean        edit);
/* (nullable) (transfer none): what the draft of an edit was made from */
const char     *bal_reply_drafts_get_base (BalReplyDrafts *self,
                                          gint64          comment_id);
/* @html: (nullable): NULL forgets it; @base: (nullable) */
void            bal_reply_drafts_set     (BalReplyDrafts *self,
                                          gint64          comment_id,
                                          gboolean        edit,
                                          const char     *html,
                                          const char     *base);

G_END_DECLS
