/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-blog.h"
#include "bal-store.h"

G_BEGIN_DECLS

/* Reads a review with its comments from a plain text file into a new draft of @blog. */
void   bal_import_async  (BalStore             *store,
                          BalBlog              *blog,
                          GFile                *file,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data);
/* The source object of @callback is the store. Returns the review's id, 0 on error. */
gint64 bal_import_finish (BalStore             *store,
                          GAsyncResult         *result,
                          GError              **error);

G_END_DECLS
