/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-fixture.h"

#include <string.h>

BalHttpRequest *
http_request_new (const char *method,
                  const char *url)
{
  g_autoptr(GError) error = NULL;
  BalHttpRequest *request = bal_http_request_new (method, url, &error);

  g_assert_no_error (error);
  bal_http_request_set_basic_auth (request, "critic", SECRET);

  return request;
}

BalHttpResponse *
http_send_to (BalHttpClient  *client,
              RawServer      *server,
              const char     *method,
              const char     *target,
              GError        **error)
{
  g_autofree char *url = raw_server_url (server, target);
  g_autoptr(BalHttpRequest) request = http_request_new (method, url);

  if (strcmp (method, "GET") != 0 && strcmp (method, "HEAD") != 0)
    {
      g_autoptr(GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);

      bal_http_request_set_body (request, "application/json", body);
    }

  return bal_http_client_send (client, request, NULL, error);
}

void
http_assert_fails (RawServer  *server,
                   const char *method,
                   const char *target,
                   BalError    code)
{
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpResponse) response = NULL;
  g_autoptr(GError) error = NULL;

  bal_http_client_set_bounds (client, 1, 4 * 1024 * 1024);
  response = http_send_to (client, server, method, target, &error);
  g_assert_null (response);
  g_assert_error (error, BAL_ERROR, (int) code);
}

gboolean
http_drip (RawServer     *server,
           RawRequest    *request,
           GOutputStream *output,
           gpointer       user_data)
{
  const char *lead = user_data;

  raw_write (output, lead, -1);
  while (raw_server_wait (server, 100))
    if (!raw_write (output, "x", 1))
      break;
  return FALSE;
}
