/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-oauth.h"

G_BEGIN_DECLS

/**
 * BalOAuthFlow:
 *
 * One sign-in in the person's own browser (RFC 8252): the service sends the browser back to this computer, where the flow
 * listens at a port of 127.0.0.1 for that one answer. With PKCE and a state, so that neither a stolen code nor a made-up
 * answer is of use. It takes one connection at a time, of at most 8 KiB and five seconds, and ends with the answer, after
 * ten minutes, or when it is cancelled.
 */
#define BAL_TYPE_OAUTH_FLOW (bal_oauth_flow_get_type ())
G_DECLARE_FINAL_TYPE (BalOAuthFlow, bal_oauth_flow, BAL, OAUTH_FLOW, GObject)

/* Begins to listen. @client_id NULL: the build's own, with its secret; INVALID where it has none. @client_secret: (nullable) */
BalOAuthFlow *bal_oauth_flow_new         (BalOAuthService      *service,          /* (transfer full) */
                                          const char           *client_id,
                                          const char           *client_secret,
                                          GError              **error);
/* What to open in the browser. */
const char   *bal_oauth_flow_get_url     (BalOAuthFlow         *self);
/* Waits for the answer; once for each flow. */
void          bal_oauth_flow_run_async   (BalOAuthFlow         *self,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
/* (transfer full) (nullable): what to hand to bal_sync_engine_add_blog_async() as password; free with bal_secret_free(). */
char         *bal_oauth_flow_run_finish  (BalOAuthFlow         *self,
                                          GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
