/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-card.h"

#include "bal-label-layout.h"
#include "bal-thread-view.h"
#include "bal-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _BalCommentCard
{
  GtkWidget       parent_instance;

  BalComment     *comment;
  BalThreadView  *thread;          /* borrowed, in the box */

  /* template children */
  GtkWidget      *scrolled;
  GtkWidget      *title_button;
  GtkLabel       *title_label;
  GtkBox         *box;
};

enum { OPEN, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalCommentCard, bal_comment_card, GTK_TYPE_WIDGET)

static void
title_clicked_cb (BalCommentCard *self)
{
  if (self->comment != NULL)
    g_signal_emit (self, signals[OPEN], 0, bal_comment_get_id (self->comment),
                   bal_comment_get_review_id (self->comment));
}

static void
closed_cb (BalCommentCard *self,
           gint64          id,
           gboolean        sent)
{
  g_signal_emit (self, signals[CLOSED], 0, id, sent);
}

static void
bal_comment_card_dispose (GObject *object)
{
  BalCommentCard *self = BAL_COMMENT_CARD (object);

  g_clear_object (&self->comment);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  self->thread = NULL;

  G_OBJECT_CLASS (bal_comment_card_parent_class)->dispose (object);
}

static void
bal_comment_card_class_init (BalCommentCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_comment_card_dispose;

  signals[OPEN] = g_signal_new ("open", BAL_TYPE_COMMENT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[CLOSED] = g_signal_new ("closed", BAL_TYPE_COMMENT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);

  g_type_ensure (BAL_TYPE_LABEL_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-comment-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BalCommentCard, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BalCommentCard, title_button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, BalCommentCard, box);
  gtk_widget_class_bind_template_callback (widget_class, title_clicked_cb);
}

static void
bal_comment_card_init (BalCommentCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bal_comment_card_new (BalStore *store)
{
  BalCommentCard *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_COMMENT_CARD, NULL);
  self->thread = BAL_THREAD_VIEW (bal_thread_view_new (store));
  gtk_box_append (self->box, GTK_WIDGET (self->thread));
  g_signal_connect_object (self->thread, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
bal_comment_card_show (BalCommentCard *self,
                       BalComment     *comment,
                       BalBlog        *blog)
{
  const char *title;
  g_autofree char *plain = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (BAL_IS_COMMENT_CARD (self));
  g_return_if_fail (BAL_IS_COMMENT (comment));

  g_set_object (&self->comment, comment);
  title = bal_comment_get_review_title (comment);
  plain = title != NULL && *title != '\0' ? bal_words_title (title) : g_strdup (_("Untitled"));
  gtk_label_set_text (self->title_label, plain);
  /* Translators: on a button with the title of a review */
  name = g_strdup_printf (_("Open “%s”"), plain);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->title_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  bal_thread_view_show_around (self->thread, bal_comment_get_id (comment), blog);
}

void
bal_comment_card_write (BalCommentCard *self,
                        gboolean        edit)
{
  g_return_if_fail (BAL_IS_COMMENT_CARD (self));

  if (self->comment != NULL)
    bal_thread_view_write (self->thread, bal_comment_get_id (self->comment), edit);
}

gint64
bal_comment_card_get_id (BalCommentCard *self)
{
  g_return_val_if_fail (BAL_IS_COMMENT_CARD (self), 0);

  return self->comment != NULL ? bal_comment_get_id (self->comment) : 0;
}
