/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-sidebar.h"

#include "bal-sidebar-row.h"
#include "bal-tables.h"

G_BEGIN_DECLS

struct _BalSidebar
{
  GtkWidget     parent_instance;

  BalStore     *store;
  GCancellable *cancellable;
  gint64        blog_id;
  guint         refresh_id;
  gboolean      reading;
  gboolean      read_again;
  gboolean      quiet;
  GPtrArray    *fixed;           /* borrowed rows, owned by the list box */
  GPtrArray    *series;          /* the same */
  GPtrArray    *filters;         /* the same (bal-sidebar-filters.c) */
  guint         n_counted;       /* of the filters */
  gint64        count_begun;
  gboolean      counting;
  gboolean      count_again;
  guint         count_id;
  GtkWidget    *menu;            /* of a filter; borrowed, a child of this; NULL: none is open */
  gint64        menu_filter;     /* whose menu it is; 0: nobody's */

  /* template children */
  GtkWidget    *scrolled;
  GtkListBox   *list;
};

/* bal-sidebar-filters.c: saved searches for comments, behind the other places of comments */
void bal_sidebar_install_filter_actions (GtkWidgetClass *widget_class);
void bal_sidebar_init_filters           (BalSidebar     *self);
void bal_sidebar_close_filter_menu      (BalSidebar     *self);
/* @saved: (element-type BalSavedFilter) */
void bal_sidebar_show_filters           (BalSidebar     *self,
                                         GPtrArray      *saved);

G_END_DECLS
