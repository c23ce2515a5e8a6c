/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bal-blogger-private.h"

#include "bal-error.h"
#include "bal-safe-text.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define API_ROOT      "https://blogger.googleapis.com"
#define MAX_WORDS     300
/* A quota is counted over a hundred seconds; where the server does not say how long to wait, that is it. */
#define RATE_PAUSE_S  100
/* A token is not used in its last minute. */
#define MARGIN_S      60

/* ---- where ---------------------------------------------------------------------------------------- */

/* Another server, for tests: on this computer alone, as the account's tokens go there. (nullable) (transfer full) */
static char *
dup_test_root (void)
{
  static const char here[] = "http://127.0.0.1:";
  const char *root = g_getenv ("BALCONY_BLOGGER_SERVER");
  const char *port = root != NULL && g_str_has_prefix (root, here) ? root + strlen (here) : "";

  return *port != '\0' && strspn (port, "0123456789") == strlen (port) ? g_strdup (root) : NULL;
}

char *
bal_blogger_dup_root (void)
{
  g_autofree char *root = dup_test_root ();

  return g_strconcat (root != NULL ? root : API_ROOT, "/v3/", NULL);
}

/**
 * bal_blogger_get_service:
 *
 * Returns: (transfer full): where people sign in to Blogger
 */
BalOAuthService *
bal_blogger_get_service (void)
{
  BalOAuthService *service = g_new0 (BalOAuthService, 1);
  g_autofree char *root = dup_test_root ();

  service->name = g_strdup ("Google");
  service->scope = g_strdup ("https://www.googleapis.com/auth/blogger");
  if (root != NULL)
    {
      service->authorize_url = g_strconcat (root, "/o/oauth2/v2/auth", NULL);
      service->token_url = g_strconcat (root, "/token", NULL);
      service->revoke_url = g_strconcat (root, "/revoke", NULL);
    }
  else
    {
      service->authorize_url = g_strdup ("https://accounts.google.com/o/oauth2/v2/auth");
      service->token_url = g_strdup ("https://oauth2.googleapis.com/token");
      service->revoke_url = g_strdup ("https://oauth2.googleapis.com/revoke");
    }
  if (*BALCONY_BLOGGER_CLIENT_ID != '\0')
    {
      service->client_id = g_strdup (BALCONY_BLOGGER_CLIENT_ID);
      service->client_secret = g_strdup (BALCONY_BLOGGER_CLIENT_SECRET);
    }
  return service;
}

gboolean
bal_blogger_can (BalBlogger      *self,
                 BalCapabilities  capability)
{
  return (bal_blog_get_capabilities (self->blog) & capability) != 0;
}

/* Only who administers a blog moderates its comments. */
const char *
bal_blogger_get_view (BalBlogger *self)
{
  return bal_blogger_can (self, BAL_CAPABILITY_MODERATE) ? "ADMIN" : "AUTHOR";
}

/* ---- what a refusal means ------------------------------------------------------------------------ */

/* Google counts days in California. */
static guint
seconds_until_midnight (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("America/Los_Angeles");
  g_autoptr(GDateTime) now = NULL;

  if (zone == NULL)
    zone = g_time_zone_new_offset (-8 * 3600);
  now = g_date_time_new_now (zone);
  return (guint) (86400 - g_date_time_get_hour (now) * 3600 - g_date_time_get_minute (now) * 60 -
                  g_date_time_get_second (now));
}

static void
set_pause (GError     **error,
           guint        seconds,
           const char  *message)
{
  GError *made = g_error_new_literal (BAL_ERROR, BAL_ERROR_TEMPORARY, message);

  bal_error_set_retry_after (made, seconds);
  g_propagate_error (error, made);
}

static gboolean
is_one_of (const char        *reason,
           const char *const *names)
{
  return reason != NULL && g_strv_contains (names, reason);
}

/* FALSE: it is about no quota. */
static gboolean
set_quota_error (BalHttpResponse  *response,
                 const char       *reason,
                 GError          **error)
{
  static const char *const daily[] = { "dailyLimitExceeded", "dailyLimitExceededUnreg", "quotaExceeded", NULL };
  static const char *const rate[] = { "rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", NULL };
  guint pause = bal_http_response_get_retry_after (response);
  guint status = bal_http_response_get_status (response);

  if (status != 403 && status != 429)
    return FALSE;
  if (is_one_of (reason, daily))
    set_pause (error, seconds_until_midnight (),
               _("Google’s daily limit for Balcony is used up; the rest is sent and received after midnight in "
                 "California. Nothing is lost."));
  else if (status == 429 || is_one_of (reason, rate))
    set_pause (error, pause > 0 ? pause : RATE_PAUSE_S,
               _("Blogger asks for a pause, as too much was asked at once; Balcony goes on later."));
  else
    return FALSE;
  return TRUE;
}

static const char *
reason_of (const json_t *value)
{
  json_t *inner = bal_json_get_object (value, "error");
  json_t *errors = bal_json_get_array (inner, "errors");
  const char *reason = bal_json_get_string (json_array_get (errors, 0), "reason");

  return reason != NULL ? reason : bal_json_get_string (inner, "status");
}

/* A write that a gateway answered for may have been carried out; what Blogger itself calls a failure was not. */
static void
set_error (BalHttpResponse  *response,
           json_t           *value,
           gboolean          is_write,
           GError          **error)
{
  guint status = bal_http_response_get_status (response);
  const char *reason = reason_of (value);
  g_autofree char *message = bal_provider_dup_text (bal_json_get_object (value, "error"), "message");
  g_autofree char *words = message != NULL ? bal_safe_text_line (message, MAX_WORDS) : NULL;

  if (set_quota_error (response, reason, error))
    return;
  if (status == 401)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                         _("Blogger does not accept this sign-in any more; sign in again. All your texts are kept."));
  else if (status == 403 && g_strcmp0 (reason, "insufficientPermissions") == 0)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                         _("Google did not let Balcony manage your blog; sign in again and allow it there."));
  else if (status == 403 && (g_strcmp0 (reason, "accessNotConfigured") == 0 || g_strcmp0 (reason, "SERVICE_DISABLED") == 0))
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_REFUSED,
                         _("The “Blogger API” is switched off for your client ID; switch it on in the Google Cloud "
                           "console and sync again."));
  else if (status == 403 && g_strcmp0 (reason, "forbidden") == 0)
    g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                 _("This account may not do that on this blog; its owner must allow it. (%s)"), words != NULL ? words : "");
  else if (is_write && status >= 500 && !(status == 503 && reason != NULL))
    g_propagate_error (error, bal_provider_lost_answer (NULL));
  else
    bal_http_response_set_error (response, words, error);
}

/* ---- exchanges ----------------------------------------------------------------------------------- */

static char *
make_url (BalBlogger *self,
          const char *path,
          const char *query)
{
  g_autofree char *root = bal_blogger_dup_root ();
  const char *endpoint = bal_blog_get_endpoint (self->blog);
  g_autofree char *place = *path == '/' ? g_strconcat (root, path + 1, NULL)
                                        : g_strconcat (endpoint, *path != '\0' ? "/" : "", path, NULL);

  return query != NULL ? g_strconcat (place, "?", query, NULL) : g_steal_pointer (&place);
}

static gboolean
authorize (gpointer         owner,
           BalHttpRequest  *request,
           GCancellable    *cancellable,
           GError         **error)
{
  BalBlogger *self = owner;

  if ((self->grant->access_token == NULL || self->grant->expires_at - MARGIN_S <= bal_time_now ()) &&
      !bal_oauth_refresh (self->service, self->grant, self->http, cancellable, error))
    return FALSE;

  bal_http_request_set_bearer (request, self->grant->access_token);
  return TRUE;
}

static gboolean
renew (gpointer         owner,
       BalHttpResponse *response)
{
  BalBlogger *self = owner;

  self->grant->expires_at = 0;
  return TRUE;
}

static gboolean
is_whole (const char   *method,
          const json_t *value)
{
  return strcmp (method, "DELETE") == 0 || bal_blogger_get_id (value) != NULL;
}

static const BalJsonService service = {
  .authorize = authorize,
  .renew = renew,
  .set_error = set_error,
  .is_whole = is_whole,
};

json_t *
bal_blogger_read (BalBlogger       *self,
                  const char       *path,
                  const char       *query,
                  BalHttpResponse **response,
                  GCancellable     *cancellable,
                  GError          **error)
{
  g_autofree char *url = make_url (self, path, query);

  return bal_json_read_object (&service, self, self->http, url, response, cancellable, error);
}

json_t *
bal_blogger_write (BalBlogger    *self,
                   const char    *method,
                   const char    *path,
                   const char    *query,
                   json_t        *body,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *url = make_url (self, path, query);
  g_autoptr(BalHttpRequest) request = bal_json_request_new (method, url, body, error);

  return request != NULL ? bal_json_write (&service, self, self->http, request, cancellable, error) : NULL;
}
