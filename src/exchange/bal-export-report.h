/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bal-exporter.h"
#include "bal-notes.h"

G_BEGIN_DECLS

/**
 * BalExportNoteKind:
 * @BAL_EXPORT_NOTE_LEFT_OUT: the format can't hold it, or it was not to be had
 * @BAL_EXPORT_NOTE_CHANGED: it is in the export a little different
 */
typedef enum
{
  BAL_EXPORT_NOTE_LEFT_OUT,
  BAL_EXPORT_NOTE_CHANGED,
} BalExportNoteKind;

/**
 * BalExportReport:
 *
 * What an export wrote, and what it did not.
 */
struct _BalExportReport
{
  BalExportFormat format;
  guint           n_reviews;
  guint           n_comments;
  guint           n_pictures;
  guint           n_left_out;
  guint           n_changed;
  BalNotes       *notes;         /* owned: what it says about single things, by kind */
};

BalExportReport *bal_export_report_new       (BalExportFormat     format);
void             bal_export_report_free      (BalExportReport    *self);
gboolean         bal_export_report_add       (BalExportReport    *self,
                                              BalExportNoteKind   kind,
                                              const char         *name,
                                              const char         *reason,
                                              GError            **error);
/* (transfer full): what it comes to, in a few lines for people. */
char            *bal_export_report_summarize (BalExportReport    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalExportReport, bal_export_report_free)

G_END_DECLS
