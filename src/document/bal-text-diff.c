/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document-diff.h"

#include "bal-text-words.h"

static void
free_piece (gpointer data)
{
  BalTextPiece *piece = data;

  g_free (piece->text);
  g_free (piece);
}

static void
append_piece (GPtrArray     *pieces,
              BalDifference  change,
              GArray        *words,
              guint          start,
              guint          end)
{
  const BalWord *first, *last;
  BalTextPiece *piece;

  if (start == end)
    return;
  first = &g_array_index (words, BalWord, start);
  last = &g_array_index (words, BalWord, end - 1);
  piece = g_new (BalTextPiece, 1);
  piece->change = change;
  piece->text = g_strndup (first->text, last->text + last->length - first->text);
  g_ptr_array_add (pieces, piece);
}

/**
 * bal_text_diff:
 * @old: valid UTF-8
 * @new_: valid UTF-8
 *
 * Compares by words; white space, punctuation and the characters of scripts without spaces count by
 * themselves. Neighbouring pieces differ in kind; of a replacement the removed one comes first.
 *
 * Returns: (transfer full) (element-type BalTextPiece):
 */
GPtrArray *
bal_text_diff (const char *old,
               const char *new_)
{
  g_autoptr(GArray) old_words = NULL;
  g_autoptr(GArray) new_words = NULL;
  g_autofree int *match = NULL;
  g_autoptr(GArray) changes = NULL;
  GPtrArray *pieces;
  guint at = 0;

  g_return_val_if_fail (old != NULL && g_utf8_validate (old, -1, NULL), NULL);
  g_return_val_if_fail (new_ != NULL && g_utf8_validate (new_, -1, NULL), NULL);

  pieces = g_ptr_array_new_with_free_func (free_piece);
  old_words = bal_words_split (old);
  new_words = bal_words_split (new_);
  match = bal_words_match (old_words, new_words);
  changes = bal_words_changes (match, old_words->len, new_words->len);
  for (guint i = 0; i < changes->len; i++)
    {
      const BalWordChange *change = &g_array_index (changes, BalWordChange, i);

      append_piece (pieces, BAL_DIFFERENCE_SAME, new_words, at, change->new_start);
      append_piece (pieces, BAL_DIFFERENCE_REMOVED, old_words, change->old_start, change->old_end);
      append_piece (pieces, BAL_DIFFERENCE_ADDED, new_words, change->new_start, change->new_end);
      at = change->new_end;
    }
  append_piece (pieces, BAL_DIFFERENCE_SAME, new_words, at, new_words->len);
  return pieces;
}
