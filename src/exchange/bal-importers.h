/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-import-filter.h"
#include "bal-import-xml.h"
#include "bal-importer.h"

G_BEGIN_DECLS

/* Private to the importers: the formats, and what they share. */

#define BAL_TYPE_FEED_IMPORTER (bal_feed_importer_get_type ())
G_DECLARE_FINAL_TYPE (BalFeedImporter, bal_feed_importer, BAL, FEED_IMPORTER, BalImporter)
#define BAL_TYPE_LETTERBOXD_IMPORTER (bal_letterboxd_importer_get_type ())
G_DECLARE_FINAL_TYPE (BalLetterboxdImporter, bal_letterboxd_importer, BAL, LETTERBOXD_IMPORTER, BalImporter)
#define BAL_TYPE_PAGE_IMPORTER (bal_page_importer_get_type ())
G_DECLARE_FINAL_TYPE (BalPageImporter, bal_page_importer, BAL, PAGE_IMPORTER, BalImporter)

#define BAL_TYPE_JSON_IMPORTER (bal_json_importer_get_type ())
G_DECLARE_FINAL_TYPE (BalJsonImporter, bal_json_importer, BAL, JSON_IMPORTER, BalImporter)

gboolean bal_json_guess                 (const char *head);

/* What a feed's records are read by. */
typedef struct
{
  BalImportXmlHandler xml;
  gpointer          (*open)  (BalImporter *importer);
  void              (*close) (gpointer     data);
} BalFeedReader;

const BalFeedReader *bal_wxr_get_reader  (void);
const BalFeedReader *bal_atom_get_reader (void);

/* Seconds since 1970 UTC, 0: none, or one that can't be. "2012-01-05 14:30:46", with T, zone or fraction, or only the day. */
gint64   bal_import_time                (const char *text);
/* "Thu, 05 Jan 2012 14:30:46 +0000" */
gint64   bal_import_time_rfc822         (const char *text);
/* (transfer full) (nullable): the last part of an address's path, without ".html". */
char    *bal_import_slug                (const char *address);
/* (transfer full): comments keep their line breaks where their program shows newlines as such. */
char    *bal_import_comment_html        (const char *text);
/* @labels and @categories: (element-type utf8); where the blog has labels only, all become labels. */
void     bal_import_set_labels          (BalReview             *review,
                                         const BalImportTarget *target,
                                         GPtrArray             *labels,
                                         GPtrArray             *categories);
/* Empty text is none. */
gboolean bal_import_is_set              (const char *text);

G_END_DECLS
