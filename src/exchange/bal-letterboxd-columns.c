/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-letterboxd-columns.h"

#include <string.h>

/* In any order, with others beside them. */
static const struct
{
  const char *name;              /* (nullable) */
  const char *other_name;        /* (nullable): in files that are made for Letterboxd */
} titles[BAL_LETTERBOXD_N_COLUMNS] = {
  [BAL_LETTERBOXD_DATE] = { "Date", NULL },
  [BAL_LETTERBOXD_NAME] = { "Name", "Title" },
  [BAL_LETTERBOXD_YEAR] = { "Year", "Year" },
  [BAL_LETTERBOXD_URI] = { "Letterboxd URI", "LetterboxdURI" },
  [BAL_LETTERBOXD_RATING] = { "Rating", "Rating" },
  [BAL_LETTERBOXD_RATING_10] = { NULL, "Rating10" },
  [BAL_LETTERBOXD_REWATCH] = { "Rewatch", "Rewatch" },
  [BAL_LETTERBOXD_REVIEW] = { "Review", "Review" },
  [BAL_LETTERBOXD_TAGS] = { "Tags", "Tags" },
  [BAL_LETTERBOXD_WATCHED_ON] = { "Watched Date", "WatchedDate" },
};

gboolean
bal_letterboxd_guess (const char *head)
{
  static const char *const own[] = { "LetterboxdURI", "tmdbID", "imdbID", "WatchedDate", "Rating10" };
  g_autofree char *line = g_strndup (head, strcspn (head, "\r\n"));
  g_auto(GStrv) cells = g_strsplit (line, ",", -1);
  const char *const *names = (const char *const *) cells;

  if (g_strv_contains (names, "Name") && g_strv_contains (names, "Letterboxd URI"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_strv_contains (names, "Title") && g_strv_contains (names, own[i]))
      return TRUE;
  return FALSE;
}

void
bal_letterboxd_columns_read (BalLetterboxdColumns *self,
                             GPtrArray            *row)
{
  self->n = row->len;
  for (guint i = 0; i < BAL_LETTERBOXD_N_COLUMNS; i++)
    {
      self->at[i] = -1;
      for (guint k = 0; k < row->len; k++)
        if (g_strcmp0 (row->pdata[k], titles[i].name) == 0 || g_strcmp0 (row->pdata[k], titles[i].other_name) == 0)
          self->at[i] = (int) k;
    }

  self->is_for_letterboxd = self->at[BAL_LETTERBOXD_NAME] >= 0 &&
                            g_str_equal (row->pdata[self->at[BAL_LETTERBOXD_NAME]], titles[BAL_LETTERBOXD_NAME].other_name);
}

BalLetterboxdFile
bal_letterboxd_columns_judge (const BalLetterboxdColumns *self)
{
  if (self->at[BAL_LETTERBOXD_REVIEW] >= 0)
    return BAL_LETTERBOXD_REVIEWS;
  if (self->at[BAL_LETTERBOXD_WATCHED_ON] >= 0)
    return BAL_LETTERBOXD_DIARY;
  return self->at[BAL_LETTERBOXD_RATING] >= 0 || self->at[BAL_LETTERBOXD_RATING_10] >= 0 ? BAL_LETTERBOXD_RATINGS
                                                                                       : BAL_LETTERBOXD_WATCHED;
}

const char *
bal_letterboxd_columns_get (const BalLetterboxdColumns *self,
                            GPtrArray                  *row,
                            BalLetterboxdColumn         column)
{
  int index = self->at[column];

  return index >= 0 && (guint) index < row->len ? g_ptr_array_index (row, index) : "";
}
