/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* The blogs; their names are unique. */

/**
 * bal_blog_table_insert:
 * @transaction: an open transaction
 * @blog: a new blog; gets its id
 * @error: BAL_ERROR_INVALID (no name, or one that another blog has), _STORAGE
 *
 * Returns: the id, or 0
 */
gint64 bal_blog_table_insert (BalTransaction  *transaction,
                              BalBlog         *blog,
                              GError         **error);

/**
 * bal_blog_table_update:
 * @transaction: an open transaction
 * @blog: a blog as it is to be
 * @error: BAL_ERROR_INVALID (no name, or one that another blog has), _NOT_FOUND, _STORAGE
 *
 * Where the review format changed, the fields of all its reviews are read anew.
 *
 * Returns: whether it was written
 */
gboolean bal_blog_table_update (BalTransaction  *transaction,
                                BalBlog         *blog,
                                GError         **error);

/**
 * bal_blog_table_set_language:
 * @transaction: an open transaction
 * @id: a blog
 * @language: (nullable): language in which its reviews are spelled ("en_US"); NULL: the session's
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Nothing else of the blog is written, so that it needs no reading before.
 *
 * Returns: whether it was written
 */
gboolean bal_blog_table_set_language (BalTransaction  *transaction,
                                      gint64           id,
                                      const char      *language,
                                      GError         **error);

/**
 * bal_blog_table_set_image_place:
 * @transaction: an open transaction
 * @id: a blog that takes no pictures itself
 * @host: another blog, to which its pictures go; 0: none
 * @folder: (nullable): or a folder on this computer
 * @url: (nullable): web address under which readers find that folder, or the pictures of a host that is a folder
 * @error: BAL_ERROR_INVALID (of no use as that: says why), _NOT_FOUND, _STORAGE
 *
 * Reviews that wait for a place for their pictures are offered again. Without @host and @folder, pictures go nowhere.
 *
 * Returns: whether it was written
 */
gboolean bal_blog_table_set_image_place (BalTransaction  *transaction,
                                         gint64           id,
                                         gint64           host,
                                         const char      *folder,
                                         const char      *url,
                                         GError         **error);

/**
 * bal_blog_table_remove:
 * @transaction: an open transaction
 * @id: a blog
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Takes the blog away with all that hangs on it. Texts that the blog may not have go to the
 * local history.
 *
 * Returns: whether it was removed
 */
gboolean bal_blog_table_remove (BalTransaction  *transaction,
                                gint64           id,
                                GError         **error);

/**
 * bal_blog_table_get:
 * @transaction: an open transaction
 * @id: a blog
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: (transfer full): the blog
 */
BalBlog *bal_blog_table_get (BalTransaction  *transaction,
                             gint64           id,
                             GError         **error);

/**
 * bal_blog_table_find:
 * @transaction: an open transaction
 * @name: a name, as a person typed it
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: (transfer full): the blog of that name
 */
BalBlog *bal_blog_table_find (BalTransaction  *transaction,
                              const char      *name,
                              GError         **error);

/**
 * bal_blog_table_list:
 * @transaction: an open transaction
 * @error: return location
 *
 * Returns: (transfer full) (element-type BalBlog): all blogs, by name
 */
GPtrArray *bal_blog_table_list (BalTransaction  *transaction,
                                GError         **error);

G_END_DECLS
