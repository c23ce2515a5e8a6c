/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tokenizer.h"

#include "bal-entities.h"

#include <string.h>

#define BYTES_PER_TOKEN 48   /* in ordinary posts */
#define MOST_RESERVED   16384
/* Of seven megabytes of an ordinary post. Each may cost some hundred bytes as part of a block. */
#define MOST_TOKENS     150000

typedef struct
{
  const char *source;
  gsize       length;
  gboolean    split_blank_lines;
  GArray     *tokens;       /* BalToken */
  GHashTable *names;        /* (element-type utf8 guint): names that are no BalTag; NULL before the first */
  GArray     *open;         /* guint: start tags without an end so far */
  GArray     *open_counts;  /* guint: how many are open, by name id */
} Tokenizer;

gboolean
bal_is_blank (const char *text,
              gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!bal_is_space (text[i]))
      return FALSE;
  return TRUE;
}

static gsize
skip_spaces (const char *source,
             gsize       at,
             gsize       end)
{
  while (at < end && bal_is_space (source[at]))
    at++;
  return at;
}

/* HTML standard, "before attribute name state" and those after it. Returns FALSE at the tag's end:
 * then @at stands on the '>', or on @end when there is none. */
static gboolean
next_attribute (const char   *source,
                gsize        *at,
                gsize         end,
                BalAttribute *attribute)
{
  gsize p = *at;
  gsize start;

  while (p < end && (bal_is_space (source[p]) || source[p] == '/'))
    p++;
  *at = p;
  if (p >= end || source[p] == '>')
    return FALSE;

  start = p++;
  while (p < end && !bal_is_space (source[p]) && source[p] != '/' && source[p] != '>' &&
         source[p] != '=')
    p++;
  *attribute = (BalAttribute) { .name = source + start, .name_length = p - start };
  *at = p;

  p = skip_spaces (source, p, end);
  if (p >= end || source[p] != '=')
    return TRUE;
  p = skip_spaces (source, p + 1, end);
  if (p < end && (source[p] == '"' || source[p] == '\''))
    {
      const char *close = memchr (source + p + 1, source[p], end - p - 1);

      attribute->value = source + p + 1;
      attribute->value_length = (close != NULL ? close : source + end) - attribute->value;
      *at = close != NULL ? (gsize) (close - source) + 1 : end;
      return TRUE;
    }

  start = p;
  while (p < end && !bal_is_space (source[p]) && source[p] != '>')
    p++;
  attribute->value = source + start;
  attribute->value_length = p - start;
  *at = p;
  return TRUE;
}

static guint
name_id (Tokenizer      *self,
         const BalToken *token)
{
  g_autofree char *name = NULL;
  gpointer found;
  guint id;

  if (token->tag != NULL)
    return bal_tag_get_id (token->tag);
  if (self->names == NULL)
    self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  name = g_ascii_strdown (self->source + token->name_start, token->name_length);
  if (token->type == BAL_TOKEN_WP_START || token->type == BAL_TOKEN_WP_END)
    {
      char *delimiter = g_strconcat ("wp:", name, NULL);

      g_free (name);
      name = delimiter;
    }
  if (g_hash_table_lookup_extended (self->names, name, NULL, &found))
    return GPOINTER_TO_UINT (found);

  id = bal_tag_count () + g_hash_table_size (self->names);
  g_hash_table_insert (self->names, g_steal_pointer (&name), GUINT_TO_POINTER (id));
  g_array_set_size (self->open_counts, id + 1);
  return id;
}

static void
match_token (Tokenizer *self,
             guint      index)
{
  BalToken *token = &g_array_index (self->tokens, BalToken, index);
  guint *counts;

  if (token->type == BAL_TOKEN_START || token->type == BAL_TOKEN_WP_START)
    {
      if (token->tag != NULL && (token->tag->flags & BAL_TAG_VOID))
        return;
      token->name_id = name_id (self, token);
      g_array_index (self->open_counts, guint, token->name_id)++;
      g_array_append_val (self->open, index);
      return;
    }
  if (token->type != BAL_TOKEN_END && token->type != BAL_TOKEN_WP_END)
    return;

  token->name_id = name_id (self, token);
  counts = (guint *) (gpointer) self->open_counts->data;
  while (counts[token->name_id] > 0)
    {
      guint top = g_array_index (self->open, guint, self->open->len - 1);
      BalToken *start = &g_array_index (self->tokens, BalToken, top);

      g_array_set_size (self->open, self->open->len - 1);
      counts[start->name_id]--;
      if (start->name_id == token->name_id)
        {
          start->match = index;
          token->match = top;
          return;
        }
    }
}

static void
add_token (Tokenizer *self,
           BalToken   token)
{
  token.match = BAL_TOKEN_NO_MATCH;
  g_array_append_val (self->tokens, token);
  match_token (self, self->tokens->len - 1);
}

/* The blank lines of classic WordPress posts become tokens of their own: from the first newline to
 * the last, so that spaces at the ends of the lines around stay text. */
static void
add_text (Tokenizer *self,
          gsize      start,
          gsize      end)
{
  const char *source = self->source;
  gsize p = start;

  while (self->split_blank_lines && p < end && self->tokens->len < MOST_TOKENS)
    {
      gsize first, last, q;
      guint n_newlines = 0;

      while (p < end && source[p] != '\n' && source[p] != '\r')
        p++;
      first = last = q = p;
      for (; q < end && bal_is_space (source[q]); q++)
        if (source[q] == '\n' || (source[q] == '\r' && (q + 1 == end || source[q + 1] != '\n')))
          {
            n_newlines++;
            last = q + 1;
          }
      if (n_newlines >= 2)
        {
          if (first > start)
            add_token (self, (BalToken) { .type = BAL_TOKEN_TEXT, .start = start, .end = first });
          add_token (self, (BalToken) { .type = BAL_TOKEN_BREAK, .start = first, .end = last });
          start = last;
        }
      p = MAX (q, p + 1);
    }
  if (start < end)
    add_token (self, (BalToken) { .type = BAL_TOKEN_TEXT, .start = start, .end = end });
}

/* The content of a script, up to its own end tag. */
static gsize
read_raw (Tokenizer  *self,
          gsize       start,
          const char *name)
{
  gsize name_length = strlen (name);
  gsize p = start;

  while (p < self->length)
    {
      const char *found = memchr (self->source + p, '<', self->length - p);
      gsize at;

      if (found == NULL)
        break;
      at = found - self->source;
      if (at + 2 + name_length < self->length && self->source[at + 1] == '/' &&
          g_ascii_strncasecmp (self->source + at + 2, name, name_length) == 0 &&
          (bal_is_space (self->source[at + 2 + name_length]) ||
           strchr ("/>", self->source[at + 2 + name_length]) != NULL))
        {
          if (at > start)
            add_token (self, (BalToken){
                               .type = BAL_TOKEN_TEXT, .raw = TRUE, .start = start, .end = at });
          return at;
        }
      p = at + 1;
    }

  if (start < self->length)
    add_token (self, (BalToken) { .type = BAL_TOKEN_TEXT, .raw = TRUE, .unclosed = TRUE,
                                  .start = start, .end = self->length });
  return self->length;
}

static gsize
read_tag (Tokenizer *self,
          gsize      start)
{
  BalToken token = { .type = BAL_TOKEN_START, .start = start, .name_start = start + 1 };
  BalAttribute attribute;
  gsize p;

  if (self->source[start + 1] == '/')
    {
      token.type = BAL_TOKEN_END;
      token.name_start++;
    }
  p = token.name_start;
  while (p < self->length && !bal_is_space (self->source[p]) && self->source[p] != '/' &&
         self->source[p] != '>')
    p++;
  token.name_length = p - token.name_start;
  while (next_attribute (self->source, &p, self->length, &attribute))
    ;
  if (p >= self->length)
    {
      add_token (self, (BalToken) { .type = BAL_TOKEN_OTHER, .unclosed = TRUE,
                                    .start = start, .end = self->length });
      return self->length;
    }

  token.end = p + 1;
  token.tag = bal_tag_lookup (self->source + token.name_start, token.name_length);
  add_token (self, token);
  if (token.type == BAL_TOKEN_START && token.tag != NULL && (token.tag->flags & BAL_TAG_RAW))
    return read_raw (self, token.end, token.tag->name);
  return token.end;
}

static gboolean
is_wp_name_char (char c)
{
  return g_ascii_islower (c) || g_ascii_isdigit (c) || c == '_' || c == '-' || c == '/';
}

/* WordPress, class WP_Block_Parser: <!-- [/]wp:[namespace/]name [{json} ][/]-->. */
static void
read_delimiter (Tokenizer *self,
                BalToken  *token)
{
  gsize p = skip_spaces (self->source, token->start + 4, token->end);
  gsize last = token->end - 3;
  gboolean closes = FALSE;

  if (p == token->start + 4)
    return;
  if (p < last && self->source[p] == '/')
    {
      closes = TRUE;
      p++;
    }
  if (last < p + 4 || memcmp (self->source + p, "wp:", 3) != 0 ||
      !g_ascii_islower (self->source[p + 3]))
    return;
  p += 3;
  if (last > p + 5 && memcmp (self->source + p, "core/", 5) == 0)
    p += 5;
  token->name_start = p;
  while (p < last && is_wp_name_char (self->source[p]))
    p++;
  if (p >= last || !bal_is_space (self->source[p]))
    return;

  token->name_length = p - token->name_start;
  if (closes)
    token->type = BAL_TOKEN_WP_END;
  else
    token->type = self->source[last - 1] == '/' ? BAL_TOKEN_WP_VOID : BAL_TOKEN_WP_START;
}

/* HTML standard, "comment start state": "<!-->" and "<!--->" are whole comments, "--!>" ends one
 * too. */
static gsize
read_comment (Tokenizer *self,
              gsize      start)
{
  BalToken token = { .type = BAL_TOKEN_COMMENT, .start = start };
  gsize p = start + 4;

  if (p < self->length && self->source[p] == '>')
    token.end = p + 1;
  else if (p + 1 < self->length && self->source[p] == '-' && self->source[p + 1] == '>')
    token.end = p + 2;

  while (token.end == 0 && p < self->length)
    {
      const char *found = memchr (self->source + p, '>', self->length - p);

      if (found == NULL)
        break;
      p = found - self->source + 1;
      if (p - start >= 7 && memcmp (found - 2, "--", 2) == 0)
        token.end = p;
      else if (p - start >= 8 && memcmp (found - 3, "--!", 3) == 0)
        token.end = p;
    }
  if (token.end == 0)
    {
      token.end = self->length;
      token.unclosed = TRUE;
      token.type = BAL_TOKEN_OTHER;
    }
  else if (token.end - start >= 7 && self->source[token.end - 2] == '-')
    read_delimiter (self, &token);
  add_token (self, token);
  return token.end;
}

static gsize
read_other (Tokenizer *self,
            gsize      start)
{
  const char *close = memchr (self->source + start, '>', self->length - start);
  gsize end = close != NULL ? (gsize) (close - self->source) + 1 : self->length;

  add_token (self, (BalToken) { .type = BAL_TOKEN_OTHER, .unclosed = close == NULL,
                                .start = start, .end = end });
  return end;
}

/* HTML standard, "tag open state": a '<' that opens nothing is text. */
static gboolean
opens_markup (Tokenizer *self,
              gsize      at)
{
  char next = at + 1 < self->length ? self->source[at + 1] : '\0';

  return g_ascii_isalpha (next) || next == '!' || next == '?' || next == '/';
}

static gsize
read_markup (Tokenizer *self,
             gsize      start)
{
  const char *source = self->source + start;
  gsize length = self->length - start;

  if (g_ascii_isalpha (source[1]) ||
      (length > 2 && source[1] == '/' && g_ascii_isalpha (source[2])))
    return read_tag (self, start);
  if (length >= 4 && memcmp (source, "<!--", 4) == 0)
    return read_comment (self, start);
  return read_other (self, start);
}

BalTokens *
bal_tokens_new (const char *source,
                gsize       length,
                gboolean    split_blank_lines)
{
  Tokenizer tokenizer = { source, length, split_blank_lines, NULL, NULL, NULL, NULL };
  BalTokens *self = g_new0 (BalTokens, 1);
  gsize text = 0;
  gsize p = 0;

  tokenizer.tokens = g_array_sized_new (FALSE, FALSE, sizeof (BalToken),
                                        MIN (length / BYTES_PER_TOKEN, MOST_RESERVED) + 8);
  tokenizer.open = g_array_new (FALSE, FALSE, sizeof (guint));
  tokenizer.open_counts = g_array_sized_new (FALSE, TRUE, sizeof (guint), bal_tag_count ());
  g_array_set_size (tokenizer.open_counts, bal_tag_count ());

  while (p < length && tokenizer.tokens->len < MOST_TOKENS)
    {
      const char *found = memchr (source + p, '<', length - p);

      if (found == NULL)
        break;
      p = found - source;
      if (!opens_markup (&tokenizer, p))
        {
          p++;
          continue;
        }
      add_text (&tokenizer, text, p);
      text = p = read_markup (&tokenizer, p);
    }
  if (tokenizer.tokens->len < MOST_TOKENS)
    add_text (&tokenizer, text, length);
  else if (text < length)
    add_token (&tokenizer, (BalToken) { .type = BAL_TOKEN_OTHER, .unclosed = TRUE, .start = text, .end = length });

  g_clear_pointer (&tokenizer.names, g_hash_table_unref);
  g_array_unref (tokenizer.open);
  g_array_unref (tokenizer.open_counts);

  self->source = source;
  self->length = length;
  self->n_tokens = tokenizer.tokens->len;
  self->is_cut = self->n_tokens >= MOST_TOKENS;
  self->tokens = (BalToken *) (gpointer) g_array_free (tokenizer.tokens, FALSE);
  return self;
}

void
bal_tokens_free (BalTokens *self)
{
  g_free (self->tokens);
  g_free (self);
}

gboolean
bal_token_is (const BalToken *token,
              const char     *name)
{
  return token->tag != NULL && g_str_equal (token->tag->name, name);
}

gboolean
bal_tokens_name_is (const BalTokens *self,
                    const BalToken  *token,
                    const char      *name)
{
  return token->name_length == strlen (name) &&
         g_ascii_strncasecmp (self->source + token->name_start, name, token->name_length) == 0;
}

gboolean
bal_tokens_next_attribute (const BalTokens *self,
                           const BalToken  *token,
                           gsize           *cursor,
                           BalAttribute    *attribute)
{
  if (*cursor == 0)
    *cursor = token->name_start + token->name_length;
  return next_attribute (self->source, cursor, token->end, attribute);
}

char *
bal_tokens_dup_attribute (const BalTokens *self,
                          const BalToken  *token,
                          const char      *name)
{
  BalAttribute attribute;
  gsize cursor = 0;

  while (bal_tokens_next_attribute (self, token, &cursor, &attribute))
    if (attribute.name_length == strlen (name) &&
        g_ascii_strncasecmp (attribute.name, name, attribute.name_length) == 0)
      {
        if (!g_utf8_validate_len (attribute.value ? attribute.value : "", attribute.value_length,
                                  NULL))
          return NULL;
        return bal_entities_decode (attribute.value ? attribute.value : "", attribute.value_length,
                                    TRUE);
      }
  return NULL;
}

gboolean
bal_tokens_has_class (const BalTokens *self,
                      const BalToken  *token,
                      const char      *word)
{
  g_autofree char *value = bal_tokens_dup_attribute (self, token, "class");
  g_auto(GStrv) words = NULL;

  if (value == NULL)
    return FALSE;
  words = g_strsplit_set (value, " \t\n\f\r", -1);
  return g_strv_contains ((const char *const *) words, word);
}
