/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-table-cell.h"

#include <glib/gi18n.h>

#include "bal-cell-text.h"

#define MAX_CHARS 36     /* wide that a cell would like to be */

struct _BalTableCell
{
  GtkWidget    parent_instance;

  guint        row;
  guint        cell;

  GtkLabel    *label;
  GtkTextView *view;      /* (nullable): over the label, which goes on giving the cell its size */
};

enum
{
  CHANGED,
  LEFT,
  KEY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalTableCell, bal_table_cell, GTK_TYPE_WIDGET)

guint
bal_table_cell_get_row (BalTableCell *self)
{
  return self->row;
}

guint
bal_table_cell_get_cell (BalTableCell *self)
{
  return self->cell;
}

BalBlock *
bal_table_cell_get_editable (BalTableCell *self,
                             BalTable     *table)
{
  BalBlock *block = bal_table_get_cell (table, self->row, self->cell);

  return block != NULL && bal_cell_text_is_plain (block) ? block : NULL;
}

void
bal_table_cell_show (BalTableCell *self,
                     BalTable     *table)
{
  BalBlock *block = bal_table_get_cell (table, self->row, self->cell);
  g_autoptr(PangoAttrList) attributes = NULL;
  g_autofree char *text = bal_table_dup_cell_text (table, self->row, self->cell);

  if (block != NULL)
    {
      attributes = bal_cell_text_dup_attributes (block);
      gtk_label_set_text (self->label, bal_block_get_text (block));
      gtk_label_set_attributes (self->label, attributes);
    }
  else
    {
      gtk_label_set_text (self->label, text);
    }
  if (bal_table_get_is_header (table, self->row, self->cell))
    gtk_widget_add_css_class (GTK_WIDGET (self), "header");
  if (bal_table_cell_get_editable (self, table) == NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                                 _("This cell holds more than text. Edit the table’s source to change it."));
  else
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "text");
}

/* ---- editing ---- */

char *
bal_table_cell_dup_text (BalTableCell *self)
{
  static const char *const breaks[] = { "\r\n", "\r", "\xe2\x80\xa8", "\xe2\x80\xa9" };
  g_autofree char *typed = NULL;
  GString *text;
  GtkTextIter start, end;

  g_return_val_if_fail (self->view != NULL, NULL);

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->view), &start, &end);
  typed = gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->view), &start, &end, TRUE);
  text = g_string_new (typed);
  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    g_string_replace (text, breaks[i], "\n", 0);
  return g_string_free (text, FALSE);
}

gboolean
bal_table_cell_is_at_edge (BalTableCell     *self,
                           GtkDirectionType  direction)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter iter;

  if (gtk_text_buffer_get_has_selection (buffer))
    return FALSE;
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  switch (direction)
    {
    case GTK_DIR_UP:
      return !gtk_text_view_backward_display_line (self->view, &iter);
    case GTK_DIR_DOWN:
      return !gtk_text_view_forward_display_line (self->view, &iter) || gtk_text_iter_is_end (&iter);
    case GTK_DIR_LEFT:
      return gtk_text_iter_is_start (&iter);
    case GTK_DIR_RIGHT:
      return gtk_text_iter_is_end (&iter);
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return TRUE;
    }
}

static void
changed_cb (BalTableCell *self)
{
  g_autofree char *text = bal_table_cell_dup_text (self);
  g_autofree char *sized = g_strconcat (text, g_str_has_suffix (text, "\n") ? "\xe2\x80\x8b" : "", NULL);

  gtk_label_set_text (self->label, sized);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                BalTableCell          *self)
{
  gboolean handled = FALSE;

  g_signal_emit (self, signals[KEY], 0, keyval, state & gtk_accelerator_get_default_mod_mask (), &handled);
  return handled;
}

static void
left_cb (BalTableCell *self)
{
  if (self->view != NULL)
    g_signal_emit (self, signals[LEFT], 0);
}

static void
add_controllers (BalTableCell *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

void
bal_table_cell_begin (BalTableCell *self,
                      const char   *text)
{
  g_autofree char *name = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_if_fail (BAL_IS_TABLE_CELL (self) && self->view == NULL);

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_select_range (buffer, &end, &start);
  /* Translators: a cell of a table */
  name = g_strdup_printf (_("Row %u, column %u"), self->row + 1, self->cell + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  gtk_widget_set_opacity (GTK_WIDGET (self->label), 0);
  gtk_widget_add_css_class (GTK_WIDGET (self), "editing");
  add_controllers (self);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Not while it deals with the key or click that ended it; and not with the focus in it. */
static gboolean
drop_view_cb (gpointer data)
{
  GtkWidget *view = data;
  GtkWidget *parent = gtk_widget_get_parent (view);
  GtkWidget *text = parent != NULL ? gtk_widget_get_ancestor (parent, GTK_TYPE_TEXT_VIEW) : NULL;

  if (text != NULL && gtk_widget_is_focus (view))
    gtk_widget_grab_focus (text);
  if (parent != NULL)
    gtk_widget_unparent (view);
  return G_SOURCE_REMOVE;
}

void
bal_table_cell_end (BalTableCell *self)
{
  GtkTextView *view = g_steal_pointer (&self->view);

  g_return_if_fail (BAL_IS_TABLE_CELL (self));

  if (view == NULL)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "editing");
  gtk_widget_set_opacity (GTK_WIDGET (self->label), 1);
  gtk_widget_set_opacity (GTK_WIDGET (view), 0);
  g_idle_add_full (G_PRIORITY_HIGH, drop_view_cb, g_object_ref (view), g_object_unref);
}

/* ---- widget ---- */

static void
bal_table_cell_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  BalTableCell *self = BAL_TABLE_CELL (widget);

  gtk_widget_measure (GTK_WIDGET (self->label), orientation, for_size, minimum, natural, NULL, NULL);
}

static void
bal_table_cell_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  BalTableCell *self = BAL_TABLE_CELL (widget);
  GtkAllocation all = { 0, 0, width, height };

  gtk_widget_size_allocate (GTK_WIDGET (self->label), &all, -1);
  if (self->view != NULL)
    {
      gtk_widget_measure (GTK_WIDGET (self->view), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (GTK_WIDGET (self->view), &all, -1);
    }
}

static GtkSizeRequestMode
bal_table_cell_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bal_table_cell_dispose (GObject *object)
{
  BalTableCell *self = BAL_TABLE_CELL (object);
  GtkWidget *child;

  self->label = NULL;
  self->view = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bal_table_cell_parent_class)->dispose (object);
}

/* While it is edited, the pointer is the cell's, and nothing for the text around the table. */
static gboolean
pointer_cb (GtkEventController *controller,
            GdkEvent           *event,
            BalTableCell       *self)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_BUTTON_RELEASE:
    case GDK_MOTION_NOTIFY:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
    case GDK_TOUCH_END:
      return self->view != NULL;
    default:
      return FALSE;
    }
}

static void
bal_table_cell_class_init (BalTableCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_table_cell_dispose;
  widget_class->measure = bal_table_cell_measure;
  widget_class->size_allocate = bal_table_cell_size_allocate;
  widget_class->get_request_mode = bal_table_cell_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "cell");
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[KEY] = g_signal_new ("key", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                               0, g_signal_accumulator_true_handled, NULL, NULL,
                               G_TYPE_BOOLEAN, 2, G_TYPE_UINT, GDK_TYPE_MODIFIER_TYPE);
}

static void
bal_table_cell_init (BalTableCell *self)
{
  GtkEventController *pointer = gtk_event_controller_legacy_new ();

  g_signal_connect (pointer, "event", G_CALLBACK (pointer_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), pointer);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_max_width_chars (self->label, MAX_CHARS);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_yalign (self->label, 0);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
}

GtkWidget *
bal_table_cell_new (guint row,
                    guint cell)
{
  BalTableCell *self = g_object_new (BAL_TYPE_TABLE_CELL, NULL);

  self->row = row;
  self->cell = cell;
  return GTK_WIDGET (self);
}
