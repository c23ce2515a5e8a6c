/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-page-fetch.h"

#include "bal-http-client.h"

#define DEADLINE_S 20
#define MOST_BYTES (8 * 1024 * 1024)

typedef struct
{
  char *url;
  char *final_url;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_free (fetch->url);
  g_free (fetch->final_url);
  g_free (fetch);
}

static GBytes *
fetch (Fetch         *self,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr(BalHttpClient) client = bal_http_client_new ();
  g_autoptr(BalHttpRequest) request = bal_http_request_new ("GET", self->url, error);
  g_autoptr(BalHttpResponse) response = NULL;

  bal_http_client_set_bounds (client, DEADLINE_S, MOST_BYTES);
  if (request == NULL)
    return NULL;
  bal_http_request_set_header (request, "Accept", "text/html");
  response = bal_http_client_send (client, request, cancellable, error);
  if (response == NULL)
    return NULL;
  if (bal_http_response_get_status (response) != 200)
    {
      bal_http_response_set_error (response, NULL, error);
      return NULL;
    }
  self->final_url = g_strdup (bal_http_response_get_url (response));
  return g_bytes_ref (bal_http_response_get_body (response));
}

static void
fetch_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  GError *error = NULL;
  GBytes *page;

  /* The client runs this thread's own context while it waits. */
  g_main_context_push_thread_default (context);
  page = fetch (data, cancellable, &error);
  g_main_context_pop_thread_default (context);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
bal_page_fetch_async (const char          *url,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *self = g_new0 (Fetch, 1);

  g_return_if_fail (url != NULL);

  self->url = g_strdup (url);
  g_task_set_source_tag (task, bal_page_fetch_async);
  g_task_set_task_data (task, self, fetch_free);
  g_task_run_in_thread (task, fetch_thread);
}

GBytes *
bal_page_fetch_finish (GAsyncResult  *result,
                       char         **url,
                       GError       **error)
{
  GBytes *page;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  page = g_task_propagate_pointer (G_TASK (result), error);
  if (page != NULL && url != NULL)
    *url = g_strdup (((Fetch *) g_task_get_task_data (G_TASK (result)))->final_url);
  return page;
}
