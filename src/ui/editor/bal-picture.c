/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-picture.h"

#include <glib/gi18n.h>

#define MAX_PIXELS 100e6
#define MAX_BYTES (64 * 1024 * 1024)    /* as the store takes it */
#define SHOWN_WIDTH 1520                /* twice what the page has, for screens with small pixels */
#define SHOWN_HEIGHT 840
#define CHUNK (64 * 1024)

typedef struct
{
  int      width;
  int      height;
  gboolean too_large;
} Size;

BalPicture *
bal_picture_ref (BalPicture *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  g_clear_object (&((BalPicture *) data)->texture);
}

void
bal_picture_unref (BalPicture *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* Before anything is decoded. A size of nothing makes the loader stop. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Size            *size)
{
  double scale = MIN (1.0, MIN ((double) SHOWN_WIDTH / MAX (width, 1), (double) SHOWN_HEIGHT / MAX (height, 1)));

  size->width = width;
  size->height = height;
  size->too_large = width < 1 || height < 1 || (double) width * height > MAX_PIXELS;
  if (size->too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX ((int) (width * scale), 1), MAX ((int) (height * scale), 1));
}

static gboolean
feed (GdkPixbufLoader  *loader,
      GInputStream     *stream,
      Size             *size,
      GCancellable     *cancellable,
      GError          **error)
{
  g_autofree guchar *chunk = g_malloc (CHUNK);
  gsize total = 0;
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK, cancellable, error)) > 0)
    {
      total += n;
      if (!gdk_pixbuf_loader_write (loader, chunk, n, error))
        return FALSE;
      if (size->too_large || total > MAX_BYTES)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("The picture is too large to be shown."));
          return FALSE;
        }
    }
  return n == 0;
}

static GdkPixbuf *
read_pixbuf (const char    *path,
             Size          *size,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;

  if (stream == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), size);
  if (!feed (loader, G_INPUT_STREAM (stream), size, cancellable, error))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, error))
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("There is no picture in the file."));
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      path,
             GCancellable *cancellable)
{
  static GMutex one_at_a_time;     /* a decoded picture takes a few hundred megabytes at worst */
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&one_at_a_time);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  GError *error = NULL;
  BalPicture *picture;
  Size size = { 0 };

  if (g_task_return_error_if_cancelled (task))
    return;
  pixbuf = read_pixbuf (path, &size, cancellable, &error);
  if (pixbuf == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  picture = g_atomic_rc_box_new0 (BalPicture);
  picture->texture = gdk_texture_new_for_pixbuf (pixbuf);
  picture->width = size.width;
  picture->height = size.height;
  /* Turned by what the camera noted. */
  if ((size.width > size.height) != (gdk_pixbuf_get_width (pixbuf) > gdk_pixbuf_get_height (pixbuf)))
    {
      picture->width = size.height;
      picture->height = size.width;
    }
  g_task_return_pointer (task, picture, (GDestroyNotify) bal_picture_unref);
}

void
bal_picture_read_async (const char          *path,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, bal_picture_read_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_thread);
}

BalPicture *
bal_picture_read_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
