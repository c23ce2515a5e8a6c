/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-comment-filter.h"
#include "bal-store.h"

G_BEGIN_DECLS

/**
 * BalFilterBar:
 *
 * The search above a list. For comments it takes what BalCommentFilter reads, has the same as fields behind a button, says
 * what it can't understand and how many were found, and keeps a search under a name; for reviews it takes words.
 *
 * Signals: `changed`: another line; `left`: the person goes on to the list.
 */
#define BAL_TYPE_FILTER_BAR (bal_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (BalFilterBar, bal_filter_bar, BAL, FILTER_BAR, GtkWidget)

void              bal_filter_bar_set_store (BalFilterBar *self,
                                            BalStore     *store);
/* Begins anew with @line, without `changed`. @comments: whether it is for comments; then @statuses has the bits, by
 * BalCommentStatus, that are meant where the line says nothing about it. @name (nullable): the saved filter that it is. */
void              bal_filter_bar_begin     (BalFilterBar *self,
                                            const char   *line,
                                            const char   *name,
                                            gboolean      comments,
                                            guint         statuses);
/* (transfer none) (nullable): NULL where nothing is typed. */
const char       *bal_filter_bar_get_line  (BalFilterBar *self);
/* (transfer full) (nullable): NULL where nothing is typed, or not for comments. */
BalCommentFilter *bal_filter_bar_make_filter (BalFilterBar *self);
/* Tells how many were found. */
void              bal_filter_bar_set_count (BalFilterBar *self,
                                            guint         count);
/* Whether something is typed that it did not begin with. */
gboolean          bal_filter_bar_is_changed (BalFilterBar *self);
/* Goes back to the line that it began with, with `changed`. */
void              bal_filter_bar_clear     (BalFilterBar *self);

G_END_DECLS
