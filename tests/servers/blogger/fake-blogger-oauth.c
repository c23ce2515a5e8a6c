/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-blogger-private.h"

#include <string.h>

#define CLIENT_ID     "desktop-client"
#define CLIENT_SECRET "not-really-secret"
#define SCOPE         "https://www.googleapis.com/auth/blogger"

/* The three addresses of Google's that a desktop program signs in at. */

void
fake_blogger_set_consent (FakeBlogger        *self,
                          FakeBloggerConsent  consent)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->consent = consent;
}

static void
renew (char       **text,
       const char  *name,
       guint        number)
{
  g_free (*text);
  *text = g_strdup_printf ("%s-%u", name, number);
}

void
fake_blogger_revoke_grants (FakeBlogger *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  renew (&self->token, "token", ++self->n_tokens);
  renew (&self->refresh_token, "refresh", self->n_tokens);
}

void
fake_blogger_expire_token (FakeBlogger *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  renew (&self->token, "token", ++self->n_tokens);
}

char *
fake_blogger_dup_secret (FakeBlogger *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup_printf ("{\"client_id\":\"" CLIENT_ID "\",\"client_secret\":\"" CLIENT_SECRET
                          "\",\"refresh_token\":\"%s\"}", self->refresh_token);
}

static const char *
get (GHashTable *form,
     const char *name)
{
  return form != NULL ? g_hash_table_lookup (form, name) : NULL;
}

static void
answer (SoupServerMessage *message,
        guint              status,
        json_t            *value)          /* (transfer full) */
{
  char *text = json_dumps (value, JSON_COMPACT);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY, text, strlen (text));
  free (text);
  json_decref (value);
}

static void
refuse (SoupServerMessage *message,
        guint              status,
        const char        *error,
        const char        *description)
{
  answer (message, status, json_pack ("{s:s, s:s}", "error", error, "error_description", description));
}

/* ---- the browser ---- */

/* The person agrees at once: the answer is where the browser goes next. */
static void
authorize (FakeBlogger       *self,
           SoupServerMessage *message,
           GHashTable        *query)
{
  const char *redirect_uri = get (query, "redirect_uri");
  const char *state = get (query, "state");
  g_autofree char *target = NULL;

  if (g_strcmp0 (get (query, "client_id"), CLIENT_ID) != 0 || redirect_uri == NULL ||
      !g_str_has_prefix (redirect_uri, "http://127.0.0.1:") || g_strcmp0 (get (query, "response_type"), "code") != 0 ||
      g_strcmp0 (get (query, "code_challenge_method"), "S256") != 0 || get (query, "code_challenge") == NULL ||
      state == NULL || strlen (state) < 40 || g_strcmp0 (get (query, "scope"), SCOPE) != 0)
    {
      refuse (message, 400, "invalid_request", "Something is missing");
      return;
    }

  renew (&self->code, "code", ++self->n_tokens);
  g_free (self->challenge);
  self->challenge = g_strdup (get (query, "code_challenge"));
  g_free (self->redirect_uri);
  self->redirect_uri = g_strdup (redirect_uri);
  if (self->consent == FAKE_BLOGGER_DENIES)
    target = g_strdup_printf ("%s?error=access_denied&state=%s", redirect_uri, state);
  else
    target = g_strdup_printf ("%s?state=%s&code=%s&scope=x", redirect_uri,
                              self->consent == FAKE_BLOGGER_FORGETS_STATE ? "another" : state, self->code);
  soup_server_message_set_redirect (message, 302, target);
}

/* ---- tokens ---- */

static gboolean
fits_challenge (FakeBlogger *self,
                const char  *verifier)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *encoded = NULL;

  if (verifier == NULL || strlen (verifier) < 43)
    return FALSE;
  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  encoded = g_base64_encode (digest, length);
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  return g_strcmp0 (encoded, self->challenge) == 0;
}

static void
give_tokens (FakeBlogger       *self,
             SoupServerMessage *message,
             gboolean           with_refresh)
{
  json_t *tokens = json_pack ("{s:s, s:i, s:s, s:s}", "access_token", self->token, "expires_in", 3599,
                              "scope", self->consent == FAKE_BLOGGER_GRANTS_LESS ? "openid" : "openid " SCOPE,
                              "token_type", "Bearer");

  if (with_refresh && self->consent != FAKE_BLOGGER_GRANTS_ONCE)
    json_object_set_new (tokens, "refresh_token", json_string (self->refresh_token));
  answer (message, 200, tokens);
}

/* A code that comes twice takes back what came of it. */
static void
redeem (FakeBlogger       *self,
        SoupServerMessage *message,
        GHashTable        *form)
{
  if (g_strcmp0 (get (form, "code"), self->code) != 0 || !fits_challenge (self, get (form, "code_verifier")) ||
      g_strcmp0 (get (form, "redirect_uri"), self->redirect_uri) != 0)
    {
      renew (&self->token, "token", ++self->n_tokens);
      renew (&self->refresh_token, "refresh", self->n_tokens);
      refuse (message, 400, "invalid_grant", "Malformed auth code.");
      return;
    }
  g_clear_pointer (&self->code, g_free);
  give_tokens (self, message, TRUE);
}

static void
refresh (FakeBlogger       *self,
         SoupServerMessage *message,
         GHashTable        *form)
{
  gboolean is_rotated = self->consent == FAKE_BLOGGER_ROTATES;

  if (g_strcmp0 (get (form, "refresh_token"), self->refresh_token) != 0)
    {
      refuse (message, 400, "invalid_grant", "Token has been expired or revoked.");
      return;
    }
  if (is_rotated)
    renew (&self->refresh_token, "refresh", ++self->n_tokens);
  give_tokens (self, message, is_rotated);
}

static void
give (FakeBlogger       *self,
      SoupServerMessage *message,
      GHashTable        *form)
{
  if (self->consent == FAKE_BLOGGER_IS_DOWN)
    soup_server_message_set_status (message, 503, NULL);
  else if (get (form, "client_secret") == NULL)
    refuse (message, 400, "invalid_request", "client_secret is missing.");
  else if (g_strcmp0 (get (form, "client_id"), CLIENT_ID) != 0 ||
           g_strcmp0 (get (form, "client_secret"), CLIENT_SECRET) != 0)
    refuse (message, 401, "invalid_client", "The OAuth client was not found.");
  else if (g_strcmp0 (get (form, "grant_type"), "authorization_code") == 0)
    redeem (self, message, form);
  else
    refresh (self, message, form);
}

static void
take_back (FakeBlogger       *self,
           SoupServerMessage *message,
           GHashTable        *form)
{
  if (g_strcmp0 (get (form, "token"), self->refresh_token) != 0)
    {
      refuse (message, 400, "invalid_token", "Token expired or revoked");
      return;
    }
  renew (&self->token, "token", ++self->n_tokens);
  renew (&self->refresh_token, "refresh", self->n_tokens);
  answer (message, 200, json_object ());
}

void
fake_blogger_sign_in_cb (SoupServer        *soup,
                         SoupServerMessage *message,
                         const char        *path,
                         GHashTable        *query,
                         gpointer           data)
{
  FakeBlogger *self = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr(GHashTable) form = soup_form_decode (text);
  gboolean is_post = strcmp (soup_server_message_get_method (message), "POST") == 0;
  g_autofree char *op = g_strconcat ("oauth", path, NULL);

  g_hash_table_replace (self->calls, g_strdup (op),
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->calls, op)) + 1));
  if (strcmp (path, "/o/oauth2/v2/auth") == 0 && !is_post)
    authorize (self, message, query);
  else if (strcmp (path, "/token") == 0 && is_post)
    give (self, message, form);
  else if (strcmp (path, "/revoke") == 0 && is_post)
    take_back (self, message, form);
  else
    soup_server_message_set_status (message, 404, NULL);
}
