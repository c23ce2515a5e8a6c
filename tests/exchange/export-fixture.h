/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-export.h"
#include "import-fixture.h"

/* What the tests of exports share: made-up blogs, and a description of all that is in one. */

/**
 * ExportHolds:
 *
 * What a format can hold of a blog; the rest is not compared.
 */
typedef enum
{
  EXPORT_HOLDS_STATUS      = 1 << 0,   /* private and scheduled; without: they are drafts */
  EXPORT_HOLDS_TRASH       = 1 << 1,
  EXPORT_HOLDS_CATEGORIES  = 1 << 2,   /* without: they are labels */
  EXPORT_HOLDS_PICTURES    = 1 << 3,   /* their bytes */
  EXPORT_HOLDS_ALL_COMMENTS = 1 << 4,  /* without: those that readers see */
  EXPORT_HOLDS_IP          = 1 << 5,
  EXPORT_HOLDS_AGENT       = 1 << 6,
  EXPORT_HOLDS_MINE        = 1 << 7,   /* under what name and address the blogger wrote */
  EXPORT_HOLDS_REST        = 1 << 8,   /* history, drafts of replies, what needs no answer, persons, saved replies, searches */
  EXPORT_HOLDS_EVERYTHING  = ~0,
} ExportHolds;

typedef struct
{
  const char      *name;
  BalExportFormat  format;
  ExportHolds      holds;
  /* What becomes of a text and of a comment's; (nullable): it stays. (transfer full) */
  char          *(*text)    (const char *text);
  char          *(*comment) (const char *html);
} ExportCase;

/* Fills the fixture's "Home" with @n_reviews made from @seed. (transfer full): the blog */
BalBlog    *export_make_blog  (Fixture          *fixture,
                               guint32           seed,
                               guint             n_reviews);
/* (transfer full): all that is in @blog and that the format can hold, a line each. */
char       *export_describe   (Fixture          *fixture,
                               BalBlog          *blog,
                               const ExportCase *held);
/* (transfer full): what was written to; must succeed. */
char       *export_write      (Fixture          *fixture,
                               BalBlog          *blog,
                               BalExportFormat   format,
                               const char       *name,
                               BalExportReport **report);
