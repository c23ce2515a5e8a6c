/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document-diff.h"

#include "bal-words.h"

static void
free_piece (gpointer data)
{
  BalTextPiece *piece = data;

  g_free (piece->text);
  g_free (piece);
}

static void
append_piece (GPtrArray *pieces,
              BalChange  change,
              GArray    *words,
              guint      start,
              guint      end)
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
  GPtrArray *pieces;
  guint from = 0;

  g_return_val_if_fail (old != NULL && g_utf8_validate (old, -1, NULL), NULL);
  g_return_val_if_fail (new_ != NULL && g_utf8_validate (new_, -1, NULL), NULL);

  pieces = g_ptr_array_new_with_free_func (free_piece);
  old_words = bal_words_split (old);
  new_words = bal_words_split (new_);
  match = bal_words_match (old_words, new_words);
  for (guint to = 0; to < new_words->len || from < old_words->len;)
    {
      guint start = to;
      guint old_start = from;

      while (to < new_words->len && match[to] < 0)
        to++;
      from = to < new_words->len ? (guint) match[to] : old_words->len;
      append_piece (pieces, BAL_CHANGE_REMOVED, old_words, old_start, from);
      append_piece (pieces, BAL_CHANGE_ADDED, new_words, start, to);
      start = to;
      while (to < new_words->len && match[to] == (int) from)
        {
          to++;
          from++;
        }
      append_piece (pieces, BAL_CHANGE_SAME, new_words, start, to);
    }
  return pieces;
}
