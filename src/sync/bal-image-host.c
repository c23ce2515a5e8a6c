/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"

#define MAX_STEM 60

/* ---- what keeps a picture from going there ---- */

/* Of no fault of the review's, and not of the blog's that shows it: other changes go meanwhile. */
static gboolean
is_passing (const GError *error)
{
  return error->domain == BAL_ERROR &&
         (error->code == BAL_ERROR_AUTH || error->code == BAL_ERROR_OFFLINE || error->code == BAL_ERROR_TEMPORARY ||
          error->code == BAL_ERROR_INSECURE || error->code == BAL_ERROR_LOST_ANSWER || error->code == BAL_ERROR_PROTOCOL);
}

/* @failure: (transfer full) */
static void
explain (BalSyncRun  *self,
         GError      *failure,
         gboolean    *waits,
         GError     **error)
{
  g_autoptr(GError) owned = failure;
  const char *name = bal_blog_get_name (self->host_blog);
  GError *told;

  *waits = is_passing (failure);
  if (!*waits)
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return;
    }
  if (failure->code == BAL_ERROR_AUTH)
    told = g_error_new (BAL_ERROR, BAL_ERROR_TEMPORARY,
                        /* Translators: both %s are names of blogs */
                        _("The pictures of “%s” go to “%s”, where you must sign in again. The review is kept here and goes then."),
                        bal_blog_get_name (self->blog), name);
  else
    told = g_error_new (BAL_ERROR, BAL_ERROR_TEMPORARY,
                        /* Translators: both %s at first are names of blogs, the last one is a sentence that tells the reason */
                        _("The pictures of “%s” go to “%s”, which does not take them now. The review is kept here and tried again. %s"),
                        bal_blog_get_name (self->blog), name, failure->message);
  bal_error_set_retry_after (told, bal_error_get_retry_after (failure));
  g_propagate_error (error, told);
}

/* A host that is away is not waited for at each picture. */
static gboolean
is_away (const GError *failure)
{
  return failure->domain == BAL_ERROR &&
         (failure->code == BAL_ERROR_AUTH || failure->code == BAL_ERROR_OFFLINE || failure->code == BAL_ERROR_INSECURE ||
          bal_error_get_retry_after (failure) > 0);
}

/* ---- another blog ---- */

static gboolean
read_host (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  BalSyncRun *self = data;

  g_clear_object (&self->host_blog);
  self->host_blog = bal_blog_table_get (transaction, bal_blog_get_image_host (self->blog), error);
  return self->host_blog != NULL;
}

static gboolean
open_host (BalSyncRun  *self,
           GError     **error)
{
  g_autoptr(BalProvider) host = NULL;

  if (self->host != NULL)
    return TRUE;
  if (self->host_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->host_error));
      return FALSE;
    }

  host = self->open (self->open_data, self->host_blog, self->flags, self->cancellable, error);
  if (host == NULL)
    return FALSE;
  if (!(bal_blog_get_capabilities (self->host_blog) & BAL_CAPABILITY_UPLOAD_MEDIA))
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("“%s” lets you upload no pictures. Choose another place for those of “%s” with “Pictures…” in the menu "
                     "of blogs; the review is kept here."),
                   bal_blog_get_name (self->host_blog), bal_blog_get_name (self->blog));
      return FALSE;
    }
  self->host = g_steal_pointer (&host);
  return TRUE;
}

static gboolean
is_web_address (const char *url)
{
  const char *scheme = url != NULL ? g_uri_peek_scheme (url) : NULL;

  return g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0;
}

/* A folder tells where in it the picture is; the person told under which address readers find that. */
static gboolean
set_address (BalSyncRun  *self,
             BalMedia    *media,
             GError     **error)
{
  const char *base = bal_blog_get_image_url (self->blog);
  g_autofree char *name = media->url != NULL ? g_path_get_basename (media->url) : NULL;

  /* Its id there means nothing to the blog that shows it. */
  g_free (media->remote_id);
  media->remote_id = g_strdup ("");
  if (is_web_address (media->url))
    return TRUE;

  g_clear_pointer (&media->url, g_free);
  if (name == NULL || base == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_REFUSED,
                   _("“%s” took the picture, but readers don’t find it there. Set the web address of its pictures with "
                     "“Pictures…” in the menu of blogs; the review is kept here."), bal_blog_get_name (self->host_blog));
      return FALSE;
    }
  media->url = g_strconcat (base, "/", name, NULL);
  return TRUE;
}

static gboolean
upload_to_host (BalSyncRun  *self,
                BalMedia    *media,
                gboolean    *waits,
                GError     **error)
{
  g_autoptr(GError) failed = NULL;

  if (self->host_blog == NULL && !bal_store_read (self->store, read_host, self, self->cancellable, &failed))
    {
      /* Removed while this sync runs: the next one knows. */
      *waits = g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND);
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (open_host (self, &failed) && bal_provider_upload_media (self->host, media, self->cancellable, &failed))
    return set_address (self, media, error);

  if (self->host_error == NULL && is_away (failed))
    self->host_error = g_error_copy (failed);
  explain (self, g_steal_pointer (&failed), waits, error);
  return FALSE;
}

/* ---- a folder ---- */

/* (transfer full): "night-ferry-0123456789abcdef.jpg". The hash makes the same picture the same file, and a different one never
 * replaces it. */
static char *
make_name (BalMedia *media,
           GBytes   *bytes)
{
  static const char *const types[][2] = {
    { "image/jpeg", "jpg" }, { "image/png", "png" }, { "image/gif", "gif" }, { "image/webp", "webp" },
    { "image/avif", "avif" }, { "image/svg+xml", "svg" },
  };
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *plain = g_str_to_ascii (media->file_name != NULL ? media->file_name : "", "C");
  g_autoptr(GString) stem = g_string_new (NULL);
  char *dot = strrchr (plain, '.');
  const char *ending = "bin";

  if (dot != NULL)
    *dot = '\0';
  for (const char *p = plain; *p != '\0' && stem->len < MAX_STEM; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (stem, g_ascii_tolower (*p));
    else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
      g_string_append_c (stem, '-');
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (media->mime_type, types[i][0]) == 0)
      ending = types[i][1];
  return g_strdup_printf ("%s-%.16s.%s", stem->len > 0 ? stem->str : "picture", hash, ending);
}

/* Readable by whoever serves the folder, unlike our own copy. */
static gboolean
write_file (const char  *path,
            GBytes      *bytes,
            GError     **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr(GMappedFile) there = g_mapped_file_new (path, FALSE, NULL);

  if (there != NULL && g_mapped_file_get_length (there) == length &&
      (length == 0 || memcmp (g_mapped_file_get_contents (there), data, length) == 0))
    return TRUE;
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error);
}

static gboolean
upload_to_folder (BalSyncRun  *self,
                  BalMedia    *media,
                  gboolean    *waits,
                  GError     **error)
{
  const char *folder = bal_blog_get_image_folder (self->blog);
  g_autoptr(GMappedFile) file = g_mapped_file_new (media->path, FALSE, NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) failed = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (file == NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("The picture “%s” can’t be read any more; choose it again."), media->file_name);
      return FALSE;
    }

  bytes = g_mapped_file_get_bytes (file);
  name = make_name (media, bytes);
  path = g_build_filename (folder, name, NULL);
  if (!write_file (path, bytes, &failed))
    {
      *waits = TRUE;
      g_set_error (error, BAL_ERROR, BAL_ERROR_TEMPORARY,
                   _("The pictures of “%s” go into the folder “%s”, which can’t be written now. Connect its drive or make room "
                     "there; the review is kept here and tried again. (%s)"),
                   bal_blog_get_name (self->blog), folder, failed->message);
      return FALSE;
    }

  g_free (media->remote_id);
  g_free (media->url);
  media->remote_id = g_strdup ("");
  media->url = g_strconcat (bal_blog_get_image_url (self->blog), "/", name, NULL);
  return TRUE;
}

gboolean
bal_sync_run_upload_elsewhere (BalSyncRun  *self,
                               BalMedia    *media,
                               gboolean    *waits,
                               GError     **error)
{
  *waits = FALSE;
  return bal_blog_get_image_host (self->blog) != 0 ? upload_to_host (self, media, waits, error)
                                                  : upload_to_folder (self, media, waits, error);
}
