/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalPortraits:
 *
 * The pictures that people have deposited for their e-mail address with a service such as Gravatar.
 *
 * The service hears the SHA-256 of the address and nothing else. It is asked one picture at a time, on a thread of its own,
 * with bounds on time (10 s) and size (256 KiB); one that fails is left alone for a minute. What it said is kept in a
 * folder, at most 1,000 answers: a picture for a week, that there is none for a day.
 *
 * The bytes are a stranger's: whoever shows them decodes them with care.
 */
#define BAL_TYPE_PORTRAITS (bal_portraits_get_type ())
G_DECLARE_FINAL_TYPE (BalPortraits, bal_portraits, BAL, PORTRAITS, GObject)

/* @address: of the service, to which the hash is appended; https, or http on this computer. @folder: of the answers; is made. */
BalPortraits *bal_portraits_new          (const char           *address,
                                          const char           *folder);

/* (transfer full) (nullable): what the service knows an e-mail address by; NULL: this is none */
char         *bal_portraits_dup_hash     (const char           *email);

/**
 * bal_portraits_fetch_async:
 * @self: the portraits
 * @hash: from bal_portraits_dup_hash()
 * @ask: FALSE: only what is in the folder, however old
 * @cancellable: (nullable): for one that is not shown any more; it is not asked for then
 * @callback: called in the thread-default main context of the caller
 * @user_data: for @callback
 */
void          bal_portraits_fetch_async  (BalPortraits         *self,
                                          const char           *hash,
                                          gboolean              ask,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);

/**
 * bal_portraits_fetch_finish:
 * @result: what the callback got
 * @error: what a request can fail with, or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the picture's file; NULL without @error: there is none
 */
GBytes       *bal_portraits_fetch_finish (GAsyncResult         *result,
                                          GError              **error);

/* Empties the folder, after what was begun. */
void          bal_portraits_forget       (BalPortraits         *self);

G_END_DECLS
