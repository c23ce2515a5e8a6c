/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-exchange.h"

#include "bal-provider-common.h"

BalHttpRequest *
bal_json_request_new (const char  *method,
                      const char  *url,
                      json_t      *body,
                      GError     **error)
{
  BalHttpRequest *request = bal_http_request_new (method, url, error);

  if (request == NULL)
    return NULL;

  bal_http_request_set_header (request, "Accept", "application/json");
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = bal_json_to_bytes (body);

      bal_http_request_set_body (request, "application/json", bytes);
    }

  return request;
}

/* A text of megabytes is there three times while it is read, but the answer's need not stay. */
json_t *
bal_json_take (BalHttpResponse *response)
{
  json_t *value = bal_json_parse (bal_http_response_get_body (response), NULL);

  bal_http_response_drop_body (response);

  return value;
}

/* What was refused for who asked was not carried out, so that it may be sent again. */
BalHttpResponse *
bal_json_exchange (const BalJsonService  *service,
                   gpointer               owner,
                   BalHttpClient         *http,
                   BalHttpRequest        *request,
                   json_t               **value,
                   GCancellable          *cancellable,
                   GError               **error)
{
  g_autoptr(BalHttpResponse) response = NULL;

  for (guint i = 0; i < 2; i++)
    {
      if (!service->authorize (owner, request, cancellable, error))
        return NULL;
      g_clear_pointer (&response, bal_http_response_free);
      response = bal_http_client_send (http, request, cancellable, error);
      if (response == NULL)
        return NULL;
      if (bal_http_response_get_status (response) != 401 || service->renew == NULL ||
          !service->renew (owner, response))
        break;
    }

  *value = bal_json_take (response);

  return g_steal_pointer (&response);
}

json_t *
bal_json_read (const BalJsonService  *service,
               gpointer               owner,
               BalHttpClient         *http,
               const char            *url,
               BalHttpResponse      **response,
               GCancellable          *cancellable,
               GError               **error)
{
  g_autoptr(BalHttpRequest) request = bal_json_request_new ("GET", url, NULL, error);
  g_autoptr(BalHttpResponse) answer = NULL;
  g_autoptr(json_t) value = NULL;

  if (request != NULL)
    answer = bal_json_exchange (service, owner, http, request, &value, cancellable, error);
  if (answer == NULL)
    return NULL;

  if (bal_http_response_get_status (answer) != 200)
    {
      service->set_error (answer, value, FALSE, error);
      return NULL;
    }
  if (value == NULL)
    {
      bal_provider_set_malformed (error);
      return NULL;
    }

  if (response != NULL)
    *response = g_steal_pointer (&answer);

  return g_steal_pointer (&value);
}

json_t *
bal_json_read_object (const BalJsonService  *service,
                      gpointer               owner,
                      BalHttpClient         *http,
                      const char            *url,
                      BalHttpResponse      **response,
                      GCancellable          *cancellable,
                      GError               **error)
{
  g_autoptr(json_t) value = bal_json_read (service, owner, http, url, response, cancellable, error);

  if (value != NULL && !json_is_object (value))
    {
      bal_provider_set_malformed (error);
      return NULL;
    }
  return g_steal_pointer (&value);
}

json_t *
bal_json_write (const BalJsonService  *service,
                gpointer               owner,
                BalHttpClient         *http,
                BalHttpRequest        *request,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autoptr(json_t) value = NULL;
  g_autoptr(BalHttpResponse) answer = bal_json_exchange (service, owner, http, request, &value, cancellable, error);
  guint status;

  if (answer == NULL)
    return NULL;

  status = bal_http_response_get_status (answer);
  if (status < 200 || status >= 300)
    {
      service->set_error (answer, value, TRUE, error);
      return NULL;
    }
  /* Cut off, or the page of some gateway: it may have been carried out all the same. */
  if (service->is_whole != NULL ? !service->is_whole (bal_http_request_get_method (request), value)
                                : !json_is_object (value))
    {
      g_propagate_error (error, bal_provider_lost_answer (NULL));
      return NULL;
    }

  return value != NULL ? g_steal_pointer (&value) : json_object ();
}
