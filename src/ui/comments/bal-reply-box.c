/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-box.h"

#include <glib/gi18n.h>

struct _BalReplyBox
{
  GtkWidget    parent_instance;

  /* template children */
  GtkWidget   *content;
  GtkTextView *view;
  GtkButton   *send_button;
};

enum { CHANGED, SEND, CANCEL, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalReplyBox, bal_reply_box, GTK_TYPE_WIDGET)

static gboolean
has_text (BalReplyBox *self)
{
  g_autofree char *text = bal_reply_box_dup_text (self);

  return *g_strstrip (text) != '\0';
}

static void
buffer_changed_cb (BalReplyBox *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reply.send", has_text (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
send_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[SEND], 0);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[CANCEL], 0);
}

static void
bal_reply_box_dispose (GObject *object)
{
  g_clear_pointer (&BAL_REPLY_BOX (object)->content, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_reply_box_parent_class)->dispose (object);
}

static void
bal_reply_box_class_init (BalReplyBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_reply_box_dispose;

  signals[CHANGED] = g_signal_new ("changed", BAL_TYPE_REPLY_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SEND] = g_signal_new ("send", BAL_TYPE_REPLY_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[CANCEL] = g_signal_new ("cancel", BAL_TYPE_REPLY_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-reply-box.ui");
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, content);
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, view);
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, send_button);

  gtk_widget_class_install_action (widget_class, "reply.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "reply.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "reply.cancel", NULL);
}

static void
bal_reply_box_init (BalReplyBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bal_reply_box_new (gboolean    edit,
                   const char *text)
{
  BalReplyBox *self = g_object_new (BAL_TYPE_REPLY_BOX, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);

  gtk_button_set_label (self->send_button, edit ? _("_Save") : _("_Send Reply"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  edit ? _("Text of your comment") : _("Your reply"), -1);
  gtk_text_buffer_set_text (buffer, text ? text : "", -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reply.send", has_text (self));
  g_signal_connect_object (buffer, "changed", G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

char *
bal_reply_box_dup_text (BalReplyBox *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (BAL_IS_REPLY_BOX (self), NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

void
bal_reply_box_focus (BalReplyBox *self)
{
  g_return_if_fail (BAL_IS_REPLY_BOX (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
