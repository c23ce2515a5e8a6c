/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-oauth-listener.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#define WAIT_US       (10 * 60 * G_USEC_PER_SEC)
#define CONNECTION_US (5 * G_USEC_PER_SEC)
#define MAX_BYTES     8192
/* Whoever sends more requests than any browser does is not listened to any longer. */
#define MAX_REQUESTS  200

struct _BalOAuthListener
{
  GSocket *socket;
  GSocket *browser;              /* (nullable): whose answer is still to come */
  guint    port;
};

void
bal_oauth_listener_free (BalOAuthListener *self)
{
  g_clear_object (&self->browser);
  g_clear_object (&self->socket);
  g_free (self);
}

BalOAuthListener *
bal_oauth_listener_new (GError **error)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GError) failed = NULL;
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &failed);
  BalOAuthListener *self;

  if (socket != NULL)
    g_socket_set_listen_backlog (socket, 1);
  if (socket == NULL || !g_socket_bind (socket, any_port, FALSE, &failed) || !g_socket_listen (socket, &failed) ||
      (address = g_socket_get_local_address (socket, &failed)) == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_STORAGE,
                   _("This computer lets Balcony not wait for your browser’s answer. (%s)"), failed->message);
      return NULL;
    }

  self = g_new0 (BalOAuthListener, 1);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  self->socket = g_steal_pointer (&socket);
  return self;
}

guint
bal_oauth_listener_get_port (BalOAuthListener *self)
{
  return self->port;
}

/* ---- one connection ------------------------------------------------------------------------------- */

static gboolean
wait_until (GSocket       *socket,
            GIOCondition   condition,
            gint64         deadline,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 left = deadline - g_get_monotonic_time ();

  if (left <= 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "timeout");
      return FALSE;
    }
  return g_socket_condition_timed_wait (socket, condition, left, cancellable, error);
}

/* The head of a request; NULL: it was none, was too long or took too long. */
static char *
read_head (GSocket      *browser,
           GCancellable *cancellable)
{
  gint64 deadline = g_get_monotonic_time () + CONNECTION_US;
  g_autoptr(GString) head = g_string_new (NULL);

  while (head->len < MAX_BYTES && strstr (head->str, "\r\n\r\n") == NULL)
    {
      char buffer[1024];
      gssize n;

      if (!wait_until (browser, G_IO_IN, deadline, cancellable, NULL))
        return NULL;
      n = g_socket_receive (browser, buffer, sizeof buffer, cancellable, NULL);
      if (n <= 0)
        return NULL;
      g_string_append_len (head, buffer, n);
      if (strlen (head->str) != head->len)
        return NULL;
    }
  return strstr (head->str, "\r\n\r\n") != NULL ? g_strdup (head->str) : NULL;
}

static void
write_page (GSocket    *browser,
            guint       status,
            const char *words)
{
  gint64 deadline = g_get_monotonic_time () + CONNECTION_US;
  g_autofree char *escaped = g_markup_escape_text (words, -1);
  g_autofree char *body = g_strdup_printf ("<!DOCTYPE html><meta charset=\"utf-8\"><title>Balcony</title><p>%s</p>\n", escaped);
  g_autofree char *page =
    g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n"
                     "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
                     "Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n\r\n%s",
                     status, status == 200 ? "OK" : "Not Found", strlen (body), body);

  for (gsize sent = 0, length = strlen (page); sent < length;)
    {
      gssize n;

      if (!wait_until (browser, G_IO_OUT, deadline, NULL, NULL))
        return;
      n = g_socket_send (browser, page + sent, length - sent, NULL, NULL);
      if (n <= 0)
        return;
      sent += (gsize) n;
    }
  g_socket_shutdown (browser, FALSE, TRUE, NULL);
}

/* (transfer full) (nullable): the parameters of "GET /?…" */
static GHashTable *
parse_head (const char *head)
{
  g_autofree char *line = g_strndup (head, strcspn (head, "\r\n"));
  g_auto(GStrv) parts = g_strsplit (line, " ", 3);

  if (g_strv_length (parts) != 3 || strcmp (parts[0], "GET") != 0 || !g_str_has_prefix (parts[1], "/?") ||
      !g_str_has_prefix (parts[2], "HTTP/1."))
    return NULL;
  return soup_form_decode (parts[1] + strlen ("/?"));
}

/* ---- all of them ---------------------------------------------------------------------------------- */

GHashTable *
bal_oauth_listener_wait (BalOAuthListener      *self,
                         BalOAuthListenerFunc   fits,
                         gpointer               data,
                         GCancellable          *cancellable,
                         GError               **error)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_US;
  g_autoptr(GError) failed = NULL;

  for (guint n = 0; n < MAX_REQUESTS && wait_until (self->socket, G_IO_IN, deadline, cancellable, &failed); n++)
    {
      g_autoptr(GSocket) browser = g_socket_accept (self->socket, cancellable, NULL);
      g_autofree char *head = NULL;
      g_autoptr(GHashTable) query = NULL;

      if (browser == NULL)
        continue;
      g_socket_set_blocking (browser, FALSE);
      head = read_head (browser, cancellable);
      query = head != NULL ? parse_head (head) : NULL;
      if (query != NULL && fits (query, data))
        {
          self->browser = g_steal_pointer (&browser);
          g_clear_object (&self->socket);    /* nobody else is waited for */
          return g_steal_pointer (&query);
        }
      if (head != NULL)
        write_page (browser, 404, _("This is not what Balcony waits for. Go back to the page that it opened."));
    }

  if (g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                         _("No answer came from the browser. Sign in again, and stay on the page until it is done."));
  return NULL;
}

void
bal_oauth_listener_answer (BalOAuthListener *self,
                           const char       *words)
{
  g_return_if_fail (self->browser != NULL);

  write_page (self->browser, 200, words);
  g_clear_object (&self->browser);
}
