/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-http-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_RETRY_AFTER (24 * 60 * 60)

static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* What the library is given: the host in its ASCII form, a path that is not empty, no fragment. */
static GUri *
normalize (GUri    *uri,
           GError **error)
{
  const char *path = g_uri_get_path (uri);
  g_autofree char *host = g_hostname_to_ascii (g_uri_get_host (uri));

  if (host == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("The address does not name a server."));
      return NULL;
    }

  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, host,
                      g_uri_get_port (uri), *path != '\0' ? path : "/",
                      g_uri_get_query (uri), NULL);
}

GUri *
bal_http_uri_parse (GUri        *base,
                    const char  *url,
                    GError     **error)
{
  g_autoptr(GUri) uri = NULL;
  const char *scheme;
  const char *host;

  uri = g_uri_parse_relative (base, url, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0' ||
      (g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "http") != 0))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("“%s” is not a web address; one begins with https://."), url);
      return NULL;
    }

  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("A web address must not contain a user name or password; "
                             "enter them separately."));
      return NULL;
    }

  if (strcmp (scheme, "http") == 0 && !is_loopback (host))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INSECURE,
                   _("The connection to %s would not be private; use an address that begins "
                     "with https://."), host);
      return NULL;
    }

  return normalize (uri, error);
}

static int
effective_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;

  return strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

gboolean
bal_http_uri_same_origin (GUri *a,
                          GUri *b)
{
  return strcmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         effective_port (a) == effective_port (b);
}

/**
 * bal_http_request_new:
 * @method: "GET", "HEAD", "POST", "PUT", "PATCH" or "DELETE"
 * @url: an absolute https address; http only for a loopback address
 * @error: %BAL_ERROR_INVALID, %BAL_ERROR_INSECURE
 *
 * Returns: (transfer full) (nullable): a request, or %NULL on error
 */
BalHttpRequest *
bal_http_request_new (const char  *method,
                      const char  *url,
                      GError     **error)
{
  BalHttpRequest *self;
  const char *known = NULL;
  GUri *uri;

  g_return_val_if_fail (url != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (strcmp (methods[i], method) == 0)
      known = methods[i];
  g_return_val_if_fail (known != NULL, NULL);

  uri = bal_http_uri_parse (NULL, url, error);
  if (uri == NULL)
    return NULL;

  self = g_new0 (BalHttpRequest, 1);
  self->method = known;
  self->uri = uri;
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  return self;
}

void
bal_http_request_free (BalHttpRequest *self)
{
  if (self == NULL)
    return;

  g_uri_unref (self->uri);
  soup_message_headers_unref (self->headers);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* Headers are shared: nobody alters a request between sending it and its answer. */
BalHttpRequest *
bal_http_request_copy (BalHttpRequest *self)
{
  BalHttpRequest *copy = g_new0 (BalHttpRequest, 1);

  copy->method = self->method;
  copy->uri = g_uri_ref (self->uri);
  copy->headers = soup_message_headers_ref (self->headers);
  copy->content_type = g_strdup (self->content_type);
  copy->body = self->body != NULL ? g_bytes_ref (self->body) : NULL;

  return copy;
}

const char *
bal_http_request_get_method (BalHttpRequest *self)
{
  return self->method;
}

gboolean
bal_http_request_is_write (BalHttpRequest *self)
{
  return strcmp (self->method, "GET") != 0 && strcmp (self->method, "HEAD") != 0;
}

/**
 * bal_http_request_set_header:
 * @self: a request that was not sent yet
 * @name: a header's name
 * @value: its value; replaces a former one
 *
 * A value with a line break would be read as another header, so it is dropped, with a warning
 * that does not show it.
 */
void
bal_http_request_set_header (BalHttpRequest *self,
                             const char     *name,
                             const char     *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && value != NULL);

  if (*name == '\0' || strpbrk (name, "\r\n \t:") != NULL || strpbrk (value, "\r\n") != NULL)
    {
      g_warning ("Dropped a request header with a line break or a bad name");
      return;
    }

  soup_message_headers_replace (self->headers, name, value);
}

void
bal_http_request_set_basic_auth (BalHttpRequest *self,
                                 const char     *user,
                                 const char     *password)
{
  g_autofree char *pair = g_strconcat (user, ":", password, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  bal_http_request_set_header (self, "Authorization", value);
}

void
bal_http_request_set_bearer (BalHttpRequest *self,
                             const char     *token)
{
  g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

  bal_http_request_set_header (self, "Authorization", value);
}

void
bal_http_request_set_body (BalHttpRequest *self,
                           const char     *content_type,
                           GBytes         *body)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (body != NULL);

  g_bytes_ref (body);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = body;
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
}

BalHttpResponse *
bal_http_response_new (guint               status,
                       SoupMessageHeaders *headers,
                       GBytes             *body,
                       GUri               *uri)
{
  BalHttpResponse *self = g_new0 (BalHttpResponse, 1);

  self->status = status;
  self->headers = soup_message_headers_ref (headers);
  self->body = g_bytes_ref (body);
  self->size = g_bytes_get_size (body);
  self->url = g_uri_to_string (uri);

  return self;
}

void
bal_http_response_free (BalHttpResponse *self)
{
  if (self == NULL)
    return;

  soup_message_headers_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self->url);
  g_free (self);
}

guint
bal_http_response_get_status (BalHttpResponse *self)
{
  return self->status;
}

const char *
bal_http_response_get_header (BalHttpResponse *self,
                              const char      *name)
{
  return soup_message_headers_get_list (self->headers, name);
}

GBytes *
bal_http_response_get_body (BalHttpResponse *self)
{
  return self->body;
}

/* Bytes of the body as it came, also when it was dropped. */
gsize
bal_http_response_get_size (BalHttpResponse *self)
{
  return self->size;
}

/**
 * bal_http_response_drop_body:
 * @self: a response whose body was read
 *
 * Frees the body, which is as large as all that is made of it, ahead of the rest.
 */
void
bal_http_response_drop_body (BalHttpResponse *self)
{
  g_bytes_unref (self->body);
  self->body = g_bytes_new_static ("", 0);
}

const char *
bal_http_response_get_url (BalHttpResponse *self)
{
  return self->url;
}

guint
bal_http_response_get_retry_after (BalHttpResponse *self)
{
  const char *text = soup_message_headers_get_one (self->headers, "Retry-After");
  g_autoptr(GDateTime) date = NULL;
  guint64 seconds;
  gint64 wait;

  if (text == NULL)
    return 0;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &seconds, NULL))
    return MIN (seconds, MAX_RETRY_AFTER);

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;

  wait = g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;

  return CLAMP (wait, 0, MAX_RETRY_AFTER);
}

static const char *
describe_status (guint  status,
                 int   *code)
{
  switch (status)
    {
    case 401:
      *code = BAL_ERROR_AUTH;
      return _("The blog did not accept the user name and password; sign in again.");
    case 404:
    case 410:
      *code = BAL_ERROR_NOT_FOUND;
      return _("The blog has no such item (any more).");
    case 408:
    case 425:
    case 429:
      *code = BAL_ERROR_TEMPORARY;
      return _("The blog asks for a pause; Balcony tries again later.");
    default:
      break;
    }

  if (status >= 500)
    {
      *code = BAL_ERROR_TEMPORARY;
      return _("The blog’s server has a problem; Balcony tries again later.");
    }
  if (status >= 400)
    {
      *code = BAL_ERROR_REFUSED;
      return _("The blog refused this.");
    }

  *code = BAL_ERROR_PROTOCOL;
  return status >= 300 ? _("The blog’s server points to another address; check the blog’s address.")
                       : _("The blog’s server gave an unexpected answer.");
}

/**
 * bal_http_response_set_error:
 * @self: a response that is not what was asked for
 * @words: (nullable): what the server said, plain text
 * @error: set to %BAL_ERROR_AUTH (401), %BAL_ERROR_NOT_FOUND (404, 410), %BAL_ERROR_TEMPORARY (408,
 *   425, 429, 5xx; with the server's Retry-After), %BAL_ERROR_REFUSED (other 4xx), else %BAL_ERROR_PROTOCOL
 */
void
bal_http_response_set_error (BalHttpResponse  *self,
                             const char       *words,
                             GError          **error)
{
  int code;
  const char *sentence = describe_status (self->status, &code);
  GError *made;

  if (words != NULL && *words != '\0')
    /* Translators: a sentence of ours, then the server's own words, then the HTTP status number. */
    made = g_error_new (BAL_ERROR, code, _("%s It said: “%s” (%u)"), sentence, words, self->status);
  else
    made = g_error_new (BAL_ERROR, code, "%s (%u)", sentence, self->status);

  if (code == BAL_ERROR_TEMPORARY)
    bal_error_set_retry_after (made, bal_http_response_get_retry_after (self));

  g_propagate_error (error, made);
}

guint
bal_http_error_get_retry_after (const GError *error)
{
  return bal_error_get_retry_after (error);
}
