/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the files of Letterboxd have in which column: those that it writes, and those that are made for it. */

/* reviews.csv tells all that diary.csv tells of the same viewing, both more than ratings.csv and watched.csv. They are read in
 * this order, each row that an earlier file told better being left out, so that nothing but hashes is kept. */
typedef enum
{
  BAL_LETTERBOXD_RATINGS_FIRST,  /* a film may be rated without any viewing being */
  BAL_LETTERBOXD_REVIEWS,
  BAL_LETTERBOXD_DIARY,
  BAL_LETTERBOXD_RATINGS,
  BAL_LETTERBOXD_WATCHED,
  BAL_LETTERBOXD_N_FILES,
} BalLetterboxdFile;

typedef enum
{
  BAL_LETTERBOXD_DATE,
  BAL_LETTERBOXD_NAME,
  BAL_LETTERBOXD_YEAR,
  BAL_LETTERBOXD_URI,
  BAL_LETTERBOXD_RATING,
  BAL_LETTERBOXD_RATING_10,
  BAL_LETTERBOXD_REWATCH,
  BAL_LETTERBOXD_REVIEW,
  BAL_LETTERBOXD_TAGS,
  BAL_LETTERBOXD_WATCHED_ON,
  BAL_LETTERBOXD_N_COLUMNS,
} BalLetterboxdColumn;

typedef struct
{
  int      at[BAL_LETTERBOXD_N_COLUMNS];   /* -1: the file has none such */
  guint    n;
  gboolean is_for_letterboxd;              /* there a backslash stands before a quotation mark in a text */
} BalLetterboxdColumns;

/* Whether a file that begins so is one of these. */
gboolean          bal_letterboxd_guess         (const char                 *head);
/* @row: (element-type utf8): the first one. */
void              bal_letterboxd_columns_read  (BalLetterboxdColumns       *self,
                                                GPtrArray                  *row);
/* What a file tells is known by its columns, so that it may have any name. */
BalLetterboxdFile bal_letterboxd_columns_judge (const BalLetterboxdColumns *self);
/* "" where the row is shorter. */
const char       *bal_letterboxd_columns_get   (const BalLetterboxdColumns *self,
                                                GPtrArray                  *row,
                                                BalLetterboxdColumn         column);

G_END_DECLS
