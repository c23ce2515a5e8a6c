/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

#include "bal-snippet-window.h"

static void
open_cb (BalWindow *self,
         gint64     comment_id,
         gint64     review_id)
{
  bal_window_show_review (self, review_id, comment_id);
}

/* Back to where the next key decides. */
static void
closed_cb (BalWindow *self,
           gint64     comment_id,
           gboolean   sent)
{
  if (gtk_stack_get_visible_child (self->page_stack) != GTK_WIDGET (self->card))
    return;

  bal_list_pane_focus_list (self->list_pane);
  if (sent)
    bal_list_pane_advance (self->list_pane, comment_id);
}

static void
make_card (BalWindow *self)
{
  if (self->card != NULL)
    return;

  self->card = BAL_COMMENT_CARD (bal_comment_card_new (self->store));
  gtk_stack_add_named (self->page_stack, GTK_WIDGET (self->card), "comment");
  g_signal_connect_object (self->card, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->card, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

void
bal_window_show_comment (BalWindow  *self,
                         BalComment *comment)
{
  make_card (self);
  bal_window_leave_editor (self);
  bal_comment_card_show (self->card, comment, bal_window_find_blog (self, bal_comment_get_blog_id (comment)));
  gtk_stack_set_visible_child (self->page_stack, GTK_WIDGET (self->card));
  bal_window_update_page (self);
}

void
bal_window_write_comment (BalWindow *self,
                          gint64     comment_id,
                          gboolean   edit)
{
  if (self->card != NULL && bal_comment_card_get_id (self->card) == comment_id)
    {
      gtk_stack_set_visible_child (self->page_stack, GTK_WIDGET (self->card));
      bal_comment_card_write (self->card, edit);
    }
}

static void
saved_replies_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);

  if (self->store != NULL)
    bal_snippet_window_present (widget, self->store);
}

void
bal_window_install_comment_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.saved-replies", NULL, saved_replies_action);
}
