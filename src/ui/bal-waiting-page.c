/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-waiting-page.h"

#include "bal-conflict-view.h"
#include "bal-waiting-deed.h"

#include <glib/gi18n.h>

struct _BalWaitingPage
{
  GtkWidget        parent_instance;

  BalStore        *store;
  BalWaitingItem  *item;

  /* template children */
  GtkWidget       *scrolled;
  GtkLabel        *title_label;
  GtkLabel        *what_label;
  GtkWidget       *outbox_box;
  GtkImage        *state_icon;
  GtkLabel        *state_label;
  GtkWidget       *reason_frame;
  GtkLabel        *reason_label;
  GtkLabel        *undo_hint;
  BalConflictView *conflict_view;
};

enum { DONE, OPEN_REVIEW, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalWaitingPage, bal_waiting_page, GTK_TYPE_WIDGET)

/* ---- what it is about ---- */

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
}

static void
update (BalWaitingPage *self)
{
  const char *title = bal_waiting_item_get_title (self->item);
  const char *reason = bal_waiting_item_get_reason (self->item);
  const char *hint = bal_waiting_item_get_undo_hint (self->item);
  gboolean conflict = bal_waiting_item_is_conflict (self->item);

  set_text (self->title_label, title != NULL && *title != '\0' ? title : _("Untitled"));
  set_text (self->what_label, bal_waiting_item_get_what (self->item));
  gtk_widget_set_visible (self->outbox_box, !conflict);
  gtk_widget_set_visible (GTK_WIDGET (self->conflict_view), conflict);
  gtk_image_set_from_icon_name (self->state_icon, bal_waiting_item_get_icon (self->item));
  set_text (self->state_label, bal_waiting_item_get_state (self->item));
  gtk_widget_set_visible (self->reason_frame, reason != NULL && *reason != '\0');
  set_text (self->reason_label, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_hint), hint != NULL);
  set_text (self->undo_hint, hint);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting.undo", bal_waiting_item_can_undo (self->item));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting.retry", bal_waiting_item_can_retry (self->item));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting.discard", bal_waiting_item_can_discard (self->item));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting.open", bal_waiting_item_get_review_id (self->item) != 0);
}

/* Sent, taken back or discarded, here or elsewhere; a conflict is told of by its view. */
static void
gone_cb (BalWaitingPage *self)
{
  if (!bal_waiting_item_is_conflict (self->item))
    g_signal_emit (self, signals[DONE], 0);
}

static void
set_item (BalWaitingPage *self,
          BalWaitingItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  g_signal_connect_object (item, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "notify::gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
}

/* ---- what can be done ---- */

static void
deed_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalWaitingPage *self = BAL_WAITING_PAGE (widget);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  BalWaitingDeed deed = BAL_WAITING_RETRY;

  if (self->item == NULL || bal_waiting_item_is_conflict (self->item))
    return;
  if (g_str_equal (action_name, "waiting.undo"))
    deed = BAL_WAITING_UNDO;
  else if (g_str_equal (action_name, "waiting.discard"))
    deed = BAL_WAITING_DISCARD;

  g_ptr_array_add (items, self->item);
  bal_waiting_deed_do (deed, widget, self->store, items);
}

static void
settled_cb (BalWaitingPage *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalWaitingPage *self = BAL_WAITING_PAGE (widget);

  if (self->item != NULL)
    g_signal_emit (self, signals[OPEN_REVIEW], 0, bal_waiting_item_get_review_id (self->item),
                   bal_waiting_item_get_entity (self->item) == BAL_ENTITY_COMMENT
                     ? bal_waiting_item_get_entity_id (self->item) : (gint64) 0);
}

/* ---- the object ---- */

static void
bal_waiting_page_dispose (GObject *object)
{
  BalWaitingPage *self = BAL_WAITING_PAGE (object);

  set_item (self, NULL);
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
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, state_icon);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, reason_frame);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, undo_hint);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingPage, conflict_view);
  gtk_widget_class_bind_template_callback (widget_class, settled_cb);

  gtk_widget_class_install_action (widget_class, "waiting.undo", NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "waiting.retry", NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "waiting.discard", NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "waiting.open", NULL, open_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "waiting.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, 0, "waiting.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, 0, "waiting.retry", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "waiting.discard", NULL);
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
  g_return_if_fail (BAL_IS_WAITING_PAGE (self));
  g_return_if_fail (BAL_IS_WAITING_ITEM (item));

  set_item (self, item);
  update (self);
  if (bal_waiting_item_is_conflict (item))
    bal_conflict_view_show (self->conflict_view, self->store, bal_waiting_item_get_id (item));
}
