/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bal-importer.h"
#include "bal-notes.h"

G_BEGIN_DECLS

/**
 * BalImportNoteKind:
 * @BAL_IMPORT_NOTE_SKIPPED: something did not come in
 * @BAL_IMPORT_NOTE_REPAIRED: something came in a little different
 * @BAL_IMPORT_NOTE_KEPT: it was here before, and the file has another version of it
 */
typedef enum
{
  BAL_IMPORT_NOTE_SKIPPED,
  BAL_IMPORT_NOTE_REPAIRED,
  BAL_IMPORT_NOTE_KEPT,
} BalImportNoteKind;

typedef struct
{
  guint n_new;                   /* came in, or will */
  guint n_there;                 /* were here before */
} BalImportCount;

/**
 * BalImportReport:
 *
 * What an import did, or would do.
 */
typedef struct
{
  BalImportFormat format;
  BalImportCount  reviews;
  BalImportCount  comments;
  guint           n_extras;      /* persons, saved replies and searches that came in, or will */
  guint           n_skipped;
  guint           n_repaired;
  guint           n_kept;
  gint64          run_id;        /* by which it can be taken back; 0: nothing came in */
  gint64          first_review;  /* our id of the first that came in; 0: none did */
  gboolean        is_preview;
  gboolean        was_stopped;   /* what is counted is in; importing again goes on */
  BalNotes       *notes;         /* owned: what it says about single things, by kind */
} BalImportReport;

BalImportReport *bal_import_report_new      (void);
void             bal_import_report_free     (BalImportReport    *self);
gboolean         bal_import_report_add      (BalImportReport    *self,
                                             BalImportNoteKind   kind,
                                             const char         *name,
                                             const char         *reason,
                                             GError            **error);
/* (transfer full): what it comes to, in a few lines for people. */
char            *bal_import_report_summarize (BalImportReport   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalImportReport, bal_import_report_free)

G_END_DECLS
