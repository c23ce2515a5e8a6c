/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-backup-dialog.h"
#include "bal-export.h"
#include "bal-safe-text.h"

/* More are in the saved report; nobody reads them here. */
#define MOST_NOTES 1000
/* Characters of the blog's name in that of a file: with all that follows, less than any file system's bound. */
#define LONGEST_NAME 40

struct _BalExportWindow
{
  AdwWindow        parent_instance;

  /* owned */
  BalStore        *store;
  GPtrArray       *blogs;
  char            *path;         /* what is written */
  GCancellable    *cancellable;  /* NULL: nothing runs */
  BalExportReport *report;       /* NULL: none yet */
  BalExportFormat  format;
  gboolean         is_closing;

  /* template children */
  GtkStack            *stack;
  AdwComboRow         *blog_row;
  AdwPreferencesGroup *formats_group;
  GtkWidget           *choose_button;
  GtkLabel            *wait_title;
  GtkProgressBar      *progress;
  GtkLabel            *wait_count;
  GtkWidget           *stop_button;
  GtkLabel            *report_summary;
  GtkLabel            *report_place;
  GtkWidget           *notes_window;
  GtkListView         *notes;
  GtkWidget           *save_button;
  GtkWidget           *show_button;

  /* owned by the group */
  GtkCheckButton      *checks[BAL_EXPORT_N_FORMATS];
};

G_DEFINE_FINAL_TYPE (BalExportWindow, bal_export_window, ADW_TYPE_WINDOW)

static const char *const sentences[BAL_EXPORT_N_FORMATS] = {
  [BAL_EXPORT_FORMAT_WXR] = N_("All reviews and comments in one file, for moving to WordPress"),
  [BAL_EXPORT_FORMAT_ATOM] = N_("All reviews and comments in one file, for moving to Blogger"),
  [BAL_EXPORT_FORMAT_MARKDOWN] = N_("A text file for each review, with pictures and the comments that readers see; for Hugo, Jekyll and any editor"),
  [BAL_EXPORT_FORMAT_SITE] = N_("Pages for any browser, without a connection too: what readers see, with pictures and comments"),
  [BAL_EXPORT_FORMAT_LETTERBOXD] = N_("Published reviews with film, day and rating, for Letterboxd’s import; no comments"),
  [BAL_EXPORT_FORMAT_JSON] = N_("Everything that Balcony knows of the blog in one file, for programs and for keeping"),
};

static BalBlog *
get_blog (BalExportWindow *self)
{
  return g_ptr_array_index (self->blogs, adw_combo_row_get_selected (self->blog_row));
}

/* ---- the report ---- */

static void
add_note (guint       kind,
          const char *name,
          const char *reason,
          gpointer    data)
{
  g_autofree char *line = *name != '\0' ? g_strdup_printf ("%s: %s\n%s", bal_export_note_kind_get_label (kind), name, reason)
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

static void
show_report (BalExportWindow *self)
{
  guint n_notes = bal_export_report_get_n_notes (self->report);
  GtkStringList *list = gtk_string_list_new (NULL);
  g_autoptr(GtkSelectionModel) model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (list)));
  g_autofree char *summary = g_strchomp (bal_export_report_summarize (self->report));
  g_autofree char *shown = g_filename_display_name (self->path);

  bal_export_report_foreach (self->report, MOST_NOTES, add_note, list, NULL);
  if (n_notes > MOST_NOTES)
    gtk_string_list_append (list, _("There are more; a saved report has them all."));
  gtk_list_view_set_model (self->notes, model);

  gtk_label_set_text (self->report_summary, summary);
  gtk_label_set_text (self->report_place, shown);
  gtk_widget_set_visible (self->notes_window, n_notes > 0);
  gtk_widget_set_visible (self->save_button, n_notes > 0);
  gtk_stack_set_visible_child_name (self->stack, "report");
  gtk_widget_grab_focus (self->show_button);
}

/* ---- a run ---- */

static void
progress_cb (double    fraction,
             guint     n_reviews,
             guint     n_comments,
             gpointer  data)
{
  BalExportWindow *self = data;
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
  g_autoptr(BalExportWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  BalExportReport *report = bal_export_run_finish (BAL_STORE (source), result, &error);

  g_application_release (g_application_get_default ());
  g_clear_object (&self->cancellable);
  if (self->is_closing)
    {
      bal_export_report_free (report);
      return;
    }

  if (report == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "choose");
      gtk_widget_grab_focus (self->choose_button);
      bal_backup_dialog_tell (GTK_WINDOW (self), _("Nothing Was Exported"), error);
      return;
    }

  g_clear_pointer (&self->report, bal_export_report_free);
  self->report = report;
  show_report (self);
}

/* (transfer full): a name that is not taken in @folder: the blog's, and what it is. */
static char *
choose_path (BalExportWindow *self,
             const char      *folder)
{
  const char *suffix = bal_export_format_get_suffix (self->format);
  g_autofree char *blog = bal_safe_text_name (bal_blog_get_name (get_blog (self)), LONGEST_NAME);
  g_autofree char *name = g_strdup_printf ("%s – %s", blog, bal_export_format_get_label (self->format));

  for (char *p = name; *p != '\0'; p++)
    if (strchr ("/\\:*?\"<>|", *p) != NULL || (*p == '.' && p == name))
      *p = '-';
  for (guint i = 1;; i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf (" %u", i) : g_strdup ("");
      g_autofree char *file = g_strconcat (name, number, suffix != NULL ? "." : "", suffix != NULL ? suffix : "", NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        return g_steal_pointer (&path);
    }
}

void
bal_export_window_write (BalExportWindow *self,
                         GFile           *folder)
{
  g_autofree char *path = NULL;
  g_autofree char *title = NULL;

  g_return_if_fail (BAL_IS_EXPORT_WINDOW (self));
  g_return_if_fail (G_IS_FILE (folder));

  path = g_file_get_path (folder);
  if (self->cancellable != NULL || path == NULL)
    return;

  g_free (self->path);
  self->path = choose_path (self, path);
  title = g_strdup_printf (_("Exporting “%s”"), bal_blog_get_name (get_blog (self)));
  gtk_label_set_text (self->wait_title, title);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.stop", TRUE);
  progress_cb (0, 0, 0, self);
  gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_widget_grab_focus (self->stop_button);

  /* An unfinished file or folder is removed before the program ends. */
  g_application_hold (g_application_get_default ());
  self->cancellable = g_cancellable_new ();
  bal_export_run_async (self->store, get_blog (self), self->path, self->format, progress_cb, self, self->cancellable, ran_cb,
                        g_object_ref (self));
}

void
bal_export_window_set_format (BalExportWindow *self,
                              BalExportFormat  format)
{
  g_return_if_fail (BAL_IS_EXPORT_WINDOW (self));
  g_return_if_fail (format < BAL_EXPORT_N_FORMATS);

  gtk_check_button_set_active (self->checks[format], TRUE);
}

/* ---- what a person does ---- */

static void
toggled_cb (BalExportWindow *self,
            GtkCheckButton  *check)
{
  for (guint i = 0; i < BAL_EXPORT_N_FORMATS; i++)
    if (self->checks[i] == check && gtk_check_button_get_active (check))
      self->format = i;
}

static void
chosen_cb (BalExportWindow      *self,
           int                   response,
           GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && folder != NULL)
    bal_export_window_write (self, folder);
  g_object_unref (chooser);
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Where to Export To"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                         _("_Export Here"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalExportWindow *self = BAL_EXPORT_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "export.stop", FALSE);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BalExportWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) && !self->is_closing)
    bal_backup_dialog_tell (GTK_WINDOW (self), _("The Folder Can’t Be Shown"), error);
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalExportWindow *self = BAL_EXPORT_WINDOW (widget);
  g_autofree char *folder = bal_export_format_is_folder (self->report->format) ? g_strdup (self->path)
                                                                               : g_path_get_dirname (self->path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  gtk_show_uri_full (GTK_WINDOW (self), uri, GDK_CURRENT_TIME, NULL, shown_cb, g_object_ref (self));
}

static void
save_cb (BalExportWindow      *self,
         int                   response,
         GtkFileChooserNative *chooser)
{
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autoptr(GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && !bal_export_report_save (self->report, file, &error))
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
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("Export Report.txt"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Closing stops an export like the button does; what was begun is gone then. */
static gboolean
bal_export_window_close_request (GtkWindow *window)
{
  BalExportWindow *self = BAL_EXPORT_WINDOW (window);

  self->is_closing = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  return GTK_WINDOW_CLASS (bal_export_window_parent_class)->close_request (window);
}

static void
bal_export_window_dispose (GObject *object)
{
  BalExportWindow *self = BAL_EXPORT_WINDOW (object);

  self->is_closing = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (bal_export_window_parent_class)->dispose (object);
}

static void
bal_export_window_finalize (GObject *object)
{
  BalExportWindow *self = BAL_EXPORT_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->blogs, g_ptr_array_unref);
  g_clear_pointer (&self->report, bal_export_report_free);
  g_free (self->path);

  G_OBJECT_CLASS (bal_export_window_parent_class)->finalize (object);
}

static void
bal_export_window_class_init (BalExportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_export_window_dispose;
  object_class->finalize = bal_export_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bal_export_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-export-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, blog_row);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, formats_group);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, wait_title);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, wait_count);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, report_summary);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, report_place);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, notes_window);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, notes);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, show_button);

  gtk_widget_class_install_action (widget_class, "export.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "export.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "export.show", NULL, show_action);
  gtk_widget_class_install_action (widget_class, "export.save-report", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
add_format (BalExportWindow *self,
            BalExportFormat  format)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

  self->checks[format] = GTK_CHECK_BUTTON (check);
  if (format > 0)
    gtk_check_button_set_group (self->checks[format], self->checks[0]);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), bal_export_format_get_label (format));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(sentences[format]));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _(sentences[format]), -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->formats_group, row);
}

static void
bal_export_window_init (BalExportWindow *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < BAL_EXPORT_N_FORMATS; i++)
    add_format (self, i);
  gtk_check_button_set_active (self->checks[0], TRUE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_note_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_note_cb), NULL);
  gtk_list_view_set_factory (self->notes, factory);
}

GtkWidget *
bal_export_window_new (GtkWindow *parent,
                       BalStore  *store,
                       GPtrArray *blogs,
                       BalBlog   *blog)
{
  BalExportWindow *self = g_object_new (BAL_TYPE_EXPORT_WINDOW, "transient-for", parent, NULL);
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
