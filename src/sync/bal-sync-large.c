/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-run.h"

#include <glib/gi18n.h>

#include "bal-error.h"

/* Those that a person was told about: ids with blanks between. */
#define TOLD_NAME "large-reviews"
/* One text that nobody can have written is a mishap; a blog full of them is no blog. */
#define MAX_LARGE 10

static void
set_error (BalSyncRun  *self,
           GError     **error)
{
  guint n = g_hash_table_size (self->large_reviews);
  GHashTableIter iter;
  gpointer id = NULL;

  g_hash_table_iter_init (&iter, self->large_reviews);
  g_hash_table_iter_next (&iter, &id, NULL);
  /* TRANSLATORS: %2$s is the number by which the blog knows the post */
  g_set_error (error, BAL_ERROR, BAL_ERROR_PROTOCOL,
               ngettext ("%3$u post of “%1$s” (number %2$s there) is larger than Balcony takes in. It stays on the blog as it is; "
                         "shorten it there to have it here.",
                         "%3$u posts of “%1$s” (number %2$s there, and others) are larger than Balcony takes in. They stay on the "
                         "blog as they are; shorten them there to have them here.", n),
               bal_blog_get_name (self->blog), (const char *) id, n);
}

/**
 * bal_sync_run_leave_out:
 * @self: a run
 * @remote_id: the blog's id of a review that is larger than any answer may be
 * @error: return location
 *
 * Notes that the review is there, is not deleted, and does not come in.
 *
 * Returns: %FALSE when there are too many of them
 */
gboolean
bal_sync_run_leave_out (BalSyncRun  *self,
                        const char  *remote_id,
                        GError     **error)
{
  g_hash_table_add (self->large_reviews, g_strdup (remote_id));
  if (g_hash_table_size (self->large_reviews) <= MAX_LARGE)
    return TRUE;

  set_error (self, error);
  return FALSE;
}

static gboolean
note_told (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  BalSyncRun *self = data;
  gint64 blog_id = bal_blog_get_id (self->blog);
  g_autofree const char **ids = (const char **) g_hash_table_get_keys_as_array (self->large_reviews, NULL);
  g_autofree char *text = g_strjoinv (" ", (char **) ids);

  return bal_cursor_table_put (transaction, blog_id, TOLD_NAME, *text != '\0' ? text : NULL, error);
}

static gboolean
read_told (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  BalSyncRun *self = data;
  g_autoptr(GError) failed = NULL;
  g_autofree char *text = bal_cursor_table_get (transaction, bal_blog_get_id (self->blog), TOLD_NAME, &failed);
  g_auto(GStrv) ids = g_strsplit (text != NULL ? text : "", " ", -1);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  self->n_told = 0;
  for (guint i = 0; ids[i] != NULL; i++)
    self->n_told += g_hash_table_contains (self->large_reviews, ids[i]);
  return TRUE;
}

/**
 * bal_sync_run_tell_left_out:
 * @self: a run that has exchanged all else
 * @error: return location
 *
 * A list of news shows the same for hours, so that a person is told once, and again when everything was compared.
 *
 * Returns: %FALSE when there is something to be told, or the store failed
 */
gboolean
bal_sync_run_tell_left_out (BalSyncRun  *self,
                            GError     **error)
{
  guint n = g_hash_table_size (self->large_reviews);
  gboolean is_full = (self->flags & BAL_SYNC_FULL) != 0;

  if (n == 0)
    return !is_full || bal_store_write (self->store, note_told, self, self->cancellable, error);
  if (!bal_store_read (self->store, read_told, self, self->cancellable, error))
    return FALSE;
  if (!is_full && self->n_told == n)
    return TRUE;

  if (bal_store_write (self->store, note_told, self, self->cancellable, error))
    set_error (self, error);
  return FALSE;
}
