/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-window-private.h"

static void
open_review_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  gint64 review_id, comment_id;

  g_variant_get (parameter, "(xx)", &review_id, &comment_id);
  bal_window_show_review (BAL_WINDOW (widget), review_id, comment_id);
}

static void
keep_reply_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BalWindow *self = BAL_WINDOW (widget);
  const char *html;
  gint64 comment_id;

  if (self->store == NULL)
    return;

  g_variant_get (parameter, "(x&s)", &comment_id, &html);
  bal_window_make_editor (self);
  bal_thread_view_keep_reply (self->thread, comment_id, html);
}

void
bal_window_install_waiting_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open-review", "(xx)", open_review_action);
  gtk_widget_class_install_action (widget_class, "win.keep-reply", "(xs)", keep_reply_action);
}
