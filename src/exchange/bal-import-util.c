/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importers.h"

#include <stdio.h>
#include <string.h>

#include "bal-time.h"

gboolean
bal_import_is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

gint64
bal_import_time (const char *text)
{
  g_autofree char *compact = NULL;
  gsize length;
  gint64 time;

  /* WordPress writes no date as zeros. */
  if (!bal_import_is_set (text) || g_str_has_prefix (text, "0000"))
    return 0;

  /* A day without a time is its noon, so that it is the same day everywhere. */
  compact = g_strstrip (g_strdup (text));
  length = strlen (compact);
  if (length == 10)
    {
      char *noon = g_strconcat (compact, "T12:00:00Z", NULL);

      g_free (compact);
      compact = noon;
    }
  /* "2019-05-30 18:04:00 +0200", as people write in front matter */
  else if (length > 20 && compact[length - 6] == ' ' && strchr ("+-", compact[length - 5]) != NULL)
    memmove (compact + length - 6, compact + length - 5, 6);
  return bal_time_from_rfc3339 (compact, &time) ? time : 0;
}

gint64
bal_import_time_rfc822 (const char *text)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", NULL };
  g_autofree char *iso = NULL;
  const char *comma = text != NULL ? strchr (text, ',') : NULL;
  char month[4] = "", zone[6] = "";
  int day, year, hour, minute, second;
  guint i = 0;

  if (text == NULL ||
      sscanf (comma != NULL ? comma + 1 : text, "%d %3s %d %d:%d:%d %5s", &day, month, &year, &hour, &minute,
              &second, zone) != 7)
    return 0;

  while (months[i] != NULL && g_ascii_strcasecmp (months[i], month) != 0)
    i++;
  if (months[i] == NULL || year < 1000 || year > 9999 || day < 0 || hour < 0 || minute < 0 || second < 0 ||
      day > 31 || hour > 24 || minute > 60 || second > 60)
    return 0;

  iso = g_strdup_printf ("%04d-%02u-%02dT%02d:%02d:%02d%s", year, i + 1, day, hour, minute, second,
                         zone[0] == '+' || zone[0] == '-' ? zone : "Z");
  return bal_import_time (iso);
}

char *
bal_import_slug (const char *address)
{
  g_autofree char *path = g_strndup (address != NULL ? address : "", address != NULL ? strcspn (address, "?#") : 0);
  char *slash, *dot;

  if (strstr (path, "://") != NULL)
    memmove (path, strstr (path, "://") + 3, strlen (strstr (path, "://") + 3) + 1);
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';

  slash = strrchr (path, '/');
  if (slash == NULL || slash[1] == '\0')
    return NULL;
  dot = strrchr (slash, '.');
  if (dot != NULL && (g_str_equal (dot, ".html") || g_str_equal (dot, ".htm")))
    *dot = '\0';
  return slash[1] != '\0' ? g_strdup (slash + 1) : NULL;
}

char *
bal_import_comment_html (const char *text)
{
  GString *html;

  if (text == NULL || strstr (text, "<p") != NULL || strstr (text, "<br") != NULL || strpbrk (text, "\r\n") == NULL)
    return g_strdup (text);

  html = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append (html, "<br />\n");
      else if (*p != '\r')
        g_string_append_c (html, *p);
    }
  return g_string_free (html, FALSE);
}

static void
add_names (GPtrArray *to,
           GPtrArray *names)
{
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (!g_ptr_array_find_with_equal_func (to, g_ptr_array_index (names, i), g_str_equal, NULL))
      g_ptr_array_add (to, g_ptr_array_index (names, i));
}

void
bal_import_set_labels (BalReview             *review,
                       const BalImportTarget *target,
                       GPtrArray             *labels,
                       GPtrArray             *categories)
{
  g_autoptr(GPtrArray) first = g_ptr_array_new ();
  g_autoptr(GPtrArray) second = g_ptr_array_new ();

  add_names (first, labels);
  add_names (target->categories ? second : first, categories);
  g_ptr_array_add (first, NULL);
  g_ptr_array_add (second, NULL);
  bal_review_set_labels (review, (const char *const *) first->pdata);
  bal_review_set_categories (review, (const char *const *) second->pdata);
}
