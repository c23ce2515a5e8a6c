/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-report.h"

#include <glib/gi18n.h>

static const char *
note_kind_to_nick (guint kind)
{
  return kind == BAL_IMPORT_NOTE_SKIPPED ? "skipped" : kind == BAL_IMPORT_NOTE_REPAIRED ? "repaired" : "kept";
}

static const char *
note_kind_get_label (guint kind)
{
  switch (kind)
    {
    case BAL_IMPORT_NOTE_SKIPPED:
      return _("Left out");
    case BAL_IMPORT_NOTE_REPAIRED:
      return _("Repaired");
    case BAL_IMPORT_NOTE_KEPT:
    default:
      return _("Kept as it is here");
    }
}

BalImportReport *
bal_import_report_new (void)
{
  BalImportReport *self = g_new0 (BalImportReport, 1);

  self->notes = bal_notes_new (note_kind_to_nick, note_kind_get_label);
  return self;
}

void
bal_import_report_free (BalImportReport *self)
{
  if (self == NULL)
    return;

  bal_notes_free (self->notes);
  g_free (self);
}

gboolean
bal_import_report_add (BalImportReport    *self,
                       BalImportNoteKind   kind,
                       const char         *name,
                       const char         *reason,
                       GError            **error)
{
  self->n_skipped += kind == BAL_IMPORT_NOTE_SKIPPED;
  self->n_repaired += kind == BAL_IMPORT_NOTE_REPAIRED;
  self->n_kept += kind == BAL_IMPORT_NOTE_KEPT;
  return bal_notes_add (self->notes, kind, name, reason, error);
}

static void
add_reviews (GString               *text,
             const BalImportReport *self)
{
  guint n_new = self->reviews.n_new, n_there = self->reviews.n_there;

  if (self->is_preview)
    g_string_append_printf (text, ngettext ("%u review is new", "%u reviews are new", n_new), n_new);
  else
    g_string_append_printf (text, ngettext ("%u review came in", "%u reviews came in", n_new), n_new);
  g_string_append_c (text, '\n');
  if (n_there > 0)
    g_string_append_printf (text, ngettext ("%u review is here already\n", "%u reviews are here already\n", n_there),
                            n_there);
}

static void
add_comments (GString               *text,
              const BalImportReport *self)
{
  guint n_new = self->comments.n_new, n_there = self->comments.n_there;

  if (n_new > 0 && self->is_preview)
    g_string_append_printf (text, ngettext ("%u comment is new\n", "%u comments are new\n", n_new), n_new);
  else if (n_new > 0)
    g_string_append_printf (text, ngettext ("%u comment came in\n", "%u comments came in\n", n_new), n_new);
  if (n_there > 0)
    g_string_append_printf (text, ngettext ("%u comment is here already\n", "%u comments are here already\n", n_there),
                            n_there);
}

static void
add_extras (GString               *text,
            const BalImportReport *self)
{
  guint n = self->n_extras;

  if (n > 0 && self->is_preview)
    g_string_append_printf (text, ngettext ("%u saved reply, search or decision about a commenter is new\n",
                                            "%u saved replies, searches and decisions about commenters are new\n", n), n);
  else if (n > 0)
    g_string_append_printf (text, ngettext ("%u saved reply, search or decision about a commenter came in\n",
                                            "%u saved replies, searches and decisions about commenters came in\n", n), n);
}

char *
bal_import_report_summarize (BalImportReport *self)
{
  GString *text = g_string_new (NULL);

  add_reviews (text, self);
  add_comments (text, self);
  add_extras (text, self);
  if (self->n_skipped > 0)
    g_string_append_printf (text, ngettext ("%u item is left out\n", "%u items are left out\n", self->n_skipped),
                            self->n_skipped);
  if (self->n_kept > 0)
    g_string_append_printf (text, ngettext ("%u item is another in the file and stays as it is here\n",
                                            "%u items are others in the file and stay as they are here\n",
                                            self->n_kept), self->n_kept);
  if (self->n_repaired > 0)
    g_string_append_printf (text, ngettext ("%u thing was repaired or changed\n", "%u things were repaired or changed\n",
                                            self->n_repaired), self->n_repaired);
  if (self->was_stopped)
    g_string_append_printf (text, "%s\n", _("Stopped: what is counted here is in. Importing again goes on."));
  return g_string_free (text, FALSE);
}
