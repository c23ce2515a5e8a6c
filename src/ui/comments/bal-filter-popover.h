/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BalFilterPopover:
 *
 * What a search for comments can ask for, as fields: each writes its part of the line at once.
 *
 * Signals: `changed`: the line is another one; `save`: it is to be kept under a name.
 */
#define BAL_TYPE_FILTER_POPOVER (bal_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (BalFilterPopover, bal_filter_popover, BAL, FILTER_POPOVER, GtkPopover)

/* Shows @line in the fields. @statuses: bits by BalCommentStatus, which are meant where it says nothing about it. */
void        bal_filter_popover_set_line (BalFilterPopover *self,
                                         const char       *line,
                                         guint             statuses);
const char *bal_filter_popover_get_line (BalFilterPopover *self);

G_END_DECLS
