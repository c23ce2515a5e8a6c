/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalSearchWordFunc:
 * @word: folded, @length bytes, not terminated
 * @start: where it begins in the text, in bytes
 * @end: where it ends there
 *
 * Returns: 0 to go on
 */
typedef int (*BalSearchWordFunc) (const char *word,
                                  gsize       length,
                                  gsize       start,
                                  gsize       end,
                                  gpointer    data);

int       bal_search_words_foreach (const char        *text,
                                    gsize              length,
                                    BalSearchWordFunc  func,
                                    gpointer           data);
gboolean  bal_search_words_any     (const char        *text);
char    **bal_search_words_list    (const char        *text);

G_END_DECLS
