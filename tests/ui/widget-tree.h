/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Widgets are found as they stand in the window: @root itself first, then its children in their order. All of these return NULL
 * where there is none. */

typedef gboolean (*WidgetTest) (GtkWidget *widget,
                                gpointer   data);

GtkWidget *widget_find       (GtkWidget  *root,
                              WidgetTest  is_it,
                              gpointer    data);
GtkWidget *widget_find_type  (GtkWidget  *root,
                              GType       type);
/* By its accessible name; @name NULL: any. */
GtkWidget *widget_find_named (GtkWidget  *root,
                              GType       type,
                              const char *name);
/* A label that can be seen and has these words. */
GtkWidget *widget_find_words (GtkWidget  *root,
                              const char *words);

/* To be called before a window goes over which the pointer may be. */
void       widget_wait_for_tooltip (GtkWidget *window);

G_END_DECLS
