/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-store.h"

G_BEGIN_DECLS

/* Images on their way to a blog. */

typedef struct
{
  gint64  id;
  gint64  blog_id;
  char   *file_name;             /* as the person named it; a label only */
  char   *mime_type;
  char   *path;                  /* absolute; our copy */
  char   *alt_text;
  char   *key;
  char   *remote_id;             /* NULL until uploaded */
  char   *url;                   /* NULL until uploaded */
} BalMedia;

void        bal_media_free               (BalMedia *media);

/**
 * bal_media_table_add:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @source_path: a file of the person's; it is copied
 * @alt_text: (nullable): what the picture shows
 * @error: BAL_ERROR_INVALID (too large, not readable), _STORAGE
 *
 * The copy is kept in the data folder under the hash of its bytes, and synced before it is named
 * in a row. The same picture with the same name and description that still waits to be uploaded is that row.
 * Copies stay when nothing shows them any more: the local history may.
 *
 * Returns: the id, or 0
 */
gint64 bal_media_table_add (BalTransaction  *transaction,
                            gint64           blog_id,
                            const char      *source_path,
                            const char      *alt_text,
                            GError         **error);

/* The same with the bytes of a file that is called @name. */
gint64 bal_media_table_add_bytes (BalTransaction  *transaction,
                                  gint64           blog_id,
                                  const char      *name,
                                  GBytes          *bytes,
                                  const char      *alt_text,
                                  GError         **error);

/**
 * bal_media_table_take_in:
 * @transaction: an open transaction
 * @picture: a picture of another store, with the id and the blog that it gets here; its path names nothing
 * @bytes: (nullable): what is in it; %NULL: only the blog has it
 * @error: BAL_ERROR_INVALID (nobody has it), _STORAGE
 *
 * Returns: whether it is in, as it was
 */
gboolean bal_media_table_take_in (BalTransaction  *transaction,
                                  const BalMedia  *picture,
                                  GBytes          *bytes,
                                  GError         **error);

/**
 * bal_media_table_get:
 * @transaction: an open transaction
 * @id: a picture
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: (transfer full): the picture
 */
BalMedia *bal_media_table_get (BalTransaction  *transaction,
                               gint64           id,
                               GError         **error);

/**
 * bal_media_table_find_url:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @url: an address of a picture
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was uploaded to that address from here, so that our copy can be shown;
 *   %NULL without error: nothing
 */
BalMedia *bal_media_table_find_url (BalTransaction  *transaction,
                                    gint64           blog_id,
                                    const char      *url,
                                    GError         **error);

/**
 * bal_media_table_list_uploaded:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 gint64): the addresses, and behind "id:" the blog's ids, of what was
 *   uploaded from here, each with the id of its row
 */
GHashTable *bal_media_table_list_uploaded (BalTransaction  *transaction,
                                           gint64           blog_id,
                                           GError         **error);

/**
 * bal_media_table_get_for:
 * @transaction: an open transaction
 * @id: a picture
 * @blog_id: the blog that shall show it
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Each blog has a row of its own for a picture that went from a post of one into a post of another; it is made when
 * it is not there.
 *
 * Returns: (transfer full): the picture of that blog
 */
BalMedia *bal_media_table_get_for (BalTransaction  *transaction,
                                   gint64           id,
                                   gint64           blog_id,
                                   GError         **error);

/**
 * bal_media_table_set_uploaded:
 * @transaction: an open transaction
 * @id: a picture
 * @remote_id: the blog's id of it
 * @url: its address there
 * @error: BAL_ERROR_NOT_FOUND, _STORAGE
 *
 * Returns: whether it was written
 */
gboolean bal_media_table_set_uploaded (BalTransaction  *transaction,
                                       gint64           id,
                                       const char      *remote_id,
                                       const char      *url,
                                       GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalMedia, bal_media_free)

G_END_DECLS
