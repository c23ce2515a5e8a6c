/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-client-form.h"

#include <glib/gi18n.h>

struct _BalClientForm
{
  GtkWidget     parent_instance;

  char         *address;         /* nullable */
  gboolean      has_default;     /* this build brings a client */

  /* template children */
  GtkWidget    *help_label;
  GtkWidget    *console_link;
  GtkWidget    *optional_label;
  GtkEditable  *id_entry;
  GtkEditable  *secret_entry;
  GtkWidget    *waiting_box;
  GtkSpinner   *spinner;
};

enum { SIGN_IN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalClientForm, bal_client_form, GTK_TYPE_WIDGET)

static const char *
text_of (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);

  return *text != '\0' ? text : NULL;
}

static void
update_sensitivity (BalClientForm *self)
{
  gboolean is_whole = text_of (self->id_entry) != NULL && text_of (self->secret_entry) != NULL;
  gboolean is_empty = text_of (self->id_entry) == NULL && text_of (self->secret_entry) == NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "client.sign-in", is_whole || (is_empty && self->has_default));
}

static void
sign_in_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGN_IN], 0);
}

static void
activated_cb (BalClientForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "client.sign-in", NULL);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalClientForm *self = BAL_CLIENT_FORM (widget);

  if (self->address != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->address);
}

static void
bal_client_form_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_CLIENT_FORM);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);    /* those without a name of their own in the template */

  G_OBJECT_CLASS (bal_client_form_parent_class)->dispose (object);
}

static void
bal_client_form_finalize (GObject *object)
{
  g_free (BAL_CLIENT_FORM (object)->address);

  G_OBJECT_CLASS (bal_client_form_parent_class)->finalize (object);
}

static void
bal_client_form_class_init (BalClientFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_client_form_dispose;
  object_class->finalize = bal_client_form_finalize;

  signals[SIGN_IN] = g_signal_new ("sign-in", BAL_TYPE_CLIENT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-client-form.ui");
  gtk_widget_class_bind_template_child (widget_class, BalClientForm, help_label);
  gtk_widget_class_bind_template_child (widget_class, BalClientForm, console_link);
  gtk_widget_class_bind_template_child (widget_class, BalClientForm, optional_label);
  gtk_widget_class_bind_template_child (widget_class, BalClientForm, id_entry);
  gtk_widget_class_bind_template_child (widget_class, BalClientForm, secret_entry);
  gtk_widget_class_bind_template_child (widget_class, BalClientForm, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, BalClientForm, spinner);
  gtk_widget_class_bind_template_callback (widget_class, update_sensitivity);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "client.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "client.copy-address", NULL, copy_action);
}

static void
bal_client_form_init (BalClientForm *self)
{
  GtkBoxLayout *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 12);
  update_sensitivity (self);
}

void
bal_client_form_set_type (BalClientForm         *self,
                          const BalProviderType *type)
{
  g_autoptr(BalOAuthService) service = NULL;

  g_return_if_fail (BAL_IS_CLIENT_FORM (self));
  g_return_if_fail (type != NULL && type->get_oauth != NULL);

  service = type->get_oauth ();
  self->has_default = service->client_id != NULL;
  gtk_widget_set_visible (self->help_label, !self->has_default);
  gtk_widget_set_visible (self->console_link, !self->has_default);
  gtk_widget_set_visible (self->optional_label, self->has_default);
  update_sensitivity (self);
}

const char *
bal_client_form_get_client_id (BalClientForm *self)
{
  g_return_val_if_fail (BAL_IS_CLIENT_FORM (self), NULL);

  return text_of (self->id_entry);
}

const char *
bal_client_form_get_client_secret (BalClientForm *self)
{
  g_return_val_if_fail (BAL_IS_CLIENT_FORM (self), NULL);

  return text_of (self->secret_entry);
}

void
bal_client_form_set_address (BalClientForm *self,
                             const char    *address)
{
  g_return_if_fail (BAL_IS_CLIENT_FORM (self));

  g_free (self->address);
  self->address = g_strdup (address);
}

void
bal_client_form_set_waiting (BalClientForm *self,
                             gboolean       waiting)
{
  g_return_if_fail (BAL_IS_CLIENT_FORM (self));

  gtk_widget_set_visible (self->waiting_box, waiting);
  gtk_spinner_set_spinning (self->spinner, waiting);
}
