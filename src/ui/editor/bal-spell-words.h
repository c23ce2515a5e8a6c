/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * BalSpellWordFunc:
 * @start: where the word begins, in characters from the start of the text
 * @end: where it ends
 * @word: the word as a dictionary knows it: composed, with a plain apostrophe
 * @data: the caller's
 */
typedef void (*BalSpellWordFunc) (int         start,
                                  int         end,
                                  const char *word,
                                  gpointer    data);

/**
 * bal_spell_words_foreach:
 * @text: valid UTF-8
 * @language: what it is written in; words in a script that this is not written in are left out
 * @func: (scope call): called for each word
 * @data: for @func
 *
 * Finds the words whose spelling is worth checking. Left out are numbers, acronyms, names of
 * files, people and topics ("@anna", "#noir"), addresses, single letters, and whatever is longer
 * than any word.
 */
void bal_spell_words_foreach (const char       *text,
                              PangoLanguage    *language,
                              BalSpellWordFunc  func,
                              gpointer          data);

G_END_DECLS
