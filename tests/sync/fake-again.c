/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

/* ---- creates that what is in between delivers once more, long after their answer ---- */

typedef struct
{
  BalReview *content;
  char      *first;              /* id of what it made the first time */
} Again;

/* What a second delivery made. */
typedef struct
{
  char *first;
  char *text;                    /* all that was in it */
} Twin;

static void
again_free (gpointer data)
{
  Again *again = data;

  g_object_unref (again->content);
  g_free (again->first);
  g_free (again);
}

static void
twin_free (gpointer data)
{
  Twin *twin = data;

  g_free (twin->first);
  g_free (twin->text);
  g_free (twin);
}

void
fake_again_init (FakeServer *self)
{
  self->again = g_ptr_array_new_with_free_func (again_free);
  self->twins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, twin_free);
  self->kept_twins = g_ptr_array_new_with_free_func (g_free);
}

void
fake_again_clear (FakeServer *self)
{
  g_ptr_array_unref (self->again);
  g_hash_table_unref (self->twins);
  g_ptr_array_unref (self->kept_twins);
}

void
fake_again_keep (FakeServer *self,
                 BalReview  *content,
                 const char *first)
{
  Again *again = g_new0 (Again, 1);

  again->content = bal_review_dup (content);
  again->first = g_strdup (first);
  g_ptr_array_add (self->again, again);
}

static void
note_kept (FakeServer *self,
           const Twin *twin)
{
  g_ptr_array_add (self->kept_twins, g_strdup (twin->text));
}

gboolean
fake_server_deliver_again (FakeServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  Again *again = self->again->len > 0 ? g_ptr_array_index (self->again, 0) : NULL;
  FakeReview *first, *row;
  Twin *twin;

  if (again == NULL)
    return FALSE;

  row = fake_server_store_review (self, NULL, again->content);
  twin = g_new0 (Twin, 1);
  twin->first = g_strdup (again->first);
  twin->text = g_strjoin ("\n", bal_review_get_title (row->review), bal_review_get_html (row->review), NULL);
  g_hash_table_insert (self->twins, g_strdup (bal_review_get_remote_id (row->review)), twin);
  first = fake_server_get_review (self, again->first);
  if (first == NULL || bal_review_get_status (first->review) == BAL_REVIEW_STATUS_TRASH)
    note_kept (self, twin);
  g_ptr_array_remove_index (self->again, 0);
  return TRUE;
}

/* Somebody has made it a review of its own. */
static gboolean
makes_own (BalReview *twin,
           BalReview *content)
{
  BalReviewStatus now = bal_review_get_status (twin), next = bal_review_get_status (content);

  return g_strcmp0 (bal_review_get_title (twin), bal_review_get_title (content)) != 0 ||
         g_strcmp0 (bal_review_get_html (twin), bal_review_get_html (content)) != 0 ||
         !g_strv_equal (bal_review_get_labels (twin), bal_review_get_labels (content)) ||
         (now != next && next != BAL_REVIEW_STATUS_TRASH);
}

void
fake_again_note_change (FakeServer *self,
                        BalReview  *review,
                        BalReview  *content)
{
  const char *id = bal_review_get_remote_id (review);
  const Twin *twin = g_hash_table_lookup (self->twins, id);
  GHashTableIter iter;
  gpointer other;

  if (twin != NULL && content != NULL && makes_own (review, content))
    note_kept (self, twin);
  if (content != NULL && bal_review_get_status (content) != BAL_REVIEW_STATUS_TRASH)
    return;

  g_hash_table_iter_init (&iter, self->twins);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (g_strcmp0 (((Twin *) other)->first, id) == 0)
      note_kept (self, other);
}

gboolean
fake_server_is_twin (FakeServer *self,
                     const char *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return id != NULL && g_hash_table_contains (self->twins, id);
}

void
fake_server_note_kept (FakeServer *self,
                       const char *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const Twin *twin = id != NULL ? g_hash_table_lookup (self->twins, id) : NULL;

  if (twin != NULL)
    note_kept (self, twin);
}

GPtrArray *
fake_server_list_kept (FakeServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_ptr_array_ref (self->kept_twins);
}
