/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-private.h"

#include <glib/gi18n.h>

#include "bal-tables.h"

typedef struct
{
  BalEditor *editor;
  gint64     review_id;
  gint64     blog_id;
  char      *path;
  gint64     media_id;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_object (&choice->editor);
  g_free (choice->path);
  g_free (choice);
}

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Choice *choice = data;

  choice->media_id = bal_media_table_add (transaction, choice->blog_id, choice->path, "", error);
  return choice->media_id != 0;
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Choice *choice = bal_store_get_work_data (result);
  BalEditor *self = choice->editor;
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_editor_fail (self, error);
      return;
    }
  if (self->history == NULL || self->review == NULL || self->review_id != choice->review_id)
    return;
  value = g_strdup_printf ("media:%" G_GINT64_FORMAT, choice->media_id);
  bal_editor_set_field (self, BAL_EDITOR_FIELD_FEATURED, value);
  bal_editor_fill_fields (self, bal_editor_history_get_form (self->history));
}

static void
response_cb (GtkNativeDialog *dialog,
             int              response,
             BalEditor       *self)
{
  g_autoptr(GFile) file = NULL;
  Choice *choice;

  if (response == GTK_RESPONSE_ACCEPT && self->review != NULL)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) != NULL)
    {
      choice = g_new0 (Choice, 1);
      choice->editor = g_object_ref (self);
      choice->review_id = self->review_id;
      choice->blog_id = bal_review_get_blog_id (self->review);
      choice->path = g_file_get_path (file);
      bal_store_write_async (self->store, add_work, choice, choice_free, NULL, added_cb, NULL);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

void
bal_editor_choose_featured (BalEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog;
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  dialog = gtk_file_chooser_native_new (_("Featured Image"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), NULL);
  gtk_file_filter_set_name (filter, _("Images"));
  gtk_file_filter_add_mime_type (filter, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
