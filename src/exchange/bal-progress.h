/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalProgress:
 *
 * Takes down in one thread how far something is, and tells it in the main context where it was made, ten times a second.
 */
typedef struct _BalProgress BalProgress;

/* @fraction of it 0…1; what is done so far. */
typedef void (*BalProgressFunc) (double    fraction,
                                 guint     n_reviews,
                                 guint     n_comments,
                                 gpointer  data);

/* @func: (nullable): nobody is told. */
BalProgress *bal_progress_new  (BalProgressFunc  func,
                                gpointer         data);
void         bal_progress_free (BalProgress     *self);
/* A BalProgressFunc whose data is the BalProgress; any thread. */
void         bal_progress_note (double           fraction,
                                guint            n_reviews,
                                guint            n_comments,
                                gpointer         self);
/* Nobody is told any more; in the main context. */
void         bal_progress_stop (BalProgress     *self);

G_END_DECLS
