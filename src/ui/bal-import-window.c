/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-window.h"

#include <glib/gi18n.h>

#include "bal-backup-dialog.h"
#include "bal-import.h"
#include "bal-import-undo.h"

/* More are in the saved report; nobody reads them here. */
#define MOST_NOTES 1000

struct _BalImportWindow
{
  AdwWindow        parent_instance;

  /* owned */
  BalStore        *store;
  GPtrArray       *blogs;
  char            *path;
  GCancellable    *cancellable;  /* NULL: nothing runs */
  BalImportReport *report;       /* NULL: none yet */
  gboolean         is_importing;
  gboolean         is_closing;

  /* template children */
  GtkStack        *stack;
  AdwComboRow     *blog_row;
  GtkWidget       *file_row;
  GtkLabel        *wait_title;
  GtkProgressBar  *progress;
  GtkLabel        *wait_count;
  GtkWidget       *stop_button;
  GtkLabel        *report_title;
  GtkLabel        *report_summary;
  GtkLabel        *report_place;
  GtkWidget       *notes_window;
  GtkListView     *notes;
  GtkWidget       *save_button;
  GtkWidget       *undo_button;
  GtkButton       *close_button;
  GtkWidget       *import_button;
};

enum { IMPORTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalImportWindow, bal_import_window, ADW_TYPE_WINDOW)

static BalBlog *
get_blog (BalImportWindow *self)
{
  return g_ptr_array_index (self->blogs, adw_combo_row_get_selected (self->blog_row));
}

/* ---- the report ---- */

static void
add_note (BalImportNoteKind  kind,
          const char        *name,
          const char        *reason,
          gpointer           data)
{
  g_autofree char *line = *name != '\0' ? g_strdup_printf ("%s: %s\n%s", bal_import_note_kind_get_label (kind), name, reason)
                                        : g_strdup (reason);

  gtk_string_list_append (data, line);
}

static void
setup_note_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_item_set_child (item, label);
}

static void
bind_note_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* Where it goes, and that nothing is published unasked. */
static char *
describe_place (BalImportWindow *self)
{
  BalBlog *blog = get_blog (self);
  const char *name = bal_blog_get_name (blog);

  if (g_strcmp0 (bal_blog_get_provider (blog), "folder") == 0)
    return g_strdup_printf (_("New reviews come into “%s” with the status that they had."), name);
  return g_strdup_printf (_("New reviews come into “%s” as drafts on this computer. Nothing is sent until you work on them."),
                          name);
}

static void
show_report (BalImportWindow *self)
{
  gboolean is_preview = self->report->is_preview;
  guint n_new = self->report->reviews.n_new + self->report->comments.n_new + self->report->n_extras;
  guint n_notes = bal_import_report_get_n_notes (self->report);
  GtkStringList *list = gtk_string_list_new (NULL);
  g_autoptr(GtkSelectionModel) model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (list)));
  g_autofree char *summary = g_strchomp (bal_import_report_summarize (self->report));
  g_autofree char *place = describe_place (self);

  bal_import_report_foreach (self->report, MOST_NOTES, add_note, list, NULL);
  if (n_notes > MOST_NOTES)
    gtk_string_list_append (list, _("There are more; a saved report has them all."));
  gtk_list_view_set_model (self->notes, model);

  gtk_label_set_text (self->report_title, is_preview ? bal_import_format_get_label (self->report->format)
                                          : self->report->was_stopped ? _("Stopped") : _("Imported"));
  gtk_label_set_text (self->report_summary, summary);
  gtk_label_set_text (self->report_place, place);
  gtk_widget_set_visible (GTK_WIDGET (self->report_place), is_preview && n_new > 0);
  gtk_widget_set_visible (self->notes_window, n_notes > 0);
  gtk_widget_set_visible (self->save_button, n_notes > 0);
  gtk_widget_set_visible (self->import_button, is_preview);
  gtk_widget_set_visible (self->undo_button, !is_preview && self->report->run_id != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.start", is_preview && n_new > 0);
  gtk_button_set_label (self->close_button, is_preview ? _("_Cancel") : _("_Close"));
  gtk_stack_set_visible_child_name (self->stack, "report");
  gtk_widget_grab_focus (is_preview && n_new > 0 ? self->import_button : GTK_WIDGET (self->close_button));
}

/* ---- taking it back ---- */

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BalImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImportUndone) undone = bal_import_undo_finish (BAL_STORE (source), result, &error);
  g_autofree char *summary = NULL;

  g_clear_object (&self->cancellable);
  self->is_importing = FALSE;
  if (self->is_closing)
    return;

  gtk_stack_set_visible_child_name (self->stack, "report");
  gtk_widget_grab_focus (GTK_WIDGET (self->close_button));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_label_set_text (self->report_title, _("Stopped"));
      gtk_label_set_text (self->report_summary, _("What was taken back until then is gone; “Take Back” goes on from there."));
      return;
    }
  if (undone == NULL)
    {
      bal_backup_dialog_tell (GTK_WINDOW (self), _("The Import Was Not Taken Back"), error);
      return;
    }
  summary = g_strchomp (bal_import_undone_summarize (undone));
  gtk_label_set_text (self->report_title, _("Taken Back"));
  gtk_label_set_text (self->report_summary, summary);
  gtk_widget_set_visible (self->notes_window, FALSE);
  gtk_widget_set_visible (self->save_button, FALSE);
  gtk_widget_set_visible (self->undo_button, FALSE);
}

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalImportWindow *self = BAL_IMPORT_WINDOW (widget);

  if (self->cancellable != NULL || self->report == NULL)
    return;

  gtk_label_set_text (self->wait_title, _("Taking the Import Back"));
  gtk_label_set_text (self->wait_count, "");
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_action_set_enabled (widget, "import.stop", TRUE);
  gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_widget_grab_focus (self->stop_button);
  self->cancellable = g_cancellable_new ();
  self->is_importing = TRUE;
  bal_import_undo_async (self->store, 0, self->report->run_id, self->cancellable, undone_cb, g_object_ref (self));
}

/* ---- a run ---- */

static void
progress_cb (double    fraction,
             guint     n_reviews,
             guint     n_comments,
             gpointer  data)
{
  BalImportWindow *self = data;
  g_autofree char *reviews = g_strdup_printf (ngettext ("%u review", "%u reviews", n_reviews), n_reviews);
  g_autofree char *comments = g_strdup_printf (ngettext ("%u comment", "%u comments", n_comments), n_comments);
  g_autofree char *count = g_strdup_printf ("%s · %s", reviews, comments);

  if (self->is_closing)
    return;

  gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_label_set_text (self->wait_count, count);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(BalImportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  BalImportReport *report = bal_import_run_finish (BAL_STORE (source), result, &error);

  g_clear_object (&self->cancellable);
  if (self->is_importing && report != NULL && report->reviews.n_new + report->comments.n_new > 0)
    g_signal_emit (self, signals[IMPORTED], 0, report->reviews.n_new == 1 ? report->first_review : (gint64) 0);
  self->is_importing = FALSE;
  if (self->is_closing)
    {
      bal_import_report_free (report);
      return;
    }

  if (report == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "choose");
      gtk_widget_grab_focus (self->file_row);
      bal_backup_dialog_tell (GTK_WINDOW (self), _("This Can’t Be Imported"), error);
      return;
    }

  g_clear_pointer (&self->report, bal_import_report_free);
  self->report = report;
  show_report (self);
}

static void
run (BalImportWindow *self,
     BalImportFlags   flags)
{
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *title = NULL;

  self->is_importing = !(flags & BAL_IMPORT_PREVIEW);
  title = self->is_importing ? g_strdup_printf (_("Importing “%s”"), name) : g_strdup_printf (_("Looking Into “%s”"), name);
  gtk_label_set_text (self->wait_title, title);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.stop", TRUE);
  progress_cb (0, 0, 0, self);
  gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_widget_grab_focus (self->stop_button);

  self->cancellable = g_cancellable_new ();
  bal_import_run_async (self->store, get_blog (self), self->path, BAL_IMPORT_FORMAT_AUTO, flags, progress_cb, self,
                        self->cancellable, ran_cb, g_object_ref (self));
}

void
bal_import_window_look (BalImportWindow *self,
                        GFile           *file)
{
  g_return_if_fail (BAL_IS_IMPORT_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->cancellable != NULL)
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
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalImportWindow *self = BAL_IMPORT_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "import.stop", FALSE);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
save_cb (BalImportWindow      *self,
         int                   response,
         GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr(GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && !bal_import_report_save (self->report, file, &error))
    bal_backup_dialog_tell (GTK_WINDOW (self), _("The Report Was Not Saved"), error);
  g_object_unref (chooser);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Save the Report"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_SAVE,
                                         _("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("Import Report.txt"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Closing stops an import like the button does, and what is in is told first. */
static gboolean
bal_import_window_close_request (GtkWindow *window)
{
  BalImportWindow *self = BAL_IMPORT_WINDOW (window);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      if (self->is_importing)
        return TRUE;
    }

  self->is_closing = TRUE;
  return GTK_WINDOW_CLASS (bal_import_window_parent_class)->close_request (window);
}

static void
bal_import_window_dispose (GObject *object)
{
  BalImportWindow *self = BAL_IMPORT_WINDOW (object);

  self->is_closing = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (bal_import_window_parent_class)->dispose (object);
}

static void
bal_import_window_finalize (GObject *object)
{
  BalImportWindow *self = BAL_IMPORT_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->blogs, g_ptr_array_unref);
  g_clear_pointer (&self->report, bal_import_report_free);
  g_free (self->path);

  G_OBJECT_CLASS (bal_import_window_parent_class)->finalize (object);
}

static void
bal_import_window_class_init (BalImportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_import_window_dispose;
  object_class->finalize = bal_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bal_import_window_close_request;

  signals[IMPORTED] = g_signal_new ("imported", BAL_TYPE_IMPORT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, blog_row);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, file_row);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, wait_title);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, wait_count);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, report_title);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, report_summary);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, report_place);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, notes_window);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, notes);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, close_button);
  gtk_widget_class_bind_template_child (widget_class, BalImportWindow, import_button);

  gtk_widget_class_install_action (widget_class, "import.choose-file", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.choose-folder", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "import.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "import.save-report", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bal_import_window_init (BalImportWindow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_note_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_note_cb), NULL);
  gtk_list_view_set_factory (self->notes, factory);
}

GtkWidget *
bal_import_window_new (GtkWindow *parent,
                       BalStore  *store,
                       GPtrArray *blogs,
                       BalBlog   *blog)
{
  BalImportWindow *self = g_object_new (BAL_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  g_return_val_if_fail (blogs->len > 0, NULL);

  self->store = g_object_ref (store);
  self->blogs = g_ptr_array_copy (blogs, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_ptr_array_set_free_func (self->blogs, g_object_unref);
  for (guint i = 0; i < blogs->len; i++)
    gtk_string_list_append (names, bal_blog_get_name (g_ptr_array_index (blogs, i)));
  adw_combo_row_set_model (self->blog_row, G_LIST_MODEL (names));
  for (guint i = 0; i < blogs->len; i++)
    if (bal_blog_get_id (g_ptr_array_index (blogs, i)) == bal_blog_get_id (blog))
      adw_combo_row_set_selected (self->blog_row, i);

  return GTK_WIDGET (self);
}
