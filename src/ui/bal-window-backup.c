/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-application.h"
#include "bal-backup-dialog.h"

static void
make_saved (BalWindow *self,
            gint64     unused)
{
  bal_backup_dialog_make (GTK_WINDOW (self), self->store);
}

static void
back_up_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  bal_window_save_then (BAL_WINDOW (widget), make_saved, 0);
}

static void
restore_saved (BalWindow *self,
               gint64     unused)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  /* It is saved, and goes. */
  self->closing = TRUE;
  bal_application_restore (BAL_APPLICATION (application), g_object_get_data (G_OBJECT (self), "bal-backup"));
}

static void
chosen_cb (gpointer    data,
           const char *path)
{
  g_object_set_data_full (data, "bal-backup", g_strdup (path), g_free);
  bal_window_save_then (data, restore_saved, 0);
}

static void
restore_backup_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  if (BAL_IS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))))
    bal_backup_dialog_restore (GTK_WINDOW (self), bal_store_get_data_dir (self->store), chosen_cb, G_OBJECT (self));
}

void
bal_window_install_backup_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
  gtk_widget_class_install_action (widget_class, "win.restore-backup", NULL, restore_backup_action);
}
