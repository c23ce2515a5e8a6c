/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-picture-popover.h"

struct _BalPicturePopover
{
  GtkPopover      parent_instance;

  BalImage       *image;         /* (nullable): as it was; NULL: nothing is asked */
  double          ratio;         /* height for a width of 1; 0: not known */

  GtkEditable    *alt_entry;
  GtkEditable    *caption_entry;
  GtkEditable    *link_entry;
  GtkCheckButton *original_check;
  GtkSpinButton  *width_spin;
};

static guint apply_signal;

G_DEFINE_FINAL_TYPE (BalPicturePopover, bal_picture_popover, GTK_TYPE_POPOVER)

static void
set_text (char       **field,
          GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  /* Nothing said, and nothing said now: it stays unsaid. */
  if (g_strcmp0 (*field != NULL ? *field : "", text) == 0)
    return;
  g_free (*field);
  *field = g_steal_pointer (&text);
}

static void
set_size (BalPicturePopover *self,
          BalImage          *image)
{
  int width = gtk_spin_button_get_value_as_int (self->width_spin);

  if (gtk_check_button_get_active (self->original_check))
    {
      image->width = image->height = 0;
    }
  else if (width != image->width)
    {
      image->width = width;
      image->height = self->ratio > 0 ? MAX ((int) (width * self->ratio + 0.5), 1) : 0;
    }
}

static void
none_if_empty (char **field)
{
  if (*field != NULL && **field == '\0')
    g_clear_pointer (field, g_free);
}

static void
apply_cb (BalPicturePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* However it was left, but for Escape: a click beside it is no reason to lose what was written. */
static void
bal_picture_popover_closed (GtkPopover *popover)
{
  BalPicturePopover *self = BAL_PICTURE_POPOVER (popover);
  g_autoptr(BalImage) before = g_steal_pointer (&self->image);
  g_autoptr(BalImage) image = before != NULL ? bal_image_copy (before) : NULL;

  if (image == NULL)
    return;
  set_text (&image->alt, self->alt_entry);
  set_text (&image->caption, self->caption_entry);
  set_text (&image->link, self->link_entry);
  none_if_empty (&image->caption);
  none_if_empty (&image->link);
  gtk_spin_button_update (self->width_spin);
  set_size (self, image);
  if (!bal_image_equal (image, before))
    g_signal_emit (self, apply_signal, 0, image);
}

/* The popover closes by itself then. */
static gboolean
key_cb (BalPicturePopover *self,
        guint              keyval)
{
  if (keyval == GDK_KEY_Escape)
    g_clear_pointer (&self->image, bal_image_free);
  return GDK_EVENT_PROPAGATE;
}

static void
bal_picture_popover_dispose (GObject *object)
{
  BalPicturePopover *self = BAL_PICTURE_POPOVER (object);

  g_clear_pointer (&self->image, bal_image_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_PICTURE_POPOVER);
  G_OBJECT_CLASS (bal_picture_popover_parent_class)->dispose (object);
}

static void
bal_picture_popover_class_init (BalPicturePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_picture_popover_dispose;
  GTK_POPOVER_CLASS (klass)->closed = bal_picture_popover_closed;
  apply_signal = g_signal_new ("apply", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, BAL_TYPE_IMAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/balcony/Balcony/bal-picture-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BalPicturePopover, alt_entry);
  gtk_widget_class_bind_template_child (widget_class, BalPicturePopover, caption_entry);
  gtk_widget_class_bind_template_child (widget_class, BalPicturePopover, link_entry);
  gtk_widget_class_bind_template_child (widget_class, BalPicturePopover, original_check);
  gtk_widget_class_bind_template_child (widget_class, BalPicturePopover, width_spin);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
bal_picture_popover_init (BalPicturePopover *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* The latest comes first: before that of the popover itself. */
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
bal_picture_popover_new (void)
{
  return g_object_new (BAL_TYPE_PICTURE_POPOVER, NULL);
}

static void
show_text (GtkEditable *entry,
           const char  *text)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

void
bal_picture_popover_open (BalPicturePopover *self,
                          const BalImage    *image,
                          int                width,
                          int                height)
{
  int shown = image->width > 0 ? image->width : width > 0 ? width : 640;

  g_return_if_fail (BAL_IS_PICTURE_POPOVER (self));

  g_clear_pointer (&self->image, bal_image_free);
  self->image = bal_image_copy (image);
  self->ratio = width > 0 ? (double) height / width
              : image->width > 0 ? (double) image->height / image->width : 0;
  show_text (self->alt_entry, image->alt);
  show_text (self->caption_entry, image->caption);
  show_text (self->link_entry, image->link);
  gtk_check_button_set_active (self->original_check, image->width <= 0 && image->height <= 0);
  gtk_spin_button_set_value (self->width_spin, shown);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->alt_entry));
}
