/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread-more.h"

#define MORE_ROWS 200
#define STEP_ROWS 8        /* of a frame: some ten milliseconds */
#define MOST_ROWS 300
#define REST_FRAMES 3      /* new rows may change their height once more */

struct _BalThreadMore
{
  GObject        parent_instance;

  GtkListBox    *list;         /* borrowed */
  BalListSlice  *slice;        /* borrowed */
  GtkWidget     *focus;        /* weak: the button that has the keyboard, until a row gets it */
  GtkWidget     *anchor;       /* weak: a row */
  double         anchor_y;     /* its place on the screen */
  gboolean       later;
  guint          n_left;       /* rows to come */
  guint          n_rest;       /* frames to go when all are there */
  guint          tick;
  GdkFrameClock *clock;        /* owned, while it runs */
  gulong         layout_id;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalThreadMore, bal_thread_more, G_TYPE_OBJECT)

/* ---- the place on the screen ---- */

static gboolean
get_place (BalThreadMore *self,
           double        *y)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);

  return scrolled != NULL && self->anchor != NULL &&
         gtk_widget_translate_coordinates (self->anchor, scrolled, 0, 0, NULL, y);
}

/* In the layout phase itself: nothing is drawn at another place. */
static void
laid_out_cb (BalThreadMore *self)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  double y;

  if (!get_place (self, &y) || ABS (y - self->anchor_y) < 1)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y - self->anchor_y);
}

/* The row that stays, and next to which the others come. */
static void
set_anchor (BalThreadMore *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->slice));
  int index = self->later ? (int) n_rows - 1 : 0;
  GtkListBoxRow *row = n_rows > 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  g_set_weak_pointer (&self->anchor, GTK_WIDGET (row));
}

/* ---- frame by frame ---- */

static void
take_step (BalThreadMore *self)
{
  guint step = MIN (self->n_left, STEP_ROWS);
  guint first = bal_list_slice_get_first (self->slice);
  guint end = bal_list_slice_get_end (self->slice);

  self->n_left -= step;
  if (self->later)
    {
      end += step;
      first = MAX (first, end > MOST_ROWS ? end - MOST_ROWS : 0);
    }
  else
    {
      if (first <= step)
        self->n_left = 0;
      first -= MIN (first, step);
      end = MIN (end, first + MOST_ROWS);
    }
  bal_list_slice_set_range (self->slice, first, end - first);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The row next to where it stopped, unless the person has gone elsewhere meanwhile. */
static void
move_focus (BalThreadMore *self)
{
  GtkWidget *row = self->anchor;

  if (self->focus == NULL)
    return;
  while (row != NULL && (row == self->anchor || !gtk_widget_get_visible (row)))
    row = self->later ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);
  if (row == NULL)
    return;
  if (gtk_widget_is_focus (self->focus) || !gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (row);
  g_clear_weak_pointer (&self->focus);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  BalThreadMore *self = user_data;

  if (!get_place (self, &self->anchor_y))
    self->n_left = self->n_rest = 0;
  if (self->n_left > 0)
    {
      take_step (self);
      move_focus (self);
      return G_SOURCE_CONTINUE;
    }
  if (self->n_rest > 0)
    {
      self->n_rest--;
      return G_SOURCE_CONTINUE;
    }
  bal_thread_more_stop (self);
  return G_SOURCE_REMOVE;
}

void
bal_thread_more_stop (BalThreadMore *self)
{
  g_return_if_fail (BAL_IS_THREAD_MORE (self));

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick);
  self->tick = 0;
  self->n_left = 0;
  if (self->clock != NULL)
    g_clear_signal_handler (&self->layout_id, self->clock);
  g_clear_object (&self->clock);
  g_clear_weak_pointer (&self->anchor);
  g_clear_weak_pointer (&self->focus);
}

void
bal_thread_more_go (BalThreadMore *self,
                    gboolean       later,
                    GtkWidget     *button)
{
  g_return_if_fail (BAL_IS_THREAD_MORE (self));
  g_return_if_fail (GTK_IS_WIDGET (button));

  bal_thread_more_stop (self);
  self->later = later;
  self->n_left = MORE_ROWS;
  self->n_rest = REST_FRAMES;
  set_anchor (self);
  if (gtk_widget_is_focus (button))
    g_set_weak_pointer (&self->focus, button);
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), tick_cb, self, NULL);
  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->list));
  if (self->clock == NULL)
    return;
  g_object_ref (self->clock);
  /* After GTK's own, which lays out. */
  self->layout_id = g_signal_connect_data (self->clock, "layout", G_CALLBACK (laid_out_cb), self, NULL,
                                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* ---- the object ---- */

static void
bal_thread_more_dispose (GObject *object)
{
  bal_thread_more_stop (BAL_THREAD_MORE (object));

  G_OBJECT_CLASS (bal_thread_more_parent_class)->dispose (object);
}

static void
bal_thread_more_class_init (BalThreadMoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bal_thread_more_dispose;

  signals[CHANGED] = g_signal_new ("changed", BAL_TYPE_THREAD_MORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
bal_thread_more_init (BalThreadMore *self)
{
}

BalThreadMore *
bal_thread_more_new (GtkListBox   *list,
                     BalListSlice *slice)
{
  BalThreadMore *self;

  g_return_val_if_fail (GTK_IS_LIST_BOX (list), NULL);
  g_return_val_if_fail (BAL_IS_LIST_SLICE (slice), NULL);

  self = g_object_new (BAL_TYPE_THREAD_MORE, NULL);
  self->list = list;
  self->slice = slice;
  return self;
}
