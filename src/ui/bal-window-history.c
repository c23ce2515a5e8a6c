/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-history-window.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

static void
undo_cb (BalWindow *self)
{
  if (self->editor != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->editor), "editor.undo", NULL);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(BalWindow) self = data;
  g_autoptr(GError) error = NULL;
  AdwToast *toast = NULL;
  gboolean is_step;

  if (!bal_editor_restore_version_finish (BAL_EDITOR (source), result, &is_step, &error))
    {
      if (self->store != NULL)
        bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->store == NULL)
    return;

  if (is_step)
    toast = bal_toast_button (GTK_WIDGET (self), _("The earlier version is back"), _("Undo"));
  else
    bal_toast (GTK_WIDGET (self), _("The earlier version is back"));
  if (toast != NULL)
    g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
}

static void
restore_cb (GtkWindow *history,
            gint64     revision_id,
            BalWindow *self)
{
  gtk_window_close (history);
  if (self->editor != NULL)
    bal_editor_restore_version_async (self->editor, revision_id, self->cancellable, restored_cb, g_object_ref (self));
}

static void
copied_cb (BalWindow *self)
{
  bal_toast (GTK_WIDGET (self), _("The text is on the clipboard"));
}

static void
failed_cb (BalWindow  *self,
           const char *message)
{
  bal_toast (GTK_WIDGET (self), message);
}

static void
open_history (BalWindow *self,
              gint64     review_id)
{
  GtkWidget *history = bal_history_window_new (GTK_WINDOW (self), self->store, review_id);

  g_signal_connect_object (history, "restore", G_CALLBACK (restore_cb), self, 0);
  g_signal_connect_object (history, "copied", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (history));
}

void
bal_window_show_history (BalWindow *self,
                         gint64     review_id)
{
  bal_window_show_review (self, review_id, 0);
  open_history (self, review_id);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(BalWindow) self = data;
  g_autoptr(GError) error = NULL;
  gint64 review_id;

  if (!bal_editor_save_finish (BAL_EDITOR (source), result, &error))
    {
      if (self->store != NULL)
        bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  review_id = bal_editor_get_review_id (BAL_EDITOR (source));
  if (self->store != NULL && review_id != 0)
    open_history (self, review_id);
}

/* What is being typed is part of the present version. */
static void
history_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  bal_editor_save_async (self->editor, FALSE, self->cancellable, kept_cb, g_object_ref (self));
}

void
bal_window_install_history_action (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.history", NULL, history_action);
}
