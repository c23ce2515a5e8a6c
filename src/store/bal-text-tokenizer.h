/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * The tokenizer "balcony" of the text indexes: unicode61 without diacritics, in which each Han,
 * Kana or Hangul character is a word of its own, so that a word inside a run without spaces is
 * found.
 */
gboolean bal_text_tokenizer_register  (sqlite3    *db);

/* What a person typed -> an FTS5 expression: each word quoted, the last one as a prefix.
 * (nullable): no word in it. */
char    *bal_text_tokenizer_make_query (const char *words);

G_END_DECLS
