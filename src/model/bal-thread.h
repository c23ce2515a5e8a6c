/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-comment.h"

G_BEGIN_DECLS

void       bal_thread_arrange         (GPtrArray *comments);

G_END_DECLS
