/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-close-question.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define QUESTION_KEY "bal-close-question"

/* Of a window. */
typedef struct
{
  BalCloseFunc  keep;       /* (nullable): nothing would be lost */
  BalCloseFunc  answer;     /* of whoever asked last */
  GtkWindow    *dialog;     /* (nullable) borrowed: that asks now */
  gulong        then_id;    /* 0: it leads to nothing else */
  gboolean      is_last;    /* there is no going back to the words */
} Question;

static Question *
get_question (GtkWindow *window)
{
  Question *question = g_object_get_data (G_OBJECT (window), QUESTION_KEY);

  if (question == NULL)
    {
      question = g_new0 (Question, 1);
      g_object_set_data_full (G_OBJECT (window), QUESTION_KEY, question, g_free);
    }
  return question;
}

void
bal_close_question_set_wanted (GtkWindow    *window,
                               BalCloseFunc  func)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  get_question (window)->keep = func;
  if (func == NULL)
    bal_close_question_take_back (window);
}

gboolean
bal_close_question_is_wanted (GtkWindow *window)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window), FALSE);

  return get_question (window)->keep != NULL;
}

GtkWindow *
bal_close_question_find (GtkWindow *parent)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (bal_close_question_is_wanted (window) &&
          (parent == NULL || gtk_window_get_transient_for (window) == parent))
        return window;
    }
  return NULL;
}

/* ---- asking ---- */

static void
gone_cb (GtkWindow *window)
{
  get_question (window)->dialog = NULL;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (window == NULL)
    return;

  /* The window may go in here, and GTK 4.8 would have the dialog look for it afterwards. */
  gone_cb (window);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "back"))
    bal_close_question_stay (window);
  else
    get_question (window)->answer (window, g_str_equal (response, "keep"));
}

void
bal_close_question_ask (GtkWindow    *window,
                        const char   *heading,
                        const char   *body,
                        const char   *keep_label,
                        BalCloseFunc  func)
{
  Question *question;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (func != NULL);

  /* Asked once, however often the window is told to close. */
  question = get_question (window);
  question->answer = func;
  if (question->dialog != NULL)
    {
      gtk_window_present (question->dialog);
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
  question->dialog = GTK_WINDOW (dialog);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (gone_cb), window, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
bal_close_question_take_back (GtkWindow *window)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (window));

  question = get_question (window);
  if (question->dialog != NULL)
    gtk_window_destroy (g_steal_pointer (&question->dialog));
}

/* ---- on the way to something else ---- */

/* One is enough: the latest. */
static void
set_then (GtkWindow *window,
          GCallback  then,
          GObject   *object)
{
  Question *question = get_question (window);

  if (question->then_id != 0)
    g_signal_handler_disconnect (window, question->then_id);
  question->then_id = then != NULL ? g_signal_connect_object (window, "destroy", then, object, G_CONNECT_SWAPPED) : 0;
}

void
bal_close_question_close (GtkWindow *window,
                          GCallback  then,
                          GObject   *object)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (then != NULL);

  set_then (window, then, object);
  gtk_window_close (window);
}

void
bal_close_question_keep (GtkWindow *window,
                         GCallback  then,
                         GObject   *object)
{
  Question *question;

  g_return_if_fail (bal_close_question_is_wanted (window));
  g_return_if_fail (then != NULL);

  question = get_question (window);
  question->is_last = TRUE;
  bal_close_question_take_back (window);
  set_then (window, then, object);
  question->keep (window, TRUE);
}

gboolean
bal_close_question_is_last (GtkWindow *window)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window), FALSE);

  return get_question (window)->is_last;
}

void
bal_close_question_stay (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (get_question (window)->is_last)
    gtk_window_destroy (window);
  else
    set_then (window, NULL, NULL);
}
