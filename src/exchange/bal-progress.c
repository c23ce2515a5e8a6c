/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-progress.h"

#define TELL_EVERY_MS 100

struct _BalProgress
{
  GSource         *source;       /* (nullable): tells the caller's context */
  BalProgressFunc  func;
  gpointer         data;

  GMutex           lock;         /* of what follows */
  double           fraction;
  guint            n_reviews;
  guint            n_comments;
};

static gboolean
tell_cb (gpointer user_data)
{
  BalProgress *self = user_data;
  double fraction;
  guint n_reviews, n_comments;

  g_mutex_lock (&self->lock);
  fraction = self->fraction;
  n_reviews = self->n_reviews;
  n_comments = self->n_comments;
  g_mutex_unlock (&self->lock);
  self->func (fraction, n_reviews, n_comments, self->data);
  return G_SOURCE_CONTINUE;
}

BalProgress *
bal_progress_new (BalProgressFunc  func,
                  gpointer         data)
{
  BalProgress *self = g_new0 (BalProgress, 1);

  self->func = func;
  self->data = data;
  g_mutex_init (&self->lock);
  if (func != NULL)
    {
      self->source = g_timeout_source_new (TELL_EVERY_MS);
      g_source_set_callback (self->source, tell_cb, self, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
  return self;
}

void
bal_progress_free (BalProgress *self)
{
  bal_progress_stop (self);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
bal_progress_note (double    fraction,
                   guint     n_reviews,
                   guint     n_comments,
                   gpointer  data)
{
  BalProgress *self = data;

  g_mutex_lock (&self->lock);
  self->fraction = fraction;
  self->n_reviews = n_reviews;
  self->n_comments = n_comments;
  g_mutex_unlock (&self->lock);
}

void
bal_progress_stop (BalProgress *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
}
