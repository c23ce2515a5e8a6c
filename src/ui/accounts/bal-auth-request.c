/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-auth-request.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* How blogs recognise Balcony among the programs that have access. */
#define APP_UUID "6c0e6f1e-3d0f-4c55-9a3e-8b5d1f2f7a41"

char *
bal_auth_request_new_state (void)
{
  return g_uuid_string_random ();
}

char *
bal_auth_request_build_url (const char *authorize_url,
                            const char *state)
{
  g_autofree char *success_url = NULL;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (authorize_url != NULL, NULL);
  g_return_val_if_fail (state != NULL, NULL);

  success_url = g_strdup_printf ("balcony://auth?state=%s", state);
  escaped = g_uri_escape_string (success_url, NULL, FALSE);

  return g_strdup_printf ("%s%sapp_name=Balcony&app_id=%s&success_url=%s",
                          authorize_url, strchr (authorize_url, '?') ? "&" : "?", APP_UUID, escaped);
}

gboolean
bal_auth_request_read_answer (const char  *uri,
                              const char  *state,
                              char       **user,
                              char       **password,
                              GError     **error)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED_QUERY, NULL);
  const char *query = parsed ? g_uri_get_query (parsed) : NULL;
  g_autoptr(GHashTable) params =
    query ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL) : NULL;
  const char *user_login, *secret;

  g_return_val_if_fail (state != NULL, FALSE);

  if (params == NULL || g_strcmp0 (g_hash_table_lookup (params, "state"), state) != 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                           _("That answer does not belong to this attempt; authorize once more."));
      return FALSE;
    }

  user_login = g_hash_table_lookup (params, "user_login");
  secret = g_hash_table_lookup (params, "password");
  if (user_login == NULL || secret == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                           _("The blog did not grant access; authorize again, or type in an application password."));
      return FALSE;
    }

  *user = g_strdup (user_login);
  *password = g_strdup (secret);

  return TRUE;
}
