/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-auth-request.h"

#include "bal-error.h"

#include <glib/gi18n.h>
#include <string.h>

char *
bal_auth_request_new_state (void)
{
  return g_uuid_string_random ();
}

/* WordPress 6.1 refuses a second password of the same name, and takes "scheme://host" for the way back, but no plain http:
 * the name tells the computer and the attempt. */
char *
bal_auth_request_build_url (const char *authorize_url,
                            const char *state)
{
  g_autofree char *name = NULL;
  g_autofree char *escaped_name = NULL;
  g_autofree char *success_url = NULL;
  g_autofree char *escaped_url = NULL;

  g_return_val_if_fail (authorize_url != NULL, NULL);
  g_return_val_if_fail (state != NULL, NULL);

  /* Translators: the name under which the blog lists this access; a computer's name and a short mark. */
  name = g_strdup_printf (_("Balcony on %s (%.4s)"), g_get_host_name (), state);
  escaped_name = g_uri_escape_string (name, NULL, FALSE);
  success_url = g_strdup_printf ("balcony://auth?state=%s", state);
  escaped_url = g_uri_escape_string (success_url, NULL, FALSE);

  return g_strdup_printf ("%s%sapp_name=%s&success_url=%s", authorize_url,
                          strchr (authorize_url, '?') ? "&" : "?", escaped_name, escaped_url);
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
