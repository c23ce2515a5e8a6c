/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-picture.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalPictures:
 *
 * The pictures that a review shows and that are on this computer. Nothing is ever read from the
 * network. The last few are remembered, so that undoing an edit does not read them again.
 */
#define BAL_TYPE_PICTURES (bal_pictures_get_type ())
G_DECLARE_FINAL_TYPE (BalPictures, bal_pictures, BAL, PICTURES, GObject)

BalPictures *bal_pictures_new         (BalStore             *store);
/* Whose posts are shown: pictures that were uploaded to it from here are found by their addresses. */
void         bal_pictures_set_blog    (BalPictures          *self,
                                       gint64                blog_id);
/* (transfer none) (nullable): when it is remembered. */
BalPicture  *bal_pictures_peek        (BalPictures          *self,
                                       const char           *src);
/* (transfer full) (nullable): finish is NULL when there is none, or it can't be shown. */
void         bal_pictures_read_async  (BalPictures          *self,
                                       const char           *src,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
BalPicture  *bal_pictures_read_finish (BalPictures          *self,
                                       GAsyncResult         *result,
                                       GError              **error);
/* The editor goes: there are none any more, and the store is let go. A widget that GTK keeps a while
 * longer must not hold it. */
void         bal_pictures_close       (BalPictures          *self);

G_END_DECLS
