/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include <glib/gi18n.h>

#include "bal-words.h"

#define STATUS_MS 250
#define TYPING_MS 5000        /* while somebody types */
#define WORDS_A_MINUTE 230    /* that people read */

/* Of what is selected, or of all with the time it takes to read. */
static char *
describe_length (BalEditor *self)
{
  guint n_selected = bal_editor_buffer_count_selected_words (self->buffer);
  guint n_words = bal_editor_buffer_count_words (self->buffer);
  guint n_minutes;
  g_autofree char *words = NULL;
  g_autofree char *minutes = NULL;

  if (n_selected > 0)
    /* Translators: how many words are selected, of how many */
    return g_strdup_printf (ngettext ("%u of %u word", "%u of %u words", n_words), n_selected, n_words);

  words = g_strdup_printf (ngettext ("%u word", "%u words", n_words), n_words);
  if (n_words == 0)
    return g_steal_pointer (&words);
  n_minutes = MAX ((n_words + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE, 1);
  /* Translators: how long it takes to read the text */
  minutes = g_strdup_printf (ngettext ("%u min read", "%u min read", n_minutes), n_minutes);
  /* Translators: number of words, time to read them */
  return g_strdup_printf (_("%s · %s"), words, minutes);
}

static gboolean
status_cb (gpointer data)
{
  BalEditor *self = data;
  g_autofree char *text = NULL;
  g_autofree char *stand = NULL;
  g_autofree char *length = NULL;
  const char *kept = self->saving ? _("Saving…") : self->modified ? _("Not saved yet") : _("Saved");

  self->status_id = 0;
  self->status_at = g_get_monotonic_time ();
  if (self->review == NULL)
    return G_SOURCE_REMOVE;
  stand = bal_words_review_status (self->review);
  length = self->source != NULL ? g_strdup (_("HTML source")) : describe_length (self);
  if (self->read_only)
    kept = _("Can’t be edited");
  /* Translators: status of a review, its number of words or what is shown of it, whether it is saved */
  text = g_strdup_printf (_("%s · %s · %s"), stand, length, kept);
  gtk_label_set_text (self->status_label, text);
  return G_SOURCE_REMOVE;
}

/* While somebody types it changes together with a letter, or once they pause: a frame of its own between two keys would
 * make the second of them wait for the next. */
void
bal_editor_update_status (BalEditor *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean typing = now - self->typed_at < STATUS_MS * 1000;

  if (self->status_id != 0 && !typing)
    return;
  g_clear_handle_id (&self->status_id, g_source_remove);
  if (typing && now - self->status_at >= TYPING_MS * 1000)
    self->status_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, status_cb, self, NULL);
  else
    self->status_id = g_timeout_add (STATUS_MS, status_cb, self);
}
