/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-filter-bar.h"

#include "bal-filter-popover.h"
#include "bal-filter-save.h"

#include <glib/gi18n.h>

struct _BalFilterBar
{
  GtkWidget         parent_instance;

  BalStore         *store;
  char             *base;        /* the line that it began with */
  char             *name;        /* NULL: no saved filter is shown */
  gboolean          comments;
  guint             statuses;
  guint             count;
  BalFilterPopover *popover;     /* borrowed from the button; made when it is first opened */

  /* template children */
  GtkWidget        *content;
  GtkEditable      *search_entry;
  GtkMenuButton    *filter_button;
  GtkLabel         *told_label;
};

enum { CHANGED, LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalFilterBar, bal_filter_bar, GTK_TYPE_WIDGET)

/* What can't be understood, or else how many were found. */
static void
update_told (BalFilterBar *self)
{
  g_autoptr(BalCommentFilter) filter = bal_filter_bar_make_filter (self);
  g_autofree char *fault = filter != NULL ? bal_comment_filter_dup_fault (filter) : NULL;
  g_autofree char *found = NULL;

  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->told_label), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->told_label), "warning");

  if (filter != NULL && fault == NULL && self->count > 0)
    /* Translators: comments; the ' groups thousands where the language does that */
    found = g_strdup_printf (ngettext ("%'u found", "%'u found", self->count), self->count);
  gtk_label_set_text (self->told_label, fault != NULL ? fault : found);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (self->told_label), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->told_label), fault != NULL || found != NULL);
}

/* GTK 4.8's menu button has no look of its own for this. */
static void
update_button (BalFilterBar *self)
{
  if (self->comments && bal_filter_bar_get_line (self) != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->filter_button), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->filter_button), "accent");
}

static void
search_changed_cb (BalFilterBar *self)
{
  update_told (self);
  update_button (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The entry waits a moment whether more is typed; what is changed from here does not. */
static void
set_text (BalFilterBar *self,
          const char   *text)
{
  g_signal_handlers_block_by_func (self->search_entry, search_changed_cb, self);
  gtk_editable_set_text (self->search_entry, text);
  g_signal_handlers_unblock_by_func (self->search_entry, search_changed_cb, self);
}

/* ---- the fields ---- */

static void
popover_changed_cb (BalFilterBar *self)
{
  set_text (self, bal_filter_popover_get_line (self->popover));
  search_changed_cb (self);
}

static void
popover_save_cb (BalFilterBar *self)
{
  bal_filter_save_ask (GTK_WIDGET (self), self->store, gtk_editable_get_text (self->search_entry), self->name);
}

static void
make_popover_cb (GtkMenuButton *button,
                 gpointer       data)
{
  BalFilterBar *self = data;

  if (self->popover == NULL)
    {
      self->popover = g_object_new (BAL_TYPE_FILTER_POPOVER, NULL);
      g_signal_connect_object (self->popover, "changed", G_CALLBACK (popover_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->popover, "save", G_CALLBACK (popover_save_cb), self, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, GTK_WIDGET (self->popover));
    }
  bal_filter_popover_set_line (self->popover, gtk_editable_get_text (self->search_entry), self->statuses);
}

/* ---- leaving ---- */

static void
stop_search_cb (BalFilterBar *self)
{
  bal_filter_bar_clear (self);
  g_signal_emit (self, signals[LEFT], 0);
}

static void
activate_cb (BalFilterBar *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

/* ---- the object ---- */

static gboolean
bal_filter_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BAL_FILTER_BAR (widget)->search_entry));
}

static void
bal_filter_bar_dispose (GObject *object)
{
  BalFilterBar *self = BAL_FILTER_BAR (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_filter_bar_parent_class)->dispose (object);
}

static void
bal_filter_bar_finalize (GObject *object)
{
  g_free (BAL_FILTER_BAR (object)->base);
  g_free (BAL_FILTER_BAR (object)->name);

  G_OBJECT_CLASS (bal_filter_bar_parent_class)->finalize (object);
}

static void
bal_filter_bar_class_init (BalFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_filter_bar_dispose;
  object_class->finalize = bal_filter_bar_finalize;
  widget_class->grab_focus = bal_filter_bar_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", BAL_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", BAL_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BalFilterBar, content);
  gtk_widget_class_bind_template_child (widget_class, BalFilterBar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BalFilterBar, filter_button);
  gtk_widget_class_bind_template_child (widget_class, BalFilterBar, told_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
bal_filter_bar_init (BalFilterBar *self)
{
  self->base = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->filter_button, make_popover_cb, self, NULL);
}

void
bal_filter_bar_set_store (BalFilterBar *self,
                          BalStore     *store)
{
  g_return_if_fail (BAL_IS_FILTER_BAR (self));
  g_return_if_fail (BAL_IS_STORE (store));

  g_set_object (&self->store, store);
}

void
bal_filter_bar_begin (BalFilterBar *self,
                      const char   *line,
                      const char   *name,
                      gboolean      comments,
                      guint         statuses)
{
  g_return_if_fail (BAL_IS_FILTER_BAR (self));
  g_return_if_fail (line != NULL);

  g_free (self->base);
  g_free (self->name);
  self->base = g_strdup (line);
  self->name = g_strdup (name);
  self->comments = comments;
  self->statuses = statuses;
  self->count = 0;
  set_text (self, line);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_button), comments);
  update_told (self);
  update_button (self);
}

const char *
bal_filter_bar_get_line (BalFilterBar *self)
{
  const char *line;

  g_return_val_if_fail (BAL_IS_FILTER_BAR (self), NULL);

  line = gtk_editable_get_text (self->search_entry);
  return *line != '\0' ? line : NULL;
}

BalCommentFilter *
bal_filter_bar_make_filter (BalFilterBar *self)
{
  const char *line;

  g_return_val_if_fail (BAL_IS_FILTER_BAR (self), NULL);

  line = self->comments ? bal_filter_bar_get_line (self) : NULL;
  return line != NULL ? bal_comment_filter_new (line) : NULL;
}

void
bal_filter_bar_set_count (BalFilterBar *self,
                          guint         count)
{
  g_return_if_fail (BAL_IS_FILTER_BAR (self));

  if (self->count == count)
    return;

  self->count = count;
  update_told (self);
}

gboolean
bal_filter_bar_is_changed (BalFilterBar *self)
{
  g_return_val_if_fail (BAL_IS_FILTER_BAR (self), FALSE);

  return !g_str_equal (gtk_editable_get_text (self->search_entry), self->base);
}

void
bal_filter_bar_clear (BalFilterBar *self)
{
  g_return_if_fail (BAL_IS_FILTER_BAR (self));

  if (!bal_filter_bar_is_changed (self))
    return;

  set_text (self, self->base);
  search_changed_cb (self);
}
