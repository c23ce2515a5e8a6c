/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-voice.h"

#define DEEP 100000

static BalThreadVoice
reader (gint64 id,
        gint64 parent_id)
{
  return (BalThreadVoice) { .id = id, .parent_id = parent_id, .created = 1000 + id, .open = TRUE };
}

static BalThreadVoice
blogger (gint64 id,
         gint64 parent_id)
{
  BalThreadVoice voice = reader (id, parent_id);

  voice.mine = TRUE;
  return voice;
}

static void
assert_unanswered (BalThreadVoice *voices,
                   guint           n_voices,
                   const char     *expected)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  bal_thread_voices_judge (voices, n_voices);
  for (guint i = 0; i < n_voices; i++)
    if (voices[i].unanswered)
      g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, ids->len > 0 ? " " : "", voices[i].id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_an_answer_counts_for_all_above_it (void)
{
  BalThreadVoice voices[] = {
    reader (1, 0), blogger (2, 1), reader (3, 2),     /* 3 came after the answer */
    reader (4, 0), reader (5, 4), blogger (6, 5),
    reader (7, 0), blogger (8, 0),
  };

  assert_unanswered (voices, G_N_ELEMENTS (voices), "3 7");
}

/* As on blogs that allow one level of replies. */
static void
test_a_later_reply_beside_it_is_the_last_word (void)
{
  BalThreadVoice voices[] = { reader (1, 0), reader (2, 1), blogger (3, 1), reader (4, 1), reader (5, 2) };

  assert_unanswered (voices, G_N_ELEMENTS (voices), "4 5");
}

/* Two comments at the top are two threads. */
static void
test_what_has_no_parent_in_common_is_apart (void)
{
  BalThreadVoice voices[] = { reader (1, 0), blogger (2, 0), reader (3, 99), blogger (4, 99) };

  assert_unanswered (voices, G_N_ELEMENTS (voices), "1 3");
}

static void
test_hidden_comments_neither_ask_nor_answer (void)
{
  BalThreadVoice voices[] = { reader (1, 0), blogger (2, 1), reader (3, 0), reader (4, 3), blogger (5, 4) };

  voices[1].open = FALSE;
  voices[2].open = FALSE;
  voices[4].open = FALSE;
  assert_unanswered (voices, G_N_ELEMENTS (voices), "1 4");
}

static void
test_dismissed_until_a_reader_says_more (void)
{
  BalThreadVoice voices[] = { reader (1, 0), reader (2, 1) };

  voices[0].dismissed = TRUE;
  assert_unanswered (voices, 1, "");
  assert_unanswered (voices, 2, "2");
}

static void
test_a_depth_of_a_hundred_thousand (void)
{
  g_autofree BalThreadVoice *voices = g_new (BalThreadVoice, DEEP);

  for (guint i = 0; i < DEEP; i++)
    voices[i] = reader (i + 1, i);
  voices[DEEP - 2].mine = TRUE;

  bal_thread_voices_judge (voices, DEEP);
  for (guint i = 0; i < DEEP; i++)
    g_assert_cmpint (voices[i].unanswered, ==, i == DEEP - 1);
}

/* ---- the definition, told plainly and recursively ---- */

typedef struct
{
  const BalThreadVoice *voices;
  guint                 n_voices;
} Thread;

static gboolean
is_reply_to (const BalThreadVoice *voice,
             const BalThreadVoice *parent)
{
  return voice->parent_id == parent->id && voice != parent;
}

/* @seen keeps a circle from going on for ever. */
static gboolean
has_answer_below (const Thread         *thread,
                  const BalThreadVoice *voice,
                  gboolean             *seen)
{
  if (seen[voice - thread->voices])
    return FALSE;
  seen[voice - thread->voices] = TRUE;

  for (guint i = 0; i < thread->n_voices; i++)
    {
      const BalThreadVoice *below = &thread->voices[i];

      if (is_reply_to (below, voice) &&
          ((below->mine && below->open) || has_answer_below (thread, below, seen)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_later_answer_beside (const Thread         *thread,
                         const BalThreadVoice *voice)
{
  for (guint i = 0; i < thread->n_voices; i++)
    for (guint j = 0; j < thread->n_voices; j++)
      {
        const BalThreadVoice *parent = &thread->voices[i], *beside = &thread->voices[j];

        if (is_reply_to (voice, parent) && is_reply_to (beside, parent) &&
            beside->mine && beside->open && beside->created > voice->created)
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_unanswered_plainly (const Thread         *thread,
                       const BalThreadVoice *voice)
{
  g_autofree gboolean *seen = g_new0 (gboolean, thread->n_voices);

  return !voice->mine && voice->open && !voice->dismissed &&
         !has_answer_below (thread, voice, seen) && !has_later_answer_beside (thread, voice);
}

static void
fill_at_random (GRand          *rand,
                BalThreadVoice *voices,
                guint           n_voices)
{
  gboolean deep = g_rand_int_range (rand, 0, 4) == 0;

  for (guint i = 0; i < n_voices; i++)
    {
      gint64 id = i + 1;
      /* Some parents are missing, some are later or the comment itself, so that there are circles too. */
      gint64 parent_id = deep ? id - 1 - g_rand_int_range (rand, 0, 2)
                              : g_rand_int_range (rand, 0, 3) > 0 ? g_rand_int_range (rand, 0, (int) id)
                                                                  : g_rand_int_range (rand, 0, (int) n_voices + 3);

      voices[i] = (BalThreadVoice) {
        .id = id,
        .parent_id = MAX (0, parent_id),
        .created = g_rand_int_range (rand, 0, 12),
        .mine = g_rand_int_range (rand, 0, 4) == 0,
        .open = g_rand_int_range (rand, 0, 5) > 0,
        .dismissed = g_rand_int_range (rand, 0, 6) == 0,
      };
    }

  for (guint i = n_voices; i-- > 1;)
    {
      guint j = g_rand_int_range (rand, 0, (int) i + 1);
      BalThreadVoice swapped = voices[i];

      voices[i] = voices[j];
      voices[j] = swapped;
    }
}

static void
test_random_threads (void)
{
  guint n_unanswered = 0, n_answered = 0;

  for (guint seed = 1; seed <= 5000; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      guint n_voices = g_rand_int_range (rand, 1, 30);
      g_autofree BalThreadVoice *voices = g_new0 (BalThreadVoice, n_voices);
      Thread thread = { voices, n_voices };

      fill_at_random (rand, voices, n_voices);
      bal_thread_voices_judge (voices, n_voices);
      for (guint i = 0; i < n_voices; i++)
        {
          if (voices[i].unanswered != is_unanswered_plainly (&thread, &voices[i]))
            g_error ("seed %u: comment %" G_GINT64_FORMAT " is judged wrongly", seed, voices[i].id);
          if (voices[i].unanswered)
            n_unanswered++;
          else if (voices[i].open && !voices[i].mine && !voices[i].dismissed)
            n_answered++;
        }
    }

  g_assert_cmpuint (n_unanswered, >, 5000);
  g_assert_cmpuint (n_answered, >, 5000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/thread-voice/an-answer-counts-for-all-above-it", test_an_answer_counts_for_all_above_it);
  g_test_add_func ("/model/thread-voice/a-later-reply-beside-it-is-the-last-word",
                   test_a_later_reply_beside_it_is_the_last_word);
  g_test_add_func ("/model/thread-voice/what-has-no-parent-in-common-is-apart",
                   test_what_has_no_parent_in_common_is_apart);
  g_test_add_func ("/model/thread-voice/hidden-comments-neither-ask-nor-answer",
                   test_hidden_comments_neither_ask_nor_answer);
  g_test_add_func ("/model/thread-voice/dismissed-until-a-reader-says-more", test_dismissed_until_a_reader_says_more);
  g_test_add_func ("/model/thread-voice/a-depth-of-a-hundred-thousand-works", test_a_depth_of_a_hundred_thousand);
  g_test_add_func ("/model/thread-voice/random-threads-match-the-plain-way", test_random_threads);

  return g_test_run ();
}
