/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-box.h"

#include "bal-snippet-menu.h"

#include <glib/gi18n.h>

struct _BalReplyBox
{
  GtkWidget        parent_instance;

  BalReplyBoxKind  kind;
  BalSnippetMenu  *snippets;      /* borrowed, among the tools; NULL: there are none in an edit */

  /* template children */
  GtkWidget       *content;
  BalReplyField   *field;
  GtkButton       *discard_button;
  GtkButton       *later_button;
  GtkButton       *send_button;
  GtkWidget       *by_hand_label;
};

enum { CHANGED, SEND, CLOSE, DISCARD, QUOTE, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct
{
  const char *action;
  guint       signal;
} deeds[] = {
  { "reply.send", SEND },
  { "reply.close", CLOSE },
  { "reply.discard", DISCARD },
  { "reply.quote", QUOTE },
};

G_DEFINE_FINAL_TYPE (BalReplyBox, bal_reply_box, GTK_TYPE_WIDGET)

static void
update_actions (BalReplyBox *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reply.send", bal_reply_field_has_text (self->field));
}

static void
field_changed_cb (BalReplyBox *self)
{
  update_actions (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
deed_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_str_equal (action_name, deeds[i].action))
      {
        g_signal_emit (widget, signals[deeds[i].signal], 0);
        return;
      }
}

static void
snippets_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BalReplyBox *self = BAL_REPLY_BOX (widget);

  if (self->snippets != NULL)
    bal_snippet_menu_open (self->snippets);
}

static void
snippet_chosen_cb (BalReplyBox *self,
                   const char  *html)
{
  bal_reply_field_insert_html (self->field, html);
}

static void
bal_reply_box_dispose (GObject *object)
{
  BalReplyBox *self = BAL_REPLY_BOX (object);

  self->snippets = NULL;
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_reply_box_parent_class)->dispose (object);
}

static void
bal_reply_box_class_init (BalReplyBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[] = { "changed", "send", "close", "discard", "quote" };

  G_OBJECT_CLASS (klass)->dispose = bal_reply_box_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], BAL_TYPE_REPLY_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BAL_TYPE_REPLY_FIELD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-reply-box.ui");
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, content);
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, field);
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, discard_button);
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, later_button);
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, send_button);
  gtk_widget_class_bind_template_child (widget_class, BalReplyBox, by_hand_label);

  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    gtk_widget_class_install_action (widget_class, deeds[i].action, NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "reply.snippets", NULL, snippets_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "reply.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_q, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "reply.quote", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "reply.snippets",
                                       NULL);
}

static void
bal_reply_box_init (BalReplyBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->field, "changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
}

static const char *
get_send_label (BalReplyBoxKind kind)
{
  switch (kind)
    {
    case BAL_REPLY_BOX_EDIT:
      return _("_Save");
    case BAL_REPLY_BOX_BY_HAND:
      return _("_Copy and Open Page");
    case BAL_REPLY_BOX_REPLY:
    default:
      return _("_Send Reply");
    }
}

/* The window is as narrow as a person wants it, and the letters as large. */
static void
let_shrink (GtkButton *button)
{
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (button)), PANGO_ELLIPSIZE_END);
}

static void
add_reply_tools (BalReplyBox *self,
                 BalStore    *store,
                 gint64       comment_id)
{
  GtkWidget *quote = gtk_button_new_with_label (_("Quote"));

  gtk_widget_set_tooltip_text (quote, _("Quote the selected words of the comment, or all of it (Ctrl+Shift+Q)"));
  gtk_button_set_has_frame (GTK_BUTTON (quote), FALSE);
  gtk_widget_set_focus_on_click (quote, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (quote), "reply.quote");
  bal_reply_field_add_tool (self->field, quote);

  self->snippets = BAL_SNIPPET_MENU (bal_snippet_menu_new (store, comment_id));
  g_signal_connect_object (self->snippets, "chosen", G_CALLBACK (snippet_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->snippets, "closed", G_CALLBACK (bal_reply_box_focus), self, G_CONNECT_SWAPPED);
  bal_reply_field_add_tool (self->field, GTK_WIDGET (self->snippets));
}

GtkWidget *
bal_reply_box_new (BalStore        *store,
                   gint64           comment_id,
                   BalReplyBoxKind  kind)
{
  BalReplyBox *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_REPLY_BOX, NULL);
  self->kind = kind;
  gtk_button_set_label (self->send_button, get_send_label (kind));
  let_shrink (self->discard_button);
  let_shrink (self->later_button);
  let_shrink (self->send_button);
  gtk_widget_set_visible (self->by_hand_label, kind == BAL_REPLY_BOX_BY_HAND);
  if (kind == BAL_REPLY_BOX_EDIT)
    bal_reply_field_set_label (self->field, _("Text of the comment"), "");
  else
    bal_reply_field_set_label (self->field, _("Your reply"), _("Write a reply…"));
  if (kind != BAL_REPLY_BOX_EDIT)
    add_reply_tools (self, store, comment_id);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reply.quote", kind != BAL_REPLY_BOX_EDIT);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reply.snippets", kind != BAL_REPLY_BOX_EDIT);
  update_actions (self);

  return GTK_WIDGET (self);
}

BalReplyBoxKind
bal_reply_box_get_kind (BalReplyBox *self)
{
  g_return_val_if_fail (BAL_IS_REPLY_BOX (self), BAL_REPLY_BOX_REPLY);

  return self->kind;
}

BalReplyField *
bal_reply_box_get_field (BalReplyBox *self)
{
  g_return_val_if_fail (BAL_IS_REPLY_BOX (self), NULL);

  return self->field;
}

void
bal_reply_box_focus (BalReplyBox *self)
{
  g_return_if_fail (BAL_IS_REPLY_BOX (self));

  gtk_widget_grab_focus (bal_reply_field_get_view (self->field));
}
