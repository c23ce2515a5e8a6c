/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-provider-common.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

/* Each text of a post is held several times while versions are merged; only its content may be as large as an answer. */
#define MAX_SHORT       (1024 * 1024)
/* Fewer letters and digits than this don't tell one text from another. */
#define MIN_FINGERPRINT 40
#define MAX_NAME        100
#define MAX_ADDRESS     4096

/* ---- texts --------------------------------------------------------------------------------------- */

char *
bal_provider_dup_text (const json_t *object,
                       const char   *name)
{
  json_t *value = json_object_get (object, name);
  const char *text = json_string_value (value);
  const char *end;
  GString *result;

  if (text == NULL)
    return NULL;

  end = text + json_string_length (value);
  result = g_string_sized_new (end - text);
  for (;;)
    {
      g_string_append (result, text);
      text += strlen (text);
      if (text >= end)
        break;
      g_string_append_unichar (result, 0xfffd);
      text++;
    }

  return g_string_free (result, FALSE);
}

void
bal_provider_set_text (json_t     *object,
                       const char *name,
                       const char *text)
{
  json_object_set_new (object, name, json_string (text != NULL ? text : ""));
}

gboolean
bal_provider_check_texts (GError            **error,
                          const char *const  *texts,
                          gsize               n_texts)
{
  for (gsize i = 0; i < n_texts; i++)
    if (texts[i] != NULL && !g_utf8_validate (texts[i], -1, NULL))
      {
        g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                             _("The text contains bytes that are no characters, so it can’t be "
                               "sent; it is kept here."));
        return FALSE;
      }

  return TRUE;
}

gboolean
bal_provider_check_short (GError            **error,
                          const char *const  *texts,
                          gsize               n_texts)
{
  for (gsize i = 0; i < n_texts; i++)
    if (texts[i] != NULL && strlen (texts[i]) > MAX_SHORT)
      {
        g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                             _("The blog sent a title, a name or an address of more than a million letters, so what "
                               "belongs to it was left as it is here."));
        return FALSE;
      }

  return TRUE;
}

char *
bal_provider_fingerprint (const char *html)
{
  GString *result = g_string_new (NULL);
  gboolean in_tag = FALSE;

  for (const char *p = html != NULL ? html : ""; *p != '\0'; p++)
    {
      if (*p == '<')
        in_tag = TRUE;
      else if (*p == '>')
        in_tag = FALSE;
      else if (*p == '&' && !in_tag)
        {
          gsize length = strspn (p + 1, "#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

          if (p[1 + length] == ';')
            p += 1 + length;
        }
      else if (!in_tag && (g_ascii_isalnum (*p) || (guchar) *p >= 0x80))
        g_string_append_c (result, *p);
    }

  return g_string_free (result, FALSE);
}

gboolean
bal_provider_texts_differ (const char *a,
                           const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") != 0;
}

gboolean
bal_provider_names_differ (const char *const *a,
                           const char *const *b)
{
  if (g_strv_length ((char **) a) != g_strv_length ((char **) b))
    return TRUE;

  for (guint i = 0; a[i] != NULL; i++)
    if (!g_strv_contains (b, a[i]))
      return TRUE;

  return FALSE;
}

gboolean
bal_provider_has_fingerprint (BalReview *review)
{
  g_autofree char *ours = bal_provider_fingerprint (bal_review_get_html (review));

  return strlen (ours) >= MIN_FINGERPRINT;
}

gboolean
bal_provider_is_twin (BalReview  *review,
                      const char *title,
                      const char *html)
{
  g_autofree char *ours = bal_provider_fingerprint (bal_review_get_html (review));
  g_autofree char *theirs = bal_provider_fingerprint (html);
  g_autofree char *our_title = bal_provider_fingerprint (bal_review_get_title (review));
  g_autofree char *their_title = bal_provider_fingerprint (title);

  return strlen (ours) >= MIN_FINGERPRINT && strcmp (our_title, their_title) == 0 && strcmp (ours, theirs) == 0;
}

/* ---- pictures ------------------------------------------------------------------------------------ */

/* A header takes ASCII alone, and a name with line breaks or quotes would end it early. */
char *
bal_provider_file_name (const BalMedia *media)
{
  g_autofree char *name = g_path_get_basename (media->file_name != NULL ? media->file_name : "");
  const char *dot;

  for (char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '.' && *p != '-' && *p != '_')
      *p = '-';

  dot = strrchr (name, '.');
  if (dot != NULL && dot > name && dot[1] != '\0' && strlen (name) <= MAX_NAME)
    return g_steal_pointer (&name);

  /* The ending decides the format on the blog. */
  dot = media->mime_type != NULL ? strrchr (media->mime_type, '/') : NULL;

  return g_strdup_printf ("picture.%s", dot != NULL && strcmp (dot, "/jpeg") != 0 ? dot + 1 : "jpg");
}

/* It goes into the text, where readers' programs follow it. */
gboolean
bal_provider_is_picture_address (const char *url)
{
  const char *scheme = g_uri_peek_scheme (url);

  return (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0) && strlen (url) <= MAX_ADDRESS &&
         g_uri_is_valid (url, G_URI_FLAGS_NONE, NULL);
}

/* ---- answers ------------------------------------------------------------------------------------- */

void
bal_provider_set_malformed (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
                       _("The blog’s answer is incomplete or not in the expected form; Balcony tries again later."));
}

GError *
bal_provider_lost_answer (const GError *cause)
{
  GError *error = g_error_new_literal (BAL_ERROR, BAL_ERROR_LOST_ANSWER,
                                       _("The blog did not confirm the change; Balcony looks whether it "
                                         "arrived before sending it again."));

  bal_error_set_retry_after (error, bal_error_get_retry_after (cause));

  return error;
}

gboolean
bal_provider_end_delete (gboolean   done,
                         GError    *failed,
                         GError   **error)
{
  if (!done && !g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, failed);
      return FALSE;
    }

  g_clear_error (&failed);
  return TRUE;
}

char *
bal_provider_server_time (BalHttpResponse *response)
{
  const char *text = bal_http_response_get_header (response, "Date");
  g_autoptr(GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? bal_time_to_rfc3339 (g_date_time_to_unix (date)) : NULL;
}
