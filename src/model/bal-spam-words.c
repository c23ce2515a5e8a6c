/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-words.h"

#include <string.h>

#include "bal-text.h"

/* More tells nothing new, and a hostile comment must not cost more than a long one. */
#define MAX_BYTES       20000
#define MAX_WORDS       300
#define MAX_WORD_BYTES  48
#define MAX_HOST_BYTES  80
#define MAX_HOSTS       50

/* Groups of scripts that are at home in one text. */
typedef enum
{
  GROUP_NONE,
  GROUP_LATIN,
  GROUP_CYRILLIC,
  GROUP_GREEK,
  GROUP_EAST_ASIAN,
  GROUP_OTHER,               /* and those behind it, one each */
} ScriptGroup;

static ScriptGroup
get_group (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  switch (script)
    {
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_INHERITED:
    case G_UNICODE_SCRIPT_UNKNOWN:
      return GROUP_NONE;

    case G_UNICODE_SCRIPT_LATIN:
      return GROUP_LATIN;

    case G_UNICODE_SCRIPT_CYRILLIC:
      return GROUP_CYRILLIC;

    case G_UNICODE_SCRIPT_GREEK:
      return GROUP_GREEK;

    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_HANGUL:
      return GROUP_EAST_ASIAN;

    default:
      return GROUP_OTHER + ((guint) script % 24);
    }
}

/* Scripts that are written without spaces. */
static gboolean
stands_alone (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return !g_unichar_ismark (c);

    default:
      return FALSE;
    }
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

/* ---- addresses ---- */

/* "film.example", but neither "3.5" nor "end.Then". */
static gboolean
is_bare_host (const char *text,
              gsize       length,
              gsize       longest_end)
{
  gsize label = 0;
  guint n_dots = 0, n_lower = 0, n_upper = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '.')
        {
          if (label == 0)
            return FALSE;
          label = 0;
          n_lower = n_upper = 0;
          n_dots++;
          continue;
        }
      if (!g_ascii_isalnum (text[i]) && text[i] != '-')
        return FALSE;
      n_lower += g_ascii_islower (text[i]) != 0;
      n_upper += g_ascii_isupper (text[i]) != 0;
      label++;
    }

  return n_dots > 0 && label >= 2 && label <= longest_end && (n_lower == label || n_upper == label);
}

char *
bal_spam_words_dup_host (const char *address)
{
  const char *scheme = strstr (address, "://");
  const char *start = scheme != NULL ? scheme + 3 : address;
  g_autofree char *folded = NULL;
  const char *at, *host;
  gsize length;

  if (g_ascii_strncasecmp (start, "mailto:", 7) == 0)
    start += 7;
  length = strcspn (start, "/?#\\");
  at = g_strrstr_len (start, length, "@");
  if (at != NULL)
    {
      length -= (gsize) (at + 1 - start);
      start = at + 1;
    }
  length = MIN (length, strcspn (start, ":"));
  while (length > 0 && start[length - 1] == '.')
    length--;
  if (length == 0 || length > MAX_HOST_BYTES || !g_utf8_validate (start, length, NULL))
    return NULL;

  folded = g_utf8_casefold (start, length);
  host = g_str_has_prefix (folded, "www.") ? folded + 4 : folded;
  for (const char *p = host; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '-' && c != '.' && c != '_')
        return NULL;
    }
  return *host != '\0' ? g_strdup (host) : NULL;
}

void
bal_spam_words_add_link (BalSpamWords *self,
                         const char   *address)
{
  char *host = bal_spam_words_dup_host (address);

  if (host == NULL)
    return;

  self->n_links++;
  if (self->hosts->len >= MAX_HOSTS || g_ptr_array_find_with_equal_func (self->hosts, host, g_str_equal, NULL))
    g_free (host);
  else
    g_ptr_array_add (self->hosts, host);
}

/* ---- words ---- */

static void
add_word (BalSpamWords *self,
          GString      *word,
          guint         n_digits,
          guint         n_chars)
{
  if (word->len == 0 || self->words->len >= MAX_WORDS)
    return;

  /* Numbers differ from each other; that there is one of so many digits is what can come again. */
  if (n_digits == n_chars)
    {
      g_string_truncate (word, 0);
      for (guint i = 0; i < MIN (n_digits, 12); i++)
        g_string_append_c (word, '0');
    }
  if (word->len <= MAX_WORD_BYTES)
    g_ptr_array_add (self->words, g_utf8_casefold (word->str, word->len));
}

/* What is noted of each letter. */
static ScriptGroup
note_letter (BalSpamWords *self,
             gunichar      c,
             guint32      *scripts)
{
  ScriptGroup group = get_group (c);

  if (group != GROUP_NONE)
    *scripts |= 1u << group;
  if (g_unichar_isupper (c) || g_unichar_islower (c))
    self->n_letters++;
  self->n_capitals += g_unichar_isupper (c);
  return group;
}

static gboolean
looks_alike (guint32 groups)
{
  guint32 alike = groups & (1u << GROUP_LATIN | 1u << GROUP_CYRILLIC | 1u << GROUP_GREEK);

  return (alike & (alike - 1)) != 0;
}

static void
split_words (BalSpamWords *self,
             const char   *text,
             gsize         length,
             guint32      *scripts)
{
  g_autoptr(GString) word = g_string_new (NULL);
  const char *end = text + length;
  guint n_digits = 0, n_chars = 0;
  guint32 groups = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *next = g_utf8_next_char (p);
      gboolean is_word = g_unichar_isalnum (c) || g_unichar_ismark (c);
      gboolean joins = is_apostrophe (c) && word->len > 0 && next < end &&
                       g_unichar_isalnum (g_utf8_get_char (next));

      self->n_exclamations += c == '!' || c == 0xFF01;
      self->n_symbols += g_unichar_type (c) == G_UNICODE_OTHER_SYMBOL;
      if (g_unichar_isalpha (c))
        groups |= 1u << note_letter (self, c, scripts);
      if (joins)
        {
          g_string_append_c (word, '\'');
          continue;
        }
      if (is_word && !stands_alone (c))
        {
          g_string_append_unichar (word, c);
          n_digits += g_unichar_isdigit (c);
          self->n_digits += g_unichar_isdigit (c);
          n_chars++;
          continue;
        }

      self->mixed_word |= looks_alike (groups);
      add_word (self, word, n_digits, n_chars);
      g_string_truncate (word, 0);
      n_digits = n_chars = groups = 0;
      if (is_word)
        {
          g_string_append_unichar (word, c);
          add_word (self, word, 0, 1);
          g_string_truncate (word, 0);
        }
    }

  self->mixed_word |= looks_alike (groups);
  add_word (self, word, n_digits, n_chars);
}

/* Where an address with a scheme or "www." begins in a piece without white space; NULL: nowhere. */
static const char *
find_address (const char *piece)
{
  static const char *const starts[] = { "http://", "https://", "www." };

  for (const char *p = piece; *p != '\0'; p++)
    for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
      if (g_ascii_strncasecmp (p, starts[i], strlen (starts[i])) == 0)
        return p;
  return NULL;
}

static gboolean
is_edge (char c)
{
  return g_ascii_ispunct (c) && c != '/';
}

/* A host without anything before it, or an e-mail address. */
static gboolean
take_bare_address (BalSpamWords *self,
                   const char   *piece)
{
  g_autofree char *address = NULL;
  const char *host, *at;
  gsize start = 0, end = strlen (piece);

  while (start < end && is_edge (piece[start]))
    start++;
  while (end > start && is_edge (piece[end - 1]))
    end--;
  address = g_strndup (piece + start, end - start);

  at = strrchr (address, '@');
  host = at != NULL && at > address ? at + 1 : address;
  /* Without an "@" a longer end is rather the next sentence. */
  if (!is_bare_host (host, strcspn (host, "/?#:"), host != address ? 18 : 6))
    return FALSE;

  bal_spam_words_add_link (self, address);
  return TRUE;
}

static void
take_piece (BalSpamWords *self,
            const char   *piece,
            guint32      *scripts)
{
  const char *address = find_address (piece);

  if (address != NULL)
    {
      split_words (self, piece, address - piece, scripts);
      bal_spam_words_add_link (self, address);
    }
  else if (!take_bare_address (self, piece))
    split_words (self, piece, strlen (piece), scripts);
}

static guint
measure_run (const char *text)
{
  gunichar last = 0;
  guint n = 0, longest = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      n = c == last && !g_unichar_isspace (c) && !g_unichar_isdigit (c) ? n + 1 : 1;
      longest = MAX (longest, n);
      last = c;
    }
  return longest;
}

/* Compatibility forms (full width, "mathematical" letters) become what they look like; what nobody sees goes. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (strlen (text), MAX_BYTES));
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *seen = g_string_sized_new (strlen (composed));

  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) != G_UNICODE_FORMAT)
        g_string_append_unichar (seen, c);
    }
  return g_string_free (seen, FALSE);
}

/**
 * bal_spam_words_new:
 * @text: (nullable): plain text
 *
 * Returns: (transfer full): what stands in it
 */
BalSpamWords *
bal_spam_words_new (const char *text)
{
  BalSpamWords *self = g_new0 (BalSpamWords, 1);
  g_autofree char *seen = clean (text != NULL ? text : "");
  guint32 scripts = 0;
  const char *p = seen;

  self->words = g_ptr_array_new_with_free_func (g_free);
  self->hosts = g_ptr_array_new_with_free_func (g_free);
  while (*(p = bal_text_skip_spaces (p)) != '\0')
    {
      const char *end = p;
      g_autofree char *piece = NULL;

      while (*end != '\0' && !bal_text_is_space (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      piece = g_strndup (p, end - p);
      take_piece (self, piece, &scripts);
      p = end;
    }

  self->longest_run = measure_run (seen);
  for (; scripts != 0; scripts &= scripts - 1)
    self->n_scripts++;
  return self;
}

void
bal_spam_words_free (BalSpamWords *self)
{
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->hosts);
  g_free (self);
}
