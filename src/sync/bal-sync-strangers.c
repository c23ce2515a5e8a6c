/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-merge.h"

#define PREFIX "stranger/"

static char *
make_name (const char *remote_id)
{
  return g_strconcat (PREFIX, remote_id, NULL);
}

/**
 * bal_sync_stranger_get:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @remote_id: the blog's id of a comment
 * @error: return location
 *
 * A stranger is a comment that the blog has and counts, and that is on something that is no review: a page, say. Nothing
 * of it is kept but its id and its status.
 *
 * Returns: its status; -1: it is none, or the store failed
 */
int
bal_sync_stranger_get (BalTransaction  *transaction,
                       gint64           blog_id,
                       const char      *remote_id,
                       GError         **error)
{
  g_autofree char *name = make_name (remote_id);
  g_autofree char *value = bal_cursor_table_get (transaction, blog_id, name, error);

  return value != NULL ? (int) g_ascii_strtoll (value, NULL, 10) : -1;
}

/**
 * bal_sync_stranger_put:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @remote_id: the blog's id of a comment
 * @status: a [enum@CommentStatus]; -1: it is no stranger, or no more
 * @error: return location
 *
 * Returns: %FALSE when the store failed
 */
gboolean
bal_sync_stranger_put (BalTransaction  *transaction,
                       gint64           blog_id,
                       const char      *remote_id,
                       int              status,
                       GError         **error)
{
  g_autofree char *name = make_name (remote_id);
  g_autofree char *value = status >= 0 ? g_strdup_printf ("%d", status) : NULL;
  g_autoptr(GError) failed = NULL;
  int known = bal_sync_stranger_get (transaction, blog_id, remote_id, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return known == status || bal_cursor_table_put (transaction, blog_id, name, value, error);
}

/**
 * bal_sync_stranger_list:
 * @transaction: an open transaction
 * @blog_id: a blog
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8 gint): the blog's id -> status
 */
GHashTable *
bal_sync_stranger_list (BalTransaction  *transaction,
                        gint64           blog_id,
                        GError         **error)
{
  g_autoptr(GHashTable) places = bal_cursor_table_list (transaction, blog_id, PREFIX, error);
  g_autoptr(GHashTable) strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id, value;

  if (places == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, places);
  while (g_hash_table_iter_next (&iter, &id, &value))
    g_hash_table_insert (strangers, g_strdup (id), GINT_TO_POINTER ((int) g_ascii_strtoll (value, NULL, 10)));
  return g_steal_pointer (&strangers);
}
