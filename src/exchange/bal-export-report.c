/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-report.h"

#include <glib/gi18n.h>

static const char *
note_kind_to_nick (guint kind)
{
  return kind == BAL_EXPORT_NOTE_LEFT_OUT ? "left-out" : "changed";
}

static const char *
note_kind_get_label (guint kind)
{
  /* Translators: of an export: this thing is not in it, or not quite as it is here */
  return kind == BAL_EXPORT_NOTE_LEFT_OUT ? _("Left out") : C_("export", "Changed");
}

BalExportReport *
bal_export_report_new (BalExportFormat format)
{
  BalExportReport *self = g_new0 (BalExportReport, 1);

  self->format = format;
  self->notes = bal_notes_new (note_kind_to_nick, note_kind_get_label);
  return self;
}

void
bal_export_report_free (BalExportReport *self)
{
  if (self == NULL)
    return;

  bal_notes_free (self->notes);
  g_free (self);
}

gboolean
bal_export_report_add (BalExportReport    *self,
                       BalExportNoteKind   kind,
                       const char         *name,
                       const char         *reason,
                       GError            **error)
{
  self->n_left_out += kind == BAL_EXPORT_NOTE_LEFT_OUT;
  self->n_changed += kind == BAL_EXPORT_NOTE_CHANGED;
  return bal_notes_add (self->notes, kind, name, reason, error);
}

char *
bal_export_report_summarize (BalExportReport *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u review was written\n", "%u reviews were written\n", self->n_reviews),
                          self->n_reviews);
  if (self->n_comments > 0)
    g_string_append_printf (text, ngettext ("%u comment was written\n", "%u comments were written\n", self->n_comments),
                            self->n_comments);
  if (self->n_pictures > 0)
    g_string_append_printf (text, ngettext ("%u picture was written\n", "%u pictures were written\n", self->n_pictures),
                            self->n_pictures);
  if (self->n_left_out > 0)
    g_string_append_printf (text, ngettext ("%u thing is left out\n", "%u things are left out\n", self->n_left_out),
                            self->n_left_out);
  if (self->n_changed > 0)
    g_string_append_printf (text, ngettext ("%u thing is a little different there\n",
                                            "%u things are a little different there\n", self->n_changed),
                            self->n_changed);
  return g_string_free (text, FALSE);
}
