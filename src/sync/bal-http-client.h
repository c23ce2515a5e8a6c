/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BalHttpClient:
 *
 * The one place where Balcony speaks HTTP, and where everything that comes in is bounded and checked:
 *
 * - one session for the program's life, HTTP/1.1, with a content decoder as its only feature (no cookie jar, no cache,
 *   no authentication manager);
 * - TLS always verified; plain http only to a loopback address;
 * - no redirects by the library: a GET follows at most five within its origin, never from https to http; any 3xx
 *   on a write is an error;
 * - a total deadline for each call and patience for all together, a cap on decoded bytes, and a bound on requests that the server asks to repeat;
 * - a write is never sent twice by the library;
 * - `Authorization` only goes to the origin it was given for; logs show method, URL without query, status and
 *   allow-listed headers, never a body or a secret.
 *
 * Blocking calls for threads that own a main context: they iterate the thread's default main context
 * (see [class@SyncEngine]) until the answer is there, the deadline passes or @cancellable is cancelled. All calls
 * of one client come from one thread.
 */
#define BAL_TYPE_HTTP_CLIENT (bal_http_client_get_type ())
G_DECLARE_FINAL_TYPE (BalHttpClient, bal_http_client, BAL, HTTP_CLIENT, GObject)

typedef struct _BalHttpRequest  BalHttpRequest;
typedef struct _BalHttpResponse BalHttpResponse;
typedef struct _BalHttpCall     BalHttpCall;

BalHttpClient   *bal_http_client_new              (void);
/* Seconds for a whole exchange, default 45, counted anew for each half MiB of the request that left; bytes after decoding,
 * default 8 MiB. For tests and slow hosts. */
void             bal_http_client_set_bounds       (BalHttpClient   *self,
                                                   guint            deadline_s,
                                                   gsize            max_bytes);
/* How long calls may let us wait together, and what gives that back. */
void             bal_http_client_set_patience     (BalHttpClient   *self,
                                                   guint            seconds);
void             bal_http_client_keep_for_a_write (BalHttpClient *self,
                                                   gboolean       keeps);
gboolean         bal_http_client_ran_out       (BalHttpClient    *self);
gboolean         bal_http_client_is_slow       (BalHttpClient    *self);
void             bal_http_client_reward           (BalHttpClient   *self,
                                                   gint64           milliseconds);
gsize            bal_http_client_get_max_bytes    (BalHttpClient   *self);

/* A request: @method "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH". INSECURE for plain http beyond loopback, INVALID for nonsense. */
BalHttpRequest  *bal_http_request_new             (const char      *method,
                                                   const char      *url,
                                                   GError         **error);
void             bal_http_request_free            (BalHttpRequest  *self);
const char      *bal_http_request_get_method      (BalHttpRequest  *self);
/* Refuses (drops with a warning) CR and LF in values. */
void             bal_http_request_set_header      (BalHttpRequest  *self,
                                                   const char      *name,
                                                   const char      *value);
/* Basic authentication for this request's origin alone. */
void             bal_http_request_set_basic_auth  (BalHttpRequest  *self,
                                                   const char      *user,
                                                   const char      *password);
void             bal_http_request_set_bearer      (BalHttpRequest  *self,
                                                   const char      *token);
void             bal_http_request_set_body        (BalHttpRequest  *self,
                                                   const char      *content_type,
                                                   GBytes          *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalHttpRequest, bal_http_request_free)

/* Any HTTP status is a response; an error means there was none: OFFLINE (nothing was sent), LOST_ANSWER (sent, not answered as a whole),
 * PROTOCOL (a bound was broken), INSECURE (certificate), G_IO_ERROR_CANCELLED. For a GET or HEAD, LOST_ANSWER never occurs: it is
 * TEMPORARY; for any other method PROTOCOL never occurs: whatever breaks after sending is LOST_ANSWER. One after which the server should
 * be left alone, as it took the whole time, has a pause: bal_http_error_get_retry_after(); one that was too long says so:
 * bal_error_is_too_large(). */
BalHttpResponse *bal_http_client_send             (BalHttpClient   *self,
                                                   BalHttpRequest  *request,
                                                   GCancellable    *cancellable,
                                                   GError         **error);
/* The same in two halves, so that the next page is on its way while this one is stored. */
BalHttpCall     *bal_http_client_begin            (BalHttpClient   *self,
                                                   BalHttpRequest  *request,
                                                   GCancellable    *cancellable);
BalHttpResponse *bal_http_call_finish             (BalHttpCall     *call,        /* (transfer full) */
                                                   GError         **error);
/* Gives an unfinished call up. */
void             bal_http_call_abandon            (BalHttpCall     *call);       /* (transfer full) */

void             bal_http_response_free           (BalHttpResponse *self);
guint            bal_http_response_get_status     (BalHttpResponse *self);
/* Several values of one name are joined with ", ". */
const char      *bal_http_response_get_header     (BalHttpResponse *self,
                                                   const char      *name);
GBytes          *bal_http_response_get_body       (BalHttpResponse *self);       /* (transfer none) */
gsize            bal_http_response_get_size       (BalHttpResponse *self);
void             bal_http_response_drop_body      (BalHttpResponse *self);
/* Where it came from in the end. */
const char      *bal_http_response_get_url        (BalHttpResponse *self);
/* Seconds of a Retry-After (both forms), bounded to a day; 0: none. */
guint            bal_http_response_get_retry_after (BalHttpResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalHttpResponse, bal_http_response_free)

/* The error for a response that is not what was asked for: 401 AUTH, 404/410 NOT_FOUND, 408/425/429/5xx TEMPORARY, other 4xx REFUSED, 3xx PROTOCOL.
 * @words: (nullable): what the server said, plain text */
void             bal_http_response_set_error      (BalHttpResponse *self,
                                                   const char      *words,
                                                   GError         **error);
/* Attached to TEMPORARY errors by the call above, and to any error when time ran out; 0: none. */
guint            bal_http_error_get_retry_after   (const GError    *error);

G_END_DECLS
