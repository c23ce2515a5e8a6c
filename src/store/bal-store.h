/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bal-change-set.h"

G_BEGIN_DECLS

/**
 * BalTransaction:
 *
 * One open transaction on the thread that owns its connection. The functions of the tables and of
 * the desk take it as their first argument, so that whatever belongs together commits together.
 * Valid only inside the [callback@StoreWork] that got it.
 */
typedef struct _BalTransaction BalTransaction;

/**
 * BalStoreWork:
 * @transaction: (transfer none): an open transaction
 * @data: what was handed to the store with it; results go in here too
 * @error: return location
 *
 * A unit of work on the store's thread. It touches no widget and waits for no network.
 *
 * Returns: %TRUE to commit (or end the read); %FALSE with @error set rolls everything back
 */
typedef gboolean (*BalStoreWork) (BalTransaction  *transaction,
                                  gpointer         data,
                                  GError         **error);

/**
 * BalStore:
 *
 * The database of reviews and comments in one folder (0700; its files 0600). One thread with one
 * connection writes, another reads beside it (WAL). A commit publishes a change set through
 * [signal@Store::changed] in the main context that was the thread's default when the store was
 * opened.
 */
#define BAL_TYPE_STORE (bal_store_get_type ())
G_DECLARE_FINAL_TYPE (BalStore, bal_store, BAL, STORE, GObject)

/**
 * bal_store_open:
 * @data_dir: folder, made where it is missing
 * @error: BAL_ERROR_STORAGE, _CORRUPT, _SCHEMA_TOO_NEW, _BUSY; the files are untouched then
 *
 * Opens quickly (a few ms): migrations run here, each in one transaction; anything slower is queued
 * on the writer. May be called on the main thread.
 *
 * Returns: (transfer full): an open store
 */
BalStore *bal_store_open               (const char           *data_dir,
                                        GError              **error);
/* Drains what is queued, joins the threads. Idempotent. After it every call fails (reads with
 * G_IO_ERROR_CLOSED). Returns FALSE if a last write failed. */
gboolean  bal_store_close              (BalStore             *self,
                                        GError              **error);
const char *bal_store_get_data_dir     (BalStore             *self);

/* Block until done; for the sync thread, the command line and tests, not for the main thread of
 * a window. */
gboolean  bal_store_write              (BalStore             *self,
                                        BalStoreWork          work,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GError              **error);
gboolean  bal_store_read               (BalStore             *self,
                                        BalStoreWork          work,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GError              **error);

/* Reads in the thread of the caller, on a connection of its own: for work that may take long, beside which everything else
 * goes on. It sees one moment, however long it takes. */
gboolean  bal_store_read_aside         (BalStore             *self,
                                        BalStoreWork          work,
                                        gpointer              data,
                                        GCancellable         *cancellable,
                                        GError              **error);

/* Complete in the caller's main context. @destroy frees @data with the result. A write that
 * committed reports so, even when cancelled meanwhile. Writes run in the order of the calls. */
void      bal_store_write_async        (BalStore             *self,
                                        BalStoreWork          work,
                                        gpointer              data,
                                        GDestroyNotify        destroy,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean  bal_store_write_finish       (BalStore             *self,
                                        GAsyncResult         *result,
                                        GError              **error);
void      bal_store_read_async         (BalStore             *self,
                                        BalStoreWork          work,
                                        gpointer              data,
                                        GDestroyNotify        destroy,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
gboolean  bal_store_read_finish        (BalStore             *self,
                                        GAsyncResult         *result,
                                        GError              **error);
/* (transfer none): the @data of the call, alive as long as @result. */
gpointer  bal_store_get_work_data      (GAsyncResult         *result);

/* integrity_check, foreign keys, index consistency and the files of pictures. FALSE with
 * BAL_ERROR_CORRUPT and its words. */
gboolean  bal_store_check              (BalStore             *self,
                                        GCancellable         *cancellable,
                                        GError              **error);
/* The last part of it alone: whether each picture that only this computer has is there, and all that are
 * there unharmed. */
gboolean  bal_store_check_pictures     (BalStore             *self,
                                        GCancellable         *cancellable,
                                        GError              **error);
/* A consistent copy while running, verified by opening it, with all pictures that are there unharmed. */
gboolean  bal_store_backup             (BalStore             *self,
                                        const char           *path,
                                        GCancellable         *cancellable,
                                        GError              **error);

/**
 * bal_store_restore:
 * @data_dir: the folder whose database is replaced; no store is open on it
 * @backup_path: a file that bal_store_backup() made
 * @aside: (out) (optional) (nullable) (transfer full): where the replaced database is kept; %NULL:
 *   there was none
 * @error: BAL_ERROR_INVALID (not a backup), _CORRUPT, _SCHEMA_TOO_NEW, _BUSY (a store is open),
 *   _STORAGE
 *
 * Puts a backup in the place of the database, after checking the backup, and its pictures to those that are
 * there. Nothing is deleted: what was there, damaged or not, is kept beside the automatic backups.
 *
 * Returns: %TRUE on success; else everything is as before
 */
gboolean  bal_store_restore            (const char           *data_dir,
                                        const char           *backup_path,
                                        char                **aside,
                                        GError              **error);

G_END_DECLS
