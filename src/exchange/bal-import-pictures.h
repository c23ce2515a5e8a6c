/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/* Pictures that pages of a folder or of an archive show from there. */
typedef struct _BalImportPictures BalImportPictures;

/* @root: the folder or the ZIP archive that is imported. */
BalImportPictures *bal_import_pictures_new  (const char         *root);
void               bal_import_pictures_free (BalImportPictures  *self);

/**
 * bal_import_pictures_find:
 * @self: where to look
 * @page: the page's name there
 * @address: as the page has it
 *
 * An address with a leading slash is below the root of the site, or below its "static", as Hugo publishes it; that root is the
 * folder itself or one of those in which the page is.
 *
 * Returns: (transfer full) (nullable): the picture's name there; %NULL: it is elsewhere on the web, missing, or not within
 */
char      *bal_import_pictures_find     (BalImportPictures *self,
                                         const char        *page,
                                         const char        *address);
/* (transfer full) (element-type utf8): addresses of pictures in @html that name no place on the web, each once. */
GPtrArray *bal_import_pictures_list     (const char      *html);

/**
 * bal_import_pictures_take:
 * @self: where to look
 * @transaction: an open transaction
 * @blog_id: the blog
 * @page: the page's name there
 * @html: (nullable): the page
 * @error: BAL_ERROR_STORAGE
 *
 * Copies what can be found and gives it its place in the page.
 *
 * Returns: (transfer full): the page with references to the copies; all other bytes kept
 */
char      *bal_import_pictures_take     (BalImportPictures *self,
                                         BalTransaction    *transaction,
                                         gint64             blog_id,
                                         const char        *page,
                                         const char        *html,
                                         GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportPictures, bal_import_pictures_free)

G_END_DECLS
