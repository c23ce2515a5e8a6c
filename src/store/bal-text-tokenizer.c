/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-tokenizer.h"

typedef struct
{
  fts5_tokenizer  base;
  Fts5Tokenizer  *base_tokenizer;
} Tokenizer;

typedef int (*TokenFunc) (void *, int, const char *, int, int, int);

typedef struct
{
  TokenFunc  token;
  void      *data;
} Sink;

static gboolean
stands_alone (gunichar c)
{
  if (c < 0x1100)
    return FALSE;

  return (c >= 0x1100 && c <= 0x11ff) ||      /* Hangul Jamo */
         (c >= 0x2e80 && c <= 0x2fdf) ||      /* radicals */
         (c >= 0x3040 && c <= 0x30ff) ||      /* Kana */
         (c >= 0x3130 && c <= 0x318f) ||
         (c >= 0x31f0 && c <= 0x31ff) ||
         (c >= 0x3400 && c <= 0x4dbf) ||      /* Han */
         (c >= 0x4e00 && c <= 0x9fff) ||
         (c >= 0xac00 && c <= 0xd7ff) ||      /* Hangul */
         (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0x20000 && c <= 0x3ffff);
}

/*
 * A token is folded text, so its bytes need not be those of the input; offsets of the pieces are
 * only exact where they are (no diacritics in the token), and bounded by the token's otherwise.
 */
static int
split_token_cb (void       *data,
                int         flags,
                const char *token,
                int         length,
                int         start,
                int         end)
{
  Sink *sink = data;
  const char *limit = token + length;
  const char *piece = token;

  for (const char *p = token; p < limit;)
    {
      gunichar c = g_utf8_get_char_validated (p, limit - p);
      const char *next = c >= (gunichar) -2 ? p + 1 : g_utf8_next_char (p);
      int code;

      if (c < (gunichar) -2 && stands_alone (c))
        {
          if (p > piece)
            {
              code = sink->token (sink->data, flags, piece, p - piece,
                                  MIN (start + (int) (piece - token), end),
                                  MIN (start + (int) (p - token), end));
              if (code != SQLITE_OK)
                return code;
            }
          code = sink->token (sink->data, flags, p, next - p,
                              MIN (start + (int) (p - token), end),
                              MIN (start + (int) (next - token), end));
          if (code != SQLITE_OK)
            return code;
          piece = next;
        }
      p = next;
    }

  if (piece >= limit)
    return SQLITE_OK;
  return sink->token (sink->data, flags, piece, limit - piece,
                      MIN (start + (int) (piece - token), end), end);
}

static int
tokenizer_create (void           *context,
                  const char    **args,
                  int             n_args,
                  Fts5Tokenizer **out)
{
  fts5_api *api = context;
  const char *base_args[] = { "remove_diacritics", "2" };
  Tokenizer *self = g_new0 (Tokenizer, 1);
  void *base_context = NULL;
  int code;

  code = api->xFindTokenizer (api, "unicode61", &base_context, &self->base);
  if (code == SQLITE_OK)
    code = self->base.xCreate (base_context, base_args, G_N_ELEMENTS (base_args), &self->base_tokenizer);
  if (code != SQLITE_OK)
    {
      g_free (self);
      return code;
    }

  *out = (Fts5Tokenizer *) self;
  return SQLITE_OK;
}

static void
tokenizer_delete (Fts5Tokenizer *tokenizer)
{
  Tokenizer *self = (Tokenizer *) tokenizer;

  self->base.xDelete (self->base_tokenizer);
  g_free (self);
}

static int
tokenizer_tokenize (Fts5Tokenizer *tokenizer,
                    void          *data,
                    int            flags,
                    const char    *text,
                    int            length,
                    TokenFunc      token)
{
  Tokenizer *self = (Tokenizer *) tokenizer;
  Sink sink = { token, data };

  return self->base.xTokenize (self->base_tokenizer, &sink, flags, text, length, split_token_cb);
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

static gboolean
has_word (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isalnum (g_utf8_get_char (p)))
        return TRUE;
    }
  return FALSE;
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
      /* A word of nothing but signs is no token, and a phrase without tokens matches nothing. */
      if (!has_word (parts[i]))
        continue;

      g_string_append (query, query->len > 0 ? " \"" : "\"");
      for (const char *p = parts[i]; *p != '\0'; p++)
        {
          if (*p == '"')
            g_string_append_c (query, '"');
          g_string_append_c (query, *p);
        }
      g_string_append_c (query, '"');
    }

  if (query->len == 0)
    {
      g_string_free (query, TRUE);
      return NULL;
    }

  g_string_append_c (query, '*');
  return g_string_free (query, FALSE);
}
