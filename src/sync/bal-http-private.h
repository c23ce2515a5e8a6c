/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-http-client.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

struct _BalHttpClient
{
  GObject      parent_instance;

  SoupSession *session;              /* made at the first call, as it belongs to that thread */
  guint        deadline_s;
  gsize        max_bytes;
  gint64       patience;             /* us of waiting in all; 0: without end */
  gint64       patience_left;
  gint64       slowest;              /* what one answer took of it at most */
  gboolean     keeps;                /* so much that a write can follow a read */
  gboolean     ran_out;              /* a call failed for want of it */
};

struct _BalHttpCall
{
  BalHttpClient   *client;
  GMainContext    *context;
  BalHttpRequest  *request;
  GUri            *uri;              /* where we are after redirects */
  SoupMessage     *message;
  GInputStream    *stream;
  GByteArray      *body;
  GCancellable    *inner;            /* what the library sees */
  GCancellable    *outer;            /* (nullable): the caller's */
  gulong           outer_id;
  GSource         *deadline;
  gint64           deadline_time;    /* monotonic */
  gint64           begun;
  gint64           waiting_since;    /* for the answer, or for more of the request to leave; 0: nobody waits */
  gsize            n_moved;          /* bytes of the request that left since the deadline was set */

  guint            n_redirects;
  guint            n_restarts;
  guint            n_informational;
  gboolean         started;          /* bytes of the request may have left */
  gboolean         written;
  gboolean         timed_out;
  gboolean         out_of_patience;  /* not by this call alone */
  gboolean         out_of_bounds;
  gboolean         too_large;
  gboolean         done;

  BalHttpResponse *response;
  GError          *error;
};

struct _BalHttpRequest
{
  const char         *method;         /* static: one of the few that are known */
  GUri               *uri;
  SoupMessageHeaders *headers;
  char               *content_type;   /* NULL without a body */
  GBytes             *body;
};

struct _BalHttpResponse
{
  guint               status;
  SoupMessageHeaders *headers;
  GBytes             *body;
  gsize               size;
  char               *url;
};

/* bal-http-client.c: made at the first call, as it belongs to that thread. */
SoupSession     *bal_http_client_ensure_session (BalHttpClient   *self);
/* How long a call may let us wait from now on, in us; G_MAXINT64: as long as it may take. */
gint64           bal_http_client_get_patience (BalHttpClient      *self,
                                              gboolean            is_write);
void             bal_http_client_spend        (BalHttpClient      *self,
                                              gint64              waited);
/* Whether there is enough left to begin @request. */
gboolean         bal_http_client_may_begin    (BalHttpClient      *self,
                                              BalHttpRequest     *request);
/* bal-http-told.c: (transfer full): a call on which we wait no more. */
GError          *bal_http_describe_impatience (GUri              *uri);
/* @cause: the library's words. (transfer full) */
GError          *bal_http_call_describe      (BalHttpCall        *call,
                                              const GError       *cause);
void             bal_http_call_log           (BalHttpCall        *call);

/* bal-http-message.c */
BalHttpRequest  *bal_http_request_copy       (BalHttpRequest     *self);
gboolean         bal_http_request_is_write   (BalHttpRequest     *self);
/* Parses an absolute address or, with @base, a reference; checks scheme, host and privacy. */
GUri            *bal_http_uri_parse          (GUri               *base,
                                              const char         *url,
                                              GError            **error);
gboolean         bal_http_uri_same_origin    (GUri               *a,
                                              GUri               *b);
BalHttpResponse *bal_http_response_new       (guint               status,
                                              SoupMessageHeaders *headers,
                                              GBytes             *body,
                                              GUri               *uri);

G_END_DECLS
