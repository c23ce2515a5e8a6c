/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A server on a loopback port, in threads of its own, that answers byte for byte what a test wants,
 * right or wrong.
 */
typedef struct _RawServer RawServer;

typedef struct
{
  char     *method;
  char     *target;              /* path and query */
  char     *head;                /* request line and headers */
  char     *body;
  guint     connection;          /* 1, 2, … */
} RawRequest;

/* Writes the answer with raw_write() or raw_reply(). FALSE: close the connection. Runs on a connection's thread, one at a time
 * for all of them unless the server was made parallel. */
typedef gboolean (*RawHandler) (RawServer     *server,
                                RawRequest    *request,
                                GOutputStream *output,
                                gpointer       user_data);

RawServer  *raw_server_new         (RawHandler       handler,
                                    gpointer         user_data);
/* TLS with @certificate (it holds the key too). */
RawServer  *raw_server_new_tls     (RawHandler       handler,
                                    gpointer         user_data,
                                    GTlsCertificate *certificate);
void        raw_server_free        (RawServer       *self);
guint       raw_server_get_port    (RawServer       *self);
/* (transfer full) */
char       *raw_server_url         (RawServer       *self,
                                    const char      *target);
guint       raw_server_n_requests  (RawServer       *self);
/* Whole requests, head and body, in order of arrival. (transfer full) */
char       *raw_server_dup_request (RawServer       *self,
                                    guint            index);
/* TRUE while the test has not ended: for handlers that drip or stall. */
gboolean    raw_server_wait        (RawServer       *self,
                                    guint            milliseconds);
void        raw_server_forget      (RawServer       *self);

gboolean    raw_write              (GOutputStream   *output,
                                    const void      *data,
                                    gssize           length);
/* A whole answer with its Content-Length. @headers (nullable): lines that end in CR LF. Returns TRUE, to keep the connection. */
gboolean    raw_reply              (GOutputStream   *output,
                                    guint            status,
                                    const char      *headers,
                                    const char      *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
