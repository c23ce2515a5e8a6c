/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-mark.h"

struct _BalPersonMark
{
  GtkWidget  parent_instance;

  GtkWidget *standing;     /* two images, children */
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (BalPersonMark, bal_person_mark, GTK_TYPE_WIDGET)

static const char *
get_standing_icon (BalPersonMarks marks)
{
  if ((marks & BAL_PERSON_MARK_TRUSTED) != 0)
    return "emblem-ok-symbolic";

  return (marks & BAL_PERSON_MARK_BLOCKED) != 0 ? "action-unavailable-symbolic" : NULL;
}

static const char *
get_note_icon (BalPersonMarks marks)
{
  return (marks & BAL_PERSON_MARK_NOTED) != 0 ? "accessories-text-editor-symbolic" : NULL;
}

const char *
bal_person_mark_get_icon (BalPersonMarks marks)
{
  const char *icon = get_standing_icon (marks);

  return icon != NULL ? icon : get_note_icon (marks);
}

static void
show_icon (GtkWidget  *image,
           const char *icon)
{
  gtk_widget_set_visible (image, icon != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (image), icon);
}

void
bal_person_mark_set_marks (BalPersonMark  *self,
                           BalPersonMarks  marks)
{
  g_autofree char *text = bal_person_marks_describe (marks);

  g_return_if_fail (BAL_IS_PERSON_MARK (self));

  show_icon (self->standing, get_standing_icon (marks));
  show_icon (self->note, get_note_icon (marks));
  if ((marks & BAL_PERSON_MARK_BLOCKED) != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");

  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
}

static void
bal_person_mark_dispose (GObject *object)
{
  BalPersonMark *self = BAL_PERSON_MARK (object);

  g_clear_pointer (&self->standing, gtk_widget_unparent);
  g_clear_pointer (&self->note, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_person_mark_parent_class)->dispose (object);
}

static void
bal_person_mark_class_init (BalPersonMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_person_mark_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static GtkWidget *
add_image (BalPersonMark *self)
{
  /* The whole has the name. */
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_set_parent (image, GTK_WIDGET (self));
  return image;
}

static void
bal_person_mark_init (BalPersonMark *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->standing = add_image (self);
  self->note = add_image (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
