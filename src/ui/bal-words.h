/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"
#include "bal-review.h"

G_BEGIN_DECLS

/* Times are seconds since 1970 UTC, told in the person's own time zone. All strings are (transfer full) and translated. */
char       *bal_words_day          (gint64           time);
char       *bal_words_clock        (gint64           time);
char       *bal_words_ago          (gint64           time);
char       *bal_words_full_time    (gint64           time);

/* A blog's titles are HTML: this is what readers see of one, on one line. What is nothing but markup is shown as it is. */
char       *bal_words_title        (const char      *html);

/* "Published"; where not everyone may read it, "Members Only", or "Scheduled · Members Only". */
char       *bal_words_review_status (BalReview      *review);
/* "Published · 3 May 2021" */
char       *bal_words_review_state (BalReview       *review);
/* (nullable): NULL for what the blog already has. */
const char *bal_words_sync_state   (BalSyncState     state);
/* (nullable): NULL where there is nothing to tell. */
const char *bal_words_sync_icon    (BalSyncState     state);

G_END_DECLS
