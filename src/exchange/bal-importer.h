/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"
#include "bal-import-item.h"
#include "bal-import-source.h"
#include "bal-review-format.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_IMPORT_FORMAT_AUTO,        /* by looking at the content */
  BAL_IMPORT_FORMAT_WXR,
  BAL_IMPORT_FORMAT_BLOGGER,     /* backup or Takeout */
  BAL_IMPORT_FORMAT_LETTERBOXD,
  BAL_IMPORT_FORMAT_JSON,        /* Balcony's own */
  BAL_IMPORT_FORMAT_MARKDOWN,
  BAL_IMPORT_FORMAT_HTML,
  BAL_IMPORT_FORMAT_TEXT,
} BalImportFormat;

/* "wxr", "blogger", "letterboxd", "json", "markdown", "html", "text" */
const char *bal_import_format_to_nick   (BalImportFormat   format);
gboolean    bal_import_format_from_nick (const char       *nick,
                                         BalImportFormat  *format);
const char *bal_import_format_get_label (BalImportFormat   format);
/* Looks at the beginning of a file; @name decides only between texts. AUTO: it is none of them. */
BalImportFormat bal_import_format_guess (const char       *head,
                                         gsize             length,
                                         const char       *name);

/* How the blog writes that it all goes into. */
typedef struct
{
  BalReviewFormat *format;
  BalDialect       dialect;
  char            *author;       /* (nullable) */
  char            *site;         /* (nullable): what its own exports say where they are from: address or name */
  gboolean         categories;   /* FALSE: it knows labels only */
  gboolean         is_whole;     /* it goes into a blog that is made anew of Balcony's own file: all is as it stands there */
  char            *pictures_of;  /* (nullable): the site whose featured images it can show by their numbers */
} BalImportTarget;

/**
 * BalImporter:
 *
 * A reader of one format: hands out what a file, a folder or an archive holds, one item after the other, in memory that does
 * not grow with it. A subclass reads on in its @fill until something is pushed.
 */
#define BAL_TYPE_IMPORTER (bal_importer_get_type ())
G_DECLARE_DERIVABLE_TYPE (BalImporter, bal_importer, BAL, IMPORTER, GObject)

struct _BalImporterClass
{
  GObjectClass parent_class;

  /* Reads some more. FALSE at the end, and with @error when nothing more can be read. */
  gboolean (*fill) (BalImporter  *self,
                    GError      **error);
};

/**
 * bal_importer_open:
 * @path: a file, a folder or a ZIP archive
 * @format: what it is, or %BAL_IMPORT_FORMAT_AUTO
 * @target: (transfer none): where it goes; stays as long as the importer
 * @error: BAL_ERROR_INVALID: nothing that can be imported
 *
 * Returns: (transfer full): a reader at the beginning
 */
BalImporter     *bal_importer_open         (const char             *path,
                                            BalImportFormat         format,
                                            const BalImportTarget  *target,
                                            GError                **error);
/* (transfer full) (nullable): NULL without @error: that was all. */
BalImportItem   *bal_importer_next         (BalImporter            *self,
                                            GCancellable           *cancellable,
                                            GError                **error);
BalImportFormat  bal_importer_get_format   (BalImporter            *self);
/* How much of the file was read: 0…1. */
double           bal_importer_get_fraction (BalImporter            *self);

/* ---- for subclasses ---- */
void                   bal_importer_push          (BalImporter       *self,
                                                   BalImportItem     *item);
void                   bal_importer_push_note     (BalImporter       *self,
                                                   BalImportItemKind  kind,
                                                   const char        *name,
                                                   const char        *reason);
BalImportSource       *bal_importer_get_source    (BalImporter       *self);
const BalImportTarget *bal_importer_get_target    (BalImporter       *self);

G_END_DECLS
