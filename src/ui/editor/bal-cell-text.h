/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

#include "bal-block.h"

G_BEGIN_DECLS

/* Text of a table's cell, edited as plain text. */

/* (transfer full): @cell, a paragraph, saying @text. Words that stay keep how they look; what came
 * in looks like what it replaced, or like what is before it. */
BalBlock      *bal_cell_text_replace        (BalBlock   *cell,
                                             const char *text);
/* (transfer full): how it looks. */
PangoAttrList *bal_cell_text_dup_attributes (BalBlock   *cell);
/* Whether there is nothing but text in it. */
gboolean       bal_cell_text_is_plain       (BalBlock   *cell);

G_END_DECLS
