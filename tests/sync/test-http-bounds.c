/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"

#include "bal-http-private.h"
#include "bal-sync-run.h"

#include <libsoup/soup.h>

#include <string.h>

/* ---- bounds -------------------------------------------------------------------------------------- */

/* 64 MiB of blanks as 64 kB of gzip. */
static GBytes *
make_bomb (void)
{
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr(GOutputStream) output = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  g_autofree char *blanks = g_strnfill (1 << 20, ' ');

  for (guint i = 0; i < 64; i++)
    raw_write (output, blanks, 1 << 20);
  g_output_stream_close (output, NULL, NULL);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static gboolean
send_bomb (RawServer     *server,
           RawRequest    *request,
           GOutputStream *output,
           gpointer       user_data)
{
  GBytes *bomb = user_data;
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           g_bytes_get_size (bomb));

  raw_write (output, head, -1);
  raw_write (output, g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb));
  return FALSE;
}

static void
test_gzip_bomb (void)
{
  g_autoptr(GBytes) bomb = make_bomb ();
  g_autoptr(RawServer) server = raw_server_new (send_bomb, bomb);

  g_assert_cmpuint (g_bytes_get_size (bomb), <, 100 * 1024);
  http_assert_fails (server, "GET", "/", BAL_ERROR_PROTOCOL);
  http_assert_fails (server, "POST", "/", BAL_ERROR_LOST_ANSWER);
}

static gboolean
send_forever (RawServer     *server,
              RawRequest    *request,
              GOutputStream *output,
              gpointer       user_data)
{
  g_autofree char *blanks = g_strnfill (1 << 16, ' ');

  raw_write (output, "HTTP/1.1 200 OK\r\n\r\n", -1);
  while (raw_write (output, blanks, 1 << 16))
    ;
  return FALSE;
}

static void
test_endless_body (void)
{
  g_autoptr(RawServer) server = raw_server_new (send_forever, NULL);

  http_assert_fails (server, "GET", "/", BAL_ERROR_PROTOCOL);
}

static void
test_slow_bytes (void)
{
  static const char *const leads[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "HTTP/1.1 200 OK\r\nX-", "HTTP/1.1 2", "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    {
      g_autoptr(RawServer) server = raw_server_new (http_drip, (gpointer) leads[i]);
      gint64 begun = g_get_monotonic_time ();

      http_assert_fails (server, "GET", "/", BAL_ERROR_TEMPORARY);
      http_assert_fails (server, "POST", "/", BAL_ERROR_LOST_ANSWER);
      g_assert_cmpint (g_get_monotonic_time () - begun, <, 5 * G_USEC_PER_SEC);
    }
}

static gboolean
answer_once (RawServer     *server,
             RawRequest    *request,
             GOutputStream *output,
             gpointer       user_data)
{
  const char *answer = user_data;

  /* The first request of the first connection makes it a kept one; everything after it is dropped. */
  if (strcmp (request->target, "/first") == 0)
    return raw_reply (output, 200, NULL, "first");

  raw_write (output, answer, -1);
  return FALSE;
}

/* Who took the whole time is left alone for a while, also by those who would ask something else. */
static void
test_slow_server_gets_a_pause (void)
{
  static const char *const methods[] = { "GET", "POST" };
  g_autoptr(RawServer) slow = raw_server_new (http_drip, (gpointer) "HTTP/1.1 2");
  g_autoptr(RawServer) rude = raw_server_new (answer_once, (gpointer) "HTTP/1.1 2");

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr(BalHttpClient) client = bal_http_client_new ();
      g_autoptr(GError) late = NULL;
      g_autoptr(GError) cut = NULL;

      bal_http_client_set_bounds (client, 1, 4 * 1024 * 1024);
      g_assert_null (http_send_to (client, slow, methods[i], "/", &late));
      g_assert_cmpuint (bal_http_error_get_retry_after (late), >, 0);
      g_assert_null (http_send_to (client, rude, methods[i], "/", &cut));
      g_assert_cmpuint (bal_http_error_get_retry_after (cut), ==, 0);
    }
}

static gboolean
answer_late (RawServer     *server,
             RawRequest    *request,
             GOutputStream *output,
             gpointer       user_data)
{
  guint *n_asked = user_data;

  (*n_asked)++;
  raw_server_wait (server, 1600);
  return raw_reply (output, 200, NULL, "{}");
}

/* Each answers in time, and all together would never end. */
static void
test_patience_ends (void)
{
  guint n_asked = 0;
  g_autoptr(RawServer) late = raw_server_new (answer_late, &n_asked);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(GError) error = NULL;

  bal_http_client_set_patience (client, 1);
  for (guint i = 0; i < 4 && error == NULL; i++)
    {
      g_autoptr(BalHttpResponse) response = http_send_to (client, late, "GET", "/", &error);

      g_assert_true ((response != NULL) == (error == NULL));
    }
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (bal_http_error_get_retry_after (error), >, 0);
  g_assert_cmpuint (n_asked, <=, 2);
  bal_http_client_spend (client, G_USEC_PER_SEC * 10);

  /* A write is not even begun, lest nobody know what became of it. */
  g_clear_error (&error);
  g_assert_null (http_send_to (client, late, "POST", "/", &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY);
  g_assert_cmpuint (n_asked, <=, 2);
}

/* What comes of them makes them worth waiting for. */
static void
test_patience_is_given_back (void)
{
  const gint64 second = G_USEC_PER_SEC;
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpRequest) read = bal_http_request_new ("GET", "http://127.0.0.1/", NULL);
  g_autoptr(BalHttpRequest) write = bal_http_request_new ("POST", "http://127.0.0.1/", NULL);

  bal_http_client_spend (client, 1000 * second);
  g_assert_cmpint (bal_http_client_get_patience (client, FALSE), ==, G_MAXINT64);
  g_assert_true (bal_http_client_may_begin (client, write));

  bal_http_client_set_patience (client, 40);
  for (guint i = 0; i < 320; i++)
    bal_http_client_spend (client, second / 10);    /* many quick answers are a long time too */
  g_assert_cmpint (bal_http_client_get_patience (client, FALSE), ==, 8 * second);
  g_assert_false (bal_http_client_is_slow (client));
  g_assert_true (bal_http_client_may_begin (client, read));
  g_assert_false (bal_http_client_may_begin (client, write));
  bal_http_client_spend (client, 8 * second);
  g_assert_true (bal_http_client_is_slow (client));
  g_assert_false (bal_http_client_may_begin (client, read));

  bal_http_client_reward (client, 20000);
  g_assert_cmpint (bal_http_client_get_patience (client, FALSE), ==, 20 * second);
  g_assert_true (bal_http_client_may_begin (client, write));
  bal_http_client_reward (client, G_MAXINT64);
  g_assert_cmpint (bal_http_client_get_patience (client, FALSE), ==, 40 * second);
}

/* Of a sync: some reads, then a read and a write for each change. All of it in seconds that nobody waits for. */
static gint64
sync_slowly (BalHttpClient *client,
             gint64         answer,
             guint          n_changes,
             guint         *n_sent)
{
  g_autoptr(BalHttpRequest) write = bal_http_request_new ("POST", "http://127.0.0.1/", NULL);
  gint64 waited = answer;
  gint64 left;

  bal_http_client_set_patience (client, BAL_SYNC_PATIENCE_S);
  bal_http_client_spend (client, answer);
  bal_http_client_keep_for_a_write (client, TRUE);
  do
    {
      left = MIN (answer, bal_http_client_get_patience (client, FALSE));
      bal_http_client_spend (client, left);
      waited += left;
    }
  while (left == answer);

  bal_http_client_keep_for_a_write (client, FALSE);
  for (*n_sent = 0; *n_sent < n_changes; (*n_sent)++)
    {
      left = MIN (answer, bal_http_client_get_patience (client, FALSE));
      bal_http_client_spend (client, left);
      waited += left;
      if (left < answer || !bal_http_client_may_begin (client, write))
        break;
      left = MIN (answer, bal_http_client_get_patience (client, TRUE));
      bal_http_client_spend (client, left);
      waited += left;
      if (left < answer)
        break;
      bal_http_client_reward (client, BAL_SYNC_SENT_MS);
    }
  return waited;
}

/* However slowly it answers, a change gets there; only what is too slow for a write at all gets none, within the minute. */
static void
test_some_patience_is_kept_for_a_write (void)
{
  const gint64 second = G_USEC_PER_SEC;
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  guint n_sent;

  for (gint64 answer = 1; answer <= 44; answer++)
    {
      gint64 waited = sync_slowly (client, answer * second, 1, &n_sent);

      g_test_message ("%d s each: %u sent after %d s", (int) answer, n_sent, (int) (waited / second));
      if (answer <= 15)
        g_assert_cmpuint (n_sent, ==, 1);
      g_assert_cmpint (waited, <, 60 * second);
    }
  sync_slowly (client, 9 * second, 20, &n_sent);
  g_assert_cmpuint (n_sent, ==, 20);
}

/* One that was sent and is cut off leaves a question open. */
static void
test_a_write_is_given_more_time_than_a_read (void)
{
  g_autoptr(BalHttpClient) client = bal_http_client_new ();

  bal_http_client_set_patience (client, BAL_SYNC_PATIENCE_S);
  bal_http_client_keep_for_a_write (client, TRUE);
  g_assert_cmpint (bal_http_client_get_patience (client, TRUE), >, 45 * G_USEC_PER_SEC);
  g_assert_cmpint (bal_http_client_get_patience (client, FALSE), <, 45 * G_USEC_PER_SEC);
  bal_http_client_spend (client, 31 * G_USEC_PER_SEC);
  g_assert_cmpint (bal_http_client_get_patience (client, TRUE), >, 15 * G_USEC_PER_SEC);
}

#define UPLOAD_BYTES (16 * 1024 * 1024)
#define SLOW_BYTES   (6 * 1024 * 1024)

/* A beginning slowly; the rest at once, as what the system holds of it when all has left here is no longer seen to move. */
static gpointer
read_slowly (gpointer data)
{
  GSocketListener *listener = data;
  g_autoptr(GSocketConnection) connection = g_socket_listener_accept (listener, NULL, NULL, NULL);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autofree char *buffer = g_malloc (256 * 1024);
  gsize n_read, n_total = 0;

  while (n_total < UPLOAD_BYTES)
    {
      g_input_stream_read_all (input, buffer, MIN (256 * 1024, UPLOAD_BYTES - n_total), &n_read, NULL, NULL);
      if (n_read == 0)
        return NULL;
      n_total += n_read;
      if (n_total <= SLOW_BYTES)
        g_usleep (200 * 1000);
    }
  raw_reply (g_io_stream_get_output_stream (G_IO_STREAM (connection)), 201, NULL, "{}");
  return NULL;
}

/* A large picture over a slow line takes longer than any answer may. */
static void
test_what_moves_may_take_its_time (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpRequest) request = http_request_new ("POST", url);
  g_autoptr(GBytes) body = g_bytes_new_take (g_malloc0 (UPLOAD_BYTES), UPLOAD_BYTES);
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("slow", read_slowly, listener);
  gint64 begun = g_get_monotonic_time ();

  bal_http_client_set_bounds (client, 3, 1024);
  bal_http_request_set_body (request, "image/png", body);
  response = bal_http_client_send (client, request, NULL, &error);
  g_thread_join (thread);
  g_assert_no_error (error);
  g_assert_cmpuint (bal_http_response_get_status (response), ==, 201);
  g_assert_cmpint (g_get_monotonic_time () - begun, >, 4 * G_USEC_PER_SEC);
}

static gboolean
send_go_on (RawServer     *server,
            RawRequest    *request,
            GOutputStream *output,
            gpointer       user_data)
{
  while (raw_write (output, "HTTP/1.1 100 Continue\r\n\r\n", -1))
    ;
  return FALSE;
}

/* The library reads these in one go, in which no deadline comes. */
static void
test_go_on_without_end (void)
{
  g_autoptr(RawServer) server = raw_server_new (send_go_on, NULL);

  http_assert_fails (server, "GET", "/", BAL_ERROR_PROTOCOL);
  http_assert_fails (server, "POST", "/", BAL_ERROR_LOST_ANSWER);
}

/* ---- lost and cut answers ------------------------------------------------------------------------ */

static void
test_write_is_sent_once (void)
{
  static const char *const verbs[] = { "POST", "PUT", "DELETE", "PATCH" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr(RawServer) server = raw_server_new (answer_once, (gpointer) "");
      g_autoptr(BalHttpClient) client = bal_http_client_new ();
      g_autoptr(BalHttpResponse) first = http_send_to (client, server, "GET", "/first", NULL);
      g_autoptr(BalHttpResponse) second = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *request = NULL;

      g_assert_nonnull (first);
      second = http_send_to (client, server, verbs[i], "/write", &error);
      g_assert_error (error, BAL_ERROR, BAL_ERROR_LOST_ANSWER);
      g_assert_cmpuint (raw_server_n_requests (server), ==, 2);
      request = raw_server_dup_request (server, 1);
      g_assert_true (g_str_has_suffix (request, "{\"a\":1}"));
    }
}

static void
test_cut_answers (void)
{
  static const char *const answers[] = {
    "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nonly a part",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nonly a part",
    "HTTP/1.1 20",
    "nonsense",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(RawServer) server = raw_server_new (answer_once, (gpointer) answers[i]);

      g_test_message ("%s", answers[i]);
      http_assert_fails (server, "GET", "/", BAL_ERROR_TEMPORARY);
      http_assert_fails (server, "POST", "/", BAL_ERROR_LOST_ANSWER);
    }
}

static void
test_nobody_there (void)
{
  g_autoptr(RawServer) server = raw_server_new (http_drip, (gpointer) "");
  g_autofree char *url = raw_server_url (server, "/");
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpRequest) request = http_request_new ("POST", url);
  g_autoptr(BalHttpRequest) nowhere = http_request_new ("POST", "https://nowhere.invalid/");
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&server, raw_server_free);
  g_assert_null (bal_http_client_send (client, request, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_OFFLINE);
  g_clear_error (&error);

  g_assert_null (bal_http_client_send (client, nowhere, NULL, &error));
  g_assert_error (error, BAL_ERROR, BAL_ERROR_OFFLINE);
}

/* ---- guards that libsoup does not give by itself ---- */

static gboolean
note_connection (RawServer     *server,
                 RawRequest    *request,
                 GOutputStream *output,
                 gpointer       connection)
{
  *(guint *) connection = request->connection;
  return raw_reply (output, 200, NULL, "{}");
}

/* On a kept one libsoup would send some writes again, were it dead. */
static void
test_write_leaves_on_a_connection_of_its_own (void)
{
  static const char *const methods[] = { "POST", "PUT", "DELETE" };
  guint connection = 0;
  g_autoptr(RawServer) server = raw_server_new (note_connection, &connection);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr(BalHttpResponse) read = http_send_to (client, server, "GET", "/", NULL);
      g_autoptr(BalHttpResponse) again = http_send_to (client, server, "GET", "/", NULL);
      g_autoptr(BalHttpResponse) written = NULL;
      guint kept = connection;

      g_assert_nonnull (read);
      g_assert_nonnull (again);
      written = http_send_to (client, server, methods[i], "/", NULL);
      g_assert_nonnull (written);
      g_assert_cmpuint (connection, !=, kept);
    }
}

static gboolean
challenge (RawServer     *server,
           RawRequest    *request,
           GOutputStream *output,
           gpointer       user_data)
{
  return raw_reply (output, 401, "WWW-Authenticate: Basic realm=\"r\"\r\n", "no");
}

static gboolean
count_cb (GSignalInvocationHint *hint,
          guint                  n_values,
          const GValue          *values,
          gpointer               n)
{
  (*(guint *) n)++;
  return TRUE;
}

/* Its authentication manager would ask for a password, and parse whatever the challenge holds (CVE-2025-4476). */
static void
test_challenge_reaches_no_authentication_manager (void)
{
  g_autoptr(RawServer) server = raw_server_new (challenge, NULL);
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(GTypeClass) message_class = g_type_class_ref (SOUP_TYPE_MESSAGE);
  guint authenticate = g_signal_lookup ("authenticate", SOUP_TYPE_MESSAGE);
  guint n_asked = 0;
  gulong hook = g_signal_add_emission_hook (authenticate, 0, count_cb, &n_asked, NULL);
  g_autoptr(BalHttpResponse) response = http_send_to (client, server, "GET", "/", NULL);

  g_signal_remove_emission_hook (authenticate, hook);
  g_assert_cmpuint (bal_http_response_get_status (response), ==, 401);
  g_assert_cmpuint (n_asked, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/http-bounds/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/http-bounds/endless-body", test_endless_body);
  g_test_add_func ("/http-bounds/slow-bytes", test_slow_bytes);
  g_test_add_func ("/http-bounds/slow-server-gets-a-pause", test_slow_server_gets_a_pause);
  g_test_add_func ("/http-bounds/patience-ends", test_patience_ends);
  g_test_add_func ("/http-bounds/patience-is-given-back", test_patience_is_given_back);
  g_test_add_func ("/http-bounds/some-patience-is-kept-for-a-write", test_some_patience_is_kept_for_a_write);
  g_test_add_func ("/http-bounds/a-write-is-given-more-time-than-a-read", test_a_write_is_given_more_time_than_a_read);
  g_test_add_func ("/http-bounds/what-moves-may-take-its-time", test_what_moves_may_take_its_time);
  g_test_add_func ("/http-bounds/go-on-without-end", test_go_on_without_end);
  g_test_add_func ("/http-bounds/write-is-sent-once", test_write_is_sent_once);
  g_test_add_func ("/http-bounds/cut-answers", test_cut_answers);
  g_test_add_func ("/http-bounds/nobody-there", test_nobody_there);
  g_test_add_func ("/http-bounds/write-leaves-on-a-connection-of-its-own",
                   test_write_leaves_on_a_connection_of_its_own);
  g_test_add_func ("/http-bounds/challenge-reaches-no-authentication-manager",
                   test_challenge_reaches_no_authentication_manager);

  return g_test_run ();
}
