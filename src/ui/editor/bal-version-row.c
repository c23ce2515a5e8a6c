/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-version-row.h"

struct _BalVersionRow
{
  GtkWidget   parent_instance;

  BalVersion *version;
  GtkWidget  *time;
  GtkWidget  *what;
  GtkWidget  *counts;
};

G_DEFINE_FINAL_TYPE (BalVersionRow, bal_version_row, GTK_TYPE_WIDGET)

static void
update (BalVersionRow *self)
{
  GtkWidget *around = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *time = NULL;
  g_autofree char *what = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *name = NULL;

  g_object_get (self->version, "time", &time, "what", &what, "counts", &counts, NULL);
  gtk_label_set_text (GTK_LABEL (self->time), time);
  gtk_label_set_text (GTK_LABEL (self->what), what);
  gtk_label_set_text (GTK_LABEL (self->counts), counts);
  name = g_strdup_printf (*counts != '\0' ? "%s, %s, %s" : "%s, %s", time, what, counts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  /* The list's own widget around it is what has the focus. */
  if (around != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (around), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
add_label (BalVersionRow *self,
           const char    *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, "caption");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
bal_version_row_dispose (GObject *object)
{
  BalVersionRow *self = BAL_VERSION_ROW (object);
  GtkWidget *child;

  bal_version_row_set_version (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bal_version_row_parent_class)->dispose (object);
}

static void
bal_version_row_class_init (BalVersionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_version_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
bal_version_row_init (BalVersionRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 6);
  self->time = add_label (self, NULL);
  self->what = add_label (self, "dim-label");
  self->counts = add_label (self, "numeric");
}

GtkWidget *
bal_version_row_new (void)
{
  return g_object_new (BAL_TYPE_VERSION_ROW, NULL);
}

void
bal_version_row_set_version (BalVersionRow *self,
                             BalVersion    *version)
{
  g_return_if_fail (BAL_IS_VERSION_ROW (self));

  if (self->version != NULL)
    g_signal_handlers_disconnect_by_func (self->version, update, self);
  g_set_object (&self->version, version);
  if (version == NULL)
    return;
  g_signal_connect_object (version, "notify::counts", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
