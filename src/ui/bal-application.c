/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-application.h"

#include "bal-backup-dialog.h"
#include "bal-close-question.h"
#include "bal-failure-window.h"
#include "bal-preferences-window.h"
#include "bal-toast.h"
#include "bal-transient.h"
#include "bal-window.h"
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

struct _BalApplication
{
  AdwApplication  parent_instance;

  char           *data_dir;      /* NULL until it starts: the usual one */
  BalStore       *store;
  BalSyncEngine  *engine;
  GError         *failure;
  guint           term_id;
};

enum { BUILD, TAKE_DOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalApplication, bal_application, ADW_TYPE_APPLICATION)

/* ---- actions ---- */

/* Each saves before it goes; with the last one the program ends. */
static void
close_windows (BalApplication *self)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == NULL)
      gtk_window_close (l->data);
}

static gboolean
quit_cb (gpointer data)
{
  g_action_group_activate_action (G_ACTION_GROUP (data), "quit", NULL);

  return G_SOURCE_REMOVE;
}

/* Not in the middle of what the window does as it goes. */
static void
go_on_quitting (BalApplication *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, quit_cb, g_object_ref (self), g_object_unref);
}

/* What is not kept yet is asked about before anything closes. */
static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GtkWindow *unkept = bal_close_question_find (NULL);

  if (unkept != NULL)
    bal_close_question_close (unkept, G_CALLBACK (go_on_quitting), user_data);
  else
    close_windows (user_data);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  GtkWindow *window = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                                    "transient-for", gtk_application_get_active_window (user_data),
                                    "modal", TRUE,
                                    "application-name", "Balcony",
                                    "application-icon", BALCONY_APP_ID,
                                    "version", BALCONY_VERSION,
                                    "comments", _("The writing desk of a film blogger"),
                                    "license-type", GTK_LICENSE_GPL_3_0,
                                    "translator-credits", _("translator-credits"),
                                    NULL);

  bal_transient_watch (window);
  gtk_window_present (window);
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/balcony/Balcony/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, gtk_application_get_active_window (user_data));
  bal_transient_watch (window);
  gtk_window_present (window);
}

/* One, however often it is asked for. */
static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window == NULL || !BAL_IS_WINDOW (window))
    return;
  gtk_window_present (GTK_WINDOW (bal_preferences_window_new (window, BAL_APPLICATION (user_data)->store)));
}

static void
help_shown_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    bal_toast (GTK_WIDGET (source), _("The guide could not be opened. Install a help viewer, such as Yelp, to read it."));
}

static void
help_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window != NULL)
    gtk_show_uri_full (window, "help:balcony", GDK_CURRENT_TIME, NULL, help_shown_cb, NULL);
}

static void
backup_chosen_cb (gpointer    data,
                  const char *path)
{
  bal_application_restore (data, path);
}

/* For a desk that can't be opened; a window that has one saves first. */
static void
restore_backup_action (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  BalApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (user_data);

  if (window != NULL && self->failure != NULL)
    bal_backup_dialog_restore (window, self->data_dir, backup_chosen_cb, G_OBJECT (self));
}

static const GActionEntry entries[] = {
  { "quit", quit_action, NULL, NULL, NULL, { 0 } },
  { "about", about_action, NULL, NULL, NULL, { 0 } },
  { "shortcuts", shortcuts_action, NULL, NULL, NULL, { 0 } },
  { "help", help_action, NULL, NULL, NULL, { 0 } },
  { "restore-backup", restore_backup_action, NULL, NULL, NULL, { 0 } },
  { "preferences", preferences_action, NULL, NULL, NULL, { 0 } },
};

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.help", { "F1" } },
  { "app.preferences", { "<Control>comma" } },
  { "window.close", { "<Control>w" } },
  { "win.new-review", { "<Control>n" } },
  { "win.save", { "<Control>s" } },
  { "win.sync", { "<Control>r", "F5" } },
  { "win.find", { "<Control>f" } },
  { "win.search", { "<Control><Shift>f" } },
  { "win.publish", { "<Control><Shift>Return" } },
  { "win.preview", { "<Control><Shift>p" } },
  { "win.open-in-browser", { "<Control><Shift>o" } },
  { "win.history", { "<Control><Shift>h" } },
  { "win.import", { "<Control>o" } },
  { "win.saved-replies", { "<Control><Shift>r" } },
  { "win.export", { "<Control><Shift>e" } },
  { "win.show-sidebar", { "F9" } },
  { "win.focus-mode", { "F11" } },
  { "win.next-pane", { "F6" } },
  { "win.previous-pane", { "<Shift>F6" } },
};

static void go_on_ending (BalApplication *self);

/* A program that is told to end still saves, and leaves through exit(). It waits for no answer: it would be killed, and
 * all that is not kept be lost with it. */
static void
end (BalApplication *self)
{
  GtkWindow *unkept = bal_close_question_find (NULL);

  if (unkept != NULL)
    bal_close_question_keep (unkept, G_CALLBACK (go_on_ending), G_OBJECT (self));
  else
    close_windows (self);
}

static gboolean
end_cb (gpointer data)
{
  end (data);

  return G_SOURCE_REMOVE;
}

static void
go_on_ending (BalApplication *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, end_cb, g_object_ref (self), g_object_unref);
}

static gboolean
term_cb (gpointer data)
{
  end (data);

  return G_SOURCE_CONTINUE;
}

/* ---- running ---- */

static GtkWidget *
make_window (BalApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);

  if (self->failure != NULL)
    return bal_failure_window_new (application, self->failure);

  return bal_window_new (application, self->store, self->engine);
}

/* ---- another desk in the place of this one ---- */

static void
restore_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  BalApplication *self = source;
  GError *error = NULL;

  if (bal_store_restore (self->data_dir, data, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  BalApplication *self = BAL_APPLICATION (source);
  g_autoptr(GError) error = NULL;
  gboolean restored = g_task_propagate_boolean (G_TASK (result), &error);
  GtkWidget *window;

  g_clear_error (&self->failure);
  g_signal_emit (self, signals[BUILD], 0, self->data_dir);
  window = make_window (self);
  gtk_window_destroy (user_data);
  gtk_window_present (GTK_WINDOW (window));
  g_application_release (G_APPLICATION (self));

  if (!restored)
    bal_backup_dialog_tell (GTK_WINDOW (window), _("Nothing Was Restored"), error);
  else if (self->store != NULL)
    {
      bal_toast (window, _("Restored. What was here before is among the backups."));
      bal_backup_dialog_check (GTK_WINDOW (window), self->store);
    }
}

/* It goes when all is done, not before. */
static gboolean
keep_open_cb (GtkWindow *window)
{
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_waiting_window (BalApplication *self)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (self));
  GtkWidget *handle = gtk_window_handle_new ();
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_spinner_start (GTK_SPINNER (spinner));
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("Restoring the Backup"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("It is checked first, so this may take a while."));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), spinner);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), handle);
  gtk_window_set_title (GTK_WINDOW (window), "Balcony");
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 320);
  g_signal_connect (window, "close-request", G_CALLBACK (keep_open_cb), NULL);
  return window;
}

void
bal_application_restore (BalApplication *self,
                         const char     *path)
{
  g_autoptr(GList) windows = NULL;
  g_autoptr(GTask) task = NULL;
  GtkWidget *waiting;

  g_return_if_fail (BAL_IS_APPLICATION (self));
  g_return_if_fail (path != NULL);

  g_application_hold (G_APPLICATION (self));
  windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));
  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  waiting = make_waiting_window (self);
  gtk_window_present (GTK_WINDOW (waiting));
  task = g_task_new (self, NULL, restored_cb, waiting);
  g_task_set_task_data (task, g_strdup (path), g_free);

  /* Each keeps its layout as it goes. */
  for (GList *l = windows; l != NULL; l = l->next)
    {
      gtk_window_close (l->data);
      gtk_window_destroy (l->data);
      g_object_unref (l->data);
    }
  g_clear_object (&self->engine);
  g_clear_object (&self->store);
  g_signal_emit (self, signals[TAKE_DOWN], 0);
  g_task_run_in_thread (task, restore_thread);
}

static void
bal_application_startup (GApplication *application)
{
  BalApplication *self = BAL_APPLICATION (application);

  G_APPLICATION_CLASS (bal_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action, shortcuts[i].accels);
  self->term_id = g_unix_signal_add (SIGTERM, term_cb, self);

  if (self->data_dir == NULL)
    self->data_dir = g_build_filename (g_get_user_data_dir (), "balcony", NULL);
  g_signal_emit (self, signals[BUILD], 0, self->data_dir);
}

static void
bal_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (make_window (BAL_APPLICATION (application)));
  gtk_window_present (window);
}

static void
bal_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  g_application_activate (application);

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);

      if (!g_file_has_uri_scheme (files[i], "balcony"))
        continue;
      for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
        if (BAL_IS_WINDOW (l->data))
          bal_window_take_auth_answer (l->data, uri);
    }
}

static int
bal_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  BalApplication *self = BAL_APPLICATION (application);
  g_autoptr(GFile) folder = NULL;
  const char *data_dir = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Balcony %s\n", BALCONY_VERSION);
      return 0;
    }
  if (!g_variant_dict_lookup (options, "data-dir", "^&ay", &data_dir))
    return -1;

  /* Another desk is another program: it must not raise the window of the first. */
  folder = g_file_new_for_commandline_arg (data_dir);
  self->data_dir = g_file_get_path (folder);
  g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
bal_application_shutdown (GApplication *application)
{
  BalApplication *self = BAL_APPLICATION (application);

  g_clear_handle_id (&self->term_id, g_source_remove);
  g_clear_object (&self->engine);
  g_clear_object (&self->store);

  G_APPLICATION_CLASS (bal_application_parent_class)->shutdown (application);
}

static void
bal_application_finalize (GObject *object)
{
  BalApplication *self = BAL_APPLICATION (object);

  g_free (self->data_dir);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (bal_application_parent_class)->finalize (object);
}

static void
bal_application_class_init (BalApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_application_finalize;
  application_class->startup = bal_application_startup;
  application_class->activate = bal_application_activate;
  application_class->open = bal_application_open;
  application_class->handle_local_options = bal_application_handle_local_options;
  application_class->shutdown = bal_application_shutdown;

  signals[BUILD] = g_signal_new ("build", BAL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TAKE_DOWN] = g_signal_new ("take-down", BAL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
}

static void
bal_application_init (BalApplication *self)
{
  static const GOptionEntry options[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Keep everything in this folder"), N_("DIR") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

BalApplication *
bal_application_new (void)
{
  return g_object_new (BAL_TYPE_APPLICATION,
                       "application-id", BALCONY_APP_ID,
                       "resource-base-path", "/io/github/balcony/Balcony",
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

void
bal_application_set_desk (BalApplication *self,
                          BalStore       *store,
                          BalSyncEngine  *engine)
{
  g_return_if_fail (BAL_IS_APPLICATION (self));

  g_set_object (&self->store, store);
  g_set_object (&self->engine, engine);
}

void
bal_application_set_broken (BalApplication *self,
                            const GError   *error)
{
  g_return_if_fail (BAL_IS_APPLICATION (self));
  g_return_if_fail (error != NULL);

  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);
}

gboolean
bal_application_is_broken (BalApplication *self)
{
  g_return_val_if_fail (BAL_IS_APPLICATION (self), FALSE);

  return self->failure != NULL;
}
