/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-oauth.h"

#include "bal-error.h"
#include "bal-json.h"
#include "bal-safe-text.h"
#include "bal-secrets.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAX_WORDS       300
/* Where a service does not say for how long its token is good. */
#define DEFAULT_LIFE_S  3600

void
bal_oauth_service_free (BalOAuthService *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->authorize_url);
  g_free (self->token_url);
  g_free (self->revoke_url);
  g_free (self->scope);
  g_free (self->client_id);
  g_free (self->client_secret);
  g_free (self);
}

/* ---- what is kept -------------------------------------------------------------------------------- */

void
bal_oauth_grant_free (BalOAuthGrant *self)
{
  if (self == NULL)
    return;

  g_free (self->client_id);
  bal_secret_free (self->client_secret);
  bal_secret_free (self->refresh_token);
  bal_secret_free (self->access_token);
  g_free (self);
}

/**
 * bal_oauth_grant_parse:
 * @secret: what bal_oauth_grant_to_text() made
 * @error: %BAL_ERROR_AUTH
 *
 * Returns: (transfer full) (nullable): the grant
 */
BalOAuthGrant *
bal_oauth_grant_parse (const char  *secret,
                       GError     **error)
{
  g_autoptr(GBytes) bytes = g_bytes_new (secret != NULL ? secret : "", secret != NULL ? strlen (secret) : 0);
  g_autoptr(json_t) kept = bal_json_parse (bytes, NULL);
  const char *client_id = bal_json_get_string (kept, "client_id");
  const char *refresh_token = bal_json_get_string (kept, "refresh_token");
  BalOAuthGrant *self;

  if (client_id == NULL || refresh_token == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                           _("What the keyring has for this blog is no sign-in; sign in again in the browser."));
      return NULL;
    }

  self = g_new0 (BalOAuthGrant, 1);
  self->client_id = g_strdup (client_id);
  self->client_secret = g_strdup (bal_json_get_string (kept, "client_secret"));
  self->refresh_token = g_strdup (refresh_token);
  return self;
}

char *
bal_oauth_grant_to_text (const BalOAuthGrant *self)
{
  g_autoptr(json_t) kept = json_pack ("{s:s, s:s}", "client_id", self->client_id,
                                      "refresh_token", self->refresh_token);
  g_autoptr(GBytes) bytes = NULL;

  if (self->client_secret != NULL)
    json_object_set_new (kept, "client_secret", json_string (self->client_secret));
  bytes = bal_json_to_bytes (kept);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* ---- requests ------------------------------------------------------------------------------------ */

static void
set_refused (const BalOAuthService  *service,
             BalHttpResponse        *response,
             const json_t           *value,
             GError                **error)
{
  const char *code = bal_json_get_string (value, "error");
  g_autofree char *words = bal_safe_text_line (bal_json_get_string (value, "error_description"), MAX_WORDS);

  if (g_strcmp0 (code, "invalid_grant") == 0)
    g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH,
                 /* Translators: %s is a company, like Google. “Testing” and “In production” are words on its pages. */
                 _("%s does not accept this sign-in any more; sign in again, all your texts are kept. If this happens "
                   "every seven days, the client’s consent screen is in “Testing”: set it to “In production”."),
                 service->name);
  else if (g_strcmp0 (code, "invalid_client") == 0 || g_strcmp0 (code, "unauthorized_client") == 0)
    g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH,
                 _("%s does not know this client ID with this client secret; check both and sign in again."),
                 service->name);
  else if (g_strcmp0 (code, "invalid_request") == 0)
    g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH,
                 _("%s did not accept the sign-in (“%s”); check the client ID and the client secret."), service->name,
                 words != NULL ? words : "");
  else
    bal_http_response_set_error (response, words, error);
}

/* The answer of a token endpoint. POSTs here change nothing that could be lost: one without answer may be repeated. */
static json_t *
post_form (const BalOAuthService  *service,
           const char             *url,
           const char             *form,
           BalHttpClient          *http,
           GCancellable           *cancellable,
           GError                **error)
{
  g_autoptr(BalHttpRequest) request = bal_http_request_new ("POST", url, error);
  g_autoptr(GBytes) body = g_bytes_new (form, strlen (form));
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) value = NULL;

  if (request == NULL)
    return NULL;

  bal_http_request_set_header (request, "Accept", "application/json");
  bal_http_request_set_body (request, "application/x-www-form-urlencoded", body);
  response = bal_http_client_send (http, request, cancellable, &failed);
  if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_LOST_ANSWER))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY, _("%s did not answer; Balcony tries again later."),
                   service->name);
      return NULL;
    }
  if (response == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }

  value = bal_json_parse (bal_http_response_get_body (response), NULL);
  if (bal_http_response_get_status (response) == 200)
    return value != NULL ? g_steal_pointer (&value) : json_object ();
  set_refused (service, response, value, error);
  return NULL;
}

/* @grant gets what @value brings. A reply to a refresh may leave the refresh token out: the old one stays good. */
static gboolean
take_tokens (const BalOAuthService  *service,
             BalOAuthGrant          *grant,
             const json_t           *value,
             GError                **error)
{
  const char *access_token = bal_json_get_string (value, "access_token");
  const char *refresh_token = bal_json_get_string (value, "refresh_token");
  const char *type = bal_json_get_string (value, "token_type");

  if (access_token == NULL || *access_token == '\0' || (type != NULL && g_ascii_strcasecmp (type, "Bearer") != 0))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                   _("%s answered something else than a sign-in; Balcony tries again later."), service->name);
      return FALSE;
    }

  bal_secret_free (grant->access_token);
  grant->access_token = g_strdup (access_token);
  grant->expires_at = bal_time_now () + CLAMP (bal_json_get_int (value, "expires_in", DEFAULT_LIFE_S), 1, 86400);
  if (refresh_token != NULL && g_strcmp0 (refresh_token, grant->refresh_token) != 0)
    {
      bal_secret_free (grant->refresh_token);
      grant->refresh_token = g_strdup (refresh_token);
      grant->is_new = TRUE;
    }
  return TRUE;
}

/* People may untick what was asked for. */
static gboolean
check_scope (const BalOAuthService  *service,
             const json_t           *value,
             GError                **error)
{
  const char *scope = bal_json_get_string (value, "scope");
  g_auto(GStrv) granted = g_strsplit (scope != NULL ? scope : service->scope, " ", -1);

  if (g_strv_contains ((const char *const *) granted, service->scope))
    return TRUE;

  g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH,
               _("%s did not let Balcony manage your blog; sign in again and allow it there."), service->name);
  return FALSE;
}

BalOAuthGrant *
bal_oauth_redeem (const BalOAuthService  *service,
                  const char             *client_id,
                  const char             *client_secret,
                  const char             *code,
                  const char             *redirect_uri,
                  const char             *verifier,
                  BalHttpClient          *http,
                  GCancellable           *cancellable,
                  GError                **error)
{
  g_autoptr(BalOAuthGrant) grant = g_new0 (BalOAuthGrant, 1);
  g_autoptr(GHashTable) form = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(json_t) value = NULL;
  char *encoded;

  g_hash_table_insert (form, (gpointer) "grant_type", (gpointer) "authorization_code");
  g_hash_table_insert (form, (gpointer) "code", (gpointer) code);
  g_hash_table_insert (form, (gpointer) "redirect_uri", (gpointer) redirect_uri);
  g_hash_table_insert (form, (gpointer) "client_id", (gpointer) client_id);
  g_hash_table_insert (form, (gpointer) "code_verifier", (gpointer) verifier);
  if (client_secret != NULL)
    g_hash_table_insert (form, (gpointer) "client_secret", (gpointer) client_secret);
  encoded = soup_form_encode_hash (form);
  value = post_form (service, service->token_url, encoded, http, cancellable, error);
  bal_secret_free (encoded);
  if (value == NULL || !check_scope (service, value, error))
    return NULL;

  grant->client_id = g_strdup (client_id);
  grant->client_secret = g_strdup (client_secret);
  if (!take_tokens (service, grant, value, error))
    return NULL;
  if (grant->refresh_token == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH,
                   _("%s let Balcony in for an hour only. Remove Balcony’s access in your account there, and sign in "
                     "again."), service->name);
      return NULL;
    }
  return g_steal_pointer (&grant);
}

gboolean
bal_oauth_refresh (const BalOAuthService  *service,
                   BalOAuthGrant          *grant,
                   BalHttpClient          *http,
                   GCancellable           *cancellable,
                   GError                **error)
{
  g_autoptr(GHashTable) form = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(json_t) value = NULL;
  char *encoded;

  g_hash_table_insert (form, (gpointer) "grant_type", (gpointer) "refresh_token");
  g_hash_table_insert (form, (gpointer) "refresh_token", grant->refresh_token);
  g_hash_table_insert (form, (gpointer) "client_id", grant->client_id);
  if (grant->client_secret != NULL)
    g_hash_table_insert (form, (gpointer) "client_secret", grant->client_secret);
  encoded = soup_form_encode_hash (form);
  value = post_form (service, service->token_url, encoded, http, cancellable, error);
  bal_secret_free (encoded);
  return value != NULL && take_tokens (service, grant, value, error);
}

gboolean
bal_oauth_revoke (const BalOAuthService  *service,
                  const BalOAuthGrant    *grant,
                  BalHttpClient          *http,
                  GCancellable           *cancellable,
                  GError                **error)
{
  /* RFC 7009 has the client say who it is; Google wants the token alone and passes over the rest. */
  char *form = soup_form_encode ("token", grant->refresh_token, "token_type_hint", "refresh_token",
                                 "client_id", grant->client_id,
                                 grant->client_secret != NULL ? "client_secret" : NULL, grant->client_secret, NULL);
  g_autoptr(GError) failed = NULL;
  g_autoptr(json_t) value = post_form (service, service->revoke_url, form, http, cancellable, &failed);

  bal_secret_free (form);
  if (value != NULL || g_error_matches (failed, BAL_ERROR, BAL_ERROR_REFUSED))
    return TRUE;    /* "invalid_token": there is nothing left to take back */
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}
