/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-toast.h"

#include <gio/gio.h>

/* As libadwaita's own. */
#define SECONDS 5

static AdwToast *
add_toast (GtkWidget  *widget,
           const char *text,
           const char *button_label,
           guint       seconds)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *title = NULL;
  AdwToast *toast, *before;

  if (overlay == NULL && GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (gtk_widget_get_root (widget)));

      if (parent != NULL)
        return add_toast (GTK_WIDGET (parent), text, button_label, seconds);
    }
  if (overlay == NULL && ADW_IS_APPLICATION_WINDOW (widget))
    {
      overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (widget));
      if (!ADW_IS_TOAST_OVERLAY (overlay))
        overlay = NULL;
    }
  if (overlay == NULL)
    return NULL;

  /* A toast's title is markup, and cannot be told otherwise before libadwaita 1.4. */
  title = g_markup_escape_text (text, -1);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, button_label);
  adw_toast_set_timeout (toast, seconds);

  /* News about what was done just now does not queue behind what was done before. */
  before = g_object_get_data (G_OBJECT (overlay), "bal-toast");
  if (before != NULL)
    adw_toast_dismiss (before);
  g_object_set_data_full (G_OBJECT (overlay), "bal-toast", g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);

  return toast;
}

void
bal_toast (GtkWidget  *widget,
           const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  add_toast (widget, text, NULL, SECONDS);
}

AdwToast *
bal_toast_button (GtkWidget  *widget,
                  const char *text,
                  const char *button_label)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return add_toast (widget, text, button_label, SECONDS);
}

AdwToast *
bal_toast_button_stay (GtkWidget  *widget,
                       const char *text,
                       const char *button_label)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return add_toast (widget, text, button_label, 0);
}

void
bal_toast_error (GtkWidget *widget,
                 GError    *error)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (error != NULL);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_toast (widget, error->message, NULL, SECONDS);
}
