/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text.h"

#include <string.h>

/**
 * bal_text_is_space:
 * @character: a character
 *
 * Returns: whether it is white space, the no-break space and those without any width included
 */
gboolean
bal_text_is_space (gunichar character)
{
  return g_unichar_isspace (character) ||
         character == 0x200B || character == 0x2060 || character == 0xFEFF;
}

/**
 * bal_text_is_dash:
 * @character: a character
 *
 * Returns: whether it is a hyphen or a dash of any length
 */
gboolean
bal_text_is_dash (gunichar character)
{
  return character == '-' || (character >= 0x2010 && character <= 0x2015) || character == 0x2212;
}

/**
 * bal_text_skip_spaces:
 * @text: valid UTF-8
 *
 * Returns: the first character of @text that is no white space
 */
const char *
bal_text_skip_spaces (const char *text)
{
  while (*text != '\0' && bal_text_is_space (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/**
 * bal_text_trim:
 * @start: the beginning of valid UTF-8
 * @end: its end
 *
 * Returns: what is left without the white space at both ends
 */
BalSlice
bal_text_trim (const char *start,
               const char *end)
{
  while (start < end && bal_text_is_space (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);

  while (end > start)
    {
      const char *last = g_utf8_prev_char (end);

      if (!bal_text_is_space (g_utf8_get_char (last)))
        break;
      end = last;
    }

  return (BalSlice) { start, (gsize) (end - start) };
}

/**
 * bal_text_clean_line:
 * @text: (nullable): valid UTF-8
 *
 * Returns: (transfer full): @text on one line and without white space at both ends; "" for %NULL
 */
char *
bal_text_clean_line (const char *text)
{
  BalSlice slice;
  GString *line;

  if (text == NULL)
    return g_strdup ("");

  slice = bal_text_trim (text, text + strlen (text));
  line = g_string_sized_new (slice.length);
  for (const char *p = slice.start; p < slice.start + slice.length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029)
        c = ' ';
      g_string_append_unichar (line, c);
    }
  return g_string_free (line, FALSE);
}

/**
 * bal_text_fold:
 * @text: valid UTF-8
 * @length: its length in bytes, or -1
 *
 * Returns: (transfer full): a form in which two texts are equal that differ only in case and in
 *   the amount and kind of white space
 */
char *
bal_text_fold (const char *text,
               gssize      length)
{
  const char *end = text + (length < 0 ? strlen (text) : (gsize) length);
  BalSlice slice = bal_text_trim (text, end);
  g_autoptr(GString) spaced = g_string_sized_new (slice.length);
  g_autofree char *folded = NULL;
  gboolean in_space = FALSE;

  end = slice.start + slice.length;
  for (const char *p = slice.start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!bal_text_is_space (c))
        g_string_append_unichar (spaced, c);
      else if (!in_space)
        g_string_append_c (spaced, ' ');
      in_space = bal_text_is_space (c);
    }

  folded = g_utf8_casefold (spaced->str, spaced->len);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}
