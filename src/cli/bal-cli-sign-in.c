/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-oauth-flow.h"

/* The address goes to standard error, as standard output may be read by a program. On a computer without a browser it has to be
 * opened in one that reaches this computer's loopback address, such as through "ssh -L". */
static char *
sign_in_by_browser (const BalProviderType  *type,
                    const char             *client_id,
                    GError                **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GCancellable) cancellable = bal_cli_interruptible ();
  g_autoptr(BalOAuthFlow) flow = NULL;
  char *client_secret = client_id != NULL ? bal_cli_read_client_secret (error) : NULL;

  if (client_id != NULL && client_secret == NULL)
    return NULL;

  flow = bal_oauth_flow_new (type->get_oauth (), client_id, client_secret, error);
  bal_secret_free (client_secret);
  if (flow == NULL)
    return NULL;

  g_printerr (_("Open this address in a browser on this computer and allow Balcony in:\n%s\n"), bal_oauth_flow_get_url (flow));
  bal_oauth_flow_run_async (flow, cancellable, bal_cli_await_cb, &result);
  bal_cli_await (&result);
  return bal_oauth_flow_run_finish (flow, result, error);
}

char *
bal_cli_get_password (const BalProviderType  *type,
                      const char             *client_id,
                      GError                **error)
{
  return type->get_oauth != NULL ? sign_in_by_browser (type, client_id, error) : bal_cli_read_password (error);
}
