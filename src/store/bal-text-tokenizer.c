/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-tokenizer.h"

#include "bal-search-words.h"

typedef int (*TokenFunc) (void *, int, const char *, int, int, int);

typedef struct
{
  TokenFunc  token;
  void      *data;
} Sink;

static int
word_cb (const char *word,
         gsize       length,
         gsize       start,
         gsize       end,
         gpointer    data)
{
  Sink *sink = data;

  return sink->token (sink->data, 0, word, (int) length, (int) start, (int) end);
}

static int
tokenizer_create (void           *context,
                  const char    **args,
                  int             n_args,
                  Fts5Tokenizer **out)
{
  /* It has no state; NULL would be taken for a failure. */
  *out = context;
  return SQLITE_OK;
}

static void
tokenizer_delete (Fts5Tokenizer *tokenizer)
{
}

static int
tokenizer_tokenize (Fts5Tokenizer *tokenizer,
                    void          *data,
                    int            flags,
                    const char    *text,
                    int            length,
                    TokenFunc      token)
{
  Sink sink = { token, data };

  return bal_search_words_foreach (text, (gsize) length, word_cb, &sink);
}

gboolean
bal_text_tokenizer_register (sqlite3 *db)
{
  fts5_tokenizer tokenizer = { tokenizer_create, tokenizer_delete, tokenizer_tokenize };
  fts5_api *api = NULL;
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5(?1)", -1, &stmt, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (stmt);
  sqlite3_finalize (stmt);

  return api != NULL &&
         api->xCreateTokenizer (api, "balcony", api, &tokenizer, NULL) == SQLITE_OK;
}

void
bal_text_tokenizer_append_phrase (GString    *query,
                                  const char *words,
                                  gboolean    prefix)
{
  g_string_append_c (query, '"');
  for (const char *p = words; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (query, '"');
      g_string_append_c (query, *p);
    }
  g_string_append (query, prefix ? "\"*" : "\"");
}

char *
bal_text_tokenizer_make_query (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_auto(GStrv) parts = NULL;
  GString *query = g_string_new (NULL);

  g_strdelimit (valid, "\t\r\n\v\f", ' ');
  parts = g_strsplit (valid, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      /* A phrase without words matches nothing. */
      if (!bal_search_words_any (parts[i]))
        continue;

      if (query->len > 0)
        g_string_append_c (query, ' ');
      bal_text_tokenizer_append_phrase (query, parts[i], FALSE);
    }

  if (query->len == 0)
    {
      g_string_free (query, TRUE);
      return NULL;
    }

  g_string_append_c (query, '*');
  return g_string_free (query, FALSE);
}
