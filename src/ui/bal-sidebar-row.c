/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sidebar-row.h"

#include "bal-safe-text.h"

#include <glib/gi18n.h>

/* Characters of a search in a tooltip. */
#define MAX_LINE 200

struct _BalSidebarRow
{
  GtkListBoxRow  parent_instance;

  BalPlace      *place;
  guint          count;
  guint          most;           /* 0: any number is told; else what is above it is told as more than that */

  /* template children */
  GtkImage      *icon;
  GtkLabel      *title_label;
  GtkLabel      *count_label;
};

G_DEFINE_FINAL_TYPE (BalSidebarRow, bal_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

/* (transfer full) (nullable) */
static char *
make_number (BalSidebarRow *self)
{
  if (self->count == 0)
    return NULL;
  if (self->most > 0 && self->count > self->most)
    /* Translators: more than so many */
    return g_strdup_printf (_("%u+"), self->most);

  /* Translators: the ' groups thousands where the language does that */
  return g_strdup_printf (_("%'u"), self->count);
}

static void
update_name (BalSidebarRow *self)
{
  const char *title = bal_place_get_title (self->place);
  g_autofree char *number = self->most > 0 ? make_number (self) : NULL;
  g_autofree char *name = NULL;

  if (number != NULL)
    name = g_strdup_printf ("%s, %s", title, number);
  else if (self->count > 0)
    name = g_strdup_printf ("%s, %u", title, self->count);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name ? name : title, -1);
}

static void
bal_sidebar_row_finalize (GObject *object)
{
  g_clear_pointer (&BAL_SIDEBAR_ROW (object)->place, bal_place_free);

  G_OBJECT_CLASS (bal_sidebar_row_parent_class)->finalize (object);
}

static void
bal_sidebar_row_class_init (BalSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_sidebar_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BalSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, BalSidebarRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, BalSidebarRow, count_label);
}

static void
bal_sidebar_row_init (BalSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bal_sidebar_row_new (BalPlace *place)
{
  BalSidebarRow *self = g_object_new (BAL_TYPE_SIDEBAR_ROW, NULL);
  g_autofree char *line = place->kind == BAL_PLACE_FILTER ? bal_safe_text_name (place->line, MAX_LINE) : NULL;

  self->place = place;
  gtk_image_set_from_icon_name (self->icon, bal_place_get_icon (place));
  gtk_label_set_text (self->title_label, bal_place_get_title (place));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label),
                               place->kind == BAL_PLACE_SERIES ? place->series_title : line);
  update_name (self);

  return GTK_WIDGET (self);
}

const BalPlace *
bal_sidebar_row_get_place (BalSidebarRow *self)
{
  g_return_val_if_fail (BAL_IS_SIDEBAR_ROW (self), NULL);

  return self->place;
}

void
bal_sidebar_row_set_count (BalSidebarRow *self,
                           guint          count)
{
  g_autofree char *text = NULL;

  g_return_if_fail (BAL_IS_SIDEBAR_ROW (self));

  if (self->count == count)
    return;

  self->count = count;
  text = make_number (self);
  gtk_label_set_text (self->count_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), count > 0);
  update_name (self);
}

void
bal_sidebar_row_set_most (BalSidebarRow *self,
                          guint          most)
{
  g_return_if_fail (BAL_IS_SIDEBAR_ROW (self));

  self->most = most;
}
