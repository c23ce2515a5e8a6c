/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-person-table.h"
#include "bal-person-window.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

/* It would stand before the review. */
static void
open_comment_cb (GtkWindow *person,
                 gint64     review_id,
                 gint64     comment_id,
                 BalWindow *self)
{
  gtk_window_close (person);
  bal_window_show_review (self, review_id, comment_id);
}

/* One that is open already comes to the front. */
static GtkWindow *
find_open (BalWindow *self,
           gint64     person_id)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *node = windows; node != NULL; node = node->next)
    if (BAL_IS_PERSON_WINDOW (node->data) && bal_person_window_get_id (node->data) == person_id &&
        gtk_window_get_transient_for (node->data) == GTK_WINDOW (self))
      return node->data;

  return NULL;
}

typedef struct
{
  gint64   comment_id;
  gint64   person_id;
  gboolean mine;
} Question;

static gboolean
find_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Question *question = data;
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, question->comment_id, error);
  GError *local_error = NULL;

  if (comment == NULL)
    return FALSE;

  question->mine = bal_comment_get_mine (comment);
  question->person_id = bal_person_table_make_author (transaction, question->comment_id, &local_error);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(BalWindow) self = data;
  g_autoptr(GError) error = NULL;
  const Question *question = bal_store_get_work_data (result);
  GtkWindow *window;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (self->store == NULL)
    return;
  if (question->person_id == 0)
    {
      bal_toast (GTK_WIDGET (self), question->mine ? _("You wrote this comment yourself")
                                                   : _("This comment is anonymous: nothing tells who wrote it"));
      return;
    }

  window = find_open (self, question->person_id);
  if (window == NULL)
    {
      window = GTK_WINDOW (bal_person_window_new (GTK_WINDOW (self), self->store, question->person_id));
      g_signal_connect_object (window, "open-comment", G_CALLBACK (open_comment_cb), self, 0);
    }
  gtk_window_present (window);
}

static void
person_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  Question *question;

  if (self->store == NULL)
    return;

  question = g_new0 (Question, 1);
  question->comment_id = g_variant_get_int64 (parameter);
  bal_store_write_async (self->store, find_work, question, g_free, NULL, found_cb, g_object_ref (self));
}

void
bal_window_install_person_action (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.person", "x", person_action);
}
