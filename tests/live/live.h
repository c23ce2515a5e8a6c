/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-provider.h"

G_BEGIN_DECLS

/*
 * A real WordPress, described by the environment that tests/live/run-live sets: WP_URL, WP_DIR, WP_SERVER (the script
 * that runs it) and WP_USER, WP_APP_PASSWORD and the like for its accounts.
 */
typedef struct
{
  BalHttpClient *http;
  BalBlog       *blog;
  BalProvider   *provider;
} Live;

/* TRUE: there is no such server, and the test's output says that it is skipped. */
gboolean     live_skip        (void);
const char  *live_get         (const char    *name);
char        *live_url         (const char    *path);
/* @account: "" for the administrator, "EDITOR_", "AUTHOR_" … as in the names of the environment. Signed in. */
Live        *live_new         (const char    *account);
/* The same with a password of one's own, not signed in. */
Live        *live_new_with    (const char    *user,
                               const char    *password);
void         live_free        (Live          *self);
/* Runs PHP code inside the server's WordPress; what it prints. (transfer full) */
char        *live_php         (const char    *code);
void         live_cron        (void);
/* Sets or (NULL) clears one of the server's switches. */
void         live_flag        (const char    *name,
                               const char    *value);
/* How many there are in the database. */
guint        live_count_posts (const char    *title);
guint        live_count_comments (const char *text);
BalReview   *live_review_new  (const char    *title,
                               const char    *html);
/* Puts it and asserts success. */
BalReview   *live_put         (Live          *self,
                               BalReview     *review,
                               BalReview     *base);
/* All pages of a listing. (element-type GObject) */
GPtrArray   *live_list_reviews  (Live        *self,
                                 const char  *since,
                                 char       **watermark);
GPtrArray   *live_list_comments (Live        *self,
                                 const char  *since,
                                 char       **watermark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Live, live_free)

G_END_DECLS
