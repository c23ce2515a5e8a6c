/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-note.h"

#include "bal-person-acts.h"

/* What is typed is kept after so long a pause. */
#define PAUSE_MS 600

struct _BalPersonNote
{
  GtkTextView  parent_instance;

  BalStore    *store;         /* (nullable): until there is one to show */
  gint64       person_id;
  gboolean     showing;       /* what changes now is not the person's doing */
  guint        pause_id;      /* typed, and not kept yet */
};

G_DEFINE_FINAL_TYPE (BalPersonNote, bal_person_note, GTK_TYPE_TEXT_VIEW)

static char *
dup_note (BalPersonNote *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static gboolean
pause_cb (gpointer data)
{
  bal_person_note_keep (data);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BalPersonNote *self)
{
  if (self->showing || self->store == NULL)
    return;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static void
bal_person_note_dispose (GObject *object)
{
  BalPersonNote *self = BAL_PERSON_NOTE (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (bal_person_note_parent_class)->dispose (object);
}

static void
bal_person_note_class_init (BalPersonNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bal_person_note_dispose;
}

static void
bal_person_note_init (BalPersonNote *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));

  gtk_text_buffer_set_enable_undo (buffer, TRUE);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

void
bal_person_note_show (BalPersonNote *self,
                      BalStore      *store,
                      gint64         person_id,
                      const char    *note)
{
  GtkTextBuffer *buffer;
  g_autofree char *shown = NULL;

  g_return_if_fail (BAL_IS_PERSON_NOTE (self));
  g_return_if_fail (BAL_IS_STORE (store));

  g_set_object (&self->store, store);
  self->person_id = person_id;
  shown = dup_note (self);
  if (self->pause_id != 0 || g_strcmp0 (shown, note != NULL ? note : "") == 0)
    return;

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  self->showing = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, note != NULL ? note : "", -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  self->showing = FALSE;
}

void
bal_person_note_keep (BalPersonNote *self)
{
  g_autofree char *note = NULL;

  g_return_if_fail (BAL_IS_PERSON_NOTE (self));

  if (self->pause_id == 0)
    return;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  note = dup_note (self);
  bal_person_act_note (GTK_WIDGET (self), self->store, self->person_id, note);
}
