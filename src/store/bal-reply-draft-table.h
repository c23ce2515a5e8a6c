/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/* What is being written and not sent yet: for each comment an answer, and a new text for it. A draft stays when its
 * comment goes: the comment may come back, and what was written is a person's. It goes with its blog. */
typedef struct
{
  gint64    comment_id;
  gboolean  edit;           /* a new text for the comment, no answer */
  char     *html;
  char     *base;           /* (nullable): of an edit: what the comment said when it was begun */
  gint64    updated;        /* seconds since 1970 */
} BalReplyDraft;

void           bal_reply_draft_free        (BalReplyDraft   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalReplyDraft, bal_reply_draft_free)

/* (transfer full) (element-type BalReplyDraft): all, the newest first. */
GPtrArray     *bal_reply_draft_table_list  (BalTransaction  *transaction,
                                            GError         **error);
/* (transfer full) (nullable): NULL without error: there is none. */
BalReplyDraft *bal_reply_draft_table_get   (BalTransaction  *transaction,
                                            gint64           comment_id,
                                            gboolean         edit,
                                            GError         **error);
/* @html: (nullable): NULL: there is none any more. @base: (nullable). BAL_ERROR_NOT_FOUND: there is no such comment, and was no draft. */
gboolean       bal_reply_draft_table_put   (BalTransaction  *transaction,
                                            gint64           comment_id,
                                            gboolean         edit,
                                            const char      *html,
                                            const char      *base,
                                            GError         **error);

G_END_DECLS
