/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-bulk-bar.h"

#include "bal-types.h"

#include <glib/gi18n.h>

struct _BalBulkBar
{
  GtkWidget    parent_instance;

  /* template children */
  GtkLabel    *count_label;
  GtkWidget   *approve_button;
  GtkWidget   *dismiss_button;
  GtkWidget   *spam_button;
  GtkWidget   *trash_button;
  GtkWidget   *restore_button;
};

G_DEFINE_FINAL_TYPE (BalBulkBar, bal_bulk_bar, GTK_TYPE_WIDGET)

static void
bal_bulk_bar_dispose (GObject *object)
{
  BalBulkBar *self = BAL_BULK_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_bulk_bar_parent_class)->dispose (object);
}

static void
bal_bulk_bar_class_init (BalBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_bulk_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BalBulkBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, BalBulkBar, approve_button);
  gtk_widget_class_bind_template_child (widget_class, BalBulkBar, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, BalBulkBar, spam_button);
  gtk_widget_class_bind_template_child (widget_class, BalBulkBar, trash_button);
  gtk_widget_class_bind_template_child (widget_class, BalBulkBar, restore_button);
}

static void
bal_bulk_bar_init (BalBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
bal_bulk_bar_update (BalBulkBar *self,
                     guint       n_selected,
                     int         status,
                     gboolean    unanswered)
{
  gboolean shown = n_selected > 1;
  gboolean gone = status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
  g_autofree char *text = NULL;

  g_return_if_fail (BAL_IS_BULK_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;

  text = g_strdup_printf (ngettext ("%u selected", "%u selected", n_selected), n_selected);
  gtk_label_set_text (self->count_label, text);
  gtk_widget_set_visible (self->approve_button, !gone && status != BAL_COMMENT_STATUS_APPROVED);
  gtk_widget_set_visible (self->dismiss_button, unanswered);
  gtk_widget_set_visible (self->spam_button, status != BAL_COMMENT_STATUS_SPAM);
  gtk_widget_set_visible (self->trash_button, status != BAL_COMMENT_STATUS_TRASH);
  gtk_widget_set_visible (self->restore_button, gone);
}
