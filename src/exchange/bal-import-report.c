/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-report.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-safe-text.h"

/* Of a name and a reason; both come from files, at least in part. */
#define NAME_CHARS 100
#define REASON_CHARS 400

BalImportReport *
bal_import_report_new (void)
{
  return g_new0 (BalImportReport, 1);
}

void
bal_import_report_free (BalImportReport *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->out);
  g_clear_object (&self->spool);
  g_free (self);
}

static gboolean
open_spool (BalImportReport  *self,
            GError          **error)
{
  g_autoptr(GFile) file = NULL;

  if (self->spool != NULL)
    return TRUE;

  file = g_file_new_tmp ("balcony-import-XXXXXX", &self->spool, error);
  if (file == NULL)
    return FALSE;

  g_file_delete (file, NULL, NULL);
  self->out = g_data_output_stream_new (g_io_stream_get_output_stream (G_IO_STREAM (self->spool)));
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (self->out), FALSE);
  return TRUE;
}

/* A note is a line of three parts between tabs, none of which has one. */
gboolean
bal_import_report_add (BalImportReport    *self,
                       BalImportNoteKind   kind,
                       const char         *name,
                       const char         *reason,
                       GError            **error)
{
  g_autofree char *safe_name = bal_safe_text_name (name != NULL ? name : "", NAME_CHARS);
  g_autofree char *safe_reason = bal_safe_text_name (reason, REASON_CHARS);
  g_autofree char *line = NULL;

  if (!open_spool (self, error))
    return FALSE;

  self->n_skipped += kind == BAL_IMPORT_NOTE_SKIPPED;
  self->n_repaired += kind == BAL_IMPORT_NOTE_REPAIRED;
  self->n_kept += kind == BAL_IMPORT_NOTE_KEPT;
  line = g_strdup_printf ("%d\t%s\t%s\n", (int) kind, g_strdelimit (safe_name, "\t\n", ' '),
                          g_strdelimit (safe_reason, "\t\n", ' '));
  return g_data_output_stream_put_string (self->out, line, NULL, error);
}

gboolean
bal_import_report_foreach (BalImportReport    *self,
                           guint               most,
                           BalImportNoteFunc   func,
                           gpointer            data,
                           GError            **error)
{
  g_autoptr(GDataInputStream) in = NULL;
  g_autoptr(GError) local_error = NULL;
  char *line;
  guint n = 0;

  if (self->spool == NULL)
    return TRUE;
  if (!g_output_stream_flush (G_OUTPUT_STREAM (self->out), NULL, error) ||
      !g_seekable_seek (G_SEEKABLE (self->spool), 0, G_SEEK_SET, NULL, error))
    return FALSE;

  in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (self->spool)));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (in), FALSE);
  while ((most == 0 || n++ < most) && (line = g_data_input_stream_read_line (in, NULL, NULL, &local_error)) != NULL)
    {
      g_auto(GStrv) parts = g_strsplit (line, "\t", 3);

      func ((BalImportNoteKind) (parts[0][0] - '0'), parts[1], parts[2], data);
      g_free (line);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return g_seekable_seek (G_SEEKABLE (self->spool), 0, G_SEEK_END, NULL, error);
}

guint
bal_import_report_get_n_notes (BalImportReport *self)
{
  return self->n_skipped + self->n_repaired + self->n_kept;
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

char *
bal_import_report_summarize (BalImportReport *self)
{
  GString *text = g_string_new (NULL);

  add_reviews (text, self);
  add_comments (text, self);
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

static void
save_note (BalImportNoteKind  kind,
           const char        *name,
           const char        *reason,
           gpointer           data)
{
  g_autofree char *line = g_strdup_printf ("%s: %s: %s\n", bal_import_note_kind_get_label (kind), name, reason);

  /* An error stays with the stream until it is closed. */
  g_output_stream_write_all (data, line, strlen (line), NULL, NULL, NULL);
}

gboolean
bal_import_report_save (BalImportReport  *self,
                        GFile            *file,
                        GError          **error)
{
  g_autoptr(GFileOutputStream) base = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  g_autoptr(GOutputStream) out = NULL;
  g_autofree char *summary = bal_import_report_summarize (self);

  if (base == NULL)
    return FALSE;

  out = g_buffered_output_stream_new (G_OUTPUT_STREAM (base));
  return g_output_stream_write_all (out, summary, strlen (summary), NULL, NULL, error) &&
         g_output_stream_write_all (out, "\n", 1, NULL, NULL, error) &&
         bal_import_report_foreach (self, 0, save_note, out, error) &&
         g_output_stream_close (out, NULL, error);
}

const char *
bal_import_note_kind_to_nick (BalImportNoteKind kind)
{
  return kind == BAL_IMPORT_NOTE_SKIPPED ? "skipped" : kind == BAL_IMPORT_NOTE_REPAIRED ? "repaired" : "kept";
}

const char *
bal_import_note_kind_get_label (BalImportNoteKind kind)
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
