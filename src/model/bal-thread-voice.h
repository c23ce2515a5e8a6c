/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalThreadVoice:
 *
 * What must be known of a comment to tell whether it waits for the blogger's answer. Plain data, as
 * threads are looked at with each change of one of their comments.
 */
typedef struct
{
  gint64   id;
  gint64   parent_id;      /* 0: none */
  gint64   created;
  gboolean mine;
  gboolean open;           /* pending or approved */
  gboolean dismissed;      /* the blogger does not want to answer it */

  gboolean unanswered;     /* set by bal_thread_voices_judge() */
} BalThreadVoice;

void bal_thread_voices_judge (BalThreadVoice *voices,
                              guint           n_voices);

G_END_DECLS
