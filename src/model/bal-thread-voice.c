/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-voice.h"

/* What is found out of a voice on the way. */
typedef struct
{
  const BalThreadVoice *voice;
  gboolean              answered;    /* an answer stands below it */
  gboolean              has_word;    /* the blogger replied to it… */
  gint64                last_word;   /* …last at this time */
} Place;

static Place *
find_parent (GHashTable *by_id,
             Place      *place)
{
  gint64 id = place->voice->parent_id;

  return id != 0 && id != place->voice->id ? g_hash_table_lookup (by_id, &id) : NULL;
}

/* Each walk stops at what an earlier one has marked, so that circles and depth cost nothing. */
static void
answer (GHashTable *by_id,
        Place      *place)
{
  Place *parent = find_parent (by_id, place);

  if (parent == NULL)
    return;

  if (!parent->has_word || parent->last_word < place->voice->created)
    parent->last_word = place->voice->created;
  parent->has_word = TRUE;

  for (; parent != NULL && !parent->answered; parent = find_parent (by_id, parent))
    parent->answered = TRUE;
}

/**
 * bal_thread_voices_judge:
 * @voices: (array length=n_voices) (inout): all comments of one review, in any order
 * @n_voices: how many
 *
 * Tells which comments wait for the blogger: a reader's pending or approved comment, not dismissed,
 * unless the blogger has had the last word in its thread. That is so where one of the blogger's own
 * comments, pending or approved, stands anywhere below it; or beside it, as a later reply to the same
 * comment: where a blog allows no deeper replies, an answer can't stand below.
 *
 * A parent that is missing ends the way up. In a circle each comment stands below each other.
 * Takes O(n) for n comments and no recursion, whatever the depth.
 */
void
bal_thread_voices_judge (BalThreadVoice *voices,
                         guint           n_voices)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree Place *places = g_new0 (Place, n_voices);

  for (guint i = 0; i < n_voices; i++)
    {
      places[i].voice = &voices[i];
      g_hash_table_insert (by_id, &voices[i].id, &places[i]);
    }

  for (guint i = 0; i < n_voices; i++)
    if (voices[i].mine && voices[i].open)
      answer (by_id, &places[i]);

  for (guint i = 0; i < n_voices; i++)
    {
      Place *parent = find_parent (by_id, &places[i]);
      gboolean spoken_after = parent != NULL && parent->has_word && voices[i].created < parent->last_word;

      voices[i].unanswered = voices[i].open && !voices[i].mine && !voices[i].dismissed &&
                             !places[i].answered && !spoken_after;
    }
}
