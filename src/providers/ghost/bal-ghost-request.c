/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-safe-text.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <stdarg.h>
#include <string.h>

#define MAX_WORDS 300
#define ID_LENGTH 24
/* What Ghost 5 and 6 both answer. */
#define VERSION   "v5.0"

/* ---- addresses ----------------------------------------------------------------------------------- */

char *
bal_ghost_url (BalGhost   *self,
               const char *path,
               const char *query)
{
  return g_strconcat (bal_blog_get_endpoint (self->blog), path, query != NULL ? "?" : NULL, query, NULL);
}

char *
bal_ghost_quote (const char *text)
{
  GString *result = g_string_new ("'");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\'' || *p == '\\')
        g_string_append_c (result, '\\');
      g_string_append_c (result, *p);
    }
  g_string_append_c (result, '\'');
  return g_string_free (result, FALSE);
}

char *
bal_ghost_filter (const char *more,
                  const char *format,
                  ...)
{
  g_autofree char *filter = NULL;
  g_autofree char *escaped = NULL;
  va_list args;

  va_start (args, format);
  filter = g_strdup_vprintf (format, args);
  va_end (args);
  escaped = g_uri_escape_string (filter, NULL, FALSE);

  return g_strconcat ("filter=", escaped, more != NULL ? "&" : NULL, more, NULL);
}

gboolean
bal_ghost_check_id (const char  *id,
                    GError     **error)
{
  if (strlen (id) == ID_LENGTH && strspn (id, "0123456789abcdef") == ID_LENGTH)
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("The blog does not have this any more."));
  return FALSE;
}

json_t *
bal_ghost_first (const json_t *answer,
                 const char   *name)
{
  return json_array_get (bal_json_get_array (answer, name), 0);
}

gboolean
bal_ghost_can (BalGhost        *self,
               BalCapabilities  capability)
{
  return (bal_blog_get_capabilities (self->blog) & capability) != 0;
}

/* ---- what a refusal means ------------------------------------------------------------------------ */

static char *
words_of (const json_t *failure)
{
  g_autofree char *message = bal_provider_dup_text (failure, "message");
  g_autofree char *context = bal_provider_dup_text (failure, "context");
  g_autofree char *both = g_strconcat (message != NULL ? message : "", message != NULL && context != NULL ? " " : "",
                                       context != NULL ? context : "", NULL);

  return *both != '\0' ? bal_safe_text_line (both, MAX_WORDS) : NULL;
}

/* A write that a gateway answered for, or in which Ghost failed halfway, may have been carried out; what it refuses while it is
 * being updated was not. */
static void
set_error (BalHttpResponse  *response,
           json_t           *value,
           gboolean          is_write,
           GError          **error)
{
  guint status = bal_http_response_get_status (response);
  json_t *failure = bal_ghost_first (value, "errors");
  const char *type = bal_json_get_string (failure, "type");
  g_autofree char *words = words_of (failure);

  if (status == 401 || (status == 400 && g_strcmp0 (bal_json_get_string (failure, "code"), "INVALID_JWT") == 0))
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH,
                         _("The blog does not accept this Admin API key; copy the present one from Ghost’s settings, under "
                           "“Integrations”, and sign in again. All your texts are kept."));
  else if (status == 403)
    g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                 _("This key may not do that on the blog: “%s” Your text is kept here."), words != NULL ? words : "403");
  else if (status == 409)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_CONFLICT,
                         _("The post was changed on the blog at this moment; Balcony looks at it again first."));
  else if ((status == 404 || status == 410) && type == NULL)
    g_set_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                 _("The blog’s interface for programs is not where it was (%u); "
                   "check the blog’s address. Nothing was changed here."), status);
  else if (status == 406)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
                         _("This version of Ghost can’t do that from other programs. What you wrote is kept here."));
  else if (is_write && status >= 500 && !(status == 503 && type != NULL))
    g_propagate_error (error, bal_provider_lost_answer (NULL));
  else
    bal_http_response_set_error (response, words, error);
}

/* ---- exchanges ----------------------------------------------------------------------------------- */

static gboolean
authorize (gpointer         owner,
           BalHttpRequest  *request,
           GCancellable    *cancellable,
           GError         **error)
{
  BalGhost *self = owner;
  g_autofree char *token = bal_ghost_key_sign (self->key_id, self->secret, bal_time_now () + self->skew);
  g_autofree char *value = g_strconcat ("Ghost ", token, NULL);

  bal_http_request_set_header (request, "Authorization", value);
  bal_http_request_set_header (request, "Accept-Version", VERSION);
  return TRUE;
}

/* A signature is valid for minutes. Where the two clocks differ by more, the server's counts. */
static gboolean
renew (gpointer         owner,
       BalHttpResponse *response)
{
  BalGhost *self = owner;
  const char *text = bal_http_response_get_header (response, "Date");
  g_autoptr(GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  gint64 skew = date != NULL ? g_date_time_to_unix (date) - bal_time_now () : 0;

  if (ABS (skew - self->skew) <= 60)
    return FALSE;

  g_debug ("The blog's clock is %" G_GINT64_FORMAT " seconds ahead", skew);
  self->skew = skew;
  return TRUE;
}

static gboolean
is_whole (const char   *method,
          const json_t *value)
{
  void *member = json_object_iter ((json_t *) value);

  return strcmp (method, "DELETE") == 0 ||
         (member != NULL && json_is_object (json_array_get (json_object_iter_value (member), 0)));
}

static const BalJsonService service = {
  .authorize = authorize,
  .renew = renew,
  .set_error = set_error,
  .is_whole = is_whole,
};

json_t *
bal_ghost_read (BalGhost         *self,
                const char       *path,
                const char       *query,
                BalHttpResponse **response,
                GCancellable     *cancellable,
                GError          **error)
{
  g_autofree char *url = bal_ghost_url (self, path, query);

  return bal_json_read_object (&service, self, self->http, url, response, cancellable, error);
}

json_t *
bal_ghost_write (BalGhost      *self,
                 const char    *method,
                 const char    *path,
                 const char    *query,
                 json_t        *body,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autofree char *url = bal_ghost_url (self, path, query);
  g_autoptr(BalHttpRequest) request = bal_json_request_new (method, url, body, error);

  return request != NULL ? bal_ghost_send (self, request, cancellable, error) : NULL;
}

json_t *
bal_ghost_send (BalGhost        *self,
                BalHttpRequest  *request,
                GCancellable    *cancellable,
                GError         **error)
{
  return bal_json_write (&service, self, self->http, request, cancellable, error);
}
