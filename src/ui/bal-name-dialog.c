/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-name-dialog.h"

#include "bal-safe-text.h"
#include "bal-text.h"

#include <glib/gi18n.h>

/* Characters; a dialog is as large as its text. */
#define MAX_BODY 200

typedef struct
{
  GtkEditable    *entry;      /* borrowed: this lives with its dialog */
  BalNameFunc     func;
  gpointer        data;
  GDestroyNotify  destroy;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  question->destroy (question->data);
  g_free (question);
}

static void
changed_cb (GtkEditable *entry,
            gpointer     data)
{
  g_autofree char *name = bal_text_clean_line (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (data, "apply", *name != '\0');
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *name = bal_text_clean_line (gtk_editable_get_text (question->entry));

  if (g_str_equal (response, "apply") && *name != '\0')
    question->func (name, question->data);
}

void
bal_name_dialog_ask (GtkWidget      *widget,
                     const char     *heading,
                     const char     *body,
                     const char     *apply_label,
                     const char     *name,
                     BalNameFunc     func,
                     gpointer        data,
                     GDestroyNotify  destroy)
{
  g_autofree char *shown = NULL;
  GtkWidget *dialog, *entry;
  Question *question;
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (func != NULL);

  shown = body != NULL ? bal_safe_text_name (body, MAX_BODY) : NULL;
  entry = gtk_entry_new ();
  question = g_new0 (Question, 1);
  root = gtk_widget_get_root (widget);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, shown);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "apply", apply_label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "apply", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "apply");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  g_signal_connect (entry, "changed", G_CALLBACK (changed_cb), dialog);
  gtk_editable_set_text (GTK_EDITABLE (entry), name != NULL ? name : "");
  changed_cb (GTK_EDITABLE (entry), dialog);

  *question = (Question) { GTK_EDITABLE (entry), func, data, destroy };
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_set_focus (GTK_WINDOW (dialog), entry);
  gtk_window_present (GTK_WINDOW (dialog));
}
