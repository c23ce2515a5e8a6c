/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-comment.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalCommentVersions:
 *
 * Tells that the blogger changed a comment, and shows what it said before, which can be put back.
 */
#define BAL_TYPE_COMMENT_VERSIONS (bal_comment_versions_get_type ())
G_DECLARE_FINAL_TYPE (BalCommentVersions, bal_comment_versions, BAL, COMMENT_VERSIONS, GtkWidget)

void bal_comment_versions_set_comment (BalCommentVersions *self,
                                       BalStore           *store,
                                       BalComment         *comment);
/* Whether the blog lets it be edited, so that something can be put back. */
void bal_comment_versions_set_can_restore (BalCommentVersions *self,
                                           gboolean            can_restore);

G_END_DECLS
