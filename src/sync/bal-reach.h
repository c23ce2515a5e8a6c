/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"

G_BEGIN_DECLS

/* Whether the blog can be had without the internet: a folder, this computer, a device in the same house. */
gboolean bal_reach_is_near (BalBlog *blog);

G_END_DECLS
