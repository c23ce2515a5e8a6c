/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-inline.h"

G_BEGIN_DECLS

/* (transfer full): for each character of @block's text the character (atom) of @old that it is,
 * or -1: the same character in the same look. */
int *bal_inline_match (BalBlock  *block,
                       BalInline *old,
                       guint     *n_characters);

G_END_DECLS
