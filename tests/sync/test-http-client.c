/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE                  /* memmem() */
#include "http-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- plain exchanges ----------------------------------------------------------------------------- */

static gboolean
echo (RawServer     *server,
      RawRequest    *request,
      GOutputStream *output,
      gpointer       user_data)
{
  return raw_reply (output, 200, "X-Two: a\r\nX-Two: b\r\n", request->target);
}

static void
test_plain_exchange (void)
{
  g_autoptr(RawServer) server = raw_server_new (echo, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(BalHttpResponse) response = http_send_to (client, server, "POST", "/a?b=c", &error);
  g_autofree char *request = raw_server_dup_request (server, 0);
  GBytes *body;

  g_assert_no_error (error);
  g_assert_cmpuint (bal_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (bal_http_response_get_header (response, "x-two"), ==, "a, b");
  g_assert_null (bal_http_response_get_header (response, "x-three"));
  g_assert_true (g_str_has_suffix (bal_http_response_get_url (response), "/a?b=c"));
  body = bal_http_response_get_body (response);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "/a?b=c", 6);

  g_assert_true (g_str_has_prefix (request, "POST /a?b=c HTTP/1.1\n"));
  g_assert_nonnull (strstr (request, "\nUser-Agent: Balcony/"));
  g_assert_nonnull (strstr (request, "\nAuthorization: Basic " SECRET_HEADER "\n"));
  g_assert_null (strstr (request, "\nCookie:"));
  g_assert_true (g_str_has_suffix (request, "\n{\"a\":1}"));
}

static void
test_addresses (void)
{
  static const struct { const char *url; int code; } cases[] = {
    { "https://example.org", -1 },
    { "http://127.0.0.1:8080/x", -1 },
    { "http://127.9.9.9/", -1 },
    { "http://[::1]:8080/", -1 },
    { "http://localhost/", -1 },
    { "http://example.org/", BAL_ERROR_INSECURE },
    { "http://127.0.0.1.example.org/", BAL_ERROR_INSECURE },
    { "http://192.168.1.1/", BAL_ERROR_INSECURE },
    { "http://localhost.example.org/", BAL_ERROR_INSECURE },
    { "https://user:password@example.org/", BAL_ERROR_INVALID },
    { "ftp://example.org/", BAL_ERROR_INVALID },
    { "file:///etc/passwd", BAL_ERROR_INVALID },
    { "example.org", BAL_ERROR_INVALID },
    { "https://", BAL_ERROR_INVALID },
    { "https:///path", BAL_ERROR_INVALID },
    { "", BAL_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BalHttpRequest) request = bal_http_request_new ("GET", cases[i].url, &error);

      g_test_message ("%s", cases[i].url);
      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, BAL_ERROR, cases[i].code);
    }
}

static void
test_line_breaks_make_no_headers (void)
{
  g_autoptr(RawServer) server = raw_server_new (echo, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autofree char *url = raw_server_url (server, "/");
  g_autoptr(BalHttpRequest) request = http_request_new ("GET", url);
  g_autoptr(BalHttpResponse) response = NULL;
  g_autofree char *seen = NULL;

  for (guint i = 0; i < 3; i++)
    g_test_expect_message ("balcony-sync", G_LOG_LEVEL_WARNING, "Dropped a request header*");
  bal_http_request_set_header (request, "X-A", "a\r\nX-Injected: 1");
  bal_http_request_set_header (request, "X-B", "b\nX-Injected: 2");
  bal_http_request_set_header (request, "X-C\r\nX-Injected", "3");
  g_test_assert_expected_messages ();
  bal_http_request_set_header (request, "X-Good", "4");

  response = bal_http_client_send (client, request, NULL, NULL);
  g_assert_nonnull (response);
  seen = raw_server_dup_request (server, 0);
  g_assert_null (strstr (seen, "Injected"));
  g_assert_nonnull (strstr (seen, "X-Good: 4"));
}

/* ---- redirects ----------------------------------------------------------------------------------- */

static gboolean
redirect (RawServer     *server,
          RawRequest    *request,
          GOutputStream *output,
          gpointer       user_data)
{
  g_autofree char *header = NULL;

  if (strcmp (request->target, "/end") == 0)
    return raw_reply (output, 200, NULL, "end");
  if (strcmp (request->target, "/loop") == 0)
    return raw_reply (output, 302, "Location: /loop\r\n", "");
  if (g_str_has_prefix (request->target, "/hops/"))
    {
      int n = atoi (request->target + strlen ("/hops/"));

      header = n > 1 ? g_strdup_printf ("Location: /hops/%d\r\n", n - 1) : g_strdup ("Location: /end\r\n");
      return raw_reply (output, n % 2 ? 301 : 307, header, "");
    }

  header = g_strdup_printf ("Location: %s\r\n", (const char *) user_data);
  return raw_reply (output, 302, header, "elsewhere");
}

static void
test_redirects_within_the_origin (void)
{
  g_autoptr(RawServer) server = raw_server_new (redirect, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpResponse) response = http_send_to (client, server, "GET", "/hops/5", NULL);

  g_assert_nonnull (response);
  g_assert_cmpuint (bal_http_response_get_status (response), ==, 200);
  g_assert_true (g_str_has_suffix (bal_http_response_get_url (response), "/end"));
  g_assert_cmpuint (raw_server_n_requests (server), ==, 6);

  http_assert_fails (server, "GET", "/hops/6", BAL_ERROR_PROTOCOL);
  http_assert_fails (server, "GET", "/loop", BAL_ERROR_PROTOCOL);
}

static void
test_redirect_leaks_nothing (void)
{
  g_autoptr(RawServer) thief = raw_server_new (echo, NULL);
  g_autofree char *there = raw_server_url (thief, "/steal");
  g_autoptr(RawServer) server = raw_server_new (redirect, there);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  static const char *const verbs[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(BalHttpResponse) response = http_send_to (client, server, verbs[i], "/away", NULL);

      g_assert_nonnull (response);
      g_assert_cmpuint (bal_http_response_get_status (response), ==, 302);
    }
  g_assert_cmpuint (raw_server_n_requests (thief), ==, 0);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 6);
}

static void
test_write_follows_no_redirect (void)
{
  g_autoptr(RawServer) server = raw_server_new (redirect, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpResponse) response = http_send_to (client, server, "POST", "/hops/1", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_nonnull (response);
  g_assert_cmpuint (bal_http_response_get_status (response), ==, 301);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
  bal_http_response_set_error (response, NULL, &error);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL);
}

static void
test_redirect_to_odd_places (void)
{
  static const char *const places[] = {
    "http://example.org/", "file:///etc/passwd", "https://127.0.0.1/", "//example.org/",
    "http://user:password@127.0.0.1/", "http://[", "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(RawServer) server = raw_server_new (redirect, (gpointer) places[i]);
      g_autoptr(BalHttpClient) client = bal_http_client_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(BalHttpResponse) response = NULL;

      if (*places[i] == '\0')
        continue;
      response = http_send_to (client, server, "GET", "/away", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (bal_http_response_get_status (response), ==, 302);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
    }
}

/* ---- authentication, TLS ------------------------------------------------------------------------- */

static gboolean
challenge (RawServer     *server,
           RawRequest    *request,
           GOutputStream *output,
           gpointer       user_data)
{
  return raw_reply (output, 401, "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", "
                                 "domain=\"http:/foo\"\r\n"
                                 "WWW-Authenticate: Basic realm=\"r\"\r\n"
                                 "WWW-Authenticate: NTLM\r\n", "no");
}

/* CVE-2025-4476: with libsoup's own authentication this crashes. */
static void
test_challenge_is_only_an_answer (void)
{
  g_autoptr(RawServer) server = raw_server_new (challenge, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpResponse) response = http_send_to (client, server, "GET", "/", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (bal_http_response_get_status (response), ==, 401);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
  bal_http_response_set_error (response, "no such user", &error);
  g_assert_error (error, BAL_ERROR, BAL_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "no such user"));
}

static GTlsCertificate *
make_certificate (void)
{
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  g_autofree char *dir = NULL;
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;
  g_autofree char *public = NULL;
  g_autofree char *noise = NULL;
  GTlsCertificate *certificate;

  if (openssl == NULL)
    return NULL;

  dir = g_dir_make_tmp ("balcony-XXXXXX", NULL);
  path = g_build_filename (dir, "both.pem", NULL);
  command = g_strdup_printf ("%s req -x509 -batch -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
                             "-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout %s -out %s.c",
                             openssl, path, path);
  g_assert_true (g_spawn_command_line_sync (command, NULL, &noise, NULL, NULL));
  public = g_strconcat (path, ".c", NULL);
  certificate = g_tls_certificate_new_from_files (public, path, NULL);
  g_unlink (public);
  g_unlink (path);
  g_rmdir (dir);

  return certificate;
}

static void
test_unknown_certificate_is_refused (void)
{
  g_autoptr(GTlsCertificate) certificate = make_certificate ();
  g_autoptr(RawServer) server = NULL;

  if (certificate == NULL)
    {
      g_test_skip ("there is no openssl to make a certificate with");
      return;
    }

  server = raw_server_new_tls (echo, NULL, certificate);
  http_assert_fails (server, "GET", "/", BAL_ERROR_INSECURE);
  http_assert_fails (server, "POST", "/", BAL_ERROR_INSECURE);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 0);
}

static gpointer
read_client_hello (gpointer data)
{
  GSocketListener *listener = data;
  g_autoptr(GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  char *buffer = g_malloc0 (4096);
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                  buffer, 4096, NULL, NULL);

  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  return g_bytes_new_take (buffer, MAX (n, 0));
}

/* The names of protocols that a client offers stand in its first message, each after its length. */
static void
test_only_http1_is_offered (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr(GThread) thread = g_thread_new ("hello", read_client_hello, listener);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autofree char *url = g_strdup_printf ("https://localhost:%u/", port);
  g_autoptr(BalHttpRequest) request = http_request_new ("GET", url);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) hello = NULL;
  gconstpointer data;
  gsize size;

  g_assert_null (bal_http_client_send (client, request, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_OFFLINE);
  hello = g_thread_join (g_steal_pointer (&thread));
  data = g_bytes_get_data (hello, &size);
  g_assert_cmpuint (size, >, 100);
  g_assert_null (memmem (data, size, "\x02h2", 3));
}

/* ---- waiting ------------------------------------------------------------------------------------- */

static gboolean
busy (RawServer     *server,
      RawRequest    *request,
      GOutputStream *output,
      gpointer       user_data)
{
  g_autofree char *header = NULL;
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(GDateTime) then = g_date_time_add_seconds (now, 90);

  if (strcmp (request->target, "/seconds") == 0)
    return raw_reply (output, 503, "Retry-After: 17\r\n", "");
  if (strcmp (request->target, "/year") == 0)
    return raw_reply (output, 429, "Retry-After: 99999999999\r\n", "");
  if (strcmp (request->target, "/nonsense") == 0)
    return raw_reply (output, 429, "Retry-After: -5\r\n", "");
  if (strcmp (request->target, "/past") == 0)
    return raw_reply (output, 429, "Retry-After: Thu, 01 Jan 1998 00:00:00 GMT\r\n", "");
  if (strcmp (request->target, "/none") == 0)
    return raw_reply (output, 500, NULL, "");

  header = g_date_time_format (then, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n");
  return raw_reply (output, 503, header, "");
}

static void
test_retry_after (void)
{
  static const struct { const char *target; guint low, high; } cases[] = {
    { "/seconds", 17, 17 }, { "/date", 80, 90 }, { "/year", 86400, 86400 },
    { "/nonsense", 0, 0 }, { "/past", 0, 0 }, { "/none", 0, 0 },
  };
  g_autoptr(RawServer) server = raw_server_new (busy, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalHttpResponse) response = http_send_to (client, server, "GET", cases[i].target, NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) copy = NULL;

      bal_http_response_set_error (response, NULL, &error);
      g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
      copy = g_error_copy (error);
      g_assert_cmpuint (bal_http_error_get_retry_after (copy), >=, cases[i].low);
      g_assert_cmpuint (bal_http_error_get_retry_after (copy), <=, cases[i].high);
    }

  g_assert_cmpuint (bal_http_error_get_retry_after (NULL), ==, 0);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr(RawServer) server = raw_server_new (http_drip, (gpointer) "");
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *url = raw_server_url (server, "/");
  g_autoptr(BalHttpRequest) request = http_request_new ("GET", url);
  g_autoptr(GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();

  g_timeout_add (200, cancel_cb, cancellable);
  g_assert_null (bal_http_client_send (client, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 2 * G_USEC_PER_SEC);
  g_clear_error (&error);

  /* One that is cancelled already sends nothing. */
  raw_server_forget (server);
  g_assert_null (bal_http_client_send (client, request, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 0);
}

/* The server works on a begun request while nobody iterates the context. */
static void
test_begin_is_on_its_way (void)
{
  g_autoptr(RawServer) server = raw_server_new (echo, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autofree char *url = raw_server_url (server, "/ahead");
  g_autoptr(BalHttpRequest) request = http_request_new ("GET", url);
  BalHttpCall *call = bal_http_client_begin (client, request, NULL);
  g_autoptr(BalHttpResponse) other = NULL;
  g_autoptr(BalHttpResponse) response = NULL;

  for (guint i = 0; i < 200 && raw_server_n_requests (server) == 0; i++)
    g_usleep (10000);
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1);

  other = http_send_to (client, server, "POST", "/between", NULL);
  g_assert_nonnull (other);
  response = bal_http_call_finish (call, NULL);
  g_assert_cmpuint (g_bytes_get_size (bal_http_response_get_body (response)), ==, 6);
}

static void
test_abandon (void)
{
  g_autoptr(RawServer) server = raw_server_new (http_drip, (gpointer) "HTTP/1.1 200 OK\r\n\r\n");
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autofree char *url = raw_server_url (server, "/");
  g_autoptr(BalHttpRequest) request = http_request_new ("GET", url);

  bal_http_call_abandon (bal_http_client_begin (client, request, NULL));
  g_assert_finalize_object (g_steal_pointer (&client));
}

static gpointer
own_context_thread (gpointer data)
{
  RawServer *server = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  BalHttpClient *client = bal_http_client_new ();

  g_main_context_push_thread_default (context);
  {
    g_autoptr(BalHttpResponse) response = http_send_to (client, server, "GET", "/thread", NULL);

    g_assert_nonnull (response);
  }
  g_object_unref (client);
  g_main_context_pop_thread_default (context);

  return NULL;
}

static void
test_thread_with_its_own_context (void)
{
  g_autoptr(RawServer) server = raw_server_new (echo, NULL);

  g_thread_join (g_thread_new ("own", own_context_thread, server));
  g_assert_cmpuint (raw_server_n_requests (server), ==, 1);
}

/* ---- what the log tells -------------------------------------------------------------------------- */

static GString *logged;
static GMutex   logging;   /* threads of GLib's log too */

static GLogWriterOutput
log_writer (GLogLevelFlags   level,
            const GLogField *fields,
            gsize            n_fields,
            gpointer         user_data)
{
  g_mutex_lock (&logging);
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].length < 0)
      g_string_append_printf (logged, "%s=%s\n", fields[i].key, (const char *) fields[i].value);
  g_mutex_unlock (&logging);

  return G_LOG_WRITER_HANDLED;
}

static gboolean
tell_secrets (RawServer     *server,
              RawRequest    *request,
              GOutputStream *output,
              gpointer       user_data)
{
  if (strcmp (request->method, "DELETE") == 0)
    return FALSE;
  return raw_reply (output, 200, "Set-Cookie: session=" SECRET "\r\nX-WP-Total: 12\r\n"
                                 "Content-Type: text/html\r\n", SECRET);
}

/* In a process of its own: GLib takes one log writer, once. */
static void
test_log_shows_no_secret (void)
{
  static const char *const verbs[] = { "GET", "POST", "DELETE" };
  g_autoptr(RawServer) server = NULL;
  g_autoptr(BalHttpClient) client = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  logged = g_string_new (NULL);
  g_log_set_writer_func (log_writer, NULL, NULL);
  server = raw_server_new (tell_secrets, NULL);
  client = bal_http_client_new ();
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(BalHttpResponse) response = http_send_to (client, server, verbs[i], "/p?k=" SECRET, NULL);
      g_autofree char *url = raw_server_url (server, "/q");
      g_autoptr(BalHttpRequest) request = http_request_new (verbs[i], url);
      g_autoptr(BalHttpResponse) other = NULL;

      bal_http_request_set_bearer (request, SECRET);
      bal_http_request_set_header (request, "X-WP-Nonce", SECRET);
      other = bal_http_client_send (client, request, NULL, NULL);
    }

  g_assert_nonnull (strstr (logged->str, "/p: 200, 11 bytes"));
  g_assert_nonnull (strstr (logged->str, "X-WP-Total: 12"));
  g_assert_null (strstr (logged->str, SECRET));
  g_assert_null (strstr (logged->str, SECRET_HEADER));
  g_string_free (logged, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http/plain-exchange", test_plain_exchange);
  g_test_add_func ("/http/addresses", test_addresses);
  g_test_add_func ("/http/line-breaks-make-no-headers", test_line_breaks_make_no_headers);
  g_test_add_func ("/http/redirects-within-the-origin", test_redirects_within_the_origin);
  g_test_add_func ("/http/redirect-leaks-nothing", test_redirect_leaks_nothing);
  g_test_add_func ("/http/write-follows-no-redirect", test_write_follows_no_redirect);
  g_test_add_func ("/http/redirect-to-odd-places", test_redirect_to_odd_places);
  g_test_add_func ("/http/challenge-is-only-an-answer", test_challenge_is_only_an_answer);
  g_test_add_func ("/http/unknown-certificate-is-refused", test_unknown_certificate_is_refused);
  g_test_add_func ("/http/only-http1-is-offered", test_only_http1_is_offered);
  g_test_add_func ("/http/retry-after", test_retry_after);
  g_test_add_func ("/http/cancel", test_cancel);
  g_test_add_func ("/http/begin-is-on-its-way", test_begin_is_on_its_way);
  g_test_add_func ("/http/abandon", test_abandon);
  g_test_add_func ("/http/thread-with-its-own-context", test_thread_with_its_own_context);
  g_test_add_func ("/http/log-shows-no-secret", test_log_shows_no_secret);

  return g_test_run ();
}
