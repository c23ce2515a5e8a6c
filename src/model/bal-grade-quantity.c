/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-grade-quantity.h"

#include "bal-text.h"

#include <string.h>

#define MOST_DIGITS 6

static gboolean
skip (const char **cursor,
      const char  *word)
{
  gsize length = strlen (word);

  if (g_ascii_strncasecmp (*cursor, word, length) != 0)
    return FALSE;

  *cursor += length;
  return TRUE;
}

static void
skip_spaces (const char **cursor)
{
  *cursor = bal_text_skip_spaces (*cursor);
}

static gboolean
skip_half (const char **cursor)
{
  return skip (cursor, "½") || skip (cursor, "1/2");
}

/* "3", "3.5", "3,5", "3½", "3 1/2", "½" */
static gboolean
scan_number (const char **cursor,
             double      *number)
{
  const char *start = *cursor, *after;
  double digit_value = 1;

  *number = 0;
  while (g_ascii_isdigit (**cursor) && *cursor - start < MOST_DIGITS)
    *number = *number * 10 + g_ascii_digit_value (*(*cursor)++);

  if (*cursor > start && (**cursor == '.' || **cursor == ',') && g_ascii_isdigit ((*cursor)[1]))
    {
      (*cursor)++;
      while (g_ascii_isdigit (**cursor) && *cursor - start < 2 * MOST_DIGITS)
        {
          digit_value /= 10;
          *number += digit_value * g_ascii_digit_value (*(*cursor)++);
        }
      return TRUE;
    }

  after = *cursor;
  skip_spaces (&after);
  /* A lone "1/2" is no half but a fraction with an unknown whole. */
  if (*cursor == start ? skip (&after, "½") : skip_half (&after))
    {
      *number += 0.5;
      *cursor = after;
    }
  return *cursor > start;
}

/* "★★★½☆", "***", "⭐⭐⭐" */
static gboolean
scan_stars (const char **cursor,
            double      *number)
{
  const char *start = *cursor;

  *number = 0;
  for (;;)
    {
      if (skip (cursor, "★") || skip (cursor, "⭐") || skip (cursor, "*"))
        *number += 1;
      else if (!skip (cursor, "\uFE0F"))    /* asks for the colourful form of the sign before */
        break;
      skip_spaces (cursor);
    }
  if (*cursor == start)
    return FALSE;

  if (skip_half (cursor))
    *number += 0.5;
  skip_spaces (cursor);
  while (skip (cursor, "☆"))
    skip_spaces (cursor);
  return TRUE;
}

/* What follows the number. */
static BalGradeUnit
scan_unit (const char **cursor)
{
  if (**cursor == '\0')
    return BAL_GRADE_UNIT_BARE;
  if (skip (cursor, "%") || skip (cursor, "percent") || skip (cursor, "per cent"))
    return BAL_GRADE_UNIT_PERCENT;
  if (skip (cursor, "stars") || skip (cursor, "star") || skip (cursor, "★"))
    return BAL_GRADE_UNIT_STARS;

  return BAL_GRADE_UNIT_NONE;
}

/* "/5", "out of 10", "of 100" */
static BalGradeUnit
scan_whole (const char **cursor)
{
  double whole;

  if (!skip (cursor, "/") && !skip (cursor, "out of ") && !skip (cursor, "of "))
    return BAL_GRADE_UNIT_NONE;

  skip_spaces (cursor);
  if (!scan_number (cursor, &whole))
    return BAL_GRADE_UNIT_NONE;

  skip_spaces (cursor);
  if (whole == 5)
    {
      if (!skip (cursor, "stars"))
        skip (cursor, "★");
      return BAL_GRADE_UNIT_STARS;
    }
  return whole == 10 ? BAL_GRADE_UNIT_TEN :
         whole == 100 ? BAL_GRADE_UNIT_PERCENT : BAL_GRADE_UNIT_NONE;
}

/**
 * bal_grade_quantity_parse:
 * @text: a grade as a person writes it
 * @amount: (out): how much of the unit; may be more than the whole
 *
 * Understands "8/10", "3½ stars", "★★★½", "***", "80 %", "4 out of 5", "7,5".
 *
 * Returns: the unit, or %BAL_GRADE_UNIT_NONE when @text is no quantity
 */
BalGradeUnit
bal_grade_quantity_parse (const char *text,
                          double     *amount)
{
  const char *cursor = bal_text_skip_spaces (text);
  BalGradeUnit unit, whole;

  if (scan_stars (&cursor, amount))
    unit = BAL_GRADE_UNIT_STARS;
  else if (scan_number (&cursor, amount))
    {
      skip_spaces (&cursor);
      unit = scan_unit (&cursor);
    }
  else
    return BAL_GRADE_UNIT_NONE;

  skip_spaces (&cursor);
  if (*cursor != '\0')
    {
      whole = scan_whole (&cursor);
      if (whole == BAL_GRADE_UNIT_NONE || (unit != BAL_GRADE_UNIT_NONE && unit != whole))
        return BAL_GRADE_UNIT_NONE;
      unit = whole;
      skip_spaces (&cursor);
    }

  return *cursor == '\0' ? unit : BAL_GRADE_UNIT_NONE;
}
