/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-ghost-private.h"

#include "bal-error.h"
#include "bal-safe-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME 100

/* No line of a picture is that. */
static char *
make_boundary (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat ("balcony-", uuid, NULL);
}

static BalHttpRequest *
describe_upload (BalGhost        *self,
                 const BalMedia  *media,
                 GError         **error)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (media->path, FALSE, NULL);
  g_autofree char *name = bal_provider_file_name (media);
  g_autofree char *boundary = make_boundary ();
  g_autofree char *type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  g_autofree char *url = bal_ghost_url (self, "images/upload/", NULL);
  GByteArray *body;
  g_autofree char *head = NULL;
  g_autofree char *tail = NULL;
  g_autoptr(GBytes) bytes = NULL;
  BalHttpRequest *request;

  if (file == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The picture “%s” can’t be read any more; choose it again."), name);
      return NULL;
    }

  request = bal_json_request_new ("POST", url, NULL, error);
  if (request == NULL)
    return NULL;

  head = g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
                          boundary, name, media->mime_type != NULL ? media->mime_type : "image/jpeg");
  tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  body = g_byte_array_new ();
  g_byte_array_append (body, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (body, (const guint8 *) g_mapped_file_get_contents (file), (guint) g_mapped_file_get_length (file));
  g_byte_array_append (body, (const guint8 *) tail, (guint) strlen (tail));
  bytes = g_byte_array_free_to_bytes (body);
  bal_http_request_set_body (request, type, bytes);
  return request;
}

/* Ghost has no list of pictures and no place for a key: after a lost answer the picture is there twice, the first one in no
 * text. */
gboolean
bal_ghost_upload_media (BalProvider   *provider,
                        BalMedia      *media,
                        GCancellable  *cancellable,
                        GError       **error)
{
  BalGhost *self = BAL_GHOST (provider);
  g_autoptr(BalHttpRequest) request = describe_upload (self, media, error);
  g_autoptr(json_t) answer = request != NULL ? bal_ghost_send (self, request, cancellable, error) : NULL;
  g_autofree char *url = bal_provider_dup_text (bal_ghost_first (answer, "images"), "url");

  if (answer == NULL)
    return FALSE;
  if (url == NULL || !bal_provider_is_picture_address (url))
    {
      g_autofree char *name = bal_safe_text_name (media->file_name, MAX_NAME);

      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("The blog took the picture “%s” but gave no address at which it can be shown; the picture and "
                     "the text are kept here."), name);
      return FALSE;
    }

  g_free (media->remote_id);
  g_free (media->url);
  media->remote_id = g_strdup (url);
  media->url = g_steal_pointer (&url);
  return TRUE;
}
