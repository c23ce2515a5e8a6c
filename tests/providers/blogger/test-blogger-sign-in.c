/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "blogger-fixture.h"

#include "bal-oauth-flow.h"
#include "bal-secrets.h"

#include <libsoup/soup.h>
#include <string.h>

#define CLIENT_ID     "desktop-client"
#define CLIENT_SECRET "not-really-secret"

typedef struct
{
  char     *secret;
  GError   *error;
  gboolean  done;
} Answer;

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Answer *answer = data;

  answer->secret = bal_oauth_flow_run_finish (BAL_OAUTH_FLOW (source), result, &answer->error);
  answer->done = TRUE;
}

static void
answer_clear (Answer *answer)
{
  bal_secret_free (answer->secret);
  g_clear_error (&answer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

/* ---- a browser: it follows redirects, wherever they lead ---- */

static gpointer
browse_thread (gpointer data)
{
  g_autofree char *url = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(SoupSession) session = NULL;
  g_autoptr(SoupCookieJar) cookies = soup_cookie_jar_new ();
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  GBytes *page;

  g_main_context_push_thread_default (context);
  session = soup_session_new ();
  soup_session_add_feature (session, SOUP_SESSION_FEATURE (cookies));
  page = soup_session_send_and_read (session, message, NULL, NULL);
  g_clear_object (&session);
  g_main_context_pop_thread_default (context);
  return page;
}

static GThread *
browse (const char *url)
{
  return g_thread_new ("browser", browse_thread, g_strdup (url));
}

static void
wait_for (Answer *answer)
{
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

/* @page (out): what the browser shows in the end */
static void
sign_in (BalOAuthService *service,
         const char      *client_secret,
         Answer          *answer,
         char           **page)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalOAuthFlow) flow = bal_oauth_flow_new (service, CLIENT_ID, client_secret, &error);
  g_autoptr(GBytes) bytes = NULL;
  GThread *browser;

  g_assert_no_error (error);
  bal_oauth_flow_run_async (flow, NULL, answer_cb, answer);
  browser = browse (bal_oauth_flow_get_url (flow));
  wait_for (answer);
  bytes = g_thread_join (browser);
  if (page != NULL)
    *page = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

static void
test_browser_brings_a_grant (Fixture       *self,
                             gconstpointer  unused)
{
  g_auto(Answer) answer = { 0 };
  g_autofree char *page = NULL;
  g_autoptr(GPtrArray) reviews = NULL;

  sign_in (bal_blogger_type.get_oauth (), CLIENT_SECRET, &answer, &page);
  g_assert_no_error (answer.error);
  g_assert_nonnull (strstr (page, "signed in"));
  g_assert_null (strstr (answer.secret, "access_token"));
  fixture_open (self, answer.secret);
  reviews = provider_list_all (self->provider, bal_provider_list_reviews, NULL, NULL);
}

static void
test_each_refusal_is_told (Fixture       *self,
                           gconstpointer  unused)
{
  static const struct { FakeBloggerConsent consent; const char *secret; BalError code; const char *words; } cases[] = {
    { FAKE_BLOGGER_DENIES, CLIENT_SECRET, BAL_ERROR_AUTH, "did not allow" },
    { FAKE_BLOGGER_GRANTS_LESS, CLIENT_SECRET, BAL_ERROR_AUTH, "allow it" },
    { FAKE_BLOGGER_GRANTS_ONCE, CLIENT_SECRET, BAL_ERROR_AUTH, "hour" },
    { FAKE_BLOGGER_IS_DOWN, CLIENT_SECRET, BAL_ERROR_TEMPORARY, "" },
    { FAKE_BLOGGER_GRANTS, "wrong", BAL_ERROR_AUTH, "client ID" },
    { FAKE_BLOGGER_GRANTS, NULL, BAL_ERROR_AUTH, "client secret" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(Answer) answer = { 0 };
      g_autofree char *page = NULL;

      fake_blogger_set_consent (self->server, cases[i].consent);
      sign_in (bal_blogger_type.get_oauth (), cases[i].secret, &answer, &page);
      g_assert_null (answer.secret);
      g_assert_error (answer.error, BAL_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (answer.error->message, cases[i].words));
      g_assert_null (strstr (page, "You are signed in"));
    }
}

/* ---- what comes to the port ---- */

static char *
redirect_uri_of (BalOAuthFlow *flow)
{
  g_autoptr(GUri) uri = g_uri_parse (bal_oauth_flow_get_url (flow), SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GHashTable) query = soup_form_decode (g_uri_get_query (uri));

  return g_strdup (g_hash_table_lookup (query, "redirect_uri"));
}

/* Sends bytes there and tells the first line of what comes back. */
static char *
knock (const char *redirect_uri,
       const char *bytes,
       gsize       length)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GUri) uri = g_uri_parse (redirect_uri, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr(GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, NULL);
  char line[200] = "";

  if (connection == NULL)
    return NULL;
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, length, NULL, NULL, NULL);
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), line, sizeof line - 1, NULL, NULL);
  line[strcspn (line, "\r\n")] = '\0';
  return g_strdup (line);
}

static void
test_what_others_send_is_passed_over (Fixture       *self,
                                      gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalOAuthFlow) flow = bal_oauth_flow_new (bal_blogger_type.get_oauth (), CLIENT_ID, CLIENT_SECRET, &error);
  g_autofree char *uri = redirect_uri_of (flow);
  g_autofree char *long_one = g_strnfill (9000, 'x');
  g_autofree char *too_long = g_strconcat ("GET /?", long_one, " HTTP/1.1\r\n\r\n", NULL);
  const char *requests[] = {
    "GET /?code=stolen&state=guessed HTTP/1.1\r\n\r\n",
    "GET /?code=stolen HTTP/1.1\r\n\r\n",
    "GET /favicon.ico HTTP/1.1\r\n\r\n",
    "POST /?code=stolen&state=guessed HTTP/1.1\r\n\r\n",
    "nonsense\r\n\r\n",
  };
  g_auto(Answer) answer = { 0 };
  g_autoptr(GBytes) page = NULL;
  g_autofree char *none = NULL;
  GThread *browser;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (uri, "http://127.0.0.1:"));
  bal_oauth_flow_run_async (flow, NULL, answer_cb, &answer);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *line = knock (uri, requests[i], strlen (requests[i]));

      g_assert_cmpstr (line, ==, "HTTP/1.1 404 Not Found");
    }
  g_free (knock (uri, too_long, strlen (too_long)));
  g_free (knock (uri, "a\0b", 3));
  g_assert_cmpuint (fake_blogger_count_calls (self->server, "oauth/token"), ==, 1);    /* the fixture's own */

  /* The service itself may forget what it was told. */
  fake_blogger_set_consent (self->server, FAKE_BLOGGER_FORGETS_STATE);
  page = g_thread_join (browse (bal_oauth_flow_get_url (flow)));
  g_assert_false (answer.done);
  g_clear_pointer (&page, g_bytes_unref);

  /* The real answer still gets through, and then nobody is listened to. */
  fake_blogger_set_consent (self->server, FAKE_BLOGGER_GRANTS);
  browser = browse (bal_oauth_flow_get_url (flow));
  wait_for (&answer);
  page = g_thread_join (browser);
  g_assert_no_error (answer.error);
  none = knock (uri, requests[0], strlen (requests[0]));
  g_assert_null (none);
}

static void
test_giving_up_ends_it_at_once (Fixture       *self,
                                gconstpointer  unused)
{
  g_autoptr(BalOAuthFlow) flow = bal_oauth_flow_new (bal_blogger_type.get_oauth (), CLIENT_ID, CLIENT_SECRET, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *uri = redirect_uri_of (flow);
  g_autofree char *none = NULL;
  g_auto(Answer) answer = { 0 };

  bal_oauth_flow_run_async (flow, cancellable, answer_cb, &answer);
  g_cancellable_cancel (cancellable);
  wait_for (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  none = knock (uri, "GET / HTTP/1.1\r\n\r\n", 18);
  g_assert_null (none);
}

static void
test_no_two_flows_are_alike (Fixture       *self,
                             gconstpointer  unused)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(BalOAuthFlow) flow = bal_oauth_flow_new (bal_blogger_type.get_oauth (), CLIENT_ID, NULL, NULL);
      g_autoptr(GUri) uri = g_uri_parse (bal_oauth_flow_get_url (flow), SOUP_HTTP_URI_FLAGS, NULL);
      g_autoptr(GHashTable) query = soup_form_decode (g_uri_get_query (uri));

      g_assert_cmpuint (strlen (g_hash_table_lookup (query, "state")), ==, 43);
      g_assert_cmpuint (strlen (g_hash_table_lookup (query, "code_challenge")), ==, 43);
      g_assert_true (g_hash_table_add (seen, g_strdup (g_hash_table_lookup (query, "state"))));
      g_assert_true (g_hash_table_add (seen, g_strdup (g_hash_table_lookup (query, "code_challenge"))));
    }
}

static void
test_without_a_client_it_says_how_to_get_one (Fixture       *self,
                                              gconstpointer  unused)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalOAuthFlow) flow = bal_oauth_flow_new (bal_blogger_type.get_oauth (), "", NULL, &error);

  if (flow != NULL)
    {
      g_test_skip ("this build brings a client");
      return;
    }
  g_assert_error (error, BAL_ERROR, BAL_ERROR_INVALID);
}

static void
test_revoked_is_refused_from_then_on (Fixture       *self,
                                      gconstpointer  unused)
{
  g_autoptr(BalOAuthService) service = bal_blogger_type.get_oauth ();
  g_autofree char *secret = fake_blogger_dup_secret (self->server);
  g_autoptr(BalOAuthGrant) grant = bal_oauth_grant_parse (secret, NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (bal_oauth_revoke (service, grant, self->http, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_false (bal_oauth_refresh (service, grant, self->http, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
}

/* ---- a code that comes twice ---- */

#define VERIFIER     "verifierverifierverifierverifierverifierverifier"
#define CHALLENGE    "BmQPfphfkBl-Xt_mTRGPP28dzTg-_OUe_yFH4-kbV5s"
#define REDIRECT_URI "http://127.0.0.1:9/"

/* What the browser would bring to REDIRECT_URI. */
static char *
fetch_code (BalOAuthService *service)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autoptr(SoupCookieJar) cookies = soup_cookie_jar_new ();
  g_autofree char *query = soup_form_encode ("response_type", "code", "client_id", CLIENT_ID, "redirect_uri", REDIRECT_URI,
                                             "scope", service->scope, "state", CHALLENGE, "code_challenge", CHALLENGE,
                                             "code_challenge_method", "S256", NULL);
  g_autofree char *url = g_strconcat (service->authorize_url, "?", query, NULL);

  soup_session_add_feature (session, SOUP_SESSION_FEATURE (cookies));
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr(GBytes) page = NULL;
      const char *location;

      soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
      page = soup_session_send_and_read (session, message, NULL, NULL);
      location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
      g_assert_nonnull (location);
      if (g_str_has_prefix (location, REDIRECT_URI))
        {
          g_autoptr(GHashTable) answer = soup_form_decode (strchr (location, '?') + 1);

          return g_strdup (g_hash_table_lookup (answer, "code"));
        }
      g_free (url);
      url = g_uri_resolve_relative (service->authorize_url, location, SOUP_HTTP_URI_FLAGS, NULL);
    }
  g_assert_not_reached ();
}

static void
check_replay (BalOAuthService *service,
              const char      *client_secret)
{
  g_autoptr(BalHttpClient) http = bal_http_client_new ();
  g_autofree char *code = fetch_code (service);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalOAuthGrant) grant = bal_oauth_redeem (service, CLIENT_ID, client_secret, code, REDIRECT_URI, VERIFIER, http,
                                                     NULL, &error);
  g_autoptr(BalOAuthGrant) second = NULL;

  g_assert_no_error (error);
  second = bal_oauth_redeem (service, CLIENT_ID, client_secret, code, REDIRECT_URI, VERIFIER, http, NULL, &error);
  g_assert_null (second);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_clear_error (&error);

  /* Somebody else may have had it first: what came of it is worth nothing either. */
  g_assert_false (bal_oauth_refresh (service, grant, http, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
}

static void
test_code_that_comes_twice_is_refused (Fixture       *self,
                                       gconstpointer  unused)
{
  g_autoptr(BalOAuthService) service = bal_blogger_type.get_oauth ();

  check_replay (service, CLIENT_SECRET);
}

/* ---- against a provider that others wrote; its address is in BALCONY_OAUTH_JUDGE ---- */

static BalOAuthService *
judge (void)
{
  const char *root = g_getenv ("BALCONY_OAUTH_JUDGE");
  BalOAuthService *service = g_new0 (BalOAuthService, 1);

  service->name = g_strdup ("Judge");
  service->scope = g_strdup ("https://www.googleapis.com/auth/blogger");
  service->authorize_url = g_strconcat (root, "/o/oauth2/v2/auth", NULL);
  service->token_url = g_strconcat (root, "/token", NULL);
  service->revoke_url = g_strconcat (root, "/revoke", NULL);
  return service;
}

static void
tell_judge (const char *path,
            const char *json)
{
  g_autofree char *url = g_strconcat (g_getenv ("BALCONY_OAUTH_JUDGE"), path, NULL);
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autoptr(SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr(GBytes) answer = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", body);
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  g_assert_nonnull (answer);
}

static void
test_judge_agrees (void)
{
  g_autoptr(BalOAuthService) service = NULL;
  g_autoptr(BalHttpClient) http = bal_http_client_new ();
  g_autoptr(BalOAuthGrant) grant = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(Answer) granted = { 0 };
  g_auto(Answer) denied = { 0 };

  if (g_getenv ("BALCONY_OAUTH_JUDGE") == NULL)
    {
      g_test_skip ("no judge in $BALCONY_OAUTH_JUDGE");
      return;
    }
  service = judge ();
  check_replay (service, NULL);
  sign_in (judge (), NULL, &granted, NULL);
  g_assert_no_error (granted.error);
  grant = bal_oauth_grant_parse (granted.secret, &error);
  g_assert_no_error (error);

  /* Refreshed, down, with other refresh tokens, and taken back. */
  g_assert_true (bal_oauth_refresh (service, grant, http, NULL, &error));
  g_assert_no_error (error);
  tell_judge ("/__ctl", "{\"token_status\":503}");
  g_assert_false (bal_oauth_refresh (service, grant, http, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_clear_error (&error);
  tell_judge ("/__ctl", "{\"token_status\":0,\"rotate\":true}");
  for (guint i = 0; i < 3; i++)
    {
      grant->is_new = FALSE;
      g_assert_true (bal_oauth_refresh (service, grant, http, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (grant->is_new);
    }
  g_assert_true (bal_oauth_revoke (service, grant, http, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (bal_oauth_refresh (service, grant, http, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);

  tell_judge ("/__ctl", "{\"deny\":true}");
  sign_in (judge (), NULL, &denied, NULL);
  g_assert_error (denied.error, BAL_ERROR, BAL_ERROR_AUTH);
}

#define ADD(path, func) g_test_add ("/blogger/sign-in/" path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("browser-brings-a-grant", test_browser_brings_a_grant);
  ADD ("each-refusal-is-told", test_each_refusal_is_told);
  ADD ("what-others-send-is-passed-over", test_what_others_send_is_passed_over);
  ADD ("giving-up-ends-it-at-once", test_giving_up_ends_it_at_once);
  ADD ("no-two-flows-are-alike", test_no_two_flows_are_alike);
  ADD ("without-a-client-it-says-how-to-get-one", test_without_a_client_it_says_how_to_get_one);
  ADD ("revoked-is-refused-from-then-on", test_revoked_is_refused_from_then_on);
  ADD ("code-that-comes-twice-is-refused", test_code_that_comes_twice_is_refused);
  g_test_add_func ("/blogger/sign-in/judge-agrees", test_judge_agrees);

  return g_test_run ();
}
