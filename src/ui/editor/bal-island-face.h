/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-block.h"

G_BEGIN_DECLS

/* An island that is not shown as what it is: an icon and what it is called. All of a block, or of
 * an inline object's source. */
GtkWidget *bal_island_face_new    (BalBlock   *block,
                                   const char *object);
/* (transfer full) */
char      *bal_island_dup_label   (BalBlock   *block,
                                   const char *object);
/* (transfer full) (nullable): the beginning of its source */
char      *bal_island_dup_tooltip (BalBlock   *block,
                                   const char *object);

G_END_DECLS
