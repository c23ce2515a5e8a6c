/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-close-question.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DIALOG_KEY "bal-close-question"
#define WANTED_KEY "bal-close-question-wanted"

void
bal_close_question_set_wanted (GtkWindow *window,
                               gboolean   wanted)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_object_set_data (G_OBJECT (window), WANTED_KEY, GINT_TO_POINTER (wanted));
}

gboolean
bal_close_question_is_wanted (GtkWindow *window)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window), FALSE);

  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (window), WANTED_KEY));
}

static void
gone_cb (GtkWindow *window)
{
  g_object_set_data (G_OBJECT (window), DIALOG_KEY, NULL);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          data)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  BalCloseFunc func = (BalCloseFunc) data;

  if (window == NULL)
    return;

  /* The window may go in here, and GTK 4.8 would have the dialog look for it afterwards. */
  gone_cb (window);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (!g_str_equal (response, "back"))
    func (window, g_str_equal (response, "keep"));
}

void
bal_close_question_ask (GtkWindow    *window,
                        const char   *heading,
                        const char   *body,
                        const char   *keep_label,
                        BalCloseFunc  func)
{
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (func != NULL);

  /* Asked once, however often the window is told to close. */
  dialog = g_object_get_data (G_OBJECT (window), DIALOG_KEY);
  if (dialog != NULL)
    {
      gtk_window_present (GTK_WINDOW (dialog));
      return;
    }

  dialog = adw_message_dialog_new (window, heading, body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "back", _("_Keep Writing"), "discard", _("_Discard"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "back");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "back");
  if (keep_label != NULL)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "keep", keep_label);
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep", ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
    }
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_object_set_data (G_OBJECT (window), DIALOG_KEY, dialog);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (gone_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), (gpointer) func);
  gtk_window_present (GTK_WINDOW (dialog));
}
