/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-format-private.h"

#include "bal-text.h"

#include <string.h>

#define SEPARATOR       ": "
#define LONGEST_SERIES  60    /* characters */
#define FIRST_YEAR      1880
#define LAST_YEAR       2100
#define YEAR_LENGTH     7     /* " (2018)" */

static gboolean
is_trimmed (const char *start,
            const char *end)
{
  return bal_text_trim (start, end).length == (gsize) (end - start);
}

/* The year of " (2018)" at the end of @start, which has something else before it; 0 for none. */
static int
read_year (const char *start,
           const char *end)
{
  const char *tail = end - YEAR_LENGTH;
  int year = 0;

  if (end - start <= YEAR_LENGTH || tail[0] != ' ' || tail[1] != '(' || end[-1] != ')')
    return 0;

  for (guint i = 2; i < 6; i++)
    {
      if (!g_ascii_isdigit (tail[i]))
        return 0;
      year = year * 10 + g_ascii_digit_value (tail[i]);
    }
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* Where the series ends; NULL for a title without one. */
static const char *
find_separator (const char *title)
{
  const char *end = title + strlen (title);
  const char *found = NULL;

  /* The first colon that a space of any kind follows: behind one with a no-break space there is no
   * second try, or the series would be in the middle. */
  for (const char *p = strchr (title, ':'); p != NULL && found == NULL; p = strchr (p + 1, ':'))
    {
      if (p[1] != '\0' && bal_text_is_space (g_utf8_get_char (p + 1)))
        found = p;
    }

  if (found == NULL || found == title || found[1] != ' ' ||
      !is_trimmed (title, found) || !is_trimmed (found + strlen (SEPARATOR), end) ||
      found + strlen (SEPARATOR) == end || g_utf8_strlen (title, found - title) > LONGEST_SERIES)
    return NULL;

  return found;
}

static void
split (const char      *title,
       gboolean         with_series,
       gboolean         with_year,
       BalReviewFields *fields)
{
  const char *separator = with_series ? find_separator (title) : NULL;
  const char *film = separator != NULL ? separator + strlen (SEPARATOR) : title;
  const char *end = film + strlen (film);

  g_clear_pointer (&fields->series, g_free);
  g_clear_pointer (&fields->film, g_free);
  fields->film_year = with_year ? read_year (film, end) : 0;
  if (fields->film_year != 0)
    end -= YEAR_LENGTH;

  if (separator != NULL)
    fields->series = g_strndup (title, separator - title);
  if (end > film)
    fields->film = g_strndup (film, end - film);
}

/**
 * bal_review_format_split_title:
 * @self: a format
 * @title: (nullable): the title of a post, valid UTF-8
 * @fields: (inout): where to put series, film and year
 *
 * "Indie Gems: The Perfection (2018)" is the series "Indie Gems", the film "The Perfection" and the
 * year 2018. The series is what stands before the first colon that a space follows, 60 characters
 * at most; a year is between 1880 and 2100.
 *
 * Where [method@ReviewFormat.join_title] would not give exactly @title again (spaces in odd places,
 * "A: A: B"), the title is not split that far.
 */
void
bal_review_format_split_title (BalReviewFormat *self,
                               const char      *title,
                               BalReviewFields *fields)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (fields != NULL);

  if (title == NULL)
    title = "";

  for (int attempt = 0; attempt < 4; attempt++)
    {
      g_autofree char *joined = NULL;

      split (title, attempt < 2, attempt % 2 == 0, fields);
      joined = bal_review_format_join_title (self, fields);
      if (strcmp (joined, title) == 0)
        return;
    }
}

/**
 * bal_review_format_join_title:
 * @self: a format
 * @fields: series, film and year
 *
 * The inverse of [method@ReviewFormat.split_title]. A film that already begins with the series and
 * a colon does not get it twice.
 *
 * Returns: (transfer full): the title; "" when all three are missing
 */
char *
bal_review_format_join_title (BalReviewFormat       *self,
                              const BalReviewFields *fields)
{
  const char *film;
  GString *title;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  film = fields->film != NULL ? fields->film : "";
  title = g_string_new (NULL);
  if (fields->series != NULL && *fields->series != '\0')
    {
      g_string_append (title, fields->series);
      if (*film != '\0')
        g_string_append (title, SEPARATOR);
      if (g_str_has_prefix (film, title->str))
        g_string_truncate (title, 0);
    }
  g_string_append (title, film);
  if (fields->film_year != 0)
    g_string_append_printf (title, " (%d)", fields->film_year);
  return g_string_free (title, FALSE);
}
