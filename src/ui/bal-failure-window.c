/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-failure-window.h"

#include "bal-error.h"

#include <glib/gi18n.h>

static const char *
get_title (const GError *error)
{
  if (g_error_matches (error, BAL_ERROR, BAL_ERROR_CORRUPT))
    return _("Your Desk Is Damaged");
  if (g_error_matches (error, BAL_ERROR, BAL_ERROR_SCHEMA_TOO_NEW))
    return _("Written by a Newer Balcony");
  if (g_error_matches (error, BAL_ERROR, BAL_ERROR_BUSY))
    return _("Your Desk Is in Use");

  return _("Your Desk Can’t Be Opened");
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  return button;
}

GtkWidget *
bal_failure_window_new (GtkApplication *application,
                        const GError   *error)
{
  GtkWidget *window, *box, *header, *page, *buttons;
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  window = adw_application_window_new (application);
  gtk_window_set_title (GTK_WINDOW (window), "Balcony");
  gtk_window_set_default_size (GTK_WINDOW (window), 560, 540);

  header = adw_header_bar_new ();
  gtk_widget_add_css_class (header, "flat");
  page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-error-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), get_title (error));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_set_vexpand (page, TRUE);

  buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  if (g_error_matches (error, BAL_ERROR, BAL_ERROR_CORRUPT))
    gtk_box_append (GTK_BOX (buttons), make_button (_("_Restore a Backup…"), "app.restore-backup"));
  gtk_box_append (GTK_BOX (buttons), make_button (_("_Quit"), "app.quit"));
  adw_status_page_set_child (ADW_STATUS_PAGE (page), buttons);

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);

  return window;
}
