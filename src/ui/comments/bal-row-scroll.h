/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* (nullable): the row to be shown; NULL: it is not laid out yet. */
typedef GtkWidget *(*BalRowScrollFind) (GtkWidget *owner);

/**
 * BalRowScroll:
 *
 * Brings a row of a page that scrolls into sight, a quarter from the top, and keeps it there until it has its place: what stands
 * above it may still be on its way from the store.
 */
typedef struct
{
  /* borrowed */
  GtkWidget        *owner;       /* somewhere in what scrolls */
  BalRowScrollFind  find;

  /* private */
  double            goal;
  guint             n_settled;
  guint             tick;
} BalRowScroll;

void bal_row_scroll_start (BalRowScroll     *self,
                           GtkWidget        *owner,
                           BalRowScrollFind  find);
/* Before the owner goes; also when nothing scrolls. */
void bal_row_scroll_stop  (BalRowScroll     *self);

G_END_DECLS
