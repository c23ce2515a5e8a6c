/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-http-client.h"

G_BEGIN_DECLS

/**
 * BalOAuthService:
 *
 * Where a service lets people sign in in their browser (OAuth 2.0, RFC 6749 and 8252), and what is asked of it. @client_id and
 * @client_secret are those of this build, which may have none: then people bring their own. A desktop program can't keep
 * such a secret, so it protects nobody; some services want it all the same.
 */
typedef struct
{
  char *name;                    /* for people: "Google" */
  char *authorize_url;
  char *token_url;
  char *revoke_url;
  char *scope;
  char *client_id;               /* (nullable) */
  char *client_secret;           /* (nullable) */
} BalOAuthService;

void             bal_oauth_service_free  (BalOAuthService       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalOAuthService, bal_oauth_service_free)

/**
 * BalOAuthGrant:
 *
 * What a person granted this program: what the keyring keeps (client and refresh token), and the token that
 * requests carry at present.
 */
typedef struct
{
  char     *client_id;
  char     *client_secret;       /* (nullable) */
  char     *refresh_token;
  char     *access_token;        /* (nullable) */
  gint64    expires_at;          /* seconds since 1970 */
  gboolean  is_new;              /* the service gave another refresh token: this one must be kept */
} BalOAuthGrant;

/* AUTH when it is none. */
BalOAuthGrant   *bal_oauth_grant_parse   (const char            *secret,
                                          GError               **error);
/* (transfer full): what the keyring keeps; free with bal_secret_free(). */
char            *bal_oauth_grant_to_text (const BalOAuthGrant   *self);
void             bal_oauth_grant_free    (BalOAuthGrant         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalOAuthGrant, bal_oauth_grant_free)

/* All block. AUTH: the person must sign in again; what else a request can fail with. Nothing of it is ever logged. */

/* Trades the code that the browser brought for a grant. */
BalOAuthGrant   *bal_oauth_redeem        (const BalOAuthService *service,
                                          const char            *client_id,
                                          const char            *client_secret,
                                          const char            *code,
                                          const char            *redirect_uri,
                                          const char            *verifier,
                                          BalHttpClient         *http,
                                          GCancellable          *cancellable,
                                          GError               **error);
/* Gets a token for requests. */
gboolean         bal_oauth_refresh       (const BalOAuthService *service,
                                          BalOAuthGrant         *grant,
                                          BalHttpClient         *http,
                                          GCancellable          *cancellable,
                                          GError               **error);
/* Takes the grant back. One that is gone already has been. */
gboolean         bal_oauth_revoke        (const BalOAuthService *service,
                                          const BalOAuthGrant   *grant,
                                          BalHttpClient         *http,
                                          GCancellable          *cancellable,
                                          GError               **error);

G_END_DECLS
