/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-http-private.h"

#include "bal-error.h"

/* Each so many bytes of a request that leave begin the time anew: what moves may be large. */
#define PROGRESS_BYTES       (512 * 1024)
/* A server that took the whole time is left alone for so long. */
#define PAUSE_S              60
#define MAX_REDIRECTS        5
#define MAX_RESTARTS         3
#define MAX_INFORMATIONAL    100
#define CHUNK_BYTES          (64 * 1024)
/* How long beginning a call may take until its request is on the wire. */
#define BEGIN_MS             100

static void call_send (BalHttpCall *call);

/* ---- the end of a call --------------------------------------------------------------------------- */

/* The library holds the stream too, and keeps the connection until it is closed. */
static void
call_close_stream (BalHttpCall *call)
{
  if (call->stream != NULL)
    g_input_stream_close (call->stream, NULL, NULL);
  g_clear_object (&call->stream);
}

static void
call_done (BalHttpCall *call)
{
  call->done = TRUE;
  g_source_destroy (call->deadline);
  call_close_stream (call);
  bal_http_call_log (call);
}

static void
call_fail (BalHttpCall *call,
           GError      *cause)       /* (transfer full) */
{
  if (!call->timed_out && !call->out_of_bounds && g_cancellable_is_cancelled (call->outer))
    call->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, cause->message);
  else
    {
      call->out_of_patience &= call->timed_out;
      call->client->ran_out |= call->out_of_patience;
      call->error = bal_http_call_describe (call, cause);
    }
  if (call->timed_out)
    bal_error_set_retry_after (call->error, PAUSE_S);
  if (call->too_large)
    bal_error_set_too_large (call->error);

  g_error_free (cause);
  call_done (call);
}

static void
call_break (BalHttpCall *call)
{
  call->out_of_bounds = TRUE;
  call_fail (call, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "bound"));
}

/* ---- one exchange -------------------------------------------------------------------------------- */

/* (nullable): where to go on, if this answer is a redirect that a GET may follow */
static GUri *
redirect_target (BalHttpCall *call)
{
  guint status = soup_message_get_status (call->message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  g_autoptr(GUri) target = NULL;

  if (bal_http_request_is_write (call->request) || location == NULL ||
      !(status == 301 || status == 302 || status == 303 || status == 307 || status == 308))
    return NULL;

  target = bal_http_uri_parse (call->uri, location, NULL);
  if (target == NULL || !bal_http_uri_same_origin (call->uri, target))
    return NULL;

  return g_steal_pointer (&target);
}

/* The array has grown by doubling: half of it may be room that nothing comes into any more. */
static GBytes *
take_body (BalHttpCall *call)
{
  gsize length;
  guint8 *bytes = g_byte_array_steal (call->body, &length);

  return g_bytes_new_take (g_realloc (bytes, length), length);
}

static void
call_answered (BalHttpCall *call)
{
  GUri *target = redirect_target (call);
  g_autoptr(GBytes) body = NULL;

  if (target != NULL)
    {
      g_uri_unref (call->uri);
      call->uri = target;
      g_byte_array_set_size (call->body, 0);
      call_close_stream (call);
      if (++call->n_redirects > MAX_REDIRECTS)
        call_break (call);
      else
        call_send (call);
      return;
    }

  body = take_body (call);
  call->response = bal_http_response_new (soup_message_get_status (call->message),
                                          soup_message_get_response_headers (call->message),
                                          body, call->uri);
  call_done (call);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  BalHttpCall *call = user_data;
  GError *error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result,
                                                              &error);
  gsize size;

  if (bytes == NULL)
    {
      call_fail (call, error);
      return;
    }

  size = g_bytes_get_size (bytes);
  if (size == 0)
    {
      call_answered (call);
      return;
    }

  /* Counted after decoding: a small answer may unpack to gigabytes. */
  if (size > call->client->max_bytes - call->body->len)
    {
      call->too_large = TRUE;
      call_break (call);
      return;
    }

  g_byte_array_append (call->body, g_bytes_get_data (bytes, NULL), size);
  g_input_stream_read_bytes_async (call->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, call->inner,
                                   read_cb, call);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  BalHttpCall *call = user_data;
  GError *error = NULL;

  call->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->stream == NULL)
    {
      call_fail (call, error);
      return;
    }

  g_input_stream_read_bytes_async (call->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, call->inner,
                                   read_cb, call);
}

static void
starting_cb (SoupMessage *message,
             BalHttpCall *call)
{
  call->started = TRUE;
}

static void set_deadline  (BalHttpCall *call,
                           gint64       time);
static void wait_from_now (BalHttpCall *call);

static void
wrote_data_cb (SoupMessage *message,
               guint        size,
               BalHttpCall *call)
{
  call->n_moved += size;
  if (call->n_moved < PROGRESS_BYTES || call->timed_out || call->done)
    return;

  call->n_moved = 0;
  set_deadline (call, call->client->deadline_s * G_USEC_PER_SEC);
  if (call->waiting_since != 0)
    wait_from_now (call);
}

static void
wrote_body_cb (SoupMessage *message,
               BalHttpCall *call)
{
  call->written = TRUE;
}

/* The library is about to send it once more: never a write, and a read only so often. */
static void
restarted_cb (SoupMessage *message,
              BalHttpCall *call)
{
  if (bal_http_request_is_write (call->request) || ++call->n_restarts > MAX_RESTARTS)
    {
      call->out_of_bounds = TRUE;
      g_cancellable_cancel (call->inner);
    }
}

/* "100 Continue" without end keeps the library in one loop, in which no time passes for us. */
static void
informational_cb (SoupMessage *message,
                  BalHttpCall *call)
{
  if (++call->n_informational > MAX_INFORMATIONAL)
    {
      call->out_of_bounds = TRUE;
      g_cancellable_cancel (call->inner);
    }
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    user_data)
{
  soup_message_headers_replace (user_data, name, value);
}

static void
call_send (BalHttpCall *call)
{
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT;

  if (call->message != NULL)
    g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->message);
  call->message = soup_message_new_from_uri (call->request->method, call->uri);
  /* On a kept connection that turns out to be dead libsoup sends PUT and DELETE again, PUT without its
   * body (3.2.3), and a POST fails without anybody knowing why. On a new one each is sent once. */
  if (bal_http_request_is_write (call->request))
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  soup_message_set_flags (call->message, flags);
  soup_message_headers_foreach (call->request->headers, copy_header,
                                soup_message_get_request_headers (call->message));
  if (call->request->body != NULL)
    soup_message_set_request_body_from_bytes (call->message, call->request->content_type,
                                              call->request->body);
  g_signal_connect (call->message, "starting", G_CALLBACK (starting_cb), call);
  g_signal_connect (call->message, "wrote-body-data", G_CALLBACK (wrote_data_cb), call);
  g_signal_connect (call->message, "wrote-body", G_CALLBACK (wrote_body_cb), call);
  g_signal_connect (call->message, "got-informational", G_CALLBACK (informational_cb), call);
  g_signal_connect (call->message, "restarted", G_CALLBACK (restarted_cb), call);

  soup_session_send_async (bal_http_client_ensure_session (call->client), call->message, G_PRIORITY_DEFAULT,
                           call->inner, sent_cb, call);
}

/* ---- the life of a call -------------------------------------------------------------------------- */

static gboolean
deadline_cb (gpointer user_data)
{
  BalHttpCall *call = user_data;

  call->timed_out = TRUE;
  g_cancellable_cancel (call->inner);

  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/* Below the priority of input: bytes that are there already are read before the time is up. */
static GSource *
attach_timeout (GMainContext *context,
                guint         milliseconds,
                GSourceFunc   callback,
                gpointer      user_data)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_priority (source, G_PRIORITY_LOW);
  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, context);

  return source;
}

/* @time: us from now */
static void
set_deadline (BalHttpCall *call,
              gint64       time)
{
  if (call->deadline != NULL)
    g_source_destroy (call->deadline);
  g_clear_pointer (&call->deadline, g_source_unref);
  call->deadline = attach_timeout (call->context, (guint) (time / 1000), deadline_cb, call);
  call->deadline_time = g_get_monotonic_time () + time;
}

/* What is on its way while nobody waits costs no patience. */
static void
wait_from_now (BalHttpCall *call)
{
  gint64 patience = bal_http_client_get_patience (call->client, bal_http_request_is_write (call->request));

  call->waiting_since = g_get_monotonic_time ();
  call->out_of_patience = patience < call->deadline_time - call->waiting_since;    /* should the time be up */
  if (call->out_of_patience)
    set_deadline (call, patience);
}

static void
call_free (BalHttpCall *call)
{
  g_cancellable_disconnect (call->outer, call->outer_id);
  g_signal_handlers_disconnect_by_data (call->message, call);
  g_clear_object (&call->message);
  g_clear_object (&call->inner);
  g_clear_object (&call->outer);
  g_clear_pointer (&call->body, g_byte_array_unref);
  g_clear_pointer (&call->deadline, g_source_unref);
  g_uri_unref (call->uri);
  bal_http_request_free (call->request);
  g_main_context_unref (call->context);
  g_object_unref (call->client);
  g_clear_pointer (&call->response, bal_http_response_free);
  g_clear_error (&call->error);
  g_free (call);
}

static gboolean
begin_timeout_cb (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;

  return G_SOURCE_REMOVE;
}

/* Puts the request on the wire, so that the server works on it while nobody iterates the context. */
static void
call_push (BalHttpCall *call)
{
  gboolean over = FALSE;
  g_autoptr(GSource) timeout = attach_timeout (call->context, BEGIN_MS, begin_timeout_cb, &over);

  while (!call->written && !call->done && !over)
    g_main_context_iteration (call->context, TRUE);

  g_source_destroy (timeout);
}

static BalHttpCall *
call_new (BalHttpClient  *self,
          BalHttpRequest *request,
          GCancellable   *cancellable)
{
  BalHttpCall *call = g_new0 (BalHttpCall, 1);

  call->client = g_object_ref (self);
  call->context = g_main_context_ref_thread_default ();
  call->request = bal_http_request_copy (request);
  call->uri = g_uri_ref (request->uri);
  call->body = g_byte_array_new ();
  call->inner = g_cancellable_new ();
  call->begun = g_get_monotonic_time ();
  set_deadline (call, self->deadline_s * G_USEC_PER_SEC);
  if (cancellable != NULL)
    {
      call->outer = g_object_ref (cancellable);
      call->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                              g_object_ref (call->inner), g_object_unref);
    }

  call_send (call);

  return call;
}

/**
 * bal_http_client_begin:
 * @self: a client
 * @request: what to send; may be freed or sent again at once
 * @cancellable: (nullable): gives the call up
 *
 * Sends @request without waiting for the answer, which bal_http_call_finish() fetches. Meant for
 * reads: a page is on its way while the one before is stored.
 *
 * Returns: (transfer full): a call to finish or to abandon, on this thread
 */
BalHttpCall *
bal_http_client_begin (BalHttpClient  *self,
                       BalHttpRequest *request,
                       GCancellable   *cancellable)
{
  BalHttpCall *call;

  g_return_val_if_fail (BAL_IS_HTTP_CLIENT (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  call = call_new (self, request, cancellable);
  call_push (call);

  return call;
}

/**
 * bal_http_call_finish:
 * @call: (transfer full): a call
 * @error: see bal_http_client_send()
 *
 * Waits for the answer, iterating the thread's default main context.
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status; %NULL on error
 */
BalHttpResponse *
bal_http_call_finish (BalHttpCall  *call,
                      GError      **error)
{
  BalHttpResponse *response;

  g_return_val_if_fail (call != NULL, NULL);

  if (!call->done)
    wait_from_now (call);
  while (!call->done)
    g_main_context_iteration (call->context, TRUE);
  if (call->waiting_since != 0)
    bal_http_client_spend (call->client, g_get_monotonic_time () - call->waiting_since);
  /* The library closes a connection that broke off in its next turn, and there may be no other. */
  g_main_context_iteration (call->context, FALSE);

  response = g_steal_pointer (&call->response);
  if (response == NULL)
    g_propagate_error (error, g_steal_pointer (&call->error));
  call_free (call);

  return response;
}

/**
 * bal_http_call_abandon:
 * @call: (transfer full): a call nobody waits for any more
 */
void
bal_http_call_abandon (BalHttpCall *call)
{
  g_autoptr(BalHttpResponse) response = NULL;

  g_return_if_fail (call != NULL);

  g_cancellable_cancel (call->inner);
  response = bal_http_call_finish (call, NULL);
}

/**
 * bal_http_client_send:
 * @self: a client
 * @request: what to send
 * @cancellable: (nullable): gives it up
 * @error: %BAL_ERROR_OFFLINE or %BAL_ERROR_INSECURE: nothing was sent; %BAL_ERROR_LOST_ANSWER: a
 *   write was sent and not answered as a whole; %BAL_ERROR_TEMPORARY, %BAL_ERROR_PROTOCOL: the
 *   same of a read, for passing and for lasting reasons, see also bal_error_is_too_large(), or a write that was not
 *   sent, see bal_http_client_set_patience();
 *   %G_IO_ERROR_CANCELLED
 *
 * Sends @request and waits for the whole answer.
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status; %NULL on error
 */
BalHttpResponse *
bal_http_client_send (BalHttpClient   *self,
                      BalHttpRequest  *request,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_return_val_if_fail (BAL_IS_HTTP_CLIENT (self), NULL);
  g_return_val_if_fail (request != NULL, NULL);

  if (!bal_http_client_may_begin (self, request))
    {
      GError *impatience = bal_http_describe_impatience (request->uri);

      self->ran_out = TRUE;
      bal_error_set_retry_after (impatience, PAUSE_S);
      g_propagate_error (error, impatience);
      return NULL;
    }
  return bal_http_call_finish (call_new (self, request, cancellable), error);
}
