/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-filter.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_DIGITS 4

/* Up to four digits at *text, which moves behind them; -1: there are none. */
static int
read_number (const char **text)
{
  int number = 0, n_digits = 0;

  for (; g_ascii_isdigit (**text) && n_digits < MAX_DIGITS; (*text)++, n_digits++)
    number = number * 10 + (**text - '0');

  return n_digits > 0 ? number : -1;
}

static gboolean
skip_separator (const char **text)
{
  if (**text != '-' && **text != '/')
    return FALSE;

  (*text)++;
  return TRUE;
}

/* "2020", "2020-05", "2020-05-17", also with slashes. */
static gboolean
read_calendar (const char  *text,
               GTimeZone   *zone,
               GDateTime  **start,
               GDateTime  **end)
{
  const char *p = text;
  int year = read_number (&p), month = 0, day = 0;

  if (p - text != 4 || year < 1)
    return FALSE;
  if (skip_separator (&p))
    {
      month = read_number (&p);
      if (month > 0 && skip_separator (&p))
        day = read_number (&p);
      if (month <= 0 || day < 0)
        return FALSE;
    }
  if (*p != '\0')
    return FALSE;

  *start = g_date_time_new (zone, year, MAX (month, 1), MAX (day, 1), 0, 0, 0);
  if (*start != NULL)
    *end = day > 0 ? g_date_time_add_days (*start, 1)
                   : month > 0 ? g_date_time_add_months (*start, 1) : g_date_time_add_years (*start, 1);
  return *start != NULL;
}

static GDateTime *
make_midnight (gint64     now,
               GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr(GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return here == NULL ? NULL : g_date_time_new (zone, g_date_time_get_year (here), g_date_time_get_month (here),
                                                g_date_time_get_day_of_month (here), 0, 0, 0);
}

/* "7d", "2w", "6m", "1y": since so long ago. */
static gboolean
read_ago (const char  *text,
          GDateTime   *today,
          GDateTime  **start)
{
  const char *p = text;
  int number = read_number (&p);

  if (number < 0 || p[0] == '\0' || p[1] != '\0')
    return FALSE;

  switch (g_ascii_tolower (*p))
    {
    case 'd':
      *start = g_date_time_add_days (today, -number);
      break;
    case 'w':
      *start = g_date_time_add_weeks (today, -number);
      break;
    case 'm':
      *start = g_date_time_add_months (today, -number);
      break;
    case 'y':
      *start = g_date_time_add_years (today, -number);
      break;
    default:
      return FALSE;
    }
  return *start != NULL;
}

static gboolean
is_word (const char *text,
         const char *english,
         const char *translated)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *other = g_utf8_casefold (translated, -1);

  return g_str_equal (folded, english) || g_str_equal (folded, other);
}

/**
 * bal_filter_date_parse:
 * @text: valid UTF-8: `2020`, `2020-05`, `2020-05-17`, `7d` (also `w`, `m`, `y`), `today` or `yesterday`
 * @now: the present time, seconds
 * @zone: where the person is
 * @start: (out): its first second
 * @end: (out): the first second behind it; %G_MAXINT64 for those that last until now
 *
 * Returns: %FALSE when it is none; @start and @end are untouched then
 */
gboolean
bal_filter_date_parse (const char *text,
                       gint64      now,
                       GTimeZone  *zone,
                       gint64     *start,
                       gint64     *end)
{
  g_autoptr(GDateTime) today = make_midnight (now, zone);
  g_autoptr(GDateTime) first = NULL;
  g_autoptr(GDateTime) behind = NULL;

  if (today == NULL)
    return FALSE;

  /* Translators: a day, as typed into a search: “after:today” */
  if (is_word (text, "today", C_("search", "today")))
    {
      first = g_date_time_ref (today);
      behind = g_date_time_add_days (today, 1);
    }
  /* Translators: a day, as typed into a search: “after:yesterday” */
  else if (is_word (text, "yesterday", C_("search", "yesterday")))
    {
      first = g_date_time_add_days (today, -1);
      behind = g_date_time_ref (today);
    }
  else if (!read_calendar (text, zone, &first, &behind) && !read_ago (text, today, &first))
    return FALSE;

  if (first == NULL)
    return FALSE;
  *start = g_date_time_to_unix (first);
  *end = behind != NULL ? g_date_time_to_unix (behind) : G_MAXINT64;
  return TRUE;
}
