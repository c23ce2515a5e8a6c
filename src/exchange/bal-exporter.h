/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-comment.h"
#include "bal-export-file.h"
#include "bal-media-table.h"
#include "bal-review.h"
#include "bal-store.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_EXPORT_FORMAT_WXR,
  BAL_EXPORT_FORMAT_ATOM,        /* as a backup of Blogger */
  BAL_EXPORT_FORMAT_MARKDOWN,    /* a folder: a file a review, with front matter, and the pictures */
  BAL_EXPORT_FORMAT_SITE,        /* a folder: pages that any browser reads */
  BAL_EXPORT_FORMAT_LETTERBOXD,  /* a folder: files of less than 1 MB */
  BAL_EXPORT_FORMAT_JSON,        /* everything */
  BAL_EXPORT_N_FORMATS
} BalExportFormat;

/* "wxr", "atom", "markdown", "html", "letterboxd", "json" */
const char *bal_export_format_to_nick   (BalExportFormat   format);
gboolean    bal_export_format_from_nick (const char       *nick,
                                         BalExportFormat  *format);
const char *bal_export_format_get_label (BalExportFormat   format);
gboolean    bal_export_format_is_folder (BalExportFormat   format);
/* "xml", "json"; NULL: it is a folder. */
const char *bal_export_format_get_suffix (BalExportFormat  format);

typedef struct _BalExportReport BalExportReport;

/**
 * BalExportReview:
 *
 * A review with all that belongs to it. Its comments are in the order of the thread, those that wait, are spam or in the
 * trash included: each format takes what it can hold and says in the report what it left out.
 */
typedef struct
{
  BalReview *review;
  GPtrArray *comments;           /* (element-type BalComment) */
  GPtrArray *media;              /* (element-type BalMedia): its pictures whose files are on this computer, each once */
} BalExportReview;

/**
 * BalExporter:
 *
 * A writer of one format. Its calls come from one thread: begin, then add for each review, the oldest first, then end. It
 * writes with bal_exporter_new_file() below its path, or to bal_exporter_get_file(); the caller moves that to where the person
 * wants it, brings it to the disk, and takes it away when something fails. What was written is counted in the report, and so is
 * what was not.
 */
#define BAL_TYPE_EXPORTER (bal_exporter_get_type ())
G_DECLARE_DERIVABLE_TYPE (BalExporter, bal_exporter, BAL, EXPORTER, GObject)

struct _BalExporterClass
{
  GObjectClass parent_class;

  /* (nullable) */
  gboolean (*begin) (BalExporter            *self,
                     GError                **error);
  gboolean (*add)   (BalExporter            *self,
                     const BalExportReview  *item,
                     GError                **error);
  /* (nullable): the rest. */
  gboolean (*end)   (BalExporter            *self,
                     GError                **error);
};

/**
 * bal_exporter_open:
 * @format: how
 * @path: where: nothing for a file, an empty folder for a folder
 * @blog: (transfer none): what
 * @transaction: (transfer none): the moment that is written out
 * @report: (transfer none): what is counted and noted; both stay as long as the exporter
 * @error: BAL_ERROR_STORAGE
 *
 * Returns: (transfer full): a writer that has begun
 */
BalExporter     *bal_exporter_open            (BalExportFormat          format,
                                               const char              *path,
                                               BalBlog                 *blog,
                                               BalTransaction          *transaction,
                                               BalExportReport         *report,
                                               GError                 **error);
gboolean         bal_exporter_add             (BalExporter             *self,
                                               const BalExportReview   *item,
                                               GError                 **error);
/* The rest is written, and the file closed. */
gboolean         bal_exporter_end             (BalExporter             *self,
                                               GError                 **error);

/* ---- for subclasses ---- */
BalBlog         *bal_exporter_get_blog        (BalExporter             *self);
BalTransaction  *bal_exporter_get_transaction (BalExporter             *self);
BalExportReport *bal_exporter_get_report      (BalExporter             *self);
/* (transfer none): of a format that is one file. Its errors are seen after each review and at the end: a subclass need not
 * look for them. */
BalExportFile   *bal_exporter_get_file        (BalExporter             *self);
/* (transfer full): a new file of a format that is a folder; folders in @name are made. */
BalExportFile   *bal_exporter_new_file        (BalExporter             *self,
                                               const char              *name,
                                               GError                 **error);
/* The same with the content of the file @source. */
gboolean         bal_exporter_copy_file       (BalExporter             *self,
                                               const char              *source,
                                               const char              *name,
                                               GError                 **error);
/* Notes what is not, or not quite, in the export; @kind is a BalExportNoteKind, @reason a sentence. */
gboolean         bal_exporter_note            (BalExporter             *self,
                                               guint                    kind,
                                               const char              *name,
                                               const char              *reason,
                                               GError                 **error);
gboolean         bal_exporter_note_review     (BalExporter             *self,
                                               guint                    kind,
                                               BalReview               *review,
                                               const char              *reason,
                                               GError                 **error);
gboolean         bal_exporter_note_comment    (BalExporter             *self,
                                               guint                    kind,
                                               BalComment              *comment,
                                               const char              *reason,
                                               GError                 **error);

G_END_DECLS
