/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The tokenizer "balcony" of the text indexes: the words of bal-search-words.h. What a word is decides what stands in
 * the indexes, which must be made anew by a migration when that changes.
 */
gboolean bal_text_tokenizer_register  (sqlite3    *db);

/* One phrase of an FTS5 expression, quoted; @prefix: its last word may go on. */
void     bal_text_tokenizer_append_phrase (GString *query,
                                       const char  *words,
                                       gboolean     prefix);

/* What a person typed -> an FTS5 expression: each word quoted, the last one as a prefix.
 * (nullable): no word in it. */
char    *bal_text_tokenizer_make_query (const char *words);

G_END_DECLS
