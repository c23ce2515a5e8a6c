/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-backup-dialog.h"

#include "bal-toast.h"
#include "bal-words.h"

#include <glib/gi18n.h>

/* What is done sooner needs no dialog. */
#define PATIENCE_MS 400
#define PULSE_MS    120

void
bal_backup_dialog_tell (GtkWindow    *parent,
                        const char   *heading,
                        const GError *error)
{
  GtkWidget *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  dialog = adw_message_dialog_new (parent, heading, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- pictures ---- */

static void
check_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (bal_store_check_pictures (BAL_STORE (source), cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GtkWindow) parent = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && gtk_widget_get_mapped (GTK_WIDGET (parent)))
    bal_backup_dialog_tell (parent, _("Some Pictures Are Not There"), error);
}

void
bal_backup_dialog_check (GtkWindow *parent,
                         BalStore  *store)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, checked_cb, g_object_ref (parent));

  g_task_run_in_thread (task, check_thread);
}

/* ---- making one ---- */

typedef struct
{
  GtkWindow    *parent;
  char         *path;
  GCancellable *cancellable;
  GtkWidget    *dialog;          /* NULL: not needed yet */
  GtkWidget    *bar;
  guint         timer;
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_clear_handle_id (&making->timer, g_source_remove);
  g_object_unref (making->parent);
  g_object_unref (making->cancellable);
  g_free (making->path);
  g_free (making);
}

static gboolean
pulse_cb (gpointer data)
{
  Making *making = data;

  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (making->bar));
  return G_SOURCE_CONTINUE;
}

static void
stop_cb (AdwMessageDialog *dialog,
         const char       *response,
         GCancellable     *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
show_cb (gpointer data)
{
  Making *making = data;

  making->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (making->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  making->dialog = adw_message_dialog_new (making->parent, _("Making a Backup"),
                                           _("You can stop it; an older backup in that file stays as it is."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (making->dialog), making->bar);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (making->dialog), "cancel", _("_Stop"));
  g_signal_connect_object (making->dialog, "response", G_CALLBACK (stop_cb), making->cancellable, 0);
  gtk_window_present (GTK_WINDOW (making->dialog));

  making->timer = g_timeout_add (PULSE_MS, pulse_cb, making);
  return G_SOURCE_REMOVE;
}

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Making *making = data;
  GError *error = NULL;

  if (bal_store_backup (BAL_STORE (source), making->path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Making *making = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gboolean made = g_task_propagate_boolean (G_TASK (result), &error);

  g_application_release (g_application_get_default ());
  g_clear_handle_id (&making->timer, g_source_remove);
  if (making->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (making->dialog));
  /* The program may be ending. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (making->parent)))
    return;

  if (made)
    {
      g_autofree char *name = g_filename_display_basename (making->path);
      g_autofree char *text = g_strdup_printf (_("Backup saved as “%s”"), name);

      bal_toast (GTK_WIDGET (making->parent), text);
      bal_backup_dialog_check (making->parent, BAL_STORE (source));
    }
  else
    bal_backup_dialog_tell (making->parent, _("No Backup Was Made"), error);
}

static void
file_response_cb (GtkFileChooserNative *chooser,
                  int                   response,
                  BalStore             *store)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr(GTask) task = NULL;
  Making *making;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    {
      making = g_new0 (Making, 1);
      making->parent = g_object_ref (gtk_native_dialog_get_transient_for (GTK_NATIVE_DIALOG (chooser)));
      making->path = g_file_get_path (file);
      making->cancellable = g_cancellable_new ();
      making->timer = g_timeout_add (PATIENCE_MS, show_cb, making);
      g_signal_connect_object (making->parent, "destroy", G_CALLBACK (g_cancellable_cancel), making->cancellable,
                               G_CONNECT_SWAPPED);

      /* An unfinished file is removed before the program ends. */
      g_application_hold (g_application_get_default ());
      task = g_task_new (store, making->cancellable, made_cb, NULL);
      g_task_set_check_cancellable (task, FALSE);
      g_task_set_task_data (task, making, making_free);
      g_task_run_in_thread (task, make_thread);
    }
  g_object_unref (chooser);
}

static GtkFileChooserNative *
make_chooser (GtkWindow            *parent,
              const char           *title,
              GtkFileChooserAction  action,
              const char           *accept)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, parent, action, accept, NULL);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Backups"));
  gtk_file_filter_add_pattern (filter, "*.db");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return chooser;
}

void
bal_backup_dialog_make (GtkWindow *parent,
                        BalStore  *store)
{
  GtkFileChooserNative *chooser = make_chooser (parent, _("Make a Backup"), GTK_FILE_CHOOSER_ACTION_SAVE,
                                                _("_Save"));
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "balcony-%Y-%m-%d.db");

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_response_cb), store, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* ---- restoring one ---- */

typedef struct
{
  GtkWindow       *parent;
  char            *path;
  BalBackupChosen  chosen;
  GWeakRef         owner;
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_weak_ref_clear (&restoring->owner);
  g_object_unref (restoring->parent);
  g_free (restoring->path);
  g_free (restoring);
}

static void
go_on_cb (gpointer data)
{
  Restoring *restoring = data;
  g_autoptr(GObject) owner = g_weak_ref_get (&restoring->owner);

  if (owner != NULL)
    restoring->chosen (owner, restoring->path);
  restoring_free (restoring);
}

/* The window goes away with what comes; not before the dialog has. */
static void
restore_response_cb (AdwMessageDialog *dialog,
                     const char       *response,
                     Restoring        *restoring)
{
  if (g_str_equal (response, "restore"))
    g_idle_add_once (go_on_cb, restoring);
  else
    restoring_free (restoring);
}

static void
ask_restore (Restoring *restoring,
             GFile     *file)
{
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr(GDateTime) changed = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;
  g_autofree char *when = changed != NULL ? bal_words_full_time (g_date_time_to_unix (changed)) : g_strdup ("–");
  g_autofree char *name = g_filename_display_basename (restoring->path);
  g_autofree char *heading = g_strdup_printf (_("Restore “%s”?"), name);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  /* Translators: %s is when the file was written */
  body = g_strdup_printf (_("The file is of %s. All reviews, comments, their history and the outbox on this computer become "
                            "what they were in it. What is here now is kept among the backups first. The blogs "
                            "themselves stay as they are; the next sync brings both sides in step."), when);
  dialog = adw_message_dialog_new (restoring->parent, heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "restore", _("_Restore"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (restore_response_cb), restoring);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
backup_response_cb (GtkFileChooserNative *chooser,
                    int                   response,
                    Restoring            *restoring)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    {
      restoring->path = g_file_get_path (file);
      ask_restore (restoring, file);
    }
  else
    restoring_free (restoring);
  g_object_unref (chooser);
}

void
bal_backup_dialog_restore (GtkWindow       *parent,
                           const char      *data_dir,
                           BalBackupChosen  chosen,
                           GObject         *owner)
{
  GtkFileChooserNative *chooser = make_chooser (parent, _("Restore a Backup"), GTK_FILE_CHOOSER_ACTION_OPEN,
                                                _("_Choose"));
  g_autofree char *folder_name = g_build_filename (data_dir, "backups", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (folder_name);
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->parent = g_object_ref (parent);
  restoring->chosen = chosen;
  g_weak_ref_init (&restoring->owner, owner);
  if (g_file_query_exists (folder, NULL))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect (chooser, "response", G_CALLBACK (backup_response_cb), restoring);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
