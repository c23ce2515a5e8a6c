/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-waiting-page.h"

#include "bal-conflict-view.h"
#include "bal-toast.h"

#include <glib/gi18n.h>

struct _BalWaitingPage
{
  GtkWidget        parent_instance;

  BalStore        *store;
  BalWaitingItem  *item;
  gint64           review_id;      /* that it is about, or whose comment it is about */

  /* template children */
  GtkWidget       *scrolled;
  GtkLabel        *title_label;
  GtkLabel        *what_label;
  GtkWidget       *outbox_box;
  GtkLabel        *state_label;
  GtkWidget       *reason_frame;
  GtkLabel        *reason_label;
  BalConflictView *conflict_view;
};

enum { DONE, OPEN_REVIEW, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalWaitingPage, bal_waiting_page, GTK_TYPE_WIDGET)

/* ---- what it is about ---- */

typedef struct
{
  gint64    id;
  BalEntity entity;
  gint64    entity_id;
  gint64    review_id;
} ReadJob;

/* What is gone leads nowhere. */
static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ReadJob *job = data;

  if (job->entity == BAL_ENTITY_REVIEW)
    {
      g_autoptr(BalReview) review = bal_review_table_get (transaction, job->entity_id, NULL);

      job->review_id = review ? job->entity_id : 0;
    }
  else
    {
      g_autoptr(BalComment) comment = bal_comment_table_get (transaction, job->entity_id, NULL);

      job->review_id = comment ? bal_comment_get_review_id (comment) : 0;
    }
  return TRUE;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalWaitingPage) self = user_data;
  g_autoptr(GError) error = NULL;
  ReadJob *job;

  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }

  job = bal_store_get_work_data (result);
  if (self->item == NULL || job->id != bal_waiting_item_get_id (self->item))
    return;

  self->review_id = job->review_id;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting.open", job->review_id != 0);
}

/* ---- what can be done ---- */

typedef enum
{
  DEED_RETRY,
  DEED_DISCARD,
} Deed;

typedef struct
{
  Deed   deed;
  gint64 id;
} DeedJob;

static gboolean
deed_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  DeedJob *job = data;

  return job->deed == DEED_RETRY ? bal_outbox_retry (transaction, job->id, error)
                                 : bal_outbox_discard (transaction, job->id, error);
}

static void
deed_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalWaitingPage) self = user_data;
  g_autoptr(GError) error = NULL;
  DeedJob *job;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }

  job = bal_store_get_work_data (result);
  if (job->deed == DEED_DISCARD)
    {
      bal_toast (GTK_WIDGET (self), _("Change discarded; it stays in the local history"));
    }
  else
    {
      bal_toast (GTK_WIDGET (self), _("The next sync tries it again"));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
    }
  g_signal_emit (self, signals[DONE], 0);
}

static void
do_deed (BalWaitingPage *self,
         Deed            deed)
{
  DeedJob *job;

  if (self->item == NULL)
    return;

  job = g_new0 (DeedJob, 1);
  job->deed = deed;
  job->id = bal_waiting_item_get_id (self->item);
  bal_store_write_async (self->store, deed_work, job, g_free, NULL, deed_cb, g_object_ref (self));
}

static void
retry_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  do_deed (BAL_WAITING_PAGE (widget), DEED_RETRY);
}

static void
settled_cb (BalWaitingPage *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

static void
discard_response_cb (BalWaitingPage *self,
                     const char     *response)
{
  if (g_str_equal (response, "discard"))
    do_deed (self, DEED_DISCARD);
}

static void
discard_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Discard This Change?"),
                            _("It is not sent, and the state that the blog knows comes back here. "
                              "What is given up stays in the local history."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalWaitingPage *self = BAL_WAITING_PAGE (widget);

  if (self->item != NULL && self->review_id != 0)
    g_signal_emit (self, signals[OPEN_REVIEW], 0, self->review_id,
                   bal_waiting_item_get_entity (self->item) == BAL_ENTITY_COMMENT
                     ? bal_waiting_item_get_entity_id (self->item) : (gint64) 0);
}

/* ---- the object ---- */

static void
bal_waiting_page_dispose (GObject *object)
{
  BalWaitingPage *self = BAL_WAITING_PAGE (object);

  g_clear_object (&self->item);
  g_clear_object (&self->store);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_waiting_page_parent_class)->dispose (object);
}

static void
bal_waiting_page_class_init (BalWaitingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_waiting_page_dispose;

  signals[DONE] = g_signal_new ("done", BAL_TYPE_WAITING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[OPEN_REVIEW] = g_signal_new ("open-review", BAL_TYPE_WAITING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);

  g_type_ensure (BAL_TYPE_CONFLICT_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-waiting-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, what_label);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, outbox_box);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, reason_frame);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, conflict_view);
  gtk_widget_class_bind_template_callback (widget_class, settled_cb);

  gtk_widget_class_install_action (widget_class, "waiting.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "waiting.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "waiting.open", NULL, open_action);
}

static void
bal_waiting_page_init (BalWaitingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bal_waiting_page_new (BalStore *store)
{
  BalWaitingPage *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_WAITING_PAGE, NULL);
  self->store = g_object_ref (store);

  return GTK_WIDGET (self);
}

void
bal_waiting_page_show (BalWaitingPage *self,
                       BalWaitingItem *item)
{
  const char *title = bal_waiting_item_get_title (item);
  const char *reason = bal_waiting_item_get_reason (item);
  gboolean conflict = bal_waiting_item_is_conflict (item);
  ReadJob *job = g_new0 (ReadJob, 1);

  g_return_if_fail (BAL_IS_WAITING_PAGE (self));
  g_return_if_fail (BAL_IS_WAITING_ITEM (item));

  g_set_object (&self->item, item);
  self->review_id = 0;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting.open", FALSE);

  gtk_label_set_text (self->title_label, title != NULL && *title != '\0' ? title : _("Untitled"));
  gtk_label_set_text (self->what_label, bal_waiting_item_get_what (item));
  gtk_widget_set_visible (self->outbox_box, !conflict);
  gtk_widget_set_visible (GTK_WIDGET (self->conflict_view), conflict);
  gtk_label_set_text (self->state_label, bal_waiting_item_get_state (item));
  gtk_widget_set_visible (self->reason_frame, reason != NULL && *reason != '\0');
  gtk_label_set_text (self->reason_label, reason ? reason : "");

  job->id = bal_waiting_item_get_id (item);
  job->entity = bal_waiting_item_get_entity (item);
  job->entity_id = bal_waiting_item_get_entity_id (item);
  bal_store_read_async (self->store, read_work, job, g_free, NULL, read_cb, g_object_ref (self));
  if (conflict)
    bal_conflict_view_show (self->conflict_view, self->store, bal_waiting_item_get_id (item));
}
