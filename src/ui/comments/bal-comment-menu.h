/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-comment.h"

G_BEGIN_DECLS

/* The context menus of comments: what the keys and buttons do, with the keys told. */

/* (transfer full): of a row of a thread, for its actions "comment.…"; what is not possible is not shown. */
GMenuModel *bal_comment_menu_new_for_row   (void);
/* (transfer full): of a list of comments, for its actions "triage.…". @comment: (nullable): the one that is meant; NULL:
 * several. */
GMenuModel *bal_comment_menu_new_for_queue (BalComment   *comment);

/* Opens @model at a place in the coordinates of @widget. @parent: it, or a widget around it that minds no other child; what is
 * chosen is done from there. Either may go while the menu is open. The focus comes back to where it was. */
void        bal_comment_menu_open          (GtkWidget    *parent,
                                            GtkWidget    *widget,
                                            GMenuModel   *model,
                                            GdkRectangle  at);

G_END_DECLS
