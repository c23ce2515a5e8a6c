/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * bal_page_fetch_async:
 * @url: a page that anybody may read
 * @cancellable: (nullable): gives it up
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Fetches a page as a stranger would: no password, no cookie, bounded in time (20 s) and size (8 MiB).
 */
void   bal_page_fetch_async  (const char           *url,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);

/**
 * bal_page_fetch_finish:
 * @result: what the callback got
 * @url: (out) (optional) (transfer full): where the page came from in the end
 * @error: BAL_ERROR_OFFLINE, _INSECURE, _NOT_FOUND and what else a request can fail with, or
 * G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): the page's bytes
 */
GBytes *bal_page_fetch_finish (GAsyncResult         *result,
                               char                **url,
                               GError              **error);

G_END_DECLS
