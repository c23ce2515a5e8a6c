/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-search-words.h"

#include <string.h>

/*
 * What counts as the same letter when somebody searches: case, accents and other marks above and below (ё е, ö o, ά α,
 * Arabic and Hebrew vowel points), the width of a letter, its form within a word, and letters that keyboards of
 * neighbouring languages write differently. The vowel signs of Indian scripts are not accents, and stay; so does the
 * voicing of Kana. Both ways to encode an accent come to the same.
 */

typedef struct
{
  gunichar    letter;
  const char *folded;
} Fold;

/* Those that Unicode does not take apart, by their lower case. */
static const Fold folds[] = {
  { 0x00df, "ss" },   /* ß */
  { 0x00e6, "ae" },   /* æ */
  { 0x00f0, "d" },    /* ð */
  { 0x00f8, "o" },    /* ø */
  { 0x00fe, "th" },   /* þ */
  { 0x0111, "d" },    /* đ */
  { 0x0127, "h" },    /* ħ */
  { 0x0131, "i" },    /* ı: Turkish capitals are folded as anybody’s, so that its dot can't count */
  { 0x0142, "l" },    /* ł */
  { 0x0153, "oe" },   /* œ */
  { 0x0167, "t" },    /* ŧ */
  { 0x03c2, "σ" },    /* ς, at the end of a word */
  { 0x0649, "ي" },    /* ى */
  { 0x0671, "ا" },    /* ٱ */
  { 0x06a9, "ك" },    /* ک, Persian */
  { 0x06cc, "ي" },    /* ی, Persian */
};

typedef struct
{
  const char *text;
  const char *end;
  GString    *word;
  const char *word_start;
} Reader;

/* Scripts that leave no spaces between words: each letter is a word, and words are found as what stands side by side. */
static gboolean
stands_alone (gunichar c)
{
  if (c < 0x0e00)
    return FALSE;

  return (c >= 0x0e00 && c <= 0x0eff) ||      /* Thai, Lao */
         (c >= 0x1000 && c <= 0x109f) ||      /* Burmese */
         (c >= 0x1100 && c <= 0x11ff) ||      /* Hangul Jamo */
         (c >= 0x1780 && c <= 0x17ff) ||      /* Khmer */
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

static gboolean
is_vowel_sign (gunichar c)
{
  if (c < 0x0900 || c > 0x109f)
    return c >= 0x1780 && c <= 0x17ff;
  if (c >= 0x0e00)
    return TRUE;

  /* Nuktas and stress marks are accents. */
  return (c & 0x7f) != 0x3c && !(c >= 0x0951 && c <= 0x0954);
}

/* What stands within a word without being written. */
static gboolean
is_nothing (gunichar c)
{
  return c == 0x00ad || c == 0x0640 || c == 0x061c || (c >= 0x200c && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x2069) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff;
}

static gboolean
is_mark (GUnicodeType type)
{
  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK;
}

static gboolean
is_letter (GUnicodeType type)
{
  switch (type)
    {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_LETTER_NUMBER:
    case G_UNICODE_OTHER_NUMBER:
    case G_UNICODE_PRIVATE_USE:
      return TRUE;

    default:
      return FALSE;
    }
}

static void
append_letter (GString  *word,
               gunichar  c)
{
  int digit = g_unichar_digit_value (c);

  c = g_unichar_tolower (c);
  if (digit >= 0)
    {
      g_string_append_c (word, '0' + digit);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    if (folds[i].letter == c)
      {
        g_string_append (word, folds[i].folded);
        return;
      }
  g_string_append_unichar (word, c);
}

/* A letter may hide several ("ﬁ"), and accents. */
static void
append_folded (GString  *word,
               gunichar  c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < n; i++)
    {
      GUnicodeType type = g_unichar_type (parts[i]);

      if (!is_nothing (parts[i]) && (is_letter (type) || (is_mark (type) && is_vowel_sign (parts[i]))))
        append_letter (word, parts[i]);
    }
}

static int
flush (Reader            *reader,
       const char        *end,
       BalSearchWordFunc  func,
       gpointer           data)
{
  int code = 0;

  if (reader->word->len > 0)
    code = func (reader->word->str, reader->word->len, (gsize) (reader->word_start - reader->text),
                 (gsize) (end - reader->text), data);
  g_string_truncate (reader->word, 0);
  return code;
}

/* Halfwidth Kana and Hangul are the same as the wide ones. */
static gunichar
widen (gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (c < 0xff65 || c > 0xffdc)
    return c;

  return g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts)) > 0 ? parts[0] : c;
}

/* One letter and what is put onto it to be one. Returns where it ends. */
static const char *
read_alone (Reader     *reader,
            gunichar    c,
            const char *next)
{
  while (next < reader->end)
    {
      gunichar mark = g_utf8_get_char_validated (next, reader->end - next), both;

      if (mark >= (gunichar) -2 || !g_unichar_compose (c, widen (mark), &both))
        break;
      c = both;
      next = g_utf8_next_char (next);
    }

  /* Han that are in Unicode twice. */
  if (c >= 0xf900)
    append_folded (reader->word, c);
  else
    g_string_append_unichar (reader->word, c);
  return next;
}

/**
 * bal_search_words_foreach:
 * @text: text of any size, hostile too; what is no UTF-8 stands between words
 * @length: its length in bytes
 * @func: called for each word, until it returns something else than 0
 * @data: for @func
 *
 * The words of a text as searching knows them, folded. In scripts without spaces each letter is one.
 *
 * Returns: what @func returned last
 */
int
bal_search_words_foreach (const char        *text,
                          gsize              length,
                          BalSearchWordFunc  func,
                          gpointer           data)
{
  g_autoptr(GString) word = g_string_sized_new (64);
  Reader reader = { text, text + length, word, NULL };
  const char *next;
  int code = 0;

  for (const char *p = text; p < reader.end && code == 0; p = next)
    {
      gunichar c;
      GUnicodeType type;

      next = p + 1;
      if (word->len == 0)
        reader.word_start = p;
      if (g_ascii_isalnum (*p))
        {
          g_string_append_c (word, g_ascii_tolower (*p));
          continue;
        }
      c = (guchar) *p < 0x80 ? 0 : g_utf8_get_char_validated (p, reader.end - p);
      if (c == 0 || c >= (gunichar) -2)
        {
          code = flush (&reader, p, func, data);
          continue;
        }

      next = g_utf8_next_char (p);
      c = widen (c);
      type = g_unichar_type (c);
      if (is_nothing (c) || (is_mark (type) && !is_vowel_sign (c)))
        continue;
      if (stands_alone (c) && type != G_UNICODE_DECIMAL_NUMBER && (is_letter (type) || is_mark (type)))
        {
          code = flush (&reader, p, func, data);
          reader.word_start = p;
          next = read_alone (&reader, c, next);
          if (code == 0)
            code = flush (&reader, next, func, data);
        }
      else if (is_letter (type) || is_mark (type))
        append_folded (word, c);
      else
        code = flush (&reader, p, func, data);
    }

  return code != 0 ? code : flush (&reader, reader.end, func, data);
}

static int
stop_cb (const char *word,
         gsize       length,
         gsize       start,
         gsize       end,
         gpointer    data)
{
  return 1;
}

/**
 * bal_search_words_any:
 * @text: text
 *
 * Returns: whether there is any word in it
 */
gboolean
bal_search_words_any (const char *text)
{
  return bal_search_words_foreach (text, strlen (text), stop_cb, NULL) != 0;
}

static int
list_cb (const char *word,
         gsize       length,
         gsize       start,
         gsize       end,
         gpointer    data)
{
  g_ptr_array_add (data, g_strndup (word, length));
  return 0;
}

/**
 * bal_search_words_list:
 * @text: text
 *
 * Returns: (transfer full): its words, folded
 */
char **
bal_search_words_list (const char *text)
{
  GPtrArray *words = g_ptr_array_new ();

  bal_search_words_foreach (text, strlen (text), list_cb, words);
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}
