/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-backup-dialog.h"
#include "bal-export.h"
#include "bal-safe-text.h"

/* Characters of the blog's name in that of a file: with all that follows, less than any file system's bound. */
#define LONGEST_NAME 40

struct _BalExportWindow
{
  BalExchangeWindow    parent_instance;

  /* owned */
  char                *path;     /* what is written */
  BalExportReport     *report;   /* NULL: none yet */
  BalExportFormat      format;

  /* template children */
  AdwComboRow         *blog_row;
  AdwPreferencesGroup *formats_group;
  GtkWidget           *choose_button;
  GtkWidget           *show_button;

  /* owned by the group */
  GtkCheckButton      *checks[BAL_EXPORT_N_FORMATS];
};

G_DEFINE_FINAL_TYPE (BalExportWindow, bal_export_window, BAL_TYPE_EXCHANGE_WINDOW)

static const char *const sentences[BAL_EXPORT_N_FORMATS] = {
  [BAL_EXPORT_FORMAT_WXR] = N_("All reviews and comments in one file, for moving to WordPress"),
  [BAL_EXPORT_FORMAT_ATOM] = N_("All reviews and comments in one file, for moving to Blogger"),
  [BAL_EXPORT_FORMAT_MARKDOWN] = N_("A text file for each review, with pictures and the comments that readers see; for Hugo, Jekyll and any editor"),
  [BAL_EXPORT_FORMAT_SITE] = N_("Pages for any browser, without a connection too: what readers see, with pictures and comments"),
  [BAL_EXPORT_FORMAT_LETTERBOXD] = N_("Published reviews with film, day and rating, for Letterboxd’s import; no comments"),
  [BAL_EXPORT_FORMAT_JSON] = N_("Everything that Balcony knows of the blog in one file, for programs and for keeping"),
};

/* ---- a run ---- */

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(BalExportWindow) self = user_data;
  BalExchangeWindow *window = BAL_EXCHANGE_WINDOW (self);
  g_autoptr(GError) error = NULL;
  g_autoptr(BalExportReport) report = bal_export_run_finish (BAL_STORE (source), result, &error);
  g_autofree char *summary = NULL;
  g_autofree char *place = NULL;

  if (!bal_exchange_window_end (window))
    return;
  if (report == NULL)
    {
      bal_exchange_window_fail (window, self->choose_button, _("Nothing Was Exported"), error);
      return;
    }

  summary = bal_export_report_summarize (report);
  place = g_filename_display_name (self->path);
  bal_exchange_window_show_report (window, _("Exported"), summary, place, report->notes);
  gtk_widget_grab_focus (self->show_button);
  g_clear_pointer (&self->report, bal_export_report_free);
  self->report = g_steal_pointer (&report);
}

/* (transfer full): a name that is not taken in @folder: the blog's, and what it is. */
static char *
choose_path (BalBlog         *blog,
             BalExportFormat  format,
             const char      *folder)
{
  const char *suffix = bal_export_format_get_suffix (format);
  g_autofree char *blog_name = bal_safe_text_name (bal_blog_get_name (blog), LONGEST_NAME);
  g_autofree char *name = g_strdup_printf ("%s – %s", blog_name, bal_export_format_get_label (format));

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
  BalExchangeWindow *window = BAL_EXCHANGE_WINDOW (self);
  g_autofree char *path = NULL;
  g_autofree char *title = NULL;
  GCancellable *cancellable;
  BalBlog *blog;

  g_return_if_fail (BAL_IS_EXPORT_WINDOW (self));
  g_return_if_fail (G_IS_FILE (folder));

  path = g_file_get_path (folder);
  if (bal_exchange_window_is_running (window) || path == NULL)
    return;

  blog = bal_exchange_window_get_blog (window);
  g_free (self->path);
  self->path = choose_path (blog, self->format, path);
  title = g_strdup_printf (_("Exporting “%s”"), bal_blog_get_name (blog));
  cancellable = bal_exchange_window_begin (window, title, FALSE);
  bal_exchange_window_progress (0, 0, 0, self);

  bal_export_run_async (bal_exchange_window_get_store (window), blog, self->path, self->format, bal_exchange_window_progress,
                        self, cancellable, ran_cb, g_object_ref (self));
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
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BalExportWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) && gtk_widget_get_visible (GTK_WIDGET (self)))
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
bal_export_window_finalize (GObject *object)
{
  BalExportWindow *self = BAL_EXPORT_WINDOW (object);

  g_clear_pointer (&self->report, bal_export_report_free);
  g_free (self->path);

  G_OBJECT_CLASS (bal_export_window_parent_class)->finalize (object);
}

static void
bal_export_window_class_init (BalExportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_export_window_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-export-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, blog_row);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, formats_group);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BalExportWindow, show_button);

  gtk_widget_class_install_action (widget_class, "export.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "export.show", NULL, show_action);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < BAL_EXPORT_N_FORMATS; i++)
    add_format (self, i);
  gtk_check_button_set_active (self->checks[0], TRUE);
}

GtkWidget *
bal_export_window_new (GtkWindow *parent,
                       BalStore  *store,
                       GPtrArray *blogs,
                       BalBlog   *blog)
{
  BalExportWindow *self = g_object_new (BAL_TYPE_EXPORT_WINDOW, "transient-for", parent, NULL);

  bal_exchange_window_set_blogs (BAL_EXCHANGE_WINDOW (self), self->blog_row, store, blogs, blog, NULL);
  return GTK_WIDGET (self);
}
