/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include "bal-safe-text.h"
#include "bal-tables.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

#define LONGEST_FIELD 1000    /* characters that are looked through for names */

/* ---- the blog's language ---- */

typedef struct
{
  gint64  blog_id;
  char   *language;
} LanguageJob;

static void
language_job_free (gpointer data)
{
  LanguageJob *job = data;

  g_free (job->language);
  g_free (job);
}

static gboolean
language_work (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  LanguageJob *job = data;

  return bal_blog_table_set_language (transaction, job->blog_id, job->language, error);
}

static void
language_kept_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(BalEditor) self = data;
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error) && self->spelling != NULL)
    bal_editor_fail (self, error);
}

/* Here at once; the store's news of the blog then say the same. */
static void
language_cb (BalEditor  *self,
             const char *language)
{
  LanguageJob *job;

  if (self->blog == NULL)
    return;
  bal_spelling_set_language (self->spelling, language);
  job = g_new0 (LanguageJob, 1);
  job->blog_id = bal_blog_get_id (self->blog);
  job->language = g_strdup (language);
  bal_store_write_async (self->store, language_work, job, language_job_free, NULL, language_kept_cb,
                         g_object_ref (self));
}

void
bal_editor_fit_spelling (BalEditor *self)
{
  bal_spelling_set_language (self->spelling, bal_blog_get_language (self->blog));
}

/* ---- names ---- */

/* What a film, its people and its places are called stands in the fields. */
void
bal_editor_tell_names (BalEditor     *self,
                       BalEditorForm *form)
{
  static const BalEditorField fields[] = {
    BAL_EDITOR_FIELD_SERIES, BAL_EDITOR_FIELD_TITLE, BAL_EDITOR_FIELD_WATCHED_ON, BAL_EDITOR_FIELD_CHARACTER,
    BAL_EDITOR_FIELD_ACTOR, BAL_EDITOR_FIELD_LABELS, BAL_EDITOR_FIELD_CATEGORIES,
  };
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *field = bal_safe_text_name (bal_editor_form_get (form, fields[i]), LONGEST_FIELD);

      g_string_append_printf (text, "%s\n", field);
    }
  bal_spelling_set_names (self->spelling, text->str);
}

/* ---- going through the words ---- */

void
bal_editor_next_misspelling (BalEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter cursor, start, end;

  if (self->review == NULL || !bal_spelling_get_enabled (self->spelling))
    return;
  gtk_text_buffer_get_selection_bounds (buffer, NULL, &cursor);
  if (!bal_spelling_find_next (self->spelling, &cursor, &start, &end))
    {
      bal_toast (GTK_WIDGET (self), bal_spelling_get_used (self->spelling) != NULL
                                      ? _("No misspelled words")
                                      : _("No dictionary of this blog’s language is installed"));
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  gtk_text_buffer_select_range (buffer, &end, &start);
  bal_page_reveal_cursor (self->page);
}

/* ---- on and off ---- */

static void
enabled_cb (BalEditor *self)
{
  bal_spelling_set_enabled (self->spelling, g_settings_get_boolean (self->settings, "check-spelling"));
}

void
bal_editor_init_spelling (BalEditor *self)
{
  self->spelling = bal_spelling_new (self->text_view);
  self->text_menu = bal_text_menu_new (self->text_view, self->spelling);
  g_signal_connect_object (self->text_menu, "language", G_CALLBACK (language_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::check-spelling", G_CALLBACK (enabled_cb), self,
                           G_CONNECT_SWAPPED);
  enabled_cb (self);
}

void
bal_editor_dispose_spelling (BalEditor *self)
{
  if (self->text_menu != NULL)
    g_object_run_dispose (G_OBJECT (self->text_menu));
  if (self->spelling != NULL)
    g_object_run_dispose (G_OBJECT (self->spelling));
  g_clear_object (&self->text_menu);
  g_clear_object (&self->spelling);
}
