/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-change-set.h"

G_BEGIN_DECLS

/* The text indexes caught up: searches may find more than before. */
void     bal_change_set_set_text (BalChangeSet *self);
gboolean bal_change_set_has_text (BalChangeSet *self);
/* Adds what happened after it. */
void     bal_change_set_merge    (BalChangeSet *self,
                                  BalChangeSet *later);

G_END_DECLS
