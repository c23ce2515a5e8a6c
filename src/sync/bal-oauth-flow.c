/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-oauth-flow.h"

#include "bal-error.h"
#include "bal-oauth-listener.h"
#include "bal-secrets.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/random.h>

#define RANDOM_BYTES 32

struct _BalOAuthFlow
{
  GObject           parent_instance;

  BalOAuthService  *service;
  BalOAuthListener *listener;
  char             *client_id;
  char             *client_secret;   /* nullable */
  char             *redirect_uri;
  char             *state;
  char             *verifier;
  char             *url;
};

G_DEFINE_FINAL_TYPE (BalOAuthFlow, bal_oauth_flow, G_TYPE_OBJECT)

static void
bal_oauth_flow_finalize (GObject *object)
{
  BalOAuthFlow *self = BAL_OAUTH_FLOW (object);

  g_clear_pointer (&self->listener, bal_oauth_listener_free);
  bal_oauth_service_free (self->service);
  g_free (self->client_id);
  bal_secret_free (self->client_secret);
  g_free (self->redirect_uri);
  bal_secret_free (self->state);
  bal_secret_free (self->verifier);
  g_free (self->url);

  G_OBJECT_CLASS (bal_oauth_flow_parent_class)->finalize (object);
}

static void
bal_oauth_flow_class_init (BalOAuthFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_oauth_flow_finalize;
}

static void
bal_oauth_flow_init (BalOAuthFlow *self)
{
}

/* ---- what is asked -------------------------------------------------------------------------------- */

/* base64url without padding (RFC 4648, 5) */
static char *
encode (const guint8 *bytes,
        gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/* Nothing that a seed could tell. */
static char *
make_random (void)
{
  guint8 bytes[RANDOM_BYTES];

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The system gives no random numbers.");    /* never for so few (getrandom(2)) */
  return encode (bytes, sizeof bytes);
}

static char *
make_challenge (const char *verifier)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return encode (digest, length);
}

static char *
make_url (BalOAuthFlow *self)
{
  g_autofree char *challenge = make_challenge (self->verifier);
  g_autofree char *query = soup_form_encode ("response_type", "code", "client_id", self->client_id,
                                             "redirect_uri", self->redirect_uri, "scope", self->service->scope,
                                             "state", self->state, "code_challenge", challenge,
                                             "code_challenge_method", "S256", NULL);

  return g_strconcat (self->service->authorize_url, "?", query, NULL);
}

/**
 * bal_oauth_flow_new:
 * @service: (transfer full): where to sign in
 * @client_id: (nullable): the person's own client; %NULL: that of this build
 * @client_secret: (nullable): what goes with @client_id
 * @error: %BAL_ERROR_INVALID: there is no client; %BAL_ERROR_STORAGE: no port is free
 *
 * Returns: (transfer full) (nullable): a flow that listens
 */
BalOAuthFlow *
bal_oauth_flow_new (BalOAuthService  *service,
                    const char       *client_id,
                    const char       *client_secret,
                    GError          **error)
{
  g_autoptr(BalOAuthFlow) self = g_object_new (BAL_TYPE_OAUTH_FLOW, NULL);
  gboolean has_own = client_id != NULL && *client_id != '\0';

  self->service = service;
  if (!has_own && service->client_id == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("Signing in needs a client ID of your own: make one of the type “Desktop app” in the %s Cloud console."),
                   service->name);
      return NULL;
    }

  self->client_id = g_strdup (has_own ? client_id : service->client_id);
  self->client_secret = g_strdup (has_own ? client_secret : service->client_secret);
  self->listener = bal_oauth_listener_new (error);
  if (self->listener == NULL)
    return NULL;

  self->redirect_uri = g_strdup_printf ("http://127.0.0.1:%u/", bal_oauth_listener_get_port (self->listener));
  self->state = make_random ();
  self->verifier = make_random ();
  self->url = make_url (self);
  return g_steal_pointer (&self);
}

const char *
bal_oauth_flow_get_url (BalOAuthFlow *self)
{
  g_return_val_if_fail (BAL_IS_OAUTH_FLOW (self), NULL);

  return self->url;
}

/* ---- the answer ----------------------------------------------------------------------------------- */

/* In the time that does not tell where they differ. */
static gboolean
is_equal (const char *a,
          const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

/* What somebody else sent the browser here with is answered and passed over: the person still sits before the real page. */
static gboolean
is_ours (GHashTable *query,
         gpointer    data)
{
  BalOAuthFlow *self = data;
  const char *state = g_hash_table_lookup (query, "state");

  return state != NULL && is_equal (state, self->state) &&
         (g_hash_table_contains (query, "code") || g_hash_table_contains (query, "error"));
}

static BalOAuthGrant *
redeem (BalOAuthFlow  *self,
        GHashTable    *query,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(BalHttpClient) http = NULL;
  const char *refusal = g_hash_table_lookup (query, "error");

  if (g_strcmp0 (refusal, "access_denied") == 0)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH, _("You did not allow Balcony in; nothing was changed."));
      return NULL;
    }
  if (refusal != NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_AUTH, _("%s did not let you sign in; try again later."), self->service->name);
      return NULL;
    }

  http = bal_http_client_new ();
  return bal_oauth_redeem (self->service, self->client_id, self->client_secret, g_hash_table_lookup (query, "code"),
                           self->redirect_uri, self->verifier, http, cancellable, error);
}

static char *
run (BalOAuthFlow  *self,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr(GHashTable) query = bal_oauth_listener_wait (self->listener, is_ours, self, cancellable, error);
  g_autoptr(BalOAuthGrant) grant = NULL;
  g_autoptr(GError) failed = NULL;

  if (query == NULL)
    return NULL;

  grant = redeem (self, query, cancellable, &failed);
  bal_oauth_listener_answer (self->listener, grant != NULL ? _("You are signed in. Go back to Balcony.") : failed->message);
  if (grant != NULL)
    return bal_oauth_grant_to_text (grant);

  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

static void
run_thread (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  BalOAuthFlow *self = BAL_OAUTH_FLOW (source);
  g_autoptr(GMainContext) context = g_main_context_new ();
  GError *error = NULL;
  char *secret;

  /* The HTTP client runs this thread's own context while it waits. */
  g_main_context_push_thread_default (context);
  secret = run (self, cancellable, &error);
  g_clear_pointer (&self->listener, bal_oauth_listener_free);
  g_main_context_pop_thread_default (context);
  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) bal_secret_free);
  else
    g_task_return_error (task, error);
}

void
bal_oauth_flow_run_async (BalOAuthFlow        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (BAL_IS_OAUTH_FLOW (self));
  g_return_if_fail (self->listener != NULL);

  g_task_set_source_tag (task, bal_oauth_flow_run_async);
  g_task_run_in_thread (task, run_thread);
}

char *
bal_oauth_flow_run_finish (BalOAuthFlow  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
