/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tables.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"
#include "bal-outbox.h"
#include "bal-transaction.h"

static gboolean G_GNUC_PRINTF (2, 3)
refuse (GError     **error,
        const char  *format,
        ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (BAL_ERROR, BAL_ERROR_INVALID, format, args));
  va_end (args);
  return FALSE;
}

/* It goes into texts that are read everywhere. */
static gboolean
check_address (const char  *url,
               GError     **error)
{
  g_autoptr(GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri != NULL && (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http")) &&
      g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' && g_uri_get_query (uri) == NULL &&
      g_uri_get_fragment (uri) == NULL)
    return TRUE;
  return refuse (error, _("Say under which web address readers find the pictures, such as "
                          "https://pictures.example/blog; “%s” is none."), url != NULL ? url : "");
}

static gboolean
check_host (BalTransaction  *transaction,
            BalBlog         *blog,
            gint64           host_id,
            const char      *url,
            GError         **error)
{
  g_autoptr(BalBlog) host = bal_blog_table_get (transaction, host_id, error);
  const char *endpoint;

  if (host == NULL)
    return FALSE;
  if (host_id == bal_blog_get_id (blog) || !(bal_blog_get_capabilities (host) & BAL_CAPABILITY_UPLOAD_MEDIA))
    return refuse (error, _("“%s” takes no pictures. Choose another blog, or a folder."), bal_blog_get_name (host));

  /* What lies in a folder is found by readers only where somebody serves it. */
  endpoint = bal_blog_get_endpoint (host);
  return url != NULL || (endpoint != NULL && g_path_is_absolute (endpoint)) ? check_address (url, error) : TRUE;
}

static gboolean
check_place (BalTransaction  *transaction,
             BalBlog         *blog,
             gint64           host_id,
             const char      *folder,
             const char      *url,
             GError         **error)
{
  if (bal_blog_get_capabilities (blog) & BAL_CAPABILITY_UPLOAD_MEDIA)
    return refuse (error, _("“%s” takes pictures itself; they go there."), bal_blog_get_name (blog));
  if (host_id != 0)
    return check_host (transaction, blog, host_id, url, error);
  if (folder == NULL)
    return TRUE;
  if (!g_path_is_absolute (folder) || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return refuse (error, _("There is no folder “%s”. Create it, or connect its drive, and try again."), folder);
  return check_address (url, error);
}

/* Each tells anew what it lacks, if that was something else. */
static gboolean
offer_again (BalTransaction  *transaction,
             gint64           id,
             GError         **error)
{
  g_autoptr(GPtrArray) items = bal_outbox_list (transaction, id, error);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (items, i);
      g_autoptr(GError) failed = NULL;

      /* One that is held by a conflict stays so. */
      if (item->entity == BAL_ENTITY_REVIEW && !bal_outbox_retry (transaction, item->id, &failed) &&
          !g_error_matches (failed, BAL_ERROR, BAL_ERROR_CONFLICT))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }
  return items != NULL;
}

gboolean
bal_blog_table_set_image_place (BalTransaction  *transaction,
                                gint64           id,
                                gint64           host,
                                const char      *folder,
                                const char      *url,
                                GError         **error)
{
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, id, error);
  g_autofree char *address = url != NULL ? g_strstrip (g_strdup (url)) : NULL;
  gboolean is_none = host == 0 && folder == NULL;

  for (gsize n = address != NULL ? strlen (address) : 0; n > 0 && address[n - 1] == '/'; n--)
    address[n - 1] = '\0';
  if (is_none || (address != NULL && *address == '\0'))
    g_clear_pointer (&address, g_free);

  if (blog == NULL || (!is_none && !check_place (transaction, blog, host, folder, address, error)))
    return FALSE;

  bal_blog_set_image_host (blog, host);
  bal_blog_set_image_folder (blog, host == 0 ? folder : NULL);
  bal_blog_set_image_url (blog, address);
  return bal_blog_table_update (transaction, blog, error) && (is_none || offer_again (transaction, id, error));
}
