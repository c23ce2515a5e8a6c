/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalPicture:
 *
 * A picture as far as a page needs it: no larger than it is ever shown. Immutable.
 */
typedef struct
{
  GdkTexture *texture;
  int         width;      /* of the file, in pixels */
  int         height;
} BalPicture;

BalPicture *bal_picture_ref         (BalPicture           *self);
void        bal_picture_unref       (BalPicture           *self);

/* Reads @path on another thread, one picture at a time. Finish is NULL for what is broken, no
 * picture, or so large that it would take the computer's memory; @error says so. */
void        bal_picture_read_async  (const char           *path,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
BalPicture *bal_picture_read_finish (GAsyncResult         *result,
                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalPicture, bal_picture_unref)

G_END_DECLS
