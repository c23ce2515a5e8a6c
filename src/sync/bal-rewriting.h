/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-review.h"

G_BEGIN_DECLS

/**
 * bal_rewriting_describe:
 * @sent: a review as it was sent
 * @stored: as the blog keeps it
 *
 * What a person would want to know of what the blog altered by itself; not what differs only in its bytes, nor what was
 * left to the blog (a date, an address).
 *
 * Returns: (transfer full) (nullable): translated: "1 embed was removed, the address became “night-ferry-2”"
 */
char *bal_rewriting_describe (BalReview *sent,
                              BalReview *stored);

G_END_DECLS
