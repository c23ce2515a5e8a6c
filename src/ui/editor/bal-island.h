/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bal-block.h"

G_BEGIN_DECLS

/* What stands in the text for something that is not edited there: a block, or an inline object's
 * source. */
GtkWidget *bal_island_new (BalBlock   *block,
                           const char *object);

G_END_DECLS
