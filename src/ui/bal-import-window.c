/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-window.h"

#include <glib/gi18n.h>

#include "bal-backup-dialog.h"
#include "bal-import-undo.h"
#include "bal-import.h"

struct _BalImportWindow
{
  BalExchangeWindow  parent_instance;

  /* owned */
  char              *path;
  BalImportReport   *report;     /* NULL: none yet */
  gboolean           is_importing;

  /* template children */
  AdwComboRow       *blog_row;
  GtkWidget         *file_row;
  GtkWidget         *undo_button;
  GtkButton         *close_button;
  GtkWidget         *import_button;
};

enum { IMPORTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalImportWindow, bal_import_window, BAL_TYPE_EXCHANGE_WINDOW)

/* ---- the report ---- */

/* Where it goes, and that nothing is published unasked. @blog: NULL: all of it is made anew. */
static char *
describe_place (BalBlog *blog)
{
  const char *name = blog != NULL ? bal_blog_get_name (blog) : NULL;

  if (blog == NULL)
    return g_strdup (_("The blog comes in as it stood when it was exported, with what waited to be sent. "
                       "Sign in to it afterwards."));
  if (g_strcmp0 (bal_blog_get_provider (blog), "folder") == 0)
    return g_strdup_printf (_("New reviews come into “%s” with the status that they had."), name);
  return g_strdup_printf (_("New reviews come into “%s” as drafts on this computer. Nothing is sent until you work on them."),
                          name);
}

static void
show_report (BalImportWindow *self)
{
  BalExchangeWindow *window = BAL_EXCHANGE_WINDOW (self);
  gboolean is_preview = self->report->is_preview;
  gboolean is_offered = is_preview &&
                        self->report->reviews.n_new + self->report->comments.n_new + self->report->n_extras > 0;
  g_autofree char *summary = bal_import_report_summarize (self->report);
  g_autofree char *place = is_offered ? describe_place (bal_exchange_window_get_blog (window)) : NULL;

  bal_exchange_window_show_report (window, is_preview ? bal_import_format_get_label (self->report->format)
                                           : self->report->was_stopped ? _("Stopped") : _("Imported"),
                                   summary, place, self->report->notes);
  gtk_widget_set_visible (self->import_button, is_preview);
  gtk_widget_set_visible (self->undo_button, !is_preview && self->report->run_id != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.start", is_offered);
  gtk_button_set_label (self->close_button, is_preview ? _("_Cancel") : _("_Close"));
  gtk_widget_grab_focus (is_offered ? self->import_button : GTK_WIDGET (self->close_button));
}

/* ---- taking it back ---- */

/* What stays is what the report told before. */
static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BalImportWindow) self = user_data;
  BalExchangeWindow *window = BAL_EXCHANGE_WINDOW (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImportUndone) undone = bal_import_undo_finish (BAL_STORE (source), result, &error);
  g_autofree char *summary = NULL;

  if (!bal_exchange_window_end (window))
    return;

  if (undone != NULL)
    {
      summary = bal_import_undone_summarize (undone);
      bal_exchange_window_show_report (window, _("Taken Back"), summary, NULL, NULL);
      gtk_widget_set_visible (self->undo_button, FALSE);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bal_exchange_window_show_report (window, _("Stopped"),
                                     _("What was taken back until then is gone; “Take Back” goes on from there."), NULL,
                                     self->report->notes);
  else
    {
      show_report (self);
      bal_backup_dialog_tell (GTK_WINDOW (self), _("The Import Was Not Taken Back"), error);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalImportWindow *self = BAL_IMPORT_WINDOW (widget);
  BalExchangeWindow *window = BAL_EXCHANGE_WINDOW (widget);
  GCancellable *cancellable;

  if (bal_exchange_window_is_running (window) || self->report == NULL)
    return;

  cancellable = bal_exchange_window_begin (window, _("Taking the Import Back"), TRUE);
  bal_import_undo_async (bal_exchange_window_get_store (window), 0, self->report->run_id, cancellable, undone_cb,
                         g_object_ref (self));
}

/* ---- a run ---- */

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(BalImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImportReport) report = bal_import_run_finish (BAL_STORE (source), result, &error);

  if (self->is_importing && report != NULL && report->reviews.n_new + report->comments.n_new > 0)
    g_signal_emit (self, signals[IMPORTED], 0, report->reviews.n_new == 1 ? report->first_review : (gint64) 0);
  if (!bal_exchange_window_end (BAL_EXCHANGE_WINDOW (self)))
    return;
  if (report == NULL)
    {
      bal_exchange_window_fail (BAL_EXCHANGE_WINDOW (self), self->file_row, _("This Can’t Be Imported"), error);
      return;
    }

  g_clear_pointer (&self->report, bal_import_report_free);
  self->report = g_steal_pointer (&report);
  show_report (self);
}

static void
run (BalImportWindow *self,
     BalImportFlags   flags)
{
  BalExchangeWindow *window = BAL_EXCHANGE_WINDOW (self);
  BalStore *store = bal_exchange_window_get_store (window);
  BalBlog *blog = bal_exchange_window_get_blog (window);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *title = NULL;
  GCancellable *cancellable;

  self->is_importing = !(flags & BAL_IMPORT_PREVIEW);
  title = self->is_importing ? g_strdup_printf (_("Importing “%s”"), name) : g_strdup_printf (_("Looking Into “%s”"), name);
  cancellable = bal_exchange_window_begin (window, title, self->is_importing);
  bal_exchange_window_progress (0, 0, 0, self);
  bal_import_run_async (store, blog, self->path, BAL_IMPORT_FORMAT_AUTO, flags, bal_exchange_window_progress, self,
                        cancellable, ran_cb, g_object_ref (self));
}

void
bal_import_window_look (BalImportWindow *self,
                        GFile           *file)
{
  g_return_if_fail (BAL_IS_IMPORT_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (bal_exchange_window_is_running (BAL_EXCHANGE_WINDOW (self)))
    return;

  g_free (self->path);
  self->path = g_file_get_path (file);
  if (self->path != NULL)
    run (self, BAL_IMPORT_PREVIEW);
}

/* ---- what a person does ---- */

static void
chosen_cb (BalImportWindow      *self,
           int                   response,
           GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    bal_import_window_look (self, file);
  g_object_unref (chooser);
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  gboolean folder = g_str_equal (action_name, "import.choose-folder");
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (folder ? _("Import a Folder") : _("Import a File"), GTK_WINDOW (widget),
                                         folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
                                         _("_Choose"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
start_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  run (BAL_IMPORT_WINDOW (widget), BAL_IMPORT_NONE);
}

static void
bal_import_window_finalize (GObject *object)
{
  BalImportWindow *self = BAL_IMPORT_WINDOW (object);

  g_clear_pointer (&self->report, bal_import_report_free);
  g_free (self->path);

  G_OBJECT_CLASS (bal_import_window_parent_class)->finalize (object);
}

static void
bal_import_window_class_init (BalImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_import_window_finalize;

  signals[IMPORTED] = g_signal_new ("imported", BAL_TYPE_IMPORT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, blog_row);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, import_button);

  gtk_widget_class_install_action (widget_class, "import.choose-file", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.choose-folder", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
}

static void
bal_import_window_init (BalImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bal_import_window_new (GtkWindow *parent,
                       BalStore  *store,
                       GPtrArray *blogs,
                       BalBlog   *blog)
{
  BalImportWindow *self = g_object_new (BAL_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);

  bal_exchange_window_set_blogs (BAL_EXCHANGE_WINDOW (self), self->blog_row, store, blogs, blog,
                                 /* Translators: where an export goes: not into one of the blogs that are here; it becomes a blog */
                                 _("A new blog"));
  return GTK_WIDGET (self);
}
