/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-push.h"

#include <glib/gi18n.h>

#include "bal-error.h"

static void
free_picture (gpointer data)
{
  BalPushPicture *picture = data;

  g_clear_pointer (&picture->media, bal_media_free);
  g_free (picture);
}

static BalPushPicture *
find_picture (BalPush *self,
              gint64   id)
{
  for (guint i = 0; i < self->pictures->len; i++)
    {
      BalPushPicture *picture = g_ptr_array_index (self->pictures, i);

      if (picture->id == id)
        return picture;
    }
  return NULL;
}

/* ---- looking ---- */

static void
say_lost (BalPush    *self,
          BalMedia   *media,
          gboolean    is_featured)
{
  if (self->lost != NULL)
    return;
  if (is_featured)
    self->lost = g_strdup (_("The featured image is not here any more. Choose another one."));
  else if (media != NULL)
    /* Translators: %s is the name of an image file */
    self->lost = g_strdup_printf (_("The picture “%s” is not here any more. Take it out of the text, or put it in "
                                    "again; the text is kept."), media->file_name);
  else
    self->lost = g_strdup (_("A picture in the text is not here any more. Take it out, or put it in again; "
                             "the text is kept."));
}

static gboolean
look_at_picture (BalPush         *self,
                 BalTransaction  *transaction,
                 gint64           id,
                 gboolean         is_featured,
                 GError         **error)
{
  g_autoptr(GError) failed = NULL;
  BalPushPicture *picture;
  BalMedia *media;

  if (find_picture (self, id) != NULL)
    return TRUE;

  media = bal_media_table_get (transaction, id, &failed);
  if (media == NULL && !g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (media == NULL || (media->url == NULL && !g_file_test (media->path, G_FILE_TEST_IS_REGULAR)))
    say_lost (self, media, is_featured);
  if (media == NULL)
    return TRUE;

  picture = g_new0 (BalPushPicture, 1);
  *picture = (BalPushPicture) { id, media };
  g_ptr_array_add (self->pictures, picture);
  return TRUE;
}

gboolean
bal_push_look_at_pictures (BalPush         *self,
                           BalTransaction  *transaction,
                           GError         **error)
{
  g_autoptr(GArray) ids = bal_media_refs_list (bal_review_get_html (self->review));
  gint64 featured = bal_media_ref_parse (bal_review_get_featured_image (self->review));

  self->pictures = g_ptr_array_new_with_free_func (free_picture);
  if (featured >= 0 && !look_at_picture (self, transaction, featured, TRUE, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!look_at_picture (self, transaction, g_array_index (ids, gint64, i), FALSE, error))
      return FALSE;
  return TRUE;
}

/* ---- uploading ---- */

typedef struct
{
  BalPushPicture *picture;
  gint64          blog_id;
} Upload;

/* What went into this post from one of another blog is this blog's picture too, under an id of its own. */
static gboolean
take_in (BalTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Upload *self = data;
  BalMedia *own = bal_media_table_get_for (transaction, self->picture->id, self->blog_id, error);

  if (own == NULL)
    return FALSE;
  bal_media_free (self->picture->media);
  self->picture->media = own;
  return TRUE;
}

static gboolean
store_place (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  BalMedia *media = data;

  return bal_media_table_set_uploaded (transaction, media->id, media->remote_id, media->url, error);
}

/* What the person says of the picture in the text is newer than what they said when they chose it. */
static void
take_description (BalPush        *self,
                  BalPushPicture *picture)
{
  char *alt = bal_media_refs_dup_alt (bal_review_get_html (self->review), picture->id);

  if (alt == NULL)
    return;
  g_free (picture->media->alt_text);
  picture->media->alt_text = alt;
}

static gboolean
upload_picture (BalPush         *self,
                BalPushPicture  *picture,
                GError         **error)
{
  BalSyncRun *run = self->run;

  if (bal_blog_get_capabilities (run->blog) & BAL_CAPABILITY_UPLOAD_MEDIA)
    return bal_provider_upload_media (run->provider, picture->media, run->cancellable, error);

  if (picture->id != bal_media_ref_parse (bal_review_get_featured_image (self->review)))
    return bal_sync_run_upload_elsewhere (run, picture->media, &self->waits, error);

  g_set_error (error, BAL_ERROR, BAL_ERROR_UNSUPPORTED,
               _("“%s” takes its featured images from its own library alone. Choose one there, or take it off; the review is "
                 "kept here."), bal_blog_get_name (run->blog));
  return FALSE;
}

/* Who takes it looks for the picture's key first, so that a repeated upload makes no second copy. */
gboolean
bal_push_upload_pictures (BalPush  *self,
                          GError  **error)
{
  BalSyncRun *run = self->run;

  for (guint i = 0; i < self->pictures->len; i++)
    {
      BalPushPicture *picture = g_ptr_array_index (self->pictures, i);
      Upload upload = { picture, bal_blog_get_id (run->blog) };

      if (picture->media->blog_id != upload.blog_id &&
          !bal_store_write (run->store, take_in, &upload, run->cancellable, error))
        return FALSE;
      if (picture->media->url != NULL)
        continue;
      take_description (self, picture);
      if (!upload_picture (self, picture, error) ||
          !bal_store_write (run->store, store_place, picture->media, NULL, error))
        return FALSE;
      bal_sync_run_came (run, 1, BAL_SYNC_SENT_MS);
    }
  return TRUE;
}

/* ---- placing ---- */

gboolean
bal_push_place_pictures (BalPush         *self,
                         BalTransaction  *transaction,
                         gboolean        *placed,
                         GError         **error)
{
  const char *html = bal_review_get_html (self->review);
  g_autoptr(GArray) ids = bal_media_refs_list (html);
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (BalMediaPlace));
  gint64 featured = bal_media_ref_parse (bal_review_get_featured_image (self->review));
  g_autofree char *resolved = NULL;

  /* Chosen since we looked: uploaded first, at the next turn. */
  *placed = featured < 0 || find_picture (self, featured) != NULL;
  for (guint i = 0; i < ids->len && *placed; i++)
    {
      BalPushPicture *picture = find_picture (self, g_array_index (ids, gint64, i));

      *placed = picture != NULL;
      if (picture != NULL)
        {
          BalMediaPlace place = { picture->id, picture->media->remote_id, picture->media->url };

          g_array_append_val (places, place);
        }
    }
  if (!*placed || places->len == 0)
    return TRUE;

  resolved = bal_media_refs_resolve (html, (const BalMediaPlace *) (gconstpointer) places->data,
                                     places->len);
  bal_review_set_html (self->review, resolved);
  return bal_review_table_update (transaction, self->review, error);
}

const char *
bal_push_get_featured (BalPush *self)
{
  gint64 id = bal_media_ref_parse (bal_review_get_featured_image (self->review));
  BalPushPicture *picture = id >= 0 ? find_picture (self, id) : NULL;

  return picture != NULL ? picture->media->remote_id : NULL;
}
