/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-http-client.h"
#include "bal-json.h"

G_BEGIN_DECLS

/**
 * BalJsonService:
 *
 * How a provider's service differs from others that are asked and answer in JSON. @owner is the provider.
 */
typedef struct
{
  /* Says who asks. */
  gboolean (*authorize) (gpointer owner, BalHttpRequest *request, GCancellable *cancellable, GError **error);
  /* (nullable): a 401 came; TRUE: authorize() has something else to say, so what was refused is sent once more. */
  gboolean (*renew)     (gpointer owner, BalHttpResponse *response);
  /* What an answer that is no success means. @value: (nullable): its JSON */
  void     (*set_error) (BalHttpResponse *response, json_t *value, gboolean is_write, GError **error);
  /* (nullable): whether what a write brought is all of it; else it only must be an object. @method: "POST" */
  gboolean (*is_whole)  (const char *method, const json_t *value);
} BalJsonService;

/* A request for JSON. @body: (nullable): sent as JSON */
BalHttpRequest  *bal_json_request_new    (const char           *method,
                                          const char           *url,
                                          json_t               *body,
                                          GError              **error);
/* The JSON of an answer, whose body is freed; NULL when it is none. */
json_t          *bal_json_take           (BalHttpResponse      *response);
/* One exchange; any answer of the server is a success here. @value: (out) (nullable): its JSON */
BalHttpResponse *bal_json_exchange       (const BalJsonService *service,
                                          gpointer              owner,
                                          BalHttpClient        *http,
                                          BalHttpRequest       *request,
                                          json_t              **value,
                                          GCancellable         *cancellable,
                                          GError              **error);
/* GET that must answer 200 with JSON. @response: (out) (optional) */
json_t          *bal_json_read           (const BalJsonService *service,
                                          gpointer              owner,
                                          BalHttpClient        *http,
                                          const char           *url,
                                          BalHttpResponse     **response,
                                          GCancellable         *cancellable,
                                          GError              **error);
/* The same, for what must be an object. */
json_t          *bal_json_read_object    (const BalJsonService *service,
                                          gpointer              owner,
                                          BalHttpClient        *http,
                                          const char           *url,
                                          BalHttpResponse     **response,
                                          GCancellable         *cancellable,
                                          GError              **error);
/* A write that must answer 2xx with what is whole; LOST_ANSWER when it may have been carried out. What is whole without JSON is
 * an empty object. */
json_t          *bal_json_write          (const BalJsonService *service,
                                          gpointer              owner,
                                          BalHttpClient        *http,
                                          BalHttpRequest       *request,
                                          GCancellable         *cancellable,
                                          GError              **error);

G_END_DECLS
