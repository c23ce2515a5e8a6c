/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/* Pictures that pages of a folder show from that folder. */

/**
 * bal_import_pictures_find:
 * @root: the folder that is imported
 * @page: the page's name below it
 * @address: as the page has it
 *
 * An address with a leading slash is below the folder, or below its "static", as Hugo publishes it.
 *
 * Returns: (transfer full) (nullable): the file; %NULL: it is elsewhere on the web, missing, or not within the folder
 */
char      *bal_import_pictures_find     (const char      *root,
                                         const char      *page,
                                         const char      *address);
/* (transfer full) (element-type utf8): addresses of pictures in @html that name no place on the web, each once. */
GPtrArray *bal_import_pictures_list     (const char      *html);

/**
 * bal_import_pictures_take:
 * @transaction: an open transaction
 * @blog_id: the blog
 * @root: the folder that is imported
 * @page: the page's name below it
 * @html: (nullable): the page
 * @error: BAL_ERROR_STORAGE
 *
 * Copies what can be found and gives it its place in the page.
 *
 * Returns: (transfer full): the page with references to the copies; all other bytes kept
 */
char      *bal_import_pictures_take     (BalTransaction  *transaction,
                                         gint64           blog_id,
                                         const char      *root,
                                         const char      *page,
                                         const char      *html,
                                         GError         **error);

G_END_DECLS
