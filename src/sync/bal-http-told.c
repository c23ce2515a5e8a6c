/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-http-private.h"

#include "bal-error.h"

#include <glib/gi18n.h>

/* What is told of a call: a line in the log, or why it has no answer. */

static void
log_header (GString            *line,
            SoupMessageHeaders *headers,
            const char         *name)
{
  const char *value = soup_message_headers_get_one (headers, name);
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;

  escaped = g_strescape (value, NULL);
  g_string_append_printf (line, ", %s: %.80s", name, escaped);
}

/* Never the query, a body, or a header that is not named here: those may hold secrets. */
void
bal_http_call_log (BalHttpCall *call)
{
  static const char *const shown[] = { "Content-Type", "Retry-After", "X-WP-Total" };
  g_autoptr(GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%s %s://%s%s", call->request->method,
                          g_uri_get_scheme (call->uri), g_uri_get_host (call->uri),
                          g_uri_get_path (call->uri));
  if (call->response != NULL)
    {
      g_string_append_printf (line, ": %u, %" G_GSIZE_FORMAT " bytes", call->response->status,
                              g_bytes_get_size (call->response->body));
      for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
        log_header (line, call->response->headers, shown[i]);
    }
  else
    g_string_append_printf (line, ": %s error %d",
                            g_quark_to_string (call->error->domain), call->error->code);

  g_debug ("%s, %.0f ms", line->str, (g_get_monotonic_time () - call->begun) / 1000.0);
}

static GError *
describe_unsent (BalHttpCall  *call,
                 const GError *cause)
{
  const char *host = g_uri_get_host (call->uri);

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new (BAL_ERROR, BAL_ERROR_INSECURE,
                        _("%s could not prove its identity, so nothing was sent to it; "
                          "its certificate must be put right first."), host);
  if (call->timed_out)
    return g_error_new (BAL_ERROR, BAL_ERROR_OFFLINE,
                        _("%s could not be reached in time; everything is kept here. Check the connection and sync again."),
                        host);

  return g_error_new (BAL_ERROR, BAL_ERROR_OFFLINE,
                      _("%s could not be reached (%s); everything is kept here. Check the connection and sync again."),
                      host, cause->message);
}

static GError *
describe_unanswered (BalHttpCall  *call,
                     const GError *cause)
{
  const char *host = g_uri_get_host (call->uri);

  if (bal_http_request_is_write (call->request))
    return g_error_new (BAL_ERROR, BAL_ERROR_LOST_ANSWER,
                        _("The answer of %s was lost, so it is not known whether the change "
                          "arrived; Balcony looks before sending it again."), host);
  if (call->out_of_bounds)
    return g_error_new (BAL_ERROR, BAL_ERROR_PROTOCOL,
                        _("The answer of %s is larger, or led around more, than any blog’s "
                          "should; it was not read to its end."), host);
  if (call->timed_out)
    return g_error_new (BAL_ERROR, BAL_ERROR_TEMPORARY,
                        _("%s took too long to answer; Balcony tries again later."), host);

  return g_error_new (BAL_ERROR, BAL_ERROR_TEMPORARY,
                      _("The connection to %s broke off (%s); Balcony tries again later."),
                      host, cause->message);
}

GError *
bal_http_describe_impatience (GUri *uri)
{
  return g_error_new (BAL_ERROR, BAL_ERROR_TEMPORARY,
                      _("%s answers so slowly that Balcony stopped waiting. What came is kept; sync later to go on from there."),
                      g_uri_get_host (uri));
}

/* Of a request that left or not, with @cause as the library's words. */
GError *
bal_http_call_describe (BalHttpCall  *call,
                        const GError *cause)
{
  if (call->out_of_patience && !(call->started && bal_http_request_is_write (call->request)))
    return bal_http_describe_impatience (call->uri);
  return call->started ? describe_unanswered (call, cause) : describe_unsent (call, cause);
}
