/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BalError:
 * @BAL_ERROR_STORAGE: the database refused or failed (disk full, read-only folder)
 * @BAL_ERROR_CORRUPT: the database file is damaged: offer the backup, never overwrite
 * @BAL_ERROR_SCHEMA_TOO_NEW: written by a later Balcony: open nothing
 * @BAL_ERROR_BUSY: another program holds the database for too long
 * @BAL_ERROR_CONFLICT: the remote copy changed underneath us
 * @BAL_ERROR_AUTH: sign in again; do not retry
 * @BAL_ERROR_OFFLINE: the server could not be reached and nothing was sent; try later
 * @BAL_ERROR_TEMPORARY: the server asked to come back later (429, 5xx)
 * @BAL_ERROR_LOST_ANSWER: the request may have been carried out; look before sending again
 * @BAL_ERROR_REFUSED: the server refused for good (other 4xx); a person must look
 * @BAL_ERROR_NOT_FOUND: no such thing, here or on the server
 * @BAL_ERROR_PROTOCOL: the server's answer makes no sense or breaks a bound
 * @BAL_ERROR_NOT_A_BLOG: nothing at that address that Balcony can talk to
 * @BAL_ERROR_INSECURE: refused because the connection would not be private
 * @BAL_ERROR_UNSUPPORTED: this blog cannot do that
 * @BAL_ERROR_INVALID: bad input by a person or a file
 *
 * One code for each thing a caller does differently. Messages are whole, translated sentences
 * that can be shown as they are.
 */
typedef enum
{
  BAL_ERROR_STORAGE,
  BAL_ERROR_CORRUPT,
  BAL_ERROR_SCHEMA_TOO_NEW,
  BAL_ERROR_BUSY,
  BAL_ERROR_CONFLICT,
  BAL_ERROR_AUTH,
  BAL_ERROR_OFFLINE,
  BAL_ERROR_TEMPORARY,
  BAL_ERROR_LOST_ANSWER,
  BAL_ERROR_REFUSED,
  BAL_ERROR_NOT_FOUND,
  BAL_ERROR_PROTOCOL,
  BAL_ERROR_NOT_A_BLOG,
  BAL_ERROR_INSECURE,
  BAL_ERROR_UNSUPPORTED,
  BAL_ERROR_INVALID,
} BalError;

#define BAL_ERROR (bal_error_quark ())
GQuark bal_error_quark           (void);

/* Seconds that a server asked to wait, carried by the error itself and its copies; 0: none. */
guint  bal_error_get_retry_after (const GError *error);
void   bal_error_set_retry_after (GError       *error,
                                  guint         seconds);

/* Whether an answer was larger than what is taken: less of it may be asked for. */
gboolean bal_error_is_too_large  (const GError *error);
void     bal_error_set_too_large (GError       *error);

G_END_DECLS
