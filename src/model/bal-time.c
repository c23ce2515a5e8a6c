/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-time.h"

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z */
#define FIRST_SECOND (G_GINT64_CONSTANT (-62135596800))
#define LAST_SECOND  (G_GINT64_CONSTANT (253402300799))

/**
 * bal_time_to_rfc3339:
 * @time: seconds since 1970 UTC; 0 means none
 *
 * Returns: (transfer full) (nullable): the time as `2019-05-30T18:04:00Z`, or %NULL for none and
 *   for times outside the years 1 to 9999
 */
char *
bal_time_to_rfc3339 (gint64 time)
{
  g_autoptr(GDateTime) date_time = NULL;

  if (time == 0)
    return NULL;

  date_time = g_date_time_new_from_unix_utc (time);
  if (date_time == NULL)
    return NULL;

  /* Not "%Y", which writes the year 33 with two digits. */
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ",
                          g_date_time_get_year (date_time),
                          g_date_time_get_month (date_time),
                          g_date_time_get_day_of_month (date_time),
                          g_date_time_get_hour (date_time),
                          g_date_time_get_minute (date_time),
                          g_date_time_get_second (date_time));
}

/**
 * bal_time_from_rfc3339:
 * @text: (nullable): a date and time as RFC 3339 writes it, with any offset; without an offset it
 *   is UTC, as in the `_gmt` members of WordPress
 * @time: (out) (optional): seconds since 1970 UTC; fractions of a second are cut off
 *
 * Returns: %FALSE when @text is no time; @time is untouched then
 */
gboolean
bal_time_from_rfc3339 (const char *text,
                       gint64     *time)
{
  g_autoptr(GTimeZone) utc = NULL;
  g_autoptr(GDateTime) date_time = NULL;
  g_autofree char *upper = NULL;
  gint64 seconds;

  if (text == NULL)
    return FALSE;

  upper = g_strstrip (g_ascii_strup (text, -1));    /* RFC 3339 allows "t" and "z" too */
  utc = g_time_zone_new_utc ();
  date_time = g_date_time_new_from_iso8601 (upper, utc);
  if (date_time == NULL)
    return FALSE;

  /* An offset may carry the last day of the last year beyond what can be written again. */
  seconds = g_date_time_to_unix (date_time);
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return FALSE;

  if (time != NULL)
    *time = seconds;
  return TRUE;
}

/**
 * bal_time_now:
 *
 * Returns: the present time in seconds since 1970 UTC
 */
gint64
bal_time_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}
