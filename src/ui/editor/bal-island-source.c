/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-island-source.h"

#include "bal-close-question.h"
#include "bal-layout-cost.h"
#include "bal-transient.h"

#include <glib/gi18n.h>

struct _BalIslandSource
{
  AdwWindow      parent_instance;

  char          *source;         /* as it was */

  GtkTextBuffer *buffer;
  GtkWidget     *view;
  GtkWidget     *apply_button;
  GtkInfoBar    *refusal_bar;
  GtkLabel      *refusal_label;
};

static guint apply_signal;

G_DEFINE_FINAL_TYPE (BalIslandSource, bal_island_source, ADW_TYPE_WINDOW)

static char *
dup_source (BalIslandSource *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
}

static void
apply (BalIslandSource *self)
{
  g_autofree char *source = dup_source (self);

  g_signal_emit (self, apply_signal, 0, source);
}

static void
answer_cb (GtkWindow *window,
           gboolean   keep)
{
  BalIslandSource *self = BAL_ISLAND_SOURCE (window);

  if (!keep)
    gtk_window_destroy (window);
  else if (gtk_widget_get_sensitive (self->apply_button))
    apply (self);
  else
    bal_close_question_stay (window);
}

static void
changed_cb (BalIslandSource *self)
{
  g_autofree char *source = dup_source (self);

  bal_close_question_set_wanted (GTK_WINDOW (self), g_strcmp0 (source, self->source) != 0 ? answer_cb : NULL);
  gtk_widget_set_sensitive (self->apply_button, *g_strstrip (source) != '\0');
  gtk_info_bar_set_revealed (self->refusal_bar, FALSE);
}

static void
apply_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  BalIslandSource *self = BAL_ISLAND_SOURCE (widget);

  if (gtk_widget_get_sensitive (self->apply_button))
    apply (self);
}

static gboolean
bal_island_source_close_request (GtkWindow *window)
{
  BalIslandSource *self = BAL_ISLAND_SOURCE (window);

  if (!bal_close_question_is_wanted (window))
    return GTK_WINDOW_CLASS (bal_island_source_parent_class)->close_request (window);

  bal_close_question_ask (window, _("Apply the Changes?"), _("What you changed in this source is not in the text yet."),
                          gtk_widget_get_sensitive (self->apply_button) ? _("_Apply") : NULL, answer_cb);
  return GDK_EVENT_STOP;
}

static void
bal_island_source_finalize (GObject *object)
{
  g_free (BAL_ISLAND_SOURCE (object)->source);

  G_OBJECT_CLASS (bal_island_source_parent_class)->finalize (object);
}

static void
bal_island_source_class_init (BalIslandSourceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_island_source_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bal_island_source_close_request;

  apply_signal = g_signal_new ("apply", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/balcony/Balcony/bal-island-source.ui");
  gtk_widget_class_bind_template_child (widget_class, BalIslandSource, buffer);
  gtk_widget_class_bind_template_child (widget_class, BalIslandSource, view);
  gtk_widget_class_bind_template_child (widget_class, BalIslandSource, apply_button);
  gtk_widget_class_bind_template_child (widget_class, BalIslandSource, refusal_bar);
  gtk_widget_class_bind_template_child (widget_class, BalIslandSource, refusal_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "source.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bal_island_source_init (BalIslandSource *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Before the text, for which any Enter is a new line. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                                                          gtk_named_action_new ("source.apply")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
bal_island_source_new (GtkWindow  *parent,
                       const char *title,
                       const char *source)
{
  BalIslandSource *self = g_object_new (BAL_TYPE_ISLAND_SOURCE,
                                        "transient-for", parent, "title", title, NULL);
  GtkTextIter start;
  gboolean long_words;

  bal_transient_watch (GTK_WINDOW (self));
  self->source = g_strdup (source);
  /* As of a picture that is written out in the address itself. */
  bal_layout_cost (source, 0, &long_words);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), long_words ? GTK_WRAP_CHAR : GTK_WRAP_WORD_CHAR);
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, source, -1);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  gtk_text_buffer_place_cursor (self->buffer, &start);
  changed_cb (self);
  gtk_widget_grab_focus (self->view);
  return GTK_WIDGET (self);
}

void
bal_island_source_refuse (BalIslandSource *self,
                          const char      *sentence)
{
  g_return_if_fail (BAL_IS_ISLAND_SOURCE (self));

  gtk_label_set_text (self->refusal_label, sentence);
  gtk_info_bar_set_revealed (self->refusal_bar, TRUE);
  gtk_widget_grab_focus (self->view);
  bal_close_question_stay (GTK_WINDOW (self));
}
