/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-review.h"

G_BEGIN_DECLS

/* What reports call a review or a comment. (transfer full) */
char *bal_item_name_of_review  (BalReview  *review);
char *bal_item_name_of_comment (BalComment *comment);
/* Of something else that has a name: one line, not too long. */
char *bal_item_name_of         (const char *name);

G_END_DECLS
