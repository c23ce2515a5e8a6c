/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-wordpress-private.h"

#include "bal-error.h"
#include "bal-safe-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MEDIA           "wp/v2/media"
#define FIELDS          "_fields=id,source_url,slug"
#define MAX_NAME        100

static gboolean
take_media (BalMedia  *media,
            json_t    *value,
            GError   **error)
{
  g_autofree char *id = bal_wordpress_dup_id (value, "id");
  g_autofree char *url = bal_provider_dup_text (value, "source_url");

  if (id == NULL || url == NULL)
    {
      g_propagate_error (error, bal_provider_lost_answer (NULL));
      return FALSE;
    }
  if (!bal_provider_is_picture_address (url))
    {
      g_autofree char *name = bal_safe_text_name (media->file_name, MAX_NAME);

      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("The blog took the picture “%s” but gave no address at which it can be shown; the picture and "
                     "the text are kept here."), name);
      return FALSE;
    }

  g_free (media->remote_id);
  g_free (media->url);
  media->remote_id = g_steal_pointer (&id);
  media->url = g_steal_pointer (&url);

  return TRUE;
}

/* FALSE without error: it is not there. */
static gboolean
find_media (BalWordpress  *self,
            BalMedia      *media,
            const char    *slug,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *query = g_strdup_printf ("slug=%s&context=edit&" FIELDS, slug);
  g_autoptr(json_t) found = bal_wordpress_read (self, MEDIA, query, NULL, cancellable, error);

  return found != NULL && json_array_size (found) > 0 && take_media (media, json_array_get (found, 0), error);
}

/* What is between may have delivered the upload twice: the address that it asked for is then with the first of the two,
 * and this one is the other. When it can't be deleted, it stays in the blog's library. */
static void
leave_to_twin (BalWordpress *self,
               BalMedia     *media,
               json_t       *value,
               const char   *slug,
               GCancellable *cancellable)
{
  g_autofree char *given = bal_provider_dup_text (value, "slug");
  g_autofree char *id = bal_wordpress_dup_id (value, "id");
  g_autofree char *path = g_strdup_printf (MEDIA "/%s", id);

  if (given != NULL && !g_str_equal (given, slug) && find_media (self, media, slug, cancellable, NULL))
    bal_wordpress_delete (self, path, cancellable, NULL);
}

static BalHttpRequest *
upload_request (BalWordpress  *self,
                BalMedia      *media,
                const char    *slug,
                GError       **error)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (media->path, FALSE, NULL);
  g_autofree char *name = bal_provider_file_name (media);
  g_autofree char *disposition = g_strdup_printf ("attachment; filename=\"%s\"", name);
  g_autofree char *alt = g_uri_escape_string (media->alt_text != NULL ? media->alt_text : "", NULL, FALSE);
  g_autofree char *query = g_strdup_printf ("slug=%s&alt_text=%s&" FIELDS, slug, alt);
  g_autofree char *url = bal_wordpress_url (bal_blog_get_endpoint (self->blog), MEDIA, query);
  g_autoptr(GBytes) bytes = NULL;
  BalHttpRequest *request;

  if (file == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The picture “%s” can’t be read any more; choose it again."), name);
      return NULL;
    }

  request = bal_wordpress_request (self, "POST", url, error);
  if (request == NULL)
    return NULL;

  bytes = g_mapped_file_get_bytes (file);
  bal_http_request_set_header (request, "Content-Disposition", disposition);
  bal_http_request_set_body (request, media->mime_type != NULL ? media->mime_type : "image/jpeg", bytes);

  return request;
}

gboolean
bal_wordpress_upload_media (BalProvider   *provider,
                            BalMedia      *media,
                            GCancellable  *cancellable,
                            GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  g_autofree char *slug = bal_wordpress_key_slug (media->key);
  g_autoptr(GError) failed = NULL;
  g_autoptr(BalHttpRequest) request = NULL;
  g_autoptr(json_t) value = NULL;

  if (find_media (self, media, slug, cancellable, &failed))
    return TRUE;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }

  request = upload_request (self, media, slug, error);
  if (request == NULL)
    return FALSE;

  value = bal_wordpress_send (self, request, cancellable, error);
  if (value == NULL)
    return FALSE;
  if (!take_media (media, value, error))
    return FALSE;
  leave_to_twin (self, media, value, slug, cancellable);

  return TRUE;
}
