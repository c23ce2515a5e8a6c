/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-notes.h"

#include <string.h>

#include "bal-safe-text.h"

/* Of a name and a reason; both come from files, at least in part. */
#define NAME_CHARS 100
#define REASON_CHARS 400

struct _BalNotes
{
  GFileIOStream     *spool;      /* (nullable): with the first note */
  GDataOutputStream *out;
  guint              n;

  BalNoteKindName    to_nick;
  BalNoteKindName    get_label;
};

BalNotes *
bal_notes_new (BalNoteKindName to_nick,
               BalNoteKindName get_label)
{
  BalNotes *self = g_new0 (BalNotes, 1);

  self->to_nick = to_nick;
  self->get_label = get_label;
  return self;
}

void
bal_notes_free (BalNotes *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->out);
  g_clear_object (&self->spool);
  g_free (self);
}

static gboolean
open_spool (BalNotes  *self,
            GError   **error)
{
  g_autoptr(GFile) file = NULL;

  if (self->spool != NULL)
    return TRUE;

  file = g_file_new_tmp ("balcony-notes-XXXXXX", &self->spool, error);
  if (file == NULL)
    return FALSE;

  g_file_delete (file, NULL, NULL);
  self->out = g_data_output_stream_new (g_io_stream_get_output_stream (G_IO_STREAM (self->spool)));
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (self->out), FALSE);
  return TRUE;
}

/* A note is a line of three parts between tabs, none of which has one. */
gboolean
bal_notes_add (BalNotes    *self,
               guint        kind,
               const char  *name,
               const char  *reason,
               GError     **error)
{
  g_autofree char *safe_name = bal_safe_text_name (name != NULL ? name : "", NAME_CHARS);
  g_autofree char *safe_reason = bal_safe_text_name (reason, REASON_CHARS);
  g_autofree char *line = NULL;

  g_return_val_if_fail (kind <= 9, FALSE);

  if (!open_spool (self, error))
    return FALSE;

  line = g_strdup_printf ("%u\t%s\t%s\n", kind, g_strdelimit (safe_name, "\t\n", ' '),
                          g_strdelimit (safe_reason, "\t\n", ' '));
  if (!g_data_output_stream_put_string (self->out, line, NULL, error))
    return FALSE;

  self->n++;
  return TRUE;
}

guint
bal_notes_get_n (const BalNotes *self)
{
  return self->n;
}

const char *
bal_notes_get_nick (const BalNotes *self,
                    guint           kind)
{
  return self->to_nick (kind);
}

const char *
bal_notes_get_label (const BalNotes *self,
                     guint           kind)
{
  return self->get_label (kind);
}

gboolean
bal_notes_foreach (BalNotes     *self,
                   guint         most,
                   BalNoteFunc   func,
                   gpointer      data,
                   GError      **error)
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

      func ((guint) (parts[0][0] - '0'), parts[1], parts[2], data);
      g_free (line);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return g_seekable_seek (G_SEEKABLE (self->spool), 0, G_SEEK_END, NULL, error);
}

typedef struct
{
  BalNotes      *notes;
  GOutputStream *out;
} Saving;

static void
save_note (guint       kind,
           const char *name,
           const char *reason,
           gpointer    data)
{
  Saving *saving = data;
  g_autofree char *line = g_strdup_printf ("%s: %s: %s\n", bal_notes_get_label (saving->notes, kind), name, reason);

  /* An error stays with the stream until it is closed. */
  g_output_stream_write_all (saving->out, line, strlen (line), NULL, NULL, NULL);
}

gboolean
bal_notes_save (BalNotes    *self,
                GFile       *file,
                const char  *summary,
                GError     **error)
{
  g_autoptr(GFileOutputStream) base = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  g_autoptr(GOutputStream) out = NULL;
  Saving saving = { .notes = self };

  if (base == NULL)
    return FALSE;

  saving.out = out = g_buffered_output_stream_new (G_OUTPUT_STREAM (base));
  return g_output_stream_write_all (out, summary, strlen (summary), NULL, NULL, error) &&
         g_output_stream_write_all (out, "\n", 1, NULL, NULL, error) &&
         bal_notes_foreach (self, 0, save_note, &saving, error) &&
         g_output_stream_close (out, NULL, error);
}
