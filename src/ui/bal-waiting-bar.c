/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-waiting-bar.h"

#include "bal-waiting-deed.h"

#include <glib/gi18n.h>

struct _BalWaitingBar
{
  GtkWidget          parent_instance;

  BalStore          *store;
  GtkSelectionModel *selection;      /* NULL: the list shows something else */

  /* template children */
  GtkLabel          *count_label;
  GtkWidget         *undo_button;
  GtkWidget         *retry_button;
  GtkWidget         *discard_button;
  GtkWidget         *all_button;
};

G_DEFINE_FINAL_TYPE (BalWaitingBar, bal_waiting_bar, GTK_TYPE_WIDGET)

/* (transfer full) (element-type BalWaitingItem) */
static GPtrArray *
list_items (BalWaitingBar *self,
            gboolean       all)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;

  for (guint i = 0; i < n_items; i++)
    if (all || gtk_selection_model_is_selected (self->selection, i))
      g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->selection), i));

  return items;
}

static void
update (BalWaitingBar *self)
{
  g_autoptr(GPtrArray) chosen = list_items (self, FALSE);
  g_autoptr(GPtrArray) all = list_items (self, TRUE);
  gboolean several = chosen->len > 1;
  g_autofree char *text =
    several ? g_strdup_printf (ngettext ("%u selected", "%u selected", chosen->len), chosen->len)
            /* Translators: in the outbox. */
            : g_strdup_printf (ngettext ("%u waits", "%u wait", all->len), all->len);

  gtk_widget_set_visible (GTK_WIDGET (self), all->len > 0);
  gtk_label_set_text (self->count_label, text);
  gtk_widget_set_visible (self->undo_button, several);
  gtk_widget_set_visible (self->retry_button, several);
  gtk_widget_set_visible (self->discard_button, several);
  gtk_widget_set_visible (self->all_button, !several);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting-bar.undo",
                                 bal_waiting_deed_is_possible (BAL_WAITING_UNDO, chosen));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting-bar.retry",
                                 bal_waiting_deed_is_possible (BAL_WAITING_RETRY, chosen));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting-bar.discard",
                                 bal_waiting_deed_is_possible (BAL_WAITING_DISCARD, chosen));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiting-bar.retry-all",
                                 bal_waiting_deed_is_possible (BAL_WAITING_RETRY, all));
}

/* ---- what can be done ---- */

static void
do_deed (BalWaitingBar  *self,
         BalWaitingDeed  deed,
         gboolean        all)
{
  g_autoptr(GPtrArray) items = list_items (self, all);

  if (items->len > 0)
    bal_waiting_deed_do (deed, GTK_WIDGET (self), self->store, items);
}

static void
deed_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalWaitingBar *self = BAL_WAITING_BAR (widget);

  if (g_str_equal (action_name, "waiting-bar.undo"))
    do_deed (self, BAL_WAITING_UNDO, FALSE);
  else if (g_str_equal (action_name, "waiting-bar.discard"))
    do_deed (self, BAL_WAITING_DISCARD, FALSE);
  else
    do_deed (self, BAL_WAITING_RETRY, g_str_equal (action_name, "waiting-bar.retry-all"));
}

/* The list is there for other things too, whose keys these are then. */
static gboolean
key_cb (GtkWidget *list,
        GVariant  *deed,
        gpointer   data)
{
  BalWaitingBar *self = data;

  if (self->selection == NULL)
    return FALSE;

  do_deed (self, g_variant_get_int32 (deed), FALSE);
  return TRUE;
}

static void
activate_cb (BalWaitingBar *self,
             guint          position)
{
  g_autoptr(BalWaitingItem) item =
    self->selection != NULL ? g_list_model_get_item (G_LIST_MODEL (self->selection), position) : NULL;
  gint64 review_id = item != NULL ? bal_waiting_item_get_review_id (item) : 0;

  if (review_id != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-review", "(xx)", review_id,
                                bal_waiting_item_get_entity (item) == BAL_ENTITY_COMMENT
                                  ? bal_waiting_item_get_entity_id (item) : (gint64) 0);
}

/* ---- the object ---- */

static void
bal_waiting_bar_dispose (GObject *object)
{
  BalWaitingBar *self = BAL_WAITING_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_waiting_bar_parent_class)->dispose (object);
}

static void
bal_waiting_bar_class_init (BalWaitingBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_waiting_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-waiting-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BalWaitingBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingBar, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingBar, retry_button);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingBar, discard_button);
  gtk_widget_class_bind_template_child (widget_class, BalWaitingBar, all_button);

  gtk_widget_class_install_action (widget_class, "waiting-bar.undo", NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "waiting-bar.retry", NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "waiting-bar.discard", NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "waiting-bar.retry-all", NULL, deed_action);
}

static void
bal_waiting_bar_init (BalWaitingBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
bal_waiting_bar_attach (BalWaitingBar *self,
                        GtkListView   *list,
                        BalStore      *store)
{
  static const struct { guint key; GdkModifierType modifiers; BalWaitingDeed deed; } keys[] = {
    { GDK_KEY_Delete, 0, BAL_WAITING_DISCARD },
    { GDK_KEY_KP_Delete, 0, BAL_WAITING_DISCARD },
    { GDK_KEY_z, GDK_CONTROL_MASK, BAL_WAITING_UNDO },
    { GDK_KEY_u, 0, BAL_WAITING_UNDO },
    { GDK_KEY_r, 0, BAL_WAITING_RETRY },
  };
  GtkEventController *controller;

  g_return_if_fail (BAL_IS_WAITING_BAR (self));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  controller = gtk_shortcut_controller_new ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                                                gtk_callback_action_new (key_cb, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].deed));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (list), controller);
  g_signal_connect_object (list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
}

void
bal_waiting_bar_show (BalWaitingBar     *self,
                      GtkSelectionModel *selection)
{
  g_return_if_fail (BAL_IS_WAITING_BAR (self));

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_set_object (&self->selection, selection);
  if (selection != NULL)
    {
      g_signal_connect_object (selection, "selection-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (selection, "items-changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
    }
  update (self);
}
