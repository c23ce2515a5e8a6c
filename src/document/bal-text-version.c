/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-version.h"

#include <string.h>

const BalRun bal_run_plain = { 0 };

void
bal_text_version_init (BalTextVersion *self,
                       BalBlock       *block)
{
  gsize length = strlen (block->text);
  guint word = 0;

  self->block = block;
  self->words = bal_words_split (block->text);
  self->looks = g_new (const BalRun *, length + 1);
  for (gsize i = 0; i <= length; i++)
    self->looks[i] = &bal_run_plain;
  for (guint i = 0; i < block->n_runs; i++)
    {
      const BalRun *run = &block->runs[i];

      for (guint k = 0; k < run->length; k++)
        self->looks[run->start + k] = run;
      for (; run->object != NULL && word < self->words->len; word++)
        {
          BalWord *found = &g_array_index (self->words, BalWord, word);

          if (found->text >= block->text + run->start)
            {
              found->object = run->object;
              break;
            }
        }
    }
}

void
bal_text_version_compare (BalTextVersion *self,
                          BalTextVersion *base)
{
  g_autofree int *match = bal_words_match (base->words, self->words);

  self->changes = bal_words_changes (match, base->words->len, self->words->len);
}

void
bal_text_version_clear (BalTextVersion *self)
{
  g_array_unref (self->words);
  g_free (self->looks);
  g_clear_pointer (&self->changes, g_array_unref);
}

gboolean
bal_text_version_same_words (BalTextVersion *a,
                             guint           a_start,
                             BalTextVersion *b,
                             guint           b_start,
                             guint           n_words)
{
  for (guint i = 0; i < n_words; i++)
    {
      BalWord *one = &g_array_index (a->words, BalWord, a_start + i);
      BalWord *two = &g_array_index (b->words, BalWord, b_start + i);

      if (one->length != two->length || memcmp (one->text, two->text, one->length) != 0 ||
          g_strcmp0 (one->object, two->object) != 0)
        return FALSE;
    }
  return TRUE;
}
