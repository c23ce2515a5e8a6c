/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-row-scroll.h"

#include <math.h>

/* That a row must have kept its place. */
#define SETTLED_FRAMES 12

static gboolean
end_scrolling (BalRowScroll *self)
{
  self->tick = 0;

  return G_SOURCE_REMOVE;
}

/* Where the page has to stand. FALSE: the row is not in it. */
static gboolean
find_goal (GtkScrolledWindow *scrolled,
           GtkWidget         *row,
           double            *goal)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled);
  GtkWidget *child = gtk_scrolled_window_get_child (scrolled);
  double y;

  if (GTK_IS_VIEWPORT (child))
    child = gtk_viewport_get_child (GTK_VIEWPORT (child));
  if (!gtk_widget_translate_coordinates (row, child, 0, 0, NULL, &y))
    return FALSE;

  /* What scrolls itself has its place on the screen, not on the whole page. */
  if (GTK_IS_SCROLLABLE (child))
    y += gtk_adjustment_get_value (adjustment);
  y -= gtk_adjustment_get_page_size (adjustment) / 4;
  *goal = CLAMP (y, 0, MAX (0, gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment)));
  return TRUE;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  BalRowScroll *self = user_data;
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *row = self->find (widget);
  GtkAdjustment *adjustment;
  double goal;

  if (scrolled == NULL)
    return end_scrolling (self);
  if (row == NULL || gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;
  if (!find_goal (GTK_SCROLLED_WINDOW (scrolled), row, &goal))
    return end_scrolling (self);

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  if (fabs (goal - self->goal) >= 1 || fabs (goal - gtk_adjustment_get_value (adjustment)) >= 1)
    self->n_settled = 0;
  else
    self->n_settled++;
  self->goal = goal;
  gtk_adjustment_set_value (adjustment, goal);

  return self->n_settled < SETTLED_FRAMES ? G_SOURCE_CONTINUE : end_scrolling (self);
}

void
bal_row_scroll_start (BalRowScroll     *self,
                      GtkWidget        *owner,
                      BalRowScrollFind  find)
{
  self->owner = owner;
  self->find = find;
  self->n_settled = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (owner, tick_cb, self, NULL);
}

void
bal_row_scroll_stop (BalRowScroll *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (self->owner, self->tick);
  self->tick = 0;
}
