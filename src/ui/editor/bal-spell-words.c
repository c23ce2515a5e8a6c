/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spell-words.h"

#define MAX_LETTERS 60

typedef struct
{
  gunichar       *letters;
  PangoLogAttr   *attrs;
  int             length;
  PangoLanguage  *language;
} Text;

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02bc;
}

/* Shows nowhere, and no dictionary has it. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

/* ---- what stands between white space ---- */

/* A dot with letters on both sides: "imdb.com", "cut.mkv", but not "wait...". */
static gboolean
has_inner_dot (Text *self,
               int   start,
               int   end)
{
  for (int i = start + 1; i < end - 1; i++)
    if (self->letters[i] == '.' && g_unichar_isalnum (self->letters[i - 1]) &&
        g_unichar_isalnum (self->letters[i + 1]))
      return TRUE;
  return FALSE;
}

/* Addresses, files, people, topics and identifiers are no words of a language, nor are their
 * parts. */
static gboolean
is_prose (Text *self,
          int   start,
          int   end)
{
  guint n_slashes = 0;

  while (start < end && g_unichar_ispunct (self->letters[start]) &&
         self->letters[start] != '#' && self->letters[start] != '@' && self->letters[start] != '/')
    start++;
  if (start == end || self->letters[start] == '#' || self->letters[start] == '/')
    return FALSE;
  for (int i = start; i < end; i++)
    {
      gunichar c = self->letters[i];

      if (c == '@' || c == '\\' || c == '_' || (c == '/' && ++n_slashes > 1))
        return FALSE;
    }
  return !has_inner_dot (self, start, end);
}

/* ---- words ---- */

static gboolean
is_of_language (Text     *self,
                gunichar  c)
{
  PangoScript script = (PangoScript) g_unichar_get_script (c);

  return script == PANGO_SCRIPT_COMMON || script == PANGO_SCRIPT_INHERITED ||
         pango_language_includes_script (self->language, script);
}

/* "BBC", "DVDs", "iPhone" and "McGregor" are names, right as they are written. */
static gboolean
is_name_by_case (Text *self,
                 int   start,
                 int   end)
{
  guint n_upper = 0, n_lower = 0;
  gunichar last = 0;

  for (int i = start; i < end; i++)
    {
      gunichar c = self->letters[i];

      if (!g_unichar_isalpha (c))
        continue;
      if (g_unichar_isupper (c) && n_lower > 0)
        return TRUE;
      n_upper += g_unichar_isupper (c);
      n_lower += g_unichar_islower (c);
      last = c;
    }
  return n_upper > 1 && (n_lower == 0 || (n_lower == 1 && last == 's'));
}

static gboolean
is_checked (Text *self,
            int   start,
            int   end)
{
  guint n_letters = 0;

  if (end - start > MAX_LETTERS)
    return FALSE;
  for (int i = start; i < end; i++)
    {
      gunichar c = self->letters[i];

      if (g_unichar_isdigit (c) || !is_of_language (self, c))
        return FALSE;
      n_letters += g_unichar_isalpha (c) != FALSE;
    }
  if (n_letters < 2 || is_name_by_case (self, start, end))
    return FALSE;
  /* "1950s" and "2½hr": a number goes on into it. */
  return (start == 0 || !g_unichar_isdigit (self->letters[start - 1])) &&
         (end == self->length || !g_unichar_isdigit (self->letters[end]));
}

static char *
normalize (Text *self,
           int   start,
           int   end)
{
  g_autoptr(GString) word = g_string_new (NULL);

  for (int i = start; i < end; i++)
    if (is_apostrophe (self->letters[i]))
      g_string_append_c (word, '\'');
    else if (!is_invisible (self->letters[i]))
      g_string_append_unichar (word, self->letters[i]);
  return g_utf8_normalize (word->str, -1, G_NORMALIZE_NFC);
}

/* An apostrophe with letters on both sides stands in the word: "don't", "l'eau". */
static int
find_word_end (Text *self,
               int   start,
               int   limit)
{
  int end = start + 1;

  for (; end < limit; end++)
    if (self->attrs[end].is_word_end &&
        !(is_apostrophe (self->letters[end]) && end + 1 < limit && self->attrs[end + 1].is_word_start))
      break;
  return end;
}

static void
find_words (Text             *self,
            int               start,
            int               end,
            BalSpellWordFunc  func,
            gpointer          data)
{
  int i = start;

  while (i < end)
    {
      int word_end;

      if (!self->attrs[i].is_word_start)
        {
          i++;
          continue;
        }
      word_end = find_word_end (self, i, end);
      if (is_checked (self, i, word_end))
        {
          g_autofree char *word = normalize (self, i, word_end);

          func (i, word_end, word, data);
        }
      i = word_end;
    }
}

void
bal_spell_words_foreach (const char       *text,
                         PangoLanguage    *language,
                         BalSpellWordFunc  func,
                         gpointer          data)
{
  Text self = { .language = language };
  g_autofree gunichar *letters = NULL;
  g_autofree PangoLogAttr *attrs = NULL;
  glong length;
  int start = 0;

  g_return_if_fail (text != NULL);
  g_return_if_fail (func != NULL);

  letters = g_utf8_to_ucs4_fast (text, -1, &length);
  attrs = g_new0 (PangoLogAttr, length + 1);
  pango_get_log_attrs (text, -1, -1, language, attrs, length + 1);
  self.letters = letters;
  self.attrs = attrs;
  self.length = length;

  while (start < length)
    {
      int end = start;

      while (end < length && !g_unichar_isspace (letters[end]))
        end++;
      if (end > start && is_prose (&self, start, end))
        find_words (&self, start, end, func, data);
      start = end + 1;
    }
}
