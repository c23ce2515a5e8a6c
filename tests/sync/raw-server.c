/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-server.h"

#include <string.h>

struct _RawServer
{
  GSocketListener *listener;
  GThread         *thread;
  GPtrArray       *workers;          /* threads, one a connection; the accepting thread's own */
  GCancellable    *end;
  GTlsCertificate *certificate;      /* NULL: no TLS */
  guint16          port;
  RawHandler       handler;
  gpointer         user_data;

  GMutex           mutex;            /* guards the rest */
  GCond            ended;
  gboolean         over;
  GPtrArray       *requests;
  GMutex           turn;             /* one handler at a time */
};

typedef struct
{
  RawServer         *server;
  GSocketConnection *connection;
  guint              number;
} Worker;

static void
request_clear (RawRequest *request)
{
  g_free (request->method);
  g_free (request->target);
  g_free (request->head);
  g_free (request->body);
}

/* NULL at the end of the input. */
static char *
read_line (GDataInputStream *input,
           GCancellable     *cancellable)
{
  return g_data_input_stream_read_line (input, NULL, cancellable, NULL);
}

static gboolean
read_request (RawServer        *self,
              GDataInputStream *input,
              RawRequest       *request)
{
  g_autoptr(GString) head = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_auto(GStrv) words = NULL;
  gsize length = 0;
  char *line;

  while ((line = read_line (input, self->end)) != NULL && *line != '\0' && *line != '\r')
    {
      g_strchomp (line);
      if (first == NULL)
        first = g_strdup (line);
      if (g_ascii_strncasecmp (line, "content-length:", 15) == 0)
        length = g_ascii_strtoull (line + 15, NULL, 10);
      g_string_append_printf (head, "%s\n", line);
      g_free (line);
    }
  if (line == NULL || first == NULL)
    {
      g_free (line);
      return FALSE;
    }
  g_free (line);

  words = g_strsplit (first, " ", 3);
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[0] != NULL ? words[1] : NULL);
  request->head = g_strdup (head->str);
  request->body = g_malloc0 (length + 1);

  return g_input_stream_read_all (G_INPUT_STREAM (input), request->body, length, NULL, self->end,
                                  NULL);
}

static gpointer
work (gpointer data)
{
  g_autofree Worker *worker = data;
  RawServer *self = worker->server;
  g_autoptr(GIOStream) stream = G_IO_STREAM (worker->connection);
  g_autoptr(GDataInputStream) input = NULL;
  gboolean again = TRUE;

  if (self->certificate != NULL)
    {
      GIOStream *tls = g_tls_server_connection_new (stream, self->certificate, NULL);

      g_object_unref (stream);
      stream = tls;
    }

  input = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_LF);
  while (again)
    {
      RawRequest request = { .connection = worker->number };

      again = read_request (self, input, &request);
      if (again)
        {
          g_mutex_lock (&self->mutex);
          g_ptr_array_add (self->requests, g_strconcat (request.head, "\n", request.body, NULL));
          g_mutex_unlock (&self->mutex);

          g_mutex_lock (&self->turn);
          again = self->handler (self, &request, g_io_stream_get_output_stream (stream),
                                 self->user_data);
          g_mutex_unlock (&self->turn);
        }
      request_clear (&request);
    }

  g_io_stream_close (stream, NULL, NULL);

  return NULL;
}

static gpointer
serve (gpointer data)
{
  RawServer *self = data;
  GSocketConnection *connection;
  guint n = 0;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->end, NULL)) != NULL)
    {
      Worker *worker = g_new0 (Worker, 1);

      worker->server = self;
      worker->connection = connection;
      worker->number = ++n;
      g_ptr_array_add (self->workers, g_thread_new ("connection", work, worker));
    }

  for (guint i = 0; i < self->workers->len; i++)
    g_thread_join (self->workers->pdata[i]);

  return NULL;
}

RawServer *
raw_server_new_tls (RawHandler       handler,
                    gpointer         user_data,
                    GTlsCertificate *certificate)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) effective = NULL;
  g_autoptr(GError) error = NULL;

  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->workers = g_ptr_array_new ();
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->end = g_cancellable_new ();
  self->handler = handler;
  self->user_data = user_data;
  g_set_object (&self->certificate, certificate);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->turn);
  g_cond_init (&self->ended);
  self->thread = g_thread_new ("raw-server", serve, self);

  return self;
}

RawServer *
raw_server_new (RawHandler handler,
                gpointer   user_data)
{
  return raw_server_new_tls (handler, user_data, NULL);
}

void
raw_server_free (RawServer *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->over = TRUE;
  g_cond_broadcast (&self->ended);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->end);
  g_thread_join (self->thread);

  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_clear_object (&self->certificate);
  g_object_unref (self->end);
  g_ptr_array_unref (self->workers);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->turn);
  g_cond_clear (&self->ended);
  g_free (self);
}

guint
raw_server_get_port (RawServer *self)
{
  return self->port;
}

char *
raw_server_url (RawServer  *self,
                const char *target)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http",
                          self->port, target);
}

guint
raw_server_n_requests (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_mutex_unlock (&self->mutex);

  return n;
}

char *
raw_server_dup_request (RawServer *self,
                        guint      index)
{
  char *request = NULL;

  g_mutex_lock (&self->mutex);
  if (index < self->requests->len)
    request = g_strdup (self->requests->pdata[index]);
  g_mutex_unlock (&self->mutex);

  return request;
}

void
raw_server_forget (RawServer *self)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->requests, 0);
  g_mutex_unlock (&self->mutex);
}

gboolean
raw_server_wait (RawServer *self,
                 guint      milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * 1000;
  gboolean over;

  g_mutex_lock (&self->mutex);
  while (!self->over && g_cond_wait_until (&self->ended, &self->mutex, until))
    ;
  over = self->over;
  g_mutex_unlock (&self->mutex);

  return !over;
}

gboolean
raw_write (GOutputStream *output,
           const void    *data,
           gssize         length)
{
  return g_output_stream_write_all (output, data, length < 0 ? strlen (data) : (gsize) length, NULL,
                                    NULL, NULL);
}

gboolean
raw_reply (GOutputStream *output,
           guint          status,
           const char    *headers,
           const char    *body)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("HTTP/1.1 %u Status\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
                          status, strlen (body), headers != NULL ? headers : "", body);

  return raw_write (output, text, -1);
}
