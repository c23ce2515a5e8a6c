/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-error.h"
#include "bal-safe-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* WordPress refuses comments that follow each other within 15 seconds. */
#define FLOOD_SECONDS 20
#define MAX_WORDS     300

char *
bal_wordpress_url (const char *root,
                   const char *path,
                   const char *query)
{
  gboolean has_query = strchr (root, '?') != NULL;

  if (query == NULL)
    return g_strconcat (root, path, NULL);

  return g_strconcat (root, path, has_query ? "&" : "?", query, NULL);
}

static gboolean
authorize (gpointer         owner,
           BalHttpRequest  *request,
           GCancellable    *cancellable,
           GError         **error)
{
  BalWordpress *self = owner;

  bal_http_request_set_basic_auth (request, bal_blog_get_user (self->blog), self->password);
  return TRUE;
}

BalHttpRequest *
bal_wordpress_request (BalWordpress  *self,
                       const char    *method,
                       const char    *url,
                       GError       **error)
{
  BalHttpRequest *request = bal_json_request_new (method, url, NULL, error);

  if (request != NULL)
    authorize (self, request, NULL, NULL);

  return request;
}

guint
bal_wordpress_header_number (BalHttpResponse *response,
                             const char      *name,
                             guint            fallback)
{
  const char *text = bal_http_response_get_header (response, name);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return fallback;

  return number;
}

/* ---- what a refusal means ------------------------------------------------------------------------ */

/* With a wrong password a listing of drafts answers 400, and 401 only deep inside it. */
static int
inner_status (const json_t *value)
{
  json_t *details = bal_json_get_object (bal_json_get_object (value, "data"), "details");
  json_t *status = bal_json_get_object (details, "status");

  return bal_json_get_int (bal_json_get_object (status, "data"), "status", 0);
}

static gboolean
is_sign_in_code (const char *code)
{
  static const char *const codes[] = {
    "rest_not_logged_in", "incorrect_password", "invalid_username", "invalid_email",
    "application_passwords_disabled", "application_passwords_disabled_for_user",
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (code, codes[i]) == 0)
      return TRUE;

  return FALSE;
}

/* A route that is not there says nothing about the item: the API may be switched off, the site moved. */
static gboolean
says_that_it_is_gone (const char *code)
{
  static const char *const codes[] = {
    "rest_post_invalid_id", "rest_comment_invalid_id", "rest_term_invalid", "rest_already_trashed",
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (code, codes[i]) == 0)
      return TRUE;

  return FALSE;
}

/* FALSE: nothing special. */
static gboolean
set_special_error (guint        status,
                   const char  *code,
                   json_t      *value,
                   gboolean     is_write,
                   const char  *words,
                   GError     **error)
{
  if (status == 401 || is_sign_in_code (code) ||
      (g_strcmp0 (code, "rest_invalid_param") == 0 && inner_status (value) == 401))
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                           _("The blog did not accept the user name and application password; "
                             "sign in again."));
      return TRUE;
    }

  if (g_strcmp0 (code, "comment_flood") == 0)
    {
      GError *made = g_error_new (BAL_ERROR, BAL_ERROR_TEMPORARY,
                                  _("The blog asks for a pause between comments; the rest is sent "
                                    "later."));

      bal_error_set_retry_after (made, FLOOD_SECONDS);
      g_propagate_error (error, made);
      return TRUE;
    }

  if (g_strcmp0 (code, "rest_trash_not_supported") == 0)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                           _("This blog has no trash; delete for good instead."));
      return TRUE;
    }

  if ((status == 404 || status == 410) && !says_that_it_is_gone (code))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                   _("The blog’s interface for programs is not where it was (%u); "
                     "check the blog’s address. Nothing was changed here."), status);
      return TRUE;
    }

  /* Pictures that WordPress does not want, and a name of blanks, are "server errors" (6.1). */
  if (status >= 500 && code != NULL &&
      (g_str_has_prefix (code, "rest_upload_") || g_str_has_prefix (code, "empty_")))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED, _("The blog refused this: “%s”"), words);
      return TRUE;
    }

  /* A gateway that waited too long, or a plug-in that failed halfway, answers for work that was done. */
  if (is_write && status >= 500 && (code == NULL || strcmp (code, "internal_server_error") == 0))
    {
      g_propagate_error (error, bal_provider_lost_answer (NULL));
      return TRUE;
    }

  return FALSE;
}

void
bal_wordpress_set_error (BalHttpResponse  *response,
                         json_t           *value,
                         gboolean          is_write,
                         GError          **error)
{
  guint status = bal_http_response_get_status (response);
  const char *code = bal_json_get_string (value, "code");
  g_autofree char *message = bal_provider_dup_text (value, "message");
  g_autofree char *words = bal_safe_text_line (message, MAX_WORDS);

  if (!set_special_error (status, code, value, is_write, words, error))
    bal_http_response_set_error (response, words, error);
}

/* ---- exchanges ----------------------------------------------------------------------------------- */

static const BalJsonService service = {
  .authorize = authorize,
  .set_error = bal_wordpress_set_error,
};

static BalHttpRequest *
describe (BalWordpress  *self,
          const char    *method,
          const char    *path,
          const char    *query,
          json_t        *body,
          GError       **error)
{
  g_autofree char *url = bal_wordpress_url (bal_blog_get_endpoint (self->blog), path, query);

  return bal_json_request_new (method, url, body, error);
}

BalHttpResponse *
bal_wordpress_exchange (BalWordpress  *self,
                        const char    *method,
                        const char    *path,
                        const char    *query,
                        json_t        *body,
                        json_t       **value,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr(BalHttpRequest) request = describe (self, method, path, query, body, error);

  return request != NULL ? bal_json_exchange (&service, self, self->http, request, value, cancellable, error) : NULL;
}

json_t *
bal_wordpress_read (BalWordpress     *self,
                    const char       *path,
                    const char       *query,
                    BalHttpResponse **response,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autofree char *url = bal_wordpress_url (bal_blog_get_endpoint (self->blog), path, query);

  return bal_json_read (&service, self, self->http, url, response, cancellable, error);
}

json_t *
bal_wordpress_write (BalWordpress  *self,
                     const char    *method,
                     const char    *path,
                     const char    *query,
                     json_t        *body,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr(BalHttpRequest) request = describe (self, method, path, query, body, error);

  return request != NULL ? bal_json_write (&service, self, self->http, request, cancellable, error) : NULL;
}

json_t *
bal_wordpress_send (BalWordpress    *self,
                    BalHttpRequest  *request,
                    GCancellable    *cancellable,
                    GError         **error)
{
  return bal_json_write (&service, self, self->http, request, cancellable, error);
}
