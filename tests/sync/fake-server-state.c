/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

struct _FakeState
{
  GPtrArray  *reviews;
  GPtrArray  *comments;
  GHashTable *media;
  gint64      clock;
  gint64      last_id;
};

static gpointer
copy_review (gconstpointer source,
             gpointer      data)
{
  FakeReview *row = g_memdup2 (source, sizeof *row);

  row->review = bal_review_dup (row->review);
  return row;
}

static gpointer
copy_comment (gconstpointer source,
              gpointer      data)
{
  FakeComment *row = g_memdup2 (source, sizeof *row);

  row->comment = bal_comment_dup (row->comment);
  return row;
}

static GHashTable *
copy_media (GHashTable *source)
{
  GHashTable *media = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fake_media_free);
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, source);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      FakeMedia *row = g_memdup2 (value, sizeof *row);

      row->id = g_strdup (row->id);
      row->alt_text = g_strdup (row->alt_text);
      g_hash_table_insert (media, g_strdup (key), row);
    }
  return media;
}

void
fake_state_free (FakeState *self)
{
  g_ptr_array_unref (self->reviews);
  g_ptr_array_unref (self->comments);
  g_hash_table_unref (self->media);
  g_free (self);
}

FakeState *
fake_server_copy_state (FakeServer *self)
{
  FakeState *state = g_new0 (FakeState, 1);

  state->reviews = g_ptr_array_copy (self->reviews, copy_review, NULL);
  state->comments = g_ptr_array_copy (self->comments, copy_comment, NULL);
  state->media = copy_media (self->media);
  state->clock = self->clock;
  state->last_id = self->last_id;
  return state;
}

void
fake_server_put_state (FakeServer *self,
                       FakeState  *state)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_unref (self->reviews);
  g_ptr_array_unref (self->comments);
  g_hash_table_unref (self->media);
  self->reviews = g_ptr_array_copy (state->reviews, copy_review, NULL);
  self->comments = g_ptr_array_copy (state->comments, copy_comment, NULL);
  self->media = copy_media (state->media);
  self->clock = state->clock;
  self->last_id = state->last_id;
}

void
fake_server_set_two_steps (FakeServer *self,
                           gboolean    two_steps)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->two_steps = two_steps;
}

void
fake_server_set_gives_slugs (FakeServer *self,
                             gboolean    gives_slugs)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->gives_slugs = gives_slugs;
}

void
fake_server_set_makes_terms (FakeServer *self,
                             gboolean    makes_terms)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->makes_terms = makes_terms;
}

guint
fake_server_get_n_terms (FakeServer *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_hash_table_size (self->terms);
}

void
fake_server_set_watch (FakeServer   *self,
                       FakeWatchFunc func,
                       gpointer      data)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->watch = func;
  self->watch_data = data;
}

void
fake_server_set_lie (FakeServer       *self,
                     BalCommentStatus  status,
                     int               n)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->lies[status] = n;
}
